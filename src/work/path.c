#include "work/path.h"

#include "base/number.h"

#include <math.h>

/* Binary fractions decide as decimal ones would (§2.5). */
static const double SLACK = 1e-9;

bool path_reaches(const struct path_goal *goal, double value, double target)
{
    const double slack = SLACK * fmax(1, fabs(target));
    if (is_blank(value) || is_blank(target))
        return false;
    return goal->at_most ? value <= target + slack : value >= target - slack;
}

bool path_passes(const struct path_goal *goal, double value)
{
    if (is_blank(value))
        return false;
    if (goal->strictly)
        return goal->at_most ? value < goal->threshold - SLACK : value > goal->threshold + SLACK;
    return path_reaches(goal, value, goal->threshold);
}

static double unit_of(const struct path_goal *goal)
{
    return pow(10, -goal->decimals);
}

/* To the next step towards the end. */
static double towards(const struct path_goal *goal, double value)
{
    const double unit = unit_of(goal), steps = value / unit;
    return (goal->at_most ? floor(steps + 1e-6) : ceil(steps - 1e-6)) * unit;
}

double path_end(const struct path_goal *goal)
{
    const double end = goal->threshold;
    if (!goal->strictly)
        return end;
    return goal->at_most ? end - unit_of(goal) : end + unit_of(goal);
}

static double better(const struct path_goal *goal, double a, double b)
{
    return goal->at_most ? fmin(a, b) : fmax(a, b);
}
static double worse(const struct path_goal *goal, double a, double b)
{
    return goal->at_most ? fmax(a, b) : fmin(a, b);
}

void path_linear(const struct path_goal *goal, double value, size_t n, size_t by, double *target)
{
    const double end = path_end(goal);
    const size_t steps = by < 1 ? 1 : by > n ? n : by;
    for (size_t i = 0; i < n; i++) {
        if (is_blank(value))
            target[i] = BLANK;
        else if (i + 1 >= steps || path_passes(goal, value))
            target[i] = end;
        else
            target[i] = worse(goal, towards(goal, value + (end - value) * (double)(i + 1) / (double)steps), end);
    }
}

void path_planned(const struct path_goal *goal, double value, const double *projected, size_t n, double *target)
{
    const double end = path_end(goal);
    double so_far = value;
    for (size_t i = 0; i < n; i++) {
        if (is_blank(value)) {
            target[i] = BLANK;
            continue;
        }
        if (!is_blank(projected[i]))
            so_far = better(goal, so_far, projected[i]);
        target[i] = i + 1 == n || path_passes(goal, so_far) ? end : worse(goal, towards(goal, so_far), end);
    }
}

enum path_mark path_mark(const struct path_goal *goal, const double *target, const double *measured, size_t n, size_t at)
{
    if (is_blank(target[at]))
        return PATH_NO_TARGET;
    if (path_reaches(goal, measured[at], target[at]))
        return PATH_IN_TIME;
    bool known = !is_blank(measured[at]);
    for (size_t i = at + 1; i < n; i++) {
        if (path_reaches(goal, measured[i], target[at]))
            return PATH_LATE;
        known = known || !is_blank(measured[i]);
    }
    return known ? PATH_OVERDUE : PATH_OPEN;
}
