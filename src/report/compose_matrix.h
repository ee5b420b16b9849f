/* compose_matrix.h — the schools of one stage and their seven indicators: filtered, searched, sorted, with counts
 * for the filters and the county's row. */
#pragma once
#include "report/composing.h"

enum verdict_kind { VERDICT_UNMET, VERDICT_NO_DATA, VERDICT_SOME /* 达标（6/7） */, VERDICT_ALL, N_VERDICTS };
enum verdict_kind verdict_kind(enum state verdict, unsigned met, size_t n_levels);
struct text verdict_kind_code(enum verdict_kind kind);   /* "unmet", "no_data", "some", "met": for links and CSS */
enum verdict_kind verdict_kind_by_code(struct text code);/* N_VERDICTS: none of them */

enum matrix_sort {
    SORT_VERDICT,    /* worst first; the larger gap first among equals.  Where one begins. */
    SORT_GAP,        /* Σ of the shares of the thresholds a school falls short by, the largest first */
    SORT_CODE, SORT_NAME, SORT_TOWNSHIP, SORT_AREA, SORT_TYPE, SORT_OWNERSHIP, SORT_PUPILS, SORT_MET, SORT_LAST,
    SORT_LEVEL,      /* by the value of `sort_level`, the smallest first; blanks last */
};

/* What the reader asked for.  Empty lists mean all. */
struct matrix_filter {
    enum stage stage;
    const struct text *townships;
    size_t n_townships;
    unsigned types, areas;           /* bit k: the ordinal k of the item's values; 0: all */
    unsigned verdicts;               /* bit k: enum verdict_kind; 0: all */
    struct text search;              /* part of a name or code, or initials of a name */
    enum matrix_sort sort;
    size_t sort_level;
    bool reverse;
};

struct matrix_cell {
    struct text words;               /* 0.74; 「缺」 */
    struct text missing;             /* 「再配 3 名骨干教师」: to the threshold; empty where it is met or unknown */
    double value;
    enum state state;
    bool close, estimated;
};

struct matrix_row {
    uint32_t row;                    /* of the returns */
    size_t unit;                     /* of the stage */
    struct text code, name, initials, township, area, type, ownership;
    double pupils;
    struct text pupils_words;
    struct matrix_cell *cells;       /* [n_levels] */
    unsigned met;
    double gap;
    enum state state;                /* of the unit */
    enum verdict_kind verdict;
    struct text verdict_words;       /* 达标（6/7） */
    bool had_last;                   /* the school stood in last year's data */
    enum verdict_kind last;
    struct text last_words;          /* 「同」 when nothing changed; 「新」 when it was not there; else last year's */
    bool worse, better;              /* than last year */
};

struct matrix_column {
    struct text id, name, whole_name, unit;
    struct text threshold_words;     /* ≥ 4.2 */
    double threshold, floor;
    struct text mean_words, cv_words, limit_words;  /* of the whole county */
    enum state cv_state;
    bool cv_close;
    size_t met, near, below, missing;/* of the rows shown */
};

struct matrix_choice { struct text code, name; size_t n; bool chosen; };  /* n: with all other filters applied */

struct matrix {
    enum stage stage;
    struct text stage_name;
    struct text sentence;            /* 「小学 105 所：57 所达标，16 所达标（6/7），30 所不达标，2 所缺数据。」: of all that may be seen */
    struct matrix_column *columns;
    size_t n_levels;
    struct matrix_row *rows;
    size_t n, all;                   /* shown; that may be seen */
    double pupils;                   /* of the rows shown, where known */
    struct text pupils_words;
    struct matrix_choice verdicts[N_VERDICTS];
    struct matrix_choice *townships, *types, *areas;  /* those present, by code as returned; empty name: 未填 */
    size_t n_townships, n_types, n_areas;
    bool scattered;                  /* the search found names only by scattered initials */
};

struct matrix *compose_matrix(const struct composing *c, const struct matrix_filter *filter);
