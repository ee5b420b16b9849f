/* A paper of an inspection round: as it reads, as a file; what the office adds to it. */
#include "app/round_paper.h"

#include "base/day.h"
#include "made/templates.h"
#include "report/write_doc.h"
#include "web/frame.h"
#include "web/page_rounds.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)

struct asked { struct text id; enum round_paper paper; struct place at; };

static bool read_asked(const struct request *request, struct text place, struct asked *out, struct err *err)
{
    *out = (struct asked){ .id = request_capture(request, "id"), .at = { PLACE_COUNTY, TEXT("") } };
    if (!round_paper_of(request_capture(request, "kind"), &out->paper))
        return err_set(err, ERR_ABSENT, "没有这种督导文书。");
    return !round_paper_is_of_place(out->paper) || round_place_read(request, place, &out->at, err);
}

/* "/rounds/ID/papers/opinion?place=school%3A…" */
static struct text paper_path(const struct request *request, const struct asked *a, const char *as)
{
    const struct round_spot spot = { place_word(a->at.kind), a->at.name };
    const struct text path = text_printf(request->mem, "/rounds/%.*s/papers/%.*s", TEXT_ARG(a->id), TEXT_ARG(round_paper_word(a->paper)));
    const char *const mark = round_paper_is_of_place(a->paper) ? "&" : "?";
    const struct text of = round_paper_is_of_place(a->paper)
                               ? text_printf(request->mem, "%.*s?place=%.*s", TEXT_ARG(path), TEXT_ARG(percent_encode_part(round_place_word(request, &spot), request->mem)))
                               : path;
    return as ? text_printf(request->mem, "%.*s%sas=%s", TEXT_ARG(of), mark, as) : of;
}

static bool give(struct request *request, struct response *response, const struct asked *a, struct err *err)
{
    struct report_file file;
    if (!app_round_paper_file(request->house, request->snapshot, &request->actor, a->id, a->paper, a->at, request_query(request, "as"), request->here, request->now,
                              request->mem, &file, err))
        return false;
    response_file(response, file.bytes, text_string(request->mem, file.type), file.name);
    return true;
}

bool page_round_paper(struct request *request, struct response *response, struct err *err)
{
    struct asked a;
    struct round_paper_view v;
    if (!read_asked(request, request_query(request, "place"), &a, err))
        return false;
    if (request_query(request, "as").size)
        return give(request, response, &a, err);
    if (!app_round_paper(request->house, request->snapshot, &request->actor, a.id, a.paper, a.at, request->here, request->now, request->mem, &v, err))
        return false;
    struct view_round_paper view = {
        .frame = frame_of(request, round_paper_zh(a.paper), "rounds"), .title = round_paper_zh(a.paper), .round_path = round_path(request, a.id, ""),
        .round_title = v.round.row.title, .path = paper_path(request, &a, NULL), .docx_path = paper_path(request, &a, "docx"), .pdf_path = paper_path(request, &a, "pdf"),
        .xlsx_path = paper_path(request, &a, "xlsx"),
        .number = v.added.number, .signed_on = v.added.signed_on, .words = v.added.words, .may_write = v.may_write, .heading = v.doc->title,
        .subtitle = v.doc->subtitle, .signer = v.doc->signer, .date = v.doc->date, .sections = arena_array(request->mem, v.doc->n + 1, struct svg),
        .today = day_shown(request->now, request->mem) };
    for (size_t i = 0; i < v.doc->n; i++)
        view.sections[view.n_sections++] = (struct svg){ write_section_html(v.doc, i, request->mem) };
    struct html html = html_begin(request->mem, request->lang);
    template_round_paper(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_round_paper_save(struct request *request, struct response *response, struct err *err)
{
    struct asked a;
    const struct paper_wish wish = { request_field(request, "number"), request_field(request, "signed_on"), request_field(request, "words") };
    response->back = round_path(request, request_capture(request, "id"), "");
    if (!read_asked(request, request_query(request, "place"), &a, err))
        return false;
    response->back = paper_path(request, &a, NULL);
    if (!app_round_paper_put(request->house, request->writing, request->snapshot, &request->actor, a.id, a.paper, a.at, &wish, request->now, request->mem, err))
        return false;
    response_redirect(response, response->back);
    return true;
}
