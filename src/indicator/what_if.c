#include "indicator/what_if.h"

#include "indicator/county.h"
#include "indicator/need.h"

#include <assert.h>
#include <string.h>

/* What hangs on one item: found once, when it is first changed. */
struct reach {
    bool known;
    bool structure;               /* pupils or type: units, weights and shares may change */
    bool derived;                 /* other items are told from it, or it from others */
    bool amount[MAX_AMOUNTS];
    bool *rule;                   /* [rule] */
};

struct what_if {
    struct arena *mem;
    const struct assess_request *request;
    size_t first;                 /* our row 0 in the returns it came from */
    struct returns *own;          /* this county alone */
    struct county_year county;    /* … with its rows from 0 */
    struct county_year shown;     /* the same with its rows in the returns */
    const struct method *method;
    struct workings *workings;
    struct rulings *rulings;
    struct units *units[N_EVALUATED];
    struct stage_assessment stage[N_EVALUATED]; /* with room for every school */
    double *figures;
    struct county_assessment result;
    struct reach *reach;          /* [item] */
};

/* ---- making ------------------------------------------------------------------------------- */

static double *copy_rows(struct what_if *w, const double *column)
{
    double *own = arena_array(w->mem, w->own->n + 1, double);
    for (size_t i = 0; i < w->own->n; i++)
        own[i] = column ? column[w->first + i] : BLANK;
    return own;
}

static void copy_county(struct what_if *w, const struct returns *from, size_t county)
{
    const size_t items = from->items->n;
    struct returns *own = w->own = arena_make(w->mem, struct returns);
    *own = *from;
    own->mem = w->mem;
    w->county = from->counties[county];
    w->first = w->county.n ? w->county.first : 0;
    own->n = own->capacity = w->county.n;
    own->number = arena_array(w->mem, items, double *);
    own->text = arena_array(w->mem, items, struct text *);
    own->county = arena_array(w->mem, own->n, uint32_t);
    for (size_t i = 0; i < items; i++) {
        own->number[i] = from->number[i] ? copy_rows(w, from->number[i]) : NULL;
        own->text[i] = from->text[i] ? from->text[i] + w->first : NULL;
    }
    w->shown = w->county;
    w->county.first = 0;
    if (w->county.figure)
        w->shown.figure = w->county.figure = arena_copy(w->mem, w->county.figure, items * sizeof(double));
    own->counties = &w->county;
    own->n_counties = own->counties_capacity = 1;
}

static void judge_stage(struct what_if *w, enum stage stage, const bool *amounts)
{
    const struct method_stage *const rule = &w->method->stages[stage];
    struct stage_assessment *const made = &w->stage[stage];
    const size_t n = w->own->n;
    made->n = w->units[stage]->n;
    if (!made->n)
        return;
    for (size_t l = 0; l < made->n_levels; l++) {
        if (amounts && !amounts[rule->amount[l]])
            continue;
        units_fill(w->units[stage], w->workings, 0, n, stage, l);
        stage_judge_level(made, w->method, w->units[stage], l, NULL);
    }
    stage_conclude(made, w->method);
    if (w->request->needs)
        need_fill_stage(made, w->method, w->units[stage], w->workings, 0, n, w->mem);
}

static void find_units(struct what_if *w, enum stage stage)
{
    struct stage_assessment *const made = &w->stage[stage];
    units_find(w->units[stage], w->workings, 0, w->own->n, stage);
    made->n = w->units[stage]->n;
    stage_name_units(made, w->units[stage], w->first);
}

static void gather(struct what_if *w)
{
    w->result.n_stages = 0;
    for (size_t s = 0; s < N_EVALUATED; s++)
        if (w->stage[s].n)
            w->result.stages[w->result.n_stages++] = w->stage[s];
    w->result.verdict = county_verdict(&w->result);
}

/* Everything again from our own figures. */
static void reload(struct what_if *w)
{
    workings_load(w->workings, 0, w->own->n);
    rulings_load(w->rulings, w->workings);
    for (int s = 0; s < N_EVALUATED; s++) {
        find_units(w, (enum stage)s);
        judge_stage(w, (enum stage)s, NULL);
    }
    rulings_judge(w->rulings, &w->county, w->figures, 0, w->own->n, w->result.rules, w->mem);
    gather(w);
}

/* Also when a column or the county's figures come to be: what is hopeless may have changed. */
static void build(struct what_if *w)
{
    struct assess_request *request = arena_copy(w->mem, w->request, sizeof *w->request);
    const size_t rows = w->own->n;
    request->failing_rows = false;
    w->method = method_new(w->own, request, w->mem);
    w->workings = workings_new(w->method, rows, w->mem);
    w->rulings = rulings_new(w->method, rows, w->mem);
    w->figures = arena_array(w->mem, w->own->items->n, double);
    w->reach = arena_array(w->mem, w->own->items->n, struct reach);
    for (int s = 0; s < N_EVALUATED; s++) {
        w->units[s] = units_new(w->method, rows, w->mem);
        stage_make(&w->stage[s], w->method, (enum stage)s, rows, w->mem);
        if (w->request->needs)
            need_fill_stage(&w->stage[s], w->method, NULL, NULL, 0, 0, w->mem);
    }
    w->result = (struct county_assessment){ .county = &w->shown, .n_rules = w->method->n_rules };
    w->result.rules = arena_array(w->mem, w->method->n_rules, struct rule_result);
    method_county_figures(w->method, &w->county, w->figures);
    reload(w);
}

struct what_if *what_if_new(const struct returns *returns, size_t county, const struct assess_request *request,
                            struct arena *mem)
{
    struct what_if *w = arena_make(mem, struct what_if);
    w->mem = mem;
    w->request = request;
    copy_county(w, returns, county);
    build(w);
    return w;
}

