/* The report of one township, and that of one indicator. */
#include "report/report_draft.h"

#include "report/say.h"
#include "report/words.h"

/* ── a township ── */

static struct text township_of(const struct draft *d, size_t row)
{
    const uint16_t item = d->c->assessment->returns->items->township;
    return item == NO_ITEM ? TEXT("") : returns_text(d->c->assessment->returns, row, item);
}

static bool stands_in(const struct draft *d, size_t row, struct text township)
{
    return composing_visible(d->c, row) && text_equal(township_of(d, row), township);
}

struct tally { size_t units, passing, failing, unknown; double pupils; };

static struct tally tally_of(const struct draft *d, const struct stage_assessment *s, struct text township)
{
    struct tally t = { 0 };
    for (size_t u = 0; s && u < s->n; u++) {
        if (!stands_in(d, s->row[u], township))
            continue;
        t.units++;
        t.pupils += s->unit_pupils[u];
        t.passing += s->unit_verdict[u] == STATE_MET;
        t.failing += s->unit_verdict[u] == STATE_BELOW;
        t.unknown += s->unit_verdict[u] == STATE_NO_DATA;
    }
    return t;
}

/* A township's number is a part of the county's: it leads to the list of all schools. */
static struct text key_here(const struct draft *d, enum stage stage, int year, struct text township, const char *what)
{
    char *const facet = arena_printf(d->mem, "%.*s-%s", TEXT_ARG(township), what);
    for (char *at = facet; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == '"' || *at == '<')
            *at = '_'; /* a key is one word */
    return key_stage(d, "passing", stage, year, facet);
}

static void township_verdict(struct draft *d, struct text township)
{
    const struct county_assessment *county = composing_county(d->c), *last = composing_before(d->c, 1);
    struct doc_section *s = doc_add(d->doc, TEXT("verdict"), 1, TEXT("结论"));
    for (size_t i = 0; i < county->n_stages; i++) {
        const struct stage_assessment *st = &county->stages[i];
        const struct tally t = tally_of(d, st, township);
        if (!t.units)
            continue;
        struct doc_spans *p = doc_paragraph(d->doc, s);
        FILL(d, p, "{} {} 所、学生 {} 名，{} 所达标", said(say_stage(st->stage, false)),
             fig(count_words(d, t.units), key_here(d, st->stage, d->year, township, "units")),
             fig(say_number(d->mem, t.pupils, false), key_here(d, st->stage, d->year, township, "pupils")),
             fig(count_words(d, t.passing), key_here(d, st->stage, d->year, township, "passing")));
        if (t.failing)
            FILL(d, p, "，{} 所不达标", fig(count_words(d, t.failing), key_here(d, st->stage, d->year, township, "failing")));
        if (t.unknown)
            FILL(d, p, "，{} 所缺数据", fig(count_words(d, t.unknown), key_here(d, st->stage, d->year, township, "unknown")));
        const struct tally before = tally_of(d, composing_stage(last, st->stage), township);
        if (before.units)
            FILL(d, p, "。上年 {} 所中 {} 所达标", fig(count_words(d, before.units), key_here(d, st->stage, last->county->year, township, "units")),
                 fig(count_words(d, before.passing), key_here(d, st->stage, last->county->year, township, "passing")));
        doc_say(d->mem, p, TEXT("。"));
    }
}

