#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

bool utf8_valid(struct text text)
{
    while (text.size) {
        if ((unsigned char)*text.at < 0x80) {
            text.at++, text.size--;
            continue;
        }
        utf8proc_int32_t character;
        const utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text.at,
                                                       (utf8proc_ssize_t)text.size, &character);
        if (used <= 0)
            return false;
        text.at += used, text.size -= (size_t)used;
    }
    return true;
}

uint32_t utf8_next(struct text *rest)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)rest->at,
                                             (utf8proc_ssize_t)rest->size, &character);
    if (used <= 0)
        used = 1, character = 0xFFFD;
    rest->at += used, rest->size -= (size_t)used;
    return (uint32_t)character;
}

void utf8_add(struct buf *buf, uint32_t character)
{
    utf8proc_uint8_t bytes[4];
    if (character > 0x10FFFF || (character >= 0xD800 && character < 0xE000))
        character = 0xFFFD;
    const utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)character, bytes);
    buf_add(buf, (struct text){ (const char *)bytes, (size_t)size });
}

size_t utf8_length(struct text text)
{
    size_t length = 0;
    for (; text.size; length++)
        utf8_next(&text);
    return length;
}

size_t text_width(struct text text)
{
    size_t width = 0;
    while (text.size) {
        const int w = utf8proc_charwidth((utf8proc_int32_t)utf8_next(&text));
        width += w > 0 ? (size_t)w : 0;
    }
    return width;
}

static struct text normalised(struct arena *mem, struct text text)
{
    bool plain = true;
    for (size_t i = 0; i < text.size && plain; i++)
        plain = (unsigned char)text.at[i] < 0x80;
    if (plain)
        return text_copy(mem, text);
    utf8proc_uint8_t *made = NULL;
    const utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.size, &made,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    if (size < 0)
        return text_copy(mem, text); /* not UTF-8: left as it is, and so equal to nothing we know */
    struct text copy = text_copy(mem, (struct text){ (const char *)made, (size_t)size });
    free(made);
    return copy;
}

struct text text_nfkc(struct arena *mem, struct text text)
{
    return normalised(mem, text);
}

struct text text_fold(struct arena *mem, struct text text)
{
    struct text rest = normalised(mem, text);
    struct buf out = { .mem = mem };
    while (rest.size) {
        const uint32_t c = utf8_next(&rest);
        if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0 || c == 0xFEFF ||
            (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x202F)
            continue;
        utf8_add(&out, c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return buf_text(&out);
}

size_t text_distance(struct arena *mem, struct text a, struct text b, size_t limit)
{
    const struct arena_mark mark = arena_mark(mem);
    const size_t n = utf8_length(a), m = utf8_length(b);
    size_t result = limit + 1;
    if ((n > m ? n - m : m - n) <= limit && n < 256 && m < 256) {
        uint32_t *second = arena_array(mem, m + 1, uint32_t);
        size_t *row = arena_array(mem, m + 1, size_t);
        for (size_t j = 0; j < m; j++)
            second[j] = utf8_next(&b);
        for (size_t j = 0; j <= m; j++)
            row[j] = j;
        for (size_t i = 1; i <= n; i++) {
            const uint32_t c = utf8_next(&a);
            size_t diagonal = row[0];
            row[0] = i;
            for (size_t j = 1; j <= m; j++) {
                const size_t above = row[j];
                size_t best = diagonal + (c != second[j - 1]);
                if (above + 1 < best)
                    best = above + 1;
                if (row[j - 1] + 1 < best)
                    best = row[j - 1] + 1;
                row[j] = best;
                diagonal = above;
            }
        }
        if (row[m] < result)
            result = row[m];
    }
    arena_rewind(mem, mark);
    return result;
}
