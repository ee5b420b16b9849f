#include "app/concern.h"

#include "app/audit.h"
#include "app/notice.h"
#include "app/office_inside.h"
#include "app/talk.h"
#include "app/task.h"
#include "work/working_days.h"

enum { LONGEST = 1000, LONGEST_CAUSE = 300, LONGEST_REFERENCE = 40 };
static const struct text REPLY_DAYS = TEXT("concern.reply_days"), NOBODY = TEXT("");

struct text concern_link(int64_t id, struct arena *mem)
{
    return text_printf(mem, "/concerns/%lld", (long long)id);
}

static struct talk_on talk_of(int64_t id, struct arena *mem)
{
    return (struct talk_on){ TEXT("concern"), office_number(id, mem) };
}

/* ---- who ---------------------------------------------------------------------------------- */

/* The county's people keep the register, and who put a concern into it. */
static bool keeps(const struct actor *actor, const struct concern *c)
{
    return (actor->permissions & MAY_CONCERN) && ((actor->place.kind == PLACE_COUNTY && actor_covers_county(actor)) || (c->by.account == actor->account && actor->account));
}

static bool sees(const struct actor *actor, const struct concern *c)
{
    return (actor->permissions & MAY_TALK) &&
           (actor_covers_county(actor) || office_is_own(actor, &c->place) || office_is_own(actor, &c->owner) ||
            (actor->place.kind == PLACE_TOWNSHIP && text_equal(actor->place.name, c->township)) ||
            (text_equal(c->place.kind, TEXT("school")) && actor_covers(actor, c->place.name, c->township)));
}

static bool one(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct arena *mem, struct concern *out, struct err *err)
{
    return store_concern(session, house_county(house), id, mem, out, err) &&
           (sees(actor, out) || err_set(err, ERR_ABSENT, "没有第 %lld 号关切。", (long long)id));
}

talk_look app_concern_look;
bool app_concern_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text key,
                      struct arena *mem, struct talk_about *out, struct err *err)
{
    (void)snapshot;
    int64_t id;
    struct concern c;
    if (!office_number_read(key, &id))
        return err_set(err, ERR_ABSENT, "没有这件关切。");
    if (!one(house, session, actor, id, mem, &c, err))
        return false;
    *out = (struct talk_about){ text_printf(mem, "关切第 %lld 号（%.*s）", (long long)id, TEXT_ARG(c.place.shown)), concern_link(id, mem) };
    return true;
}

/* ---- by when ------------------------------------------------------------------------------ */

static bool terms_in(struct house *house, struct db_session *session, struct arena *mem, struct concern_terms *out, struct err *err)
{
    return store_office_number(session, house_county(house), REPLY_DAYS, CONCERN_REPLY_DAYS, &out->reply_days, err) &&
           store_work_days(session, house_county(house), mem, &out->moved, &out->n, err);
}

bool app_concern_terms(struct house *house, struct arena *mem, struct concern_terms *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = terms_in(house, session, mem, out, err);
    db_read_end(&session);
    return ok;
}

static bool read_moved(struct text lines, struct arena *mem, struct work_day **out, size_t *n_out, struct err *err)
{
    struct text line;
    size_t capacity = 0, number = 0;
    *out = NULL;
    *n_out = 0;
    while (text_split(&lines, '\n', &line)) {
        struct text day, rest = text_trim(line);
        struct day read;
        number++;
        if (!rest.size)
            continue;
        const bool two = text_split(&rest, ' ', &day);
        rest = text_trim(rest);
        const bool works = text_equal(rest, TEXT("班")), off = text_equal(rest, TEXT("休"));
        if (!two || !day_read(day, &read) || (!works && !off)) {
            err_set(err, ERR_INPUT, "调休第 %zu 行读不懂：“%.*s”。", number, (int)(line.size < 60 ? line.size : 60), line.at);
            return err_hint(err, "每行写一天：“2026-10-01 休”或“2026-10-10 班”。");
        }
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct work_day){ day, works };
    }
    return true;
}

