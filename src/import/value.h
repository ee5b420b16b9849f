/* value.h — one cell against one item: full-width digits, thousands separators, percent, enum
 * names, yes and no, years out of dates; and what is wrong with it, if anything. */
#pragma once
#include "import/grid.h"
#include "model/item.h"

struct value_fault { struct text rule, expected, mend; };  /* rule empty: no fault */

/* For items that are numbers, flags and enums: BLANK when the cell is blank or at fault. */
double value_number(struct arena *mem, const struct item *item, const struct grid *grid,
                    const struct cell *cell, struct value_fault *fault_out);
/* The same for a cell of a text file (UTF-8). */
double value_number_text(struct arena *mem, const struct item *item, struct text text,
                         struct value_fault *fault_out);
/* For items that are texts: codes keep their leading zeros, a number is written without ".0". */
struct text value_text(struct arena *mem, const struct item *item, const struct grid *grid,
                       const struct cell *cell, struct value_fault *fault_out);
