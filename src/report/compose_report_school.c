/* The report of one school. */
#include "report/report_draft.h"

#include "report/compose_figures.h"
#include "report/say.h"
#include "report/words.h"

static void verdict(struct draft *d, const struct school_view *v)
{
    struct doc_section *s = doc_add(d->doc, TEXT("verdict"), 1, TEXT("结论"));
    struct doc_spans *p = doc_paragraph(d->doc, s);
    if (!v->n_stages) {
        doc_say(d->mem, p, v->sentence);
        return;
    }
    for (size_t i = 0; i < v->n_stages; i++) {
        const struct school_stage *st = &v->stages[i];
        FILL(d, p, "{}{} 名学生，{} 项指标中 {} 项达标，{}", said(v->n_stages > 1 ? st->name : TEXT("本校 ")),
             fig(st->pupils_words, key_school(d, "pupils", st->stage, v->code, d->year, NULL)), said(count_words(d, st->n_levels)),
             fig(count_words(d, st->met), key_school(d, "unit", st->stage, v->code, d->year, "met")), strong(st->verdict_words));
        if (st->had_last)
            FILL(d, p, "（上年{}）", said(st->last_words));
        doc_say(d->mem, p, TEXT("。"));
    }
    struct doc_spans needs = { 0 };
    if (draft_needs(d, &needs, v->row)) {
        doc_say(d->mem, p, TEXT("要达标，最少"));
        for (size_t i = 0; i < needs.n; i++)
            FILL(d, p, "{}", needs.at[i]);
        doc_say(d->mem, p, TEXT("。"));
    }
}

static void facts(struct draft *d, const struct school_view *v)
{
    if (!v->n_facts)
        return;
    struct doc_section *s = doc_add(d->doc, TEXT("basics"), 1, TEXT("学校概况"));
    struct doc_table *t = doc_table(d->doc, s, TEXT("facts"), TEXT("学校概况"), 4, (v->n_facts + 1) / 2, 0);
    WIDTHS(t, 6, 12, 6, 12);
    for (size_t i = 0; i < v->n_facts; i++) {
        doc_put(d->mem, t, i / 2, i % 2 * 2, DOC_CENTRE, v->facts[i].name);
        doc_put(d->mem, t, i / 2, i % 2 * 2 + 1, DOC_CENTRE, v->facts[i].words);
    }
}

static void stage(struct draft *d, const struct school_view *v, const struct school_stage *st)
{
    struct doc_section *s = doc_add(d->doc, text_printf(d->mem, "levels-%.*s", TEXT_ARG(stage_code(st->stage))), 2, st->name);
    FILL(d, doc_paragraph(d->doc, s), "{} 项指标与标准、全县平均和上年相比如下。", said(count_words(d, st->n_levels)));
    struct doc_table *t = doc_table(d->doc, s, TEXT("levels"), text_printf(d->mem, "%.*s各项指标", TEXT_ARG(st->name)), 8, st->n_levels + 1, 1);
    draft_heads(d, t, "指标|单位|本校|标准|全县平均|与上年比|结论|到标准还差");
    WIDTHS(t, 9, 5.5, 6.5, 5, 6.5, 6.5, 5, 9);
    for (size_t l = 0; l < st->n_levels; l++) {
        const struct school_level *of = &st->levels[l];
        doc_put(d->mem, t, l + 1, 0, DOC_LEFT, of->name);
        doc_put(d->mem, t, l + 1, 1, DOC_CENTRE, of->unit);
        doc_put_figure(d->mem, t, l + 1, 2, of->value_words, key_unit(d, "level", st->stage, of->id, v->code, d->year, NULL));
        doc_put(d->mem, t, l + 1, 3, DOC_CENTRE, of->threshold_words);
        doc_put_figure(d->mem, t, l + 1, 4, of->mean_words, key_level(d, "mean", st->stage, of->id, d->year, NULL));
        doc_put_figure(d->mem, t, l + 1, 5, of->change, key_unit(d, "level", st->stage, of->id, v->code, d->year, "change"));
        doc_put(d->mem, t, l + 1, 6, DOC_CENTRE, of->state_words);
        doc_numbers(d->mem, &doc_at(t, l + 1, 7)->spans, of->to_threshold, key_unit(d, "need", st->stage, of->id, v->code, d->year, NULL), "whole");
    }
    doc_chart(d->doc, s, TEXT("levels"), text_printf(d->mem, "%.*s各项指标与标准相比", TEXT_ARG(st->name)), chart_school(d->mem, st));
}

