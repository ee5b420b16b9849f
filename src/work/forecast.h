/* forecast.h — how many pupils there will be, and what that does to a figure: never a fact, always said by what it was told.
 * Pure: no clock.   Source  domain specification §5.1 S3.4; pages.md §5: a path is dashed, never extrapolated as fact */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { FORECAST_MOST_GRADES = 9 };

/* By what a forecast was made. */
enum forecast_by {
    FORECAST_NOTHING,      /* nothing is known */
    FORECAST_GRADES,       /* 按各年级在校生顺推: every grade moves up a year */
    FORECAST_LINE,         /* 按近几年的变化: the straight line through the years measured */
    FORECAST_LEVEL,        /* 按最近一年不变: one year alone is known */
};

/* What is known of a unit's pupils: pupils[n] of consecutive years, the last one the latest; blanks where none was returned. */
struct enrolment {
    const double *pupils;
    size_t n;
    const double *grade;   /* [n_grades] of the latest year, the first grade first; NULL or a blank among them: not returned */
    size_t n_grades;       /* at most FORECAST_MOST_GRADES */
};
/* Pupils of the `more` years after.  By grades: each moves up, the top one leaves, the mean of the three lowest (or fewer) comes in.
 * By a line: least squares through the known years, never below 0. */
enum forecast_by forecast_pupils(const struct enrolment *known, size_t more, double *out);
/* The straight line through what is known of value[n], for the `more` years after; fewer than two known: FORECAST_LEVEL. */
enum forecast_by forecast_line(const double *value, size_t n, size_t more, double *out);

/* The first year of n in which a figure that passes now passes no more; n: none does.
 *   Given   threshold, at_most   as the standard asks */
size_t forecast_fall(double now, const double *value, size_t n, double threshold, bool at_most);
/* The first year of n from which on it passes to the end; n: it does not. */
size_t forecast_pass(const double *value, size_t n, double threshold, bool at_most);
