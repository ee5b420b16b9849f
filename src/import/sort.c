#include "import/sort.h"

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

void sort_stably(void *things, size_t n, uint64_t (*place)(const void *))
{
    char *from = things;
    bool sorted = true;
    for (size_t i = 1; i < n && sorted; i++)
        sorted = place(from + (i - 1) * SORTED_SIZE) <= place(from + i * SORTED_SIZE);
    if (sorted)
        return;
    struct arena *scratch = arena_new("sort");
    char *to = arena_alloc_array(scratch, n, SORTED_SIZE);
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            const size_t middle = start + width < n ? start + width : n;
            const size_t end = start + 2 * width < n ? start + 2 * width : n;
            size_t left = start, right = middle;
            for (size_t i = start; i < end; i++) {
                const bool take_left = left < middle &&
                    (right == end || place(from + left * SORTED_SIZE) <= place(from + right * SORTED_SIZE));
                memcpy(to + i * SORTED_SIZE, from + (take_left ? left++ : right++) * SORTED_SIZE, SORTED_SIZE);
            }
        }
        char *const swapped = from;
        from = to;
        to = swapped;
    }
    if (from != (char *)things)
        memcpy(things, from, n * SORTED_SIZE);
    arena_free(&scratch);
}
