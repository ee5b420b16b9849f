#include "web/query.h"

#include "web/percent.h"

static bool add(struct text part, struct arena *mem, struct pairs *out)
{
    const char *const equals = memchr(part.at, '=', part.size);
    const size_t name = equals ? (size_t)(equals - part.at) : part.size;
    const size_t from = equals ? name + 1 : part.size;
    struct pair pair;
    if (!percent_decode((struct text){ part.at, name }, PERCENT_QUERY, mem, &pair.name) ||
        !percent_decode((struct text){ part.at + from, part.size - from }, PERCENT_QUERY, mem, &pair.value))
        return false;
    pairs_add(out, mem, pair.name, pair.value);
    return true;
}

bool query_parse(struct text raw, struct arena *mem, struct pairs *out, struct err *err)
{
    *out = (struct pairs){ 0 };
    struct text part;
    while (text_split(&raw, '&', &part)) {
        if (!part.size)
            continue;
        if (out->n == QUERY_PAIRS || !add(part, mem, out)) {
            err_set(err, ERR_USAGE, "网址里“?”后面的部分读不懂。");
            return err_hint(err, "请从页面上的链接重新进入。");
        }
    }
    return true;
}

struct text query_with(struct text raw, const char *name, struct text value, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    const struct text wanted = text_of(name);
    struct text part;
    while (text_split(&raw, '&', &part)) {
        if (!part.size || (text_starts(part, wanted) && (part.size == wanted.size || part.at[wanted.size] == '=')))
            continue;
        buf_byte(&buf, buf.size ? '&' : '?');
        buf_add(&buf, part);
    }
    if (value.size) {
        buf_byte(&buf, buf.size ? '&' : '?');
        buf_add(&buf, wanted);
        buf_byte(&buf, '=');
        buf_add(&buf, percent_encode_part(value, mem));
    }
    return buf_text(&buf);
}
