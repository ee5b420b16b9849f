/* Meetings whose decisions become tasks, public concerns, good cases, the way of recognition, duties, the watch. */
#include "county_bed.h"

#include "app/concern.h"
#include "app/meeting.h"
#include "app/organisation.h"
#include "app/procedure.h"
#include "app/publicity.h"
#include "app/task.h"
#include "app/units.h"
#include "app/watch.h"
#include "base/day.h"

enum { NOW = 1795550400 /* 2026-11-25, 04:00 in China */, DAY = 86400 };

struct office_bed { struct county_bed county; const struct snapshot *s; struct actor office, second, township, leader; struct text school, town; };

static struct actor person(int64_t account, enum role role, enum place_kind kind, struct text name)
{
    return (struct actor){ .account = account, .name = TEXT("x"), .shown = text_of(role_info(role)->zh), .role = role, .permissions = role_info(role)->permissions,
                           .place = { kind, name }, .channel = CHANNEL_WEB };
}

static bool seed_units(void *context, struct db_session *session, struct err *err)
{
    struct office_bed *const b = context;
    const struct actor console = actor_console();
    size_t n;
    return app_units_seed(b->county.house, session, b->s, &console, TEXT("2020-09-01"), NOW, b->county.mem, &n, err);
}

static struct office_bed begin(void)
{
    struct office_bed b = { .county = county_bed_full(3) };
    CHECK_OK(house_snapshot(b.county.house, &b.s, &b.county.err), b.county.err);
    county_bed_write(&b.county, seed_units, &b);
    snapshot_release(&b.s);
    CHECK_OK(house_snapshot(b.county.house, &b.s, &b.county.err), b.county.err);
    const size_t row = b.s->returns->counties[b.s->n_years - 1].first;
    b.school = returns_text(b.s->returns, row, b.s->edition->items.school_code);
    b.town = returns_text(b.s->returns, row, b.s->edition->items.township);
    b.office = person(11, ROLE_office, PLACE_COUNTY, TEXT(""));
    b.second = person(12, ROLE_supervisor, PLACE_COUNTY, TEXT(""));
    b.township = person(13, ROLE_township, PLACE_TOWNSHIP, b.town);
    b.leader = person(14, ROLE_leader, PLACE_COUNTY, TEXT(""));
    return b;
}

static void end(struct office_bed *b)
{
    snapshot_release(&b->s);
    county_bed_end(&b->county);
}

/* One act of a meeting or another, inside the writer. */
struct office_act {
    struct office_bed *bed;
    const struct actor *by;
    enum { CALL, ITEMS, HOLD, MINUTES, DECIDE, ISSUE, CONCERN, STEP, ORDER, CASE, CASE_STEP, EVENT, DUTY, DUTY_END, TERMS } what;
    int64_t id, now;
    struct concern_wish concern;
    struct concern_act step;
    enum case_step case_step;
    struct procedure_wish event;
    struct text words;
    bool ready;
    size_t n;
};

