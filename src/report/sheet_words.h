/* sheet_words.h — the cells of a sheet as they are read, and what differs between two sheets of one form. */
#pragma once
#include "model/sheet.h"

/* What a spreadsheet program shows of the cell: its words, or its number with the decimals it is given. */
struct text sheet_cell_words(struct arena *mem, const struct sheet_cell *cell);

struct sheet_differences {
    bool *changed;        /* [cell of now] */
    struct text *was;     /* [cell of now] what was there; empty where nothing was */
    size_t n, gone;       /* how many are changed; that were there and have no place any more (a closed school) */
};
/* Cells are the same place where they come of the same (trace) and stand in the same column: a row may have moved.
 * Cells that come of nothing are the form's own words, and are not looked at. */
void sheets_compare(struct arena *mem, const struct sheet *now, const struct sheet *then, struct sheet_differences *out);
