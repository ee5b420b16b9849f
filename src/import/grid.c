#include "import/grid.h"

#include "base/number.h"
#include "import/sort.h"

#include <string.h>

/* Cells and texts have arenas of their own, so that an array left for a larger one is given back. */
struct grid_inside {
    struct arena *cells, *pool;
    struct recent *recent;
    uint32_t *lowest;   /* [merge] the greatest last_row up to here */
};

/* Texts seen lately, by hash: 「是」 in 50,000 cells is in the pool once. */
enum { RECENT = 1024, RECENT_LONGEST = 1024 };
struct recent { uint32_t at, size; };

static void give_back(void *inside)
{
    struct grid_inside *const of = inside;
    arena_free(&of->cells);
    arena_free(&of->pool);
}

struct grid *grid_new(struct arena *mem, struct text name)
{
    struct grid *grid = arena_make(mem, struct grid);
    grid->mem = mem;
    grid->name = text_copy(mem, name);
    grid->inside = arena_make(mem, struct grid_inside);
    arena_defer(mem, give_back, grid->inside);
    return grid;
}

/* Copies into a new arena and frees the old one: while copying, old and new are there; afterwards
 * only the new one. */
static void *moved(struct arena **home, const void *old, size_t used, size_t size, const char *name)
{
    struct arena *larger = arena_new(name);
    void *made = arena_grow(larger, (void *)(uintptr_t)old, used, size);
    arena_free(home);
    *home = larger;
    return made;
}

static struct cell *next_cell(struct grid *grid)
{
    if (grid->n == grid->capacity) {
        grid->capacity = grid->capacity ? grid->capacity * 2 : 256;
        grid->cells = moved(&grid->inside->cells, grid->cells, grid->n * sizeof *grid->cells,
                            grid->capacity * sizeof *grid->cells, "grid cells");
    }
    return &grid->cells[grid->n++];
}

void grid_add_number(struct grid *grid, uint32_t row, uint32_t column, enum cell_kind kind, double number, bool percent)
{
    *next_cell(grid) = (struct cell){ .row = row, .column = (uint16_t)column, .kind = (uint8_t)kind,
                                      .percent = percent, .number = number };
}

static struct recent pooled(struct grid *grid, struct text text)
{
    struct buf *const pool = &grid->pool;
    if (pool->size + text.size + 1 > pool->capacity) {
        size_t capacity = pool->capacity ? pool->capacity * 2 : 4096;
        while (capacity < pool->size + text.size + 1)
            capacity *= 2;
        pool->at = moved(&grid->inside->pool, pool->at, pool->size, capacity, "grid texts");
        pool->capacity = capacity;
        pool->mem = grid->inside->pool;
    }
    const struct recent place = { (uint32_t)pool->size, (uint32_t)text.size };
    buf_add(pool, text);
    return place;
}

void grid_add_text(struct grid *grid, uint32_t row, uint32_t column, enum cell_kind kind, struct text text)
{
    struct recent place;
    if (text.size > RECENT_LONGEST) {
        place = pooled(grid, text);
    } else {
        if (!grid->inside->recent)
            grid->inside->recent = arena_array(grid->mem, RECENT, struct recent);
        struct recent *const seen = &grid->inside->recent[text_hash(text) % RECENT];
        if (!text_equal((struct text){ grid->pool.at + seen->at, seen->size }, text))
            *seen = pooled(grid, text);
        place = *seen;
    }
    *next_cell(grid) = (struct cell){ .row = row, .column = (uint16_t)column, .kind = (uint8_t)kind,
                                      .text = { place.at, place.size } };
}

void grid_add_merge(struct grid *grid, struct merge merge)
{
    ARENA_ROOM(grid->mem, grid->merges, grid->n_merges, grid->merges_capacity);
    grid->merges[grid->n_merges++] = merge;
}

static uint64_t place_of_cell(const void *cell)
{
    return (uint64_t)((const struct cell *)cell)->row << 16 | ((const struct cell *)cell)->column;
}

