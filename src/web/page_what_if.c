/* What-if (试算): figures changed in a grid, verdicts and coefficients at once; scenarios kept by name. */
#include "base/day.h"
#include "made/templates.h"
#include "report/write_trial.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/what_if_view.h"
#include "web/workbook.h"

static struct text title_of(const struct request *request)
{
    return say(request->mem, request->lang, T_WHAT_IF_TITLE, NULL, 0);
}

static struct text scenario_path(const struct request *request, struct text id, int year)
{
    return text_printf(request->mem, "/what-if?id=%.*s&year=%d", TEXT_ARG(id), year);
}

/* ---- the page ----------------------------------------------------------------------------- */

static bool put_tabs(struct request *r, struct view_what_if *view, struct err *err)
{
    struct scenario_record *records;
    size_t n;
    if (!app_scenarios(r->house, &r->actor, r->mem, &records, &n, err))
        return false;
    view->tabs = arena_array(r->mem, n, struct what_if_tab);
    for (size_t i = 0; i < n; i++) {
        const bool current = text_equal(records[i].id, view->id);
        view->tabs[view->n_tabs++] = (struct what_if_tab){ records[i].id, records[i].name, scenario_path(r, records[i].id, records[i].year), current };
        if (!current)
            continue;
        if (!view->name.size)
            view->name = records[i].name;
        view->by = SAID(r->mem, r->lang, T_WHAT_IF_BY, records[i].made.who, day_shown(records[i].made.at, r->mem),
                        time_shown(records[i].changed_at, r->mem));
        view->drop_question = SAID(r->mem, r->lang, T_WHAT_IF_DROP_QUESTION, records[i].name);
    }
    return true;
}

static bool show(struct trying *t, struct response *response, struct view_what_if *view, struct err *err)
{
    struct request *const r = t->request;
    struct html html = html_begin(r->mem, r->lang);
    if (!what_if_try(t, err))
        return false;
    what_if_view(t, view);
    if (r->htmx) {
        template_what_if_part(&html, view);
    } else {
        if (!put_tabs(r, view, err))
            return false;
        view->may_export = (r->actor.permissions & MAY_EXPORT) != 0;
        view->frame = frame_of(r, title_of(r), "what-if");
        view->frame->grid = true;
        template_what_if(&html, view);
    }
    response_html(response, &html);
    return true;
}

static struct trying begin(struct request *r)
{
    return (struct trying){ .request = r, .composing = composing_of(r), .typed = { .mem = r->mem } };
}

/* A kept scenario is shown in its own year, unless another is asked for. */
static bool load(struct trying *t, struct text id, struct view_what_if *view, struct err *err)
{
    struct request *const r = t->request;
    struct scenario_record record;
    struct scenario_change *changes;
    size_t n;
    if (!app_scenario(r->house, &r->actor, id, r->mem, &record, &changes, &n, err))
        return false;
    const size_t year = snapshot_year(r->snapshot, record.year);
    if (!request_query(r, "year").size && year < r->snapshot->n_years) {
        r->year = year;
        t->composing = composing_of(r);
    }
    t->typed = what_if_kept(r->mem, changes, n);
    view->id = record.id;
    view->name = record.name;
    return true;
}

bool page_what_if(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_query(request, "id"), school = request_query(request, "school");
    struct trying t = begin(request);
    struct view_what_if view = { .saved = text_equal(request_query(request, "saved"), TEXT("1")) };
    if (!t.composing) {
        empty_page(request, response, title_of(request), "what-if");
        return true;
    }
    if (id.size && !load(&t, id, &view, err))
        return false;
    if (school.size) {
        const size_t row = snapshot_school(request->snapshot, request->year, school, &request->actor);
        if (row == SIZE_MAX)
            return err_set(err, ERR_ABSENT, "没有这所学校，或者您的账号看不到它。");
        if (!app_scenario_fill(request->snapshot, request->year, row, &t.typed))
            view.told = say(request->mem, request->lang, T_WHAT_IF_ADDED_NONE, NULL, 0);
        what_if_find(&t, school, false, &view);
    }
    return show(&t, response, &view, err);
}

/* ---- trying ------------------------------------------------------------------------------- */

