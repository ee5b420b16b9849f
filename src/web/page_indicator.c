/* An indicator: of a resource its spread between the schools of a stage, whose doing it is, and what one school's
 * value changes; of a rule its value over the years, and the schools that fail it. */
#include "app/point.h"
#include "base/out.h"
#include "made/templates.h"
#include "report/say.h"
#include "web/frame.h"
#include "web/indicator_paths.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/state.h"

#include <math.h>
#include <stdlib.h>

enum { FEW = 10, MANY_DOTS = 600 };

struct drawing {
    struct request *request;
    const struct composing *c;
};

#define COUNTED(n) say_count(d->request->mem, (int64_t)(n))

/* For fields and scripts: digits alone; empty where blank. */
static struct text number_plain(struct arena *mem, double x)
{
    char shortest[NUMBER_SIZE];
    return is_blank(x) ? TEXT("") : text_copy(mem, (struct text){ shortest, number_shortest(shortest, x) });
}

/* ---- the strip ---------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Where a few schools lie far out, the axis ends before them: 0 where all fit well. */
static double axis_end(const struct drawing *d, const struct level_view *level)
{
    double *const values = arena_array(d->request->mem, level->n_units, double);
    size_t n = 0;
    for (size_t i = 0; i < level->n_units; i++)
        if (!is_blank(level->units[i].value))
            values[n++] = level->units[i].value;
    if (n < 20)
        return 0;
    qsort(values, n, sizeof *values, by_size);
    const double most = fmax(fmax(values[n - 1 - n / 50], level->mean), level->threshold) * 1.1;
    if (!(values[n - 1] > most * 1.4))
        return 0;
    const double power = pow(10, floor(log10(most)) - 1);
    return ceil(most / power) * power;
}

static struct text dot_title(const struct drawing *d, const struct level_view *level, const struct level_unit *unit)
{
    return SAID(d->request->mem, d->request->lang, T_INDICATOR_DOT, unit->name, unit->value_words, level->unit, unit->state_words, unit->pupils_words);
}

/* All schools in one row, then town and country by themselves. */
static struct svg_strip strip_of(const struct drawing *d, const struct level_view *level)
{
    const size_t areas = level->n_areas > 1 ? level->n_areas : 0;
    struct svg_strip_row *const rows = arena_array(d->request->mem, 1 + areas, struct svg_strip_row);
    struct svg_dot *const all = arena_array(d->request->mem, level->n_units, struct svg_dot);
    for (size_t i = 0; i < level->n_units; i++) {
        const struct level_unit *const unit = &level->units[i];
        all[i] = (struct svg_dot){ unit->value, unit->pupils, unit->state, unit->code, dot_title(d, level, unit) };
    }
    rows[0] = (struct svg_strip_row){ say(d->request->mem, d->request->lang, T_INDICATOR_ALL, NULL, 0), all, level->n_units };
    for (size_t k = 0; k < areas; k++) {
        struct svg_dot *const some = arena_array(d->request->mem, level->n_units, struct svg_dot);
        size_t n = 0;
        for (size_t i = 0; i < level->n_units; i++)
            if (level->units[i].area_at == k)
                some[n++] = all[i];
        rows[k + 1] = (struct svg_strip_row){ level->areas[k].name, some, n };
    }
    struct svg_strip strip = { .rows = rows, .n_rows = 1 + areas, .threshold = { level->threshold, TEXT("") }, .floor = { level->floor, TEXT("") },
                               .mean = { level->mean, TEXT("") }, .max = axis_end(d, level), .row_height = 66 };
    if (!is_blank(level->threshold)) {
        strip.threshold.name = SAID(d->request->mem, d->request->lang, T_INDICATOR_AT_THRESHOLD, level->threshold_words);
        strip.floor.name = SAID(d->request->mem, d->request->lang, T_INDICATOR_AT_FLOOR, level->floor_words);
    }
    if (!is_blank(level->mean))
        strip.mean.name = SAID(d->request->mem, d->request->lang, T_INDICATOR_AT_MEAN, level->mean_words);
    return strip;
}

static void draw_strips(const struct drawing *d, struct view_level *view)
{
    const struct level_view *const level = view->level;
    const struct text label = SAID(d->request->mem, d->request->lang, T_INDICATOR_STRIP, COUNTED(level->n_units), level->stage_name, level->whole_name);
    struct svg_strip strip = strip_of(d, level);
    view->strip = svg_strip(d->request->mem, &strip, label);
    view->one_strip = level->n_units > MANY_DOTS;
    strip.width = 340;
    if (!view->one_strip)
        view->narrow = svg_strip(d->request->mem, &strip, label);
    if (strip.max > 0)
        view->edge = SAID(d->request->mem, d->request->lang, T_INDICATOR_EDGE, say_number(d->request->mem, strip.max, d->c->english));
}

