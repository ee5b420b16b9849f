/* Tasks: who issues, who answers, who verifies; what is seen by whom; extensions, reminders, alarms; talk about them. */
#include "access_bed.h"

#include "app/ledger.h"
#include "app/my.h"
#include "app/task.h"

enum { DAY = 86400 };

static struct actor person(struct bed *bed, const char *name, enum role role, enum place_kind kind, const char *place)
{
    struct account_view *list;
    size_t n;
    bed_account(bed, name, role == ROLE_principal || role == ROLE_clerk || role == ROLE_township ? ROLE_statistician : role);
    CHECK_OK(app_accounts(bed->house, &bed->console, bed->mem, &list, &n, &bed->err), bed->err);
    for (size_t i = 0; i < n; i++)
        if (text_equal(list[i].name, text_of(name)))
            return (struct actor){ .account = list[i].id, .name = text_of(name), .shown = text_of(name), .role = role,
                                   .permissions = role_info(role)->permissions, .place = { kind, text_of(place) }, .channel = CHANNEL_WEB };
    fail_msg("no account %s", name);
    return (struct actor){ 0 };
}

struct people { struct actor office, office2, supervisor, finance, school, sibling, town, assessor; };
static struct people people_of(struct bed *bed)
{
    return (struct people){
        .office = person(bed, "wang", ROLE_office, PLACE_COUNTY, ""),       .office2 = person(bed, "feng", ROLE_office, PLACE_COUNTY, ""),
        .supervisor = person(bed, "zhou", ROLE_supervisor, PLACE_COUNTY, ""), .finance = person(bed, "zheng", ROLE_department, PLACE_DEPARTMENT, "D11"),
        .school = person(bed, "chen", ROLE_principal, PLACE_SCHOOL, "2101"), .sibling = person(bed, "liu", ROLE_principal, PLACE_SCHOOL, "2102"),
        .town = person(bed, "zhao", ROLE_township, PLACE_TOWNSHIP, "柳林镇"), .assessor = person(bed, "shi", ROLE_assessor, PLACE_COUNTY, ""),
    };
}

static const struct task_wish ORDER = {
    .kind = TASK_ORDER, .origin = TASK_OF_SUPERVISOR, .title = TEXT("补齐运动场地"), .text = TEXT("还差 412 平方米。"),
    .owner = { PLACE_SCHOOL, TEXT("2101") }, .about = { PLACE_SCHOOL, TEXT("2101") }, .subject = TEXT("L4"), .stage = TEXT("primary"), .due = TEXT("2026-03-31"),
};

struct doing { struct bed *bed; const struct actor *actor; const struct task_wish *wish; struct task_act act; int64_t id; size_t n; };
static bool put(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_task_put(d->bed->house, session, d->actor, d->wish, d->bed->now, d->bed->mem, &d->id, err);
}
static bool step(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_task_step(d->bed->house, session, d->actor, d->id, &d->act, d->bed->now, d->bed->mem, err);
}
static bool edit(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_task_edit(d->bed->house, session, d->actor, d->id, d->wish, d->bed->now, d->bed->mem, err);
}
static bool settle(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_tasks_settle(d->bed->house, session, d->actor, d->wish->origin, d->wish->origin_key, d->act.step, d->act.words, d->bed->now, d->bed->mem, &d->n, err);
}

static int64_t issued(struct bed *bed, const struct actor *actor, const struct task_wish *wish)
{
    struct doing d = { .bed = bed, .actor = actor, .wish = wish };
    CHECK_OK(house_write(bed->house, put, &d, &bed->err), bed->err);
    return d.id;
}
static bool goes(struct bed *bed, const struct actor *actor, int64_t id, enum task_step which, const char *words, const char *day)
{
    struct doing d = { .bed = bed, .actor = actor, .act = { .step = which, .words = text_of(words), .day = text_of(day) }, .id = id };
    return house_write(bed->house, step, &d, &bed->err);
}
static struct task_one look(struct bed *bed, const struct actor *actor, int64_t id)
{
    struct task_one one;
    CHECK_OK(app_task(bed->house, actor, id, bed->now, bed->mem, &one, &bed->err), bed->err);
    return one;
}
static bool offered(const struct task_one *one, enum task_step which, bool own)
{
    for (size_t i = 0; i < one->n_offers; i++)
        if (one->offers[i].step == which && one->offers[i].own == own)
            return true;
    return false;
}
static size_t notices_of(struct bed *bed, const struct actor *actor, const char *about)
{
    struct notice_line *lines;
    size_t n, found = 0;
    CHECK_OK(app_notices(bed->house, actor, bed->mem, &lines, &n, &bed->err), bed->err);
    for (size_t i = 0; i < n; i++)
        found += text_find(lines[i].title, text_of(about), NULL);
    return found;
}

