/* The made-up county's office: a meeting whose minutes are issued and one to come, concerns in all states, reports in the media, good
 * cases, the first steps of recognition, duties. */
#include "app/demo_parts.h"

#include "app/concern.h"
#include "app/meeting.h"
#include "app/organisation.h"
#include "app/procedure.h"
#include "app/publicity.h"
#include "base/day.h"

struct making { struct house *house; const struct snapshot *s; const struct demo_person *people; size_t n; int64_t now; struct arena *mem; };

/* Somebody of that role; the console where there is none. */
static struct actor hand(const struct making *m, enum role role)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->people[i].actor.role == role)
            return m->people[i].actor;
    return actor_console();
}

static struct text day(const struct making *m, int from_now)
{
    return day_shown(m->now + from_now * (int64_t)DAY_SECONDS, m->mem);
}

static struct place department(const char *code)
{
    return (struct place){ PLACE_DEPARTMENT, text_of(code) };
}

/* ---- meetings ----------------------------------------------------------------------------- */

static bool one_meeting(const struct making *m, struct db_session *session, struct err *err)
{
    const struct actor office = actor_console();
    const struct meeting_wish wish = { TEXT("joint"), TEXT("创建工作第三次联席会议"), day(m, -20), TEXT("15:00"), TEXT("县政府第二会议室"), TEXT("吴晓梅"),
                                       TEXT("领导小组成员单位、各乡镇（街道）分管负责人") };
    const struct meeting_item items[] = {
        { .origin = TEXT("other"), .origin_key = TEXT(""), .what = TEXT("功能教室建设经费的落实"), .unit = TEXT("财政局"), .standing = TEXT("预算已报，没有下达"), .link = TEXT("") },
        { .origin = TEXT("other"), .origin_key = TEXT(""), .what = TEXT("寄宿制学校校门口的交通"), .unit = TEXT("公安局"), .standing = TEXT("三所学校放学时拥堵"), .link = TEXT("") },
    };
    const struct decision_wish decisions[] = {
        { 1, TEXT("本月底前下达功能教室建设经费 86 万元"), department("D11"), day(m, -4), TEXT("资金下达文件") },
        { 2, TEXT("放学时段在三所学校门口安排疏导"), department("D08"), day(m, 25), TEXT("") },
    };
    int64_t id;
    size_t n;
    if (!app_meeting_call(m->house, session, &office, &wish, m->now - 30 * DAY_SECONDS, m->mem, &id, err) ||
        !app_meeting_items(m->house, session, &office, id, items, COUNT(items), m->now - 28 * DAY_SECONDS, m->mem, err) ||
        !app_meeting_hold(m->house, session, &office, id, m->now - 20 * DAY_SECONDS, m->mem, err) ||
        !app_meeting_minutes(m->house, session, &office, id, 2, TEXT("会议听取了教育局关于标准化建设进展的汇报。\n会议指出，功能教室的经费和校门口的交通是当前最要紧的两件事，要求有关部门按期办结。"), m->now - 19 * DAY_SECONDS, m->mem, err))
        return false;
    for (size_t i = 0; i < COUNT(decisions); i++)
        if (!app_meeting_decide(m->house, session, m->s, &office, id, &decisions[i], m->now - 19 * DAY_SECONDS, m->mem, err))
            return false;
    return app_meeting_issue(m->house, session, &office, id, TEXT("青优创办纪〔2026〕3号"), m->now - 18 * DAY_SECONDS, m->mem, &n, err);
}

static bool next_meeting(const struct making *m, struct db_session *session, struct err *err)
{
    const struct actor office = actor_console();
    const struct meeting_wish wish = { TEXT("joint"), TEXT("创建工作第四次联席会议"), day(m, 9), TEXT("09:00"), TEXT("县政府第二会议室"), TEXT("何建华"), TEXT("领导小组全体成员") };
    int64_t id;
    return app_meeting_call(m->house, session, &office, &wish, m->now - DAY_SECONDS, m->mem, &id, err);
}

/* ---- concerns ----------------------------------------------------------------------------- */

struct told { int day; const char *channel, *kind, *what; const char *owner; int replied, closed; bool of_town; };
static const struct told TOLD[] = {
    { -80, "call", "transport", "放学时校门口堵车，接送的车停在路上", "D08", 12, 20, true },
    { -50, "web", "transport", "校门口没有斑马线和减速带", "D08", 10, 0, true },
    { -40, "letter", "class_size", "新建小区的孩子入学以后班里超过五十人", "D07", 9, 15, false },
    { -33, "visit", "transport", "早晨校门口三轮车多，不安全", "D08", 0, 0, true },
    { -6, "call", "after_school", "课后服务只看管写作业，没有活动", "D07", 0, 0, true },
    { -3, "deputy", "facilities", "代表建议：增加塑胶运动场地", "D11", 0, 0, false },
};

