#include "web/svg.h"

#include "base/err.h"
#include "base/number.h"
#include "web/svg_draw.h"

#include <math.h>

/* Where a value stands on a scale from 0, in percent. */
static double on_scale(double value, double max)
{
    if (!(value > 0) || !(max > 0))
        return 0;
    return value < max ? value / max * 100 : 100;
}

/* ---- small ones, for table rows ------------------------------------------------------------------- */

struct svg svg_counts_linked(struct arena *mem, struct svg_counts counts, const struct svg_link links[4], struct text label)
{
    static const char *const BARS[] = { "f-met", "f-near", "f-unmet", "f-none" }, *const INKS[] = { "dk", "dk", "inv", "dk" };
    const size_t of[] = { counts.met, counts.near, counts.unmet, counts.none };
    const double all = (double)(of[0] + of[1] + of[2] + of[3]);
    struct html out = links ? draw_begin_group(mem, "b", 18, label) : draw_begin(mem, "b", 18, label);
    double x = 0;
    for (size_t i = 0; i < COUNT(of); i++) {
        if (!of[i])
            continue;
        const double width = (double)of[i] / all * 100;
        if (links)
            draw_link_begin(&out, links[i].path, links[i].name);
        draw_rect(&out, BARS[i], x, 2, width, 14);
        /* A digit is about 6 % of the narrowest bar, 100 px on a phone. */
        const double needed = of[i] < 10 ? 7 : of[i] < 100 ? 12.5 : 18;
        if (width >= needed)
            draw_words(&out, INKS[i], x + width / 2, 13, "middle", text_printf(mem, "%zu", of[i]));
        if (links)
            draw_link_end(&out);
        x += width;
    }
    return draw_end(&out);
}

struct svg svg_counts(struct arena *mem, struct svg_counts counts, struct text label)
{
    return svg_counts_linked(mem, counts, NULL, label);
}

struct svg svg_bullet(struct arena *mem, struct svg_bullet bullet, struct text label)
{
    const double limit = on_scale(bullet.limit, bullet.max), value = on_scale(bullet.value, bullet.max);
    struct html out = draw_begin(mem, "b", 18, label);
    draw_rect(&out, "f-soft", 0, 5, 100, 8);
    if (!is_blank(bullet.value)) {
        draw_rect(&out, "f-bar", 0, 5, is_blank(bullet.limit) ? value : fmin(value, limit), 8);
        if (bullet.value > bullet.limit)
            /* However little it is, the excess can be seen. */
            draw_rect(&out, "f-unmet", limit, 5, fmax(value - limit, .75), 8);
    } else if (!is_blank(bullet.low)) {
        const double low = on_scale(bullet.low, bullet.max);
        const double high = is_blank(bullet.high) ? 100 : on_scale(bullet.high, bullet.max);
        draw_rect(&out, "f-none", low, 5, fmax(high - low, 1), 8);
    }
    if (!is_blank(bullet.limit))
        draw_line(&out, "l-ink", limit, 1, limit, 17);
    if (!is_blank(bullet.last))
        draw_circle(&out, "hollow", on_scale(bullet.last, bullet.max), 9, 2.6);
    return draw_end(&out);
}

struct svg svg_level(struct arena *mem, struct svg_level level, struct text label)
{
    const double max = level.max > 0 ? level.max : 2 * level.threshold, threshold = on_scale(level.threshold, max);
    struct html out = draw_begin(mem, "b", 20, label);
    draw_line(&out, "l-soft", 0, 10, 100, 10);
    if (!is_blank(level.floor))
        draw_line(&out, "l-dash", on_scale(level.floor, max), 3, on_scale(level.floor, max), 17);
    draw_line(&out, "l-ink", threshold, 1, threshold, 19);
    if (!is_blank(level.mean))
        draw_mean(&out, on_scale(level.mean, max), 14);
    if (!is_blank(level.value))
        draw_circle(&out, draw_dot_class(level.state), on_scale(level.value, max), 10, 5);
    return draw_end(&out);
}

