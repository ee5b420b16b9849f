#include "bed.h"

#include "indicator/need.h"
#include "indicator/verdict.h"

/* Whatever the school: with what is said to be missing the level is met, with one step less it is not. */
static void check_minimal(const struct level *level, double threshold, struct need_base base, double pupils)
{
    const double need = need_to_reach(level, threshold, base, pupils);
    const double with = workings_share(base.whole + need, base.weighted, base.total) + base.rest;
    const double less = workings_share(base.whole + need - level->step, base.weighted, base.total) + base.rest;
    CHECK(verdict_reaches(with, level->per, threshold, pupils));
    if (need > 0 && verdict_reaches(less, level->per, threshold, pupils))
        fail_msg("%.*s: %.17g is more than needed for %.17g of %.17g/%.17g, %g pupils", TEXT_ARG(level->id), need, base.whole,
                 base.weighted, base.total, pupils);
}

TEST(need, is_enough_and_never_more_than_enough)
{
    const struct edition *edition = bed_edition("cn-2017");
    struct dice dice = { 31 };
    for (int turn = 0; turn < 20000; turn++) {
        const enum stage stage = (enum stage)throw_between(&dice, 0, 1);
        const struct level *level = &edition->stages[stage].levels[throw_between(&dice, 0, 6)];
        const double pupils = (double)throw_between(&dice, 1, 4000), others = (double)throw_between(&dice, 0, 4000);
        const double threshold = throw_chance(&dice, 0.5) ? level->at_least : level->at_least * level->floor;
        struct need_base base = { floor(throw_unit(&dice) * 2 * threshold * pupils / level->per), 1, 1, 0 };
        if (level->shared && throw_chance(&dice, 0.7)) {
            base.weighted = edition->weight[stage] * pupils;
            base.total = base.weighted + edition->weight[1 - (int)stage] * others;
        }
        if (throw_chance(&dice, 0.2))
            base.rest = floor(throw_unit(&dice) * threshold * pupils / level->per);
        check_minimal(level, threshold, base, pupils);
    }
}

TEST(need, is_whole_teachers_and_rooms_and_hundredths_of_area)
{
    const struct level *const level = bed_edition("cn-2017")->stages[STAGE_PRIMARY].levels;
    CHECK_NEAR(need_to_reach(&level[0], 4.2, (struct need_base){ 40, 1, 1, 0 }, 1000), 2, 0);
    CHECK_NEAR(need_to_reach(&level[0], 4.2, (struct need_base){ 42, 1, 1, 0 }, 1000), 0, 0);
    CHECK_NEAR(need_to_reach(&level[0], 4.2, (struct need_base){ 42, 1, 1, 0 }, 1001), 1, 0);
    CHECK_NEAR(need_to_reach(&level[6], 2.3, (struct need_base){ 0, 1, 1, 0 }, 100), 3, 0);
    CHECK_NEAR(need_to_reach(&level[3], 4.5, (struct need_base){ 4499.99, 1, 1, 0 }, 1000), 0.01, 0);
    CHECK_NEAR(need_to_reach(&level[5], 2000, (struct need_base){ 0, 1, 1, 0 }, 300), 600000, 0);
}

TEST(need, in_an_assessment_makes_exactly_that_unit_meet_the_level)
{
    struct dice dice = { 33 };
    struct bed bed = bed_new("cn-2017");
    bed_ordinary_county(&bed, &dice, 1, 40);
    const struct assessment a = bed_assess(&bed);
    const uint16_t rooms = bed_item(&bed, "classrooms_multimedia");
    struct assess_request request = bed_request(&bed);
    for (size_t s = 0; s < 2; s++) {
        const struct stage_assessment *stage = &a.counties[0].stages[s];
        for (size_t k = 0; k < stage->n; k++) {
            const double has = returns_number(bed.returns, stage->row[k], rooms), need = stage->missing[6][k];
            struct assessment after;
            CHECK((need > 0) == (stage->state[6][k] != STATE_MET));
            CHECK((stage->missing_to_floor[6][k] > 0) == (stage->state[6][k] == STATE_BELOW));
            for (int less = 0; less <= (need > 0); less++) {
                returns_put_number(bed.returns, stage->row[k], rooms, has + need - less);
                assess(bed.returns, &request, bed.mem, &after);
                CHECK_INT(after.counties[0].stages[s].state[6][k] == STATE_MET, !less);
            }
            returns_put_number(bed.returns, stage->row[k], rooms, has);
        }
    }
    bed_free(&bed);
}

