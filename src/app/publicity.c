#include "app/publicity.h"

#include "app/audit.h"
#include "app/notice.h"
#include "app/office_inside.h"
#include "app/talk.h"
#include "base/day.h"

enum { LONGEST_TITLE = 80, LONGEST_LINK = 300, LONGEST_SUMMARY = 300, LONGEST_BODY = 6000, LONGEST_REASON = 200 };
static const struct text NOTHING = TEXT("");

static const struct office_word LEVELS[] = {
    { "county", "县级媒体", "County" }, { "city", "市级媒体", "Prefecture" }, { "province", "省级媒体", "Province" }, { "nation", "国家级媒体", "Nation" },
};
static const struct office_word THEMES[] = {
    { "resource", "资源配置", "Resources" }, { "government", "政府保障程度", "Government" },
    { "quality", "教育质量", "Quality" },    { "recognition", "社会认可度", "Recognition" },
};

const struct office_word *publicity_levels(size_t *n_out)
{
    *n_out = COUNT(LEVELS);
    return LEVELS;
}

const struct office_word *case_themes(size_t *n_out)
{
    *n_out = COUNT(THEMES);
    return THEMES;
}

struct text case_link(int64_t id, struct arena *mem)
{
    return text_printf(mem, "/cases/%lld", (long long)id);
}

/* The county's people speak of all, others of what lies in their place. */
static bool right_place(const struct actor *actor, const struct place_names *names, struct place place, struct err *err)
{
    const struct place_choice *const found = place_find(names, place);
    if (actor_covers_county(actor) || (actor->place.kind == place.kind && text_equal(actor->place.name, place.name)) ||
        (place.kind == PLACE_SCHOOL && found && actor_covers(actor, place.name, found->township)))
        return true;
    err_set(err, ERR_DENIED, "您只报送本单位的，%.*s不在其中。", TEXT_ARG(place_name(names, place)));
    return err_hint(err, "请选自己的单位。");
}

/* ---- in the media ------------------------------------------------------------------------- */

bool app_publicity_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                       const struct publicity_wish *w, int64_t now, struct arena *mem, struct err *err)
{
    struct place_names names;
    const struct text link = text_trim(w->link);
    place_names_of(snapshot, now, mem, &names);
    if (!actor_may(actor, MAY_SUBMIT, err) || !right_place(actor, &names, w->place, err) || !office_day_right(w->day, "刊播日期", now, err) ||
        !office_words_right(w->outlet, "媒体", 40, err) || !office_words_right(w->title, "标题", LONGEST_TITLE, err) ||
        !office_length_right(link, "链接", LONGEST_LINK, err))
        return false;
    if (!office_word_of(LEVELS, COUNT(LEVELS), w->level))
        return err_set(err, ERR_INPUT, "还没有选媒体的级别。");
    if (link.size && !text_starts(link, TEXT("https://")) && !text_starts(link, TEXT("http://"))) {
        err_set(err, ERR_INPUT, "链接要以 http:// 或 https:// 开头，读到“%.*s”。", (int)(link.size < 60 ? link.size : 60), link.at);
        return err_hint(err, "没有网址的（报纸、电视），请空着。");
    }
    const struct publicity p = { .day = w->day, .outlet = text_trim(w->outlet), .level = w->level, .title = text_trim(w->title), .link = link,
                                 .place = office_place_of(&names, w->place), .by = actor_stamp(actor, now) };
    return store_publicity_add(session, house_county(house), &p, err) &&
           audit_write(session, actor, "publicity.add", p.day, text_printf(mem, "place=%.*s:%.*s", TEXT_ARG(p.place.kind), TEXT_ARG(p.place.name)), now, err);
}

bool app_publicity_withdraw(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text reason, int64_t now,
                            struct arena *mem, struct err *err)
{
    const bool anybody = (actor->permissions & MAY_RELEASE) != 0;
    return actor_may(actor, MAY_SUBMIT, err) && office_words_right(reason, "撤回的原因", LONGEST_REASON, err) &&
           store_publicity_withdraw(session, house_county(house), id, text_trim(reason), anybody ? 0 : actor->account, err) &&
           audit_write(session, actor, "publicity.withdraw", office_number(id, mem), NOTHING, now, err);
}

