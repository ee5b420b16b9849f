/* layout_window.h — a small corner of a sheet as a dense table, merged ranges filled in: where
 * headings are looked for. */
#pragma once
#include "import/grid.h"

struct window {
    const struct grid *grid;
    uint32_t first_row, n_rows, n_columns; /* columns from 1 */
    const struct cell **cells;             /* [row × n_columns + column]; NULL: blank */
    const struct merge **merges;           /* [same] the merged range the place lies in, or NULL */
};

/* At most `rows` rows from `first_row` on and `columns` columns, fewer when fewer hold cells. */
struct window window_of(struct arena *mem, const struct grid *grid, uint32_t first_row, uint32_t rows,
                        uint32_t columns);
/* By row from 0 and column from 1; NULL when blank or outside. */
const struct cell *window_cell(const struct window *window, uint32_t row, uint32_t column);
const struct merge *window_merge(const struct window *window, uint32_t row, uint32_t column);
/* The text of a text cell, trimmed; empty for anything else. */
struct text window_text(const struct window *window, uint32_t row, uint32_t column);
