/* compose_point.h — what it changes that one school's value of one indicator is another: before and after, and
 * what gets worse. */
#pragma once
#include "model/what_if.h"
#include "report/composing.h"

struct point_row {
    struct text name, before, after;
    enum state before_state, after_state;  /* STATE_NOT_APPLICABLE: it has none */
    bool changed, worse;
};

struct point_view {
    struct text school;                    /* its name */
    struct text sentence;                  /* 「城关小学运动场地 4.90 → 8.20 m²/生：差异系数 0.513 → 0.498。」 */
    struct text figures;                   /* which figures were moved for it: 「运动场地面积 2,400 → 3,610 平方米」; empty: none */
    struct text verdict;                   /* of the county, as it would be */
    double value, mean, cv;                /* as they would be */
    struct text value_words, mean_words, cv_words;
    enum state state;                      /* of the value */
    struct point_row *rows;                /* value, school, coefficient, mean, schools that pass, all else that changes, county */
    size_t n_rows;
};

/*   Given    c        what stands, the year that is tried
 *            after    the same county-years, the shown one as it would be
 *            row      of the school; it has a unit in the stage
 *   NULL: there is no such unit or level */
struct point_view *compose_point(const struct composing *c, const struct assessment *after, enum stage stage, struct text level, uint32_t row,
                                 const struct change *changes, size_t n);
