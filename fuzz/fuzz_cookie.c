/* fuzz_cookie.c — any Cookie header gives our cookie, harmless, or none; any headers are taken or refused. */
#include "web/cookie.h"
#include "web/head.h"

#include <stdint.h>
#include <stdlib.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text rest = { (const char *)data, size }, line, value;
    struct arena *mem = arena_new("fuzz");
    if (cookie_get(rest, TEXT("jh"), &value)) {
        const struct text set = cookie_set(TEXT("jh"), value, COOKIE_SESSION, true, mem);
        must(!memchr(value.at, ';', value.size) && text_ends(set, TEXT("; Path=/; HttpOnly; SameSite=Lax; Secure")));
    } else {
        must(value.size == 0);
    }
    struct head head = head_start();
    while (text_split(&rest, '\n', &line)) {
        struct text name, said = line;
        if (text_split(&said, ':', &name))
            head_add(&head, name, said);
    }
    must(head.length >= -1 && (head.fault != HEAD_FINE || (head.lines <= HEAD_LINES && head.bytes <= HEAD_BYTES)));
    (void)head_same_origin(&head, true);
    (void)head_host_is_loopback(head.host);
    (void)head_host_is_proper(head.host);
    arena_free(&mem);
    return 0;
}
