#include "indicator/cv.h"

#include <math.h>
#include <string.h>

typedef double lanes __attribute__((vector_size(32)));

static lanes load(const double *from)
{
    lanes four;
    memcpy(&four, from, sizeof four);
    return four;
}

/* The last one to three, filled up with zeros. */
static lanes load_rest(const double *from, size_t n)
{
    lanes four = { 0, 0, 0, 0 };
    memcpy(&four, from, n * sizeof *from);
    return four;
}

static double add_up(lanes four)
{
    return (four[0] + four[1]) + (four[2] + four[3]);
}

double cv_sum(const double *figures, size_t n)
{
    lanes sum = { 0, 0, 0, 0 };
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        sum += load(figures + i);
    return add_up(sum + load_rest(figures + i, n - i));
}

/* Σ Pᵢ(xᵢ − X)²: a second pass, around the known mean, because one pass loses digits when units are
 * alike.  The filled-up lanes weigh nothing: their pupils are 0. */
static double squares(const double *pupils, const double *value, size_t n, double mean)
{
    const lanes around = { mean, mean, mean, mean };
    lanes sum = { 0, 0, 0, 0 };
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        const lanes off = load(value + i) - around;
        sum += load(pupils + i) * off * off;
    }
    const lanes off = load_rest(value + i, n - i) - around;
    return add_up(sum + load_rest(pupils + i, n - i) * off * off);
}

struct spread cv_between_schools(const double *pupils, const double *amount, const double *value, size_t n,
                                 double per)
{
    const double all = cv_sum(pupils, n), mean = per * cv_sum(amount, n) / all;
    const struct spread unknown = { n ? all : BLANK, BLANK, BLANK, BLANK };
    if (!n || is_blank(mean))
        return unknown;
    const double sd = sqrt(squares(pupils, value, n, mean) / all);
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
