#include "app/ledger_inside.h"

#include "app/audit.h"
#include "app/notice.h"
#include "app/task.h"
#include "app/talk.h"
#include "base/day.h"
#include "base/unicode.h"

enum { LONGEST_REASON = 1000 };

/* ---- whose, what it is called -------------------------------------------------------------- */

enum ledger_state ledger_row_state(const struct ledger_row *row)
{
    enum ledger_state state;
    return ledger_state_of(row->state, &state) ? state : LEDGER_FOUND;
}

struct text ledger_key(const struct ledger_row *row, struct arena *mem)
{
    return text_printf(mem, "%lld", (long long)row->id);
}

struct text ledger_link(const struct ledger_row *row, struct arena *mem)
{
    return text_printf(mem, "/ledger/%lld", (long long)row->id);
}

struct talk_on ledger_talk(int64_t id, struct arena *mem)
{
    return (struct talk_on){ TEXT("ledger"), text_printf(mem, "%lld", (long long)id) };
}

struct text ledger_called(const struct ledger_row *row, struct arena *mem)
{
    return text_printf(mem, "台账第 %lld 号：%.*s，%.*s", (long long)row->id, TEXT_ARG(row->now.place_shown), TEXT_ARG(row->now.problem));
}

struct actor ledger_engine(void)
{
    struct actor engine = actor_console();
    engine.shown = TEXT("系统");
    return engine;
}

static bool keeps_ledger(const struct actor *actor)
{
    return (actor->permissions & MAY_LEDGER) && actor->place.kind == PLACE_COUNTY;
}

static bool is_helper(const struct actor *actor, struct text helpers)
{
    for (struct text one; text_split(&helpers, ';', &one);) {
        size_t at;
        if (text_find(one, TEXT(":"), &at) && text_equal((struct text){ one.at, at }, place_word(actor->place.kind)) &&
            text_equal((struct text){ one.at + at + 1, one.size - at - 1 }, actor->place.name))
            return true;
    }
    return false;
}

bool ledger_is_mine(const struct actor *actor, const struct ledger_row *row)
{
    if (!(actor->permissions & MAY_WORK))
        return false;
    if (keeps_ledger(actor))
        return true;
    return actor->place.name.size && ((text_equal(row->plan.owner_kind, place_word(actor->place.kind)) &&
                                       text_equal(row->plan.owner_name, actor->place.name)) ||
                                      is_helper(actor, row->plan.helpers));
}

struct ledger_sight ledger_sight_of(const struct actor *actor, struct arena *mem)
{
    if (actor_covers_county(actor))
        return (struct ledger_sight){ TEXT(""), TEXT("") };
    if (actor->only || actor->place.kind == PLACE_DISTRICT) {
        struct buf codes = { .mem = mem };
        buf_add(&codes, TEXT("|"));
        for (size_t i = 0; actor->only && i < actor->only->n; i++)
            buf_printf(&codes, "%.*s|", TEXT_ARG(actor->only->codes[i]));
        return (struct ledger_sight){ TEXT("only"), buf_text(&codes) };
    }
    return (struct ledger_sight){ place_word(actor->place.kind), actor->place.name };
}

static bool may_see_row(const struct actor *actor, const struct ledger_row *row)
{
    if (actor_covers_county(actor))
        return true;
    const bool school = text_equal(row->of.place_kind, TEXT("school"));
    return (row->of.place_name.size && actor_covers(actor, school ? row->of.place_name : TEXT(""), row->now.township)) || ledger_is_mine(actor, row) ||
           (actor->place.name.size && text_equal(row->plan.owner_kind, place_word(actor->place.kind)) &&
            text_equal(row->plan.owner_name, actor->place.name));
}

/* ---- looking ------------------------------------------------------------------------------ */

