/* returns_overlay.h — what would stand if something newly read were laid over what stands already. */
#pragma once
#include "model/returns.h"

/* Every row of both; where both have a figure, that of `top`.  Cells are told for what comes from `top`
 * alone: whoever looks for faults in it is not told of faults that were there before.
 *   Given  both arranged, of the same items
 *   Owns   lives in mem; texts are shared with both */
struct returns *returns_overlay(const struct returns *under, const struct returns *top, struct arena *mem);
/* The row of a school in a year; SIZE_MAX when it has none. */
size_t returns_row(const struct returns *returns, struct text county, int year, struct text school);
/* Where a cell was read: which source (index; SIZE_MAX: typed or unknown) and where in it. */
struct cell_origin { size_t source; uint32_t row, column; };
struct cell_origin returns_origin(const struct returns *returns, size_t row, uint16_t item);
struct cell_origin returns_county_origin(const struct returns *returns, size_t county, uint16_t item);
