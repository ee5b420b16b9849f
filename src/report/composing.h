/* composing.h — what a page is composed from, and how one finds one's way in it. */
#pragma once
#include "model/need.h"

struct composing {
    struct arena *mem;                    /* what is composed lives here; texts of the edition are not copied */
    const struct assessment *assessment;  /* a county's years, oldest first; with needs, shares, rows of schools */
    const struct county_needs *needs;     /* [county]; NULL: nothing is said of what schools need */
    size_t year;                          /* the county-year that is shown: an index into assessment->counties */
    bool english;                         /* else Chinese */
    const bool *visible;                  /* [row of the returns] what the reader may see; NULL: all */
};

enum { MOST_YEARS = 8 };                  /* as many years stand beside each other, the latest ones */

const struct county_assessment *composing_county(const struct composing *c);
/* The same county `back` years of data earlier; NULL when there is none. */
const struct county_assessment *composing_before(const struct composing *c, size_t back);
/* The county's years up to the one shown, oldest first, at most MOST_YEARS; returns how many. */
size_t composing_years(const struct composing *c, const struct county_assessment *years[MOST_YEARS]);
/* NULL where there is no unit of the stage. */
const struct stage_assessment *composing_stage(const struct county_assessment *county, enum stage stage);
/* The unit of a row in a stage; SIZE_MAX: none. */
size_t composing_unit(const struct stage_assessment *stage, size_t row);
/* The row of a school in a county-year by its code; SIZE_MAX: none. */
size_t composing_row(const struct assessment *assessment, const struct county_assessment *county, struct text code);
/* For each unit of `stage` the unit of the same school in `other` (SIZE_MAX: none); other may be NULL. */
size_t *composing_same_units(const struct composing *c, const struct stage_assessment *stage, const struct stage_assessment *other);
/* What a row's school needs; NULL: it has no unit, or nobody worked it out. */
const struct school_need *composing_need(const struct composing *c, size_t row);
bool composing_visible(const struct composing *c, size_t row);
struct text composing_code(const struct composing *c, size_t row);
struct text composing_name(const struct composing *c, size_t row);  /* its code where it has none */
/* An enum figure of a row as it is shown (镇区); empty where blank. */
struct text composing_choice(const struct composing *c, size_t row, uint16_t item);
/* An indicator's level in a stage by its id; NULL: none; *index_out may be NULL. */
const struct level *composing_level(const struct edition *edition, enum stage stage, struct text id, size_t *index_out);
