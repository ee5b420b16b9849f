/* What units send in for the plan: who has, who has not; a receipt. */
#include "app/plan_upload.h"
#include "app/export.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static struct text ask_said(const struct request *request, const struct upload_ask *ask)
{
    return ask->year ? SAYS_OF(T_PLAN_ASK_YEAR, ask->task->name, text_printf(request->mem, "%d", ask->year)) : ask->task->name;
}

static struct text size_said(const struct request *request, int64_t size)
{
    return size < 1024 * 1024 ? SAYS_OF(T_PLAN_KB, say_count(request->mem, (size + 1023) / 1024)) : SAYS_OF(T_PLAN_MB, say_count(request->mem, (size + (1 << 20) - 1) >> 20));
}

static struct text list_path(const struct request *request, struct text key)
{
    return text_printf(request->mem, "/plan/uploads?task=%.*s", TEXT_ARG(percent_encode_part(key, request->mem)));
}

static void put_lines(const struct request *request, const struct plan_page *page, const struct upload_of_unit *units, size_t n, bool over, struct view_plan_uploads *view)
{
    struct buf missing = { .mem = request->mem };
    view->lines = arena_array(request->mem, n + 1, struct plan_upload_line);
    view->places = arena_array(request->mem, n + 1, struct task_option);
    const struct text own = place_value(request->actor.place, request->mem);
    for (size_t i = 0; i < n; i++) {
        const struct plan_upload *const u = units[i].upload;
        struct plan_upload_line *const line = &view->lines[view->n++];
        *line = (struct plan_upload_line){ .unit = place_name(&page->names, units[i].place), .key = place_value(units[i].place, request->mem), .missing = !u || u->back.at, .late = over && (!u || u->back.at) };
        view->places[view->n_places++] = (struct task_option){ line->key, line->unit, text_equal(line->key, own) };
        if (line->missing) {
            buf_printf(&missing, "%s%.*s", missing.size ? "、" : "", TEXT_ARG(line->unit));
            view->n_missing++;
        }
        if (!u)
            continue;
        line->receipt = SAYS_OF(T_PLAN_RECEIPT_NO, text_printf(request->mem, "%lld", (long long)u->receipt));
        line->receipt_path = text_printf(request->mem, "/plan/uploads/%lld", (long long)u->receipt);
        line->file = u->name;
        line->file_path = text_printf(request->mem, "/plan/uploads/%lld/file", (long long)u->receipt);
        line->who = u->sent.who;
        line->when = time_shown(u->sent.at, request->mem);
        line->note = u->note;
        line->sent_back = u->back.at != 0;
        line->back = u->back.at ? SAYS_OF(T_PLAN_BACK_BY, u->back.who, u->back_reason) : TEXT("");
    }
    view->missing = buf_text(&missing);
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct plan_page page;
    struct upload_ask *asks, ask;
    struct upload_of_unit *units;
    size_t n_asks, n;
    struct text key = request_query(request, "task").size ? request_query(request, "task") : request_field(request, "task");
    if (!plan_page(request, false, &page, err))
        return false;
    plan_upload_asks(page.plan, request->now, request->mem, &asks, &n_asks);
    if (!key.size && n_asks)
        key = asks[0].key;
    struct view_plan_uploads view = { .frame = frame_of(request, SAYS(T_PLAN_TAB_UPLOADS), "plan"), .head = plan_head(request, &page, PLAN_TAB_UPLOADS),
                                      .key = key, .fault = fault ? text_of(fault->what) : TEXT(""), .hint = fault ? text_of(fault->hint) : TEXT(""),
                                      .tasks = arena_array(request->mem, n_asks + 1, struct task_option), .sentence = SAYS(T_PLAN_UPLOADS_NONE) };
    for (size_t i = 0; i < n_asks; i++)
        view.tasks[view.n_tasks++] = (struct task_option){ asks[i].key, ask_said(request, &asks[i]), text_equal(asks[i].key, key) };
    if (key.size) {
        if (!plan_upload_ask(page.plan, key, request->mem, &ask, err) ||
            !app_plan_uploads(request->house, request->snapshot, &request->actor, &ask, request->now, request->mem, &units, &n, err))
            return false;
        view.due = day_text(ask.due, request->mem);
        put_lines(request, &page, units, n, text_compare(view.due, page.today) < 0, &view);
        const struct text sent = say_count(request->mem, (int64_t)(n - view.n_missing)), all = say_count(request->mem, (int64_t)n);
        view.sentence = SAYS_OF(view.n_missing ? T_PLAN_UPLOADS_SENTENCE : T_PLAN_UPLOADS_ALL, ask_said(request, &ask), sent, all, say_count(request->mem, (int64_t)view.n_missing));
        view.sub = SAYS_OF(T_PLAN_UPLOADS_SUB, view.due);
        view.may_send = n && (request->actor.permissions & MAY_SUBMIT);
        view.may_back = (request->actor.permissions & MAY_ASSIGN) != 0;
    }
    if (view.may_send && !view.may_back && !(n == 1)) {
        /* A department sees all units, and sends in its own alone. */
        size_t kept = 0;
        for (size_t i = 0; i < view.n_places; i++)
            if (view.places[i].chosen)
                view.places[kept++] = view.places[i];
        view.n_places = kept;
        view.may_send = kept > 0;
    }
    if (fault)
        response->status = 422;
    struct html html = html_begin(request->mem, request->lang);
    template_plan_uploads(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_plan_uploads(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

/* ---- sending in --------------------------------------------------------------------------------------- */

struct sending { struct request *request; const struct upload_ask *ask; struct place unit; const struct evidence_ready *file; int64_t receipt; };

static bool send_it(void *context, struct db_session *session, struct err *err)
{
    struct sending *const s = context;
    struct request *const r = s->request;
    return app_plan_upload(r->house, session, r->snapshot, &r->actor, s->ask, s->unit, s->file, request_field(r, "note"), r->now, r->mem, &s->receipt, err);
}

static bool mendable(struct err *err, struct err *fault_out)
{
    if (err->kind != ERR_INPUT && err->kind != ERR_LIMIT && err->kind != ERR_USAGE && err->kind != ERR_CONFLICT)
        return false;
    *fault_out = *err;
    *err = (struct err){ .kind = ERR_NONE };
    return true;
}

bool page_plan_upload_put(struct request *request, struct response *response, struct err *err)
{
    const struct upload *const file = request_file(request, "file");
    struct plan_info holds;
    struct upload_ask ask;
    struct place_names names;
    struct evidence_ready *ready;
    struct sending sending = { .request = request, .ask = &ask };
    struct err fault;
    place_names_of(request->snapshot, request->now, request->mem, &names);
    const struct evidence_upload upload = { file ? file->name : TEXT(""), file ? file->bytes : TEXT("") };
    if (!app_plan(request->house, NULL, request->mem, &holds, NULL, err) || !plan_upload_ask(holds.plan, request_field(request, "task"), request->mem, &ask, err))
        return false;
    if (!place_parse(&names, request_field(request, "unit"), &sending.unit, err) ||
        !evidence_look(&upload, file && file->bytes.size ? 1 : 0, request->mem, &ready, err))
        return mendable(err, &fault) && show(request, response, &fault, err);
    sending.file = ready;
    if (!house_write(request->house, send_it, &sending, err))
        return mendable(err, &fault) && show(request, response, &fault, err);
    response_redirect(response, text_printf(request->mem, "/plan/uploads/%lld", (long long)sending.receipt));
    return true;
}

/* ---- receipts ----------------------------------------------------------------------------------------- */

static bool receipt_of(const struct request *request, int64_t *out, struct err *err)
{
    const struct text number = request_capture(request, "receipt");
    *out = 0;
    for (size_t i = 0; i < number.size; i++)
        if (number.at[i] < '0' || number.at[i] > '9' || *out > INT64_MAX / 20)
            return err_set(err, ERR_ABSENT, "没有这一号回执。");
        else
            *out = *out * 10 + number.at[i] - '0';
    return true;
}

bool page_plan_receipt(struct request *request, struct response *response, struct err *err)
{
    struct plan_page page;
    struct plan_upload u;
    struct upload_ask ask;
    struct err ignored;
    int64_t receipt;
    struct place place;
    if (!receipt_of(request, &receipt, err) || !app_plan_receipt(request->house, &request->actor, receipt, request->mem, &u, NULL, err) || !plan_page(request, false, &page, err))
        return false;
    const bool asked = plan_upload_ask(page.plan, u.task_key, request->mem, &ask, &ignored), known = place_of_words(u.place_kind, u.place_name, &place);
    const struct view_plan_receipt view = {
        .frame = frame_of(request, SAYS(T_PLAN_RECEIPT), "plan"), .county = county_name(request), .number = text_printf(request->mem, "%lld", (long long)u.receipt),
        .unit = known ? place_name(&page.names, place) : u.place_name, .task = asked ? ask_said(request, &ask) : u.task_key, .file = u.name, .size = size_said(request, u.size),
        .sha256 = u.sha256, .who = u.sent.who, .when = time_shown(u.sent.at, request->mem), .note = u.note,
        .sentence = SAYS_OF(u.back.at ? T_PLAN_RECEIPT_BACK : T_PLAN_RECEIPT_SENTENCE, known ? place_name(&page.names, place) : u.place_name, asked ? ask_said(request, &ask) : u.task_key, time_shown(u.sent.at, request->mem)),
        .back = u.back.at ? SAYS_OF(T_PLAN_BACK_BY, u.back.who, u.back_reason) : TEXT(""), .back_path = text_printf(request->mem, "/plan/uploads/%lld/back", (long long)receipt),
        .file_path = text_printf(request->mem, "/plan/uploads/%lld/file", (long long)receipt), .list_path = list_path(request, u.task_key),
        .may_back = (request->actor.permissions & MAY_ASSIGN) && !u.back.at && u.sent.account != request->actor.account };
    struct html html = html_begin(request->mem, request->lang);
    template_plan_receipt(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_plan_receipt_back(struct request *request, struct response *response, struct err *err)
{
    int64_t receipt;
    if (!receipt_of(request, &receipt, err) ||
        !app_plan_upload_back(request->house, request->writing, &request->actor, receipt, request_field(request, "reason"), request->now, request->mem, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/plan/uploads/%lld", (long long)receipt));
    return true;
}

bool page_plan_receipt_file(struct request *request, struct response *response, struct err *err)
{
    struct plan_upload u;
    struct text bytes;
    int64_t receipt;
    if (!receipt_of(request, &receipt, err) || !app_plan_receipt(request->house, &request->actor, receipt, request->mem, &u, &bytes, err) ||
        !app_export_note(request->house, &request->actor, text_printf(request->mem, "/plan/uploads/%lld", (long long)receipt), u.name, request->now, err))
        return false;
    response_file(response, bytes, evidence_media(u.kind).type, u.name);
    return true;
}
