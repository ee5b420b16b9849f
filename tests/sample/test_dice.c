#include "check.h"
#include "sample/dice.h"

/* The reference implementation's first output from the state 1, 2, 3, 4. */
TEST(dice, throws_as_the_published_generator_does)
{
    struct dice dice = { { 1, 2, 3, 4 } };
    CHECK(dice_next(&dice) == 11520);
    CHECK(dice_next(&dice) == 0);
    CHECK(dice_next(&dice) == 1509978240);
    CHECK(dice_next(&dice) == 1215971899390074240u);
}

TEST(dice, falls_the_same_for_the_same_seed_and_otherwise_for_another_stream)
{
    struct dice a, b, c;
    dice_seed(&a, 7, 3);
    dice_seed(&b, 7, 3);
    dice_seed(&c, 7, 4);
    for (int i = 0; i < 100; i++) {
        const uint64_t x = dice_next(&a);
        CHECK(x == dice_next(&b));
        CHECK(x != dice_next(&c));
    }
}

TEST(dice, stays_within_its_bounds_and_reaches_both_ends)
{
    struct dice dice;
    bool low = false, high = false;
    dice_seed(&dice, 1, 1);
    for (int i = 0; i < 1000; i++) {
        const int x = dice_between(&dice, -2, 3);
        CHECK(x >= -2 && x <= 3);
        low = low || x == -2;
        high = high || x == 3;
        const double share = dice_share(&dice);
        CHECK(share >= 0.0 && share < 1.0);
    }
    CHECK(low && high);
}

TEST(dice, has_a_bell_of_mean_0_and_deviation_1)
{
    struct dice dice;
    double sum = 0.0, squares = 0.0;
    enum { THROWS = 100000 };
    dice_seed(&dice, 1, 2);
    for (int i = 0; i < THROWS; i++) {
        const double x = dice_bell(&dice);
        sum += x;
        squares += x * x;
    }
    CHECK_NEAR(sum / THROWS, 0.0, 0.02);
    CHECK_NEAR(squares / THROWS, 1.0, 0.02);
}
