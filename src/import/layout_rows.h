/* layout_rows.h — for layout.c alone: the rows under a header, and the columns of a form whose
 * items run down, as batches. */
#pragma once
#include "import/bind.h"

/* Sends the rows of a table whose header stands on top; ends before a second, other header.
 * next_out: the row from which another table may begin. */
bool rows_read(const struct grid *grid, const struct binding *binding, const struct bind_request *request,
               const struct table_sink *sink, uint32_t *next_out, struct arena *scratch,
               struct err *err) MUST_CHECK;
/* Sends each value column of a form as a table of one row. */
bool lines_read(const struct grid *grid, struct binding *binding, const struct bind_request *request,
                const struct table_sink *sink, struct arena *scratch, struct err *err) MUST_CHECK;
