#include "indicator/cv.h"

#include "indicator/lanes.h"

#include <math.h>

/* Units that are alike differ by the rounding of their quotients: a spread this small is none.  The
 * least true difference of two returns is some 1e-10 of their mean. */
#define ROUNDING 1e-13

double cv_sum(const double *figures, size_t n)
{
    struct lanes sum = { { 0, 0 }, { 0, 0 } };
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        sum.a += pair_load(figures + i);
        sum.b += pair_load(figures + i + 2);
    }
    for (; i < n; i++)
        sum.a[i & 1] += figures[i];
    return lanes_add_up(sum);
}

static pair square(pair pupils, pair value, pair mean)
{
    const pair off = value - mean;
    return pupils * off * off;
}

/* Σ Pᵢ(xᵢ − X)²: a second pass, around the known mean, because one pass loses digits when units are
 * alike. */
static double squares(const double *pupils, const double *value, size_t n, double mean)
{
    const pair around = pair_of(mean);
    struct lanes sum = { { 0, 0 }, { 0, 0 } };
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        sum.a += square(pair_load(pupils + i), pair_load(value + i), around);
        sum.b += square(pair_load(pupils + i + 2), pair_load(value + i + 2), around);
    }
    for (; i < n; i++)
        sum.a[i & 1] += pupils[i] * (value[i] - mean) * (value[i] - mean);
    return lanes_add_up(sum);
}

struct spread cv_between_schools(const double *pupils, const double *amount, const double *value, size_t n,
                                 double per)
{
    return cv_with_total(pupils, amount, value, n, per, cv_sum(pupils, n));
}

struct spread cv_with_total(const double *pupils, const double *amount, const double *value, size_t n, double per,
                            double all)
{
    const double mean = per * cv_sum(amount, n) / all;
    const struct spread unknown = { n ? all : BLANK, BLANK, BLANK, BLANK };
    if (!n || is_blank(mean))
        return unknown;
    const double spread = sqrt(squares(pupils, value, n, mean) / all);
    const double sd = spread <= ROUNDING * fabs(mean) ? 0 : spread;
    return (struct spread){ all, mean, sd, mean == 0 ? BLANK : sd / mean };
}

void cv_shares(const double *pupils, const double *value, size_t n, struct spread spread, double *share_out)
{
    const double whole = spread.sd > 0 ? squares(pupils, value, n, spread.mean) : BLANK;
    for (size_t i = 0; i < n; i++) {
        const double off = value[i] - spread.mean;
        share_out[i] = pupils[i] * off * off / whole;
    }
}
