#include "import/bind.h"

#include "base/err.h"
#include "base/number.h"
#include "base/unicode.h"
#include "import/bind_down.h"
#include "import/bind_inside.h"
#include "import/layout_path.h"
#include "import/layout_window.h"
#include "import/unit_name.h"

enum { LEAST_ITEMS = 2, HEADER_DEEP = 4 /* rows of parents over the lowest one */ };

/* ---- one heading, of several rows ---- */

/* In a text file every cell is a text: there the look of it tells. */
static bool is_number_like(const struct window *window, const struct cell *cell)
{
    double number;
    if (!cell || cell->kind != CELL_TEXT)
        return cell && (cell->kind == CELL_NUMBER || cell->kind == CELL_DATE || cell->kind == CELL_BOOLEAN);
    return number_parse(grid_text(window->grid, cell), &number);
}

static bool has_wide_merge(const struct window *window, uint32_t row)
{
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        const struct merge *merge = window_merge(window, row, column);
        if (merge && merge->last_column > merge->column)
            return true;
    }
    return false;
}

/* In a sheet without merged cells (CSV, or typed carelessly) a parent stands over the first of
 * its columns only: the nearest to the left speaks for the blanks that follow it, where a
 * heading stands below them. */
static const struct cell *parent_to_the_left(const struct window *window, uint32_t row, uint32_t lowest,
                                             uint32_t column)
{
    enum { FAR = 40 };
    if (!window_cell(window, lowest, column))
        return NULL;
    for (uint32_t left = column - 1; left >= 1 && column - left <= FAR; left--) {
        const struct cell *cell = window_cell(window, row, left);
        if (cell)
            return window_cell(window, lowest, left) && window_cell(window, lowest, left) != cell ? cell
                                                                                                  : NULL;
        if (!window_cell(window, lowest, left))
            return NULL;
    }
    return NULL;
}

struct header {
    uint32_t top, lowest;
    bool merged[HEADER_DEEP + 1];
};

static size_t heading_parts(const struct window *window, const struct header *header, uint32_t column,
                            struct text parts[MAX_PATH])
{
    size_t n = 0;
    for (uint32_t row = header->top; row <= header->lowest; row++) {
        const struct cell *cell = window_cell(window, row, column);
        if (!cell && row < header->lowest && !header->merged[row - header->top])
            cell = parent_to_the_left(window, row, header->lowest, column);
        if (cell && cell->kind == CELL_TEXT && n < MAX_PATH)
            parts[n++] = text_trim(grid_text(window->grid, cell));
    }
    return n;
}

/* Whether this row can hold parents of the headings in `lowest`: several texts, no numbers, or
 * one text over some of the columns; a title spans them all or stands at the left edge. */
static bool is_parent_row(const struct window *window, const struct bind_request *request, uint32_t row,
                          uint32_t lowest, struct arena *scratch)
{
    const struct cell *before = NULL;
    size_t texts = 0;
    uint32_t first = 0, only = 0;
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        const struct cell *cell = window_cell(window, row, column);
        if (!first && window_cell(window, lowest, column))
            first = column;
        if (!cell || cell == before)
            continue;
        before = cell;
        if (is_number_like(window, cell))
            return false;
        texts++;
        only = column;
        /* One item is not the parent of another: 学校名称 城关小学 学年 2025 above a header. */
        const struct cell *below = window_cell(window, lowest, column);
        if (below && below != cell && below->kind == CELL_TEXT && cell->kind == CELL_TEXT) {
            const uint16_t upper = item_named(request->names, grid_text(window->grid, cell), scratch);
            const uint16_t lower = upper == NO_ITEM
                                       ? NO_ITEM
                                       : item_named(request->names, grid_text(window->grid, below), scratch);
            if (lower != NO_ITEM && lower != upper)
                return false;
        }
    }
    if (texts != 1)
        return texts > 1;
    const struct merge *merge = window_merge(window, row, only);
    return merge && merge->last_column > merge->column && merge->column > first;
}

static struct header header_at(const struct window *window, const struct bind_request *request,
                               uint32_t lowest, struct arena *scratch)
{
    struct header header = { .top = lowest, .lowest = lowest };
    while (header.top > 0 && lowest - header.top < HEADER_DEEP &&
           is_parent_row(window, request, header.top - 1, lowest, scratch))
        header.top--;
    for (uint32_t row = header.top; row <= lowest; row++)
        header.merged[row - header.top] = has_wide_merge(window, row);
    return header;
}

