#include "web/respond.h"

#include "web/frame.h"
#include "web/gzip.h"
#include "web/http_late.h"
#include "web/page_error.h"
#include "web/serve_inside.h"

#include <stdio.h>

enum { WORTH_GZIP = 1024, SEND_SECONDS = 30 };

/* What browsers may do with our pages: nothing but what is ours. */
#define POLICY                                                                                                       \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "           \
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; report-uri /csp-report"

static const struct { const char *name, *value; } ALWAYS[] = {
    { "Content-Security-Policy", POLICY },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
};

static void add(struct MHD_Response *to, const char *name, struct text value, struct arena *mem)
{
    if (value.size)
        (void)!http.MHD_add_response_header(to, name, text_string(mem, value));
}

static bool is_words(struct text type)
{
    return text_starts(type, TEXT("text/")) || text_starts(type, TEXT("application/json")) ||
           text_starts(type, TEXT("image/svg")) || text_starts(type, TEXT("application/javascript"));
}

/* Puts the reader's own name and form fields where the page holds their places. */
static void fill_marks(struct exchange *e)
{
    struct response *const response = &e->response;
    struct mark_place *places;
    size_t n;
    if (e->filled || !e->request.signed_in || response->gzipped || !text_starts(response->type, TEXT("text/html")))
        return;
    marks_find(&e->server->marks, response->body, e->request.mem, &places, &n);
    if (response->shared && response->status == 200 && !e->refused && e->share_key.size)
        shared_keep(e->server->shared, e->request.snapshot->version, e->share_key, response->body, places, n);
    if (!n)
        return;
    if (!e->marks[MARK_KEY].size)
        frame_marks(&e->request, e->marks);
    response->body = marks_fill(response->body, places, n, e->marks, e->request.mem);
}

/* Makes the body gzip where the client takes it and it pays. */
static void press(struct exchange *e)
{
    struct response *const response = &e->response;
    struct text small;
    if (!response->gzipped && e->head.gzip && response->body.size > WORTH_GZIP && is_words(response->type) &&
        gzip_made(response->body, e->request.mem, &small)) {
        response->body = small;
        response->gzipped = true;
    }
}

/* An asset the browser has already. */
static void answer_unchanged(struct exchange *e)
{
    struct response *const response = &e->response;
    if (response->status == 200 && response->etag.size && text_equal(response->etag, e->head.if_none_match)) {
        response->status = 304;
        response->body = (struct text){ 0 };
        response->gzipped = false;
    }
}

static void add_headers(struct exchange *e, struct MHD_Response *to)
{
    const struct response *const response = &e->response;
    struct arena *const mem = e->request.mem;
    for (size_t i = 0; i < COUNT(ALWAYS); i++)
        (void)!http.MHD_add_response_header(to, ALWAYS[i].name, ALWAYS[i].value);
    if (e->server->secure)
        (void)!http.MHD_add_response_header(to, "Strict-Transport-Security", "max-age=31536000");
    (void)!http.MHD_add_response_header(to, "Cache-Control",
                                        response->for_ever ? "public, max-age=31536000, immutable" : "no-store");
    add(to, "Content-Type", response->type, mem);
    add(to, "Location", response->location, mem);
    add(to, "ETag", response->etag, mem);
    if (is_words(response->type))
        (void)!http.MHD_add_response_header(to, "Vary", "Accept-Encoding");
    if (response->gzipped)
        (void)!http.MHD_add_response_header(to, "Content-Encoding", "gzip");
    for (size_t i = 0; i < response->n_headers; i++)
        add(to, response->headers[i].name.at, response->headers[i].value, mem);
    if (e->methods)
        (void)!http.MHD_add_response_header(to, "Allow", e->methods);
    if (e->retry_after)
        add(to, "Retry-After", text_printf(mem, "%d", e->retry_after), mem);
    if (e->unread || atomic_load(&e->server->ending))
        (void)!http.MHD_add_response_header(to, "Connection", "close");
}

bool respond(struct exchange *e)
{
    if (e->request.signed_in && e->request.route && e->request.route->method == METHOD_POST)
        mine_forget(e->server->mine, e->request.actor.account);
    if (e->refused)
        page_error(e);
    fill_marks(e);
    answer_unchanged(e);
    press(e);
    const struct text body = e->response.body;
    /* The bytes stay in the arena until libmicrohttpd says that the request is over; it never writes to them. */
    struct MHD_Response *const made =
        http.MHD_create_response_from_buffer(body.size, (void *)(uintptr_t)(body.size ? body.at : ""), MHD_RESPMEM_PERSISTENT);
    if (!made)
        return false;
    add_headers(e, made);
    line_until(e->line, lines_now() + SEND_SECONDS * 1000 + (int64_t)(body.size / 1024) * 1000);
    e->stage = STAGE_SENT;
    const bool ok = http.MHD_queue_response(e->connection, (unsigned)e->response.status, made) == MHD_YES;
    http.MHD_destroy_response(made);
    return ok;
}