static int year_of(const struct work_day *moved)
{
    struct day day;
    return day_read(moved->day, &day) ? day.year : 0;
}

bool app_concern_terms_put(struct house *house, struct db_session *session, const struct actor *actor, int64_t reply_days, struct text lines,
                           int64_t now, struct arena *mem, struct err *err)
{
    struct work_day *moved;
    size_t n;
    if (!actor_may(actor, MAY_MEET, err) || !read_moved(lines, mem, &moved, &n, err))
        return false;
    if (reply_days < 1 || reply_days > 90)
        return err_set(err, ERR_INPUT, "答复时限读到 %lld 个工作日，请填 1 到 90。", (long long)reply_days);
    for (size_t i = 0; i < n; i++) {
        struct work_day *const of_year = arena_array(mem, n, struct work_day);
        size_t many = 0, first = 0;
        while (year_of(&moved[first]) != year_of(&moved[i]))
            first++;
        if (first != i)
            continue;   /* its year is written already */
        for (size_t k = i; k < n; k++)
            if (year_of(&moved[k]) == year_of(&moved[i]))
                of_year[many++] = moved[k];
        if (!store_work_days_put(session, house_county(house), year_of(&moved[i]), of_year, many, mem, err))
            return false;
    }
    return store_office_number_put(session, house_county(house), REPLY_DAYS, reply_days, err) &&
           audit_write(session, actor, "concern.terms", NOBODY, text_printf(mem, "reply_days=%lld moved=%zu", (long long)reply_days, n), now, err);
}

/* ---- registered --------------------------------------------------------------------------- */

/* Everybody who works at a place, by his role there. */
static bool tell(struct house *house, struct db_session *session, const struct actor *actor, const struct office_place *place, struct text title,
                 struct text words, struct text link, int64_t due, int64_t now, struct err *err)
{
    static const enum role ROLES[] = { [PLACE_SCHOOL] = ROLE_principal, [PLACE_DISTRICT] = ROLE_district, [PLACE_TOWNSHIP] = ROLE_township,
                                       [PLACE_DEPARTMENT] = ROLE_department, [PLACE_COUNTY] = ROLE_office };
    const struct place to = office_place_is(place);
    const struct notice notice = { .role = ROLES[to.kind], .place = to, .kind = "told", .title = title, .text = words, .link = link, .due = due,
                                   .by = actor_stamp(actor, now) };
    return app_notice_put(session, house_county(house), &notice, now, err);
}

static bool right_place(const struct actor *actor, const struct place_names *names, struct place place, struct text *township, struct err *err)
{
    const struct place_choice *const found = place_find(names, place);
    *township = place.kind == PLACE_TOWNSHIP ? place.name : found ? found->township : NOBODY;
    if (place.kind != PLACE_COUNTY && !found)
        return err_set(err, ERR_ABSENT, "没有这个地方：%.*s。", TEXT_ARG(place.name));
    if (actor_covers_county(actor) || (actor->place.kind == PLACE_TOWNSHIP && text_equal(actor->place.name, *township)))
        return true;
    err_set(err, ERR_DENIED, "您只登记本乡镇的关切，%.*s不在其中。", TEXT_ARG(place_name(names, place)));
    return err_hint(err, "请转给县级办公室登记。");
}

