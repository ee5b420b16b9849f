#include "web/svg_path.h"

#include "base/number.h"
#include "web/svg_draw.h"

#include <math.h>

enum { LARGE = 150, SMALL = 30, FOOT = 22 };

struct frame { double low, high, height, foot; size_t n; };

static void fit(struct frame *f, const double *values)
{
    for (size_t i = 0; values && i < f->n; i++) {
        f->low = is_blank(values[i]) ? f->low : fmin(f->low, values[i]);
        f->high = is_blank(values[i]) ? f->high : fmax(f->high, values[i]);
    }
}

static double x_of(const struct frame *f, size_t i)
{
    return f->n > 1 ? 4 + 92.0 * (double)i / (double)(f->n - 1) : 50;
}
static double y_of(const struct frame *f, double value)
{
    return 5 + (f->high - value) / (f->high > f->low ? f->high - f->low : 1) * (f->height - f->foot - 10);
}

static void draw_series(struct html *out, const struct frame *f, const double *values, const char *stroke, const char *dot, double radius)
{
    size_t before = f->n;
    for (size_t i = 0; values && i < f->n; i++) {
        if (is_blank(values[i]))
            continue;
        if (stroke && before < f->n)
            draw_line(out, stroke, x_of(f, before), y_of(f, values[before]), x_of(f, i), y_of(f, values[i]));
        before = i;
    }
    for (size_t i = 0; values && dot && i < f->n; i++)
        if (!is_blank(values[i]))
            draw_circle(out, dot, x_of(f, i), y_of(f, values[i]), radius);
}

struct svg svg_path(struct arena *mem, const struct svg_path *path, struct text label)
{
    struct frame f = { path->threshold, path->threshold, path->years ? LARGE : SMALL, path->years ? FOOT : 0, path->n };
    fit(&f, path->measured);
    fit(&f, path->target);
    fit(&f, path->ahead);
    struct html out = draw_begin(mem, "b trend", f.height, label);
    for (size_t i = 0; path->years && i < path->n; i++) {
        draw_line(&out, "l-grid", x_of(&f, i), 4, x_of(&f, i), f.height - FOOT);
        draw_words(&out, "ax", x_of(&f, i), f.height - 5, "middle", path->years[i]);
    }
    draw_line(&out, "l-ink", 0, y_of(&f, path->threshold), 100, y_of(&f, path->threshold));
    draw_series(&out, &f, path->target, "l-path", path->years ? "d-path" : NULL, 2.5);
    draw_series(&out, &f, path->ahead, NULL, "d-ahead", path->years ? 3 : 1.6);
    draw_series(&out, &f, path->measured, "s-1", "d-1", path->years ? 3.5 : 2);
    return draw_end(&out);
}
