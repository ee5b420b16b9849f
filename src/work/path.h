/* path.h — yearly targets: the way of one figure from what is measured to what the standard asks, year by year to the last return
 * before the self-assessment.  Pure: no clock.
 *   Source  domain specification §5.1 S3.4, §6.2: linear from the first measured year to all-green by the return of 2029-09 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { PATH_MOST_YEARS = 24 };

/* What the figure is to reach. */
struct path_goal {
    double threshold;
    bool at_most;          /* 不超过 (a coefficient, schools that fail); else 不低于 */
    bool strictly;         /* below, not at: Q9 */
    int decimals;          /* a target's own: levels 2, coefficients and shares 3, schools 0 */
};

/* Whether a figure is as good as another is to be; a blank never is. */
bool path_reaches(const struct path_goal *goal, double value, double target);
/* Whether it is what the standard asks. */
bool path_passes(const struct path_goal *goal, double value);
/* What the last year must be at least: the threshold, or the last step before it where it must be passed. */
double path_end(const struct path_goal *goal);

/* In equal steps.
 *   Given   value  what is measured, at n years before the last one; passing already: the end is held in every year
 *           by     in how many years the end is reached, 1 … n; held from then on
 *   Returns target[n], the first of the year after; rounded towards the end, so that no year asks for less than its step; all
 *           blank where value is */
void path_linear(const struct path_goal *goal, double value, size_t n, size_t by, double *target);
/* As the planned work has it: projected[n] is what is then there, never asked beyond the end, never back; the last is the end.
 * Years without a projection (blank) keep the step before. */
void path_planned(const struct path_goal *goal, double value, const double *projected, size_t n, double *target);

/* Where a year of a path stands. */
enum path_mark {
    PATH_NO_TARGET,        /* none for this year */
    PATH_OPEN,             /* 未到: nothing measured yet */
    PATH_IN_TIME,          /* 按期 */
    PATH_LATE,             /* 逾期达到: a later year reached it */
    PATH_OVERDUE,          /* 逾期: measured, missed, and not reached since */
    N_PATH_MARKS
};
/* Of year `at` of n: target and measured, blanks where there is none. */
enum path_mark path_mark(const struct path_goal *goal, const double *target, const double *measured, size_t n, size_t at);
