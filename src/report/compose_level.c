/* compose_level — the spread of one resource: compose_indicator.h. */
#include "report/compose_indicator.h"

#include "report/say.h"
#include "report/say_assessed.h"
#include "report/say_formula.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

/* ── schools ── */

static size_t area_index(const struct composing *c, uint32_t row)
{
    const uint16_t item = c->assessment->returns->items->area_kind;
    const double value = item == NO_ITEM ? BLANK : returns_number(c->assessment->returns, row, item);
    const size_t n = item == NO_ITEM ? 0 : c->assessment->edition->items.at[item].n_values;
    return value >= 1 && value <= (double)n ? (size_t)value - 1 : n;
}

/* Where shares cannot be said: who has no data first, then by value, the least first. */
static int larger_share(const void *a, const void *b)
{
    const struct level_unit *x = a, *y = b;
    const double share_x = is_blank(x->share) ? -1 : x->share, share_y = is_blank(y->share) ? -1 : y->share;
    if (share_x != share_y)
        return share_x > share_y ? -1 : 1;
    const double value_x = is_blank(x->value) ? -1 : x->value, value_y = is_blank(y->value) ? -1 : y->value;
    if (share_x < 0 && value_x != value_y)
        return value_x < value_y ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static struct level_unit make_unit(const struct composing *c, const struct stage_assessment *s, const struct level *level, size_t l, size_t u)
{
    const uint32_t row = s->row[u];
    const struct item_list *items = c->assessment->returns->items;
    struct level_unit out = { .row = row, .code = composing_code(c, row), .name = composing_name(c, row),
                              .area = composing_choice(c, row, items->area_kind), .area_at = area_index(c, row), .pupils = s->unit_pupils[u],
                              .value = s->value[l][u], .share = s->share[l] ? s->share[l][u] : BLANK, .running = BLANK,
                              .state = (enum state)s->state[l][u], .close = s->close[l][u] != 0,
                              .estimated = s->estimated[l] && s->estimated[l][u] };
    if (items->township != NO_ITEM)
        out.township = returns_text(c->assessment->returns, row, items->township);
    out.above = out.value > s->cv[l].mean;
    out.pupils_words = say_number(c->mem, out.pupils, c->english);
    out.value_words = say_value(c->mem, out.value, level, out.state, c->english);
    out.state_words = say_state(out.state, c->english);
    if (!is_blank(out.share))
        out.share_words = say_share(c->mem, out.share, c->english);
    return out;
}

static void list_units(const struct composing *c, const struct stage_assessment *s, const struct level *level, size_t l, struct level_view *v)
{
    size_t n = 0;
    double running = 0;
    struct level_unit *units = v->units = arena_array(c->mem, s->n, struct level_unit);
    v->least = v->greatest = BLANK;
    for (size_t u = 0; u < s->n; u++) {
        units[u] = make_unit(c, s, level, l, u);
        v->least = fmin(v->least, units[u].value); /* fmin and fmax pass a blank over */
        v->greatest = fmax(v->greatest, units[u].value);
    }
    qsort(units, s->n, sizeof *units, larger_share);
    for (size_t u = 0; u < s->n; u++) {
        if (!is_blank(units[u].share)) {
            running += units[u].share;
            units[u].running = fmin(1, running);
            units[u].running_words = text_printf(c->mem, "%.0f%%", units[u].running * 100);
        }
        if (composing_visible(c, units[u].row))
            units[n++] = units[u];
    }
    v->n_units = n;
}

/* ── town and country ── */

static void split_areas(const struct composing *c, const struct stage_assessment *s, size_t l, struct level_view *v)
{
    const uint16_t item = c->assessment->returns->items->area_kind;
    const struct item *of = item == NO_ITEM ? NULL : &c->assessment->edition->items.at[item];
    const size_t kinds = of ? of->n_values + 1 : 1;
    struct level_area *areas = v->areas = arena_array(c->mem, kinds, struct level_area);
    double *amount = arena_array(c->mem, kinds, double), *counted = arena_array(c->mem, kinds, double);
    size_t *placed = arena_array(c->mem, kinds, size_t);
    for (size_t k = 0; k < kinds; k++)
        areas[k] = (struct level_area){ .name = k + 1 < kinds ? c->english ? of->values[k].code : of->values[k].zh
                                                : c->english ? TEXT("not said") : words_set(TEXT("")),
                                        .least = BLANK, .greatest = BLANK };
    for (size_t u = 0; u < s->n; u++) {
        struct level_area *a = &areas[area_index(c, s->row[u])];
        const size_t at = (size_t)(a - areas);
        const enum state state = (enum state)s->state[l][u];
        const double value = s->value[l][u], pupils = s->unit_pupils[u];
        a->schools++;
        a->met += state == STATE_MET;
        a->near += state == STATE_NEAR;
        a->below += state == STATE_BELOW;
        a->missing += state == STATE_NO_DATA;
        a->pupils += is_blank(pupils) ? 0 : pupils;
        a->least = fmin(a->least, value);
        a->greatest = fmax(a->greatest, value);
        if (!is_blank(value)) { /* the mean is of all resources over all pupils, as the county's */
            amount[at] += value * pupils;
            counted[at] += pupils;
        }
    }
    for (size_t k = 0; k < kinds; k++) {
        struct level_area *a = &areas[k];
        if (!a->schools)
            continue;
        a->mean = counted[k] > 0 ? amount[k] / counted[k] : BLANK;
        a->mean_words = is_blank(a->mean) ? say_blank(c->english) : words_fixed(c->mem, a->mean, 2);
        a->pupils_words = words_count(c->mem, a->pupils);
        placed[k] = v->n_areas;
        areas[v->n_areas++] = *a;
    }
    for (size_t u = 0; u < v->n_units; u++)
        v->units[u].area_at = placed[v->units[u].area_at];
}

/* ── years ── */

static void list_years(const struct composing *c, enum stage stage, struct text id, struct level_view *v)
{
    const struct county_assessment *years[MOST_YEARS];
    const size_t n = composing_years(c, years);
    size_t l;
    const struct level *level = composing_level(c->assessment->edition, stage, id, &l);
    for (size_t y = 0; y < n; y++) {
        const struct stage_assessment *s = composing_stage(years[y], stage);
        if (!s || !s->n)
            continue;
        const struct cv_result *cv = &s->cv[l];
        v->years[v->n_years++] = (struct level_year){
            .year = years[y]->county->year, .words = say_year(c->mem, years[y]->county->year, c->english), .cv = cv->cv, .mean = cv->mean,
            .cv_words = say_cv(c->mem, cv, level->cv_limit, c->english),
            .mean_words = is_blank(cv->mean) ? say_blank(c->english) : words_fixed(c->mem, cv->mean, 2), .state = cv->met, .schools = s->n,
            .met = cv->units_met,
        };
    }
}

/* ── sentences ── */

static struct text level_sentence(const struct composing *c, const struct stage_assessment *s, size_t l, const struct level_view *v)
{
    const size_t short_of = v->near + v->below;
    const struct text cv = say_cv_words(c, s, l), stage = v->stage_name;
    if (is_blank(v->threshold))
        return text_printf(c->mem, c->english ? "%.*s." : "%.*s。", TEXT_ARG(cv));
    if (c->english)
        return text_printf(c->mem, "Below %.*s %.*s: %zu of %zu %.*s schools. %.*s.", TEXT_ARG(v->threshold_words), TEXT_ARG(v->unit), short_of,
                           v->schools, TEXT_ARG(stage), TEXT_ARG(cv));
    if (!short_of)
        return text_printf(c->mem, "%s%.*s都不低于 %.*s %.*s。%.*s。", v->missing ? "有数据的" : "", TEXT_ARG(stage), TEXT_ARG(v->threshold_words),
                           TEXT_ARG(v->unit), TEXT_ARG(cv));
    return text_printf(c->mem, "%zu 所%.*s不到 %.*s %.*s。%.*s。", short_of, TEXT_ARG(stage), TEXT_ARG(v->threshold_words), TEXT_ARG(v->unit),
                       TEXT_ARG(cv));
}

static struct text spread_sentence(const struct composing *c, const struct level_view *v)
{
    enum { TEN = 10 };
    size_t above = 0, n = 0;
    for (; n < v->n_units && n < TEN && v->units[n].share > 0; n++)
        above += v->units[n].above;
    if (n < TEN)
        return TEXT("");
    if (c->english)
        return text_printf(c->mem, "Of the %zu that differ most, %zu lie above the mean and %zu below it.", n, above, n - above);
    if (above == 0 || above == n)
        return text_printf(c->mem, "差异最大的 %zu 所都%s均值。", n, above ? "高于" : "低于");
    return text_printf(c->mem, "差异最大的 %zu 所中，%zu 所高于均值，%zu 所低于均值。", n, above, n - above);
}

struct level_view *compose_level(const struct composing *c, enum stage stage, struct text id)
{
    const struct edition *e = c->assessment->edition;
    const struct stage_assessment *s = composing_stage(composing_county(c), stage);
    size_t l;
    const struct level *level = composing_level(e, stage, id, &l);
    if (!level || !s)
        return NULL;
    const struct cv_result *cv = &s->cv[l];
    struct level_view *v = arena_make(c->mem, struct level_view);
    *v = (struct level_view){
        .stage = stage, .id = level->id, .stage_name = say_stage(stage, c->english), .name = say_level(level, c->english),
        .whole_name = say_level_whole(level, c->english), .unit = say_unit(level->unit, c->english),
        .mean = cv->mean, .threshold = level->at_least, .floor = level->at_least * level->floor, .cv = cv->cv, .limit = level->cv_limit,
        .low = cv->low, .high = cv->high,
        .mean_words = is_blank(cv->mean) ? say_blank(c->english) : words_fixed(c->mem, cv->mean, 2),
        .threshold_words = is_blank(level->at_least) ? TEXT("") : words_count(c->mem, level->at_least),
        .floor_words = is_blank(level->at_least) ? TEXT("") : words_count(c->mem, number_round(level->at_least * level->floor, 6)),
        .cv_words = say_cv(c->mem, cv, level->cv_limit, c->english),
        .limit_words = is_blank(level->cv_limit) ? TEXT("") : words_fixed(c->mem, level->cv_limit, 3), .bounds = say_cv_bounds(c, s, l),
        .state = cv->met, .close = cv->close,
        .schools = s->n, .met = cv->units_met, .near = cv->units_near, .below = cv->units_below, .missing = cv->units_missing,
        .definition = say_level_formula(c->mem, e, stage, level, c->english), .split = say_split(c->mem, e, level, c->english),
        .clause = level->clause, .formula = level->formula, .edition = e->id, .documents = e->documents,
    };
    list_units(c, s, level, l, v);
    split_areas(c, s, l, v);
    list_years(c, stage, id, v);
    v->sentence = level_sentence(c, s, l, v);
    v->second = spread_sentence(c, v);
    const struct stage_rule *rule = &e->stages[stage];
    if (l) {
        v->previous.id = rule->levels[l - 1].id;
        v->previous.name = say_level(&rule->levels[l - 1], c->english);
    }
    if (l + 1 < rule->n_levels) {
        v->next.id = rule->levels[l + 1].id;
        v->next.name = say_level(&rule->levels[l + 1], c->english);
    }
    return v;
}
