/* A task is issued, or worded anew. */
#include "app/task_inside.h"

#include "app/audit.h"
#include "base/day.h"
#include "base/unicode.h"
#include "work/task_late.h"

enum { LONGEST_TITLE = 360, LONGEST_TEXT = 9000, LONGEST_PERSON = 90, MOST_HELPERS = 60 };

static bool right_length(struct text said, size_t least, size_t most, const char *what, struct err *err)
{
    if (said.size < least)
        return err_set(err, ERR_INPUT, "没有写%s。", what);
    if (said.size > most || !utf8_valid(said))
        return err_set(err, ERR_INPUT, "%s太长，最多 %zu 字。", what, most / 3);
    return true;
}

static bool right_day(struct text day, const char *what, struct err *err)
{
    struct day read;
    if (!day.size || day_read(day, &read))
        return true;
    err_set(err, ERR_INPUT, "%s“%.*s”不是一个日期。", what, (int)(day.size < 40 ? day.size : 40), day.at);
    return err_hint(err, "请写成 2026-11-25 这样。");
}

static bool right_place(struct place place, const char *what, struct err *err)
{
    if ((place.kind == PLACE_COUNTY) == (place.name.size == 0) && place.name.size <= 200 && utf8_valid(place.name))
        return true;
    return err_set(err, ERR_INPUT, "%s没有写清楚是哪个单位。", what);
}

static bool right(const struct task_wish *w, struct err *err)
{
    if (!right_length(text_trim(w->title), 1, LONGEST_TITLE, "标题", err) || !right_length(w->text, 0, LONGEST_TEXT, "内容", err) ||
        !right_length(w->person, 0, LONGEST_PERSON, "责任人", err) || !right_length(w->product_name, 0, LONGEST_TITLE, "成果名称", err) ||
        !right_day(w->due, "时限", err) || !right_place(w->owner, "责任单位", err) || !right_place(w->about, "涉及单位", err))
        return false;
    if (w->n_helpers > MOST_HELPERS)
        return err_set(err, ERR_INPUT, "协办单位最多 %d 个。", MOST_HELPERS);
    for (size_t i = 0; i < w->n_helpers; i++)
        if (!right_place(w->helpers[i], "协办单位", err))
            return false;
    return true;
}

/* ---- whom it touches ---------------------------------------------------------------------------- */

struct touching { struct task_unit *at; size_t n; };

static void touch(struct touching *t, enum task_part part, struct place place)
{
    t->at[t->n++] = (struct task_unit){ part, place_word(place.kind), place.name };
}

/* A school's township sees what its schools have to do. */
static void touch_above(struct touching *t, const struct snapshot *s, struct place place)
{
    if (place.kind != PLACE_SCHOOL)
        return;
    const struct text township = task_township(s, place.name);
    if (township.size)
        touch(t, TASK_PART_ABOVE, (struct place){ PLACE_TOWNSHIP, township });
}

static bool units_of(struct house *house, const struct task_wish *w, struct arena *mem, struct touching *out, struct err *err)
{
    const struct snapshot *s;
    if (!house_snapshot_at_hand(house, &s, err))
        return false;
    *out = (struct touching){ arena_array(mem, 2 * w->n_helpers + 6, struct task_unit), 0 };
    touch(out, TASK_PART_OWNER, w->owner);
    touch_above(out, s, w->owner);
    for (size_t i = 0; i < w->n_helpers; i++) {
        touch(out, TASK_PART_HELPER, w->helpers[i]);
        touch_above(out, s, w->helpers[i]);
    }
    if (w->about.kind != PLACE_COUNTY) {
        touch(out, TASK_PART_ABOUT, w->about);
        touch_above(out, s, w->about);
    }
    for (size_t i = 0; i < out->n; i++)   /* the snapshot goes */
        out->at[i].name = text_copy(mem, out->at[i].name);
    snapshot_release(&s);
    return true;
}

/* ---- issued ------------------------------------------------------------------------------------- */

static enum task_way way_of(const struct task_wish *w)
{
    if (w->kind == TASK_ORDER)
        return w->origin == TASK_OF_LEDGER ? TASK_MEASURED : TASK_CHECKED;
    return w->recheck ? TASK_CHECKED : TASK_PLAIN;
}

static bool tell_new(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, const struct task *t,
                     const struct touching *units, int64_t now, struct arena *mem, struct err *err)
{
    const char *const what = t->kind == TASK_ORDER ? "整改通知" : "任务";
    const struct task_telling telling = {
        .kind = "task", .text = t->text, .due = t->due, .link = task_path(id, mem), .by = actor_stamp(actor, now),
        .title = t->due.size ? text_printf(mem, "新的%s：%.*s（%.*s 前办结）", what, TEXT_ARG(t->title), TEXT_ARG(t->due))
                             : text_printf(mem, "新的%s：%.*s", what, TEXT_ARG(t->title)),
    };
    return task_tell_units(house, session, units->at, units->n, &telling, now, err);
}

