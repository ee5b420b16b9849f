/* view_readiness.h — the conditions for applying (申报条件). */
#pragma once
#include "model/assessment.h"
#include "web/view_frame.h"

struct readiness_line {
    struct text id, name, words, who, when, path;
    enum state state;
    bool blocks;
};
struct readiness_block {
    struct text name, count;     /* 差异系数, 「14 条中 12 条达到」 */
    bool open;                   /* something blocks */
    struct readiness_line *lines;
    size_t n;
};
struct view_readiness {
    const struct view_frame *frame;
    struct text sentence, second;
    bool ready, may_pack;
    struct text year;
    struct readiness_block *blocks;
    size_t n;
    struct readiness_line *open; /* what blocks, all of it first */
    size_t n_open;
};
