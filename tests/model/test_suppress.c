/* Published tables: nothing hidden can be worked out from what is shown. */
#include "check.h"

#include "model/suppress.h"

#include <math.h>

enum { ROWS = 3, COLUMNS = 3, ALL = (ROWS + 1) * (COLUMNS + 1) };

static void sums(double count[ALL])
{
    for (size_t c = 0; c <= COLUMNS; c++)
        count[ROWS * (COLUMNS + 1) + c] = 0;
    for (size_t r = 0; r < ROWS; r++) {
        count[r * (COLUMNS + 1) + COLUMNS] = 0;
        for (size_t c = 0; c < COLUMNS; c++)
            count[r * (COLUMNS + 1) + COLUMNS] += count[r * (COLUMNS + 1) + c];
        for (size_t c = 0; c <= COLUMNS; c++)
            count[ROWS * (COLUMNS + 1) + c] += count[r * (COLUMNS + 1) + c];
    }
}

static size_t hidden_of(const bool hidden[ALL])
{
    size_t n = 0;
    for (size_t i = 0; i < ALL; i++)
        n += hidden[i];
    return n;
}

TEST(suppress, shows_a_table_without_small_cells_as_it_is)
{
    double count[ALL] = { 20, 30, 0, 0, 41, 12, 13, 0, 99, 10, 77, 0 };
    bool hidden[ALL];
    sums(count);
    CHECK(suppress(&(struct suppress_table){ ROWS, COLUMNS, count, hidden }));
    CHECK_INT(hidden_of(hidden), 0);
}

TEST(suppress, hides_a_small_cell_and_others_with_it)
{
    double count[ALL] = { 3, 30, 25, 0, 41, 12, 13, 0, 99, 20, 77, 0 };
    bool hidden[ALL];
    sums(count);
    const struct suppress_table table = { ROWS, COLUMNS, count, hidden };
    CHECK(suppress(&table));
    CHECK(hidden[0]);
    CHECK(!hidden[ALL - 1]);
    CHECK_INT(hidden_of(hidden), 4);   /* one alone in a row or column could be told by subtraction */
    const struct suppress_interval told = suppress_told(&table, 0, 0);
    CHECK(told.high - told.low >= SUPPRESS_WIDTH);
}

TEST(suppress, tells_what_a_single_hidden_cell_gives_away)
{
    double count[ALL] = { 3, 30, 25, 0, 41, 12, 13, 0, 99, 20, 77, 0 };
    bool hidden[ALL] = { true };
    sums(count);
    const struct suppress_interval told = suppress_told(&(struct suppress_table){ ROWS, COLUMNS, count, hidden }, 0, 0);
    CHECK_NEAR(told.low, 3, 0);
    CHECK_NEAR(told.high, 3, 0);
}

/* Four hidden cells whose sums are small: their circle leaves each of them no more than a width of 4. */
TEST(suppress, hides_more_where_four_cells_would_not_do)
{
    double count[ALL] = { 2, 2, 50, 0, 2, 2, 60, 0, 70, 80, 90, 0 };
    bool hidden[ALL];
    sums(count);
    const struct suppress_table table = { ROWS, COLUMNS, count, hidden };
    CHECK(suppress(&table));
    CHECK(hidden_of(hidden) > 4);
    for (size_t i = 0; i < ALL; i++)
        if (hidden[i]) {
            const struct suppress_interval told = suppress_told(&table, i / (COLUMNS + 1), i % (COLUMNS + 1));
            CHECK(told.high - told.low >= SUPPRESS_WIDTH);
        }
}

TEST(suppress, refuses_what_does_not_add_up_or_is_missing)
{
    double count[ALL] = { 3, 30, 25, 0, 41, 12, 13, 0, 99, 20, 77, 0 };
    bool hidden[ALL];
    sums(count);
    count[ALL - 1]++;
    CHECK(!suppress(&(struct suppress_table){ ROWS, COLUMNS, count, hidden }));
    count[ALL - 1] = NAN;
    CHECK(!suppress(&(struct suppress_table){ ROWS, COLUMNS, count, hidden }));
}

/* Against the plain way: every table of whole numbers that shows the same cells is tried. */
static void by_trying(const double count[9], const bool hidden[9], double low[4], double high[4])
{
    /* Two rows and two columns: four cells, five sums. */
    for (size_t i = 0; i < 4; i++)
        low[i] = HUGE_VAL, high[i] = -HUGE_VAL;
    for (int a = 0; a <= 30; a++)
        for (int b = 0; b <= 30; b++)
            for (int c = 0; c <= 30; c++)
                for (int d = 0; d <= 30; d++) {
                    const double x[9] = { a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d };
                    bool same = true;
                    for (size_t i = 0; i < 9 && same; i++)
                        same = hidden[i] || x[i] == count[i];
                    for (size_t i = 0; i < 4 && same; i++) {
                        const double v = x[i / 2 * 3 + i % 2];
                        low[i] = v < low[i] ? v : low[i];
                        high[i] = v > high[i] ? v : high[i];
                    }
                }
}

TEST(suppress, tells_exactly_what_trying_every_table_tells)
{
    unsigned seed = 7;
    for (int round = 0; round < 12; round++) {
        double count[9];
        bool hidden[9] = { false };
        for (size_t i = 0; i < 4; i++) {
            seed = seed * 1103515245u + 12345u;
            count[i / 2 * 3 + i % 2] = (seed >> 16) % 9;
        }
        count[2] = count[0] + count[1], count[5] = count[3] + count[4];
        count[6] = count[0] + count[3], count[7] = count[1] + count[4], count[8] = count[2] + count[5];
        for (size_t i = 0; i < 8; i++) {
            seed = seed * 1103515245u + 12345u;
            hidden[i] = (seed >> 16) % 3 != 0;
        }
        double low[4], high[4];
        by_trying(count, hidden, low, high);
        const struct suppress_table table = { 2, 2, count, hidden };
        for (size_t i = 0; i < 4; i++) {
            if (!hidden[i / 2 * 3 + i % 2])
                continue;
            const struct suppress_interval told = suppress_told(&table, i / 2, i % 2);
            CHECK_NEAR(told.low, low[i], 0);
            CHECK_NEAR(told.high, high[i], 0);
        }
    }
}

TEST(suppress, codes_shares_near_the_ends_and_of_few)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(suppress_share(mem, 0.884, 400, false), "88.4%");
    CHECK_TEXT(suppress_share(mem, 0.97, 400, false), "高于95%");
    CHECK_TEXT(suppress_share(mem, 0.02, 400, false), "低于5%");
    CHECK_TEXT(suppress_share(mem, 0.5, 9, false), "");
    arena_free(&mem);
}
