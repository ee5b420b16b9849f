/* The plan's tasks: issued when it is adopted, changed and withdrawn with its revisions, the yearly ones as their year comes. */
#include "app/plan.h"

#include "app/audit.h"
#include "app/notice.h"
#include "app/task.h"
#include "base/day.h"

enum { MOST_PLACES = 512 };

/* ---- keys and places ---------------------------------------------------------------------- */

struct text plan_key(const struct plan_task *task, int year, struct arena *mem)
{
    return year ? text_printf(mem, "%.*s@%d", TEXT_ARG(task->id), year) : task->id;
}

struct text plan_key_task(struct text key, int *year_out)
{
    size_t at;
    *year_out = 0;
    if (!text_find(key, TEXT("@"), &at))
        return key;
    for (size_t i = at + 1; i < key.size && key.at[i] >= '0' && key.at[i] <= '9' && *year_out < 10000; i++)
        *year_out = *year_out * 10 + key.at[i] - '0';
    return (struct text){ key.at, at };
}

static const struct place_choice *unit_by_code(const struct place_names *names, struct text code)
{
    static const enum place_kind KINDS[] = { PLACE_DEPARTMENT, PLACE_TOWNSHIP, PLACE_SCHOOL, PLACE_DISTRICT };
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        const struct place_choice *const found = place_find(names, (struct place){ .kind = KINDS[i], .name = code });
        if (found)
            return found;
    }
    return NULL;
}

void plan_places(const struct plan_owners *owners, const struct place_names *names, struct arena *mem, struct place **out, size_t *n_out,
                 size_t *unknown_out)
{
    size_t most = owners->n;
    for (size_t i = 0; i < owners->n; i++)
        most += owners->at[i].kind == OWNER_TOWNSHIPS ? names->standing[PLACE_TOWNSHIP].n : owners->at[i].kind == OWNER_DEPARTMENTS ? names->standing[PLACE_DEPARTMENT].n : 0;
    *out = arena_array(mem, most + 1, struct place);
    *n_out = *unknown_out = 0;
    for (size_t i = 0; i < owners->n; i++) {
        const struct plan_owner *const o = &owners->at[i];
        if (o->kind == OWNER_OFFICE) {
            (*out)[(*n_out)++] = (struct place){ .kind = PLACE_COUNTY, .name = TEXT("") };
        } else if (o->kind == OWNER_UNIT) {
            const struct place_choice *const one = unit_by_code(names, o->code);
            if (one && one->stands)
                (*out)[(*n_out)++] = one->place;
            else
                ++*unknown_out;
        } else {
            const struct place_list *const all = &names->standing[o->kind == OWNER_TOWNSHIPS ? PLACE_TOWNSHIP : PLACE_DEPARTMENT];
            for (size_t k = 0; k < all->n; k++)
                (*out)[(*n_out)++] = all->at[k].place;
        }
    }
    /* Named alone and among all: once. */
    size_t kept = 0;
    for (size_t i = 0; i < *n_out; i++) {
        bool twice = false;
        for (size_t k = 0; k < kept; k++)
            twice |= (*out)[k].kind == (*out)[i].kind && text_equal((*out)[k].name, (*out)[i].name);
        if (!twice)
            (*out)[kept++] = (*out)[i];
    }
    *n_out = kept;
}

struct text plan_owners_said(const struct plan_owners *owners, const struct place_names *names, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    for (size_t i = 0; i < owners->n; i++) {
        const struct plan_owner *const o = &owners->at[i];
        const struct place_choice *const one = o->kind == OWNER_UNIT ? unit_by_code(names, o->code) : NULL;
        buf_add(&buf, i ? TEXT("、") : TEXT(""));
        buf_add(&buf, o->kind == OWNER_OFFICE ? TEXT("领导小组办公室") : o->kind == OWNER_TOWNSHIPS ? TEXT("各乡镇（街道）")
                      : o->kind == OWNER_DEPARTMENTS ? TEXT("各部门") : one ? one->name : o->code);
    }
    return buf_text(&buf);
}

/* ---- issuing ------------------------------------------------------------------------------ */

struct issuing {
    struct house *house;
    struct db_session *session;
    const struct actor *actor;
    const struct work_plan *plan, *before;   /* before: the one that held; NULL where none was adopted, or nothing is to be changed */
    struct place_names names;
    struct plan_made *made;
    size_t n_made;
    bool *wanted;                            /* [made] it is still asked */
    struct text from_day, horizon;
    int64_t now;
    struct arena *mem;
    struct plan_done *done;
    struct { struct place place; size_t n; } told[MOST_PLACES];
    size_t n_told;
};

