/* The made-up county's inspection rounds: one that is over, one under way, one of the city that is being prepared. */
#include "app/demo_parts.h"

#include "app/owner.h"
#include "app/round_finding.h"
#include "app/round_sheet.h"
#include "app/task.h"
#include "base/day.h"

struct making {
    struct house *house;
    const struct snapshot *s;
    struct actor office, supervisor, principal;
    int64_t now;
    struct arena *mem;
    struct db_session *session;
    struct text id;              /* of the round at hand */
};

/* What was seen where it fails; all else is 符合. */
struct seen { const char *question, *note, *advice; };
static const struct seen FIRST[] = {
    { "A4", "操场东侧长期停车，占 420 平方米，体育课绕开上。", "划出停车区，操场只用于体育。" },
    { "B3", "五年级美术课在上语文，当天课表没有调课记录。", "按课表上课；调课留记录。" },
}, SECOND[] = {
    { "A7", "美术教室 62 平方米，堆着旧课桌，本学期没有上过课。", "清理教室；面积不够的列入改造。" },
    { "C1", "消防栓 2 处水压不足，最近一次检查记录是 4 月。", "一周内修好，恢复每月检查。" },
}, OLD[] = { { "B4", "四年级一天的书面作业有三科，合计 95 分钟。", "年级组长统筹，公示每天的总时长。" } };

static struct text day_from(const struct making *m, int day)
{
    return day_shown(m->now + day * (int64_t)DAY_SECONDS, m->mem);
}

static bool plan(struct making *m, const struct round_wish *wish, int days, struct err *err)
{
    return app_round_add(m->house, m->session, m->s, &m->office, wish, m->now + days * (int64_t)DAY_SECONDS, m->mem, &m->id, err);
}

static bool join(struct making *m, const char *account, const char *name, const char *unit, const char *duty, int days, struct err *err)
{
    const struct member_wish wish = { text_of(account), text_of(name), text_of(unit), text_of(duty) };
    return app_round_member_add(m->house, m->session, m->s, &m->office, m->id, &wish, m->now + days * (int64_t)DAY_SECONDS, m->mem, err);
}

static bool draw(struct making *m, const char *seed, const char *strata, size_t wanted, int days, struct err *err)
{
    const struct draw_wish wish = { text_of(seed), text_of(strata), TEXT(""), wanted };
    return app_round_draw(m->house, m->session, m->s, &m->office, m->id, &wish, m->now + days * (int64_t)DAY_SECONDS, m->mem, err);
}

static bool step(struct making *m, enum round_step step, const char *reason, int days, struct err *err)
{
    return app_round_step(m->house, m->session, m->s, &m->office, m->id, step, text_of(reason), m->now + days * (int64_t)DAY_SECONDS, m->mem, err);
}

static const struct seen *failing(const struct seen *list, size_t n, struct text question)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(question, text_of(list[i].question)))
            return &list[i];
    return NULL;
}

/* A sheet filled in by the supervisor; whole: every question, and handed in. */
static bool fill(struct making *m, struct place at, const struct seen *list, size_t n, bool whole, int days, struct err *err)
{
    const int64_t now = m->now + days * (int64_t)DAY_SECONDS;
    struct form_info info;
    struct round_typed typed[ROUND_MOST_FIELDS];
    struct round_saved saved[ROUND_MOST_FIELDS];
    size_t fields = 0;
    if (!forms_get(m->session, house_county(m->house), TEXT("inspection-school"), 0, m->mem, &info, err))
        return false;
    for (size_t i = 0; i < info.form->n_questions && fields + 2 < COUNT(typed); i++) {
        const struct form_question *const q = &info.form->questions[i];
        const struct seen *const bad = failing(list, n, q->id);
        const struct text value = q->type == ASK_LONG   ? TEXT("教室和走廊开放了图书，学生随手可取。")
                                  : q->type == ASK_LINE ? TEXT("教师 4 人、学生 9 人、家长 2 人")
                                  : q->type == ASK_YESNO ? TEXT("是")
                                  : bad                  ? TEXT("不符合")
                                                         : TEXT("符合");
        if (!whole && i > 6 && !bad)
            continue;
        typed[fields++] = (struct round_typed){ q->id, value, 0 };
        if (bad)
            typed[fields++] = (struct round_typed){ text_printf(m->mem, "%.*s.note", TEXT_ARG(q->id)), text_of(bad->note), 0 };
    }
    return app_round_answer(m->house, m->session, m->s, &m->supervisor, m->id, at, typed, fields, now, m->mem, saved, err) &&
           (!whole || app_round_sheet_done(m->house, m->session, m->s, &m->supervisor, m->id, at, now, m->mem, err));
}

