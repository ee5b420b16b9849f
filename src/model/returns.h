/* returns.h — what the schools and the county reported (填报), as columns: one array an item,
 * one element a school row.  A blank is BLANK (NAN), a zero is 0.  Every figure knows its cell.
 *
 * Rows are added in any order; returns_arrange makes the rows of one county and year stand
 * together, counties by code, then year, schools by code. */
#pragma once
#include "base/number.h"
#include "model/item.h"

#include <stdbool.h>
#include <stdint.h>

/* One table in one file from which figures were read. */
struct source {
    struct text file, sheet;
    bool down;             /* the items run down a column (官方表), one school a sheet */
    uint32_t value_column; /* where `down`: the column that holds the values */
    uint32_t *place;       /* [item] its column (or its row where `down`), from 1; 0: not there */
};

struct origin { uint32_t source, row; };  /* row from 1; the school's row where the table is not `down` */

/* A figure that came from elsewhere than its row's origin (a second file about the same school). */
struct other_origin { uint32_t row; uint16_t item; struct origin from; };

struct cell_address { struct text file, sheet; uint32_t row, column; };  /* 0, 0: unknown */

struct county_year {
    struct text code, name;
    int year;
    size_t first, n;          /* its school rows, valid after returns_arrange */
    double *figure;           /* [item] county figures; NULL when no county row was read */
    struct origin *figure_origin; /* [item] */
};

struct returns {
    struct arena *mem;
    const struct item_list *items;
    size_t n, capacity;       /* school rows */
    double **number;          /* [item] column, or NULL: nobody reported it */
    struct text **text;       /* [item] column for items of type text, or NULL */
    uint32_t *county;         /* [row] index into counties */
    struct origin *origin;    /* [row] */
    struct source *sources;
    size_t n_sources, sources_capacity;
    struct county_year *counties;
    size_t n_counties, counties_capacity;
    struct other_origin *others;
    size_t n_others, others_capacity;
};

struct returns *returns_new(const struct item_list *items, struct arena *mem);
/* The index of a county and year, added when new (code and name are copied). */
uint32_t returns_county(struct returns *returns, struct text code, int year);
/* The same without looking: the caller knows that it is new. */
uint32_t returns_add_county(struct returns *returns, struct text code, int year);
uint32_t returns_source(struct returns *returns, struct text file, struct text sheet);
/* A new blank row; returns its index. */
size_t returns_add(struct returns *returns, uint32_t county, struct origin origin);
/* Room for `more` rows beyond n, so that columns can be filled by the block. */
void returns_room(struct returns *returns, size_t more);
/* The whole column of an item (capacity elements, BLANK where nothing was put), made when needed. */
double *returns_number_column(struct returns *returns, uint16_t item);
struct text *returns_text_column(struct returns *returns, uint16_t item);
void returns_put_number(struct returns *returns, size_t row, uint16_t item, double value);
void returns_put_text(struct returns *returns, size_t row, uint16_t item, struct text value); /* not copied */
void returns_put_county(struct returns *returns, uint32_t county, uint16_t item, double value, struct origin from);
void returns_note_origin(struct returns *returns, size_t row, uint16_t item, struct origin from);
double returns_number(const struct returns *returns, size_t row, uint16_t item);      /* BLANK if not reported */
struct text returns_text(const struct returns *returns, size_t row, uint16_t item);   /* empty if not reported */
double returns_county_number(const struct returns *returns, size_t county, uint16_t item);
/* Where a school figure stands. */
struct cell_address returns_cell(const struct returns *returns, size_t row, uint16_t item);
struct cell_address returns_county_cell(const struct returns *returns, size_t county, uint16_t item);
/* Drops the rows for which keep[row] is false; those behind move up. */
void returns_keep(struct returns *returns, const bool *keep);
/* Sorts rows as said above and sets first and n of each county.  Row indexes change. */
void returns_arrange(struct returns *returns);
/* A copy whose figures can be changed without touching the original (what-if): columns are
 * copied, texts and sources shared. */
struct returns *returns_copy(const struct returns *returns, struct arena *mem);
