#include "model/returns.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct returns *returns_new(const struct item_list *items, struct arena *mem)
{
    struct returns *r = arena_make(mem, struct returns);
    r->mem = mem;
    r->items = items;
    r->number = arena_array(mem, items->n, double *);
    r->text = arena_array(mem, items->n, struct text *);
    return r;
}

#define GROW(array, n, capacity)                                                                   \
    do {                                                                                           \
        if ((n) == (capacity)) {                                                                   \
            const size_t more_ = (capacity) ? (capacity)*2 : 16;                                   \
            (array) = arena_grow(r->mem, (array), (n) * sizeof *(array), more_ * sizeof *(array)); \
            (capacity) = more_;                                                                    \
        }                                                                                          \
    } while (0)

uint32_t returns_county(struct returns *r, struct text code, int year)
{
    for (size_t i = r->n_counties; i-- > 0;) /* the newest first: files come county by county */
        if (r->counties[i].year == year && text_equal(r->counties[i].code, code))
            return (uint32_t)i;
    return returns_add_county(r, code, year);
}

uint32_t returns_add_county(struct returns *r, struct text code, int year)
{
    GROW(r->counties, r->n_counties, r->counties_capacity);
    r->counties[r->n_counties] = (struct county_year){ .code = text_copy(r->mem, code), .name = TEXT(""), .year = year };
    return (uint32_t)r->n_counties++;
}

uint32_t returns_source(struct returns *r, struct text file, struct text sheet)
{
    GROW(r->sources, r->n_sources, r->sources_capacity);
    r->sources[r->n_sources] = (struct source){ .file = file, .sheet = sheet, .place = arena_array(r->mem, r->items->n, uint32_t) };
    return (uint32_t)r->n_sources++;
}

static double *number_column(struct returns *r, size_t capacity)
{
    double *column = arena_array(r->mem, capacity, double);
    for (size_t i = 0; i < capacity; i++)
        column[i] = BLANK;
    return column;
}

static void widen(struct returns *r, size_t capacity)
{
    for (size_t i = 0; i < r->items->n; i++) {
        if (r->number[i]) {
            double *wider = number_column(r, capacity);
            memcpy(wider, r->number[i], r->n * sizeof *wider);
            r->number[i] = wider;
        }
        if (r->text[i])
            r->text[i] = arena_grow(r->mem, r->text[i], r->n * sizeof *r->text[i], capacity * sizeof *r->text[i]);
    }
    r->county = arena_grow(r->mem, r->county, r->n * sizeof *r->county, capacity * sizeof *r->county);
    r->origin = arena_grow(r->mem, r->origin, r->n * sizeof *r->origin, capacity * sizeof *r->origin);
    r->capacity = capacity;
}

size_t returns_add(struct returns *r, uint32_t county, struct origin origin)
{
    if (r->n == r->capacity)
        widen(r, r->capacity ? r->capacity * 2 : 256);
    r->county[r->n] = county;
    r->origin[r->n] = origin;
    return r->n++;
}

void returns_room(struct returns *r, size_t more)
{
    size_t capacity = r->capacity ? r->capacity : 256;
    while (capacity - r->n < more)
        capacity *= 2;
    if (capacity > r->capacity)
        widen(r, capacity);
}

double *returns_number_column(struct returns *r, uint16_t item)
{
    assert(item < r->items->n && r->capacity);
    if (!r->number[item])
        r->number[item] = number_column(r, r->capacity);
    return r->number[item];
}

struct text *returns_text_column(struct returns *r, uint16_t item)
{
    assert(item < r->items->n && r->capacity);
    if (!r->text[item])
        r->text[item] = arena_array(r->mem, r->capacity, struct text);
    return r->text[item];
}

void returns_put_number(struct returns *r, size_t row, uint16_t item, double value)
{
    assert(row < r->n && item < r->items->n);
    if (!r->number[item]) {
        if (is_blank(value))
            return;
        r->number[item] = number_column(r, r->capacity);
    }
    r->number[item][row] = value;
}

