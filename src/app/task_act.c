/* A step of a task: by whose hand, and what it does. */
#include "app/task_inside.h"

#include "app/audit.h"
#include "app/ledger.h"
#include "app/notice.h"
#include "base/day.h"
#include "base/number.h"
#include "base/unicode.h"
#include "work/task_late.h"

enum { LONGEST_WORDS = 6000 };

/* ---- by whose hand -------------------------------------------------------------------------------- */

bool task_is_own(const struct actor *actor, struct place owner)
{
    return actor->place.kind == owner.kind && text_equal(actor->place.name, owner.name) && (actor->permissions & MAY_WORK);
}

/* The office does it for a unit that has nobody at the keyboard; who that was stands in the history. */
static bool on_behalf(const struct actor *actor)
{
    return actor->place.kind == PLACE_COUNTY && (actor->permissions & MAY_WORK) && (actor->permissions & (uint64_t)(MAY_ASSIGN | MAY_LEDGER));
}

static bool another_person(const struct actor *actor, const struct task *t, enum task_step step, struct err *err)
{
    if (step == TASK_CLOSE && t->proved_who.size && t->proved_account == actor->account) {
        err_set(err, ERR_DENIED, "结果是您自己报的，要由另一个人复查。");
        return err_hint(err, "请另一位督导或办公室的同事到现场复查后销号。");
    }
    if ((step == TASK_GRANT || step == TASK_REFUSE) && t->asked_account == actor->account) {
        err_set(err, ERR_DENIED, "延期是您自己申请的，要由另一个人决定。");
        return err_hint(err, "请另一位督导或办公室的同事决定。");
    }
    return true;
}

bool task_may_step(const struct actor *actor, const struct task_view *view, enum task_step step, bool machine, struct task_move *move_out,
                   bool *own_out, struct err *err)
{
    const bool own = task_is_own(actor, view->owner), asked = view->task.asked_due.size != 0;
    const bool holds[N_TASK_HANDS] = {
        [TASK_OWNER] = own || on_behalf(actor), [TASK_ISSUER] = (actor->permissions & MAY_ASSIGN) != 0,
        [TASK_VERIFIER] = (actor->permissions & MAY_VERIFY) != 0, [TASK_MACHINE] = machine,
    };
    struct err why = { 0 }, ignored;
    bool any = false;
    for (int hand = 0; hand < N_TASK_HANDS; hand++) {
        if (machine ? hand != TASK_MACHINE : !holds[hand])
            continue;
        if (task_move(view->way, view->state, asked, step, (enum task_hand)hand, move_out, any ? &ignored : &why)) {
            *own_out = hand != TASK_OWNER || own;
            return machine || another_person(actor, &view->task, step, err);
        }
        any = true;
    }
    if (!any)
        return task_move(view->way, view->state, asked, step, N_TASK_HANDS, move_out, err);
    *err = why;
    return false;
}

/* ---- what it asks for ------------------------------------------------------------------------------- */

static const char *const ASKED_FOR[N_TASK_STEPS] = {
    [TASK_ANSWER] = "整改措施", [TASK_PROVE] = "结果", [TASK_CLOSE] = "复查的情况", [TASK_SEND_BACK] = "退回的理由", [TASK_REOPEN] = "重开的原因",
    [TASK_WITHDRAW] = "撤销的原因", [TASK_ASK_MORE] = "延期的理由", [TASK_GRANT] = "意见", [TASK_REFUSE] = "不同意的理由", [TASK_ACCEPT] = "意见",
    [TASK_BEGIN] = "说明",
};

static bool worded(const struct task_act *act, const struct task_move *move, struct err *err)
{
    const struct text words = text_trim(act->words);
    if (move->demand != TASK_NEEDS_NOTHING && !words.size) {
        err_set(err, ERR_INPUT, "没有写%s。", ASKED_FOR[act->step]);
        return err_hint(err, "写清楚，别人才能接着办。");
    }
    if (words.size > LONGEST_WORDS || !utf8_valid(words))
        return err_set(err, ERR_INPUT, "%s太长，最多 2000 字。", ASKED_FOR[act->step]);
    return true;
}

