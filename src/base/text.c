#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct text text_of(const char *zero_ended)
{
    return zero_ended ? (struct text){ zero_ended, strlen(zero_ended) } : (struct text){ "", 0 };
}

struct text text_copy(struct arena *mem, struct text from)
{
    return (struct text){ arena_copy_string(mem, from.at, from.size), from.size };
}

struct text text_printf(struct arena *mem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    const size_t size = length < 0 ? 0 : (size_t)length;
    char *made = arena_alloc(mem, size + 1);
    va_start(args, format);
    vsnprintf(made, size + 1, format, args);
    va_end(args);
    return (struct text){ made, size };
}

const char *text_string(struct arena *mem, struct text text)
{
    return text_copy(mem, text).at;
}

int text_compare(struct text a, struct text b)
{
    const size_t common = a.size < b.size ? a.size : b.size;
    const int order = common ? memcmp(a.at, b.at, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool text_starts(struct text text, struct text with)
{
    return text.size >= with.size && text_equal((struct text){ text.at, with.size }, with);
}

bool text_ends(struct text text, struct text with)
{
    return text.size >= with.size &&
           text_equal((struct text){ text.at + text.size - with.size, with.size }, with);
}

/* The white space at the start of what is at..at+size, in bytes; 0 when there is none. */
static size_t space_here(const char *at, size_t size)
{
    if (size && (unsigned char)*at > ' ' && (unsigned char)*at < 0xC2)
        return 0;
    if (size >= 1 && (*at == ' ' || (*at >= '\t' && *at <= '\r')))
        return 1;
    if (size >= 2 && memcmp(at, "\xC2\xA0", 2) == 0)
        return 2;
    if (size >= 3 && (memcmp(at, "\xE3\x80\x80", 3) == 0 || memcmp(at, "\xEF\xBB\xBF", 3) == 0))
        return 3;
    return 0;
}

struct text text_trim(struct text text)
{
    size_t space;
    while ((space = space_here(text.at, text.size)) > 0) {
        text.at += space;
        text.size -= space;
    }
    for (;;) {
        size_t cut = 0;
        for (size_t width = 1; width <= 3 && width <= text.size && !cut; width++)
            if (space_here(text.at + text.size - width, width) == width)
                cut = width;
        if (!cut)
            return text;
        text.size -= cut;
    }
}

bool text_find(struct text in, struct text what, size_t *at_out)
{
    const char *found = in.size ? memmem(in.at, in.size, what.at, what.size) : NULL;
    if (found && at_out)
        *at_out = (size_t)(found - in.at);
    return found != NULL;
}

bool text_split(struct text *rest, char separator, struct text *part_out)
{
    if (!rest->at)
        return false;
    const char *end = rest->size ? memchr(rest->at, separator, rest->size) : NULL;
    if (!end) {
        *part_out = *rest;
        *rest = (struct text){ NULL, 0 };
        return true;
    }
    *part_out = (struct text){ rest->at, (size_t)(end - rest->at) };
    *rest = (struct text){ end + 1, rest->size - part_out->size - 1 };
    return true;
}

unsigned long text_hash(struct text text)
{
    unsigned long hash = 1469598103934665603ul; /* FNV-1a */
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 1099511628211ul;
    return hash;
}

static void make_room(struct buf *buf, size_t more)
{
    if (buf->capacity - buf->size > more)
        return;
    size_t capacity = buf->capacity ? buf->capacity * 2 : 256;
    while (capacity - buf->size <= more)
        capacity *= 2;
    buf->at = arena_grow(buf->mem, buf->at, buf->size, capacity);
    buf->capacity = capacity;
}

void buf_add(struct buf *buf, struct text text)
{
    make_room(buf, text.size);
    if (text.size)
        memcpy(buf->at + buf->size, text.at, text.size);
    buf->size += text.size;
}

void buf_byte(struct buf *buf, char byte)
{
    make_room(buf, 1);
    buf->at[buf->size++] = byte;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length <= 0)
        return;
    make_room(buf, (size_t)length + 1);
    va_start(args, format);
    vsnprintf(buf->at + buf->size, (size_t)length + 1, format, args);
    va_end(args);
    buf->size += (size_t)length;
}

struct text buf_text(const struct buf *buf)
{
    return (struct text){ buf->at ? buf->at : "", buf->size };
}