void returns_put_text(struct returns *r, size_t row, uint16_t item, struct text value)
{
    assert(row < r->n && item < r->items->n);
    if (!r->text[item])
        r->text[item] = arena_array(r->mem, r->capacity, struct text);
    r->text[item][row] = value;
}

void returns_put_county(struct returns *r, uint32_t county, uint16_t item, double value, struct origin from)
{
    struct county_year *c = &r->counties[county];
    if (!c->figure) {
        c->figure = number_column(r, r->items->n);
        c->figure_origin = arena_array(r->mem, r->items->n, struct origin);
    }
    c->figure[item] = value;
    c->figure_origin[item] = from;
}

void returns_note_origin(struct returns *r, size_t row, uint16_t item, struct origin from)
{
    GROW(r->others, r->n_others, r->others_capacity);
    r->others[r->n_others++] = (struct other_origin){ (uint32_t)row, item, from };
}

double returns_number(const struct returns *r, size_t row, uint16_t item)
{
    return item < r->items->n && r->number[item] ? r->number[item][row] : BLANK;
}

struct text returns_text(const struct returns *r, size_t row, uint16_t item)
{
    return item < r->items->n && r->text[item] ? r->text[item][row] : TEXT("");
}

double returns_county_number(const struct returns *r, size_t county, uint16_t item)
{
    return item < r->items->n && r->counties[county].figure ? r->counties[county].figure[item] : BLANK;
}

static struct cell_address address(const struct returns *r, struct origin from, uint16_t item)
{
    if (from.source >= r->n_sources)
        return (struct cell_address){ TEXT(""), TEXT(""), 0, 0 };
    const struct source *s = &r->sources[from.source];
    const uint32_t place = item < r->items->n ? s->place[item] : 0;
    if (s->down)
        return (struct cell_address){ s->file, s->sheet, place, place ? s->value_column : 0 };
    return (struct cell_address){ s->file, s->sheet, from.row, place };
}

struct cell_address returns_cell(const struct returns *r, size_t row, uint16_t item)
{
    for (size_t i = 0; i < r->n_others; i++)
        if (r->others[i].row == row && r->others[i].item == item)
            return address(r, r->others[i].from, item);
    return address(r, r->origin[row], item);
}

struct cell_address returns_county_cell(const struct returns *r, size_t county, uint16_t item)
{
    const struct county_year *c = &r->counties[county];
    if (!c->figure || item >= r->items->n || is_blank(c->figure[item]))
        return (struct cell_address){ TEXT(""), TEXT(""), 0, 0 };
    return address(r, c->figure_origin[item], item);
}

void returns_keep(struct returns *r, const bool *keep)
{
    size_t n = 0, others = 0;
    for (size_t i = 0; i < r->n_others; i++)
        if (keep[r->others[i].row])
            r->others[others++] = r->others[i];
    r->n_others = others;
    uint32_t *const place = arena_array(r->mem, r->n, uint32_t);
    for (size_t row = 0; row < r->n; row++) {
        place[row] = (uint32_t)n;
        if (!keep[row])
            continue;
        for (size_t i = 0; i < r->items->n && n != row; i++) {
            if (r->number[i])
                r->number[i][n] = r->number[i][row];
            if (r->text[i])
                r->text[i][n] = r->text[i][row];
        }
        r->county[n] = r->county[row];
        r->origin[n++] = r->origin[row];
    }
    for (size_t i = 0; i < r->n_others; i++)
        r->others[i].row = place[r->others[i].row];
    for (size_t i = 0; i < r->items->n; i++) /* rows added later start blank again */
        for (size_t row = n; row < r->n; row++) {
            if (r->number[i])
                r->number[i][row] = BLANK;
            if (r->text[i])
                r->text[i][row] = TEXT("");
        }
    r->n = n;
}

static int by_code_and_year(const void *a, const void *b, void *context)
{
    const struct returns *r = context;
    const struct county_year *x = &r->counties[*(const uint32_t *)a], *y = &r->counties[*(const uint32_t *)b];
    const int order = text_compare(x->code, y->code);
    return order ? order : (x->year > y->year) - (x->year < y->year);
}

