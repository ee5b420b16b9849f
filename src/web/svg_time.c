/* Drawings over time: lines over the years, and where one stands in the plan. */
#include "base/number.h"
#include "web/svg_draw.h"

#include <assert.h>
#include <math.h>

/* ---- lines over the years ----------------------------------------------------------------------- */

/* The plot within the drawing: percent across, pixels down. */
enum { LEFT = 9, RIGHT = 92, TOP = 14, FOOT = 22 };

static double x_of(const struct svg_trend *trend, size_t i)
{
    return trend->n_years > 1 ? LEFT + (RIGHT - LEFT) * (double)i / (double)(trend->n_years - 1) : (LEFT + RIGHT) / 2.0;
}

struct scale { double low, high, height; };

static double y_of(const struct scale *scale, double value)
{
    return TOP + (scale->high - value) / (scale->high - scale->low) * (scale->height - TOP - FOOT);
}

static struct scale scale_of(const struct svg_trend *trend)
{
    struct scale scale = { trend->low, trend->high, trend->height > 0 ? trend->height : 230 };
    if (!(scale.high > scale.low)) {
        scale.low = scale.high = 0;
        for (size_t i = 0; i < trend->n_lines; i++)
            for (size_t k = 0; k < trend->n_known; k++)
                if (trend->lines[i].values[k] > scale.high)
                    scale.high = trend->lines[i].values[k];
        if (trend->limit.at > scale.high)
            scale.high = trend->limit.at;
        if (trend->goal.at > scale.high)
            scale.high = trend->goal.at;
        scale.high = scale.high > 0 ? scale.high * 1.1 : 1;
    }
    return scale;
}

/* Whether another line's last point lies just above this one's, so that the names would touch. */
static bool is_lower(const struct svg_trend *trend, size_t which, size_t year)
{
    const double own = trend->lines[which].values[year];
    for (size_t i = 0; i < trend->n_lines; i++) {
        const double other = trend->lines[i].values[year];
        if (i != which && (other > own || (i < which && other == own)))
            return true;
    }
    return false;
}

static void draw_series(struct arena *mem, struct html *out, const struct svg_trend *trend, const struct scale *scale, size_t which)
{
    static const char *const STROKES[] = { "s-1", "s-2", "s-3", "s-4" }, *const FILLS[] = { "d-1", "d-2", "d-3", "d-4" };
    const struct svg_line *const drawn = &trend->lines[which];
    size_t last = trend->n_known;
    for (size_t k = 0; k < trend->n_known; k++) {
        if (is_blank(drawn->values[k]))
            continue;
        const double x = x_of(trend, k), y = y_of(scale, drawn->values[k]);
        if (k > 0 && !is_blank(drawn->values[k - 1]))
            draw_line(out, STROKES[which], x_of(trend, k - 1), y_of(scale, drawn->values[k - 1]), x, y);
        draw_circle(out, FILLS[which], x, y, 3.5);
        last = k;
    }
    for (size_t k = 0; k < trend->n_known; k++) {
        if (is_blank(drawn->values[k]) || (k != last && !drawn->said))
            continue;
        const bool below = is_lower(trend, which, k);
        /* The last one's name stands clear of its own line, which comes from the left; the path to the goal, light and
         * dashed, may pass behind it. */
        const bool falls = k > 0 && drawn->values[k - 1] > drawn->values[k];
        const char *const anchor = k == 0 && trend->n_years > 1 ? "start"
                                   : k == last ? ((below || falls) && k + 1 < trend->n_years ? "start" : "end") : "middle";
        struct text said = drawn->said ? drawn->said[k] : drawn->name;
        if (k == last && drawn->said && drawn->name.size)
            said = text_printf(mem, "%.*s %.*s", TEXT_ARG(drawn->name), TEXT_ARG(drawn->said[k]));
        draw_words(out, FILLS[which], x_of(trend, k), y_of(scale, drawn->values[k]) + (below ? 17 : -9), anchor, said);
    }
    if (last < trend->n_known && !is_blank(trend->goal.at) && last + 1 < trend->n_years)
        draw_line(out, "l-goal", x_of(trend, last), y_of(scale, drawn->values[last]), RIGHT, y_of(scale, trend->goal.at));
}

/* Whether the first line ends above the limit: then the limit's name stands below it. */
static bool above_limit(const struct svg_trend *trend)
{
    double last = BLANK;
    for (size_t k = 0; trend->n_lines && k < trend->n_known; k++)
        last = is_blank(trend->lines[0].values[k]) ? last : trend->lines[0].values[k];
    return last > trend->limit.at;
}

