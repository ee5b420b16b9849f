/* The dot strip.  Dots move up or down until they no longer touch. */
#include "base/err.h"
#include "base/number.h"
#include "web/svg_draw.h"

#include <math.h>
#include <stdlib.h>

enum { TOP = 20, BOTTOM = 22, HIGHER = 14 };

struct placed { double x, y, r; const struct svg_dot *dot; };

static double largest_value(const struct svg_strip *strip)
{
    double largest = 0;
    for (size_t i = 0; i < strip->n_rows; i++)
        for (size_t k = 0; k < strip->rows[i].n; k++)
            if (strip->rows[i].dots[k].value > largest)
                largest = strip->rows[i].dots[k].value;
    const double marks[] = { strip->threshold.at, strip->floor.at, strip->mean.at };
    for (size_t i = 0; i < COUNT(marks); i++)
        if (marks[i] > largest)
            largest = marks[i];
    return largest > 0 ? largest * 1.02 : 1;
}

/* 1, 2 or 5 times a power of ten, so that 4 to 9 steps reach max. */
static double tick_step(double max)
{
    const double power = pow(10, floor(log10(max / 5)));
    const double times[] = { 1, 2, 5, 10 };
    for (size_t i = 0; i < COUNT(times); i++)
        if (max / (times[i] * power) <= 9)
            return times[i] * power;
    return 10 * power;
}

static int by_x(const void *a, const void *b)
{
    const struct placed *const one = a, *const two = b;
    return one->x < two->x ? -1 : one->x > two->x;
}

/* Each dot goes as near to the middle as its left neighbours leave room; where they leave none, to where
 * it covers the least. */
static void place(struct placed *dots, size_t n, double half)
{
    qsort(dots, n, sizeof *dots, by_x);
    for (size_t i = 0; i < n; i++) {
        double roomiest = -INFINITY;
        for (int k = 0; roomiest < 0 && k <= 2 * (int)(half / 3); k++) {
            const double y = (k % 2 ? 1 : -1) * ((k + 1) / 2) * 3;
            if (k && fabs(y) + dots[i].r > half)
                break;
            double room = 0; /* between the edges of this and the nearest; below 0 they overlap */
            for (size_t j = i; j-- > 0 && dots[i].x - dots[j].x < 30;) {
                const double across = dots[i].x - dots[j].x, down = y - dots[j].y;
                room = fmin(room, sqrt(across * across + down * down) - dots[i].r - dots[j].r);
            }
            if (room > roomiest)
                roomiest = room, dots[i].y = y;
        }
    }
}

static void draw_dot(struct html *out, const struct placed *at, double width, double middle)
{
    const struct svg_dot *const dot = at->dot;
    draw_raw(out, "<svg class=\"dot\" overflow=\"visible\"");
    draw_attribute(out, "x", at->x / width * 100, true);
    draw_attribute(out, "y", middle + at->y, false);
    draw_raw(out, " data-code=\"");
    html_text(out, dot->code);
    draw_raw(out, "\" data-value=\"");
    char shortest[NUMBER_SIZE];
    html_raw(out, shortest, isfinite(dot->value) ? number_shortest(shortest, dot->value) : 0);
    draw_raw(out, "\"><path class=\"");
    draw_raw(out, draw_dot_class(dot->state));
    draw_raw(out, "\" d=\"M0 ");
    const double r = at->r * (dot->state == STATE_BELOW ? 1.15 : 1);
    draw_number(out, -r);
    if (dot->state == STATE_BELOW) { /* a diamond */
        const double corners[][2] = { { r, 0 }, { 0, r }, { -r, 0 } };
        for (size_t i = 0; i < COUNT(corners); i++) {
            draw_raw(out, "L");
            draw_number(out, corners[i][0]);
            draw_raw(out, " ");
            draw_number(out, corners[i][1]);
        }
    } else { /* two half circles */
        for (int i = 0; i < 2; i++) {
            draw_raw(out, "a");
            draw_number(out, r);
            draw_raw(out, " ");
            draw_number(out, r);
            draw_raw(out, " 0 1 0 0 ");
            draw_number(out, i ? -2 * r : 2 * r);
        }
    }
    draw_raw(out, "z\"><title>");
    html_text(out, dot->title);
    draw_raw(out, "</title></path></svg>");
}

