/* plan_store.h — the county's versions of its plan of work, what units sent in for it, how its tasks stand, links of calendars. */
#pragma once
#include "db/db.h"
#include "model/stamp.h"

struct plan_kept {
    int64_t version;
    struct text title, reason, from_day, followed_on;
    struct stamp made, adopted;              /* adopted.at 0: being written */
};
bool store_plans(struct db_session *session, struct text county, struct arena *mem, struct plan_kept **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_plan_add(struct db_session *session, struct text county, const struct plan_kept *plan, struct text definition, struct err *err) MUST_CHECK;
/* ERR_ABSENT */
bool store_plan_definition(struct db_session *session, struct text county, int64_t version, struct arena *mem, struct text *out, struct err *err) MUST_CHECK;
/* ERR_CONFLICT: it is adopted, or was written by somebody since `seen_at`. */
bool store_plan_rewrite(struct db_session *session, struct text county, const struct plan_kept *plan, struct text definition, int64_t seen_at,
                        struct err *err) MUST_CHECK;
bool store_plan_drop(struct db_session *session, struct text county, int64_t version, struct err *err) MUST_CHECK;
bool store_plan_adopt(struct db_session *session, struct text county, int64_t version, struct text from_day, struct text today, struct stamp by,
                      struct err *err) MUST_CHECK;
bool store_plan_followed(struct db_session *session, struct text county, int64_t version, struct text today, struct err *err) MUST_CHECK;

/* A task that came of the plan. */
struct plan_made { int64_t id; struct text key, owner_kind, owner_name, title, due, product_kind, product_name; bool is_open; };
bool store_plan_tasks(struct db_session *session, struct text county, struct arena *mem, struct plan_made **out, size_t *n_out, struct err *err) MUST_CHECK;
/* How many of a key (or of a unit) stand where; `first` is one of them. */
struct plan_state { struct text key, owner_kind, owner_name; int64_t all, open, late, closed, proved, first; };
bool store_plan_states(struct db_session *session, struct text county, struct text today, struct arena *mem, struct plan_state **out,
                       size_t *n_out, struct err *err) MUST_CHECK;
bool store_plan_units(struct db_session *session, struct text county, struct text from_key, struct text before_key, struct text today,
                      struct arena *mem, struct plan_state **out, size_t *n_out, struct err *err) MUST_CHECK;
/* *id_out 0: there is none. */
bool store_plan_task_of(struct db_session *session, struct text county, struct text key, struct text owner_kind, struct text owner_name,
                        struct arena *mem, int64_t *id_out, struct text *state_out, struct err *err) MUST_CHECK;

struct plan_upload {
    int64_t receipt, size;
    struct text task_key, place_kind, place_name, name, kind, sha256, note, back_reason;
    struct stamp sent, back;                 /* back.at 0: it stands */
};
bool store_plan_upload_add(struct db_session *session, struct text county, const struct plan_upload *upload, int64_t *receipt_out, struct err *err) MUST_CHECK;
bool store_plan_uploads(struct db_session *session, struct text county, struct text task_key, struct arena *mem, struct plan_upload **out,
                        size_t *n_out, struct err *err) MUST_CHECK;
bool store_plan_upload(struct db_session *session, struct text county, int64_t receipt, struct arena *mem, struct plan_upload *out, struct err *err) MUST_CHECK;
bool store_plan_upload_back(struct db_session *session, struct text county, int64_t receipt, struct stamp by, struct text reason, struct err *err) MUST_CHECK;

struct calendar_link { int64_t account; struct text role, place_kind, place_name; };
bool store_calendar_link_add(struct db_session *session, struct text county, struct text hash, const struct calendar_link *link, int64_t now,
                             struct err *err) MUST_CHECK;
bool store_calendar_link(struct db_session *session, struct text county, struct text hash, struct arena *mem, struct calendar_link *out,
                         bool *found_out, struct err *err) MUST_CHECK;
bool store_calendar_links(struct db_session *session, struct text county, int64_t account, int64_t *n_out, int64_t *made_out, struct err *err) MUST_CHECK;
bool store_calendar_links_end(struct db_session *session, struct text county, int64_t account, int64_t now, struct err *err) MUST_CHECK;
