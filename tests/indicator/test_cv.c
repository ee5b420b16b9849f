#include "bed.h"

#include "indicator/cv.h"
#include "indicator/cv_table.h"

/* Books in five primary schools: a published worked example that prints 0.52 (domain specification §2.9).
 * Forgetting the weights would give 0.4888, and the sample's 0.5465. */
static const double PUPILS[] = { 45, 37, 89, 76, 55 }, BOOKS[] = { 279, 137, 935, 160, 402 };

static struct spread spread_of(const double *pupils, const double *amount, size_t n, double per)
{
    double value[300];
    for (size_t i = 0; i < n; i++)
        value[i] = per * amount[i] / pupils[i];
    return cv_between_schools(pupils, amount, value, n, per);
}

TEST(cv, agrees_with_the_published_five_school_example)
{
    const struct spread s = spread_of(PUPILS, BOOKS, 5, 1);
    CHECK_NEAR(s.mean, 6.3344, 5e-5);
    CHECK_NEAR(s.sd, 3.2639, 5e-5);
    CHECK_NEAR(s.cv, 0.515257, 1e-6);
    CHECK_NEAR(spread_of(PUPILS, BOOKS, 5, 100).cv, s.cv, 1e-15);
    CHECK_NEAR(spread_of(PUPILS, BOOKS, 5, 100).mean, 633.4437, 5e-4);
}

TEST(cv, is_zero_when_every_pupil_has_the_same)
{
    static const double same[] = { 90, 74, 178, 152, 110 };
    CHECK_NEAR(spread_of(PUPILS, same, 5, 1).cv, 0, 0);
    CHECK_NEAR(spread_of(PUPILS, same, 1, 1).cv, 0, 0);
}

/* 2574 m² split by 440 of 1100, divided by 400 pupils, is not quite 3003 by 700: the rounding is no spread. */
TEST(cv, takes_the_rounding_of_equal_units_for_no_spread)
{
    const double pupils[] = { 700, 400 }, amount[] = { 5005, 7865 * (440 / 1210.0) };
    double value[] = { 7.15, 7.150000000000001 }, share[2];
    const struct spread s = cv_between_schools(pupils, amount, value, 2, 1);
    CHECK_NEAR(s.sd, 0, 0);
    CHECK_NEAR(s.cv, 0, 0);
    cv_shares(pupils, value, 2, s, share);
    CHECK_BLANK(share[0]);
    value[1] = 7.1500001;
    CHECK(cv_between_schools(pupils, amount, value, 2, 1).cv > 0);
}

TEST(cv, counts_a_school_that_has_none_as_zero)
{
    static const double one_has[] = { 0, 100 }, pupils[] = { 100, 100 };
    CHECK_NEAR(spread_of(pupils, one_has, 2, 1).cv, 1, 1e-15);
}

TEST(cv, cannot_be_computed_when_the_county_has_nothing)
{
    static const double none[] = { 0, 0, 0, 0, 0 };
    const struct spread s = spread_of(PUPILS, none, 5, 1);
    CHECK_NEAR(s.mean, 0, 0);
    CHECK_BLANK(s.cv);
}

TEST(cv, is_blank_where_a_figure_is_missing_or_nobody_is_there)
{
    const double missing[] = { 279, BLANK, 935, 160, 402 }, unsized[] = { 45, 37, BLANK, 76, 55 };
    CHECK_BLANK(spread_of(PUPILS, missing, 5, 1).cv);
    CHECK_BLANK(spread_of(PUPILS, missing, 5, 1).mean);
    CHECK_BLANK(spread_of(unsized, BOOKS, 5, 1).cv);
    CHECK_BLANK(spread_of(unsized, BOOKS, 5, 1).pupils);
    CHECK_BLANK(spread_of(PUPILS, BOOKS, 0, 1).cv);
}

TEST(cv, keeps_its_digits_when_schools_are_nearly_alike)
{
    /* 10⁸ ± 1: the deviation is 1e-8 of the mean; a sum of squares in one pass would lose it all. */
    static const double pupils[] = { 1, 1, 1, 1 }, amount[] = { 1e8 + 1, 1e8 - 1, 1e8 + 1, 1e8 - 1 };
    CHECK_NEAR(spread_of(pupils, amount, 4, 1).cv, 1e-8, 1e-22);
}

TEST(cv, has_shares_that_add_up_to_one)
{
    struct dice dice = { 3 };
    double pupils[203], amount[203], value[203], share[203];
    for (size_t n = 1; n <= 203; n += 2) {
        for (size_t i = 0; i < n; i++) {
            pupils[i] = (double)throw_between(&dice, 1, 3000);
            amount[i] = (double)throw_between(&dice, 0, 9000);
            value[i] = amount[i] / pupils[i];
        }
        const struct spread s = cv_between_schools(pupils, amount, value, n, 1);
        cv_shares(pupils, value, n, s, share);
        if (s.sd > 0)
            CHECK_NEAR(cv_sum(share, n), 1, 1e-12);
        else
            CHECK_BLANK(share[0]);
    }
}

TEST(cv, of_a_table_leaves_out_rows_without_pupils_and_keeps_groups_apart)
{
    const double pupils[] = { 45, 0, 37, 100, 89, BLANK, 76, 55, 100 };
    const double books[] = { 279, 5, 137, 300, 935, 9, 160, 402, BLANK };
    const uint32_t group[] = { 0, 0, 0, 1, 0, 1, 0, 0, 2 };
    struct arena *mem = arena_new("table");
    const struct cv_group *g = cv_of_table(pupils, books, group, 9, 3, 1, mem);
    CHECK_INT(g[0].schools, 5);
    CHECK_INT(g[0].left_out, 1);
    CHECK_NEAR(g[0].pupils, 302, 0);
    CHECK_NEAR(g[0].cv, 0.515257, 1e-6);
    CHECK_INT(g[1].schools, 1);
    CHECK_INT(g[1].left_out, 1);
    CHECK_NEAR(g[1].mean, 3, 0);
    CHECK_NEAR(g[1].cv, 0, 0);
    CHECK_BLANK(g[2].cv);
    const struct cv_group *all = cv_of_table(pupils, books, NULL, 8, 1, 1, mem);
    CHECK_INT(all->schools, 6);
    CHECK_INT(all->left_out, 2);
    arena_free(&mem);
}
