#include "app/round.h"

#include "app/audit.h"
#include "app/evidence_inside.h"
#include "app/notice.h"
#include "app/round_inside.h"
#include "app/talk.h"
#include "base/day.h"
#include "base/unicode.h"
#include "store/grant_store.h"
#include "work/task_state.h"

/* ---- small things ------------------------------------------------------------------------- */

struct round_spot round_spot_of(struct place place)
{
    return (struct round_spot){ place_word(place.kind), place.name };
}

bool round_spot_equal(const struct round_spot *a, const struct round_spot *b)
{
    return text_equal(a->kind, b->kind) && text_equal(a->name, b->name);
}

const struct round_place *round_place_at(const struct round_view *round, const struct round_spot *spot)
{
    for (size_t i = 0; i < round->n_visited; i++)
        if (round_spot_equal(&round->places[i].spot, spot))
            return &round->places[i];
    return NULL;
}

bool round_said(struct text typed, const char *what, size_t most, struct text *out, struct err *err)
{
    *out = text_trim(typed);
    if (out->size && utf8_length(*out) <= most)
        return true;
    if (!out->size)
        err_set(err, ERR_INPUT, "还没有写%s。", what);
    else
        err_set(err, ERR_INPUT, "%s太长，最多 %zu 字。", what, most);
    return err_hint(err, "请改好再保存。");
}

static const struct { const char *word, *zh; } DUTIES[] = { { "lead", "组长" }, { "member", "组员" }, { "liaison", "联络员" } };

struct text round_duty_zh(struct text duty)
{
    for (size_t i = 0; i < COUNT(DUTIES); i++)
        if (text_equal(duty, text_of(DUTIES[i].word)))
            return text_of(DUTIES[i].zh);
    return duty;
}

/* ---- seen --------------------------------------------------------------------------------- */

static bool absent(struct err *err)
{
    err_set(err, ERR_ABSENT, "没有这一轮督导。");
    return err_hint(err, "可能链接抄错了，或者它不涉及您的学校或单位；请从“督导”页面进入。");
}

/* Who sees whatever round there is. */
static bool sees_every(const struct actor *actor)
{
    return actor_covers_county(actor) && actor->role != ROLE_assessor && actor->role != ROLE_department;
}

static bool is_over(enum round_state state)
{
    return state == ROUND_ENDED || state == ROUND_CALLED_OFF;
}

static bool on_team(const struct round_view *v, const struct actor *actor)
{
    for (size_t i = 0; i < v->n_members; i++)
        if (v->members[i].account && v->members[i].account == actor->account && !v->members[i].left_at)
            return true;
    return false;
}

/* A school's own, a township's own and its schools', a department's own. */
static bool own_place(const struct snapshot *s, const struct actor *actor, const struct round_spot *spot, struct text township)
{
    struct place place;
    if (!place_of_words(spot->kind, spot->name, &place))
        return false;
    if (place.kind == PLACE_SCHOOL && actor->role != ROLE_department)
        return s && actor_covers(actor, place.name, township);
    return actor->place.kind == place.kind && text_equal(actor->place.name, place.name);
}

/* Leaves in the view what somebody sees who does not see all of it. */
static void keep_own(const struct snapshot *s, const struct actor *actor, struct round_view *v)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < v->n_visited; i++)
        if (own_place(s, actor, &v->places[i].spot, v->places[i].township))
            v->places[n++] = v->places[i];
    v->n_places = v->n_visited = n;
    for (size_t i = 0; i < v->n_findings; i++) {
        const struct finding_row *const f = &v->findings[i];
        const struct round_spot owner = { f->owner_kind, f->owner_name };
        bool own = false;
        for (size_t k = 0; k < n; k++)
            own |= round_spot_equal(&f->spot, &v->places[k].spot);
        if (text_equal(f->state, finding_state_word(FINDING_ISSUED)) && (own || own_place(s, actor, &owner, TEXT(""))))
            v->findings[kept++] = *f;
    }
    v->n_findings = kept;
    v->n_draws = v->n_draws && n ? 1 : 0;
}

/* Orders that are not closed, of the findings that are seen. */
static size_t open_orders(const struct round_view *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_findings; i++) {
        enum task_state task;
        n += v->findings[i].task && task_state_of(v->findings[i].task_state, &task) && task_open(task);
    }
    return n;
}

