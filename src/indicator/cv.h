/* cv.h — how unequal are the schools of one stage in one resource?  Pure: no I/O, no allocation.
 *
 * Sums run in four lanes that are added at the end, always in the same order: the processor adds
 * four schools at a time, and a result never depends on how the work was cut up. */
#pragma once
#include "base/number.h"

#include <stddef.h>

struct spread {
    double pupils;  /* of all units; BLANK where one is missing */
    double mean;    /* per pupil, or per 100: total resource / total pupils, not a mean of means */
    double sd;      /* weighted by enrolment */
    double cv;      /* sd / mean; BLANK (无法计算) when the mean is 0, and never a pass then */
};

/* Coefficient of variation between schools (校际差异系数), weighted by enrolment.
 *
 *   Given    pupils[n] > 0, amount[n] ≥ 0 of every unit of ONE stage (学段), and value[n], which is
 *            per × amount / pupils; per is 100 or 1
 *   Returns  all BLANK where any figure is missing or there is no unit
 *   Rule     CV = S / X,  X = per·ΣRᵢ / ΣPᵢ,  S² = Σ (Pᵢ/P)(xᵢ − X)²,  xᵢ = per·Rᵢ/Pᵢ
 *   Source   教督〔2017〕6号; domain specification §2.4 */
struct spread cv_between_schools(const double *pupils, const double *amount, const double *value, size_t n,
                                 double per);
/* The same where Σ Pᵢ = all = cv_sum(pupils, n) is known already. */
struct spread cv_with_total(const double *pupils, const double *amount, const double *value, size_t n, double per,
                            double all);
/* Each unit's share of the squared spread: cᵢ = Pᵢ(xᵢ − X)² / Σ.  They add up to 1; all BLANK where the
 * spread is 0 or not known. */
void cv_shares(const double *pupils, const double *value, size_t n, struct spread spread, double *share_out);
/* The sum of n figures, in lanes; BLANK where one is. */
double cv_sum(const double *figures, size_t n);
