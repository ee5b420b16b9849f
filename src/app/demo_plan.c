/* The made-up county has adopted the plan: tasks of the year, some done, some late, work plans sent in. */
#include "app/demo_parts.h"

#include "app/plan_upload.h"
#include "app/task.h"
#include "base/day.h"
#include "base/secret.h"

enum { BEGAN = 60 /* days ago */, SENT_IN = 19 };

struct making { struct house *house; const struct snapshot *s; const struct demo_person *people; size_t n; int64_t now; struct arena *mem; };

static struct actor office_of(const struct making *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->people[i].actor.role == ROLE_office)
            return m->people[i].actor;
    struct actor office = actor_console();
    office.shown = TEXT("王敏"), office.role = ROLE_office;
    return office;
}

/* Of the people's own plan tasks whose day is past every other is done; the office has done half of its own. */
static bool work(const struct making *m, struct db_session *session, const struct actor *actor, struct err *err)
{
    const struct task_filter filter = { .open = 1, .origin = TEXT("plan"), .due_until = day_shown(m->now + 45 * (int64_t)DAY_SECONDS, m->mem) };
    const struct task_act done = { .step = TASK_PROVE, .words = TEXT("已完成，材料已归档。"), .day = TEXT("") }, answer = { .step = TASK_ANSWER, .words = TEXT("已列入本单位工作计划，本月底前完成。"), .day = TEXT("") };
    struct task_view *tasks;
    size_t n;
    if (!app_tasks(m->house, session, actor, &filter, true, TASK_BY_DUE, 0, 60, m->now, m->mem, &tasks, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const bool own = tasks[i].owner.kind == actor->place.kind && text_equal(tasks[i].owner.name, actor->place.name);
        const struct task_act *const act = tasks[i].way == TASK_PLAIN ? &done : &answer;
        if (own && i % 2 == 0 && tasks[i].state == TASK_ISSUED && !app_task_step(m->house, session, actor, tasks[i].task.id, act, m->now - (int64_t)(i % 9) * DAY_SECONDS, m->mem, err))
            return false;
    }
    return true;
}

/* The first units have sent in a scan of their work plan; one came back. */
static bool send_in(const struct making *m, struct db_session *session, const struct actor *office, struct err *err)
{
    struct plan_info holds;
    struct upload_ask ask;
    struct upload_of_unit *units;
    size_t n;
    int64_t receipt;
    if (!app_plan(m->house, session, m->mem, &holds, NULL, err) || !plan_upload_ask(holds.plan, TEXT("5.1.3-1"), m->mem, &ask, err) ||
        !app_plan_uploads(m->house, m->s, office, &ask, m->now, m->mem, &units, &n, err))
        return false;
    for (size_t i = 0; i < n && i < SENT_IN; i++) {
        const struct text bytes = demo_picture(m->mem, (unsigned)(i % 8));
        unsigned char hash[SHA256_SIZE];
        char *const hex = arena_alloc(m->mem, HEX_SIZE(SHA256_SIZE) + 1);
        secret_sha256(bytes, hash);
        secret_hex(hash, SHA256_SIZE, hex);
        const struct evidence_ready file = { .name = TEXT("工作计划（盖章扫描件）.png"), .bytes = bytes, .sha256 = text_of(hex), .kind = TEXT("png") };
        if (!app_plan_upload(m->house, session, m->s, office, &ask, units[i].place, &file, i % 4 ? TEXT("") : TEXT("已开动员会"), m->now - (int64_t)(40 - i) * DAY_SECONDS, m->mem, &receipt, err))
            return false;
    }
    struct actor other = *office;
    other.account = other.account ? -1 : 1;   /* whoever sends in does not send back */
    return app_plan_upload_back(m->house, session, &other, 3, TEXT("没有写责任人和完成时限，请补上。"), m->now - 10 * (int64_t)DAY_SECONDS, m->mem, err);
}

static bool make(void *context, struct db_session *session, struct err *err)
{
    struct making *const m = context;
    const struct actor office = office_of(m);
    const int64_t began = m->now - BEGAN * (int64_t)DAY_SECONDS;
    struct plan_done done;
    if (!app_plan_adopt(m->house, session, m->s, &office, day_shown(began, m->mem), began, m->mem, &done, err))
        return false;
    for (size_t i = 0; i < m->n; i++)
        if ((m->people[i].actor.role == ROLE_department || m->people[i].actor.role == ROLE_township) && !work(m, session, &m->people[i].actor, err))
            return false;
    return send_in(m, session, &office, err);
}

bool demo_plan(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .people = people, .n = n_people, .now = now, .mem = mem };
    if (!house_snapshot(house, &m.s, err))
        return false;
    const bool ok = house_write(house, make, &m, err);
    snapshot_release(&m.s);
    return ok;
}
