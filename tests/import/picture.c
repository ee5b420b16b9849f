#include "picture.h"

#include "check.h"
#include "items_for_tests.h"

struct grid *picture(struct arena *mem, const char *name, const char *drawn)
{
    struct grid *grid = grid_new(mem, text_of(name));
    struct text rest = text_of(drawn), line, cell;
    for (uint32_t row = 1; text_split(&rest, '\n', &line); row++)
        for (uint32_t column = 1; text_split(&line, '|', &cell); column++) {
            double number;
            cell = text_trim(cell);
            if (!cell.size)
                continue;
            if (*cell.at == '\'')
                grid_add_text(grid, row, column, CELL_TEXT, (struct text){ cell.at + 1, cell.size - 1 });
            else if (number_parse(cell, &number))
                grid_add_number(grid, row, column, CELL_NUMBER, number, false);
            else
                grid_add_text(grid, row, column, CELL_TEXT, cell);
        }
    grid_finish(grid);
    return grid;
}

struct table_memory *read_sheets(struct arena *mem, struct grid *const *sheets, size_t n)
{
    struct err err;
    struct table_memory *memory = arena_make(mem, struct table_memory);
    *memory = (struct table_memory){ .mem = mem, .items = items_for_tests(mem) };
    const struct table_sink sink = table_memory_sink(memory);
    const struct workbook workbook = { (struct grid **)sheets, n };
    const struct layout_request request = { memory->items, TEXT("某县.xlsx") };
    struct arena *scratch = arena_new("scratch");
    CHECK_OK(layout_read(&workbook, &request, &sink, scratch, &err), err);
    arena_free(&scratch);
    return memory;
}

struct table_memory *read_sheet(struct arena *mem, const char *drawn)
{
    struct grid *grid = picture(mem, "表", drawn);
    return read_sheets(mem, &grid, 1);
}

static uint16_t item_of(const struct table_memory *read, const char *code)
{
    const uint16_t item = item_find(read->items, text_of(code));
    if (item == NO_ITEM)
        fail_msg("no item %s", code);
    return item;
}

double figure(const struct table_memory *read, size_t t, size_t row, const char *code)
{
    const uint16_t item = item_of(read, code);
    if (t >= read->n_tables || row >= read->tables[t]->rows.n || !read->tables[t]->rows.number[item])
        fail_msg("table %zu row %zu has no %s", t, row, code);
    return read->tables[t]->rows.number[item][row];
}

struct text words(const struct table_memory *read, size_t t, size_t row, const char *code)
{
    const uint16_t item = item_of(read, code);
    if (t >= read->n_tables || row >= read->tables[t]->rows.n || !read->tables[t]->rows.text[item])
        fail_msg("table %zu row %zu has no %s", t, row, code);
    return read->tables[t]->rows.text[item][row];
}

bool holds(const struct table_memory *read, size_t t, const char *code)
{
    return t < read->n_tables && read->tables[t]->table.place[item_of(read, code)] != 0;
}

const struct finding *found(const struct table_memory *read, const char *rule, size_t skip)
{
    for (size_t i = 0; i < read->findings.n; i++)
        if (text_equal(read->findings.at[i].rule, text_of(rule)) && !skip--)
            return &read->findings.at[i];
    return NULL;
}
