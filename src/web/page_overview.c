/* The overview (总览): what the county's verdict is, and what stands in its way. */
#include "made/templates.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/trend.h"
#include "web/view_overview.h"

struct drawing {
    struct request *request;
    const struct composing *c;
    struct view_overview *view;
};

#define WORDS(key) say(d->request->mem, d->request->lang, key, NULL, 0)
#define COUNTED(n) say_count(d->request->mem, (int64_t)(n))

/* ---- the dimensions ----------------------------------------------------------------------- */

static struct text indicator_path(const struct drawing *d, struct text id, int stage)
{
    if (stage < 0)
        return text_printf(d->request->mem, "/indicators/%.*s?year=%.*s", TEXT_ARG(id), TEXT_ARG(d->view->year));
    return text_printf(d->request->mem, "/indicators/%.*s?stage=%.*s&year=%.*s", TEXT_ARG(id), TEXT_ARG(stage_code((enum stage)stage)),
                       TEXT_ARG(d->view->year));
}

static struct view_mark view_mark_of(const struct drawing *d, const struct mark *mark)
{
    return (struct view_mark){
        .path = indicator_path(d, mark->id, mark->stage),
        .name = mark->words.size ? SAID(d->request->mem, d->request->lang, T_OVERVIEW_MARK, mark->id, mark->name, mark->words)
                                 : SAID(d->request->mem, d->request->lang, T_OVERVIEW_MARK_ALONE, mark->id, mark->name),
        .state = mark->state, .close = mark->close,
    };
}

/* One row; where they are of stages, one a stage. */
static void add_rows(const struct drawing *d, const struct dimension *from, struct view_dimension *to)
{
    to->rows = arena_array(d->request->mem, N_STAGES, struct view_marks);
    struct view_mark *const marks = arena_array(d->request->mem, from->n, struct view_mark);
    for (size_t i = 0; i < from->n; i++) {
        marks[i] = view_mark_of(d, &from->marks[i]);
        if (i == 0 || from->marks[i].stage != from->marks[i - 1].stage)
            to->rows[to->n_rows++] = (struct view_marks){ .name = from->marks[i].stage < 0 ? TEXT("")
                                                              : say_stage((enum stage)from->marks[i].stage, d->c->english),
                                                          .marks = &marks[i] };
        to->rows[to->n_rows - 1].n++;
    }
}

static void add_dimension(const struct drawing *d, struct view_dimension *list, size_t *n, const struct dimension *from, enum text_key title,
                          enum text_key of)
{
    if (!from->n)
        return;
    struct view_dimension *const to = &list[(*n)++];
    *to = (struct view_dimension){ .title = WORDS(title), .value = COUNTED(from->met),
                                   .of = SAID(d->request->mem, d->request->lang, of, COUNTED(from->of)) };
    /* A single indicator with a value shows it, not 「1/1」. */
    if (from->n == 1 && from->marks[0].value.size) {
        to->value = from->marks[0].value;
        to->of = SAID(d->request->mem, d->request->lang, T_OVERVIEW_LIMIT, from->marks[0].limit);
        to->source = text_printf(d->request->mem, "rule:%.*s:%.*s", TEXT_ARG(from->marks[0].id), TEXT_ARG(d->view->year));
    }
    add_rows(d, from, to);
}

static void add_dimensions(const struct drawing *d)
{
    struct view_overview *const v = d->view;
    const struct overview *const o = v->overview;
    add_dimension(d, v->dimensions, &v->n_dimensions, &o->resources, T_OVERVIEW_RESOURCES, T_OVERVIEW_OF_COEFFICIENTS);
    add_dimension(d, v->dimensions, &v->n_dimensions, &o->government, T_OVERVIEW_GOVERNMENT, T_OVERVIEW_OF_INDICATORS);
    add_dimension(d, v->dimensions, &v->n_dimensions, &o->quality, T_OVERVIEW_QUALITY, T_OVERVIEW_OF_INDICATORS);
    add_dimension(d, v->dimensions, &v->n_dimensions, &o->recognition, T_OVERVIEW_RECOGNITION, T_OVERVIEW_OF_INDICATORS);
    add_dimension(d, v->others, &v->n_others, &o->preconditions, T_OVERVIEW_PRECONDITIONS, T_OVERVIEW_OF_PRECONDITIONS);
    add_dimension(d, v->others, &v->n_others, &o->vetoes, T_OVERVIEW_VETOES, T_OVERVIEW_OF_VETOES);
}

/* ---- what blocks --------------------------------------------------------------------------- */

