/* suppress.h — a table of counts of people, made fit to be published: small cells are hidden, and so many others with them that
 * nobody can work the hidden ones out from what is left.
 *
 *   Source  design note on published tables: n < 10 hidden, complementary cells too, every hidden cell keeps an interval at least 5
 *           wide; shares over 95 % and under 5 % are coded */
#pragma once
#include "base/text.h"

enum { SUPPRESS_LEAST = 10, SUPPRESS_WIDTH = 5, SUPPRESS_MOST = 64 };

/* Rows and columns with their sums: row n_rows holds the sums of the columns, column n_columns those of the rows. */
struct suppress_table {
    size_t n_rows, n_columns;      /* without the sums; at most SUPPRESS_MOST each, at least 1 */
    const double *count;           /* [(n_rows + 1) × (n_columns + 1)], whole numbers that add up */
    bool *hidden;                  /* likewise; written */
};

/* What a reader can tell of a hidden cell from those that are shown: at least, at most (HUGE_VAL: no end). */
struct suppress_interval { double low, high; };

/* Hides what must be hidden.  A 0 is shown: it names nobody.
 *   Returns  false: it cannot be published at all (a count is missing, does not add up, or nothing else is there to hide with) */
bool suppress(const struct suppress_table *table);
/* Of a hidden cell, exactly (the greatest and the least that any table of counts can have there that shows the same cells). */
struct suppress_interval suppress_told(const struct suppress_table *table, size_t row, size_t column);

/* A share of people in words: 88.4%, 「高于95%」, 「低于5%」; empty: of fewer than SUPPRESS_LEAST people, not to be published. */
struct text suppress_share(struct arena *mem, double share, double of, bool english);
