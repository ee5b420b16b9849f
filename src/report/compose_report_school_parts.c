/* What reports say of a school: what it lacks, what it needs, its own section. */
#include "report/report_draft.h"

#include "report/say.h"
#include "report/words.h"

static const struct level *level_of(const struct draft *d, const struct stage_assessment *s, size_t l)
{
    return &d->c->assessment->edition->stages[s->stage].levels[l];
}

static struct text township_of(const struct draft *d, uint32_t row)
{
    const uint16_t item = d->c->assessment->returns->items->township;
    return item == NO_ITEM ? TEXT("") : returns_text(d->c->assessment->returns, row, item);
}

void draft_lacks(struct draft *d, struct doc_spans *into, const struct stage_assessment *s, size_t unit)
{
    const struct text code = composing_code(d->c, s->row[unit]);
    bool any = false;
    for (size_t l = 0; l < s->n_levels; l++) {
        const enum state state = (enum state)s->state[l][unit];
        const struct level *level = level_of(d, s, l);
        if (state != STATE_BELOW && state != STATE_NEAR && state != STATE_NO_DATA)
            continue;
        doc_say(d->mem, into, any ? TEXT("；") : TEXT(""));
        any = true;
        if (state == STATE_NO_DATA)
            FILL(d, into, "{}缺数据", said(say_level(level, false)));
        else
            FILL(d, into, "{} {}（标准 {}）", said(say_level(level, false)),
                 fig(say_value(d->mem, s->value[l][unit], level, state, false), key_unit(d, "level", s->stage, level->id, code, d->year, NULL)),
                 said(words_count(d->mem, level->at_least)));
    }
}

/* Where a demand of the whole school comes from: the stage that asks most of it. */
static struct text key_of_demand(const struct draft *d, const struct school_need *need, const struct school_demand *demand)
{
    const struct edition *e = d->c->assessment->edition;
    const struct unit_need *most = NULL;
    double asked = -1;
    for (size_t u = 0; u < need->n_units; u++) {
        size_t at;
        if (composing_level(e, need->unit[u].stage->stage, demand->level->id, &at) && need->unit[u].level[at].chosen > asked) {
            most = &need->unit[u];
            asked = most->level[at].chosen;
        }
    }
    return most ? key_unit(d, "need", most->stage->stage, demand->level->id, composing_code(d->c, need->row), d->year, "enough") : TEXT("");
}

bool draft_needs(struct draft *d, struct doc_spans *into, uint32_t row)
{
    const struct school_need *need = composing_need(d->c, row);
    struct text verb = TEXT("");
    bool any = false;
    for (size_t i = 0; need && i < need->n_demands; i++) {
        const struct school_demand *demand = &need->demand[i];
        if (!(demand->chosen > 0))
            continue;
        const struct text words = say_need(d->mem, demand->level, demand->chosen, false, false), now = words_need_verb(demand->level);
        size_t end = 0; /* of the digits, which are the figure */
        while (end < words.size && words.at[end] != ' ')
            end++;
        doc_say(d->mem, into, any ? TEXT("、") : TEXT(""));
        if (!text_equal(now, verb))
            FILL(d, into, "{} ", said(now));
        doc_figure(d->mem, into, (struct text){ words.at, end }, key_of_demand(d, need, demand));
        doc_say(d->mem, into, (struct text){ words.at + end, words.size - end });
        verb = now;
        any = true;
    }
    return any;
}

