/* view_tasks.h — tasks and orders: the list, the board, one of them, the form. */
#pragma once
#include "web/view_talk.h"

struct task_option { struct text value, name; bool chosen; };
struct task_options { struct text name; struct task_option *at; size_t n; };   /* a group of them; name may be empty */
struct task_tab { struct text name, path; struct text n; bool current; };

struct task_line {
    struct text number, path, title, kind, owner, person, about, origin, due;
    struct text left;                /* 「还有 5 天」「逾期 3 天」; empty: no day, or it is over */
    struct text state;
    const char *class;               /* "st met" … */
    bool late;
    struct text group, sums;         /* not empty: a heading stands before it */
};
/* The tasks that came of a thing, on the thing's own page: {{> tasks_of(v->tasks)}}. */
struct view_tasks_of { struct task_line *lines; size_t n; struct text new_path; /* empty: he may not issue */ };

struct view_tasks {
    const struct view_frame *frame;
    struct text sentence, filtered;  /* filtered: the filter in force as a sentence; may be empty */
    struct task_tab *tabs;
    size_t n_tabs;
    struct task_options *owners, *origins, *groups;   /* owners: in groups */
    size_t n_owners, n_origins, n_groups;
    struct text state, words, subject, due_from, due_until, kind, of;
    bool mine, may_mine, may_put, may_export, filtering;
    struct task_line *lines;
    size_t n;
    struct text shown, previous_path, next_path, export_path, board_path, clear_path;
};

struct task_column { struct text name, n, path; struct task_line *lines; size_t n_lines; };
struct view_task_board {
    const struct view_frame *frame;
    struct text sentence, list_path;
    struct task_column *columns;
    size_t n;
};

struct task_offer {
    struct text code, name, label;   /* "answer", 答复措施, what is to be written */
    struct text day;                 /* asks for a day: the one to begin with */
    bool words, needed, asks_day, day_needed, files, behalf, danger;
};
struct task_file { struct text name, path; };
struct task_event { struct text head, who, when, said; const char *class; struct task_file *files; size_t n_files; };
struct task_fact { struct text name, value, path; bool source; };
struct view_task {
    const struct view_frame *frame;
    struct text sentence, sub, number, path, title, text;
    struct text state;
    const char *class;
    struct text waits;               /* whose step is next, in words; empty: over */
    struct text came_back;           /* sent back by whom and why */
    struct text asked;               /* an extension that waits */
    struct task_event *events;       /* the oldest first */
    size_t n_events;
    struct task_fact *facts;
    size_t n_facts;
    struct task_offer *main;         /* NULL: nothing that is the reader's next step */
    struct task_offer *others;
    size_t n_others;
    struct text cannot;              /* why there is no main step, in words; may be empty */
    struct task_line *parts;
    size_t n_parts;
    struct text docx_name, docx_path, pdf_path, edit_path, again_path;   /* edit: empty: he may not */
    struct text fault, hint, typed;  /* of a step that was refused */
    const struct view_talk *talk;
};

struct view_task_form {
    const struct view_frame *frame;
    struct text sentence, action, fault, hint, back;
    bool editing, order, recheck;
    struct text title, text, person, subject, due, product_name, origin, origin_key, parent, from;   /* from: what it comes from, in words */
    struct task_options *owners, *abouts, *helpers;
    size_t n_owners, n_abouts, n_helpers;
    struct task_option *stages, *products, *subjects;
    size_t n_stages, n_products, n_subjects;
};
