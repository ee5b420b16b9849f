#include "bed.h"

#include "indicator/verdict.h"

static const struct level *level_of(enum stage stage, size_t l)
{
    return &bed_edition("cn-2017")->stages[stage].levels[l];
}

static enum state exact(__int128 has, __int128 asked, __int128 floor_asked)
{
    return has >= asked ? STATE_MET : has >= floor_asked ? STATE_NEAR : STATE_BELOW;
}

/* L1 of a primary school: 100·T/n ≥ 4.2 ⇔ 1000·T ≥ 42·n; the floor 3.57 ⇔ 10000·T ≥ 357·n. */
TEST(verdict, decides_heads_as_whole_numbers_do)
{
    static const struct { enum stage stage; size_t level; long tenths, floor; long per_floor; } OF[] = {
        { STAGE_PRIMARY, 0, 42, 357, 10000 },  { STAGE_PRIMARY, 1, 10, 85, 10000 },  { STAGE_PRIMARY, 2, 9, 765, 100000 },
        { STAGE_PRIMARY, 6, 23, 1955, 100000 }, { STAGE_JUNIOR, 0, 53, 4505, 100000 }, { STAGE_JUNIOR, 6, 24, 204, 10000 },
    };
    struct dice dice = { 21 };
    for (int turn = 0; turn < 10000; turn++) {
        const size_t i = (size_t)throw_between(&dice, 0, (long)COUNT(OF) - 1);
        const long n = throw_between(&dice, 1, 20000);
        const bool floor = throw_chance(&dice, 0.5);
        const long at = floor ? OF[i].floor * n / OF[i].per_floor : OF[i].tenths * n / 1000;
        const long heads = at + throw_between(&dice, at > 0 ? -1 : 0, 1); /* on the boundary or beside it */
        CHECK_INT(verdict_of_level(level_of(OF[i].stage, OF[i].level), (double)heads, (double)n),
                  exact((__int128)heads * 1000, (__int128)OF[i].tenths * n, (__int128)OF[i].floor * n * 1000 / OF[i].per_floor +
                        ((__int128)OF[i].floor * n * 1000 % OF[i].per_floor ? 1 : 0)));
    }
}

/* L4 with areas of two decimals: A/n ≥ 4.5 ⇔ 10·(100·A) ≥ 45·100·n. */
TEST(verdict, decides_areas_with_decimals_as_whole_numbers_do)
{
    static const struct { enum stage stage; size_t level; long thousandths; } OF[] = {
        { STAGE_PRIMARY, 3, 4500 }, { STAGE_PRIMARY, 4, 7500 }, { STAGE_JUNIOR, 3, 5800 }, { STAGE_JUNIOR, 4, 10200 },
        { STAGE_PRIMARY, 5, 2000000 }, { STAGE_JUNIOR, 5, 2500000 },
    };
    struct dice dice = { 22 };
    for (int turn = 0; turn < 10000; turn++) {
        const size_t i = (size_t)throw_between(&dice, 0, (long)COUNT(OF) - 1);
        const long n = throw_between(&dice, 1, 90000);
        const __int128 asked = (__int128)OF[i].thousandths * n, floor_asked = asked * 85 / 100 + (asked * 85 % 100 ? 1 : 0);
        const long cents = (long)((throw_chance(&dice, 0.5) ? asked : floor_asked) / 10) + throw_between(&dice, -1, 1);
        CHECK_INT(verdict_of_level(level_of(OF[i].stage, OF[i].level), (double)cents / 100, (double)n),
                  exact((__int128)cents * 10 * 100, asked * 100, asked * 85));
    }
}

TEST(verdict, of_a_unit_is_unmet_once_nothing_can_heal_it)
{
    CHECK_INT(verdict_of_unit(6, 7, 0, 0, 0), STATE_MET);
    CHECK_INT(verdict_of_unit(6, 6, 1, 0, 0), STATE_MET);
    CHECK_INT(verdict_of_unit(6, 6, 0, 1, 0), STATE_BELOW);
    CHECK_INT(verdict_of_unit(6, 5, 2, 0, 0), STATE_BELOW);
    CHECK_INT(verdict_of_unit(6, 6, 0, 0, 1), STATE_NO_DATA);
    CHECK_INT(verdict_of_unit(6, 5, 1, 0, 1), STATE_NO_DATA);
    CHECK_INT(verdict_of_unit(6, 4, 2, 0, 1), STATE_BELOW);
    CHECK_INT(verdict_of_unit(6, 5, 0, 1, 1), STATE_BELOW);
    CHECK_INT(verdict_of_unit(6, 0, 0, 0, 7), STATE_NO_DATA);
    CHECK_INT(verdict_of_unit(6, 0, 0, 0, 0), STATE_NOT_APPLICABLE);
}

