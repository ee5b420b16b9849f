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
enum { GZIP = 16, WINDOW = 14, MEMORY = 7, CHEAP = 1, ROOM = 64, STORED = 65535 };

static bool press(struct text from, int window, int flush, int wanted, struct arena *mem, struct text *out)
{
    z_stream z = { .zalloc = give, .zfree = take_back, .opaque = mem };
    if (deflateInit2(&z, CHEAP, Z_DEFLATED, window, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    const size_t room = from.size + ROOM;
    char *const made = arena_alloc(mem, room);
    z.next_in = (const Bytef *)from.at, z.avail_in = (uInt)from.size;
    z.next_out = (Bytef *)made, z.avail_out = (uInt)room;
    const bool done = deflate(&z, flush) == wanted && z.avail_in == 0 && z.avail_out > 0;
    *out = (struct text){ made, z.total_out };
    deflateEnd(&z);
    return done;
}

bool gzip_made(struct text from, struct arena *mem, struct text *out)
{
    return press(from, WINDOW | GZIP, Z_FINISH, Z_STREAM_END, mem, out) && out->size <= from.size;
}

/* ---- in parts ----------------------------------------------------------------------------- */

bool gzip_part_made(struct text from, struct arena *mem, struct gzip_part *out)
{
    *out = (struct gzip_part){ .size = from.size, .crc = (uint32_t)crc32_z(0, (const Bytef *)from.at, from.size) };
    return press(from, -WINDOW, Z_SYNC_FLUSH, Z_OK, mem, &out->pressed);
}

struct joining { struct buf out; uLong crc; size_t size; };

static void join(struct joining *j, struct text bytes, uint32_t crc, size_t size)
{
    buf_add(&j->out, bytes);
    j->crc = crc32_combine(j->crc, crc, (z_off_t)size);
    j->size += size;
}

/* RFC 1951, 3.2.4: blocks that are stored hold 65,535 bytes each. */
static void join_stored(struct joining *j, struct text text)
{
    while (text.size) {
        const unsigned n = text.size < STORED ? (unsigned)text.size : STORED;
        const char head[] = { 0, (char)(n & 0xFF), (char)(n >> 8), (char)(~n & 0xFF), (char)(~n >> 8 & 0xFF) };
        buf_add(&j->out, (struct text){ head, sizeof head });
        join(j, (struct text){ text.at, n }, (uint32_t)crc32_z(0, (const Bytef *)text.at, n), n);
        text.at += n, text.size -= n;
    }
}

static void add_little_endian(struct buf *out, uint32_t number)
{
    const char bytes[] = { (char)(number & 0xFF), (char)(number >> 8 & 0xFF), (char)(number >> 16 & 0xFF), (char)(number >> 24) };
    buf_add(out, (struct text){ bytes, sizeof bytes });
}

struct text gzip_joined(const struct gzip_part *parts, const struct text *between, size_t n, struct arena *mem)
{
    static const char HEAD[] = { 0x1F, (char)0x8B, 8, 0, 0, 0, 0, 0, 4, 3 }; /* RFC 1952: deflate, no time, quick, Unix */
    static const char LAST[] = { 3, 0 };                                     /* an empty block that ends the stream */
    size_t room = sizeof HEAD + sizeof LAST + 8;
    for (size_t i = 0; i <= n; i++)
        room += parts[i].pressed.size + (i < n ? between[i].size + (between[i].size / STORED + 1) * 5 : 0);
    struct joining j = { .out = { .mem = mem, .at = arena_alloc(mem, room), .capacity = room } };
    buf_add(&j.out, (struct text){ HEAD, sizeof HEAD });
    for (size_t i = 0; i <= n; i++) {
        join(&j, parts[i].pressed, parts[i].crc, parts[i].size);
        if (i < n)
            join_stored(&j, between[i]);
    }
    buf_add(&j.out, (struct text){ LAST, sizeof LAST });
    add_little_endian(&j.out, (uint32_t)j.crc);
    add_little_endian(&j.out, (uint32_t)j.size);
    return buf_text(&j.out);
}
