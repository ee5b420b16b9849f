/* what_if.h — figures changed for a trial (试算), never stored. */
#pragma once
#include "model/assessment.h"

/* One changed figure: of a school, or of the county itself. */
struct change {
    uint16_t item;
    uint32_t county;                    /* index into the returns' counties */
    struct text school, name;           /* empty where the figure is the county's */
    double before, after;               /* BLANK: a blank */
    struct text before_text, after_text;/* where the item is a text */
};

struct what_if {
    const struct assessment *before;    /* of the same returns, unchanged */
    const struct change *changes;
    size_t n;
};
