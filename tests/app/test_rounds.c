/* An inspection round from its plan to its end: drawn again by anyone, filled in twice over without loss, findings decided, seen by
 * those it concerns alone. */
#include "county_bed.h"

#include "app/confine.h"
#include "app/round_finding.h"
#include "app/task.h"
#include "app/round_sheet.h"

#include <string.h>

enum { NOW = 1795600000 };   /* 2026-11-25 */

struct bed {
    struct county_bed county;
    const struct snapshot *s;
    struct actor office, supervisor, assessor, principal, stranger;
    struct text id;
    struct place school;     /* the first one visited */
};

static struct actor person(int64_t account, enum role role, enum place_kind kind, struct text place)
{
    return (struct actor){ .account = account, .name = text_of(role_info(role)->id), .shown = text_of(role_info(role)->zh), .role = role,
                           .permissions = role_info(role)->permissions, .place = { kind, place }, .channel = CHANNEL_WEB, .address = TEXT("127.0.0.1") };
}

enum doing { ADD, MEMBER, DRAW, STEP, PLACE, UNPLACE, DAY, ANSWER, PHOTO, DONE, AGAIN, NOTE, EDIT, DROP, ISSUE, PROVE };
struct turn {
    struct bed *bed;
    const struct actor *who;
    enum doing what;
    struct place at;
    const char *a, *b;       /* texts it needs */
    int64_t number;          /* wanted, stamp seen, finding */
    enum round_step step;
    struct round_saved saved;
};

static bool do_it(void *context, struct db_session *session, struct err *err)
{
    struct turn *const t = context;
    struct bed *const b = t->bed;
    struct house *const h = b->county.house;
    struct arena *const mem = b->county.mem;
    const struct text one = text_of(t->a), two = text_of(t->b);
    const struct round_wish wish = { ROUND_YEARLY, TEXT("2026 年专项督导"), TEXT("县人民政府教育督导室"), TEXT("办学条件和办学行为"), TEXT("2026-11-20"), TEXT("2026-12-10"), b->s->years[0] };
    const struct member_wish member = { one, TEXT("张组长"), TEXT("督导室"), two };
    const struct draw_wish draw = { one, two, TEXT("少了一个乡镇"), (size_t)t->number };
    const struct round_typed typed = { one, two, t->number };
    const struct finding_wish finding = { t->at, TEXT(""), one, TEXT("primary"), GRADE_MAJOR, two, TEXT("补齐") };
    const struct evidence_ready file = { .name = one, .bytes = TEXT("bytes of a picture"), .sha256 = TEXT("0000000000000000000000000000000000000000000000000000000000000001"), .kind = TEXT("png") };
    switch (t->what) {
    case ADD: return app_round_add(h, session, b->s, t->who, &wish, NOW, mem, &b->id, err);
    case MEMBER: return app_round_member_add(h, session, b->s, t->who, b->id, &member, NOW, mem, err);
    case DRAW: return app_round_draw(h, session, b->s, t->who, b->id, &draw, NOW, mem, err);
    case STEP: return app_round_step(h, session, b->s, t->who, b->id, t->step, one, NOW, mem, err);
    case PLACE: return app_round_place_add(h, session, b->s, t->who, b->id, t->at, one, NOW, mem, err);
    case UNPLACE: return app_round_place_remove(h, session, b->s, t->who, b->id, t->at, one, NOW, mem, err);
    case DAY: return app_round_place_day(h, session, b->s, t->who, b->id, t->at, one, NOW, mem, err);
    case ANSWER: return app_round_answer(h, session, b->s, t->who, b->id, t->at, &typed, 1, NOW, mem, &t->saved, err);
    case PHOTO: return app_round_photo_add(h, session, b->s, t->who, b->id, t->at, one, two, &file, NOW, mem, err);
    case DONE: return app_round_sheet_done(h, session, b->s, t->who, b->id, t->at, NOW, mem, err);
    case AGAIN: return app_round_sheet_again(h, session, b->s, t->who, b->id, t->at, NOW, mem, err);
    case NOTE: return app_finding_add(h, session, b->s, t->who, b->id, &finding, NOW, mem, err);
    case EDIT: return app_finding_edit(h, session, b->s, t->who, b->id, t->number, &finding, NOW, mem, err);
    case ISSUE: return app_finding_issue(h, session, b->s, t->who, b->id, t->number, t->at, one, NOW, mem, err);
    case PROVE: {
        static const enum task_step STEPS[] = { TASK_ANSWER, TASK_ACCEPT, TASK_PROVE, TASK_CLOSE };
        for (size_t i = 0; i < COUNT(STEPS); i++) {
            const struct task_act act = { .step = STEPS[i], .words = TEXT("划出停车区，操场不再停车。") };
            if (!app_task_step(h, session, i % 2 ? t->who : &b->principal, t->number, &act, NOW, mem, err))
                return false;
        }
        return true;
    }
    case DROP: return app_finding_drop(h, session, b->s, t->who, b->id, t->number, one, NOW, mem, err);
    }
    return false;
}

