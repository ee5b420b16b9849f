#include "check.h"

#include "base/arena.h"
#include "model/waiting.h"

TEST(waiting, puts_what_came_back_first_then_what_is_due_and_others_last)
{
    struct arena *mem = arena_new("test");
    struct waiting_list list = { .mem = mem };
    waiting_add(&list, &(struct waiting){ .what = TEXT("others"), .whose = WAITING_FOR_OTHERS, .due = 1 });
    waiting_add(&list, &(struct waiting){ .what = TEXT("no date") });
    waiting_add(&list, &(struct waiting){ .what = TEXT("late"), .due = 10 });
    waiting_add(&list, &(struct waiting){ .what = TEXT("back"), .due = 90, .came_back = TEXT("「在校生」与学籍不符") });
    waiting_add(&list, &(struct waiting){ .what = TEXT("sooner, longer"), .due = 10, .since = -5 });
    waiting_sort(&list);
    static const char *const order[] = { "back", "sooner, longer", "late", "no date", "others" };
    for (size_t i = 0; i < COUNT(order); i++)
        CHECK_TEXT(list.at[i].what, order[i]);
    for (int i = 0; i < 40; i++) /* it grows, and keeps what it has */
        waiting_add(&list, &list.at[0]);
    CHECK_INT(list.n, 45);
    CHECK_TEXT(list.at[44].what, "back");
    arena_free(&mem);
}
