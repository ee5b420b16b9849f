/* notice.h — a notice (通知) in somebody's inbox: to one account, or to everybody who has a role at a place.
 * What waits for a person is worked out (model/waiting.h); a notice is what somebody told him. */
#pragma once
#include "app/house.h"
#include "model/stamp.h"

struct notice {
    int64_t to;              /* an account; 0: the role at the place below */
    enum role role;
    struct place place;
    const char *kind;        /* "remind", "sent_back", "told" */
    struct text title, text; /* 「填报还有 3 天截止」; the whole of it, may be empty */
    struct text link;        /* a path of ours; may be empty */
    int64_t due;             /* 0: none */
    struct stamp by;         /* who sends it; its `at` is not read */
};
/* Puts it into the inbox, and into the outbox for those of them who want mail (mail.h), inside the writer.   Errors  ERR_INPUT: no title, or a link that leaves us */
bool app_notice_put(struct db_session *session, struct text county, const struct notice *notice, int64_t now, struct err *err) MUST_CHECK;

struct notice_line {
    int64_t id, due, read_at;        /* read_at 0: not yet */
    struct text kind, title, text, link;
    struct stamp by;
};
/* The actor's, the newest first, at most 60.   Errors  ERR_OUTSIDE */
bool app_notices(struct house *house, const struct actor *actor, struct arena *mem, struct notice_line **out, size_t *n_out,
                 struct err *err) MUST_CHECK;
/* As read by the actor (0: all of his).  Inside the writer.   Errors  ERR_ABSENT: none of his */
bool app_notice_read(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t now, struct arena *mem,
                     struct err *err) MUST_CHECK;
