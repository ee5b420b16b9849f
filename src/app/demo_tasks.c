/* The made-up county's orders and tasks: in every state, some late, one that came back, one that asks for more time. */
#include "app/demo_parts.h"

#include "app/task.h"
#include "base/day.h"

/* A story of one: who issued it when, what was done since.  Days count from today. */
struct step_told { int day; enum role by; enum task_step step; const char *words; int until; };
struct task_told {
    int day, due;
    enum role by;
    enum task_kind kind;
    enum task_origin origin;
    const char *key, *title, *text, *person, *subject, *stage, *product_kind, *product;
    enum role owner;             /* whose place answers for it */
    bool of_school;              /* it is about the principal's school */
    bool recheck;
    struct step_told steps[6];   /* words NULL: the end */
};

static const struct task_told TOLD[] = {
    { -40, -5, ROLE_supervisor, TASK_ORDER, TASK_OF_SUPERVISOR, "", "体育活动器材有 6 件锈蚀，没有停用", "查看时仍有学生在用。先停用，再更换或修复；建立定期检查记录。", "陈志强", "other", "",
      "record", "器材检查记录", ROLE_principal, true, true,
      { { -38, ROLE_principal, TASK_ANSWER, "当天已停用并围挡。更换 4 件、修复 2 件，经费从公用经费列支，下月 10 日前完成；总务处每周检查一次。", 0 },
        { -37, ROLE_supervisor, TASK_ACCEPT, "同意。", 0 },
        { -12, ROLE_principal, TASK_PROVE, "6 件都已更换或修复，检查记录已建，照片在附件。", 0 },
        { -10, ROLE_office, TASK_CLOSE, "到学校看过：器材都能用，近三周有检查记录。", 0 } } },
    { -30, 12, ROLE_supervisor, TASK_ORDER, TASK_OF_SUPERVISOR, "", "实验课没有按课程标准开齐", "本学期六年级科学实验开了 9 节，应开 14 节。", "陈志强", "Q7", "primary", "record", "实验课开课记录", ROLE_principal, true, true,
      { { -27, ROLE_principal, TASK_ANSWER, "尽量补上。", 0 },
        { -26, ROLE_supervisor, TASK_SEND_BACK, "没有写哪几节、哪一周补、由谁上。", 0 } } },
    { -24, 20, ROLE_office, TASK_ORDER, TASK_OF_CONCERN, "", "家长反映放学时段校门口拥堵，没有人疏导", "放学时段 40 分钟内车辆停在校门两侧。", "", "other", "", "", "", ROLE_township, true, true,
      { { -20, ROLE_township, TASK_ANSWER, "由镇综合执法队每天放学时段到岗；与学校商定分年级错峰放学，两周内试行。", 0 },
        { -19, ROLE_office, TASK_ACCEPT, "", 0 },
        { -3, ROLE_township, TASK_PROVE, "已到岗两周，错峰放学试行，拥堵从 40 分钟降到 15 分钟。", 0 } } },
    { -60, -20, ROLE_office, TASK_TASK, TASK_OF_MEETING, "", "把实验室改造的 86 万元列入本年调整预算", "联席会议第 2 项决定。", "吴丽华", "other", "", "document", "预算调整文件", ROLE_department, false, false,
      { { -58, ROLE_department, TASK_BEGIN, "", 0 } } },
    { -35, 6, ROLE_office, TASK_TASK, TASK_OF_PLAN, "", "公布本年教师交流轮岗名单", "名单连同学科、年限一起公布。", "", "G11", "", "document", "交流轮岗名单", ROLE_office, false, true, { { 0 } } },
    { -15, 2, ROLE_supervisor, TASK_ORDER, TASK_OF_SUPERVISOR, "", "功能教室没有按课表使用", "抽查一周，美术教室只用了 2 节。", "陈志强", "Q5", "", "", "", ROLE_principal, true, true,
      { { -13, ROLE_principal, TASK_ANSWER, "重排课表：美术、音乐课一律进功能教室，从下周起；教务处每周公布使用记录。", 0 },
        { -12, ROLE_supervisor, TASK_ACCEPT, "", 0 },
        { -1, ROLE_principal, TASK_ASK_MORE, "美术教师本月外出培训，课表要到下月才能排满。", 25 } } },
    { -8, 30, ROLE_office, TASK_TASK, TASK_OF_PLAN, "", "核清中小学用地界址，报送办证清单", "没有土地证的学校逐校列明原因。", "", "other", "", "figure", "办证清单", ROLE_leader, false, false, { { 0 } } },
    { -50, -9, ROLE_supervisor, TASK_ORDER, TASK_OF_ROUND, "", "校舍安全隐患排查台账缺三个月", "今年 3 至 5 月没有记录。", "", "other", "", "record", "隐患排查台账", ROLE_township, false, true, { { 0 } } },
};