bool app_ledger_list(struct house *house, const struct actor *actor, const struct ledger_filter *filter, int64_t now, struct arena *mem,
                     struct ledger_page *out, struct err *err)
{
    struct db_session *session;
    const struct text county = house_county(house), today = day_shown(now, mem);
    const struct ledger_sight sight = ledger_sight_of(actor, mem);
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_ledger_list(session, county, filter, sight, today, mem, &out->rows, &out->n, err) &&
                    store_ledger_total(session, county, filter, sight, today, &out->total, err);
    db_read_end(&session);
    return ok;
}

bool app_ledger_summary(struct house *house, const struct actor *actor, const struct ledger_filter *filter, const char *by, int64_t now,
                        struct arena *mem, struct ledger_sum **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_ledger_sums(session, house_county(house), filter, ledger_sight_of(actor, mem), text_of(by), day_shown(now, mem), mem, out,
                                      n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_ledger_words(struct house *house, const struct actor *actor, struct arena *mem, struct ledger_word **out, size_t *n_out,
                      int64_t *followed_out, struct err *err)
{
    struct db_session *session;
    struct text seen;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_ledger_words(session, house_county(house), mem, out, n_out, err) &&
                    store_ledger_followed(session, house_county(house), mem, &seen, followed_out, err);
    db_read_end(&session);
    return ok;
}

bool app_ledger_row(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct arena *mem,
                    struct ledger_row *out, struct err *err)
{
    if (!actor_may(actor, MAY_SEE, err) || !store_ledger_row(session, house_county(house), id, mem, out, err))
        return false;
    if (may_see_row(actor, out))
        return true;
    err_set(err, ERR_ABSENT, "台账里没有编号 %lld。", (long long)id);
    return err_hint(err, "可能编号抄错了；请从台账的列表进入。");
}

bool app_ledger_get(struct house *house, const struct actor *actor, int64_t id, struct arena *mem, struct ledger_row *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = app_ledger_row(house, session, actor, id, mem, out, err);
    db_read_end(&session);
    return ok;
}

bool app_ledger_find(struct house *house, struct db_session *session, const struct ledger_identity *of, struct arena *mem,
                     struct ledger_row *out, bool *found_out, struct err *err)
{
    return store_ledger_find(session, house_county(house), of, mem, out, found_out, err);
}

/* What stands on 1 September counts in that year's data. */
static int year_of_due(struct text due)
{
    struct day day;
    if (!day_read(due, &day))
        return 0;
    return day.month < 9 || (day.month == 9 && day.day == 1) ? day.year : day.year + 1;
}

bool app_ledger_planned(struct house *house, struct arena *mem, struct ledger_planned **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    struct ledger_planned_record *records = NULL;
    size_t n = 0;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_ledger_planned(session, house_county(house), mem, &records, &n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    *out = arena_array(mem, n + 1, struct ledger_planned);
    *n_out = n;
    for (size_t i = 0; i < n; i++)
        (*out)[i] = (struct ledger_planned){ records[i].of, records[i].id, year_of_due(records[i].due), records[i].amount, records[i].quantity,
                                             records[i].cost_yuan };
    return true;
}

/* ---- steps -------------------------------------------------------------------------------- */

/* The hands an actor has on a row. */
static void hands_of(const struct actor *actor, const struct ledger_row *row, bool hands[N_LEDGER_HANDS])
{
    hands[LEDGER_BY_PLANNER] = keeps_ledger(actor);
    hands[LEDGER_BY_OWNER] = ledger_is_mine(actor, row);
    hands[LEDGER_BY_VERIFIER] = (actor->permissions & MAY_VERIFY) && actor->place.kind == PLACE_COUNTY;
    hands[LEDGER_BY_ENGINE] = false;
}

/* By whichever of his hands he may take it; else the words of why not. */
static bool may_step(const struct actor *actor, const struct ledger_row *row, enum ledger_step step, struct ledger_move *out, struct err *err)
{
    const enum ledger_state from = ledger_row_state(row);
    bool hands[N_LEDGER_HANDS];
    hands_of(actor, row, hands);
    int other = 0;
    for (int hand = 0; hand < N_LEDGER_HANDS; hand++) {
        const bool can = ledger_can(from, step, (enum ledger_hand)hand);
        if (can && hands[hand])
            return ledger_move(from, step, (enum ledger_hand)hand, out, err);
        if (!can)
            other = hand;
    }
    return ledger_move(from, step, (enum ledger_hand)other, out, err);
}

static struct text not_measured(const struct ledger_row *row, struct arena *mem)
{
    if (!ledger_kind_measured(row->kind) || row->now.passes)
        return TEXT("");
    return text_printf(mem, "数据还没有达标（%d学年：%.*s）。", row->now.year, TEXT_ARG(row->now.problem));
}

void app_ledger_offers(const struct actor *actor, const struct ledger_row *row, struct arena *mem, struct ledger_offers *out)
{
    *out = (struct ledger_offers){ .barred = TEXT("") };
    for (int step = 0; step < N_LEDGER_STEPS; step++) {
        struct ledger_move move;
        struct err ignored;
        if (!may_step(actor, row, (enum ledger_step)step, &move, &ignored))
            continue;
        if (step == LEDGER_VERIFY && row->claimed.account == actor->account)
            out->barred = TEXT("是您自己报的完成，要由另一个人核验。");
        else if (step == LEDGER_VERIFY)
            out->barred = not_measured(row, mem);
        if (step == LEDGER_DROP && ledger_kind_measured(row->kind) && !row->now.passes)
            continue;
        out->steps[out->n++] = (enum ledger_step)step;
    }
}

static bool right_words(struct text said, const char *what, struct err *err)
{
    if (said.size && utf8_length(said) <= LONGEST_REASON)
        return true;
    err_set(err, ERR_INPUT, said.size ? "“%s”太长，最多 %d 字。" : "还没有写%s。", what, LONGEST_REASON);
    return err_hint(err, "请用几句话写清楚，别人以后要看。");
}

/* The orders that were issued for a row go where it goes. */
static bool orders_follow(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row,
                          enum ledger_state from, enum ledger_state to, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    const struct text said = reason.size ? reason : text_printf(mem, "台账改为“%.*s”。", TEXT_ARG(ledger_state_zh(to)));
    enum task_step step;
    size_t n;
    switch (to) {
    case LEDGER_VERIFIED: step = TASK_CLOSE; break;
    case LEDGER_REOPENED: step = TASK_REOPEN; break;
    case LEDGER_NOT_ASKED: step = TASK_WITHDRAW; break;
    case LEDGER_IN_HAND:
        if (from != LEDGER_CLAIMED)
            return true;
        step = TASK_SEND_BACK;
        break;
    default: return true;
    }
    return app_tasks_settle(house, session, actor, TASK_OF_LEDGER, ledger_key(row, mem), step, said, now, mem, &n, err);
}

bool ledger_put_state(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row,
                      enum ledger_state to, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    const enum ledger_state from = ledger_row_state(row);
    const struct text county = house_county(house), dropped = to == LEDGER_NOT_ASKED ? reason : TEXT("");
    const struct talk_on on = ledger_talk(row->id, mem);
    return store_ledger_state(session, county, row->id, row->state, ledger_state_code(to), to == LEDGER_REOPENED, dropped, now, err) &&
           app_talk_step(session, county, &on, actor, ledger_state_zh(from), ledger_state_zh(to), reason, now, err) &&
           orders_follow(house, session, actor, row, from, to, reason, now, mem, err);
}

static enum role role_at(struct text kind)
{
    if (text_equal(kind, TEXT("department")))
        return ROLE_department;
    if (text_equal(kind, TEXT("township")))
        return ROLE_township;
    if (text_equal(kind, TEXT("district")))
        return ROLE_district;
    return text_equal(kind, TEXT("school")) ? ROLE_principal : ROLE_office;
}

bool ledger_tell_owner(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row,
                       const char *kind, struct text title, struct text words, int64_t now, struct arena *mem, struct err *err)
{
    struct place owner;
    if (!place_of_words(row->plan.owner_kind, row->plan.owner_name, &owner))
        return true;
    const struct notice notice = { .role = role_at(row->plan.owner_kind), .place = owner, .kind = kind, .title = title, .text = words,
                                   .link = ledger_link(row, mem), .by = actor_stamp(actor, now) };
    return app_notice_put(session, house_county(house), &notice, now, err);
}

static bool take_step(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row,
                      enum ledger_step step, enum ledger_state to, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    return ledger_put_state(house, session, actor, row, to, reason, now, mem, err) &&
           audit_write(session, actor, "ledger.step", ledger_key(row, mem), ledger_step_code(step), now, err);
}

bool app_ledger_step(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, enum ledger_step step,
                     struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    struct ledger_row row;
    struct ledger_move move;
    const struct text said = text_trim(reason);
    if (step == LEDGER_CLAIM)
        return app_ledger_claim(house, session, actor, id, said, now, mem, err);
    if (!app_ledger_row(house, session, actor, id, mem, &row, err) || !may_step(actor, &row, step, &move, err))
        return false;
    if (move.demand == LEDGER_ASKS_PROOF)
        return err_set(err, ERR_USAGE, "销号要写明哪天到现场、看到了什么。");
    if (move.demand == LEDGER_ASKS_REASON && !right_words(said, "原因", err))
        return false;
    if (step == LEDGER_DROP && ledger_kind_measured(row.kind) && !row.now.passes) {
        err_set(err, ERR_CONFLICT, "数据还不达标的，不能不再要求：%.*s", TEXT_ARG(row.now.problem));
        return err_hint(err, "学校撤并的，请在“单位”里登记撤并，台账会自己改为“不再要求”。");
    }
    if (!take_step(house, session, actor, &row, step, move.to, said, now, mem, err))
        return false;
    return step != LEDGER_SEND_BACK ||
           ledger_tell_owner(house, session, actor, &row, "sent_back", text_printf(mem, "退回：%.*s，%.*s", TEXT_ARG(row.now.place_shown), TEXT_ARG(row.now.problem)), said, now, mem, err);
}

bool app_ledger_claim(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text how, int64_t now,
                      struct arena *mem, struct err *err)
{
    struct ledger_row row;
    struct ledger_move move;
    const struct text said = text_trim(how);
    return app_ledger_row(house, session, actor, id, mem, &row, err) && may_step(actor, &row, LEDGER_CLAIM, &move, err) &&
           right_words(said, "做了什么、结果怎样", err) &&
           store_ledger_claimed(session, house_county(house), id, actor_stamp(actor, now), said, err) &&
           take_step(house, session, actor, &row, LEDGER_CLAIM, move.to, said, now, mem, err);
}

static bool right_visit(const struct ledger_visit *visit, const struct ledger_row *row, int64_t now, struct arena *mem, struct err *err)
{
    struct day day;
    if (!day_read(visit->day, &day)) {
        err_set(err, ERR_INPUT, "到现场的日期要写成 2027-05-06 的样子，写的是“%.*s”。", TEXT_ARG(visit->day));
        return err_hint(err, "请填年、月、日。");
    }
    if (day_begins(day) > now)
        return err_set(err, ERR_INPUT, "到现场的日期还没有到：%.*s。", TEXT_ARG(visit->day));
    if (text_compare(visit->day, day_shown(row->claimed.at, mem)) < 0) {
        err_set(err, ERR_INPUT, "到现场的日期（%.*s）早于报完成的日期（%.*s）。", TEXT_ARG(visit->day), TEXT_ARG(day_shown(row->claimed.at, mem)));
        return err_hint(err, "请在责任单位报完成之后到现场核验。");
    }
    return right_words(text_trim(visit->note), "现场看到了什么", err);
}

bool app_ledger_verify(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, int64_t id,
                       const struct ledger_visit *visit, int64_t now, struct arena *mem, struct err *err)
{
    struct ledger_row row;
    struct ledger_move move;
    struct ledger_followed followed;
    if (!actor_may(actor, MAY_SEE, err) || (snapshot && !app_ledger_follow(house, session, snapshot, now, mem, &followed, err)) ||
        !app_ledger_row(house, session, actor, id, mem, &row, err) || !may_step(actor, &row, LEDGER_VERIFY, &move, err))
        return false;
    if (row.claimed.account == actor->account) {
        err_set(err, ERR_DENIED, "是您自己报的完成，要由另一个人核验。");
        return err_hint(err, "请另一位督导或办公室的同事到现场核验。");
    }
    const struct text barred = not_measured(&row, mem);
    if (barred.size) {
        err_set(err, ERR_CONFLICT, "不能销号：%.*s", TEXT_ARG(barred));
        return err_hint(err, "新的数据审定后会自动复测；达标了再销号。现场没有做完的，请退回。");
    }
    if (!right_visit(visit, &row, now, mem, err))
        return false;
    const struct text said = text_printf(mem, "%.*s 现场核验：%.*s", TEXT_ARG(visit->day), TEXT_ARG(text_trim(visit->note)));
    return store_ledger_verified(session, house_county(house), id, actor_stamp(actor, now), visit->day, text_trim(visit->note), visit->photo, err) &&
           take_step(house, session, actor, &row, LEDGER_VERIFY, move.to, said, now, mem, err) &&
           ledger_tell_owner(house, session, actor, &row, "told", text_printf(mem, "已销号：%.*s，%.*s", TEXT_ARG(row.now.place_shown), TEXT_ARG(row.now.problem)), said, now, mem, err);
}

/* ---- a row that nothing measures ----------------------------------------------------------- */

static bool right_new_row(const struct ledger_row *row, struct err *err)
{
    struct place place;
    if (ledger_kind_measured(row->kind)) {
        err_set(err, ERR_USAGE, "资源配置、差异系数和各项指标的问题由数据产生，不用手工登记。");
        return err_hint(err, "手工登记的归入“其他”。");
    }
    if (!place_of_words(row->of.place_kind, row->of.place_name, &place))
        return err_set(err, ERR_INPUT, "没有写明是哪个单位的问题。");
    return right_words(text_trim(row->now.problem), "问题", err);
}

bool app_ledger_add(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row, int64_t now,
                    struct arena *mem, int64_t *id_out, struct err *err)
{
    struct ledger_row one = *row, there = { .id = 0 };
    bool found = false;
    const struct text county = house_county(house);
    if (!actor_may(actor, MAY_LEDGER, err) || !right_new_row(row, err) || !store_ledger_next(session, county, &one.id, err))
        return false;
    if (row->kind == LEDGER_OTHER)
        one.of.subject = text_printf(mem, "other:%lld", (long long)one.id);
    else if (!store_ledger_find(session, county, &one.of, mem, &there, &found, err))
        return false;
    if (found) {
        *id_out = there.id;
        return true;
    }
    one.found_at = now;
    one.found_year = day_of(now).year;
    one.now.value = one.now.threshold = one.now.floor = one.now.missing = one.now.missing_to_floor = BLANK;
    one.now.measured = TEXT("");
    one.now.passes = false;
    *id_out = one.id;
    return store_ledger_add(session, county, &one, err) &&
           audit_write(session, actor, "ledger.add", ledger_key(&one, mem), one.of.subject, now, err);
}

/* ---- its talk ------------------------------------------------------------------------------ */

bool app_ledger_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text key,
                     struct arena *mem, struct talk_about *out, struct err *err);

bool app_ledger_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text key,
                     struct arena *mem, struct talk_about *out, struct err *err)
{
    struct ledger_row row;
    double id;
    (void)snapshot;
    if (!number_parse(key, &id) || id < 1 || id > 1e15 || (double)(int64_t)id != id)
        return err_set(err, ERR_ABSENT, "台账里没有这一行。");
    if (!app_ledger_row(house, session, actor, (int64_t)id, mem, &row, err))
        return false;
    *out = (struct talk_about){ ledger_called(&row, mem), ledger_link(&row, mem) };
    return true;
}
