/* The map: where the schools stand that fall short.  And the borders it is drawn with, brought by the county. */
#include "app/lineage_key.h"
#include "made/templates.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/query.h"
#include "web/say.h"

#include <stdlib.h>

/* ---- parse -------------------------------------------------------------------------------- */

static bool read_question(const struct request *request, struct map_question *q, struct err *err)
{
    const struct text stage = request_query(request, "stage"), level = request_query(request, "by"), verdict = request_query(request, "verdict");
    *q = (struct map_question){ .stage = -1, .township = request_query(request, "township") };
    if (text_equal(stage, TEXT("primary")))
        q->stage = STAGE_PRIMARY;
    else if (text_equal(stage, TEXT("junior")))
        q->stage = STAGE_JUNIOR;
    else if (stage.size)
        return err_set(err, ERR_USAGE, "“stage”应为 primary 或 junior，读到“%.*s”。", (int)(stage.size > 40 ? 40 : stage.size), stage.at);
    const enum map_kind kind = map_kind_by_code(verdict);
    if (verdict.size && kind == N_MAP_KINDS)
        return err_set(err, ERR_USAGE, "没有“%.*s”这种结论。", (int)(verdict.size > 40 ? 40 : verdict.size), verdict.at);
    if (verdict.size)
        q->kinds = 1u << kind;
    if (!level.size)
        return true;
    q->level = level;
    q->stage = q->stage < 0 ? STAGE_PRIMARY : q->stage; /* an indicator is of one stage */
    if (!composing_level(request->snapshot->edition, (enum stage)q->stage, level, NULL))
        return err_set(err, ERR_ABSENT, "没有指标“%.*s”。", (int)(level.size > 40 ? 40 : level.size), level.at);
    return true;
}

/* ---- view: filters ------------------------------------------------------------------------ */

static struct text with(const struct request *request, const char *name, struct text value)
{
    const struct text query = query_with(request->raw_query, name, value, request->mem);
    return text_printf(request->mem, "/map%.*s", TEXT_ARG(query));
}

static struct text counted(const struct request *request, struct text name, size_t n)
{
    return SAID(request->mem, request->lang, T_MAP_COUNTED, name, say_count(request->mem, (int64_t)n));
}

static void add_filters(struct view_map *view, const struct request *request, const struct map_question *q, const struct map_view *v)
{
    struct arena *const mem = request->mem;
    const bool english = request->lang == LANG_EN;
    const struct text whole = say(mem, request->lang, T_MAP_BOTH, NULL, 0);
    view->stages[0] = (struct map_link){ with(request, "stage", TEXT("")), whole, q->stage < 0 };
    view->stages[1] = (struct map_link){ with(request, "stage", TEXT("primary")), say_stage(STAGE_PRIMARY, english), q->stage == STAGE_PRIMARY };
    view->stages[2] = (struct map_link){ with(request, "stage", TEXT("junior")), say_stage(STAGE_JUNIOR, english), q->stage == STAGE_JUNIOR };
    const struct stage_rule *const rule = &request->snapshot->edition->stages[q->stage < 0 ? STAGE_PRIMARY : q->stage];
    view->by = arena_array(mem, rule->n_levels + 1, struct map_option);
    view->by[view->n_by++] = (struct map_option){ TEXT(""), say(mem, request->lang, T_MAP_VERDICT, NULL, 0), !q->level.size };
    for (size_t l = 0; l < rule->n_levels; l++)
        view->by[view->n_by++] = (struct map_option){ rule->levels[l].id, say_level(&rule->levels[l], english), text_equal(rule->levels[l].id, q->level) };
    view->townships = arena_array(mem, v->n_townships + 1, struct map_option);
    view->townships[view->n_townships++] = (struct map_option){ TEXT(""), say(mem, request->lang, T_MAP_ALL_TOWNSHIPS, NULL, 0), !q->township.size };
    for (size_t i = 0; i < v->n_townships; i++)
        view->townships[view->n_townships++] = (struct map_option){ v->townships[i].name, counted(request, v->townships[i].name, v->townships[i].n),
                                                                    v->townships[i].chosen };
    view->kinds = arena_array(mem, N_MAP_KINDS + 1, struct map_option);
    view->kinds[view->n_kinds++] = (struct map_option){ TEXT(""), say(mem, request->lang, T_MAP_ALL_STATES, NULL, 0), !q->kinds };
    for (int k = 0; k < N_MAP_KINDS; k++)
        if (v->kinds[k].n || v->kinds[k].chosen)
            view->kinds[view->n_kinds++] = (struct map_option){ map_kind_code((enum map_kind)k), counted(request, v->kinds[k].name, v->kinds[k].n),
                                                                v->kinds[k].chosen };
    view->filtered = q->township.size || q->kinds;
    view->cleared = text_printf(mem, "/map%.*s", TEXT_ARG(query_with(query_with(request->raw_query, "township", TEXT(""), mem), "verdict", TEXT(""), mem)));
    struct text parts[2];
    size_t n = 0;
    if (q->township.size)
        parts[n++] = q->township;
    for (int k = 0; k < N_MAP_KINDS; k++)
        if (q->kinds >> k & 1 && n < COUNT(parts))
            parts[n++] = v->kinds[k].name;
    if (n)
        view->filters = SAID(mem, request->lang, T_MAP_FILTERS, say_list(mem, parts, n, english));
}

/* ---- view: schools ------------------------------------------------------------------------ */

