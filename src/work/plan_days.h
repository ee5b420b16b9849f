/* plan_days.h — when a task of the plan is due: once, or in every year of its phase.  Pure. */
#pragma once
#include "work/plan_read.h"

struct plan_due { int year /* of a yearly one; 0: once */; struct day begins, due; };
enum { PLAN_MOST_YEARS = 40 };
/* Its days in order, all within the phase; a yearly one begins the day after the last was due.
 *   Returns  how many; at most PLAN_MOST_YEARS */
size_t plan_dues(const struct work_plan *plan, const struct plan_task *task, struct plan_due out[PLAN_MOST_YEARS]);
