/* /api/v1: files in, looked at, confirmed or dropped, undone. */
#include "app/import.h"
#include "report/write_findings_list.h"
#include "web/api.h"
#include "web/pages.h"

enum { MOST_IMPORTS = 100, MOST_CELLS = 2000 };

static struct text state_word(enum import_state state)
{
    static const char *const WORDS[] = { [IMPORT_WAITING] = "waiting", [IMPORT_CONFIRMED] = "confirmed", [IMPORT_DROPPED] = "dropped", [IMPORT_UNDONE] = "undone" };
    return text_of(WORDS[state]);
}

static void write_record(struct out *out, const struct import_record *record)
{
    json_text(out, "id", record->id);
    json_text(out, "state", state_word(record->state));
    json_text(out, "who", record->stamp.who);
    json_number(out, "at", (double)record->stamp.at);
    if (record->version)
        json_number(out, "data_version", (double)record->version);
    json_object(out, "tally");
    json_number(out, "schools", (double)record->tally.schools);
    json_number(out, "new", (double)record->tally.added);
    json_number(out, "changed", (double)record->tally.changed);
    json_number(out, "same", (double)record->tally.same);
    json_number(out, "conflicts", (double)record->tally.conflicts);
    json_number(out, "errors", (double)record->tally.errors);
    json_number(out, "warnings", (double)record->tally.warnings);
    json_end(out);
}

static void write_cells(struct out *out, const struct item_list *items, const struct import_difference *difference)
{
    static const char *const KINDS[] = { [CELL_NEW] = "new", [CELL_CHANGED] = "changed", [CELL_EMPTIED] = "emptied", [CELL_CONFLICT] = "conflict" };
    json_array(out, "changes");
    for (size_t i = 0; i < difference->n && i < MOST_CELLS; i++) {
        const struct cell_difference *const cell = &difference->cells[i];
        const struct item *const item = &items->at[cell->item];
        json_object(out, NULL);
        json_text(out, "kind", text_of(KINDS[cell->kind]));
        json_number(out, "year", cell->year);
        json_text(out, "school", cell->school);
        json_text(out, "item", item->code);
        api_write_figure(out, "before", item, cell->before, cell->before_text);
        api_write_figure(out, "after", item, cell->after, cell->after_text);
        json_bool(out, "barred", cell->barred);
        json_end(out);
    }
    json_end(out);
    json_number(out, "changes_in_all", (double)difference->n);
}

static bool answer_view(struct request *request, struct response *response, struct text id, struct err *err)
{
    struct import_view view;
    if (!app_import_view(request->house, &request->actor, id, request->mem, &view, err))
        return false;
    struct arena *scratch = arena_new("api");
    struct out *const out = api_out(request);
    json_object(out, NULL);
    write_record(out, &view.record);
    json_array(out, "files");
    for (size_t i = 0; i < view.n_files; i++) {
        json_object(out, NULL);
        json_text(out, "name", view.files[i].name);
        json_text(out, "sha256", view.files[i].sha256);
        json_number(out, "size", (double)view.files[i].size);
        json_end(out);
    }
    json_end(out);
    findings_as_json(out, "findings", &view.findings, scratch);
    if (view.record.state == IMPORT_WAITING) {
        json_number(out, "seen_version", (double)view.version_now);
        write_cells(out, &request->snapshot->edition->items, &view.difference);
    }
    json_end(out);
    api_done(response, out);
    arena_free(&scratch);
    return true;
}

