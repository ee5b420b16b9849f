/* edition_table.h — one table of an edition: a CSV with a box of comments at its head ('#'), a
 * row of column names, and rows whose every fault can be named by file, row and column. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum { MAX_TABLE_COLUMNS = 24, MAX_TABLE_ROWS = 2000, MAX_TABLE_SIZE = 1 << 20 };

struct edition_table {
    struct arena *mem;
    struct text folder, file;
    const char *const *columns;   /* as asked for */
    size_t n_columns;
    size_t n;                     /* rows below the column names */
    struct text *cells;           /* [row * n_columns + column], trimmed */
    uint32_t *row;                /* [row] its number in the file, from 1 */
    struct err *err;
};

/* Reads the columns asked for, in whatever order they stand; every one must be there, and no other.
 * Cells point into bytes.   Errors  ERR_INPUT, ERR_LIMIT: file, row, column, what was expected */
bool edition_table_read(struct arena *mem, struct text folder, struct text file, struct text bytes,
                        const char *const *columns, size_t n_columns, struct edition_table *out,
                        struct err *err) MUST_CHECK;
struct text table_cell(const struct edition_table *t, size_t row, size_t column);
/* Says what is wrong with a cell: 「…levels.csv 第 5 行“per”列：读到“x”，应为…。」  Returns false. */
bool table_fault(const struct edition_table *t, size_t row, size_t column, const char *expected);
/* Puts file, row and column in front of what err says already (a formula's fault).  Returns false. */
bool table_fault_inside(const struct edition_table *t, size_t row, size_t column);

/* Each reads one cell; false (and a fault) when it is not what it must be. */
bool table_text(const struct edition_table *t, size_t row, size_t column, struct text *out) MUST_CHECK; /* not empty */
bool table_number(const struct edition_table *t, size_t row, size_t column, double *out) MUST_CHECK;
bool table_number_or_blank(const struct edition_table *t, size_t row, size_t column, double *out) MUST_CHECK;
bool table_yes(const struct edition_table *t, size_t row, size_t column, bool *out) MUST_CHECK;
/* One of the words; *out is its index. */
bool table_word(const struct edition_table *t, size_t row, size_t column, const char *const *words, size_t n,
                int *out) MUST_CHECK;
/* A short code ([A-Za-z0-9_.-], at most 64) that no row above has in this column. */
bool table_new_code(const struct edition_table *t, size_t row, size_t column, struct text *out) MUST_CHECK;
