#include "report/compose_point.h"

#include "report/compose_county.h"
#include "report/compose_figures.h"
#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

struct pointing {
    const struct composing *c;      /* before */
    const struct composing *then;   /* after */
    const struct level *level;
    size_t l;
    enum stage stage;
    struct point_view *view;
};

static void add_row(const struct pointing *p, struct point_row row)
{
    row.changed = !text_equal(row.before, row.after) || row.before_state != row.after_state;
    p->view->rows[p->view->n_rows++] = row;
}

static struct text mean_words(const struct pointing *p, double mean)
{
    return is_blank(mean) ? say_blank(p->c->english) : words_fixed(p->c->mem, mean, 2);
}

static struct text unit_verdict(const struct pointing *p, const struct stage_assessment *stage, size_t unit)
{
    return say_verdict(p->c->mem, (enum state)stage->unit_verdict[unit], stage->unit_met[unit], stage->n_levels, p->c->english);
}

/* ---- what it was for ---------------------------------------------------------------------- */

static void add_own(const struct pointing *p, const struct stage_assessment *was, const struct stage_assessment *is, size_t u, size_t v)
{
    const bool english = p->c->english;
    const struct text stage = say_stage(p->stage, english);
    const struct cv_result *const before = &was->cv[p->l], *const after = &is->cv[p->l];
    const enum state state = (enum state)was->state[p->l][u];
    struct point_view *const out = p->view;
    out->value = is->value[p->l][v];
    out->state = (enum state)is->state[p->l][v];
    out->value_words = say_value(p->c->mem, out->value, p->level, out->state, english);
    out->mean = after->mean;
    out->mean_words = mean_words(p, after->mean);
    out->cv = after->cv;
    out->cv_words = say_cv(p->c->mem, after, p->level->cv_limit, english);
    add_row(p, (struct point_row){
        .name = text_printf(p->c->mem, english ? "%.*s (%.*s)" : "%.*s（%.*s）", TEXT_ARG(say_level(p->level, english)),
                            TEXT_ARG(say_unit(p->level->unit, english))),
        .before = say_value(p->c->mem, was->value[p->l][u], p->level, state, english), .after = out->value_words,
        .before_state = state, .after_state = out->state, .worse = out->state < state });
    add_row(p, (struct point_row){
        .name = text_printf(p->c->mem, english ? "The school, %.*s" : "本校%.*s", TEXT_ARG(stage)),
        .before = unit_verdict(p, was, u), .after = unit_verdict(p, is, v), .before_state = (enum state)was->unit_verdict[u],
        .after_state = (enum state)is->unit_verdict[v], .worse = is->unit_verdict[v] < was->unit_verdict[u] });
    add_row(p, (struct point_row){
        .name = english ? TEXT("Coefficient") : TEXT("差异系数"), .before = say_cv(p->c->mem, before, p->level->cv_limit, english),
        .after = out->cv_words, .before_state = before->met, .after_state = after->met, .worse = after->cv > before->cv });
    add_row(p, (struct point_row){
        .name = english ? TEXT("Mean") : TEXT("全县均值"), .before = mean_words(p, before->mean), .after = out->mean_words,
        .before_state = STATE_NOT_APPLICABLE, .after_state = STATE_NOT_APPLICABLE });
    add_row(p, (struct point_row){
        .name = text_printf(p->c->mem, english ? "%.*s schools that pass" : "达标%.*s", TEXT_ARG(stage)),
        .before = text_printf(p->c->mem, english ? "%zu" : "%zu 所", was->passing), .after = text_printf(p->c->mem, english ? "%zu" : "%zu 所", is->passing),
        .before_state = STATE_NOT_APPLICABLE, .after_state = STATE_NOT_APPLICABLE, .worse = is->passing < was->passing });
}

/* ---- what changes with it ----------------------------------------------------------------- */

/* Coefficients of the other stage, and of other indicators that rest on the same figures. */
static void add_others(const struct pointing *p)
{
    const struct edition *const e = p->c->assessment->edition;
    const struct county_assessment *const was = composing_county(p->c), *const is = composing_county(p->then);
    for (size_t s = 0; s < is->n_stages; s++) {
        const struct stage_assessment *const after = &is->stages[s], *const before = composing_stage(was, after->stage);
        for (size_t l = 0; before && l < after->n_levels; l++) {
            const struct level *const level = &e->stages[after->stage].levels[l];
            if (after->stage == p->stage && l == p->l)
                continue;
            const struct text from = say_cv(p->c->mem, &before->cv[l], level->cv_limit, p->c->english),
                              to = say_cv(p->c->mem, &after->cv[l], level->cv_limit, p->c->english);
            if (text_equal(from, to) && before->cv[l].met == after->cv[l].met)
                continue;
            add_row(p, (struct point_row){
                .name = text_printf(p->c->mem, p->c->english ? "%.*s, %.*s: coefficient" : "%.*s%.*s的差异系数",
                                    TEXT_ARG(p->c->english ? say_level(level, true) : say_stage(after->stage, false)),
                                    TEXT_ARG(p->c->english ? say_stage(after->stage, true) : say_level(level, false))),
                .before = from, .after = to, .before_state = before->cv[l].met, .after_state = after->cv[l].met,
                .worse = after->cv[l].cv > before->cv[l].cv });
        }
    }
    for (size_t i = 0; i < is->n_rules && i < was->n_rules; i++) {
        const struct rule_result *const before = &was->rules[i], *const after = &is->rules[i];
        const struct text from = say_rule_value(p->c, before), to = say_rule_value(p->then, after);
        if (text_equal(from, to) && before->state == after->state)
            continue;
        add_row(p, (struct point_row){ .name = say_rule_name(e, after->rule, p->c->english), .before = from, .after = to,
                                       .before_state = before->state, .after_state = after->state, .worse = after->state < before->state });
    }
}