static bool did(struct turn act)
{
    act.bed->county.err = (struct err){ .kind = ERR_NONE };
    return house_write(act.bed->county.house, do_it, &act, &act.bed->county.err);
}
#define DO(...) CHECK_OK(did((struct turn){ .bed = &b, __VA_ARGS__ }), b.county.err)
#define NOT(kind_, says, ...)                                    \
    do {                                                         \
        CHECK(!did((struct turn){ .bed = &b, __VA_ARGS__ }));     \
        CHECK_INT(b.county.err.kind, kind_);                     \
        CHECK_CONTAINS(text_of(b.county.err.what), says);        \
    } while (0)

static struct round_view seen_by(struct bed *b, const struct actor *who)
{
    struct round_view v;
    CHECK_OK(app_round(b->county.house, b->s, who, b->id, b->county.mem, &v, &b->county.err), b->county.err);
    return v;
}

static struct bed planned(void)
{
    struct bed b = { .county = county_bed_full(1) };
    CHECK_OK(house_snapshot(b.county.house, &b.s, &b.county.err), b.county.err);
    b.office = person(1, ROLE_office, PLACE_COUNTY, TEXT(""));
    b.supervisor = person(2, ROLE_supervisor, PLACE_COUNTY, TEXT(""));
    b.assessor = person(3, ROLE_assessor, PLACE_COUNTY, TEXT(""));
    DO(.who = &b.office, .what = ADD);
    return b;
}

/* Begun, with its first school's people. */
static struct bed begun(void)
{
    struct bed b = planned();
    DO(.who = &b.office, .what = MEMBER, .a = "", .b = "lead");
    DO(.who = &b.office, .what = DRAW, .a = "2026-11-18 福彩3D 4 0 7", .b = "area", .number = 6);
    DO(.who = &b.office, .what = STEP, .step = ROUND_BEGIN, .a = "");
    const struct round_view v = seen_by(&b, &b.office);
    b.school = (struct place){ PLACE_SCHOOL, v.places[0].spot.name };
    b.principal = person(7, ROLE_principal, PLACE_SCHOOL, v.places[0].spot.name);
    b.stranger = person(8, ROLE_principal, PLACE_SCHOOL, TEXT("3141999999"));
    return b;
}

static void end(struct bed *b)
{
    snapshot_release(&b->s);
    county_bed_end(&b->county);
}

