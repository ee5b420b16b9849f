/* meeting_store.h — meetings, their agendas, their decisions. */
#pragma once
#include "db/db.h"
#include "model/office.h"

/* Adds one; its id in *id_out. */
bool store_meeting_add(struct db_session *session, struct text county, const struct meeting *meeting, int64_t *id_out, struct err *err) MUST_CHECK;
/* All that can change of it, behind meeting->version.   Errors  ERR_CONFLICT: somebody else changed it meanwhile */
bool store_meeting_set(struct db_session *session, struct text county, const struct meeting *meeting, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_meeting(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct meeting *out, struct err *err) MUST_CHECK;
/* Newest first; those that are called or held and not issued, earliest first. */
bool store_meetings(struct db_session *session, struct text county, int64_t most, int64_t skipped, struct arena *mem, struct meeting **out,
                    size_t *n_out, struct err *err) MUST_CHECK;
bool store_meetings_unfinished(struct db_session *session, struct text county, struct arena *mem, struct meeting **out, size_t *n_out,
                               struct err *err) MUST_CHECK;
bool store_meeting_count(struct db_session *session, struct text county, int64_t *all_out, int64_t *unfinished_out, struct err *err) MUST_CHECK;

bool store_meeting_item_add(struct db_session *session, struct text county, int64_t id, const struct meeting_item *item, struct err *err) MUST_CHECK;
bool store_meeting_item_drop(struct db_session *session, struct text county, int64_t id, int64_t position, struct err *err) MUST_CHECK;
bool store_meeting_items(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct meeting_item **out, size_t *n_out,
                         struct err *err) MUST_CHECK;

bool store_meeting_decision_add(struct db_session *session, struct text county, int64_t id, const struct meeting_decision *decision, struct err *err) MUST_CHECK;
/*   Errors  ERR_CONFLICT: it is not there, or a task already */
bool store_meeting_decision_drop(struct db_session *session, struct text county, int64_t id, int64_t position, struct err *err) MUST_CHECK;
bool store_meeting_decision_task(struct db_session *session, struct text county, int64_t id, int64_t position, struct text task, struct err *err) MUST_CHECK;
bool store_meeting_decisions(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct meeting_decision **out,
                             size_t *n_out, struct err *err) MUST_CHECK;
