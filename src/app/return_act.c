#include "app/return_act.h"

#include "app/audit.h"
#include "app/notice.h"
#include "base/unicode.h"
#include "store/returns_store.h"

enum { LONGEST_REASON = 1000 };

static const uint64_t HAND_MAY[N_RETURN_HANDS] = {
    [HAND_CLERK] = MAY_FILL,    [HAND_PRINCIPAL] = MAY_CONFIRM, [HAND_CHECKER] = MAY_CHECK,
    [HAND_BUREAU] = MAY_APPROVE, [HAND_LOCKER] = MAY_LOCK,      [HAND_CORRECTOR] = MAY_CORRECT,
};

struct acting {
    struct house *house;
    const struct actor *actor;
    const struct return_act *act;
    struct arena *mem;
    int64_t now;
    struct entry_page page;                /* as it was looked at, for steps that ask for soundness */
    bool looked;
    struct return_move move;
    struct return_done *out;
    struct entry_place at;
    struct db_session *session;
    struct way way;
    struct collection_record collection;
};

/* By whichever hand of his the actor may take it. */
static bool may_step(const struct actor *actor, enum return_state from, enum return_step step, bool check_asked, struct return_move *out,
                     struct err *err)
{
    bool any = false;
    struct err why = { 0 }, ignored;
    for (int hand = 0; hand < N_RETURN_HANDS; hand++) {
        if ((actor->permissions & HAND_MAY[hand]) != HAND_MAY[hand])
            continue;
        if (return_move(from, step, (enum return_hand)hand, check_asked, out, any ? &ignored : &why))
            return true;
        any = true;
    }
    if (!any)
        return return_move(from, step, N_RETURN_HANDS, check_asked, out, err);
    *err = why;
    return false;
}

bool app_return_is_mine(const struct actor *actor, const struct way *way)
{
    return way->next <= HAND_BUREAU && (actor->permissions & HAND_MAY[way->next]);
}

size_t app_return_offers(const struct actor *actor, const struct collection_record *collection, const struct way *way,
                         struct return_offer out[N_RETURN_STEPS])
{
    size_t n = 0;
    for (int step = 0; step < N_RETURN_STEPS && !collection->locked_at; step++) {
        struct return_move move;
        struct err ignored;
        if (step != STEP_LOCK && step != STEP_CORRECT &&
            may_step(actor, way->state, (enum return_step)step, collection->check_asked, &move, &ignored))
            out[n++] = (struct return_offer){ (enum return_step)step, move.demand == DEMAND_SOUND };
    }
    return n;
}

/* ---- sound? ------------------------------------------------------------------------------- */

static bool sound(const struct entry_page *p, struct err *err)
{
    if (p->errors) {
        err_set(err, ERR_INPUT, "还有 %zu 处错误，不能提交：%.*s", p->errors, TEXT_ARG(p->findings[0].words));
        return err_hint(err, "请先改正标红的格。");
    }
    if (p->blanks) {
        err_set(err, ERR_INPUT, "还有 %zu 个必填的格空着。", p->blanks);
        return err_hint(err, "空着就算不出指标；确实没有的填 0。");
    }
    if (p->unexplained) {
        err_set(err, ERR_INPUT, "还有 %zu 处提醒没有说明原因。", p->unexplained);
        return err_hint(err, "核对无误的，请在提醒旁写明原因。");
    }
    return true;
}

static bool reasons_given(const struct acting *a, struct err *err)
{
    const struct text reason = text_trim(a->act->reason);
    if (!reason.size && !a->act->n_cells) {
        err_set(err, ERR_INPUT, "没有写%.*s的原因。", TEXT_ARG(return_step_zh(a->act->step)));
        return err_hint(err, "请写明哪些格要改、为什么，学校才知道怎么办。");
    }
    if (reason.size > LONGEST_REASON || !utf8_valid(reason))
        return err_set(err, ERR_INPUT, "原因写得太长，最多 300 字。");
    for (size_t i = 0; i < a->act->n_cells; i++) {
        const struct text why = text_trim(a->act->cells[i].reason);
        if (!why.size || why.size > LONGEST_REASON || !utf8_valid(why))
            return err_set(err, ERR_INPUT, "每一个退回的格都要写原因，最多 300 字。");
    }
    return true;
}

