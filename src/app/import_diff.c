#include "app/import_diff.h"

struct comparing {
    const struct returns *staged, *standing, *base;
    const struct findings *findings;
    struct arena *mem;
    struct import_difference *out;
    size_t cells_capacity;
};

struct value { double number; struct text text; };

static bool same(struct value a, struct value b)
{
    if (!text_equal(a.text, b.text))
        return false;
    return is_blank(a.number) ? is_blank(b.number) : a.number == b.number;
}

static bool blank(struct value v)
{
    return is_blank(v.number) && !v.text.size;
}

static struct value school_value(const struct returns *r, size_t row, uint16_t item)
{
    return row == SIZE_MAX ? (struct value){ BLANK, TEXT("") } : (struct value){ returns_number(r, row, item), returns_text(r, row, item) };
}

static void add(struct comparing *c, struct cell_difference cell)
{
    struct import_difference *const out = c->out;
    ARENA_ROOM(c->mem, out->cells, out->n, c->cells_capacity);
    out->cells[out->n++] = cell;
}

/* An error at this very cell: what was read there counts for nothing. */
static bool wrong(const struct comparing *c, struct cell_origin from)
{
    if (from.source == SIZE_MAX)
        return false;
    const struct source *const s = &c->staged->sources[from.source];
    for (size_t i = 0; i < c->findings->n; i++) {
        const struct finding *const f = &c->findings->at[i];
        if (f->level == FINDING_ERROR && f->row == from.row && f->column == from.column && text_equal(f->file, s->file) &&
            text_equal(f->sheet, s->sheet))
            return true;
    }
    return false;
}

/* An error anywhere in the school's row (or its sheet, where the items run down one). */
static bool row_barred(const struct comparing *c, struct origin from)
{
    if (from.source >= c->staged->n_sources)
        return false;
    const struct source *const s = &c->staged->sources[from.source];
    for (size_t i = 0; i < c->findings->n; i++) {
        const struct finding *const f = &c->findings->at[i];
        if (f->level == FINDING_ERROR && (s->down || f->row == from.row) && text_equal(f->file, s->file) && text_equal(f->sheet, s->sheet))
            return true;
    }
    return false;
}

static void compare(struct comparing *c, struct cell_difference cell, struct value before, struct value base, struct value after,
                    bool has_base)
{
    if (blank(after) && !(has_base && !blank(base)))
        return;
    if (same(after, before) || (has_base && same(after, base))) {
        c->out->same++;
        return;
    }
    cell.before = before.number;
    cell.before_text = before.text;
    cell.base = base.number;
    cell.base_text = base.text;
    cell.after = after.number;
    cell.after_text = after.text;
    if (has_base && !same(before, base)) {
        cell.kind = CELL_CONFLICT;
        c->out->conflicts++;
    } else if (blank(before)) {
        cell.kind = CELL_NEW;
        c->out->added++;
    } else {
        cell.kind = blank(after) ? CELL_EMPTIED : CELL_CHANGED;
        c->out->changed++;
    }
    add(c, cell);
}

static void compare_school(struct comparing *c, size_t row)
{
    const struct returns *const s = c->staged;
    const struct item_list *const items = s->items;
    const struct county_year *const county = &s->counties[s->county[row]];
    const struct text code = returns_text(s, row, items->school_code);
    const size_t standing = returns_row(c->standing, county->code, county->year, code);
    const size_t base = c->base ? returns_row(c->base, county->code, county->year, code) : SIZE_MAX;
    struct text name = returns_text(s, row, items->school_name);
    if (!name.size && standing != SIZE_MAX)
        name = returns_text(c->standing, standing, items->school_name);
    const struct school_difference school = { .year = county->year, .school = code, .name = name, .is_new = standing == SIZE_MAX,
                                              .barred = row_barred(c, s->origin[row]),
                                              .source = s->origin[row].source < s->n_sources ? s->origin[row].source : SIZE_MAX,
                                              .row = s->origin[row].row };
    c->out->schools[c->out->n_schools++] = school;
    c->out->barred_schools += school.barred;
    for (size_t i = 0; i < items->n; i++) {
        const uint16_t item = (uint16_t)i;
        if (items->at[i].level != ITEM_SCHOOL)
            continue;
        const struct cell_origin from = returns_origin(s, row, item);
        if (from.source == SIZE_MAX || (c->findings->n && wrong(c, from)))
            continue;
        const struct cell_difference cell = { .year = county->year, .school = code, .name = name, .item = item, .barred = school.barred,
                                              .from = from };
        compare(c, cell, school_value(c->standing, standing, item), school_value(c->base, base, item), school_value(s, row, item),
                base != SIZE_MAX);
    }
}

static size_t county_index(const struct returns *r, const struct county_year *county)
{
    for (size_t i = 0; r && i < r->n_counties; i++)
        if (r->counties[i].year == county->year && text_equal(r->counties[i].code, county->code))
            return i;
    return SIZE_MAX;
}

static struct value county_value(const struct returns *r, size_t county, uint16_t item)
{
    return (struct value){ county == SIZE_MAX ? BLANK : returns_county_number(r, county, item), TEXT("") };
}

static void compare_county(struct comparing *c, size_t at)
{
    const struct returns *const s = c->staged;
    const struct county_year *const county = &s->counties[at];
    if (!county->figure)
        return;
    const size_t standing = county_index(c->standing, county), base = county_index(c->base, county);
    bool noted = false;
    for (size_t i = 0; i < s->items->n; i++) {
        const uint16_t item = (uint16_t)i;
        const struct cell_origin from = returns_county_origin(s, at, item);
        if (from.source == SIZE_MAX || wrong(c, from))
            continue;
        if (!noted)
            c->out->schools[c->out->n_schools++] = (struct school_difference){ .year = county->year, .school = TEXT(""), .name = TEXT(""),
                .is_new = standing == SIZE_MAX, .source = from.source, .row = from.row };
        noted = true;
        const struct cell_difference cell = { .year = county->year, .school = TEXT(""), .name = TEXT(""), .item = item,
                                              .from = from };
        compare(c, cell, county_value(c->standing, standing, item), county_value(c->base, base, item), county_value(s, at, item),
                base != SIZE_MAX && c->base->counties[base].figure);
    }
}

void import_compare(const struct returns *staged, const struct returns *standing, const struct returns *base,
                    const struct findings *findings, struct arena *mem, struct import_difference *out)
{
    *out = (struct import_difference){ .schools = arena_array(mem, staged->n + staged->n_counties + 1, struct school_difference) };
    struct comparing c = { .staged = staged, .standing = standing, .base = base, .findings = findings, .mem = mem, .out = out };
    for (size_t county = 0; county < staged->n_counties; county++)
        compare_county(&c, county);
    for (size_t row = 0; row < staged->n; row++)
        compare_school(&c, row);
}
