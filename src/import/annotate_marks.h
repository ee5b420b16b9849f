/* annotate_marks.h — from findings to what each cell of a sheet shall show. */
#pragma once
#include "import/grid.h"
#include "model/finding.h"

struct mark {
    uint32_t row, column;
    enum finding_level worst;   /* of the findings about this very cell */
    bool fill;                  /* an error or a warning */
    struct text comment;
    /* What the sheet says of the place (annotate_sheet). */
    bool cell_there, row_there;
    uint32_t style;          /* the cell's; of a blank cell its row's or column's */
    uint32_t marked_style;   /* the same with the fill; only where fill */
};

struct marks { struct mark *at; size_t n; };   /* by row, then column */

/* The findings about one sheet, those about one place in one mark.  What lies in a merged range
 * goes to its first cell, what is about no cell to A1. */
void marks_make(struct arena *mem, const struct findings *findings, const struct grid *sheet, struct marks *out);
/* The first mark at or behind a place. */
size_t marks_from(const struct marks *marks, uint32_t row, uint32_t column);