TEST(need, of_a_school_takes_the_larger_demand_on_what_is_shared_and_the_sum_of_heads)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "nine_year");
    bed_put(&bed, "pupils_primary", 600);
    bed_put(&bed, "pupils_junior", 300);
    bed_put(&bed, "teachers_above_degree_primary", 20);   /* 25.2 asked: 6 */
    bed_put(&bed, "teachers_above_degree_junior", 10);    /* 15.9 asked: 6 */
    bed_put(&bed, "area_teaching_m2", 4000);
    bed_put(&bed, "area_indoor_sports_m2", 0);
    const struct assessment a = bed_assess(&bed);
    size_t n;
    const struct school_need *need = need_of_schools(&a, &a.counties[0], bed.mem, &n);
    CHECK_INT(n, 1);
    CHECK_INT(need->n_units, 2);
    CHECK_INT(need->n_demands, 7);
    CHECK(need->no_data);
    CHECK(!need->passes);
    CHECK_NEAR(need->demand[0].to_threshold, 12, 0);
    /* primary: 4.5 · 930 = 4185; junior: 5.8 · 930 / 1.1 = 4903.64 */
    CHECK_NEAR(need->unit[0].level[3].to_threshold, 185, 1e-9);
    CHECK_NEAR(need->unit[1].level[3].to_threshold, 903.64, 1e-9);
    CHECK_NEAR(need->demand[3].to_threshold, 903.64, 1e-9);
    bed_free(&bed);
}

TEST(need, leaves_near_the_one_level_that_saves_most)
{
    struct bed bed = bed_new("cn-2017");
    static const double v[7] = { 4.2, 0.9, 0.5, 4.5, 7.4, 2000, 2.3 };
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 1000, v);
    const struct assessment a = bed_assess(&bed);
    size_t n;
    const struct school_need *need = need_of_schools(&a, &a.counties[0], bed.mem, &n);
    const struct level_need *l = need->unit[0].level;
    /* L2 saves 10 %, L3 15 % (0.765 instead of 0.9), L5 1.3 %. */
    CHECK(!l[1].left_near && l[2].left_near && !l[4].left_near);
    CHECK_NEAR(l[1].chosen, 1, 0);
    CHECK_NEAR(l[2].chosen, l[2].to_floor, 0);
    CHECK_NEAR(l[2].to_floor, 3, 0);      /* 7.65 − 5 → 8 − 5 */
    CHECK_NEAR(l[2].to_threshold, 4, 0);
    CHECK_NEAR(l[4].chosen, 100, 1e-9);
    CHECK_NEAR(l[0].chosen, 0, 0);
    /* Pupils instead: 1000 − ⌊9·100/1⌋, 1000 − ⌊5·100/0.9⌋. */
    CHECK_NEAR(l[1].pupils_out, 100, 0);
    CHECK_NEAR(l[2].pupils_out, 445, 0);
    CHECK_NEAR(l[0].pupils_out, 0, 0);
    bed_free(&bed);
}

/* 600 pupils and no backbone teacher: 5.1 are as many as 6, so the floor saves none. */
TEST(need, leaves_near_no_level_whose_floor_asks_for_as_many)
{
    struct bed bed = bed_new("cn-2017");
    static const double v[7] = { 4.2, 0, 0.9, 2, 7.5, 2000, 2.5 };
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 600, v);
    const struct assessment a = bed_assess(&bed);
    size_t n;
    const struct school_need *need = need_of_schools(&a, &a.counties[0], bed.mem, &n);
    const struct level_need *l = need->unit[0].level;
    CHECK(!l[1].left_near && l[3].left_near);
    CHECK_NEAR(l[1].chosen, 6, 0);
    CHECK_NEAR(l[3].chosen, 1095, 1e-9);
    bed_free(&bed);
}

TEST(need, is_nothing_for_a_school_that_passes_with_six)
{
    struct bed bed = bed_new("cn-2017");
    static const double v[7] = { 4.2, 0.9, 0.9, 4.5, 7.5, 2000, 2.3 };
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 1000, v);
    const struct assessment a = bed_assess(&bed);
    size_t n;
    const struct school_need *need = need_of_schools(&a, &a.counties[0], bed.mem, &n);
    CHECK(need->passes);
    CHECK_NEAR(need->demand[1].to_threshold, 1, 0);
    CHECK_NEAR(need->demand[1].chosen, 0, 0);
    bed_free(&bed);
}
