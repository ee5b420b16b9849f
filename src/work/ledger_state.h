/* ledger_state.h — where a row of the ledger (标准化建设台账) stands, and which step may come next, by whose hand.
 *
 *   发现 ─列入计划→ 已列计划 ─开工→ 实施中 ─报完成→ 报完成 ─核验→ 已销号 ─(数据又不达标)→ 重新打开 (滑坡)
 *                                     ↑── 退回, 撤回 ──┘                                     └→ as found
 *   any that is not verified ─不再要求→ 不再要求 ─重新要求→ 发现
 *
 * A row closes only by re-measurement and a second person's verification on the spot: the step asks for both, whoever calls
 * holds it to that.  Pure and table-driven: the table in the .c is the whole of the rule.
 * Source: domain specification §5.2 S4.1.2b, §6.2; the plan of work, 四（一）2 「建立学校标准化建设台账」. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum ledger_state {
    LEDGER_FOUND,       /* 发现: the engine measured it, or somebody entered it */
    LEDGER_PLANNED,     /* 已列计划: project, money, owner, day */
    LEDGER_IN_HAND,     /* 实施中 */
    LEDGER_CLAIMED,     /* 报完成 by its owner */
    LEDGER_VERIFIED,    /* 已销号: measured, and verified on the spot by another person */
    LEDGER_REOPENED,    /* 重新打开: it was verified, and the data fell back (滑坡) */
    LEDGER_NOT_ASKED,   /* 不再要求: the school is merged or closed, the demand fell away */
    N_LEDGER_STATES
};

enum ledger_step {
    LEDGER_PLAN,        /* 列入计划 */
    LEDGER_START,       /* 开始实施 */
    LEDGER_CLAIM,       /* 报完成 */
    LEDGER_TAKE_BACK,   /* 撤回 (a claim) */
    LEDGER_SEND_BACK,   /* 退回 (a claim) */
    LEDGER_VERIFY,      /* 核验销号 */
    LEDGER_FALL_BACK,   /* 滑坡: measured again, failed again */
    LEDGER_DROP,        /* 不再要求 */
    LEDGER_ASK_AGAIN,   /* 重新要求 */
    N_LEDGER_STEPS
};

/* In whose hand a step lies; acts.def says which roles that are. */
enum ledger_hand {
    LEDGER_BY_PLANNER,  /* who keeps the ledger (MAY_LEDGER) */
    LEDGER_BY_OWNER,    /* the unit that answers for it (责任单位) */
    LEDGER_BY_VERIFIER, /* who verifies (MAY_VERIFY) */
    LEDGER_BY_ENGINE,   /* the figures, the tree of units */
    N_LEDGER_HANDS
};

/* What a step asks for besides. */
enum ledger_demand {
    LEDGER_ASKS_NOTHING,
    LEDGER_ASKS_REASON,   /* said in words */
    LEDGER_ASKS_PROOF,    /* measured as met on data that count, and seen on the spot by another account than claimed it */
};

struct ledger_move { enum ledger_state to; enum ledger_demand demand; };

/* Whether the hand may take the step from there.
 *   Errors  ERR_CONFLICT: not from this state (says where it stands and what comes next); ERR_DENIED: another hand's */
bool ledger_move(enum ledger_state from, enum ledger_step step, enum ledger_hand hand, struct ledger_move *out, struct err *err) MUST_CHECK;
/* The same as a question. */
bool ledger_can(enum ledger_state from, enum ledger_step step, enum ledger_hand hand);
/* Something is still to be done. */
bool ledger_open(enum ledger_state state);

/* How they stand in the database ("in_hand"), and in words (实施中). */
struct text ledger_state_code(enum ledger_state state);
struct text ledger_state_zh(enum ledger_state state);
bool ledger_state_of(struct text word, enum ledger_state *out) MUST_CHECK;   /* by either */
struct text ledger_step_code(enum ledger_step step);
struct text ledger_step_zh(enum ledger_step step);
bool ledger_step_of(struct text code, enum ledger_step *out) MUST_CHECK;
struct text ledger_hand_zh(enum ledger_hand hand);