TEST(rounds, draws_a_sample_that_can_be_drawn_again_from_what_was_kept)
{
    struct bed b = planned();
    struct draw_again again;
    DO(.who = &b.supervisor, .what = DRAW, .a = "2026-11-18 福彩3D 4 0 7", .b = "township_stage", .number = 45);
    struct round_view v = seen_by(&b, &b.office);
    CHECK_INT(v.n_visited, 45);
    CHECK_OK(app_round_draw_again(&v, 1, b.county.mem, &again, &b.county.err), b.county.err);
    CHECK_INT(again.draw.n_taken, 45);
    for (size_t i = 0; i < again.draw.n; i++) {
        bool there = false;
        for (size_t k = 0; k < v.n_visited; k++)
            there |= text_equal(v.places[k].spot.name, again.candidates[again.draw.at[i].candidate].code);
        CHECK_INT(there, again.draw.at[i].taken);
    }
    CHECK_CONTAINS(round_draw_csv(&again, b.county.mem), "SHA-256");
    /* Again, for a reason: the new one takes the place of the old. */
    NOT(ERR_CONFLICT, "结果不会变", .who = &b.office, .what = DRAW, .a = "2026-11-18 福彩3D 4 0 7", .b = "township_stage", .number = 45);
    DO(.who = &b.office, .what = DRAW, .a = "2026-11-19 福彩3D 1 1 2", .b = "area", .number = 8);
    v = seen_by(&b, &b.office);
    CHECK_INT(v.n_visited, 8);
    CHECK_INT(v.n_draws, 2);
    for (size_t i = 0; i < v.n_visited; i++)
        CHECK_INT(v.places[i].draw_no, 2);
    end(&b);
}

TEST(rounds, go_where_they_are_sent_for_a_reason_and_not_where_there_is_nothing)
{
    struct bed b = planned();
    const struct returns *const r = b.s->returns;
    const struct place school = { PLACE_SCHOOL, returns_text(r, 0, r->items->school_code) }, township = { PLACE_TOWNSHIP, returns_text(r, 0, r->items->township) };
    DO(.who = &b.office, .what = PLACE, .at = school, .a = "群众反映运动场被占");
    DO(.who = &b.office, .what = PLACE, .at = township, .a = "专项督导");
    NOT(ERR_CONFLICT, "已经在这一轮里", .who = &b.office, .what = PLACE, .at = school, .a = "再去一次");
    NOT(ERR_INPUT, "为什么要去", .who = &b.office, .what = PLACE, .at = township, .a = " ");
    NOT(ERR_ABSENT, "没有这个学校", .who = &b.office, .what = PLACE, .at = { PLACE_SCHOOL, TEXT("3141000000") }, .a = "专项督导");
    NOT(ERR_DENIED, "", .who = &b.assessor, .what = PLACE, .at = township, .a = "专项督导");
    DO(.who = &b.office, .what = DAY, .at = school, .a = "2026-12-01");
    NOT(ERR_INPUT, "不在这一轮的", .who = &b.office, .what = DAY, .at = school, .a = "2027-01-01");
    /* What is certain is not drawn once more. */
    DO(.who = &b.office, .what = DRAW, .a = "2026-11-18 福彩3D 4 0 7", .b = "area", .number = 5);
    struct round_view v = seen_by(&b, &b.office);
    CHECK_INT(v.n_visited, 7);
    DO(.who = &b.office, .what = UNPLACE, .at = township, .a = "换成自查");
    v = seen_by(&b, &b.office);
    CHECK_INT(v.n_visited, 6);
    CHECK_INT(v.n_places, 7);
    end(&b);
}

