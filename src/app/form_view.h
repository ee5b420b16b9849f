/* form_view.h — forms of a year as a board: who is asked, how far each is; side by side over years; as a workbook; what waits. */
#pragma once
#include "app/form_fill.h"
#include "model/waiting.h"
#include "survey/form_compare.h"

struct board_sheet {
    struct sheet_row row;
    enum sheet_state state;
    struct place unit;
    struct text unit_name;
    const struct form_info *info;    /* the form in use; NULL: no longer in use */
    struct text title;
    struct sheet_hands hands;
};
struct form_board {
    int year;
    struct form_info *forms;         /* in use that ask at least one unit the actor sees */
    struct form_unit **units;        /* [form] */
    size_t *n_units;                 /* [form] */
    size_t n_forms;
    struct board_sheet *sheets;      /* that the actor sees */
    size_t n_sheets;
};
/* form: of one alone; empty: all. */
bool app_form_board(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct text form, struct arena *mem,
                    struct form_board *out, struct err *err) MUST_CHECK;
/* The sheet of a unit (the first of several); NULL: none yet. */
const struct board_sheet *board_sheet_of(const struct form_board *board, struct text form, struct place unit);
/* The unit of an actor's own that a form asks; kind and an empty name where he has none (county: that is the county). */
bool form_own_unit(const struct actor *actor, const struct form *form, struct place *out);

/* A unit's sheets of all years, oldest first, question by question. */
struct form_history { struct sheet_row *sheets; size_t n; struct compared_row *rows; size_t n_rows; struct text *results; };
bool app_form_history(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text form, struct place unit,
                      struct arena *mem, struct form_history *out, struct err *err) MUST_CHECK;

/* All sheets of a form and year that the actor sees, a row each, with its line in the audit. */
bool app_form_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text form, int year, int64_t now,
                       struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

/* What waits for a person among forms (model/waiting.h). */
bool app_forms_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct waiting_list *into,
                       struct err *err) MUST_CHECK;
/* "/forms/x/fill?year=2025&place=school:3141…&n=2" */
struct text sheet_path(struct arena *mem, const struct sheet_of *of);
/* The school year that forms speak of: the latest with data, else that of the day. */
int form_year(const struct snapshot *snapshot, int64_t now);
