/* procedure.h — the way of recognition (认定进程): county, prefecture, province, nation; what can happen at each step, and where the
 * county stands.  Events are told once and never changed; what is crossed out does not count.  Pure: one table in the .c.
 *
 *   Source   domain specification §1.7 steps 1–5, §5.4 S5.3.1–S5.3.6 */
#pragma once
#include "base/err.h"
#include "model/office.h"

enum procedure_step {
    PROC_SELF,           /* 县级自评, every year */
    PROC_CITY,           /* 市级复核 (applied for) */
    PROC_PROVINCE,       /* 省级督导评估 */
    PROC_QUALIFY, PROC_MONITOR, PROC_SURVEY, PROC_FIGURES, PROC_VISIT, PROC_COUNCIL,   /* 国家认定 */
    PROC_LIST,           /* 名单公布: recognised */
    PROC_FIX_PLAN, PROC_FIX_REPORT,   /* 整改方案, 整改情况报告 */
    PROC_REVIEW,         /* 监测和复查 after it */
    N_PROC_STEPS
};
enum procedure_what { PROC_BEGUN, PROC_PASSED, PROC_FAILED, PROC_NOTED, N_PROC_WHATS };
enum procedure_level { PROC_COUNTY, PROC_PREFECTURE, PROC_OF_PROVINCE, PROC_OF_NATION, N_PROC_LEVELS };

enum procedure_stands { PROC_NOT_YET, PROC_UNDER_WAY, PROC_DONE, PROC_BACK };
/* Where a step stands: after its latest event that counts.  `event`: its index; SIZE_MAX: none. */
struct procedure_standing { enum procedure_stands stands; size_t event; };
/* Given   events in the order of their days   Returns  of every step; what came before a later step of the same round was begun anew
 *         (a prefecture's review begun again) does not count for the steps behind it */
void procedure_standings(const struct procedure_event *events, size_t n, struct procedure_standing out[N_PROC_STEPS]);
/* The step at hand: the first that is neither done nor optional; N_PROC_STEPS when all are. */
enum procedure_step procedure_at(const struct procedure_standing standings[N_PROC_STEPS]);
/* Whether it may be told now.
 *   Errors  ERR_CONFLICT: the step before has not been passed, it was passed already, or not begun; ERR_INPUT: the day lies before that */
bool procedure_may(const struct procedure_event *events, size_t n, enum procedure_step step, enum procedure_what what, struct text day,
                   struct err *err) MUST_CHECK;
/* The year in which the county was recognised (名单公布, passed); 0: it is not. */
int procedure_recognised(const struct procedure_event *events, size_t n);

struct text procedure_step_code(enum procedure_step step);
bool procedure_step_of(struct text code, enum procedure_step *out) MUST_CHECK;
struct text procedure_step_said(enum procedure_step step, bool english);
enum procedure_level procedure_level_of(enum procedure_step step);
struct text procedure_level_said(enum procedure_level level, bool english);
struct text procedure_what_code(enum procedure_what what);
bool procedure_what_of(struct text code, enum procedure_what *out) MUST_CHECK;
struct text procedure_what_said(enum procedure_what what, bool english);
