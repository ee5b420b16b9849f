/* round_state.h — the way of an inspection round (督导轮次), of a sheet in it, of a finding: tables of legal steps.
 * Pure: what was counted is handed in. */
#pragma once
#include "base/err.h"
#include "base/text.h"

/* 年度专项督导, 县级自查, 市级复核, 省级督导评估, 国家核查. */
enum round_kind { ROUND_YEARLY, ROUND_SELF, ROUND_CITY, ROUND_PROVINCE, ROUND_NATION, N_ROUND_KINDS };
enum round_state { ROUND_PREPARING, ROUND_VISITING, ROUND_FED_BACK, ROUND_ENDED, ROUND_CALLED_OFF, N_ROUND_STATES };
enum round_step { ROUND_BEGIN, ROUND_FEED_BACK, ROUND_END, ROUND_CALL_OFF, N_ROUND_STEPS };

/* Who asks, in respect of this round, and what there is of it. */
struct round_facts {
    bool runs_it;                 /* may run rounds (MAY_ROUND) */
    size_t leads;                 /* of the team */
    size_t places, open_sheets;   /* to be visited; of them not handed in */
    size_t undecided;             /* findings that nobody made an order of, or dropped */
    size_t open_orders;           /* orders out of it that are not closed */
};
/*   Errors  ERR_CONFLICT: no such step now, or something is missing; ERR_DENIED: not by him; ERR_INPUT: a reason is asked for.
 * Reasons are asked for calling off, for feedback with sheets that are not handed in, for ending with open orders. */
bool round_next(enum round_state from, enum round_step step, const struct round_facts *facts, struct text reason, enum round_state *to_out,
                struct err *err) MUST_CHECK;
/* The step that leads on; N_ROUND_STEPS: none. */
enum round_step round_step_on(enum round_state state);
/* Whether places, team, dates may still be changed; sheets filled in; findings noted and decided. */
bool round_is_open(enum round_state state);
bool round_is_visiting(enum round_state state);
bool round_takes_findings(enum round_state state);

enum finding_state { FINDING_NOTED, FINDING_ISSUED, FINDING_DROPPED, N_FINDING_STATES };   /* 待定, 已交办, 不列为问题 */
enum finding_step { FINDING_ISSUE, FINDING_DROP, N_FINDING_STEPS };
/* decides: he runs rounds; noted_it: the finding is his own.  Who runs the round makes an order of it, or drops it; who noted it may
 * drop it too (a slip).  Dropping asks for a reason. */
bool finding_next(enum finding_state from, enum finding_step step, bool decides, bool noted_it, struct text reason, enum finding_state *to_out,
                  struct err *err) MUST_CHECK;
enum finding_grade { GRADE_MINOR, GRADE_MAJOR, GRADE_SEVERE, N_FINDING_GRADES };           /* 一般, 较重, 严重 */

struct text round_kind_word(enum round_kind kind);          /* "yearly", as stored */
struct text round_kind_zh(enum round_kind kind);
struct text round_state_word(enum round_state state);       /* "visiting" */
struct text round_state_zh(enum round_state state);
struct text round_step_word(enum round_step step);
struct text round_step_zh(enum round_step step);
struct text finding_state_word(enum finding_state state);
struct text finding_state_zh(enum finding_state state);
struct text finding_grade_word(enum finding_grade grade);
struct text finding_grade_zh(enum finding_grade grade);
bool round_kind_of(struct text word, enum round_kind *out) MUST_CHECK;
bool round_state_of(struct text word, enum round_state *out) MUST_CHECK;
bool round_step_of(struct text word, enum round_step *out) MUST_CHECK;
bool finding_state_of(struct text word, enum finding_state *out) MUST_CHECK;
bool finding_grade_of(struct text word, enum finding_grade *out) MUST_CHECK;
