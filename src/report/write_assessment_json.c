#include "report/compose_county.h"
#include "report/compose_needs.h"
#include "report/words.h"
#include "report/write_assessment.h"
#include "report/write_findings_list.h"

static void begin(struct out *out, const struct assessment_view *view)
{
    json_object(out, NULL);
    json_text(out, "edition", view->edition->id);
    json_array(out, "counties");
}

/* true, false; null where it is undecided, or nothing is asked. */
static void write_met(struct out *out, const char *key, enum state met)
{
    if (met == STATE_MET || met == STATE_BELOW)
        json_bool(out, key, met == STATE_MET);
    else
        json_null(out, key);
}

static void write_cv(struct out *out, const struct stage_assessment *s, size_t i, const struct level *level, bool words,
                     struct arena *scratch)
{
    const struct cv_result *cv = &s->cv[i];
    json_object(out, NULL);
    json_text(out, "id", level->id);
    json_text(out, "name", level->zh);
    json_number(out, "threshold", level->at_least);
    json_number(out, "mean", cv->mean);
    json_number(out, "sd", cv->sd);
    json_number(out, "cv", cv->cv);
    json_number(out, "cv_limit", level->cv_limit);
    write_met(out, "cv_met", cv->met);
    json_number(out, "cv_low", cv->low);
    json_number(out, "cv_high", cv->high);
    if (cv->close)
        json_bool(out, "close", true);
    json_number(out, "units_met", (double)cv->units_met);
    json_number(out, "units_near", (double)cv->units_near);
    json_number(out, "units_below", (double)cv->units_below);
    json_number(out, "units_missing", (double)cv->units_missing);
    if (words)
        json_text(out, "cv_words", text_printf(scratch, "%.*s。", TEXT_ARG(compose_cv_words(scratch, s, i, level))));
    json_end(out);
}

static void write_stage(struct out *out, const struct edition *edition, const struct stage_assessment *s, bool words,
                        struct arena *scratch)
{
    const struct stage_rule *rule = &edition->stages[s->stage];
    json_object(out, NULL);
    json_text(out, "stage", stage_code(s->stage));
    json_number(out, "units", (double)s->n);
    json_number(out, "pupils", s->pupils);
    json_number(out, "units_passing", (double)s->passing);
    json_number(out, "combined_cv", s->combined_cv);
    json_number(out, "combined_cv_limit", rule->combined_cv_limit);
    write_met(out, "combined_cv_met", s->combined_met);
    json_text(out, "verdict", verdict_code(s->verdict));
    json_array(out, "indicators");
    for (size_t i = 0; i < s->n_levels; i++)
        write_cv(out, s, i, &rule->levels[i], words, scratch);
    json_end(out);
    json_end(out);
}

static struct text kind_code(enum rule_kind kind)
{
    static const struct text CODES[] = {
        [RULE_GOVERNMENT] = TEXT("government"),     [RULE_QUALITY] = TEXT("quality"),
        [RULE_RECOGNITION] = TEXT("recognition"),   [RULE_PRECONDITION] = TEXT("precondition"),
        [RULE_VETO] = TEXT("veto"),                 [RULE_SHOWN] = TEXT("shown"),
    };
    return CODES[kind];
}

static void write_rule(struct out *out, const struct assessment *a, size_t county, const struct rule_result *r, bool words,
                       struct arena *scratch)
{
    const struct rule *rule = r->rule;
    json_object(out, NULL);
    json_text(out, "id", rule->id);
    json_text(out, "name", rule->zh);
    json_text(out, "kind", kind_code(rule->kind));
    json_number(out, "value", r->value);
    json_number(out, "threshold", rule->compare == COMPARE_NONE ? BLANK : rule->threshold);
    json_text(out, "state", verdict_code(r->state));
    if (r->close)
        json_bool(out, "close", true);
    if (rule->scope == SCOPE_SCHOOL && rule->value) {
        json_number(out, "schools", (double)r->schools);
        json_number(out, "failing", (double)r->failing);
        json_number(out, "unknown", (double)r->unknown);
        if (r->failing_rows) {
            json_array(out, "failing_schools");
            for (size_t i = 0; i < r->failing; i++)
                json_text(out, NULL, returns_text(a->returns, r->failing_rows[i], a->returns->items->school_code));
            json_end(out);
        }
    }
    if (words)
        json_text(out, "words", text_printf(scratch, "%.*s。", TEXT_ARG(compose_rule_words(scratch, a, county, r))));
    json_end(out);
}

