#include "base/pinyin.h"

#include "base/pinyin_table.h"
#include "base/unicode.h"

enum { USUAL_SHIFT = 26, MOST_CHARACTERS = 256 };

/* A character as it is compared: itself (letters small, full-width ones as ASCII), and the letters it answers to. */
struct sound { uint32_t character, letters; };

static uint32_t plain(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) /* ！…～ stand for !…~ */
        c -= 0xFF01 - '!';
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool passed_over(uint32_t c)
{
    const bool ascii = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    return c < 0x80 ? !ascii : c == 0xA0 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3020) || c == 0xB7 || c == 0xFFFD;
}

static uint32_t kind_of(uint32_t c)
{
    return c >= PINYIN_FIRST && c <= PINYIN_LAST ? PINYIN_KINDS[PINYIN_OF[c - PINYIN_FIRST]] : 0;
}

static size_t sounds_of(struct text text, struct sound out[MOST_CHARACTERS])
{
    size_t n = 0;
    while (text.size && n < MOST_CHARACTERS) {
        const uint32_t c = plain(utf8_next(&text));
        if (passed_over(c))
            continue;
        const uint32_t letters = c >= 'a' && c <= 'z' ? 1u << (c - 'a') : kind_of(c) & ((1u << USUAL_SHIFT) - 1);
        out[n++] = (struct sound){ c, letters };
    }
    return n;
}

static bool fits(struct sound name, struct sound query)
{
    const bool letter = query.character >= 'a' && query.character <= 'z';
    return name.character == query.character || (letter && (name.letters & query.letters));
}

enum pinyin_fit pinyin_fit(struct text name, struct text query)
{
    struct sound of_name[MOST_CHARACTERS], of_query[MOST_CHARACTERS];
    const size_t n = sounds_of(name, of_name), m = sounds_of(query, of_query);
    size_t found = 0;
    for (size_t from = 0; from + m <= n; from++) {
        size_t k = 0;
        while (k < m && fits(of_name[from + k], of_query[k]))
            k++;
        if (k == m)
            return PINYIN_RUN;
    }
    for (size_t i = 0; i < n && found < m; i++)
        found += fits(of_name[i], of_query[found]);
    return found == m ? PINYIN_SCATTERED : PINYIN_NONE;
}

struct text pinyin_initials(struct arena *mem, struct text name)
{
    struct sound sounds[MOST_CHARACTERS];
    struct buf out = { .mem = mem };
    const size_t n = sounds_of(name, sounds);
    for (size_t i = 0; i < n; i++) {
        const uint32_t kind = kind_of(sounds[i].character);
        if (kind)
            buf_byte(&out, (char)('a' + (kind >> USUAL_SHIFT)));
        else if (sounds[i].character < 0x80)
            buf_byte(&out, (char)sounds[i].character);
    }
    return buf_text(&out);
}
