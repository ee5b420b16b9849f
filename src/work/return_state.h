/* return_state.h — where a school's return (填报) of a year stands, and which step may come next, by whose hand.
 *
 *   草稿 ─提交→ 已提交 ─确认→ 校长已确认 ─审核→ 已审核 ─审定→ 已审定 ─锁定→ 已锁定 ─更正→ 已锁定
 *     ↑ 撤回 ──┘           (a county may leave 审核 out)
 *     └──────────────── 退回, 重开 ──────────────────────────┘
 *
 * Pure and table-driven: the table in the .c is the whole of the rule.  Source: domain specification §5.4 S5.2.1, §6.4. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum return_state {
    RETURN_DRAFT,       /* 草稿: being filled in, or not begun, or sent back */
    RETURN_SUBMITTED,   /* 已提交 by the clerk */
    RETURN_CONFIRMED,   /* 校长已确认 */
    RETURN_CHECKED,     /* 已审核 by the township or the school district */
    RETURN_APPROVED,    /* 已审定 by the bureau: from here on it counts */
    RETURN_LOCKED,      /* 已锁定: changes by a correction of two people alone */
    N_RETURN_STATES
};

enum return_step {
    STEP_SUBMIT, STEP_WITHDRAW, STEP_CONFIRM, STEP_CHECK, STEP_APPROVE, STEP_SEND_BACK, STEP_REOPEN, STEP_LOCK, STEP_CORRECT,
    N_RETURN_STEPS
};

/* In whose hand a step lies; which role that is, acts.def says. */
enum return_hand { HAND_CLERK, HAND_PRINCIPAL, HAND_CHECKER, HAND_BUREAU, HAND_LOCKER, HAND_CORRECTOR, N_RETURN_HANDS };

/* What a step asks for besides. */
enum return_demand { DEMAND_NOTHING, DEMAND_SOUND /* no error, nothing compulsory blank, every warning explained */, DEMAND_REASON };

struct return_move { enum return_state to; enum return_demand demand; };

/* Whether the hand may take the step from there.
 *   Given    check_asked  whether the county has the step of 审核
 *   Errors   ERR_CONFLICT: not from this state (says where it stands and what comes next); ERR_DENIED: another hand's */
bool return_move(enum return_state from, enum return_step step, enum return_hand hand, bool check_asked, struct return_move *out,
                 struct err *err) MUST_CHECK;
/* Whose step is next on the way forward; N_RETURN_HANDS when it has arrived. */
enum return_hand return_next_hand(enum return_state state, bool check_asked);
enum return_step return_next_step(enum return_state state, bool check_asked);   /* N_RETURN_STEPS: none */
/* Cells may be typed in: by the clerk in a draft alone. */
bool return_open(enum return_state state);
/* The figures count in an assessment. */
bool return_counts(enum return_state state);

/* How they stand in the database (draft), and in words (草稿; 提交; 校长). */
struct text return_state_code(enum return_state state);
bool return_state_of(struct text code, enum return_state *out) MUST_CHECK;
struct text return_step_code(enum return_step step);
bool return_step_of(struct text code, enum return_step *out) MUST_CHECK;
struct text return_state_zh(enum return_state state);
struct text return_step_zh(enum return_step step);
struct text return_hand_zh(enum return_hand hand);
