/* entry_store.h — what is typed into a school's return before it is approved, its reasons and remarks, its versions, as rows. */
#pragma once
#include "db/db.h"
#include "model/item.h"
#include "model/stamp.h"

/* One school's return of one year. */
struct entry_place { struct text county; int year; struct text school; };

struct entry_cell_record {
    uint16_t item;
    double number;               /* enums: the ordinal */
    struct text text;
    struct text typed;           /* what could not be read, as it was typed; empty: it was read */
    int64_t stamp;               /* counts its changes; 0: never typed */
    struct stamp by;
};
/* All cells that were typed; items the list does not know are left behind. */
bool store_entry_cells(struct db_session *session, const struct entry_place *at, const struct item_list *items, struct arena *mem,
                       struct entry_cell_record **out, size_t *n_out, struct err *err) MUST_CHECK;
/* One; stamp 0 when it was never typed. */
bool store_entry_cell(struct db_session *session, const struct entry_place *at, const struct item_list *items, uint16_t item,
                      struct arena *mem, struct entry_cell_record *out, struct err *err) MUST_CHECK;
bool store_entry_put(struct db_session *session, const struct entry_place *at, const struct item_list *items,
                     const struct entry_cell_record *cell, struct err *err) MUST_CHECK;
/* The figures that stand of the school and year, [item], blank where there is none. */
struct entry_figure { double number; struct text text; bool there; };
bool store_figures_of_school(struct db_session *session, const struct entry_place *at, const struct item_list *items, struct arena *mem,
                             struct entry_figure **out, struct err *err) MUST_CHECK;

struct entry_reason_record { struct text item, rule, reason; struct stamp by; };
bool store_entry_reason_put(struct db_session *session, const struct entry_place *at, const struct entry_reason_record *reason,
                            struct err *err) MUST_CHECK;
bool store_entry_reasons(struct db_session *session, const struct entry_place *at, struct arena *mem, struct entry_reason_record **out,
                         size_t *n_out, struct err *err) MUST_CHECK;

struct entry_remark_record { struct text item; bool sent_back; int64_t version; struct text remark; struct stamp by; };
bool store_entry_remark_add(struct db_session *session, const struct entry_place *at, const struct entry_remark_record *remark,
                            struct err *err) MUST_CHECK;
bool store_entry_remarks(struct db_session *session, const struct entry_place *at, struct arena *mem, struct entry_remark_record **out,
                         size_t *n_out, struct err *err) MUST_CHECK;

/* A return as it was submitted ("submit") or corrected ("correct"): figures[items->n]. */
bool store_return_version_add(struct db_session *session, const struct entry_place *at, const struct item_list *items, int64_t version,
                              struct text kind, const struct entry_figure *figures, const struct stamp *by, struct err *err) MUST_CHECK;
struct return_version_record { int year; int64_t version; struct text kind, who; int64_t at; };
/* Of a school, all years; the latest first. */
bool store_return_versions(struct db_session *session, struct text county, struct text school, struct arena *mem,
                           struct return_version_record **out, size_t *n_out, struct err *err) MUST_CHECK;
/* [item]; all blank when there is no such version. */
bool store_return_version(struct db_session *session, const struct entry_place *at, const struct item_list *items, int64_t version,
                          struct arena *mem, struct entry_figure **out, struct err *err) MUST_CHECK;