static void rules(struct draft *d, const struct school_view *v)
{
    if (!v->n_rules)
        return;
    struct doc_section *s = doc_add(d->doc, TEXT("rules"), 1, TEXT("每所学校都要符合的要求"));
    doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("以下几项要求每所学校都要符合，有一所不符合，全县这一项就不达标。"));
    struct doc_table *t = doc_table(d->doc, s, TEXT("rules"), TEXT("每所学校都要符合的要求"), 4, v->n_rules + 1, 1);
    draft_heads(d, t, "编号|内容|填报的数|结论");
    WIDTHS(t, 4, 9, 16, 5);
    for (size_t i = 0; i < v->n_rules; i++) {
        const struct school_rule *r = &v->rules[i];
        doc_put(d->mem, t, i + 1, 0, DOC_CENTRE, r->id);
        doc_put(d->mem, t, i + 1, 1, DOC_LEFT, r->name);
        doc_at(t, i + 1, 2)->align = DOC_LEFT;
        doc_numbers(d->mem, &doc_at(t, i + 1, 2)->spans, r->words, key_rule_school(d, r->id, v->code, d->year, NULL), "n");
        doc_put(d->mem, t, i + 1, 3, DOC_CENTRE, r->state_words);
    }
}

/* What the school returned, this year beside the last. */
static void figures(struct draft *d, const struct school_view *v)
{
    struct doc_section *s = doc_add(d->doc, TEXT("changes"), 1, TEXT("填报的数和与上年的变化"));
    size_t n = 0;
    for (size_t g = 0; g < v->n_groups; g++)
        n += v->groups[g].n;
    if (!n) {
        doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("还没有填报。"));
        return;
    }
    doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("本校填报的数如下。"));
    const bool before = v->n_years > 1;
    struct doc_table *t = doc_table(d->doc, s, TEXT("figures"), TEXT("填报的数"), before ? 5 : 3, n + 1, 1);
    draft_heads(d, t, before ? "指标项|单位|上年|本年|增减" : "指标项|单位|本年");
    t->width[0] = 16;
    for (size_t i = 1; i < t->n_columns; i++)
        t->width[i] = 6;
    size_t row = 1;
    for (size_t g = 0; g < v->n_groups; g++)
        for (size_t i = 0; i < v->groups[g].n; i++, row++) {
            const struct school_figure *f = &v->groups[g].figures[i];
            const size_t last = v->n_years - 1;
            doc_put(d->mem, t, row, 0, DOC_LEFT, f->name);
            doc_put(d->mem, t, row, 1, DOC_CENTRE, f->unit);
            if (before && v->year_rows[last - 1] != UINT32_MAX)
                doc_put_figure(d->mem, t, row, 2, f->words[last - 1], key_item(d, v->code, f->code, v->years[last - 1]));
            doc_put_figure(d->mem, t, row, before ? 3 : 2, f->words[last], key_item(d, v->code, f->code, d->year));
            if (before)
                doc_put_figure(d->mem, t, row, 4, f->change, text_printf(d->mem, "%.*s#change", TEXT_ARG(key_item(d, v->code, f->code, d->year))));
        }
}

struct doc *compose_report_school(const struct report_request *request, uint32_t row)
{
    const struct composing *c = request->c;
    const struct school_view *v = compose_school(c, row);
    struct draft d = draft_begin(request, draft_title(c->mem, v->name, "优质均衡发展情况报告"));
    if (!request->signer.size)
        d.doc->signer = v->name;
    verdict(&d, v);
    facts(&d, v);
    if (v->n_stages)
        doc_add(d.doc, TEXT("dim-resource"), 1, TEXT("资源配置"));
    for (size_t i = 0; i < v->n_stages; i++)
        stage(&d, v, &v->stages[i]);
    rules(&d, v);
    figures(&d, v);
    draft_data(&d);
    return d.doc;
}
