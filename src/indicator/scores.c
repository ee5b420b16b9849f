#include "indicator/scores.h"

#include "base/number.h"

struct group { double sum, mean; size_t n; };

/* Deviations from the school's own mean, and of that mean from the grand mean: sums of squares that do
 * not cancel.  SST = SSB + SSW. */
static struct score_variance variance_of(const struct group *group, uint32_t n_schools, double within,
                                         double scores, size_t min_tested)
{
    struct score_variance v = { .within = within };
    double sizes_squared = 0;
    for (uint32_t j = 0; j < n_schools; j++) {
        if (!group[j].n || group[j].n < min_tested)
            continue;
        v.schools++;
        v.pupils += group[j].n;
        sizes_squared += (double)group[j].n * (double)group[j].n;
    }
    const double n = (double)v.pupils, schools = (double)v.schools;
    v.mean = v.pupils ? scores / n : BLANK;
    for (uint32_t j = 0; j < n_schools; j++)
        if (group[j].n && group[j].n >= min_tested)
            v.between += (double)group[j].n * (group[j].mean - v.mean) * (group[j].mean - v.mean);
    v.ssb_sst = v.between + within > 0 ? v.between / (v.between + within) : BLANK;
    v.icc1 = BLANK;
    if (v.schools >= 2 && v.pupils > v.schools) {
        const double between_mean = v.between / (schools - 1), within_mean = within / (n - schools);
        const double size = (n - sizes_squared / n) / (schools - 1);
        const double whole = between_mean + (size - 1) * within_mean;
        v.icc1 = whole > 0 ? (between_mean - within_mean) / whole : BLANK;
    }
    return v;
}

struct score_variance scores_between_schools(const uint32_t *school, const double *score, size_t n,
                                             uint32_t n_schools, size_t min_tested, struct arena *scratch)
{
    const struct arena_mark mark = arena_mark(scratch);
    struct group *group = arena_array(scratch, n_schools, struct group);
    double within = 0, scores = 0;
    for (size_t i = 0; i < n; i++) {
        const double y = score[i];
        group[school[i]].sum += is_blank(y) ? 0 : y;
        group[school[i]].n += is_blank(y) ? 0u : 1u;
    }
    for (uint32_t j = 0; j < n_schools; j++) {
        group[j].mean = group[j].n ? group[j].sum / (double)group[j].n : 0;
        if (group[j].n >= min_tested)
            scores += group[j].sum;
    }
    for (size_t i = 0; i < n; i++) {
        const struct group *const g = &group[school[i]];
        if (is_blank(score[i]) || g->n < min_tested)
            continue;
        const double off = score[i] - g->mean;
        within += off * off;
    }
    const struct score_variance v = variance_of(group, n_schools, within, scores, min_tested);
    arena_rewind(scratch, mark);
    return v;
}
