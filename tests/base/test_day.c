#include "check.h"

#include "base/day.h"

/* Instants from date(1): date -u -d '2026-08-31 16:00' +%s */
TEST(day, begins_at_midnight_of_china)
{
    CHECK_INT(day_begins((struct day){ 2026, 9, 1 }), 1788192000);
    CHECK_INT(day_begins((struct day){ 1970, 1, 1 }), -8 * 3600);
    CHECK_INT(day_begins((struct day){ 2000, 2, 29 }), 951753600);
}

TEST(day, is_shown_as_china_counts_it)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(day_shown(1788192000 - 1, mem), "2026-08-31");
    CHECK_TEXT(day_shown(1788192000, mem), "2026-09-01");
    CHECK_TEXT(time_shown(1788192000 - 60, mem), "2026-08-31 23:59");
    CHECK_TEXT(time_shown(0, mem), "1970-01-01 08:00");
    arena_free(&mem);
}

TEST(day, is_read_only_when_a_calendar_has_it)
{
    struct day d;
    CHECK(day_read(TEXT("2024-02-29"), &d));
    CHECK(d.year == 2024 && d.month == 2 && d.day == 29);
    CHECK(!day_read(TEXT("2025-02-29"), &d));
    CHECK(!day_read(TEXT("2025-13-01"), &d));
    CHECK(!day_read(TEXT("2025-00-10"), &d));
    CHECK(!day_read(TEXT("2025-4-1"), &d));
    CHECK(!day_read(TEXT("2025/04/01"), &d));
    CHECK(!day_read(TEXT("二零二五年"), &d));
    /* Every day of four hundred years comes back. */
    for (int64_t at = day_begins((struct day){ 1900, 1, 1 }); at < day_begins((struct day){ 2300, 1, 1 }); at += 86400)
        if (day_begins(day_of(at)) != at)
            fail_msg("%lld", (long long)at);
}

TEST(day, shows_the_time_of_day_as_china_keeps_it)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(clock_shown(0, mem), "08:00");
    CHECK_TEXT(clock_shown(57599, mem), "23:59");
    CHECK_TEXT(time_shown(57600, mem), "1970-01-02 00:00");
    arena_free(&mem);
}

TEST(day, has_a_weekday_a_last_second_and_neighbours)
{
    CHECK_INT(day_of_week((struct day){ 2026, 11, 25 }), 2);   /* a Wednesday */
    CHECK_INT(day_of_week((struct day){ 1970, 1, 1 }), 3);
    CHECK_INT(day_of_week((struct day){ 1969, 12, 28 }), 6);
    CHECK_INT(day_ends((struct day){ 2026, 8, 31 }) + 1, day_begins((struct day){ 2026, 9, 1 }));
    CHECK_INT(day_due(TEXT("2026-08-31")), day_ends((struct day){ 2026, 8, 31 }));
    CHECK_INT(day_due(TEXT("")), 0);
    CHECK_INT(day_due(TEXT("2026-02-30")), 0);
    const struct day leap = day_after((struct day){ 2028, 2, 28 }, 1);
    CHECK_INT(leap.month * 100 + leap.day, 229);
    CHECK(day_compare(leap, (struct day){ 2028, 3, 1 }) < 0 && day_compare(leap, leap) == 0 && day_compare((struct day){ 2029, 1, 1 }, leap) > 0);
}
