/* response.h — the answer to a request.  Made by a handler; the headers all pages have are added later. */
#pragma once
#include "base/err.h"
#include "web/html.h"

enum { RESPONSE_HEADERS = 12 };

struct response {
    struct arena *mem;
    int status;              /* 200 */
    struct text type;        /* Content-Type */
    struct text body;        /* in the request's arena, or for ever (assets) */
    bool gzipped;            /* the body is gzip already */
    bool shared;             /* see response_shared */
    bool for_ever;           /* an asset whose address holds its hash: may be kept; all else is no-store */
    struct text etag;        /* with its quotes; empty: none */
    struct text location;    /* of a redirection */
    struct text back;        /* should it fail: the path from which one goes on; empty: the home page */
    struct { struct text name, value; } headers[RESPONSE_HEADERS];
    size_t n_headers;
};

/* A page: 200, text/html. */
void response_html(struct response *response, const struct html *html);
void response_json(struct response *response, struct text json);
void response_text(struct response *response, struct text text);
/* 303: the browser gets the page at the path next. */
void response_redirect(struct response *response, struct text path);
/* A file to keep, under a name that may be Chinese (RFC 6266). */
void response_file(struct response *response, struct text bytes, const char *type, struct text name);
/* Control characters in the value are dropped: no header ends a header. */
void response_header(struct response *response, const char *name, struct text value);
/* The page depends on nothing but the snapshot, the address asked for, the language, the day, and the role and place
 * of who asks: it may be given again to whoever asks the same (web/shared.h).  Not for pages that read the store. */
void response_shared(struct response *response);
