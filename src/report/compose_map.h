/* compose_map.h — the schools where they stand, by verdict or by one indicator. */
#pragma once
#include "report/compose_matrix.h"
#include "report/composing.h"

/* What a school stands for on the map; in the order of legends. */
enum map_kind { MAP_BELOW, MAP_NO_DATA, MAP_NEAR, MAP_SOME /* met with six of seven */, MAP_MET, MAP_NOT_ASSESSED, N_MAP_KINDS };
struct text map_kind_code(enum map_kind kind);      /* "unmet", "no_data", "near", "some", "met", "na": for links */
enum map_kind map_kind_by_code(struct text code);   /* N_MAP_KINDS: none of them */

struct map_question {
    int stage;              /* −1: both; a level needs one */
    struct text level;      /* empty: the verdict */
    struct text township;   /* as returned; empty: all */
    unsigned kinds;         /* bit k: enum map_kind; 0: all but those not assessed (campuses; schools of another stage) */
};

struct map_point {
    uint32_t row;
    struct text code, name, township;
    double longitude, latitude, pupils;  /* pupils BLANK: unknown */
    enum state state;       /* STATE_NOT_APPLICABLE: it is not assessed (in this stage) */
    bool some;              /* met with six of seven */
    enum map_kind kind;
    enum stage stage;       /* whose state it is: of two the worse one; meaningless where nothing is assessed */
    struct text state_words;/* 达标（6/7）; 达到85% */
    struct text value_words;/* of a level: 6.97, without its unit; 「缺」.  Empty for the verdict */
    struct text words;      /* 「812 名学生 · 不达标：7 项中 5 项达标」; of a level 「6.97 m²/生」 */
};

struct map_kind_choice { struct text name; size_t n; bool chosen; };        /* n: with the township chosen */
struct map_township { struct text name; size_t n, below; bool chosen; };    /* with the kinds chosen; below: of all kinds */

struct map_view {
    struct text title;      /* 结论 · 「小学运动场地（m²/生）」 */
    struct map_point *points, *unplaced; /* unplaced: without coordinates */
    size_t n, n_unplaced;
    double west, east, south, north;     /* of the points; BLANK where there is none */
    double most_pupils;
    size_t count[STATE_NOT_APPLICABLE + 1]; /* [enum state] of placed and unplaced */
    size_t some;            /* of those met, with six of seven */
    struct text sentence;   /* 「小学运动场地（m²/生）：105 所中 30 所不达标，8 所达到85%，2 所缺数据，65 所达标。」: of the shown */
    struct map_kind_choice kinds[N_MAP_KINDS];
    struct map_township *townships;      /* in the order of school codes; schools without one are in none */
    size_t n_townships;
    const struct map_township *worst;    /* most schools below; NULL where none is, or there is only one township */
};

struct map_view *compose_map(const struct composing *c, const struct map_question *question);
