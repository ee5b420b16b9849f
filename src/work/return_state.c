#include "work/return_state.h"

enum check_rule { EITHER, WHERE_CHECKED, WHERE_NOT_CHECKED };   /* for counties with, without the step of 审核 */

/* The rule: from, step, hand → to.  What is not here is not allowed. */
static const struct {
    enum return_state from;
    enum return_step step;
    enum return_hand hand;
    enum check_rule where;
    enum return_state to;
    enum return_demand demand;
} MOVES[] = {
    { RETURN_DRAFT,     STEP_SUBMIT,    HAND_CLERK,     EITHER,            RETURN_SUBMITTED, DEMAND_SOUND },
    { RETURN_SUBMITTED, STEP_WITHDRAW,  HAND_CLERK,     EITHER,            RETURN_DRAFT,     DEMAND_NOTHING },
    { RETURN_SUBMITTED, STEP_CONFIRM,   HAND_PRINCIPAL, EITHER,            RETURN_CONFIRMED, DEMAND_SOUND },
    { RETURN_SUBMITTED, STEP_SEND_BACK, HAND_PRINCIPAL, EITHER,            RETURN_DRAFT,     DEMAND_REASON },
    { RETURN_CONFIRMED, STEP_CHECK,     HAND_CHECKER,   WHERE_CHECKED,     RETURN_CHECKED,   DEMAND_SOUND },
    { RETURN_CONFIRMED, STEP_SEND_BACK, HAND_CHECKER,   WHERE_CHECKED,     RETURN_DRAFT,     DEMAND_REASON },
    { RETURN_CONFIRMED, STEP_APPROVE,   HAND_BUREAU,    WHERE_NOT_CHECKED, RETURN_APPROVED,  DEMAND_SOUND },
    { RETURN_CONFIRMED, STEP_SEND_BACK, HAND_BUREAU,    WHERE_NOT_CHECKED, RETURN_DRAFT,     DEMAND_REASON },
    /* A county may leave the step out while returns are on their way: what was checked is approved all the same. */
    { RETURN_CHECKED,   STEP_APPROVE,   HAND_BUREAU,    EITHER,            RETURN_APPROVED,  DEMAND_SOUND },
    { RETURN_CHECKED,   STEP_SEND_BACK, HAND_BUREAU,    EITHER,            RETURN_DRAFT,     DEMAND_REASON },
    { RETURN_APPROVED,  STEP_REOPEN,    HAND_BUREAU,    EITHER,            RETURN_DRAFT,     DEMAND_REASON },
    { RETURN_APPROVED,  STEP_LOCK,      HAND_LOCKER,    EITHER,            RETURN_LOCKED,    DEMAND_NOTHING },
    { RETURN_LOCKED,    STEP_CORRECT,   HAND_CORRECTOR, EITHER,            RETURN_LOCKED,    DEMAND_REASON },
};

static const struct { const char *code, *zh; } STATES[N_RETURN_STATES] = {
    [RETURN_DRAFT] = { "draft", "草稿" },         [RETURN_SUBMITTED] = { "submitted", "已提交" },
    [RETURN_CONFIRMED] = { "confirmed", "校长已确认" }, [RETURN_CHECKED] = { "checked", "已审核" },
    [RETURN_APPROVED] = { "approved", "已审定" }, [RETURN_LOCKED] = { "locked", "已锁定" },
};
static const struct { const char *code, *zh; } STEPS[N_RETURN_STEPS] = {
    [STEP_SUBMIT] = { "submit", "提交" },   [STEP_WITHDRAW] = { "withdraw", "撤回" },   [STEP_CONFIRM] = { "confirm", "确认" },
    [STEP_CHECK] = { "check", "审核" },     [STEP_APPROVE] = { "approve", "审定" },     [STEP_SEND_BACK] = { "send_back", "退回" },
    [STEP_REOPEN] = { "reopen", "重开" },   [STEP_LOCK] = { "lock", "锁定" },           [STEP_CORRECT] = { "correct", "更正" },
};
static const char *const HANDS[N_RETURN_HANDS] = {
    [HAND_CLERK] = "学校填报员", [HAND_PRINCIPAL] = "校长", [HAND_CHECKER] = "乡镇或学区",
    [HAND_BUREAU] = "教育局", [HAND_LOCKER] = "县级办公室", [HAND_CORRECTOR] = "提出更正的人和另一位同意的人",
};

static bool holds_here(enum check_rule where, bool check_asked)
{
    return where == EITHER || (where == WHERE_CHECKED) == check_asked;
}

bool return_move(enum return_state from, enum return_step step, enum return_hand hand, bool check_asked, struct return_move *out,
                 struct err *err)
{
    enum return_hand other = N_RETURN_HANDS;
    for (size_t i = 0; i < COUNT(MOVES); i++) {
        if (MOVES[i].from != from || MOVES[i].step != step || !holds_here(MOVES[i].where, check_asked))
            continue;
        if (MOVES[i].hand == hand) {
            *out = (struct return_move){ MOVES[i].to, MOVES[i].demand };
            return true;
        }
        other = MOVES[i].hand;
    }
    if (other != N_RETURN_HANDS) {
        err_set(err, ERR_DENIED, "这一步（%s）要由%s做。", STEPS[step].zh, HANDS[other]);
        return err_hint(err, "您可以提醒对方。");
    }
    err_set(err, ERR_CONFLICT, "这份填报现在是“%s”，不能%s。", STATES[from].zh, STEPS[step].zh);
    const enum return_hand next = return_next_hand(from, check_asked);
    if (from == RETURN_LOCKED)
        return err_hint(err, "锁定之后只能更正：一人提出并说明原因，另一人同意。");
    return err_hint(err, "下一步是%s，由%s做。", STEPS[return_next_step(from, check_asked)].zh, HANDS[next]);
}

static size_t forward(enum return_state state, bool check_asked)
{
    size_t i = 0;
    while (i < COUNT(MOVES) && !(MOVES[i].from == state && MOVES[i].to > state && holds_here(MOVES[i].where, check_asked)))
        i++;
    return i;
}

enum return_hand return_next_hand(enum return_state state, bool check_asked)
{
    const size_t i = forward(state, check_asked);
    return i < COUNT(MOVES) ? MOVES[i].hand : N_RETURN_HANDS;
}

enum return_step return_next_step(enum return_state state, bool check_asked)
{
    const size_t i = forward(state, check_asked);
    return i < COUNT(MOVES) ? MOVES[i].step : N_RETURN_STEPS;
}

bool return_open(enum return_state state)
{
    return state == RETURN_DRAFT;
}

bool return_counts(enum return_state state)
{
    return state >= RETURN_APPROVED;
}

struct text return_state_code(enum return_state state) { return text_of(STATES[state].code); }
struct text return_state_zh(enum return_state state) { return text_of(STATES[state].zh); }
struct text return_step_code(enum return_step step) { return text_of(STEPS[step].code); }
struct text return_step_zh(enum return_step step) { return text_of(STEPS[step].zh); }
struct text return_hand_zh(enum return_hand hand) { return text_of(HANDS[hand]); }

bool return_state_of(struct text code, enum return_state *out)
{
    for (int s = 0; s < N_RETURN_STATES; s++)
        if (text_equal(code, text_of(STATES[s].code))) {
            *out = (enum return_state)s;
            return true;
        }
    return false;
}

bool return_step_of(struct text code, enum return_step *out)
{
    for (int s = 0; s < N_RETURN_STEPS; s++)
        if (text_equal(code, text_of(STEPS[s].code))) {
            *out = (enum return_step)s;
            return true;
        }
    return false;
}
