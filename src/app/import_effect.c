#include "app/import_effect.h"

#include "indicator/assess.h"

struct trying {
    const struct snapshot *snapshot;
    const struct import_difference *difference;
    enum import_errors errors;
};

static bool left_out(const struct trying *t, bool barred)
{
    return barred && t->errors == IMPORT_CLEAN_SCHOOLS;
}

/* A row a school that the import would bring, without figures. */
static struct returns *new_rows(const struct trying *t, struct arena *mem)
{
    struct returns *const rows = returns_new(&t->snapshot->edition->items, mem);
    for (size_t i = 0; i < t->difference->n_schools; i++) {
        const struct school_difference *const s = &t->difference->schools[i];
        if (!s->is_new || left_out(t, s->barred))
            continue;
        const uint32_t county = returns_county(rows, t->snapshot->county_code, s->year);
        if (!s->school.size)
            continue;
        const size_t row = returns_add(rows, county, (struct origin){ UINT32_MAX, 0 });
        returns_put_text(rows, row, rows->items->school_code, s->school);
    }
    returns_arrange(rows);
    return rows;
}

static uint32_t county_of(const struct returns *returns, int year)
{
    for (size_t i = 0; i < returns->n_counties; i++)
        if (returns->counties[i].year == year)
            return (uint32_t)i;
    return UINT32_MAX;
}

static void put(const struct trying *t, struct returns *into, const struct cell_difference *cell)
{
    const uint32_t county = county_of(into, cell->year);
    if (!cell->school.size) {
        if (county != UINT32_MAX)
            returns_put_county(into, county, cell->item, cell->after, (struct origin){ UINT32_MAX, 0 });
        return;
    }
    const size_t row = returns_row(into, t->snapshot->county_code, cell->year, cell->school);
    if (row == SIZE_MAX)
        return;
    if (into->items->at[cell->item].type == ITEM_TEXT)
        returns_put_text(into, row, cell->item, cell->after_text);
    else
        returns_put_number(into, row, cell->item, cell->after);
}

void app_import_effect(const struct snapshot *snapshot, const struct import_view *view, enum import_errors errors, struct arena *mem,
                       struct assessment *out)
{
    const struct trying t = { snapshot, &view->difference, errors };
    struct returns *const after = returns_overlay(snapshot->returns, new_rows(&t, mem), mem);
    for (size_t i = 0; i < view->difference.n; i++) {
        const struct cell_difference *const cell = &view->difference.cells[i];
        if (cell->kind != CELL_CONFLICT && !left_out(&t, cell->barred))
            put(&t, after, cell);
    }
    for (size_t i = 0; i < after->n_counties; i++)
        after->counties[i].name = snapshot->county_name;
    const struct assess_request request = { .edition = snapshot->edition, .by = NO_ITEM };
    assess(after, &request, mem, out);
}
