/* compose_overview.h — what the overview (总览) shows: the verdict, the four dimensions, seven rows a stage, what
 * blocks recognition, the way to 2030, and where the county stands in its plan. */
#pragma once
#include "report/compose_blockers.h"
#include "report/composing.h"
#include "report/plan.h"

/* One coefficient, or one of the 32 indicators, as a mark with a link. */
struct mark {
    struct text id;            /* "L5", "G11" */
    int stage;                 /* of a coefficient; −1 */
    struct text name, words;   /* 「运动场地」, 「差异系数 0.513，高于上限 0.500」 */
    struct text value, limit;  /* 0.513, 0.500 · 17.2%, 「不低于 20%」; empty where a person alone judges */
    enum state state;
    bool close;                /* 临界 */
};

struct dimension {
    size_t met, of;            /* 不适用 counts as met */
    struct mark *marks;
    size_t n;
};

/* One indicator of a stage. */
struct overview_row {
    struct text id, name, whole_name;
    size_t met, near, below, missing;      /* units */
    double cv, low, high, limit, last_cv;  /* BLANK: cannot be said, no limit, no last year */
    struct text cv_words, limit_words, last_words; /* 0.513 · 0.500 · 0.544; 「缺」; last: empty where there is none */
    struct text bounds;                    /* 「0.470—0.490」 where figures are missing; else empty */
    struct text words;                     /* the whole sentence */
    enum state state;                      /* of the coefficient */
    bool close;
};

struct overview_stage {
    enum stage stage;
    struct text name;
    size_t units, passing, failing, unknown;
    size_t within;                         /* coefficients within their limits */
    double combined_cv, combined_limit;    /* 综合差异系数: the plan's goal */
    struct text combined_words, combined_limit_words;
    enum state combined_state;
    double scale;                          /* the greatest cv or limit of all stages: bars share it */
    struct overview_row *rows;
    size_t n;
};

/* The share of schools that pass, year by year, and the straight line to the goal. */
struct trend_point {
    int year;
    double share, target;                  /* BLANK: not measured; before the first measured year */
    struct text year_words, share_words, target_words;
};
struct trend_line {
    enum stage stage;
    struct text name;
    struct trend_point *points;            /* from the first measured year to the goal's */
    size_t n;
    bool behind;                           /* the latest share is below the line */
};

struct overview_phase {
    struct text name, first, last;         /* dates */
    double from, to;                       /* places on the plan's axis, 0–1 */
    bool past, now;
};
struct overview_plan {
    struct overview_phase *phases;
    size_t n;
    double today;                          /* place on the axis, kept within 0–1 */
    struct text today_words;               /* 2026-01-11 */
    int days_to_inspection, days_to_end;   /* 0 once there */
    int returns_left;                      /* school years whose figures can still change before the inspection */
    struct text words;                     /* 「离迎检还有 1,389 天；还有 4 个学年的数据可以变。」 */
};

struct overview {
    struct text sentence, second;          /* the verdict; what there is, and the change on last year */
    enum state verdict;
    struct dimension resources;            /* the coefficients, primary first */
    struct dimension government, quality, recognition, preconditions, vetoes;
    struct overview_stage *stages;
    size_t n_stages;
    struct blockers blockers;
    struct trend_line *trends;
    size_t n_trends;
    struct overview_plan plan;
};

struct overview *compose_overview(const struct composing *c, const struct plan *plan, const struct prices *prices, struct day today);
/* The parts by themselves. */
struct overview_stage *compose_stages(const struct composing *c, size_t *n_out);
struct overview_plan compose_plan(const struct composing *c, const struct plan *plan, struct day today);
/* One of the 32, a precondition or a veto, out of its parts: what is unmet decides, then what is unknown. */
struct mark compose_rule_mark(const struct composing *c, struct text plain, enum rule_kind kind);