bool app_task_put(struct house *house, struct db_session *session, const struct actor *actor, const struct task_wish *w, int64_t now,
                  struct arena *mem, int64_t *id_out, struct err *err)
{
    const struct text county = house_county(house), today = day_shown(now, mem);
    struct touching units;
    struct task parent;
    *id_out = 0;
    if (!actor_may(actor, MAY_ASSIGN, err) || !right(w, err) || (w->parent && !store_task(session, county, w->parent, mem, &parent, err)) ||
        !units_of(house, w, mem, &units, err))
        return false;
    const size_t told = tells_past(w->due, today);
    const enum task_way way = way_of(w);
    const struct task task = {
        .kind = w->kind, .way = task_way_code(way), .state = task_state_code(TASK_ISSUED), .is_open = true, .origin = w->origin,
        .origin_key = w->origin_key, .parent = w->parent, .title = text_trim(w->title), .text = text_trim(w->text),
        .owner_kind = place_word(w->owner.kind), .owner_name = w->owner.name, .person = text_trim(w->person),
        .about_kind = place_word(w->about.kind), .about_name = w->about.name, .subject = w->subject.size ? w->subject : TEXT("other"),
        .stage = w->stage, .due = w->due, .first_due = w->due, .product_kind = w->product_kind, .product_name = text_trim(w->product_name),
        .issued = actor_stamp(actor, now), .changed_at = now, .told = (int64_t)told, .tell_on = tells_next(w->due, told, mem),
    };
    if (!store_task_add(session, county, &task, units.at, units.n, id_out, err))
        return false;
    const struct talk_on on = task_talk(*id_out, mem);
    return app_talk_step(session, county, &on, actor, TEXT(""), task_state_zh(way, TASK_ISSUED), task.text, now, err) &&
           (w->quiet || tell_new(house, session, actor, *id_out, &task, &units, now, mem, err)) &&
           audit_write(session, actor, "task.put", text_printf(mem, "task/%lld", (long long)*id_out),
                       text_printf(mem, "kind=%.*s origin=%.*s:%.*s owner=%.*s:%.*s due=%.*s", TEXT_ARG(task_kind_code(w->kind)),
                                   TEXT_ARG(task_origin_code(w->origin)), TEXT_ARG(w->origin_key), TEXT_ARG(task.owner_kind),
                                   TEXT_ARG(task.owner_name), TEXT_ARG(w->due)),
                       now, err);
}

/* ---- worded anew -------------------------------------------------------------------------------- */

static struct text words_of_place(struct text kind, struct text name, struct arena *mem)
{
    struct place place;
    return place_of_words(kind, name, &place) ? place_shown(place, mem) : name;
}

static struct text helpers_of(const struct task_unit *units, size_t n, struct arena *mem)
{
    struct buf said = { .mem = mem };
    for (size_t i = 0; i < n; i++)
        if (units[i].part == TASK_PART_HELPER)
            buf_printf(&said, "%s%.*s", said.size ? "、" : "", TEXT_ARG(words_of_place(units[i].kind, units[i].name, mem)));
    return buf_text(&said);
}

static bool note_changes(struct db_session *session, struct text county, const struct actor *actor, const struct task *from, const struct task *to,
                         struct text helpers_before, struct text helpers_after, int64_t now, struct arena *mem, struct err *err)
{
    const struct talk_on on = task_talk(from->id, mem);
    const struct { const char *field; struct text before, after; } fields[] = {
        { "标题", from->title, to->title },
        { "内容", from->text, to->text },
        { "责任单位", words_of_place(from->owner_kind, from->owner_name, mem), words_of_place(to->owner_kind, to->owner_name, mem) },
        { "责任人", from->person, to->person },
        { "涉及单位", words_of_place(from->about_kind, from->about_name, mem), words_of_place(to->about_kind, to->about_name, mem) },
        { "指标", from->subject, to->subject },
        { "时限", from->due, to->due },
        { "成果", from->product_name, to->product_name },
        { "协办单位", helpers_before, helpers_after },
    };
    for (size_t i = 0; i < COUNT(fields); i++)
        if (!app_talk_changed(session, county, &on, actor, fields[i].field, fields[i].before, fields[i].after, now, err))
            return false;
    return true;
}

bool app_task_edit(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, const struct task_wish *w,
                   int64_t now, struct arena *mem, struct err *err)
{
    const struct text county = house_county(house), today = day_shown(now, mem);
    struct touching units;
    struct task_unit *before;
    struct task from;
    size_t n;
    if (!actor_may(actor, MAY_ASSIGN, err) || !right(w, err) || !task_take(house, session, actor, id, mem, &from, &before, &n, err) ||
        !units_of(house, w, mem, &units, err))
        return false;
    if (!from.is_open) {
        err_set(err, ERR_CONFLICT, "第 %lld 号已经办结，不能再改。", (long long)id);
        return err_hint(err, "确实没有解决的，请重开并写明原因。");
    }
    struct task to = from;
    to.title = text_trim(w->title), to.text = text_trim(w->text), to.person = text_trim(w->person);
    to.owner_kind = place_word(w->owner.kind), to.owner_name = w->owner.name;
    to.about_kind = place_word(w->about.kind), to.about_name = w->about.name;
    to.subject = w->subject.size ? w->subject : TEXT("other"), to.stage = w->stage;
    to.product_kind = w->product_kind, to.product_name = text_trim(w->product_name);
    to.changed_at = now;
    if (!text_equal(to.due, w->due)) {
        to.due = w->due;
        to.told = (int64_t)tells_past(w->due, today);
        to.tell_on = tells_next(w->due, (size_t)to.told, mem);
    }
    const bool moved = !text_equal(from.owner_kind, to.owner_kind) || !text_equal(from.owner_name, to.owner_name);
    return store_task_set(session, county, &to, from.state, from.changed_at, err) &&
           store_task_units_put(session, county, id, units.at, units.n, err) && note_changes(session, county, actor, &from, &to, helpers_of(before, n, mem), helpers_of(units.at, units.n, mem), now, mem, err) &&
           (!moved || tell_new(house, session, actor, id, &to, &units, now, mem, err)) &&
           audit_write(session, actor, "task.edit", text_printf(mem, "task/%lld", (long long)id), TEXT(""), now, err);
}
