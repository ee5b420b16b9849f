#include "web/path.h"

#include "web/percent.h"

bool path_target(struct text target, struct text *path_out, struct text *query_out)
{
    if (!target.size || target.size > TARGET_SIZE || *target.at != '/')
        return false;
    size_t mark = target.size;
    for (size_t i = 0; i < target.size; i++) {
        const unsigned char c = (unsigned char)target.at[i];
        if (c <= ' ' || c >= 0x7F || c == '#' || c == '\\' || c == '"' || c == '<' || c == '>')
            return false;
        if (c == '?' && mark == target.size)
            mark = i;
    }
    *path_out = (struct text){ target.at, mark };
    *query_out = mark < target.size ? (struct text){ target.at + mark + 1, target.size - mark - 1 } : (struct text){ 0 };
    return mark <= PATH_SIZE;
}

static bool segment_is_safe(struct text s)
{
    return s.size && !text_equal(s, TEXT(".")) && !text_equal(s, TEXT("..")) && !memchr(s.at, '/', s.size) &&
           !memchr(s.at, '\\', s.size);
}

bool path_parse(struct text raw, struct arena *mem, struct path *out)
{
    *out = (struct path){ 0 };
    if (!raw.size || *raw.at != '/')
        return false;
    size_t at = 1;
    while (at < raw.size) {
        const char *const slash = memchr(raw.at + at, '/', raw.size - at);
        const size_t end = slash ? (size_t)(slash - raw.at) : raw.size;
        struct text *const segment = &out->segment[out->n];
        if (out->n == PATH_SEGMENTS ||
            !percent_decode((struct text){ raw.at + at, end - at }, PERCENT_PATH, mem, segment) ||
            !segment_is_safe(*segment))
            return false;
        out->n++;
        out->slash = slash && end + 1 == raw.size;
        at = end + 1;
    }
    return true;
}

bool path_is_local(struct text target)
{
    struct text path, query;
    return path_target(target, &path, &query) && !text_starts(path, TEXT("//"));
}
