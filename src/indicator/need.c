#include "indicator/need.h"

#include "indicator/verdict.h"

#include <stdlib.h>

struct need_base need_base_of(const struct units *u, const struct workings *w, size_t from, size_t n,
                              enum stage stage, size_t level, size_t unit)
{
    const struct method_stage *const rule = &w->method->stages[stage];
    const double *const all = w->amount[rule->amount[level]];
    const double *const weighted = w->weighted[stage], *const total = w->total;
    const size_t host = u->row[unit];
    if (!rule->level[level].shared)
        return (struct need_base){ u->amount[level][unit], 1, 1, 0 };
    if (!u->campuses)
        return (struct need_base){ all[host], weighted[host], total[host], 0 };
    struct need_base base = { BLANK, 1, 1, 0 };
    bool found = w->part[stage][host];
    if (found)
        base = (struct need_base){ all[host], weighted[host], total[host], 0 };
    for (size_t i = from; i < from + n; i++) {
        if (w->root[i] != host || i == host || !w->part[stage][i])
            continue;
        if (found)
            base.rest += workings_share(all[i], weighted[i], total[i]);
        else
            base = (struct need_base){ all[i], weighted[i], total[i], 0 };
        found = true;
    }
    return base;
}

/* k steps as a decimal: 4650 steps of 0.01 are 46.5. */
static double quantity_of(const struct level *level, double steps)
{
    const double in_one = round(1 / level->step);
    return level->step < 1 && fabs(in_one * level->step - 1) < 1e-9 ? steps / in_one : steps * level->step;
}

static bool reached_with(const struct level *level, double threshold, struct need_base base, double pupils, double steps)
{
    const double amount = workings_share(base.whole + quantity_of(level, steps), base.weighted, base.total) + base.rest;
    return verdict_reaches(amount, level->per, threshold, pupils);
}

double need_to_reach(const struct level *level, double threshold, struct need_base base, double pupils)
{
    enum { MOST_CORRECTIONS = 1000 };
    const double whole = threshold * pupils / level->per;
    const double guess = ceil(((whole - base.rest) * base.total / base.weighted - base.whole) / level->step);
    if (!isfinite(guess))
        return BLANK;
    double steps = guess > 0 ? guess : 0;
    for (int i = 0; i < MOST_CORRECTIONS && steps > 0 && reached_with(level, threshold, base, pupils, steps - 1); i++)
        steps--;
    for (int i = 0; i < MOST_CORRECTIONS && !reached_with(level, threshold, base, pupils, steps); i++)
        steps++;
    return quantity_of(level, steps);
}

void need_fill_stage(struct stage_assessment *out, const struct method *method, const struct units *units,
                     const struct workings *w, size_t from, size_t n, struct arena *mem)
{
    for (size_t l = 0; l < out->n_levels; l++) {
        const struct level *const level = &method->stages[out->stage].level[l];
        if (!out->missing[l]) {
            out->missing[l] = arena_array(mem, out->n, double);
            out->missing_to_floor[l] = arena_array(mem, out->n, double);
        }
        for (size_t k = 0; units && k < out->n; k++) {
            const double pupils = out->unit_pupils[k];
            const enum state state = (enum state)out->state[l][k];
            const bool known = state != STATE_NO_DATA && state != STATE_NOT_APPLICABLE;
            const struct need_base base = known ? need_base_of(units, w, from, n, out->stage, l, k) : (struct need_base){ 0 };
            const double floor = level->at_least * level->floor;
            out->missing[l][k] = !known ? BLANK : state == STATE_MET ? 0 : need_to_reach(level, level->at_least, base, pupils);
            out->missing_to_floor[l][k] =
                !known ? BLANK : state >= STATE_NEAR ? 0 : need_to_reach(level, floor, base, pupils);
        }
    }
}

/* ---- a school with all its stages --------------------------------------------------------- */

/* Σ wₖnₖ / wₛ: the school's pupils, counted as pupils of this stage. */
static double pupils_as(const struct assessment *a, const struct school_need *school, enum stage stage)
{
    const struct edition *const e = a->edition;
    double sum = 0;
    for (size_t i = 0; i < school->n_units; i++)
        sum += e->weight[school->unit[i].stage->stage] * school->unit[i].stage->unit_pupils[school->unit[i].unit];
    const double senior = returns_number(a->returns, school->row, e->pupils[STAGE_SENIOR]);
    return (sum + (is_blank(senior) ? 0 : e->weight[STAGE_SENIOR] * senior)) / e->weight[stage];
}

static double pupils_out(double pupils, double value, double threshold)
{
    if (is_blank(value) || is_blank(pupils) || is_blank(threshold))
        return BLANK;
    const double out = ceil(pupils * (1 - value / threshold) - VERDICT_SLACK * pupils);
    return out > 0 ? out : 0;
}