static void say_unit_of(struct draft *d, struct doc_spans *p, const struct stage_assessment *s, size_t unit)
{
    const struct text code = composing_code(d->c, s->row[unit]);
    const enum state verdict = (enum state)s->unit_verdict[unit];
    const unsigned met = s->unit_met[unit];
    FILL(d, p, "{}学生 {} 名，{} 项指标中 {} 项达标，{}。", said(say_stage(s->stage, false)),
         fig(say_number(d->mem, s->unit_pupils[unit], false), key_school(d, "pupils", s->stage, code, d->year, NULL)), said(count_words(d, s->n_levels)),
         fig(count_words(d, met), key_school(d, "unit", s->stage, code, d->year, "met")), strong(say_verdict(d->mem, verdict, met, s->n_levels, false)));
    if (met < s->n_levels) {
        doc_say(d->mem, p, TEXT("没有达到标准的是："));
        draft_lacks(d, p, s, unit);
        doc_say(d->mem, p, TEXT("。"));
    }
}

void draft_school(struct draft *d, uint32_t row, unsigned level)
{
    const struct county_assessment *county = composing_county(d->c);
    const struct text code = composing_code(d->c, row), township = township_of(d, row);
    struct doc_section *section = doc_add(d->doc, text_printf(d->mem, "school-%.*s", TEXT_ARG(code)), level, composing_name(d->c, row));
    struct doc_spans *p = doc_paragraph(d->doc, section);
    if (township.size)
        FILL(d, p, "位于{}。", said(township));
    for (size_t s = 0; s < county->n_stages; s++) {
        const size_t unit = composing_unit(&county->stages[s], row);
        if (unit != SIZE_MAX)
            say_unit_of(d, p, &county->stages[s], unit);
    }
    const struct school_need *need = composing_need(d->c, row);
    struct doc_spans needs = { 0 };
    if (draft_needs(d, &needs, row)) {
        doc_say(d->mem, p, need->no_data ? TEXT("至少要") : TEXT("要达标，最少"));
        for (size_t i = 0; i < needs.n; i++)
            FILL(d, p, "{}", needs.at[i]);
        doc_say(d->mem, p, TEXT("。"));
    }
}

size_t draft_unmet_table(struct draft *d, struct doc_section *section, const struct stage_assessment *s, struct text township)
{
    size_t *units = arena_array(d->mem, s->n, size_t), n = 0;
    for (size_t u = 0; u < s->n; u++) {
        const enum state verdict = (enum state)s->unit_verdict[u];
        if ((verdict == STATE_BELOW || verdict == STATE_NO_DATA) && composing_visible(d->c, s->row[u]) &&
            (!township.size || text_equal(township, township_of(d, s->row[u]))))
            units[n++] = u;
    }
    if (!n)
        return 0;
    struct doc_table *t = doc_table(d->doc, section, text_printf(d->mem, "unmet-%.*s", TEXT_ARG(stage_code(s->stage))),
                                    text_printf(d->mem, "没有达标的%.*s", TEXT_ARG(say_stage(s->stage, false))), 6, n + 1, 1);
    draft_heads(d, t, "序号|学校|乡镇|学生数|达标|没有达到的指标");
    WIDTHS(t, 3, 11, 6, 4, 4, 18);
    for (size_t i = 0; i < n; i++) {
        const size_t u = units[i];
        const struct text code = composing_code(d->c, s->row[u]);
        doc_put(d->mem, t, i + 1, 0, DOC_CENTRE, count_words(d, i + 1));
        doc_put(d->mem, t, i + 1, 1, DOC_LEFT, composing_name(d->c, s->row[u]));
        doc_put(d->mem, t, i + 1, 2, DOC_CENTRE, township_of(d, s->row[u]));
        doc_put_figure(d->mem, t, i + 1, 3, say_number(d->mem, s->unit_pupils[u], false), key_school(d, "pupils", s->stage, code, d->year, NULL));
        FILL(d, &doc_at(t, i + 1, 4)->spans, "{}/{}", fig(count_words(d, s->unit_met[u]), key_school(d, "unit", s->stage, code, d->year, "met")),
             said(count_words(d, s->n_levels)));
        doc_at(t, i + 1, 5)->align = DOC_LEFT;
        draft_lacks(d, &doc_at(t, i + 1, 5)->spans, s, u);
    }
    return n;
}
