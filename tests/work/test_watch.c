/* The yearly watch; working days; the way of recognition. */
#include "check.h"

#include "work/procedure.h"
#include "work/watch.h"
#include "work/working_days.h"

enum { P = WATCH_PASSES, F = WATCH_FAILS, U = WATCH_UNKNOWN };

TEST(watch, tells_what_passed_and_fails_now_from_what_has_failed_for_two_years)
{
    static const struct { uint8_t marks[4]; size_t n, first; enum watch_alarm alarm; size_t before, since, unknown; } CASES[] = {
        { { P, P, P, F }, 4, 0, WATCH_SLIPPED, 2, 3, 0 },
        { { P, P, F, F }, 4, 0, WATCH_AT_RISK, 2, 2, 0 },
        { { P, F, F, F }, 4, 0, WATCH_AT_RISK, 2, 1, 0 },
        { { F, F, F, P }, 4, 0, WATCH_QUIET, 0, 0, 0 },
        { { F, P, P, U }, 4, 0, WATCH_QUIET, 0, 0, 0 },   /* without data nothing is said: the page tells that it lacks them */
        { { P, P, U, F }, 4, 0, WATCH_SLIPPED, 1, 3, 1 },
        { { F, F, U, F }, 4, 0, WATCH_AT_RISK, 1, 0, 1 },
        { { F, F, F, F }, 4, 3, WATCH_QUIET, 0, 0, 0 },   /* recognised in the last year: nothing before it counts */
        { { F, F, F, F }, 4, 2, WATCH_AT_RISK, 2, 2, 0 },
        { { F }, 1, 0, WATCH_QUIET, 0, 0, 0 },
        { { P, F }, 2, 5, WATCH_QUIET, 0, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct watch_found got = watch_of(CASES[i].marks, CASES[i].n, CASES[i].first);
        CHECK_INT((int)got.alarm, (int)CASES[i].alarm);
        if (got.alarm == WATCH_QUIET)
            continue;
        CHECK_INT((int)got.before, (int)CASES[i].before);
        CHECK_INT((int)got.since, (int)CASES[i].since);
        CHECK_INT((int)got.unknown, (int)CASES[i].unknown);
    }
    CHECK_INT((int)watch_of(NULL, 0, 0).alarm, WATCH_QUIET);
}

TEST(working_days, are_monday_to_friday_but_for_the_days_that_were_moved)
{
    static const struct work_day MOVED[] = { { { "2026-10-01", 10 }, false }, { { "2026-10-02", 10 }, false }, { { "2026-10-10", 10 }, true } };
    CHECK(working_day((struct day){ 2026, 11, 25 }, NULL, 0));    /* a Wednesday */
    CHECK(!working_day((struct day){ 2026, 11, 28 }, NULL, 0));   /* a Saturday */
    CHECK(working_day((struct day){ 1970, 1, 1 }, NULL, 0));      /* a Thursday */
    CHECK(!working_day((struct day){ 1969, 12, 28 }, NULL, 0));   /* a Sunday */
    CHECK(!working_day((struct day){ 2026, 10, 1 }, MOVED, 3) && working_day((struct day){ 2026, 10, 10 }, MOVED, 3));
    struct day due = working_days_after((struct day){ 2026, 11, 25 }, 15, NULL, 0);   /* three weeks, counted by hand */
    CHECK_INT(due.month, 12);
    CHECK_INT(due.day, 16);
    due = working_days_after((struct day){ 2026, 9, 30 }, 3, MOVED, 3);   /* 5, 6, 7 October */
    CHECK_INT(due.day, 7);
    CHECK_INT(working_days_between((struct day){ 2026, 9, 30 }, (struct day){ 2026, 10, 10 }, MOVED, 3), 6);
    CHECK_INT(working_days_between((struct day){ 2026, 10, 10 }, (struct day){ 2026, 9, 30 }, MOVED, 3), 0);
}

#define EVENT(s, w, d) { .step = { s, sizeof s - 1 }, .what = { w, sizeof w - 1 }, .day = { d, 10 } }

TEST(procedure, goes_step_by_step_and_begins_anew_where_a_review_is_applied_for_again)
{
    static const struct procedure_event EVENTS[] = {
        EVENT("self", "begun", "2029-11-01"), EVENT("self", "passed", "2029-12-10"), EVENT("city", "begun", "2029-12-20"),
        EVENT("city", "passed", "2030-02-01"), EVENT("province", "begun", "2030-03-01"), EVENT("province", "failed", "2030-04-01"),
        EVENT("city", "begun", "2030-06-01"),
    };
    struct procedure_standing all[N_PROC_STEPS];
    struct err err = { 0 };
    CHECK(procedure_may(EVENTS, 0, PROC_SELF, PROC_BEGUN, TEXT("2029-11-01"), &err));
    CHECK(!procedure_may(EVENTS, 0, PROC_SELF, PROC_PASSED, TEXT("2029-11-01"), &err));      /* not begun */
    CHECK(!procedure_may(EVENTS, 1, PROC_CITY, PROC_BEGUN, TEXT("2029-12-20"), &err));       /* the self-assessment is not done */
    CHECK_INT((int)err.kind, (int)ERR_CONFLICT);
    CHECK(procedure_may(EVENTS, 2, PROC_CITY, PROC_BEGUN, TEXT("2029-12-20"), &err));
    CHECK(!procedure_may(EVENTS, 2, PROC_CITY, PROC_BEGUN, TEXT("2029-12-01"), &err));       /* before it was passed */
    CHECK_INT((int)err.kind, (int)ERR_INPUT);
    CHECK(procedure_may(EVENTS, 2, PROC_SELF, PROC_BEGUN, TEXT("2030-11-01"), &err));        /* every year */
    CHECK(!procedure_may(EVENTS, 4, PROC_CITY, PROC_BEGUN, TEXT("2030-03-01"), &err));       /* passed already */
    CHECK(!procedure_may(EVENTS, 4, PROC_QUALIFY, PROC_BEGUN, TEXT("2030-03-01"), &err));
    CHECK(procedure_may(EVENTS, 4, PROC_QUALIFY, PROC_NOTED, TEXT("2030-03-01"), &err));
    procedure_standings(EVENTS, 6, all);
    CHECK_INT((int)all[PROC_PROVINCE].stands, PROC_BACK);
    CHECK_INT((int)procedure_at(all), PROC_PROVINCE);
    CHECK(procedure_may(EVENTS, 6, PROC_PROVINCE, PROC_BEGUN, TEXT("2030-09-01"), &err));    /* again, after rectification */
    procedure_standings(EVENTS, 7, all);
    CHECK_INT((int)all[PROC_CITY].stands, PROC_UNDER_WAY);
    CHECK_INT((int)all[PROC_PROVINCE].stands, PROC_NOT_YET);
    CHECK_INT((int)procedure_at(all), PROC_CITY);
}

TEST(procedure, knows_the_year_of_recognition_and_what_was_crossed_out_does_not_count)
{
    struct procedure_event events[] = {
        EVENT("self", "begun", "2028-11-01"),    EVENT("self", "passed", "2028-12-10"),   EVENT("city", "begun", "2028-12-20"),
        EVENT("city", "passed", "2029-02-01"),   EVENT("province", "begun", "2029-03-01"), EVENT("province", "passed", "2029-04-01"),
        EVENT("qualify", "begun", "2029-05-01"), EVENT("qualify", "passed", "2029-06-01"), EVENT("figures", "begun", "2029-06-02"),
        EVENT("figures", "passed", "2029-07-01"), EVENT("visit", "begun", "2029-08-01"),  EVENT("visit", "passed", "2029-09-01"),
        EVENT("council", "begun", "2029-10-01"), EVENT("council", "passed", "2029-11-01"), EVENT("list", "begun", "2030-01-01"),
        EVENT("list", "passed", "2030-03-14"),
    };
    for (size_t i = 0; i < COUNT(events); i++) {
        enum procedure_step step;
        enum procedure_what what;
        struct err err = { 0 };
        CHECK(procedure_step_of(events[i].step, &step) && procedure_what_of(events[i].what, &what));
        CHECK_OK(procedure_may(events, i, step, what, events[i].day, &err), err);
    }
    CHECK_INT(procedure_recognised(events, COUNT(events)), 2030);
    events[15].crossed_out = TEXT("日期记错了");
    CHECK_INT(procedure_recognised(events, COUNT(events)), 0);
}