static size_t made_at(const struct issuing *s, struct text key, struct place owner)
{
    const struct text kind = place_word(owner.kind);
    for (size_t i = 0; i < s->n_made; i++)
        if (text_equal(s->made[i].key, key) && text_equal(s->made[i].owner_kind, kind) && text_equal(s->made[i].owner_name, owner.name))
            return i;
    return SIZE_MAX;
}

static void count_told(struct issuing *s, struct place place)
{
    for (size_t i = 0; i < s->n_told; i++)
        if (s->told[i].place.kind == place.kind && text_equal(s->told[i].place.name, place.name)) {
            s->told[i].n++;
            return;
        }
    if (s->n_told < MOST_PLACES) {
        s->told[s->n_told].place = place;
        s->told[s->n_told++].n = 1;
    }
}

static struct text title_of(const struct plan_task *task, int year, struct arena *mem)
{
    return year ? text_printf(mem, "%.*s（%d年）", TEXT_ARG(task->name), year) : task->name;
}

static struct task_wish wish_of(const struct issuing *s, const struct plan_task *task, const struct plan_due *due, struct place owner,
                                const struct place *helpers, size_t n_helpers)
{
    const struct plan_item *const item = &s->plan->items[task->item];
    struct buf text = { .mem = s->mem };
    buf_printf(&text, "%.*s", TEXT_ARG(item->text));
    buf_printf(&text, "（%.*s）", TEXT_ARG(item->source));
    if (task->product)
        buf_printf(&text, "\n成果（%.*s）：%.*s", TEXT_ARG(plan_product_zh(task->product)), TEXT_ARG(task->product_name));
    if (task->note.size)
        buf_printf(&text, "\n%.*s", TEXT_ARG(task->note));
    struct place *const others = arena_array(s->mem, n_helpers + 1, struct place);
    size_t n = 0;
    for (size_t i = 0; i < n_helpers; i++)
        if (helpers[i].kind != owner.kind || !text_equal(helpers[i].name, owner.name))
            others[n++] = helpers[i];
    return (struct task_wish){
        .kind = TASK_TASK, .origin = TASK_OF_PLAN, .origin_key = plan_key(task, due->year, s->mem), .title = title_of(task, due->year, s->mem),
        .text = buf_text(&text), .owner = owner, .helpers = others, .n_helpers = n, .person = TEXT(""), .about = { .kind = PLACE_COUNTY, .name = TEXT("") },
        .subject = text_printf(s->mem, "plan:%.*s", TEXT_ARG(item->id)), .stage = TEXT(""), .due = day_text(due->due, s->mem),
        .product_kind = plan_product_code(task->product), .product_name = task->product_name, .recheck = task->recheck, .quiet = true };
}

/* What the plan that held said of the same day: what an extension moved since stays where the plan did not move it. */
static bool plan_moved(const struct issuing *s, const struct plan_task *task, const struct plan_due *due)
{
    struct plan_due was[PLAN_MOST_YEARS];
    const struct plan_task *const old = s->before ? plan_task_of(s->before, task->id) : NULL;
    const size_t n = old ? plan_dues(s->before, old, was) : 0;
    for (size_t i = 0; i < n; i++)
        if (was[i].year == due->year)
            return day_compare(was[i].due, due->due) != 0 || !text_equal(old->name, task->name) || old->product != task->product ||
                   !text_equal(old->product_name, task->product_name);
    return false;
}

static bool issue_one(struct issuing *s, const struct plan_task *task, const struct plan_due *due, struct place owner, const struct place *helpers,
                      size_t n_helpers, struct err *err)
{
    const struct task_wish wish = wish_of(s, task, due, owner, helpers, n_helpers);
    const size_t at = made_at(s, wish.origin_key, owner);
    int64_t id;
    if (at != SIZE_MAX) {
        s->wanted[at] = true;
        if (!s->made[at].is_open || !plan_moved(s, task, due))
            return true;
        s->done->changed++;
        return app_task_edit(s->house, s->session, s->actor, s->made[at].id, &wish, s->now, s->mem, err);
    }
    if (text_compare(wish.due, s->from_day) < 0 || (due->year && text_compare(wish.due, s->horizon) > 0))
        return true;
    s->done->issued++;
    count_told(s, owner);
    return app_task_put(s->house, s->session, s->actor, &wish, s->now, s->mem, &id, err);
}

