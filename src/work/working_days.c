#include "work/working_days.h"

bool working_day(struct day day, const struct work_day *moved, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct day other;
        if (day_read(moved[i].day, &other) && day_compare(day, other) == 0)
            return moved[i].works;
    }
    return day_of_week(day) < 5;
}

struct day working_days_after(struct day from, int n, const struct work_day *moved, size_t n_moved)
{
    while (n > 0) {
        from = day_after(from, 1);
        n -= working_day(from, moved, n_moved);
    }
    return from;
}

int working_days_between(struct day from, struct day to, const struct work_day *moved, size_t n_moved)
{
    int n = 0;
    while (day_compare(from, to) < 0) {
        from = day_after(from, 1);
        n += working_day(from, moved, n_moved);
    }
    return n;
}
