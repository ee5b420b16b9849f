/* plan.h — the county's plan: its phases, what things cost, who sees to what and by when.  All of it is the
 * county's own to change; what stands here is where it starts from. */
#pragma once
#include "base/day.h"
#include "base/err.h"
#include "model/edition.h"

/* ── phases ── */

struct plan_phase { struct text zh, en; struct day first, last; };
struct plan {
    const struct plan_phase *phases;     /* in order, without gaps */
    size_t n;
    size_t inspection;                   /* which of them is 迎检 */
    int goal_year;                       /* the 学年 by whose return all must be met */
};
/* 启动 2022-03…09, 实施 2022-10…2029-10, 迎检 2029-11…2030-12; all green by the return of 2029-09.
 *   Source  the model plan of a county (domain specification §5.4, §5.6 D1, §6.2) */
const struct plan *plan_usual(void);

/* ── money ── */

/* What one more of something costs: 估算.  Of a level: a person, square metre, room, yuan of it; of a rule: each
 * school that fails it, or the county once. */
struct price {
    struct text id;                      /* "L5", "G3" */
    double yuan;                         /* BLANK: cannot be said beforehand (待试算) */
    struct text note;                    /* where the figure comes from */
};
struct prices { const struct price *at; size_t n; };
const struct prices *prices_usual(void);
/* Reads a county's own: CSV with the columns id, yuan, note (yuan may be blank); what it does not name keeps the
 * usual price.   Errors  ERR_INPUT: line and what was expected */
bool prices_read(struct arena *mem, struct text csv, struct prices *out, struct err *err) MUST_CHECK;
double price_of_level(const struct prices *prices, const struct level *level);  /* BLANK: not known */
double price_of_rule(const struct prices *prices, const struct rule *rule);

/* ── who and when ── */

enum duty_time {
    DUTY_RETURN,     /* by the close of the year's returns: 20 January */
    DUTY_PAPER,      /* by the spring recheck: 31 March */
    DUTY_SUMMER,     /* by the end of the summer: 31 August, when teachers move and equipment is put in */
    DUTY_BUILDING,   /* by the end of the summer after: building takes a year more */
};
struct duty { struct text zh, en; enum duty_time time; };
/* By the kind of thing: money 财政局, posts 编办、人社局, land 自然资源局 …; levels of unknown id by their quantity. */
struct duty duty_of_level(const struct level *level);
struct duty duty_of_rule(const struct rule *rule);
struct duty duty_of_returns(void);       /* who completes data: the schools */
struct duty duty_of_bureau(void);        /* what no one else sees to */
/* The day by which it should be done, seen from `today`: never past the day before the inspection begins,
 * unless that is over. */
struct day duty_day(enum duty_time time, const struct plan *plan, struct day today);
/* Days from one to another; negative when it lies before. */
int days_between(struct day from, struct day to);
struct text day_words(struct arena *mem, struct day day);  /* 2026-08-31 */