bool app_publicity(struct house *house, const struct actor *actor, const struct publicity_filter *filter, int64_t most, int64_t skipped,
                   struct arena *mem, struct publicity_page *out, struct err *err)
{
    struct db_session *session;
    *out = (struct publicity_page){ 0 };
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_publicity(session, house_county(house), filter, most, skipped, mem, &out->list, &out->n, err) &&
                    store_publicity_counts(session, house_county(house), filter, mem, &out->counts, &out->n_counts, err);
    db_read_end(&session);
    return ok;
}

/* ---- good cases --------------------------------------------------------------------------- */

static struct talk_on talk_of(int64_t id, struct arena *mem)
{
    return (struct talk_on){ TEXT("case"), office_number(id, mem) };
}

/* What is in the library is for all; what is on its way for who handed it in, those of his place, and the office. */
static bool sees(const struct actor *actor, const struct good_case *c)
{
    return (actor->permissions & MAY_SEE) &&
           (text_equal(c->state, case_state_code(CASE_TAKEN)) || text_equal(c->state, case_state_code(CASE_RELEASED)) ||
            (actor->permissions & MAY_RELEASE) || (c->by.account == actor->account && actor->account) || office_is_own(actor, &c->place));
}

static bool one(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct arena *mem, struct good_case *out,
                enum case_state *state, struct err *err)
{
    if (!store_good_case(session, house_county(house), id, mem, out, err))
        return false;
    if (!case_state_of(out->state, state))
        return err_set(err, ERR_OUTSIDE, "第 %lld 号案例的状态读不懂：数据库可能被别的程序改过。", (long long)id);
    return sees(actor, out) || err_set(err, ERR_ABSENT, "没有第 %lld 号案例。", (long long)id);
}

talk_look app_good_case_look;
bool app_good_case_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text key,
                        struct arena *mem, struct talk_about *out, struct err *err)
{
    (void)snapshot;
    int64_t id;
    struct good_case c;
    enum case_state state;
    if (!office_number_read(key, &id))
        return err_set(err, ERR_ABSENT, "没有这个案例。");
    if (!one(house, session, actor, id, mem, &c, &state, err))
        return false;
    *out = (struct talk_about){ c.title, case_link(id, mem) };
    return true;
}

static bool right_words(const struct good_case_wish *w, struct err *err)
{
    if (!office_word_of(THEMES, COUNT(THEMES), w->theme))
        return err_set(err, ERR_INPUT, "还没有选案例属于哪一方面。");
    return office_words_right(w->title, "标题", LONGEST_TITLE, err) && office_words_right(w->summary, "摘要", LONGEST_SUMMARY, err) &&
           office_words_right(w->body, "正文", LONGEST_BODY, err);
}

bool app_good_case_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                       const struct good_case_wish *w, int64_t now, struct arena *mem, int64_t *id_out, struct err *err)
{
    struct place_names names;
    place_names_of(snapshot, now, mem, &names);
    if (!actor_may(actor, MAY_SUBMIT, err) || !right_place(actor, &names, w->place, err) || !right_words(w, err))
        return false;
    const struct good_case c = { .title = text_trim(w->title), .theme = w->theme, .summary = text_trim(w->summary), .body = text_trim(w->body),
                                 .place = office_place_of(&names, w->place), .by = actor_stamp(actor, now) };
    if (!store_case_put(session, house_county(house), &c, id_out, err))
        return false;
    const struct talk_on on = talk_of(*id_out, mem);
    return app_talk_step(session, house_county(house), &on, actor, NOTHING, case_state_said(CASE_SUBMITTED, false), NOTHING, now, err) &&
           audit_write(session, actor, "case.add", on.key, text_printf(mem, "place=%.*s:%.*s", TEXT_ARG(c.place.kind), TEXT_ARG(c.place.name)), now, err);
}

static enum case_hand hand_of(enum case_step step)
{
    return step == CASE_AGAIN ? CASE_AUTHOR : CASE_OFFICE;
}

static bool may_step(const struct actor *actor, const struct good_case *c, enum case_step step)
{
    return step == CASE_AGAIN ? (actor->permissions & MAY_SUBMIT) && ((c->by.account == actor->account && actor->account) || office_is_own(actor, &c->place))
                              : (actor->permissions & MAY_RELEASE) != 0;
}

