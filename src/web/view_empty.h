/* view_empty.h — a page that has nothing to show yet. */
#pragma once
#include "web/view_frame.h"

struct view_empty {
    const struct view_frame *frame;
    struct text title;
    bool may_import;
};
