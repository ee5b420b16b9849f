#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* A character of three bytes, as Chinese has them, where nothing about them can be wrong: E1–EC are
 * followed by any two continuations.  The rest is left to utf8proc.  Returns 3, or 0. */
static size_t plain_three(struct text text, uint32_t *character_out)
{
    const unsigned char *const at = (const unsigned char *)text.at;
    if (text.size < 3 || at[0] < 0xE1 || at[0] > 0xEC || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80)
        return 0;
    *character_out = (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
    return 3;
}

bool utf8_valid(struct text text)
{
    while (text.size) {
        if ((unsigned char)*text.at < 0x80) {
            text.at++, text.size--;
            continue;
        }
        uint32_t character;
        const size_t used = plain_three(text, &character);
        if (used) {
            text.at += used, text.size -= used;
            continue;
        }
        utf8proc_int32_t rare;
        const utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text.at,
                                                        (utf8proc_ssize_t)text.size, &rare);
        if (taken <= 0)
            return false;
        text.at += taken, text.size -= (size_t)taken;
    }
    return true;
}

uint32_t utf8_next(struct text *rest)
{
    uint32_t plain = (unsigned char)*rest->at;
    const size_t size = plain < 0x80 ? 1 : plain_three(*rest, &plain);
    if (size) {
        rest->at += size, rest->size -= size;
        return plain;
    }
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

/* ASCII and the ideographs of the main block are as NFKC wants them. */
static bool is_normal(struct text text)
{
    uint32_t character;
    while (text.size) {
        const size_t used = (unsigned char)*text.at < 0x80 ? 1 : plain_three(text, &character);
        if (!used || (used == 3 && (character < 0x4E00 || character > 0x9FFF)))
            return false;
        text.at += used, text.size -= used;
    }
    return true;
}

static struct text normalised(struct arena *mem, struct text text)
{
    if (is_normal(text))
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

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0 || c == 0xFEFF ||
           (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x202F;
}

struct text text_fold(struct arena *mem, struct text text)
{
    struct text rest = normalised(mem, text);
    char *const made = (char *)rest.at; /* our own copy; what stays of it only moves forward */
    size_t size = 0;
    while (rest.size) {
        const struct text before = rest;
        const uint32_t c = utf8_next(&rest);
        if (is_space(c))
            continue;
        if (c < 0x80)
            made[size++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        else
            for (size_t i = 0; i < before.size - rest.size; i++)
                made[size++] = before.at[i];
    }
    return (struct text){ made, size };
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
