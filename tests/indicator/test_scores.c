#include "bed.h"

#include "indicator/scores.h"

#include <stdlib.h>

TEST(scores, are_all_between_schools_when_pupils_of_a_school_are_alike)
{
    static const uint32_t school[] = { 0, 0, 1, 1, 1 };
    static const double score[] = { 60, 60, 80, 80, 80 };
    struct arena *mem = arena_new("scores");
    const struct score_variance v = scores_between_schools(school, score, 5, 2, 0, mem);
    CHECK_NEAR(v.ssb_sst, 1, 1e-15);
    CHECK_NEAR(v.icc1, 1, 1e-15);
    CHECK_NEAR(v.mean, 72, 1e-12);
    arena_free(&mem);
}

/* By hand: A 1 2 3 (mean 2), B 4 6 (mean 5), m = 3.2; SSB = 3·1.44 + 2·3.24 = 10.8, SSW = 2 + 2 = 4;
 * MSB = 10.8, MSW = 4/3, n₀ = 5 − 13/5 = 2.4; ICC = (10.8 − 4/3) / (10.8 + 1.4·4/3) = 0.747368… */
TEST(scores, agree_with_a_calculation_by_hand)
{
    static const uint32_t school[] = { 0, 1, 0, 1, 0 };
    static const double score[] = { 1, 4, 2, 6, 3 };
    struct arena *mem = arena_new("scores");
    const struct score_variance v = scores_between_schools(school, score, 5, 2, 1, mem);
    CHECK_INT(v.schools, 2);
    CHECK_INT(v.pupils, 5);
    CHECK_NEAR(v.between, 10.8, 1e-12);
    CHECK_NEAR(v.within, 4, 1e-12);
    CHECK_NEAR(v.ssb_sst, 10.8 / 14.8, 1e-15);
    CHECK_NEAR(v.icc1, (10.8 - 4 / 3.0) / (10.8 + 1.4 * 4 / 3.0), 1e-14);
    arena_free(&mem);
}

TEST(scores, leave_out_small_schools_and_pupils_without_a_score)
{
    const uint32_t school[] = { 0, 1, 0, 1, 0, 2, 2, 1 };
    const double score[] = { 1, 4, 2, 6, 3, 100, BLANK, BLANK };
    struct arena *mem = arena_new("scores");
    const struct score_variance v = scores_between_schools(school, score, 8, 3, 2, mem);
    CHECK_INT(v.schools, 2);
    CHECK_INT(v.pupils, 5);
    CHECK_NEAR(v.ssb_sst, 10.8 / 14.8, 1e-15);
    arena_free(&mem);
}

TEST(scores, say_nothing_of_one_school_or_of_equal_scores)
{
    static const uint32_t school[] = { 0, 0, 0 };
    static const double score[] = { 1, 2, 3 }, same[] = { 5, 5, 5 };
    struct arena *mem = arena_new("scores");
    CHECK_NEAR(scores_between_schools(school, score, 3, 1, 0, mem).ssb_sst, 0, 0);
    CHECK_BLANK(scores_between_schools(school, score, 3, 1, 0, mem).icc1);
    CHECK_BLANK(scores_between_schools(school, same, 3, 1, 0, mem).ssb_sst);
    const struct score_variance none = scores_between_schools(school, score, 0, 1, 0, mem);
    CHECK_BLANK(none.mean);
    CHECK_BLANK(none.ssb_sst);
    arena_free(&mem);
}

TEST(scores, keep_their_digits_far_from_zero)
{
    static const uint32_t school[] = { 0, 1, 0, 1, 0 };
    double score[] = { 1, 4, 2, 6, 3 };
    struct arena *mem = arena_new("scores");
    for (size_t i = 0; i < 5; i++)
        score[i] += 1e9;
    CHECK_NEAR(scores_between_schools(school, score, 5, 2, 0, mem).ssb_sst, 10.8 / 14.8, 1e-9);
    arena_free(&mem);
}

/* 4,059 pupils of 65 London schools, and what R said of them: shared/data/icc. */
TEST(scores, agree_with_the_known_answer_for_65_schools)
{
    enum { MOST = 5000 };
    static uint32_t school[MOST];
    static double score[MOST];
    struct arena *mem = arena_new("scores");
    struct text rest = check_shared(mem, "data/icc/exam_london65.csv"), line, name[64] = { { 0 } };
    size_t n = 0;
    uint32_t schools = 0;
    text_split(&rest, '\n', &line); /* G,Y,B,U,A */
    while (text_split(&rest, '\n', &line)) {
        struct text g, y;
        uint32_t at = 0;
        if (!text_split(&line, ',', &g) || !text_split(&line, ',', &y))
            continue;
        CHECK(number_parse(text_trim(y), &score[n]));
        while (at < schools && at < COUNT(name) && !text_equal(name[at], g))
            at++;
        if (at < COUNT(name))
            name[at] = g;
        schools = at == schools ? schools + 1 : schools;
        school[n++] = at; /* the 65th finds no name, and needs none */
    }
    const struct score_variance v = scores_between_schools(school, score, n, schools, 0, mem);
    CHECK_INT(v.schools, 65);
    CHECK_INT(v.pupils, 4059);
    CHECK_NEAR(v.mean, -0.00011380542005420931, 1e-15);
    CHECK_NEAR(v.between, 663.5799992191373, 1e-9);
    CHECK_NEAR(v.within, 3385.853973783034, 1e-9);
    CHECK_NEAR(v.ssb_sst, 0.1638698157923469, 1e-13);
    CHECK_NEAR(v.icc1, 0.1528848775197468, 1e-13);
    arena_free(&mem);
}
