#include "work/task_state.h"

enum { PLAIN = 1 << TASK_PLAIN, CHECKED = 1 << TASK_CHECKED, MEASURED = 1 << TASK_MEASURED, ORDER = CHECKED | MEASURED, ANY_WAY = PLAIN | ORDER };
enum asked { EITHER, ASKED, NOT_ASKED };   /* whether an extension waits to be decided */

#define HAND(hand) (1u << (hand))

/* The rule: on which ways, from, step, by which hands → to.  What is not here is not allowed.  Of a state's rows the first that goes on
 * is the way forward. */
static const struct {
    unsigned ways;
    enum task_state from;
    enum task_step step;
    unsigned hands;
    enum asked asked;
    enum task_state to;
    enum task_demand demand;
} MOVES[] = {
    { ORDER,   TASK_ISSUED,   TASK_ANSWER,    HAND(TASK_OWNER),                       EITHER,    TASK_ANSWERED,  TASK_NEEDS_WORDS },
    { ORDER,   TASK_ANSWERED, TASK_ACCEPT,    HAND(TASK_ISSUER),                      EITHER,    TASK_IN_HAND,   TASK_NEEDS_NOTHING },
    { ORDER,   TASK_ANSWERED, TASK_SEND_BACK, HAND(TASK_ISSUER),                      EITHER,    TASK_ISSUED,    TASK_NEEDS_WORDS },
    { ORDER,   TASK_IN_HAND,  TASK_PROVE,     HAND(TASK_OWNER),                       EITHER,    TASK_PROVED,    TASK_NEEDS_WORDS },
    { CHECKED, TASK_PROVED,   TASK_CLOSE,     HAND(TASK_VERIFIER) | HAND(TASK_MACHINE), EITHER,  TASK_CLOSED,    TASK_NEEDS_WORDS },
    { ORDER,   TASK_PROVED,   TASK_SEND_BACK, HAND(TASK_VERIFIER) | HAND(TASK_MACHINE), EITHER,  TASK_IN_HAND,   TASK_NEEDS_WORDS },
    /* What the ledger asks for is closed by the ledger, wherever the order stands: the figure has been measured anew. */
    { MEASURED, TASK_PROVED,   TASK_CLOSE,    HAND(TASK_MACHINE),                     EITHER,    TASK_CLOSED,    TASK_NEEDS_WORDS },
    { MEASURED, TASK_ISSUED,   TASK_CLOSE,    HAND(TASK_MACHINE),                     EITHER,    TASK_CLOSED,    TASK_NEEDS_WORDS },
    { MEASURED, TASK_ANSWERED, TASK_CLOSE,    HAND(TASK_MACHINE),                     EITHER,    TASK_CLOSED,    TASK_NEEDS_WORDS },
    { MEASURED, TASK_IN_HAND,  TASK_CLOSE,    HAND(TASK_MACHINE),                     EITHER,    TASK_CLOSED,    TASK_NEEDS_WORDS },
    /* A plain task. */
    { PLAIN,   TASK_ISSUED,   TASK_BEGIN,     HAND(TASK_OWNER),                       EITHER,    TASK_IN_HAND,   TASK_NEEDS_NOTHING },
    { PLAIN,   TASK_ISSUED,   TASK_PROVE,     HAND(TASK_OWNER),                       EITHER,    TASK_CLOSED,    TASK_NEEDS_WORDS },
    { PLAIN,   TASK_IN_HAND,  TASK_PROVE,     HAND(TASK_OWNER),                       EITHER,    TASK_CLOSED,    TASK_NEEDS_WORDS },
    /* Back, and away. */
    { ANY_WAY, TASK_CLOSED,   TASK_REOPEN,    HAND(TASK_ISSUER) | HAND(TASK_VERIFIER) | HAND(TASK_MACHINE), EITHER, TASK_IN_HAND, TASK_NEEDS_WORDS },
    { ANY_WAY, TASK_ISSUED,   TASK_WITHDRAW,  HAND(TASK_ISSUER) | HAND(TASK_MACHINE), EITHER,    TASK_WITHDRAWN, TASK_NEEDS_WORDS },
    { ORDER,   TASK_ANSWERED, TASK_WITHDRAW,  HAND(TASK_ISSUER) | HAND(TASK_MACHINE), EITHER,    TASK_WITHDRAWN, TASK_NEEDS_WORDS },
    { ANY_WAY, TASK_IN_HAND,  TASK_WITHDRAW,  HAND(TASK_ISSUER) | HAND(TASK_MACHINE), EITHER,    TASK_WITHDRAWN, TASK_NEEDS_WORDS },
    { ORDER,   TASK_PROVED,   TASK_WITHDRAW,  HAND(TASK_ISSUER) | HAND(TASK_MACHINE), EITHER,    TASK_WITHDRAWN, TASK_NEEDS_WORDS },
    /* More time, while it is the unit's turn; decided also where the unit has gone on meanwhile. */
    { ANY_WAY, TASK_ISSUED,   TASK_ASK_MORE,  HAND(TASK_OWNER),                       NOT_ASKED, TASK_ISSUED,    TASK_NEEDS_DAY },
    { ORDER,   TASK_ANSWERED, TASK_ASK_MORE,  HAND(TASK_OWNER),                       NOT_ASKED, TASK_ANSWERED,  TASK_NEEDS_DAY },
    { ANY_WAY, TASK_IN_HAND,  TASK_ASK_MORE,  HAND(TASK_OWNER),                       NOT_ASKED, TASK_IN_HAND,   TASK_NEEDS_DAY },
    { ANY_WAY, TASK_ISSUED,   TASK_GRANT,     HAND(TASK_ISSUER),                      ASKED,     TASK_ISSUED,    TASK_NEEDS_NOTHING },
    { ORDER,   TASK_ANSWERED, TASK_GRANT,     HAND(TASK_ISSUER),                      ASKED,     TASK_ANSWERED,  TASK_NEEDS_NOTHING },
    { ANY_WAY, TASK_IN_HAND,  TASK_GRANT,     HAND(TASK_ISSUER),                      ASKED,     TASK_IN_HAND,   TASK_NEEDS_NOTHING },
    { ORDER,   TASK_PROVED,   TASK_GRANT,     HAND(TASK_ISSUER),                      ASKED,     TASK_PROVED,    TASK_NEEDS_NOTHING },
    { ANY_WAY, TASK_ISSUED,   TASK_REFUSE,    HAND(TASK_ISSUER),                      ASKED,     TASK_ISSUED,    TASK_NEEDS_WORDS },
    { ORDER,   TASK_ANSWERED, TASK_REFUSE,    HAND(TASK_ISSUER),                      ASKED,     TASK_ANSWERED,  TASK_NEEDS_WORDS },
    { ANY_WAY, TASK_IN_HAND,  TASK_REFUSE,    HAND(TASK_ISSUER),                      ASKED,     TASK_IN_HAND,   TASK_NEEDS_WORDS },
    { ORDER,   TASK_PROVED,   TASK_REFUSE,    HAND(TASK_ISSUER),                      ASKED,     TASK_PROVED,    TASK_NEEDS_WORDS },
};

