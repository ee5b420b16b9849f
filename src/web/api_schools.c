/* /api/v1: schools with their verdicts, and what they returned. */
#include "app/edit.h"
#include "app/figures.h"
#include "model/finding.h"
#include "report/composing.h"
#include "report/say.h"
#include "web/api.h"
#include "web/composed.h"
#include "web/pages.h"

static const struct composing *composing_or(struct request *request, struct err *err)
{
    const struct composing *const c = composing_of(request);
    if (!c) {
        err_set(err, ERR_ABSENT, "还没有数据。");
        err_hint(err, "请先导入填报的工作簿。");
    }
    return c;
}

/* ---- schools ------------------------------------------------------------------------------------ */

static void write_choice(struct out *out, const struct composing *c, const char *key, size_t row, uint16_t item)
{
    const struct item_list *const items = c->assessment->returns->items;
    if (item != NO_ITEM)
        api_write_figure(out, key, &items->at[item], returns_number(c->assessment->returns, row, item), returns_text(c->assessment->returns, row, item));
}

static void write_indicators(struct out *out, const struct composing *c, const struct stage_assessment *s, size_t unit, int year)
{
    const struct stage_rule *const rule = &c->assessment->edition->stages[s->stage];
    json_array(out, "indicators");
    for (size_t l = 0; l < s->n_levels; l++) {
        const struct level *const level = &rule->levels[l];
        json_object(out, NULL);
        json_text(out, "id", level->id);
        json_text(out, "name", level->zh);
        json_number(out, "value", s->value[l][unit]);
        json_text(out, "unit", level->unit);
        json_number(out, "threshold", level->at_least);
        json_text(out, "state", state_code((enum state)s->state[l][unit]));
        json_bool(out, "close", s->close[l][unit] != 0);
        json_bool(out, "estimate", s->estimated[l] && s->estimated[l][unit]);
        json_number(out, "missing", s->missing[l] ? s->missing[l][unit] : BLANK);
        json_number(out, "missing_to_floor", s->missing_to_floor[l] ? s->missing_to_floor[l][unit] : BLANK);
        json_text(out, "quantity", level->quantity);
        json_number(out, "cv_share", s->share[l] ? s->share[l][unit] : BLANK);
        json_text(out, "key", lineage_key_format(c->mem, &(struct lineage_key){ .of = LINEAGE_OF_LEVEL, .stage = s->stage, .id = level->id,
                                                                               .school = composing_code(c, s->row[unit]), .year = year }));
        json_end(out);
    }
    json_end(out);
}

static void write_units(struct out *out, const struct composing *c, size_t row, bool indicators)
{
    const struct county_assessment *const county = composing_county(c);
    json_array(out, "units");
    for (size_t i = 0; i < county->n_stages; i++) {
        const struct stage_assessment *const s = &county->stages[i];
        const size_t unit = composing_unit(s, row);
        if (unit == SIZE_MAX)
            continue;
        json_object(out, NULL);
        json_text(out, "stage", stage_code(s->stage));
        json_number(out, "pupils", s->unit_pupils[unit]);
        json_text(out, "verdict", verdict_code((enum state)s->unit_verdict[unit]));
        json_number(out, "met", s->unit_met[unit]);
        json_number(out, "of", (double)s->n_levels);
        json_text(out, "key", lineage_key_format(c->mem, &(struct lineage_key){ .of = LINEAGE_OF_UNIT, .stage = s->stage,
                                                                               .school = composing_code(c, row), .year = county->county->year }));
        if (indicators)
            write_indicators(out, c, s, unit, county->county->year);
        json_end(out);
    }
    json_end(out);
}

static void write_school(struct out *out, const struct composing *c, const char *key, size_t row, bool whole)
{
    const struct item_list *const items = c->assessment->returns->items;
    json_object(out, key);
    json_text(out, "code", composing_code(c, row));
    json_text(out, "name", composing_name(c, row));
    write_choice(out, c, "type", row, items->school_type);
    write_choice(out, c, "township", row, items->township);
    write_choice(out, c, "area_kind", row, items->area_kind);
    write_choice(out, c, "ownership", row, items->ownership);
    write_choice(out, c, "host", row, items->host_school_code);
    write_units(out, c, row, whole);
    if (whole) {
        const struct school_need *const need = composing_need(c, row);
        json_text(out, "needs", need ? say_needs(c->mem, need, c->english) : TEXT(""));
    }
    json_end(out);
}

static bool has_stage(const struct composing *c, size_t row, struct text stage)
{
    const struct county_assessment *const county = composing_county(c);
    for (size_t i = 0; i < county->n_stages; i++)
        if (text_equal(stage_code(county->stages[i].stage), stage))
            return composing_unit(&county->stages[i], row) != SIZE_MAX;
    return false;
}