TEST(rounds, keep_an_answer_that_is_sent_twice_once_and_overwrite_nobody_unseen)
{
    struct bed b = begun();
    struct turn act = { .bed = &b, .who = &b.supervisor, .what = ANSWER, .at = b.school, .a = "A3", .b = "符合" };
    for (int i = 0; i < 2; i++) {   /* the phone does not know whether the first arrived */
        CHECK_OK(house_write(b.county.house, do_it, &act, &b.county.err), b.county.err);
        CHECK_INT(act.saved.outcome, ROUND_SAVED);
        CHECK_INT(act.saved.stamp, 1);
    }
    struct turn other = { .bed = &b, .who = &b.office, .what = ANSWER, .at = b.school, .a = "A3", .b = "不符合" };
    CHECK_OK(house_write(b.county.house, do_it, &other, &b.county.err), b.county.err);
    CHECK_INT(other.saved.outcome, ROUND_CONFLICT);
    CHECK_TEXT(other.saved.value, "符合");
    other.number = 1;
    CHECK_OK(house_write(b.county.house, do_it, &other, &b.county.err), b.county.err);
    CHECK_INT(other.saved.outcome, ROUND_SAVED);
    act.b = "也许";
    CHECK_OK(house_write(b.county.house, do_it, &act, &b.county.err), b.county.err);
    CHECK_INT(act.saved.outcome, ROUND_INVALID);
    NOT(ERR_USAGE, "没有“Z9”", .who = &b.office, .what = ANSWER, .at = b.school, .a = "Z9", .b = "符合");
    NOT(ERR_DENIED, "", .who = &b.principal, .what = ANSWER, .at = b.school, .a = "A3", .b = "符合");
    DO(.who = &b.office, .what = PHOTO, .at = b.school, .a = "abcdefghijklmnop1", .b = "A3");
    DO(.who = &b.office, .what = PHOTO, .at = b.school, .a = "abcdefghijklmnop1", .b = "A3");
    struct round_sheet sheet;
    CHECK_OK(app_round_sheet(b.county.house, b.s, &b.supervisor, b.id, b.school, b.county.mem, &sheet, &b.county.err), b.county.err);
    CHECK_INT(sheet.n_photos, 1);
    CHECK_TEXT(answer_value(&sheet.answers, TEXT("A3")), "不符合");
    end(&b);
}

/* Every question that must be answered. */
static void fill(struct bed *bed, struct place at)
{
    struct bed b = *bed;
    struct round_sheet sheet;
    CHECK_OK(app_round_sheet(b.county.house, b.s, &b.office, b.id, at, b.county.mem, &sheet, &b.county.err), b.county.err);
    for (size_t i = 0; i < sheet.info.form->n_questions; i++) {
        const struct form_question *const q = &sheet.info.form->questions[i];
        const char *const value = q->type == ASK_YESNO ? "是" : q->type == ASK_ONE ? "符合" : "教师 3 人";
        if (q->required)
            DO(.who = &b.office, .what = ANSWER, .at = at, .a = text_string(b.county.mem, q->id), .b = value);
    }
}

TEST(rounds, make_a_finding_of_every_failing_answer_and_of_none_twice)
{
    struct bed b = begun();
    NOT(ERR_INPUT, "题没有答", .who = &b.office, .what = DONE, .at = b.school);
    fill(&b, b.school);
    DO(.who = &b.office, .what = ANSWER, .at = b.school, .a = "A4", .b = "不符合", .number = 1);
    DO(.who = &b.office, .what = ANSWER, .at = b.school, .a = "B2", .b = "不符合", .number = 1);
    NOT(ERR_INPUT, "还没有写看到了什么", .who = &b.office, .what = DONE, .at = b.school);
    DO(.who = &b.office, .what = ANSWER, .at = b.school, .a = "A4.note", .b = "操场东侧停车，占 400 平方米");
    DO(.who = &b.office, .what = ANSWER, .at = b.school, .a = "B2.note", .b = "七年级设实验班");
    DO(.who = &b.office, .what = DONE, .at = b.school);
    struct round_view v = seen_by(&b, &b.office);
    CHECK_INT(v.n_findings, 2);
    CHECK_TEXT(v.findings[0].subject, "L5");
    CHECK_TEXT(v.findings[0].grade, "major");
    CHECK_TEXT(v.findings[0].what, "操场东侧停车，占 400 平方米");
    CHECK_TEXT(v.findings[1].subject, "X3");
    CHECK_TEXT(v.findings[1].grade, "severe");
    NOT(ERR_CONFLICT, "已经交了", .who = &b.office, .what = ANSWER, .at = b.school, .a = "A4", .b = "符合", .number = 2);
    DO(.who = &b.office, .what = AGAIN, .at = b.school);
    DO(.who = &b.office, .what = DONE, .at = b.school);
    v = seen_by(&b, &b.office);
    CHECK_INT(v.n_findings, 2);
    end(&b);
}

