/* csv_read.h — a CSV of returns, of any size and in any of the encodings people have, straight into
 * columns.  A large one can be read in parts, each knowing only where it starts.
 *
 * Commas, tabs or semicolons; UTF-8, UTF-16, GB18030; LF, CR LF or CR.  A form that runs down a
 * column (官方表 saved as CSV) goes the workbooks' way, by layout.h. */
#pragma once
#include "import/csv_input.h"
#include "import/csv_walk.h"
#include "import/header.h"
#include "import/grid.h"
#include "import/table.h"

enum {
    CSV_MAX_FIELDS = 16384,
    CSV_MAX_FORM = 16 << 20,    /* bytes of a file that is read as a whole */
};

struct csv_request {
    const struct item_list *items;
    const bool *wanted;         /* [item] carry only these; NULL: all */
    struct text file;           /* as named by the user, for findings */
    struct csv_decoders *decoders;
    const struct item_names *names;  /* of the items, where the caller has them; NULL: made for this file */
};

struct csv_table;               /* a CSV whose separators, encoding and header are known */

/* Looks at the start of the file.  What it makes lives in mem.
 *   Errors   ERR_INPUT, ERR_LIMIT: whole sentences with the remedy */
bool csv_table_open(struct arena *mem, const struct csv_input *input, const struct csv_request *request,
                    struct csv_table **out, struct err *err) MUST_CHECK;
/* Whether parts of it can be read apart: rows under a header, and line ends that stand in the file as LF. */
bool csv_table_parts(const struct csv_table *table);
/* Where the first row behind the header starts. */
uint64_t csv_table_body(const struct csv_table *table);

/* Reads the rows of one part (only `from` and `to` are given) into sink: begin, rows, end.  Rows are
 * numbered from 1 within the part; in the first, which reports the header too, from the start of
 * the file. */
bool csv_table_read(struct csv_table *table, struct csv_part *part, const struct table_sink *sink, struct err *err) MUST_CHECK;

/* All of it, whatever its form. */
bool csv_table_read_all(struct csv_table *table, const struct table_sink *sink, struct err *err) MUST_CHECK;
/* All its cells as they stand (a form; a file that is shown again).  ERR_LIMIT beyond CSV_MAX_FORM. */
bool csv_table_grid(struct csv_table *table, struct grid **out, struct err *err) MUST_CHECK;
/* Both in one. */
bool csv_read(struct arena *mem, const struct csv_input *input, const struct csv_request *request,
              const struct table_sink *sink, struct err *err) MUST_CHECK;