bool api_schools(struct request *request, struct response *response, struct err *err)
{
    const struct composing *const c = composing_or(request, err);
    const struct text stage = request_query(request, "stage");
    if (!c)
        return false;
    if (stage.size && !text_equal(stage, TEXT("primary")) && !text_equal(stage, TEXT("junior")))
        return err_set(err, ERR_USAGE, "stage 应为 primary 或 junior。");
    const struct county_year *const county = composing_county(c)->county;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_number(out, "year", county->year);
    json_number(out, "data_version", (double)request->snapshot->version);
    json_array(out, "schools");
    for (size_t row = county->first; row < county->first + county->n; row++)
        if (composing_visible(c, row) && (!stage.size || has_stage(c, row, stage)))
            write_school(out, c, NULL, row, false);
    json_end(out);
    json_end(out);
    api_done(response, out);
    return true;
}

bool api_school(struct request *request, struct response *response, struct err *err)
{
    const struct composing *const c = composing_or(request, err);
    if (!c)
        return false;
    if (request->school == SIZE_MAX)
        return err_set(err, ERR_ABSENT, "这所学校在 %d学年没有数据。", composing_county(c)->county->year);
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_number(out, "year", composing_county(c)->county->year);
    json_number(out, "data_version", (double)request->snapshot->version);
    write_school(out, c, "school", request->school, true);
    json_end(out);
    api_done(response, out);
    return true;
}

/* ---- figures ------------------------------------------------------------------------------------- */

static void write_figure(struct out *out, const struct item *item, const struct figure_shown *f)
{
    static const char *const HOW[] = { [FIGURE_BLANK] = "blank", [FIGURE_RETURNED] = "returned", [FIGURE_BY_TYPE] = "by_type", [FIGURE_TOLD] = "told" };
    json_object(out, NULL);
    json_text(out, "item", item->code);
    json_text(out, "name", item->zh);
    json_text(out, "unit", item->unit);
    api_write_figure(out, "value", item, f->value, f->text);
    json_text(out, "how", text_of(HOW[f->how]));
    json_bool(out, "estimate", f->estimate);
    json_text(out, "key", f->key);
    if (f->cell.row && f->cell.column) {
        char name[16];
        json_text(out, "file", f->cell.file);
        json_text(out, "sheet", f->cell.sheet);
        json_text(out, "cell", text_of(cell_name(name, f->cell.row, f->cell.column)));
    }
    json_end(out);
}

bool api_figures(struct request *request, struct response *response, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    const struct lineage_request asked = api_lineage(request);
    const struct text school = request_query(request, "school");
    struct figure_shown *figures;
    size_t n;
    if (!app_figures(&asked, request->year, school, request->mem, &figures, &n, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_number(out, "year", s->years[request->year]);
    json_number(out, "data_version", (double)s->version);
    json_text(out, "school", school);
    json_array(out, "figures");
    for (size_t i = 0; i < n; i++)
        write_figure(out, &s->edition->items.at[figures[i].item], &figures[i]);
    json_end(out);
    json_end(out);
    api_done(response, out);
    return true;
}

/* Inside the writer. */
bool api_figure_edit(struct request *request, struct response *response, struct err *err)
{
    const struct item_list *const items = &request->snapshot->edition->items;
    const struct json *body;
    struct figure_edit edit = { 0 };
    struct figure_edited edited;
    struct api_figure value, seen;
    struct text item;
    int64_t year;
    if (!api_needs_key(request, err) || !api_body(request, &body, err) || !api_integer(body, "year", 1900, 2999, 0, &year, err) ||
        !api_text(body, "school", &edit.school, err) || !api_text(body, "item", &item, err) || !api_item(items, item, &edit.item, err) ||
        !api_text(body, "reason", &edit.reason, err))
        return false;
    if (!year || !api_member(body, "value") || !api_member(body, "seen")) {
        err_set(err, ERR_USAGE, "缺少 year、value 或 seen。");
        return err_hint(err, "seen 是您看到的原值（空白写 null），别人先改过就不会被盖掉。");
    }
    if (!api_figure(request->mem, &items->at[edit.item], api_member(body, "value"), &value, err) ||
        !api_figure(request->mem, &items->at[edit.item], api_member(body, "seen"), &seen, err))
        return false;
    edit.year = (int)year;
    edit.typed = value.typed;
    edit.seen = items->at[edit.item].type == ITEM_TEXT ? BLANK : seen.number;
    edit.seen_text = seen.text;
    if (!app_figure_edit(request->house, request->writing, &request->actor, &edit, request->now, request->mem, &edited, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_number(out, "data_version", (double)edited.version);
    api_write_figure(out, "value", &items->at[edit.item], edited.number, edited.text);
    json_text(out, "key", lineage_key_format(request->mem, &(struct lineage_key){ .of = edit.school.size ? LINEAGE_OF_SCHOOL : LINEAGE_OF_COUNTY,
                                                                                 .id = items->at[edit.item].code, .school = edit.school,
                                                                                 .year = edit.year }));
    json_end(out);
    api_done(response, out);
    return true;
}
