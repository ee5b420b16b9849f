/* view_school.h — a school's page. */
#pragma once
#include "report/compose_school.h"
#include "web/html.h"
#include "web/state.h"
#include "web/view_frame.h"
#include "web/view_schools.h"

struct view_school_level {
    const struct school_level *level;
    struct text indicator_path;
    struct svg bullet, spark;
};

struct view_school_stage {
    const struct school_stage *stage;
    struct text code;
    struct view_school_level *levels;
};

/* Where a figure of the year shown came from. */
struct view_school_figure {
    const struct school_figure *figure;
    struct text origin, path, title;    /* 「办学条件 F24」, its cell's page, the file; path empty: typed on a page */
    bool edited;
};
struct view_school_group { struct text name; struct view_school_figure *figures; size_t n; };

struct view_school {
    const struct view_frame *frame;
    const struct school_view *school;
    const char *state;                  /* class of its verdict */
    struct text verdict, rest;          /* the sentence: 「不达标：」, and what follows */
    struct text year;                   /* digits, for keys of lineage */
    struct text list_path, place;       /* the list one came from; 「第 4 所，共 30 所」 */
    struct text previous_path, next_path, previous_name, next_name;
    struct text edit_path;              /* empty: the reader may not */
    struct text span;                   /* 2023–2025 */
    struct text years[MOST_YEARS];      /* digits */
    struct view_school_stage stages[N_EVALUATED];
    struct view_school_group *groups;
    size_t n_groups;
    struct text sources;                /* 「来自 学校.xlsx；2 格在页面上改过。」 */
};