/* ---- whose doing -------------------------------------------------------------------------- */

static void list_units(const struct drawing *d, struct view_level *view)
{
    const struct level_view *const level = view->level;
    const bool all = text_equal(request_query(d->request, "rows"), TEXT("all"));
    const size_t shown = all || level->n_units <= FEW + 2 ? level->n_units : FEW;
    const double longest = level->n_units ? level->units[0].share : BLANK;
    double running = 0;
    view->units = arena_array(d->request->mem, shown, struct view_unit);
    view->n_units = shown;
    view->n_rest = level->n_units - shown;
    view->shares = longest > 0;
    for (size_t i = 0; i < shown; i++) {
        const struct level_unit *const unit = &level->units[i];
        const struct text label = SAID(d->request->mem, d->request->lang, unit->above ? T_INDICATOR_SHARE_ABOVE : T_INDICATOR_SHARE_BELOW, unit->name,
                                       unit->share_words);
        running = is_blank(unit->running) ? running : unit->running;
        view->units[i] = (struct view_unit){ unit, svg_share(d->request->mem, unit->share, longest, !unit->above, label),
                                             number_plain(d->request->mem, number_round(unit->value, 2)) };
    }
    if (view->n_rest && view->shares) {
        view->rest_share = say_share(d->request->mem, fmax(0, 1 - running), d->c->english);
        view->rest_running = TEXT("100%");
    }
    view->all_path = text_printf(d->request->mem, "%.*s&rows=all", TEXT_ARG(view->path));
}

/* ---- over the years ----------------------------------------------------------------------- */

struct yearly { int year; double value; struct text words; };

/* Lines need two points.  The scale holds the limit and leaves room below, so that a small change looks small. */
static bool draw_years(const struct drawing *d, const struct yearly *of, size_t n, struct svg_mark limit, struct text label, struct svg *out)
{
    struct text *const names = arena_array(d->request->mem, n, struct text), *const said = arena_array(d->request->mem, n, struct text);
    double *const values = arena_array(d->request->mem, n, double);
    size_t known = 0;
    double least = limit.at, most = limit.at; /* fmin and fmax pass a blank over */
    for (size_t i = 0; i < n; i++) {
        least = fmin(least, of[i].value);
        most = fmax(most, of[i].value);
        names[i] = text_printf(d->request->mem, "%d", of[i].year);
        values[i] = of[i].value;
        said[i] = of[i].words;
        known += is_blank(of[i].value) ? 0u : 1u;
    }
    if (known < 2)
        return false;
    const struct svg_line line = { TEXT(""), values, said };
    const struct svg_trend trend = { .years = names, .n_years = n, .n_known = n, .lines = &line, .n_lines = 1, .limit = limit,
                                     .goal = { BLANK, TEXT("") }, .low = fmax(0, least - most * .25), .high = most > 0 ? most * 1.15 : 1,
                                     .height = 170 };
    *out = svg_trend(d->request->mem, &trend, label);
    return true;
}

static void draw_level_years(const struct drawing *d, struct view_level *view)
{
    const struct level_view *const level = view->level;
    struct yearly years[MOST_YEARS];
    view->year_digits = arena_array(d->request->mem, level->n_years, struct text);
    for (size_t i = 0; i < level->n_years; i++) {
        years[i] = (struct yearly){ level->years[i].year, level->years[i].cv, level->years[i].cv_words };
        view->year_digits[i] = text_printf(d->request->mem, "%d", level->years[i].year);
    }
    const struct svg_mark limit = { level->limit, level->limit_words.size ? SAID(d->request->mem, d->request->lang, T_INDICATOR_LIMIT, level->limit_words)
                                                                           : TEXT("") };
    view->trends = draw_years(d, years, level->n_years, limit, SAID(d->request->mem, d->request->lang, T_INDICATOR_YEARS_LABEL, level->whole_name),
                              &view->trend);
}

/* ---- trying ------------------------------------------------------------------------------- */

static bool read_value(struct text typed, double *out)
{
    return number_parse(text_trim(typed), out) && *out >= 0 && isfinite(*out);
}

