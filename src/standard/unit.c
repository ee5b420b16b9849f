#include "standard/unit.h"

#include "base/number.h"
#include "model/item.h"

#include <string.h>

struct unit unit_pure(void)
{
    return (struct unit){ .scale = 1 };
}

struct unit unit_free(void)
{
    return (struct unit){ .scale = 1, .free = true };
}

/* Multiplies *unit by word^power, keeping factors in order and dropping those that cancel. */
static bool add_factor(struct unit *unit, struct text word, int power)
{
    size_t at = 0;
    while (at < unit->n && text_compare(unit->factor[at].word, word) < 0)
        at++;
    if (at < unit->n && text_equal(unit->factor[at].word, word)) {
        unit->factor[at].power += power;
        if (!unit->factor[at].power) {
            unit->n--;
            memmove(&unit->factor[at], &unit->factor[at + 1], (unit->n - at) * sizeof unit->factor[0]);
        }
        return true;
    }
    if (unit->n == MAX_FACTORS)
        return false;
    memmove(&unit->factor[at + 1], &unit->factor[at], (unit->n - at) * sizeof unit->factor[0]);
    unit->factor[at].word = word;
    unit->factor[at].power = power;
    unit->n++;
    return true;
}

static struct text plural(struct text word)
{
    static const struct {
        struct text one, many;
    } SAME[] = {
        { TEXT("person"), TEXT("persons") }, { TEXT("pupil"), TEXT("persons") },
        { TEXT("pupils"), TEXT("persons") }, { TEXT("room"), TEXT("rooms") },
        { TEXT("class"), TEXT("classes") },  { TEXT("school"), TEXT("schools") },
    };
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++)
        if (text_equal(word, SAME[i].one))
            return SAME[i].many;
    return word;
}

static bool is_word(struct text word)
{
    for (size_t i = 0; i < word.size; i++) {
        const char c = word.at[i];
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
        if (!letter && !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    return word.size > 0 && word.size <= 40;
}

bool unit_parse(struct text text, struct unit *out)
{
    *out = unit_pure();
    text = text_trim(text);
    if (!text.size || text_equal(text, TEXT("ratio")))
        return true;
    size_t digits = 0;
    while (digits < text.size && text.at[digits] >= '0' && text.at[digits] <= '9')
        digits++;
    if (digits) {
        if (digits > 9 || !number_parse((struct text){ text.at, digits }, &out->scale) || !(out->scale > 0))
            return false;
        text = text_trim((struct text){ text.at + digits, text.size - digits });
    }
    int power = 1;
    for (;;) {
        size_t end = 0, next = 0;
        while (end < text.size && text.at[end] != '/' && text.at[end] != '*' &&
               !text_starts((struct text){ text.at + end, text.size - end }, TEXT(" per ")))
            end++;
        const struct text word = plural(text_trim((struct text){ text.at, end }));
        if (!is_word(word) || !add_factor(out, word, power))
            return false;
        if (end == text.size)
            return true;
        power = text.at[end] == '*' ? 1 : -1;
        next = end + (text.at[end] == ' ' ? 5 : 1);
        text = (struct text){ text.at + next, text.size - next };
    }
}

bool unit_times(const struct unit *a, const struct unit *b, bool divide, struct unit *out)
{
    struct unit product = *a;
    product.scale = divide ? a->scale / b->scale : a->scale * b->scale;
    product.free = a->free && b->free;
    for (size_t i = 0; i < b->n; i++)
        if (!add_factor(&product, b->factor[i].word, divide ? -b->factor[i].power : b->factor[i].power))
            return false;
    *out = product;
    return true;
}

bool unit_same(const struct unit *a, const struct unit *b)
{
    if (a->n != b->n || a->scale / b->scale < 1 - 1e-9 || a->scale / b->scale > 1 + 1e-9)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->factor[i].power != b->factor[i].power || !text_equal(a->factor[i].word, b->factor[i].word))
            return false;
    return true;
}

bool unit_is_pure(const struct unit *unit)
{
    const struct unit pure = unit_pure();
    return unit_same(unit, &pure);
}

bool unit_join(const struct unit *a, const struct unit *b, struct unit *out)
{
    if (!a->free && !b->free && !unit_same(a, b))
        return false;
    const struct unit joined = a->free ? *b : *a;
    *out = joined;
    return true;
}

struct text unit_text(struct arena *mem, const struct unit *unit)
{
    if (unit_is_pure(unit))
        return TEXT("无单位");
    struct buf out = { .mem = mem };
    char scale[NUMBER_SIZE];
    if (unit->scale < 1 - 1e-9 || unit->scale > 1 + 1e-9) {
        number_shortest(scale, unit->scale);
        buf_printf(&out, "%s ", scale);
    }
    bool first = true;
    for (size_t i = 0; i < unit->n; i++)
        for (int p = 0; p < unit->factor[i].power; p++, first = false) {
            buf_add(&out, first ? TEXT("") : TEXT("·"));
            buf_add(&out, unit_zh(unit->factor[i].word));
        }
    if (first)
        buf_byte(&out, '1');
    for (size_t i = 0; i < unit->n; i++)
        for (int p = 0; p > unit->factor[i].power; p--) {
            buf_byte(&out, '/');
            buf_add(&out, unit_zh(unit->factor[i].word));
        }
    return buf_text(&out);
}
