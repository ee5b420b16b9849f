#include "web/say.h"

#include <assert.h>

/* The next piece of a text: plain words, or a mark. */
struct piece { enum { WORDS, ARGUMENT, BOLD, BOLD_END } kind; struct text words; size_t argument; };

static bool next_piece(struct text *rest, struct piece *piece_out)
{
    if (!rest->size)
        return false;
    size_t size = 0;
    if (rest->at[0] == '{') {
        *piece_out = (struct piece){ .kind = ARGUMENT, .argument = (size_t)(rest->at[1] - '1') };
        size = 3;
    } else if (rest->at[0] == '<') {
        const bool ends = rest->at[1] == '/';
        *piece_out = (struct piece){ .kind = ends ? BOLD_END : BOLD };
        size = ends ? 4 : 3;
    } else {
        while (size < rest->size && rest->at[size] != '{' && rest->at[size] != '<')
            size++;
        *piece_out = (struct piece){ .kind = WORDS, .words = { rest->at, size } };
    }
    assert(size <= rest->size); /* tools/texts.c lets only whole marks pass */
    *rest = (struct text){ rest->at + size, rest->size - size };
    return true;
}

static void write(struct html *html, enum text_key key, const struct text *arguments, size_t n, bool marks)
{
    struct text rest = text_in(key, html->lang);
    struct piece piece;
    while (next_piece(&rest, &piece)) {
        switch (piece.kind) {
        case WORDS: html_text(html, piece.words); break;
        case ARGUMENT:
            assert(piece.argument < n);
            html_text(html, arguments[piece.argument]);
            break;
        case BOLD:
            if (marks)
                html_raw(html, "<b>", 3);
            break;
        case BOLD_END:
            if (marks)
                html_raw(html, "</b>", 4);
            break;
        }
    }
}

void html_say(struct html *html, enum text_key key, const struct text *arguments, size_t n)
{
    write(html, key, arguments, n, true);
}

void html_say_attribute(struct html *html, enum text_key key, const struct text *arguments, size_t n)
{
    write(html, key, arguments, n, false);
}

struct text say(struct arena *mem, enum lang lang, enum text_key key, const struct text *arguments, size_t n)
{
    struct buf said = { .mem = mem };
    struct text rest = text_in(key, lang);
    struct piece piece;
    while (next_piece(&rest, &piece)) {
        if (piece.kind == ARGUMENT) {
            assert(piece.argument < n);
            buf_add(&said, arguments[piece.argument]);
        } else if (piece.kind == WORDS) {
            buf_add(&said, piece.words);
        }
    }
    return buf_text(&said);
}

struct text say_count(struct arena *mem, int64_t number)
{
    struct html written = { .mem = mem, .at = arena_alloc(mem, 48), .capacity = 48 };
    html_signed(&written, number);
    return html_collected(&written);
}

struct text say_text(const struct html *html, struct text text)
{
    (void)html;
    return text;
}

struct text say_string(const struct html *html, const char *string)
{
    (void)html;
    return text_of(string);
}

struct text say_signed(const struct html *html, long long number)
{
    return say_count(html->mem, number);
}

struct text say_unsigned(const struct html *html, unsigned long long number)
{
    return say_count(html->mem, number > INT64_MAX ? INT64_MAX : (int64_t)number);
}
