#include "web/page_error.h"

#include "base/out.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/view_error.h"

enum { DISK_RETRY = 60 };

int status_of(enum err_kind kind)
{
    switch (kind) {
    case ERR_USAGE: return 400;
    case ERR_INPUT: return 422;
    case ERR_ABSENT: return 404;
    case ERR_LIMIT: return 413;
    case ERR_DENIED: return 403;
    case ERR_CONFLICT: return 409;
    case ERR_OUTSIDE: return 503;
    default: return 500;
    }
}

static struct text kind_word(enum err_kind kind)
{
    static const char *const WORD[] = { "none", "usage", "input", "absent", "limit", "denied", "conflict", "outside" };
    return text_of(WORD[kind]);
}

static void as_json(struct exchange *e)
{
    struct out *const out = out_new_memory(e->request.mem);
    json_object(out, NULL);
    json_object(out, "error");
    json_text(out, "kind", kind_word(e->fault.kind));
    json_text(out, "what", text_of(e->fault.what));
    json_text(out, "hint", text_of(e->fault.hint));
    json_text(out, "number", e->request.number);
    json_end(out);
    json_end(out);
    response_json(&e->response, out_collected(out));
}

/* The words of an error are Chinese; in English a sentence of its kind goes before them. */
static struct text what_in_english(struct exchange *e)
{
    static const enum text_key KIND[] = {
        [ERR_NONE] = T_CORE_ERROR_OUTSIDE,   [ERR_USAGE] = T_CORE_ERROR_USAGE,     [ERR_INPUT] = T_CORE_ERROR_INPUT,
        [ERR_ABSENT] = T_CORE_ERROR_ABSENT,  [ERR_LIMIT] = T_CORE_ERROR_LIMIT,     [ERR_DENIED] = T_CORE_ERROR_DENIED,
        [ERR_CONFLICT] = T_CORE_ERROR_CONFLICT, [ERR_OUTSIDE] = T_CORE_ERROR_OUTSIDE,
    };
    return SAID(e->request.mem, e->request.lang, KIND[e->fault.kind], text_of(e->fault.what));
}

static struct text what_was_saved(struct exchange *e)
{
    const struct request *const r = &e->request;
    if (e->fault.kind == ERR_OUTSIDE)
        return say(r->mem, r->lang, T_CORE_SAVED_ALL, NULL, 0);
    return r->route && r->route->flow == FLOW_WRITE ? say(r->mem, r->lang, T_CORE_SAVED_NOTHING, NULL, 0) : (struct text){ 0 };
}

static void as_page(struct exchange *e)
{
    struct request *const r = &e->request;
    struct view_error view = {
        .lang = lang_tag(r->lang),
        .what = r->lang == LANG_EN ? what_in_english(e) : text_of(e->fault.what),
        .saved = what_was_saved(e),
        .hint = text_of(e->fault.hint),
        .back = e->response.back,
        .number = r->number,
    };
    if (r->signed_in)
        view.frame = frame_of(r, say(r->mem, r->lang, T_ERROR_TITLE, NULL, 0), "error");
    struct html html = html_begin(r->mem, r->lang);
    template_error(&html, &view);
    response_html(&e->response, &html);
}

void page_error(struct exchange *e)
{
    /* Nothing of an answer begun stays, but cookies and what sign-in asks of scripts. */
    e->response.location = e->response.etag = (struct text){ 0 };
    e->response.gzipped = e->response.for_ever = false;
    e->response.status = e->status ? e->status : status_of(e->fault.kind);
    if (e->fault.kind == ERR_OUTSIDE && !e->retry_after)
        e->retry_after = DISK_RETRY;
    if (text_starts(e->request.path, TEXT("/api/")))
        as_json(e);
    else
        as_page(e);
}
