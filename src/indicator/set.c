#include "indicator/set.h"

#include <stdlib.h>
#include <string.h>

struct membership { struct text name; double ordinal; enum stage stage; uint32_t unit; };

static int by_name_stage_unit(const void *a, const void *b)
{
    const struct membership *const x = a, *const y = b;
    int order = (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
    if (!order)
        order = text_compare(x->name, y->name);
    if (!order)
        order = (int)x->stage - (int)y->stage;
    return order ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

static bool same_set(const struct membership *a, const struct membership *b)
{
    return a->ordinal == b->ordinal && text_equal(a->name, b->name);
}

/* To which set a school belongs by its own word. */
static struct membership membership_of(const struct method *m, size_t row)
{
    const uint16_t by = m->request->by;
    const struct item *const item = &m->edition->items.at[by];
    struct membership made = { .name = returns_text(m->returns, row, by) };
    const double ordinal = returns_number(m->returns, row, by);
    if (item->type == ITEM_TEXT || is_blank(ordinal))
        return made;
    made.ordinal = ordinal;
    if (item->type == ITEM_ENUM && ordinal >= 1 && ordinal <= (double)item->n_values)
        made.name = item->values[(size_t)ordinal - 1].zh;
    return made;
}

static void assess_part(struct stage_assessment *out, const struct method *m, const struct units *whole,
                        const struct membership *part, size_t n, size_t first, struct arena *mem, struct arena *scratch)
{
    const enum stage stage = part->stage;
    const struct arena_mark mark = arena_mark(scratch);
    struct units *units = units_new(m, n, scratch);
    units->n = n;
    for (size_t k = 0; k < n; k++) {
        units->row[k] = whole->row[part[k].unit];
        units->pupils[k] = whole->pupils[part[k].unit];
    }
    stage_make(out, m, stage, n, mem);
    stage_name_units(out, units, first);
    for (size_t l = 0; l < out->n_levels; l++) {
        units->any_estimated[l] = whole->any_estimated[l];
        for (size_t k = 0; k < n; k++) {
            units->amount[l][k] = whole->amount[l][part[k].unit];
            units->estimated[l][k] = whole->estimated[l][part[k].unit];
        }
        stage_judge_level(out, m, units, l, mem);
    }
    stage_conclude(out, m);
    arena_rewind(scratch, mark);
}

void set_assess_all(struct county_assessment *county, const struct method *m, struct units *const units[N_EVALUATED],
                    size_t first, struct arena *mem, struct arena *scratch)
{
    const struct arena_mark mark = arena_mark(scratch);
    size_t n = 0, all = 0;
    for (size_t s = 0; s < county->n_stages; s++)
        all += county->stages[s].n;
    struct membership *members = arena_array(scratch, all, struct membership);
    for (size_t s = 0; s < county->n_stages; s++)
        for (size_t k = 0; k < county->stages[s].n; k++) {
            members[n] = membership_of(m, county->stages[s].row[k]);
            members[n].stage = county->stages[s].stage;
            members[n++].unit = (uint32_t)k;
        }
    if (n)
        qsort(members, n, sizeof *members, by_name_stage_unit);
    for (size_t i = 0; i < n; i++)
        county->n_sets += !i || !same_set(&members[i], &members[i - 1]);
    county->sets = arena_array(mem, county->n_sets, struct set_assessment);
    struct set_assessment *set = county->sets;
    for (size_t i = 0, end; i < n; i = end) {
        if (i && !same_set(&members[i], &members[i - 1]))
            set++;
        if (!set->n_stages) {
            set->by = m->edition->items.at[m->request->by].code;
            set->name = members[i].name;
            set->stages = arena_array(mem, N_EVALUATED, struct stage_assessment);
        }
        for (end = i + 1; end < n && same_set(&members[end], &members[i]) && members[end].stage == members[i].stage;)
            end++;
        assess_part(&set->stages[set->n_stages++], m, units[members[i].stage], members + i, end - i, first, mem, scratch);
    }
    arena_rewind(scratch, mark);
}