static size_t items_in_row(const struct window *window, const struct bind_request *request, uint32_t row,
                           struct arena *scratch)
{
    bool seen[MAX_ITEMS] = { false }, any = false;
    struct text parts[MAX_PATH];
    size_t n = 0;
    for (uint32_t column = 1; column <= window->n_columns && !any; column++)
        any = window_text(window, row, column).size > 0;
    if (!any)
        return 0;
    const struct arena_mark mark = arena_mark(scratch);
    const struct header header = header_at(window, request, row, scratch);
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        const struct arena_mark each = arena_mark(scratch);
        const struct heading heading =
            is_number_like(window, window_cell(window, row, column))
                ? (struct heading){ NO_ITEM, HEADING_UNKNOWN }
                : path_read(request->names, parts, heading_parts(window, &header, column, parts), scratch);
        if ((heading.match == HEADING_EXACT || heading.match == HEADING_WRONG_UNIT) && !seen[heading.item]) {
            seen[heading.item] = true;
            n++;
        }
        arena_rewind(scratch, each);
    }
    arena_rewind(scratch, mark);
    return n;
}

/* ---- rows under a header that are part of it ---- */

static bool is_unit_row(const struct window *window, uint32_t row, struct arena *scratch)
{
    struct unit_name unit;
    size_t units = 0;
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        const struct cell *cell = window_cell(window, row, column);
        if (!cell)
            continue;
        const struct text text = text_fold(scratch, window_text(window, row, column));
        if (unit_named(heading_trim(text), &unit))
            units++;
        else if (!text_equal(text, TEXT("单位")) && !text_equal(text, TEXT("计量单位")) &&
                 !text_equal(text, TEXT("—")) && !text_equal(text, TEXT("-")) && !text_equal(text, TEXT("/")))
            return false;
    }
    return units > 0;
}

/* The columns' numbers, as statistical forms print them: 甲 乙 1 2 3, L1 L2 L3. */
static bool is_numbering_row(const struct window *window, uint32_t row, struct arena *scratch)
{
    size_t n = 0, letters = 0;
    double before = 0;
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        const struct cell *cell = window_cell(window, row, column);
        if (!cell)
            continue;
        double number = BLANK;
        struct text text = text_fold(scratch, window_text(window, row, column));
        if (cell->kind == CELL_NUMBER)
            number = cell->number;
        else if (text_equal(text, TEXT("甲")) || text_equal(text, TEXT("乙")) ||
                 text_equal(text, TEXT("丙")) || text_equal(text, TEXT("丁"))) {
            letters++;
            continue;
        } else {
            if (text.size > 1 && *text.at == 'l')
                text.at++, text.size--;
            if (!number_parse(text, &number))
                return false;
        }
        if (number != before + 1)
            return false;
        before = number;
        n++;
    }
    return n >= 3 || (letters > 0 && n > 0);
}

static uint32_t end_of_header(const struct window *window, const struct header *header, struct arena *scratch)
{
    uint32_t last = header->lowest;
    for (uint32_t column = 1; column <= window->n_columns; column++) { /* headings merged further down */
        const struct merge *merge = window_merge(window, header->lowest, column);
        if (merge && merge->last_row - window->first_row > last &&
            merge->last_row - window->first_row <= header->lowest + HEADER_DEEP)
            last = merge->last_row - window->first_row;
    }
    while (last + 1 < window->n_rows &&
           (is_unit_row(window, last + 1, scratch) || is_numbering_row(window, last + 1, scratch)))
        last++;
    return last;
}

/* ---- entering headings ---- */

void bind_enter(struct binding *binding, const struct bind_request *request, struct heading heading,
                struct bound bound, uint32_t place, struct arena *scratch)
{
    bound.item = heading.item;
    switch (heading.match) {
    case HEADING_EXACT:
        bound.state = binding->table.place[heading.item] ? BOUND_TWICE : BOUND_TAKEN;
        if (bound.state == BOUND_TAKEN)
            binding->table.place[heading.item] = place;
        break;
    case HEADING_WRONG_UNIT: bound.state = BOUND_UNIT; break;
    case HEADING_NEAR: bound.state = BOUND_GUESS; break;
    case HEADING_UNKNOWN: {
        enum { MOST_GUESSED = 400 }; /* guessing compares with every name: not for a hostile thousand */
        const struct arena_mark mark = arena_mark(scratch);
        bound.item = NO_ITEM;
        if (binding->n_bound < MOST_GUESSED) {
            struct text rest = bound.shown, part, last = bound.shown;
            bound.item = item_guess(request->names, bound.shown, scratch);
            while (text_split(&rest, '>', &part))
                last = part;
            if (bound.item == NO_ITEM && last.size < bound.shown.size)
                bound.item = item_guess(request->names, last, scratch);
        }
        arena_rewind(scratch, mark);
        bound.state = bound.item == NO_ITEM ? BOUND_UNUSED : BOUND_GUESS;
        break;
    }
    }
    binding->bound[binding->n_bound++] = bound;
}

