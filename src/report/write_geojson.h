/* write_geojson.h — outlines as GeoJSON (RFC 7946), one shape a line. */
#pragma once
#include "base/out.h"
#include "model/outline.h"

/* Writes a FeatureCollection; each shape's properties are name, code and kind (county, township,
 * road).  import/geojson reads it back the same. */
void write_geojson(const struct outline *outline, struct out *out);
