/* plan_compare.h — what differs between two plans, row by row: shown before a county's revision is kept.  Pure. */
#pragma once
#include "work/plan_read.h"

enum plan_change { PLAN_ADDED, PLAN_REMOVED, PLAN_ALTERED };
struct plan_difference {
    enum plan_change change;
    struct text row, id, name;           /* 任务, 4.1.1a-1, its name (after, where there is one) */
    enum plan_column column;             /* of an altered row: which; else PLAN_ID */
    struct text before, after;
};
/* By the rows' ids, in the order of the newer, then what was removed. */
void plan_compare(const struct work_plan *before, const struct work_plan *after, struct arena *mem, struct plan_difference **out, size_t *n_out);
/* The plan's table with one cell replaced, a task put behind the last of an item (a row of cells), or a row taken out: read it
 * again to have the plan.  False: there is no such row. */
bool plan_table_set(struct cell_table *table, struct text id, enum plan_column column, struct text value, struct arena *mem);
bool plan_table_add_task(struct cell_table *table, struct text item, const struct text cells[N_PLAN_COLUMNS], struct arena *mem);
bool plan_table_remove(struct cell_table *table, struct text id);
