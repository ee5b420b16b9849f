/* Who is told of a task: by a step, and by themselves before its day and past it. */
#include "app/task_inside.h"

#include "app/notice.h"
#include "base/day.h"
#include "work/task_late.h"

enum { MOST_AT_ONCE = 500 };

/* ---- to whom -------------------------------------------------------------------------------------------- */

static bool put(struct house *house, struct db_session *session, enum role role, struct place place, const struct task_telling *what,
                int64_t now, struct err *err)
{
    const struct notice notice = { .role = role, .place = place, .kind = what->kind, .title = what->title, .text = what->text, .link = what->link,
                                   .due = day_due(what->due), .by = what->by };
    return app_notice_put(session, house_county(house), &notice, now, err);
}

bool task_tell_place(struct house *house, struct db_session *session, struct place place, const struct task_telling *what, int64_t now,
                     struct err *err)
{
    switch (place.kind) {
    case PLACE_SCHOOL: return put(house, session, ROLE_principal, place, what, now, err) && put(house, session, ROLE_clerk, place, what, now, err);
    case PLACE_DISTRICT: return put(house, session, ROLE_district, place, what, now, err);
    case PLACE_TOWNSHIP: return put(house, session, ROLE_township, place, what, now, err);
    case PLACE_DEPARTMENT: return put(house, session, ROLE_department, place, what, now, err);
    case PLACE_COUNTY: return put(house, session, ROLE_office, place, what, now, err);
    }
    return true;
}

static bool tell_part(struct house *house, struct db_session *session, const struct task_unit *units, size_t n, enum task_part part,
                      const struct task_telling *what, int64_t now, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        struct place place;
        if (units[i].part == part && place_of_words(units[i].kind, units[i].name, &place) &&
            !task_tell_place(house, session, place, what, now, err))
            return false;
    }
    return true;
}

bool task_tell_units(struct house *house, struct db_session *session, const struct task_unit *units, size_t n, const struct task_telling *what,
                     int64_t now, struct err *err)
{
    return tell_part(house, session, units, n, TASK_PART_OWNER, what, now, err) && tell_part(house, session, units, n, TASK_PART_HELPER, what, now, err);
}

/* ---- by themselves ---------------------------------------------------------------------------------------- */

static struct stamp machine(int64_t now)
{
    return (struct stamp){ 0, TEXT("系统"), now };
}

static bool tell_level(struct house *house, struct db_session *session, const struct task *t, const struct task_unit *units, size_t n,
                       enum task_tell whom, struct text today, int64_t now, struct arena *mem, struct err *err)
{
    const int64_t left = task_days(today, t->due);
    const struct place county = { PLACE_COUNTY, TEXT("") };
    struct place owner;
    const struct text unit = place_of_words(t->owner_kind, t->owner_name, &owner) ? task_place_shown(house, owner, now, mem) : t->owner_name;
    struct task_telling what = { .kind = "remind", .link = task_path(t->id, mem), .by = machine(now), .due = t->due, .text = t->back_reason };
    if (whom == TELL_BEFORE) {
        what.title = left > 0 ? text_printf(mem, "还有 %lld 天到期：%.*s", (long long)left, TEXT_ARG(t->title)) : text_printf(mem, "今天到期：%.*s", TEXT_ARG(t->title));
        return task_tell_units(house, session, units, n, &what, now, err);
    }
    what.title = whom == TELL_OWNER ? text_printf(mem, "已逾期 %lld 天：%.*s", (long long)-left, TEXT_ARG(t->title))
                                    : text_printf(mem, "%.*s逾期 %lld 天：%.*s", TEXT_ARG(unit), (long long)-left, TEXT_ARG(t->title));
    switch (whom) {
    case TELL_OWNER: return task_tell_units(house, session, units, n, &what, now, err);
    case TELL_ABOVE: return owner.kind != PLACE_SCHOOL || tell_part(house, session, units, n, TASK_PART_ABOVE, &what, now, err);
    case TELL_OFFICE: return put(house, session, ROLE_office, county, &what, now, err);
    case TELL_LEADER: return put(house, session, ROLE_leader, county, &what, now, err);
    case TELL_BEFORE: break;
    }
    return true;
}

/* Of the reminders that are past only the latest is told; alarms each once, also where the machine stood still meanwhile. */
static bool remind(struct house *house, struct db_session *session, const struct task *t, struct text today, int64_t now, struct arena *mem,
                   struct err *err)
{
    static const char *const LEVELS[] = { [TELL_BEFORE] = "责任单位（到期提醒）", [TELL_OWNER] = "责任单位（逾期）", [TELL_ABOVE] = "上一级单位（逾期）",
                                          [TELL_OFFICE] = "县级办公室（逾期）", [TELL_LEADER] = "领导小组（逾期）" };
    size_t n, n_tells;
    const struct task_tell_at *const tells = task_tells(&n_tells);
    const size_t past = tells_past(t->due, today);
    const struct talk_on on = task_talk(t->id, mem);
    struct task_unit *units;
    if (!store_task_units(session, house_county(house), t->id, mem, &units, &n, err))
        return false;
    for (size_t i = (size_t)t->told; i < past && i < n_tells; i++) {
        if (tells[i].whom == TELL_BEFORE && i + 1 < past)
            continue;
        const struct talk_line line = { .kind = TALK_STEP, .new_ = text_printf(mem, "已提醒%s", LEVELS[tells[i].whom]), .by = machine(now) };
        if (!tell_level(house, session, t, units, n, tells[i].whom, today, now, mem, err) || !app_talk_add(session, house_county(house), &on, &line, err))
            return false;
    }
    return store_task_told(session, house_county(house), t->id, (int64_t)past, tells_next(t->due, past, mem), err);
}

struct reminding { struct house *house; int64_t now; struct text today; struct arena *mem; size_t n; };

static bool remind_all(void *context, struct db_session *session, struct err *err)
{
    struct reminding *const r = context;
    struct task *list;
    if (!store_tasks_to_tell(session, house_county(r->house), r->today, MOST_AT_ONCE, r->mem, &list, &r->n, err))
        return false;
    for (size_t i = 0; i < r->n; i++)
        if (!remind(r->house, session, &list[i], r->today, r->now, r->mem, err))
            return false;
    return true;
}

bool app_tasks_remind(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err)
{
    struct db_session *session;
    struct reminding r = { .house = house, .now = now, .today = day_shown(now, mem), .mem = mem };
    struct task *any;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    /* Mostly there is nothing to do, and nobody's writing waits for that. */
    bool ok = store_tasks_to_tell(session, house_county(house), r.today, 1, mem, &any, &r.n, err);
    db_read_end(&session);
    if (!ok || !r.n)
        return ok;
    ok = db_write(house_db(house), remind_all, &r, err);
    if (ok)
        *done_out = text_printf(mem, "提醒 %zu 件任务的时限", r.n);
    return ok;
}
