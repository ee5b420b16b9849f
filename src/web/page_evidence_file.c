/* One proof: shown, given out, described, renewed, withdrawn. */
#include "base/day.h"
#include "base/unicode.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/page_evidence.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { EXCERPT = 1200 /* characters */, PAGES_SHOWN = 3 };

static struct text file_path(const struct request *request, struct text id)
{
    return text_printf(request->mem, "/evidence/file/%.*s", TEXT_ARG(id));
}

static struct text excerpt_of(struct text text)
{
    struct text rest = text;
    for (size_t n = 0; rest.size && n < EXCERPT; n++)
        utf8_next(&rest);
    return text_trim((struct text){ text.at, text.size - rest.size });
}

static struct text no_text_said(const struct request *request, const struct evidence_version *v, struct text text)
{
    if (text_equal(v->text_state, TEXT("no_program")))
        return SAYS(T_EVIDENCE_NO_PROGRAM);
    if (text_equal(v->text_state, TEXT("failed")))
        return SAYS(T_EVIDENCE_UNREADABLE);
    if (text_equal(v->text_state, TEXT("read")) && !text_trim(text).size)
        return SAYS(T_EVIDENCE_SCAN);
    return TEXT("");
}

static void put_preview(struct request *request, const struct evidence_view *e, size_t first, struct view_evidence_file *view)
{
    const struct evidence_version *const v = &e->evidence.latest;
    const struct text path = file_path(request, e->evidence.id);
    const bool pdf = text_equal(v->kind, TEXT("pdf"));
    view->download_path = text_printf(request->mem, "%.*s/bytes?version=%lld", TEXT_ARG(path), (long long)v->version);
    if (pdf)
        view->bytes_path = text_printf(request->mem, "%.*s&show=1", TEXT_ARG(view->download_path));
    if (evidence_media(v->kind).picture)
        view->picture_path = text_printf(request->mem, "%.*s&show=1", TEXT_ARG(view->download_path));
    if (pdf && v->pages) {
        view->all_pages = (size_t)v->pages;
        view->from = first < view->all_pages ? first : 0;
        const size_t rest = view->all_pages - view->from;
        view->n_pages = rest < PAGES_SHOWN ? rest : PAGES_SHOWN;
        view->page_paths = arena_array(request->mem, view->n_pages, struct text);
        for (size_t i = 0; i < view->n_pages; i++)
            view->page_paths[i] = text_printf(request->mem, "%.*s/page?version=%lld&n=%zu", TEXT_ARG(path), (long long)v->version, view->from + i + 1);
        if (view->from + view->n_pages < view->all_pages)
            view->next_path = text_printf(request->mem, "%.*s?from=%zu", TEXT_ARG(path), view->from + view->n_pages + 1);
        if (view->from)
            view->previous_path = text_printf(request->mem, "%.*s?from=%zu", TEXT_ARG(path), view->from > PAGES_SHOWN ? view->from - PAGES_SHOWN + 1 : 1);
    }
    view->excerpt = excerpt_of(e->text);
    view->no_text = no_text_said(request, v, e->text);
}

static void put_versions(struct request *request, const struct evidence_view *e, struct view_evidence_file *view)
{
    view->versions = arena_array(request->mem, e->n_versions + 1, struct evidence_version_line);
    for (; view->n_versions < e->n_versions; view->n_versions++) {
        const struct evidence_version *const v = &e->versions[view->n_versions];
        view->versions[view->n_versions] = (struct evidence_version_line){
            .version = SAYS_OF(T_EVIDENCE_VERSION, say_count(request->mem, v->version)), .name = v->name,
            .size = evidence_size_said(request, v->size), .who = v->stamp.who, .when = time_shown(v->stamp.at, request->mem),
            .hash = (struct text){ v->sha256.at, v->sha256.size < 12 ? v->sha256.size : 12 },
            .path = text_printf(request->mem, "%.*s/bytes?version=%lld", TEXT_ARG(file_path(request, e->evidence.id)), (long long)v->version),
            .current = v->version == e->evidence.latest.version };
    }
}

