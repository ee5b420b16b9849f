/* view_units.h — the county's units: the tree on a day; one unit with its history and members. */
#pragma once
#include "web/view_frame.h"

struct unit_option { struct text value, name; bool chosen; };
struct unit_line { struct text code, name, kind, path, note, parent; unsigned depth; bool shut; };
struct unit_history { struct text day, act, what, reason, by; };
struct unit_member { struct text position, part, name, works_at, days; bool serves; };
/* From a workbook: what it would change, or what is wrong with it. */
struct unit_fault { struct text sheet, cell, what, hint; };
struct unit_change_line { struct text act, name, code, was, becomes, day, reason, cell; };
struct view_units_import {
    const struct view_frame *frame;
    struct text sentence, day, file, fault, hint, changes, seen;   /* changes, seen: for the form that confirms */
    struct unit_fault *faults;
    size_t n_faults;
    struct unit_change_line *lines;
    size_t n;
    bool read, may_confirm;
};
struct view_units {
    const struct view_frame *frame;
    struct text sentence, day, query;
    struct unit_line *lines;
    size_t n, n_all;
    struct text done;            /* what was just done; empty: nothing */
    struct unit_option *kinds, *parents, *districts;
    size_t n_kinds, n_parents, n_districts;
    bool may;
};
struct view_one_unit {
    const struct view_frame *frame;
    struct text code, name, sentence, day, act_path, members_path, successor_path, successor_name;
    struct unit_history *history;
    size_t n_history;
    struct unit_member *members;
    size_t n_members;
    struct unit_option *parents, *districts, *successors;
    size_t n_parents, n_districts, n_successors;
    bool may, is_open, has_members;
};