static bool later_day(const struct task_act *act, const struct task *t, struct text today, struct err *err)
{
    struct day day;
    const bool given = act->day.size != 0, needed = act->step == TASK_ASK_MORE;
    if (!given && !needed)
        return true;
    if (!day_read(act->day, &day)) {
        err_set(err, ERR_INPUT, "没有写延到哪一天，或者写的不是日期。");
        return err_hint(err, "请写成 2026-11-25 这样。");
    }
    if (needed && !t->due.size)
        return err_set(err, ERR_CONFLICT, "这件事没有定时限，不用申请延期。");
    if (needed && task_days(t->due, act->day) <= 0) {
        err_set(err, ERR_INPUT, "延到的日子（%.*s）要在原来的时限（%.*s）之后。", TEXT_ARG(act->day), TEXT_ARG(t->due));
        return false;
    }
    if (task_days(today, act->day) < 0)
        return err_set(err, ERR_INPUT, "%.*s已经过去了。", TEXT_ARG(act->day));
    return true;
}

/* ---- what it does ------------------------------------------------------------------------------------ */

static void set_due(struct task *t, struct text due, struct text today, struct arena *mem)
{
    t->due = due;
    t->told = (int64_t)tells_past(due, today);
    t->tell_on = tells_next(due, (size_t)t->told, mem);
}

static void apply(struct task *t, const struct actor *actor, const struct task_act *act, const struct task_move *move, struct text today,
                  struct arena *mem)
{
    const struct text words = text_trim(act->words);
    t->state = task_state_code(move->to);
    t->is_open = task_open(move->to);
    switch (act->step) {
    case TASK_ANSWER: t->measures = words; break;
    case TASK_PROVE:
        t->result = words, t->done_on = today, t->proved_account = actor->account, t->proved_who = actor->shown;
        break;
    case TASK_SEND_BACK:
        t->back_who = actor->shown, t->back_reason = words, t->done_on = TEXT("");
        break;
    case TASK_REOPEN:
        t->back_who = actor->shown, t->back_reason = words, t->done_on = t->closed_on = TEXT("");
        set_due(t, act->day.size ? act->day : t->due, today, mem);
        break;
    case TASK_ASK_MORE:
        t->asked_due = act->day, t->asked_reason = words, t->asked_account = actor->account, t->asked_who = actor->shown;
        break;
    case TASK_GRANT: set_due(t, t->asked_due, today, mem); break;
    default: break;
    }
    if (act->step == TASK_GRANT || act->step == TASK_REFUSE || !t->is_open)
        t->asked_due = t->asked_reason = t->asked_who = TEXT(""), t->asked_account = 0;
    if (act->step == TASK_ANSWER || act->step == TASK_PROVE)
        t->back_who = t->back_reason = TEXT("");
    if (move->to == TASK_CLOSED) {
        t->closed_on = today;
        if (!t->done_on.size)
            t->done_on = today;   /* closed by what was measured, without a word of its unit's */
    }
    t->tell_on = task_with_owner(move->to) ? tells_next(t->due, (size_t)t->told, mem) : TEXT("");
}

/* ---- whom it is told ---------------------------------------------------------------------------------- */

static bool tell_issuer(struct house *house, struct db_session *session, const struct task *t, const struct task_telling *what, int64_t now,
                        struct err *err)
{
    if (!t->issued.account)
        return task_tell_place(house, session, (struct place){ PLACE_COUNTY, TEXT("") }, what, now, err);
    const struct notice notice = { .to = t->issued.account, .kind = what->kind, .title = what->title, .text = what->text, .link = what->link, .by = what->by };
    return app_notice_put(session, house_county(house), &notice, now, err);
}

static bool tell(struct house *house, struct db_session *session, const struct actor *actor, const struct task *t, const struct task_unit *units,
                 size_t n, const struct task_act *act, int64_t now, struct arena *mem, struct err *err)
{
    static const char *const SAID[N_TASK_STEPS] = {
        [TASK_ANSWER] = "已答复措施，等您同意", [TASK_ACCEPT] = "措施已同意，请按措施办理", [TASK_PROVE] = "已报结果", [TASK_CLOSE] = "已销号",
        [TASK_SEND_BACK] = "被退回，请看理由", [TASK_REOPEN] = "重新打开", [TASK_WITHDRAW] = "已撤销，不再要求", [TASK_ASK_MORE] = "申请延期，等您决定",
        [TASK_GRANT] = "延期已同意", [TASK_REFUSE] = "延期没有同意",
    };
    const struct task_telling what = {
        .kind = act->step == TASK_SEND_BACK ? "sent_back" : "task", .text = text_trim(act->words), .link = task_path(t->id, mem),
        .by = actor_stamp(actor, now), .title = text_printf(mem, "“%.*s”%s", TEXT_ARG(t->title), SAID[act->step] ? SAID[act->step] : ""),
    };
    if (act->step == TASK_BEGIN)
        return true;
    if (act->step == TASK_ANSWER || act->step == TASK_PROVE || act->step == TASK_ASK_MORE)
        return t->issued.account == actor->account || tell_issuer(house, session, t, &what, now, err);
    return task_tell_units(house, session, units, n, &what, now, err);
}

