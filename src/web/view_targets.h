/* view_targets.h — yearly targets: the list, a grid to be typed in, the tree, letters, results, who answers for what. */
#pragma once
#include "web/svg.h"
#include "web/view_frame.h"

struct target_option { struct text value, name; bool chosen; };
struct target_head { struct text name; bool past; };
struct target_field {            /* one year of a row */
    struct text words, target;   /* what was measured, with its target beside; a target alone where nothing is measured yet */
    struct text name, value;     /* of its input; name empty: none */
    const char *tone;            /* "met", "unmet", "" */
    bool measured;
};
struct target_row {
    struct text where, where_path, name, name_path, stage, owner, owner_path, person, standard, now, now_path, pass;
    const char *tone;            /* of the figure measured last */
    struct svg chart;
    struct target_field *years;
    size_t n_years;
    struct text *alarms;
    size_t n_alarms;
    struct text index, key, seen, label;   /* of the form's fields; label: what a screen reader hears */
};
struct target_chip { struct text name, path; int64_t n; bool chosen; };
struct view_targets {
    const struct view_frame *frame;
    struct text sentence, sub, state, words, export_path, clear_path, previous_path, next_path, count, final_year, reason, filter_words, today;
    struct target_row *county, *rows;
    size_t n_county, n_rows;
    struct target_head *heads;
    size_t n_heads;
    struct target_chip *chips;
    size_t n_chips;
    struct target_option *stages, *townships, *owners, *subjects, *years, *from_years;
    size_t n_stages, n_townships, n_owners, n_subjects, n_years, n_from_years;
    bool may, locked, has_paths, narrowed, one_subject;
    struct { struct text document, day, by, reason, opened; } *issues;
    size_t n_issues;
    /* the grid of a school or a subject */
    struct text title, crumb, back, back_path, grid_school, grid_subject, grid_stage, school_path;
    struct svg chart;
};
struct tree_node {
    struct text name, path, person, open_path, docx_path, pdf_path;
    int64_t n, passing, missed, falling, late, below;   /* below: how many schools it has */
    unsigned depth;
    bool shown_all;
};
struct view_target_tree {
    const struct view_frame *frame;
    struct text sentence;
    struct tree_node *nodes;
    size_t n;
    bool may_export;
};
struct result_row { struct text name, path, person, weighted; int64_t targets[5], ledger[5], tasks[5]; int64_t before, passed, gained, lost; };
struct view_target_results {
    const struct view_frame *frame;
    struct text sentence, sub, weights_words, document, day, export_path;
    struct text weight[3];
    struct result_row *rows, all;
    size_t n;
    struct target_option *years;
    size_t n_years;
    bool may, weighted;
};
struct owner_line { struct text subject, name, stage_word, stage, owner, owner_value, helpers, helpers_value, basis, by, id; bool edited; };
struct person_line { struct text value, name, person, id; };
struct view_owners {
    const struct view_frame *frame;
    struct owner_line *lines;
    size_t n;
    struct person_line *persons;
    size_t n_persons;
    struct target_option *choices;
    size_t n_choices;
    bool may;
};
