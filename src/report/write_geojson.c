#include "report/write_geojson.h"

static void write_path(struct out *out, const struct outline_path *path)
{
    json_array(out, NULL);
    for (size_t i = 0; i < path->n; i++) {
        json_array(out, NULL);
        json_number(out, NULL, path->at[i].longitude);
        json_number(out, NULL, path->at[i].latitude);
        json_end(out);
    }
    json_end(out);
}

/* One polygon for each ring that is no hole, its holes behind it; one line for each road's path. */
static void write_geometry(struct out *out, const struct outline_shape *shape)
{
    const bool road = shape->kind == OUTLINE_ROAD;
    json_object(out, "geometry");
    json_text(out, "type", road ? TEXT("MultiLineString") : TEXT("MultiPolygon"));
    json_array(out, "coordinates");
    for (size_t p = 0; p < shape->n; p++) {
        if (!road && !shape->paths[p].hole)
            json_array(out, NULL);
        write_path(out, &shape->paths[p]);
        if (!road && (p + 1 == shape->n || !shape->paths[p + 1].hole))
            json_end(out);
    }
    json_end(out);
    json_end(out);
}

void write_geojson(const struct outline *outline, struct out *out)
{
    json_object(out, NULL);
    json_text(out, "type", TEXT("FeatureCollection"));
    if (outline->name.size)
        json_text(out, "name", outline->name);
    json_array(out, "features");
    for (size_t s = 0; s < outline->n; s++) {
        const struct outline_shape *shape = &outline->shapes[s];
        json_object(out, NULL);
        json_text(out, "type", TEXT("Feature"));
        json_object(out, "properties");
        json_text(out, "name", shape->name);
        if (shape->code.size)
            json_text(out, "code", shape->code);
        json_text(out, "kind", outline_kind_code(shape->kind));
        json_end(out);
        write_geometry(out, shape);
        json_end(out);
    }
    json_end(out);
    json_end(out);
    out_byte(out, '\n');
}
