/* lineage_row.h — the row as it stood: the cells of a stored file around the one a figure was read from, with the
 * headings above them. */
#pragma once
#include "app/lineage.h"

struct stood_cell {
    struct text column;            /* "D" */
    struct text heading, words;    /* empty where nothing stands */
    double number;                 /* BLANK: no number stands there */
    bool hit;
};

struct stood {
    struct text file, sheet, cell; /* "D17" */
    uint32_t row, heading_row;     /* 0: no heading was found */
    struct stood_cell *cells;      /* the first two columns and those around the hit */
    size_t n;
    bool cut;                      /* the row has more */
};

/* Slow: the file is read in a process of its own.
 *   Errors  ERR_DENIED; ERR_ABSENT: no figure that stands was read from that cell, or none that the actor may see;
 *           those of handover_cells */
bool lineage_row(const struct lineage_request *request, struct text sha256, struct text sheet, uint32_t row, uint32_t column,
                 struct arena *mem, struct stood *out, struct err *err) MUST_CHECK;