bool round_read(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                struct arena *mem, struct round_view *out, struct err *err)
{
    const struct text county = house_county(house);
    *out = (struct round_view){ .n_places = 0 };
    if (!actor_may(actor, MAY_SEE, err) || !store_round(session, county, id, mem, &out->row, err) ||
        !store_round_members(session, county, id, mem, &out->members, &out->n_members, err) ||
        !store_round_draws(session, county, id, mem, &out->draws, &out->n_draws, err) ||
        !store_round_places(session, county, id, mem, &out->places, &out->n_places, err) ||
        !store_findings(session, county, id, mem, &out->findings, &out->n_findings, err) ||
        !store_round_events(session, county, id, mem, &out->events, &out->n_events, err))
        return false;
    if (!round_kind_of(out->row.kind, &out->kind) || !round_state_of(out->row.state, &out->state))
        return err_set(err, ERR_OUTSIDE, "这一轮督导的记录读不懂：数据库可能被别的程序改过。");
    while (out->n_visited < out->n_places && !out->places[out->n_visited].removed_at)
        out->n_visited++;
    const bool team = on_team(out, actor);
    out->hands.runs = (actor->permissions & MAY_ROUND) != 0 && actor_covers_county(actor);
    out->hands.sees_all = sees_every(actor) || (team && (actor->permissions & MAY_INSPECT) && !is_over(out->state));
    out->hands.inspects = (actor->permissions & MAY_INSPECT) != 0 && out->hands.sees_all && (team || out->hands.runs);
    out->n_open_orders = open_orders(out);
    if (out->hands.sees_all)
        return true;
    if (out->state == ROUND_PREPARING || actor->role == ROLE_assessor)
        return absent(err);
    keep_own(s, actor, out);
    out->n_open_orders = open_orders(out);
    return out->n_places || out->n_findings || absent(err);
}

bool app_round(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct arena *mem,
               struct round_view *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = round_read(house, session, snapshot, actor, id, mem, out, err);
    db_read_end(&session);
    return ok;
}

talk_look app_round_look;
bool app_round_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text key,
                    struct arena *mem, struct talk_about *out, struct err *err)
{
    struct round_view v;
    if (!round_read(house, session, snapshot, actor, key, mem, &v, err))
        return false;
    *out = (struct talk_about){ text_printf(mem, "督导“%.*s”", TEXT_ARG(v.row.title)), text_printf(mem, "/rounds/%.*s", TEXT_ARG(v.row.id)) };
    return v.hands.sees_all || absent(err);
}

/* What an assessor is on and is not over. */
static bool keep_joined(struct db_session *session, struct text county, const struct actor *actor, struct arena *mem, struct round_row *rows, size_t *n, struct err *err)
{
    struct text *ids;
    size_t n_ids, kept = 0;
    if (!store_rounds_of_member(session, county, actor->account, mem, &ids, &n_ids, err))
        return false;
    for (size_t i = 0; i < *n; i++) {
        enum round_state state;
        bool on = false;
        for (size_t k = 0; k < n_ids; k++)
            on |= text_equal(ids[k], rows[i].id);
        if (on && round_state_of(rows[i].state, &state) && !is_over(state))
            rows[kept++] = rows[i];
    }
    *n = kept;
    return true;
}

/* What touches a place's people, with what of it is theirs. */
static bool keep_touching(struct db_session *session, struct text county, const struct snapshot *s, const struct actor *actor, struct arena *mem, struct round_row *rows,
                          size_t *n, struct err *err)
{
    struct round_touch *touches;
    size_t n_touches, kept = 0;
    if (!store_round_touches(session, county, mem, &touches, &n_touches, err))
        return false;
    bool *const own = arena_array(mem, n_touches + 1, bool);
    for (size_t k = 0; k < n_touches; k++)
        own[k] = own_place(s, actor, &touches[k].spot, touches[k].township);
    for (size_t i = 0; i < *n; i++) {
        size_t visits = 0, found = 0, answers_for = 0;
        for (size_t k = 0; k < n_touches; k++)
            if (own[k] && text_equal(touches[k].round, rows[i].id)) {
                visits += touches[k].by == TOUCH_VISIT;
                found += touches[k].by == TOUCH_FINDING;
                answers_for += touches[k].by == TOUCH_OWNER;
            }
        if (text_equal(rows[i].state, round_state_word(ROUND_PREPARING)) || !(visits + found + answers_for))
            continue;
        rows[kept] = rows[i];
        rows[kept].places = visits, rows[kept].done = 0, rows[kept].undecided = 0;
        rows[kept++].findings = found > answers_for ? found : answers_for;
    }
    *n = kept;
    return true;
}

