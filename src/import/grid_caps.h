/* grid_caps.h — what a workbook may hold in all, counted cell by cell by whoever reads it. */
#pragma once
#include "import/grid.h"

enum { GRID_MAX_TEXT_ALL = 64 << 20, GRID_MAX_MERGES = 100000 };

struct grid_caps { size_t cells, text_size; };   /* so far */

/* Counts a cell about to be added with `text_size` bytes of text. */
bool grid_caps_cell(struct grid_caps *caps, const struct grid *grid, uint32_t row, uint32_t column,
                    size_t text_size, struct err *err) MUST_CHECK;
bool grid_caps_merge(const struct grid *grid, struct err *err) MUST_CHECK;
