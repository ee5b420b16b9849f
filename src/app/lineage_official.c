/* Figures that the official tables ask for and that are no indicator (official_figures.csv): sums over the schools, formulas of
 * the county, figures of one school. */
#include "app/lineage_walk.h"

#include "app/formula_words.h"
#include "indicator/official.h"
#include "model/official.h"
#include "report/say.h"

/* 「申报表 表Ⅲ 第 4 列」: where it is printed first is what people call it by. */
static struct text place_of(struct walk *w, const struct official_form *form, size_t figure)
{
    for (size_t s = 0; s < form->n_sheets; s++)
        for (size_t c = 0; c < form->sheets[s].n; c++) {
            const struct official_cell *const cell = &form->sheets[s].cells[c];
            for (size_t p = 0; p < cell->n; p++)
                if (cell->pieces[p].fill && cell->pieces[p].which == figure &&
                    (cell->pieces[p].kind == FILL_FIGURE || cell->pieces[p].kind == FILL_UNIT_FIGURE))
                    return text_printf(w->mem, w->english ? "Official table %.*s, column %u" : "申报表 %.*s 第 %u 列",
                                       TEXT_ARG(form->sheets[s].label), cell->column);
        }
    return text_printf(w->mem, w->english ? "Official figure %.*s" : "申报表的数 %.*s", TEXT_ARG(form->figures[figure].id));
}

/* The figure as a rule that decides nothing, as it was worked out. */
static struct rule as_rule(const struct official_figure *figure)
{
    return (struct rule){ .id = figure->id, .plain = figure->id, .kind = RULE_SHOWN,
                          .scope = figure->scope == OFFICIAL_COUNTY ? SCOPE_COUNTY : SCOPE_SCHOOL,
                          .where = figure->where, .value = figure->value, .threshold = BLANK, .judged = NO_ITEM };
}

static void add_number(struct walk *w, struct text label, const struct lineage_key *key, double value)
{
    struct lineage_step *const step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = label;
    step->key = walk_key(w, *key);
    step->value = value;
    step->words = is_blank(value) ? say_blank(w->english) : formula_figure(w->mem, value, w->lang);
}

/* A sum over whole schools, campuses merged into their hosts. */
static void add_schools(struct walk *w, const struct rule *rule)
{
    const struct county_year *const c = w->county->county;
    struct lineage_step *step = walk_step(w, 1, LINEAGE_FORMULA);
    size_t hidden = 0;
    double rest = 0;
    step->label = walk_either(w, "计入的学校合计，校区并入主校", "Sum over the schools that count, campuses merged into their hosts");
    step->words = formula_words(w->mem, &w->edition->items, expression_source(rule->value), NULL, NULL, w->lang);
    if (rule->where) {
        step = walk_step(w, 1, LINEAGE_NOTE);
        step->words = text_printf(w->mem, w->english ? "Counted: schools with %.*s" : "计入的学校：%.*s",
                                  TEXT_ARG(formula_words(w->mem, &w->edition->items, expression_source(rule->where), NULL, NULL, w->lang)));
    }
    walk_heading(w, 1, walk_either(w, "各校", "Schools"));
    for (size_t row = c->first; row < c->first + c->n; row++) {
        if (told_host(w->told, row) != row || told_counts(w->told, rule, row) == 0)
            continue;
        const double value = told_eval(w->told, rule->value, row, true);
        if (!walk_visible(w, row)) {
            hidden++;
            rest += value;
            continue;
        }
        step = walk_step(w, 2, LINEAGE_NUMBER);
        step->label = composing_name(&w->composing, row);
        step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_OFFICIAL, .id = rule->id, .school = composing_code(&w->composing, row) });
        step->value = value;
        step->words = is_blank(value) ? say_blank(w->english) : formula_figure(w->mem, value, w->lang);
    }
    if (!hidden)
        return;
    step = walk_step(w, 2, LINEAGE_REST);
    step->label = text_printf(w->mem, w->english ? "%zu other schools" : "其他 %zu 所学校", hidden);
    step->value = rest;
    step->words = formula_figure(w->mem, rest, w->lang);
}

/* What one school has, or brings to the sums of the county's formula. */
static bool walk_school_figure(struct walk *w, const struct official_form *form, size_t figure, const struct lineage_key *key, struct err *err)
{
    enum { MOST_SUMS = 8 };
    const struct rule rule = as_rule(&form->figures[figure]);
    const bool merged = rule.scope == SCOPE_SCHOOL;
    struct text sums[MOST_SUMS];
    size_t row;
    if (!walk_school(w, key->school, &row, err))
        return false;
    const struct text label = text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(composing_name(&w->composing, row)), TEXT_ARG(place_of(w, form, figure)));
    add_number(w, label, key, merged ? told_eval(w->told, rule.value, row, true) : BLANK);
    if (merged)
        walk_school_formula(w, expression_source(rule.value), row, true);
    const size_t n = merged ? 0 : formula_sums(expression_source(rule.value), sums, MOST_SUMS);
    for (size_t i = 0; i < n; i++)
        walk_school_formula(w, formula_inside(sums[i]), row, false);
    return (!rule.where || walk_school_items(w, rule.where, row, merged, err)) && walk_school_items(w, rule.value, row, merged, err);
}

bool walk_official(struct walk *w, const struct lineage_key *key, struct err *err)
{
    const struct official_form *const form = house_official(w->request->house);
    size_t figure = 0;
    while (form && figure < form->n_figures && !text_equal(form->figures[figure].id, key->id))
        figure++;
    if (!form || figure == form->n_figures)
        return err_set(err, ERR_ABSENT, "申报表里没有 %.*s 这个数。", TEXT_ARG(key->id));
    if (key->school.size)
        return walk_school_figure(w, form, figure, key, err);
    const struct rule rule = as_rule(&form->figures[figure]);
    struct official_values values;
    if (form->figures[figure].scope == OFFICIAL_UNIT)
        return err_set(err, ERR_ABSENT, "“%.*s”是一所学校的数，键里要有学校代码。", TEXT_ARG(key->id));
    official_work_out(form, w->snapshot->assessment, w->composing.year, w->mem, &values);
    add_number(w, place_of(w, form, figure), key, values.county[figure]);
    if (form->figures[figure].scope == OFFICIAL_COUNTY)
        return walk_county_formula(w, LINEAGE_OF_OFFICIAL, &rule, rule.value, values.county[figure], err);
    add_schools(w, &rule);
    return true;
}
