/* view_talk.h — what is said about a thing, at the foot of its page: {{> talk(v->talk)}}. */
#pragma once
#include "web/view_frame.h"

struct talk_row {
    const char *mark;            /* of its kind: "said", "changed", "step", "file" */
    struct text who, when;       /* 督导 周卫东; 2026-11-25 14:03 */
    struct text line;            /* what changed, which step, which file; empty: a comment alone */
    struct text said;            /* the comment, the reason */
    struct text path;            /* of a file */
    bool picture;
};
struct view_talk {
    const struct view_frame *frame;
    struct text kind, key;
    struct talk_row *rows;       /* the newest first */
    size_t n;
    struct text more;            /* earlier ones are left out; may be empty */
    bool may_say;
};