static struct text plain_id(const struct edition *edition, struct text rule)
{
    for (size_t i = 0; i < edition->n_rules; i++)
        if (text_equal(edition->rules[i].id, rule))
            return edition->rules[i].plain;
    return rule;
}

static struct text blocker_path(const struct drawing *d, const struct blocker *b)
{
    switch (b->kind) {
    case BLOCK_SCHOOLS:
        return text_printf(d->request->mem, "/schools?stage=%.*s&verdict=%s&year=%.*s", TEXT_ARG(stage_code((enum stage)b->stage)),
                           b->state == STATE_BELOW ? "unmet" : "no_data", TEXT_ARG(d->view->year));
    case BLOCK_CV:
        return indicator_path(d, b->id, b->stage);
    case BLOCK_COMBINED:
        return text_printf(d->request->mem, "#%.*s", TEXT_ARG(stage_code((enum stage)b->stage)));
    case BLOCK_RULE:
        return indicator_path(d, plain_id(d->c->assessment->edition, b->id), -1);
    case BLOCK_NO_UNITS:
        break;
    }
    return TEXT("/import");
}

static void add_blockers(const struct drawing *d)
{
    const struct blockers *const from = &d->view->overview->blockers;
    d->view->blockers = arena_array(d->request->mem, from->n, struct view_blocker);
    d->view->n_blockers = from->n;
    for (size_t i = 0; i < from->n; i++) {
        const struct blocker *const b = &from->at[i];
        d->view->blockers[i] = (struct view_blocker){
            .blocker = b, .path = blocker_path(d, b), .costs = b->cost > 0,
            .when = SAID(d->request->mem, d->request->lang, T_OVERVIEW_BEFORE, b->when),
            .cost = b->cost > 0 ? say_about_money(d->request->mem, b->cost, d->c->english) : TEXT(""),
        };
    }
}

/* ---- the stages --------------------------------------------------------------------------- */

static struct svg draw_counts(const struct drawing *d, struct text stage, const struct overview_row *row)
{
    const size_t of[] = { row->met, row->near, row->below, row->missing };
    static const char *const CODES[] = { "met", "near", "below", "no_data" };
    static const enum text_key NAMES[] = { T_STATE_MET, T_STATE_NEAR, T_STATE_UNMET, T_STATE_NONE };
    struct svg_link *const links = arena_array(d->request->mem, COUNT(of), struct svg_link);
    for (size_t i = 0; i < COUNT(of); i++)
        links[i] = (struct svg_link){
            text_printf(d->request->mem, "/lineage?of=count:%.*s:%.*s:%s:%.*s", TEXT_ARG(stage), TEXT_ARG(row->id), CODES[i], TEXT_ARG(d->view->year)),
            SAID(d->request->mem, d->request->lang, T_OVERVIEW_SO_MANY, WORDS(NAMES[i]), COUNTED(of[i])),
        };
    const struct text label = SAID(d->request->mem, d->request->lang, T_OVERVIEW_COUNTS, row->name, COUNTED(row->met), COUNTED(row->near),
                                   COUNTED(row->below), COUNTED(row->missing));
    return svg_counts_linked(d->request->mem, (struct svg_counts){ row->met, row->near, row->below, row->missing }, links, label);
}

static void add_stage(const struct drawing *d, const struct overview_stage *from, struct view_stage *to)
{
    *to = (struct view_stage){ .stage = from, .code = stage_code(from->stage), .rows = arena_array(d->request->mem, from->n, struct view_stage_row) };
    bool same = from->n > 0;
    for (size_t i = 0; i < from->n; i++) {
        const struct overview_row *const row = &from->rows[i];
        const struct text label = row->last_words.size ? SAID(d->request->mem, d->request->lang, T_OVERVIEW_BULLET, row->words, row->last_words)
                                                       : row->words;
        to->rows[i] = (struct view_stage_row){
            .row = row, .path = indicator_path(d, row->id, (int)from->stage), .counts = draw_counts(d, to->code, row),
            .bullet = svg_bullet(d->request->mem, (struct svg_bullet){ row->cv, row->limit, row->last_cv, row->low, row->high, from->scale * 1.04 }, label),
        };
        same = same && text_equal(row->limit_words, from->rows[0].limit_words);
    }
    if (same)
        to->limit_words = from->rows[0].limit_words;
}

/* ---- the way to the goal ------------------------------------------------------------------- */