/* About how wide a name stands, in pixels: a Chinese sign is twice as wide as a digit. */
static double name_width(struct text name)
{
    double width = 0;
    for (size_t i = 0; i < name.size; i++)
        width += (unsigned char)name.at[i] < 0x80 ? 7 : ((unsigned char)name.at[i] & 0xC0) == 0xC0 ? 12 : 0;
    return width + 4;
}

/* A name that would leave the drawing stands on the other side of its line. */
static bool turns(const struct svg_mark *mark, double max, double width, bool left)
{
    const double x = mark->at / max * width;
    return left ? x < name_width(mark->name) : x + name_width(mark->name) > width;
}

/* A name above its line: to the left of the floor, to the right of the threshold, so that they part; where one has
 * to turn, it stands a line higher. */
static void named_line(struct html *out, const char *class, const struct svg_mark *mark, double max, double width, double top, double bottom, bool left)
{
    if (is_blank(mark->at) || mark->at > max)
        return;
    const bool turn = turns(mark, max, width, left), end = left != turn;
    const double x = mark->at / max * 100, high = turn ? HIGHER : 0;
    draw_line(out, class, x, top - 4 - high, x, bottom);
    draw_words(out, "mk", x + (end ? -.4 : .4) * 900 / width, top - 8 - high, end ? "end" : "start", mark->name);
}

struct svg svg_strip(struct arena *mem, const struct svg_strip *strip, struct text label)
{
    const double row_height = strip->row_height > 0 ? strip->row_height : 72;
    const double max = strip->max > 0 ? strip->max : largest_value(strip);
    const double width = strip->width > 0 ? strip->width : 900;
    const bool higher = turns(&strip->floor, max, width, true) || turns(&strip->threshold, max, width, false);
    const double first = TOP + (higher ? HIGHER : 0), bottom = first + row_height * (double)strip->n_rows;
    struct html out = draw_begin(mem, "b strip", bottom + BOTTOM, label);
    const double step = tick_step(max);
    for (int i = 0; i * step <= max * 1.0001; i++) {
        const double x = i * step / max * 100;
        draw_line(&out, "l-grid", x, first, x, bottom);
        char name[NUMBER_SIZE];
        number_shortest(name, number_round(i * step, 6));
        const char *const anchor = i == 0 ? "start" : x > 96 ? "end" : "middle";
        draw_words(&out, "ax", x, bottom + 16, anchor, text_of(name));
    }
    double most = 0;
    for (size_t i = 0; i < strip->n_rows; i++)
        for (size_t k = 0; k < strip->rows[i].n; k++)
            if (strip->rows[i].dots[k].pupils > most)
                most = strip->rows[i].dots[k].pupils;
    draw_raw(&out, "<g class=\"dots\"");
    draw_attribute(&out, "data-max", max, false);
    draw_raw(&out, ">");
    for (size_t i = 0; i < strip->n_rows; i++) {
        const struct svg_strip_row *const row = &strip->rows[i];
        const double top = first + row_height * (double)i;
        draw_line(&out, "l-grid", 0, top, 100, top);
        struct placed *const dots = arena_array(mem, row->n, struct placed);
        size_t n = 0;
        for (size_t k = 0; k < row->n; k++) {
            const double value = row->dots[k].value;
            if (is_blank(value))
                continue;
            const double pupils = row->dots[k].pupils > 0 ? row->dots[k].pupils : 0;
            /* Area by pupils: the largest school has a radius of 8, the smallest dots stay visible. */
            dots[n++] = (struct placed){ .x = fmin(fmax(value, 0) / max, 1) * width,
                                         .r = fmax(2.5, 8 * sqrt(most > 0 ? pupils / most : 0)), .dot = &row->dots[k] };
        }
        place(dots, n, row_height / 2 - 2);
        for (size_t k = 0; k < n; k++)
            draw_dot(&out, &dots[k], width, top + row_height / 2);
        draw_words(&out, "rw", 0, top + 14, "start", row->name);
    }
    draw_raw(&out, "</g>");
    draw_line(&out, "l-soft", 0, first, 0, bottom);
    named_line(&out, "l-dash", &strip->floor, max, width, first, bottom, true);
    named_line(&out, "l-ink", &strip->threshold, max, width, first, bottom, false);
    if (!is_blank(strip->mean.at) && strip->mean.at <= max) {
        const double x = strip->mean.at / max * 100;
        draw_mean(&out, x, bottom - 7);
        const bool left = turns(&strip->mean, max, width, false);
        draw_words(&out, "mean", x + (left ? -1 : 1) * 700 / width, bottom - 2, left ? "end" : "start", strip->mean.name);
    }
    return draw_end(&out);
}
