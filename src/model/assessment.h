/* assessment.h — what the engine says of a county and year: units, coefficients, verdicts, what is
 * missing.  Plain values, as columns; made by indicator/assess, read by report, cli and web. */
#pragma once
#include "base/text.h"
#include "model/edition.h"
#include "model/returns.h"

/* Of an indicator of a unit, of a rule of the county, and of a whole (unit, stage, county). */
enum state {
    STATE_NO_DATA,         /* 缺数据: never a pass */
    STATE_BELOW,           /* 不达标: below the floor; of a rule or a whole: unmet */
    STATE_NEAR,            /* 达到85%: of an indicator of a unit only */
    STATE_MET,             /* 达标 */
    STATE_NOT_APPLICABLE,  /* 不适用 */
};

/* The spread of one resource between the units of one stage. */
struct cv_result {
    double mean, sd, cv;           /* BLANK where any unit's figure is missing, or the mean is 0 */
    double low, high;              /* bounds of the cv; high BLANK: no bound */
    enum state met;                /* STATE_MET, STATE_BELOW, STATE_NO_DATA (undecided) */
    bool close;                    /* 临界 */
    size_t units_met, units_near, units_below, units_missing;
};

/* One stage (学段) of a county, or of any set of its schools. */
struct stage_assessment {
    enum stage stage;
    size_t n;                      /* units, by school code */
    double pupils;                 /* of all units; BLANK where one is missing */
    size_t passing;
    double combined_cv;            /* 综合差异系数; BLANK where one of them is */
    enum state combined_met;       /* the plan's goal */
    enum state verdict;
    size_t n_levels;
    struct cv_result cv[MAX_LEVELS];
    /* columns over the units */
    uint32_t *row;                 /* [unit] row of its (host) school in the returns */
    double *unit_pupils;
    double *value[MAX_LEVELS];     /* per pupil or per 100; BLANK: no data */
    uint8_t *state[MAX_LEVELS];    /* enum state */
    uint8_t *close[MAX_LEVELS];    /* 临界 */
    uint8_t *estimated[MAX_LEVELS];/* 估算; NULL when none is */
    double *missing[MAX_LEVELS], *missing_to_floor[MAX_LEVELS]; /* NULL unless asked for; BLANK where no data */
    double *share[MAX_LEVELS];     /* of the squared spread; NULL unless asked for; BLANK where sd is 0 or BLANK */
    uint8_t *unit_verdict;         /* STATE_MET, STATE_BELOW, STATE_NO_DATA, STATE_NOT_APPLICABLE */
    uint8_t *unit_met;             /* how many of the levels are met */
};

struct rule_result {
    const struct rule *rule;
    double value;                  /* BLANK: no data */
    enum state state;
    bool close;
    size_t schools, failing, unknown;  /* school scope: asked, that fail, that cannot be judged */
    uint32_t *failing_rows;        /* [failing] rows of the returns; NULL unless asked for */
    uint32_t *unknown_rows;        /* [unknown], likewise */
    uint32_t *passing_rows;        /* [schools − failing − unknown], likewise */
};

/* Any other set of schools assessed by the same engine (学区, township, urban/rural …). */
struct set_assessment {
    struct text by, name;
    size_t n_stages;
    struct stage_assessment *stages;
};

struct county_assessment {
    const struct county_year *county;
    enum state verdict;
    size_t lacking;                /* schools that were asked and whose figures nobody has approved: without them nothing is met */
    size_t n_stages;               /* stages without a unit are left out */
    struct stage_assessment stages[N_EVALUATED];
    size_t n_rules;
    struct rule_result *rules;     /* in the order of the edition; those switched off left out */
    size_t n_sets;
    struct set_assessment *sets;
};

struct relaxation_on {             /* switched on by a county, with what allows it */
    const struct relaxation *relaxation;
    struct text document, date;
};

struct assessment {
    const struct edition *edition;
    const struct returns *returns;
    size_t n_counties;
    struct county_assessment *counties;
    size_t n_relaxations;
    struct relaxation_on *relaxations;
};

/* The unit of a school by its code; SIZE_MAX: none (also where there is no such stage). */
size_t stage_unit_of(const struct stage_assessment *stage, const struct returns *returns, struct text school);

struct text state_code(enum state state);     /* "no_data", "below", "near", "met", "not_applicable" */
struct text verdict_code(enum state verdict); /* "no_data", "unmet", "met", "not_applicable" */
struct text state_zh(enum state state);       /* 缺数据 不达标 达到85% 达标 不适用 */
struct text state_symbol(enum state state);   /* □ × △ √ — */
