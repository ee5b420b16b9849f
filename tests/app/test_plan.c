/* The county's plan of work: adopted it makes tasks, each once; revised it changes and withdraws them; the yearly ones come by themselves. */
#include "county_bed.h"

#include "app/plan.h"
#include "app/task.h"

enum { NOW = 1795600000, A_DAY = 86400 };   /* 2026-11-25 */

struct bed { struct county_bed county; const struct snapshot *s; struct actor office; };

static struct bed begin(void)
{
    struct bed b = { .county = county_bed_full(1) };
    CHECK_OK(house_snapshot(b.county.house, &b.s, &b.county.err), b.county.err);
    b.office = (struct actor){ .account = 7, .name = TEXT("office"), .shown = TEXT("王敏"), .role = ROLE_office,
                               .permissions = role_info(ROLE_office)->permissions, .place = { .kind = PLACE_COUNTY, .name = TEXT("") }, .channel = CHANNEL_WEB,
                               .address = TEXT("127.0.0.1") };
    return b;
}

static void end(struct bed *b)
{
    snapshot_release(&b->s);
    county_bed_end(&b->county);
}

struct turn {
    struct bed *bed;
    const struct actor *who;
    const char *from;                    /* adopt */
    const struct plan_edit *edit;
    const struct task_act *act;
    int64_t seen, task, now;
    struct plan_done done;
};

static bool do_it(void *context, struct db_session *session, struct err *err)
{
    struct turn *const t = context;
    struct house *const h = t->bed->county.house;
    struct arena *const mem = t->bed->county.mem;
    if (t->edit)
        return app_plan_edit(h, session, t->bed->s, t->who, t->edit, TEXT("调整"), t->seen, t->now, mem, err);
    if (t->act)
        return app_task_step(h, session, t->who, t->task, t->act, t->now, mem, err);
    return app_plan_adopt(h, session, t->bed->s, t->who, text_of(t->from), t->now, mem, &t->done, err);
}

static struct plan_done adopt(struct bed *b, const char *from, int64_t now)
{
    struct turn t = { .bed = b, .who = &b->office, .from = from, .now = now };
    CHECK_OK(house_write(b->county.house, do_it, &t, &b->county.err), b->county.err);
    return t.done;
}

static void edit(struct bed *b, const struct plan_edit *edit, int64_t seen, int64_t now)
{
    struct turn t = { .bed = b, .who = &b->office, .edit = edit, .seen = seen, .now = now };
    CHECK_OK(house_write(b->county.house, do_it, &t, &b->county.err), b->county.err);
}

static void refused(struct bed *b, struct turn turn, enum err_kind kind, const char *part)
{
    turn.bed = b;
    b->county.err = (struct err){ .kind = ERR_NONE };
    CHECK(!house_write(b->county.house, do_it, &turn, &b->county.err));
    CHECK_INT(b->county.err.kind, kind);
    CHECK_CONTAINS(text_of(b->county.err.what), part);
    b->county.err = (struct err){ .kind = ERR_NONE };
}

static struct task_view *of(struct bed *b, const char *key, size_t *n)
{
    struct task_view *tasks;
    CHECK_OK(app_tasks_of(b->county.house, NULL, &b->office, TASK_OF_PLAN, text_of(key), NOW, b->county.mem, &tasks, n, &b->county.err), b->county.err);
    return tasks;
}

TEST(plan, makes_a_task_of_what_is_due_from_a_day_on)
{
    struct bed b = begin();
    size_t n;
    const struct plan_done done = adopt(&b, "2026-11-25", NOW);
    CHECK(done.issued > 80);
    const struct task_view *const t = of(&b, "4.2.1.3-1", &n);
    CHECK_INT(n, 1);
    CHECK_TEXT(t[0].task.due, "2027-06-30");
    CHECK_TEXT(t[0].task.owner_name, "D07");
    CHECK_TEXT(t[0].task.subject, "plan:4.2.1.3");
    CHECK_TEXT(t[0].task.product_kind, "rule");
    CHECK_TEXT(t[0].task.way, "checked");
    CHECK_CONTAINS(t[0].task.text, "出台以常住人口为基数的城镇义务教育学位配置标准和教育用地保障措施");
    of(&b, "5.1.3-1", &n);
    CHECK_INT(n, 0);   /* due in 2022 */
    of(&b, "5.2.1b-1@2026", &n);
    CHECK_INT(n, 1);
    of(&b, "5.2.1b-1@2028", &n);
    CHECK_INT(n, 0);   /* more than a year ahead */
    end(&b);
}

TEST(plan, gives_each_of_all_units_a_task_of_its_own)
{
    struct bed b = begin();
    struct place_names names;
    size_t n;
    adopt(&b, "2022-03-01", NOW);
    place_names_of(b.s, NOW, b.county.mem, &names);
    of(&b, "5.1.3-1", &n);
    CHECK(n > 20);
    CHECK_INT(n, names.standing[PLACE_DEPARTMENT].n + names.standing[PLACE_TOWNSHIP].n);
    end(&b);
}

TEST(plan, is_adopted_once_and_followed_once_a_day)
{
    struct bed b = begin();
    struct text done;
    size_t n;
    adopt(&b, "2026-11-25", NOW);
    refused(&b, (struct turn){ .who = &b.office, .from = "2026-11-25", .now = NOW }, ERR_CONFLICT, "方案已经采用");
    CHECK_OK(app_plan_follow(b.county.house, NOW + 60, b.county.mem, &done, &b.county.err), b.county.err);
    CHECK_INT(done.size, 0);
    CHECK_OK(app_plan_follow(b.county.house, NOW + 2 * A_DAY, b.county.mem, &done, &b.county.err), b.county.err);
    of(&b, "2.1-1@2027", &n);
    CHECK_INT(n, 1);
    /* A year later the next year's have come, and no other twice. */
    CHECK_OK(app_plan_follow(b.county.house, NOW + 200 * A_DAY, b.county.mem, &done, &b.county.err), b.county.err);
    CHECK_CONTAINS(done, "按方案下达");
    of(&b, "2.1-1@2028", &n);
    CHECK_INT(n, 1);
    of(&b, "2.1-1@2027", &n);
    CHECK_INT(n, 1);
    end(&b);
}

