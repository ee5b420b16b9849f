#include "web/head.h"

#include <strings.h>

struct head head_start(void)
{
    return (struct head){ .length = -1 };
}

static bool equal_fold(struct text a, const char *b)
{
    return a.size == strlen(b) && strncasecmp(a.at, b, a.size) == 0;
}

static void note(struct head *head, enum head_fault fault)
{
    if (head->fault == HEAD_FINE)
        head->fault = fault;
}

static int64_t length_of(struct text value)
{
    int64_t length = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return -1;
        length = length * 10 + (value.at[i] - '0');
    }
    return value.size && value.size <= 15 ? length : -1;
}

/* "gzip, deflate, br", "gzip;q=0" */
static bool takes_gzip(struct text value)
{
    struct text part;
    while (text_split(&value, ',', &part)) {
        struct text name, rest = text_trim(part);
        if (!text_split(&rest, ';', &name) || !equal_fold(text_trim(name), "gzip"))
            continue;
        rest = text_trim(rest);
        return !(text_equal(rest, TEXT("q=0")) || text_starts(rest, TEXT("q=0.0")));
    }
    return false;
}

void head_add(struct head *head, struct text name, struct text value)
{
    head->lines++;
    head->bytes += name.size + value.size + 4;
    if (head->lines > HEAD_LINES || head->bytes > HEAD_BYTES)
        note(head, HEAD_TOO_MUCH);
    const struct { const char *name; struct text *into; } once[] = {
        { "Host", &head->host },       { "Cookie", &head->cookie }, { "Content-Type", &head->content_type },
        { "Origin", &head->origin },   { "Referer", &head->referer }, { "Authorization", &head->authorization },
        { "Sec-Fetch-Site", &head->fetch_site }, { "If-None-Match", &head->if_none_match },
        { "Idempotency-Key", &head->idempotency_key },
    };
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        if (!equal_fold(name, once[i].name))
            continue;
        if (once[i].into->at)
            note(head, HEAD_TWICE);
        *once[i].into = value;
        return;
    }
    if (equal_fold(name, "Content-Length")) {
        if (head->length >= 0)
            note(head, HEAD_TWICE);
        head->length = length_of(value);
        if (head->length < 0)
            note(head, HEAD_BAD_LENGTH);
    } else if (equal_fold(name, "Transfer-Encoding")) {
        head->encoded = true;
        note(head, HEAD_ENCODED);
    } else if (equal_fold(name, "Accept-Encoding")) {
        head->gzip = takes_gzip(value);
    } else if (equal_fold(name, "HX-Request")) {
        head->htmx = equal_fold(value, "true");
    } else if (equal_fold(name, "User-Agent")) {
        head->old_browser = text_find(value, TEXT("MSIE "), NULL) || text_find(value, TEXT("Trident/"), NULL);
    } else if (equal_fold(name, "X-Forwarded-For")) {
        head->forwarded_for = value; /* the last one is our own proxy's */
    }
}

bool head_same_origin(const struct head *head, bool secure)
{
    if (head->fetch_site.size)
        return text_equal(head->fetch_site, TEXT("same-origin"));
    const struct text from = head->origin.size ? head->origin : head->referer;
    const struct text scheme = secure ? TEXT("https://") : TEXT("http://");
    if (!text_starts(from, scheme))
        return false;
    struct text rest = { from.at + scheme.size, from.size - scheme.size }, host;
    return text_split(&rest, '/', &host) && host.size && host.size == head->host.size &&
           strncasecmp(host.at, head->host.at, host.size) == 0;
}

/* The name without ":port". */
static bool name_of(struct text host, struct text *name_out)
{
    const char *const last = host.size ? memrchr(host.at, ':', host.size) : NULL;
    const bool bracket = host.size && *host.at == '[';
    *name_out = host;
    if (!last || (bracket && host.at[host.size - 1] == ']'))
        return host.size > 0;
    name_out->size = (size_t)(last - host.at);
    const struct text port = { last + 1, host.size - name_out->size - 1 };
    return name_out->size > 0 && port.size <= 5 && length_of(port) >= 0;
}

bool head_host_is_loopback(struct text host)
{
    struct text name;
    return name_of(host, &name) &&
           (equal_fold(name, "localhost") || text_equal(name, TEXT("127.0.0.1")) || text_equal(name, TEXT("[::1]")));
}

bool head_host_is_proper(struct text host)
{
    struct text name;
    if (!name_of(host, &name) || name.size > 253)
        return false;
    for (size_t i = 0; i < name.size; i++) {
        const char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr(".-_[]:", c)))
            return false;
    }
    return true;
}