static struct text lineage_path(const struct request *request, const struct map_question *q, const struct map_point *p)
{
    if (p->kind == MAP_NOT_ASSESSED)
        return (struct text){ 0 };
    const struct lineage_key key = { .of = q->level.size ? LINEAGE_OF_LEVEL : LINEAGE_OF_UNIT, .stage = p->stage, .id = q->level,
                                     .school = p->code, .year = request->snapshot->years[request->year] };
    const struct text formatted = lineage_key_format(request->mem, &key);
    return text_printf(request->mem, "/lineage?of=%.*s", TEXT_ARG(percent_encode_part(formatted, request->mem)));
}

static struct text school_path(const struct request *request, const struct map_point *p)
{
    return text_printf(request->mem, "/schools/%.*s?year=%d", TEXT_ARG(percent_encode_part(p->code, request->mem)),
                       request->snapshot->years[request->year]);
}

static int worst_first(const void *a, const void *b)
{
    const struct map_point *const one = a, *const two = b;
    return one->kind != two->kind ? (one->kind > two->kind) - (one->kind < two->kind) : (one->row > two->row) - (one->row < two->row);
}

static struct map_row *rows_of(const struct request *request, const struct map_question *q, struct map_point *points, size_t n)
{
    struct map_row *const rows = arena_array(request->mem, n, struct map_row);
    qsort(points, n, sizeof *points, worst_first);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct map_row){
            .code = points[i].code, .name = points[i].name, .path = school_path(request, &points[i]), .township = points[i].township,
            .source = lineage_path(request, q, &points[i]), .words = q->level.size && points[i].value_words.size ? points[i].value_words : points[i].state_words,
            .state = points[i].state,
        };
    return rows;
}

/* 城关镇中心小学：小学不达标，812 名学生 */
static struct text title_of(const struct request *request, const struct map_point *p)
{
    if (is_blank(p->pupils))
        return SAID(request->mem, request->lang, T_MAP_TITLE_ONLY, p->name, p->words);
    return SAID(request->mem, request->lang, T_MAP_TITLE_PUPILS, p->name, p->words, say_count(request->mem, (int64_t)p->pupils));
}

static void add_map(struct view_map *view, const struct request *request, const struct map_view *v)
{
    struct arena *const mem = request->mem;
    struct text *const paths = arena_array(mem, v->n, struct text), *const titles = arena_array(mem, v->n, struct text);
    for (size_t i = 0; i < v->n; i++) {
        paths[i] = school_path(request, &v->points[i]);
        titles[i] = title_of(request, &v->points[i]);
    }
    const struct svg_map map = { .outline = request->snapshot->outline, .points = v->points, .n = v->n, .most_pupils = v->most_pupils,
                                 .paths = paths, .titles = titles };
    view->map = svg_map(mem, &map, v->sentence);
    for (int k = 0; k < N_MAP_KINDS; k++)
        if (v->kinds[k].n && (k != MAP_NOT_ASSESSED || v->kinds[k].chosen))
            view->legend[view->n_legend++] = (struct map_legend){ svg_map_sign(mem, (enum map_kind)k), v->kinds[k].name };
    static const int pupils[] = { 100, 500, 2000 };
    for (size_t i = 0; i < COUNT(pupils) && v->n; i++)
        if (!i || pupils[i] <= v->most_pupils)
            view->sizes[view->n_sizes++] = (struct map_legend){ svg_map_size(mem, pupils[i], v->most_pupils, v->n),
                                                                SAID(mem, request->lang, T_MAP_PUPILS, say_count(mem, pupils[i])) };
}

/* ---- the whole ---------------------------------------------------------------------------- */

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    struct view_map view = {
        .frame = frame_of(request, say(request->mem, request->lang, T_MAP_TITLE, NULL, 0), "map"),
        .empty = request->year >= s->n_years, .outlined = s->outline != NULL,
        .may_bring = (request->actor.permissions & MAY_IMPORT) && actor_covers_county(&request->actor),
        .brought = text_equal(request_query(request, "brought"), TEXT("1")),
        .year = request_query(request, "year"), .stage = request_query(request, "stage"),
        .fault = fault ? text_of(fault->what) : TEXT(""), .hint = fault ? text_of(fault->hint) : TEXT(""),
    };
    if (!view.empty) {
        struct map_question q;
        if (!read_question(request, &q, err))
            return false;
        struct map_view *const v = compose_map(composing_of(request), &q);
        view.sentence = v->sentence;
        view.column = v->title;
        if (v->worst && !q.township.size)
            view.worst = SAID(request->mem, request->lang, T_MAP_WORST, v->worst->name, say_count(request->mem, (int64_t)v->worst->below));
        add_filters(&view, request, &q, v);
        view.rows = rows_of(request, &q, v->points, v->n);
        view.n = v->n;
        view.unplaced = rows_of(request, &q, v->unplaced, v->n_unplaced);
        view.n_unplaced = v->n_unplaced;
        add_map(&view, request, v);
    }
    struct html html = html_begin(request->mem, request->lang);
    template_map(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_map(struct request *request, struct response *response, struct err *err)
{
    if (!show(request, response, NULL, err))
        return false;
    response_shared(response);
    return true;
}

bool page_map_outline(struct request *request, struct response *response, struct err *err)
{
    const struct upload *const file = request_file(request, "file");
    struct err fault;
    if (!file) {
        err_set(&fault, ERR_INPUT, "没有选文件。");
        err_hint(&fault, "请选一个 GeoJSON 文件（.geojson 或 .json）。");
    } else if (house_outline_put(request->house, &request->actor, file->name, file->bytes, request->now, &fault)) {
        response_redirect(response, TEXT("/map?brought=1"));
        return true;
    } else if (fault.kind == ERR_OUTSIDE || fault.kind == ERR_DENIED) {
        *err = fault;
        return false;
    }
    response->status = 422;
    return show(request, response, &fault, err);
}
