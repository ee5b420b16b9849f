#include "work/ledger_state.h"

/* The rule: from, step, hand → to.  What is not here is not allowed. */
static const struct {
    enum ledger_state from;
    enum ledger_step step;
    enum ledger_hand hand;
    enum ledger_state to;
    enum ledger_demand demand;
} MOVES[] = {
    { LEDGER_FOUND,     LEDGER_PLAN,      LEDGER_BY_PLANNER,  LEDGER_PLANNED,   LEDGER_ASKS_NOTHING },
    { LEDGER_FOUND,     LEDGER_START,     LEDGER_BY_OWNER,    LEDGER_IN_HAND,   LEDGER_ASKS_NOTHING },
    { LEDGER_FOUND,     LEDGER_CLAIM,     LEDGER_BY_OWNER,    LEDGER_CLAIMED,   LEDGER_ASKS_REASON },
    { LEDGER_FOUND,     LEDGER_DROP,      LEDGER_BY_PLANNER,  LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_FOUND,     LEDGER_DROP,      LEDGER_BY_ENGINE,   LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_PLANNED,   LEDGER_START,     LEDGER_BY_OWNER,    LEDGER_IN_HAND,   LEDGER_ASKS_NOTHING },
    { LEDGER_PLANNED,   LEDGER_CLAIM,     LEDGER_BY_OWNER,    LEDGER_CLAIMED,   LEDGER_ASKS_REASON },
    { LEDGER_PLANNED,   LEDGER_DROP,      LEDGER_BY_PLANNER,  LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_PLANNED,   LEDGER_DROP,      LEDGER_BY_ENGINE,   LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_IN_HAND,   LEDGER_CLAIM,     LEDGER_BY_OWNER,    LEDGER_CLAIMED,   LEDGER_ASKS_REASON },
    { LEDGER_IN_HAND,   LEDGER_DROP,      LEDGER_BY_PLANNER,  LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_IN_HAND,   LEDGER_DROP,      LEDGER_BY_ENGINE,   LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_CLAIMED,   LEDGER_TAKE_BACK, LEDGER_BY_OWNER,    LEDGER_IN_HAND,   LEDGER_ASKS_NOTHING },
    { LEDGER_CLAIMED,   LEDGER_SEND_BACK, LEDGER_BY_VERIFIER, LEDGER_IN_HAND,   LEDGER_ASKS_REASON },
    { LEDGER_CLAIMED,   LEDGER_VERIFY,    LEDGER_BY_VERIFIER, LEDGER_VERIFIED,  LEDGER_ASKS_PROOF },
    { LEDGER_CLAIMED,   LEDGER_DROP,      LEDGER_BY_ENGINE,   LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_VERIFIED,  LEDGER_FALL_BACK, LEDGER_BY_ENGINE,   LEDGER_REOPENED,  LEDGER_ASKS_REASON },
    { LEDGER_REOPENED,  LEDGER_PLAN,      LEDGER_BY_PLANNER,  LEDGER_PLANNED,   LEDGER_ASKS_NOTHING },
    { LEDGER_REOPENED,  LEDGER_START,     LEDGER_BY_OWNER,    LEDGER_IN_HAND,   LEDGER_ASKS_NOTHING },
    { LEDGER_REOPENED,  LEDGER_CLAIM,     LEDGER_BY_OWNER,    LEDGER_CLAIMED,   LEDGER_ASKS_REASON },
    { LEDGER_REOPENED,  LEDGER_DROP,      LEDGER_BY_PLANNER,  LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_REOPENED,  LEDGER_DROP,      LEDGER_BY_ENGINE,   LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_NOT_ASKED, LEDGER_ASK_AGAIN, LEDGER_BY_PLANNER,  LEDGER_FOUND,     LEDGER_ASKS_REASON },
    { LEDGER_NOT_ASKED, LEDGER_ASK_AGAIN, LEDGER_BY_ENGINE,   LEDGER_FOUND,     LEDGER_ASKS_REASON },
};