static bool issue_task(struct issuing *s, const struct plan_task *task, struct err *err)
{
    struct plan_due dues[PLAN_MOST_YEARS];
    struct place *owners, *helpers;
    size_t n_owners, n_helpers, unknown, ignored;
    plan_places(&task->owners, &s->names, s->mem, &owners, &n_owners, &unknown);
    plan_places(&task->helpers, &s->names, s->mem, &helpers, &n_helpers, &ignored);
    if (unknown && !n_owners) {
        err_set(err, ERR_INPUT, "任务 %.*s 的责任单位现在没有了。", TEXT_ARG(task->id));
        return err_hint(err, "请在方案里改它的责任单位，再采用。");
    }
    const size_t n = plan_dues(s->plan, task, dues);
    for (size_t d = 0; d < n; d++)
        for (size_t o = 0; o < n_owners; o++)
            if (!issue_one(s, task, &dues[d], owners[o], helpers, n_helpers, err))
                return false;
    return true;
}

static bool issue_all(struct issuing *s, struct err *err)
{
    if (!store_plan_tasks(s->session, house_county(s->house), s->mem, &s->made, &s->n_made, err))
        return false;
    s->wanted = arena_array(s->mem, s->n_made + 1, bool);
    for (size_t i = 0; i < s->plan->n_tasks; i++)
        if (!issue_task(s, &s->plan->tasks[i], err))
            return false;
    return true;
}

/* What the plan that held asked and this one does not; tasks put by hand as the plan's are nobody's to withdraw here. */
static bool withdraw_rest(struct issuing *s, struct err *err)
{
    int year;
    const struct task_act act = { .step = TASK_WITHDRAW, .words = TEXT("方案修改以后不再要求"), .day = TEXT(""), .machine = true };
    for (size_t i = 0; i < s->n_made; i++) {
        if (!s->made[i].is_open || s->wanted[i] || !s->before || !plan_task_of(s->before, plan_key_task(s->made[i].key, &year)))
            continue;
        s->done->withdrawn++;
        if (!app_task_step(s->house, s->session, s->actor, s->made[i].id, &act, s->now, s->mem, err))
            return false;
    }
    return true;
}

/* Each unit is told once how many came. */
static bool tell_all(struct issuing *s, struct err *err)
{
    static const enum role ROLES[][2] = {
        [PLACE_SCHOOL] = { ROLE_principal, ROLE_clerk }, [PLACE_DISTRICT] = { ROLE_district }, [PLACE_TOWNSHIP] = { ROLE_township },
        [PLACE_DEPARTMENT] = { ROLE_department }, [PLACE_COUNTY] = { ROLE_office },
    };
    s->done->units = s->n_told;
    for (size_t i = 0; i < s->n_told; i++)
        for (size_t r = 0; r < 2 && ROLES[s->told[i].place.kind][r]; r++) {
            const struct notice notice = { .role = ROLES[s->told[i].place.kind][r], .place = s->told[i].place, .kind = "task",
                                           .title = text_printf(s->mem, "工作方案下达了 %zu 件任务", s->told[i].n),
                                           .text = s->plan->title, .link = TEXT("/tasks?mine=1"), .by = actor_stamp(s->actor, s->now) };
            if (!app_notice_put(s->session, house_county(s->house), &notice, s->now, err))
                return false;
        }
    return true;
}

bool app_plan_adopt(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    struct text from_day, int64_t now, struct arena *mem, struct plan_done *out, struct err *err)
{
    const struct text county = house_county(house), today = day_shown(now, mem);
    struct issuing *const s = arena_make(mem, struct issuing);
    struct plan_info holds, draft;
    struct day from;
    *out = (struct plan_done){ 0 };
    if (!actor_may(actor, MAY_ASSIGN, err) || !app_plan(house, session, mem, &holds, &draft, err))
        return false;
    if (!day_read(from_day, &from)) {
        err_set(err, ERR_INPUT, "“%.*s”不是一个日期。", (int)(from_day.size < 40 ? from_day.size : 40), from_day.at);
        return err_hint(err, "请写从哪一天起的任务要下达，如 2026-11-25。");
    }
    if (!draft.plan && plan_adopted(&holds)) {
        err_set(err, ERR_CONFLICT, "方案已经采用，没有要采用的修改。");
        return err_hint(err, "先修改方案，再采用。");
    }
    if (!draft.plan) {
        /* The program's own becomes the county's first. */
        struct plan_kept *rows;
        size_t n;
        if (!app_plan_keep(house, session, actor, holds.plan, TEXT("采用随系统来的方案"), 0, now, mem, err) ||
            !store_plans(session, county, mem, &rows, &n, err))
            return false;
        draft = (struct plan_info){ .kept = true, .row = rows[0], .plan = holds.plan };
    }
    *s = (struct issuing){ .house = house, .session = session, .actor = actor, .plan = draft.plan, .before = plan_adopted(&holds) ? holds.plan : NULL,
                           .from_day = from_day, .horizon = day_shown(now + INT64_C(1) * PLAN_AHEAD_DAYS * DAY_SECONDS, mem), .now = now, .mem = mem, .done = out };
    place_names_of(snapshot, now, mem, &s->names);
    return store_plan_adopt(session, county, draft.row.version, from_day, today, actor_stamp(actor, now), err) && issue_all(s, err) &&
           withdraw_rest(s, err) && tell_all(s, err) &&
           audit_write(session, actor, "plan.adopt", draft.plan->id,
                       text_printf(mem, "version=%lld from=%.*s issued=%zu changed=%zu withdrawn=%zu", (long long)draft.row.version, TEXT_ARG(from_day),
                                   out->issued, out->changed, out->withdrawn), now, err);
}