static bool run(void *context, struct db_session *session, struct err *err)
{
    struct office_act *const a = context;
    struct office_bed *const b = a->bed;
    struct house *const house = b->county.house;
    struct arena *const mem = b->county.mem;
    switch (a->what) {
    case CALL:
        return app_meeting_call(house, session, a->by, &(struct meeting_wish){ TEXT("joint"), TEXT("第一次联席会议"), TEXT("2026-11-24"), TEXT("09:00"), TEXT("县政府"), TEXT("县长"), TEXT("各部门") }, a->now, mem, &a->id, err);
    case ITEMS:
        return app_meeting_items(house, session, a->by, a->id, &(struct meeting_item){ .origin = TEXT("task"), .origin_key = TEXT("7"), .what = TEXT("第四小学教室"), .unit = TEXT("财政局"), .standing = TEXT("超期 3 天"), .link = TEXT("/tasks/7") }, 1, a->now, mem, err);
    case HOLD:
        return app_meeting_hold(house, session, a->by, a->id, a->now, mem, err);
    case MINUTES:
        return app_meeting_minutes(house, session, a->by, a->id, (int64_t)a->n, TEXT("会议听取了汇报。\n会议决定如下。"), a->now, mem, err);
    case DECIDE:
        return app_meeting_decide(house, session, b->s, a->by, a->id, &(struct decision_wish){ 1, TEXT("年底前拨付 120 万元"), { PLACE_DEPARTMENT, TEXT("D11") }, TEXT("2026-12-31"), TEXT("拨款文件") }, a->now, mem, err);
    case ISSUE:
        return app_meeting_issue(house, session, a->by, a->id, a->words, a->now, mem, &a->n, err);
    case CONCERN:
        return app_concern_add(house, session, b->s, a->by, &a->concern, a->now, mem, &a->id, err);
    case STEP:
        return app_concern_step(house, session, b->s, a->by, a->id, &a->step, a->now, mem, err);
    case ORDER:
        return app_concern_order(house, session, a->by, a->id, TEXT("解决校门口拥堵"), TEXT("2026-12-20"), a->now, mem, err);
    case CASE:
        return app_good_case_add(house, session, b->s, a->by, &(struct good_case_wish){ TEXT("一校一策补短板"), TEXT("resource"), TEXT("三年补齐"), TEXT("做法"), { PLACE_TOWNSHIP, b->town } }, a->now, mem, &a->id, err);
    case CASE_STEP:
        return app_good_case_step(house, session, a->by, a->id, (int64_t)a->n, a->case_step, a->words, NULL, a->now, mem, err);
    case EVENT:
        return app_procedure_add(house, session, b->s, a->by, a->ready, &a->event, a->now, mem, err);
    case DUTY:
        return app_duty_add(house, session, a->by, &(struct duty_wish){ TEXT("D11"), TEXT("保障经费"), TEXT("王局长"), TEXT("2026-01-01") }, a->now, mem, err);
    case DUTY_END:
        return app_duty_end(house, session, a->by, TEXT("D11"), 1, TEXT("2026-11-01"), a->now, mem, err);
    case TERMS:
        return app_concern_terms_put(house, session, a->by, 10, a->words, a->now, mem, err);
    }
    return false;
}

static bool act(struct office_act *a)
{
    return house_write(a->bed->county.house, run, a, &a->bed->county.err);
}
#define GOES(...) CHECK_OK(act(&(__VA_ARGS__)), b.county.err)
#define REFUSED(a, fault) do { CHECK(!act(&(a))); CHECK_INT((int)b.county.err.kind, (int)(fault)); b.county.err = (struct err){ 0 }; } while (0)

TEST(meeting, turns_its_decisions_into_tasks_once_the_minutes_are_issued)
{
    struct office_bed b = begin();
    struct office_act a = { .bed = &b, .by = &b.leader, .what = CALL, .now = NOW };
    REFUSED(a, ERR_DENIED);   /* a leader is told, and decides in the meeting */
    a.by = &b.office;
    GOES(a);
    a.what = ITEMS;
    GOES(a);
    GOES(a);   /* the same thing stands on an agenda once */
    a.what = MINUTES, a.n = 1;
    REFUSED(a, ERR_CONFLICT);   /* not held yet */
    a.what = HOLD, a.now = NOW - 5 * DAY;
    REFUSED(a, ERR_CONFLICT);   /* its day has not come */
    a.now = NOW;
    GOES(a);
    a.what = ISSUE, a.words = TEXT("〔2026〕1号");
    REFUSED(a, ERR_INPUT);   /* no minutes */
    a.what = MINUTES, a.n = 1;
    REFUSED(a, ERR_CONFLICT);   /* somebody changed it since: holding it made version 2 */
    a.n = 2;
    GOES(a);
    a.what = DECIDE;
    GOES(a);
    a.what = ISSUE;
    GOES(a);
    CHECK_INT((int)a.n, 1);
    REFUSED(a, ERR_CONFLICT);
    a.what = DECIDE;
    REFUSED(a, ERR_CONFLICT);
    struct meeting_whole whole;
    struct task_view *tasks;
    size_t n;
    CHECK_OK(app_meeting(b.county.house, &b.leader, a.id, b.county.mem, &whole, &b.county.err), b.county.err);
    CHECK_INT((int)whole.n_items, 1);
    CHECK(!whole.may && whole.decisions[0].task.size > 0);
    CHECK_TEXT(whole.decisions[0].owner.shown, "市财政局");
    CHECK_OK(app_tasks_of(b.county.house, NULL, &b.office, TASK_OF_MEETING, text_printf(b.county.mem, "%lld:1", (long long)a.id), NOW, b.county.mem, &tasks, &n, &b.county.err), b.county.err);
    CHECK_INT((int)n, 1);
    CHECK_TEXT(tasks[0].task.due, "2026-12-31");
    CHECK(!app_meeting(b.county.house, &b.township, a.id, b.county.mem, &whole, &b.county.err));
    CHECK_INT((int)b.county.err.kind, (int)ERR_DENIED);
    end(&b);
}

