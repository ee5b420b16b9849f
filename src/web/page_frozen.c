/* Frozen assessments: the list and freezing; one with its manifest, its files, made again and compared. */
#include "app/frozen.h"

#include "app/readiness.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/page_evidence.h"
#include "web/page_reports.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"
#include "web/view_frozen.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)
static const char ZIP[] = "application/zip";

/* ---- the list ----------------------------------------------------------------------------- */

static struct text start_of(struct text hash)
{
    return (struct text){ hash.at, hash.size < 16 ? hash.size : 16 };
}

static struct frozen_line line_of(const struct request *request, const struct frozen *f)
{
    return (struct frozen_line){ .id = f->id, .year = words_year(request->mem, f->year), .reason = f->reason, .who = f->stamp.who,
                                 .when = time_shown(f->stamp.at, request->mem), .version = text_printf(request->mem, "%lld", (long long)f->data_version),
                                 .edition = f->edition, .path = text_printf(request->mem, "/frozen/%.*s", TEXT_ARG(f->id)), .hash = start_of(f->manifest_sha256) };
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct frozen *list;
    size_t n;
    const struct readiness *r;
    if (!composing_of(request)) {
        empty_page(request, response, SAYS(T_FROZEN_TITLE), "frozen");
        return true;
    }
    if (!app_frozen_list(request->house, &request->actor, request->mem, &list, &n, err) ||
        !app_readiness(request->house, request->snapshot, &request->actor, request->year, request->lang == LANG_EN, request->now, request->mem, &r, err))
        return false;
    struct view_frozen view = { .frame = frame_of(request, SAYS(T_FROZEN_TITLE), "frozen"), .year = year_digits(request), .green = r->ready,
                                .year_words = words_year(request->mem, request->snapshot->years[request->year]),
                                .may_freeze = (request->actor.permissions & MAY_FREEZE) != 0, .lines = arena_array(request->mem, n + 1, struct frozen_line) };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    for (size_t i = 0; i < n; i++)
        view.lines[view.n++] = line_of(request, &list[i]);
    for (size_t i = 0; i < r->n; i++)
        if (text_equal(r->rows[i].id, TEXT("frozen")))
            view.state = r->rows[i].words;
    view.sentence = n ? SAYS_OF(T_FROZEN_SENTENCE, say_count(request->mem, (int64_t)n)) : SAYS(T_FROZEN_SENTENCE_NONE);
    struct html html = html_begin(request->mem, request->lang);
    template_frozen(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_frozen(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

bool page_freeze(struct request *request, struct response *response, struct err *err)
{
    struct text id;
    const struct freeze_wish wish = { .year = request->year < request->snapshot->n_years ? request->snapshot->years[request->year] : 0,
                                      .reason = request_field(request, "reason"), .address = request->here };
    if (app_freeze(request->house, request->snapshot, &request->actor, &wish, request->now, request->mem, &id, err)) {
        response_redirect(response, text_printf(request->mem, "/frozen/%.*s", TEXT_ARG(id)));
        return true;
    }
    if (err->kind != ERR_INPUT && err->kind != ERR_CONFLICT)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

/* ---- one ---------------------------------------------------------------------------------- */

static struct frozen_file_line file_said(struct request *request, struct text id, const struct frozen_file *file)
{
    return (struct frozen_file_line){
        .path = file->path, .size = evidence_size_said(request, file->size), .hash = start_of(file->sha256), .proof = file->role == FROZEN_PROOF,
        .link = text_printf(request->mem, "/frozen/%.*s/file?path=%.*s", TEXT_ARG(id), TEXT_ARG(percent_encode_part(file->path, request->mem))) };
}

static void put_check(struct request *request, const struct frozen_verified *v, struct view_frozen_one *view)
{
    for (size_t i = 0; i < v->n && i < view->n; i++) {
        const enum frozen_check check = v->files[i].check;
        view->files[i].check = check == FROZEN_SAME ? SAYS(T_FROZEN_SAME) : check == FROZEN_DIFFERS ? SAYS(T_FROZEN_DIFFERS) : SAYS(T_FROZEN_CANNOT);
        view->files[i].class = check == FROZEN_SAME ? "st met" : check == FROZEN_DIFFERS ? "st unmet" : "st none";
    }
    view->verified = v->differing || !v->chained ? SAYS_OF(T_FROZEN_VERIFIED_NOT, say_count(request->mem, (int64_t)v->differing))
                     : v->not_made               ? SAYS_OF(T_FROZEN_VERIFIED_PARTLY, say_count(request->mem, (int64_t)v->not_made))
                                                 : SAYS_OF(T_FROZEN_VERIFIED, say_count(request->mem, (int64_t)v->n));
    view->verified_class = v->differing || !v->chained ? "band bad" : "band done";
}

static bool show_one(struct request *request, struct response *response, const struct frozen_verified *verified, struct err *err)
{
    struct frozen f;
    struct frozen_inside inside;
    if (!app_frozen(request->house, &request->actor, request_capture(request, "id"), request->mem, &f, &inside, err))
        return false;
    const struct frozen_line line = line_of(request, &f);
    struct view_frozen_one view = { .frame = frame_of(request, SAYS(T_FROZEN_TITLE), "frozen"), .id = f.id, .reason = f.reason, .who = line.who, .when = line.when,
                                    .version = line.version, .edition = f.edition, .hash = f.manifest_sha256,
                                    .sentence = SAYS_OF(T_FROZEN_ONE, line.year, line.who, line.when),
                                    .zip_path = text_printf(request->mem, "/frozen/%.*s/zip", TEXT_ARG(f.id)),
                                    .compare_path = text_printf(request->mem, "/frozen/compare?a=%.*s&b=now", TEXT_ARG(f.id)),
                                    .may_export = (request->actor.permissions & MAY_EXPORT) != 0,
                                    .files = arena_array(request->mem, inside.n_files + 2, struct frozen_file_line),
                                    .edited = arena_array(request->mem, inside.n_words + 1, struct text) };
    for (size_t i = 0; i < inside.n_words; i++)
        view.edited[view.n_edited++] = inside.words[i].section;
    for (size_t i = 0; i < inside.n_files; i++)
        view.files[view.n++] = file_said(request, f.id, &inside.files[i]);
    const struct frozen_file manifest = { FROZEN_MADE, TEXT(FROZEN_MANIFEST), f.manifest_sha256, 0 };
    view.files[view.n] = file_said(request, f.id, &manifest);
    view.files[view.n++].size = TEXT("");
    if (verified)
        put_check(request, verified, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_frozen_one(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_frozen_one(struct request *request, struct response *response, struct err *err)
{
    return show_one(request, response, NULL, err);
}

bool page_frozen_verify(struct request *request, struct response *response, struct err *err)
{
    struct frozen_verified verified;
    return app_frozen_verify(request->house, &request->actor, request_capture(request, "id"), request->mem, &verified, err) &&
           show_one(request, response, &verified, err);
}

/* ---- files -------------------------------------------------------------------------------- */

static const char *type_of(struct text path)
{
    static const struct { const char *ending, *type; } TYPES[] = {
        { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" }, { ".pdf", "application/pdf" },
        { ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },         { ".json", "application/json" } };
    for (size_t i = 0; i < COUNT(TYPES); i++)
        if (text_ends(path, text_of(TYPES[i].ending)))
            return TYPES[i].type;
    return "application/octet-stream";
}

bool page_frozen_file(struct request *request, struct response *response, struct err *err)
{
    const struct text path = request_query(request, "path");
    struct text bytes, rest = path, name = path;
    if (!app_frozen_file(request->house, &request->actor, request_capture(request, "id"), path, request->now, request->mem, &bytes, err))
        return false;
    for (struct text part; text_split(&rest, '/', &part);)
        name = part;
    response_file(response, bytes, type_of(path), name);
    return true;
}

bool page_frozen_zip(struct request *request, struct response *response, struct err *err)
{
    struct text name, bytes;
    if (!app_frozen_zip(request->house, &request->actor, request_capture(request, "id"), request->now, request->mem, &name, &bytes, err))
        return false;
    response_file(response, bytes, ZIP, name);
    return true;
}

bool page_readiness_pack(struct request *request, struct response *response, struct err *err)
{
    struct text name, bytes;
    response->back = TEXT("/readiness");
    if (!app_application_pack(request->house, request->snapshot, &request->actor, request->year, request->now, request->mem, &name, &bytes, err))
        return false;
    response_file(response, bytes, ZIP, name);
    return true;
}