static uint64_t place_of_merge(const void *merge)
{
    return (uint64_t)((const struct merge *)merge)->row << 32 | ((const struct merge *)merge)->column;
}

_Static_assert(sizeof(struct cell) == SORTED_SIZE && sizeof(struct merge) == SORTED_SIZE, "sorted as 16 bytes");

void grid_finish(struct grid *grid)
{
    sort_stably(grid->cells, grid->n, place_of_cell);
    size_t kept = 0;
    for (size_t i = 0; i < grid->n; i++) {
        const bool again = i + 1 < grid->n && place_of_cell(&grid->cells[i]) == place_of_cell(&grid->cells[i + 1]);
        if (!again)
            grid->cells[kept++] = grid->cells[i];
    }
    grid->n = kept;

    sort_stably(grid->merges, grid->n_merges, place_of_merge);
    grid->inside->lowest = arena_array(grid->mem, grid->n_merges, uint32_t);
    uint32_t lowest = 0;
    for (size_t i = 0; i < grid->n_merges; i++) {
        if (grid->merges[i].last_row > lowest)
            lowest = grid->merges[i].last_row;
        grid->inside->lowest[i] = lowest;
    }
}

struct text grid_text(const struct grid *grid, const struct cell *cell)
{
    return (struct text){ cell->text.size ? grid->pool.at + cell->text.at : "", cell->text.size };
}

/* The first cell at or behind a place. */
static size_t first_from(const struct grid *grid, uint64_t place)
{
    size_t low = 0, high = grid->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (place_of_cell(&grid->cells[middle]) < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct cell *grid_at(const struct grid *grid, uint32_t row, uint32_t column)
{
    if (column > GRID_MAX_COLUMNS)
        return NULL;
    const uint64_t place = (uint64_t)row << 16 | column;
    const size_t i = first_from(grid, place);
    return i < grid->n && place_of_cell(&grid->cells[i]) == place ? &grid->cells[i] : NULL;
}

const struct merge *grid_merge_at(const struct grid *grid, uint32_t row, uint32_t column)
{
    size_t low = 0, high = grid->n_merges;   /* the merges that start in this row or above */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (grid->merges[middle].row <= row)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i-- > 0 && grid->inside->lowest[i] >= row;) {
        const struct merge *const merge = &grid->merges[i];
        if (row <= merge->last_row && column >= merge->column && column <= merge->last_column)
            return merge;
    }
    return NULL;
}

const struct cell *grid_at_merged(const struct grid *grid, uint32_t row, uint32_t column)
{
    const struct merge *const merge = grid_merge_at(grid, row, column);
    return merge ? grid_at(grid, merge->row, merge->column) : grid_at(grid, row, column);
}

size_t grid_row(const struct grid *grid, uint32_t row, const struct cell **first_out)
{
    const size_t first = first_from(grid, (uint64_t)row << 16);
    *first_out = grid->cells + first;
    return first_from(grid, ((uint64_t)row + 1) << 16) - first;
}

struct text grid_shown(struct arena *mem, const struct grid *grid, const struct cell *cell)
{
    char digits[NUMBER_SIZE];
    switch ((enum cell_kind)cell->kind) {
    case CELL_NUMBER: {
        /* 0.07 × 100 is 7.000000000000001: to nine decimals it is what stands in the cell. */
        const double shown = cell->percent ? number_round(cell->number * 100, 9) : cell->number;
        const size_t size = number_shortest(digits, shown);
        return text_printf(mem, "%.*s%s", (int)size, digits, cell->percent ? "%" : "");
    }
    case CELL_BOOLEAN: return cell->number != 0 ? TEXT("TRUE") : TEXT("FALSE");
    case CELL_DATE: {
        const unsigned day = (unsigned)cell->number;
        return text_printf(mem, "%04u-%02u-%02u", day / 10000, day / 100 % 100, day % 100);
    }
    case CELL_TEXT:
    case CELL_ERROR:
    case CELL_UNKNOWN: break;
    }
    return text_copy(mem, grid_text(grid, cell));
}