static bool try_point(const struct drawing *d, enum stage stage, struct text id, struct text school, struct text typed, struct point_view **out,
                      struct err *err)
{
    struct point_asked asked = { .year = d->request->year, .stage = stage, .level = id, .school = school };
    struct pointed pointed;
    if (!read_value(typed, &asked.value)) {
        err_set(err, ERR_INPUT, "要试算的值应是不小于 0 的数。");
        return err_hint(err, "例如 7.5。");
    }
    if (!app_point(d->request->snapshot, &d->request->actor, &asked, d->request->mem, &pointed, err))
        return false;
    const size_t row = snapshot_school(d->request->snapshot, d->request->year, school, &d->request->actor);
    *out = compose_point(d->c, pointed.assessment, stage, id, (uint32_t)row, pointed.changes, pointed.n);
    return *out || err_set(err, ERR_ABSENT, "这所学校在这个学段没有学生。");
}

/* Without a script: the school and the value stand in the address. */
static void try_asked(const struct drawing *d, struct view_level *view)
{
    struct point_view *point = NULL;
    struct err err = { 0 };
    view->may_try = (d->request->actor.permissions & MAY_TRY) != 0;
    view->try.school = request_query(d->request, "school");
    view->try.value = request_query(d->request, "value");
    const bool asked = view->try.school.size && view->try.value.size;
    for (size_t i = 0; !asked && !view->try.value.size && i < view->n_units; i++)
        view->try.value = view->units[i].number; /* of the first that the list of schools shows */
    if (!view->may_try || !asked)
        return;
    for (size_t i = view->n_units; i < view->level->n_units; i++) {
        if (text_equal(view->level->units[i].code, view->try.school)) {
            view->try.other = view->level->units[i].name;
            view->try.other_value = number_plain(d->request->mem, number_round(view->level->units[i].value, 2));
        }
    }
    if (try_point(d, view->level->stage, view->level->id, view->try.school, view->try.value, &point, &err)) {
        view->try.point = point;
    } else {
        view->try.fault = text_copy(d->request->mem, text_of(err.what));
        view->try.hint = text_copy(d->request->mem, text_of(err.hint));
    }
}

static void write_side(const struct drawing *d, struct out *out, const char *key, struct text words, enum state state)
{
    json_object(out, key);
    json_text(out, "words", words);
    if (state != STATE_NOT_APPLICABLE) {
        json_text(out, "state", text_of(state_class(state)));
        json_text(out, "stateWord", say(d->request->mem, d->request->lang, state_word(state), NULL, 0));
    }
    json_end(out);
}

/* What the script draws: it makes no words of its own. */
static struct text point_json(const struct drawing *d, const struct point_view *point)
{
    struct out *const out = out_new_memory(d->request->mem);
    json_object(out, NULL);
    json_text(out, "school", point->school);
    json_text(out, "sentence", point->sentence);
    json_text(out, "figures", point->figures);
    json_text(out, "verdict", point->verdict);
    json_number(out, "value", point->value);
    json_text(out, "words", point->value_words);
    json_text(out, "state", text_of(state_class(point->state)));
    json_number(out, "mean", point->mean);
    json_text(out, "meanWords", SAID(d->request->mem, d->request->lang, T_INDICATOR_AT_MEAN, point->mean_words));
    json_array(out, "rows");
    for (size_t i = 0; i < point->n_rows; i++) {
        const struct point_row *const row = &point->rows[i];
        json_object(out, NULL);
        json_text(out, "name", row->name);
        write_side(d, out, "before", row->before, row->before_state);
        write_side(d, out, "after", row->after, row->after_state);
        json_bool(out, "changed", row->changed);
        json_bool(out, "worse", row->changed && row->worse);
        json_end(out);
    }
    json_end(out);
    json_end(out);
    return out_collected(out);
}

static bool stage_of(struct text said, enum stage *out)
{
    for (int s = 0; s < N_EVALUATED; s++) {
        if (text_equal(said, stage_code((enum stage)s))) {
            *out = (enum stage)s;
            return true;
        }
    }
    return false;
}

bool page_what_if_point(struct request *request, struct response *response, struct err *err)
{
    const struct drawing d = { request, composing_of(request) };
    struct point_view *point;
    enum stage stage;
    if (!d.c)
        return err_set(err, ERR_ABSENT, "还没有数据。");
    if (!stage_of(request_field(request, "stage"), &stage))
        return err_set(err, ERR_USAGE, "没有这个学段。");
    if (!try_point(&d, stage, request_field(request, "indicator"), request_field(request, "school"), request_field(request, "value"), &point, err))
        return false;
    response_json(response, point_json(&d, point));
    return true;
}

/* ---- the page of a resource ---------------------------------------------------------------- */