static double at_unit(const double *column, size_t unit)
{
    return column ? column[unit] : BLANK;
}

static void write_unit(struct out *out, const struct assessment *a, const struct stage_assessment *s, size_t u, struct arena *scratch)
{
    const struct stage_rule *rule = &a->edition->stages[s->stage];
    const enum state verdict = s->unit_verdict[u];
    json_object(out, NULL);
    json_text(out, "school", returns_text(a->returns, s->row[u], a->returns->items->school_code));
    json_text(out, "name", returns_text(a->returns, s->row[u], a->returns->items->school_name));
    json_text(out, "stage", stage_code(s->stage));
    json_number(out, "pupils", s->unit_pupils[u]);
    json_text(out, "verdict", verdict_code(verdict));
    json_text(out, "verdict_words", compose_unit_verdict(scratch, verdict, s->unit_met[u], s->n_levels));
    json_number(out, "met", s->unit_met[u]);
    json_array(out, "indicators");
    for (size_t i = 0; i < s->n_levels; i++) {
        json_object(out, NULL);
        json_text(out, "id", rule->levels[i].id);
        json_number(out, "value", s->value[i][u]);
        json_text(out, "state", state_code(s->state[i][u]));
        if (s->close[i][u])
            json_bool(out, "close", true);
        if (s->estimated[i] && s->estimated[i][u])
            json_bool(out, "estimated", true);
        json_number(out, "missing", at_unit(s->missing[i], u));
        json_number(out, "missing_to_floor", at_unit(s->missing_to_floor[i], u));
        json_number(out, "cv_share", at_unit(s->share[i], u));
        json_end(out);
    }
    json_end(out);
    json_end(out);
}

/* The units of all stages by school, then stage: each stage is in the order of rows, and rows stand by code. */
static void write_units(struct out *out, const struct assessment *a, const struct county_assessment *c, struct arena *scratch)
{
    size_t at[N_EVALUATED] = { 0 };
    json_array(out, "units");
    for (;;) {
        const struct stage_assessment *next = NULL;
        size_t unit = 0;
        for (size_t s = 0; s < c->n_stages; s++)
            if (at[s] < c->stages[s].n && (!next || c->stages[s].row[at[s]] < next->row[unit])) {
                next = &c->stages[s];
                unit = at[s];
            }
        if (!next)
            break;
        at[next - c->stages]++;
        const struct arena_mark mark = arena_mark(scratch);
        write_unit(out, a, next, unit, scratch);
        arena_rewind(scratch, mark);
    }
    json_end(out);
}

static void write_blocks(struct out *out, const struct blocks *blocks)
{
    json_array(out, "blocking");
    for (size_t i = 0; i < blocks->n; i++) {
        const struct block *b = &blocks->at[i];
        json_object(out, NULL);
        json_text(out, "id", b->id);
        if (b->stage >= 0)
            json_text(out, "stage", stage_code((enum stage)b->stage));
        json_text(out, "state", verdict_code(b->state));
        json_text(out, "words", b->words);
        json_end(out);
    }
    json_end(out);
}

static void write_figure(struct out *out, const char *key, const struct item *item, double value, struct text text)
{
    if (item->type == ITEM_TEXT)
        json_text(out, key, text);
    else if (item->type == ITEM_ENUM && value >= 1 && value <= (double)item->n_values)
        json_text(out, key, item->values[(size_t)value - 1].code);
    else
        json_number(out, key, value);
}

