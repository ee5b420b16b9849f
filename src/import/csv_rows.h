/* csv_rows.h — the rows under a CSV's header, field by field into a batch's columns. */
#pragma once
#include "import/bind.h"
#include "import/csv_read.h"

struct csv_rows;

/* Given  width  how many fields the header has */
struct csv_rows *csv_rows_new(struct arena *mem, const struct csv_dialect *dialect, const struct csv_request *request,
                              const struct binding *binding, const struct bind_request *names, size_t width);
/* Reads the rows of one part into sink, between begin and end. */
bool csv_rows_read(struct csv_rows *rows, struct csv_part *part, const struct table_sink *sink, struct err *err) MUST_CHECK;