TEST(rounds, feed_back_only_what_was_decided)
{
    struct bed b = begun();
    DO(.who = &b.supervisor, .what = NOTE, .at = b.school, .a = "G3", .b = "美术教室 62 平方米");
    NOT(ERR_INPUT, "没有“K9”", .who = &b.supervisor, .what = NOTE, .at = b.school, .a = "K9", .b = "美术教室 62 平方米");
    NOT(ERR_ABSENT, "没有去", .who = &b.supervisor, .what = NOTE, .at = { PLACE_SCHOOL, TEXT("3141000000") }, .a = "G3", .b = "美术教室 62 平方米");
    DO(.who = &b.office, .what = EDIT, .at = b.school, .number = 1, .a = "G3", .b = "美术教室只有 62 平方米，少 28 平方米");
    NOT(ERR_CONFLICT, "1 个问题没有决定", .who = &b.office, .what = STEP, .step = ROUND_FEED_BACK, .a = "学校停课");
    NOT(ERR_INPUT, "写明原因", .who = &b.office, .what = DROP, .number = 1, .a = "");
    DO(.who = &b.office, .what = DROP, .number = 1, .a = "复测 91 平方米");
    NOT(ERR_CONFLICT, "已经定了", .who = &b.office, .what = EDIT, .at = b.school, .number = 1, .a = "G3", .b = "美术教室 62 平方米");
    NOT(ERR_INPUT, "6 份检查表没有交", .who = &b.office, .what = STEP, .step = ROUND_FEED_BACK, .a = "");
    DO(.who = &b.office, .what = STEP, .step = ROUND_FEED_BACK, .a = "学校停课");
    NOT(ERR_CONFLICT, "不能再改", .who = &b.office, .what = PLACE, .at = b.school, .a = "再看");
    DO(.who = &b.office, .what = STEP, .step = ROUND_END, .a = "");
    end(&b);
}

TEST(rounds, are_seen_by_those_they_visit_and_by_no_other_school)
{
    struct bed b = begun();
    struct round_view v;
    struct round_sheet sheet;
    struct round_row *rows;
    size_t n;
    DO(.who = &b.supervisor, .what = NOTE, .at = b.school, .a = "G3", .b = "美术教室 62 平方米");
    v = seen_by(&b, &b.principal);
    CHECK_INT(v.n_visited, 1);
    CHECK_INT(v.n_findings, 0);      /* noted, not issued */
    CHECK(!v.hands.runs && !v.hands.inspects);
    CHECK(!app_round(b.county.house, b.s, &b.stranger, b.id, b.county.mem, &v, &b.county.err));
    CHECK_INT(b.county.err.kind, ERR_ABSENT);
    CHECK(!app_round(b.county.house, b.s, &b.assessor, b.id, b.county.mem, &v, &b.county.err));
    CHECK(!app_round_sheet(b.county.house, b.s, &b.principal, b.id, b.school, b.county.mem, &sheet, &b.county.err));
    CHECK_OK(app_rounds(b.county.house, b.s, &b.stranger, b.county.mem, &rows, &n, &b.county.err), b.county.err);
    CHECK_INT(n, 0);
    CHECK_OK(app_rounds(b.county.house, b.s, &b.principal, b.county.mem, &rows, &n, &b.county.err), b.county.err);
    CHECK_INT(n, 1);
    CHECK_INT(rows[0].places, 1);
    end(&b);
}

