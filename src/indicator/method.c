#include "indicator/method.h"

#include <assert.h>
#include <float.h>
#include <math.h>

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

/* `type` NULL: the row does not say its type, and counts wherever it has pupils. */
static struct kind kind_of(const struct school_type *type, bool typeless_edition)
{
    struct kind kind = { .point = type && type->least_pupils > 0 }; /* only these have a least */
    const bool attached = !type || type->attached;
    for (size_t k = 0; k < N_STAGES; k++) {
        const bool stage = type && type->stage[k], lacks = type ? !stage : typeless_edition;
        kind.pupils_if_blank[k] = lacks ? 0 : BLANK;
        kind.has[k][0] = stage ? 1 : BLANK;
        kind.has[k][1] = stage;
        kind.has[k][2] = 1;
        kind.has_above[k] = attached ? 0 : INFINITY;
        if (k >= N_EVALUATED)
            continue;
        const double least = kind.point ? type->least_pupils : DBL_TRUE_MIN; /* more than none */
        kind.part_from[k] = stage ? (type->evaluated ? least : INFINITY) : attached ? DBL_TRUE_MIN : INFINITY;
        kind.part_if_blank[k] = stage && type->evaluated;
    }
    return kind;
}

static void find_kinds(struct method *m, struct arena *mem)
{
    const struct edition *const e = m->edition;
    m->n_kinds = e->n_types + 1;
    m->kinds = arena_array(mem, m->n_kinds, struct kind);
    m->kinds[0] = kind_of(NULL, !e->n_types);
    for (size_t i = 0; i < e->n_types; i++)
        m->kinds[i + 1] = kind_of(&e->types[i], false);
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

static void need_items(bool *needed, const struct expression *e)
{
    size_t n = 0;
    const uint16_t *const spoken = e ? expression_items(e, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        needed[spoken[i]] = true;
}

/* Which items anything speaks of, and what these can be told from. */
static bool *find_needed(const struct method *m, struct arena *mem)
{
    const struct edition *const e = m->edition;
    bool *needed = arena_array(mem, e->items.n, bool);
    for (size_t k = 0; k < N_STAGES; k++)
        if (e->pupils[k] != NO_ITEM)
            needed[e->pupils[k]] = true;
    for (size_t a = 0; a < m->n_amounts; a++)
        need_items(needed, m->amounts[a]);
    for (size_t k = 0; k < m->n_rules; k++) {
        const struct method_rule *const mr = &m->rules[k];
        if (mr->silent)
            continue;
        need_items(needed, mr->rule->where);
        need_items(needed, mr->hopeless ? NULL : mr->value);
        need_items(needed, mr->rule->also);
        need_items(needed, mr->rule->not_applicable);
    }
    for (size_t d = m->n_derivations; d-- > 0;) {
        if (!needed[m->derivations[d]->item])
            continue;
        need_items(needed, m->derivations[d]->when);
        need_items(needed, m->derivations[d]->formula);
    }
    return needed;
}

/* Those that can give something, and that somebody needs (NULL: all). */
static void find_derivations(struct method *m, const bool *needed, struct arena *mem, struct arena *scratch)
{
    const struct edition *const e = m->edition;
    const double **columns = arena_array(scratch, e->items.n, const double *);
    struct frame frame;
    m->derived = arena_array(mem, e->items.n, bool);
    m->estimated = arena_array(mem, e->items.n, bool);
    m->derivations = arena_array(mem, e->n_derivations, const struct derivation *);
    m->n_derivations = 0;
    fill_frame(m, columns, &frame);
    for (size_t d = 0; d < e->n_derivations; d++) {
        const struct derivation *const derivation = &e->derivations[d];
        if ((needed && !needed[derivation->item]) || expression_hopeless(derivation->formula, &frame) ||
            (derivation->when && expression_hopeless(derivation->when, &frame)))
            continue;
        m->derivations[m->n_derivations++] = derivation;
        m->derived[derivation->item] = true;
        columns[derivation->item] = frame.builtin[0]; /* some column */
        size_t n = 0;
        const uint16_t *const spoken = expression_items(derivation->formula, &n);
        bool estimate = derivation->estimate;
        for (size_t i = 0; i < n; i++)
            estimate |= m->estimated[spoken[i]];
        m->estimated[derivation->item] |= estimate;
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

/* The rules in force, and what takes the place of their values. */
static void list_rules(struct method *m, struct arena *mem)
{
    const struct edition *const e = m->edition;
    m->rules = arena_array(mem, e->n_rules, struct method_rule);
    for (size_t i = 0; i < e->n_rules; i++) {
        const struct rule *const rule = &e->rules[i];
        const struct relaxation *const r = relaxation_of(m->request, rule->id, -1);
        if (!rule->off || r)
            m->rules[m->n_rules++] = (struct method_rule){ .rule = rule, .value = r && r->formula ? r->formula : rule->value };
    }
}

static bool hopeless(const struct expression *e, const struct frame *frame)
{
    return !e || expression_hopeless(e, frame);
}

static void look_into_rules(struct method *m, struct arena *mem, struct arena *scratch)
{
    const struct edition *const e = m->edition;
    const double **columns = arena_array(scratch, e->items.n, const double *);
    double *county = arena_array(scratch, e->items.n, double), *alone = arena_array(scratch, e->items.n, double);
    struct frame frame;
    fill_frame(m, columns, &frame);
    method_county_figures(m, &(struct county_year){ .year = 1 }, alone);
    m->merged = arena_array(mem, e->items.n, bool);
    for (size_t k = 0; k < m->n_rules; k++) {
        struct method_rule *made = &m->rules[k];
        const struct rule *const rule = made->rule;
        frame.county = county;
        made->hopeless = hopeless(made->value, &frame);
        made->silent = made->hopeless && hopeless(rule->also, &frame) && hopeless(rule->not_applicable, &frame);
        frame.county = alone;
        made->hopeless_alone = hopeless(made->value, &frame);
        made->silent_alone = made->hopeless_alone && hopeless(rule->also, &frame) &&
                             hopeless(rule->not_applicable, &frame);
        made->excused_by_sums = rule->not_applicable &&
                                expression_hopeless(rule->not_applicable, &(struct frame){ .n = 1, .county = county });
        made->mask_needs_county = speaks_of_county(&e->items, rule->where);
        if (rule->scope != SCOPE_SCHOOL)
            continue;
        made->needs_county = made->mask_needs_county || speaks_of_county(&e->items, made->value) ||
                             speaks_of_county(&e->items, rule->also) ||
                             speaks_of_county(&e->items, rule->not_applicable);
        need_items(m->merged, rule->where);
        need_items(m->merged, made->value);
        need_items(m->merged, rule->also);
        need_items(m->merged, rule->not_applicable);
    }
}

/* Whether a formula speaks of share_primary or share_junior, its text tells. */
static bool speaks_of_shares(const struct expression *e)
{
    return e && text_find(expression_source(e), TEXT("share_"), NULL);
}

static bool find_shares(const struct method *m)
{
    for (size_t d = 0; d < m->n_derivations; d++)
        if (speaks_of_shares(m->derivations[d]->formula) || speaks_of_shares(m->derivations[d]->when))
            return true;
    for (size_t a = 0; a < m->n_amounts; a++)
        if (speaks_of_shares(m->amounts[a]))
            return true;
    for (size_t k = 0; k < m->n_rules; k++) {
        const struct rule *const rule = m->rules[k].rule;
        if (speaks_of_shares(rule->where) || speaks_of_shares(m->rules[k].value) || speaks_of_shares(rule->also) ||
            speaks_of_shares(rule->not_applicable))
            return true;
    }
    return false;
}

struct method *method_new(const struct returns *returns, const struct assess_request *request, struct arena *mem)
{
    struct method *m = arena_make(mem, struct method);
    struct arena *scratch = arena_new("method");
    m->edition = request->edition;
    m->returns = returns;
    m->request = request;
    const uint16_t host = m->edition->items.host_school_code;
    m->campuses = host != NO_ITEM && returns->text[host];
    find_kinds(m, mem);
    find_levels(m);
    list_rules(m, mem);
    find_derivations(m, NULL, mem, scratch);
    look_into_rules(m, mem, scratch);
    find_derivations(m, find_needed(m, scratch), mem, scratch);
    m->shares_used = find_shares(m);
    arena_free(&scratch);
    return m;
}