/* The advice is written, the order goes out; the school's own where it is the principal's. */
static bool issue(struct making *m, int64_t number, const struct seen *list, size_t n, int days, int due, struct err *err)
{
    const int64_t now = m->now + days * (int64_t)DAY_SECONDS;
    struct round_view v;
    const struct owners *owners;
    if (!round_read(m->house, m->session, m->s, &m->office, m->id, m->mem, &v, err) || !app_owners_in(m->house, m->session, m->mem, &owners, err))
        return false;
    const struct finding_row *const f = round_finding(&v, number);
    if (!f)
        return err_set(err, ERR_ABSENT, "演示的督导里没有第 %lld 个问题。", (long long)number);
    const struct seen *const seen = failing(list, n, f->question);
    struct finding_wish wish = { .question = f->question, .subject = f->subject, .stage = f->stage, .what = f->what, .advice = text_of(seen ? seen->advice : "") };
    if (!finding_grade_of(f->grade, &wish.grade) || !place_of_words(f->spot.kind, f->spot.name, &wish.at))
        return err_set(err, ERR_OUTSIDE, "演示的督导记录读不懂。");
    return app_finding_edit(m->house, m->session, m->s, &m->supervisor, m->id, number, &wish, now, m->mem, err) &&
           app_finding_issue(m->house, m->session, m->s, &m->office, m->id, number, wish.at, day_from(m, due), now, m->mem, err);
}

/* The school answers, does it, and it is seen on the spot. */
static bool settle(struct making *m, int64_t number, int days, struct err *err)
{
    static const struct { enum task_step step; bool of_school; const char *words; int after; } STEPS[] = {
        { TASK_ANSWER, true, "由各年级组长统筹作业，每天在教室门口公示总时长，教导处每周抽查。", 2 },
        { TASK_ACCEPT, false, "", 3 },
        { TASK_PROVE, true, "公示六周，抽查 12 次，没有超过 60 分钟的。", 45 },
        { TASK_CLOSE, false, "到校翻看公示和作业本，问了 8 名学生，属实。", 50 },
    };
    struct task_view *tasks;
    size_t n;
    if (!app_tasks_of(m->house, m->session, &m->office, TASK_OF_ROUND, text_printf(m->mem, "%.*s:%lld", TEXT_ARG(m->id), (long long)number), m->now, m->mem, &tasks, &n, err))
        return false;
    for (size_t i = 0; i < COUNT(STEPS) && n; i++) {
        const struct task_act act = { .step = STEPS[i].step, .words = text_of(STEPS[i].words) };
        if (!app_task_step(m->house, m->session, STEPS[i].of_school ? &m->principal : &m->supervisor, tasks[0].task.id, &act, m->now + (days + STEPS[i].after) * (int64_t)DAY_SECONDS,
                           m->mem, err))
            return false;
    }
    return true;
}

static bool spring(struct making *m, struct err *err)
{
    const struct round_wish wish = { ROUND_YEARLY, TEXT("春季作业和课后服务专项督导"), TEXT("县人民政府教育督导室"), TEXT("作业总量、作业公示、课后服务和收费。"), day_from(m, -210),
                                     day_from(m, -190), m->s->years[m->s->usual_year] };
    const struct place school = m->principal.place;
    return plan(m, &wish, -220, err) && join(m, "demo.dudao", "", "县教育局督导室", "lead", -220, err) &&
           app_round_place_add(m->house, m->session, m->s, &m->office, m->id, school, TEXT("家长反映作业多"), m->now - 219 * (int64_t)DAY_SECONDS, m->mem, err) &&
           step(m, ROUND_BEGIN, "", -210, err) && fill(m, school, OLD, COUNT(OLD), true, -205, err) && issue(m, 1, OLD, COUNT(OLD), -204, -140, err) &&
           step(m, ROUND_FEED_BACK, "", -190, err) && settle(m, 1, -188, err) && step(m, ROUND_END, "", -130, err);
}

