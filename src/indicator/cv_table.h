/* cv_table.h — the difference coefficient of any table: of any country, any resource, any groups. */
#pragma once
#include "base/arena.h"

#include <stdint.h>

struct cv_group {
    size_t schools;      /* that count */
    size_t left_out;     /* rows without pupils: none, or not known */
    double pupils, mean, sd, cv;  /* mean, sd, cv BLANK where an amount is missing; cv where the mean is 0 */
};

/*   Given    pupils[n], amount[n] of each school; group[n] < n_groups, or NULL: all are one group; per
 *   Returns  n_groups results, in mem
 *   Rule     cv_between_schools (indicator/cv.h) */
struct cv_group *cv_of_table(const double *pupils, const double *amount, const uint32_t *group, size_t n,
                             size_t n_groups, double per, struct arena *mem);
