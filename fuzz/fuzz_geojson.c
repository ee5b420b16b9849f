/* fuzz_geojson.c — any bytes at all are an outline or are refused with a sentence. */
#include "import/geojson.h"

#include <stdint.h>
#include <stdlib.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = arena_new("fuzz");
    struct outline *outline;
    struct err err = { .kind = ERR_NONE };
    if (!geojson_read(mem, TEXT("fuzz.json"), (struct text){ (const char *)data, size }, &outline, &err)) {
        must(err.kind != ERR_NONE && err.what[0] && err.hint[0]);
    } else {
        must(outline->n > 0);
        for (size_t s = 0; s < outline->n; s++)
            for (size_t p = 0; p < outline->shapes[s].n; p++) {
                const struct outline_path *path = &outline->shapes[s].paths[p];
                must(path->n >= 2);
                for (size_t i = 0; i < path->n; i++)
                    must(path->at[i].longitude >= outline->low.longitude && path->at[i].latitude <= outline->high.latitude);
            }
        (void)outline_at(outline, OUTLINE_COUNTY, outline->low);
    }
    arena_free(&mem);
    return 0;
}