TEST(task, goes_from_order_over_answer_and_proof_to_the_recheck_by_another_person)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);
    CHECK_INT((int)notices_of(&bed, &p.school, "新的整改通知"), 1);
    CHECK(!goes(&bed, &p.school, id, TASK_PROVE, "做好了", ""));
    CHECK_INT(bed.err.kind, ERR_CONFLICT);
    CHECK(!goes(&bed, &p.school, id, TASK_ANSWER, "  ", ""));
    CHECK_INT(bed.err.kind, ERR_INPUT);
    CHECK(goes(&bed, &p.school, id, TASK_ANSWER, "暑假扩建，9 月完工。", ""));
    CHECK(!goes(&bed, &p.school, id, TASK_ACCEPT, "", ""));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK(goes(&bed, &p.supervisor, id, TASK_SEND_BACK, "没有写经费从哪里来。", ""));
    CHECK_TEXT(look(&bed, &p.school, id).view.task.back_reason, "没有写经费从哪里来。");
    CHECK(goes(&bed, &p.school, id, TASK_ANSWER, "暑假扩建，县财政 30 万元。", ""));
    CHECK(goes(&bed, &p.office, id, TASK_ACCEPT, "", ""));
    CHECK(goes(&bed, &p.school, id, TASK_PROVE, "已完工，竣工图见附件。", ""));
    CHECK(goes(&bed, &p.supervisor, id, TASK_CLOSE, "到现场量过，够了。", ""));
    const struct task_one one = look(&bed, &p.school, id);
    CHECK_INT(one.view.state, TASK_CLOSED);
    CHECK_TEXT(one.view.task.closed_on, "2026-03-01");
    CHECK_INT((int)bed_audited(&bed, "task.step"), 6);
    bed_end(&bed);
}

TEST(task, is_never_verified_by_who_reported_it_nor_extended_by_who_asked)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);
    CHECK(goes(&bed, &p.office, id, TASK_ANSWER, "代学校答复。", ""));   /* on behalf of the school */
    CHECK(goes(&bed, &p.office, id, TASK_ACCEPT, "", ""));
    CHECK(goes(&bed, &p.office, id, TASK_ASK_MORE, "雨季。", "2026-05-31"));
    CHECK(!goes(&bed, &p.office, id, TASK_GRANT, "", ""));
    CHECK_CONTAINS(text_of(bed.err.what), "要由另一个人决定");
    CHECK(goes(&bed, &p.office2, id, TASK_GRANT, "", ""));
    CHECK(goes(&bed, &p.office, id, TASK_PROVE, "代学校报结果。", ""));
    CHECK(!goes(&bed, &p.office, id, TASK_CLOSE, "看过了。", ""));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_CONTAINS(text_of(bed.err.what), "要由另一个人复查");
    CHECK(goes(&bed, &p.office2, id, TASK_CLOSE, "看过了。", ""));
    bed_end(&bed);
}

