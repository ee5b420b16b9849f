/* what_if.h — what would be if figures were others?  One county, kept at hand; each change gives the new
 * verdict of the whole county, and nothing is stored. */
#pragma once
#include "indicator/assess.h"

struct what_if;

/* Copies the figures of one county (an index into returns->counties) and assesses it.  Relaxations, needs and
 * shares as the request says; sets and the lists of failing rows are left out.
 *   Owns   everything lives in mem; returns and request must outlive it */
struct what_if *what_if_new(const struct returns *returns, size_t county, const struct assess_request *request,
                            struct arena *mem);
/* The county as it stands now.  Rows are those of the returns it came from. */
const struct county_assessment *what_if_now(const struct what_if *w);
/* Changes one figure of a school (a row of the returns) and judges anew: bit for bit what assess() would
 * say.  BLANK takes the figure away.
 *   Returns  the county, changed in place: valid until the next call */
const struct county_assessment *what_if_set(struct what_if *w, size_t row, uint16_t item, double value);
/* The same for a figure of the county. */
const struct county_assessment *what_if_set_county(struct what_if *w, uint16_t item, double value);