struct svg svg_trend(struct arena *mem, const struct svg_trend *trend, struct text label)
{
    assert(trend->n_lines <= 4 && trend->n_known <= trend->n_years);
    const struct scale scale = scale_of(trend);
    struct html out = draw_begin(mem, "b trend", scale.height, label);
    for (size_t i = 0; i < trend->n_ticks; i++) {
        const double y = y_of(&scale, trend->ticks[i].at);
        draw_line(&out, "l-grid", LEFT, y, RIGHT, y);
        draw_words(&out, "ax", LEFT - 1, y + 4, "end", trend->ticks[i].name);
    }
    for (size_t k = 0; k < trend->n_years; k++)
        draw_words(&out, "ax", x_of(trend, k), scale.height - 5, "middle", trend->years[k]);
    if (!is_blank(trend->limit.at)) {
        const double y = y_of(&scale, trend->limit.at);
        draw_line(&out, "l-ink", LEFT, y, RIGHT, y);
        draw_words(&out, "mk", RIGHT, y + (above_limit(trend) ? 14 : -5), "end", trend->limit.name);
    }
    for (size_t i = 0; i < trend->n_lines; i++)
        draw_series(mem, &out, trend, &scale, i);
    if (!is_blank(trend->goal.at))
        draw_words(&out, "mk", RIGHT, y_of(&scale, trend->goal.at) - 6, "end", trend->goal.name);
    return draw_end(&out);
}

/* ---- where one stands in the plan ------------------------------------------------------------------ */

struct svg svg_phases(struct arena *mem, const struct svg_moment *moments, size_t n, struct svg_moment today, struct text label)
{
    struct html out = draw_begin(mem, "b phases", 50, label);
    const double from = n ? moments[0].day : 0, to = n ? moments[n - 1].day : 1, span = to > from ? to - from : 1;
    const double now = fmin(fmax((today.day - from) / span, 0), 1) * 100;
    draw_rect(&out, "f-soft", 0, 19, 100, 8);
    draw_rect(&out, "f-bar", 0, 19, now, 8);
    for (size_t i = 0; i < n; i++) {
        const double x = (moments[i].day - from) / span * 100;
        draw_line(&out, "l-ink", x, 16, x, 30);
        draw_words(&out, "mk", x, 44, i == 0 ? "start" : x > 85 ? "end" : x < 12 ? "start" : "middle", moments[i].name);
    }
    draw_line(&out, "l-now", now, 12, now, 27);
    draw_words(&out, "now", now, 10, now > 85 ? "end" : now < 12 ? "start" : "middle", today.name);
    return draw_end(&out);
}

/* ---- bars over years ------------------------------------------------------------------------------ */

static double across(double from, double to, double day)
{
    return to > from ? fmin(fmax((day - from) / (to - from), 0), 1) * 100 : 0;
}

struct svg svg_span(struct arena *mem, const struct svg_span *s, struct text label)
{
    static const char *const FILLS[] = { [SPAN_AHEAD] = "f-soft", [SPAN_OPEN] = "f-bar", [SPAN_LATE] = "f-bar", [SPAN_DONE] = "f-met" };
    struct html out = draw_begin(mem, "b span", 18, label);
    const double first = across(s->from, s->to, s->begins), last = across(s->from, s->to, s->ends), now = across(s->from, s->to, s->now);
    draw_line(&out, "l-grid", 0, 17.5, 100, 17.5);
    draw_rect(&out, FILLS[s->state], first, s->thick ? 3 : 6, fmax(last - first, 0.4), s->thick ? 12 : 7);
    for (size_t i = 0; i < s->n_dues; i++) {
        const double x = across(s->from, s->to, s->dues[i]);
        draw_line(&out, "l-ink", x, 4, x, 15);
    }
    /* What is late stands where it is now. */
    if (s->state == SPAN_LATE)
        draw_rect(&out, "f-unmet", fmax(fmin(now, last) - 1.2, 0), 3, 1.2, 13);
    draw_line(&out, "l-now", now, 0, now, 18);
    return draw_end(&out);
}

struct svg svg_progress(struct arena *mem, struct svg_counts counts, struct text label)
{
    const struct { const char *fill; size_t n; } parts[] = { { "f-met", counts.met }, { "f-near", counts.near }, { "f-unmet", counts.unmet }, { "f-soft", counts.none } };
    const double all = (double)(counts.met + counts.near + counts.unmet + counts.none);
    struct html out = draw_begin(mem, "b span", 18, label);
    double at = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const double wide = all > 0 ? (double)parts[i].n / all * 100 : 0;
        if (wide > 0)
            draw_rect(&out, parts[i].fill, at, 4, wide, 10);
        at += wide;
    }
    return draw_end(&out);
}

struct svg svg_years(struct arena *mem, double from, double to, const struct svg_moment *years, size_t n, struct svg_moment today, struct text label)
{
    struct html out = draw_begin(mem, "b span", 32, label);
    const double now = across(from, to, today.day);
    for (size_t i = 0; i < n; i++) {
        const double x = across(from, to, years[i].day);
        draw_line(&out, "l-grid", x, 18, x, 32);
        if (x < 97)
            draw_words(&out, "ax", x + 0.4, 29, "start", years[i].name);
    }
    draw_words(&out, "now", now, 11, now > 85 ? "end" : now < 12 ? "start" : "middle", today.name);
    draw_line(&out, "l-now", now, 14, now, 32);
    return draw_end(&out);
}
