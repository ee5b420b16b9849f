#include "work/plan_days.h"

int day_compare(struct day a, struct day b)
{
    const int one = a.year * 10000 + a.month * 100 + a.day, other = b.year * 10000 + b.month * 100 + b.day;
    return (one > other) - (one < other);
}

struct text day_text(struct day day, struct arena *mem)
{
    return text_printf(mem, "%04d-%02d-%02d", day.year, day.month, day.day);
}

size_t plan_dues(const struct work_plan *plan, const struct plan_task *task, struct plan_due out[PLAN_MOST_YEARS])
{
    enum { A_DAY = 24 * 60 * 60 };
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
        out[n] = (struct plan_due){ year, n ? day_of(day_begins(out[n - 1].due) + A_DAY) : first, due };
        n++;
    }
    return n;
}
