#include "work/working_days.h"

enum { DAY = 86400 };

static struct day next_day(struct day day)
{
    return day_of(day_begins(day) + DAY);
}

static int compare(struct day a, struct day b)
{
    return a.year != b.year ? a.year - b.year : a.month != b.month ? a.month - b.month : a.day - b.day;
}

bool working_day(struct day day, const struct work_day *moved, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct day other;
        if (day_read(moved[i].day, &other) && compare(day, other) == 0)
            return moved[i].works;
    }
    /* 1970-01-01, whose first second in China is −8 h, was a Thursday: 3 days after a Monday. */
    const int64_t since = (day_begins(day) + 8 * 3600) / DAY;
    return (since % 7 + 7 + 3) % 7 < 5;
}

struct day working_days_after(struct day from, int n, const struct work_day *moved, size_t n_moved)
{
    while (n > 0) {
        from = next_day(from);
        n -= working_day(from, moved, n_moved);
    }
    return from;
}

int working_days_between(struct day from, struct day to, const struct work_day *moved, size_t n_moved)
{
    int n = 0;
    while (compare(from, to) < 0) {
        from = next_day(from);
        n += working_day(from, moved, n_moved);
    }
    return n;
}
