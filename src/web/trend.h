/* trend.h — the share of schools that pass, year by year, and the way to the goal: drawn for the overview and the mayor's page. */
#pragma once
#include "report/compose_overview.h"
#include "web/request.h"
#include "web/svg.h"

struct trend_years { int first, last, latest; };   /* first 0: nothing was measured */
/* Given  the 学年 that is shown */
struct trend_years trend_years_of(const struct overview *overview, int latest);
/* A line's point in a year; NULL: the line has none. */
const struct trend_point *trend_point_of(const struct trend_line *line, int year);
struct svg trend_drawn(const struct request *request, const struct overview *overview, struct trend_years years, double height);