static void write_what_if(struct out *out, const struct assessed *part, size_t county, struct arena *scratch)
{
    const struct assessment *a = part->assessment;
    const struct what_if *w = part->what_if;
    const struct county_assessment *before = &w->before->counties[county];
    json_object(out, "what_if");
    json_array(out, "changes");
    for (size_t i = 0; i < w->n; i++) {
        const struct change *c = &w->changes[i];
        const struct item *item = &a->edition->items.at[c->item];
        if (c->county != county)
            continue;
        json_object(out, NULL);
        if (c->school.size)
            json_text(out, "school", c->school);
        json_text(out, "item", item->code);
        write_figure(out, "before", item, c->before, c->before_text);
        write_figure(out, "after", item, c->after, c->after_text);
        json_end(out);
    }
    json_end(out);
    json_text(out, "verdict_before", verdict_code(before->verdict));
    json_array(out, "stages_before");
    for (size_t s = 0; s < before->n_stages; s++)
        write_stage(out, a->edition, &before->stages[s], false, scratch);
    json_end(out);
    size_t n;
    const struct text *effects = compose_effects(scratch, a, w, county, &n);
    json_array(out, "effects");
    for (size_t i = 0; i < n; i++)
        json_text(out, NULL, effects[i]);
    json_end(out);
    json_end(out);
}

static void write_county(struct out *out, const struct assessment_view *view, const struct assessed *part, size_t county,
                         struct arena *scratch)
{
    const struct assessment *a = part->assessment;
    const struct county_assessment *c = &a->counties[county];
    json_object(out, NULL);
    json_text(out, "county", c->county->code);
    json_text(out, "name", c->county->name);
    json_number(out, "year", c->county->year);
    json_text(out, "verdict", verdict_code(c->verdict));
    json_array(out, "stages");
    for (size_t s = 0; s < c->n_stages; s++)
        write_stage(out, a->edition, &c->stages[s], view->units, scratch);
    json_end(out);
    json_array(out, "county_indicators");
    for (size_t i = 0; i < c->n_rules; i++)
        write_rule(out, a, county, &c->rules[i], view->units, scratch);
    json_end(out);
    if (view->units)
        write_units(out, a, c, scratch);
    if (c->n_sets) {
        json_array(out, "sets");
        for (size_t i = 0; i < c->n_sets; i++) {
            json_object(out, NULL);
            json_text(out, "by", c->sets[i].by);
            json_text(out, "name", c->sets[i].name);
            json_array(out, "stages");
            for (size_t s = 0; s < c->sets[i].n_stages; s++)
                write_stage(out, a->edition, &c->sets[i].stages[s], view->units, scratch);
            json_end(out);
            json_end(out);
        }
        json_end(out);
    }
    if (view->units) {
        const struct blocks blocks = compose_blocks(scratch, a, county);
        json_text(out, "sentence", compose_county_sentence(scratch, c, &blocks));
        write_blocks(out, &blocks);
    }
    if (part->what_if)
        write_what_if(out, part, county, scratch);
    json_end(out);
}

static void part(struct out *out, const struct assessment_view *view, const struct assessed *p, struct arena *scratch)
{
    for (size_t c = 0; c < p->assessment->n_counties; c++) {
        const struct arena_mark mark = arena_mark(scratch);
        write_county(out, view, p, c, scratch);
        arena_rewind(scratch, mark);
    }
}

static void end(struct out *out, const struct assessment_view *view, const struct findings *findings, struct arena *scratch)
{
    json_end(out);
    json_array(out, "relaxations");
    for (size_t i = 0; i < view->n_relaxations; i++) {
        json_object(out, NULL);
        json_text(out, "id", view->relaxations[i].relaxation->id);
        json_text(out, "name", view->relaxations[i].relaxation->zh);
        json_text(out, "document", view->relaxations[i].document);
        json_text(out, "date", view->relaxations[i].date);
        json_end(out);
    }
    json_end(out);
    findings_as_json(out, "findings", findings, scratch);
    if (findings->dropped)
        json_number(out, "findings_dropped", (double)findings->dropped);
    json_end(out);
    out_byte(out, '\n');
}

const struct assessment_writer assessment_as_json = { begin, part, end };
