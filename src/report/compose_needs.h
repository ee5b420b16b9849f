/* compose_needs.h — what each school needs, in words and in order. */
#pragma once
#include "model/need.h"

struct needy {                 /* a school that does not pass, or lacks something and passes all the same */
    const struct school_need *need;
    struct text code, name;    /* either may be empty */
    bool failing;              /* a unit of it is unmet */
    bool unknown;              /* none is unmet, but one has no data */
    double gap;                /* Σ of the shares of the thresholds it falls short by: what it is sorted by */
};

/* Worst first: the failing, then those without data, then those that pass with six of seven. */
struct needy *compose_needy(struct arena *mem, const struct assessment *assessment, const struct county_needs *needs,
                            size_t *n_out);
/* The cheapest way to pass: 「再配 2 名县级以上骨干教师、增 412 平方米体育运动场馆」; and what is
 * unknown: 「缺…的数据」. */
struct text compose_needs_words(struct arena *mem, const struct edition *edition, const struct school_need *need);
/* 「小学 7 项中 5 项达标，初中达标（6/7）」 */
struct text compose_school_verdict(struct arena *mem, const struct school_need *need);
/* Of a unit: 达标, 达标（6/7）, 不达标, 缺数据. */
struct text compose_unit_verdict(struct arena *mem, enum state verdict, unsigned met, size_t n_levels);
/* A school's name, or its code where it has none. */
struct text compose_school_name(const struct assessment *assessment, uint32_t row);