bool app_concern_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct concern_wish *w, int64_t now, struct arena *mem, int64_t *id_out, struct err *err)
{
    struct place_names names;
    struct concern_terms terms;
    struct day came;
    struct text township;
    size_t n_kinds, n_channels;
    const struct office_word *const kinds = concern_kinds(&n_kinds), *const channels = concern_channels(&n_channels);
    place_names_of(snapshot, now, mem, &names);
    if (!actor_may(actor, MAY_CONCERN, err) || !office_day_right(w->came_on, "收到的日期", now, err) ||
        !right_place(actor, &names, w->place, &township, err) || !office_words_right(w->what, "反映的事", LONGEST, err) ||
        !office_length_right(w->reference, "编号", LONGEST_REFERENCE, err) || !terms_in(house, session, mem, &terms, err))
        return false;
    if (!office_word_of(kinds, n_kinds, w->kind) || !office_word_of(channels, n_channels, w->channel))
        return err_set(err, ERR_INPUT, "还没有选事情的类别和来的途径。");
    if (!day_read(w->came_on, &came))
        return false;
    const struct day due = working_days_after(came, (int)terms.reply_days, terms.moved, terms.n);
    const struct concern c = {
        .came_on = w->came_on, .channel = w->channel, .kind = w->kind, .what = text_trim(w->what), .reference = text_trim(w->reference), .township = township,
        .place = office_place_of(&names, w->place), .owner = office_place_of(&names, w->owner), .state = concern_state_code(CONCERN_OPEN),
        .due_on = text_printf(mem, "%04d-%02d-%02d", due.year, due.month, due.day), .by = actor_stamp(actor, now) };
    if (!store_concern_add(session, house_county(house), &c, id_out, err))
        return false;
    const struct talk_on on = talk_of(*id_out, mem);
    return app_talk_step(session, house_county(house), &on, actor, NOBODY, concern_state_said(CONCERN_OPEN, false),
                         text_printf(mem, "由%.*s答复，%.*s 前", TEXT_ARG(c.owner.shown), TEXT_ARG(c.due_on)), now, err) &&
           tell(house, session, actor, &c.owner, text_printf(mem, "有一件群众关切要由您单位答复（%.*s）", TEXT_ARG(c.place.shown)), c.what,
                concern_link(*id_out, mem), day_due(c.due_on), now, err) &&
           audit_write(session, actor, "concern.add", on.key, text_printf(mem, "kind=%.*s place=%.*s:%.*s", TEXT_ARG(c.kind), TEXT_ARG(c.place.kind), TEXT_ARG(c.place.name)), now, err);
}

/* ---- steps -------------------------------------------------------------------------------- */

static bool owns(const struct actor *actor, const struct concern *c)
{
    return (actor->permissions & MAY_WORK) && office_is_own(actor, &c->owner);
}

static bool hand_of(const struct actor *actor, const struct concern *c, enum concern_hand *out, struct err *err)
{
    if (keeps(actor, c) || owns(actor, c)) {
        *out = keeps(actor, c) ? CONCERN_KEEPER : CONCERN_OWNER;
        return true;
    }
    err_set(err, ERR_DENIED, "这件事由%.*s答复，由县级办公室回访。", TEXT_ARG(c->owner.shown));
    return err_hint(err, "您可以在下面留言。");
}

/* What a step changes of it; what it is called in the history. */
static bool put_step(const struct concern_act *act, const struct place_names *names, const struct actor *actor, int64_t now, struct arena *mem,
                     struct concern *c, struct err *err)
{
    switch (act->step) {
    case CONCERN_PASS_ON:
        if (!office_words_right(act->words, "转交的原因", LONGEST_CAUSE, err))
            return false;
        c->owner = office_place_of(names, act->owner);
        return true;
    case CONCERN_REPLY:
        if (!office_words_right(act->words, "答复", LONGEST, err) || !office_words_right(act->cause, "原因", LONGEST_CAUSE, err))
            return false;
        c->reply = text_trim(act->words);
        c->cause = text_trim(act->cause);
        c->replied_on = c->replied_on.size ? c->replied_on : day_shown(now, mem);   /* in time or not is told by the first reply */
        c->replied_by = actor->account;
        c->satisfied = NOBODY;
        return true;
    case CONCERN_CLOSE:
        c->satisfied = TEXT("yes");
        return office_words_right(act->words, "回访的情况", LONGEST_CAUSE, err);
    case CONCERN_REOPEN:
        c->satisfied = TEXT("no");
        c->reopened++;
        return office_words_right(act->words, "回访的情况", LONGEST_CAUSE, err);
    case N_CONCERN_STEPS:
        break;
    }
    return err_set(err, ERR_USAGE, "没有写要做什么。");
}

