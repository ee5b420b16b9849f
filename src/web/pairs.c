#include "web/pairs.h"

void pairs_add(struct pairs *pairs, struct arena *mem, struct text name, struct text value)
{
    ARENA_ROOM(mem, pairs->pair, pairs->n, pairs->capacity);
    pairs->pair[pairs->n++] = (struct pair){ name, value };
}

bool pairs_get(const struct pairs *pairs, const char *name, struct text *value_out)
{
    const struct text wanted = text_of(name);
    for (size_t i = 0; i < pairs->n; i++) {
        if (text_equal(pairs->pair[i].name, wanted)) {
            *value_out = pairs->pair[i].value;
            return true;
        }
    }
    *value_out = (struct text){ 0 };
    return false;
}
