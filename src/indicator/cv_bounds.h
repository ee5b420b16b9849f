/* cv_bounds.h — between which limits does the coefficient lie while schools have not reported?
 * Pure: no I/O, no allocation. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct cv_bounds {
    double low, high;   /* high BLANK: no limit can be given */
    bool nothing;       /* every known unit has none of it: the coefficient cannot be computed */
};

/* The least and the greatest coefficient over what the missing units could report: per pupil, between the
 * least and the greatest of the known units; where a unit's pupils are missing too, these between the
 * least and the greatest of the units whose pupils are known.
 *
 *   Given    pupils[n] of one stage, BLANK or > 0; value[n] per pupil (or per 100), ≥ 0, BLANK where the
 *            amount or the pupils are missing
 *   Returns  never narrower than the truth; exact while at most BOUNDS_EXACT units are missing, and
 *            with more of them an upper bound that may be too wide.
 *            With no known unit low is 0 and high BLANK
 *   Rule     README.md of this folder */
struct cv_bounds cv_between_limits(const double *pupils, const double *value, size_t n);

enum { BOUNDS_EXACT = 12 };
