/* value.h — one cell against one item: full-width digits, thousands separators, percent, enum
 * names, yes and no, years out of dates; and what is wrong with it, if anything. */
#pragma once
#include "import/grid.h"
#include "model/finding.h"
#include "model/item.h"

/* rule empty: no fault.  expected and mend are Chinese phrases that finding_sentence joins.
 *
 *   cell.number    not a number                    cell.integer   not a whole number
 *   cell.negative  below zero                      cell.huge      above 10¹²
 *   cell.percent   a share where an amount is asked cell.share    a share outside 0–1
 *   cell.date      a date where a number is asked  cell.year      not a year
 *   cell.degree    no longitude or latitude        cell.flag      neither yes nor no
 *   cell.enum      not one of the item's values    cell.code      digits of a code are lost
 *   cell.error     #REF! and its like              cell.formula   a formula without its value
 *   cell.blank_mark  “-”, “无” …: read as blank; a warning, the others are errors */
struct value_fault {
    struct text rule, expected, mend;
    enum finding_level level;
};

/* For items that are numbers, flags and enums: BLANK when the cell is blank or at fault.
 * cell may be NULL (blank). */
double value_number(struct arena *mem, const struct item *item, const struct grid *grid,
                    const struct cell *cell, struct value_fault *fault_out);
/* The same for a cell of a text file (UTF-8). */
double value_number_text(struct arena *mem, const struct item *item, struct text text,
                         struct value_fault *fault_out);
/* For items that are texts: codes keep their leading zeros, a number is written without ".0". */
struct text value_text(struct arena *mem, const struct item *item, const struct grid *grid,
                       const struct cell *cell, struct value_fault *fault_out);
/* The same for a cell of a text file: trimmed; in a code, full-width digits become ASCII and
 * "4.1E+09" is a fault.  Points into `text` when nothing had to be changed. */
struct text value_text_text(struct arena *mem, const struct item *item, struct text text,
                            struct value_fault *fault_out);
