#include "import/xls_record.h"

#include <string.h>

bool xls_next(struct text stream, size_t *at, struct xls_record *out)
{
    if (*at > stream.size || stream.size - *at < 4)
        return false;
    const size_t size = xls_u16(stream, *at + 2);
    if (stream.size - *at - 4 < size)
        return false;
    *out = (struct xls_record){ xls_u16(stream, *at), { stream.at + *at + 4, size } };
    *at += 4 + size;
    return true;
}

unsigned xls_u16(struct text body, size_t at)
{
    const unsigned char *const p = (const unsigned char *)body.at + at;
    return (unsigned)p[0] | (unsigned)p[1] << 8;
}

uint32_t xls_u32(struct text body, size_t at)
{
    return xls_u16(body, at) | (uint32_t)xls_u16(body, at + 2) << 16;
}

static double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

double xls_double(struct text body, size_t at)
{
    return double_of(xls_u32(body, at) | (uint64_t)xls_u32(body, at + 4) << 32);
}

/* A number in 30 bits: the top of a double, or an integer; bit 0: divided by 100. */
double xls_rk(uint32_t rk)
{
    const double x = rk & 2 ? (double)((int32_t)rk >> 2) : double_of((uint64_t)(rk & ~3u) << 32);
    return rk & 1 ? x / 100 : x;
}

struct xls_reader xls_reader_of(struct text stream, struct xls_record record, size_t skip)
{
    const size_t at = (size_t)(record.body.at - stream.at), size = record.body.size;
    return (struct xls_reader){ stream, at + (skip < size ? skip : size), at + size, skip > size };
}

/* Moves on into the CONTINUE behind a part that is used up. */
static bool more(struct xls_reader *reader)
{
    while (!reader->broken && reader->at == reader->end) {
        struct xls_record next;
        size_t at = reader->end;
        if (!xls_next(reader->stream, &at, &next) || next.type != XLS_CONTINUE) {
            reader->broken = true;
        } else {
            reader->at = reader->end + 4;
            reader->end = at;
        }
    }
    return !reader->broken;
}

bool xls_reader_has_more(struct xls_reader *reader)
{
    struct xls_reader ahead = *reader;
    return more(&ahead);
}

unsigned xls_read_u8(struct xls_reader *reader)
{
    return more(reader) ? (unsigned char)reader->stream.at[reader->at++] : 0;
}

unsigned xls_read_u16(struct xls_reader *reader)
{
    const unsigned low = xls_read_u8(reader);
    return low | xls_read_u8(reader) << 8;
}

uint32_t xls_read_u32(struct xls_reader *reader)
{
    const uint32_t low = xls_read_u16(reader);
    return low | (uint32_t)xls_read_u16(reader) << 16;
}

static void skip(struct xls_reader *reader, size_t size)
{
    while (size && more(reader)) {
        const size_t here = reader->end - reader->at, part = size < here ? size : here;
        reader->at += part;
        size -= part;
    }
}

/* UTF-16 units on their way to UTF-8, through a small room. */
struct units {
    struct buf *into;
    uint32_t high; /* a first surrogate that waits for its second, else 0 */
    size_t n;
    char room[768];
};

static void put_character(struct units *units, uint32_t c)
{
    if (units->n + 4 > sizeof units->room) {
        buf_add(units->into, (struct text){ units->room, units->n });
        units->n = 0;
    }
    char *const to = units->room + units->n;
    if (c < 0x80) {
        to[0] = (char)c;
        units->n += 1;
    } else if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        units->n += 2;
    } else if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        units->n += 3;
    } else {
        to[0] = (char)(0xF0 | c >> 18);
        to[1] = (char)(0x80 | (c >> 12 & 0x3F));
        to[2] = (char)(0x80 | (c >> 6 & 0x3F));
        to[3] = (char)(0x80 | (c & 0x3F));
        units->n += 4;
    }
}

static void put_unit(struct units *units, uint32_t unit)
{
    const bool second = unit >= 0xDC00 && unit < 0xE000;
    if (units->high) {
        const uint32_t high = units->high;
        units->high = 0;
        if (second) {
            put_character(units, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
            return;
        }
        put_character(units, 0xFFFD);
    }
    if (unit >= 0xD800 && unit < 0xDC00)
        units->high = unit;
    else
        put_character(units, second ? 0xFFFD : unit);
}

/* Where characters run on into a CONTINUE, a flag says anew whether they take one byte or two. */
static void read_characters(struct xls_reader *reader, size_t n, bool wide, struct units *units)
{
    while (n) {
        if (reader->at == reader->end)
            wide = xls_read_u8(reader) & 1;
        const size_t width = wide ? 2 : 1;
        if (reader->broken || reader->end - reader->at < width) {
            reader->broken |= reader->at != reader->end; /* half a character */
            if (reader->broken)
                return;
            continue;
        }
        for (; n && reader->end - reader->at >= width; n--, reader->at += width)
            put_unit(units, wide ? xls_u16(reader->stream, reader->at) : (unsigned char)reader->stream.at[reader->at]);
    }
}

bool xls_read_string(struct xls_reader *reader, bool small, struct buf *into)
{
    enum { WIDE = 1, PHONETIC = 4, RICH = 8, LONGEST = 32767 };
    const size_t length = small ? xls_read_u8(reader) : xls_read_u16(reader);
    const unsigned flags = xls_read_u8(reader);
    const size_t runs = flags & RICH ? xls_read_u16(reader) : 0;
    const size_t phonetic = flags & PHONETIC ? xls_read_u32(reader) : 0;
    reader->broken |= length > LONGEST;
    if (reader->broken)
        return false;
    struct units units = { .into = into };
    read_characters(reader, length, flags & WIDE, &units);
    if (units.high)
        put_character(&units, 0xFFFD);
    buf_add(into, (struct text){ units.room, units.n });
    skip(reader, 4 * runs);
    skip(reader, phonetic);
    return !reader->broken;
}