static void township_schools(struct draft *d, struct text township)
{
    const struct county_assessment *county = composing_county(d->c);
    struct doc_section *s = doc_add(d->doc, TEXT("schools"), 1, TEXT("各校情况"));
    doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("各校的指标如下，次序与申报表相同。"));
    for (size_t i = 0; i < county->n_stages; i++) {
        const struct stage_assessment *st = &county->stages[i];
        const struct tally tally = tally_of(d, st, township);
        if (!tally.units)
            continue;
        struct doc_table *t = doc_table(d->doc, s, text_printf(d->mem, "units-%.*s", TEXT_ARG(stage_code(st->stage))),
                                        text_printf(d->mem, "%.*s各校七项指标", TEXT_ARG(say_stage(st->stage, false))), 3 + st->n_levels, tally.units + 1, 1);
        doc_put(d->mem, t, 0, 0, DOC_CENTRE, TEXT("学校"));
        doc_put(d->mem, t, 0, 1, DOC_CENTRE, TEXT("学生数"));
        doc_put(d->mem, t, 0, 2 + st->n_levels, DOC_CENTRE, TEXT("结论"));
        t->width[0] = 9;
        t->width[2 + st->n_levels] = 5.5;
        size_t row = 1;
        for (size_t l = 0; l < st->n_levels; l++) {
            const struct level *level = &d->c->assessment->edition->stages[st->stage].levels[l];
            doc_put(d->mem, t, 0, 2 + l, DOC_CENTRE, say_level(level, false));
            t->width[2 + l] = level->at_least >= 1000 ? 5.6 : 4.2; /* 2,179.38 */
        }
        for (size_t u = 0; u < st->n; u++) {
            const struct text code = composing_code(d->c, st->row[u]);
            if (!stands_in(d, st->row[u], township))
                continue;
            doc_put(d->mem, t, row, 0, DOC_LEFT, composing_name(d->c, st->row[u]));
            doc_put_figure(d->mem, t, row, 1, say_number(d->mem, st->unit_pupils[u], false), key_school(d, "pupils", st->stage, code, d->year, NULL));
            for (size_t l = 0; l < st->n_levels; l++) {
                const struct level *level = &d->c->assessment->edition->stages[st->stage].levels[l];
                doc_put_figure(d->mem, t, row, 2 + l, say_value(d->mem, st->value[l][u], level, (enum state)st->state[l][u], false),
                               key_unit(d, "level", st->stage, level->id, code, d->year, NULL));
            }
            doc_put(d->mem, t, row++, 2 + st->n_levels, DOC_CENTRE, say_verdict(d->mem, (enum state)st->unit_verdict[u], st->unit_met[u], st->n_levels, false));
        }
    }
}

static void township_needs(struct draft *d, struct text township)
{
    const struct county_assessment *county = composing_county(d->c);
    struct doc_section *s = doc_add(d->doc, TEXT("needs"), 1, TEXT("没有达标的学校和要补足的资源"));
    size_t n = 0;
    for (size_t i = 0; i < county->n_stages; i++)
        n += draft_unmet_table(d, s, &county->stages[i], township);
    if (!n)
        doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("没有。"));
    for (size_t row = county->county->first; n && row < county->county->first + county->county->n; row++) {
        bool unmet = false;
        for (size_t i = 0; i < county->n_stages; i++) {
            const size_t unit = composing_unit(&county->stages[i], row);
            unmet |= unit != SIZE_MAX && (county->stages[i].unit_verdict[unit] == STATE_BELOW || county->stages[i].unit_verdict[unit] == STATE_NO_DATA);
        }
        if (unmet && stands_in(d, row, township))
            draft_school(d, (uint32_t)row, 2);
    }
}

struct doc *compose_report_township(const struct report_request *request, struct text township)
{
    const struct composing *c = request->c;
    const struct county_year *county = composing_county(c)->county;
    struct draft d = draft_begin(request, draft_title(c->mem, township, "义务教育优质均衡发展情况报告"));
    bool any = false;
    for (size_t row = county->first; row < county->first + county->n; row++)
        any |= stands_in(&d, row, township);
    if (!any || !township.size)
        return NULL;
    township_verdict(&d, township);
    township_schools(&d, township);
    township_needs(&d, township);
    draft_data(&d);
    return d.doc;
}

/* ── an indicator ── */

static void level_changes(struct draft *d, struct doc_section *s, const struct level_view *v)
{
    if (v->n_years < 2)
        return;
    struct doc_table *t = doc_table(d->doc, s, text_printf(d->mem, "years-%.*s", TEXT_ARG(stage_code(v->stage))),
                                    text_printf(d->mem, "%.*s历年情况", TEXT_ARG(v->stage_name)), 5, v->n_years + 1, 1);
    draft_heads(d, t, "学年|学校（所）|达到标准（所）|全县平均|差异系数");
    for (size_t i = 0; i < v->n_years; i++) {
        const struct level_year *y = &v->years[i];
        doc_put(d->mem, t, i + 1, 0, DOC_CENTRE, y->words);
        doc_put_figure(d->mem, t, i + 1, 1, count_words(d, y->schools), key_stage(d, "passing", v->stage, y->year, "units"));
        doc_put_figure(d->mem, t, i + 1, 2, count_words(d, y->met), key_count(d, v->stage, v->id, STATE_MET, y->year));
        doc_put_figure(d->mem, t, i + 1, 3, y->mean_words, key_level(d, "mean", v->stage, v->id, y->year, NULL));
        doc_put_figure(d->mem, t, i + 1, 4, y->cv_words, key_level(d, "cv", v->stage, v->id, y->year, NULL));
    }
}