/* The schools that are ticked; none: all that are listed. */
static size_t add_to_schools(struct trying *t, bool fill, const struct view_what_if *view)
{
    struct request *const r = t->request;
    const uint16_t item = item_find(&r->snapshot->edition->items, request_field(r, "item"));
    bool any = false;
    size_t added = 0;
    for (size_t i = 0; i < view->n_found; i++)
        any |= view->found[i].chosen;
    for (size_t i = 0; i < view->n_found; i++) {
        const struct text code = view->found[i].code;
        if (any && !view->found[i].chosen)
            continue;
        const size_t before = t->typed.n, row = snapshot_school(r->snapshot, r->year, code, &r->actor);
        if (fill) {
            added += app_scenario_fill(r->snapshot, r->year, row, &t->typed);
        } else if (item != NO_ITEM) {
            bool there = false;
            for (size_t k = 0; k < before; k++)
                there |= t->typed.at[k].item == item && text_equal(t->typed.at[k].school, code);
            if (there)
                continue;
            typed_put(&t->typed, (struct typed_change){ .school = code, .item = item, .typed = TEXT("") });
            added++;
        }
    }
    return added;
}

static void paste(struct trying *t, struct view_what_if *view)
{
    struct request *const r = t->request;
    const struct text block = request_field(r, "block");
    const struct pasted pasted = app_scenario_paste(r->snapshot, r->year, &r->actor, block, &t->typed);
    view->told = SAID(r->mem, r->lang, T_WHAT_IF_PASTED, say_count(r->mem, (int64_t)pasted.rows));
    view->block_faults = arena_array(r->mem, pasted.n_faults, struct text);
    for (; view->n_block_faults < pasted.n_faults; view->n_block_faults++)
        view->block_faults[view->n_block_faults] = pasted.faults[view->n_block_faults].words;
    view->block = pasted.n_faults ? block : TEXT("");
}

static bool begin_form(struct request *request, struct trying *t, struct view_what_if *view, struct err *err)
{
    *t = begin(request);
    if (!t->composing)
        return err_set(err, ERR_INPUT, "还没有数据，不能试算。");
    t->typed = what_if_typed(request);
    view->id = request_field(request, "id");
    view->name = request_field(request, "name");
    return true;
}

bool page_what_if_try(struct request *request, struct response *response, struct err *err)
{
    const struct text act = request_field(request, "do");
    struct trying t;
    struct view_what_if view = { 0 };
    if (!begin_form(request, &t, &view, err))
        return false;
    what_if_find(&t, request_field(request, "q"), text_equal(request_field(request, "failing"), TEXT("1")), &view);
    const bool fill = text_equal(act, TEXT("fill"));
    if (fill || text_equal(act, TEXT("add"))) {
        const size_t added = add_to_schools(&t, fill, &view);
        view.told = added ? SAID(request->mem, request->lang, T_WHAT_IF_ADDED, say_count(request->mem, (int64_t)added))
                          : say(request->mem, request->lang, T_WHAT_IF_ADDED_NONE, NULL, 0);
    } else if (text_equal(act, TEXT("paste"))) {
        paste(&t, &view);
    }
    return show(&t, response, &view, err);
}

/* ---- keeping ------------------------------------------------------------------------------ */

/* What cannot be kept comes back as it was typed, with the reason. */
static bool refused(struct trying *t, struct response *response, struct view_what_if *view, int status, struct text fault, struct text hint,
                    struct err *err)
{
    view->fault = fault;
    view->hint = hint;
    response->status = status;
    return show(t, response, view, err);
}

bool page_what_if_save(struct request *request, struct response *response, struct err *err)
{
    struct trying t;
    struct view_what_if view = { 0 };
    struct text id;
    if (!begin_form(request, &t, &view, err))
        return false;
    const struct what_if_cells cells = what_if_read(request, &t.typed);
    for (size_t i = 0; i < cells.n; i++)
        if (cells.at[i].fault.size)
            return refused(&t, response, &view, 422, cells.at[i].fault, cells.at[i].hint, err);
    const struct text asked = request_field(request, "as_new").size ? TEXT("") : view.id;
    const int year = request->snapshot->years[request->year];
    if (!app_scenario_save(request->house, request->writing, &request->actor, asked, view.name, year, cells.changes, cells.n_changes, request->now,
                           request->mem, &id, err)) {
        if (err->kind != ERR_INPUT && err->kind != ERR_CONFLICT)
            return false;
        const struct text fault = text_copy(request->mem, text_of(err->what)), hint = text_copy(request->mem, text_of(err->hint));
        return refused(&t, response, &view, err->kind == ERR_CONFLICT ? 409 : 422, fault, hint, err);
    }
    response_redirect(response, text_printf(request->mem, "%.*s&saved=1", TEXT_ARG(scenario_path(request, id, year))));
    return true;
}

