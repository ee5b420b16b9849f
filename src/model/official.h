/* official.h — the official tables (申报表 表Ⅰ–Ⅵ) as data: sheets, cells, and the figures they ask
 * for that are no indicator.  Made by standard/official_load from official_*.csv, worked out by
 * indicator/official, filled by report/official_tables. */
#pragma once
#include "model/edition.h"
#include "model/sheet.h"

enum official_scope {
    OFFICIAL_COUNTY,    /* a formula of the county; its sums see every row, campuses by themselves */
    OFFICIAL_SCHOOLS,   /* value summed over the schools for which `where` holds, campuses merged into their hosts */
    OFFICIAL_UNIT,      /* of each school, campuses merged */
};

struct official_figure {
    struct text id;
    enum official_scope scope;
    const struct expression *where, *value;  /* where: NULL: all */
    struct text where_text, formula;         /* as they are written, for whoever asks */
    const uint16_t *rests_on;                /* items of the formula */
    size_t n_rests_on;
    int decimals;                            /* −1: as many as it has */
    uint16_t item;                           /* it is this item as returned; NO_ITEM: worked out */
};

/* Which rows a cell stands in: once, or once for each unit of a stage; SAMPLE: the rows the blank form has there. */
enum official_each { EACH_ONCE, EACH_PRIMARY, EACH_JUNIOR, EACH_SAMPLE_PRIMARY, EACH_SAMPLE_JUNIOR };

/* What stands in the place of a {…}. */
enum official_kind {
    FILL_FIGURE,        /* which: figure */
    FILL_ITEM,          /* which: item of the county, by name */
    FILL_STATE,         /* name: plain id of an indicator: 达标, 不达标, 不适用 */
    FILL_SHARE,         /* which: rule: its value in percent */
    FILL_FAILING,       /* which: rule: how many schools fail */
    FILL_UNITS, FILL_MET, FILL_MET_SHARE, FILL_COMBINED,         /* stage */
    FILL_LEVEL_MET, FILL_LEVEL_MET_SHARE, FILL_MEAN, FILL_CV,    /* stage, which: level */
    FILL_UNIT_SERIAL, FILL_UNIT_NAME, FILL_UNIT_SPONSOR, FILL_UNIT_PUPILS, FILL_UNIT_VERDICT,
    FILL_UNIT_VALUE,    /* which: level */
    FILL_UNIT_FIGURE,   /* which: figure */
    FILL_UNIT_LEVELS,   /* which: the column number of the first level */
};

/* A piece of a cell's text: words as they stand, or a place to fill. */
struct official_piece {
    bool fill;
    struct text words;            /* as they stand; of a place: the mark printed where there is no data */
    enum official_kind kind;
    enum stage stage;
    size_t which;
    struct text name, cut;        /* cut: an end that is left away (级) */
    unsigned group;               /* > 0: pieces of one […], printed all or not at all */
};

struct official_cell {
    uint32_t row, column, last_row, last_column;
    enum sheet_look look;
    enum official_each each;
    struct official_piece *pieces;
    size_t n;
};

struct official_sheet {
    struct text name, label;      /* 表2-1, 表Ⅱ-1 */
    struct { uint32_t at; double size; } *widths, *heights;
    size_t n_widths, n_heights;
    uint32_t first_repeated, last_repeated;  /* rows on every printed page; 0: none */
    struct official_cell *cells;  /* by row, then column */
    size_t n;
};

enum { MOST_OFFICIAL_SHEETS = 16 };

struct official_form {
    const struct edition *edition;
    struct official_figure *figures;
    size_t n_figures;
    struct official_sheet sheets[MOST_OFFICIAL_SHEETS];
    size_t n_sheets;
};

/* The figures of one county and year. */
struct official_values {
    double *county;               /* [figure]; BLANK: no data */
    double **unit;                /* [figure] of scope unit: [row of the returns − the county's first]; else NULL */
};
