/* The whole engine on the test vectors of the domain specification (§2.9) and on small stories. */
#include "bed.h"
#include "same.h"

static const double FULL[7] = { 4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3 };

static void values(double into[7], size_t changed, double value)
{
    memcpy(into, FULL, sizeof FULL);
    into[changed] = value;
}

TEST(assess, passes_a_primary_school_that_just_reaches_all_seven)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 1000, FULL);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *s = bed_stage(&a.counties[0], STAGE_PRIMARY);
    CHECK_INT(s->n, 1);
    CHECK_INT(s->unit_met[0], 7);
    CHECK_INT(s->unit_verdict[0], STATE_MET);
    CHECK_NEAR(s->value[5][0], 2000, 1e-9);
    CHECK_NEAR(s->cv[0].cv, 0, 0);
    CHECK_INT(s->cv[0].met, STATE_MET);
    CHECK_INT(s->verdict, STATE_MET);
    CHECK_INT(a.counties[0].verdict, STATE_NO_DATA); /* no rule of the county was answered */
    bed_free(&bed);
}

TEST(assess, judges_the_school_rule_as_the_four_examples)
{
    double v[7];
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 1000, FULL);
    values(v, 4, 6.375);
    bed_primary(&bed, "B", 1000, v);   /* 6/7, the last at the floor */
    values(v, 4, 6.37);
    bed_primary(&bed, "C", 1000, v);   /* below the floor */
    values(v, 4, 6.9);
    v[6] = 2.2;
    bed_primary(&bed, "D", 1000, v);   /* 5/7 */
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *s = bed_stage(&a.counties[0], STAGE_PRIMARY);
    static const int expected[] = { STATE_MET, STATE_MET, STATE_BELOW, STATE_BELOW };
    static const int met[] = { 7, 6, 6, 5 };
    for (size_t k = 0; k < 4; k++) {
        CHECK_INT(s->unit_verdict[k], expected[k]);
        CHECK_INT(s->unit_met[k], met[k]);
    }
    CHECK_INT(s->state[4][1], STATE_NEAR);
    CHECK_INT(s->state[4][2], STATE_BELOW);
    CHECK_INT(s->passing, 2);
    CHECK_INT(s->verdict, STATE_BELOW);
    bed_free(&bed);
}

TEST(assess, splits_a_nine_year_school_by_weight)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "nine_year");
    bed_put(&bed, "pupils_primary", 600);
    bed_put(&bed, "pupils_junior", 300);
    bed_put(&bed, "area_teaching_m2", 5000);
    bed_put(&bed, "area_indoor_sports_m2", 350); /* 4650 net */
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY), *j = bed_stage(&a.counties[0], STAGE_JUNIOR);
    CHECK_NEAR(p->value[3][0], 5.00, 1e-12);
    CHECK_NEAR(j->value[3][0], 5.50, 1e-12);
    CHECK_INT(p->state[3][0], STATE_MET);
    CHECK_INT(j->state[3][0], STATE_NEAR);
    CHECK_INT(p->state[0][0], STATE_NO_DATA);
    CHECK_INT(p->unit_verdict[0], STATE_NO_DATA);
    /* R ≥ 5.8 · 930 / 1.1 = 4903.636…, so 253.64 more; the floor 4.93 is reached. */
    CHECK_NEAR(j->missing[3][0], 253.64, 1e-9);
    CHECK_NEAR(j->missing_to_floor[3][0], 0, 0);
    bed_free(&bed);
}

TEST(assess, gives_the_senior_stage_its_share_and_no_unit)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "complete");
    bed_put(&bed, "pupils_junior", 500);
    bed_put(&bed, "pupils_senior", 500);
    bed_put(&bed, "classrooms_multimedia", 110);
    bed_school(&bed, "B", "twelve_year");
    bed_put(&bed, "pupils_primary", 600);
    bed_put(&bed, "pupils_junior", 300);
    bed_put(&bed, "pupils_senior", 300);
    bed_put(&bed, "equipment_value_10k_yuan", 132.6);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY), *j = bed_stage(&a.counties[0], STAGE_JUNIOR);
    CHECK_INT(a.counties[0].n_stages, 2);
    CHECK_NEAR(j->value[6][bed_unit(&bed, j, "A")], 10.0, 1e-12);
    CHECK_NEAR(p->value[5][bed_unit(&bed, p, "B")], 1000, 1e-9);
    CHECK_NEAR(j->value[5][bed_unit(&bed, j, "B")], 1100, 1e-9);
    bed_free(&bed);
}

