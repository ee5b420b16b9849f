/* What reports say of an indicator: a resource of a stage, or one of the county's. */
#include "report/report_draft.h"

#include "report/say.h"
#include "report/words.h"

#include <math.h>

/* ── a resource ── */

static void say_counts(struct draft *d, struct doc_spans *p, const struct level_view *v)
{
    FILL(d, p, "标准是 {} {}。{} 所{}中，{} 所达到标准", said(v->threshold_words), said(v->unit),
         fig(count_words(d, v->schools), key_stage(d, "passing", v->stage, d->year, "units")), said(v->stage_name),
         fig(count_words(d, v->met), key_count(d, v->stage, v->id, STATE_MET, d->year)));
    if (v->near)
        FILL(d, p, "，{} 所达到标准的 85%", fig(count_words(d, v->near), key_count(d, v->stage, v->id, STATE_NEAR, d->year)));
    if (v->below)
        FILL(d, p, "，{} 所低于标准的 85%", fig(count_words(d, v->below), key_count(d, v->stage, v->id, STATE_BELOW, d->year)));
    if (v->missing)
        FILL(d, p, "，{} 所缺数据", fig(count_words(d, v->missing), key_count(d, v->stage, v->id, STATE_NO_DATA, d->year)));
    doc_say(d->mem, p, TEXT("。"));
    if (!is_blank(v->mean))
        FILL(d, p, "全县平均 {} {}。", fig(v->mean_words, key_level(d, "mean", v->stage, v->id, d->year, NULL)), said(v->unit));
}

static double share_of_first(const struct level_view *v, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n && i < v->n_units; i++)
        sum += v->units[i].share;
    return sum;
}

static void say_coefficient(struct draft *d, struct doc_spans *p, const struct level_view *v)
{
    const struct text key = key_level(d, "cv", v->stage, v->id, d->year, NULL);
    if (is_blank(v->cv)) {
        doc_say(d->mem, p, v->missing ? TEXT("因为有学校缺数据，差异系数还不能算准") : TEXT("差异系数无法计算"));
        size_t dash;
        if (text_find(v->bounds, TEXT("—"), &dash))
            FILL(d, p, "，在 {} 和 {} 之间", fig((struct text){ v->bounds.at, dash }, key_level(d, "cv", v->stage, v->id, d->year, "low")),
                 fig((struct text){ v->bounds.at + dash + 3, v->bounds.size - dash - 3 }, key_level(d, "cv", v->stage, v->id, d->year, "high")));
        FILL(d, p, "（上限 {}），{}。", said(v->limit_words),
             strong(v->state == STATE_MET ? TEXT("缺的学校报多少都不超限") : v->state == STATE_BELOW ? TEXT("缺的学校报多少都超限") : TEXT("还不能定")));
        return;
    }
    FILL(d, p, "校际差异系数 {}", fig(v->cv_words, key));
    if (v->limit_words.size)
        FILL(d, p, "，上限 {}，{}", said(v->limit_words), strong(v->state == STATE_MET ? TEXT("不超限") : TEXT("超限")));
    for (size_t y = 0; y < v->n_years; y++)
        if (v->years[y].year == d->year - 1)
            draft_change(d, p, v->cv, v->years[y].cv, 3, key_level(d, "cv", v->stage, v->id, d->year - 1, NULL));
    doc_say(d->mem, p, v->close ? TEXT("；离上限很近，要留意。") : TEXT("。"));
}

void draft_level(struct draft *d, struct doc_section *section, const struct level_view *v)
{
    struct doc_spans *p = doc_paragraph(d->doc, section);
    say_counts(d, p, v);
    say_coefficient(d, p, v);
}

void draft_contributors(struct draft *d, struct doc_section *section, const struct level_view *v, size_t most)
{
    const size_t n = v->n_units < most ? v->n_units : most;
    if (!n || is_blank(v->units[0].share))
        return;
    struct doc_spans *p = doc_paragraph(d->doc, section);
    size_t above = 0;
    for (size_t i = 0; i < n; i++)
        above += v->units[i].above;
    FILL(d, p, "占差异最多的 {} 所学校合占 {}，", said(count_words(d, n)),
         fig(say_share(d->mem, share_of_first(v, n), false), key_level(d, "cv", v->stage, v->id, d->year, "first")));
    if (above == n || !above)
        doc_say(d->mem, p, above ? TEXT("都高于全县平均") : TEXT("都低于全县平均"));
    else
        FILL(d, p, "其中 {} 所高于、{} 所低于全县平均", fig(count_words(d, above), key_level(d, "cv", v->stage, v->id, d->year, "above")),
             fig(count_words(d, n - above), key_level(d, "cv", v->stage, v->id, d->year, "under")));
    doc_say(d->mem, p, TEXT("（见下表）。"));
    struct doc_table *t = doc_table(d->doc, section, text_printf(d->mem, "share-%.*s-%.*s", TEXT_ARG(stage_code(v->stage)), TEXT_ARG(v->id)),
                                    text_printf(d->mem, "%.*s%.*s差异最大的学校", TEXT_ARG(v->stage_name), TEXT_ARG(v->name)), 6, n + 1, 1);
    draft_heads(d, t, "学校|乡镇|学生数|现有|与平均相比|占差异的");
    doc_say(d->mem, &doc_at(t, 0, 3)->spans, text_printf(d->mem, "（%.*s）", TEXT_ARG(v->unit)));
    WIDTHS(t, 12, 6, 5, 7, 6, 6);
    for (size_t i = 0; i < n; i++) {
        const struct level_unit *u = &v->units[i];
        doc_put(d->mem, t, i + 1, 0, DOC_LEFT, u->name);
        doc_put(d->mem, t, i + 1, 1, DOC_CENTRE, u->township);
        doc_put_figure(d->mem, t, i + 1, 2, u->pupils_words, key_school(d, "pupils", v->stage, u->code, d->year, NULL));
        doc_put_figure(d->mem, t, i + 1, 3, u->value_words, key_unit(d, "level", v->stage, v->id, u->code, d->year, NULL));
        doc_put(d->mem, t, i + 1, 4, DOC_CENTRE, u->above ? TEXT("高于平均") : TEXT("低于平均"));
        doc_put_figure(d->mem, t, i + 1, 5, u->share_words, key_unit(d, "share", v->stage, v->id, u->code, d->year, NULL));
    }
}

