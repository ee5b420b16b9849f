/* cell_table.h — rows of cells, wherever they were read from (a sheet, a CSV), and the CSV they are kept as: how a county's
 * forms and plans are written down. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

/* rows[row].at[column], both from 0; a row is empty where nothing stands in it. */
struct cell_row { const struct text *at; size_t n; };
struct cell_table { struct text file, sheet; struct cell_row *rows; size_t n; };

enum { CELL_MOST_ROWS = 2000, CELL_MOST_COLUMNS = 40, CELL_LARGEST = 1 << 20 };

/* CSV in UTF-8, row by row.   Errors  ERR_INPUT, ERR_LIMIT name the line */
bool cell_table_csv(struct text file, struct text csv, struct arena *mem, struct cell_table *out, struct err *err) MUST_CHECK;
/* The same rows as CSV: what cell_table_csv reads into the same rows. */
struct text cell_table_write(const struct cell_table *table, struct arena *mem);
/* The row (from 0) whose first cell is `word`: where the headings stand; SIZE_MAX: nowhere. */
size_t cell_table_find(const struct cell_table *table, struct text word);
/* 「“题目”第 12 行 D 列」: where a fault stands; row and column from 1, 0: the whole table, the whole row. */
struct text cell_table_place(const struct cell_table *table, uint32_t row, uint32_t column, struct arena *mem);