bool app_concern_step(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, int64_t id,
                      const struct concern_act *act, int64_t now, struct arena *mem, struct err *err)
{
    static const char *const VERBS[] = { [CONCERN_PASS_ON] = "concern.pass_on", [CONCERN_REPLY] = "concern.reply", [CONCERN_CLOSE] = "concern.close",
                                         [CONCERN_REOPEN] = "concern.reopen" };
    struct place_names names;
    struct concern c;
    struct concern_move move;
    enum concern_state from;
    enum concern_hand hand;
    place_names_of(snapshot, now, mem, &names);
    if (!one(house, session, actor, id, mem, &c, err) || !hand_of(actor, &c, &hand, err))
        return false;
    if (!concern_state_of(c.state, &from))
        return err_set(err, ERR_OUTSIDE, "第 %lld 号关切的状态读不懂：数据库可能被别的程序改过。", (long long)id);
    const bool replied_it = c.replied_by == actor->account && c.replied_on.size;
    const struct office_place before = c.owner;
    if (!concern_move(from, act->step, hand, replied_it, &move, err) || !put_step(act, &names, actor, now, mem, &c, err))
        return false;
    if (act->seen.size && !text_equal(act->seen, c.state)) {
        err_set(err, ERR_CONFLICT, "您打开之后，这件事已经有人办了下一步。");
        return err_hint(err, "请刷新页面看现在的情况。");
    }
    const struct text seen = c.state;
    const struct talk_on on = talk_of(id, mem);
    c.state = concern_state_code(move.to);
    if (!store_concern_set(session, house_county(house), &c, seen, err) ||
        !app_talk_changed(session, house_county(house), &on, actor, "由谁答复", before.shown, c.owner.shown, now, err) ||
        !app_talk_step(session, house_county(house), &on, actor, concern_state_said(from, false), concern_state_said(move.to, false), text_trim(act->words), now, err) ||
        !audit_write(session, actor, VERBS[act->step], on.key, NOBODY, now, err))
        return false;
    if (move.to != CONCERN_OPEN)
        return true;
    return tell(house, session, actor, &c.owner,
                text_printf(mem, act->step == CONCERN_REOPEN ? "回访不满意，请重办：%.*s" : "有一件群众关切转给您单位答复：%.*s", TEXT_ARG(c.place.shown)),
                text_trim(act->words), concern_link(id, mem), day_due(c.due_on), now, err);
}

bool app_concern_order(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text title, struct text due,
                       int64_t now, struct arena *mem, struct err *err)
{
    struct concern c;
    int64_t task;
    if (!actor_may(actor, MAY_ASSIGN, err) || !one(house, session, actor, id, mem, &c, err))
        return false;
    if (c.task.size)
        return err_set(err, ERR_CONFLICT, "这件事已经下达了整改通知（第 %.*s 号）。", TEXT_ARG(c.task));
    const struct task_wish wish = { .kind = TASK_ORDER, .origin = TASK_OF_CONCERN, .origin_key = office_number(id, mem), .title = text_trim(title),
                                    .text = c.what, .owner = office_place_is(&c.owner), .about = office_place_is(&c.place), .subject = TEXT("other"),
                                    .due = due, .recheck = true };
    if (!app_task_put(house, session, actor, &wish, now, mem, &task, err))
        return false;
    c.task = office_number(task, mem);
    const struct talk_on on = talk_of(id, mem);
    return store_concern_set(session, house_county(house), &c, c.state, err) &&
           app_talk_changed(session, house_county(house), &on, actor, "整改通知", NOBODY, text_printf(mem, "第 %.*s 号", TEXT_ARG(c.task)), now, err) &&
           audit_write(session, actor, "concern.order", on.key, text_printf(mem, "task=%.*s", TEXT_ARG(c.task)), now, err);
}

/* ---- looking ------------------------------------------------------------------------------ */

