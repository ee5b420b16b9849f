#include "indicator/workings.h"

#include "indicator/host.h"

#include <string.h>

struct workings *workings_new(const struct method *method, size_t capacity, struct arena *mem)
{
    const struct edition *const e = method->edition;
    struct workings *w = arena_make(mem, struct workings);
    w->method = method;
    w->returns = method->returns;
    w->capacity = capacity;
    w->item = arena_array(mem, e->items.n, const double *);
    w->made = arena_array(mem, e->items.n, double *);
    w->estimate = arena_array(mem, e->items.n, uint8_t *);
    for (size_t i = 0; i < e->items.n; i++) {
        if (method->derived[i] || method_is_pupils(method, (uint16_t)i))
            w->made[i] = arena_array(mem, capacity, double);
        if (method->estimated[i])
            w->estimate[i] = arena_array(mem, capacity, uint8_t);
    }
    for (size_t b = 0; b < N_BUILTINS; b++)
        w->frame.builtin[b] = w->builtin[b] = arena_array(mem, capacity, double);
    for (size_t k = 0; k < N_STAGES; k++)
        w->weighted[k] = arena_array(mem, capacity, double);
    w->total = arena_array(mem, capacity, double);
    for (size_t s = 0; s < N_EVALUATED; s++)
        w->part[s] = arena_array(mem, capacity, uint8_t);
    w->root = arena_array(mem, capacity, uint32_t);
    w->kind = arena_array(mem, capacity, uint16_t);
    for (size_t a = 0; a < method->n_amounts; a++)
        w->amount[a] = arena_array(mem, capacity, double);
    w->spare = arena_array(mem, capacity, double);
    w->spare_mask = arena_array(mem, capacity, double);
    w->frame.item = w->item;
    return w;
}

void workings_note_told(struct workings *w, struct arena *mem)
{
    const size_t items = w->method->edition->items.n;
    w->by = arena_array(mem, items, uint16_t *);
    for (size_t i = 0; i < items; i++)
        if (w->method->derived[i])
            w->by[i] = arena_array(mem, w->capacity, uint16_t);
}

/* ---- figures told from others ------------------------------------------------------------ */

static void copy_column(struct workings *w, size_t item, size_t from, size_t n)
{
    const double *const reported = w->returns->number[item];
    if (reported)
        memcpy(w->made[item] + from, reported + w->first + from, n * sizeof *reported);
    else
        for (size_t i = from; i < from + n; i++)
            w->made[item][i] = BLANK;
    if (w->estimate[item])
        memset(w->estimate[item] + from, 0, n);
    if (w->by && w->by[item])
        memset(w->by[item] + from, 0, n * sizeof *w->by[item]);
}

static bool any_blank(const double *figures, size_t n)
{
    bool blank = false;
    for (size_t i = 0; i < n; i++)
        blank |= is_blank(figures[i]);
    return blank;
}

/* 1 where the formula speaks of a figure that is itself an estimate. */
static bool speaks_of_estimate(const struct workings *w, const struct expression *e, size_t row)
{
    size_t n = 0;
    const uint16_t *const items = expression_items(e, &n);
    for (size_t i = 0; i < n; i++)
        if (w->estimate[items[i]] && w->estimate[items[i]][row])
            return true;
    return false;
}

static void note_estimates(struct workings *w, const struct derivation *d, size_t from, size_t n)
{
    const double *const figures = w->made[d->item];
    uint8_t *const estimate = w->estimate[d->item];
    for (size_t i = 0; i < n; i++) {
        const bool filled = is_blank(figures[from + i]) && !is_blank(w->spare[i]) && (!d->when || w->spare_mask[i] > 0);
        if (!filled || !(d->estimate || speaks_of_estimate(w, d->formula, from + i)))
            continue;
        estimate[from + i] = 1;
        w->any_estimate = true;
    }
}

static void note_by(struct workings *w, const double *figures, size_t d, size_t from, size_t n)
{
    uint16_t *const by = w->by[w->method->derivations[d]->item];
    for (size_t i = 0; i < n; i++)
        if (is_blank(figures[i]) && !is_blank(w->spare[i]))
            by[from + i] = (uint16_t)(d + 1);
}

/* Fills blanks; true when there was one. */
static bool derive_one(struct workings *w, size_t which, size_t from, size_t n)
{
    const struct derivation *const d = w->method->derivations[which];
    double *const figures = w->made[d->item] + from;
    if (!any_blank(figures, n))
        return false;
    expression_eval(d->formula, &w->frame, from, n, w->spare);
    if (d->when)
        expression_eval(d->when, &w->frame, from, n, w->spare_mask);
    if (w->estimate[d->item])
        note_estimates(w, d, from, n);
    for (size_t i = 0; i < n && d->when; i++)
        w->spare[i] = w->spare_mask[i] > 0 ? w->spare[i] : BLANK;
    if (w->by)
        note_by(w, figures, which, from, n);
    for (size_t i = 0; i < n; i++)
        figures[i] = figures[i] == figures[i] ? figures[i] : w->spare[i];
    return true;
}

/* ---- stages, weights, units -------------------------------------------------------------- */

static void find_kinds(struct workings *w, size_t from, size_t n)
{
    const uint16_t item = w->method->edition->items.school_type;
    const double *const type = item == NO_ITEM ? NULL : w->item[item];
    const double end = (double)w->method->n_kinds;
    for (size_t i = from; i < from + n; i++)
        w->kind[i] = type && type[i] >= 1 && type[i] < end ? (uint16_t)type[i] : 0;
}

