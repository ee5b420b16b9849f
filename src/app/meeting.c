#include "app/meeting.h"

#include "app/audit.h"
#include "app/office_inside.h"
#include "app/talk.h"
#include "app/task.h"
#include "base/day.h"

enum { LONGEST_TITLE = 60, LONGEST_LINE = 200, LONGEST_MINUTES = 20000, MOST_ITEMS = 60, MOST_DECISIONS = 60 };
static const struct text NOTHING = TEXT("");

struct text meeting_link(int64_t id, struct arena *mem)
{
    return text_printf(mem, "/meetings/%lld", (long long)id);
}

static struct talk_on talk_of(int64_t id, struct arena *mem)
{
    return (struct talk_on){ TEXT("meeting"), office_number(id, mem) };
}

/* ---- looking ------------------------------------------------------------------------------ */

/* Who works in the county's offices; those who come from above to look do not. */
static bool may_look(const struct actor *actor, struct err *err)
{
    if (!actor_may(actor, MAY_TALK, err))
        return false;
    if (actor_covers_county(actor))
        return true;
    err_set(err, ERR_DENIED, "会议是县级的，您的账号只看自己的学校或乡镇。");
    return err_hint(err, "会议决定交给您单位办的事，在“任务”里。");
}

static bool one(struct house *house, struct db_session *session, int64_t id, struct arena *mem, struct meeting *out, enum meeting_state *state, struct err *err)
{
    return store_meeting(session, house_county(house), id, mem, out, err) &&
           (meeting_state_of(out->state, state) || err_set(err, ERR_OUTSIDE, "第 %lld 号会议的状态读不懂：数据库可能被别的程序改过。", (long long)id));
}

talk_look app_meeting_look;
bool app_meeting_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text key,
                      struct arena *mem, struct talk_about *out, struct err *err)
{
    (void)snapshot;
    int64_t id;
    struct meeting m;
    enum meeting_state state;
    struct err refused;
    if (!office_number_read(key, &id) || !may_look(actor, &refused))
        return err_set(err, ERR_ABSENT, "没有这次会议。");
    if (!one(house, session, id, mem, &m, &state, err))
        return false;
    *out = (struct talk_about){ m.title, meeting_link(id, mem) };
    return true;
}

