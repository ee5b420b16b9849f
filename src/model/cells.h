/* cells.h — the cells of a sheet as they were read, handed on one by one to whoever shows them. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum shown_kind { SHOWN_TEXT, SHOWN_NUMBER, SHOWN_PERCENT, SHOWN_DATE /* number is YYYYMMDD */, SHOWN_BOOLEAN };

struct shown_cell {
    uint32_t row, column;    /* from 1 */
    enum shown_kind kind;
    double number;
    struct text text;        /* of SHOWN_TEXT; need only live until the next cell is asked for */
};

/* As somebody would type it: its words, trimmed; 2026-08-31; 12.5; empty where it is no number. */
struct text cell_said(const struct shown_cell *cell, struct arena *mem);

/* One sheet.  `next` gives its cells by row, then column, each place once; false at the end. */
struct cell_source {
    struct text file, sheet; /* as findings name them */
    void *context;
    bool (*next)(void *context, struct shown_cell *out);
};
