/* figure_marks.h — what stands beside a school's returned figures: who put them there, and what the checks say of them. */
#pragma once
#include "app/house.h"
#include "store/returns_store.h"

/* The marks of a school's figures in a year of the snapshot, [item], as they stood at its version. */
bool app_figure_marks(struct house *house, const struct snapshot *snapshot, size_t year, struct text school, struct arena *mem,
                      struct figure_mark **out, struct err *err) MUST_CHECK;

/* 「读到 49，应不多于专任教师总人数。请核对两格。」 at a figure. */
struct figure_note { uint16_t item; bool warning; struct text words; };
/* What the edition's checks find wrong with the figures of a row, also against the year before. */
struct figure_note *app_figure_notes(const struct snapshot *snapshot, size_t row, struct arena *mem, size_t *n_out);
