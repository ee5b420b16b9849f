#include "work/plan_compare.h"

static size_t row_of(const struct cell_table *table, struct text id)
{
    for (size_t r = 1; r < table->n; r++)
        if (text_equal(table->rows[r].at[PLAN_ID], id))
            return r;
    return SIZE_MAX;
}

void plan_compare(const struct work_plan *before, const struct work_plan *after, struct arena *mem, struct plan_difference **out, size_t *n_out)
{
    const struct cell_table old = plan_table(before, mem), new = plan_table(after, mem);
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    for (size_t r = 1; r < new.n; r++) {
        const struct text *const now = new.rows[r].at;
        const size_t was = row_of(&old, now[PLAN_ID]);
        const struct plan_difference base = { .change = PLAN_ADDED, .row = now[PLAN_ROW], .id = now[PLAN_ID], .name = now[PLAN_NAME], .column = PLAN_ID };
        if (was == SIZE_MAX) {
            ARENA_ROOM(mem, *out, *n_out, capacity);
            (*out)[(*n_out)++] = base;
            continue;
        }
        for (size_t c = 0; c < N_PLAN_COLUMNS; c++) {
            if (text_equal(old.rows[was].at[c], now[c]))
                continue;
            ARENA_ROOM(mem, *out, *n_out, capacity);
            (*out)[*n_out] = base;
            (*out)[*n_out].change = PLAN_ALTERED;
            (*out)[*n_out].column = (enum plan_column)c;
            (*out)[*n_out].before = old.rows[was].at[c];
            (*out)[(*n_out)++].after = now[c];
        }
    }
    for (size_t r = 1; r < old.n; r++) {
        const struct text *const was = old.rows[r].at;
        if (row_of(&new, was[PLAN_ID]) != SIZE_MAX)
            continue;
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct plan_difference){ .change = PLAN_REMOVED, .row = was[PLAN_ROW], .id = was[PLAN_ID], .name = was[PLAN_NAME], .column = PLAN_ID };
    }
}

bool plan_table_set(struct cell_table *table, struct text id, enum plan_column column, struct text value, struct arena *mem)
{
    const size_t r = row_of(table, id);
    if (r == SIZE_MAX)
        return false;
    struct text *const cells = arena_copy(mem, table->rows[r].at, N_PLAN_COLUMNS * sizeof *cells);
    cells[column] = value;
    table->rows[r].at = cells;
    return true;
}

bool plan_table_add_task(struct cell_table *table, struct text item, const struct text cells[N_PLAN_COLUMNS], struct arena *mem)
{
    size_t at = row_of(table, item);
    if (at == SIZE_MAX || !text_equal(table->rows[at].at[PLAN_ROW], TEXT("事项")))
        return false;
    for (at++; at < table->n && text_equal(table->rows[at].at[PLAN_ROW], TEXT("任务"));)
        at++;
    struct cell_row *const rows = arena_array(mem, table->n + 1, struct cell_row);
    memcpy(rows, table->rows, at * sizeof *rows);
    rows[at] = (struct cell_row){ arena_copy(mem, cells, N_PLAN_COLUMNS * sizeof *cells), N_PLAN_COLUMNS };
    if (at < table->n)
        memcpy(rows + at + 1, table->rows + at, (table->n - at) * sizeof *rows);
    table->rows = rows;
    table->n++;
    return true;
}

bool plan_table_remove(struct cell_table *table, struct text id)
{
    const size_t r = row_of(table, id);
    if (r == SIZE_MAX)
        return false;
    memmove(table->rows + r, table->rows + r + 1, (table->n - r - 1) * sizeof *table->rows);
    table->n--;
    return true;
}