/* ---- day by day --------------------------------------------------------------------------- */

struct following { struct house *house; const struct snapshot *snapshot; int64_t now; struct arena *mem; struct plan_done done; };

/* The version whose yearly tasks have not been looked after today; version 0: none. */
static bool due_today(struct db_session *session, struct text county, struct text today, struct arena *mem, struct plan_kept *out, struct err *err)
{
    struct plan_kept *rows;
    size_t n;
    *out = (struct plan_kept){ .version = 0 };
    if (!store_plans(session, county, mem, &rows, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].adopted.at) {
            if (text_compare(rows[i].followed_on, today) < 0)
                *out = rows[i];
            break;
        }
    return true;
}

static bool follow(void *context, struct db_session *session, struct err *err)
{
    struct following *const f = context;
    const struct text county = house_county(f->house), today = day_shown(f->now, f->mem);
    struct actor engine = actor_console();
    struct plan_kept row;
    struct plan_info holds;
    engine.shown = TEXT("系统");
    if (!due_today(session, county, today, f->mem, &row, err) || !row.version)
        return !row.version && err->kind == ERR_NONE;
    if (!app_plan(f->house, session, f->mem, &holds, NULL, err))
        return false;
    struct issuing *const s = arena_make(f->mem, struct issuing);
    *s = (struct issuing){ .house = f->house, .session = session, .actor = &engine, .plan = holds.plan, .from_day = row.from_day,
                           .horizon = day_shown(f->now + INT64_C(1) * PLAN_AHEAD_DAYS * DAY_SECONDS, f->mem), .now = f->now, .mem = f->mem, .done = &f->done };
    place_names_of(f->snapshot, f->now, f->mem, &s->names);
    return issue_all(s, err) && tell_all(s, err) && store_plan_followed(session, county, row.version, today, err);
}

bool app_plan_follow(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err)
{
    struct following f = { .house = house, .now = now, .mem = mem };
    struct db_session *session;
    struct plan_kept row;
    *done_out = TEXT("");
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = due_today(session, house_county(house), day_shown(now, mem), mem, &row, err);
    db_read_end(&session);
    if (!ok || !row.version)
        return ok;
    if (!house_snapshot_at_hand(house, &f.snapshot, err))
        return false;
    ok = house_write(house, follow, &f, err);
    snapshot_release(&f.snapshot);
    if (ok && f.done.issued)
        *done_out = text_printf(mem, "按方案下达 %zu 件任务", f.done.issued);
    return ok;
}

/* ---- looking ------------------------------------------------------------------------------ */

bool app_plan_states(struct house *house, const struct actor *actor, int64_t now, struct arena *mem, struct plan_state **out, size_t *n_out,
                     struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_plan_states(session, house_county(house), day_shown(now, mem), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_plan_units(struct house *house, const struct actor *actor, struct text of, int64_t now, struct arena *mem, struct plan_state **out,
                    size_t *n_out, struct err *err)
{
    struct db_session *session;
    const bool group = text_ends(of, TEXT("."));
    /* Keys of a task begin with its item's id and "-": '.' follows '-', '/' follows '.'. */
    const struct text from = group ? of : text_printf(mem, "%.*s-", TEXT_ARG(of));
    const struct text before = text_printf(mem, "%.*s%c", (int)(group ? of.size - 1 : of.size), of.at, group ? '/' : '.');
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_plan_units(session, house_county(house), from, before, day_shown(now, mem), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}
