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
    for (size_t a = 0; a < method->n_amounts; a++)
        w->amount[a] = arena_array(mem, capacity, double);
    w->spare = arena_array(mem, capacity, double);
    w->spare_mask = arena_array(mem, capacity, double);
    w->frame.item = w->item;
    return w;
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

/* Fills blanks; true when there was one. */
static bool derive_one(struct workings *w, const struct derivation *d, size_t from, size_t n)
{
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
    for (size_t i = 0; i < n; i++)
        figures[i] = figures[i] == figures[i] ? figures[i] : w->spare[i];
    return true;
}

/* ---- stages, weights, units -------------------------------------------------------------- */

static const struct kind *kind_of_row(const struct method *m, const double *type, size_t row)
{
    const double ordinal = type ? type[row] : 0;
    return &m->kinds[ordinal >= 1 && ordinal < (double)m->n_kinds ? (size_t)ordinal : 0];
}

/* Chosen by index, not by branch: what schools have cannot be foreseen by the processor. */
static inline void settle_row(const struct workings *w, const struct kind *kind, double *const pupils[N_STAGES],
                              const double weight[N_STAGES], size_t i)
{
    double total = 0, stages = 0;
    for (size_t k = 0; k < N_STAGES; k++) {
        const double given[2] = { kind->pupils_if_blank[k], pupils[k][i] }, p = given[given[1] == given[1]];
        const double has = kind->has[k][(p == p) + (p > kind->has_above[k])];
        pupils[k][i] = p;
        w->builtin[BUILTIN_HAS_PRIMARY + k][i] = has;
        w->weighted[k][i] = weight[k] * p;
        stages += has;
        total += weight[k] * p;
        if (k < N_EVALUATED)
            w->part[k][i] = (uint8_t)((p >= kind->part_from[k]) | (kind->part_if_blank[k] & (p != p)));
    }
    w->builtin[BUILTIN_N_STAGES][i] = stages;
    w->total[i] = total;
}

/* Blank pupils of a stage that the type lacks are 0; of a row without a type nothing is known. */
static void settle_pupils(struct workings *w, size_t from, size_t n)
{
    const struct method *const m = w->method;
    const uint16_t type_item = m->edition->items.school_type;
    const double *const type = type_item == NO_ITEM ? NULL : w->item[type_item];
    double *pupils[N_STAGES];
    for (size_t k = 0; k < N_STAGES; k++) {
        pupils[k] = m->edition->pupils[k] == NO_ITEM ? w->spare : w->made[m->edition->pupils[k]];
        for (size_t i = from; i < from + n && pupils[k] == w->spare; i++)
            w->spare[i] = 0; /* a stage that the edition does not know */
    }
    for (size_t i = from; i < from + n; i++)
        settle_row(w, kind_of_row(m, type, i), pupils, m->edition->weight, i);
    for (size_t i = from; i < from + n && m->shares_used; i++) {
        w->builtin[BUILTIN_SHARE_PRIMARY][i] = workings_share(1, w->weighted[STAGE_PRIMARY][i], w->total[i]);
        w->builtin[BUILTIN_SHARE_JUNIOR][i] = workings_share(1, w->weighted[STAGE_JUNIOR][i], w->total[i]);
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
    /* Pupils first: which stages a school has, and how it is split, follows from them. */
    settle_pupils(w, from, n);
    bool more = false;
    for (size_t d = 0; d < m->n_derivations; d++)
        if (method_is_pupils(m, m->derivations[d]->item))
            more |= derive_one(w, m->derivations[d], from, n);
    if (more)
        settle_pupils(w, from, n);
    for (size_t d = 0; d < m->n_derivations; d++)
        if (!method_is_pupils(m, m->derivations[d]->item))
            derive_one(w, m->derivations[d], from, n);
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
