#include "check.h"

#include "web/shared.h"

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
    for (int i = 0; i < 1000; i++)
        shared_keep(shared, 1, text_printf(mem, "key %d", i), text_printf(mem, "page %d", i), NULL, 0);
    CHECK(shared_find(shared, TEXT("key 999"), none, mem, &page));
    CHECK_TEXT(page, "page 999");
    CHECK(!shared_find(shared, TEXT("key 0"), none, mem, &page));
    /* Too large to be kept, at the cost of all others. */
    shared_keep(shared, 1, TEXT("large"), (struct text){ arena_alloc(mem, 600 * 1024), 600 * 1024 }, NULL, 0);
    CHECK(!shared_find(shared, TEXT("large"), none, mem, &page));
    CHECK(shared_find(shared, TEXT("key 999"), none, mem, &page));
    shared_keep(shared, 2, TEXT("newer"), TEXT("page"), NULL, 0);
    CHECK(!shared_find(shared, TEXT("key 999"), none, mem, &page));
    shared_free(&shared);
    arena_free(&mem);
}