bool bind_kind(struct binding *binding, const struct item_list *items)
{
    const uint16_t named[] = { items->school_code, items->school_name, items->school_type,
                               items->host_school_code };
    uint32_t *const place = binding->table.place;
    size_t keys = 0, schools = 0, counties = 0, recognised = 0;
    bool school = false;
    for (size_t i = 0; i < items->n; i++) {
        if (!place[i])
            continue;
        if (items->at[i].level == ITEM_KEY || i == items->county_name)
            keys++;
        else if (items->at[i].level == ITEM_SCHOOL)
            schools++;
        else
            counties++;
    }
    for (size_t i = 0; i < binding->n_bound; i++)
        recognised += binding->bound[i].state == BOUND_UNIT;
    for (size_t i = 0; i < COUNT(named); i++)
        school = school || (named[i] != NO_ITEM && place[named[i]]);
    if (keys + schools + counties + recognised < LEAST_ITEMS || schools + counties + recognised == 0)
        return false;
    binding->table.kind = school || schools > counties || !counties ? TABLE_SCHOOLS : TABLE_COUNTY;
    if (binding->table.kind == TABLE_SCHOOLS)
        return true;
    /* A county's summary (表Ⅰ) also says 小学教职工数: of all its schools together. */
    for (size_t i = 0; i < binding->n_bound; i++) {
        struct bound *bound = &binding->bound[i];
        if (bound->state == BOUND_TAKEN && items->at[bound->item].level == ITEM_SCHOOL) {
            bound->state = BOUND_OTHER_LEVEL;
            place[bound->item] = 0;
        }
    }
    return true;
}

static bool bind_header(struct arena *mem, const struct bind_request *request, const struct window *window,
                        uint32_t lowest, struct binding *out)
{
    const struct header header = header_at(window, request, lowest, mem);
    const uint32_t last = end_of_header(window, &header, mem);
    struct text parts[MAX_PATH];
    out->first_row = window->first_row + header.top;
    out->table.header_row = window->first_row + last;
    out->bound = arena_array(mem, window->n_columns, struct bound);
    for (uint32_t column = 1; column <= window->n_columns; column++) {
        const struct merge *merge = window_merge(window, lowest, column);
        if (merge && column > merge->column)
            continue; /* one heading over several columns is the first one's */
        size_t n = heading_parts(window, &header, column, parts);
        if (!n)
            continue;
        const struct text shown = path_shown(mem, parts, n);
        for (uint32_t row = lowest + 1; row <= last && n < MAX_PATH; row++) { /* a unit below */
            const struct text unit = window_text(window, row, column);
            if (unit.size && is_unit_row(window, row, mem))
                parts[n++] = unit;
        }
        uint32_t row = lowest;
        while (row > header.top && !window_cell(window, row, column))
            row--;
        struct bound bound = { .row = window->first_row + row, .column = column, .shown = shown };
        bind_enter(out, request, path_read(request->names, parts, n, mem), bound, column, mem);
    }
    return bind_kind(out, item_names_list(request->names));
}

/* The header: the first row that names about as many items as any, or one just below it that
 * names more (the lowest of a heading of several rows). */
static uint32_t header_row_of(const size_t *items, uint32_t n)
{
    size_t most = 0;
    for (uint32_t row = 0; row < n; row++)
        most = items[row] > most ? items[row] : most;
    uint32_t chosen = 0;
    while (chosen < n && (items[chosen] < LEAST_ITEMS || items[chosen] * 3 < most))
        chosen++;
    const uint32_t first = chosen;
    for (uint32_t row = first + 1; row < n && row <= first + HEADER_DEEP; row++)
        if (items[row] > items[chosen])
            chosen = row;
    return chosen;
}

bool bind_table(struct arena *mem, const struct bind_request *request, const struct grid *grid,
                uint32_t from_row, struct binding *out)
{
    const uint32_t deep = request->again ? 2 * HEADER_DEEP : BIND_ROWS;
    const struct window top = window_of(mem, grid, from_row, deep, BIND_COLUMNS);
    size_t items[BIND_ROWS] = { 0 }, across = 0;
    for (uint32_t row = 0; row < top.n_rows; row++) {
        items[row] = items_in_row(&top, request, row, mem);
        across = items[row] > across ? items[row] : across;
    }
    *out = (struct binding){ .table = { .file = request->file, .sheet = grid->name } };
    const struct window lines = window_of(mem, grid, from_row, request->again ? 0 : BIND_LINES, 40);
    const size_t down = down_find(mem, request, &lines, out);
    if (down >= LEAST_ITEMS && down > across) {
        down_bind(mem, request, &lines, out);
        return bind_kind(out, item_names_list(request->names));
    }
    if (across < LEAST_ITEMS)
        return false;
    out->name_column = 0;
    return bind_header(mem, request, &top, header_row_of(items, top.n_rows), out);
}
