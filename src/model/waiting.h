/* waiting.h — what waits for a person (我的事): each module adds its own, one page shows them all. */
#pragma once
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum waiting_for {
    WAITING_FOR_ME,       /* the next step is his */
    WAITING_FOR_OTHERS,   /* he has done his; somebody else is next */
};

struct waiting {
    enum waiting_for whose;
    struct text what;       /* 「柳林镇中心小学 2026学年的填报，等您审核」: one sentence */
    struct text why;        /* why it is his: 「您是柳林镇的联络员」; may be empty */
    struct text came_back;  /* of what was sent back: by whom and the reason in full; else empty */
    struct text link;       /* a path of ours: where it is done */
    struct text button;     /* what is done there: 「审核」 */
    int64_t due;            /* the last second; 0: none */
    int64_t since;          /* since when it waits; 0: not known */
};

struct waiting_list {
    struct arena *mem;      /* everything in it lives here */
    struct waiting *at;
    size_t n, capacity;
};

void waiting_add(struct waiting_list *list, const struct waiting *one);
/* What is sent back first, then by when it is due (none: last), then since when; mine before others'. */
void waiting_sort(struct waiting_list *list);
