#include "model/waiting.h"

#include "base/arena.h"

#include <stdlib.h>

void waiting_add(struct waiting_list *list, const struct waiting *one)
{
    ARENA_ROOM(list->mem, list->at, list->n, list->capacity);
    list->at[list->n++] = *one;
}

static int by_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_pressing(const void *left, const void *right)
{
    const struct waiting *const a = left, *const b = right;
    if (a->whose != b->whose)
        return a->whose < b->whose ? -1 : 1;
    if ((a->came_back.size == 0) != (b->came_back.size == 0))
        return a->came_back.size ? -1 : 1;
    const int due = by_number(a->due ? a->due : INT64_MAX, b->due ? b->due : INT64_MAX);
    if (due)
        return due;
    const int since = by_number(a->since, b->since);
    return since ? since : text_compare(a->what, b->what);
}

void waiting_sort(struct waiting_list *list)
{
    if (list->n)
        qsort(list->at, list->n, sizeof *list->at, by_pressing);
}
