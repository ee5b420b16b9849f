/* grid.h — the sheets of a workbook as they stand: cells in row order, nothing interpreted. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum cell_kind {
    CELL_TEXT,
    CELL_NUMBER,
    CELL_BOOLEAN,  /* number is 0 or 1 */
    CELL_DATE,     /* number is YYYYMMDD (19800901); a time of day is dropped */
    CELL_ERROR,    /* #REF!, #DIV/0! …: text holds it */
    CELL_UNKNOWN,  /* a formula whose file carries no cached value: text holds the formula if known */
};

struct cell {               /* 16 bytes: a sheet of a million cells must stay small */
    uint32_t row;           /* from 1 */
    uint16_t column;        /* from 1 */
    uint8_t kind;
    uint8_t percent;        /* the number is shown with %: 0.12 is read 12% */
    union {
        double number;
        struct { uint32_t at, size; } text;  /* into grid.pool */
    };
};

struct merge { uint32_t row, column, last_row, last_column; };

/* Cells with a value, by row, then column; blank cells are not there. */
struct grid {
    struct arena *mem;
    struct text name;
    bool hidden;
    struct cell *cells;
    size_t n, capacity;
    struct buf pool;
    struct merge *merges;
    size_t n_merges, merges_capacity;
    struct grid_inside *inside;  /* of grid.c alone */
};

struct workbook { struct grid **sheets; size_t n; };

enum {                      /* security.md §4: counted while reading, never read from headers */
    GRID_MAX_SHEETS = 64,
    GRID_MAX_CELLS = 2000000,   /* of a workbook */
    GRID_MAX_TEXT = 32767,      /* bytes of one cell ×3 for UTF-8 are allowed */
    GRID_MAX_COLUMNS = 16384,
    GRID_MAX_ROWS = 1048576,
};

struct grid *grid_new(struct arena *mem, struct text name);
/* Cells may come in any order; grid_finish sorts if needed (of two at one place the later stays).
 * A text that stands in many cells is mostly kept once. */
void grid_add_number(struct grid *grid, uint32_t row, uint32_t column, enum cell_kind kind, double number, bool percent);
void grid_add_text(struct grid *grid, uint32_t row, uint32_t column, enum cell_kind kind, struct text text);
void grid_add_merge(struct grid *grid, struct merge merge);
void grid_finish(struct grid *grid);
struct text grid_text(const struct grid *grid, const struct cell *cell);  /* of text, error, unknown */
/* The cell at a place; NULL when blank.  Binary search; after grid_finish. */
const struct cell *grid_at(const struct grid *grid, uint32_t row, uint32_t column);
/* Like grid_at, but a place inside a merged range gives the range's first cell. */
const struct cell *grid_at_merged(const struct grid *grid, uint32_t row, uint32_t column);
/* The merged range a place is in; NULL when none. */
const struct merge *grid_merge_at(const struct grid *grid, uint32_t row, uint32_t column);
/* The cells of one row: first index, count. */
size_t grid_row(const struct grid *grid, uint32_t row, const struct cell **first_out);
/* What a person sees in the cell, for findings: "12.5", "45%", "2025-09-01", the text. */
struct text grid_shown(struct arena *mem, const struct grid *grid, const struct cell *cell);

/* The readers.  Everything made lives in mem.  Refusals are whole Chinese sentences with the
 * remedy in err->hint; nothing read so far is handed out then. */
bool xlsx_read(struct arena *mem, struct text bytes, struct workbook *out, struct err *err) MUST_CHECK;
bool ods_read(struct arena *mem, struct text bytes, struct workbook *out, struct err *err) MUST_CHECK;
bool xls_read(struct arena *mem, struct text bytes, struct workbook *out, struct err *err) MUST_CHECK;
