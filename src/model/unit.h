/* unit.h — the county's units (单位) over time: every change is a row valid from a day on, so that any day's tree can be read.
 * Pure: days are texts (2026-09-01), no clock.   Source: the plan of work, 六（一）; issue of the year's cycle, people and places */
#pragma once
#include "base/err.h"
#include "model/stamp.h"

enum unit_kind { UNIT_COUNTY, UNIT_TOWNSHIP, UNIT_DISTRICT, UNIT_SCHOOL, UNIT_CAMPUS, UNIT_DEPARTMENT, UNIT_GROUP, UNIT_OFFICE, N_UNIT_KINDS };
struct text unit_kind_word(enum unit_kind kind);      /* as stored: "school" */
struct text unit_kind_zh(enum unit_kind kind);        /* 学校 */
bool unit_kind_of(struct text word, enum unit_kind *out) MUST_CHECK;   /* by either */

enum unit_act { UNIT_ADD, UNIT_RENAME, UNIT_MOVE, UNIT_MERGE, UNIT_CLOSE, UNIT_REOPEN, N_UNIT_ACTS };
struct text unit_act_word(enum unit_act act);         /* "rename" */
struct text unit_act_zh(enum unit_act act);           /* 更名 */
bool unit_act_of(struct text word, enum unit_act *out) MUST_CHECK;

/* A unit from a day on, until its next row. */
struct unit_row {
    struct text code, from_day, name, parent, district, successor, reason;
    enum unit_kind kind;
    enum unit_act act;
    bool is_open;
    struct stamp by;
};
struct unit { const struct unit_row *row; unsigned depth; };   /* as of a day; 0: directly in the county */

/* All units there are on a day, closed ones too, each behind its parent, by kind and code.
 *   Given  rows  by code, then day, then order of entry */
void units_at(const struct unit_row *rows, size_t n, struct text day, struct arena *mem, struct unit **out, size_t *n_out);
/* How one unit stands on a day; NULL: it was not there yet. */
const struct unit_row *unit_at(const struct unit_row *rows, size_t n, struct text code, struct text day);

struct unit_wish {
    enum unit_act act;
    struct text code, day, reason;      /* reason: must be given for merge, close, reopen */
    enum unit_kind kind;                /* add */
    struct text name;                   /* add, rename */
    struct text parent, district;       /* add, move */
    struct text successor;              /* merge */
};
/* What the unit will be from that day on.  History is not rewritten: a day before its latest change is refused.
 *   Errors  ERR_INPUT, ERR_ABSENT, ERR_CONFLICT, worded with the remedy */
bool unit_wished(const struct unit_row *rows, size_t n, const struct unit_wish *wish, struct unit_row *out, struct err *err) MUST_CHECK;

/* A tree to which rows are added one after the other, each as unit_wished makes it of what stands by then. */
struct unit_plan { struct unit_row *rows; size_t n, most; };
/* Given  more  how many rows will be added at most */
struct unit_plan unit_plan_of(const struct unit_row *rows, size_t n, size_t more, struct arena *mem);
bool unit_plan_add(struct unit_plan *plan, const struct unit_wish *wish, struct stamp by, struct unit_row *out, struct err *err) MUST_CHECK;
