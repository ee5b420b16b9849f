/* Yearly targets, worked by hand; and what becomes of pupils. */
#include "check.h"

#include "base/number.h"
#include "work/forecast.h"
#include "work/path.h"

static const struct path_goal ROOMS = { .threshold = 4.5, .decimals = 2 };
static const struct path_goal SPREAD = { .threshold = 0.5, .at_most = true, .decimals = 3 };
static const struct path_goal SCHOOLS = { .threshold = 0, .at_most = true };

static void expect(const double *got, const double *wanted, size_t n)
{
    for (size_t i = 0; i < n; i++)
        CHECK_NEAR(got[i], wanted[i], 1e-9);
}

/* 3.70 → 4.50 in 4 years: steps of 0.20.  0.527 → 0.500: 0.00675 a year, rounded towards the limit.  11 schools → 0: 8.25, 5.5, 2.75. */
TEST(path, goes_in_equal_steps_rounded_towards_the_end)
{
    double t[4];
    path_linear(&ROOMS, 3.70, 4, 4, t);
    expect(t, (double[]){ 3.90, 4.10, 4.30, 4.50 }, 4);
    path_linear(&SPREAD, 0.527, 4, 4, t);
    expect(t, (double[]){ 0.520, 0.513, 0.506, 0.500 }, 4);
    path_linear(&SCHOOLS, 11, 4, 4, t);
    expect(t, (double[]){ 8, 5, 2, 0 }, 4);
}

TEST(path, is_held_where_it_is_reached_and_blank_where_nothing_is_measured)
{
    double t[3];
    path_linear(&ROOMS, 3.70, 3, 2, t);
    expect(t, (double[]){ 4.10, 4.50, 4.50 }, 3);
    path_linear(&ROOMS, 5.10, 3, 3, t);
    expect(t, (double[]){ 4.50, 4.50, 4.50 }, 3);
    path_linear(&ROOMS, BLANK, 3, 3, t);
    CHECK(is_blank(t[0]) && is_blank(t[2]));
}

TEST(path, ends_below_a_limit_that_must_not_be_reached)
{
    const struct path_goal q9 = { .threshold = 0.15, .at_most = true, .strictly = true, .decimals = 3 };
    double t[2];
    CHECK(!path_passes(&q9, 0.15));
    path_linear(&q9, 0.17, 2, 2, t);
    expect(t, (double[]){ 0.159, 0.149 }, 2);
    CHECK(path_passes(&q9, t[1]));
}

TEST(path, follows_the_planned_work_and_never_goes_back)
{
    double t[4];
    path_planned(&ROOMS, 3.70, (double[]){ 3.65, 4.20, 4.15, 4.30 }, 4, t);
    expect(t, (double[]){ 3.70, 4.20, 4.20, 4.50 }, 4);   /* the last is the standard, though the work falls short of it */
    path_planned(&ROOMS, 3.70, (double[]){ BLANK, 5.00, 4.90, 4.80 }, 4, t);
    expect(t, (double[]){ 3.70, 4.50, 4.50, 4.50 }, 4);
}

TEST(path, tells_in_time_late_overdue_and_open)
{
    const double target[] = { BLANK, 3.9, 4.1, 4.3, 4.5 };
    const double measured[] = { 3.7, 3.8, 3.95, 4.0, BLANK };
    CHECK_INT(path_mark(&ROOMS, target, measured, 5, 0), PATH_NO_TARGET);
    CHECK_INT(path_mark(&ROOMS, target, measured, 5, 1), PATH_LATE);      /* 3.95 of the year after reaches 3.9 */
    CHECK_INT(path_mark(&ROOMS, target, measured, 5, 2), PATH_OVERDUE);
    CHECK_INT(path_mark(&ROOMS, target, measured, 5, 3), PATH_OVERDUE);
    CHECK_INT(path_mark(&ROOMS, target, measured, 5, 4), PATH_OPEN);
    CHECK_INT(path_mark(&ROOMS, target, (double[]){ 3.7, 3.9, 4.2, 4.3, 4.5 }, 5, 3), PATH_IN_TIME);
    /* A year without a return counts as missed once a later one is there. */
    CHECK_INT(path_mark(&ROOMS, target, (double[]){ 3.7, BLANK, 3.8, BLANK, BLANK }, 5, 1), PATH_OVERDUE);
}

/* Grades 60 50 40 of three: the mean 50 comes in each year: 50+60+50 = 160, 50+50+60 = 160, 50·3 = 150. */
TEST(forecast, moves_grades_up_where_they_were_returned)
{
    double out[3];
    const struct enrolment known = { .pupils = (double[]){ 140, 150 }, .n = 2, .grade = (double[]){ 60, 50, 40 }, .n_grades = 3 };
    CHECK_INT(forecast_pupils(&known, 3, out), FORECAST_GRADES);
    expect(out, (double[]){ 160, 160, 150 }, 3);
}

/* 100 110 – 130: the line rises by 10 a year. */
TEST(forecast, draws_a_line_through_the_years_known_else)
{
    double out[2];
    CHECK_INT(forecast_pupils(&(struct enrolment){ .pupils = (double[]){ 100, 110, BLANK, 130 }, .n = 4, .grade = (double[]){ 60, BLANK }, .n_grades = 2 }, 2, out),
              FORECAST_LINE);
    expect(out, (double[]){ 140, 150 }, 2);
    CHECK_INT(forecast_pupils(&(struct enrolment){ .pupils = (double[]){ 40, 10 }, .n = 2 }, 2, out), FORECAST_LINE);
    expect(out, (double[]){ 0, 0 }, 2);
    CHECK_INT(forecast_pupils(&(struct enrolment){ .pupils = (double[]){ BLANK, 70 }, .n = 2 }, 2, out), FORECAST_LEVEL);
    expect(out, (double[]){ 70, 70 }, 2);
    CHECK_INT(forecast_pupils(&(struct enrolment){ .pupils = (double[]){ BLANK }, .n = 1 }, 2, out), FORECAST_NOTHING);
    CHECK(is_blank(out[0]));
}

TEST(forecast, finds_the_year_of_the_fall_and_of_passing)
{
    CHECK_INT((int)forecast_fall(4.9, (double[]){ 4.7, 4.5, 4.41, 4.3 }, 4, 4.5, false), 2);
    CHECK_INT((int)forecast_fall(4.4, (double[]){ 4.3, 4.2 }, 2, 4.5, false), 2);   /* it does not pass now: no fall */
    CHECK_INT((int)forecast_fall(0.48, (double[]){ 0.49, 0.51 }, 2, 0.5, true), 1);
    CHECK_INT((int)forecast_pass((double[]){ 4.6, 4.4, 4.5, 4.6 }, 4, 4.5, false), 2);
    CHECK_INT((int)forecast_pass((double[]){ 4.0, 4.2 }, 2, 4.5, false), 2);
}
