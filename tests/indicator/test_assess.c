/* The whole engine on the test vectors of the domain specification (§2.9) and on small stories. */
#include "bed.h"

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