static struct text things(const struct pointing *p, size_t n)
{
    return text_printf(p->c->mem, p->c->english ? "%zu in the way" : "差 %zu 件事", n);
}

static void add_county(const struct pointing *p)
{
    const struct blocks before = compose_blocks(p->c->mem, p->c->assessment, p->c->year),
                        after = compose_blocks(p->c->mem, p->then->assessment, p->c->year);
    add_row(p, (struct point_row){
        .name = p->c->english ? TEXT("The county") : TEXT("全县认定"), .before = things(p, before.failing),
        .after = things(p, after.failing), .before_state = composing_county(p->c)->verdict,
        .after_state = composing_county(p->then)->verdict, .worse = after.failing > before.failing });
    p->view->verdict = say_county_sentence(p->then, &after);
}

/* ---- in words ----------------------------------------------------------------------------- */

static struct text figures_words(const struct pointing *p, const struct change *changes, size_t n)
{
    struct buf out = { .mem = p->c->mem };
    for (size_t i = 0; i < n; i++) {
        const struct item *const item = &p->c->assessment->edition->items.at[changes[i].item];
        const struct text name = say_item(p->c->mem, item, p->c->english);
        buf_printf(&out, "%s%.*s %.*s → %.*s", i ? p->c->english ? "; " : "；" : "", TEXT_ARG(name),
                   TEXT_ARG(say_number(p->c->mem, changes[i].before, p->c->english)),
                   TEXT_ARG(say_number(p->c->mem, changes[i].after, p->c->english)));
        const struct text unit = p->c->english ? item->unit : unit_zh(item->unit);
        if (unit.size)
            buf_printf(&out, " %.*s", TEXT_ARG(unit));
    }
    return buf_text(&out);
}

/* Everything that is not as it was, in one breath. */
static struct text point_sentence(const struct pointing *p)
{
    const bool english = p->c->english;
    struct buf out = { .mem = p->c->mem };
    buf_add(&out, p->view->school);
    buf_add(&out, english ? TEXT(": ") : TEXT("："));
    bool any = false;
    for (size_t i = 0; i < p->view->n_rows; i++) {
        const struct point_row *const row = &p->view->rows[i];
        if (!row->changed)
            continue;
        if (any)
            buf_add(&out, english ? TEXT("; ") : TEXT("；"));
        if (text_equal(row->before, row->after))
            buf_printf(&out, "%.*s %.*s（%.*s → %.*s）", TEXT_ARG(row->name), TEXT_ARG(row->after), TEXT_ARG(say_state(row->before_state, english)),
                       TEXT_ARG(say_state(row->after_state, english)));
        else
            buf_printf(&out, "%.*s %.*s → %.*s", TEXT_ARG(row->name), TEXT_ARG(row->before), TEXT_ARG(row->after));
        any = true;
    }
    if (!any)
        buf_add(&out, english ? TEXT("nothing changes") : TEXT("没有变化"));
    buf_add(&out, english ? TEXT(".") : TEXT("。"));
    return buf_text(&out);
}

struct point_view *compose_point(const struct composing *c, const struct assessment *after, enum stage stage, struct text level, uint32_t row,
                                 const struct change *changes, size_t n)
{
    struct composing then = *c;
    then.assessment = after;
    then.needs = NULL;
    struct pointing p = { .c = c, .then = &then, .stage = stage };
    p.level = composing_level(c->assessment->edition, stage, level, &p.l);
    const struct stage_assessment *const was = composing_stage(composing_county(c), stage), *const is = composing_stage(composing_county(&then), stage);
    if (!p.level || !was || !is)
        return NULL;
    const size_t u = composing_unit(was, row), v = composing_unit(is, row);
    if (u == SIZE_MAX || v == SIZE_MAX)
        return NULL;
    struct point_view *const view = p.view = arena_make(c->mem, struct point_view);
    view->rows = arena_array(c->mem, 8 + N_EVALUATED * MAX_LEVELS + composing_county(c)->n_rules, struct point_row);
    view->school = composing_name(c, row);
    add_own(&p, was, is, u, v);
    add_others(&p);
    add_county(&p);
    view->figures = figures_words(&p, changes, n);
    view->sentence = point_sentence(&p);
    return view;
}
