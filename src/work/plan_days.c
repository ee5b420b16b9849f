#include "work/plan_days.h"

size_t plan_dues(const struct work_plan *plan, const struct plan_task *task, struct plan_due out[PLAN_MOST_YEARS])
{
    const struct plan_span *const span = &plan->spans[task->phase];
    const struct day first = task->begins.year && day_compare(task->begins, span->first) > 0 ? task->begins : span->first;
    size_t n = 0;
    if (!task->yearly) {
        out[0] = (struct plan_due){ 0, first, task->due };
        return 1;
    }
    for (int year = first.year; year <= span->last.year && n < PLAN_MOST_YEARS; year++) {
        struct day due = { year, task->due.month, task->due.day };
        if (due.month == 2 && due.day == 29 && (year % 4 || (year % 100 == 0 && year % 400)))
            due.day = 28;
        if (day_compare(due, first) < 0 || day_compare(due, span->last) > 0)
            continue;
        out[n] = (struct plan_due){ year, n ? day_after(out[n - 1].due, 1) : first, due };
        n++;
    }
    return n;
}
