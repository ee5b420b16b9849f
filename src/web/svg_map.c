#include "web/svg_map.h"

#include "base/err.h"
#include "web/svg_draw.h"

#include <math.h>
#include <stdlib.h>

enum { MARGIN = 22 };

/* Degrees to units of the drawing. */
struct projection { double west, north, across, down, left, top, height; };

static void widen(struct lonlat *low, struct lonlat *high, struct lonlat at)
{
    low->longitude = fmin(low->longitude, at.longitude);
    low->latitude = fmin(low->latitude, at.latitude);
    high->longitude = fmax(high->longitude, at.longitude);
    high->latitude = fmax(high->latitude, at.latitude);
}

/* All points and the outline fit; a single school stands in the middle. */
static struct projection project(const struct svg_map *map)
{
    struct lonlat low = { BLANK, BLANK }, high = { BLANK, BLANK };
    if (map->outline && map->outline->n) {
        widen(&low, &high, map->outline->low);
        widen(&low, &high, map->outline->high);
    }
    for (size_t i = 0; i < map->n; i++)
        widen(&low, &high, (struct lonlat){ map->points[i].longitude, map->points[i].latitude });
    if (is_blank(low.longitude))
        low = high = (struct lonlat){ 0, 0 };
    const double narrow = cos((low.latitude + high.latitude) / 2 * 3.14159265358979323846 / 180);
    const double wide = fmax((high.longitude - low.longitude) * fmax(narrow, .01), 1e-3), tall = fmax(high.latitude - low.latitude, 1e-3);
    const double inner = MAP_WIDTH - 2 * MARGIN;
    const double scale = fmin(inner / wide, (MAP_MOST_HEIGHT - 2 * MARGIN) / tall);
    const double height = fmax(MAP_LEAST_HEIGHT, tall * scale + 2 * MARGIN);
    return (struct projection){
        .west = low.longitude, .north = high.latitude, .across = scale * fmax(narrow, .01), .down = scale, .height = height,
        .left = (MAP_WIDTH - (high.longitude - low.longitude) * fmax(narrow, .01) * scale) / 2,
        .top = (height - (high.latitude - low.latitude) * scale) / 2,
    };
}

static double x_of(const struct projection *p, double longitude) { return p->left + (longitude - p->west) * p->across; }
static double y_of(const struct projection *p, double latitude) { return p->top + (p->north - latitude) * p->down; }

/* ---- land --------------------------------------------------------------------------------- */

static void pair(struct html *out, const char *before, double x, double y)
{
    draw_raw(out, before);
    draw_number(out, x);
    draw_raw(out, " ");
    draw_number(out, y);
}

static void draw_shape(struct html *out, const struct projection *p, const struct outline_shape *shape)
{
    static const char *const classes[N_OUTLINE_KINDS] = { "county", "township", "road" };
    draw_raw(out, "<path class=\"");
    draw_raw(out, classes[shape->kind]);
    draw_raw(out, "\" fill-rule=\"evenodd\" d=\"");
    for (size_t k = 0; k < shape->n; k++) {
        const struct outline_path *const path = &shape->paths[k];
        double last_x = 0, last_y = 0;
        for (size_t i = 0; i < path->n; i++) {
            const double x = x_of(p, path->at[i].longitude), y = y_of(p, path->at[i].latitude);
            /* Borders come in metres: what moves less than half a unit is not seen. */
            if (i && i + 1 < path->n && fabs(x - last_x) < .5 && fabs(y - last_y) < .5)
                continue;
            pair(out, i ? "L" : "M", x, y);
            last_x = x, last_y = y;
        }
        draw_raw(out, shape->kind == OUTLINE_ROAD ? "" : "z");
    }
    draw_raw(out, "\"/>");
}

