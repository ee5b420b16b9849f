#include "web/svg_draw.h"

#include <math.h>

void draw_raw(struct html *out, const char *string)
{
    html_raw(out, string, strlen(string));
}

/* A coordinate: at most two decimals.  What is no number stands at 0. */
void draw_number(struct html *out, double x)
{
    char written[24];
    size_t at = sizeof written;
    long long hundredths = isfinite(x) && fabs(x) < 1e9 ? llround(x * 100) : 0;
    const bool below = hundredths < 0;
    if (below)
        hundredths = -hundredths;
    const int cents = (int)(hundredths % 100);
    if (cents) {
        if (cents % 10)
            written[--at] = (char)('0' + cents % 10);
        written[--at] = (char)('0' + cents / 10);
        written[--at] = '.';
    }
    hundredths /= 100;
    do
        written[--at] = (char)('0' + hundredths % 10);
    while (hundredths /= 10);
    if (below)
        written[--at] = '-';
    html_raw(out, written + at, sizeof written - at);
}

/* ` name="x"`, or `name="x%"`. */
void draw_attribute(struct html *out, const char *name, double x, bool percent)
{
    draw_raw(out, " ");
    draw_raw(out, name);
    draw_raw(out, "=\"");
    draw_number(out, x);
    draw_raw(out, percent ? "%\"" : "\"");
}

/* A drawing as wide as its place. */
static struct html begin(struct arena *mem, const char *class, double height, const char *role, struct text label)
{
    struct html out = { .mem = mem, .at = arena_alloc(mem, 1024), .capacity = 1024 };
    draw_raw(&out, "<svg class=\"");
    draw_raw(&out, class);
    draw_raw(&out, "\" width=\"100%\"");
    draw_attribute(&out, "height", height, false);
    draw_raw(&out, " role=\"");
    draw_raw(&out, role);
    draw_raw(&out, "\" aria-label=\"");
    html_text(&out, label);
    draw_raw(&out, "\">");
    return out;
}

struct html draw_begin(struct arena *mem, const char *class, double height, struct text label)
{
    return begin(mem, class, height, "img", label);
}

struct html draw_begin_group(struct arena *mem, const char *class, double height, struct text label)
{
    return begin(mem, class, height, "group", label);
}

void draw_link_begin(struct html *out, struct text path, struct text name)
{
    draw_raw(out, "<a class=\"src\" tabindex=\"-1\" href=\"");
    html_url(out, path);
    draw_raw(out, "\" aria-label=\"");
    html_text(out, name);
    draw_raw(out, "\">");
}

void draw_link_end(struct html *out)
{
    draw_raw(out, "</a>");
}

struct svg draw_end(struct html *out)
{
    draw_raw(out, "</svg>");
    return (struct svg){ html_collected(out) };
}

void draw_rect(struct html *out, const char *class, double x, double y, double width, double height)
{
    draw_raw(out, "<rect class=\"");
    draw_raw(out, class);
    draw_raw(out, "\"");
    if (x > 0)
        draw_attribute(out, "x", x, true);
    draw_attribute(out, "y", y, false);
    draw_attribute(out, "width", width, true);
    draw_attribute(out, "height", height, false);
    draw_raw(out, "/>");
}

/* From (x1 %, y1 px) to (x2 %, y2 px). */
void draw_line(struct html *out, const char *class, double x1, double y1, double x2, double y2)
{
    draw_raw(out, "<line class=\"");
    draw_raw(out, class);
    draw_raw(out, "\"");
    draw_attribute(out, "x1", x1, true);
    draw_attribute(out, "y1", y1, false);
    draw_attribute(out, "x2", x2, true);
    draw_attribute(out, "y2", y2, false);
    draw_raw(out, "/>");
}

void draw_circle(struct html *out, const char *class, double x, double y, double r)
{
    draw_raw(out, "<circle class=\"");
    draw_raw(out, class);
    draw_raw(out, "\"");
    draw_attribute(out, "cx", x, true);
    draw_attribute(out, "cy", y, false);
    draw_attribute(out, "r", r, false);
    draw_raw(out, "/>");
}

void draw_words(struct html *out, const char *class, double x, double y, const char *anchor, struct text text)
{
    if (!text.size)
        return;
    draw_raw(out, "<text class=\"");
    draw_raw(out, class);
    draw_raw(out, "\"");
    draw_attribute(out, "x", x, true);
    draw_attribute(out, "y", y, false);
    if (anchor) {
        draw_raw(out, " text-anchor=\"");
        draw_raw(out, anchor);
        draw_raw(out, "\"");
    }
    draw_raw(out, ">");
    html_text(out, text);
    draw_raw(out, "</text>");
}

const char *draw_dot_class(enum state state)
{
    switch (state) {
    case STATE_MET: return "f-met";
    case STATE_NEAR: return "f-near";
    case STATE_BELOW: return "f-unmet";
    case STATE_NO_DATA:
    case STATE_NOT_APPLICABLE: break;
    }
    return "hollow";
}

/* A triangle on its point's x, pointing up. */
void draw_mean(struct html *out, double x, double y)
{
    draw_raw(out, "<svg class=\"meanmark\"");
    draw_attribute(out, "x", x, true);
    draw_attribute(out, "y", y, false);
    draw_raw(out, " overflow=\"visible\"><path class=\"f-mean\" d=\"M0 0L4 6H-4z\"/></svg>");
}
