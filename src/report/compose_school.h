/* compose_school.h — what a school's page shows: its verdict in a sentence, its stages with seven indicators each,
 * what school-wide rules say of it, its figures over the years. */
#pragma once
#include "report/compose_matrix.h"
#include "report/composing.h"

/* One indicator of one stage. */
struct school_level {
    struct text id, name, whole_name, unit;
    double value, threshold, floor, mean;    /* mean: of the county */
    struct text value_words, threshold_words, floor_words, mean_words;
    enum state state;
    struct text state_words;
    bool close, estimated;
    double missing, missing_to_floor;        /* quantity; BLANK: unknown */
    struct text to_threshold, to_floor;      /* 「再配 2 名骨干教师」; empty where nothing is missing, or it is unknown */
    double share;                            /* of the squared spread, 0–1; BLANK */
    struct text share_words, share_sentence; /* 3.7%, 「占全县差异的 3.7%，低于均值」 */
    double history[MOST_YEARS];              /* [year] as school_view.years; BLANK */
    struct text history_words[MOST_YEARS];
    enum state history_state[MOST_YEARS];
    struct text change;                      /* on the year before: +0.12; empty where either is blank */
};

struct school_stage {
    enum stage stage;
    struct text name;
    double pupils;
    struct text pupils_words;
    unsigned met;
    enum verdict_kind verdict;
    struct text verdict_words;
    bool had_last;
    struct text last_words;                  /* last year's verdict; empty where there is none */
    struct school_level *levels;
    size_t n_levels;
};

/* What a rule that every school must keep says of this one (G3–G6, Q4). */
struct school_rule {
    struct text id, name, whole_name;
    enum state state;                        /* STATE_MET, STATE_BELOW, STATE_NO_DATA */
    struct text state_words;                 /* 符合, 不符合, 缺数据 */
    struct text words;                       /* the figures it rests on: 「96平方米以上音乐教室 1 间，班级 18 个」 */
};

struct school_fact { uint16_t item; struct text name, words; };

struct school_figure {
    uint16_t item;
    struct text code, name, unit;
    double values[MOST_YEARS];               /* BLANK where not reported */
    struct text words[MOST_YEARS];           /* 「缺」 where blank */
    struct text change;                      /* on the year before: +36; empty where either is blank or nothing changed */
};
struct figure_group { struct text name; struct school_figure *figures; size_t n; };

struct school_view {
    uint32_t row;
    struct text code, name, township;
    struct text sentence;                    /* 「不达标：7 项中 5 项达标。再配 2 名骨干教师、增 412 m² 运动场地即可。」 */
    struct text second;                      /* 「小学 · 镇区 · 公办 · 812 名学生、48 名专任教师、18 个班。去年达标。」 */
    enum state state;                        /* the worst of its stages; STATE_NOT_APPLICABLE: no unit */
    double longitude, latitude;              /* BLANK: not given */
    size_t n_years;
    int years[MOST_YEARS];                   /* those in which the school stood, the shown one last */
    struct text year_words[MOST_YEARS];
    uint32_t year_rows[MOST_YEARS];          /* its row in each */
    struct school_stage stages[N_EVALUATED];
    size_t n_stages;
    struct school_rule *rules;
    size_t n_rules;
    struct school_fact *facts;
    size_t n_facts;
    struct figure_group *groups;
    size_t n_groups;
};

/* Given: a row of the county-year shown. */
struct school_view *compose_school(const struct composing *c, uint32_t row);
/* 「不达标：……」 by itself. */
struct text compose_school_sentence(const struct composing *c, uint32_t row);

struct neighbour { struct text code, name; };  /* empty: there is none */
struct neighbours { struct neighbour previous, next; size_t place, of; };  /* place from 1; 0: not in the list */
/* Beside the school in the list one came from. */
struct neighbours compose_neighbours(const struct matrix *matrix, struct text code);
