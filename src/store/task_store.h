/* task_store.h — tasks as rows: put, moved by compare-and-set, found by filters inside the database. */
#pragma once
#include "db/db.h"
#include "model/task.h"

/* A new one, with whom it touches (each once); its number goes to *id_out. */
bool store_task_add(struct db_session *session, struct text county, const struct task *task, const struct task_unit *units, size_t n_units,
                    int64_t *id_out, struct err *err) MUST_CHECK;
/* Whom it touches, anew. */
bool store_task_units_put(struct db_session *session, struct text county, int64_t id, const struct task_unit *units, size_t n, struct err *err) MUST_CHECK;
bool store_task_units(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct task_unit **out, size_t *n_out,
                      struct err *err) MUST_CHECK;
/* ERR_ABSENT */
bool store_task(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct task *out, struct err *err) MUST_CHECK;
/* Everything but number, kind, origin and issue, as `task` says; only while it stands as it was seen (its state, and changed_at).
 *   Errors  ERR_CONFLICT: somebody was there first */
bool store_task_set(struct db_session *session, struct text county, const struct task *task, struct text seen_state, int64_t seen_at,
                    struct err *err) MUST_CHECK;

/* In an order, `most` rows from `from` on; *n_out of them. */
bool store_tasks(struct db_session *session, struct text county, const struct task_filter *filter, enum task_order order, int64_t from,
                 int64_t most, struct arena *mem, struct task **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Whose parent it is, by their day. */
bool store_task_parts(struct db_session *session, struct text county, int64_t parent, int64_t most, struct arena *mem, struct task **out,
                      size_t *n_out, struct err *err) MUST_CHECK;
/* All of an origin ("meeting", its key), over ones too, by number. */
bool store_tasks_of(struct db_session *session, struct text county, struct text origin, struct text origin_key, struct arena *mem,
                    struct task **out, size_t *n_out, struct err *err) MUST_CHECK;
/* The group's kind is the owner's, origin's … of `by`: TASK_BY_OWNER, _ORIGIN, _STATE; TASK_BY_DUE: one line over all. */
bool store_task_counts(struct db_session *session, struct text county, const struct task_filter *filter, enum task_order by, struct arena *mem,
                       struct task_count **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Those whose next reminder or alarm is due on the day, by number. */
bool store_tasks_to_tell(struct db_session *session, struct text county, struct text day, int64_t most, struct arena *mem, struct task **out,
                         size_t *n_out, struct err *err) MUST_CHECK;
/* How far reminders have come; touches nothing else. */
bool store_task_told(struct db_session *session, struct text county, int64_t id, int64_t told, struct text tell_on, struct err *err) MUST_CHECK;
/* Those that ask for an extension, by their day. */
bool store_tasks_asked(struct db_session *session, struct text county, int64_t most, struct arena *mem, struct task **out, size_t *n_out,
                       struct err *err) MUST_CHECK;
