/* Tasks are looked at: by whom, one, many, counted. */
#include "app/task_inside.h"

#include "base/day.h"
#include "base/number.h"
#include "work/task_late.h"

/* ---- who sees which --------------------------------------------------------------------------------- */

bool task_absent(int64_t id, struct err *err)
{
    err_set(err, ERR_ABSENT, "没有第 %lld 号任务，或者您的账号看不到它。", (long long)id);
    return err_hint(err, "请从任务清单进入。");
}

bool task_may_look(const struct actor *actor, struct err *err)
{
    return actor_may(actor, MAY_TALK, err);
}

static struct text word_of(struct place place, struct arena *mem)
{
    return text_printf(mem, "%.*s:%.*s", TEXT_ARG(place_word(place.kind)), TEXT_ARG(place.name));
}

struct text *task_units_own(const struct actor *actor, struct arena *mem, size_t *n_out)
{
    struct text *const list = arena_array(mem, 1, struct text);
    list[0] = word_of(actor->place, mem);
    *n_out = 1;
    return list;
}

struct text *task_units_seen(const struct actor *actor, struct arena *mem, size_t *n_out)
{
    *n_out = 0;
    if (!actor->only)
        return actor_covers_county(actor) ? NULL : task_units_own(actor, mem, n_out);
    /* A district's head: his own, and his schools'. */
    struct text *const list = arena_array(mem, actor->only->n + 1, struct text);
    list[(*n_out)++] = word_of(actor->place, mem);
    for (size_t i = 0; i < actor->only->n; i++)
        list[(*n_out)++] = word_of((struct place){ PLACE_SCHOOL, actor->only->codes[i] }, mem);
    return list;
}

static bool sees(const struct actor *actor, const struct task_unit *units, size_t n, struct arena *mem)
{
    size_t n_seen;
    const struct text *const seen = task_units_seen(actor, mem, &n_seen);
    for (size_t i = 0; i < n && seen; i++)
        for (size_t k = 0; k < n_seen; k++)
            if (text_equal(text_printf(mem, "%.*s:%.*s", TEXT_ARG(units[i].kind), TEXT_ARG(units[i].name)), seen[k]))
                return true;
    return !seen;
}

bool task_take(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct arena *mem, struct task *out,
               struct task_unit **units_out, size_t *n_out, struct err *err)
{
    if (!task_may_look(actor, err))
        return false;
    if (!store_task(session, house_county(house), id, mem, out, err))
        return err->kind == ERR_ABSENT ? task_absent(id, err) : false;
    return store_task_units(session, house_county(house), id, mem, units_out, n_out, err) && (sees(actor, *units_out, *n_out, mem) || task_absent(id, err));
}

bool app_task_talk_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                        struct text key, struct arena *mem, struct talk_about *out, struct err *err)
{
    struct task task;
    struct task_unit *units;
    size_t n;
    double id;
    (void)snapshot;
    if (!number_parse(key, &id) || id < 1 || id > 1e12)
        return task_absent(0, err);
    if (!task_take(house, session, actor, (int64_t)id, mem, &task, &units, &n, err))
        return false;
    *out = (struct talk_about){ task.title, task_path(task.id, mem) };
    return true;
}

/* ---- one ---------------------------------------------------------------------------------------------- */

struct task_view task_view_of(const struct task *task, int64_t now, struct arena *mem)
{
    struct task_view view = { .task = *task };
    const struct text today = day_shown(now, mem);
    if (!task_state_of(task->state, &view.state))
        view.state = TASK_WITHDRAWN;
    if (!task_way_of(task->way, &view.way))
        view.way = TASK_CHECKED;
    if (!place_of_words(task->owner_kind, task->owner_name, &view.owner))
        view.owner = (struct place){ PLACE_COUNTY, TEXT("") };
    if (!place_of_words(task->about_kind, task->about_name, &view.about))
        view.about = (struct place){ PLACE_COUNTY, TEXT("") };
    view.late = task_with_owner(view.state) && task_is_late(task->due, today);
    view.days_left = task->due.size ? task_days(today, task->due) : 0;
    return view;
}

static struct task_view *views_of(const struct task *list, size_t n, int64_t now, struct arena *mem)
{
    struct task_view *const views = arena_array(mem, n + 1, struct task_view);
    for (size_t i = 0; i < n; i++)
        views[i] = task_view_of(&list[i], now, mem);
    return views;
}

static void put_offers(const struct actor *actor, struct task_one *one)
{
    for (int step = 0; step < N_TASK_STEPS; step++) {
        struct task_move move;
        struct err ignored;
        bool own;
        if (task_may_step(actor, &one->view, (enum task_step)step, false, &move, &own, &ignored)) {
            one->offers[one->n_offers].step = (enum task_step)step;
            one->offers[one->n_offers++].own = own;
        }
    }
}

static bool read_one(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t now, struct arena *mem,
                     struct task_one *out, struct err *err)
{
    struct task task, *list;
    struct task_unit *units;
    size_t n;
    if (!task_take(house, session, actor, id, mem, &task, &units, &n, err) ||
        !store_task_parts(session, house_county(house), id, 200, mem, &list, &out->n_parts, err))
        return false;
    out->view = task_view_of(&task, now, mem);
    out->parts = views_of(list, out->n_parts, now, mem);
    out->helpers = arena_array(mem, n + 1, struct place);
    for (size_t i = 0; i < n; i++)
        if (units[i].part == TASK_PART_HELPER && place_of_words(units[i].kind, units[i].name, &out->helpers[out->n_helpers]))
            out->n_helpers++;
    out->may_edit = task.is_open && (actor->permissions & MAY_ASSIGN);
    put_offers(actor, out);
    return true;
}

