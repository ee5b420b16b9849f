/* drawing.h — a chart as a list of shapes: lines, bars, dots, words, in points, y downwards.  Drawn by draw_cairo into a PDF or
 * a picture, by write_doc_html as SVG. */
#pragma once
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>


enum shape_kind { SHAPE_LINE, SHAPE_BAR /* filled rectangle */, SHAPE_DOT, SHAPE_WORDS };
enum words_at { WORDS_LEFT, WORDS_MIDDLE, WORDS_RIGHT };   /* which end of the words stands at x */

struct shape {
    enum shape_kind kind;
    double x, y, x2, y2;       /* a line's ends; a rectangle's corners; a dot's centre and (x2) radius; the foot of the words */
    double width;              /* of the line, in points; of words: their size */
    unsigned colour;           /* 0xRRGGBB */
    bool dashed;
    enum words_at at;
    struct text words;
};

struct drawing {
    struct arena *mem;
    double width, height;
    struct shape *shapes;
    size_t n, capacity;
};

struct drawing *drawing_new(struct arena *mem, double width, double height);
void drawing_line(struct drawing *d, double x, double y, double x2, double y2, double width, unsigned colour, bool dashed);
void drawing_bar(struct drawing *d, double x, double y, double x2, double y2, unsigned colour);
void drawing_dot(struct drawing *d, double x, double y, double radius, unsigned colour);
void drawing_words(struct drawing *d, double x, double y, double size, enum words_at at, unsigned colour, struct text words);
