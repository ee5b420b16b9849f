/* A section of a report being written: the office's words beside the draft, the figures that have moved, its versions. */
#include "base/day.h"
#include "web/page_reports.h"

#include "made/templates.h"
#include "report/doc_words.h"
#include "report/write_doc.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- shown -------------------------------------------------------------------------------- */

static bool put_versions(struct request *request, const struct report_place *place, struct view_report_edit *view, struct err *err)
{
    struct section_words *list;
    size_t n;
    if (!app_report_versions(request->house, request->snapshot, &request->actor, place, request->mem, &list, &n, err))
        return false;
    view->versions = arena_array(request->mem, n + 1, struct words_version);
    for (size_t i = 0; i < n; i++)
        view->versions[view->n_versions++] = (struct words_version){ list[i].stamp.who, time_shown(list[i].stamp.at, request->mem), list[i].words, !list[i].words.size };
    return true;
}

static bool put_chosen(struct request *request, const struct report *report, const struct report_of *of, size_t at, const struct err *fault,
                       struct view_report_edit *view, struct err *err)
{
    const struct report_part *const part = &report->parts[at];
    const struct section_view line = section_said(request, report, at);
    view->section = part->draft->id;
    view->heading = line.heading;
    view->draft_words = doc_words_write(request->mem, part->draft);
    view->draft = (struct svg){ write_section_html(report->draft, at, request->mem) };
    view->edited = part->edited;
    view->words = fault ? request_field(request, "words") : part->edited ? part->words->words : view->draft_words;
    view->seen = text_printf(request->mem, "%lld", part->words ? (long long)part->words->version : 0LL);
    view->moved = line.moved;
    view->n_moved = line.n_moved;
    for (size_t i = 0; i < line.n_moved; i++)
        view->takes |= !line.moved[i].gone;
    view->broken = part->broken.size ? text_printf(request->mem, "%.*s %.*s", TEXT_ARG(part->broken), TEXT_ARG(part->hint)) : TEXT("");
    if (part->edited)
        view->who = SAYS_OF(T_REPORTS_BY, part->words->stamp.who, time_shown(part->words->stamp.at, request->mem));
    const struct report_place place = { .year = request->year, .of = of, .section = part->draft->id };
    return put_versions(request, &place, view, err);
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct report_of of;
    struct report report;
    const struct report_terms terms = { .today = day_of(request->now) };
    const struct text wanted = request_query(request, "section");
    if (!report_asked(request, &of, err) ||
        !app_report(request->house, request->snapshot, &request->actor, request->year, &of, &terms, request->mem, &report, err))
        return false;
    struct view_report_edit view = { .frame = frame_of(request, SAYS(T_REPORTS_EDIT_TITLE), "reports"), .title = report.doc->title,
                                     .report_path = report_path(request, &of, ""),
                                     .sentence = SAYS_OF(T_REPORTS_STATE, say_count(request->mem, (int64_t)report.draft->n), say_count(request->mem, (int64_t)report.edited),
                                                         say_count(request->mem, (int64_t)report.moved)) };
    const struct text edit = report_path(request, &of, "/edit");
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    view.sections = arena_array(request->mem, report.draft->n + 1, struct section_view);
    size_t chosen = report.draft->n;
    for (size_t i = 0; i < report.draft->n; i++) {
        struct section_view *const s = &view.sections[view.n++];
        *s = section_said(request, &report, i);
        s->path = text_printf(request->mem, "%.*s&section=%.*s", TEXT_ARG(edit), TEXT_ARG(percent_encode_part(s->id, request->mem)));
        s->current = text_equal(s->id, wanted);
        if (s->current)
            chosen = i;
    }
    view.post_path = text_printf(request->mem, "%.*s&section=%.*s", TEXT_ARG(edit), TEXT_ARG(percent_encode_part(wanted, request->mem)));
    if (chosen < report.draft->n && !put_chosen(request, &report, &of, chosen, fault, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_report_edit(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_report_edit(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

/* ---- written ------------------------------------------------------------------------------ */

struct writing { struct request *request; struct report_place place; };

static bool put(void *context, struct db_session *session, struct err *err)
{
    const struct writing *const w = context;
    struct request *const r = w->request;
    const struct text act = request_field(r, "act");
    if (text_equal(act, TEXT("take")))
        return app_report_take(r->house, session, r->snapshot, &r->actor, &w->place, request_field(r, "figure"), r->now, r->mem, err);
    const struct text words = text_equal(act, TEXT("draft")) ? TEXT("") : request_field(r, "words");
    return app_report_edit(r->house, session, r->snapshot, &r->actor, &w->place, words, r->now, r->mem, err);
}

bool page_report_edit_put(struct request *request, struct response *response, struct err *err)
{
    struct report_of of;
    struct writing w = { .request = request, .place = { .year = request->year, .of = &of, .section = request_query(request, "section") } };
    if (!report_asked(request, &of, err) || !request_field_number(request, "seen", 0, INT64_MAX, 0, &w.place.seen, err))
        return false;
    if (house_write(request->house, put, &w, err)) {
        response_redirect(response, request_target(request));
        return true;
    }
    if (err->kind != ERR_INPUT && err->kind != ERR_CONFLICT && err->kind != ERR_LIMIT)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}