TEST(meeting, speaks_of_what_is_stuck)
{
    struct office_bed b = begin();
    struct office_act a = { .bed = &b, .by = &b.office, .what = CONCERN, .now = NOW,
                     .concern = { TEXT("2026-10-08"), TEXT("call"), TEXT("transport"), TEXT("放学时校门口堵车"), TEXT("12345-1"), { PLACE_SCHOOL, b.school }, { PLACE_TOWNSHIP, b.town } } };
    struct meeting_item *items;
    size_t n, concerns = 0;
    GOES(a);
    CHECK_OK(app_meeting_stuck(b.county.house, b.s, &b.office, 20, NOW, b.county.mem, &items, &n, &b.county.err), b.county.err);
    for (size_t i = 0; i < n; i++)
        concerns += text_equal(items[i].origin, TEXT("concern"));
    CHECK_INT((int)concerns, 1);
    CHECK_OK(app_meeting_stuck(b.county.house, b.s, &b.office, 20, NOW - 40 * DAY, b.county.mem, &items, &n, &b.county.err), b.county.err);
    for (size_t i = 0; i < n; i++)
        CHECK(!text_equal(items[i].origin, TEXT("concern")));   /* in time then */
    end(&b);
}

TEST(concern, is_answered_by_its_owner_and_asked_about_by_another_person)
{
    struct office_bed b = begin();
    struct office_act a = { .bed = &b, .by = &b.township, .what = CONCERN, .now = NOW,
                     .concern = { TEXT("2026-11-23"), TEXT("visit"), TEXT("transport"), TEXT("放学时校门口堵车"), TEXT(""), { PLACE_SCHOOL, b.school }, { PLACE_TOWNSHIP, b.town } } };
    GOES(a);
    struct concern_view view;
    CHECK_OK(app_concern(b.county.house, &b.township, a.id, NOW, b.county.mem, &view, &b.county.err), b.county.err);
    CHECK_TEXT(view.concern.due_on, "2026-12-14");   /* 15 working days after Monday, 23 November */
    CHECK(view.offers.steps[CONCERN_REPLY] && !view.offers.order);
    a.what = STEP, a.step = (struct concern_act){ .step = CONCERN_REPLY, .words = TEXT("增派人员") };
    REFUSED(a, ERR_INPUT);   /* no cause */
    a.step.cause = TEXT("放学时间集中");
    GOES(a);
    a.step = (struct concern_act){ .step = CONCERN_CLOSE, .words = TEXT("满意") };
    REFUSED(a, ERR_DENIED);   /* his own reply */
    a.by = &b.second, a.step.step = CONCERN_REOPEN, a.step.words = TEXT("还是堵");
    GOES(a);
    a.what = ORDER;
    GOES(a);
    REFUSED(a, ERR_CONFLICT);
    a.what = STEP, a.by = &b.township, a.step = (struct concern_act){ .step = CONCERN_REPLY, .words = TEXT("错峰放学"), .cause = TEXT("路窄") };
    GOES(a);
    a.by = &b.second, a.step = (struct concern_act){ .step = CONCERN_CLOSE, .words = TEXT("满意"), .seen = TEXT("open") };
    REFUSED(a, ERR_CONFLICT);   /* another state than was seen */
    a.step.seen = TEXT("replied");
    GOES(a);
    struct concern_page page;
    struct concern_filter filter = { .from_day = TEXT("2026-01-01"), .until_day = TEXT("2026-12-31") };
    CHECK_OK(app_concerns(b.county.house, &b.office, &filter, 100, 0, NOW, b.county.mem, &page, &b.county.err), b.county.err);
    CHECK_INT((int)page.n, 1);
    CHECK_INT((int)page.sums.in_time, 1);
    CHECK_INT((int)page.sums.satisfied, 1);
    CHECK_INT((int)page.list[0].reopened, 1);
    CHECK_INT((int)page.counts[0].n, 1);
    /* Another township sees none of it, and may not register it. */
    const struct actor other = person(15, ROLE_township, PLACE_TOWNSHIP, TEXT("别的镇"));
    CHECK(!app_concern(b.county.house, &other, a.id, NOW, b.county.mem, &view, &b.county.err));
    CHECK_INT((int)b.county.err.kind, (int)ERR_ABSENT);
    a.what = CONCERN, a.by = &other;
    REFUSED(a, ERR_DENIED);
    end(&b);
}