static bool autumn(struct making *m, struct err *err)
{
    const struct round_wish wish = { ROUND_YEARLY, TEXT("秋季年度专项督导"), TEXT("县人民政府教育督导室"),
                                     TEXT("资源配置七项指标、班额和专用教室的填报数与实物是否相符；办学行为；上次问题的整改。乡镇、部门履行教育职责一并查看。"), day_from(m, -12), day_from(m, 20),
                                     m->s->years[m->s->usual_year] };
    const struct item_list *const items = &m->s->edition->items;
    const struct actor everybody = actor_console();
    const size_t row = snapshot_school(m->s, m->s->usual_year, m->principal.place.name, &everybody);
    const struct place township = { PLACE_TOWNSHIP, row == SIZE_MAX ? TEXT("") : returns_text(m->s->returns, row, items->township) };
    struct round_view v;
    if (!plan(m, &wish, -20, err) || !join(m, "demo.dudao", "", "县教育局督导室", "lead", -20, err) || !join(m, "", "王秀芹", "退休校长 责任督学", "member", -20, err) ||
        !app_round_place_add(m->house, m->session, m->s, &m->office, m->id, m->principal.place, TEXT("春季督导的学校，看整改有没有反弹"), m->now - 19 * (int64_t)DAY_SECONDS, m->mem, err) ||
        (township.name.size &&
         !app_round_place_add(m->house, m->session, m->s, &m->office, m->id, township, TEXT("年度履行教育职责检查"), m->now - 19 * (int64_t)DAY_SECONDS, m->mem, err)) ||
        !draw(m, "2026-11-06 双色球 第2026128期 03 09 14 21 27 30 11", "area", 8, -19, err) || !step(m, ROUND_BEGIN, "", -12, err) ||
        !round_read(m->house, m->session, m->s, &m->office, m->id, m->mem, &v, err))
        return false;
    size_t drawn = 0;
    for (size_t i = 0; i < v.n_visited && drawn < 2; i++) {
        struct place at;
        if (!v.places[i].draw_no || !place_of_words(v.places[i].spot.kind, v.places[i].spot.name, &at))
            continue;
        if (!app_round_place_day(m->house, m->session, m->s, &m->office, m->id, at, day_from(m, (int)drawn - 8), m->now - 10 * (int64_t)DAY_SECONDS, m->mem, err) ||
            !fill(m, at, drawn ? SECOND : FIRST, drawn ? COUNT(SECOND) : COUNT(FIRST), true, (int)drawn - 8, err))
            return false;
        drawn++;
    }
    return issue(m, 1, FIRST, COUNT(FIRST), -5, 25, err) && issue(m, 4, SECOND, COUNT(SECOND), -5, -1, err) &&
           fill(m, m->principal.place, FIRST, 0, false, -1, err);
}

static bool city(struct making *m, struct err *err)
{
    const struct round_wish wish = { ROUND_CITY, TEXT("市级复核"), TEXT("市人民政府教育督导室"), TEXT("县级自评的数据、佐证材料和学校现场是否一致；社会认可度抽样访谈。"), day_from(m, 12), day_from(m, 16),
                                     m->s->years[m->s->usual_year] };
    return plan(m, &wish, -4, err) && join(m, "", "何建中", "市教育督导室 主任", "lead", -4, err) && join(m, "demo.pinggu", "", "市督学", "member", -4, err) &&
           join(m, "", "王敏", "县领导小组办公室", "liaison", -4, err) && draw(m, "2026-11-20 福彩3D 第2026310期 7 1 9", "area_stage", 16, -3, err);
}

static bool tell(void *context, struct db_session *session, struct err *err)
{
    struct making *const m = context;
    m->session = session;
    return spring(m, err) && autumn(m, err) && city(m, err);
}

bool demo_rounds(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .now = now, .mem = mem, .office = actor_console() };
    m.office.shown = TEXT("王敏"), m.office.role = ROLE_office;
    for (size_t i = 0; i < n_people; i++) {
        if (people[i].actor.role == ROLE_supervisor)
            m.supervisor = people[i].actor;
        if (people[i].actor.role == ROLE_principal)
            m.principal = people[i].actor;
    }
    if (!m.supervisor.account || !m.principal.account || !house_snapshot(house, &m.s, err))
        return !m.supervisor.account || !m.principal.account;
    const bool ok = !m.s->n_years || house_write(house, tell, &m, err);
    snapshot_release(&m.s);
    return ok;
}
