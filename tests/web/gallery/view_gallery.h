/* view_gallery.h — a page that shows every drawing, state, table and field once, for tests/web/look.mjs. */
#pragma once
#include "web/svg.h"
#include "web/view_frame.h"

struct gallery_row {
    struct text name, value, words;
    enum state state;
    struct svg counts, bullet, level, spark, paired, share;
};

struct view_gallery {
    const struct view_frame *frame;
    struct gallery_row *rows;
    size_t n;
    struct svg strip, trend, phases;
    struct text option;             /* of a chart that ECharts draws */
    struct text hostile;
};
