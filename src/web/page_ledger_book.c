/* The ledger's workbook out and back; its papers. */
#include "app/audit.h"
#include "app/ledger_book.h"
#include "app/ledger_paper.h"
#include "app/reporting.h"
#include "base/secret.h"
#include "made/templates.h"
#include "report/write_doc.h"
#include "store/import_store.h"
#include "web/frame.h"
#include "web/ledger_view.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { SHOWN = 200 };

bool page_ledger_workbook(struct request *request, struct response *response, struct err *err)
{
    const struct ledger_filter filter = ledger_filter_asked(request);
    struct text xlsx;
    if (!app_ledger_book(request->house, request->snapshot, &request->actor, &filter, request->now, request->mem, &xlsx, err))
        return false;
    response_file(response, xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  ledger_book_name(request->house, request->now, request->mem));
    return true;
}

/* ---- back ----------------------------------------------------------------------------------- */

static void show(struct request *request, struct response *response, const struct ledger_coming *coming, struct text name, struct text sha256)
{
    struct view_ledger_book view = { .frame = frame_of(request, SAYS(T_LEDGER_BOOK), "ledger"), .sentence = SAYS(T_LEDGER_BOOK_NONE), .name = name, .sha256 = sha256 };
    if (coming) {
        const size_t differs = coming->n_cells + coming->n_added;
        view.sentence = coming->n_faults || differs
                            ? SAYS_OF(T_LEDGER_BOOK_LOOKED, say_count(request->mem, (int64_t)coming->rows), say_count(request->mem, (int64_t)coming->n_cells),
                                      say_count(request->mem, (int64_t)coming->n_added), say_count(request->mem, (int64_t)coming->n_faults))
                            : SAYS(T_LEDGER_BOOK_SAME);
        view.faults = arena_array(request->mem, SHOWN, struct ledger_fault_line);
        for (; view.n_faults < coming->n_faults && view.n_faults < SHOWN; view.n_faults++)
            view.faults[view.n_faults] = (struct ledger_fault_line){ coming->faults[view.n_faults].at, coming->faults[view.n_faults].what,
                                                                     coming->faults[view.n_faults].hint };
        view.more_faults = coming->n_faults - view.n_faults;
        view.changes = arena_array(request->mem, SHOWN + 1, struct ledger_change_line);
        for (size_t i = 0; i < coming->n_added && view.n_changes < SHOWN; i++)
            view.changes[view.n_changes++] = (struct ledger_change_line){ coming->added[i].at, coming->added[i].row.now.place_shown, SAYS(T_LEDGER_H_PROBLEM),
                                                                          TEXT(""), coming->added[i].row.now.problem };
        for (size_t i = 0; i < coming->n_changes && view.n_changes < SHOWN; i++)
            view.changes[view.n_changes++] = (struct ledger_change_line){ coming->changes[i].at, coming->changes[i].row, coming->changes[i].field,
                                                                          coming->changes[i].before, coming->changes[i].after };
        view.more_changes = coming->n_changes + coming->n_added - view.n_changes;
        view.may_confirm = !coming->n_faults && differs;
    }
    struct html html = html_begin(request->mem, request->lang);
    template_ledger_book(&html, &view);
    response_html(response, &html);
}

bool page_ledger_import(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    show(request, response, NULL, TEXT(""), TEXT(""));
    return true;
}

struct keeping { struct request *request; struct text sha256, bytes; };

static bool keep(void *context, struct db_session *session, struct err *err)
{
    const struct keeping *const k = context;
    return store_file_put(session, house_county(k->request->house), k->sha256, k->bytes, err);
}

/* Looked at, kept as it was sent; nothing holds before it is confirmed. */
bool page_ledger_import_look(struct request *request, struct response *response, struct err *err)
{
    const struct upload *const upload = request_file(request, "book");
    struct ledger_coming coming;
    unsigned char digest[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    response->back = TEXT("/ledger/import");
    if (!upload || !upload->bytes.size)
        return err_set(err, ERR_INPUT, "没有选文件。");
    if (!app_ledger_book_look(request->house, request->snapshot, &request->actor, upload->name, upload->bytes, request->now, request->mem, &coming, err))
        return false;
    secret_sha256(upload->bytes, digest);
    secret_hex(digest, sizeof digest, hex);
    struct keeping keeping = { request, text_copy(request->mem, text_of(hex)), upload->bytes };
    if (!coming.n_faults && coming.n_cells + coming.n_added && !house_write(request->house, keep, &keeping, err))
        return false;
    if (coming.n_faults)
        response->status = 422;
    show(request, response, &coming, upload->name, keeping.sha256);
    return true;
}

struct taking { struct request *request; struct ledger_coming coming; struct ledger_edited done; };

static bool take(void *context, struct db_session *session, struct err *err)
{
    struct taking *const t = context;
    struct request *const r = t->request;
    return app_ledger_book_take(r->house, session, r->snapshot, &r->actor, &t->coming, r->now, r->mem, &t->done, err);
}

static bool kept_bytes(struct request *request, struct text sha256, struct text *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(request->house), &session, err))
        return false;
    const bool ok = store_file_get(session, house_county(request->house), sha256, request->mem, out, err);
    db_read_end(&session);
    return ok;
}

