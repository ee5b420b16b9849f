#include "web/assets.h"

#include <assert.h>
#include <stdint.h>
#include <zlib.h>

struct text asset_path(enum asset_name name)
{
    assert(name < N_ASSETS);
    return ASSETS[name].path;
}

const struct asset *asset_find(struct text path)
{
    for (size_t i = 0; i < N_ASSETS; i++)
        if (text_equal(ASSETS[i].path, path))
            return &ASSETS[i];
    return NULL;
}

struct text asset_plain(const struct asset *asset, struct arena *mem)
{
    unsigned char *const plain = arena_alloc(mem, asset->size + 1);
    z_stream stream = { .avail_in = (uInt)asset->gzip_size, .next_out = plain, .avail_out = (uInt)asset->size + 1 };
    stream.next_in = (z_const Bytef *)(uintptr_t)asset->gzip;
    int done = inflateInit2(&stream, 16 + MAX_WBITS); /* a gzip header */
    assert(done == Z_OK);
    done = inflate(&stream, Z_FINISH);
    assert(done == Z_STREAM_END && stream.total_out == asset->size); /* we packed it ourselves */
    (void)done;
    inflateEnd(&stream);
    return (struct text){ (const char *)plain, asset->size };
}