struct word { const char *code, *zh, *en; };
static const struct word STATES[N_TASK_STATES] = {
    [TASK_ISSUED] = { "issued", "已下达", "Issued" },       [TASK_ANSWERED] = { "answered", "已答复", "Answered" },
    [TASK_IN_HAND] = { "in_hand", "整改中", "In hand" },    [TASK_PROVED] = { "proved", "已报结果", "Reported done" },
    [TASK_CLOSED] = { "closed", "已销号", "Closed" },       [TASK_WITHDRAWN] = { "withdrawn", "已撤销", "Withdrawn" },
};
static const struct word PLAIN_STATES[N_TASK_STATES] = { [TASK_IN_HAND] = { "in_hand", "办理中", "In hand" }, [TASK_CLOSED] = { "closed", "已完成", "Done" } };
static const char *const WAYS[N_TASK_WAYS] = { [TASK_PLAIN] = "plain", [TASK_CHECKED] = "checked", [TASK_MEASURED] = "measured" };
static const struct word STEPS[N_TASK_STEPS] = {
    [TASK_ANSWER] = { "answer", "答复措施", "Answer with measures" }, [TASK_ACCEPT] = { "accept", "同意措施", "Accept the measures" },
    [TASK_BEGIN] = { "begin", "开始办理", "Begin" },         [TASK_PROVE] = { "prove", "报结果", "Report the result" },
    [TASK_CLOSE] = { "close", "复查销号", "Verify and close" }, [TASK_SEND_BACK] = { "send_back", "退回", "Send back" },
    [TASK_REOPEN] = { "reopen", "重开", "Reopen" },         [TASK_WITHDRAW] = { "withdraw", "撤销", "Withdraw" },
    [TASK_ASK_MORE] = { "ask_more", "申请延期", "Ask for more time" }, [TASK_GRANT] = { "grant", "同意延期", "Grant more time" },
    [TASK_REFUSE] = { "refuse", "不同意延期", "Refuse more time" },
};
static const struct { const char *zh, *en; } HANDS[N_TASK_HANDS] = {
    [TASK_OWNER] = { "责任单位", "the unit that answers for it" }, [TASK_ISSUER] = { "交办的人（县级办公室或督导）", "who issued it (office, supervisors)" },
    [TASK_VERIFIER] = { "核验的人（县级办公室或督导）", "who verifies (office, supervisors)" }, [TASK_MACHINE] = { "台账", "the ledger" },
};

static bool on(size_t i, enum task_way way, enum task_state from)
{
    return (MOVES[i].ways & 1u << way) && MOVES[i].from == from;
}