/* What is reported done of an order is claimed in the ledger too, where its unit answers for the row as well. */
static bool task_claim(struct house *house, struct db_session *session, const struct actor *actor, const struct task *t, int64_t now,
                       struct arena *mem, struct err *err)
{
    struct ledger_row row;
    struct err ignored;
    double id;
    if (!number_parse(t->origin_key, &id) || !app_ledger_row(house, session, actor, (int64_t)id, mem, &row, &ignored) || !ledger_is_mine(actor, &row) ||
        !ledger_can(ledger_row_state(&row), LEDGER_CLAIM, LEDGER_BY_OWNER))
        return true;
    return app_ledger_claim(house, session, actor, row.id, t->result, now, mem, err);
}

bool app_task_step(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, const struct task_act *act,
                   int64_t now, struct arena *mem, struct err *err)
{
    const struct text county = house_county(house), today = day_shown(now, mem);
    struct task before;
    struct task_unit *units;
    struct task_move move;
    size_t n;
    bool own;
    if (act->machine ? !store_task(session, county, id, mem, &before, err) || !store_task_units(session, county, id, mem, &units, &n, err)
                     : !task_take(house, session, actor, id, mem, &before, &units, &n, err))
        return false;
    const struct task_view view = task_view_of(&before, now, mem);
    if (!task_may_step(actor, &view, act->step, act->machine, &move, &own, err) || !worded(act, &move, err) || !later_day(act, &before, today, err))
        return false;
    struct task after = before;
    const struct talk_on on = task_talk(id, mem);
    apply(&after, actor, act, &move, today, mem);
    after.changed_at = now > before.changed_at ? now : before.changed_at + 1;   /* two steps within a second are two */
    const bool moved = move.to != view.state, back = act->step == TASK_SEND_BACK || act->step == TASK_REOPEN;
    const struct text to = back ? text_printf(mem, "%.*s：%.*s", TEXT_ARG(task_step_zh(act->step)), TEXT_ARG(task_state_zh(view.way, move.to)))
                           : moved ? task_state_zh(view.way, move.to)
                           : act->step == TASK_ASK_MORE ? text_printf(mem, "%.*s到 %.*s", TEXT_ARG(task_step_zh(act->step)), TEXT_ARG(act->day))
                           : act->step == TASK_GRANT    ? text_printf(mem, "%.*s到 %.*s", TEXT_ARG(task_step_zh(act->step)), TEXT_ARG(after.due))
                                                        : task_step_zh(act->step);
    return store_task_set(session, county, &after, before.state, before.changed_at, err) &&
           app_talk_step(session, county, &on, actor, moved ? task_state_zh(view.way, view.state) : TEXT(""), to, text_trim(act->words), now, err) &&
           app_talk_changed(session, county, &on, actor, "时限", before.due, after.due, now, err) &&
           app_talk_files(session, county, &on, actor, act->files, act->n_files, now, err) &&
           tell(house, session, actor, &after, units, n, act, now, mem, err) &&
           (act->step != TASK_PROVE || view.way != TASK_MEASURED || task_claim(house, session, actor, &after, now, mem, err)) &&
           audit_write(session, actor, "task.step", text_printf(mem, "task/%lld", (long long)id),
                       text_printf(mem, "step=%.*s state=%.*s", TEXT_ARG(task_step_code(act->step)), TEXT_ARG(after.state)), now, err);
}

bool app_tasks_settle(struct house *house, struct db_session *session, const struct actor *actor, enum task_origin origin,
                      struct text origin_key, enum task_step step, struct text words, int64_t now, struct arena *mem, size_t *n_out,
                      struct err *err)
{
    struct task *list;
    size_t n;
    *n_out = 0;
    if (!store_tasks_of(session, house_county(house), task_origin_code(origin), origin_key, mem, &list, &n, err))
        return false;
    const struct task_act act = { .step = step, .words = words, .machine = true };
    for (size_t i = 0; i < n; i++) {
        const struct task_view view = task_view_of(&list[i], now, mem);
        struct task_move move;
        struct err ignored;
        bool own;
        if (!task_may_step(actor, &view, step, true, &move, &own, &ignored))
            continue;
        if (!app_task_step(house, session, actor, list[i].id, &act, now, mem, err))
            return false;
        ++*n_out;
    }
    return true;
}
