/* Tasks that wait for somebody (我的事): those his unit answers for, and for who issues and verifies what stands before him. */
#include "app/task_inside.h"

#include "base/day.h"

enum { MOST_LISTED = 12 };   /* of a kind; more than that are one line */

static const char *const BUTTONS[N_TASK_STEPS] = { [TASK_ANSWER] = "答复", [TASK_ACCEPT] = "看措施", [TASK_PROVE] = "报结果", [TASK_CLOSE] = "复查" };

static void add_one(struct waiting_list *into, const struct task_view *v, enum task_step next, const char *why)
{
    const struct task *const t = &v->task;
    const char *const kind = t->kind == TASK_ORDER ? "整改通知" : "任务";
    waiting_add(into, &(struct waiting){
        .what = v->late ? text_printf(into->mem, "%s“%.*s”逾期 %lld 天，等您%s。", kind, TEXT_ARG(t->title), (long long)-v->days_left, BUTTONS[next])
                        : text_printf(into->mem, "%s“%.*s”，等您%s。", kind, TEXT_ARG(t->title), BUTTONS[next]),
        .why = text_of(why), .link = task_path(t->id, into->mem), .button = text_of(BUTTONS[next]), .due = day_due(t->due), .since = t->changed_at,
        .came_back = t->back_reason.size ? text_printf(into->mem, "%.*s：%.*s", TEXT_ARG(t->back_who), TEXT_ARG(t->back_reason)) : TEXT("") });
}

/* Those of one state, told one by one, or in one line where they are many. */
static bool add_state(struct house *house, struct db_session *session, const struct actor *actor, const char *state, bool mine, const char *why,
                      int64_t now, struct waiting_list *into, struct err *err)
{
    const struct task_filter filter = { .open = -1, .state = text_of(state) };
    struct task_view *views;
    size_t n, listed = 0;
    if (!app_tasks(house, session, actor, &filter, mine, TASK_BY_DUE, 0, MOST_LISTED + 1, now, into->mem, &views, &n, err))
        return false;
    for (size_t i = 0; i < n && listed < MOST_LISTED; i++) {
        enum task_step next;
        enum task_hand hand;
        struct task_move move;
        struct err ignored;
        bool own;
        if (!task_next(views[i].way, views[i].state, &next, &hand) || !task_may_step(actor, &views[i], next, false, &move, &own, &ignored) || !own)
            continue;
        add_one(into, &views[i], next, why);
        listed++;
    }
    if (n > MOST_LISTED)
        waiting_add(into, &(struct waiting){ .what = text_printf(into->mem, "另有任务和整改在等您，前 %d 件列在上面。", MOST_LISTED), .why = text_of(why),
                                             .link = text_printf(into->mem, "/tasks?state=%s%s", state, mine ? "&mine=1" : ""), .button = TEXT("看清单") });
    return true;
}

static bool add_asked(struct house *house, struct db_session *session, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct task *list;
    size_t n;
    if (!store_tasks_asked(session, house_county(house), MOST_LISTED, into->mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct task_view v = task_view_of(&list[i], now, into->mem);
        struct task_move move;
        struct err ignored;
        bool own;
        if (task_may_step(actor, &v, TASK_GRANT, false, &move, &own, &ignored))
            waiting_add(into, &(struct waiting){
                .what = text_printf(into->mem, "“%.*s”申请延期到 %.*s，等您决定。", TEXT_ARG(list[i].title), TEXT_ARG(list[i].asked_due)),
                .why = text_printf(into->mem, "%.*s：%.*s", TEXT_ARG(list[i].asked_who), TEXT_ARG(list[i].asked_reason)),
                .link = task_path(list[i].id, into->mem), .button = TEXT("去决定"), .due = day_due(list[i].due), .since = list[i].changed_at });
    }
    return true;
}

bool app_tasks_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err)
{
    struct db_session *session;
    bool ok = true;
    if (!(actor->permissions & MAY_TALK))
        return true;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    if (actor->permissions & MAY_WORK)
        ok = add_state(house, session, actor, "issued", true, "您的单位是责任单位。", now, into, err) &&
             add_state(house, session, actor, "in_hand", true, "您的单位是责任单位。", now, into, err);
    if (ok && (actor->permissions & MAY_ASSIGN))
        ok = add_state(house, session, actor, "answered", false, "交办的人同意之后，责任单位才按措施办。", now, into, err) &&
             add_asked(house, session, actor, now, into, err);
    if (ok && (actor->permissions & MAY_VERIFY))
        ok = add_state(house, session, actor, "proved", false, "结果要由另一个人复查。", now, into, err);
    db_read_end(&session);
    return ok;
}
