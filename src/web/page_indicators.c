/* All indicators by dimension, with where the county stands in each. */
#include "made/templates.h"
#include "report/say.h"
#include "report/say_assessed.h"
#include "web/frame.h"
#include "web/indicator_paths.h"
#include "web/pages.h"
#include "web/say.h"

struct drawing {
    struct request *request;
    const struct composing *c;
    struct view_indicators *view;
};

#define WORDS(key) say(d->request->mem, d->request->lang, key, NULL, 0)
#define COUNTED(n) say_count(d->request->mem, (int64_t)(n))

/* ---- resources ---------------------------------------------------------------------------- */

static struct view_cv cell_of(const struct drawing *d, const struct overview_stage *stage, const struct overview_row *row)
{
    const struct text counts = SAID(d->request->mem, d->request->lang, T_OVERVIEW_COUNTS, row->name, COUNTED(row->met), COUNTED(row->near),
                                    COUNTED(row->below), COUNTED(row->missing));
    return (struct view_cv){
        .code = stage_code(stage->stage), .cv = row->bounds.size ? row->bounds : row->cv_words, .state = row->state, .close = row->close,
        .key = text_printf(d->request->mem, "cv:%.*s:%.*s:%.*s", TEXT_ARG(stage_code(stage->stage)), TEXT_ARG(row->id), TEXT_ARG(d->view->year)),
        .counts = svg_counts(d->request->mem, (struct svg_counts){ row->met, row->near, row->below, row->missing }, counts),
        .bullet = svg_bullet(d->request->mem, (struct svg_bullet){ row->cv, row->limit, row->last_cv, row->low, row->high, stage->scale * 1.04 }, row->words),
        .path = indicator_path(d->request, row->id, (int)stage->stage),
    };
}

static void add_resources(const struct drawing *d)
{
    struct view_indicators *const v = d->view;
    size_t n, all = 0, within = 0;
    const struct overview_stage *const stages = compose_stages(d->c, &n);
    v->resources = arena_array(d->request->mem, MAX_LEVELS, struct view_resource);
    v->n_stages = n;
    for (size_t s = 0; s < n; s++) {
        v->stages[s] = stages[s].name;
        all += stages[s].n;
        within += stages[s].within;
        for (size_t i = 0; i < stages[s].n; i++) {
            const struct overview_row *const row = &stages[s].rows[i];
            size_t at = 0;
            while (at < v->n_resources && !text_equal(v->resources[at].id, row->id))
                at++;
            if (at == v->n_resources)
                v->resources[v->n_resources++] = (struct view_resource){ .id = row->id, .name = row->name, .whole = row->whole_name };
            v->resources[at].cells[s] = cell_of(d, &stages[s], row);
        }
    }
    v->within = SAID(d->request->mem, d->request->lang, T_INDICATOR_WITHIN, COUNTED(all), COUNTED(within));
}

/* ---- rules -------------------------------------------------------------------------------- */

/* NULL: it is none of the 32. */
static const struct indicator *indicator_of(const struct composing *c, const struct rule *rule)
{
    const struct edition *const e = c->assessment->edition;
    for (size_t i = 0; i < e->n_indicators; i++)
        if (text_equal(e->indicators[i].id, rule->plain))
            return &e->indicators[i];
    return NULL;
}

static struct text whole_name(const struct composing *c, const struct rule *rule)
{
    const struct indicator *const indicator = indicator_of(c, rule);
    if (indicator)
        return c->english && indicator->en.size ? indicator->en : indicator->zh;
    return c->english && rule->en.size ? rule->en : rule->zh;
}

static struct view_line line_of(const struct drawing *d, const struct rule *rule)
{
    const struct mark mark = compose_rule_mark(d->c, rule->plain, rule->kind);
    return (struct view_line){
        .id = mark.id, .name = mark.name, .whole = whole_name(d->c, rule), .words = mark.words, .value = mark.value, .limit = mark.limit,
        .source = text_printf(d->request->mem, "rule:%.*s:%.*s", TEXT_ARG(rule->plain), TEXT_ARG(d->view->year)),
        .path = indicator_path(d->request, rule->plain, -1), .state = mark.state, .close = mark.close,
    };
}

static void add_group(const struct drawing *d, enum rule_kind kind, enum text_key title, enum text_key of)
{
    const struct county_assessment *const county = composing_county(d->c);
    struct view_group *const group = &d->view->groups[d->view->n_groups];
    size_t met = 0;
    *group = (struct view_group){ .lines = arena_array(d->request->mem, county->n_rules, struct view_line) };
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule *const rule = county->rules[i].rule;
        /* What is shown beside one of the 32 stands on its page. */
        bool seen = rule->kind != kind || (kind == RULE_SHOWN && indicator_of(d->c, rule));
        for (size_t k = 0; k < group->n && !seen; k++)
            seen = text_equal(group->lines[k].id, rule->plain);
        if (seen)
            continue;
        const struct view_line line = line_of(d, rule);
        group->lines[group->n++] = line;
        met += line.state == STATE_MET || line.state == STATE_NOT_APPLICABLE;
    }
    if (!group->n)
        return;
    group->title = WORDS(title);
    group->count = kind == RULE_SHOWN ? TEXT("") : COUNTED(met);
    group->of = kind == RULE_SHOWN ? WORDS(of) : SAID(d->request->mem, d->request->lang, of, COUNTED(group->n));
    d->view->n_groups++;
}

bool page_indicators(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    const struct text title = say(request->mem, request->lang, T_INDICATOR_TITLE, NULL, 0);
    const struct composing *const c = composing_of(request);
    if (!c) {
        empty_page(request, response, title, "indicators");
        return true;
    }
    const struct blocks blocks = compose_blocks(request->mem, c->assessment, c->year);
    struct view_indicators view = { .frame = frame_of(request, title, "indicators"), .year = year_digits(request),
                                    .sentence = say_county_sentence(c, &blocks), .groups = arena_array(request->mem, 6, struct view_group) };
    const struct drawing d = { request, c, &view };
    add_resources(&d);
    add_group(&d, RULE_GOVERNMENT, T_OVERVIEW_GOVERNMENT, T_OVERVIEW_OF_INDICATORS);
    add_group(&d, RULE_QUALITY, T_OVERVIEW_QUALITY, T_OVERVIEW_OF_INDICATORS);
    add_group(&d, RULE_RECOGNITION, T_OVERVIEW_RECOGNITION, T_OVERVIEW_OF_INDICATORS);
    add_group(&d, RULE_PRECONDITION, T_OVERVIEW_PRECONDITIONS, T_OVERVIEW_OF_PRECONDITIONS);
    add_group(&d, RULE_VETO, T_OVERVIEW_VETOES, T_OVERVIEW_OF_VETOES);
    add_group(&d, RULE_SHOWN, T_INDICATOR_SHOWN, T_INDICATOR_SHOWN_NOTE);
    struct html html = html_begin(request->mem, request->lang);
    template_indicators(&html, &view);
    response_html(response, &html);
    response_shared(response);
    return true;
}
