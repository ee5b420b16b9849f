/* svg_map.h — a county drawn on the server: outlines, roads, and its schools where they stand.
 *
 * Equirectangular at the county's own latitude: a county spans less than two degrees, over which this is true to
 * shape within a pixel.  The drawing is MAP_WIDTH units wide; where no script runs it is scaled as a whole, a
 * script (map.js) keeps signs and names at their size while one looks closer. */
#pragma once
#include "model/outline.h"
#include "report/compose_map.h"
#include "web/svg.h"

enum { MAP_WIDTH = 760, MAP_LEAST_HEIGHT = 420, MAP_MOST_HEIGHT = 900 };

struct svg_map {
    const struct outline *outline;     /* NULL: only the schools */
    const struct map_point *points;
    size_t n;
    double most_pupils;                /* the largest sign */
    const struct text *paths, *titles; /* [n] where a sign leads; what it says under the pointer */
};

/* Each sign is an a.pt with data-code and data-r.  They are hidden from screen readers and the tab order: a list
 * beside the map says the same. */
struct svg svg_map(struct arena *mem, const struct svg_map *map, struct text label);
/* A sign of the legend, 16 px. */
struct svg svg_map_sign(struct arena *mem, enum map_kind kind);
/* What area means: a circle for so many pupils, as large as on the map. */
struct svg svg_map_size(struct arena *mem, double pupils, double most_pupils, size_t n);