bool app_concern(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct arena *mem, struct concern_view *out, struct err *err)
{
    struct db_session *session;
    struct concern_terms terms;
    struct day due;
    *out = (struct concern_view){ 0 };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = one(house, session, actor, id, mem, &out->concern, err) && terms_in(house, session, mem, &terms, err);
    db_read_end(&session);
    if (!ok)
        return false;
    if (!concern_state_of(out->concern.state, &out->state))
        return err_set(err, ERR_OUTSIDE, "第 %lld 号关切的状态读不懂：数据库可能被别的程序改过。", (long long)id);
    if (day_read(out->concern.due_on, &due)) {
        const int ahead = working_days_between(day_of(now), due, terms.moved, terms.n);
        out->days_left = ahead ? ahead : -working_days_between(due, day_of(now), terms.moved, terms.n);
    }
    enum concern_hand hand;
    struct err refused;
    if (!hand_of(actor, &out->concern, &hand, &refused))
        return true;
    for (int s = 0; s < N_CONCERN_STEPS; s++) {
        struct concern_move move;
        out->offers.steps[s] = concern_move(out->state, (enum concern_step)s, hand, out->concern.replied_by == actor->account && out->concern.replied_on.size > 0, &move, &refused);
    }
    out->offers.order = (actor->permissions & MAY_ASSIGN) && !out->concern.task.size && out->state != CONCERN_CLOSED;
    return true;
}

bool app_concerns(struct house *house, const struct actor *actor, struct concern_filter *filter, int64_t most, int64_t skipped, int64_t now,
                  struct arena *mem, struct concern_page *out, struct err *err)
{
    struct db_session *session;
    const struct text county = house_county(house);
    *out = (struct concern_page){ 0 };
    if (!actor_may(actor, MAY_TALK, err))
        return false;
    if (!actor_covers_county(actor)) {
        filter->own_kind = place_word(actor->place.kind);
        filter->own_name = actor->place.name;
    }
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_concerns(session, county, filter, most, skipped, mem, &out->list, &out->n, err) &&
                    store_concern_sums(session, county, filter, day_shown(now, mem), &out->sums, err) &&
                    store_concern_counts(session, county, filter, mem, &out->counts, &out->n_counts, err);
    db_read_end(&session);
    return ok;
}

bool app_concerns_late(struct house *house, struct db_session *session, int64_t now, int64_t most, struct arena *mem, struct concern **out,
                       size_t *n_out, struct err *err)
{
    return store_concerns_late(session, house_county(house), day_shown(now, mem), most, mem, out, n_out, err);
}

/* ---- what waits --------------------------------------------------------------------------- */

static bool add_waiting(struct house *house, struct db_session *session, const struct actor *actor, struct waiting_list *into, struct err *err)
{
    struct concern *list;
    size_t n;
    if (!store_concerns_of_owner(session, house_county(house), place_word(actor->place.kind), actor->place.name, into->mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        waiting_add(into, &(struct waiting){
                              .what = text_printf(into->mem, "群众关切第 %lld 号（%.*s），等您单位答复", (long long)list[i].id, TEXT_ARG(list[i].place.shown)),
                              .why = text_printf(into->mem, "由%.*s答复", TEXT_ARG(list[i].owner.shown)), .link = concern_link(list[i].id, into->mem),
                              .button = TEXT("答复"), .due = day_due(list[i].due_on), .since = list[i].by.at });
    if (!(actor->permissions & MAY_CONCERN) || actor->place.kind != PLACE_COUNTY)
        return true;
    if (!store_concerns_replied(session, house_county(house), into->mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (list[i].replied_by != actor->account)
            waiting_add(into, &(struct waiting){
                                  .what = text_printf(into->mem, "群众关切第 %lld 号（%.*s）已答复，等回访", (long long)list[i].id, TEXT_ARG(list[i].place.shown)),
                                  .why = TEXT("答复人以外的人回访"), .link = concern_link(list[i].id, into->mem), .button = TEXT("回访") });
    return true;
}

bool app_concerns_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct db_session *session;
    (void)now;
    if (!(actor->permissions & (MAY_WORK | MAY_CONCERN)) || !actor->account)
        return true;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = add_waiting(house, session, actor, into, err);
    db_read_end(&session);
    return ok;
}
