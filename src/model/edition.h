/* edition.h — a standard as data: what is asked of a unit (单元), a school and a county.
 * A plain value, made and checked by standard/edition_load; expressions stay closed here. */
#pragma once
#include "base/number.h"
#include "model/item.h"

#include <stdbool.h>

enum stage { STAGE_PRIMARY, STAGE_JUNIOR, STAGE_SENIOR };       /* 学段: 小学 初中 高中 */
enum { N_STAGES = 3, N_EVALUATED = 2 /* primary and junior are evaluated */, MAX_LEVELS = 16 };

struct expression;     /* standard/expression.h */

/* A resource indicator of one stage: what a unit has per pupil (L1–L7). */
struct level {
    struct text id;                 /* "L4" */
    struct text zh, en, clause;
    struct text brief, brief_en;    /* 骨干教师: in sentences and over columns */
    struct text unit;               /* of the value: "m2/pupil" */
    struct text quantity;           /* of what is missing: "persons", "m2", "yuan", "rooms" */
    const struct expression *amount;/* what the school has, before it is split */
    struct text formula;            /* the same as it is written */
    const uint16_t *rests_on;       /* the items it speaks of */
    size_t n_rests_on;
    bool shared;                    /* split between the stages by weight (§2.3) */
    double per;                     /* 100 for "每百名学生", else 1 */
    double at_least;                /* threshold; BLANK: the edition sets none */
    double floor;                   /* 0.85: share of the threshold the last one must still reach */
    double step;                    /* smallest quantity that can be added: 1 or 0.01 */
    double cv_limit;                /* BLANK: judged only by the combined coefficient */
};

struct stage_rule {
    struct level levels[MAX_LEVELS];
    size_t n_levels;
    size_t least_met;               /* 6 of 7 */
    double combined_cv_limit;       /* 综合差异系数, the plan's goal (or, 2012, the rule) */
    bool combined_decides;          /* 2012: the verdict follows the combined coefficient */
};

enum rule_scope { SCOPE_SCHOOL /* value: how many schools fail */, SCOPE_COUNTY };
enum rule_kind {
    RULE_GOVERNMENT,    /* G 政府保障程度 */
    RULE_QUALITY,       /* Q 教育质量 */
    RULE_RECOGNITION,   /* S 社会认可度 */
    RULE_PRECONDITION,  /* PRE 申报条件 */
    RULE_VETO,          /* X 一票否决 */
    RULE_SHOWN,         /* shown beside the others, never decides (民办占比, 特教其他安置 …) */
};
enum rule_compare { COMPARE_NONE, COMPARE_AT_LEAST, COMPARE_AT_MOST, COMPARE_BELOW };

/* An indicator of the county, or one part of it (G11a). */
struct rule {
    struct text id;                    /* "G11a" */
    struct text plain;                 /* "G11": its plain id among the 32 (or PRE1, X3 …) */
    struct text zh, en, clause;
    struct text brief, brief_en;       /* of its plain indicator: 班额; its own name where that is no indicator */
    struct text formula;               /* the value's, as it is written; empty: judged alone */
    const uint16_t *rests_on;          /* the items it speaks of */
    size_t n_rests_on;
    struct text unit;                  /* of value and threshold: "ratio", "schools", "yuan per pupil" … */
    enum rule_kind kind;
    enum rule_scope scope;
    const struct expression *where;    /* which schools count; NULL: all that were returned */
    const struct expression *value;    /* county: the value; school: 1 passes, 0 fails; NULL: judged alone */
    const struct expression *also;     /* must be true as well (blank: no data); NULL: nothing */
    const struct expression *not_applicable; /* true: 不适用, passes; NULL: never */
    enum rule_compare compare;
    double threshold;
    uint16_t judged;                   /* item of a person's verdict that must be met too; NO_ITEM: none */
    bool off;                          /* not in force until a county dates it (X8) */
    const struct expression *missing;  /* school: how much it is short of, ≥ 0; NULL: nothing is said */
    struct text quantity;              /* of what is missing: "rooms", "persons", "classes" */
};

/* One of the 32 indicators, by its plain id, for lists. */
struct indicator {
    struct text id;                    /* "L1" … "S1" */
    struct text zh, en, clause;
    struct text brief, brief_en;       /* 骨干教师; never empty */
    enum { FORM_NUMBER, FORM_DOCUMENT, FORM_BOTH } form;
};

/* Which stages a school type has and whether its units are evaluated (§2.1). */
struct school_type {
    struct text code;                  /* as the value of item school_type */
    bool stage[N_STAGES];
    bool evaluated;                    /* false: special, senior: only an attached stage makes a unit */
    bool attached;                     /* pupils in a stage the type lacks make a unit (附设班) */
    double least_pupils;               /* teaching points: units only from 50 pupils on */
};

/* An item that can be told from others when it was not returned itself. */
struct derivation {
    uint16_t item;
    const struct expression *when;     /* NULL: always */
    const struct expression *formula;
    bool estimate;                     /* 估算: split by weight */
};

struct relaxation {
    struct text id;                    /* "L3-small-rural" */
    struct text zh, clause;
    struct text target;                /* level id or rule id */
    int stage;                         /* −1: both */
    const struct expression *formula;  /* takes the place of amount (level) or value (rule); NULL: switches the rule on */
};

/* A relation between figures that must hold (§2.10). */
struct logic_check {
    struct text id;                    /* "check.backbone_le_teachers" */
    bool warning;                      /* else an error */
    enum rule_scope scope;
    const struct expression *where;    /* NULL: every row */
    const struct expression *holds;    /* false: a finding; blank: nothing is said */
    uint16_t item;                     /* the cell that is pointed at */
    struct text expected, mend;        /* Chinese */
    double year_on_year;               /* > 0: instead, the item's change on last year beyond this share */
};

struct edition {
    struct arena *mem;
    struct text id;                    /* "cn-2017" */
    struct text zh, en, version, documents;
    struct item_list items;
    uint16_t pupils[N_STAGES];         /* the items that hold each stage's pupils */
    double weight[N_STAGES];           /* 1 : 1.1 : 1.32 */
    double close;                      /* 临界: within this share of a limit (0.02) */
    struct stage_rule stages[N_EVALUATED];
    struct rule *rules;
    size_t n_rules;
    struct indicator *indicators;
    size_t n_indicators;
    struct school_type *types;         /* [ordinal of school_type − 1] */
    size_t n_types;
    struct derivation *derivations;
    size_t n_derivations;
    struct relaxation *relaxations;
    size_t n_relaxations;
    struct logic_check *checks;
    size_t n_checks;
};

struct text stage_code(enum stage stage);  /* "primary" */
struct text stage_zh(enum stage stage);    /* 小学 */
