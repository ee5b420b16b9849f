/* The reports: which there are; one as it reads; as a file. */
#include "web/page_reports.h"

#include "app/official_export.h"
#include "app/report_file.h"
#include "made/templates.h"
#include "report/say.h"
#include "report/write_doc.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- addresses ---------------------------------------------------------------------------- */

bool report_asked(const struct request *request, struct report_of *out, struct err *err)
{
    const struct text of = request_capture(request, "of"), id = request_query(request, "id");
    return report_of_words(id.size ? text_printf(request->mem, "%.*s:%.*s", TEXT_ARG(of), TEXT_ARG(id)) : of, out, err);
}

struct text report_path(const struct request *request, const struct report_of *of, const char *part)
{
    static const char *const KINDS[] = { [REPORT_COUNTY] = "county", [REPORT_SCHOOL] = "school", [REPORT_TOWNSHIP] = "township", [REPORT_INDICATOR] = "indicator" };
    return text_printf(request->mem, "/reports/%s%s?year=%.*s%s%.*s", KINDS[of->kind], part, TEXT_ARG(year_digits(request)), of->which.size ? "&id=" : "",
                       TEXT_ARG(percent_encode_part(of->which, request->mem)));
}

/* ---- which there are ---------------------------------------------------------------------- */

static struct report_link link_to(struct request *request, enum report_kind kind, struct text which, struct text name)
{
    const struct report_of of = { kind, which };
    return (struct report_link){ report_path(request, &of, ""), name, TEXT("") };
}

static void put_links(struct request *request, const struct composing *c, struct view_reports *view)
{
    const struct county_year *const county = composing_county(c)->county;
    const struct edition *const e = c->assessment->edition;
    view->schools = arena_array(request->mem, county->n + 1, struct report_link);
    view->townships = arena_array(request->mem, county->n + 1, struct report_link);
    view->indicators = arena_array(request->mem, e->n_indicators + 1, struct report_link);
    for (size_t i = 0; i < county->n; i++) {
        const size_t row = county->first + i;
        if (!composing_visible(c, row))
            continue;
        const struct text township = returns_text(c->assessment->returns, row, e->items.township);
        bool seen = !township.size;
        for (size_t k = 0; k < view->n_townships && !seen; k++)
            seen = text_equal(view->townships[k].name, township);
        if (!seen && request->actor.place.kind != PLACE_SCHOOL)
            view->townships[view->n_townships++] = link_to(request, REPORT_TOWNSHIP, township, township);
        view->schools[view->n_schools++] = link_to(request, REPORT_SCHOOL, composing_code(c, row), composing_name(c, row));
    }
    for (size_t i = 0; i < e->n_indicators && view->county; i++)
        view->indicators[view->n_indicators++] = link_to(request, REPORT_INDICATOR, e->indicators[i].id,
                                                         text_printf(request->mem, "%.*s %.*s", TEXT_ARG(e->indicators[i].id), TEXT_ARG(request->lang == LANG_EN ? e->indicators[i].brief_en : e->indicators[i].brief)));
}

