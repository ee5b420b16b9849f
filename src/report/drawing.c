#include "report/drawing.h"

struct drawing *drawing_new(struct arena *mem, double width, double height)
{
    struct drawing *d = arena_make(mem, struct drawing);
    *d = (struct drawing){ .mem = mem, .width = width, .height = height };
    return d;
}

static void add(struct drawing *d, struct shape shape)
{
    ARENA_ROOM(d->mem, d->shapes, d->n, d->capacity);
    d->shapes[d->n++] = shape;
}

void drawing_line(struct drawing *d, double x, double y, double x2, double y2, double width, unsigned colour, bool dashed)
{
    add(d, (struct shape){ .kind = SHAPE_LINE, .x = x, .y = y, .x2 = x2, .y2 = y2, .width = width, .colour = colour, .dashed = dashed });
}

void drawing_bar(struct drawing *d, double x, double y, double x2, double y2, unsigned colour)
{
    add(d, (struct shape){ .kind = SHAPE_BAR, .x = x, .y = y, .x2 = x2, .y2 = y2, .colour = colour });
}

void drawing_dot(struct drawing *d, double x, double y, double radius, unsigned colour)
{
    add(d, (struct shape){ .kind = SHAPE_DOT, .x = x, .y = y, .x2 = radius, .colour = colour });
}

void drawing_words(struct drawing *d, double x, double y, double size, enum words_at at, unsigned colour, struct text words)
{
    add(d, (struct shape){ .kind = SHAPE_WORDS, .x = x, .y = y, .width = size, .at = at, .colour = colour, .words = words });
}
