/* scores.h — how much of the difference between pupils' scores lies between schools (校际差异率)?
 * Pure; scratch memory only. */
#pragma once
#include "base/arena.h"

#include <stdint.h>

struct score_variance {
    size_t schools, pupils;  /* that count: schools with at least min_tested pupils */
    double mean;             /* of all their scores */
    double between, within;  /* SSB, SSW */
    double ssb_sst;          /* Σ nⱼ(mⱼ − m)² / ΣΣ (y − m)²: the between-school share of variance */
    double icc1;             /* one-way random ANOVA ICC(1), with n₀ for unequal sizes; may be negative */
};

/*   Given    school[n] < n_schools, a number for each school; score[n], BLANK where a pupil has none (he
 *            does not count); min_tested  schools with fewer scores are left out (0 or 1: none)
 *   Returns  ssb_sst BLANK when all scores are equal or there are none; icc1 BLANK with fewer than two
 *            schools or no pupil more than schools
 *   Rule     ICC(1) = (MSB − MSW) / (MSB + (n₀ − 1)·MSW),  n₀ = (N − Σnⱼ²/N) / (J − 1)
 *   Source   domain specification §2.7 */
struct score_variance scores_between_schools(const uint32_t *school, const double *score, size_t n,
                                             uint32_t n_schools, size_t min_tested, struct arena *scratch);
