#include "check.h"

TEST(arena, gives_zeroed_memory_again_after_a_rewind)
{
    struct arena *mem = arena_new("test");
    const struct arena_mark mark = arena_mark(mem);
    char *first = arena_alloc(mem, 100);
    memset(first, 'x', 100);
    arena_rewind(mem, mark);
    const char *again = arena_alloc(mem, 100);
    for (int i = 0; i < 100; i++)
        CHECK_INT(again[i], 0);
    arena_free(&mem);
    CHECK(mem == NULL);
}

TEST(arena, gives_zeroed_memory_from_what_another_arena_used)
{
    enum { SIZE = 300000 };
    for (int round = 0; round < 3; round++) {
        struct arena *mem = arena_new("test");
        for (int i = 0; i < 6; i++) {
            char *at = arena_alloc(mem, SIZE), *copy = arena_copy_string(mem, "0123456789", 10);
            bool zero = copy[10] == '\0';
            for (size_t k = 0; k < SIZE; k++)
                zero = zero && at[k] == 0;
            CHECK(zero);
            memset(at, 1, SIZE / (size_t)(i + 1));
            at = arena_grow(mem, at, 10, 1000);
            for (size_t k = 10; k < 1000; k++)
                zero = zero && at[k] == 0;
            CHECK(zero);
        }
        arena_free(&mem);
    }
}

TEST(arena, gives_back_what_was_taken_since_the_mark)
{
    struct arena *mem = arena_new("test");
    arena_alloc(mem, 1000);
    const size_t before = arena_size(mem);
    const struct arena_mark mark = arena_mark(mem);
    for (int i = 0; i < 100; i++)
        arena_alloc(mem, 1 << 20);
    CHECK(arena_size(mem) > before + (100u << 20) - 1);
    arena_rewind(mem, mark);
    CHECK_INT(arena_size(mem), before);
    arena_free(&mem);
}

static int calls;
static int order[2];

static void note(void *with)
{
    order[calls++] = *(int *)with;
}

TEST(arena, runs_deferred_calls_newest_first)
{
    static int one = 1, two = 2;
    struct arena *mem = arena_new("test");
    arena_defer(mem, note, &one);
    arena_defer(mem, note, &two);
    arena_free(&mem);
    CHECK_INT(calls, 2);
    CHECK_INT(order[0], 2);
    CHECK_INT(order[1], 1);
}

TEST(arena, keeps_what_it_copies_when_an_array_grows)
{
    struct arena *mem = arena_new("test");
    int *few = arena_array(mem, 2, int);
    few[0] = 7, few[1] = 8;
    const int *many = arena_grow(mem, few, 2 * sizeof(int), 1000 * sizeof(int));
    CHECK_INT(many[0] + many[1], 15);
    CHECK_INT(many[999], 0);
    arena_free(&mem);
}

TEST(arena, gives_a_list_room_for_one_more_and_keeps_what_is_in_it)
{
    struct arena *mem = arena_new("test");
    int *list = NULL;
    size_t n = 0, capacity = 0;
    for (int i = 0; i < 1000; i++) {
        ARENA_ROOM(mem, list, n, capacity);
        CHECK_INT(list[n], 0);
        list[n++] = i + 1;
    }
    CHECK(capacity >= 1000);
    for (int i = 0; i < 1000; i++)
        CHECK_INT(list[i], i + 1);
    int *const same = list;
    while (n < capacity)
        n++;
    n--;
    ARENA_ROOM(mem, list, n, capacity);
    CHECK(list == same); /* there was room */
    arena_free(&mem);
}