bool app_rounds(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct arena *mem, struct round_row **out,
                size_t *n_out, struct err *err)
{
    const struct text county = house_county(house);
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_rounds(session, county, mem, out, n_out, err) &&
                    (sees_every(actor) || (actor->role == ROLE_assessor ? keep_joined(session, county, actor, mem, *out, n_out, err)
                                                                        : keep_touching(session, county, snapshot, actor, mem, *out, n_out, err)));
    db_read_end(&session);
    return ok;
}

bool round_to_change(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                     struct arena *mem, struct round_view *out, struct err *err)
{
    if (!actor_may(actor, MAY_ROUND, err) || !round_read(house, session, s, actor, id, mem, out, err))
        return false;
    if (!out->hands.runs)
        return err_set(err, ERR_DENIED, "这一轮督导是全县的，您的账号只管自己的地方。");
    if (round_is_open(out->state))
        return true;
    err_set(err, ERR_CONFLICT, "这一轮督导“%.*s”，不能再改。", TEXT_ARG(round_state_zh(out->state)));
    return err_hint(err, "要再查，请新开一轮。");
}

/* ---- made, changed ------------------------------------------------------------------------ */

enum { LONGEST_TITLE = 80, LONGEST_SCOPE = 600 };

static bool right_days(struct text first, struct text last, struct err *err)
{
    struct day day;
    if (!day_read(first, &day) || !day_read(last, &day)) {
        err_set(err, ERR_INPUT, "起止日期要写成 2026-11-25 的样子。");
        return err_hint(err, "请填哪天开始、哪天结束。");
    }
    if (text_compare(first, last) <= 0)
        return true;
    err_set(err, ERR_INPUT, "结束的日期（%.*s）早于开始的日期（%.*s）。", TEXT_ARG(last), TEXT_ARG(first));
    return err_hint(err, "请把两个日期对一下。");
}

static bool take_wish(const struct round_wish *wish, struct round_row *out, struct err *err)
{
    out->first_day = wish->first_day;
    out->last_day = wish->last_day;
    return round_said(wish->title, "督导的名称", LONGEST_TITLE, &out->title, err) &&
           round_said(wish->organiser, "组织督导的单位", LONGEST_TITLE, &out->organiser, err) &&
           round_said(wish->scope, "督导的范围和内容", LONGEST_SCOPE, &out->scope, err) && right_days(wish->first_day, wish->last_day, err);
}

bool app_round_add(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor,
                   const struct round_wish *wish, int64_t now, struct arena *mem, struct text *id_out, struct err *err)
{
    struct round_row row = { .id = evidence_new_id(mem), .kind = round_kind_word(wish->kind), .year = wish->year, .made = actor_stamp(actor, now) };
    if (!actor_may(actor, MAY_ROUND, err) || !take_wish(wish, &row, err))
        return false;
    if (snapshot_year(s, wish->year) >= s->n_years) {
        err_set(err, ERR_ABSENT, "没有 %d学年的数据，不知道有哪些学校。", wish->year);
        return err_hint(err, "请选有数据的学年。");
    }
    *id_out = row.id;
    return store_round_add(session, house_county(house), &row, err) &&
           audit_write(session, actor, "round.add", row.id, text_printf(mem, "kind=%.*s year=%d", TEXT_ARG(row.kind), row.year), now, err);
}

bool app_round_edit(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                    const struct round_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    struct round_row row = { .id = id };
    return round_to_change(house, session, s, actor, id, mem, &v, err) && take_wish(wish, &row, err) &&
           store_round_edit(session, house_county(house), &row, now, err) &&
           audit_write(session, actor, "round.edit", id, text_printf(mem, "days=%.*s/%.*s", TEXT_ARG(row.first_day), TEXT_ARG(row.last_day)), now, err);
}

/* ---- steps -------------------------------------------------------------------------------- */

/* A place visited is told through whoever answers for it. */
static enum role answers_for(enum place_kind kind)
{
    return kind == PLACE_SCHOOL ? ROLE_principal : kind == PLACE_TOWNSHIP ? ROLE_township : ROLE_department;
}