static bool one_concern(const struct making *m, struct db_session *session, const struct told *t, struct err *err)
{
    const struct actor office = actor_console();
    struct actor second = hand(m, ROLE_supervisor);
    const struct place town = hand(m, ROLE_township).place;
    const int64_t came = m->now + t->day * (int64_t)DAY_SECONDS;
    const struct concern_wish wish = { day_shown(came, m->mem), text_of(t->channel), text_of(t->kind), text_of(t->what), TEXT(""),
                                       t->of_town && town.kind == PLACE_TOWNSHIP ? town : (struct place){ PLACE_COUNTY, TEXT("") }, department(t->owner) };
    const struct concern_act reply = { .step = CONCERN_REPLY, .words = TEXT("已到现场看过，增派人员在早晚高峰疏导，并报请增设标线。"), .cause = TEXT("上下学时间集中，道路窄") };
    const struct concern_act close = { .step = CONCERN_CLOSE, .words = TEXT("电话回访，表示满意。") };
    int64_t id;
    second.account = second.account ? second.account : -1;
    return app_concern_add(m->house, session, m->s, &office, &wish, came, m->mem, &id, err) &&
           (!t->replied || app_concern_step(m->house, session, m->s, &office, id, &reply, came + t->replied * (int64_t)DAY_SECONDS, m->mem, err)) &&
           (!t->closed || app_concern_step(m->house, session, m->s, &second, id, &close, came + t->closed * (int64_t)DAY_SECONDS, m->mem, err));
}

/* ---- the rest ----------------------------------------------------------------------------- */

static bool media(const struct making *m, struct db_session *session, struct err *err)
{
    const struct actor office = actor_console();
    const struct place county = { PLACE_COUNTY, TEXT("") };
    const struct publicity_wish list[] = {
        { day(m, -120), TEXT("《青禾日报》（虚构）"), TEXT("county"), TEXT("校门口的路通了"), TEXT(""), county },
        { day(m, -60), TEXT("市电视台（虚构）"), TEXT("city"), TEXT("走进青禾县的功能教室"), TEXT(""), county },
        { day(m, -15), TEXT("省教育网（虚构）"), TEXT("province"), TEXT("青禾县：把台账挂在墙上"), TEXT("https://example.com/qinghe"), county },
    };
    for (size_t i = 0; i < COUNT(list); i++)
        if (!app_publicity_add(m->house, session, m->s, &office, &list[i], m->now - DAY_SECONDS, m->mem, err))
            return false;
    return true;
}

static bool cases(const struct making *m, struct db_session *session, struct err *err)
{
    const struct actor office = actor_console();
    struct actor author = hand(m, ROLE_principal);
    const struct good_case_wish wish = { TEXT("一间功能教室的一学期"), TEXT("resource"), TEXT("排满课表，向附近教学点开放，一学期用了 412 节。"),
                                         TEXT("学校把音乐、美术课全部排进功能教室。\n每周三下午向附近两个教学点开放，由镇里的校车接送。\n使用记录挂在门口，谁用谁填。"), author.place };
    int64_t id;
    author.account = author.account ? author.account : -1;
    return app_good_case_add(m->house, session, m->s, &author, &wish, m->now - 40 * DAY_SECONDS, m->mem, &id, err) &&
           app_good_case_step(m->house, session, &office, id, 1, CASE_TAKE, TEXT(""), NULL, m->now - 30 * DAY_SECONDS, m->mem, err) &&
           app_good_case_step(m->house, session, &office, id, 2, CASE_RELEASE, TEXT(""), NULL, m->now - 20 * DAY_SECONDS, m->mem, err);
}

static bool rest(const struct making *m, struct db_session *session, struct err *err)
{
    const struct actor office = actor_console();
    const struct procedure_wish begun = { TEXT("self"), TEXT("begun"), day(m, -30), TEXT("青政办〔2026〕18号"), TEXT("启动本年县级自评"), NULL };
    const struct duty_wish duties[] = {
        { TEXT("D11"), TEXT("把标准化建设经费列入年度预算并按期拨付"), TEXT("吴丽华"), TEXT("2022-09-01") },
        { TEXT("D13"), TEXT("保障学校建设用地，办理土地证"), TEXT("郑国强"), TEXT("2022-09-01") },
        { TEXT("D12"), TEXT("核定绩效工资总量，组织教师招聘"), TEXT(""), TEXT("2022-09-01") },
    };
    if (!app_procedure_add(m->house, session, m->s, &office, false, &begun, m->now, m->mem, err))
        return false;
    for (size_t i = 0; i < COUNT(duties); i++)
        if (!app_duty_add(m->house, session, &office, &duties[i], m->now, m->mem, err))
            return false;
    return true;
}

static bool make(void *context, struct db_session *session, struct err *err)
{
    const struct making *const m = context;
    for (size_t i = 0; i < COUNT(TOLD); i++)
        if (!one_concern(m, session, &TOLD[i], err))
            return false;
    return one_meeting(m, session, err) && next_meeting(m, session, err) && media(m, session, err) && cases(m, session, err) && rest(m, session, err);
}

bool demo_office(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .people = people, .n = n_people, .now = now, .mem = mem };
    if (!house_snapshot(house, &m.s, err))
        return false;
    const bool ok = !m.s->n_years || house_write(house, make, &m, err);
    snapshot_release(&m.s);
    return ok;
}
