#include "import/xlsx_strings.h"

#include "base/unicode.h"
#include "import/grid.h"
#include "import/xml.h"

#include <string.h>

enum { MAX_STRINGS = 1000000 };

struct strings_reading {
    struct arena *mem;
    struct xlsx_strings *out;
    size_t text_start;     /* of the string being read */
    size_t piece_start;    /* of the <t> being read */
    bool in_string, in_text, phonetic, preserve;
};

static void open_string(struct strings_reading *reading, struct xml *xml)
{
    struct xlsx_strings *const out = reading->out;
    if (out->n == MAX_STRINGS) {
        package_too_large(xml_err(xml), "工作簿的共享文字超过 %d 条", MAX_STRINGS);
        xml_fail(xml);
        return;
    }
    ARENA_ROOM(reading->mem, out->ends, out->n, out->capacity);
    reading->text_start = out->pool.size;
    reading->in_string = true;
}

static void on_open(void *context, struct xml *xml, const char *name, const char **attributes)
{
    struct strings_reading *const reading = context;
    if (strcmp(name, "si") == 0 && xml_depth(xml) == 2) {
        open_string(reading, xml);
    } else if (strcmp(name, "rPh") == 0) {
        reading->phonetic = true;
    } else if (strcmp(name, "t") == 0 && reading->in_string && !reading->phonetic) {
        const char *const space = xml_attribute(attributes, "space");
        reading->preserve = space && strcmp(space, "preserve") == 0;
        reading->piece_start = reading->out->pool.size;
        reading->in_text = true;
    }
}

static void on_close(void *context, struct xml *xml, const char *name)
{
    struct strings_reading *const reading = context;
    struct xlsx_strings *const out = reading->out;
    if (strcmp(name, "t") == 0 && reading->in_text) {
        reading->in_text = false;
        if (!reading->preserve)
            xlsx_trim(&out->pool, reading->piece_start);
    } else if (strcmp(name, "rPh") == 0) {
        reading->phonetic = false;
    } else if (strcmp(name, "si") == 0 && xml_depth(xml) == 2) {
        xlsx_unescape(&out->pool, reading->text_start);
        out->ends[out->n++] = (uint32_t)out->pool.size;
        reading->in_string = false;
    }
}

static void on_text(void *context, struct xml *xml, struct text text)
{
    struct strings_reading *const reading = context;
    if (!reading->in_text)
        return;
    buf_add(&reading->out->pool, text);
    if (reading->out->pool.size - reading->text_start > 3 * GRID_MAX_TEXT) {
        err_set(xml_err(xml), ERR_LIMIT, "工作簿里有一个单元格的文字超过 %d 字。", GRID_MAX_TEXT);
        err_hint(xml_err(xml), "请把这么长的文字移出填报的工作簿，另存后再试。");
        xml_fail(xml);
    }
}

bool xlsx_strings_read(struct arena *mem, struct package *package, size_t part, struct xlsx_strings *out, struct err *err)
{
    static const struct xml_handler handler = { on_open, on_close, on_text };
    *out = (struct xlsx_strings){ .pool = { .mem = mem } };
    struct strings_reading reading = { .mem = mem, .out = out };
    return part == NO_PART || xml_read(package, part, &handler, &reading, err);
}

struct text xlsx_string(const struct xlsx_strings *strings, size_t i)
{
    const size_t start = i ? strings->ends[i - 1] : 0;
    return (struct text){ strings->pool.at + start, strings->ends[i] - start };
}

enum { ESCAPE = 7 };   /* _xHHHH_ */

/* The UTF-16 unit an escape stands for; -1 when none starts here. */
static int32_t escaped(const char *at, size_t size)
{
    if (size < ESCAPE || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return -1;
    int32_t unit = 0;
    for (int i = 2; i < 6; i++) {
        if (hex_digit(at[i]) < 0)
            return -1;
        unit = unit * 16 + hex_digit(at[i]);
    }
    return unit;
}

void xlsx_unescape(struct buf *buf, size_t start)
{
    if (buf->size - start < ESCAPE || !memmem(buf->at + start, buf->size - start, "_x", 2))
        return;
    char *to = buf->at + start;
    const char *from = to, *const end = buf->at + buf->size;
    while (from < end) {
        int32_t unit = escaped(from, (size_t)(end - from));
        if (unit < 0) {
            *to++ = *from++;
            continue;
        }
        from += ESCAPE;
        uint32_t character = (uint32_t)unit;
        if (unit >= 0xD800 && unit < 0xE000) {   /* half of a pair: the other must follow */
            const int32_t low = escaped(from, (size_t)(end - from));
            const bool pair = unit < 0xDC00 && low >= 0xDC00 && low < 0xE000;
            character = pair ? 0x10000u + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00) : 0xFFFD;
            from += pair ? ESCAPE : 0;
        }
        if (character == 0)
            continue;
        /* At most 4 bytes in place of 7 or 14: `to` never passes `from`. */
        if (character < 0x80) {
            *to++ = (char)character;
        } else if (character < 0x800) {
            *to++ = (char)(0xC0 | character >> 6);
            *to++ = (char)(0x80 | (character & 63));
        } else if (character < 0x10000) {
            *to++ = (char)(0xE0 | character >> 12);
            *to++ = (char)(0x80 | (character >> 6 & 63));
            *to++ = (char)(0x80 | (character & 63));
        } else {
            *to++ = (char)(0xF0 | character >> 18);
            *to++ = (char)(0x80 | (character >> 12 & 63));
            *to++ = (char)(0x80 | (character >> 6 & 63));
            *to++ = (char)(0x80 | (character & 63));
        }
    }
    buf->size = (size_t)(to - buf->at);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void xlsx_trim(struct buf *buf, size_t start)
{
    while (buf->size > start && is_space(buf->at[buf->size - 1]))
        buf->size--;
    size_t skip = 0;
    while (start + skip < buf->size && is_space(buf->at[start + skip]))
        skip++;
    if (!skip)
        return;
    memmove(buf->at + start, buf->at + start + skip, buf->size - start - skip);
    buf->size -= skip;
}