TEST(concern, counts_the_days_that_were_moved)
{
    struct office_bed b = begin();
    struct office_act a = { .bed = &b, .by = &b.office, .what = TERMS, .now = NOW, .words = TEXT("2026-12-01 休\n2026-12-05 班\n") };
    GOES(a);
    a.what = CONCERN;
    a.concern = (struct concern_wish){ TEXT("2026-11-23"), TEXT("visit"), TEXT("fees"), TEXT("收费"), TEXT(""), { PLACE_COUNTY, TEXT("") }, { PLACE_DEPARTMENT, TEXT("D07") } };
    GOES(a);
    struct concern_view view;
    CHECK_OK(app_concern(b.county.house, &b.office, a.id, NOW, b.county.mem, &view, &b.county.err), b.county.err);
    CHECK_TEXT(view.concern.due_on, "2026-12-07");   /* 24 25 26 27 30 | 2 3 4 5 7: ten, by hand */
    a.what = TERMS, a.words = TEXT("2026-13-01 休");
    REFUSED(a, ERR_INPUT);
    end(&b);
}

TEST(good_case, reaches_the_public_by_another_person)
{
    struct office_bed b = begin();
    struct office_act a = { .bed = &b, .by = &b.township, .what = CASE, .now = NOW };
    struct good_case *list;
    size_t n;
    GOES(a);
    a.what = CASE_STEP, a.by = &b.township, a.case_step = CASE_TAKE, a.n = 1;
    REFUSED(a, ERR_DENIED);
    a.by = &b.office;
    GOES(a);
    CHECK_OK(app_good_cases_public(b.county.house, b.county.mem, &list, &n, &b.county.err), b.county.err);
    CHECK_INT((int)n, 0);
    a.case_step = CASE_RELEASE;
    REFUSED(a, ERR_CONFLICT);   /* taking it made version 2 */
    a.n = 2;
    GOES(a);
    CHECK_OK(app_good_cases_public(b.county.house, b.county.mem, &list, &n, &b.county.err), b.county.err);
    CHECK_INT((int)n, 1);
    CHECK_TEXT(list[0].released_on, "2026-11-25");
    a.case_step = CASE_UNRELEASE, a.n = 3;
    REFUSED(a, ERR_INPUT);   /* no reason */
    a.words = TEXT("数据有变");
    GOES(a);
    CHECK_OK(app_good_cases_public(b.county.house, b.county.mem, &list, &n, &b.county.err), b.county.err);
    CHECK_INT((int)n, 0);
    end(&b);
}

