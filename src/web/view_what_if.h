/* view_what_if.h — what the page of trials (试算) shows, and that which sets two of them side by side. */
#pragma once
#include "report/compose_compare.h"
#include "web/svg.h"
#include "web/view_frame.h"

struct what_if_tab { struct text id, name, path; bool current; };

struct what_if_row {
    struct text field;                  /* "c:2101…:classrooms_multimedia": the name of its input */
    struct text school, item;           /* names; school: 全县 for the county's own figures */
    struct text school_path;            /* empty: no page of its own */
    struct text unit, now, source, typed;
    struct text fault;                  /* why what is typed cannot be taken; else empty */
    struct text left, cost;             /* empty where nothing is changed */
    enum state state;                   /* of what rests on the figure */
    bool changed;
};

struct what_if_bit { bool there; struct svg svg; struct text before, after, source; bool changed, worse; enum state state; };
struct what_if_level { struct text name; struct what_if_bit bits[N_EVALUATED]; };
struct what_if_stage { struct text name; size_t units, before, after; bool differs; };
struct what_if_school { struct text name, path, stage, before, after; enum state state; bool worse; };
struct what_if_rule { struct text name, before, after; bool worse; };

struct what_if_found { struct text code, name, township, words; enum state state; bool chosen; };
struct what_if_item { struct text code, name; bool chosen; };

struct view_what_if {
    struct view_frame *frame;
    struct text year;                   /* "2025" */
    struct what_if_tab *tabs;
    size_t n_tabs;
    struct text id, name, by;           /* of a kept scenario; by: who made it, when */
    struct text drop_question;
    struct text fault, hint;            /* of what was asked for last */
    bool saved;
    bool tried;                         /* something is changed: there is an effect to show */
    struct text sentence, second;
    struct text total, unpriced, moved; /* moved, unpriced: sentences, or empty */
    struct what_if_row *rows;
    size_t n_rows;
    struct what_if_level *levels;
    size_t n_levels;
    struct what_if_stage *stages;
    size_t n_stages;
    struct what_if_school *schools;
    size_t n_schools;
    struct what_if_rule *rules;
    size_t n_rules;
    struct text *worse;
    size_t n_worse;
    /* adding */
    struct text q;
    bool failing_only, searched;
    struct what_if_found *found;
    size_t n_found, n_fitting;          /* listed; that fit */
    struct what_if_item *items;
    size_t n_items;
    struct text block;                  /* what was pasted and had faults */
    struct text *block_faults;
    size_t n_block_faults;
    struct text told;                   /* 「添了 5 处」 */
    bool may_export;
};

struct view_what_if_compare {
    struct view_frame *frame;
    struct text year;
    struct what_if_tab *a, *b;          /* to choose from */
    size_t n;
    struct text name_a, name_b, path_a, path_b, sentence_a, sentence_b, second_a, second_b;
    bool shown;
    const struct trials *trials;
    struct trial_figure *figures;
    size_t n_figures, n_same;
};
