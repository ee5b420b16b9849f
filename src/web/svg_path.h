/* svg_path.h — a path of yearly targets: what was measured solid, what is asked dashed, what is likely as dots, the standard a line. */
#pragma once
#include "web/svg.h"

struct svg_path {
    const double *measured, *target, *ahead;   /* [n] oldest first; blanks are left out */
    size_t n;
    double threshold;
    const struct text *years;                  /* [n] named below a large one; NULL: a small one for a table's cell, 110 × 30 pixels */
};
struct svg svg_path(struct arena *mem, const struct svg_path *path, struct text label);