struct svg svg_spark(struct arena *mem, const double *values, size_t n, double threshold, struct text label)
{
    double low = is_blank(threshold) ? INFINITY : threshold, high = is_blank(threshold) ? -INFINITY : threshold;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, is_blank(values[i]) ? low : values[i]);
        high = fmax(high, is_blank(values[i]) ? high : values[i]);
    }
    const double height = high > low ? high - low : 1, step = n > 1 ? 56 / (double)(n - 1) : 0;
    struct html out = { .mem = mem, .at = arena_alloc(mem, 512), .capacity = 512 };
    draw_raw(&out, "<svg class=\"spark\" width=\"64\" height=\"22\" role=\"img\" aria-label=\"");
    html_text(&out, label);
    draw_raw(&out, "\">");
#define AT(value) (high > low ? 19 - ((value)-low) / height * 16 : 11)
    if (!is_blank(threshold)) {
        draw_raw(&out, "<line class=\"l-dash\" x1=\"0\" x2=\"64\"");
        draw_attribute(&out, "y1", AT(threshold), false);
        draw_attribute(&out, "y2", AT(threshold), false);
        draw_raw(&out, "/>");
    }
    bool open = false;
    size_t last = n;
    for (size_t i = 0; i < n; i++) {
        const bool known = !is_blank(values[i]);
        if (known) {
            /* A year without data leaves a gap; a lone year is a point. */
            draw_raw(&out, open ? " " : "<polyline class=\"l-acc\" points=\"");
            draw_number(&out, 4 + (double)i * step);
            draw_raw(&out, ",");
            draw_number(&out, AT(values[i]));
            last = i;
        }
        if ((open || known) && (!known || i + 1 == n))
            draw_raw(&out, "\"/>");
        open = known;
    }
    if (last < n) {
        draw_raw(&out, "<circle class=\"f-acc\" r=\"2.5\"");
        draw_attribute(&out, "cx", 4 + (double)last * step, false);
        draw_attribute(&out, "cy", AT(values[last]), false);
        draw_raw(&out, "/>");
    }
#undef AT
    return draw_end(&out);
}

struct svg svg_paired(struct arena *mem, struct svg_paired paired, struct text label)
{
    const double before = on_scale(paired.before, paired.max), after = on_scale(paired.after, paired.max);
    const bool bad = paired.at_most ? paired.after > paired.limit : paired.after < paired.limit;
    struct html out = draw_begin(mem, "b", 18, label);
    draw_line(&out, "l-soft", 0, 9, 100, 9);
    if (!is_blank(paired.limit))
        draw_line(&out, "l-ink", on_scale(paired.limit, paired.max), 1, on_scale(paired.limit, paired.max), 17);
    if (!is_blank(paired.before) && !is_blank(paired.after))
        draw_line(&out, "l-acc", before, 9, after, 9);
    if (!is_blank(paired.before))
        draw_circle(&out, "hollow", before, 9, 3.5);
    if (!is_blank(paired.after))
        draw_circle(&out, bad ? "f-unmet" : "f-acc", after, 9, 4.5);
    return draw_end(&out);
}

struct svg svg_share(struct arena *mem, double share, double longest, bool dark, struct text label)
{
    struct html out = draw_begin(mem, "b", 14, label);
    if (share > 0)
        draw_rect(&out, dark ? "f-unmet" : "f-bar", 0, 2, fmax(on_scale(share, longest), .5), 10);
    return draw_end(&out);
}

struct svg svg_sign(struct arena *mem, enum state state)
{
    struct html out = { .mem = mem, .at = arena_alloc(mem, 160), .capacity = 160 };
    draw_raw(&out, "<svg class=\"sign\" width=\"12\" height=\"12\" aria-hidden=\"true\">");
    if (state == STATE_BELOW)
        draw_raw(&out, "<path class=\"f-unmet\" d=\"M6 0L12 6 6 12 0 6z\"/>");
    else {
        draw_raw(&out, "<circle class=\"");
        draw_raw(&out, draw_dot_class(state));
        draw_raw(&out, "\" cx=\"6\" cy=\"6\" r=\"5\"/>");
    }
    return draw_end(&out);
}
