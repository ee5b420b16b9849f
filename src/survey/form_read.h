/* form_read.h — rows of cells become a form, or a list of what is wrong, each by row and column with its remedy. */
#pragma once
#include "survey/form.h"
#include "survey/form_table.h"

struct form_fault {
    uint32_t row, column;      /* from 1; 0: the whole table, the whole row */
    struct text what, mend;
};
struct form_faults { struct arena *mem; struct form_fault *at; size_t n, capacity; };
enum { FORM_MOST_FAULTS = 100 };

/* Reads all of the table, so that all faults are told at once.
 *   Returns  the form in mem; NULL when there are faults */
const struct form *form_read(const struct cell_table *table, struct arena *mem, struct form_faults *faults);
/* 「表里第 12 行 D 列」, 「“题目”第 12 行 D 列」: where a fault stands. */
struct text form_fault_place(const struct cell_table *table, const struct form_fault *fault, struct arena *mem);