static void put_place(struct request *request, const struct evidence *e, struct view_evidence_file *view)
{
    const bool english = request->lang == LANG_EN;
    const struct evidence_asked *const asked = evidence_asked_find(house_asked(request->house), e->asked);
    struct place unit = { PLACE_COUNTY, TEXT("") };
    struct err ignored;
    if (!place_of_words(e->place_kind, e->place_name, &unit))
        unit.kind = PLACE_COUNTY;
    view->unit = evidence_place_shown(request->snapshot, unit, request->mem);
    if (e->case_id.size) {
        view->asked = SAYS_OF(T_EVIDENCE_OF_CASE, e->asked);
        view->box_path = text_printf(request->mem, "/registers#case-%.*s", TEXT_ARG(e->case_id));
        view->may_change = !e->withdrawn_at && (request->actor.permissions & MAY_REGISTER);
        return;
    }
    view->asked = asked ? text_printf(request->mem, "%.*s %.*s", TEXT_ARG(asked->id), TEXT_ARG(english ? asked->en : asked->zh)) : e->asked;
    view->box_path = asked ? text_printf(request->mem, "%.*s#%.*s", TEXT_ARG(evidence_box_path(request, asked->indicator, e->year, unit)), TEXT_ARG(asked->id))
                           : TEXT("/evidence");
    view->may_change = !e->withdrawn_at && asked && evidence_may_put(request->snapshot, &request->actor, asked, unit, &ignored);
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct evidence_view e;
    int64_t from;
    if (!request_query_number(request, "from", 1, 500, 1, &from, err) ||
        !app_evidence_view(request->house, request->snapshot, &request->actor, request_capture(request, "id"), request->mem, &e, err))
        return false;
    const struct evidence_file_line line = evidence_file_said(request, &e.evidence);
    struct view_evidence_file view = {
        .frame = frame_of(request, SAYS(T_EVIDENCE_FILE_TITLE), "evidence"), .id = e.evidence.id, .name = line.name, .description = line.description,
        .kind = line.kind, .size = line.size, .pages = line.pages, .who = line.who, .when = line.when, .withdrawn = line.withdrawn,
        .version = text_printf(request->mem, "%lld", (long long)e.evidence.latest.version) };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    put_place(request, &e.evidence, &view);
    put_preview(request, &e, (size_t)from - 1, &view);
    put_versions(request, &e, &view);
    view.sentence = SAYS_OF(T_EVIDENCE_FILE_SENTENCE, view.name);
    struct html html = html_begin(request->mem, request->lang);
    template_evidence_file(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_evidence_file(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

/* ---- its bytes ---------------------------------------------------------------------------- */

/* A stranger's bytes under our own address: nothing in them may run, load or be framed, whatever a browser takes them for. */
static void shut_in(struct response *response)
{
    response_header(response, "Content-Security-Policy", TEXT("default-src 'none'; style-src 'unsafe-inline'; plugin-types application/pdf; frame-ancestors 'none'"));
    response_header(response, "X-Download-Options", TEXT("noopen"));
}

void evidence_give(struct response *response, struct text bytes, struct text kind, struct text name, bool show)
{
    const struct evidence_media media = evidence_media(kind);
    shut_in(response);
    if (!media.shown || !show) {
        response_file(response, bytes, media.type, name);
        return;
    }
    response->type = text_of(media.type);
    response->body = bytes;
    response_header(response, "Content-Disposition", TEXT("inline"));
}

bool page_evidence_bytes(struct request *request, struct response *response, struct err *err)
{
    struct evidence_version v;
    struct text bytes;
    int64_t version;
    if (!request_query_number(request, "version", 0, INT32_MAX, 0, &version, err) ||
        !app_evidence_bytes(request->house, request->snapshot, &request->actor, request_capture(request, "id"), version, request->mem, &v, &bytes, err))
        return false;
    evidence_give(response, bytes, v.kind, v.name, text_equal(request_query(request, "show"), TEXT("1")));
    return true;
}

bool page_evidence_page(struct request *request, struct response *response, struct err *err)
{
    struct text png;
    int64_t version, page;
    if (!request_query_number(request, "version", 0, INT32_MAX, 0, &version, err) || !request_query_number(request, "n", 1, 500, 1, &page, err) ||
        !app_evidence_page(request->house, request->snapshot, &request->actor, request_capture(request, "id"), version, (unsigned)page, request->mem, &png, err))
        return false;
    response->type = TEXT("image/png");
    response->body = png;
    return true;
}

/* ---- changed ------------------------------------------------------------------------------ */

struct renewing { struct request *request; const struct evidence_ready *file; int64_t seen; };

static bool renew(void *context, struct db_session *session, struct err *err)
{
    const struct renewing *const w = context;
    struct request *const r = w->request;
    return app_evidence_renew(r->house, session, r->snapshot, &r->actor, request_capture(r, "id"), w->seen, w->file, r->now, r->mem, err);
}

bool page_evidence_renew(struct request *request, struct response *response, struct err *err)
{
    struct evidence_view e;
    struct evidence_ready *ready;
    struct renewing work = { .request = request };
    struct err fault;
    size_t n;
    /* Whose it is before anything is read. */
    if (!app_evidence_view(request->house, request->snapshot, &request->actor, request_capture(request, "id"), request->mem, &e, err) ||
        !request_field_number(request, "seen", 1, INT32_MAX, 1, &work.seen, err))
        return false;
    const struct evidence_upload *const files = evidence_uploads(request, &n);
    bool ok = n <= 1 || err_set(err, ERR_USAGE, "新版本只能是一个文件。");
    ok = ok && evidence_look(files, n, request->mem, &ready, err);
    if (ok) {
        work.file = ready;
        ok = house_write(request->house, renew, &work, err);
    }
    if (ok) {
        response_redirect(response, file_path(request, e.evidence.id));
        return true;
    }
    if (!evidence_fault(err, &fault))
        return false;
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

bool page_evidence_describe(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id");
    response->back = file_path(request, id);
    if (!app_evidence_describe(request->house, request->writing, request->snapshot, &request->actor, id, request_field(request, "description"), request->now, err))
        return false;
    response_redirect(response, file_path(request, id));
    return true;
}

bool page_evidence_withdraw(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id");
    response->back = file_path(request, id);
    if (!app_evidence_withdraw(request->house, request->writing, request->snapshot, &request->actor, id, request_field(request, "reason"), request->now, err))
        return false;
    response_redirect(response, file_path(request, id));
    return true;
}