TEST(verdict, of_a_coefficient_follows_its_limits)
{
    CHECK_INT(verdict_of_cv(0.5, 0.5, 0.5), STATE_MET);
    CHECK_INT(verdict_of_cv(0.5, 0.5 + 1e-10, 0.5 + 1e-10), STATE_MET);
    CHECK_INT(verdict_of_cv(0.5, 0.5 + 1e-8, 0.5 + 1e-8), STATE_BELOW);
    CHECK_INT(verdict_of_cv(0.5, 0.1, 0.49), STATE_MET);
    CHECK_INT(verdict_of_cv(0.5, 0.51, 0.9), STATE_BELOW);
    CHECK_INT(verdict_of_cv(0.5, 0.4, 0.6), STATE_NO_DATA);
    CHECK_INT(verdict_of_cv(0.5, 0, BLANK), STATE_NO_DATA);
    CHECK_INT(verdict_of_cv(BLANK, 0, 0), STATE_NOT_APPLICABLE);
}

TEST(verdict, is_close_within_two_hundredths_or_where_rounding_hides_a_failure)
{
    const struct level *l1 = level_of(STAGE_PRIMARY, 0); /* 4.2, floor 3.57 */
    CHECK(verdict_close_to_level(l1, 0.02, 4.2, STATE_MET));
    CHECK(verdict_close_to_level(l1, 0.02, 4.284, STATE_MET));
    CHECK(!verdict_close_to_level(l1, 0.02, 4.285, STATE_MET));
    CHECK(verdict_close_to_level(l1, 0.02, 3.5, STATE_BELOW));
    CHECK(!verdict_close_to_level(l1, 0.02, 3.9, STATE_NEAR));
    CHECK(verdict_close_to_level(l1, 0, 4.195, STATE_NEAR));  /* reads 4.20 */
    CHECK(!verdict_close_to_level(l1, 0, 4.194, STATE_NEAR)); /* reads 4.19 */
    CHECK(!verdict_close_to_level(l1, 0.02, BLANK, STATE_NO_DATA));
    CHECK(verdict_close_to_cv(0.5, 0.02, 0.491));
    CHECK(!verdict_close_to_cv(0.5, 0.02, 0.489));
    CHECK(verdict_close_to_cv(0.5, 0, 0.5004));
    CHECK(!verdict_close_to_cv(0.5, 0, 0.5006));
    CHECK(!verdict_close_to_cv(0.5, 0.02, BLANK));
}

TEST(verdict, of_a_number_keeps_the_strict_limit_strict)
{
    CHECK_INT(verdict_of_number(COMPARE_BELOW, 0.15, 0.15), STATE_BELOW);
    CHECK_INT(verdict_of_number(COMPARE_BELOW, 0.15, 0.1 + 0.05), STATE_BELOW);
    CHECK_INT(verdict_of_number(COMPARE_BELOW, 0.15, 0.1499), STATE_MET);
    CHECK_INT(verdict_of_number(COMPARE_AT_LEAST, 0.85, 17.0 / 20), STATE_MET);
    CHECK_INT(verdict_of_number(COMPARE_AT_LEAST, 0.3, 0.1 * 3 - 1e-17), STATE_MET);
    CHECK_INT(verdict_of_number(COMPARE_AT_LEAST, 0.85, 0.8499), STATE_BELOW);
    CHECK_INT(verdict_of_number(COMPARE_AT_MOST, 0, 0), STATE_MET);
    CHECK_INT(verdict_of_number(COMPARE_AT_MOST, 0, 1), STATE_BELOW);
    CHECK_INT(verdict_of_number(COMPARE_AT_LEAST, 1, BLANK), STATE_NO_DATA);
    CHECK_INT(verdict_of_number(COMPARE_NONE, BLANK, 3), STATE_MET);
}