/* One stage of all rows.  Chosen by index, not by branch: what schools have cannot be foreseen by the
 * processor. */
static void settle_stage(struct workings *w, size_t k, size_t from, size_t n)
{
    const struct kind *const kinds = w->method->kinds;
    const uint16_t *restrict const kind = w->kind + from, item = w->method->edition->pupils[k];
    double *restrict const pupils = (item == NO_ITEM ? w->spare : w->made[item]) + from;
    double *restrict const has = w->builtin[BUILTIN_HAS_PRIMARY + k] + from;
    for (size_t i = 0; i < n; i++) {
        const struct kind *const of = &kinds[kind[i]];
        const double given[2] = { of->pupils_if_blank[k], pupils[i] }, p = given[given[1] == given[1]];
        pupils[i] = p;
        has[i] = of->has[k][(p == p) + (p > of->has_above[k])];
    }
    const double weight = w->method->edition->weight[k];
    double *restrict const weighted = w->weighted[k] + from;
    for (size_t i = 0; i < n; i++)
        weighted[i] = weight * pupils[i];
    if (k >= N_EVALUATED)
        return;
    uint8_t *restrict const part = w->part[k] + from;
    for (size_t i = 0; i < n; i++) {
        const struct kind *const of = &kinds[kind[i]];
        part[i] = (uint8_t)((pupils[i] >= of->part_from[k]) | (of->part_if_blank[k] & (pupils[i] != pupils[i])));
    }
}

/* Blank pupils of a stage that the type lacks are 0; of a row without a type nothing is known. */
static void settle_pupils(struct workings *w, size_t from, size_t n)
{
    for (size_t k = 0; k < N_STAGES; k++) {
        for (size_t i = from; i < from + n && w->method->edition->pupils[k] == NO_ITEM; i++)
            w->spare[i] = 0; /* a stage that the edition does not know */
        settle_stage(w, k, from, n);
    }
    double *restrict const stages = w->builtin[BUILTIN_N_STAGES], *restrict const total = w->total;
    for (size_t i = from; i < from + n; i++)
        stages[i] = w->builtin[BUILTIN_HAS_PRIMARY][i] + w->builtin[BUILTIN_HAS_JUNIOR][i] + w->builtin[BUILTIN_HAS_SENIOR][i];
    for (size_t i = from; i < from + n; i++)
        total[i] = w->weighted[STAGE_PRIMARY][i] + w->weighted[STAGE_JUNIOR][i] + w->weighted[STAGE_SENIOR][i];
    for (size_t i = from; i < from + n && w->method->shares_used; i++) {
        w->builtin[BUILTIN_SHARE_PRIMARY][i] = workings_share(1, w->weighted[STAGE_PRIMARY][i], total[i]);
        w->builtin[BUILTIN_SHARE_JUNIOR][i] = workings_share(1, w->weighted[STAGE_JUNIOR][i], total[i]);
    }
}

void workings_mark_assessed(struct workings *w, size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++)
        w->builtin[BUILTIN_ASSESSED][i] = 0;
    for (size_t i = from; i < from + n; i++)
        if (w->part[STAGE_PRIMARY][i] | w->part[STAGE_JUNIOR][i])
            w->builtin[BUILTIN_ASSESSED][w->root[i]] = 1;
}

/* Everything that needs no other row. */
static void work_out(struct workings *w, size_t from, size_t n)
{
    const struct method *const m = w->method;
    for (size_t i = 0; i < m->edition->items.n; i++)
        if (w->made[i])
            copy_column(w, i, from, n);
    find_kinds(w, from, n);
    /* Pupils first: which stages a school has, and how it is split, follows from them. */
    settle_pupils(w, from, n);
    bool more = false;
    for (size_t d = 0; d < m->n_derivations; d++)
        if (method_is_pupils(m, m->derivations[d]->item))
            more |= derive_one(w, d, from, n);
    if (more)
        settle_pupils(w, from, n);
    for (size_t d = 0; d < m->n_derivations; d++)
        if (!method_is_pupils(m, m->derivations[d]->item))
            derive_one(w, d, from, n);
    for (size_t a = 0; a < m->n_amounts; a++)
        expression_eval(m->amounts[a], &w->frame, from, n, w->amount[a] + from);
}

void workings_load(struct workings *w, size_t first, size_t n)
{
    const struct item_list *const items = &w->method->edition->items;
    w->first = first;
    w->n = w->frame.n = n;
    w->any_estimate = false;
    for (size_t i = 0; i < items->n; i++)
        w->item[i] = w->made[i] ? w->made[i] : w->returns->number[i] ? w->returns->number[i] + first : NULL;
    w->any_campus = host_find_all(w->method, first, n, w->root);
    for (size_t i = 0; i < n; i++)
        w->builtin[BUILTIN_IS_CAMPUS][i] = w->root[i] != i;
    work_out(w, 0, n);
    workings_mark_assessed(w, 0, n);
}

void workings_refresh(struct workings *w, size_t row)
{
    work_out(w, row, 1);
}

void workings_refresh_amount(struct workings *w, size_t row, size_t amount)
{
    expression_eval(w->method->amounts[amount], &w->frame, row, 1, w->amount[amount] + row);
}
