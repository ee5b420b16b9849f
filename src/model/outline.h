/* outline.h — where a county and its townships lie: rings of longitude and latitude, and its roads.
 * A plain value; import/geojson reads it, report/write_geojson writes it, a page draws it. */
#pragma once
#include "base/text.h"

#include <stdbool.h>

enum outline_kind { OUTLINE_COUNTY, OUTLINE_TOWNSHIP, OUTLINE_ROAD, N_OUTLINE_KINDS };

struct lonlat { double longitude, latitude; };   /* degrees; east and north are positive */

/* A ring is closed: its last point is its first.  A road is a line from its first point to its last. */
struct outline_path {
    struct lonlat *at;
    size_t n;
    bool hole;                   /* a ring cut out of the one before it */
};

struct outline_shape {
    enum outline_kind kind;
    struct text name, code;      /* code: of the county or township (6 or 9 digits); may be empty */
    struct outline_path *paths;
    size_t n;
};

struct outline {
    struct text name;            /* of the whole; may be empty */
    struct outline_shape *shapes;
    size_t n;
    struct lonlat low, high;     /* the box around all points */
};

/* Sets low and high.  Call once all shapes stand. */
void outline_finish(struct outline *outline);
/* Whether the place lies inside the shape (holes do not count); false for a road. */
bool outline_holds(const struct outline_shape *shape, struct lonlat place);
/* The shape of this kind in which the place lies; NULL when it lies in none. */
const struct outline_shape *outline_at(const struct outline *outline, enum outline_kind kind, struct lonlat place);
struct text outline_kind_code(enum outline_kind kind);   /* "county", "township", "road" */
