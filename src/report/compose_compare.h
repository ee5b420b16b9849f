/* compose_compare.h — a trial (试算) beside what stands: verdicts, coefficients, schools and rules before and
 * after, what gets worse, and about what it costs. */
#pragma once
#include "model/what_if.h"
#include "report/compose_matrix.h"
#include "report/composing.h"
#include "report/plan.h"

struct compare_level {
    struct text id, name;
    double before, after, limit;             /* coefficients; BLANK: cannot be said */
    struct text before_words, after_words, limit_words;
    enum state before_state, after_state;
    size_t before_met, after_met;            /* schools that meet it */
    bool changed, worse;                     /* the coefficient, as it is shown */
};

struct compare_stage {
    enum stage stage;
    struct text name;
    size_t units, before_passing, after_passing, before_within, after_within;  /* within: coefficients that hold */
    double scale;                            /* the greatest coefficient or limit */
    struct compare_level *levels;
    size_t n_levels;
};

/* A school whose verdict changes. */
struct compare_school {
    uint32_t row;
    struct text code, name, stage_name;
    enum stage stage;
    struct text before_words, after_words;
    enum verdict_kind before, after;
    bool worse;
};

struct compare_rule {
    struct text id, name;
    struct text before_words, after_words;   /* 17.5% → 20.1%, or the states where it has no value */
    enum state before_state, after_state;
    bool worse;
};

/* One changed figure, for the grid. */
struct compare_change {
    struct text school, name;                /* empty: the county's */
    struct text item_code, item_name, unit;
    uint16_t item;
    double before, after, difference;        /* difference BLANK where either is */
    struct text before_words, after_words, difference_words;
    struct text left;                        /* what is still missing to the standard; 「达到」; empty: no standard rests on it */
    enum state state;                        /* of the levels that rest on it, the worst */
    double cost;                             /* yuan; BLANK: 待试算 */
    struct text cost_words;
};

struct comparison {
    struct text sentence;                    /* 「改 12 处，约 386 万元：小学达标 73 → 79 所，初中 23 → 26 所。」 */
    struct text second;                      /* coefficients that cross their limits, then 「没有变差的。」 or how many things get worse */
    enum state before_verdict, after_verdict;
    struct text before_verdict_words, after_verdict_words;
    double cost;                             /* of all that can be priced; teachers moved between schools cost nothing */
    struct text cost_words;
    size_t unpriced;
    double moved;                            /* teachers that other schools of the trial give */
    struct compare_stage stages[N_EVALUATED];
    size_t n_stages;
    struct compare_school *schools;          /* those that may be seen, worse ones first */
    size_t n_schools;
    struct compare_rule *rules;              /* those that change */
    size_t n_rules;
    struct compare_change *changes;
    size_t n_changes;
    struct text *worse;                      /* everything that gets worse, each a sentence without 。 */
    size_t n_worse;
};

/*   Given    c        what stands, the year that is tried
 *            after    the same returns with the changes in them, assessed: same counties, same rows
 *            changes  as made */
struct comparison *compose_compare(const struct composing *c, const struct assessment *after, const struct change *changes, size_t n,
                                   const struct prices *prices);

enum { MOST_TRIALS = 4 };
struct trials_row { struct text name, now; struct text cells[MOST_TRIALS]; bool differs; };
struct trials { struct trials_row *rows; size_t n_rows, n; };
/* Scenarios side by side: schools that pass, coefficients over their limits, those that differ, cost. */
struct trials *compose_trials(const struct composing *c, const struct comparison *const *of, size_t n);

/* One figure in the scenarios side by side; a scenario that leaves it alone has 「—」. */
struct trial_figure { struct text school, name, item_name, unit, now; struct text cells[MOST_TRIALS]; };
struct trial_figures { struct trial_figure *at; size_t n, same; };  /* same: left out, since all change it alike */
/* The figures that the scenarios change differently, in the order of the first that has them. */
struct trial_figures compose_trial_figures(const struct composing *c, const struct comparison *const *of, size_t n);