TEST(task, is_extended_with_a_reason_by_the_one_above_or_not)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);
    CHECK(!goes(&bed, &p.school, id, TASK_ASK_MORE, "雨季停工。", "2026-03-31"));   /* not later */
    CHECK_INT(bed.err.kind, ERR_INPUT);
    CHECK(!goes(&bed, &p.school, id, TASK_ASK_MORE, "", "2026-05-31"));
    CHECK(goes(&bed, &p.school, id, TASK_ASK_MORE, "雨季停工。", "2026-05-31"));
    CHECK(!goes(&bed, &p.school, id, TASK_ASK_MORE, "再说一遍。", "2026-06-30"));
    CHECK_INT(bed.err.kind, ERR_CONFLICT);
    CHECK(!goes(&bed, &p.supervisor, id, TASK_REFUSE, "", ""));
    CHECK(goes(&bed, &p.supervisor, id, TASK_REFUSE, "三月不是雨季。", ""));
    CHECK_TEXT(look(&bed, &p.school, id).view.task.due, "2026-03-31");
    CHECK_INT((int)notices_of(&bed, &p.school, "延期没有同意"), 1);
    CHECK(goes(&bed, &p.school, id, TASK_ASK_MORE, "招标流标，要重来。", "2026-05-31"));
    CHECK(goes(&bed, &p.supervisor, id, TASK_GRANT, "", ""));
    const struct task_one one = look(&bed, &p.school, id);
    CHECK_TEXT(one.view.task.due, "2026-05-31");
    CHECK_TEXT(one.view.task.first_due, "2026-03-31");
    CHECK_TEXT(one.view.task.asked_due, "");
    bed_end(&bed);
}

TEST(task, of_the_ledger_is_closed_by_the_ledger_alone)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    struct task_wish wish = ORDER;
    wish.origin = TASK_OF_LEDGER, wish.origin_key = TEXT("17");
    const int64_t id = issued(&bed, &p.supervisor, &wish);
    CHECK(goes(&bed, &p.school, id, TASK_ANSWER, "扩建。", "") && goes(&bed, &p.office, id, TASK_ACCEPT, "", "") && goes(&bed, &p.school, id, TASK_PROVE, "完工。", ""));
    CHECK(!goes(&bed, &p.supervisor, id, TASK_CLOSE, "看过了。", ""));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    struct doing d = { .bed = &bed, .actor = &p.supervisor, .wish = &wish, .act = { .step = TASK_CLOSE, .words = TEXT("台账第 17 行已销号。") } };
    CHECK_OK(house_write(bed.house, settle, &d, &bed.err), bed.err);
    CHECK_INT((int)d.n, 1);
    CHECK_INT(look(&bed, &p.office, id).view.state, TASK_CLOSED);
    CHECK_OK(house_write(bed.house, settle, &d, &bed.err), bed.err);   /* again: nothing to do */
    CHECK_INT((int)d.n, 0);
    d.act.step = TASK_REOPEN, d.act.words = TEXT("滑坡：今年又不达标。");
    CHECK_OK(house_write(bed.house, settle, &d, &bed.err), bed.err);
    CHECK_INT(look(&bed, &p.office, id).view.state, TASK_IN_HAND);
    bed_end(&bed);
}

struct ledger_doing { struct bed *bed; const struct actor *actor; struct ledger_row row; struct ledger_visit visit; int64_t id; };
static bool note_row(void *context, struct db_session *session, struct err *err)
{
    struct ledger_doing *const d = context;
    return app_ledger_add(d->bed->house, session, d->actor, &d->row, d->bed->now, d->bed->mem, &d->id, err);
}
static bool verify_row(void *context, struct db_session *session, struct err *err)
{
    struct ledger_doing *const d = context;
    return app_ledger_verify(d->bed->house, session, NULL, d->actor, d->id, &d->visit, d->bed->now, d->bed->mem, err);
}
static bool send_row_back(void *context, struct db_session *session, struct err *err)
{
    struct ledger_doing *const d = context;
    return app_ledger_step(d->bed->house, session, d->actor, d->id, LEDGER_SEND_BACK, TEXT("门锁着，没有人在用。"), d->bed->now, d->bed->mem, err);
}