bool app_meeting(struct house *house, const struct actor *actor, int64_t id, struct arena *mem, struct meeting_whole *out, struct err *err)
{
    struct db_session *session;
    *out = (struct meeting_whole){ .may = (actor->permissions & MAY_MEET) != 0 };
    if (!may_look(actor, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = one(house, session, id, mem, &out->meeting, &out->state, err) &&
                    store_meeting_items(session, house_county(house), id, mem, &out->items, &out->n_items, err) &&
                    store_meeting_decisions(session, house_county(house), id, mem, &out->decisions, &out->n_decisions, err);
    db_read_end(&session);
    return ok;
}

bool app_meetings(struct house *house, const struct actor *actor, int64_t most, int64_t skipped, struct arena *mem, struct meeting_page *out, struct err *err)
{
    struct db_session *session;
    *out = (struct meeting_page){ 0 };
    if (!may_look(actor, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_meetings(session, house_county(house), most, skipped, mem, &out->list, &out->n, err) &&
                    store_meeting_count(session, house_county(house), &out->all, &out->unfinished, err);
    db_read_end(&session);
    return ok;
}

bool app_meeting_next(struct house *house, const struct actor *actor, int64_t now, struct arena *mem, struct meeting *out, bool *found_out, struct err *err)
{
    struct db_session *session;
    struct meeting *list;
    size_t n;
    *found_out = false;
    if (!may_look(actor, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_meetings_unfinished(session, house_county(house), mem, &list, &n, err);
    db_read_end(&session);
    for (size_t i = 0; ok && i < n && !*found_out; i++)
        if (text_equal(list[i].state, meeting_state_code(MEETING_CALLED)) && text_compare(list[i].held_on, day_shown(now, mem)) >= 0) {
            *out = list[i];
            *found_out = true;
        }
    return ok;
}

/* ---- called ------------------------------------------------------------------------------- */

static bool right_wish(const struct meeting_wish *w, struct err *err)
{
    enum meeting_kind kind;
    if (!meeting_kind_of(w->kind, &kind))
        return err_set(err, ERR_INPUT, "还没有选会议的类别。");
    return office_words_right(w->title, "会议名称", LONGEST_TITLE, err) && office_day_right(w->held_on, "会议日期", 0, err) &&
           office_length_right(w->held_at, "时间", 20, err) && office_length_right(w->held_in, "地点", LONGEST_LINE, err) &&
           office_length_right(w->chair, "主持人", LONGEST_LINE, err) && office_length_right(w->attending, "参加单位和人员", 1000, err);
}

static void put_wish(const struct meeting_wish *w, struct meeting *m)
{
    m->title = text_trim(w->title);
    m->held_on = w->held_on;
    m->held_at = text_trim(w->held_at);
    m->held_in = text_trim(w->held_in);
    m->chair = text_trim(w->chair);
    m->attending = text_trim(w->attending);
}

bool app_meeting_call(struct house *house, struct db_session *session, const struct actor *actor, const struct meeting_wish *w, int64_t now,
                      struct arena *mem, int64_t *id_out, struct err *err)
{
    struct meeting m = { .kind = w->kind, .state = meeting_state_code(MEETING_CALLED), .by = actor_stamp(actor, now) };
    if (!actor_may(actor, MAY_MEET, err) || !right_wish(w, err))
        return false;
    put_wish(w, &m);
    if (!store_meeting_add(session, house_county(house), &m, id_out, err))
        return false;
    const struct talk_on on = talk_of(*id_out, mem);
    return app_talk_step(session, house_county(house), &on, actor, NOTHING, meeting_state_said(MEETING_CALLED, false), NOTHING, now, err) &&
           audit_write(session, actor, "meeting.call", on.key, text_printf(mem, "on=%.*s", TEXT_ARG(m.held_on)), now, err);
}

/* What every later act begins with. */
static bool open_meeting(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct arena *mem,
                         struct meeting *m, enum meeting_state *state, struct err *err)
{
    return actor_may(actor, MAY_MEET, err) && one(house, session, id, mem, m, state, err);
}

static bool agenda_open(const struct meeting *m, enum meeting_state state, struct err *err)
{
    if (meeting_agenda_open(state))
        return true;
    err_set(err, ERR_CONFLICT, "“%.*s”%s，不能再改。", TEXT_ARG(m->title), state == MEETING_ISSUED ? "的纪要已印发" : "已取消");
    return err_hint(err, "请另外召集一次会议。");
}

bool app_meeting_edit(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t seen,
                      const struct meeting_wish *w, int64_t now, struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    if (!open_meeting(house, session, actor, id, mem, &m, &state, err) || !agenda_open(&m, state, err) || !right_wish(w, err))
        return false;
    const struct meeting before = m;
    const struct talk_on on = talk_of(id, mem);
    put_wish(w, &m);
    m.version = seen;
    return store_meeting_set(session, house_county(house), &m, err) &&
           app_talk_changed(session, house_county(house), &on, actor, "会议名称", before.title, m.title, now, err) &&
           app_talk_changed(session, house_county(house), &on, actor, "日期", before.held_on, m.held_on, now, err) &&
           app_talk_changed(session, house_county(house), &on, actor, "时间", before.held_at, m.held_at, now, err) &&
           app_talk_changed(session, house_county(house), &on, actor, "地点", before.held_in, m.held_in, now, err) &&
           app_talk_changed(session, house_county(house), &on, actor, "主持人", before.chair, m.chair, now, err) &&
           app_talk_changed(session, house_county(house), &on, actor, "参加单位和人员", before.attending, m.attending, now, err) &&
           audit_write(session, actor, "meeting.edit", on.key, NOTHING, now, err);
}

/* ---- the agenda --------------------------------------------------------------------------- */

static bool there_already(const struct meeting_item *items, size_t n, const struct meeting_item *one_item)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(items[i].origin, one_item->origin) && text_equal(items[i].origin_key, one_item->origin_key) && one_item->origin_key.size)
            return true;
    return false;
}

bool app_meeting_items(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, const struct meeting_item *items,
                       size_t n, int64_t now, struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    struct meeting_item *there;
    size_t n_there, added = 0;
    if (!open_meeting(house, session, actor, id, mem, &m, &state, err) || !agenda_open(&m, state, err) ||
        !store_meeting_items(session, house_county(house), id, mem, &there, &n_there, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (there_already(there, n_there, &items[i]))
            continue;
        if (!office_words_right(items[i].what, "议题", LONGEST_LINE, err) || !store_meeting_item_add(session, house_county(house), id, &items[i], err))
            return false;
        if (n_there + ++added > MOST_ITEMS)
            return err_set(err, ERR_LIMIT, "一次会议最多 %d 个议题。", MOST_ITEMS);
    }
    return !added || audit_write(session, actor, "meeting.agenda", office_number(id, mem), text_printf(mem, "added=%zu", added), now, err);
}

bool app_meeting_item_drop(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t position, int64_t now,
                           struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    return open_meeting(house, session, actor, id, mem, &m, &state, err) && agenda_open(&m, state, err) &&
           store_meeting_item_drop(session, house_county(house), id, position, err) &&
           audit_write(session, actor, "meeting.agenda", office_number(id, mem), text_printf(mem, "dropped=%lld", (long long)position), now, err);
}

/* ---- held, cancelled ---------------------------------------------------------------------- */

static bool take_step(struct house *house, struct db_session *session, const struct actor *actor, struct meeting *m, enum meeting_state from,
                      enum meeting_step step, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    static const char *const VERBS[] = { [MEETING_HOLD] = "meeting.hold", [MEETING_ISSUE] = "meeting.issue", [MEETING_CANCEL] = "meeting.cancel" };
    enum meeting_state to;
    if (!meeting_move(from, step, &to, err))
        return false;
    const struct talk_on on = talk_of(m->id, mem);
    m->state = meeting_state_code(to);
    return store_meeting_set(session, house_county(house), m, err) &&
           app_talk_step(session, house_county(house), &on, actor, meeting_state_said(from, false), meeting_state_said(to, false), reason, now, err) &&
           audit_write(session, actor, VERBS[step], on.key, NOTHING, now, err);
}

bool app_meeting_hold(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t now, struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    if (!open_meeting(house, session, actor, id, mem, &m, &state, err))
        return false;
    if (text_compare(m.held_on, day_shown(now, mem)) > 0) {
        err_set(err, ERR_CONFLICT, "会议定在 %.*s，还没有到。", TEXT_ARG(m.held_on));
        return err_hint(err, "提前开了的，请先改会议日期。");
    }
    return take_step(house, session, actor, &m, state, MEETING_HOLD, NOTHING, now, mem, err);
}

bool app_meeting_cancel(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text reason, int64_t now,
                        struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    return open_meeting(house, session, actor, id, mem, &m, &state, err) && office_words_right(reason, "取消的原因", LONGEST_LINE, err) &&
           take_step(house, session, actor, &m, state, MEETING_CANCEL, text_trim(reason), now, mem, err);
}

/* ---- minutes and decisions ---------------------------------------------------------------- */

static bool minutes_open(const struct meeting *m, enum meeting_state state, struct err *err)
{
    if (meeting_minutes_open(state))
        return true;
    err_set(err, ERR_CONFLICT, "“%.*s”现在是“%.*s”，不能写纪要和决定。", TEXT_ARG(m->title), TEXT_ARG(meeting_state_said(state, false)));
    return err_hint(err, state == MEETING_CALLED ? "开过以后先记下已召开。" : "请另外召集一次会议。");
}

bool app_meeting_minutes(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t seen, struct text minutes,
                         int64_t now, struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    if (!open_meeting(house, session, actor, id, mem, &m, &state, err) || !minutes_open(&m, state, err) ||
        !office_words_right(minutes, "会议纪要", LONGEST_MINUTES, err))
        return false;
    m.minutes = text_trim(minutes);
    m.version = seen;
    return store_meeting_set(session, house_county(house), &m, err) &&
           audit_write(session, actor, "meeting.minutes", office_number(id, mem), text_printf(mem, "size=%zu", m.minutes.size), now, err);
}

bool app_meeting_decide(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, int64_t id,
                        const struct decision_wish *w, int64_t now, struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    struct place_names names;
    struct meeting_decision *there;
    size_t n;
    place_names_of(snapshot, now, mem, &names);
    if (!open_meeting(house, session, actor, id, mem, &m, &state, err) || !minutes_open(&m, state, err) ||
        !office_words_right(w->words, "决定", LONGEST_LINE, err) || !office_length_right(w->product, "成果", 60, err) ||
        !office_day_right(w->due, "完成时限", 0, err) || !store_meeting_decisions(session, house_county(house), id, mem, &there, &n, err))
        return false;
    if (n >= MOST_DECISIONS)
        return err_set(err, ERR_LIMIT, "一次会议最多记 %d 条决定。", MOST_DECISIONS);
    if (text_compare(w->due, m.held_on) < 0)
        return err_set(err, ERR_INPUT, "完成时限 %.*s 早于会议日期 %.*s。", TEXT_ARG(w->due), TEXT_ARG(m.held_on));
    const struct meeting_decision d = { .item = w->item, .words = text_trim(w->words), .owner = office_place_of(&names, w->owner), .due = w->due,
                                        .product = text_trim(w->product) };
    return store_meeting_decision_add(session, house_county(house), id, &d, err) &&
           audit_write(session, actor, "meeting.decide", office_number(id, mem), text_printf(mem, "owner=%.*s:%.*s due=%.*s", TEXT_ARG(d.owner.kind), TEXT_ARG(d.owner.name), TEXT_ARG(d.due)), now, err);
}

bool app_meeting_decision_drop(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t position, int64_t now,
                               struct arena *mem, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    return open_meeting(house, session, actor, id, mem, &m, &state, err) && minutes_open(&m, state, err) &&
           store_meeting_decision_drop(session, house_county(house), id, position, err) &&
           audit_write(session, actor, "meeting.decide", office_number(id, mem), text_printf(mem, "dropped=%lld", (long long)position), now, err);
}

static bool make_task(struct house *house, struct db_session *session, const struct actor *actor, const struct meeting *m,
                      const struct meeting_decision *d, int64_t now, struct arena *mem, struct err *err)
{
    int64_t task;
    const struct task_wish wish = {
        .kind = TASK_TASK, .origin = TASK_OF_MEETING, .origin_key = text_printf(mem, "%lld:%lld", (long long)m->id, (long long)d->position),
        .title = d->words, .text = text_printf(mem, "%.*s（%.*s）的决定", TEXT_ARG(m->title), TEXT_ARG(m->held_on)), .owner = office_place_is(&d->owner),
        .about = { PLACE_COUNTY, TEXT("") }, .subject = TEXT("other"), .due = d->due, .product_kind = d->product.size ? TEXT("document") : NOTHING,
        .product_name = d->product, .recheck = true };
    return app_task_put(house, session, actor, &wish, now, mem, &task, err) &&
           store_meeting_decision_task(session, house_county(house), m->id, d->position, office_number(task, mem), err);
}

bool app_meeting_issue(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text document, int64_t now,
                       struct arena *mem, size_t *n_out, struct err *err)
{
    struct meeting m;
    enum meeting_state state;
    struct meeting_decision *decisions;
    size_t n;
    *n_out = 0;
    if (!open_meeting(house, session, actor, id, mem, &m, &state, err) || !store_meeting_decisions(session, house_county(house), id, mem, &decisions, &n, err))
        return false;
    if (state == MEETING_HELD && !m.minutes.size) {
        err_set(err, ERR_INPUT, "还没有写会议纪要，不能印发。");
        return err_hint(err, "先写纪要和决定，再印发。");
    }
    if (!office_words_right(document, "纪要的文号", LONGEST_TITLE, err))
        return false;
    m.document = text_trim(document);
    if (!take_step(house, session, actor, &m, state, MEETING_ISSUE, m.document, now, mem, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!decisions[i].task.size && !make_task(house, session, actor, &m, &decisions[i], now, mem, err))
            return false;
    *n_out = n;
    return true;
}

/* ---- what waits --------------------------------------------------------------------------- */

bool app_meetings_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct db_session *session;
    struct meeting *list;
    size_t n;
    if (!(actor->permissions & MAY_MEET))
        return true;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_meetings_unfinished(session, house_county(house), into->mem, &list, &n, err);
    db_read_end(&session);
    for (size_t i = 0; ok && i < n; i++) {
        const bool held = text_equal(list[i].state, meeting_state_code(MEETING_HELD)), past = text_compare(list[i].held_on, day_shown(now, into->mem)) < 0;
        waiting_add(into, &(struct waiting){
                              .what = text_printf(into->mem, held ? "“%.*s”已召开，等印发纪要" : past ? "“%.*s”的日子已过，等记下已召开" : "“%.*s”在筹备",
                                                  TEXT_ARG(list[i].title)),
                              .why = text_printf(into->mem, "会议日期 %.*s", TEXT_ARG(list[i].held_on)), .link = meeting_link(list[i].id, into->mem),
                              .button = held ? TEXT("写纪要") : TEXT("看议程"), .due = held ? 0 : day_due(list[i].held_on), .since = list[i].by.at });
    }
    return ok;
}
