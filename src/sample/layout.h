/* layout.h — one table of the made-up county on a sheet. */
#pragma once
#include "sample/files.h"

/* How a table is written down. */
struct table_manner {
    struct text file;       /* its name, for the places of faults */
    bool framed;            /* title, merged captions over the headings, totals, remarks; else headings and rows */
    bool other_headings;    /* as the bureau itself calls the columns */
    bool all_columns;
    bool thousands_typed;   /* areas typed as "12,345.6" */
    bool thousands_shown;   /* areas are numbers that are shown so */
    bool wide_digits;       /* pupils and classes typed as “１２３” */
    bool zeros;             /* 0 instead of a blank in a stage that the school lacks */
    bool remarks_column;    /* a column 备注 that is no item */
    unsigned rotation;      /* which group of columns comes first behind the basic ones */
};

/* The schools of one township (or UNDER_BUREAU; N_TOWNSHIPS + 1: all) in one year. */
enum { ALL_SCHOOLS = UNDER_BUREAU + 1 };
struct sheet *layout_schools(struct arena *mem, struct sample_county *county, unsigned reports, int back,
                             const struct table_manner *manner);
/* One school by the official form: items down a column.  `school` must have the junior stage alone. */
struct sheet *layout_official_form(struct arena *mem, const struct sample_county *county, size_t school);
/* The county's figures: down a column as in the official form, or as one row below headings. */
struct sheet *layout_county_form(struct arena *mem, const struct sample_county *county, int back, bool down);
/* The school that hands in the official form instead of a row in its township's table. */
size_t layout_form_school(const struct sample_county *county);
