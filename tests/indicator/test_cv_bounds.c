/* The limits of an undecided coefficient, against brute force. */
#include "bed.h"

#include "indicator/cv.h"
#include "indicator/cv_bounds.h"

enum { MOST = 40 };

struct units_here { double pupils[MOST], value[MOST]; size_t n; };

static double cv_of(const struct units_here *u)
{
    double amount[MOST];
    for (size_t i = 0; i < u->n; i++)
        amount[i] = u->value[i] * u->pupils[i];
    return cv_between_schools(u->pupils, amount, u->value, u->n, 1).cv;
}

static struct units_here some_units(struct dice *dice, size_t known)
{
    struct units_here u = { .n = known };
    for (size_t i = 0; i < known; i++) {
        u.pupils[i] = (double)throw_between(dice, 1, throw_chance(dice, 0.2) ? 5000 : 600);
        u.value[i] = throw_chance(dice, 0.15) ? 0 : (double)throw_between(dice, 0, 1000) / 100;
    }
    return u;
}

static void range_of(const struct units_here *u, size_t known, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < known; i++) {
        *low = fmin(*low, u->value[i]);
        *high = fmax(*high, u->value[i]);
    }
}

TEST(cv_bounds, hold_the_truth_and_are_reached_at_the_corners)
{
    struct dice dice = { 11 };
    for (int turn = 0; turn < 400; turn++) {
        const size_t known = (size_t)throw_between(&dice, 1, 12), missing = (size_t)throw_between(&dice, 1, 7);
        struct units_here u = some_units(&dice, known);
        double low, high, greatest = 0;
        range_of(&u, known, &low, &high);
        if (high <= 0)
            continue;
        u.n = known + missing;
        for (size_t i = known; i < u.n; i++) {
            u.pupils[i] = (double)throw_between(&dice, 1, 900);
            u.value[i] = BLANK;
        }
        const struct cv_bounds b = cv_between_limits(u.pupils, u.value, u.n);
        for (unsigned corner = 0; corner < 1u << missing; corner++) {
            for (size_t i = 0; i < missing; i++)
                u.value[known + i] = corner >> i & 1 ? high : low;
            greatest = fmax(greatest, cv_of(&u));
        }
        CHECK_NEAR(b.high, greatest, 1e-12);
        for (int sample = 0; sample < 60; sample++) {
            for (size_t i = known; i < u.n; i++)
                u.value[i] = low + (high - low) * throw_unit(&dice);
            CHECK(cv_of(&u) <= b.high + 1e-12 && cv_of(&u) >= b.low - 1e-12);
        }
        double least = INFINITY; /* all alike, on a fine grid */
        for (int step = 0; step <= 2000; step++) {
            for (size_t i = known; i < u.n; i++)
                u.value[i] = low + (high - low) * step / 2000;
            least = fmin(least, cv_of(&u));
        }
        CHECK(b.low <= least + 1e-12 && b.low >= least - 1e-4);
    }
}

TEST(cv_bounds, range_over_pupils_too_where_these_are_missing)
{
    struct dice dice = { 12 };
    for (int turn = 0; turn < 300; turn++) {
        const size_t known = (size_t)throw_between(&dice, 1, 10), sized = (size_t)throw_between(&dice, 0, 3);
        const size_t unsized = (size_t)throw_between(&dice, 1, 3);
        struct units_here u = some_units(&dice, known);
        double low, high, fewest = INFINITY, most = 0, greatest = 0;
        range_of(&u, known, &low, &high);
        if (high <= 0)
            continue;
        u.n = known + sized + unsized;
        for (size_t i = known; i < u.n; i++) {
            u.pupils[i] = i < known + sized ? (double)throw_between(&dice, 1, 900) : BLANK;
            u.value[i] = BLANK;
        }
        for (size_t i = 0; i < known + sized; i++) {
            fewest = fmin(fewest, u.pupils[i]);
            most = fmax(most, u.pupils[i]);
        }
        const struct cv_bounds b = cv_between_limits(u.pupils, u.value, u.n);
        for (int sample = 0; sample < 1500; sample++) {
            const bool corner = throw_chance(&dice, 0.6);
            for (size_t i = known; i < u.n; i++) {
                u.value[i] = corner ? (throw_chance(&dice, 0.5) ? high : low) : low + (high - low) * throw_unit(&dice);
                if (i >= known + sized) {
                    const double size = fewest + (most - fewest) * throw_unit(&dice);
                    u.pupils[i] = throw_chance(&dice, 0.4) ? fewest : throw_chance(&dice, 0.6) ? most : size;
                }
            }
            const double cv = cv_of(&u);
            greatest = fmax(greatest, cv);
            CHECK(cv <= b.high + 1e-12 && cv >= b.low - 1e-12);
        }
        if (sized + unsized <= 3)
            CHECK(b.high <= greatest * 1.02 + 1e-12); /* no wider than sampling comes near to */
    }
}

TEST(cv_bounds, are_never_too_narrow_for_many_missing)
{
    struct dice dice = { 13 };
    for (int turn = 0; turn < 200; turn++) {
        const size_t known = 5, missing = 20, unsized = turn % 2 ? 3 : 0;
        struct units_here u = some_units(&dice, known);
        double low, high, fewest = INFINITY, most = 0;
        u.value[0] = 3; /* so that something is there */
        range_of(&u, known, &low, &high);
        u.n = known + missing;
        for (size_t i = known; i < u.n; i++) {
            u.pupils[i] = i + unsized < u.n ? (double)throw_between(&dice, 1, 900) : BLANK;
            u.value[i] = BLANK;
        }
        for (size_t i = 0; i < u.n - unsized; i++) {
            fewest = fmin(fewest, u.pupils[i]);
            most = fmax(most, u.pupils[i]);
        }
        const struct cv_bounds b = cv_between_limits(u.pupils, u.value, u.n);
        for (int sample = 0; sample < 300; sample++) {
            const double share = throw_unit(&dice);
            for (size_t i = known; i < u.n; i++) {
                u.value[i] = throw_chance(&dice, share) ? high : low;
                if (i + unsized >= u.n)
                    u.pupils[i] = throw_chance(&dice, 0.5) ? fewest : most;
            }
            const double cv = cv_of(&u);
            CHECK(cv <= b.high + 1e-12 && cv >= b.low - 1e-12);
        }
    }
}

TEST(cv_bounds, have_no_upper_end_where_nobody_reported)
{
    const double pupils[] = { 100, BLANK, 50 }, value[] = { BLANK, BLANK, BLANK };
    const struct cv_bounds b = cv_between_limits(pupils, value, 3);
    CHECK_NEAR(b.low, 0, 0);
    CHECK_BLANK(b.high);
    CHECK(!b.nothing);
}

TEST(cv_bounds, say_when_all_who_reported_have_nothing)
{
    const double pupils[] = { 100, 70, 50 }, value[] = { 0, 0, BLANK };
    const struct cv_bounds b = cv_between_limits(pupils, value, 3);
    CHECK(b.nothing);
    CHECK_BLANK(b.low);
    CHECK_BLANK(b.high);
}

TEST(cv_bounds, meet_where_all_who_reported_are_alike)
{
    const double pupils[] = { 100, 70, BLANK }, value[] = { 2, 2, BLANK };
    const struct cv_bounds b = cv_between_limits(pupils, value, 3);
    CHECK_NEAR(b.low, 0, 1e-15);
    CHECK_NEAR(b.high, 0, 1e-15);
}
