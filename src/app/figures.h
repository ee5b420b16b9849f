/* figures.h — what a school, or the county, returned for a year, figure by figure, with what was told of blanks. */
#pragma once
#include "app/lineage.h"

enum figure_how { FIGURE_BLANK, FIGURE_RETURNED, FIGURE_BY_TYPE /* 0 pupils of a stage the type lacks */, FIGURE_TOLD };

struct figure_shown {
    uint16_t item;
    double value;                 /* enums: the ordinal; BLANK */
    struct text text;             /* of texts */
    enum figure_how how;
    bool estimate;
    struct cell_address cell;     /* row 0: typed on a page, or none */
    struct text key;              /* of its lineage */
};

/* Every item of its level, in the edition's order.
 *   Given   school  empty: the county's own
 *   Errors  ERR_DENIED; ERR_ABSENT: no such school that year, or the actor may not see it */
bool app_figures(const struct lineage_request *request, size_t year, struct text school, struct arena *mem, struct figure_shown **out,
                 size_t *n_out, struct err *err) MUST_CHECK;
