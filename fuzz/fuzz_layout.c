/* fuzz_layout.c — any sheet at all is read or refused.  Input: a sheet drawn as text, a line a
 * row, cells parted by '|'; "!" and four bytes merge a range; "%" starts another sheet. */
#include "base/number.h"
#include "import/layout.h"

#include "../tests/import/items_for_tests.c"

#include <stdint.h>
#include <stdlib.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void add_cell(struct grid *grid, uint32_t row, uint32_t column, struct text cell)
{
    double number;
    if (!cell.size)
        return;
    if (*cell.at == '#')
        grid_add_text(grid, row, column, cell.size % 2 ? CELL_ERROR : CELL_UNKNOWN, cell);
    else if (*cell.at == '@')
        grid_add_number(grid, row, column, CELL_DATE, 20250901, false);
    else if (number_parse(cell, &number))
        grid_add_number(grid, row, column, CELL_NUMBER, number, cell.size % 3 == 0);
    else
        grid_add_text(grid, row, column, CELL_TEXT, cell);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { SHEETS = 4 };
    static struct arena *kept;
    static struct item_list *items;
    if (!items) {
        kept = arena_new("items");
        items = items_for_tests(kept);
    }
    struct arena *mem = arena_new("fuzz"), *scratch = arena_new("scratch");
    struct table_memory memory = { .mem = mem, .items = items };
    const struct table_sink sink = table_memory_sink(&memory);
    struct grid *sheets[SHEETS] = { grid_new(mem, TEXT("甲")) };
    size_t n = 1;
    struct text rest = { (const char *)data, size }, line, cell;
    for (uint32_t row = 1; size && text_split(&rest, '\n', &line); row++) {
        struct grid *grid = sheets[n - 1];
        if (line.size >= 5 && *line.at == '!') {
            const unsigned char *at = (const unsigned char *)line.at + 1;
            grid_add_merge(grid,
                           (struct merge){ at[0] % 64u + 1, at[1] % 64u + 1, at[0] % 64u + 1 + at[2] % 16u,
                                           at[1] % 64u + 1 + at[3] % 16u });
            row--;
            continue;
        }
        if (line.size && *line.at == '%' && n < SHEETS) {
            sheets[n++] = grid_new(mem, TEXT("乙"));
            row = 0;
            continue;
        }
        for (uint32_t column = 1; column <= 300 && text_split(&line, '|', &cell); column++)
            add_cell(grid, row, column, cell);
    }
    for (size_t i = 0; i < n; i++)
        grid_finish(sheets[i]);
    struct err err = { .kind = ERR_NONE };
    const struct workbook workbook = { sheets, n };
    const struct layout_request request = { memory.items, TEXT("fuzz.xlsx") };
    if (!layout_read(&workbook, &request, &sink, scratch, &err))
        must(err.kind != ERR_NONE && err.what[0] && err.hint[0]);
    for (size_t t = 0; t < memory.n_tables; t++)
        for (size_t i = 0; i < memory.items->n; i++) {
            const double *column = memory.tables[t]->rows.number[i];
            for (size_t row = 0; column && row < memory.tables[t]->rows.n; row++)
                must(is_blank(column[row]) || (column[row] >= -180 && column[row] <= 1e12));
        }
    for (size_t i = 0; i < memory.findings.n; i++) {
        const struct finding *finding = &memory.findings.at[i];
        must(finding->rule.size && finding->expected.size);
        finding_sentence(mem, finding);
    }
    arena_free(&scratch);
    arena_free(&mem);
    return 0;
}