static bool tell(struct house *house, struct db_session *session, const struct actor *actor, const struct round_view *v, enum round_step step,
                 int64_t now, struct arena *mem, struct err *err)
{
    static const char *const SAID[N_ROUND_STEPS] = { [ROUND_BEGIN] = "开始查访", [ROUND_FEED_BACK] = "已经反馈", [ROUND_END] = "已经结束", [ROUND_CALL_OFF] = "取消了" };
    struct notice notice = {
        .kind = "told", .title = text_printf(mem, "督导“%.*s”%s。", TEXT_ARG(v->row.title), SAID[step]), .text = TEXT(""),
        .link = text_printf(mem, "/rounds/%.*s", TEXT_ARG(v->row.id)), .by = actor_stamp(actor, now) };
    for (size_t i = 0; i < v->n_members; i++) {
        notice.to = v->members[i].account;
        if (notice.to && notice.to != actor->account && !v->members[i].left_at && step != ROUND_END &&
            !app_notice_put(session, house_county(house), &notice, now, err))
            return false;
    }
    notice.to = 0;
    for (size_t i = 0; i < v->n_visited && step != ROUND_END; i++) {
        if (!place_of_words(v->places[i].spot.kind, v->places[i].spot.name, &notice.place))
            continue;
        notice.role = answers_for(notice.place.kind);
        notice.text = step != ROUND_BEGIN           ? TEXT("")
                      : v->places[i].visit_day.size ? text_printf(mem, "督导组 %.*s 到。", TEXT_ARG(v->places[i].visit_day))
                                                    : text_printf(mem, "督导组在 %.*s 到 %.*s 之间来。", TEXT_ARG(v->row.first_day), TEXT_ARG(v->row.last_day));
        if (!app_notice_put(session, house_county(house), &notice, now, err))
            return false;
    }
    return true;
}

static struct round_facts facts_of(const struct round_view *v)
{
    struct round_facts f = { .runs_it = v->hands.runs, .places = v->n_visited, .undecided = v->row.undecided, .open_orders = v->n_open_orders };
    for (size_t i = 0; i < v->n_members; i++)
        f.leads += !v->members[i].left_at && text_equal(v->members[i].duty, TEXT("lead"));
    for (size_t i = 0; i < v->n_visited; i++)
        f.open_sheets += v->places[i].done.at == 0;
    return f;
}

bool app_round_step(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                    enum round_step step, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    enum round_state to;
    if (!actor_may(actor, MAY_ROUND, err) || !round_read(house, session, s, actor, id, mem, &v, err))
        return false;
    const struct round_facts facts = facts_of(&v);
    if (!round_next(v.state, step, &facts, reason, &to, err))
        return false;
    const struct round_event event = { round_step_word(step), text_trim(reason), actor_stamp(actor, now) };
    return store_round_step(session, house_county(house), id, v.row.state, round_state_word(to), &event, err) &&
           tell(house, session, actor, &v, step, now, mem, err) &&
           audit_write(session, actor, "round.step", id, text_printf(mem, "step=%.*s", TEXT_ARG(event.step)), now, err);
}

/* ---- the team ----------------------------------------------------------------------------- */

