/* The sample of schools: drawn again by anyone, in proportion, from every stratum. */
#include "check.h"

#include "work/draw.h"

#include <stdio.h>

static const struct draw_candidate TEN[] = {
    { { "3141000001", sizeof "3141000001" - 1 }, { "甲小学", sizeof "甲小学" - 1 }, { "城区", sizeof "城区" - 1 } }, { { "3141000002", sizeof "3141000002" - 1 }, { "乙小学", sizeof "乙小学" - 1 }, { "城区", sizeof "城区" - 1 } },
    { { "3141000003", sizeof "3141000003" - 1 }, { "丙小学", sizeof "丙小学" - 1 }, { "城区", sizeof "城区" - 1 } }, { { "3141000004", sizeof "3141000004" - 1 }, { "丁小学", sizeof "丁小学" - 1 }, { "城区", sizeof "城区" - 1 } },
    { { "3141000005", sizeof "3141000005" - 1 }, { "戊小学", sizeof "戊小学" - 1 }, { "城区", sizeof "城区" - 1 } }, { { "3141000006", sizeof "3141000006" - 1 }, { "己小学", sizeof "己小学" - 1 }, { "城区", sizeof "城区" - 1 } },
    { { "3141000007", sizeof "3141000007" - 1 }, { "庚小学", sizeof "庚小学" - 1 }, { "乡村", sizeof "乡村" - 1 } }, { { "3141000008", sizeof "3141000008" - 1 }, { "辛小学", sizeof "辛小学" - 1 }, { "乡村", sizeof "乡村" - 1 } },
    { { "3141000009", sizeof "3141000009" - 1 }, { "壬小学", sizeof "壬小学" - 1 }, { "乡村", sizeof "乡村" - 1 } }, { { "3141000010", sizeof "3141000010" - 1 }, { "癸小学", sizeof "癸小学" - 1 }, { "镇区", sizeof "镇区" - 1 } },
};

/* printf '%s|%s' '2026-11-25 福彩3D 4 0 7' 3141000001 | sha256sum */
#define SEED TEXT("2026-11-25 福彩3D 4 0 7")

static struct draw drawn(const struct draw_candidate *candidates, size_t n, size_t wanted, struct arena *mem)
{
    struct draw draw;
    struct err err;
    CHECK_OK(draw_sample(candidates, n, SEED, wanted, mem, &draw, &err), err);
    return draw;
}

static struct text codes(const struct draw *draw, struct arena *mem)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < draw->n; i++)
        if (draw->at[i].taken)
            buf_printf(&out, "%s%.*s", out.size ? " " : "", 2, TEN[draw->at[i].candidate].code.at + 8);
    return buf_text(&out);
}

TEST(draw, is_what_sha256sum_gives_by_hand)
{
    struct arena *mem = arena_new("test");
    const struct draw draw = drawn(TEN, COUNT(TEN), 5, mem);
    CHECK_INT(draw.n_strata, 3);
    CHECK_TEXT(draw.strata[0].name, "乡村");     /* e4 b9, before e5 9f 城区, before e9 95 镇区 */
    CHECK_TEXT(text_of(draw.at[0].digest), "200b932181792cf3be40cd42afbf0025af624a20221d8b8c35cd3aa8b23ae215");
    CHECK_TEXT(codes(&draw, mem), "08 01 05 02 10");
    arena_free(&mem);
}

TEST(draw, gives_places_in_proportion_and_one_to_every_stratum)
{
    /* 6, 3 and 1 schools.  5: one each, then 6÷3 > 3÷3 and 6÷5 > 3÷3.  6: then 3÷3 > 6÷7.  10: all. */
    static const size_t WANTED[][4] = { { 3, 1, 1, 1 }, { 4, 1, 2, 1 }, { 5, 1, 3, 1 }, { 6, 2, 3, 1 }, { 7, 2, 4, 1 }, { 10, 3, 6, 1 } };
    for (size_t i = 0; i < COUNT(WANTED); i++) {
        struct arena *mem = arena_new("test");
        const struct draw draw = drawn(TEN, COUNT(TEN), WANTED[i][0], mem);
        for (size_t k = 0; k < 3; k++)
            CHECK_INT(draw.strata[k].taken, WANTED[i][k + 1]);
        CHECK_INT(draw.n_taken, WANTED[i][0]);
        arena_free(&mem);
    }
}

TEST(draw, does_not_hang_on_the_order_in_which_schools_are_given)
{
    struct arena *mem = arena_new("test");
    struct draw_candidate turned[COUNT(TEN)];
    for (size_t i = 0; i < COUNT(TEN); i++)
        turned[i] = TEN[COUNT(TEN) - 1 - i];
    const struct draw one = drawn(TEN, COUNT(TEN), 6, mem), other = drawn(turned, COUNT(TEN), 6, mem);
    for (size_t i = 0; i < one.n; i++) {
        CHECK(text_equal(TEN[one.at[i].candidate].code, turned[other.at[i].candidate].code));
        CHECK_INT(one.at[i].taken, other.at[i].taken);
    }
    arena_free(&mem);
}

TEST(draw, only_adds_schools_when_more_are_wanted)
{
    struct arena *mem = arena_new("test");
    for (size_t wanted = 3; wanted < COUNT(TEN); wanted++) {
        const struct draw few = drawn(TEN, COUNT(TEN), wanted, mem), more = drawn(TEN, COUNT(TEN), wanted + 1, mem);
        for (size_t i = 0; i < few.n; i++)
            CHECK(!few.at[i].taken || more.at[i].taken);
    }
    arena_free(&mem);
}

TEST(draw, refuses_what_cannot_be_drawn_and_says_what_to_do)
{
    struct arena *mem = arena_new("test");
    struct draw draw;
    struct err err;
    CHECK(!draw_sample(TEN, COUNT(TEN), SEED, 2, mem, &draw, &err));
    CHECK_CONTAINS(text_of(err.what), "分成 3 层");
    CHECK_CONTAINS(text_of(err.hint), "至少抽 3 所");
    CHECK(!draw_sample(TEN, COUNT(TEN), SEED, 11, mem, &draw, &err));
    CHECK_CONTAINS(text_of(err.what), "可抽的学校只有 10 所");
    CHECK(!draw_sample(TEN, COUNT(TEN), TEXT("12345"), 5, mem, &draw, &err));
    CHECK_CONTAINS(text_of(err.what), "6 到 120 个字");
    CHECK(!draw_sample(TEN, COUNT(TEN), TEXT("2026|407"), 5, mem, &draw, &err));
    CHECK_CONTAINS(text_of(err.what), "竖线");
    CHECK(!draw_sample(TEN, 0, SEED, 1, mem, &draw, &err));
    arena_free(&mem);
}