/* ── one of the county's ── */

void draft_failing(struct draft *d, struct doc_section *section, const struct rule_part *part)
{
    if (!part->n_failing)
        return;
    struct doc_table *t = doc_table(d->doc, section, text_printf(d->mem, "failing-%.*s", TEXT_ARG(part->id)),
                                    text_printf(d->mem, "%.*s不符合的学校", TEXT_ARG(part->id)), 4, part->n_failing + 1, 1);
    draft_heads(d, t, "序号|学校|乡镇|填报的数");
    WIDTHS(t, 3, 12, 6, 22);
    for (size_t i = 0; i < part->n_failing; i++) {
        const struct rule_school *s = &part->failing_schools[i];
        doc_put(d->mem, t, i + 1, 0, DOC_CENTRE, count_words(d, i + 1));
        doc_put(d->mem, t, i + 1, 1, DOC_LEFT, s->name);
        doc_put(d->mem, t, i + 1, 2, DOC_CENTRE, s->township);
        doc_at(t, i + 1, 3)->align = DOC_LEFT;
        doc_numbers(d->mem, &doc_at(t, i + 1, 3)->spans, s->words, key_rule_school(d, part->id, s->code, d->year, NULL), "n");
    }
}

static void say_part(struct draft *d, struct doc_spans *p, const struct rule_part *part, bool several)
{
    if (part->failing && part->n_failing) {
        FILL(d, p, "{} 所学校中 {} 所不符合", fig(count_words(d, part->schools), key_rule(d, part->id, d->year, "schools")),
             fig(count_words(d, part->failing), key_rule(d, part->id, d->year, "failing")));
        if (part->unknown)
            FILL(d, p, "，{} 所缺数据", fig(count_words(d, part->unknown), key_rule(d, part->id, d->year, "unknown")));
    } else
        doc_numbers(d->mem, p, part->words, key_rule(d, part->id, d->year, NULL), "n");
    if (part->shown_only)
        doc_say(d->mem, p, TEXT("（只供参看，不作判定）"));
    else if (several && !text_ends(part->words, part->state_words))
        FILL(d, p, "，{}", strong(part->state_words));
    for (size_t y = 0; y < part->n_years; y++)
        if (part->years[y].year == d->year - 1 && part->years[y].value_words.size && !is_blank(part->years[y].value)) {
            doc_say(d->mem, p, TEXT("；上年 "));
            doc_numbers(d->mem, p, part->years[y].value_words, key_rule(d, part->id, d->year - 1, NULL), "value");
        }
    doc_say(d->mem, p, TEXT("。"));
}

static enum rule_kind kind_of(const struct draft *d, struct text plain)
{
    const struct edition *e = d->c->assessment->edition;
    for (size_t i = 0; i < e->n_rules; i++)
        if (text_equal(e->rules[i].plain, plain) && e->rules[i].kind != RULE_SHOWN)
            return e->rules[i].kind;
    return RULE_SHOWN;
}

void draft_rule(struct draft *d, struct doc_section *section, const struct rule_view *v)
{
    struct doc_spans *p = doc_paragraph(d->doc, section);
    const enum rule_kind kind = kind_of(d, v->id);
    FILL(d, p, kind == RULE_VETO ? "一票否决的情形：{}（{}）。" : kind == RULE_PRECONDITION ? "条件：{}（{}）。" : "要求：{}（{}）。", said(v->whole_name),
         said(v->clause));
    if (v->n_parts == 1 && !text_equal(v->parts[0].words, v->parts[0].state_words))
        say_part(d, p, &v->parts[0], false);
    FILL(d, p, "结论：{}。", strong(say_state(v->mark.state, false)));
    for (size_t i = 0; v->n_parts > 1 && i < v->n_parts; i++) {
        p = doc_paragraph(d->doc, section);
        FILL(d, p, "{}：", said(v->parts[i].name));
        say_part(d, p, &v->parts[i], true);
    }
    for (size_t i = 0; i < v->n_parts; i++)
        draft_failing(d, section, &v->parts[i]);
}
