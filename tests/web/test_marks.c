#include "check.h"

#include "web/gzip.h"
#include "web/shared.h"

#include <zlib.h>

TEST(marks, are_filled_and_nobody_can_write_one)
{
    struct arena *mem = arena_new("test");
    const struct marks marks = marks_new(), others = marks_new();
    CHECK(!text_equal(mark_of(&marks, MARK_WHO), mark_of(&others, MARK_WHO)));
    struct mark_place *places;
    size_t n;
    const struct text page = text_printf(mem, "%.*sa\1b\1a0000000000%.*s%.*s", TEXT_ARG(mark_of(&marks, MARK_WHO)), TEXT_ARG(mark_of(&others, MARK_WHO)),
                                         TEXT_ARG(mark_of(&marks, MARK_KEY)));
    marks_find(&marks, page, mem, &places, &n);
    CHECK_INT(n, 2);
    const struct text values[N_MARKS] = { [MARK_WHO] = TEXT("王敏"), [MARK_TOKEN] = TEXT("t"), [MARK_KEY] = TEXT("") };
    const struct text filled = marks_fill(page, places, n, values, mem);
    CHECK(text_starts(filled, TEXT("王敏a\1b\1a0000000000\1a")));
    CHECK_INT(filled.size, page.size - 2 * MARK_SIZE + 6);
    marks_find(&marks, TEXT(""), mem, &places, &n);
    CHECK_INT(n, 0);
    arena_free(&mem);
}

TEST(shared, keeps_what_it_has_room_for)
{
    struct arena *mem = arena_new("test");
    const struct text none[N_MARKS] = { { 0 }, { 0 }, { 0 } };
    struct shared *shared = shared_new(1024 * 1024);
    struct text page;
    bool gzipped;
    for (int i = 0; i < 1000; i++)
        shared_keep(shared, 1, text_printf(mem, "key %d", i), text_printf(mem, "page %d", i), NULL, 0);
    CHECK(shared_find(shared, TEXT("key 999"), none, false, mem, &page, &gzipped));
    CHECK_TEXT(page, "page 999");
    CHECK(!shared_find(shared, TEXT("key 0"), none, false, mem, &page, &gzipped));
    /* Too large to be kept, at the cost of all others. */
    shared_keep(shared, 1, TEXT("large"), (struct text){ arena_alloc(mem, 600 * 1024), 600 * 1024 }, NULL, 0);
    CHECK(!shared_find(shared, TEXT("large"), none, false, mem, &page, &gzipped));
    CHECK(shared_find(shared, TEXT("key 999"), none, false, mem, &page, &gzipped));
    shared_keep(shared, 2, TEXT("newer"), TEXT("page"), NULL, 0);
    CHECK(!shared_find(shared, TEXT("key 999"), none, false, mem, &page, &gzipped));
    shared_free(&shared);
    arena_free(&mem);
}

/* As a browser would: the checksum and the length at the end are held as well. */
static struct text unpressed(struct text gzip, struct arena *mem)
{
    enum { ROOM = 1 << 20 };
    char *const made = arena_alloc(mem, ROOM);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)gzip.at, .avail_in = (uInt)gzip.size, .next_out = (Bytef *)made, .avail_out = ROOM };
    CHECK_INT(inflateInit2(&z, 15 + 16), Z_OK);
    CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    CHECK_INT(z.avail_in, 0);
    const size_t size = z.total_out;
    inflateEnd(&z);
    return (struct text){ made, size };
}

TEST(shared, gives_each_reader_his_own_page_pressed_once)
{
    struct arena *mem = arena_new("test");
    const struct marks marks = marks_new();
    struct shared *shared = shared_new(1024 * 1024);
    struct buf page = { .mem = mem };
    buf_add(&page, mark_of(&marks, MARK_WHO)); /* at the very beginning, twice in a row, at the very end */
    for (int i = 0; i < 2000; i++)
        buf_printf(&page, "<td>%d</td>", i * i);
    buf_add(&page, mark_of(&marks, MARK_TOKEN));
    buf_add(&page, mark_of(&marks, MARK_KEY));
    for (int i = 0; i < 2000; i++)
        buf_printf(&page, "<td>%d</td>", i);
    buf_add(&page, mark_of(&marks, MARK_WHO));
    struct mark_place *places;
    size_t n;
    marks_find(&marks, buf_text(&page), mem, &places, &n);
    shared_keep(shared, 1, TEXT("page"), buf_text(&page), places, n);
    /* Longer than what a stored block of deflate holds, and nothing at all. */
    const struct text long_name = { memset(arena_alloc(mem, 200000), 'x', 200000), 200000 };
    const struct text readers[][N_MARKS] = { { TEXT("王敏"), TEXT("token"), TEXT("key") }, { long_name, TEXT(""), TEXT("k") } };
    for (size_t i = 0; i < COUNT(readers); i++) {
        struct text plain, small;
        bool gzipped;
        CHECK(shared_find(shared, TEXT("page"), readers[i], false, mem, &plain, &gzipped));
        CHECK(!gzipped);
        CHECK(shared_find(shared, TEXT("page"), readers[i], true, mem, &small, &gzipped));
        CHECK(gzipped);
        CHECK(text_equal(unpressed(small, mem), plain));
        CHECK(text_equal(plain, marks_fill(buf_text(&page), places, n, readers[i], mem)));
    }
    shared_free(&shared);
    arena_free(&mem);
}

TEST(gzip, parts_say_that_they_cannot_be_pressed)
{
    struct arena *mem = arena_new("test");
    enum { MANY = 300000 };
    unsigned char *const noise = arena_alloc(mem, MANY);
    for (unsigned i = 0, x = 1; i < MANY; i++, x = x * 1664525u + 1013904223u)
        noise[i] = (unsigned char)(x >> 24);
    struct gzip_part part;
    struct text small;
    CHECK(!gzip_made((struct text){ (const char *)noise, MANY }, mem, &small));
    if (gzip_part_made((struct text){ (const char *)noise, MANY }, mem, &part)) { /* room enough: then it is whole */
        const struct text joined = unpressed(gzip_joined(&part, NULL, 0, mem), mem);
        CHECK_INT(joined.size, MANY);
        CHECK(memcmp(joined.at, noise, MANY) == 0);
    }
    arena_free(&mem);
}