TEST(plan, changes_and_withdraws_with_its_revision_but_keeps_an_extension)
{
    struct bed b = begin();
    struct plan_info holds, draft;
    size_t n;
    struct plan_edit move = { .kind = PLAN_EDIT_SET, .id = TEXT("4.2.1.3-1") }, away = { .kind = PLAN_EDIT_REMOVE, .id = TEXT("4.2.1.3-2") };
    const struct task_act more = { .step = TASK_ASK_MORE, .words = TEXT("要等上级文件"), .day = TEXT("2027-09-30") },
                          grant = { .step = TASK_GRANT, .words = TEXT("同意"), .day = TEXT("") };
    adopt(&b, "2026-11-25", NOW);
    struct task_view *t = of(&b, "4.2.2.1-1", &n);
    struct actor bureau = b.office, supervisor = b.office;
    bureau.account = 8, bureau.role = ROLE_department, bureau.permissions = role_info(ROLE_department)->permissions;
    bureau.place = (struct place){ .kind = PLACE_DEPARTMENT, .name = TEXT("D07") };
    supervisor.account = 9, supervisor.role = ROLE_supervisor, supervisor.permissions = role_info(ROLE_supervisor)->permissions;
    struct turn ask = { .bed = &b, .who = &bureau, .act = &more, .task = t[0].task.id, .now = NOW }, yes = { .bed = &b, .who = &supervisor, .act = &grant, .task = t[0].task.id, .now = NOW };
    CHECK_OK(house_write(b.county.house, do_it, &ask, &b.county.err), b.county.err);
    CHECK_OK(house_write(b.county.house, do_it, &yes, &b.county.err), b.county.err);
    move.set[PLAN_DUE] = true, move.cells[PLAN_DUE] = TEXT("2027-12-31");
    edit(&b, &move, 0, NOW);
    CHECK_OK(app_plan(b.county.house, NULL, b.county.mem, &holds, &draft, &b.county.err), b.county.err);
    CHECK(draft.plan != NULL);
    edit(&b, &away, draft.row.made.at, NOW + 1);
    refused(&b, (struct turn){ .who = &b.office, .edit = &away, .seen = draft.row.made.at, .now = NOW }, ERR_ABSENT, "没有“4.2.1.3-2”");
    refused(&b, (struct turn){ .who = &b.office, .edit = &move, .seen = draft.row.made.at, .now = NOW }, ERR_CONFLICT, "刚刚由王敏改过");
    const struct plan_done done = adopt(&b, "2026-11-25", NOW + 5);
    CHECK_INT(done.issued, 0);
    CHECK_INT(done.changed, 1);
    CHECK_INT(done.withdrawn, 1);
    t = of(&b, "4.2.1.3-1", &n);
    CHECK_TEXT(t[0].task.due, "2027-12-31");
    t = of(&b, "4.2.1.3-2", &n);
    CHECK_INT(t[0].state, TASK_WITHDRAWN);
    t = of(&b, "4.2.2.1-1", &n);
    CHECK_TEXT(t[0].task.due, "2027-09-30");
    end(&b);
}

TEST(plan, refuses_what_would_be_no_plan_and_who_may_not)
{
    struct bed b = begin();
    struct actor clerk = b.office;
    struct plan_edit wrong = { .kind = PLAN_EDIT_SET, .id = TEXT("4.2.1.3-1") };
    wrong.set[PLAN_OWNERS] = true, wrong.cells[PLAN_OWNERS] = TEXT("D99");
    clerk.role = ROLE_clerk, clerk.permissions = role_info(ROLE_clerk)->permissions;
    refused(&b, (struct turn){ .who = &b.office, .edit = &wrong, .now = NOW }, ERR_INPUT, "没有代码是“D99”的单位");
    refused(&b, (struct turn){ .who = &clerk, .edit = &wrong, .now = NOW }, ERR_DENIED, "");
    refused(&b, (struct turn){ .who = &clerk, .from = "2026-11-25", .now = NOW }, ERR_DENIED, "");
    refused(&b, (struct turn){ .who = &b.office, .from = "明天", .now = NOW }, ERR_INPUT, "不是一个日期");
    end(&b);
}

TEST(plan, counts_its_tasks_by_key_and_unit)
{
    struct bed b = begin();
    struct plan_state *states, *units;
    size_t n, n_units, found = SIZE_MAX;
    adopt(&b, "2022-03-01", NOW);
    CHECK_OK(app_plan_states(b.county.house, &b.office, NOW, b.county.mem, &states, &n, &b.county.err), b.county.err);
    for (size_t i = 0; i < n; i++)
        if (text_equal(states[i].key, TEXT("5.1.3-1")))
            found = i;
    CHECK(found != SIZE_MAX);
    CHECK_INT(states[found].late, states[found].all);
    CHECK_OK(app_plan_units(b.county.house, &b.office, TEXT("5.1.3"), NOW, b.county.mem, &units, &n_units, &b.county.err), b.county.err);
    CHECK_INT(n_units, states[found].all);
    CHECK_INT(units[0].all, 2);
    end(&b);
}
