#include "model/returns_overlay.h"

static size_t county_of(const struct returns *r, struct text code, int year)
{
    for (size_t i = 0; i < r->n_counties; i++)
        if (r->counties[i].year == year && text_equal(r->counties[i].code, code))
            return i;
    return SIZE_MAX;
}

size_t returns_row(const struct returns *r, struct text county, int year, struct text school)
{
    const size_t c = county_of(r, county, year);
    if (c == SIZE_MAX)
        return SIZE_MAX;
    size_t low = r->counties[c].first, high = low + r->counties[c].n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = text_compare(returns_text(r, middle, r->items->school_code), school);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

static struct cell_origin origin_in(const struct returns *r, struct origin from, uint16_t item)
{
    if (from.source >= r->n_sources)
        return (struct cell_origin){ SIZE_MAX, 0, 0 };
    const struct source *const s = &r->sources[from.source];
    if (!s->place[item])
        return (struct cell_origin){ SIZE_MAX, 0, 0 };
    return s->down ? (struct cell_origin){ from.source, s->place[item], s->value_column }
                   : (struct cell_origin){ from.source, from.row, s->place[item] };
}

struct cell_origin returns_origin(const struct returns *r, size_t row, uint16_t item)
{
    for (size_t i = 0; i < r->n_others; i++)
        if (r->others[i].row == row && r->others[i].item == item)
            return origin_in(r, r->others[i].from, item);
    return origin_in(r, r->origin[row], item);
}

struct cell_origin returns_county_origin(const struct returns *r, size_t county, uint16_t item)
{
    const struct county_year *const c = &r->counties[county];
    return c->figure_origin ? origin_in(r, c->figure_origin[item], item) : (struct cell_origin){ SIZE_MAX, 0, 0 };
}

/* ---- laying one over the other ------------------------------------------------------------- */

enum { NOWHERE = UINT32_MAX };

static void copy_row(struct returns *to, size_t row, const struct returns *from, size_t at)
{
    for (size_t i = 0; i < from->items->n; i++) {
        const uint16_t item = (uint16_t)i;
        const double number = returns_number(from, at, item);
        const struct text text = returns_text(from, at, item);
        if (!is_blank(number))
            returns_put_number(to, row, item, number);
        if (text.size)
            returns_put_text(to, row, item, text);
    }
}

static void copy_rows(struct returns *to, const struct returns *from, bool cells)
{
    for (size_t at = 0; at < from->n; at++) {
        const struct county_year *const c = &from->counties[from->county[at]];
        const uint32_t county = returns_county(to, c->code, c->year);
        size_t row = SIZE_MAX;
        if (cells) /* what lies under is arranged already */
            row = returns_row(to, c->code, c->year, returns_text(from, at, from->items->school_code));
        const struct origin origin = cells ? from->origin[at] : (struct origin){ NOWHERE, 0 };
        if (row == SIZE_MAX)
            row = returns_add(to, county, origin);
        else
            to->origin[row] = origin;
        copy_row(to, row, from, at);
        if (cells)
            for (size_t i = 0; i < from->n_others; i++)
                if (from->others[i].row == at)
                    returns_note_origin(to, row, from->others[i].item, from->others[i].from);
    }
}

static void copy_counties(struct returns *to, const struct returns *from, bool cells)
{
    for (size_t c = 0; c < from->n_counties; c++) {
        const uint32_t county = returns_county(to, from->counties[c].code, from->counties[c].year);
        if (from->counties[c].name.size)
            to->counties[county].name = from->counties[c].name;
        for (size_t i = 0; from->counties[c].figure && i < from->items->n; i++)
            if (!is_blank(from->counties[c].figure[i]))
                returns_put_county(to, county, (uint16_t)i, from->counties[c].figure[i],
                                   cells ? from->counties[c].figure_origin[i] : (struct origin){ NOWHERE, 0 });
    }
}

struct returns *returns_overlay(const struct returns *under, const struct returns *top, struct arena *mem)
{
    struct returns *both = returns_new(under->items, mem);
    for (size_t i = 0; i < top->n_sources; i++) {
        const uint32_t s = returns_source(both, top->sources[i].file, top->sources[i].sheet);
        both->sources[s].down = top->sources[i].down;
        both->sources[s].value_column = top->sources[i].value_column;
        memcpy(both->sources[s].place, top->sources[i].place, top->items->n * sizeof(uint32_t));
    }
    copy_counties(both, under, false);
    copy_rows(both, under, false);
    returns_arrange(both);
    /* Rows that are new go behind; the search for known ones looks at what was arranged alone. */
    copy_rows(both, top, true);
    copy_counties(both, top, true);
    returns_arrange(both);
    return both;
}
