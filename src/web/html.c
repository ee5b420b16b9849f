#include "web/html.h"

#include "base/err.h"

#include <stdbool.h>

enum { FIRST_CAPACITY = 32 * 1024 };

struct html html_begin(struct arena *mem, enum lang lang)
{
    return (struct html){ .mem = mem, .lang = lang };
}

struct text html_collected(const struct html *html)
{
    return (struct text){ html->at ? html->at : "", html->size };
}

void html_make_room(struct html *html, size_t more)
{
    size_t capacity = html->capacity ? html->capacity * 2 : FIRST_CAPACITY;
    while (capacity - html->size < more)
        capacity *= 2;
    html->at = arena_grow(html->mem, html->at, html->size, capacity);
    html->capacity = capacity;
}

static void add_string(struct html *html, const char *string)
{
    html_raw(html, string, strlen(string));
}

/* Bytes that cannot be written as they are, by context. */
enum { ESCAPED_IN_TEXT = 1, KEPT_IN_PART = 2, ENCODED_IN_URL = 4 };
static const unsigned char KINDS[256] = {
    ['&'] = ESCAPED_IN_TEXT, ['<'] = ESCAPED_IN_TEXT | ENCODED_IN_URL, ['>'] = ESCAPED_IN_TEXT | ENCODED_IN_URL,
    ['"'] = ESCAPED_IN_TEXT | ENCODED_IN_URL, ['\''] = ESCAPED_IN_TEXT | ENCODED_IN_URL,
    ['\\'] = ENCODED_IN_URL, ['`'] = ENCODED_IN_URL, [0] = ESCAPED_IN_TEXT | ENCODED_IN_URL, [1 ... ' '] = ENCODED_IN_URL,
    [0x7f] = ENCODED_IN_URL, ['0' ... '9'] = KEPT_IN_PART, ['A' ... 'Z'] = KEPT_IN_PART, ['a' ... 'z'] = KEPT_IN_PART,
    ['-'] = KEPT_IN_PART, ['.'] = KEPT_IN_PART, ['_'] = KEPT_IN_PART, ['~'] = KEPT_IN_PART,
};

static bool is_kind(char byte, unsigned kind)
{
    return KINDS[(unsigned char)byte] & kind;
}

void html_text(struct html *html, struct text text)
{
    const char *at = text.at, *const end = at + text.size;
    while (at < end) {
        /* What needs no escaping is copied while it is looked at: most values are a few bytes long. */
        if (html->capacity - html->size < (size_t)(end - at))
            html_make_room(html, (size_t)(end - at));
        const char *run = at;
        char *to = html->at + html->size;
        while (run < end && !is_kind(*run, ESCAPED_IN_TEXT))
            *to++ = *run++;
        html->size += (size_t)(run - at);
        if (run == end)
            return;
        switch (*run) {
        case '&': add_string(html, "&amp;"); break;
        case '<': add_string(html, "&lt;"); break;
        case '>': add_string(html, "&gt;"); break;
        case '"': add_string(html, "&quot;"); break;
        case '\'': add_string(html, "&#39;"); break;
        default: add_string(html, "\357\277\275"); break; /* a zero byte: U+FFFD, as browsers read it */
        }
        at = run + 1;
    }
}

void html_string(struct html *html, const char *zero_ended)
{
    html_text(html, text_of(zero_ended));
}

static void digits(struct html *html, unsigned long long number, bool commas)
{
    char written[40];
    size_t at = sizeof written, n = 0;
    do {
        if (commas && n && n % 3 == 0)
            written[--at] = ',';
        written[--at] = (char)('0' + number % 10);
        number /= 10, n++;
    } while (number);
    html_raw(html, written + at, sizeof written - at);
}

void html_unsigned(struct html *html, unsigned long long number)
{
    digits(html, number, true);
}

void html_signed(struct html *html, long long number)
{
    if (number < 0)
        add_string(html, "\342\210\222"); /* U+2212, the true minus */
    digits(html, number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number, true);
}

void html_plain_unsigned(struct html *html, unsigned long long number)
{
    digits(html, number, false);
}

void html_plain_signed(struct html *html, long long number)
{
    if (number < 0)
        add_string(html, "-");
    digits(html, number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number, false);
}

static void percent(struct html *html, char byte)
{
    static const char HEX[] = "0123456789ABCDEF";
    const unsigned char value = (unsigned char)byte;
    html_raw(html, (const char[]){ '%', HEX[value >> 4], HEX[value & 15] }, 3);
}

/* Whether a browser would stay on http(s), mail or telephone with it, and, if it names no host, with us. */
static bool may_be_followed(struct text url)
{
    if (url.size == 0)
        return true;
    if (url.at[0] == '/')
        return url.size == 1 || (url.at[1] != '/' && url.at[1] != '\\');
    if (url.at[0] == '?' || url.at[0] == '#')
        return true;
    /* A browser drops leading control bytes and spaces, and line breaks and tabs anywhere in a scheme. */
    if ((unsigned char)url.at[0] <= ' ' || url.at[0] == '\\')
        return false;
    for (size_t i = 0; i < url.size; i++) {
        if (url.at[i] == '/' || url.at[i] == '?' || url.at[i] == '#')
            return true; /* relative: no scheme before the path */
        if (url.at[i] == ':') {
            static const struct text SCHEMES[] = { TEXT("https"), TEXT("http"), TEXT("mailto"), TEXT("tel") };
            for (size_t k = 0; k < COUNT(SCHEMES); k++)
                if (text_equal((struct text){ url.at, i }, SCHEMES[k]))
                    return true;
            return false;
        }
    }
    return true;
}

void html_url(struct html *html, struct text url)
{
    if (!may_be_followed(url)) {
        add_string(html, "#refused");
        return;
    }
    for (size_t i = 0; i < url.size; i++) {
        if (is_kind(url.at[i], ENCODED_IN_URL))
            percent(html, url.at[i]);
        else if (url.at[i] == '&')
            add_string(html, "&amp;");
        else
            html_raw(html, url.at + i, 1);
    }
}

void html_url_string(struct html *html, const char *url)
{
    html_url(html, text_of(url));
}

void html_url_part(struct html *html, struct text part)
{
    for (size_t i = 0; i < part.size; i++) {
        if (is_kind(part.at[i], KEPT_IN_PART))
            html_raw(html, part.at + i, 1);
        else
            percent(html, part.at[i]);
    }
}

void html_url_part_string(struct html *html, const char *part)
{
    html_url_part(html, text_of(part));
}

void html_json(struct html *html, struct text json)
{
    for (size_t i = 0, from = 0; i <= json.size; i++) {
        if (i < json.size && json.at[i] != '<')
            continue;
        html_raw(html, json.at + from, i - from);
        if (i < json.size)
            add_string(html, "\\u003c");
        from = i + 1;
    }
}

void html_svg(struct html *html, struct svg drawing)
{
    html_raw(html, drawing.markup.at, drawing.markup.size);
}