static void fill_unit(const struct assessment *a, struct school_need *school, struct unit_need *need)
{
    const struct stage_assessment *const stage = need->stage;
    const struct stage_rule *const rule = &a->edition->stages[stage->stage];
    for (size_t l = 0; l < stage->n_levels; l++) {
        const struct level *const level = &rule->levels[l];
        const double own = stage->unit_pupils[need->unit];
        struct level_need *const made = &need->level[l];
        *made = (struct level_need){
            .state = (enum state)stage->state[l][need->unit],
            .now = stage->value[l][need->unit],
            .threshold = level->at_least,
            .floor = level->at_least * level->floor,
            .to_threshold = stage->missing[l] ? stage->missing[l][need->unit] : BLANK,
            .to_floor = stage->missing_to_floor[l] ? stage->missing_to_floor[l][need->unit] : BLANK,
        };
        made->pupils_out = pupils_out(level->shared ? pupils_as(a, school, stage->stage) : own, made->now, made->threshold);
        if (made->pupils_out >= own)
            made->pupils_out = BLANK; /* not even an empty school would do */
        made->chosen = made->to_threshold;
        school->no_data |= made->state == STATE_NO_DATA;
    }
}

/* The share of the threshold that is saved when the level stays at its floor: nothing where the floor
 * asks for as many whole teachers or rooms. */
static double saved_by_leaving(const struct level_need *l)
{
    if (l->to_threshold > 0 && l->to_floor == l->to_threshold)
        return 0;
    const double now = fmax(l->now, l->floor);
    return l->state == STATE_BELOW || l->state == STATE_NEAR ? (l->threshold - now) / l->threshold : -1;
}

static bool rather(const struct level_need *a, const struct level_need *b)
{
    const double saved_a = saved_by_leaving(a), saved_b = saved_by_leaving(b);
    if (fabs(saved_a - saved_b) > VERDICT_SLACK)
        return saved_a > saved_b;
    return a->now / a->threshold <= b->now / b->threshold;
}

static void choose(const struct assessment *a, struct unit_need *need)
{
    const struct stage_assessment *const stage = need->stage;
    const struct stage_rule *const rule = &a->edition->stages[stage->stage];
    size_t asked = 0;
    for (size_t l = 0; l < stage->n_levels; l++)
        asked += is_blank(rule->levels[l].at_least) ? 0u : 1u;
    for (size_t spare = asked > rule->least_met ? asked - rule->least_met : 0; spare > 0; spare--) {
        struct level_need *best = NULL;
        for (size_t l = 0; l < stage->n_levels; l++) {
            struct level_need *const candidate = &need->level[l];
            if (saved_by_leaving(candidate) >= 0 && !candidate->left_near && (!best || rather(candidate, best)))
                best = candidate;
        }
        if (!best)
            return;
        best->left_near = true;
        best->chosen = best->to_floor;
    }
}

static void demand(const struct assessment *a, struct school_need *school, const struct unit_need *need)
{
    const struct stage_rule *const rule = &a->edition->stages[need->stage->stage];
    for (size_t l = 0; l < need->stage->n_levels; l++) {
        const struct level *const level = &rule->levels[l];
        const struct level_need *const of = &need->level[l];
        struct school_demand *at = school->demand;
        while (at < school->demand + school->n_demands && !text_equal(at->level->id, level->id))
            at++;
        if (at == school->demand + school->n_demands) {
            *at = (struct school_demand){ level, of->to_threshold, of->to_floor, of->chosen };
            school->n_demands++;
            continue;
        }
#define JOIN(field) at->field = is_blank(at->field) ? of->field : is_blank(of->field) ? at->field \
                              : level->shared ? fmax(at->field, of->field) : at->field + of->field
        JOIN(to_threshold);
        JOIN(to_floor);
        JOIN(chosen);
#undef JOIN
    }
}

static int by_row(const void *a, const void *b)
{
    const struct school_need *const x = a, *const y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static void gather_units(const struct county_assessment *county, struct school_need *made, size_t *n)
{
    for (size_t s = 0; s < county->n_stages; s++) {
        const struct stage_assessment *const stage = &county->stages[s];
        for (size_t k = 0, at = 0, before = *n; k < stage->n; k++) {
            while (at < before && made[at].row < stage->row[k])
                at++; /* the units of both stages stand by row */
            struct school_need *const school = at < before && made[at].row == stage->row[k] ? &made[at] : &made[(*n)++];
            school->row = stage->row[k];
            school->unit[school->n_units++] = (struct unit_need){ .stage = stage, .unit = k };
        }
    }
}

struct school_need *need_of_schools(const struct assessment *a, const struct county_assessment *county,
                                    struct arena *mem, size_t *n_out)
{
    size_t most = 0, n = 0;
    for (size_t s = 0; s < county->n_stages; s++)
        most += county->stages[s].n;
    struct school_need *made = arena_array(mem, most, struct school_need);
    gather_units(county, made, &n);
    if (n)
        qsort(made, n, sizeof *made, by_row);
    for (size_t i = 0; i < n; i++) {
        struct school_need *const school = &made[i];
        school->passes = true;
        for (size_t u = 0; u < school->n_units; u++) {
            struct unit_need *const need = &school->unit[u];
            fill_unit(a, school, need);
            const uint8_t verdict = need->stage->unit_verdict[need->unit];
            if (verdict == STATE_BELOW || verdict == STATE_NO_DATA) {
                school->passes = false;
                choose(a, need);
            } else {
                for (size_t l = 0; l < need->stage->n_levels; l++)
                    need->level[l].chosen = is_blank(need->level[l].chosen) ? BLANK : 0;
            }
            demand(a, school, need);
        }
    }
    *n_out = n;
    return made;
}
