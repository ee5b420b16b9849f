#include "sample/outline.h"

#include <assert.h>

static const double STEP = 0.45;   /* km between the points of a line */

struct line { struct lonlat *at; size_t n, capacity; };

static void line_add(struct arena *mem, struct line *line, struct lonlat at)
{
    ARENA_ROOM(mem, line->at, line->n, line->capacity);
    line->at[line->n++] = at;
}

/* How many steps from a to b: the smallest n with n × STEP ≥ the distance. */
static int steps_between(struct spot a, struct spot b)
{
    const double d2 = (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
    int n = 1;
    while ((double)n * n * STEP * STEP < d2)
        n++;
    return n;
}

/* The points from a on, without b.  `back`: walked from b, so that both neighbours of an edge get the same. */
static void line_walk(struct arena *mem, const struct land *land, struct line *line, struct spot a, struct spot b, bool back)
{
    const struct spot from = back ? b : a, to = back ? a : b;
    const int n = steps_between(from, to);
    for (int i = 0; i < n; i++) {
        const double share = (double)(back ? n - i : i) / n;
        line_add(mem, line, land_bend(land, (struct spot){ from.x + share * (to.x - from.x), from.y + share * (to.y - from.y) }));
    }
}

static void walk_edge(struct arena *mem, const struct land *land, struct line *line, const struct cell *cell, size_t i)
{
    const size_t from = cell->corner[i], to = cell->corner[(i + 1) % cell->n];
    line_walk(mem, land, line, land->corners[from], land->corners[to], from > to);
}

static struct outline_shape *add_shape(struct arena *mem, struct outline *outline, enum outline_kind kind, struct text name,
                                       struct text code, const struct line *line)
{
    struct outline_shape *shape = &outline->shapes[outline->n++];
    *shape = (struct outline_shape){ .kind = kind, .name = name, .code = code, .n = 1 };
    shape->paths = arena_make(mem, struct outline_path);
    *shape->paths = (struct outline_path){ .at = line->at, .n = line->n };
    return shape;
}

static void close_ring(struct arena *mem, struct line *line)
{
    line_add(mem, line, line->at[0]);
}

/* The edges that have no township beyond them, chained into a ring. */
static void add_county(struct arena *mem, const struct land *land, struct outline *outline)
{
    struct { unsigned cell; size_t edge; bool is_border; } *from = arena_alloc_array(mem, land->n_corners, sizeof *from);
    size_t first = 0;
    for (unsigned t = 0; t < N_TOWNSHIPS; t++)
        for (size_t i = 0; i < land->cells[t].n; i++)
            if (land->cells[t].beyond[i] == COUNTY_BORDER) {
                first = land->cells[t].corner[i];
                from[first].cell = t;
                from[first].edge = i;
                from[first].is_border = true;
            }
    struct line line = { 0 };
    size_t at = first;
    do {
        const struct cell *cell = &land->cells[from[at].cell];
        assert(from[at].is_border);
        walk_edge(mem, land, &line, cell, from[at].edge);
        at = cell->corner[(from[at].edge + 1) % cell->n];
    } while (at != first);
    close_ring(mem, &line);
    add_shape(mem, outline, OUTLINE_COUNTY, TEXT(SAMPLE_COUNTY_NAME), TEXT(SAMPLE_COUNTY_CODE), &line);
}

/* 001 on for streets (街道), 100 on for towns, 200 on for townships, as such codes go. */
static struct text township_code(struct arena *mem, unsigned t)
{
    const struct text name = text_of(TOWNSHIPS[t].name);
    const bool street = text_ends(name, TEXT("街道")), town = text_ends(name, TEXT("镇"));
    return text_printf(mem, SAMPLE_COUNTY_CODE "%03u", street ? t + 1 : town ? 100 + t : 200 + t);
}

static void add_townships(struct arena *mem, const struct land *land, struct outline *outline)
{
    for (unsigned t = 0; t < N_TOWNSHIPS; t++) {
        struct line line = { 0 };
        for (size_t i = 0; i < land->cells[t].n; i++)
            walk_edge(mem, land, &line, &land->cells[t], i);
        close_ring(mem, &line);
        add_shape(mem, outline, OUTLINE_TOWNSHIP, text_of(TOWNSHIPS[t].name), township_code(mem, t), &line);
    }
}

static double from_centre(const struct land *land, unsigned t)
{
    const struct spot a = land->cells[t].seat, b = land->cells[0].seat;
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/* A road from every seat to the neighbour that lies nearest to the county's seat, and one between
 * neighbours of one school district. */
static void add_roads(struct arena *mem, const struct land *land, struct outline *outline)
{
    for (unsigned t = 1; t < N_TOWNSHIPS; t++) {
        const struct cell *cell = &land->cells[t];
        unsigned inward = 0;
        double nearest = from_centre(land, t);
        for (size_t i = 0; i < cell->n; i++)
            if (cell->beyond[i] != COUNTY_BORDER && from_centre(land, cell->beyond[i]) < nearest) {
                inward = cell->beyond[i];
                nearest = from_centre(land, inward);
            }
        for (size_t i = 0; i < cell->n; i++) {
            const unsigned to = cell->beyond[i];
            const bool district = to < t && !strcmp(TOWNSHIPS[to].district, TOWNSHIPS[t].district);
            if (to != inward && !district)
                continue;
            struct line line = { 0 };
            line_walk(mem, land, &line, cell->seat, land->cells[to].seat, false);
            line_add(mem, &line, land_bend(land, land->cells[to].seat));
            add_shape(mem, outline, OUTLINE_ROAD,
                      text_printf(mem, "%s—%s公路（虚构）", TOWNSHIPS[t].name, TOWNSHIPS[to].name), (struct text){ 0 }, &line);
        }
    }
}

struct outline *sample_outline(struct arena *mem, const struct land *land)
{
    struct outline *outline = arena_make(mem, struct outline);
    size_t most = 1 + N_TOWNSHIPS;
    for (unsigned t = 0; t < N_TOWNSHIPS; t++)
        most += land->cells[t].n;
    outline->name = TEXT(SAMPLE_COUNTY_NAME);
    outline->shapes = arena_array(mem, most, struct outline_shape);
    add_county(mem, land, outline);
    add_townships(mem, land, outline);
    add_roads(mem, land, outline);
    outline_finish(outline);
    return outline;
}
