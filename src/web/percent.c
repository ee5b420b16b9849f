#include "web/percent.h"

#include "base/unicode.h"

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool is_clean(struct text text, bool lines)
{
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char c = (unsigned char)text.at[i];
        if ((c < 0x20 && !(lines && (c == '\t' || c == '\r' || c == '\n'))) || c == 0x7F)
            return false;
    }
    return utf8_valid(text);
}

bool percent_decode(struct text raw, enum percent_mode mode, struct arena *mem, struct text *out)
{
    const bool blanks = mode != PERCENT_PATH;
    *out = raw;
    size_t plain = 0;
    while (plain < raw.size && raw.at[plain] != '%' && !(blanks && raw.at[plain] == '+'))
        plain++;
    if (plain < raw.size) {
        char *const made = arena_alloc(mem, raw.size);
        size_t n = 0;
        for (size_t i = 0; i < raw.size; i++) {
            char c = raw.at[i];
            if (c == '%') {
                const int high = raw.size - i > 2 ? hex(raw.at[i + 1]) : -1, low = high < 0 ? -1 : hex(raw.at[i + 2]);
                if (low < 0)
                    return false;
                c = (char)(high << 4 | low);
                i += 2;
            } else if (c == '+' && blanks) {
                c = ' ';
            }
            made[n++] = c;
        }
        *out = (struct text){ made, n };
    }
    return is_clean(*out, mode == PERCENT_FORM);
}

static struct text encode(struct text from, const char *besides, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    for (size_t i = 0; i < from.size; i++) {
        const unsigned char c = (unsigned char)from.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(besides, c)))
            buf_byte(&buf, (char)c);
        else
            buf_printf(&buf, "%%%02X", c);
    }
    return buf_text(&buf);
}

struct text percent_encode_path(struct text path, struct arena *mem)
{
    return encode(path, "-._~/", mem);
}

struct text percent_encode_part(struct text part, struct arena *mem)
{
    return encode(part, "-._~", mem);
}