/* The middle of the largest ring's area. */
static bool middle(const struct outline_shape *shape, struct lonlat *out)
{
    double largest = 0;
    for (size_t k = 0; k < shape->n; k++) {
        const struct outline_path *const path = &shape->paths[k];
        double area = 0, x = 0, y = 0;
        for (size_t i = 0; i + 1 < path->n; i++) {
            /* From the first point on, so that digits are not lost to large degrees. */
            const double x0 = path->at[i].longitude - path->at[0].longitude, y0 = path->at[i].latitude - path->at[0].latitude;
            const double x1 = path->at[i + 1].longitude - path->at[0].longitude, y1 = path->at[i + 1].latitude - path->at[0].latitude;
            const double cross = x0 * y1 - x1 * y0;
            area += cross;
            x += (x0 + x1) * cross;
            y += (y0 + y1) * cross;
        }
        if (path->hole || fabs(area) <= largest)
            continue;
        largest = fabs(area);
        *out = (struct lonlat){ path->at[0].longitude + x / (3 * area), path->at[0].latitude + y / (3 * area) };
    }
    return largest > 0;
}

static void draw_land(struct html *out, const struct projection *p, const struct outline *outline)
{
    static const enum outline_kind order[] = { OUTLINE_COUNTY, OUTLINE_TOWNSHIP, OUTLINE_ROAD };
    draw_raw(out, "<g class=\"land\">");
    for (size_t k = 0; k < COUNT(order); k++)
        for (size_t i = 0; i < outline->n; i++)
            if (outline->shapes[i].kind == order[k])
                draw_shape(out, p, &outline->shapes[i]);
    draw_raw(out, "</g>");
}

/* Over the signs, with a white edge, so that they can be read. */
static void draw_names(struct html *out, const struct projection *p, const struct outline *outline)
{
    draw_raw(out, "<g class=\"names\">");
    for (size_t i = 0; i < outline->n; i++) {
        const struct outline_shape *const shape = &outline->shapes[i];
        struct lonlat at = { 0, 0 };
        if (shape->kind != OUTLINE_TOWNSHIP || !shape->name.size || !middle(shape, &at))
            continue;
        draw_raw(out, "<g");
        pair(out, " transform=\"translate(", x_of(p, at.longitude), y_of(p, at.latitude));
        draw_raw(out, ")\"><text text-anchor=\"middle\">");
        html_text(out, shape->name);
        draw_raw(out, "</text></g>");
    }
    draw_raw(out, "</g>");
}

/* ---- schools ------------------------------------------------------------------------------ */

/* Area by pupils; where there are many, all are smaller. */
static double radius(double pupils, double most, size_t n)
{
    const double largest = fmin(13, fmax(6, 170 / sqrt((double)(n ? n : 1))));
    return fmax(largest / 3.6, largest * sqrt(most > 0 && pupils > 0 ? fmin(pupils / most, 1) : 0));
}

static void circle(struct html *out, double r, bool backwards)
{
    pair(out, "M", -r, 0);
    for (int i = 0; i < 2; i++) {
        pair(out, "a", r, r);
        pair(out, backwards ? " 0 1 1 " : " 0 1 0 ", i ? -2 * r : 2 * r, 0);
    }
    draw_raw(out, "z");
}

/* Each kind has a shape of its own: in grey print they are told apart. */
static void draw_sign(struct html *out, enum map_kind kind, double r)
{
    static const char *const classes[N_MAP_KINDS] = { "f-unmet", "f-none", "f-near", "f-met", "f-met", "m-na" };
    draw_raw(out, "<path class=\"");
    draw_raw(out, classes[kind]);
    draw_raw(out, "\" d=\"");
    switch (kind) {
    case MAP_BELOW: /* a diamond */
        pair(out, "M", -1.25 * r, 0);
        pair(out, "L", 0, -1.25 * r);
        pair(out, "L", 1.25 * r, 0);
        pair(out, "L", 0, 1.25 * r);
        draw_raw(out, "z");
        break;
    case MAP_NEAR: /* a triangle */
        pair(out, "M", 0, -1.4 * r);
        pair(out, "L", 1.3 * r, .9 * r);
        pair(out, "L", -1.3 * r, .9 * r);
        draw_raw(out, "z");
        break;
    case MAP_NO_DATA: /* a hatched square */
        pair(out, "M", -.9 * r, -.9 * r);
        draw_raw(out, "h");
        draw_number(out, 1.8 * r);
        draw_raw(out, "v");
        draw_number(out, 1.8 * r);
        draw_raw(out, "h");
        draw_number(out, -1.8 * r);
        draw_raw(out, "z");
        break;
    case MAP_SOME: /* a ring */
        circle(out, r, false);
        circle(out, r * .42, true);
        break;
    case MAP_MET:
        circle(out, r, false);
        break;
    case MAP_NOT_ASSESSED:
    case N_MAP_KINDS:
        pair(out, "M", -.8 * r, 0);
        pair(out, "L", .8 * r, 0);
        break;
    }
    draw_raw(out, "\"/>");
}

