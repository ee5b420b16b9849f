/* compose_rule — one of the 32 that is no resource, a precondition, a veto: compose_indicator.h. */
#include "report/compose_indicator.h"

#include "report/compose_figures.h"
#include "report/say.h"
#include "report/say_assessed.h"
#include "report/say_formula.h"

static const struct rule_result *result_of(const struct county_assessment *county, const struct rule *rule)
{
    for (size_t i = 0; i < county->n_rules; i++)
        if (county->rules[i].rule == rule || text_equal(county->rules[i].rule->id, rule->id))
            return &county->rules[i];
    return NULL;
}

static struct rule_school *list_schools(const struct composing *c, const struct rule *rule, const uint32_t *rows, size_t n, bool blanks_too,
                                        size_t *n_out)
{
    const uint16_t township = c->assessment->returns->items->township;
    struct rule_school *schools = arena_array(c->mem, rows ? n : 0, struct rule_school);
    *n_out = 0;
    for (size_t i = 0; rows && i < n; i++)
        if (composing_visible(c, rows[i]))
            schools[(*n_out)++] = (struct rule_school){
                rows[i], composing_code(c, rows[i]), composing_name(c, rows[i]),
                township == NO_ITEM ? TEXT("") : returns_text(c->assessment->returns, rows[i], township),
                compose_rule_figures(c, rows[i], rule, blanks_too)
            };
    return schools;
}

static void list_years(const struct composing *c, const struct rule *rule, struct rule_part *part)
{
    const struct county_assessment *years[MOST_YEARS];
    const size_t n = composing_years(c, years);
    for (size_t y = 0; y < n; y++) {
        const struct rule_result *r = result_of(years[y], rule);
        if (r)
            part->years[part->n_years++] = (struct rule_year){ years[y]->county->year, say_year(c->mem, years[y]->county->year, c->english),
                                                               say_rule_value(c, r), r->value, r->state };
    }
}

static struct rule_part make_part(const struct composing *c, const struct rule_result *r)
{
    const struct edition *e = c->assessment->edition;
    const struct rule *rule = r->rule;
    struct rule_part part = { .id = rule->id, .name = say_rule_name(e, rule, c->english), .clause = rule->clause, .formula = rule->formula,
                              .definition = rule->formula.size ? say_formula(c->mem, e, rule->formula, c->english) : TEXT(""),
                              .value_words = say_rule_value(c, r), .limit_words = say_rule_limit(c, rule), .words = say_rule_short(c, r),
                              .value = r->value, .threshold = rule->threshold, .state = r->state, .state_words = say_state(r->state, c->english),
                              .close = r->close, .shown_only = rule->kind == RULE_SHOWN, .schools = r->schools, .failing = r->failing,
                              .unknown = r->unknown };
    list_years(c, rule, &part);
    if (rule->scope == SCOPE_SCHOOL) {
        part.failing_schools = list_schools(c, rule, r->failing_rows, r->failing, false, &part.n_failing);
        part.unknown_schools = list_schools(c, rule, r->unknown_rows, r->unknown, true, &part.n_unknown);
    }
    return part;
}

/* The parts that are not met, or all where all are. */
static struct text rule_sentence(const struct composing *c, const struct rule_view *v)
{
    struct buf out = { .mem = c->mem };
    buf_printf(&out, c->english ? "%.*s: %.*s." : "%.*s：%.*s。", TEXT_ARG(v->name), TEXT_ARG(say_state(v->mark.state, c->english)));
    size_t deciding = 0;
    for (size_t i = 0; i < v->n_parts; i++)
        deciding += !v->parts[i].shown_only;
    for (size_t i = 0; i < v->n_parts; i++) {
        const struct rule_part *p = &v->parts[i];
        if (p->shown_only || p->state != v->mark.state || text_equal(p->words, p->state_words))
            continue;
        if (deciding > 1)
            buf_printf(&out, c->english ? " %.*s: %.*s." : "%.*s：%.*s。", TEXT_ARG(p->name), TEXT_ARG(p->words));
        else
            buf_printf(&out, c->english ? " %.*s." : "%.*s。", TEXT_ARG(p->words));
    }
    return buf_text(&out);
}

struct rule_view *compose_rule(const struct composing *c, struct text plain)
{
    const struct edition *e = c->assessment->edition;
    const struct county_assessment *county = composing_county(c);
    struct rule_view *v = arena_make(c->mem, struct rule_view);
    const struct rule *first = NULL;
    v->parts = arena_array(c->mem, county->n_rules, struct rule_part);
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule *rule = county->rules[i].rule;
        if (!text_equal(rule->plain, plain))
            continue;
        if (!first || (first->kind == RULE_SHOWN && rule->kind != RULE_SHOWN))
            first = rule;
        v->parts[v->n_parts++] = make_part(c, &county->rules[i]);
    }
    if (!first)
        return NULL;
    v->id = plain;
    v->mark = compose_rule_mark(c, plain, first->kind);
    v->name = v->mark.name;
    v->whole_name = c->english && first->en.size ? first->en : first->zh;
    v->clause = first->clause;
    v->edition = e->id;
    v->documents = e->documents;
    for (size_t i = 0; i < e->n_indicators; i++)
        if (text_equal(e->indicators[i].id, plain)) {
            v->whole_name = c->english && e->indicators[i].en.size ? e->indicators[i].en : e->indicators[i].zh;
            v->clause = e->indicators[i].clause;
        }
    v->sentence = rule_sentence(c, v);
    return v;
}