/* By its own role, or by another that was granted and is not over. */
static bool may_inspect(struct db_session *session, const struct account_record *account, int64_t now, struct arena *mem, bool *out, struct err *err)
{
    struct grant_record *grants;
    size_t n;
    *out = (role_info(role_by_id(account->role))->permissions & MAY_INSPECT) != 0;
    if (*out)
        return true;
    if (!store_grants(session, account->id, mem, &grants, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        *out |= now < grants[i].valid_until && (role_info(role_by_id(grants[i].role))->permissions & MAY_INSPECT) != 0;
    return true;
}

bool app_round_member_add(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                          const struct member_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    enum { LONGEST_NAME = 40 };
    struct round_view v;
    struct account_record account = { .id = 0 };
    struct round_member member = { .unit = text_trim(wish->unit), .name = text_trim(wish->name), .duty = wish->duty };
    bool found = false, inspects = false;
    if (!round_to_change(house, session, s, actor, id, mem, &v, err))
        return false;
    if (text_equal(round_duty_zh(wish->duty), wish->duty))
        return err_set(err, ERR_INPUT, "请选他在组里做什么：组长、组员或者联络员。");
    if (wish->account.size) {
        if (!store_account_by_name(session, wish->account, mem, &account, &found, err))
            return false;
        if (!found || account.disabled_at) {
            err_set(err, ERR_ABSENT, "没有“%.*s”这个账号，或者它已经停用。", TEXT_ARG(wish->account));
            return err_hint(err, "没有账号的人也可以进组：账号留空，写姓名和单位。");
        }
        if (!may_inspect(session, &account, now, mem, &inspects, err))
            return false;
        if (!inspects) {
            err_set(err, ERR_INPUT, "%.*s是%s，不能填检查表。", TEXT_ARG(account.shown), role_info(role_by_id(account.role))->zh);
            return err_hint(err, "进组填表要用办公室、督导或评估人员的账号；只列名的，账号留空。");
        }
        member.account = account.id;
        if (!member.name.size)
            member.name = account.shown;
    }
    for (size_t i = 0; i < v.n_members; i++)
        if (member.account && v.members[i].account == member.account && !v.members[i].left_at)
            return err_set(err, ERR_CONFLICT, "%.*s已经在督导组里。", TEXT_ARG(member.name));
    if (!round_said(member.name, "姓名", LONGEST_NAME, &member.name, err))
        return false;
    return store_round_member_add(session, house_county(house), id, &member, actor_stamp(actor, now), err) &&
           audit_write(session, actor, "round.member", id, text_printf(mem, "add account=%lld duty=%.*s", (long long)member.account, TEXT_ARG(member.duty)), now, err);
}

bool app_round_member_end(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                          int64_t position, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    return round_to_change(house, session, s, actor, id, mem, &v, err) &&
           store_round_member_end(session, house_county(house), id, position, now, err) &&
           audit_write(session, actor, "round.member", id, text_printf(mem, "end position=%lld", (long long)position), now, err);
}

bool app_round_inspectors(struct house *house, const struct actor *actor, struct arena *mem, struct inspector **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    struct account_record *accounts;
    size_t n;
    *n_out = 0;
    if (!actor_may(actor, MAY_ROUND, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_accounts(session, mem, &accounts, &n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    *out = arena_array(mem, n + 1, struct inspector);
    for (size_t i = 0; i < n; i++) {
        const enum role role = role_by_id(accounts[i].role);
        if (!accounts[i].disabled_at && (role_info(role)->permissions & MAY_INSPECT))
            (*out)[(*n_out)++] = (struct inspector){ accounts[i].name, accounts[i].shown, role };
    }
    return true;
}

/* ---- what waits ----------------------------------------------------------------------------- */

bool app_rounds_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct db_session *session;
    struct round_work *work;
    size_t n;
    (void)snapshot, (void)now;
    if (!(actor->permissions & MAY_INSPECT))
        return true;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_round_work(session, house_county(house), actor->account, into->mem, &work, &n, err);
    db_read_end(&session);
    for (size_t i = 0; ok && i < n; i++) {
        enum round_state state;
        if (!round_state_of(work[i].state, &state))
            continue;
        const bool runs = (actor->permissions & MAY_ROUND) != 0;
        const struct text link = text_printf(into->mem, "/rounds/%.*s", TEXT_ARG(work[i].id));
        if (work[i].on_it && round_is_visiting(state) && work[i].open)
            waiting_add(into, &(struct waiting){ .what = text_printf(into->mem, "督导“%.*s”还有 %zu 份检查表没有交。", TEXT_ARG(work[i].title), work[i].open),
                                                 .why = TEXT("您在督导组里。"), .link = link, .button = TEXT("填检查表"), .due = day_due(work[i].last_day) });
        if (runs && round_takes_findings(state) && work[i].undecided)
            waiting_add(into, &(struct waiting){ .what = text_printf(into->mem, "督导“%.*s”有 %zu 个问题，等您定轻重、交办或者说明不列为问题。", TEXT_ARG(work[i].title), work[i].undecided),
                                                 .why = text_printf(into->mem, "您是%s。", role_info(actor->role)->zh), .link = text_printf(into->mem, "%.*s#findings", TEXT_ARG(link)),
                                                 .button = TEXT("决定"), .due = day_due(work[i].last_day) });
        if (runs && state == ROUND_PREPARING)
            waiting_add(into, &(struct waiting){ .what = text_printf(into->mem, "督导“%.*s”在筹备，定于 %.*s 开始。", TEXT_ARG(work[i].title), TEXT_ARG(work[i].first_day)),
                                                 .why = text_printf(into->mem, "您是%s。", role_info(actor->role)->zh), .link = link, .button = TEXT("安排"),
                                                 .due = day_due(work[i].first_day) });
    }
    return ok;
}