static int by_county_and_school(const void *a, const void *b, void *context)
{
    const struct returns *r = context;
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    if (r->county[x] != r->county[y])
        return r->county[x] < r->county[y] ? -1 : 1;
    const int order = text_compare(returns_text(r, x, r->items->school_code), returns_text(r, y, r->items->school_code));
    return order ? order : (x > y) - (x < y);
}

static void permute(struct returns *r, const uint32_t *order)
{
    double *moved = arena_array(r->mem, r->capacity, double);
    for (size_t i = 0; i < r->items->n; i++) {
        if (r->number[i]) {
            for (size_t row = 0; row < r->n; row++)
                moved[row] = r->number[i][order[row]];
            for (size_t row = r->n; row < r->capacity; row++)
                moved[row] = BLANK;
            double *spare = r->number[i];
            r->number[i] = moved;
            moved = spare;
        }
        if (r->text[i]) {
            struct text *texts = arena_array(r->mem, r->capacity, struct text);
            for (size_t row = 0; row < r->n; row++)
                texts[row] = r->text[i][order[row]];
            r->text[i] = texts;
        }
    }
    struct origin *origin = arena_array(r->mem, r->capacity, struct origin);
    uint32_t *county = arena_array(r->mem, r->capacity, uint32_t), *place = arena_array(r->mem, r->n, uint32_t);
    for (size_t row = 0; row < r->n; row++) {
        origin[row] = r->origin[order[row]];
        county[row] = r->county[order[row]];
        place[order[row]] = (uint32_t)row;
    }
    r->origin = origin;
    r->county = county;
    for (size_t i = 0; i < r->n_others; i++)
        r->others[i].row = place[r->others[i].row];
}

void returns_arrange(struct returns *r)
{
    const size_t nc = r->n_counties;
    uint32_t *by = arena_array(r->mem, nc, uint32_t), *new_index = arena_array(r->mem, nc, uint32_t);
    struct county_year *counties = arena_array(r->mem, nc, struct county_year);
    for (size_t i = 0; i < nc; i++)
        by[i] = (uint32_t)i;
    if (nc)
        qsort_r(by, nc, sizeof *by, by_code_and_year, r);
    for (size_t i = 0; i < nc; i++) {
        counties[i] = r->counties[by[i]];
        counties[i].first = counties[i].n = 0;
        new_index[by[i]] = (uint32_t)i;
    }
    r->counties = counties;
    r->counties_capacity = nc;
    for (size_t row = 0; row < r->n; row++)
        r->county[row] = new_index[r->county[row]];

    bool sorted = true;
    uint32_t *order = arena_array(r->mem, r->n, uint32_t);
    for (size_t row = 0; row < r->n; row++) {
        order[row] = (uint32_t)row;
        if (row && sorted)
            sorted = by_county_and_school(&order[row - 1], &order[row], r) <= 0;
    }
    if (!sorted) {
        qsort_r(order, r->n, sizeof *order, by_county_and_school, r);
        permute(r, order);
    }
    for (size_t row = 0; row < r->n; row++) {
        struct county_year *c = &r->counties[r->county[row]];
        if (!c->n++)
            c->first = row;
    }
}

struct returns *returns_copy(const struct returns *from, struct arena *mem)
{
    struct returns *r = arena_make(mem, struct returns);
    *r = *from;
    r->mem = mem;
    r->number = arena_array(mem, from->items->n, double *);
    for (size_t i = 0; i < from->items->n; i++)
        if (from->number[i])
            r->number[i] = arena_copy(mem, from->number[i], from->capacity * sizeof(double));
    r->counties = arena_copy(mem, from->counties, from->n_counties * sizeof *from->counties);
    r->counties_capacity = from->n_counties;
    for (size_t i = 0; i < from->n_counties; i++)
        if (from->counties[i].figure) {
            r->counties[i].figure = arena_copy(mem, from->counties[i].figure, from->items->n * sizeof(double));
            r->counties[i].figure_origin = arena_copy(mem, from->counties[i].figure_origin, from->items->n * sizeof(struct origin));
        }
    return r;
}
