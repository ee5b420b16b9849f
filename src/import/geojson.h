/* geojson.h — outlines of a county and its townships out of a GeoJSON file (RFC 7946): a
 * FeatureCollection, a bare list of features (as DataV gives it), one feature or one geometry. */
#pragma once
#include "base/err.h"
#include "model/outline.h"

enum { GEOJSON_LARGEST = 8 << 20, GEOJSON_MOST_SHAPES = 5000, GEOJSON_MOST_POINTS = 400000 };

/* Reads Polygon and MultiPolygon as rings, LineString and MultiLineString as roads; points are
 * passed over.  A ring that is not closed is closed.
 *   Given    file is how messages name it
 *   Returns  the outline, in mem.  What a shape is follows from properties.kind ("county",
 *            "township", "road"), else from DataV's properties.level, else from how its name
 *            ends (镇, 乡, 街道 …); one shape alone is the county
 *   Errors   ERR_LIMIT: too large; ERR_INPUT: no JSON, no outline in it, not degrees */
bool geojson_read(struct arena *mem, struct text file, struct text bytes, struct outline **out, struct err *err) MUST_CHECK;
