/* units.h — the units (单元) of one stage of one county: who they are and what they have. */
#pragma once
#include "indicator/workings.h"

struct units {
    size_t n;
    uint32_t *row;                       /* [unit] local row of its (host) school, rising */
    double *pupils;                      /* [unit] BLANK where a part's are */
    double *amount[MAX_LEVELS];          /* [unit] the stage's share, campuses added */
    uint8_t *estimated[MAX_LEVELS];      /* [unit] */
    bool any_estimated[MAX_LEVELS];
    bool campuses;                       /* some unit consists of more than its own row */
    uint32_t *of_row;                    /* [row − from] its unit, where campuses */
};

/* Room for the units of a county of `rows` schools. */
struct units *units_new(const struct method *method, size_t rows, struct arena *mem);
/* Who they are: rows from … from + n − 1 are one county. */
void units_find(struct units *units, const struct workings *w, size_t from, size_t n, enum stage stage);
/* What they have of one level's resource. */
void units_fill(struct units *units, const struct workings *w, size_t from, size_t n, enum stage stage, size_t level);
