#include "indicator/cv_bounds.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* What is known, and what the missing may do. */
struct limits {
    double pupils, mean, squares;     /* of the known units: N, X, Σ P(x − X)² */
    double low, high;                 /* per pupil */
    double least, greatest;           /* pupils of a unit that did not report them */
    double weight[BOUNDS_EXACT];      /* pupils of the units that lack the amount alone */
    size_t n_weight;
    double all_weight;                /* their sum */
    size_t n_sizeless;                /* units whose pupils are missing */
};

struct point { double high, low; };   /* pupils at the highest, and at the lowest figure */

static double total(const struct limits *k)
{
    return k->pupils * k->mean;
}

static double total_of_squares(const struct limits *k)
{
    return k->squares + k->pupils * k->mean * k->mean;
}

/* CV² when `a` pupils have x and `b` pupils have y beside the known units.  A sum of squares around the
 * mean: nothing cancels. */
static double squared_cv(const struct limits *k, double a, double x, double b, double y)
{
    const double pupils = k->pupils + a + b;
    const double mean = (total(k) + a * x + b * y) / pupils;
    const double known = k->mean - mean, at_x = x - mean, at_y = y - mean;
    const double squares = k->squares + k->pupils * known * known + a * at_x * at_x + b * at_y * at_y;
    return squares / pupils / (mean * mean);
}

static double at_point(const struct limits *k, struct point p)
{
    return squared_cv(k, p.high, k->high, p.low, k->low);
}

static struct limits limits_of(const double *pupils, const double *value, size_t n)
{
    struct limits k = { .low = INFINITY, .high = -INFINITY, .least = INFINITY, .greatest = -INFINITY };
    double amount = 0;
    for (size_t i = 0; i < n; i++) {
        if (is_blank(pupils[i])) {
            k.n_sizeless++;
            continue;
        }
        k.least = fmin(k.least, pupils[i]);
        k.greatest = fmax(k.greatest, pupils[i]);
        if (is_blank(value[i])) {
            if (k.n_weight < BOUNDS_EXACT)
                k.weight[k.n_weight] = pupils[i];
            k.n_weight++;
            k.all_weight += pupils[i];
            continue;
        }
        k.pupils += pupils[i];
        amount += pupils[i] * value[i];
        k.low = fmin(k.low, value[i]);
        k.high = fmax(k.high, value[i]);
    }
    k.mean = amount / k.pupils;
    for (size_t i = 0; i < n; i++)
        if (!is_blank(value[i]) && !is_blank(pupils[i]))
            k.squares += pupils[i] * (value[i] - k.mean) * (value[i] - k.mean);
    return k;
}

/* Least: all the missing alike, at ΣPx²/ΣPx, and as many pupils as can be. */
static double least_squared_cv(const struct limits *k)
{
    const double at = fmin(fmax(total_of_squares(k) / total(k), k->low), k->high);
    return squared_cv(k, k->all_weight + (double)k->n_sizeless * k->greatest, at, 0, 0);
}

/* Where on the line between two points (0 … 1) the slope of CV² is 0: at one place at most, because
 * N·Q/T² with N, Q, T linear has a slope whose numerator is linear. */
static double flat_at(const struct limits *k, struct point from, struct point to)
{
    const double dh = to.high - from.high, dl = to.low - from.low;
    const double n = k->pupils + from.high + from.low, dn = dh + dl;
    const double q = total_of_squares(k) + from.high * k->high * k->high + from.low * k->low * k->low;
    const double dq = dh * k->high * k->high + dl * k->low * k->low;
    const double t = total(k) + from.high * k->high + from.low * k->low;
    const double dt = dh * k->high + dl * k->low;
    const double cross = n * dq + dn * q;
    return (2 * dt * n * q - cross * t) / (2 * dn * dq * t - cross * dt);
}

