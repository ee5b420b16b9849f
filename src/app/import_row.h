/* import_row.h — a row of an imported file as it stood: where a finding points to. */
#pragma once
#include "app/import.h"

struct row_cell { uint32_t column; struct text head, text; };   /* head: what heads its column; may be empty */
struct import_row {
    struct text file;
    struct row_cell *cells;      /* in order of columns; those with something in them, or under a heading */
    size_t n;
};

/* Reads the file again, in a process of its own: never on an HTTP worker.
 *   Errors  ERR_DENIED; ERR_ABSENT: no such import, file or sheet */
bool app_import_row(struct house *house, const struct actor *actor, struct text id, size_t file, struct text sheet, uint32_t row,
                    struct arena *mem, struct import_row *out, struct err *err) MUST_CHECK;
