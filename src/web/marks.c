#include "web/marks.h"

#include "base/secret.h"

#include <stdio.h>

/* The first byte occurs in no text that people write: looking for it is looking for a mark. */
enum { FIRST = 1 };

struct marks marks_new(void)
{
    struct marks marks;
    unsigned char bytes[5];
    char hex[HEX_SIZE(sizeof bytes) + 1];
    secret_random(bytes, sizeof bytes);
    secret_hex(bytes, sizeof bytes, hex);
    for (int kind = 0; kind < N_MARKS; kind++)
        snprintf(marks.text[kind], sizeof marks.text[kind], "%c%c%s", FIRST, 'a' + kind, hex);
    return marks;
}

struct text mark_of(const struct marks *marks, enum mark_kind kind)
{
    return (struct text){ marks->text[kind], MARK_SIZE };
}

void marks_find(const struct marks *marks, struct text page, struct arena *mem, struct mark_place **out, size_t *n_out)
{
    size_t capacity = 0, n = 0;
    struct mark_place *places = NULL;
    const char *const end = page.at + page.size;
    for (const char *at = page.at; at && at < end && (at = memchr(at, FIRST, (size_t)(end - at))); at++) {
        for (int kind = 0; kind < N_MARKS; kind++) {
            if ((size_t)(end - at) < MARK_SIZE || memcmp(at, marks->text[kind], MARK_SIZE) != 0)
                continue;
            ARENA_ROOM(mem, places, n, capacity);
            places[n++] = (struct mark_place){ (size_t)(at - page.at), (enum mark_kind)kind };
        }
    }
    *out = places;
    *n_out = n;
}

struct text marks_fill(struct text page, const struct mark_place *places, size_t n, const struct text values[N_MARKS], struct arena *mem)
{
    size_t size = page.size;
    for (size_t i = 0; i < n; i++)
        size += values[places[i].kind].size;
    char *const made = arena_alloc(mem, size + 1);
    size_t from = 0, to = 0;
    for (size_t i = 0; i <= n; i++) {
        const size_t until = i < n ? places[i].at : page.size;
        memcpy(made + to, page.at + from, until - from);
        to += until - from;
        if (i == n)
            break;
        const struct text value = values[places[i].kind];
        memcpy(made + to, value.at, value.size);
        to += value.size;
        from = until + MARK_SIZE;
    }
    return (struct text){ made, to };
}
