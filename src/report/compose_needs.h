/* compose_needs.h — what each school needs: its stages' demands joined. */
#pragma once
#include "model/assessment.h"

/* What a school lacks of one resource.  Of a shared resource the stages' demands are one: the larger. */
struct need {
    const struct level *level;
    int stage;                 /* −1: shared by the stages of a school that has several */
    double missing, to_floor;  /* persons, m², yuan, rooms; BLANK: no data */
    double value;              /* the level of the stage that asks for more */
    enum state state;
};

struct school_needs {
    uint32_t row;              /* of the returns */
    struct text code, name;
    size_t n;
    struct need *needs;        /* those with something missing or unknown, in the order of the edition */
    /* per stage; verdict STATE_NOT_APPLICABLE where the school has no unit in it */
    enum state verdict[N_EVALUATED];
    uint8_t met[N_EVALUATED];
    bool failing;              /* a unit of it is unmet */
    bool unknown;              /* a unit of it has no data, and none is unmet */
    double gap;                /* Σ of the shares of the thresholds it falls short by: what it is sorted by */
};

/* The schools of a county that are not met or need something for a level, worst first: the failing,
 * then those without data, then those that pass with six of seven.
 *   Given  an assessment with `needs` */
struct school_needs *compose_needs(struct arena *mem, const struct assessment *assessment, size_t county, size_t *n_out);
/* 「再配 2 名骨干教师、增 412 平方米体育运动场馆」; what is unknown: 「缺…的数据」. */
struct text compose_needs_words(struct arena *mem, const struct school_needs *school);
/* 「小学 7 项中 5 项达标」, 「小学达标（6/7）；初中缺数据」 */
struct text compose_needs_verdict(struct arena *mem, const struct edition *edition, const struct school_needs *school);
/* Of a unit: 达标, 达标（6/7）, 不达标, 缺数据. */
struct text compose_unit_verdict(struct arena *mem, enum state verdict, unsigned met, size_t n_levels);
