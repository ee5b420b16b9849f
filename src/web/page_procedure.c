/* The way of recognition: its steps, what happened at each, the papers. */
#include "app/procedure.h"

#include "app/office_inside.h"
#include "app/readiness.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_evidence.h"
#include "web/page_office.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool english(const struct request *request)
{
    return request->lang == LANG_EN;
}

static struct procedure_line line_of(const struct request *request, const struct procedure_event *e)
{
    enum procedure_what what;
    return (struct procedure_line){
        .position = office_number(e->position, request->mem), .day = e->day, .what = procedure_what_of(e->what, &what) ? procedure_what_said(what, english(request)) : e->what,
        .document = e->document, .words = e->words, .file = e->file_name, .file_path = text_printf(request->mem, "/procedure/%lld/file", (long long)e->position),
        .crossed_out = e->crossed_out, .by = e->by.who, .cross_path = text_printf(request->mem, "/procedure/%lld/cross-out", (long long)e->position) };
}

static struct text sentence_of(const struct request *request, const struct procedure_whole *w)
{
    const int recognised = procedure_recognised(w->events, w->n);
    if (recognised)
        return SAYS_OF(T_PROCEDURE_RECOGNISED, text_printf(request->mem, "%d", recognised));
    if (!w->n)
        return SAYS(T_PROCEDURE_NONE);
    if (w->at == N_PROC_STEPS)
        return SAYS(T_PROCEDURE_ALL);
    const enum procedure_stands stands = w->standings[w->at].stands;
    return SAYS_OF(stands == PROC_UNDER_WAY ? T_PROCEDURE_UNDER_WAY : stands == PROC_BACK ? T_PROCEDURE_BACK : T_PROCEDURE_NEXT, procedure_step_said(w->at, english(request)));
}

bool page_procedure(struct request *request, struct response *response, struct err *err)
{
    static const struct { const char *class; enum text_key said; } STANDS[] = {
        [PROC_NOT_YET] = { "na", T_PROCEDURE_IS_NOT_YET }, [PROC_UNDER_WAY] = { "st near", T_PROCEDURE_IS_UNDER_WAY },
        [PROC_DONE] = { "st met", T_PROCEDURE_IS_DONE }, [PROC_BACK] = { "st unmet", T_PROCEDURE_IS_BACK } };
    struct procedure_whole w;
    if (!app_procedure(request->house, &request->actor, request->mem, &w, err))
        return false;
    struct view_procedure view = { .frame = frame_of(request, SAYS(T_PROCEDURE_TITLE), "procedure"), .sentence = sentence_of(request, &w), .today = office_today(request),
                                   .may = w.may, .blocks = arena_array(request->mem, N_PROC_STEPS, struct procedure_block),
                                   .steps = arena_array(request->mem, N_PROC_STEPS, struct office_option), .whats = arena_array(request->mem, N_PROC_WHATS, struct office_option) };
    for (int s = 0; s < N_PROC_STEPS; s++) {
        const enum procedure_step step = (enum procedure_step)s;
        struct procedure_block *const b = &view.blocks[view.n++];
        *b = (struct procedure_block){ .name = procedure_step_said(step, english(request)), .level = procedure_level_said(procedure_level_of(step), english(request)),
                                       .state = SAYS(STANDS[w.standings[s].stands].said), .class = STANDS[w.standings[s].stands].class, .now = step == w.at,
                                       .lines = arena_array(request->mem, w.n + 1, struct procedure_line) };
        for (size_t i = 0; i < w.n; i++)
            if (text_equal(w.events[i].step, procedure_step_code(step)))
                b->lines[b->n++] = line_of(request, &w.events[i]);
        view.steps[view.n_steps++] = (struct office_option){ procedure_step_code(step), b->name, step == w.at };
    }
    for (int k = 0; k < N_PROC_WHATS; k++)
        view.whats[view.n_whats++] = (struct office_option){ procedure_what_code((enum procedure_what)k), procedure_what_said((enum procedure_what)k, english(request)), !k };
    struct html html = html_begin(request->mem, request->lang);
    template_procedure(&html, &view);
    response_html(response, &html);
    return true;
}

struct adding { struct request *request; struct procedure_wish wish; bool ready; };
static bool add(void *context, struct db_session *session, struct err *err)
{
    struct adding *const a = context;
    struct request *const r = a->request;
    return app_procedure_add(r->house, session, r->snapshot, &r->actor, a->ready, &a->wish, r->now, r->mem, err);
}

/* Whether the county may apply: asked only where it is about to. */
static bool ask_ready(struct request *request, const struct procedure_wish *wish, bool *out, struct err *err)
{
    const struct readiness *readiness;
    *out = false;
    if (!text_equal(wish->step, TEXT("city")) || !text_equal(wish->what, TEXT("begun")) || !request->snapshot->n_years)
        return true;
    if (!app_readiness(request->house, request->snapshot, &request->actor, request->snapshot->usual_year, false, request->now, request->mem, &readiness, err))
        return false;
    *out = readiness->ready;
    return true;
}

bool page_procedure_add(struct request *request, struct response *response, struct err *err)
{
    struct adding a = { .request = request, .wish = { request_field(request, "step"), request_field(request, "what"), request_field(request, "day"),
                                                      request_field(request, "document"), request_field(request, "words"), NULL } };
    struct evidence_ready *ready = NULL;
    size_t n;
    const struct evidence_upload *const files = evidence_uploads(request, &n);
    response->back = TEXT("/procedure");
    if ((n && !evidence_look(files, 1, request->mem, &ready, err)) || !ask_ready(request, &a.wish, &a.ready, err))
        return false;
    a.wish.file = n ? &ready[0] : NULL;
    if (!house_write(request->house, add, &a, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_procedure_cross_out(struct request *request, struct response *response, struct err *err)
{
    int64_t position;
    response->back = TEXT("/procedure");
    if (!office_id(request, "n", "一条", &position, err) ||
        !app_procedure_cross_out(request->house, request->writing, &request->actor, position, request_field(request, "reason"), request->now, request->mem, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_procedure_file(struct request *request, struct response *response, struct err *err)
{
    struct text name, bytes;
    int64_t position;
    if (!office_id(request, "n", "一条", &position, err) || !app_procedure_file(request->house, &request->actor, position, request->mem, &name, &bytes, err))
        return false;
    response_file(response, bytes, "application/octet-stream", name);
    return true;
}
