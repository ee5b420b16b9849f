#include "app/near.h"

#include "base/unicode.h"

struct near near_start(struct arena *mem, struct text wanted)
{
    return (struct near){ .mem = mem, .wanted = wanted, .distance = SIZE_MAX };
}

void near_try(struct near *near, struct text candidate)
{
    if (!near->wanted.size || !candidate.size)
        return;
    const struct arena_mark mark = arena_mark(near->mem);
    const size_t length = utf8_length(near->wanted), limit = length < 6 ? 1 + length / 4 : length / 3;
    size_t distance = text_distance(near->mem, near->wanted, candidate, limit);
    /* What was cut short, or is part of the full name, is near however long the rest. */
    if (distance > limit && length >= 2 && text_find(candidate, near->wanted, NULL))
        distance = limit;
    arena_rewind(near->mem, mark);
    if (distance <= limit && distance < near->distance) {
        near->distance = distance;
        near->best = text_copy(near->mem, candidate);
        near->found = true;
    }
}