struct order { bool met; double r; size_t i; };

/* What is met lies lowest; then the larger, so that the smaller are seen on them. */
static int by_size(const void *a, const void *b)
{
    const struct order *const one = a, *const two = b;
    if (one->met != two->met)
        return one->met ? -1 : 1;
    return one->r > two->r ? -1 : one->r < two->r ? 1 : one->i < two->i ? -1 : 1;
}

static void draw_points(struct html *out, const struct projection *p, const struct svg_map *map)
{
    struct order *const order = arena_array(out->mem, map->n, struct order);
    for (size_t i = 0; i < map->n; i++)
        order[i] = (struct order){ map->points[i].kind >= MAP_SOME, radius(map->points[i].pupils, map->most_pupils, map->n), i };
    qsort(order, map->n, sizeof *order, by_size);
    draw_raw(out, "<g class=\"points\" aria-hidden=\"true\">");
    for (size_t k = 0; k < map->n; k++) {
        const size_t i = order[k].i;
        draw_raw(out, "<a class=\"pt\" tabindex=\"-1\" href=\"");
        html_url(out, map->paths[i]);
        draw_raw(out, "\" data-code=\"");
        html_text(out, map->points[i].code);
        draw_raw(out, "\"");
        draw_attribute(out, "data-r", order[k].r, false);
        pair(out, " transform=\"translate(", x_of(p, map->points[i].longitude), y_of(p, map->points[i].latitude));
        draw_raw(out, ")\"><title>");
        html_text(out, map->titles[i]);
        draw_raw(out, "</title>");
        draw_sign(out, map->points[i].kind, order[k].r);
        draw_raw(out, "</a>");
    }
    draw_raw(out, "</g>");
}

struct svg svg_map(struct arena *mem, const struct svg_map *map, struct text label)
{
    const struct projection p = project(map);
    struct html out = { .mem = mem, .at = arena_alloc(mem, 1024), .capacity = 1024 };
    draw_raw(&out, "<svg class=\"map\" id=\"map\" role=\"group\" viewBox=\"0 0 ");
    pair(&out, "", MAP_WIDTH, p.height);
    draw_raw(&out, "\"");
    draw_attribute(&out, "width", MAP_WIDTH, false);
    draw_attribute(&out, "height", p.height, false);
    draw_raw(&out, " aria-label=\"");
    html_text(&out, label);
    draw_raw(&out, "\">");
    if (map->outline)
        draw_land(&out, &p, map->outline);
    draw_points(&out, &p, map);
    if (map->outline)
        draw_names(&out, &p, map->outline);
    return draw_end(&out);
}

/* ---- the legend --------------------------------------------------------------------------- */

static struct html small(struct arena *mem, double half)
{
    struct html out = { .mem = mem, .at = arena_alloc(mem, 256), .capacity = 256 };
    draw_raw(&out, "<svg class=\"sign\" aria-hidden=\"true\"");
    draw_attribute(&out, "width", 2 * half, false);
    draw_attribute(&out, "height", 2 * half, false);
    draw_raw(&out, " viewBox=\"");
    pair(&out, "", -half, -half);
    pair(&out, " ", 2 * half, 2 * half);
    draw_raw(&out, "\">");
    return out;
}

struct svg svg_map_sign(struct arena *mem, enum map_kind kind)
{
    struct html out = small(mem, 8);
    draw_sign(&out, kind, 5.5);
    return draw_end(&out);
}

struct svg svg_map_size(struct arena *mem, double pupils, double most_pupils, size_t n)
{
    const double r = radius(pupils, most_pupils, n);
    struct html out = small(mem, ceil(r) + 1);
    draw_raw(&out, "<path class=\"m-size\" d=\"");
    circle(&out, r, false);
    draw_raw(&out, "\"/>");
    return draw_end(&out);
}
