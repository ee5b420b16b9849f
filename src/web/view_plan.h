/* view_plan.h — the plan of work: what it says and what came of it, over time, as a tree, revised; what units sent in; the calendar. */
#pragma once
#include "web/svg.h"
#include "web/view_frame.h"
#include "web/view_tasks.h"

struct plan_tab { struct text name, path; bool current; };
struct plan_head {                       /* of every page of the plan */
    struct plan_tab tabs[5];
    size_t n_tabs;
    bool adopted, drafted, may_edit;
    struct text draft;                   /* how many changes wait to be adopted */
};
struct plan_line {                       /* a task of the plan */
    struct text id, name, product, owners, due, state, path;
    const char *class;
};
struct plan_row {                        /* an item */
    struct text id, name, text, source, owners, helpers, subjects, note, page, page_name, state, path;
    const char *class;
    struct plan_line *lines;
    size_t n_lines;
};
struct plan_part { struct text id, name, source, state; struct plan_row *rows; size_t n_rows; };
struct view_plan {
    const struct view_frame *frame;
    struct plan_head head;
    struct text sentence, sub, filtered, today, xlsx_path, csv_path;
    struct svg phases;
    struct task_option *owners, *phase_options;
    size_t n_owners, n_phase_options;
    bool late, filtering, may_export;
    struct plan_part *parts;
    size_t n_parts;
};

struct plan_bar { struct text id, name, path, when, state; const char *class; struct svg bar; bool group; };
struct view_plan_gantt {
    const struct view_frame *frame;
    struct plan_head head;
    struct text sentence, sub;
    struct svg years;
    struct task_option *zoom;
    size_t n_zoom;
    struct plan_bar *bars;
    size_t n;
};

struct plan_branch { unsigned depth; struct text id, name, path, all, closed, open, late, proved; struct svg share; bool current; };
struct view_plan_tree {
    const struct view_frame *frame;
    struct plan_head head;
    struct text sentence, export_path;
    bool may_export;
    struct plan_branch *branches;
    size_t n;
};

struct plan_field { struct text name, label, value, help; bool wide, date; struct task_option *options; size_t n_options; };
struct plan_change_line { struct text id, what, column, before, after; };
struct plan_version_line { struct text name, who, reason, adopted, path; };
struct view_plan_edit {
    const struct view_frame *frame;
    struct plan_head head;
    struct text sentence, fault, hint, seen, today, id, item, row_name;
    bool removing, adding, first;        /* first: nothing was adopted yet */
    struct plan_field *fields;           /* of the row at hand; none: the list */
    size_t n_fields;
    struct plan_change_line *changes;
    size_t n_changes;
    struct { struct text place, what, mend; } *faults;
    size_t n_faults;
    struct plan_part *parts;
    size_t n_parts;
    struct plan_version_line *versions;
    size_t n_versions;
};

struct plan_upload_line { struct text unit, key, receipt, receipt_path, file, file_path, who, when, note, back; bool missing, sent_back, late; };
struct view_plan_uploads {
    const struct view_frame *frame;
    struct plan_head head;
    struct text sentence, sub, due, key, fault, hint, missing;
    struct task_option *tasks, *places;
    size_t n_tasks, n_places;
    bool may_send, may_back;
    struct plan_upload_line *lines;
    size_t n, n_missing;
};
struct view_plan_receipt {
    const struct view_frame *frame;
    struct text sentence, county, number, unit, task, file, size, sha256, who, when, note, back, back_path, file_path, list_path;
    bool may_back;
};

struct calendar_entry { struct text title, path, owner, state; const char *class; };
struct calendar_cell { struct text number, day, name, more, more_path; bool other, today; struct calendar_entry *entries; size_t n; };
struct calendar_week { struct calendar_cell days[7]; };
struct view_calendar {
    const struct view_frame *frame;
    struct text sentence, month, previous_path, next_path, now_path, ics_path, list_path, mine_path, all_path, link, links;
    bool mine, linked, may_link;
    struct calendar_week *weeks;
    size_t n_weeks;
    size_t n;
};
