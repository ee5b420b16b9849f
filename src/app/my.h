/* my.h — 我的事: what waits for a person, of all modules, and his inbox. */
#pragma once
#include "app/notice.h"
#include "model/waiting.h"

struct my_work {
    struct waiting_list waiting;     /* sorted: his own first, what came back, then by when */
    size_t n_mine;                   /* the first so many wait for him */
    struct notice_line *notices;
    size_t n_notices, n_unread;
};
/* The administrators see no content: theirs is the inbox alone.
 *   Given   snapshot  NULL: no state could be computed; what needs one is left out   Errors  ERR_OUTSIDE */
bool app_my_work(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct arena *mem,
                 struct my_work *out, struct err *err) MUST_CHECK;
