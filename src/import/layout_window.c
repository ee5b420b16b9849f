#include "import/layout_window.h"

struct window window_of(struct arena *mem, const struct grid *grid, uint32_t first_row, uint32_t rows,
                        uint32_t columns)
{
    enum { MOST_FILLED = 1 << 20 }; /* overlapping ranges of a hostile file end here */
    struct window window = { .grid = grid, .first_row = first_row };
    const struct cell *first;
    grid_row(grid, first_row, &first);
    const struct cell *const end = grid->cells + grid->n;
    for (const struct cell *cell = first; grid->n && cell < end && cell->row - first_row < rows; cell++) {
        if (cell->row - first_row >= window.n_rows)
            window.n_rows = cell->row - first_row + 1;
        if (cell->column <= columns && cell->column > window.n_columns)
            window.n_columns = cell->column;
    }
    if (!window.n_rows || !window.n_columns)
        return (struct window){ .grid = grid, .first_row = first_row };
    const size_t n = (size_t)window.n_rows * window.n_columns;
    window.cells = arena_array(mem, n, const struct cell *);
    window.merges = arena_array(mem, n, const struct merge *);
    for (const struct cell *cell = first; cell < end && cell->row - first_row < window.n_rows; cell++)
        if (cell->column <= window.n_columns)
            window.cells[(size_t)(cell->row - first_row) * window.n_columns + cell->column - 1u] = cell;
    size_t filled = 0;
    for (size_t i = 0; i < grid->n_merges && filled < MOST_FILLED; i++) {
        const struct merge *merge = &grid->merges[i];
        if (!merge->row || !merge->column || merge->last_row < merge->row ||
            merge->last_column < merge->column || merge->row < first_row ||
            merge->row - first_row >= window.n_rows || merge->column > window.n_columns)
            continue;
        const uint32_t last_row =
            merge->last_row - first_row < window.n_rows ? merge->last_row : first_row + window.n_rows - 1;
        const uint32_t last_column =
            merge->last_column < window.n_columns ? merge->last_column : window.n_columns;
        const struct cell *from = window_cell(&window, merge->row - first_row, merge->column);
        for (uint32_t row = merge->row; row <= last_row; row++)
            for (uint32_t column = merge->column; column <= last_column; column++, filled++) {
                const size_t at = (size_t)(row - first_row) * window.n_columns + column - 1;
                window.cells[at] = from;
                window.merges[at] = merge;
            }
    }
    return window;
}

const struct cell *window_cell(const struct window *window, uint32_t row, uint32_t column)
{
    if (row >= window->n_rows || !column || column > window->n_columns)
        return NULL;
    return window->cells[(size_t)row * window->n_columns + column - 1];
}

const struct merge *window_merge(const struct window *window, uint32_t row, uint32_t column)
{
    if (row >= window->n_rows || !column || column > window->n_columns)
        return NULL;
    return window->merges[(size_t)row * window->n_columns + column - 1];
}

struct text window_text(const struct window *window, uint32_t row, uint32_t column)
{
    const struct cell *cell = window_cell(window, row, column);
    return cell && cell->kind == CELL_TEXT ? text_trim(grid_text(window->grid, cell)) : TEXT("");
}