TEST(assess, of_a_range_is_the_same_bit_for_bit)
{
    struct dice dice = { 5 };
    struct bed bed = bed_new("cn-2017");
    for (unsigned number = 0; number < 60; number++)
        bed_hostile_county(&bed, &dice, number);
    const struct assessment whole = bed_assess(&bed);
    const struct assess_request request = bed_request(&bed);
    for (size_t step = 1; step <= 17; step += 8)
        for (size_t first = 0; first < 60; first += step) {
            struct county_assessment part[17];
            const size_t n = first + step > 60 ? 60 - first : step;
            assess_range(bed.returns, &request, first, n, bed.mem, part);
            for (size_t i = 0; i < n; i++)
                check_same_county(&part[i], &whole.counties[first + i]);
        }
    bed_free(&bed);
}

TEST(assess, judges_sets_of_schools_as_it_judges_counties)
{
    struct bed bed = bed_new("cn-2017");
    static const char *const PLACE[] = { "甲乡", "乙镇", "甲乡", "", "乙镇" };
    bed_county(&bed, "410185", 2025);
    for (size_t i = 0; i < COUNT(PLACE); i++) {
        char code[2] = { (char)('A' + i), 0 };
        double v[7];
        values(v, 0, 4 + (double)i);
        bed_primary(&bed, code, 100 * (double)(i + 1), v);
        bed_text(&bed, "township", PLACE[i]);
    }
    bed_primary(&bed, "F", 100, FULL);
    bed_text(&bed, "host_school_code", "A");
    bed_text(&bed, "township", "乙镇"); /* a campus counts where its host is */
    returns_arrange(bed.returns);
    struct assess_request request = bed_request(&bed);
    struct assessment a;
    request.by = bed_item(&bed, "township");
    assess(bed.returns, &request, bed.mem, &a);
    const struct county_assessment *c = &a.counties[0];
    CHECK_INT(c->n_sets, 3);
    CHECK_TEXT(c->sets[0].name, "");
    CHECK_TEXT(c->sets[1].name, "乙镇");
    CHECK_TEXT(c->sets[2].name, "甲乡");
    CHECK_TEXT(c->sets[2].by, "township");
    CHECK_INT(c->sets[2].stages[0].n, 2);
    CHECK_NEAR(c->sets[2].stages[0].pupils, 100 + 100 + 300, 0);
    /* x = 4.1 for 200 pupils, 6 for 300: X = 5.24 */
    CHECK_NEAR(c->sets[2].stages[0].cv[0].mean, (4 + 4.2 + 18) / 5, 1e-12);
    CHECK_NEAR(c->sets[2].stages[0].cv[0].cv, sqrt((2 * 1.14 * 1.14 + 3 * 0.76 * 0.76) / 5) / 5.24, 1e-12);
    CHECK_INT(c->sets[1].stages[0].row[0], 1);
    bed_free(&bed);
}

TEST(assess, names_sets_of_an_enum_in_its_order_and_in_chinese)
{
    struct dice dice = { 9 };
    struct bed bed = bed_new("cn-2017");
    bed_ordinary_county(&bed, &dice, 1, 30);
    returns_arrange(bed.returns);
    struct assess_request request = bed_request(&bed);
    struct assessment a;
    request.by = bed_item(&bed, "area_kind");
    assess(bed.returns, &request, bed.mem, &a);
    CHECK_INT(a.counties[0].n_sets, 2);
    CHECK_TEXT(a.counties[0].sets[0].name, "城区");
    CHECK_TEXT(a.counties[0].sets[1].name, "乡村");
    size_t units = 0;
    for (size_t i = 0; i < 2; i++)
        for (size_t s = 0; s < a.counties[0].sets[i].n_stages; s++)
            units += a.counties[0].sets[i].stages[s].n;
    CHECK_INT(units, a.counties[0].stages[0].n + a.counties[0].stages[1].n);
    bed_free(&bed);
}

