/* talk_store.h — the streams about things of the work as rows: added and read, nothing else. */
#pragma once
#include "db/db.h"
#include "model/talk.h"

/* Behind the last line of its stream. */
bool store_talk_add(struct db_session *session, struct text county, const struct talk_on *on, const struct talk_line *line, struct err *err) MUST_CHECK;
/* The newest `most`, the newest first. */
bool store_talk(struct db_session *session, struct text county, const struct talk_on *on, size_t most, struct arena *mem,
                struct talk_line **out, size_t *n_out, struct err *err) MUST_CHECK;
/* ERR_ABSENT */
bool store_talk_line(struct db_session *session, struct text county, const struct talk_on *on, int64_t position, struct arena *mem,
                     struct talk_line *out, struct err *err) MUST_CHECK;
