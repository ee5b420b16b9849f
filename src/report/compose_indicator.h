/* compose_indicator.h — what an indicator's page shows: of a level of a stage its spread and who makes it, of a
 * rule its value over the years and the schools that fail it. */
#pragma once
#include "report/compose_overview.h"
#include "report/composing.h"

/* One school in the spread of one level. */
struct level_unit {
    uint32_t row;
    struct text code, name, township, area;
    size_t area_at;                        /* index into level_view.areas */
    double pupils, value, share, running;  /* share of the squared spread, and the sum so far; BLANK: cannot be said */
    struct text pupils_words, value_words, share_words, running_words, state_words;
    enum state state;
    bool close, estimated, above;          /* above the mean */
};

/* 城区, 镇区, 乡村; 未填 where it is not said. */
struct level_area {
    struct text name;
    size_t schools, met, near, below, missing;
    double pupils, mean, least, greatest;  /* BLANK where nobody has figures */
    struct text pupils_words, mean_words;
};

struct level_year {
    int year;
    struct text words;
    double cv, mean;
    struct text cv_words, mean_words;
    enum state state;                      /* of the coefficient */
    size_t schools, met;
};

struct level_view {
    enum stage stage;
    struct text id, stage_name, name, whole_name, unit;
    struct text sentence;                  /* 「9 所小学不到 7.5 m²/生。差异系数 0.513，高于上限 0.500；3 所学校占其中 18%。」 */
    struct text second;                    /* 「差异最大的 10 所中，7 所高于均值，3 所低于均值。」; may be empty */
    double mean, threshold, floor, cv, limit, low, high;
    struct text mean_words, threshold_words, floor_words, cv_words, limit_words, bounds;
    enum state state;                      /* of the coefficient */
    bool close;
    size_t schools, met, near, below, missing;
    double least, greatest;                /* of the values known; BLANK: none is */
    struct level_unit *units;              /* those that may be seen, the largest share first */
    size_t n_units;
    struct level_area *areas;
    size_t n_areas;
    struct level_year years[MOST_YEARS];
    size_t n_years;
    struct text definition, split, clause, edition, documents; /* the formula in words; how it is split; where it stands */
    struct text formula;                   /* as the edition writes it */
    struct { struct text id, name; } previous, next; /* the levels beside it; empty: none */
};

/* NULL: the edition has no such level, or the county no such stage. */
struct level_view *compose_level(const struct composing *c, enum stage stage, struct text id);

struct rule_school { uint32_t row; struct text code, name, township, words; };  /* words: the figures it rests on */

struct rule_year { int year; struct text words, value_words; double value; enum state state; };

/* One part of an indicator (G11a, G11b), or the whole of it. */
struct rule_part {
    struct text id, name, clause, formula, definition; /* definition: the formula in words; empty: judged alone */
    struct text value_words, limit_words, words;
    double value, threshold;
    enum state state;
    struct text state_words;
    bool close, shown_only;                /* it stands beside the others and never decides */
    struct rule_year years[MOST_YEARS];
    size_t n_years;
    size_t schools, failing, unknown;      /* of a rule of the schools */
    struct rule_school *failing_schools, *unknown_schools; /* those that may be seen */
    size_t n_failing, n_unknown;
};

struct rule_view {
    struct text id, name, whole_name, clause, edition, documents;
    struct mark mark;
    struct text sentence;                  /* 「交流轮岗：不达标。骨干教师占交流轮岗教师的比例 17.5%，应不低于 20%。」 */
    struct rule_part *parts;
    size_t n_parts;
};

/* By the plain id among the 32 (G11), or of a precondition or veto (PRE1, X3); NULL: there is none. */
struct rule_view *compose_rule(const struct composing *c, struct text plain);
