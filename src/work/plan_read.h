/* plan_read.h — a plan of work (工作方案) as rows of cells: its phases, what it says item by item, and the tasks that come of it,
 * each with owner, product, day.  Read into values, or a list of what is wrong, each by file, row and column with its remedy.
 *
 *   方案 the plan ─ 阶段 its phases
 *   组 a heading of the text ─ 事项 one thing it says, in its own words ─ 任务 what has to be there, by whom, by when
 *
 * Pure.  Source: domain specification §5; plans/README.md says what each column means. */
#pragma once
#include "base/day.h"
#include "model/cell_table.h"

enum plan_column {
    PLAN_ROW, PLAN_ID, PLAN_NAME, PLAN_TEXT, PLAN_SOURCE, PLAN_PHASE, PLAN_OWNERS, PLAN_HELPERS, PLAN_PRODUCT, PLAN_PRODUCT_NAME,
    PLAN_BEGINS, PLAN_DUE, PLAN_OFTEN, PLAN_RECHECK, PLAN_SUBJECTS, PLAN_PAGE, PLAN_NOTE, N_PLAN_COLUMNS
};
struct plan_column_info { const char *zh, *help; double width; };
const struct plan_column_info *plan_column_info(enum plan_column column);

enum plan_product { PRODUCT_NONE, PRODUCT_RULE, PRODUCT_DOCUMENT, PRODUCT_FIGURE, PRODUCT_RECORD, N_PLAN_PRODUCTS };
struct text plan_product_zh(enum plan_product product);        /* 制度; empty for none */
struct text plan_product_code(enum plan_product product);      /* "rule"; empty for none */

/* Whose it is: a unit by its code, the office of the leading group, or every township or department, each for itself. */
enum plan_owner_kind { OWNER_UNIT, OWNER_OFFICE, OWNER_TOWNSHIPS, OWNER_DEPARTMENTS };
struct plan_owner { enum plan_owner_kind kind; struct text code; };   /* code of OWNER_UNIT alone: "D07" */
struct plan_owners { struct plan_owner *at; size_t n; };

struct plan_texts { struct text *at; size_t n; };
struct plan_span { struct text id, name, text, source, note; struct day first, last; };    /* a phase */
struct plan_group { struct text id, name, text, source, note; size_t phase, first, n; };   /* its items: [first, first + n) */
struct plan_item {
    struct text id, name, text, source, page, note;      /* text: the plan's own words; page: of this program, where it is done */
    size_t phase, group, first, n;                       /* its tasks: [first, first + n) */
    struct plan_owners owners, helpers;
    struct plan_texts subjects;                          /* "L4", "CV", "X1" */
};
struct plan_task {
    struct text id, name, product_name, page, note;
    size_t phase, item;
    enum plan_product product;
    struct plan_owners owners, helpers;                  /* its own, else the item's */
    struct plan_texts subjects;                          /* its own, else the item's */
    struct day begins, due;                              /* begins.year 0: with the phase; due.year 0: yearly, by that month and day */
    bool yearly, recheck, own_owners, own_helpers, own_subjects, own_phase;
};
struct work_plan {
    struct text id, title, text, source, note;
    struct plan_owners owners;
    struct day first, last;
    struct plan_span *spans;
    struct plan_group *groups;
    struct plan_item *items;
    struct plan_task *tasks;
    size_t n_spans, n_groups, n_items, n_tasks;
};

struct plan_fault { const struct cell_table *table; uint32_t row, column; struct text what, mend; };  /* from 1; 0: the whole table, the whole row */
struct plan_faults { struct arena *mem; struct plan_fault *at; size_t n, capacity; };
enum { PLAN_MOST_FAULTS = 100 };

/* What a county has: units by code, subjects (indicators, vetoes …) by id.  n 0: not checked. */
struct plan_known { const struct text *units; size_t n_units; const struct text *subjects; size_t n_subjects; };

/* Reads all tables as one plan, in their order, so that all faults are told at once; a table without the heading row is passed over
 * where another has it.
 *   Returns  the plan in mem, which points into the tables; NULL when there are faults */
const struct work_plan *plan_read(const struct cell_table *tables, size_t n, const struct plan_known *known, struct arena *mem,
                                  struct plan_faults *faults);
/* 「2-goals.csv 第 12 行 D 列」 */
struct text plan_fault_place(const struct plan_fault *fault, struct arena *mem);
/* The plan as one table with its heading row: what plan_read reads into the same plan. */
struct cell_table plan_table(const struct work_plan *plan, struct arena *mem);

const struct plan_item *plan_item_of(const struct work_plan *plan, struct text id);   /* NULL: none */
const struct plan_task *plan_task_of(const struct work_plan *plan, struct text id);
struct text plan_owners_words(const struct plan_owners *owners, struct arena *mem);    /* D07；各乡镇 */
struct text plan_texts_words(const struct plan_texts *texts, struct arena *mem);       /* L1、L2 */
