/* compose_map.h — the schools where they stand, by verdict or by one indicator. */
#pragma once
#include "report/compose_matrix.h"
#include "report/composing.h"

struct map_question {
    int stage;              /* −1: both; a level needs one */
    struct text level;      /* empty: the verdict */
};

struct map_point {
    uint32_t row;
    struct text code, name, township;
    double longitude, latitude, pupils;  /* pupils BLANK: unknown */
    enum state state;       /* STATE_NOT_APPLICABLE: it is not assessed (in this stage) */
    bool some;              /* met with six of seven */
    struct text state_words;/* 达标（6/7）; 达到85% */
    struct text words;      /* 「812 名学生 · 不达标：7 项中 5 项达标」; of a level 「6.97 m²/生」 */
};

struct map_view {
    struct text title;      /* 结论 · 「小学运动场地（m²/生）」 */
    struct map_point *points, *unplaced; /* unplaced: without coordinates */
    size_t n, n_unplaced;
    double west, east, south, north;     /* of the points; BLANK where there is none */
    double most_pupils;
    size_t count[STATE_NOT_APPLICABLE + 1]; /* [enum state] of placed and unplaced */
    size_t some;            /* of those met, with six of seven */
};

struct map_view *compose_map(const struct composing *c, const struct map_question *question);
