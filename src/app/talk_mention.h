/* talk_mention.h — 「@王敏」 in a comment: who is meant, and whether he may see what he is called to. */
#pragma once
#include "app/talk.h"

struct talk_mention {
    struct house *house;
    struct db_session *session;      /* the writer's */
    const struct snapshot *snapshot;
    const struct actor *by;
    const struct talk_on *on;
    const struct talk_about *about;
    struct text said;
    int64_t now;
};
/* A notice to each who is named and may see the thing; words behind @ that are nobody's name are just words.
 *   Errors  ERR_INPUT: all who are called so may not see it */
bool talk_mention(const struct talk_mention *mention, struct arena *mem, struct err *err) MUST_CHECK;
