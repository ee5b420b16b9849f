#include "indicator/method.h"

#include <assert.h>

bool method_speaks_of(const struct expression *e, uint16_t item)
{
    size_t n = 0;
    const uint16_t *const items = e ? expression_items(e, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (items[i] == item)
            return true;
    return false;
}

bool method_is_pupils(const struct method *method, uint16_t item)
{
    for (size_t k = 0; k < N_STAGES; k++)
        if (method->edition->pupils[k] == item)
            return true;
    return false;
}

void method_county_figures(const struct method *m, const struct county_year *county, double *into)
{
    const struct item_list *const items = &m->edition->items;
    for (size_t i = 0; i < items->n; i++)
        into[i] = county->figure ? county->figure[i] : BLANK;
    if (items->year != NO_ITEM)
        into[items->year] = county->year;
}

/* A row whose type is not known counts wherever it has pupils; a teaching point is known by its least. */
static void find_kinds(struct method *m, struct arena *mem)
{
    const struct edition *const e = m->edition;
    m->n_kinds = e->n_types + 1;
    m->kinds = arena_array(mem, m->n_kinds, struct kind);
    m->kinds[0] = (struct kind){ .known = !e->n_types, .attached = true };
    for (size_t i = 0; i < e->n_types; i++) {
        const struct school_type *const type = &e->types[i];
        struct kind *kind = &m->kinds[i + 1];
        *kind = (struct kind){ .known = true, .evaluated = type->evaluated, .attached = type->attached,
                               .point = type->least_pupils > 0,
                               .least_pupils = type->least_pupils > 0 ? type->least_pupils : 0 };
        for (size_t k = 0; k < N_STAGES; k++)
            kind->stage[k] = type->stage[k];
    }
}

static const struct relaxation *relaxation_of(const struct assess_request *request, struct text target, int stage)
{
    for (size_t i = 0; i < request->n_relaxations; i++) {
        const struct relaxation *const r = request->relaxations[i].relaxation;
        if (text_equal(r->target, target) && (r->stage < 0 || stage < 0 || r->stage == stage))
            return r;
    }
    return NULL;
}

/* L4 asks the same of a primary and of a junior school: one formula, run once. */
static size_t amount_index(struct method *m, const struct expression *amount)
{
    for (size_t i = 0; i < m->n_amounts; i++)
        if (m->amounts[i] == amount ||
            text_equal(expression_source(m->amounts[i]), expression_source(amount)))
            return i;
    assert(m->n_amounts < MAX_AMOUNTS);
    m->amounts[m->n_amounts] = amount;
    return m->n_amounts++;
}

static void find_levels(struct method *m)
{
    for (int s = 0; s < N_EVALUATED; s++) {
        const struct stage_rule *const rule = &m->edition->stages[s];
        struct method_stage *stage = &m->stages[s];
        stage->n_levels = rule->n_levels;
        stage->least_met = rule->least_met;
        stage->combined_cv_limit = rule->combined_cv_limit;
        stage->combined_decides = rule->combined_decides;
        for (size_t l = 0; l < rule->n_levels; l++) {
            const struct relaxation *const r = relaxation_of(m->request, rule->levels[l].id, s);
            stage->level[l] = rule->levels[l];
            if (r && r->formula)
                stage->level[l].amount = r->formula;
            stage->amount[l] = amount_index(m, stage->level[l].amount);
        }
    }
}

/* Any column will do to ask what is hopeless: only its presence counts. */
static void fill_frame(const struct method *m, const double **columns, struct frame *frame)
{
    static const double some = 1;
    for (size_t i = 0; i < m->edition->items.n; i++)
        columns[i] = m->returns->number[i] || m->derived[i] || method_is_pupils(m, (uint16_t)i) ? &some : NULL;
    *frame = (struct frame){ .n = 1, .item = columns };
    for (size_t b = 0; b < N_BUILTINS; b++)
        frame->builtin[b] = &some;
}

static void find_derivations(struct method *m, struct arena *mem, struct arena *scratch)
{
    const struct edition *const e = m->edition;
    const double **columns = arena_array(scratch, e->items.n, const double *);
    struct frame frame;
    m->derived = arena_array(mem, e->items.n, bool);
    m->estimated = arena_array(mem, e->items.n, bool);
    m->derivations = arena_array(mem, e->n_derivations, const struct derivation *);
    for (size_t d = 0; d < e->n_derivations; d++) {
        const struct derivation *const derivation = &e->derivations[d];
        fill_frame(m, columns, &frame);
        if (expression_hopeless(derivation->formula, &frame) ||
            (derivation->when && expression_hopeless(derivation->when, &frame)))
            continue;
        m->derivations[m->n_derivations++] = derivation;
        m->derived[derivation->item] = true;
        bool estimate = derivation->estimate;
        for (size_t i = 0; i < e->items.n && !estimate; i++)
            estimate = m->estimated[i] && method_speaks_of(derivation->formula, (uint16_t)i);
        m->estimated[derivation->item] = m->estimated[derivation->item] || estimate;
    }
}

static bool speaks_of_county(const struct item_list *items, const struct expression *e)
{
    size_t n = 0;
    const uint16_t *const spoken = e ? expression_items(e, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (items->at[spoken[i]].level == ITEM_COUNTY || spoken[i] == items->year)
            return true;
    return false;
}

static void note_merged(struct method *m, const struct expression *e)
{
    size_t n = 0;
    const uint16_t *const spoken = e ? expression_items(e, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        m->merged[spoken[i]] = true;
}

static void find_rules(struct method *m, struct arena *mem, struct arena *scratch)
{
    const struct edition *const e = m->edition;
    const double **columns = arena_array(scratch, e->items.n, const double *);
    double *county = arena_array(scratch, e->items.n, double);
    struct frame frame;
    fill_frame(m, columns, &frame);
    m->rules = arena_array(mem, e->n_rules, struct method_rule);
    m->merged = arena_array(mem, e->items.n, bool);
    for (size_t i = 0; i < e->n_rules; i++) {
        const struct rule *const rule = &e->rules[i];
        const struct relaxation *const r = relaxation_of(m->request, rule->id, -1);
        if (rule->off && !r)
            continue;
        struct method_rule *made = &m->rules[m->n_rules++];
        made->rule = rule;
        made->value = r && r->formula ? r->formula : rule->value;
        frame.county = county;
        made->hopeless = made->value && expression_hopeless(made->value, &frame);
        frame.county = NULL;
        made->silent_alone = (!made->value || expression_hopeless(made->value, &frame)) &&
                             (!rule->also || expression_hopeless(rule->also, &frame)) &&
                             (!rule->not_applicable || expression_hopeless(rule->not_applicable, &frame));
        made->mask_needs_county = speaks_of_county(&e->items, rule->where);
        if (rule->scope != SCOPE_SCHOOL)
            continue;
        made->needs_county = made->mask_needs_county || speaks_of_county(&e->items, made->value) ||
                             speaks_of_county(&e->items, rule->also);
        note_merged(m, rule->where);
        note_merged(m, made->value);
        note_merged(m, rule->also);
        note_merged(m, rule->not_applicable);
    }
}

struct method *method_new(const struct returns *returns, const struct assess_request *request, struct arena *mem)
{
    struct method *m = arena_make(mem, struct method);
    struct arena *scratch = arena_new("method");
    m->edition = request->edition;
    m->returns = returns;
    m->request = request;
    find_kinds(m, mem);
    find_levels(m);
    find_derivations(m, mem, scratch);
    find_rules(m, mem, scratch);
    arena_free(&scratch);
    return m;
}