static void list_trend(const struct drawing *d, struct trend_years years, size_t n)
{
    struct view_overview *const v = d->view;
    const struct overview *const o = v->overview;
    v->trend_stages = arena_array(d->request->mem, o->n_trends, struct view_trend_stage);
    for (size_t i = 0; i < o->n_trends; i++)
        v->trend_stages[i] = (struct view_trend_stage){ o->trends[i].name, stage_code(o->trends[i].stage) };
    v->trend_years = arena_array(d->request->mem, n, struct view_trend_year);
    v->n_trend_years = n;
    for (size_t k = 0; k < n; k++) {
        struct view_trend_year *const year = &v->trend_years[k];
        year->digits = text_printf(d->request->mem, "%d", years.first + (int)k);
        year->year = say_year(d->request->mem, years.first + (int)k, d->c->english);
        year->cells = arena_array(d->request->mem, o->n_trends, struct view_trend_cell);
        for (size_t i = 0; i < o->n_trends; i++) {
            const struct trend_point *const point = trend_point_of(&o->trends[i], years.first + (int)k);
            if (point)
                year->cells[i] = (struct view_trend_cell){ point->share_words, point->target_words, point->share < point->target - 1e-12 };
        }
    }
}

static void add_trend(const struct drawing *d)
{
    struct view_overview *const v = d->view;
    const struct trend_years years = trend_years_of(v->overview, composing_county(d->c)->county->year);
    if (!years.first)
        return;
    v->goal = say_year(d->request->mem, years.last, d->c->english);
    v->trend = trend_drawn(d->request, v->overview, years, 250);
    list_trend(d, years, (size_t)(years.last - years.first) + 1);
}

/* ---- the plan ------------------------------------------------------------------------------ */

/* Names that would touch are left out: the one of the phase that one is in, and the inspection's, stay. */
static struct svg draw_phases(const struct drawing *d)
{
    const struct overview_plan *const plan = &d->view->overview->plan;
    struct svg_moment *const moments = arena_array(d->request->mem, plan->n + 1, struct svg_moment);
    for (size_t i = 0; i < plan->n; i++) {
        const struct overview_phase *const p = &plan->phases[i];
        const bool room = p->to - p->from >= .12;
        moments[i] = (struct svg_moment){ p->from, !room ? TEXT("") : SAID(d->request->mem, d->request->lang, T_OVERVIEW_PHASE, p->name,
                                                                               (struct text){ p->first.at, 7 }) };
    }
    moments[plan->n] = (struct svg_moment){ 1, TEXT("") };
    return svg_phases(d->request->mem, moments, plan->n + 1, (struct svg_moment){ plan->today, WORDS(T_OVERVIEW_TODAY) }, plan->words);
}

/* ---- the page ------------------------------------------------------------------------------ */

/* By township, as they come within each. */
static void add_lacking(const struct request *request, struct view_overview *view)
{
    const struct snapshot *const s = request->snapshot;
    struct arena *const mem = request->mem;
    struct view_lacking *const list = arena_array(mem, s->n_lacking, struct view_lacking);
    size_t n = 0;
    for (size_t i = 0; i < s->n_lacking; i++) {
        const struct lacking_school *const school = &s->lacking[i];
        size_t at = 0;
        if (school->year != s->years[request->year])
            continue;
        while (at < n && !text_equal(list[at].township, school->township))
            at++;
        if (at == n)
            list[n++] = (struct view_lacking){ .township = school->township, .names = TEXT("") };
        list[at].names = text_printf(mem, "%.*s%s%.*s", TEXT_ARG(list[at].names), list[at].n++ ? "、" : "",
                                     TEXT_ARG(school->name.size ? school->name : school->code));
        view->n_lacking_schools++;
    }
    view->lacking = list;
    view->n_lacking = n;
}

bool page_overview(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    const struct text title = say(request->mem, request->lang, T_OVERVIEW_TITLE, NULL, 0);
    const struct composing *const c = composing_of(request);
    if (!c) {
        empty_page(request, response, title, "overview");
        return true;
    }
    struct view_overview view = {
        .frame = frame_of(request, title, "overview"), .year = year_digits(request),
        .overview = compose_overview(c, plan_usual(), prices_usual(), day_of(request->now)),
        .edition = c->assessment->edition->id, .documents = c->assessment->edition->documents,
    };
    const struct drawing d = { request, c, &view };
    view.phases = draw_phases(&d);
    add_dimensions(&d);
    add_blockers(&d);
    view.stages = arena_array(request->mem, view.overview->n_stages, struct view_stage);
    view.n_stages = view.overview->n_stages;
    for (size_t i = 0; i < view.n_stages; i++)
        add_stage(&d, &view.overview->stages[i], &view.stages[i]);
    add_trend(&d);
    add_lacking(request, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_overview(&html, &view);
    response_html(response, &html);
    response_shared(response);
    return true;
}
