#include "store/figure_row.h"

#include "base/number.h"

#include <stdlib.h>

static int by_code(const void *a, const void *b, void *context)
{
    const struct item_list *items = context;
    return text_compare(items->at[*(const uint16_t *)a].code, items->at[*(const uint16_t *)b].code);
}

struct item_index item_index_new(const struct item_list *items, struct arena *mem)
{
    struct item_index index = { items, arena_array(mem, items->n, uint16_t) };
    for (size_t i = 0; i < items->n; i++)
        index.by_code[i] = (uint16_t)i;
    qsort_r(index.by_code, items->n, sizeof(uint16_t), by_code, (void *)(uintptr_t)items);
    return index;
}

uint16_t item_index_find(const struct item_index *index, struct text code)
{
    size_t low = 0, high = index->items->n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = text_compare(index->items->at[index->by_code[middle]].code, code);
        if (order == 0)
            return index->by_code[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NO_ITEM;
}

void figure_to_row(const struct item *item, double number, struct text text, struct db_value *number_out, struct db_value *text_out)
{
    *number_out = *text_out = db_null();
    switch (item->type) {
    case ITEM_TEXT: *text_out = db_text_or_null(text); break;
    case ITEM_ENUM:
        if (!is_blank(number) && number >= 1.0 && number <= (double)item->n_values)
            *text_out = db_text(item->values[(size_t)number - 1].code);
        break;
    case ITEM_INTEGER:
    case ITEM_NUMBER:
    case ITEM_BOOLEAN: *number_out = db_real(number); break;
    }
}

void figure_from_row(const struct item *item, double stored, struct text stored_text, double *number_out, struct text *text_out)
{
    *number_out = BLANK;
    *text_out = TEXT("");
    if (item->type == ITEM_TEXT) {
        *text_out = stored_text;
    } else if (item->type == ITEM_ENUM) {
        const unsigned ordinal = item_value(item, stored_text);
        if (ordinal)
            *number_out = (double)ordinal;
    } else {
        *number_out = stored;
    }
}
