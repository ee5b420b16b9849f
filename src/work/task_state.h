/* task_state.h — one machine for tasks (任务) and rectification (整改) of every origin: where one stands, which step may come next, by
 * whose hand.
 *
 *   已下达 ─答复措施→ 已答复 ─同意→ 整改中 ─报结果→ 已报结果 ─复查通过→ 已销号
 *     ↑──── 退回 ───────┘            ↑───── 退回 ──────┘                │
 *     └ …                            └──────────────── 重开 ────────────┘
 *   A plain task goes a shorter way: 已下达 ─开始→ 整改中 ─完成→ 已销号.  What is not asked any more is withdrawn (已撤销).
 *   While the work is on, one may ask for an extension; the one above grants or refuses it; where the thing stands does not change.
 *
 * Pure and table-driven: the table in the .c is the whole of the rule.  That the one who claims is not the one who verifies, and the one
 * who asks is not the one who grants, is held by accounts (app/task_act.c): here stand hands.
 * Source: domain specification §5, S6 (整改销号); issue "the work" §3. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum task_state {
    TASK_ISSUED,     /* 已下达 */
    TASK_ANSWERED,   /* 已答复: measures stand, and wait for consent */
    TASK_IN_HAND,    /* 整改中, 办理中 */
    TASK_PROVED,     /* 已报结果: waits to be looked at again */
    TASK_CLOSED,     /* 已销号, 已完成 */
    TASK_WITHDRAWN,  /* 已撤销: not asked any more */
    N_TASK_STATES
};

/* Which way it goes, settled when it is issued. */
enum task_way {
    TASK_PLAIN,      /* a task: its unit says when it is done */
    TASK_CHECKED,    /* an order, or a task that is looked at again */
    TASK_MEASURED,   /* an order of the ledger: it closes when the ledger's row does, by re-measurement and on the spot */
    N_TASK_WAYS
};

enum task_step {
    TASK_ANSWER,     /* 答复: what will be done, by when */
    TASK_ACCEPT,     /* 同意措施 */
    TASK_BEGIN,      /* 开始办理 */
    TASK_PROVE,      /* 报结果: done, with proof */
    TASK_CLOSE,      /* 复查通过，销号 */
    TASK_SEND_BACK,  /* 退回 */
    TASK_REOPEN,     /* 重开: it is as it was before */
    TASK_WITHDRAW,   /* 撤销 */
    TASK_ASK_MORE,   /* 申请延期 */
    TASK_GRANT,      /* 同意延期 */
    TASK_REFUSE,     /* 不同意延期 */
    N_TASK_STEPS
};

/* In whose hand a step lies. */
enum task_hand {
    TASK_OWNER,      /* 责任单位 */
    TASK_ISSUER,     /* 交办人: the office, the supervisors */
    TASK_VERIFIER,   /* 核验人 */
    TASK_MACHINE,    /* the ledger and its like: what follows from something done elsewhere */
    N_TASK_HANDS
};

enum task_demand {
    TASK_NEEDS_NOTHING,
    TASK_NEEDS_WORDS,    /* measures, a result, a finding on the spot, a reason: in words */
    TASK_NEEDS_DAY,      /* a reason, and until when */
};

struct task_move { enum task_state to; enum task_demand demand; };

/* Whether the hand may take the step from there.
 *   Given    asked  an extension was asked for and is not decided
 *   Errors   ERR_CONFLICT: not from this state, or not while an extension is (not) asked for; ERR_DENIED: another hand's */
bool task_move(enum task_way way, enum task_state from, bool asked, enum task_step step, enum task_hand hand, struct task_move *out,
               struct err *err) MUST_CHECK;
/* The next step on the way forward, and by whose hand; false: it has arrived. */
bool task_next(enum task_way way, enum task_state state, enum task_step *step_out, enum task_hand *hand_out);
/* It is not over: neither closed nor withdrawn. */
bool task_open(enum task_state state);
/* It is its unit's turn: what is late counts as late. */
bool task_with_owner(enum task_state state);

/* How they stand in the database (issued), and in words (已下达; 答复; 责任单位). */
struct text task_state_code(enum task_state state);
bool task_state_of(struct text code, enum task_state *out) MUST_CHECK;
struct text task_way_code(enum task_way way);
bool task_way_of(struct text code, enum task_way *out) MUST_CHECK;
struct text task_step_code(enum task_step step);
bool task_step_of(struct text code, enum task_step *out) MUST_CHECK;
struct text task_state_zh(enum task_way way, enum task_state state);   /* a plain task is 已完成, not 已销号 */
struct text task_state_en(enum task_way way, enum task_state state);
struct text task_step_zh(enum task_step step);
struct text task_step_en(enum task_step step);
struct text task_hand_zh(enum task_hand hand);
struct text task_hand_en(enum task_hand hand);