bool page_reports(struct request *request, struct response *response, struct err *err)
{
    const struct composing *const c = composing_of(request);
    const struct report_of county = { .kind = REPORT_COUNTY };
    struct report report;
    if (!c) {
        empty_page(request, response, SAYS(T_REPORTS_TITLE), "reports");
        return true;
    }
    struct view_reports view = { .frame = frame_of(request, SAYS(T_REPORTS_TITLE), "reports"), .county = actor_covers_county(&request->actor),
                                 .may_edit = (request->actor.permissions & MAY_REPORT) != 0, .county_path = report_path(request, &county, ""),
                                 .edit_path = report_path(request, &county, "/edit"), .year = say_year(request->mem, request->snapshot->years[request->year], request->lang == LANG_EN) };
    put_links(request, c, &view);
    view.sentence = SAYS_OF(T_REPORTS_SENTENCE, view.year);
    if (view.county) {
        const struct report_terms terms = { .today = day_of(request->now) };
        if (!app_report(request->house, request->snapshot, &request->actor, request->year, &county, &terms, request->mem, &report, err))
            return false;
        view.county_note = SAYS_OF(T_REPORTS_STATE, say_count(request->mem, (int64_t)report.draft->n), say_count(request->mem, (int64_t)report.edited), say_count(request->mem, (int64_t)report.moved));
    }
    struct html html = html_begin(request->mem, request->lang);
    template_reports(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- one ---------------------------------------------------------------------------------- */

struct section_view section_said(const struct request *request, const struct report *report, size_t at)
{
    const struct report_part *const part = &report->parts[at];
    struct section_view s = { .id = part->draft->id, .level = part->draft->level, .broken = part->broken, .hint = part->hint,
                              .heading = text_printf(request->mem, "%.*s%.*s", TEXT_ARG(doc_number(report->draft, at, request->mem)), TEXT_ARG(part->draft->heading)),
                              .moved = arena_array(request->mem, part->n_moved + 1, struct moved_line) };
    if (!s.heading.size)
        s.heading = SAYS(T_REPORTS_OPENING);
    s.state = part->broken.size ? SAYS(T_REPORTS_BROKEN)
              : part->n_moved   ? SAYS_OF(T_REPORTS_MOVED, say_count(request->mem, (int64_t)part->n_moved))
              : part->edited    ? SAYS(T_REPORTS_EDITED)
                                : TEXT("");
    s.class = part->broken.size ? "st unmet" : part->n_moved ? "st near" : "note";
    for (size_t i = 0; i < part->n_moved; i++)
        s.moved[s.n_moved++] = (struct moved_line){ part->moved[i].key, part->moved[i].seen, part->moved[i].now,
                                                    lineage_path(request->mem, doc_key(part->moved[i].key)), part->moved[i].gone };
    return s;
}

bool page_report(struct request *request, struct response *response, struct err *err)
{
    struct report_of of;
    struct report report;
    const struct report_terms terms = { .today = day_of(request->now) };
    if (!report_asked(request, &of, err) ||
        !app_report(request->house, request->snapshot, &request->actor, request->year, &of, &terms, request->mem, &report, err))
        return false;
    const struct text file = report_path(request, &of, "/file");
    struct view_report view = { .frame = frame_of(request, report.doc->title, "reports"), .title = report.doc->title, .subtitle = report.doc->subtitle,
                                .header = report.doc->header, .signer = report.doc->signer, .date = report.doc->date,
                                .docx_path = text_printf(request->mem, "%.*s&as=docx", TEXT_ARG(file)), .pdf_path = text_printf(request->mem, "%.*s&as=pdf", TEXT_ARG(file)),
                                .xlsx_path = text_printf(request->mem, "%.*s&as=xlsx", TEXT_ARG(file)), .edit_path = report_path(request, &of, "/edit"),
                                .back_path = text_printf(request->mem, "/reports?year=%.*s", TEXT_ARG(year_digits(request))),
                                .may_edit = (request->actor.permissions & MAY_REPORT) && actor_covers_county(&request->actor),
                                .may_export = (request->actor.permissions & MAY_EXPORT) != 0 };
    view.sentence = report.moved || report.broken ? SAYS_OF(T_REPORTS_MOVED_ALL, say_count(request->mem, (int64_t)(report.moved + report.broken))) : TEXT("");
    view.sections = arena_array(request->mem, report.draft->n + 1, struct section_view);
    for (size_t i = 0; i < report.draft->n; i++) {
        struct section_view *const s = &view.sections[view.n++];
        *s = section_said(request, &report, i);
        s->body = (struct svg){ write_section_html(report.doc, i, request->mem) };
        s->path = text_printf(request->mem, "%.*s&section=%.*s", TEXT_ARG(view.edit_path), TEXT_ARG(percent_encode_part(s->id, request->mem)));
    }
    view.orphans = arena_array(request->mem, report.n_orphans + 1, struct text);
    for (size_t i = 0; i < report.n_orphans; i++)
        view.orphans[view.n_orphans++] = report.orphans[i]->section;
    struct html html = html_begin(request->mem, request->lang);
    template_report(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- as a file ---------------------------------------------------------------------------- */

bool page_report_file(struct request *request, struct response *response, struct err *err)
{
    struct report_of of;
    struct report_file file;
    const struct report_terms terms = { .today = day_of(request->now), .address = request->here };
    if (!report_asked(request, &of, err) ||
        !app_report_file(request->house, request->snapshot, &request->actor, request->year, &of, &terms, request_query(request, "as"), request->now,
                         request->mem, &file, err))
        return false;
    response_file(response, file.bytes, text_string(request->mem, file.type), file.name);
    return true;
}
