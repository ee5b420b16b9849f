/* form_table.h — a form's definition as rows of cells, wherever they were read from, and the CSV it is kept as. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum form_column {
    DEF_ROW, DEF_ID, DEF_NAME, DEF_TYPE, DEF_CHOICES, DEF_UNIT, DEF_LEAST, DEF_MOST, DEF_REQUIRED, DEF_CONDITION, DEF_PROOF,
    DEF_FIGURE, DEF_SOURCE, DEF_NOTE, N_DEF_COLUMNS
};
struct form_column_info { const char *zh, *help; double width; };
const struct form_column_info *form_column_info(enum form_column column);

/* cells[row][column of the sheet, from 0]; a row is empty where nothing stands in it. */
struct form_cells { const struct text *at; size_t n; };
struct form_table { struct text file, sheet; struct form_cells *rows; size_t n; };

enum { FORM_MOST_ROWS = 2000, FORM_MOST_COLUMNS = 40, FORM_LARGEST = 1 << 20 };

/* CSV in UTF-8, row by row.   Errors  ERR_INPUT, ERR_LIMIT name the line */
bool form_table_csv(struct text file, struct text csv, struct arena *mem, struct form_table *out, struct err *err) MUST_CHECK;
/* The same rows as CSV: what form_table_csv reads into the same rows. */
struct text form_table_write(const struct form_table *table, struct arena *mem);
