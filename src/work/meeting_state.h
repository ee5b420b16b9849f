/* meeting_state.h — where a meeting stands.  已召集 ─召开→ 已召开 ─印发→ 纪要已印发;  已召集 ─取消→ 已取消.  Pure; one table in the .c. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum meeting_state { MEETING_CALLED, MEETING_HELD, MEETING_ISSUED, MEETING_CANCELLED, N_MEETING_STATES };
enum meeting_step { MEETING_HOLD, MEETING_ISSUE, MEETING_CANCEL, N_MEETING_STEPS };
enum meeting_kind { MEETING_JOINT, MEETING_MOBILISE, MEETING_SPECIAL, N_MEETING_KINDS };

/*   Errors  ERR_CONFLICT: not from this state; says what comes next */
bool meeting_move(enum meeting_state from, enum meeting_step step, enum meeting_state *to, struct err *err) MUST_CHECK;
/* The agenda and the day may be changed; decisions and minutes written. */
bool meeting_agenda_open(enum meeting_state state);
bool meeting_minutes_open(enum meeting_state state);

struct text meeting_state_code(enum meeting_state state);
bool meeting_state_of(struct text code, enum meeting_state *out) MUST_CHECK;
struct text meeting_state_said(enum meeting_state state, bool english);   /* 已召集 */
struct text meeting_kind_code(enum meeting_kind kind);
bool meeting_kind_of(struct text code, enum meeting_kind *out) MUST_CHECK;
struct text meeting_kind_said(enum meeting_kind kind, bool english);      /* 联席会议 */
