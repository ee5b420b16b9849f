/* rules.h — the rules of the county: what government, teaching, recognition, preconditions and vetoes
 * ask, of each school or of the county as a whole. */
#pragma once
#include "indicator/workings.h"

/* What a rule says of one school. */
enum outcome { OUTCOME_NOT_ASKED, OUTCOME_PASSES, OUTCOME_FAILS, OUTCOME_UNKNOWN };

/* The rules over a run of rows (whole counties), with campuses merged into their hosts where a rule is
 * the school's. */
struct rulings;

struct rulings *rulings_new(const struct method *method, size_t capacity, struct arena *mem);
/* Judges the schools of all rows that w holds now, as far as no county's figures are needed. */
void rulings_load(struct rulings *rulings, const struct workings *w);
/* The schools with their campuses' figures added, as their rules see them; row 0 is that of the workings. */
const struct frame *rulings_merged(const struct rulings *rulings);
/* Judges one county.
 *   Given    rows from … from + n − 1; figures: the county's by item (method_county_figures)
 *   Returns  out[n_rules], in the method's order; the rows of schools in mem if the request asks for them */
void rulings_judge(struct rulings *rulings, const struct county_year *county, const double *figures, size_t from,
                   size_t n, struct rule_result *out, struct arena *mem);
/* The schools of all rows that w holds, campuses merged into their hosts (a campus's own row stays as it is). */
const struct frame *rulings_merged(const struct rulings *rulings);
/* What-if: the host's figures merged again after one of its rows changed; then what one rule says of it, or
 * whether the rule counts it. */
void rulings_refresh_row(struct rulings *rulings, size_t row);
void rulings_refresh_outcome(struct rulings *rulings, size_t rule, size_t row, const double *figures);
/* What-if: one rule of the county again. */
void rulings_judge_one(struct rulings *rulings, size_t rule, const struct county_year *county,
                       const double *figures, size_t from, size_t n, struct rule_result *out, struct arena *mem);