bool app_good_case_step(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t seen, enum case_step step,
                        struct text reason, const struct good_case_wish *w, int64_t now, struct arena *mem, struct err *err)
{
    struct good_case c;
    struct case_move move;
    enum case_state from;
    if (!one(house, session, actor, id, mem, &c, &from, err))
        return false;
    if (!may_step(actor, &c, step))
        return err_set(err, ERR_DENIED, step == CASE_AGAIN ? "只有报送的单位能修改案例。" : "这一步要由县级办公室做。");
    if (!case_move(from, step, hand_of(step), c.by.account == actor->account, &move, err) ||
        (move.reason && !office_words_right(reason, "原因", LONGEST_REASON, err)) || (step == CASE_AGAIN && !right_words(w, err)))
        return false;
    if (step == CASE_AGAIN) {
        c.title = text_trim(w->title);
        c.theme = w->theme;
        c.summary = text_trim(w->summary);
        c.body = text_trim(w->body);
    }
    c.version = seen;
    c.state = case_state_code(move.to);
    c.reason = move.reason ? text_trim(reason) : NOTHING;
    c.released_on = move.to == CASE_RELEASED ? day_shown(now, mem) : NOTHING;
    const struct talk_on on = talk_of(id, mem);
    if (!store_case_set(session, house_county(house), &c, err) ||
        !app_talk_step(session, house_county(house), &on, actor, case_state_said(from, false), case_state_said(move.to, false), c.reason, now, err) ||
        !audit_write(session, actor, step == CASE_RELEASE ? "case.release" : step == CASE_UNRELEASE ? "case.unrelease" : "case.step", on.key, c.state, now, err))
        return false;
    if (step == CASE_AGAIN || !c.by.account)
        return true;
    const struct notice notice = { .to = c.by.account, .kind = move.to == CASE_RETURNED ? "sent_back" : "told", .text = c.reason, .link = case_link(id, mem),
                                   .title = text_printf(mem, "案例“%.*s”：%.*s", TEXT_ARG(c.title), TEXT_ARG(case_state_said(move.to, false))), .by = actor_stamp(actor, now) };
    return app_notice_put(session, house_county(house), &notice, now, err);
}

bool app_good_case(struct house *house, const struct actor *actor, int64_t id, struct arena *mem, struct case_view *out, struct err *err)
{
    struct db_session *session;
    *out = (struct case_view){ 0 };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = one(house, session, actor, id, mem, &out->one, &out->state, err);
    db_read_end(&session);
    for (int s = 0; ok && s < N_CASE_STEPS; s++) {
        struct case_move move;
        struct err refused;
        out->offers[s] = may_step(actor, &out->one, (enum case_step)s) &&
                         case_move(out->state, (enum case_step)s, hand_of((enum case_step)s), out->one.by.account == actor->account, &move, &refused);
    }
    return ok;
}

bool app_good_cases(struct house *house, const struct actor *actor, struct text state, struct text theme, int64_t most, int64_t skipped,
                    struct arena *mem, struct good_case **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    struct good_case *all;
    size_t n;
    *n_out = 0;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_good_cases(session, house_county(house), state, theme, most, skipped, mem, &all, &n, err);
    db_read_end(&session);
    *out = arena_array(mem, ok ? n + 1 : 1, struct good_case);
    for (size_t i = 0; ok && i < n; i++)
        if (sees(actor, &all[i]))
            (*out)[(*n_out)++] = all[i];
    return ok;
}

bool app_good_cases_public(struct house *house, struct arena *mem, struct good_case **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_good_cases_released(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_cases_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct good_case *list;
    size_t n;
    (void)now;
    if (!(actor->permissions & (MAY_RELEASE | MAY_SUBMIT)))
        return true;
    if (!app_good_cases(house, actor, TEXT(""), TEXT(""), 60, 0, into->mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const bool mine = list[i].by.account == actor->account;
        if ((actor->permissions & MAY_RELEASE) && !mine && text_equal(list[i].state, case_state_code(CASE_SUBMITTED)))
            waiting_add(into, &(struct waiting){ .what = text_printf(into->mem, "%.*s报送的案例“%.*s”，等您看", TEXT_ARG(list[i].place.shown), TEXT_ARG(list[i].title)),
                                                 .why = TEXT("由县级办公室收录或退回"), .link = case_link(list[i].id, into->mem), .button = TEXT("看案例"), .since = list[i].by.at });
        else if (mine && text_equal(list[i].state, case_state_code(CASE_RETURNED)))
            waiting_add(into, &(struct waiting){ .what = text_printf(into->mem, "您报送的案例“%.*s”退回修改", TEXT_ARG(list[i].title)), .came_back = list[i].reason,
                                                 .why = TEXT("您报送的"), .link = case_link(list[i].id, into->mem), .button = TEXT("修改"), .since = list[i].by.at });
    }
    return true;
}
