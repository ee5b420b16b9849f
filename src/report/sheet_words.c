#include "report/sheet_words.h"

#include "base/number.h"
#include "report/words.h"

#include <stdlib.h>

static int decimals_of(enum sheet_look look)
{
    switch (look) {
    case LOOK_WHOLE: return 0;
    case LOOK_DECIMAL: return 2;
    case LOOK_DEGREES: return 5;
    default: return DECIMALS_ALL;
    }
}

struct text sheet_cell_words(struct arena *mem, const struct sheet_cell *cell)
{
    if (!cell->is_number)
        return cell->text;
    if (cell->look == LOOK_PERCENT && cell->decimals == DECIMALS_OF_LOOK)
        return words_share(mem, cell->number);
    const int decimals = cell->decimals == DECIMALS_NONE ? 0 : cell->decimals > 0 ? cell->decimals
                         : cell->decimals == DECIMALS_ALL ? DECIMALS_ALL : decimals_of(cell->look);
    char digits[64];
    const size_t size = decimals < 0 ? number_shortest(digits, cell->number) : number_fixed(digits, cell->number, decimals);
    return text_copy(mem, (struct text){ digits, size });
}

/* ---- comparing ---------------------------------------------------------------------------- */

struct placed { struct text trace; size_t at; uint32_t row, column; };

static struct text trace_of(const struct sheet_cell *cell)
{
    if (cell->trace.size)
        return cell->trace;
    for (size_t i = 0; i < cell->n_parts; i++)
        if (cell->parts[i].trace.size)
            return cell->parts[i].trace;
    return (struct text){ 0 };
}

static int same_place(const struct placed *a, const struct placed *b)
{
    return a->column != b->column ? (a->column > b->column) - (a->column < b->column) : text_compare(a->trace, b->trace);
}

static int by_place(const void *one, const void *two)
{
    const struct placed *const a = one, *const b = two;
    const int order = same_place(a, b);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

static struct placed *places(struct arena *mem, const struct sheet *sheet, size_t *n_out)
{
    struct placed *const places = arena_array(mem, sheet->n, struct placed);
    size_t n = 0;
    for (size_t i = 0; i < sheet->n; i++) {
        const struct text trace = trace_of(&sheet->cells[i]);
        if (trace.size)
            places[n++] = (struct placed){ trace, i, sheet->cells[i].row, sheet->cells[i].column };
    }
    qsort(places, n, sizeof *places, by_place);
    *n_out = n;
    return places;
}

static void differ(struct sheet_differences *out, size_t cell, struct text was)
{
    out->changed[cell] = true;
    out->was[cell] = was;
    out->n++;
}

void sheets_compare(struct arena *mem, const struct sheet *now, const struct sheet *then, struct sheet_differences *out)
{
    size_t n_now, n_then, i = 0, k = 0;
    const struct placed *const a = places(mem, now, &n_now), *const b = places(mem, then, &n_then);
    *out = (struct sheet_differences){ .changed = arena_array(mem, now->n, bool), .was = arena_array(mem, now->n, struct text) };
    while (i < n_now || k < n_then) {
        const int order = i == n_now ? 1 : k == n_then ? -1 : same_place(&a[i], &b[k]);
        if (order < 0) {
            differ(out, a[i++].at, (struct text){ 0 });
        } else if (order > 0) {
            out->gone++;
            k++;
        } else {
            const struct text is = sheet_cell_words(mem, &now->cells[a[i].at]), was = sheet_cell_words(mem, &then->cells[b[k].at]);
            if (!text_equal(is, was))
                differ(out, a[i].at, was);
            i++, k++;
        }
    }
}
