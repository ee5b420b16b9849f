#include "web/gzip.h"

#define ZLIB_CONST
#include <zlib.h>

static void *give(void *mem, unsigned n, unsigned size)
{
    return arena_alloc_array(mem, n, size);
}

static void take_back(void *mem, void *at)
{
    (void)mem, (void)at; /* goes with the arena */
}

/* A smaller window than zlib's own: half of the memory to be zeroed a page, and pages repeat themselves nearby. */
enum { GZIP = 16, WINDOW = 14, MEMORY = 7, CHEAP = 1 };

bool gzip_made(struct text from, struct arena *mem, struct text *out)
{
    z_stream z = { .zalloc = give, .zfree = take_back, .opaque = mem };
    if (deflateInit2(&z, CHEAP, Z_DEFLATED, WINDOW | GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    char *const made = arena_alloc(mem, from.size);
    z.next_in = (const Bytef *)from.at, z.avail_in = (uInt)from.size;
    z.next_out = (Bytef *)made, z.avail_out = (uInt)from.size;
    const bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
    *out = (struct text){ made, z.total_out };
    deflateEnd(&z);
    return done;
}
