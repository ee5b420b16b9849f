/* view_schools.h — the list of schools: a matrix of schools and indicators, narrowed and sorted. */
#pragma once
#include "report/compose_matrix.h"
#include "web/state.h"
#include "web/view_frame.h"

struct view_tab { struct text name, path; bool current; };
/* A filter that is on or off: the link turns it. */
struct view_chip { struct text name, path; size_t n; bool chosen; const char *state; };
struct view_field { const char *name; struct text value; };     /* what the form of the search carries along */
struct view_head { struct text name, path; const char *sort; }; /* sort: "ascending", "descending", or empty */

struct view_schools_column {
    const struct matrix_column *column;
    struct view_head head;
    struct text indicator_path;
};

struct view_schools_row {
    const struct matrix_row *row;
    struct text path, note;                /* note: what is missing, or where it stands, on a phone */
};

struct view_schools {
    const struct view_frame *frame;
    const struct matrix *matrix;
    struct text stage, year;               /* codes, for keys of lineage */
    struct view_tab *tabs;
    size_t n_tabs;
    struct view_chip verdicts[N_VERDICTS], *areas;
    size_t n_areas;
    struct view_field *fields;
    size_t n_fields;
    struct text search;
    struct view_head school, township, area, pupils, met, verdict, last;
    struct view_schools_column *columns;
    struct view_schools_row *rows;         /* of this page */
    size_t n_rows, first, last_row;        /* the rows of this page, from 1 */
    struct text clear_path, previous_path, next_path; /* empty: there is none */
    struct text export_path;               /* empty: the reader may not */
    struct text count, filter_words;       /* 「符合条件 30 所，共 105 所」 */
    bool narrowed, has_last;
};

/* The class of a verdict. */
const char *verdict_class(enum verdict_kind kind);
