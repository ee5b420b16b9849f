#include "base/day.h"

enum { CHINA = 8 * 3600, CYCLE_DAYS = 146097, CYCLE_YEARS = 400 };

/* Days since 1970-01-01 of the Gregorian calendar, with the year counted from March, so that the leap day is its
 * last (H. Hinnant, chrono-Compatible Low-Level Date Algorithms). */
static int64_t days_before(struct day d)
{
    const int64_t y = d.month <= 2 ? d.year - 1 : d.year;
    const int64_t cycle = (y >= 0 ? y : y - (CYCLE_YEARS - 1)) / CYCLE_YEARS, year = y - cycle * CYCLE_YEARS;
    const int64_t day = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return cycle * CYCLE_DAYS + year * 365 + year / 4 - year / 100 + day - 719468;
}

struct day day_of(int64_t at)
{
    const int64_t local = at + CHINA;
    const int64_t z = (local >= 0 ? local : local - (DAY_SECONDS - 1)) / DAY_SECONDS + 719468;
    const int64_t cycle = (z >= 0 ? z : z - (CYCLE_DAYS - 1)) / CYCLE_DAYS, in_cycle = z - cycle * CYCLE_DAYS;
    const int64_t year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
    const int64_t in_year = in_cycle - (365 * year + year / 4 - year / 100), month = (5 * in_year + 2) / 153;
    const int m = (int)(month < 10 ? month + 3 : month - 9);
    return (struct day){ (int)(year + cycle * CYCLE_YEARS) + (m <= 2), m, (int)(in_year - (153 * month + 2) / 5 + 1) };
}

int64_t day_begins(struct day day)
{
    return days_before(day) * DAY_SECONDS - CHINA;
}

int64_t day_ends(struct day day)
{
    return day_begins(day) + DAY_SECONDS - 1;
}

struct day day_after(struct day day, int days)
{
    return day_of(day_begins(day) + (int64_t)days * DAY_SECONDS);
}

int day_compare(struct day a, struct day b)
{
    const int64_t one = days_before(a), other = days_before(b);
    return (one > other) - (one < other);
}

int day_of_week(struct day day)
{
    return (int)((days_before(day) % 7 + 7 + 3) % 7); /* 1970-01-01 was a Thursday */
}

int64_t day_due(struct text written)
{
    struct day day;
    return day_read(written, &day) ? day_ends(day) : 0;
}

bool day_read(struct text text, struct day *out)
{
    int at[3] = { 0 };
    if (text.size != 10)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.at[i];
        if (i == 4 || i == 7 ? c != '-' : c < '0' || c > '9')
            return false;
        if (c != '-')
            at[i < 4 ? 0 : i < 7 ? 1 : 2] = at[i < 4 ? 0 : i < 7 ? 1 : 2] * 10 + (c - '0');
    }
    *out = (struct day){ at[0], at[1], at[2] };
    if (out->month < 1 || out->month > 12)
        return false;
    const struct day back = day_of(day_begins(*out));
    return back.year == out->year && back.month == out->month && back.day == out->day;
}

struct text day_text(struct day day, struct arena *mem)
{
    return text_printf(mem, "%04d-%02d-%02d", day.year, day.month, day.day);
}

struct text day_shown(int64_t at, struct arena *mem)
{
    return day_text(day_of(at), mem);
}

struct text clock_shown(int64_t at, struct arena *mem)
{
    const int64_t second = at - day_begins(day_of(at));
    return text_printf(mem, "%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
}

struct text time_shown(int64_t at, struct arena *mem)
{
    return text_printf(mem, "%.*s %.*s", TEXT_ARG(day_shown(at, mem)), TEXT_ARG(clock_shown(at, mem)));
}
