/* task_late.h — when a task is called to mind, and how far an overdue one has climbed: 7, 3 and 1 days before its day to who answers
 * for it, and past it from one level to the next, each told once.  Pure: days are texts, no clock. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum task_tell {
    TELL_BEFORE,     /* who answers for it: so many days left */
    TELL_OWNER,      /* it is overdue: who answers for it */
    TELL_ABOVE,      /* the unit above: a school's township */
    TELL_OFFICE,     /* the county's office */
    TELL_LEADER,     /* the leading group */
};
struct task_tell_at { int days; /* from its day: −7 … 15 */ enum task_tell whom; };
/* The distances, the earliest first. */
const struct task_tell_at *task_tells(size_t *n_out);

/* Days from `from` to `to`, both "2026-11-25"; 0 where either is none. */
int64_t task_days(struct text from, struct text to);
/* How many of the distances are past on `today` for a task that is due on `due`; without a day: none. */
size_t tells_past(struct text due, struct text today);
/* The day of the distance `told`; empty: there is none any more. */
struct text tells_next(struct text due, size_t told, struct arena *mem);
/* It is late: past its day. */
bool task_is_late(struct text due, struct text today);