static const struct { const char *code, *zh, *next; } STATES[N_LEDGER_STATES] = {
    [LEDGER_FOUND] = { "found", "发现", "办公室列入计划，或由责任单位开始实施、报完成。" },
    [LEDGER_PLANNED] = { "planned", "已列计划", "责任单位开始实施，做完后报完成。" },
    [LEDGER_IN_HAND] = { "in_hand", "实施中", "责任单位做完后报完成。" },
    [LEDGER_CLAIMED] = { "claimed", "报完成", "数据复测达标后，由另一个人到现场核验。" },
    [LEDGER_VERIFIED] = { "verified", "已销号", "它已经了结；数据再不达标时会自己重新打开。" },
    [LEDGER_REOPENED] = { "reopened", "重新打开", "责任单位查明滑坡的原因，再次整改后报完成。" },
    [LEDGER_NOT_ASKED] = { "not_asked", "不再要求", "如果又需要整改，由办公室重新要求。" },
};
static const struct { const char *code, *zh; } STEPS[N_LEDGER_STEPS] = {
    [LEDGER_PLAN] = { "plan", "列入计划" },          [LEDGER_START] = { "start", "开始实施" },  [LEDGER_CLAIM] = { "claim", "报完成" },
    [LEDGER_TAKE_BACK] = { "take_back", "撤回" },    [LEDGER_SEND_BACK] = { "send_back", "退回" }, [LEDGER_VERIFY] = { "verify", "核验销号" },
    [LEDGER_FALL_BACK] = { "fall_back", "滑坡" },    [LEDGER_DROP] = { "drop", "不再要求" },    [LEDGER_ASK_AGAIN] = { "ask_again", "重新要求" },
};
static const char *const HANDS[N_LEDGER_HANDS] = {
    [LEDGER_BY_PLANNER] = "县级办公室", [LEDGER_BY_OWNER] = "责任单位", [LEDGER_BY_VERIFIER] = "核验人（督导或办公室）",
    [LEDGER_BY_ENGINE] = "系统按数据",
};

bool ledger_move(enum ledger_state from, enum ledger_step step, enum ledger_hand hand, struct ledger_move *out, struct err *err)
{
    enum ledger_hand other = N_LEDGER_HANDS;
    for (size_t i = 0; i < COUNT(MOVES); i++) {
        if (MOVES[i].from != from || MOVES[i].step != step)
            continue;
        if (MOVES[i].hand == hand) {
            *out = (struct ledger_move){ MOVES[i].to, MOVES[i].demand };
            return true;
        }
        if (other == N_LEDGER_HANDS)
            other = MOVES[i].hand;
    }
    if (other != N_LEDGER_HANDS) {
        err_set(err, ERR_DENIED, "这一步（%s）要由%s做。", STEPS[step].zh, HANDS[other]);
        return err_hint(err, "您可以在这一行下面留言，提醒对方。");
    }
    err_set(err, ERR_CONFLICT, "台账的这一行现在是“%s”，不能%s。", STATES[from].zh, STEPS[step].zh);
    return err_hint(err, "下一步：%s", STATES[from].next);
}

bool ledger_can(enum ledger_state from, enum ledger_step step, enum ledger_hand hand)
{
    for (size_t i = 0; i < COUNT(MOVES); i++)
        if (MOVES[i].from == from && MOVES[i].step == step && MOVES[i].hand == hand)
            return true;
    return false;
}

bool ledger_open(enum ledger_state state)
{
    return state != LEDGER_VERIFIED && state != LEDGER_NOT_ASKED;
}

struct text ledger_state_code(enum ledger_state state) { return text_of(STATES[state].code); }
struct text ledger_state_zh(enum ledger_state state) { return text_of(STATES[state].zh); }
struct text ledger_step_code(enum ledger_step step) { return text_of(STEPS[step].code); }
struct text ledger_step_zh(enum ledger_step step) { return text_of(STEPS[step].zh); }
struct text ledger_hand_zh(enum ledger_hand hand) { return text_of(HANDS[hand]); }

bool ledger_state_of(struct text word, enum ledger_state *out)
{
    for (int s = 0; s < N_LEDGER_STATES; s++)
        if (text_equal(word, text_of(STATES[s].code)) || text_equal(word, text_of(STATES[s].zh))) {
            *out = (enum ledger_state)s;
            return true;
        }
    return false;
}

bool ledger_step_of(struct text code, enum ledger_step *out)
{
    for (int s = 0; s < N_LEDGER_STEPS; s++)
        if (text_equal(code, text_of(STEPS[s].code))) {
            *out = (enum ledger_step)s;
            return true;
        }
    return false;
}