bool api_imports(struct request *request, struct response *response, struct err *err)
{
    struct import_record *records;
    size_t n;
    if (!app_imports(request->house, &request->actor, MOST_IMPORTS, request->mem, &records, &n, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_array(out, "imports");
    for (size_t i = 0; i < n; i++) {
        json_object(out, NULL);
        write_record(out, &records[i]);
        json_end(out);
    }
    json_end(out);
    json_end(out);
    api_done(response, out);
    return true;
}

bool api_import(struct request *request, struct response *response, struct err *err)
{
    return answer_view(request, response, request_capture(request, "id"), err);
}

bool api_import_read(struct request *request, struct response *response, struct err *err)
{
    struct import_upload *uploads = arena_array(request->mem, request->n_files, struct import_upload);
    struct text id;
    int64_t year;
    if (!api_needs_key(request, err) || !request_field_number(request, "year", 1900, 2999, 0, &year, err))
        return false;
    for (size_t i = 0; i < request->n_files; i++)
        uploads[i] = (struct import_upload){ request->files[i].name, request->files[i].bytes };
    const struct import_request asked = { .files = uploads, .n_files = request->n_files, .year = (int)year, .now = request->now };
    return app_import_read(request->house, &request->actor, &asked, request->mem, &id, err) && answer_view(request, response, id, err);
}

/* ---- deciding: inside the writer ------------------------------------------------------------------ */

static bool read_decision(const struct request *request, const struct json *body, struct import_decision *out, struct err *err)
{
    struct text errors;
    int64_t seen;
    if (!api_text(body, "errors", &errors, err) || !api_integer(body, "seen_version", 0, INT64_MAX, -1, &seen, err))
        return false;
    if (seen < 0) {
        err_set(err, ERR_USAGE, "缺少 seen_version。");
        return err_hint(err, "请用 GET /api/v1/imports/{id} 里的 seen_version：确认的就是看过的。");
    }
    out->seen_version = seen;
    if (!errors.size || text_equal(errors, TEXT("refuse")))
        out->errors = IMPORT_NO_ERRORS;
    else if (text_equal(errors, TEXT("clean_schools")))
        out->errors = IMPORT_CLEAN_SCHOOLS;
    else if (text_equal(errors, TEXT("leave_out")))
        out->errors = IMPORT_LEAVE_OUT;
    else
        return err_set(err, ERR_USAGE, "errors 应为 refuse、clean_schools 或 leave_out。");
    const struct json *const take = api_member(body, "take");
    const size_t n = api_size(take);
    struct figure_choice *choices = arena_array(request->mem, n, struct figure_choice);
    for (size_t i = 0; i < n; i++) {
        const struct json *const one = api_at(take, i);
        int64_t year;
        if (!api_is_object(one))
            return err_set(err, ERR_USAGE, "take 的每一项应为对象：year、school、item。");
        if (!api_integer(one, "year", 1900, 2999, 0, &year, err) || !api_text(one, "school", &choices[i].school, err) ||
            !api_text(one, "item", &choices[i].item, err))
            return false;
        choices[i].year = (int)year;
    }
    out->take = choices;
    out->n_take = n;
    return true;
}

bool api_import_confirm(struct request *request, struct response *response, struct err *err)
{
    const struct json *body;
    struct import_decision decision = { 0 };
    struct import_done done;
    if (!api_needs_key(request, err) || !api_body(request, &body, err) || !read_decision(request, body, &decision, err) ||
        !app_import_confirm(request->house, request->writing, &request->actor, request_capture(request, "id"), &decision, request->now, &done, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_number(out, "data_version", (double)done.version);
    json_number(out, "schools", (double)done.schools);
    json_number(out, "figures", (double)done.figures);
    json_end(out);
    api_done(response, out);
    return true;
}

bool api_import_drop(struct request *request, struct response *response, struct err *err)
{
    if (!api_needs_key(request, err) ||
        !app_import_drop(request->house, request->writing, &request->actor, request_capture(request, "id"), request->now, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_text(out, "state", TEXT("dropped"));
    json_end(out);
    api_done(response, out);
    return true;
}

bool api_import_undo(struct request *request, struct response *response, struct err *err)
{
    struct import_undone undone;
    if (!api_needs_key(request, err) ||
        !app_import_undo(request->house, request->writing, &request->actor, request_capture(request, "id"), request->now, &undone, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_number(out, "data_version", (double)undone.version);
    json_number(out, "restored", (double)undone.restored);
    json_number(out, "kept", (double)undone.kept);
    json_end(out);
    api_done(response, out);
    return true;
}
