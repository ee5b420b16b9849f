/* view_ledger.h — the ledger: its list with filters and sums, one row with its history, its workbook, its papers. */
#pragma once
#include "app/ledger.h"
#include "web/svg.h"
#include "web/view_frame.h"
#include "web/view_talk.h"
#include "web/view_tasks.h"

struct ledger_option { struct text value, name; bool chosen; };
struct ledger_choice { const char *name; struct text label, all; struct ledger_option *options; size_t n; };   /* a <select> of the filter */
struct ledger_line {
    struct text id, path, place, stage, problem, basis, missing, measure, owner, person, cost, fund, due, progress, result, state;
    const char *class;               /* ink of its state */
    bool late, chosen;
    struct text mark;                /* 「数据已达标，等核验」, 「滑坡 1 次」; may be empty */
};
struct ledger_group { struct text name, path, n, open, overdue, verified, cost, open_cost, missing; };
struct ledger_tab { struct text name, path, n; bool current; };
struct ledger_input { const char *name; struct text label, value, hint; bool area, select, date, locked; };

struct view_ledger {
    const struct view_frame *frame;
    struct text sentence, filtered;          /* filtered: the filter in force, as a sentence; empty: none */
    struct ledger_tab *tabs;                 /* by state */
    size_t n_tabs;
    struct ledger_choice *choices;
    size_t n_choices;
    struct ledger_option *hidden;            /* what the filter's form carries along */
    size_t n_hidden;
    struct text words;
    struct ledger_line *lines;
    size_t n, all, first, last;
    struct text clear_path, previous_path, next_path, export_path, county_path;
    struct ledger_tab *by;                   /* how it can be added up */
    size_t n_by;
    struct ledger_group *groups;
    size_t n_groups;
    struct text group_name;                  /* head of the first column */
    struct ledger_input *inputs;             /* of the bulk edit */
    size_t n_inputs;
    struct ledger_option *owners;
    size_t n_owners;
    struct text bulk_path, batch, followed;
    bool may_edit, may_export, empty;
};

struct ledger_fact { struct text name, value; };
struct ledger_act { const char *step; struct text name; bool asks; };
struct view_ledger_row {
    const struct view_frame *frame;
    struct text id, place, place_path, stage, problem, state, basis, path, barred, source_path;
    const char *class;
    struct ledger_fact *facts;               /* what the data say */
    size_t n_facts;
    struct ledger_input *inputs;             /* what people write */
    size_t n_inputs;
    struct ledger_option *owners;
    size_t n_owners;
    struct text stamp;
    struct ledger_act *acts;
    size_t n_acts;
    bool may_edit, may_claim, may_verify, late;
    struct text today, batch;
    const struct view_tasks_of *tasks;       /* orders that were issued for it; NULL: not for the reader */
    const struct view_talk *talk;
};

struct ledger_fault_line { struct text at, what, hint; };
struct ledger_change_line { struct text at, row, field, before, after; };
struct view_ledger_book {
    const struct view_frame *frame;
    struct text sentence, sha256, name;
    struct ledger_fault_line *faults;
    size_t n_faults, more_faults;
    struct ledger_change_line *changes;
    size_t n_changes, more_changes;
    bool may_confirm;
};

struct view_ledger_paper {
    const struct view_frame *frame;
    struct text title, docx_path, pdf_path, xlsx_path, back_path, back_name, signer, date;
    struct svg body;
};