static void add_stages(const struct drawing *d, struct view_level *view)
{
    const struct county_assessment *const county = composing_county(d->c);
    for (size_t i = 0; i < county->n_stages; i++)
        if (composing_level(d->c->assessment->edition, county->stages[i].stage, view->level->id, NULL))
            view->stages[view->n_stages++] = (struct view_beside){ indicator_path(d->request, view->level->id, (int)county->stages[i].stage),
                                                                   say_stage(county->stages[i].stage, d->c->english) };
}

static void show_level(const struct drawing *d, const struct level_view *level, struct response *response)
{
    struct view_level view = {
        .frame = frame_of(d->request, SAID(d->request->mem, d->request->lang, T_INDICATOR_TITLE_LEVEL, level->name, level->stage_name), "indicators"),
        .level = level, .year = year_digits(d->request), .stage = stage_code(level->stage),
        .path = indicator_path(d->request, level->id, (int)level->stage),
        .least_step = number_plain(d->request->mem, level->threshold >= 100 ? 10 : .01),
    };
    indicators_beside(d->request, d->c, level->id, (int)level->stage, &view.previous, &view.next);
    add_stages(d, &view);
    draw_strips(d, &view);
    list_units(d, &view);
    draw_level_years(d, &view);
    try_asked(d, &view);
    struct html html = html_begin(d->request->mem, d->request->lang);
    template_level(&html, &view);
    response_html(response, &html);
    response_shared(response);
}

/* ---- the page of a rule -------------------------------------------------------------------- */

static struct view_rule_part part_of(const struct drawing *d, const struct rule_part *part)
{
    struct view_rule_part view = { .part = part, .year_digits = arena_array(d->request->mem, part->n_years, struct text) };
    struct yearly years[MOST_YEARS];
    for (size_t i = 0; i < part->n_years; i++) {
        years[i] = (struct yearly){ part->years[i].year, part->years[i].value, part->years[i].value_words };
        view.year_digits[i] = text_printf(d->request->mem, "%d", part->years[i].year);
    }
    const struct svg_mark limit = { part->limit_words.size ? part->threshold : BLANK, part->limit_words };
    /* 「12.5%，应不低于 10%」 stands there as figures already. */
    const bool told = text_starts(part->words, part->value_words) && part->words.size <= part->value_words.size + part->limit_words.size + strlen("，应");
    view.words = part->schools ? !part->failing && !part->unknown : !part->value_words.size || !told;
    view.trends = draw_years(d, years, part->n_years, limit, SAID(d->request->mem, d->request->lang, T_INDICATOR_RULE_YEARS, part->name), &view.trend);
    return view;
}

static void show_rule(const struct drawing *d, const struct rule_view *rule, struct response *response)
{
    struct view_rule view = { .frame = frame_of(d->request, SAID(d->request->mem, d->request->lang, T_INDICATOR_TITLE_RULE, rule->name), "indicators"),
                              .rule = rule, .year = year_digits(d->request),
                              .parts = arena_array(d->request->mem, rule->n_parts, struct view_rule_part) };
    indicators_beside(d->request, d->c, rule->id, -1, &view.previous, &view.next);
    for (size_t i = 0; i < rule->n_parts; i++)
        view.parts[i] = part_of(d, &rule->parts[i]);
    struct html html = html_begin(d->request->mem, d->request->lang);
    template_rule(&html, &view);
    response_html(response, &html);
    response_shared(response);
}

/* ---- which of them ------------------------------------------------------------------------- */

/* The stage that is asked for, else the first that the county has. */
static const struct level_view *level_asked(const struct drawing *d, struct text id)
{
    const struct county_assessment *const county = composing_county(d->c);
    enum stage stage;
    const struct level_view *level = NULL;
    if (stage_of(request_query(d->request, "stage"), &stage))
        return compose_level(d->c, stage, id);
    for (size_t i = 0; i < county->n_stages && !level; i++)
        level = compose_level(d->c, county->stages[i].stage, id);
    return level;
}

bool page_indicator(struct request *request, struct response *response, struct err *err)
{
    const struct drawing d = { request, composing_of(request) };
    const struct text id = request_capture(request, "id");
    if (!d.c) {
        empty_page(request, response, say(request->mem, request->lang, T_INDICATOR_TITLE, NULL, 0), "indicators");
        return true;
    }
    const struct level_view *const level = level_asked(&d, id);
    if (level) {
        show_level(&d, level, response);
        response_shared(response);
        return true;
    }
    const struct rule_view *const rule = compose_rule(d.c, id);
    if (rule) {
        show_rule(&d, rule, response);
        response_shared(response);
        return true;
    }
    err_set(err, ERR_ABSENT, "没有编号为 %.*s 的指标，或者这个学段没有学校。", TEXT_ARG(id));
    return err_hint(err, "请从指标的目录进入。");
}
