/* fuzz_value.c — any text or number in any cell gives a value, a blank or a worded fault.
 * Input: item, kind of cell, then the cell. */
#include "base/number.h"
#include "base/unicode.h"
#include "import/value.h"

#include "../tests/import/items_for_tests.c"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *kept;
    static struct item_list *items;
    if (!items) {
        kept = arena_new("items");
        items = items_for_tests(kept);
    }
    if (size < 2)
        return 0;
    struct arena *mem = arena_new("fuzz");
    const struct item *item = &items->at[data[0] % items->n];
    const enum cell_kind kind = data[1] % (CELL_UNKNOWN + 1u);
    const struct text text = { (const char *)data + 2, size - 2 };
    struct grid *grid = grid_new(mem, TEXT("表"));
    if (kind == CELL_NUMBER || kind == CELL_BOOLEAN || kind == CELL_DATE) {
        double number = 0;
        memcpy(&number, text.at, text.size < sizeof number ? text.size : sizeof number);
        if (kind == CELL_BOOLEAN)
            number = number > 0;
        if (kind == CELL_DATE)
            number = 19000101 + (double)(data[0] * 10000u);
        grid_add_number(grid, 1, 1, kind, number, data[1] & 128);
    } else {
        grid_add_text(grid, 1, 1, kind, text);
    }
    grid_finish(grid);
    struct value_fault fault;
    if (item->type == ITEM_TEXT) {
        const struct text value = value_text(mem, item, grid, grid_at(grid, 1, 1), &fault);
        must(value.at != NULL && (!fault.rule.size || !value.size));
        value_text_text(mem, item, text, &fault);
    } else {
        const double value = value_number(mem, item, grid, grid_at(grid, 1, 1), &fault);
        must(!fault.rule.size || is_blank(value));
        must(is_blank(value) || (value >= -180 && value <= 1e12));
        must(item->type != ITEM_ENUM || is_blank(value) || (value >= 1 && value <= (double)item->n_values));
        must(item->type != ITEM_BOOLEAN || is_blank(value) || value == 0 || value == 1);
        must(item->type != ITEM_INTEGER || is_blank(value) || value == (double)(long long)value);
        value_number_text(mem, item, text, &fault);
    }
    must(!fault.rule.size || (fault.expected.size && fault.mend.size));
    must(!utf8_valid(text) || utf8_valid(fault.mend));
    arena_free(&mem);
    return 0;
}
