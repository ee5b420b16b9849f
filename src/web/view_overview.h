/* view_overview.h — the overview (总览) as it is drawn. */
#pragma once
#include "report/compose_overview.h"
#include "web/svg.h"
#include "web/view_frame.h"

struct view_mark { struct text path, name; enum state state; bool close; };

/* Marks in one row: those of a stage, or of a dimension. */
struct view_marks { struct text name; struct view_mark *marks; size_t n; };

struct view_dimension {
    struct text title, value, of;      /* 资源配置; 12; 「/ 14 个差异系数不超限」 */
    struct text source;                /* where the value comes from; empty: it is a count of the marks */
    struct view_marks *rows;
    size_t n_rows;
};

struct view_stage_row { const struct overview_row *row; struct text path; struct svg counts, bullet; };
struct view_stage {
    const struct overview_stage *stage;
    struct text code;                  /* "primary", for links and keys */
    struct text limit_words;           /* the limit all rows share; empty: they differ */
    struct view_stage_row *rows;
};

struct view_blocker { const struct blocker *blocker; struct text path, when, cost; bool costs; };  /* cost: for a sentence */

struct view_trend_cell { struct text share, target; bool behind; };
struct view_trend_year { struct text year, digits; struct view_trend_cell *cells; };
struct view_trend_stage { struct text name, code; };

/* A township's schools whose return nobody has approved: the year's conclusion waits for them. */
struct view_lacking { struct text township, names; size_t n; };

struct view_overview {
    const struct view_frame *frame;
    const struct overview *overview;
    struct text year;                  /* 2025, for links and keys */
    struct svg phases;
    struct view_dimension dimensions[4];
    struct view_dimension others[2];   /* preconditions, vetoes: those there are */
    size_t n_dimensions, n_others;
    struct view_blocker *blockers;
    size_t n_blockers;
    struct view_stage *stages;
    size_t n_stages;
    struct svg trend;
    struct view_trend_stage *trend_stages;
    struct view_trend_year *trend_years;
    size_t n_trend_years;
    struct text goal;                  /* 2029学年 */
    struct text edition, documents;
    struct view_lacking *lacking;
    size_t n_lacking, n_lacking_schools;
};
