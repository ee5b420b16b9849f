#include "web/what_if_form.h"

#include "web/say.h"

static const struct text MISSING = { "缺", sizeof "缺" - 1 };  /* typed, it takes the figure away */

struct text what_if_field(struct arena *mem, struct text school, const struct item *item)
{
    return text_printf(mem, "c:%.*s:%.*s", TEXT_ARG(school), TEXT_ARG(item->code));
}

static bool field_of(const struct edition *edition, struct text name, struct typed_change *out)
{
    struct text rest = name, letter, school;
    if (!text_starts(name, TEXT("c:")) || !text_split(&rest, ':', &letter) || !text_split(&rest, ':', &school))
        return false;
    *out = (struct typed_change){ .school = school, .item = item_find(&edition->items, rest) };
    return out->item != NO_ITEM;
}

struct typed_changes what_if_typed(const struct request *request)
{
    struct typed_changes out = { .mem = request->mem };
    const struct text removed = request_field(request, "remove");
    for (size_t i = 0; i < request->fields.n; i++) {
        struct typed_change change;
        const struct pair *const pair = &request->fields.pair[i];
        if ((removed.size && text_equal(pair->name, removed)) || !field_of(request->snapshot->edition, pair->name, &change))
            continue;
        change.typed = text_trim(pair->value);
        typed_put(&out, change);
    }
    return out;
}

struct typed_changes what_if_kept(struct arena *mem, const struct scenario_change *changes, size_t n)
{
    struct typed_changes out = { .mem = mem };
    for (size_t i = 0; i < n; i++)
        typed_put(&out, (struct typed_change){ changes[i].school, changes[i].item,
                                               is_blank(changes[i].number) ? MISSING : text_printf(mem, "%.15g", changes[i].number) });
    return out;
}

static void read_cell(const struct request *request, struct what_if_cell *cell)
{
    const struct snapshot *const s = request->snapshot;
    struct err err = { 0 };
    double now;
    cell->row = SIZE_MAX;
    if (cell->typed.school.size) {
        cell->row = snapshot_school(s, request->year, cell->typed.school, &request->actor);
        if (cell->row == SIZE_MAX) {
            cell->fault = say(request->mem, request->lang, T_WHAT_IF_GONE, NULL, 0);
            return;
        }
        now = returns_number(s->returns, cell->row, cell->typed.item);
    } else {
        now = returns_county_number(s->returns, request->year, cell->typed.item);
    }
    if (!cell->typed.typed.size)
        return;
    cell->number = BLANK;
    if (!text_equal(cell->typed.typed, MISSING) &&
        !app_try_read(s->edition, cell->typed.item, cell->typed.typed, request->mem, &cell->number, &err)) {
        cell->fault = text_copy(request->mem, text_of(err.what));
        cell->hint = text_copy(request->mem, text_of(err.hint));
        return;
    }
    cell->changes = is_blank(now) ? !is_blank(cell->number) : !(now == cell->number);
}

struct what_if_cells what_if_read(const struct request *request, const struct typed_changes *typed)
{
    struct what_if_cells out = { .at = arena_array(request->mem, typed->n + 1, struct what_if_cell), .n = typed->n,
                                 .changes = arena_array(request->mem, typed->n + 1, struct scenario_change) };
    for (size_t i = 0; i < typed->n; i++) {
        struct what_if_cell *const cell = &out.at[i];
        cell->typed = typed->at[i];
        read_cell(request, cell);
        if (cell->changes)
            out.changes[out.n_changes++] = (struct scenario_change){ cell->typed.school, cell->typed.item, cell->number };
        out.n_faults += cell->fault.size > 0;
    }
    return out;
}
