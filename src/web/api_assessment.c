/* /api/v1: the assessment of a year, and what it would be if figures were others. */
#include "app/scenario.h"
#include "model/finding.h"
#include "report/write_assessment.h"
#include "web/api.h"
#include "web/pages.h"

enum { MOST_CHANGES = 5000 };

static bool has_year(const struct request *request, struct err *err)
{
    if (request->year < request->snapshot->n_years)
        return true;
    err_set(err, ERR_ABSENT, "还没有数据。");
    return err_hint(err, "请先导入填报的工作簿。");
}

/* One year out of all: the object of `junheng assess --format json`.  Findings belong to imports. */
static void write_year(const struct request *request, struct out *out, const struct assessment *all, const struct county_needs *needs,
                       const struct what_if *what_if, bool units)
{
    const struct assessment_view view = { .edition = all->edition, .relaxations = all->relaxations, .n_relaxations = all->n_relaxations, .units = units };
    const struct findings none = { .mem = request->mem };
    struct assessment one = *all, before;
    struct what_if tried;
    struct arena *scratch = arena_new("api");
    one.counties += request->year;
    one.n_counties = 1;
    struct assessed part = { .assessment = &one, .needs = needs + request->year };
    if (what_if) {
        before = *what_if->before;
        before.counties += request->year;
        before.n_counties = 1;
        struct change *changes = arena_array(request->mem, what_if->n, struct change);
        for (size_t i = 0; i < what_if->n; i++) {
            changes[i] = what_if->changes[i];
            changes[i].county = 0; /* counted in what is written */
        }
        tried = (struct what_if){ &before, changes, what_if->n };
        part.what_if = &tried;
    }
    assessment_as_json.begin(out, &view);
    assessment_as_json.part(out, &view, &part, scratch);
    assessment_as_json.end(out, &view, &none, scratch);
    arena_free(&scratch);
}

bool api_assessment(struct request *request, struct response *response, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    if (!has_year(request, err))
        return false;
    struct out *const out = api_out(request);
    write_year(request, out, s->assessment, s->needs, NULL, !text_equal(request_query(request, "units"), TEXT("false")));
    api_done(response, out);
    return true;
}

/* ---- what if ----------------------------------------------------------------------------------- */

static bool read_change(const struct request *request, const struct json *object, struct scenario_change *out, struct err *err)
{
    const struct edition *const edition = request->snapshot->edition;
    struct text item;
    struct api_figure figure;
    if (!api_is_object(object))
        return err_set(err, ERR_USAGE, "changes 的每一项应为对象：school、item、value。");
    if (!api_text(object, "school", &out->school, err) || !api_text(object, "item", &item, err) ||
        !api_item(&edition->items, item, &out->item, err) ||
        !api_figure(request->mem, &edition->items.at[out->item], api_member(object, "value"), &figure, err))
        return false;
    out->number = BLANK;
    return !figure.typed.size || app_try_read(edition, out->item, figure.typed, request->mem, &out->number, err);
}

static bool read_changes(const struct request *request, const struct json *body, struct scenario_change **out, size_t *n_out, struct err *err)
{
    const struct json *const list = api_member(body, "changes");
    const size_t n = api_size(list);
    if (!api_is_list(list) || n > MOST_CHANGES) {
        err_set(err, n > MOST_CHANGES ? ERR_LIMIT : ERR_USAGE, "changes 应为改动的列表，最多 %d 处。", MOST_CHANGES);
        return err_hint(err, "每处写 school（空：区县的）、item、value。");
    }
    *out = arena_array(request->mem, n, struct scenario_change);
    for (size_t i = 0; i < n; i++)
        if (!read_change(request, api_at(list, i), &(*out)[i], err))
            return false;
    *n_out = n;
    return true;
}

bool api_what_if(struct request *request, struct response *response, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    const struct json *body;
    struct scenario_change *changes;
    struct tried tried;
    int64_t year;
    bool units;
    size_t n;
    if (!has_year(request, err) || !api_body(request, &body, err) || !api_integer(body, "year", 1900, 2999, 0, &year, err) ||
        !api_bool(body, "units", false, &units, err))
        return false;
    request->year = snapshot_year(s, (int)year);
    if (request->year == s->n_years)
        return err_set(err, ERR_ABSENT, "没有 %d学年的数据。", (int)year);
    if (!read_changes(request, body, &changes, &n, err) || !app_try(s, request->year, &request->actor, changes, n, request->mem, &tried, err))
        return false;
    struct out *const out = api_out(request);
    write_year(request, out, tried.assessment, tried.needs, &tried.what_if, units);
    api_done(response, out);
    return true;
}