/* Whoever has taken a step of this submission does not take the next: each looks with eyes of his own. */
static bool another_person(struct acting *a, struct err *err)
{
    struct return_event_record *events;
    size_t n;
    if ((a->act->step != STEP_CONFIRM && a->act->step != STEP_CHECK && a->act->step != STEP_APPROVE) || !a->actor->account)
        return true;
    if (!store_return_events(a->session, a->at.county, a->at.year, a->at.school, a->mem, &events, &n, err))
        return false;
    for (size_t i = n; i > 0; i--) {
        const struct return_event_record *const event = &events[i - 1];
        enum return_step step;
        if (event->by.account == a->actor->account && return_step_of(event->step, &step) &&
            (step == STEP_SUBMIT || step == STEP_CONFIRM || step == STEP_CHECK)) {
            err_set(err, ERR_DENIED, "%.*s和%.*s不能是同一个人。", TEXT_ARG(return_step_zh(step)), TEXT_ARG(return_step_zh(a->act->step)));
            return err_hint(err, "请另一个人用自己的账号%.*s。", TEXT_ARG(return_step_zh(a->act->step)));
        }
        if (text_equal(event->step, return_step_code(STEP_SUBMIT)))
            break;
    }
    return true;
}

/* ---- what a step does to the data ---------------------------------------------------------- */

static bool same_figure(const struct entry_figure *a, const struct entry_figure *b)
{
    return text_equal(a->text, b->text) && (is_blank(a->number) ? is_blank(b->number) : a->number == b->number);
}

/* The return becomes returned figures: those that differ from what stands, in one change. */
static bool apply(struct acting *a, struct err *err)
{
    const struct item_list *const items = &house_edition(a->house)->items;
    struct entry_figure *standing, *figures;
    const struct change_record change = { .kind = CHANGE_RETURN, .stamp = actor_stamp(a->actor, a->now),
                                          .reason = text_printf(a->mem, "第 %lld 次提交", (long long)a->way.record.version) };
    if (!store_figures_of_school(a->session, &a->at, items, a->mem, &standing, err) ||
        !app_entry_figures(a->session, &a->at, items, a->mem, &figures, err) ||
        !store_change_begin(a->session, a->at.county, &change, &a->out->data_version, err) ||
        !store_return_put(a->session, a->at.county, a->out->data_version, a->at.year, a->at.school, 0, 0, err))
        return false;
    for (uint16_t i = 0; i < items->n; i++) {
        if (items->at[i].level != ITEM_SCHOOL || !figures[i].there || (standing[i].there && same_figure(&figures[i], &standing[i])))
            continue;
        const struct figure_record figure = { .year = a->at.year, .school = a->at.school, .item = i, .number = figures[i].number,
                                              .text = figures[i].text };
        if (!store_figure_put(a->session, a->at.county, items, a->out->data_version, &figure, err))
            return false;
    }
    return store_admit(a->session, a->at.county, a->at.year, a->at.school, a->out->data_version, err);
}

static bool stop_counting(struct acting *a, struct err *err)
{
    const struct change_record change = { .kind = CHANGE_COLLECT, .stamp = actor_stamp(a->actor, a->now),
                                          .reason = text_printf(a->mem, "重开 %.*s 的填报：%.*s", TEXT_ARG(a->at.school), TEXT_ARG(text_trim(a->act->reason))) };
    return store_change_begin(a->session, a->at.county, &change, &a->out->data_version, err) &&
           store_admit_end(a->session, a->at.county, a->at.year, a->at.school, a->out->data_version, err);
}

static bool keep_version(struct acting *a, struct err *err)
{
    const struct item_list *const items = &house_edition(a->house)->items;
    struct entry_figure *figures;
    const struct stamp by = actor_stamp(a->actor, a->now);
    return app_entry_figures(a->session, &a->at, items, a->mem, &figures, err) &&
           store_return_version_add(a->session, &a->at, items, a->out->version, TEXT("submit"), figures, &by, err);
}

static bool keep_reasons(struct acting *a, struct err *err)
{
    const struct text whole = text_trim(a->act->reason);
    struct entry_remark_record remark = { .sent_back = true, .version = a->way.record.version, .remark = whole, .by = actor_stamp(a->actor, a->now) };
    if (whole.size && !store_entry_remark_add(a->session, &a->at, &remark, err))
        return false;
    for (size_t i = 0; i < a->act->n_cells; i++) {
        remark.item = a->act->cells[i].item;
        remark.remark = text_trim(a->act->cells[i].reason);
        if (!store_entry_remark_add(a->session, &a->at, &remark, err))
            return false;
    }
    return true;
}

