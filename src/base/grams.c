#include "base/grams.h"

#include "base/unicode.h"

enum kind { KIND_OTHER, KIND_BLANK, KIND_LETTER, KIND_CHINESE };

static enum kind kind_of(uint32_t c)
{
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3007)
        return KIND_CHINESE;
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return KIND_LETTER;
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0xA0 || c == 0x3000)
        return KIND_BLANK;
    return c >= 0xC0 && !(c >= 0x2000 && c <= 0x303F) && c != 0xFFFD && c != 0xD7 && c != 0xF7 ? KIND_LETTER : KIND_OTHER;
}

static uint32_t small(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Walks a text and writes its words; `last_alone`: the last character of a run of Chinese is a word, too. */
static void cut(struct buf *out, struct text text, bool last_alone)
{
    uint32_t before = 0;       /* the Chinese character before, not yet paired to its right */
    bool in_word = false, paired = false;
    while (text.size) {
        const uint32_t c = small(utf8_next(&text));
        const enum kind kind = kind_of(c);
        if (kind == KIND_BLANK && before)
            continue;
        if (before && kind != KIND_CHINESE) {
            if (last_alone || !paired) {
                utf8_add(out, before);
                buf_byte(out, ' ');
            }
            before = 0;
        }
        if (in_word && kind != KIND_LETTER) {
            buf_byte(out, ' ');
            in_word = false;
        }
        if (kind == KIND_LETTER) {
            utf8_add(out, c);
            in_word = true;
        } else if (kind == KIND_CHINESE) {
            paired = before != 0;
            if (before) {
                utf8_add(out, before);
                utf8_add(out, c);
                buf_byte(out, ' ');
            }
            before = c;
        }
    }
    if (before && (last_alone || !paired))
        utf8_add(out, before);
    while (out->size && out->at[out->size - 1] == ' ')
        out->size--;
}

struct text grams_of(struct arena *mem, struct text text)
{
    struct buf out = { .mem = mem };
    cut(&out, text_nfkc(mem, text), true);
    return buf_text(&out);
}

/* Cuts the next word off: what stands between blanks.  False when nothing is left. */
static bool next_word(struct text *rest, struct text *out)
{
    struct text after = *rest;
    const char *start = NULL, *end = NULL;
    while (after.size) {
        const char *const here = after.at;
        const bool blank = kind_of(utf8_next(&after)) == KIND_BLANK;
        if (!blank && !start)
            start = here;
        if (blank && start) {
            end = here;
            break;
        }
    }
    if (!start)
        return false;
    *out = (struct text){ start, (size_t)((end ? end : after.at) - start) };
    *rest = after;
    return true;
}

/* A run of Chinese inside a phrase that goes on with letters had its last character indexed alone: so it is looked for, too. */
static void add_phrase(struct buf *out, struct arena *mem, struct text word)
{
    struct buf grams = { .mem = mem };
    cut(&grams, word, true);
    struct text said = buf_text(&grams);
    if (!said.size)
        return;
    /* Without the last character alone behind a pair: the text may go on. */
    const char *const blank = memrchr(said.at, ' ', said.size);
    struct text last = blank ? (struct text){ blank + 1, said.size - (size_t)(blank + 1 - said.at) } : said, rest = last;
    const bool alone = kind_of(utf8_next(&rest)) == KIND_CHINESE && !rest.size;
    if (alone && blank) {
        struct text before = { said.at, (size_t)(blank - said.at) };
        const char *const earlier = memrchr(before.at, ' ', before.size);
        struct text pair = earlier ? (struct text){ earlier + 1, before.size - (size_t)(earlier + 1 - before.at) } : before;
        if (kind_of(utf8_next(&pair)) == KIND_CHINESE && pair.size)
            said = before;
    }
    rest = last;
    const bool begins = kind_of(utf8_next(&rest)) == KIND_LETTER || (alone && !blank);
    buf_printf(out, "%s\"%.*s\"%s", out->size ? " AND " : "", TEXT_ARG(said), begins ? " *" : "");
}

struct text grams_query(struct arena *mem, struct text query)
{
    struct buf out = { .mem = mem };
    struct text rest = text_nfkc(mem, query), word;
    for (size_t n = 0; n < GRAMS_MOST_WORDS && next_word(&rest, &word); n++)
        add_phrase(&out, mem, word);
    return buf_text(&out);
}

/* Whether the word begins here, blanks between Chinese characters passed over: how many bytes it takes; 0: it does not. */
static size_t fits(struct text text, struct text word)
{
    const char *const start = text.at;
    while (word.size) {
        const uint32_t wanted = small(utf8_next(&word));
        uint32_t c = ' ';
        while (text.size && kind_of(c = small(utf8_next(&text))) == KIND_BLANK && text.at != start)
            c = ' ';
        if (c != wanted)
            return 0;
    }
    return (size_t)(text.at - start);
}

bool grams_place(struct text text, struct text query, size_t *at_out, size_t *size_out)
{
    struct text words[GRAMS_MOST_WORDS];
    size_t n = 0;
    while (n < GRAMS_MOST_WORDS && next_word(&query, &words[n]))
        n++;
    for (struct text rest = text; rest.size; utf8_next(&rest)) {
        for (size_t i = 0; i < n; i++) {
            const size_t size = fits(rest, words[i]);
            if (!size)
                continue;
            *at_out = (size_t)(rest.at - text.at);
            *size_out = size;
            return true;
        }
    }
    return false;
}