static double greatest_on_edge(const struct limits *k, struct point from, struct point to)
{
    const double at = flat_at(k, from, to), ends = fmax(at_point(k, from), at_point(k, to));
    if (!(at > 0 && at < 1))
        return ends;
    const struct point flat = { from.high + at * (to.high - from.high), from.low + at * (to.low - from.low) };
    return fmax(ends, at_point(k, flat));
}

/* Inside the area CV² has no greatest place of its own: it lies on the border. */
static double greatest_in_area(const struct limits *k, const struct point corner[4])
{
    double greatest = 0;
    for (size_t i = 0; i < 4; i++)
        greatest = fmax(greatest, greatest_on_edge(k, corner[i], corner[(i + 1) % 4]));
    return greatest;
}

/* All the ways to put the units with known pupils high or low, one after another: how many pupils are high. */
struct ways { unsigned long turn; bool up[BOUNDS_EXACT]; double high; };

static bool next_way(struct ways *w, const struct limits *k)
{
    if (++w->turn == 1ul << k->n_weight)
        return false;
    /* Gray's order: each way differs from the one before in one unit. */
    const size_t changed = (size_t)__builtin_ctzl(w->turn);
    w->up[changed] = !w->up[changed];
    w->high += w->up[changed] ? k->weight[changed] : -k->weight[changed];
    return true;
}

/* Pupils all known: from none high to all, CV² rises to the flat place and falls behind it; the greatest
 * is one of the two ways next to it. */
static double greatest_of_ways(const struct limits *k)
{
    const double all = k->all_weight, at = flat_at(k, (struct point){ 0, all }, (struct point){ all, 0 });
    const double best = at > 0 ? fmin(at, 1) * all : 0;
    double below = 0, above = all;
    struct ways way = { 0 };
    do {
        below = way.high <= best && way.high > below ? way.high : below;
        above = way.high >= best && way.high < above ? way.high : above;
    } while (next_way(&way, k));
    return fmax(at_point(k, (struct point){ below, all - below }), at_point(k, (struct point){ above, all - above }));
}

/* Some pupils not known: each way, with n of those units high, is an area. */
static double greatest_of_areas(const struct limits *k)
{
    double greatest = 0;
    struct ways way = { 0 };
    do {
        const double high = way.high, low = fmax(k->all_weight - high, 0);
        for (size_t n = 0; n <= k->n_sizeless; n++) {
            const double h = (double)n, l = (double)(k->n_sizeless - n);
            const struct point corner[4] = {
                { high + h * k->least, low + l * k->least },
                { high + h * k->greatest, low + l * k->least },
                { high + h * k->greatest, low + l * k->greatest },
                { high + h * k->least, low + l * k->greatest },
            };
            greatest = fmax(greatest, greatest_in_area(k, corner));
        }
    } while (next_way(&way, k));
    return greatest;
}

/* Any weight between none and all may be high: an area that holds every way. */
static double greatest_relaxed(const struct limits *k)
{
    const double fewest = k->all_weight + (double)k->n_sizeless * k->least;
    const double most = k->all_weight + (double)k->n_sizeless * k->greatest;
    const struct point corner[4] = { { 0, fewest }, { fewest, 0 }, { most, 0 }, { 0, most } };
    return greatest_in_area(k, corner);
}

struct cv_bounds cv_between_limits(const double *pupils, const double *value, size_t n)
{
    const struct limits k = limits_of(pupils, value, n);
    if (!(k.pupils > 0))
        return (struct cv_bounds){ 0, BLANK, false };
    if (k.high <= 0)
        return (struct cv_bounds){ BLANK, BLANK, true };
    const bool exact = k.n_weight + k.n_sizeless <= BOUNDS_EXACT;
    const double greatest = !exact ? greatest_relaxed(&k) : k.n_sizeless ? greatest_of_areas(&k) : greatest_of_ways(&k);
    return (struct cv_bounds){ sqrt(least_squared_cv(&k)), sqrt(greatest), false };
}
