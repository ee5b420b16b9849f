/* view_frozen.h — frozen assessments: the list, one with its manifest, two beside each other. */
#pragma once
#include "web/view_frame.h"

struct frozen_line { struct text id, year, reason, who, when, version, edition, path, hash; };
struct frozen_file_line { struct text path, size, hash, link, check; const char *class; bool proof; };
struct view_frozen {
    const struct view_frame *frame;
    struct text sentence, year, year_words, state, fault, hint;
    bool may_freeze, green;
    struct frozen_line *lines;
    size_t n;
};
struct view_frozen_one {
    const struct view_frame *frame;
    struct text id, sentence, reason, who, when, version, edition, hash, zip_path, compare_path, verified;
    const char *verified_class;
    bool may_export;
    struct text *edited;
    size_t n_edited;
    struct frozen_file_line *files;
    size_t n;
};

struct compare_choice { struct text value, name; bool chosen; };
struct compare_side { struct text name, state, edition; struct compare_choice *states, *editions, *years; size_t n_states, n_editions, n_years; };
struct difference_line { struct text what, where, a, b; };
struct difference_group { struct text name, count; struct difference_line *lines; size_t n; };
struct view_frozen_compare {
    const struct view_frame *frame;
    struct text sentence, a_name, b_name, fault, hint;
    bool compared;
    struct compare_side a, b;
    struct difference_group *groups;
    size_t n;
};
