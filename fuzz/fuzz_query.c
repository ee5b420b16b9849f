/* fuzz_query.c — any target is a path with a query or is refused; what is taken is UTF-8 without control
 * characters, no segment climbs, and what is rewritten can be read again.  Also read as a form's body. */
#include "base/unicode.h"
#include "web/form.h"
#include "web/path.h"
#include "web/query.h"

#include <stdint.h>
#include <stdlib.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void must_be_clean(struct text text, bool lines)
{
    must(utf8_valid(text));
    for (size_t i = 0; i < text.size; i++)
        must((unsigned char)text.at[i] >= ' ' || (lines && strchr("\t\r\n", text.at[i])));
}

static void read_target(struct text target, struct arena *mem)
{
    struct text raw, query;
    struct path path;
    struct pairs pairs;
    struct err err;
    if (!path_target(target, &raw, &query))
        return;
    if (path_is_local(target))
        must(target.size < 2 || target.at[1] != '/');
    if (path_parse(raw, mem, &path)) {
        for (size_t i = 0; i < path.n; i++) {
            must_be_clean(path.segment[i], false);
            must(path.segment[i].size && !memchr(path.segment[i].at, '/', path.segment[i].size) && !text_equal(path.segment[i], TEXT("..")));
        }
    }
    if (!query_parse(query, mem, &pairs, &err)) {
        must(err.kind == ERR_USAGE);
        return;
    }
    for (size_t i = 0; i < pairs.n; i++)
        must_be_clean(pairs.pair[i].name, false), must_be_clean(pairs.pair[i].value, false);
    const struct text again = query_with(query, "year", TEXT("甲&乙"), mem);
    struct pairs back;
    struct text value;
    must(*again.at == '?');
    if (query_parse((struct text){ again.at + 1, again.size - 1 }, mem, &back, &err))
        must(pairs_get(&back, "year", &value) && value.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text input = { (const char *)data, size };
    struct arena *mem = arena_new("fuzz");
    struct pairs pairs;
    struct err err = { .kind = ERR_NONE };
    read_target(input, mem);
    if (form_parse(input, mem, &pairs, &err)) {
        for (size_t i = 0; i < pairs.n; i++)
            must_be_clean(pairs.pair[i].name, true), must_be_clean(pairs.pair[i].value, true);
    } else {
        must(err.kind != ERR_NONE && err.what[0]);
    }
    arena_free(&mem);
    return 0;
}
