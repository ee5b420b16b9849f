#include "indicator/told.h"

struct told *told_county(const struct returns *returns, size_t county, const struct assess_request *request, struct arena *mem)
{
    struct told *t = arena_make(mem, struct told);
    const struct county_year *const c = &returns->counties[county];
    t->method = method_new(returns, request, mem);
    t->county = c;
    t->w = workings_new(t->method, c->n, mem);
    workings_note_told(t->w, mem);
    workings_load(t->w, c->first, c->n);
    t->rulings = rulings_new(t->method, c->n, mem);
    rulings_load(t->rulings, t->w);
    t->figures = arena_array(mem, request->edition->items.n, double);
    t->mask = arena_array(mem, c->n, double);
    method_county_figures(t->method, c, t->figures);
    return t;
}

struct told_figure told_school(const struct told *t, size_t row, uint16_t item)
{
    const struct workings *const w = t->w;
    const size_t i = row - w->first;
    struct told_figure figure = { .value = w->item[item] ? w->item[item][i] : BLANK };
    if (!is_blank(returns_number(w->returns, row, item)))
        figure.how = TOLD_RETURNED;
    else if (w->by[item] && w->by[item][i])
        figure.how = TOLD_DERIVED;
    else if (!is_blank(figure.value))
        figure.how = TOLD_BY_TYPE;
    if (figure.how == TOLD_DERIVED) {
        figure.by = t->method->derivations[w->by[item][i] - 1];
        figure.estimate = w->estimate[item] && w->estimate[item][i];
    }
    return figure;
}

const struct frame *told_own(const struct told *t, size_t row, size_t *at_out)
{
    *at_out = row - t->w->first;
    return &t->w->frame;
}

const struct frame *told_merged(const struct told *t, size_t row, size_t *at_out)
{
    *at_out = row - t->w->first;
    return rulings_merged(t->rulings);
}

double told_eval(const struct told *t, const struct expression *e, size_t row, bool merged)
{
    struct frame frame = merged ? *rulings_merged(t->rulings) : t->w->frame;
    double value;
    frame.county = t->figures;
    expression_eval(e, &frame, row - t->w->first, 1, &value);
    return value;
}

double told_counts(const struct told *t, const struct rule *rule, size_t row)
{
    return rule->where ? told_eval(t, rule->where, row, rule->scope == SCOPE_SCHOOL) : 1;
}

double told_eval_county(const struct told *t, const struct expression *e, const struct rule *rule)
{
    struct frame frame = t->w->frame;
    frame.county = t->figures;
    if (rule->where)
        expression_eval(rule->where, &frame, 0, frame.n, t->mask);
    return expression_eval_county(e, &frame, rule->where ? t->mask : NULL, t->figures);
}

size_t told_host(const struct told *t, size_t row)
{
    return t->w->first + t->w->root[row - t->w->first];
}

const struct level *told_level(const struct told *t, enum stage stage, size_t level)
{
    return &t->method->stages[stage].level[level];
}

struct told_part *told_parts(const struct told *t, enum stage stage, size_t level, size_t host, struct arena *mem, size_t *n_out)
{
    const struct workings *const w = t->w;
    const double *const all = w->amount[t->method->stages[stage].amount[level]];
    const uint16_t pupils = w->method->edition->pupils[stage];
    const size_t own = host - w->first;
    const bool shared = told_level(t, stage, level)->shared;
    struct told_part *parts = arena_array(mem, w->n, struct told_part);
    size_t n = 0;
    for (int campus = 0; campus <= 1; campus++)
        for (size_t i = 0; i < w->n; i++) {
            if (!w->part[stage][i] || w->root[i] != own || (i != own) != campus)
                continue;
            parts[n++] = (struct told_part){
                .row = (uint32_t)(w->first + i), .pupils = w->item[pupils][i], .whole = all[i],
                .weighted = w->weighted[stage][i], .total = w->total[i],
                .amount = shared ? workings_share(all[i], w->weighted[stage][i], w->total[i]) : all[i] };
        }
    *n_out = n;
    return parts;
}