static void all_units(struct draft *d, struct doc_section *s, const struct level_view *v)
{
    struct doc_table *t = doc_table(d->doc, s, text_printf(d->mem, "units-%.*s", TEXT_ARG(stage_code(v->stage))),
                                    text_printf(d->mem, "%.*s各校（按占差异的多少）", TEXT_ARG(v->stage_name)), 6, v->n_units + 1, 1);
    draft_heads(d, t, "学校|乡镇|学生数|现有|结论|占差异的");
    WIDTHS(t, 12, 6, 5, 6, 6, 6);
    for (size_t i = 0; i < v->n_units; i++) {
        const struct level_unit *u = &v->units[i];
        doc_put(d->mem, t, i + 1, 0, DOC_LEFT, u->name);
        doc_put(d->mem, t, i + 1, 1, DOC_CENTRE, u->township);
        doc_put_figure(d->mem, t, i + 1, 2, u->pupils_words, key_school(d, "pupils", v->stage, u->code, d->year, NULL));
        doc_put_figure(d->mem, t, i + 1, 3, u->value_words, key_unit(d, "level", v->stage, v->id, u->code, d->year, NULL));
        doc_put(d->mem, t, i + 1, 4, DOC_CENTRE, u->state_words);
        doc_put_figure(d->mem, t, i + 1, 5, u->share_words, key_unit(d, "share", v->stage, v->id, u->code, d->year, NULL));
    }
}

static bool levels(struct draft *d, struct text id)
{
    bool any = false;
    for (int stage = 0; stage < N_EVALUATED; stage++) {
        const struct level_view *v = compose_level(d->c, (enum stage)stage, id);
        if (!v)
            continue;
        struct doc_section *s = doc_add(d->doc, text_printf(d->mem, "level-%.*s", TEXT_ARG(stage_code(v->stage))), 1, v->stage_name);
        draft_level(d, s, v);
        if (v->definition.size)
            FILL(d, doc_paragraph(d->doc, s), "算法：{}。{}", said(v->definition), said(v->split));
        doc_chart(d->doc, s, TEXT("spread"), text_printf(d->mem, "%.*s各校%.*s", TEXT_ARG(v->stage_name), TEXT_ARG(v->name)), chart_spread(d->mem, v));
        level_changes(d, s, v);
        all_units(d, s, v);
        any = true;
    }
    return any;
}

static bool rule(struct draft *d, struct text id)
{
    const struct rule_view *v = compose_rule(d->c, id);
    if (!v)
        return false;
    struct doc_section *s = doc_add(d->doc, TEXT("verdict"), 1, TEXT("结论"));
    draft_rule(d, s, v);
    for (size_t i = 0; i < v->n_parts; i++) {
        const struct rule_part *part = &v->parts[i];
        if (!part->definition.size && part->n_years < 2)
            continue;
        struct doc_section *of = doc_add(d->doc, text_printf(d->mem, "part-%.*s", TEXT_ARG(part->id)), 1, part->name);
        if (part->definition.size)
            FILL(d, doc_paragraph(d->doc, of), "算法：{}。", said(part->definition));
        if (part->n_years < 2)
            continue;
        struct doc_table *t = doc_table(d->doc, of, TEXT("years"), text_printf(d->mem, "%.*s历年情况", TEXT_ARG(part->id)), 3, part->n_years + 1, 1);
        draft_heads(d, t, "学年|数值|结论");
        for (size_t y = 0; y < part->n_years; y++) {
            doc_put(d->mem, t, y + 1, 0, DOC_CENTRE, part->years[y].words);
            doc_numbers(d->mem, &doc_at(t, y + 1, 1)->spans, part->years[y].value_words, key_rule(d, part->id, part->years[y].year, NULL), "value");
            doc_put(d->mem, t, y + 1, 2, DOC_CENTRE, say_state(part->years[y].state, false));
        }
    }
    return true;
}

struct doc *compose_report_indicator(const struct report_request *request, struct text id)
{
    const struct composing *c = request->c;
    const struct edition *e = c->assessment->edition;
    struct text name = TEXT("");
    for (size_t i = 0; i < e->n_indicators; i++)
        if (text_equal(e->indicators[i].id, id))
            name = e->indicators[i].brief;
    for (size_t i = 0; i < e->n_rules && !name.size; i++)
        if (text_equal(e->rules[i].plain, id))
            name = e->rules[i].brief;
    if (!name.size)
        return NULL;
    struct draft d = draft_begin(request, text_printf(c->mem, "%.*s %.*s情况报告", TEXT_ARG(id), TEXT_ARG(name)));
    if (!levels(&d, id) && !rule(&d, id))
        return NULL;
    draft_data(&d);
    return d.doc;
}
