/* filled_rows.h — rows that somebody filled in under a head of ours (accounts, units): found by the words of the head, read as texts.
 * A sheet that only explains has those words one below the other; a head has them side by side. */
#pragma once
#include "model/cells.h"

/* What is wrong with a cell, and what to do. */
struct filled_fault { struct text sheet, cell, what, hint; };   /* cell: "A7" */
struct filled_faults { struct arena *mem; struct filled_fault *at; size_t n, capacity; };
void filled_fault_add(struct filled_faults *faults, struct text sheet, struct text cell, struct text what, struct text hint);

struct filled_row { uint32_t row; const struct text *value; };  /* [n_heads], trimmed; empty where nothing stands */
struct filled_rows {
    struct text sheet;
    uint32_t head_row;               /* 0: no sheet has such a head */
    uint32_t *column;                /* [n_heads]; 0: the head lacks it */
    struct filled_row *rows;         /* those with anything in them */
    size_t n;
    bool too_many;                   /* there are more than `most` */
};
/* The rows of the first sheet that has all of the first `needed` heads in one row.
 *   Given  sources[n] of one file, not walked yet */
void filled_rows_read(const struct cell_source *sources, size_t n, const char *const *heads, size_t n_heads, size_t needed, size_t most,
                      struct arena *mem, struct filled_rows *out);
/* "A7": where a value stands, or would. */
struct text filled_cell(const struct filled_rows *rows, uint32_t row, size_t head, struct arena *mem);