TEST(rounds, put_a_finding_into_the_rectification_and_know_how_it_goes)
{
    struct bed b = begun();
    struct task_view *tasks;
    size_t n;
    DO(.who = &b.supervisor, .what = NOTE, .at = b.school, .a = "L5", .b = "操场东侧停车，占 400 平方米");
    NOT(ERR_INPUT, "整改期限", .who = &b.office, .what = ISSUE, .number = 1, .at = b.school, .a = "");
    NOT(ERR_ABSENT, "", .who = &b.assessor, .what = ISSUE, .number = 1, .at = b.school, .a = "2026-12-25");
    DO(.who = &b.office, .what = ISSUE, .number = 1, .at = b.school, .a = "2026-12-25");
    NOT(ERR_CONFLICT, "已经定了：已交办", .who = &b.office, .what = ISSUE, .number = 1, .at = b.school, .a = "2026-12-25");
    struct round_view v = seen_by(&b, &b.office);
    CHECK_INT(v.n_open_orders, 1);
    CHECK_TEXT(v.findings[0].task_state, "issued");
    CHECK_OK(app_tasks_of(b.county.house, NULL, &b.office, TASK_OF_ROUND, text_printf(b.county.mem, "%.*s:1", TEXT_ARG(b.id)), NOW, b.county.mem, &tasks, &n, &b.county.err),
             b.county.err);
    CHECK_INT(n, 1);
    CHECK_TEXT(tasks[0].task.subject, "L5");
    CHECK_INT(tasks[0].owner.kind, PLACE_SCHOOL);
    /* The school it is about sees it now; another does not. */
    v = seen_by(&b, &b.principal);
    CHECK_INT(v.n_findings, 1);
    DO(.who = &b.office, .what = STEP, .step = ROUND_FEED_BACK, .a = "只去了一所");
    NOT(ERR_INPUT, "1 个问题没有销号", .who = &b.office, .what = STEP, .step = ROUND_END, .a = "");
    DO(.who = &b.office, .what = PROVE, .number = tasks[0].task.id);
    v = seen_by(&b, &b.office);
    CHECK_INT(v.n_open_orders, 0);
    CHECK_TEXT(v.findings[0].task_state, "closed");
    CHECK_TEXT(v.findings[0].measures, "划出停车区，操场不再停车。");
    DO(.who = &b.office, .what = STEP, .step = ROUND_END, .a = "");
    end(&b);
}

static size_t waiting_for(struct bed *b, const struct actor *who, const char *says)
{
    struct waiting_list list = { .mem = b->county.mem };
    size_t n = 0;
    CHECK_OK(app_rounds_waiting(b->county.house, b->s, who, NOW, &list, &b->county.err), b->county.err);
    for (size_t i = 0; i < list.n; i++)
        n += text_find(list.at[i].what, text_of(says), NULL);
    return n;
}

TEST(rounds, tell_who_runs_them_what_waits)
{
    struct bed b = planned();
    CHECK_INT(waiting_for(&b, &b.office, "在筹备，定于 2026-11-20 开始"), 1);
    CHECK_INT(waiting_for(&b, &b.assessor, "在筹备"), 0);
    end(&b);
    b = begun();
    DO(.who = &b.supervisor, .what = NOTE, .at = b.school, .a = "G3", .b = "美术教室 62 平方米");
    CHECK_INT(waiting_for(&b, &b.office, "有 1 个问题，等您定轻重"), 1);
    CHECK_INT(waiting_for(&b, &b.office, "检查表没有交"), 0);   /* not on the team */
    CHECK_INT(waiting_for(&b, &b.principal, ""), 0);
    end(&b);
}

TEST(confine, leaves_an_assessor_nothing_where_he_is_on_no_round)
{
    struct bed b = begun();
    struct actor assessor = b.assessor;
    CHECK(app_is_confined(&assessor));
    CHECK_OK(app_confine(b.county.house, b.s, NOW, b.county.mem, &assessor, &b.county.err), b.county.err);
    CHECK(assessor.only && assessor.only->n == 0);
    CHECK(!actor_covers_county(&assessor));
    CHECK_INT(snapshot_school(b.s, 0, b.school.name, &assessor), SIZE_MAX);
    end(&b);
}
