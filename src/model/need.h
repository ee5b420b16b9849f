/* need.h — what a school lacks (缺口): for each unit, then joined for the whole school.  Plain values,
 * made by indicator/need. */
#pragma once
#include "model/assessment.h"

struct level_need {            /* of one unit */
    enum state state;
    double now, threshold, floor;      /* per pupil or per 100 */
    double to_threshold, to_floor;     /* quantity; BLANK: no data */
    double pupils_out;         /* instead: how many pupils fewer would do (§6.1); BLANK: no data or never */
    bool left_near;            /* the one that may stay between floor and threshold */
    double chosen;             /* what the cheapest way asks: to_floor if left_near, else to_threshold */
};

struct unit_need {
    const struct stage_assessment *stage;
    size_t unit;               /* index in it */
    struct level_need level[MAX_LEVELS];
};

struct school_demand {         /* one resource of the whole school */
    const struct level *level; /* of the first stage that asks it: id, names, quantity */
    double to_threshold, to_floor, chosen; /* shared: the larger of the stages' demands; else their sum */
};

struct school_need {
    uint32_t row;              /* of the returns */
    bool passes;               /* every unit is met: nothing is needed */
    bool no_data;              /* some figure is missing: what is said is the least */
    size_t n_units, n_demands;
    struct unit_need unit[N_EVALUATED];
    struct school_demand demand[N_EVALUATED * MAX_LEVELS];
};

struct county_needs {          /* of one county and year */
    struct school_need *schools;  /* by row */
    size_t n;
};
