#include "indicator/units.h"

#include <string.h>

struct units *units_new(const struct method *method, size_t rows, struct arena *mem)
{
    struct units *u = arena_make(mem, struct units);
    u->row = arena_array(mem, rows, uint32_t);
    u->of_row = arena_array(mem, rows, uint32_t);
    u->pupils = arena_array(mem, rows, double);
    for (size_t s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < method->stages[s].n_levels; l++) {
            if (u->amount[l])
                continue;
            u->amount[l] = arena_array(mem, rows, double);
            u->estimated[l] = arena_array(mem, rows, uint8_t);
        }
    return u;
}

static bool any_campus(const struct workings *w, size_t from, size_t n)
{
    for (size_t i = from; w->any_campus && i < from + n; i++)
        if (w->root[i] != i)
            return true;
    return false;
}

/* A host is a unit of every stage that it or one of its campuses has. */
static void find_hosts(struct units *u, const struct workings *w, size_t from, size_t n, enum stage stage)
{
    enum { NONE, UNIT };
    for (size_t i = 0; i < n; i++)
        u->of_row[i] = NONE;
    for (size_t i = from; i < from + n; i++)
        if (w->part[stage][i])
            u->of_row[w->root[i] - from] = UNIT;
    for (size_t i = 0; i < n; i++) {
        if (u->of_row[i] == NONE)
            continue;
        u->of_row[i] = (uint32_t)u->n;
        u->row[u->n++] = (uint32_t)(from + i);
    }
}

/* Adds up a column over the parts of each unit: the host's own first, then its campuses, in their order. */
#define ADD_PARTS(into, figure)                                         \
    do {                                                                \
        memset((into), 0, u->n * sizeof *(into));                       \
        for (int campus = 0; campus <= 1; campus++)                     \
            for (size_t i = from; i < from + n; i++)                    \
                if (part[i] && (w->root[i] != i) == campus)             \
                    (into)[u->of_row[w->root[i] - from]] += (figure);   \
    } while (0)

void units_find(struct units *u, const struct workings *w, size_t from, size_t n, enum stage stage)
{
    const uint8_t *const part = w->part[stage];
    const uint16_t item = w->method->edition->pupils[stage];
    u->n = 0;
    u->campuses = any_campus(w, from, n);
    if (u->campuses) {
        find_hosts(u, w, from, n, stage);
        ADD_PARTS(u->pupils, w->item[item][i]);
        return;
    }
    for (size_t i = from; i < from + n; i++) {
        u->row[u->n] = (uint32_t)i;
        u->n += part[i];
    }
    for (size_t k = 0; k < u->n; k++)
        u->pupils[k] = w->item[item][u->row[k]];
}

static bool is_estimated(const struct workings *w, const struct expression *amount, size_t row)
{
    size_t n = 0;
    const uint16_t *const items = expression_items(amount, &n);
    for (size_t i = 0; i < n; i++)
        if (w->estimate[items[i]] && w->estimate[items[i]][row])
            return true;
    return false;
}

static void fill_estimated(struct units *u, const struct workings *w, size_t from, size_t n, enum stage stage, size_t level)
{
    const uint8_t *const part = w->part[stage];
    const struct expression *const amount = w->method->stages[stage].level[level].amount;
    memset(u->estimated[level], 0, u->n);
    for (size_t k = 0; k < u->n && !u->campuses; k++)
        u->estimated[level][k] = is_estimated(w, amount, u->row[k]);
    for (size_t i = from; i < from + n && u->campuses; i++)
        if (part[i] && is_estimated(w, amount, i))
            u->estimated[level][u->of_row[w->root[i] - from]] = 1;
    u->any_estimated[level] = u->n && memchr(u->estimated[level], 1, u->n);
}

void units_fill(struct units *u, const struct workings *w, size_t from, size_t n, enum stage stage, size_t level)
{
    const struct method_stage *const rule = &w->method->stages[stage];
    const double *const all = w->amount[rule->amount[level]];
    const double *const weighted = w->weighted[stage], *const total = w->total;
    const uint8_t *const part = w->part[stage];
    double *const amount = u->amount[level];
    const bool shared = rule->level[level].shared;

    u->any_estimated[level] = false;
    if (w->any_estimate)
        fill_estimated(u, w, from, n, stage, level);
    if (u->campuses) {
        if (shared)
            ADD_PARTS(amount, workings_share(all[i], weighted[i], total[i]));
        else
            ADD_PARTS(amount, all[i]);
    } else if (shared) {
        for (size_t k = 0; k < u->n; k++) {
            const size_t i = u->row[k];
            amount[k] = workings_share(all[i], weighted[i], total[i]);
        }
    } else {
        for (size_t k = 0; k < u->n; k++)
            amount[k] = all[u->row[k]];
    }
}