TEST(task, of_the_ledger_claims_its_row_and_goes_where_the_row_goes)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    struct ledger_doing l = { .bed = &bed, .actor = &p.office, .visit = { TEXT("2026-03-01"), TEXT("看过了，能用。"), TEXT("") } };
    l.row.kind = LEDGER_OTHER, l.row.of = (struct ledger_identity){ TEXT("school"), TEXT("2101"), TEXT(""), TEXT("other") };
    l.row.now.problem = TEXT("音乐教室没有开门"), l.row.plan.owner_kind = TEXT("school"), l.row.plan.owner_name = TEXT("2101");
    l.row.plan.cost_yuan = -1;
    CHECK_OK(house_write(bed.house, note_row, &l, &bed.err), bed.err);
    struct task_wish wish = ORDER;
    wish.origin = TASK_OF_LEDGER, wish.origin_key = text_printf(bed.mem, "%lld", (long long)l.id);
    const int64_t id = issued(&bed, &p.supervisor, &wish);
    struct ledger_row row;
    CHECK(goes(&bed, &p.school, id, TASK_ANSWER, "排进课表。", "") && goes(&bed, &p.office, id, TASK_ACCEPT, "", "") &&
          goes(&bed, &p.school, id, TASK_PROVE, "已排课。", ""));
    CHECK_OK(app_ledger_get(bed.house, &p.office, l.id, bed.mem, &row, &bed.err), bed.err);
    CHECK_INT(ledger_row_state(&row), LEDGER_CLAIMED);
    l.actor = &p.supervisor;
    CHECK_OK(house_write(bed.house, send_row_back, &l, &bed.err), bed.err);
    CHECK_TEXT(look(&bed, &p.school, id).view.task.back_reason, "门锁着，没有人在用。");
    CHECK_INT(look(&bed, &p.school, id).view.state, TASK_IN_HAND);
    CHECK(goes(&bed, &p.school, id, TASK_PROVE, "钥匙交给了教师。", ""));
    CHECK_OK(house_write(bed.house, verify_row, &l, &bed.err), bed.err);
    CHECK_INT(look(&bed, &p.school, id).view.state, TASK_CLOSED);
    bed_end(&bed);
}

TEST(task, plain_is_done_when_its_unit_says_so)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const struct task_wish wish = { .kind = TASK_TASK, .origin = TASK_OF_MEETING, .origin_key = TEXT("m1"), .title = TEXT("报经费安排"),
                                    .owner = { PLACE_DEPARTMENT, TEXT("D11") }, .about = { PLACE_COUNTY, TEXT("") }, .due = TEXT("2026-02-20") };
    const int64_t id = issued(&bed, &p.office, &wish);
    CHECK_INT((int)notices_of(&bed, &p.finance, "报经费安排"), 1);
    CHECK(look(&bed, &p.finance, id).view.late);
    CHECK(!goes(&bed, &p.finance, id, TASK_ANSWER, "措施", ""));   /* that is for orders */
    CHECK(goes(&bed, &p.finance, id, TASK_PROVE, "已列入预算，文号 12。", ""));
    struct task_count *counts;
    size_t n;
    CHECK_OK(app_task_counts(bed.house, NULL, &p.office, &(struct task_filter){ .open = -1 }, false, TASK_BY_OWNER, bed.now, bed.mem, &counts, &n, &bed.err), bed.err);
    CHECK_INT((int)n, 1);
    CHECK(counts[0].all == 1 && counts[0].open == 0 && counts[0].late == 0 && counts[0].done_late == 1 && counts[0].in_time == 0);
    CHECK(!goes(&bed, &p.finance, id, TASK_REOPEN, "再办", ""));
    CHECK(goes(&bed, &p.office, id, TASK_REOPEN, "预算没有通过。", "2026-04-30"));
    CHECK_TEXT(look(&bed, &p.finance, id).view.task.due, "2026-04-30");
    bed_end(&bed);
}

