/* tables_sent.h — a workbook or a CSV that somebody sent, as tables of texts: how forms and plans come in. */
#pragma once
#include "app/house.h"
#include "model/cell_table.h"

/* Each sheet a table, a CSV one; dates as 2026-08-31, numbers as short as they are exact.  Slow: workbooks are read by a
 * confined child.
 *   Returns  at least one table
 *   Errors   ERR_USAGE: no file; ERR_INPUT, ERR_LIMIT: not read, and why */
bool app_tables_sent(struct house *house, struct text name, struct text bytes, struct arena *mem, struct cell_table **out, size_t *n_out,
                     struct err *err) MUST_CHECK;
