#include "model/outline.h"

void outline_finish(struct outline *outline)
{
    bool first = true;
    for (size_t s = 0; s < outline->n; s++)
        for (size_t p = 0; p < outline->shapes[s].n; p++)
            for (size_t i = 0; i < outline->shapes[s].paths[p].n; i++) {
                const struct lonlat at = outline->shapes[s].paths[p].at[i];
                if (first)
                    outline->low = outline->high = at;
                first = false;
                if (at.longitude < outline->low.longitude)
                    outline->low.longitude = at.longitude;
                if (at.latitude < outline->low.latitude)
                    outline->low.latitude = at.latitude;
                if (at.longitude > outline->high.longitude)
                    outline->high.longitude = at.longitude;
                if (at.latitude > outline->high.latitude)
                    outline->high.latitude = at.latitude;
            }
}

bool outline_holds(const struct outline_shape *shape, struct lonlat place)
{
    bool inside = false;
    if (shape->kind == OUTLINE_ROAD)
        return false;
    /* A ray to the east crosses the rings an odd number of times, the holes' among them. */
    for (size_t p = 0; p < shape->n; p++) {
        const struct outline_path *path = &shape->paths[p];
        for (size_t i = 0; i + 1 < path->n; i++) {
            const struct lonlat a = path->at[i], b = path->at[i + 1];
            if ((a.latitude > place.latitude) == (b.latitude > place.latitude))
                continue;
            const double share = (place.latitude - a.latitude) / (b.latitude - a.latitude);
            if (place.longitude < a.longitude + share * (b.longitude - a.longitude))
                inside = !inside;
        }
    }
    return inside;
}

const struct outline_shape *outline_at(const struct outline *outline, enum outline_kind kind, struct lonlat place)
{
    for (size_t s = 0; s < outline->n; s++)
        if (outline->shapes[s].kind == kind && outline_holds(&outline->shapes[s], place))
            return &outline->shapes[s];
    return NULL;
}

struct text outline_kind_code(enum outline_kind kind)
{
    static const struct text codes[] = {
        [OUTLINE_COUNTY] = TEXT("county"), [OUTLINE_TOWNSHIP] = TEXT("township"), [OUTLINE_ROAD] = TEXT("road"),
    };
    return codes[kind];
}