bool page_ledger_import_take(struct request *request, struct response *response, struct err *err)
{
    struct taking t = { .request = request };
    struct text bytes;
    response->back = TEXT("/ledger/import");
    if (!kept_bytes(request, request_field(request, "sha256"), &bytes, err) ||
        !app_ledger_book_look(request->house, request->snapshot, &request->actor, request_field(request, "name"), bytes, request->now, request->mem, &t.coming, err) ||
        !house_write(request->house, take, &t, err))
        return false;
    response_redirect(response, t.done.batch.size ? text_printf(request->mem, "/ledger?done=%.*s", TEXT_ARG(t.done.batch)) : TEXT("/ledger"));
    return true;
}

/* ---- papers --------------------------------------------------------------------------------- */

struct noting { const struct request *request; struct text of; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, &n->request->actor, "export.ledger", n->of, request_query(n->request, "as"), n->request->now, err);
}

/* As a file where ?as= says so, else as a page. */
static bool give(struct request *request, struct response *response, struct doc *doc, struct view_ledger_paper *view, struct text path, struct text name,
                 struct err *err)
{
    const struct text as = request_query(request, "as");
    if (as.size) {
        const struct text file = text_printf(request->mem, "%.*s.%.*s", TEXT_ARG(name), TEXT_ARG(as));
        const enum report_form form = report_form_of(file);
        struct text bytes;
        struct noting noting = { request, path };
        if (form != REPORT_DOCX && form != REPORT_PDF)
            return err_set(err, ERR_USAGE, "可以是 docx、pdf。");
        if (!app_report_write(doc, form, request->mem, &bytes, err) || !house_write(request->house, note, &noting, err))
            return false;
        response_file(response, bytes, text_string(request->mem, report_form_type(form)), file);
        return true;
    }
    struct buf body = { .mem = request->mem };
    for (size_t i = 0; i < doc->n; i++)
        buf_add(&body, write_section_html(doc, i, request->mem));
    view->body = (struct svg){ buf_text(&body) };
    view->signer = doc->signer;
    view->date = doc->date;
    view->docx_path = text_printf(request->mem, "%.*s?as=docx", TEXT_ARG(path));
    view->pdf_path = text_printf(request->mem, "%.*s?as=pdf", TEXT_ARG(path));
    struct html html = html_begin(request->mem, request->lang);
    template_ledger_paper(&html, view);
    response_html(response, &html);
    return true;
}

bool page_ledger_school(struct request *request, struct response *response, struct err *err)
{
    const struct text school = request_capture(request, "code");
    struct doc *doc;
    if (!app_ledger_school_paper(request->house, request->snapshot, &request->actor, school, request->now, request->mem, &doc, err))
        return false;
    struct view_ledger_paper view = { .title = SAYS_OF(T_LEDGER_PAPER_SCHOOL, doc->signer), .back_path = text_printf(request->mem, "/ledger?place=school%%3A%.*s", TEXT_ARG(school)),
                                      .back_name = SAYS(T_LEDGER_LIST) };
    view.frame = frame_of(request, view.title, "ledger");
    return give(request, response, doc, &view, text_printf(request->mem, "/ledger/school/%.*s", TEXT_ARG(school)),
                text_printf(request->mem, "%.*s一校一策", TEXT_ARG(doc->signer)), err);
}

bool page_ledger_county(struct request *request, struct response *response, struct err *err)
{
    struct doc *doc;
    if (!app_ledger_county_paper(request->house, request->snapshot, &request->actor, request->now, request->mem, &doc, err))
        return false;
    struct view_ledger_paper view = { .title = SAYS(T_LEDGER_PAPER_COUNTY), .back_path = TEXT("/ledger"), .back_name = SAYS(T_LEDGER_LIST),
                                      .xlsx_path = request->actor.permissions & MAY_EXPORT ? TEXT("/ledger/workbook") : TEXT("") };
    view.frame = frame_of(request, view.title, "ledger");
    return give(request, response, doc, &view, TEXT("/ledger/county"), text_printf(request->mem, "%.*s一县一案", TEXT_ARG(county_name(request))), err);
}
