/* view_error.h — the page that says why a step was not done: what happened, what to do, a number to quote. */
#pragma once
#include "web/view_frame.h"

struct view_error {
    const struct view_frame *frame; /* NULL: nobody is signed in, the page stands alone */
    struct text lang;               /* "zh-CN" or "en" */
    struct text what;               /* 「学校 9999 不在 2025学年的数据里」 */
    struct text saved;              /* what was kept: 「没有写入任何数据。」; may be empty */
    struct text hint;               /* what to do now; may be empty */
    struct text number;             /* of the request, as the log has it; may be empty */
    struct text back;               /* the path to return to; empty: "/" */
};
