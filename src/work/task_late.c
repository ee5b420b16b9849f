#include "work/task_late.h"

#include "base/day.h"
#include "base/err.h"

static const struct task_tell_at TELLS[] = {
    { -7, TELL_BEFORE }, { -3, TELL_BEFORE }, { -1, TELL_BEFORE }, { 1, TELL_OWNER }, { 3, TELL_ABOVE }, { 7, TELL_OFFICE }, { 15, TELL_LEADER },
};
const struct task_tell_at *task_tells(size_t *n_out)
{
    *n_out = COUNT(TELLS);
    return TELLS;
}

int64_t task_days(struct text from, struct text to)
{
    struct day a, b;
    if (!day_read(from, &a) || !day_read(to, &b))
        return 0;
    return (day_begins(b) - day_begins(a)) / DAY_SECONDS;
}

size_t tells_past(struct text due, struct text today)
{
    struct day a, b;
    size_t n = 0;
    if (!day_read(due, &a) || !day_read(today, &b))
        return 0;
    while (n < COUNT(TELLS) && TELLS[n].days <= task_days(due, today))
        n++;
    return n;
}

struct text tells_next(struct text due, size_t told, struct arena *mem)
{
    struct day day;
    if (told >= COUNT(TELLS) || !day_read(due, &day))
        return TEXT("");
    return day_shown(day_begins(day) + TELLS[told].days * (int64_t)DAY_SECONDS, mem);
}

bool task_is_late(struct text due, struct text today)
{
    return due.size && task_days(due, today) > 0;
}