struct making { struct house *house; const struct demo_person *people; size_t n; int64_t now; struct arena *mem; struct db_session *session; };

static const struct actor *who(const struct making *m, enum role role)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->people[i].actor.role == role && (role != ROLE_clerk || !m->people[i].sent_back))
            return &m->people[i].actor;
    return NULL;
}

/* The office is the demonstration's own account; where it stands in no list, the console. */
static struct actor hand(const struct making *m, enum role role)
{
    const struct actor *const found = who(m, role);
    if (found)
        return *found;
    struct actor office = actor_console();
    office.shown = TEXT("王敏"), office.role = ROLE_office;
    return office;
}

static struct text day_from(const struct making *m, int day)
{
    return day_shown(m->now + day * (int64_t)DAY_SECONDS, m->mem);
}

static struct place place_of(const struct making *m, enum role role)
{
    if (role == ROLE_leader)   /* land: the department of natural resources */
        return (struct place){ PLACE_DEPARTMENT, TEXT("D13") };
    const struct actor *const found = role == ROLE_office ? NULL : who(m, role);
    return found ? found->place : (struct place){ PLACE_COUNTY, TEXT("") };
}

static bool tell_one(const struct making *m, const struct task_told *t, struct err *err)
{
    const struct place county = { PLACE_COUNTY, TEXT("") };
    const struct task_wish wish = {
        .kind = t->kind, .origin = t->origin, .origin_key = text_of(t->key), .title = text_of(t->title), .text = text_of(t->text), .person = text_of(t->person),
        .owner = place_of(m, t->owner), .about = t->of_school ? place_of(m, ROLE_principal) : county, .subject = text_of(t->subject), .stage = text_of(t->stage),
        .due = day_from(m, t->due), .product_kind = text_of(t->product_kind), .product_name = text_of(t->product), .recheck = t->recheck,
    };
    const struct actor issuer = hand(m, t->by);
    int64_t id;
    if (!app_task_put(m->house, m->session, &issuer, &wish, m->now + t->day * (int64_t)DAY_SECONDS, m->mem, &id, err))
        return false;
    for (size_t i = 0; i < COUNT(t->steps) && t->steps[i].words; i++) {
        const struct step_told *const s = &t->steps[i];
        const struct actor actor = hand(m, s->by);
        const struct task_act act = { .step = s->step, .words = text_of(s->words), .day = s->until ? day_from(m, s->until) : TEXT("") };
        if (!app_task_step(m->house, m->session, &actor, id, &act, m->now + s->day * (int64_t)DAY_SECONDS, m->mem, err))
            return false;
    }
    return true;
}

static bool tell_all(void *context, struct db_session *session, struct err *err)
{
    struct making *const m = context;
    m->session = session;
    for (size_t i = 0; i < COUNT(TOLD); i++)
        if (!tell_one(m, &TOLD[i], err))
            return false;
    return true;
}

bool demo_tasks(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .people = people, .n = n_people, .now = now, .mem = mem };
    return !who(&m, ROLE_principal) || house_write(house, tell_all, &m, err);
}