const struct county_assessment *what_if_now(const struct what_if *w)
{
    return &w->result;
}

/* ---- what hangs on what ------------------------------------------------------------------- */

static bool speaks_of_any(const struct expression *e, const bool *touched)
{
    size_t n = 0;
    const uint16_t *const items = e ? expression_items(e, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (touched[items[i]])
            return true;
    return false;
}

static void find_rules_in_reach(const struct what_if *w, struct reach *reach, const bool *touched)
{
    const struct method *const m = w->method;
    for (size_t k = 0; k < m->n_rules; k++) {
        const struct rule *const rule = m->rules[k].rule;
        reach->rule[k] = speaks_of_any(rule->where, touched) || speaks_of_any(m->rules[k].value, touched) ||
                         speaks_of_any(rule->also, touched) || speaks_of_any(rule->not_applicable, touched) ||
                         (rule->judged != NO_ITEM && touched[rule->judged]);
    }
}

static const struct reach *reach_of(struct what_if *w, uint16_t item)
{
    const struct method *const m = w->method;
    struct reach *reach = &w->reach[item];
    if (reach->known)
        return reach;
    reach->rule = arena_array(w->mem, m->n_rules, bool);
    const struct arena_mark mark = arena_mark(w->mem);
    bool *touched = arena_array(w->mem, w->own->items->n, bool);
    touched[item] = true;
    reach->known = true;
    reach->derived = m->derived[item];
    for (size_t d = 0; d < m->n_derivations; d++)
        if (speaks_of_any(m->derivations[d]->formula, touched) || speaks_of_any(m->derivations[d]->when, touched))
            reach->derived = touched[m->derivations[d]->item] = true;
    for (size_t k = 0; k < N_STAGES; k++)
        reach->structure |= m->edition->pupils[k] != NO_ITEM && touched[m->edition->pupils[k]];
    for (size_t a = 0; a < m->n_amounts; a++)
        reach->amount[a] = speaks_of_any(m->amounts[a], touched);
    find_rules_in_reach(w, reach, touched);
    arena_rewind(w->mem, mark);
    return reach;
}

/* ---- changing ----------------------------------------------------------------------------- */

enum { N_WATCHED = N_BUILTINS + N_EVALUATED };

/* What formulas may speak of besides items. */
static void watch(const struct what_if *w, size_t row, double into[N_WATCHED])
{
    for (size_t b = 0; b < N_BUILTINS; b++)
        into[b] = w->workings->builtin[b][row];
    for (size_t s = 0; s < N_EVALUATED; s++)
        into[N_BUILTINS + s] = w->workings->part[s][row];
}

static void judge_rules(struct what_if *w, size_t row, const bool *which)
{
    rulings_refresh_row(w->rulings, row);
    for (size_t k = 0; k < w->method->n_rules; k++) {
        if (which && !which[k])
            continue;
        rulings_refresh_outcome(w->rulings, k, row, w->figures);
        rulings_judge_one(w->rulings, k, &w->county, w->figures, 0, w->own->n, &w->result.rules[k], w->mem);
    }
}

static void change_structure(struct what_if *w, size_t row, const struct reach *reach)
{
    double before[N_WATCHED], after[N_WATCHED];
    watch(w, row, before);
    workings_refresh(w->workings, row);
    workings_mark_assessed(w->workings, 0, w->own->n);
    watch(w, row, after);
    for (int s = 0; s < N_EVALUATED; s++) {
        if (!(before[N_BUILTINS + s] > 0) && !(after[N_BUILTINS + s] > 0))
            continue;
        find_units(w, (enum stage)s);
        judge_stage(w, (enum stage)s, NULL);
    }
    const bool same = !memcmp(before, after, sizeof before);
    judge_rules(w, row, same ? reach->rule : NULL);
}

static void change_figure(struct what_if *w, size_t row, const struct reach *reach)
{
    const struct workings *const workings = w->workings;
    if (reach->derived)
        workings_refresh(w->workings, row);
    bool any = false;
    for (size_t a = 0; a < w->method->n_amounts; a++) {
        if (reach->amount[a] && !reach->derived)
            workings_refresh_amount(w->workings, row, a);
        any |= reach->amount[a];
    }
    for (int s = 0; s < N_EVALUATED && any; s++)
        if (workings->part[s][row])
            judge_stage(w, (enum stage)s, reach->amount);
    judge_rules(w, row, reach->rule);
}

const struct county_assessment *what_if_set(struct what_if *w, size_t row, uint16_t item, double value)
{
    assert(row >= w->first && row - w->first < w->own->n && item < w->own->items->n);
    const size_t own = row - w->first;
    if (!w->own->number[item]) {
        if (is_blank(value))
            return &w->result;
        w->own->number[item] = copy_rows(w, NULL);
        w->own->number[item][own] = value;
        build(w);
        return &w->result;
    }
    w->own->number[item][own] = value;
    if (item == w->own->items->school_type) {
        reload(w); /* a teaching point is nobody's campus: who hosts whom may change */
        return &w->result;
    }
    const struct reach *const reach = reach_of(w, item);
    if (reach->structure)
        change_structure(w, own, reach);
    else
        change_figure(w, own, reach);
    gather(w);
    return &w->result;
}

const struct county_assessment *what_if_set_county(struct what_if *w, uint16_t item, double value)
{
    const size_t items = w->own->items->n;
    if (!w->county.figure) {
        w->county.figure = arena_array(w->mem, items, double);
        for (size_t i = 0; i < items; i++)
            w->county.figure[i] = BLANK;
    }
    w->county.figure[item] = value;
    w->shown.figure = w->county.figure;
    method_county_figures(w->method, &w->county, w->figures);
    reload(w);
    return &w->result;
}
