/* need.h — how much is missing? (缺口)  For one unit alone, then for a school with all its stages. */
#pragma once
#include "indicator/units.h"
#include "model/need.h"

/* What one level of one unit rests on. */
struct need_base {
    double whole;              /* the amount that can be added to: the school's, before it is split */
    double weighted, total;    /* its split: w·n of the stage, Σ w·n; 1, 1 where it is not split */
    double rest;               /* what the other parts of the unit (campuses) have */
};

/*   Given    rows from … from + n − 1 are the county of the units; `unit` one of them
 *   Rule     a shared resource is added to the host's whole, and split by its pupils; where the host has no
 *            pupils of the stage, to that of its first campus */
struct need_base need_base_of(const struct units *units, const struct workings *w, size_t from, size_t n,
                              enum stage stage, size_t level, size_t unit);

/* The smallest quantity in the level's steps with which verdict_reaches(…, threshold, …) is true; with one
 * step less it is not.  0 where it is reached; BLANK where a figure is missing.
 *   Rule     R ≥ t·Σ wₖnₖ / (per·wₛ)   Source  domain specification §6.1 */
double need_to_reach(const struct level *level, double threshold, struct need_base base, double pupils);

/* Fills missing and missing_to_floor of all levels; makes the columns (out->n long) in mem where there are
 * none.  units NULL: only makes them. */
void need_fill_stage(struct stage_assessment *out, const struct method *method, const struct units *units,
                     const struct workings *w, size_t from, size_t n, struct arena *mem);

/* ---- a school with all its stages --------------------------------------------------------- */

/* What each school of a county needs, by row; schools without a unit are left out.
 *
 *   Given    a county assessed with request.needs
 *   Rule     the cheapest way to pass the school rule leaves near (≥ floor) as many levels as the rule
 *            allows: without prices, those where leaving saves the largest share of the threshold, then
 *            the larger gap, then the later level.  Pupils out: n − ⌊R·k/t⌋, for a split school ⌈(1 − x/t)·Σ wₖnₖ/wₛ⌉ */
struct school_need *need_of_schools(const struct assessment *assessment, const struct county_assessment *county,
                                    struct arena *mem, size_t *n_out);