/* The clerk hears of it at once; what and why stands in full with the return. */
static bool tell_clerk(struct acting *a, struct err *err)
{
    const struct notice notice = {
        .role = ROLE_clerk, .place = { PLACE_SCHOOL, a->at.school }, .kind = "sent_back", .due = a->way.due, .by = actor_stamp(a->actor, a->now),
        .title = text_printf(a->mem, "%d学年的填报被%.*s，请改正后再提交", a->at.year, TEXT_ARG(return_step_zh(a->act->step))),
        .text = text_trim(a->act->reason), .link = text_printf(a->mem, "/returns/%.*s?year=%d", TEXT_ARG(a->at.school), a->at.year),
    };
    return a->act->step == STEP_WITHDRAW || app_notice_put(a->session, a->at.county, &notice, a->now, err);
}

/* ---- taking it ---------------------------------------------------------------------------- */

static bool unchanged(struct acting *a, struct err *err)
{
    struct entry_cell_record *cells;
    size_t n;
    int64_t stamps = 0;
    if (!a->looked)
        return true;
    if (!store_entry_cells(a->session, &a->at, &house_edition(a->house)->items, a->mem, &cells, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        stamps += cells[i].stamp;
    if (stamps == a->page.stamps)
        return true;
    err_set(err, ERR_CONFLICT, "刚才有人又改了格子。");
    return err_hint(err, "请刷新页面看一看，再%.*s。", TEXT_ARG(return_step_zh(a->act->step)));
}

static bool take(void *context, struct db_session *session, struct err *err)
{
    struct acting *const a = context;
    a->session = session;
    if (!app_way(session, a->house, a->actor, a->at.year, a->at.school, a->now, a->mem, &a->collection, &a->way, err))
        return false;
    if (a->collection.locked_at) {
        err_set(err, ERR_CONFLICT, "%d学年已经锁定。", a->at.year);
        return err_hint(err, "锁定之后只能更正：一人提出并说明原因，另一人同意。");
    }
    if (!may_step(a->actor, a->way.state, a->act->step, a->collection.check_asked, &a->move, err) || !another_person(a, err) || !unchanged(a, err))
        return false;
    const bool back = a->move.demand == DEMAND_REASON;
    a->out->state = a->move.to;
    a->out->version = a->way.record.version + (a->act->step == STEP_SUBMIT);
    const struct return_event_record event = {
        .step = return_step_code(a->act->step), .state = return_state_code(a->move.to), .version = a->out->version, .by = actor_stamp(a->actor, a->now),
        .role = text_of(role_info(a->actor->role)->id), .reason = text_trim(a->act->reason),
    };
    return (!back || (reasons_given(a, err) && keep_reasons(a, err) && tell_clerk(a, err))) && (a->act->step != STEP_SUBMIT || keep_version(a, err)) &&
           (a->act->step != STEP_APPROVE || apply(a, err)) && (a->act->step != STEP_REOPEN || stop_counting(a, err)) &&
           store_way_move(session, a->at.county, a->at.year, a->at.school, a->way.record.state, return_state_code(a->move.to), a->out->version,
                          back, a->now, err) &&
           store_return_event_add(session, a->at.county, a->at.year, a->at.school, &event, err) &&
           audit_write(session, a->actor, arena_printf(a->mem, "return.%.*s", TEXT_ARG(return_step_code(a->act->step))),
                       text_printf(a->mem, "return/%d/%.*s", a->at.year, TEXT_ARG(a->at.school)),
                       text_printf(a->mem, "version=%lld data=%lld", (long long)a->out->version, (long long)a->out->data_version), a->now, err);
}

static bool may_now(struct acting *a, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(a->house), &session, err))
        return false;
    const bool ok = app_way(session, a->house, a->actor, a->at.year, a->at.school, a->now, a->mem, &a->collection, &a->way, err);
    db_read_end(&session);
    return ok && may_step(a->actor, a->way.state, a->act->step, a->collection.check_asked, &a->move, err);
}

bool app_return_step(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct return_act *act,
                     int64_t now, struct arena *mem, struct return_done *out, struct err *err)
{
    struct acting a = { .house = house, .actor = actor, .act = act, .mem = mem, .now = now, .out = out,
                        .at = { house_county(house), act->year, act->school } };
    *out = (struct return_done){ 0 };
    if (act->step == STEP_LOCK || act->step == STEP_CORRECT)
        return err_set(err, ERR_USAGE, "锁定和更正不是单份填报的步骤。");
    /* Looked at outside of the writer, which must not assess a county; what changes in between is noticed there. */
    if (!may_now(&a, err))
        return false;
    a.looked = a.move.demand == DEMAND_SOUND;
    if (a.looked && (!app_entry(house, snapshot, actor, act->year, act->school, now, LANG_ZH, mem, &a.page, err) || !sound(&a.page, err)))
        return false;
    return house_write(house, take, &a, err);
}
