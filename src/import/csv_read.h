/* csv_read.h — a table in a text file: separator, encoding and header found, rows read straight
 * into columns.  Pure: bytes in memory to a table_sink. */
#pragma once
#include "import/bind.h"
#include "import/encoding.h"
#include "import/table.h"

struct csv_file;

struct csv_request {
    const struct item_list *items;
    struct text file;                 /* as named by the user, for findings */
    enum encoding encoding;
    struct decoder *decoder;          /* opened for that encoding, before the child was locked */
    const bool *wanted;               /* [item] read only these; NULL: all */
};

enum {
    CSV_HEAD = 256 * 1024,            /* bytes in which separator and header are looked for */
    CSV_MAX_FIELD = 1024 * 1024,      /* bytes of one field */
    CSV_MAX_COLUMNS = 16384,
    CSV_MAX_GRID = 64 * 1024 * 1024,  /* a file that is no plain table must be this small */
};

/* Looks at the head of the file.
 *   Given    bytes   without BOM; not UTF-16 (decode it first)
 *   Errors   ERR_INPUT, ERR_LIMIT as layout.h and grid.h word them */
bool csv_open(struct arena *mem, const struct csv_request *request, struct text bytes, struct csv_file **out,
              struct err *err) MUST_CHECK;
/* The table it holds, one row a school; NULL when the file must be read as a whole by csv_read
 * (the items run down a column, or no header was found). */
const struct table *csv_table(const struct csv_file *file);
/* Offset of the first row behind the header. */
size_t csv_rows_start(const struct csv_file *file);
/* The first offset behind `at` where a line starts. */
size_t csv_line_after(const struct csv_file *file, size_t at);
/* Reads the rows that start in from … to − 1; `from` is the start of a row.  The table must have
 * begun (sink->begin).
 *   Given    number    of the first row, for findings and origins
 *   Returns  in *end_out the offset behind the last row, in *rows_out how many rows were passed */
bool csv_read_rows(struct csv_file *file, size_t from, size_t to, uint64_t number, const struct table_sink *sink,
                   size_t *end_out, uint64_t *rows_out, struct err *err) MUST_CHECK;
/* Says what there is to say about the header. */
void csv_report_header(struct csv_file *file, const struct table_sink *sink);
/* The whole file: header, rows; or through layout_read where it is no plain table. */
bool csv_read(struct csv_file *file, const struct table_sink *sink, struct err *err) MUST_CHECK;
