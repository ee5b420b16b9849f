#include "indicator/official.h"

#include "indicator/rules.h"

/* The figures as rules that decide nothing, so that the engine fills in what they rest on (told from
 * other items, campuses merged) as it does for the edition's own. */
static const struct edition *with_figures(const struct official_form *form, struct arena *mem)
{
    struct edition *edition = arena_copy(mem, form->edition, sizeof *edition);
    edition->rules = arena_array(mem, form->n_figures, struct rule);
    edition->n_rules = form->n_figures;
    for (size_t i = 0; i < form->n_figures; i++) {
        const struct official_figure *figure = &form->figures[i];
        edition->rules[i] = (struct rule){
            .id = figure->id, .plain = figure->id, .kind = RULE_SHOWN,
            .scope = figure->scope == OFFICIAL_COUNTY ? SCOPE_COUNTY : SCOPE_SCHOOL,
            .where = figure->where, .value = figure->value, .threshold = BLANK, .judged = NO_ITEM,
        };
    }
    return edition;
}

/* Over the schools that count, campuses left to their hosts; what is not known leaves a blank. */
static double sum_of_schools(const struct official_figure *figure, struct frame *merged, const struct workings *w,
                             double *value, double *where)
{
    const size_t n = w->n;
    double sum = 0.0;
    expression_eval(figure->value, merged, 0, n, value);
    if (figure->where)
        expression_eval(figure->where, merged, 0, n, where);
    for (size_t i = 0; i < n; i++) {
        if (w->root[i] != i || (figure->where && where[i] == 0.0))
            continue;
        sum += figure->where && is_blank(where[i]) ? BLANK : value[i];
    }
    return sum;
}

void official_work_out(const struct official_form *form, const struct assessment *assessment, size_t county,
                       struct arena *mem, struct official_values *out)
{
    struct arena *scratch = arena_new("official");
    const struct county_year *c = assessment->counties[county].county;
    const struct assess_request request = {
        .edition = with_figures(form, scratch), .relaxations = assessment->relaxations,
        .n_relaxations = assessment->n_relaxations, .by = NO_ITEM,
    };
    const size_t n = c->n, items = form->edition->items.n;
    const struct method *method = method_new(assessment->returns, &request, scratch);
    struct workings *w = workings_new(method, n, scratch);
    struct rulings *rulings = rulings_new(method, n, scratch);
    double *figures = arena_array(scratch, items, double), *value = arena_array(scratch, n, double);
    double *where = arena_array(scratch, n, double);
    workings_load(w, n ? c->first : 0, n);
    rulings_load(rulings, w);
    method_county_figures(method, c, figures);
    struct frame merged = *rulings_merged(rulings);
    merged.county = figures;
    out->county = arena_array(mem, form->n_figures, double);
    out->unit = arena_array(mem, form->n_figures, double *);
    for (size_t i = 0; i < form->n_figures; i++) {
        const struct official_figure *figure = &form->figures[i];
        struct rule_result result;
        out->county[i] = BLANK;
        switch (figure->scope) {
        case OFFICIAL_COUNTY:
            rulings_judge_one(rulings, i, c, figures, 0, n, &result, scratch);
            out->county[i] = result.value;
            break;
        case OFFICIAL_SCHOOLS:
            out->county[i] = n ? sum_of_schools(figure, &merged, w, value, where) : BLANK;
            break;
        case OFFICIAL_UNIT:
            out->unit[i] = arena_array(mem, n, double);
            expression_eval(figure->value, &merged, 0, n, out->unit[i]);
            break;
        }
    }
    arena_free(&scratch);
}
