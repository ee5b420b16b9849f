/* import_diff.h — what an import would change: each figure read against the one that stands and, for a
 * workbook of ours that comes back, against the one it was written from.  Pure. */
#pragma once
#include "model/edition.h"
#include "model/finding.h"
#include "model/returns_overlay.h"

enum cell_kind {
    CELL_NEW,        /* nothing stands there */
    CELL_CHANGED,
    CELL_EMPTIED,    /* came back blank: taken away */
    CELL_CONFLICT,   /* changed in the workbook and, since it was written, here as well */
};

struct cell_difference {
    enum cell_kind kind;
    int year;
    struct text school, name;             /* empty: a figure of the county */
    uint16_t item;
    double before, base, after;           /* what stands, what was exported, what was read; enums: ordinals */
    struct text before_text, base_text, after_text;
    struct cell_origin from;              /* in the staged returns */
    bool barred;                          /* its school has an error in these files */
};

struct school_difference {                /* a school (or, empty, the county) the import speaks of */
    int year;
    struct text school, name;
    bool is_new, barred;
    size_t source;                        /* of its row; SIZE_MAX: none */
    uint32_t row;
};

struct import_difference {
    struct cell_difference *cells;        /* by year, school, item */
    size_t n;
    struct school_difference *schools;
    size_t n_schools;
    size_t added, changed, same, conflicts;
    size_t barred_schools;                /* that have an error */
};

/* base: the figures at the version the workbook was written from; NULL when it is no workbook of ours.
 * Without a base a blank says nothing; with one, a cell that was emptied empties the figure.  A cell with an
 * error says nothing either.  All in mem; texts shared. */
void import_compare(const struct returns *staged, const struct returns *standing, const struct returns *base,
                    const struct findings *findings, struct arena *mem, struct import_difference *out);
