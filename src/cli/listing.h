/* listing.h — rows of texts, written as --format says: a table with Chinese headings, JSON objects or CSV by key. */
#pragma once
#include "cli/command.h"
#include "report/table.h"

struct listing_column { const char *key, *zh; bool number; };   /* number: to the right, and a number in JSON */

struct listing {
    struct command_context *run;
    const struct listing_column *columns;
    size_t n_columns, n, capacity;
    struct text *rows;               /* [n * n_columns] */
    enum tone *tones;                /* [n] */
};
struct listing listing_new(struct command_context *run, const struct listing_column *columns, size_t n_columns);
/* values[n_columns], not copied; the tone is the table's. */
void listing_row(struct listing *listing, const struct text *values, enum tone tone);
/* `none` is said instead of an empty table. */
void listing_write(const struct listing *listing, const char *none);