bool page_what_if_drop(struct request *request, struct response *response, struct err *err)
{
    if (!request_field(request, "id").size)
        return err_set(err, ERR_USAGE, "没有说要删除哪个方案。");
    if (!app_scenario_drop(request->house, request->writing, &request->actor, request_field(request, "id"), request->now, err))
        return false;
    response_redirect(response, TEXT("/what-if"));
    return true;
}

/* ---- out of the house --------------------------------------------------------------------- */

bool page_what_if_export(struct request *request, struct response *response, struct err *err)
{
    struct trying t;
    struct view_what_if view = { 0 };
    if (!begin_form(request, &t, &view, err) || !what_if_try(&t, err))
        return false;
    struct sheet *sheets[TRIAL_SHEETS];
    const struct trial_sheets_request asked = {
        .composing = t.composing, .comparison = t.comparison, .name = view.name,
        .version = SAID(request->mem, request->lang, T_WHAT_IF_VERSION, say_count(request->mem, (int64_t)request->snapshot->version)) };
    trial_sheets(&asked, sheets);
    const struct text name = view.name.size ? view.name : year_digits(request);
    return response_workbook(response, sheets, TRIAL_SHEETS,
                             text_printf(request->mem, "%.*s.xlsx", TEXT_ARG(SAID(request->mem, request->lang, T_WHAT_IF_FILE, name))), err);
}

/* ---- two side by side --------------------------------------------------------------------- */

static struct what_if_tab *choices(const struct request *r, const struct scenario_record *records, size_t n, struct text chosen)
{
    struct what_if_tab *const out = arena_array(r->mem, n, struct what_if_tab);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct what_if_tab){ records[i].id, records[i].name, scenario_path(r, records[i].id, records[i].year),
                                       text_equal(records[i].id, chosen) };
    return out;
}

static bool load_side(struct request *r, struct text id, struct trying *t, struct text *name, struct text *path, struct err *err)
{
    struct scenario_record record;
    struct scenario_change *changes;
    size_t n;
    *t = begin(r);
    if (!app_scenario(r->house, &r->actor, id, r->mem, &record, &changes, &n, err) || !what_if_compare_kept(t, changes, n, err))
        return false;
    *name = record.name;
    *path = scenario_path(r, record.id, record.year);
    return true;
}

bool page_what_if_compare(struct request *request, struct response *response, struct err *err)
{
    struct scenario_record *records;
    const struct text title = say(request->mem, request->lang, T_WHAT_IF_COMPARE_TITLE, NULL, 0);
    struct view_what_if_compare view = { .year = year_digits(request) };
    if (request->year >= request->snapshot->n_years) {
        empty_page(request, response, title, "what-if");
        return true;
    }
    if (!app_scenarios(request->house, &request->actor, request->mem, &records, &view.n, err))
        return false;
    struct text a = request_query(request, "a"), b = request_query(request, "b");
    a = a.size || !view.n ? a : records[0].id;
    b = b.size || view.n < 2 ? b : records[text_equal(a, records[0].id) ? 1 : 0].id;
    view.a = choices(request, records, view.n, a);
    view.b = choices(request, records, view.n, b);
    if (a.size && b.size) {
        struct trying side[2];
        if (!load_side(request, a, &side[0], &view.name_a, &view.path_a, err) || !load_side(request, b, &side[1], &view.name_b, &view.path_b, err))
            return false;
        const struct comparison *const both[] = { side[0].comparison, side[1].comparison };
        const struct trial_figures figures = compose_trial_figures(side[0].composing, both, COUNT(both));
        view.trials = compose_trials(side[0].composing, both, COUNT(both));
        view.figures = figures.at, view.n_figures = figures.n, view.n_same = figures.same;
        view.sentence_a = both[0]->sentence, view.second_a = both[0]->second;
        view.sentence_b = both[1]->sentence, view.second_b = both[1]->second;
        view.shown = true;
    }
    view.frame = frame_of(request, title, "what-if");
    struct html html = html_begin(request->mem, request->lang);
    template_what_if_compare(&html, &view);
    response_html(response, &html);
    return true;
}