TEST(procedure, lets_a_county_apply_only_when_it_is_ready)
{
    struct office_bed b = begin();
    struct office_act a = { .bed = &b, .by = &b.office, .what = EVENT, .now = NOW, .event = { TEXT("self"), TEXT("begun"), TEXT("2026-10-01"), TEXT(""), TEXT(""), NULL } };
    struct procedure_whole whole;
    GOES(a);
    a.event.what = TEXT("passed"), a.event.day = TEXT("2026-11-20");
    GOES(a);
    a.event.step = TEXT("city"), a.event.what = TEXT("begun"), a.event.day = TEXT("2026-11-24");
    REFUSED(a, ERR_CONFLICT);
    a.ready = true;
    GOES(a);
    a.event.day = TEXT("2027-01-01");
    REFUSED(a, ERR_INPUT);   /* to come */
    CHECK_OK(app_procedure(b.county.house, &b.leader, b.county.mem, &whole, &b.county.err), b.county.err);
    CHECK_INT((int)whole.n, 3);
    CHECK_INT((int)whole.at, PROC_CITY);
    CHECK(!app_procedure(b.county.house, &b.township, b.county.mem, &whole, &b.county.err));
    end(&b);
}

TEST(organisation, keeps_duties_from_a_day_until_a_day)
{
    struct office_bed b = begin();
    struct office_act a = { .bed = &b, .by = &b.second, .what = DUTY, .now = NOW };
    struct organisation o;
    REFUSED(a, ERR_DENIED);
    a.by = &b.office;
    GOES(a);
    a.what = DUTY_END;
    GOES(a);
    REFUSED(a, ERR_CONFLICT);
    CHECK_OK(app_organisation(b.county.house, &b.township, b.county.mem, &o, &b.county.err), b.county.err);
    CHECK_INT((int)o.n_duties, 1);
    CHECK(office_holds(o.duties[0].from_day, o.duties[0].until_day, TEXT("2026-10-31")) && !office_holds(o.duties[0].from_day, o.duties[0].until_day, TEXT("2026-11-01")));
    end(&b);
}

TEST(watch, agrees_with_the_verdicts_of_both_years)
{
    struct office_bed b = begin();
    struct watch_report w;
    size_t slipped = 0, risk = 0;
    const size_t at = b.s->n_years - 1;
    CHECK_OK(app_watch(b.county.house, b.s, &b.office, at, false, b.county.mem, &w, &b.county.err), b.county.err);
    for (size_t s = 0; s < b.s->assessment->counties[at].n_stages; s++) {   /* counted the long way, school by school */
        const struct stage_assessment *const now = &b.s->assessment->counties[at].stages[s], *const then = &b.s->assessment->counties[at - 1].stages[s];
        CHECK(now->stage == then->stage);
        for (size_t u = 0; u < now->n; u++)
            for (size_t v = 0; v < then->n; v++)
                if (text_equal(returns_text(b.s->returns, now->row[u], b.s->edition->items.school_code), returns_text(b.s->returns, then->row[v], b.s->edition->items.school_code)) &&
                    now->unit_verdict[u] == STATE_BELOW) {
                    slipped += then->unit_verdict[v] == STATE_MET;
                    risk += then->unit_verdict[v] == STATE_BELOW;
                }
    }
    CHECK(slipped + risk > 0);
    CHECK(w.n_units_slipped >= slipped && w.n_units >= slipped + risk);   /* more where the year between lacks data */
    for (size_t i = 0; i < w.n_units; i++)
        CHECK(w.units[i].alarm == (i < w.n_units_slipped ? WATCH_SLIPPED : WATCH_AT_RISK) && w.units[i].words.size);
    struct watch_report narrow;
    CHECK_OK(app_watch(b.county.house, b.s, &b.township, at, false, b.county.mem, &narrow, &b.county.err), b.county.err);
    CHECK_INT((int)narrow.n_county, 0);
    CHECK(narrow.n_units < w.n_units);
    end(&b);
}
