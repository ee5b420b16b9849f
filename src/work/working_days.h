/* working_days.h — by when something is due that is due in so many working days (工作日).  Monday to Friday, but for the days that the
 * state council's yearly notice moves (调休): those are the county's to enter.  Pure. */
#pragma once
#include "base/day.h"
#include "model/office.h"

bool working_day(struct day day, const struct work_day *moved, size_t n);
/* The n-th working day after `from` (which itself does not count).   Given  n ≥ 0; 0: from itself */
struct day working_days_after(struct day from, int n, const struct work_day *moved, size_t n_moved);
/* How many working days lie behind `from` up to and with `to`; 0 where `to` is not later. */
int working_days_between(struct day from, struct day to, const struct work_day *moved, size_t n_moved);
