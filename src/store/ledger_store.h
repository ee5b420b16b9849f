/* ledger_store.h — the ledger's rows, its sums, and what following the data compares. */
#pragma once
#include "db/db.h"
#include "model/ledger.h"

/* Which rows an actor may see at all: kind "" all, "township", "school" with a name, "only" with "|code|code|". */
struct ledger_sight { struct text kind, name; };

/* One page of a filter.   Given  today  "2026-11-25": for what is overdue */
bool store_ledger_list(struct db_session *session, struct text county, const struct ledger_filter *filter, struct ledger_sight sight,
                       struct text today, struct arena *mem, struct ledger_row **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Its sums.   Given  by  "state", "kind", "subject", "owner", "township", "place", "stage", "due_year", "year", "fund", "" (one sum) */
bool store_ledger_sums(struct db_session *session, struct text county, const struct ledger_filter *filter, struct ledger_sight sight,
                       struct text by, struct text today, struct arena *mem, struct ledger_sum **out, size_t *n_out, struct err *err) MUST_CHECK;
/* One sum of all of them, whatever their quantity. */
bool store_ledger_total(struct db_session *session, struct text county, const struct ledger_filter *filter, struct ledger_sight sight,
                        struct text today, struct ledger_sum *out, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_ledger_row(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct ledger_row *out, struct err *err) MUST_CHECK;
bool store_ledger_find(struct db_session *session, struct text county, const struct ledger_identity *of, struct arena *mem,
                       struct ledger_row *out, bool *found_out, struct err *err) MUST_CHECK;

/* Every row, with what following the data compares alone: identity, township, name, problem, value, threshold, missing, measured, passes,
 * year, data version, state, owner. */
bool store_ledger_measured(struct db_session *session, struct text county, struct arena *mem, struct ledger_row **out, size_t *n_out,
                           struct err *err) MUST_CHECK;
bool store_ledger_next(struct db_session *session, struct text county, int64_t *out, struct err *err) MUST_CHECK;
/* As found: id, identity, kind, measure, plan, found_year, found_at.   Errors  ERR_CONFLICT: there is one of this identity */
bool store_ledger_add(struct db_session *session, struct text county, const struct ledger_row *row, struct err *err) MUST_CHECK;
bool store_ledger_measure(struct db_session *session, struct text county, int64_t id, const struct ledger_measure *now, struct err *err) MUST_CHECK;
/* What people write.   Errors  ERR_CONFLICT: somebody changed the row after `stamp` was read */
bool store_ledger_plan(struct db_session *session, struct text county, int64_t id, int64_t stamp, const struct ledger_plan *plan, int64_t at,
                       struct err *err) MUST_CHECK;
/*   Errors  ERR_CONFLICT: it is not in the state `from` any more */
bool store_ledger_state(struct db_session *session, struct text county, int64_t id, struct text from, struct text to, bool fell,
                        struct text dropped, int64_t at, struct err *err) MUST_CHECK;
bool store_ledger_claimed(struct db_session *session, struct text county, int64_t id, struct stamp by, struct text result, struct err *err) MUST_CHECK;
bool store_ledger_verified(struct db_session *session, struct text county, int64_t id, struct stamp by, struct text day, struct text note,
                           struct text photo, struct err *err) MUST_CHECK;

/* An open, planned row of a level: how much it adds by which day. */
struct ledger_planned_record { struct ledger_identity of; struct text quantity, due; double amount; int64_t cost_yuan, id; };
bool store_ledger_planned(struct db_session *session, struct text county, struct arena *mem, struct ledger_planned_record **out, size_t *n_out,
                          struct err *err) MUST_CHECK;

/* What a filter may choose from. */
bool store_ledger_words(struct db_session *session, struct text county, struct arena *mem, struct ledger_word **out, size_t *n_out,
                        struct err *err) MUST_CHECK;

/* Changes made together. */
struct ledger_batch { struct text id, made_by; struct stamp by; int64_t undone_at; };
struct ledger_batch_cell { int64_t id; struct text field, old, new_; };
bool store_ledger_batch_add(struct db_session *session, struct text county, const struct ledger_batch *batch, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_ledger_batch(struct db_session *session, struct text county, struct text id, struct arena *mem, struct ledger_batch *out,
                        struct err *err) MUST_CHECK;
/*   Errors  ERR_CONFLICT: it was taken back already */
bool store_ledger_batch_undo(struct db_session *session, struct text county, struct text id, int64_t at, struct err *err) MUST_CHECK;
bool store_ledger_batch_cell_add(struct db_session *session, struct text county, struct text batch, const struct ledger_batch_cell *cell,
                                 struct err *err) MUST_CHECK;
/* By row and field. */
bool store_ledger_batch_cells(struct db_session *session, struct text county, struct text batch, struct arena *mem,
                              struct ledger_batch_cell **out, size_t *n_out, struct err *err) MUST_CHECK;

/* What following has seen last (empty: nothing yet), and when. */
bool store_ledger_followed(struct db_session *session, struct text county, struct arena *mem, struct text *seen_out, int64_t *at_out,
                           struct err *err) MUST_CHECK;
bool store_ledger_followed_put(struct db_session *session, struct text county, struct text seen, int64_t at, struct err *err) MUST_CHECK;
