/* table.h — a recognised table on its way out of the readers: which items it holds and where,
 * and its rows as columns of values.  The one door between parsing and everything else. */
#pragma once
#include "base/err.h"
#include "model/finding.h"
#include "model/item.h"

enum table_kind { TABLE_SCHOOLS, TABLE_COUNTY };

struct table {
    enum table_kind kind;
    struct text file, sheet;
    bool down;                    /* items run down a column: one school (or the county) a sheet */
    uint32_t value_column;        /* where `down` */
    uint32_t header_row;          /* last row of the header; 0 where `down` */
    uint32_t place[MAX_ITEMS];    /* [item] column (row where `down`), from 1; 0: not there */
};

/* Rows of one table.  Columns exist for the items the table holds; a blank is BLANK or an empty
 * text.  Enums are ordinals, flags 0 or 1, everything already in the item's own unit. */
struct batch {
    const struct table *table;
    size_t n, capacity;
    uint32_t *row;                /* [n] row in the sheet or line of the file, from 1 */
    double *number[MAX_ITEMS];    /* [item] column, or NULL */
    struct text *text[MAX_ITEMS]; /* [item] column for items of type text, or NULL */
};

/* Where a reader sends what it finds.  Whoever provides it owns the batches; a text put into one
 * is copied by keep_text, so that it may live in shared memory. */
struct table_sink {
    void *context;
    bool (*begin)(void *context, const struct table *table, struct err *err);   /* a table starts; it stays valid until end */
    struct batch *(*room)(void *context);      /* an empty batch of the table that began; capacity ≥ 1 */
    struct text (*keep_text)(void *context, struct batch *batch, struct text text);  /* at NULL: no room, ship first */
    bool (*ship)(void *context, struct batch *batch, struct err *err);          /* the batch is full or the table ends */
    bool (*end)(void *context, struct err *err);
    void (*finding)(void *context, const struct finding *finding);
};

/* A column (or, where items run down, a line) whose name is no item: listed, never silently dropped.
 * Both are findings of level NOTE: rule "header.unused", or "header.guess" with the likely item in
 * `item` and what to rename it to in `mend`. */

/* A sink that keeps everything in mem: for tests and for small uses.  (table_memory.c) */
struct kept_table { struct table table; struct batch rows; };
struct table_memory {
    struct arena *mem;
    const struct item_list *items;
    struct kept_table **tables;
    size_t n_tables;
    struct findings findings;
};
struct table_sink table_memory_sink(struct table_memory *memory);
