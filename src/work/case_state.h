/* case_state.h — a good case (典型案例): 已报送 ─收录→ 已收录 ─公开→ 已公开; back: 退回修改 ─再报→ 已报送, 撤下 → 已收录.
 * Who takes it into the library is not who handed it in.  Pure. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum case_state { CASE_SUBMITTED, CASE_RETURNED, CASE_TAKEN, CASE_RELEASED, N_CASE_STATES };
enum case_step { CASE_TAKE, CASE_RETURN, CASE_AGAIN, CASE_RELEASE, CASE_UNRELEASE, N_CASE_STEPS };
enum case_hand { CASE_AUTHOR, CASE_OFFICE };
struct case_move { enum case_state to; bool reason, other_person; };

/*   Errors  ERR_CONFLICT, ERR_DENIED as work/concern_state.h */
bool case_move(enum case_state from, enum case_step step, enum case_hand hand, bool handed_it_in, struct case_move *out, struct err *err) MUST_CHECK;
struct text case_state_code(enum case_state state);
bool case_state_of(struct text code, enum case_state *out) MUST_CHECK;
struct text case_state_said(enum case_state state, bool english);
bool case_step_of(struct text code, enum case_step *out) MUST_CHECK;
