/* The made-up county's ledger: found from its figures, some of it planned, in hand, reported done, verified, fallen back. */
#include "app/demo_parts.h"

#include "app/ledger.h"
#include "base/day.h"

enum { ROWS = 200 };

struct making {
    struct house *house;
    const struct snapshot *s;
    struct actor office, inspector;
    int64_t now;
    struct arena *mem;
    struct ledger_row *rows;
    size_t n;
};

static struct actor person(int64_t stand_in, const char *name, enum role role)
{
    return (struct actor){ .account = stand_in, .name = text_of(name), .shown = text_of(name), .role = role, .permissions = role_info(role)->permissions,
                           .place = { PLACE_COUNTY, TEXT("") }, .channel = CHANNEL_CONSOLE };
}

static bool follow(void *context, struct db_session *session, struct err *err)
{
    struct making *const m = context;
    struct ledger_followed done;
    return app_ledger_follow(m->house, session, m->s, m->now - 60 * DAY_SECONDS, m->mem, &done, err);
}

/* What is done of each kind of thing, from where the money comes, how many days after finding it is due. */
static const struct { const char *subject, *measure, *project, *fund, *cost; int days; } PLANS[] = {
    { "L4", "改扩建教学楼，旧楼加固后恢复使用", "教学楼改扩建", "县级财政", "386", 400 },
    { "L5", "平整运动场地，修建环形跑道", "运动场改造", "县级财政", "96.5", 300 },
    { "L6", "补充实验仪器和图书设备", "教学装备补充", "上级专项", "24", 200 },
    { "L7", "更新多媒体教室设备", "智慧教室", "上级专项", "18.6", 200 },
    { "L1", "招聘本科学历教师，在职教师提升学历", "", "县级财政", "", 280 },
    { "L2", "骨干教师交流到薄弱学校", "", "", "", 280 },
    { "L3", "招聘体育、音乐、美术教师，走教补缺", "", "县级财政", "", 280 },
    { "G3", "改造空余教室为音乐、美术专用教室", "专用教室改造", "县级财政", "33.6", 30 },
    { "G5", "招生时控制班额，秋季分流", "消除大班额", "", "", 290 },
    { "Q4", "按公用经费 5% 列入年度预算", "", "县级财政", "", 100 },
};

static bool plan_rows(struct making *m, struct db_session *session, struct err *err)
{
    struct ledger_cell *const cells = arena_array(m->mem, m->n * 6 + 1, struct ledger_cell);
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        for (size_t p = 0; p < COUNT(PLANS) && i % 4 != 3; p++) {
            if (!text_equal(m->rows[i].of.subject, text_of(PLANS[p].subject)))
                continue;
            const int64_t id = m->rows[i].id;
            cells[n++] = (struct ledger_cell){ id, LEDGER_MEASURE, text_of(PLANS[p].measure) };
            cells[n++] = (struct ledger_cell){ id, LEDGER_PROJECT, text_of(PLANS[p].project) };
            cells[n++] = (struct ledger_cell){ id, LEDGER_FUND, text_of(PLANS[p].fund) };
            cells[n++] = (struct ledger_cell){ id, LEDGER_COST, text_of(PLANS[p].cost) };
            cells[n++] = (struct ledger_cell){ id, LEDGER_DUE, day_shown(m->now + (PLANS[p].days - 60) * DAY_SECONDS, m->mem) };
        }
    const struct ledger_edit edit = { cells, n, "bulk", 0 };
    struct ledger_edited done;
    return app_ledger_edit(m->house, session, m->s, &m->office, &edit, m->now - 50 * DAY_SECONDS, m->mem, &done, err);
}

/* Some begin, some are reported done though the figures do not say so yet. */
static bool work(struct making *m, struct db_session *session, struct err *err)
{
    for (size_t i = 0; i < m->n; i++) {
        const int64_t id = m->rows[i].id;
        if (m->rows[i].of.stage.size && i % 4 == 1 && !app_ledger_step(m->house, session, &m->office, id, LEDGER_START, TEXT(""), m->now - 30 * DAY_SECONDS, m->mem, err))
            return false;
        if (m->rows[i].of.stage.size && i % 8 == 5 &&
            !app_ledger_claim(m->house, session, &m->office, id, TEXT("设备已经到校，安装调试完毕"), m->now - 6 * DAY_SECONDS, m->mem, err))
            return false;
    }
    return true;
}

/* What somebody saw: verified by another person. */
static bool see(struct making *m, struct db_session *session, struct err *err)
{
    const struct ledger_visit visit = { day_shown(m->now - 8 * DAY_SECONDS, m->mem), TEXT("减速带和护栏已装好，上下学时有人值守"), TEXT("") };
    int64_t id;
    if (!m->n)
        return true;
    const struct ledger_row row = {
        .of = { m->rows[0].of.place_kind, m->rows[0].of.place_name, TEXT(""), TEXT("other") }, .kind = LEDGER_OTHER,
        .now = { .place_shown = m->rows[0].now.place_shown, .township = m->rows[0].now.township, .problem = TEXT("校门口道路没有减速带和护栏"),
                 .basis = TEXT("督导走访") },
        .plan = { .cost_yuan = 52000, .planned = BLANK, .owner_kind = TEXT("county"), .owner_shown = m->s->county_name, .fund = TEXT("县级财政"),
                  .measure = TEXT("安装减速带、护栏和警示灯"), .due = day_shown(m->now - 10 * DAY_SECONDS, m->mem) } };
    return app_ledger_add(m->house, session, &m->office, &row, m->now - 40 * DAY_SECONDS, m->mem, &id, err) &&
           app_ledger_claim(m->house, session, &m->office, id, TEXT("减速带、护栏、警示灯安装完毕"), m->now - 12 * DAY_SECONDS, m->mem, err) &&
           app_ledger_verify(m->house, session, NULL, &m->inspector, id, &visit, m->now - 8 * DAY_SECONDS, m->mem, err);
}

static bool fill(void *context, struct db_session *session, struct err *err)
{
    struct making *const m = context;
    return plan_rows(m, session, err) && work(m, session, err) && see(m, session, err);
}

bool demo_ledger(struct house *house, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .office = person(901, "王敏", ROLE_office), .inspector = person(902, "李督", ROLE_supervisor), .now = now, .mem = mem };
    const struct ledger_filter schools = { .state = TEXT("open"), .most = ROWS };
    struct ledger_page page;
    if (!house_snapshot(house, &m.s, err))
        return false;
    bool ok = house_write(house, follow, &m, err) && app_ledger_list(house, &m.office, &schools, now, mem, &page, err);
    m.rows = arena_array(mem, ROWS, struct ledger_row);
    for (size_t i = 0; ok && i < page.n; i++)
        if (text_equal(page.rows[i].of.place_kind, TEXT("school")))
            m.rows[m.n++] = page.rows[i];
    ok = ok && house_write(house, fill, &m, err);
    snapshot_release(&m.s);
    return ok;
}
