/* csv.h — RFC 4180 records out of bytes in memory: our own tables and what people send.
 * Knows no encoding: separators, quotes and line ends are ASCII and never part of a GB18030 or
 * UTF-8 character.  UTF-16 must be converted first. */
#pragma once
#include "base/text.h"

struct csv_field {
    struct text text; /* between the quotes when quoted; points into the input */
    bool quoted;
    bool doubled;     /* holds "" that csv_value turns into " */
};

struct csv_scanner { const char *at, *end; char separator; };

enum csv_status {
    CSV_ROW,
    CSV_END,
    CSV_TOO_MANY,   /* the record has more fields than `capacity`: the rest was passed over */
    CSV_OPEN_QUOTE, /* the input ends inside a quoted field */
};

/* Reads one record (ended by LF, CR LF, CR or the end) and moves on behind it.
 * Returns CSV_ROW and the count of fields; an empty line is a record of one empty field. */
enum csv_status csv_next(struct csv_scanner *scanner, struct csv_field *fields, size_t capacity,
                         size_t *n_out);
/* The value of a field; in mem only where "" had to be undone. */
struct text csv_value(struct arena *mem, struct csv_field field);
/* Writes a value as one field: quoted where it must be. */
void csv_add(struct buf *buf, struct text value, char separator);
