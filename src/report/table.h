/* table.h — a table for a terminal: columns aligned by display width, Chinese counted two wide. */
#pragma once
#include "base/out.h"

enum align { ALIGN_LEFT, ALIGN_RIGHT };

/* How a cell or a line is coloured; the darker, the worse (pages.md §3).  Nothing without colour. */
enum tone { TONE_PLAIN, TONE_FAILING, TONE_NEAR, TONE_UNKNOWN, TONE_STRONG, TONE_QUIET };

struct table_cell { struct text text; enum tone tone; };

struct text_table {
    struct arena *mem;
    size_t columns, rows, capacity;
    const enum align *align;      /* [columns] */
    struct table_cell *cells;     /* row by row; the first row is the head */
};

/* `align` must outlive the table. */
struct text_table table_new(struct arena *mem, size_t columns, const enum align *align);
void table_row(struct text_table *table, const struct table_cell *cells);
void table_write(const struct text_table *table, struct out *out, size_t indent, bool colour);
/* A text without what could steer a terminal: control characters become blanks. */
void shown_write(struct out *out, struct text text);
/* The same in a tone. */
void tone_write(struct out *out, struct text text, enum tone tone, bool colour);