bool app_task(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct arena *mem, struct task_one *out, struct err *err)
{
    struct db_session *session;
    *out = (struct task_one){ .n_helpers = 0 };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = read_one(house, session, actor, id, now, mem, out, err);
    db_read_end(&session);
    return ok;
}

/* ---- many ------------------------------------------------------------------------------------------------ */

/* A reader where none was given. */
static bool begin(struct house *house, struct db_session *given, struct db_session **own_out, struct db_session **use_out, struct err *err)
{
    *own_out = NULL;
    *use_out = given;
    if (given)
        return true;
    const bool ok = db_read_begin(house_db(house), own_out, err);
    *use_out = *own_out;
    return ok;
}

static struct task_filter seen_by(const struct actor *actor, const struct task_filter *filter, bool mine, int64_t now, struct arena *mem)
{
    struct task_filter f = *filter;
    f.today = day_shown(now, mem);
    f.units = mine ? task_units_own(actor, mem, &f.n_units) : task_units_seen(actor, mem, &f.n_units);
    f.own = mine;
    return f;
}

bool app_tasks(struct house *house, struct db_session *session, const struct actor *actor, const struct task_filter *filter, bool mine,
               enum task_order order, int64_t from, int64_t most, int64_t now, struct arena *mem, struct task_view **out, size_t *n_out,
               struct err *err)
{
    const struct task_filter f = seen_by(actor, filter, mine, now, mem);
    struct db_session *own, *use;
    struct task *list;
    *n_out = 0;
    if (!task_may_look(actor, err) || !begin(house, session, &own, &use, err))
        return false;
    const bool ok = store_tasks(use, house_county(house), &f, order, from, most, mem, &list, n_out, err);
    db_read_end(&own);
    if (ok)
        *out = views_of(list, *n_out, now, mem);
    return ok;
}

bool app_task_counts(struct house *house, struct db_session *session, const struct actor *actor, const struct task_filter *filter, bool mine,
                     enum task_order by, int64_t now, struct arena *mem, struct task_count **out, size_t *n_out, struct err *err)
{
    const struct task_filter f = seen_by(actor, filter, mine, now, mem);
    struct db_session *own, *use;
    *n_out = 0;
    if (!task_may_look(actor, err) || !begin(house, session, &own, &use, err))
        return false;
    const bool ok = store_task_counts(use, house_county(house), &f, by, mem, out, n_out, err);
    db_read_end(&own);
    return ok;
}

bool app_tasks_of(struct house *house, struct db_session *session, const struct actor *actor, enum task_origin origin, struct text origin_key,
                  int64_t now, struct arena *mem, struct task_view **out, size_t *n_out, struct err *err)
{
    struct db_session *own, *use;
    struct task *list;
    size_t n = 0, kept = 0, ignored;
    const bool all = !task_units_seen(actor, mem, &ignored);
    *n_out = 0;
    if (!task_may_look(actor, err) || !begin(house, session, &own, &use, err))
        return false;
    bool ok = store_tasks_of(use, house_county(house), task_origin_code(origin), origin_key, mem, &list, &n, err);
    for (size_t i = 0; ok && i < n && !all; i++) {
        struct task_unit *units;
        size_t n_units;
        ok = store_task_units(use, house_county(house), list[i].id, mem, &units, &n_units, err);
        if (ok && sees(actor, units, n_units, mem))
            list[kept++] = list[i];
    }
    db_read_end(&own);
    *n_out = all ? n : kept;
    if (ok)
        *out = views_of(list, *n_out, now, mem);
    return ok;
}

bool app_tasks_stuck(struct house *house, struct db_session *session, const struct actor *actor, size_t most, int64_t now, struct arena *mem,
                     struct task_view **out, size_t *n_out, struct err *err)
{
    const struct task_filter late = { .open = 1, .late = true };
    return app_tasks(house, session, actor, &late, false, TASK_BY_DUE, 0, (int64_t)most, now, mem, out, n_out, err);
}

/* ---- in words ---------------------------------------------------------------------------------------------- */

static const struct { const char *zh, *en; } ORIGINS[N_TASK_ORIGINS] = {
    [TASK_OF_PLAN] = { "工作方案", "Plan of work" },  [TASK_OF_LEDGER] = { "台账", "Ledger" },      [TASK_OF_ENGINE] = { "指标测算", "Indicators" },
    [TASK_OF_SUPERVISOR] = { "督导交办", "By hand" }, [TASK_OF_ROUND] = { "督导检查", "Inspection" }, [TASK_OF_MEETING] = { "会议决定", "Meeting" },
    [TASK_OF_CONCERN] = { "群众关切", "Public concern" }, [TASK_OF_VETO] = { "否决事项", "Veto" },
};

struct text task_origin_zh(enum task_origin origin) { return text_of(ORIGINS[origin].zh); }
struct text task_origin_en(enum task_origin origin) { return text_of(ORIGINS[origin].en); }
struct text task_kind_zh(enum task_kind kind) { return kind == TASK_ORDER ? TEXT("整改通知") : TEXT("任务"); }
struct text task_path(int64_t id, struct arena *mem) { return text_printf(mem, "/tasks/%lld", (long long)id); }
struct talk_on task_talk(int64_t id, struct arena *mem) { return (struct talk_on){ TEXT("task"), text_printf(mem, "%lld", (long long)id) }; }
