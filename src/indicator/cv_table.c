#include "indicator/cv_table.h"

#include "indicator/cv.h"

struct cv_group *cv_of_table(const double *pupils, const double *amount, const uint32_t *group, size_t n,
                             size_t n_groups, double per, struct arena *mem)
{
    struct cv_group *made = arena_array(mem, n_groups, struct cv_group);
    const struct arena_mark mark = arena_mark(mem);
    size_t *first = arena_array(mem, n_groups + 1, size_t);
    double *p = arena_array(mem, n, double), *a = arena_array(mem, n, double), *x = arena_array(mem, n, double);

    for (size_t i = 0; i < n; i++) {
        struct cv_group *g = &made[group ? group[i] : 0];
        if (pupils[i] > 0)
            g->schools++;
        else
            g->left_out++;
    }
    for (size_t g = 0; g < n_groups; g++)
        first[g + 1] = first[g] + made[g].schools;
    for (size_t i = 0; i < n; i++) {
        if (!(pupils[i] > 0))
            continue;
        const size_t at = first[group ? group[i] : 0]++;
        p[at] = pupils[i];
        a[at] = amount[i];
        x[at] = per * amount[i] / pupils[i];
    }
    for (size_t g = 0; g < n_groups; g++) {
        const size_t from = first[g] - made[g].schools;
        const struct spread s = cv_between_schools(p + from, a + from, x + from, made[g].schools, per);
        made[g].pupils = made[g].schools ? s.pupils : 0;
        made[g].mean = s.mean;
        made[g].sd = s.sd;
        made[g].cv = s.cv;
    }
    arena_rewind(mem, mark);
    return made;
}