TEST(assess, fails_a_resource_that_nobody_has)
{
    struct bed bed = bed_new("cn-2017");
    double v[7];
    bed_county(&bed, "410185", 2025);
    values(v, 1, 0);
    bed_primary(&bed, "A", 100, v);
    bed_primary(&bed, "B", 200, v);
    const struct assessment a = bed_assess(&bed);
    const struct cv_result *cv = &a.counties[0].stages[0].cv[1];
    CHECK_NEAR(cv->mean, 0, 0);
    CHECK_BLANK(cv->cv);
    CHECK_BLANK(cv->high);
    CHECK_INT(cv->met, STATE_BELOW);
    CHECK_BLANK(a.counties[0].stages[0].combined_cv);
    CHECK_INT(a.counties[0].stages[0].combined_met, STATE_BELOW);
    CHECK_INT(a.counties[0].stages[0].verdict, STATE_BELOW);
    bed_free(&bed);
}

TEST(assess, leaves_a_coefficient_undecided_only_while_it_can_go_both_ways)
{
    struct bed bed = bed_new("cn-2017");
    double v[7];
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 1000, FULL);
    values(v, 0, 42);
    bed_primary(&bed, "B", 100, v);
    bed_primary(&bed, "C", 100, FULL);
    bed_put(&bed, "teachers_above_degree_primary", BLANK);
    const struct assessment a = bed_assess(&bed);
    const struct cv_result *cv = &a.counties[0].stages[0].cv[0];
    CHECK_BLANK(cv->cv);
    CHECK_INT(cv->units_missing, 1);
    CHECK(cv->low > 0.5 && cv->high > cv->low);
    CHECK_INT(cv->met, STATE_BELOW); /* fails whatever C reports */
    CHECK_INT(a.counties[0].stages[0].verdict, STATE_BELOW);
    bed_free(&bed);
}

TEST(assess, judges_the_edition_of_2012_by_its_combined_coefficient)
{
    struct bed bed = bed_new("cn-2012-basic");
    static const char *const ITEMS[] = { "area_teaching_m2", "area_sports_m2", "equipment_value_10k_yuan", "computers", "books",
                                         "teachers_primary", "teachers_above_degree_primary", "teachers_mid_title_primary" };
    bed_county(&bed, "340103", 2013);
    for (int i = 0; i < 2; i++) {
        bed_school(&bed, i ? "B" : "A", "primary");
        bed_put(&bed, "pupils_primary", 100);
        for (size_t k = 0; k < COUNT(ITEMS); k++)
            bed_put(&bed, ITEMS[k], k == 0 && i ? 700 : 100);
    }
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *s = &a.counties[0].stages[0];
    CHECK_INT(s->n_levels, 8);
    CHECK_NEAR(s->cv[0].cv, 0.75, 1e-15);
    CHECK_INT(s->cv[0].met, STATE_NOT_APPLICABLE);
    CHECK_INT(s->state[0][0], STATE_NOT_APPLICABLE);
    CHECK_INT(s->unit_verdict[0], STATE_NOT_APPLICABLE);
    CHECK_NEAR(s->combined_cv, 0.75 / 8, 1e-15);
    CHECK_INT(s->verdict, STATE_MET);
    CHECK_INT(a.counties[0].verdict, STATE_MET);
    CHECK_BLANK(s->missing[0][0]);
    bed_free(&bed);
}

TEST(assess, flags_what_is_close_to_a_limit)
{
    struct bed bed = bed_new("cn-2017");
    double v[7];
    bed_county(&bed, "410185", 2025);
    values(v, 0, 4.3);
    v[3] = 5;
    v[4] = 6.4;
    bed_primary(&bed, "A", 1000, v);
    bed_primary(&bed, "B", 1001, v);
    const struct assessment a = bed_assess(&bed);
    for (size_t k = 0; k < 2; k++) {
        CHECK_INT(a.counties[0].stages[0].close[0][k], 0); /* 4.3 is 2.4 % above */
        CHECK_INT(a.counties[0].stages[0].close[1][k], 1);
        CHECK_INT(a.counties[0].stages[0].close[3][k], 0);
        CHECK_INT(a.counties[0].stages[0].close[4][k], 1); /* the floor 6.375 */
    }
    bed_free(&bed);
}
