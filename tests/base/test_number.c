#include "check.h"

#include <stdlib.h>

TEST(number, reads_what_it_prints_as_the_same_double)
{
    uint64_t seed = 42;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double x;
        if (i % 3 == 0)
            memcpy(&x, &seed, sizeof x);
        else
            x = (double)(seed >> 11) / (double)(1ull << 40) / (i % 7 + 1);
        if (!isfinite(x))
            continue;
        char text[NUMBER_SIZE];
        const size_t size = number_shortest(text, x);
        double back;
        CHECK(number_parse((struct text){ text, size }, &back));
        assert_true(back == x);
        CHECK(strtod(text, NULL) == x);
    }
}

TEST(number, prints_the_shortest_decimal)
{
    static const struct { double x; const char *text; } CASES[] = {
        { 0, "0" }, { -0.0, "0" }, { 61234, "61234" }, { 0.1, "0.1" }, { 4.31, "4.31" }, { -2.5, "-2.5" },
        { 1e15, "1e+15" }, { 0.004, "0.004" }, { 1.0 / 3, "0.3333333333333333" }, { 1e-7, "1e-07" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char text[NUMBER_SIZE];
        number_shortest(text, CASES[i].x);
        assert_string_equal(text, CASES[i].text);
    }
}

TEST(number, rounds_halves_away_from_zero_as_they_are_written)
{
    char text[64];
    number_fixed(text, 2.675, 2);
    assert_string_equal(text, "2.68");
    number_fixed(text, -2.675, 2);
    assert_string_equal(text, "-2.68");
    number_fixed(text, -0.001, 2);
    assert_string_equal(text, "0.00");
    number_fixed(text, 0.5156, 3);
    assert_string_equal(text, "0.516");
}

TEST(number, refuses_what_is_no_number)
{
    double x;
    static const char *const BAD[] = { "", "-", ".", "1.2.3", "12a", "0x10", "nan", "inf", "1e", "1e999", " 1", "1,000" };
    for (size_t i = 0; i < COUNT(BAD); i++)
        CHECK(!number_parse(text_of(BAD[i]), &x));
}
