/* view_indicator.h — an indicator's page, and the list of all, as they are drawn. */
#pragma once
#include "report/compose_indicator.h"
#include "report/compose_point.h"
#include "web/svg.h"
#include "web/view_frame.h"

struct view_beside { struct text path, name; };   /* path empty: there is none */

struct view_unit { const struct level_unit *unit; struct svg share; struct text number; };

/* What moving one school's dot would change. */
struct view_point {
    const struct point_view *point;    /* NULL: nothing is tried; the band waits for the script */
    struct text school, value;         /* as asked; for the form */
    struct text other, other_value;    /* its name, its value as it stands: a school that is not among those listed */
    struct text fault, hint;           /* it could not be tried */
};

struct view_level {
    const struct view_frame *frame;
    const struct level_view *level;
    struct text year, stage;           /* 2025; primary */
    struct view_beside previous, next, stages[2];
    size_t n_stages;
    struct svg strip, narrow;          /* at a desk; on a phone */
    bool one_strip;                    /* too many dots for two drawings */
    struct text edge;                  /* 「大于 36 的画在右边缘」; empty: all fit */
    struct view_unit *units;
    size_t n_units, n_rest;            /* shown; left out */
    bool shares;                       /* they can be said */
    struct text rest_share, rest_running, all_path;
    struct svg trend;
    bool trends;                       /* there are two years or more */
    struct text *year_digits;          /* of level->years */
    bool may_try;
    struct view_point try;
    struct text least_step;            /* of the number field */
    struct text path, query;           /* of this page without a trial */
};

struct view_rule_part {
    const struct rule_part *part;
    struct svg trend;
    bool trends, words;                /* words: they say more than the figures beside them */
    struct text *year_digits;
};

struct view_rule {
    const struct view_frame *frame;
    const struct rule_view *rule;
    struct text year;
    struct view_beside previous, next;
    struct view_rule_part *parts;
};

/* ---- the list ---- */

struct view_cv { struct text code, cv, key; enum state state; bool close; struct svg counts, bullet; struct text path; };
struct view_resource { struct text id, name, whole; struct view_cv cells[2]; };   /* primary, junior */

struct view_line { struct text id, name, whole, words, value, limit, source, path; enum state state; bool close; };
struct view_group { struct text title, count, of; struct view_line *lines; size_t n; };

struct view_indicators {
    const struct view_frame *frame;
    struct text sentence, year;
    struct text stages[2];
    size_t n_stages, n_resources;
    struct view_resource *resources;
    struct text within;                /* 「14 个差异系数中 12 个不超限」 */
    struct view_group *groups;
    size_t n_groups;
};