TEST(task, is_seen_by_those_whom_it_touches_and_by_the_county)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const struct place helper = { PLACE_TOWNSHIP, TEXT("柳林镇") };
    struct task_wish wish = ORDER;
    wish.helpers = &helper, wish.n_helpers = 1;
    const int64_t id = issued(&bed, &p.supervisor, &wish), other = issued(&bed, &p.supervisor, &ORDER);
    struct task_one one;
    struct task_view *list;
    size_t n;
    CHECK_INT((int)look(&bed, &p.town, id).n_helpers, 1);
    CHECK(!app_task(bed.house, &p.town, other, bed.now, bed.mem, &one, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK(!app_task(bed.house, &p.sibling, id, bed.now, bed.mem, &one, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK(!app_task(bed.house, &p.assessor, id, bed.now, bed.mem, &one, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    const struct task_filter all = { .open = -1 };
    CHECK_OK(app_tasks(bed.house, NULL, &p.town, &all, false, TASK_BY_DUE, 0, 10, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT((int)n, 1);
    CHECK_OK(app_tasks(bed.house, NULL, &p.sibling, &all, false, TASK_BY_DUE, 0, 10, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT((int)n, 0);
    CHECK_OK(app_tasks(bed.house, NULL, &p.finance, &all, false, TASK_BY_DUE, 0, 10, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT((int)n, 2);   /* departments see the county */
    CHECK_OK(app_tasks(bed.house, NULL, &p.finance, &all, true, TASK_BY_DUE, 0, 10, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT((int)n, 0);   /* … and have nothing to do here */
    CHECK(!goes(&bed, &p.finance, id, TASK_ANSWER, "替学校答。", ""));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_tasks_of(bed.house, NULL, &p.town, TASK_OF_SUPERVISOR, TEXT(""), bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT((int)n, 1);
    bed_end(&bed);
}

TEST(task, is_filtered_in_the_database)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    struct task_wish wish = ORDER;
    issued(&bed, &p.supervisor, &wish);
    wish.due = TEXT(""), wish.title = TEXT("没有时限的 50%_事");
    const int64_t endless = issued(&bed, &p.supervisor, &wish);
    wish.due = TEXT("2026-02-01"), wish.title = TEXT("早就过期"), wish.subject = TEXT("L2"), wish.origin = TASK_OF_ROUND;
    const int64_t late = issued(&bed, &p.supervisor, &wish);
    static const struct { struct task_filter filter; int n; } ASKED[] = {
        { { .open = -1 }, 3 }, { { .open = 1, .late = true }, 1 }, { { .open = 0 }, 0 }, { { .open = -1, .words = TEXT("50%_") }, 1 },
        { { .open = -1, .words = TEXT("5_%") }, 0 }, { { .open = -1, .subject = TEXT("L2") }, 1 }, { { .open = -1, .origin = TEXT("round") }, 1 },
        { { .open = -1, .due_from = TEXT("2026-03-01"), .due_until = TEXT("2026-12-31") }, 1 }, { { .open = -1, .state = TEXT("closed") }, 0 },
        { { .open = -1, .owner_kind = TEXT("school"), .owner_name = TEXT("2101") }, 3 }, { { .open = -1, .kind = TEXT("task") }, 0 },
    };
    struct task_view *list;
    size_t n;
    for (size_t i = 0; i < COUNT(ASKED); i++) {
        for (int order = 0; order < N_TASK_ORDERS; order++) {
            CHECK_OK(app_tasks(bed.house, NULL, &p.office, &ASKED[i].filter, false, (enum task_order)order, 0, 100, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
            CHECK_INT((int)n, ASKED[i].n);
        }
        struct task_count *counts;
        size_t groups;
        CHECK_OK(app_task_counts(bed.house, NULL, &p.office, &ASKED[i].filter, false, TASK_BY_DUE, bed.now, bed.mem, &counts, &groups, &bed.err), bed.err);
        CHECK_INT((int)counts[0].all, ASKED[i].n);
    }
    CHECK_OK(app_tasks(bed.house, NULL, &p.office, &(struct task_filter){ .open = 1 }, false, TASK_BY_DUE, 0, 100, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK(list[0].task.id == late && list[2].task.id == endless && list[2].task.due.size == 0);   /* without a day: last */
    CHECK_OK(app_tasks(bed.house, NULL, &p.office, &(struct task_filter){ .open = 1 }, false, TASK_BY_DUE, 1, 1, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT((int)n, 1);
    CHECK_OK(app_tasks_stuck(bed.house, NULL, &p.office, 5, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK(n == 1 && list[0].task.id == late && list[0].late && list[0].days_left == -28);
    bed_end(&bed);
}

static size_t reminded(struct bed *bed)
{
    struct text done = { 0 };
    CHECK_OK(app_tasks_remind(bed->house, bed->now, bed->mem, &done, &bed->err), bed->err);
    return done.size > 0;
}

TEST(task, is_called_to_mind_before_its_day_and_climbs_after_it_each_level_once)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const struct actor mayor = person(&bed, "he", ROLE_leader, PLACE_COUNTY, "");
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);   /* due 31 March; today is 1 March */
    CHECK_INT((int)reminded(&bed), 0);
    bed.now = NOON + 23 * DAY;   /* 24 March: seven days */
    CHECK_INT((int)reminded(&bed), 1);
    CHECK_INT((int)notices_of(&bed, &p.school, "还有 7 天到期"), 1);
    CHECK_INT((int)reminded(&bed), 0);
    bed.now = NOON + 29 * DAY;   /* 30 March: of three days and one day, one */
    CHECK_INT((int)reminded(&bed), 1);
    CHECK_INT((int)notices_of(&bed, &p.school, "到期"), 2);
    bed.now = NOON + 31 * DAY;   /* 1 April */
    CHECK_INT((int)reminded(&bed), 1);
    CHECK_INT((int)notices_of(&bed, &p.school, "已逾期 1 天"), 1);
    CHECK_INT((int)notices_of(&bed, &p.office, "逾期"), 0);
    bed.now = NOON + 60 * DAY;   /* the machine stood still: every level, each once */
    CHECK_INT((int)reminded(&bed), 1);
    CHECK_INT((int)notices_of(&bed, &p.office, "逾期 30 天"), 1);
    CHECK_INT((int)notices_of(&bed, &mayor, "逾期 30 天"), 1);
    CHECK_INT((int)reminded(&bed), 0);
    CHECK(goes(&bed, &p.school, id, TASK_ASK_MORE, "招标流标。", "2026-06-30") && goes(&bed, &p.office, id, TASK_GRANT, "", ""));
    CHECK(!look(&bed, &p.school, id).view.late);
    bed.now = NOON + 115 * DAY;  /* 24 June: it begins again */
    CHECK_INT((int)reminded(&bed), 1);
    CHECK_INT((int)notices_of(&bed, &p.school, "还有 6 天到期"), 1);
    bed_end(&bed);
}

TEST(task, worded_anew_keeps_what_it_was_in_its_history)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);
    struct task_wish wish = ORDER;
    const struct place helper = { PLACE_TOWNSHIP, TEXT("柳林镇") };
    wish.due = TEXT("2026-06-30"), wish.owner = (struct place){ PLACE_DEPARTMENT, TEXT("D11") };
    wish.helpers = &helper, wish.n_helpers = 1;
    struct doing d = { .bed = &bed, .actor = &p.school, .wish = &wish, .id = id };
    CHECK(!house_write(bed.house, edit, &d, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    d.actor = &p.office;
    CHECK_OK(house_write(bed.house, edit, &d, &bed.err), bed.err);
    CHECK_INT((int)notices_of(&bed, &p.finance, "补齐运动场地"), 1);
    struct talk_line *lines;
    size_t n, changed = 0;
    const struct talk_on on = { TEXT("task"), text_printf(bed.mem, "%lld", (long long)id) };
    CHECK_OK(app_talk(bed.house, NULL, &p.school, &on, bed.mem, &lines, &n, &bed.err), bed.err);
    for (size_t i = 0; i < n; i++)
        changed += lines[i].kind == TALK_CHANGED;
    CHECK_INT((int)changed, 3);
    bed_end(&bed);
}

struct saying { struct bed *bed; const struct actor *actor; struct talk_on on; const char *said; };
static bool say(void *context, struct db_session *session, struct err *err)
{
    const struct saying *const s = context;
    return app_talk_say(s->bed->house, session, NULL, s->actor, &s->on, text_of(s->said), NULL, 0, s->bed->now, s->bed->mem, err);
}

TEST(talk, tells_who_is_mentioned_and_refuses_names_that_may_not_see_the_thing)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);
    struct saying s = { &bed, &p.school, { TEXT("task"), text_printf(bed.mem, "%lld", (long long)id) }, "@zhou 材料放在门卫，@wang 和 @nobody 也请看。@zhou" };
    CHECK_OK(house_write(bed.house, say, &s, &bed.err), bed.err);
    CHECK_INT((int)notices_of(&bed, &p.supervisor, "提到您"), 1);
    CHECK_INT((int)notices_of(&bed, &p.office, "提到您"), 1);
    s.said = "@shi 请看。";   /* an assessor: sees no tasks */
    CHECK(!house_write(bed.house, say, &s, &bed.err));
    CHECK_CONTAINS(text_of(bed.err.what), "看不到这件事");
    s.said = "  ";
    CHECK(!house_write(bed.house, say, &s, &bed.err));
    CHECK_INT(bed.err.kind, ERR_INPUT);
    s.said = "我也说。", s.actor = &p.sibling;
    CHECK(!house_write(bed.house, say, &s, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    bed_end(&bed);
}

TEST(task, offers_each_reader_his_own_steps)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);
    const struct task_one school = look(&bed, &p.school, id), office = look(&bed, &p.office, id);
    CHECK(offered(&school, TASK_ANSWER, true) && offered(&school, TASK_ASK_MORE, true) && !school.may_edit);
    CHECK(!offered(&school, TASK_WITHDRAW, true));
    CHECK(offered(&office, TASK_WITHDRAW, true) && offered(&office, TASK_ANSWER, false) && office.may_edit);
    bed_end(&bed);
}

TEST(task, waits_for_its_unit_then_for_who_consents_decides_and_verifies)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    const struct actor *const all[] = { &p.school, &p.supervisor, &p.finance };
    static const struct { enum task_step step; bool by_school; const char *words, *day; int waits[3]; } STORY[] = {
        { TASK_ANSWER, true, "扩建。", "", { 1, 0, 0 } },          { TASK_ACCEPT, false, "", "", { 0, 1, 0 } },
        { TASK_ASK_MORE, true, "雨季。", "2026-05-31", { 1, 0, 0 } }, { TASK_REFUSE, false, "不是雨季。", "", { 1, 1, 0 } },
        { TASK_PROVE, true, "完工。", "", { 1, 0, 0 } },            { TASK_CLOSE, false, "看过。", "", { 0, 1, 0 } },
    };
    const int64_t id = issued(&bed, &p.supervisor, &ORDER);
    for (size_t i = 0; i < COUNT(STORY); i++) {
        for (size_t k = 0; k < COUNT(all); k++) {
            struct waiting_list list = { .mem = bed.mem };
            CHECK_OK(app_tasks_waiting(bed.house, all[k], bed.now, &list, &bed.err), bed.err);
            CHECK_INT((int)list.n, STORY[i].waits[k]);
        }
        CHECK(goes(&bed, STORY[i].by_school ? &p.school : &p.supervisor, id, STORY[i].step, STORY[i].words, STORY[i].day));
    }
    bed_end(&bed);
}

TEST(task, is_refused_without_title_unit_or_with_a_day_that_is_none)
{
    struct bed bed = bed_new();
    const struct people p = people_of(&bed);
    struct task_wish wish = ORDER;
    struct doing d = { .bed = &bed, .actor = &p.supervisor, .wish = &wish };
    wish.title = TEXT(" ");
    CHECK(!house_write(bed.house, put, &d, &bed.err) && bed.err.kind == ERR_INPUT);
    wish = ORDER, wish.due = TEXT("2026-02-30");
    CHECK(!house_write(bed.house, put, &d, &bed.err) && bed.err.kind == ERR_INPUT);
    wish = ORDER, wish.owner.name = TEXT("");
    CHECK(!house_write(bed.house, put, &d, &bed.err) && bed.err.kind == ERR_INPUT);
    wish = ORDER, wish.parent = 99;
    CHECK(!house_write(bed.house, put, &d, &bed.err) && bed.err.kind == ERR_ABSENT);
    wish = ORDER, d.actor = &p.school;
    CHECK(!house_write(bed.house, put, &d, &bed.err) && bed.err.kind == ERR_DENIED);
    bed_end(&bed);
}
