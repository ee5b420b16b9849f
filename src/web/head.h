/* head.h — the headers of a request that mean something to us, each at most once. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum { HEAD_LINES = 64, HEAD_BYTES = 12 * 1024 };

enum head_fault {
    HEAD_FINE,
    HEAD_TWICE,        /* a header that decides something stands there twice → 400 */
    HEAD_BAD_LENGTH,   /* Content-Length is no number → 400 */
    HEAD_ENCODED,      /* Transfer-Encoding: the length must be known → 411; with Content-Length → 400 */
    HEAD_TOO_MUCH,     /* → 431 */
};

struct head {
    struct text host, cookie, content_type, authorization, origin, referer, fetch_site, forwarded_for, if_none_match, idempotency_key;
    int64_t length;           /* of the body; −1: not said */
    bool gzip, htmx, encoded, old_browser; /* old_browser: Internet Explorer, or a browser in its mode */
    size_t lines, bytes;
    enum head_fault fault;    /* the first one found */
};

struct head head_start(void);
/* Takes one header; the texts are kept as they are, not copied. */
void head_add(struct head *head, struct text name, struct text value);
/* What a POST says about where it comes from, against the host it was sent to: true when the browser says
 * that it is a page of ours, false when it says otherwise or says nothing. */
bool head_same_origin(const struct head *head, bool secure);
/* Whether the Host is a name of this machine alone (localhost, 127.0.0.1, [::1]), so that no foreign page
 * can talk to a server on loopback under a name of its own. */
bool head_host_is_loopback(struct text host);
bool head_host_is_proper(struct text host);