static enum task_hand first_hand(unsigned hands)
{
    int hand = 0;
    while (!(hands & HAND(hand)))
        hand++;
    return (enum task_hand)hand;
}

static bool not_now(enum task_way way, enum task_state from, bool asked, enum task_step step, struct err *err)
{
    enum task_step next;
    enum task_hand hand;
    if ((step == TASK_GRANT || step == TASK_REFUSE) && !asked)
        return err_set(err, ERR_CONFLICT, "没有等着决定的延期申请。");
    if (step == TASK_ASK_MORE && asked) {
        err_set(err, ERR_CONFLICT, "已经有一个延期申请在等决定。");
        return err_hint(err, "请等交办的人决定之后再申请。");
    }
    err_set(err, ERR_CONFLICT, "这件事现在是“%.*s”，不能%s。", TEXT_ARG(task_state_zh(way, from)), STEPS[step].zh);
    if (!task_next(way, from, &next, &hand))
        return err_hint(err, "它已经办结；确实没有解决的，由交办的人重开并写明原因。");
    return err_hint(err, "下一步是%s，由%s做。", STEPS[next].zh, HANDS[hand].zh);
}

bool task_move(enum task_way way, enum task_state from, bool asked, enum task_step step, enum task_hand hand, struct task_move *out,
               struct err *err)
{
    unsigned others = 0;
    for (size_t i = 0; i < COUNT(MOVES); i++) {
        if (!on(i, way, from) || MOVES[i].step != step || (MOVES[i].asked != EITHER && (MOVES[i].asked == ASKED) != asked))
            continue;
        if (hand < N_TASK_HANDS && (MOVES[i].hands & HAND(hand))) {
            *out = (struct task_move){ MOVES[i].to, MOVES[i].demand };
            return true;
        }
        others |= MOVES[i].hands;
    }
    if (!others)
        return not_now(way, from, asked, step, err);
    err_set(err, ERR_DENIED, "这一步（%s）要由%s做。", STEPS[step].zh, HANDS[first_hand(others)].zh);
    if (first_hand(others) == TASK_MACHINE)
        return err_hint(err, "台账上的问题要重新测算达标、再由另一人现场核验，台账销号时它自动销号。");
    return err_hint(err, "您可以在下面留言提醒对方。");
}

bool task_next(enum task_way way, enum task_state state, enum task_step *step_out, enum task_hand *hand_out)
{
    for (size_t i = 0; i < COUNT(MOVES); i++)
        if (on(i, way, state) && MOVES[i].to > state && MOVES[i].to != TASK_WITHDRAWN && MOVES[i].step != TASK_BEGIN &&
            (MOVES[i].step != TASK_CLOSE || state == TASK_PROVED)) {
            *step_out = MOVES[i].step;
            *hand_out = first_hand(MOVES[i].hands);
            return true;
        }
    return false;
}

bool task_open(enum task_state state)
{
    return state < TASK_CLOSED;
}

bool task_with_owner(enum task_state state)
{
    return state < TASK_PROVED;
}

static const struct word *state_word(enum task_way way, enum task_state state)
{
    return way == TASK_PLAIN && PLAIN_STATES[state].code ? &PLAIN_STATES[state] : &STATES[state];
}

struct text task_state_code(enum task_state state) { return text_of(STATES[state].code); }
struct text task_way_code(enum task_way way) { return text_of(WAYS[way]); }
struct text task_step_code(enum task_step step) { return text_of(STEPS[step].code); }
struct text task_state_zh(enum task_way way, enum task_state state) { return text_of(state_word(way, state)->zh); }
struct text task_state_en(enum task_way way, enum task_state state) { return text_of(state_word(way, state)->en); }
struct text task_step_zh(enum task_step step) { return text_of(STEPS[step].zh); }
struct text task_step_en(enum task_step step) { return text_of(STEPS[step].en); }
struct text task_hand_zh(enum task_hand hand) { return text_of(HANDS[hand].zh); }
struct text task_hand_en(enum task_hand hand) { return text_of(HANDS[hand].en); }

bool task_state_of(struct text code, enum task_state *out)
{
    for (int s = 0; s < N_TASK_STATES; s++)
        if (text_equal(code, text_of(STATES[s].code))) {
            *out = (enum task_state)s;
            return true;
        }
    return false;
}

bool task_way_of(struct text code, enum task_way *out)
{
    for (int w = 0; w < N_TASK_WAYS; w++)
        if (text_equal(code, text_of(WAYS[w]))) {
            *out = (enum task_way)w;
            return true;
        }
    return false;
}

bool task_step_of(struct text code, enum task_step *out)
{
    for (int s = 0; s < N_TASK_STEPS; s++)
        if (text_equal(code, text_of(STEPS[s].code))) {
            *out = (enum task_step)s;
            return true;
        }
    return false;
}
