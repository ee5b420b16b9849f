/* TEMPORARY, not committed: the xlsx helper writes the real one. */
#include "import/grid.h"
#include "base/number.h"
#include <stdlib.h>
#include <string.h>
struct grid *grid_new(struct arena *mem, struct text name)
{
    struct grid *g = arena_make(mem, struct grid);
    g->mem = mem;
    g->name = text_copy(mem, name);
    g->pool.mem = mem;
    return g;
}
static struct cell *more(struct grid *g)
{
    if (g->n == g->capacity) {
        const size_t c = g->capacity ? g->capacity * 2 : 64;
        g->cells = arena_grow(g->mem, g->cells, g->n * sizeof *g->cells, c * sizeof *g->cells);
        g->capacity = c;
    }
    return &g->cells[g->n++];
}
void grid_add_number(struct grid *g, uint32_t row, uint32_t column, enum cell_kind kind, double number, bool percent)
{
    *more(g) = (struct cell){ .row = row, .column = (uint16_t)column, .kind = (uint8_t)kind, .percent = percent, .number = number };
}
void grid_add_text(struct grid *g, uint32_t row, uint32_t column, enum cell_kind kind, struct text text)
{
    struct cell *c = more(g);
    *c = (struct cell){ .row = row, .column = (uint16_t)column, .kind = (uint8_t)kind };
    c->text.at = (uint32_t)g->pool.size;
    c->text.size = (uint32_t)text.size;
    buf_add(&g->pool, text);
}
void grid_add_merge(struct grid *g, struct merge merge)
{
    if (g->n_merges == g->merges_capacity) {
        const size_t c = g->merges_capacity ? g->merges_capacity * 2 : 16;
        g->merges = arena_grow(g->mem, g->merges, g->n_merges * sizeof *g->merges, c * sizeof *g->merges);
        g->merges_capacity = c;
    }
    g->merges[g->n_merges++] = merge;
}
static int by(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}
void grid_finish(struct grid *g) { if (g->n) qsort(g->cells, g->n, sizeof *g->cells, by); }
struct text grid_text(const struct grid *g, const struct cell *c)
{
    return (struct text){ g->pool.at + c->text.at, c->text.size };
}
const struct cell *grid_at(const struct grid *g, uint32_t row, uint32_t column)
{
    const struct cell key = { .row = row, .column = (uint16_t)column };
    return g->n && column <= GRID_MAX_COLUMNS ? bsearch(&key, g->cells, g->n, sizeof key, by) : NULL;
}
const struct cell *grid_at_merged(const struct grid *g, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < g->n_merges; i++)
        if (row >= g->merges[i].row && row <= g->merges[i].last_row && column >= g->merges[i].column && column <= g->merges[i].last_column)
            return grid_at(g, g->merges[i].row, g->merges[i].column);
    return grid_at(g, row, column);
}
size_t grid_row(const struct grid *g, uint32_t row, const struct cell **first)
{
    size_t lo = 0, hi = g->n;
    while (lo < hi) { size_t m = (lo + hi) / 2; if (g->cells[m].row < row) lo = m + 1; else hi = m; }
    *first = g->cells + lo;
    size_t n = 0;
    while (lo + n < g->n && g->cells[lo + n].row == row) n++;
    return n;
}
struct text grid_shown(struct arena *mem, const struct grid *g, const struct cell *c)
{
    char s[NUMBER_SIZE];
    switch (c->kind) {
    case CELL_NUMBER: number_shortest(s, c->percent ? number_round(c->number * 100, 9) : c->number); return text_printf(mem, "%s%s", s, c->percent ? "%" : "");
    case CELL_BOOLEAN: return c->number != 0 ? TEXT("TRUE") : TEXT("FALSE");
    case CELL_DATE: { const unsigned d = (unsigned)c->number; return text_printf(mem, "%04u-%02u-%02u", d / 10000, d / 100 % 100, d % 100); }
    default: return grid_text(g, c);
    }
}
#include "base/file.h"
