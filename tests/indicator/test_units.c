/* Who is a unit, and what does it have? (§2.1, §2.3) */
#include "bed.h"

#include "indicator/workings.h"

static const double FULL[7] = { 5, 2, 1, 5, 8, 3000, 3 };

static void put_shared(struct bed *bed, double all)
{
    bed_put(bed, "area_teaching_m2", 5 * all);
    bed_put(bed, "area_indoor_sports_m2", 0);
    bed_put(bed, "area_outdoor_sports_m2", 8 * all);
    bed_put(bed, "equipment_value_10k_yuan", all / 4);
    bed_put(bed, "classrooms_multimedia", all / 25);
}

static size_t units_of(const struct bed *bed, const struct assessment *a, enum stage stage, const char *school)
{
    const struct stage_assessment *s = bed_stage(&a->counties[0], stage);
    size_t n = 0;
    for (size_t k = 0; s && k < s->n; k++)
        n += text_equal(returns_text(bed->returns, s->row[k], bed->edition->items.school_code), text_of(school)) ? 1u : 0u;
    return n;
}

TEST(units, count_a_teaching_point_from_fifty_pupils_on)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A49", "teaching_point");
    bed_put(&bed, "pupils_primary", 49);
    bed_school(&bed, "B50", "teaching_point");
    bed_put(&bed, "pupils_primary", 50);
    bed_school(&bed, "C", "teaching_point");
    bed_school(&bed, "D", "primary");
    bed_put(&bed, "pupils_primary", 12);
    const struct assessment a = bed_assess(&bed);
    CHECK_INT(units_of(&bed, &a, STAGE_PRIMARY, "A49"), 0);
    CHECK_INT(units_of(&bed, &a, STAGE_PRIMARY, "B50"), 1);
    CHECK_INT(units_of(&bed, &a, STAGE_PRIMARY, "C"), 1); /* not known: the unit is there, without figures */
    CHECK_INT(units_of(&bed, &a, STAGE_PRIMARY, "D"), 1); /* a village school stays in */
    bed_free(&bed);
}

TEST(units, follow_the_type_and_attached_classes)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "senior");
    bed_put(&bed, "pupils_senior", 900);
    bed_school(&bed, "B", "senior");
    bed_put(&bed, "pupils_senior", 900);
    bed_put(&bed, "pupils_junior", 60);
    bed_school(&bed, "C", "special");
    bed_put(&bed, "pupils_primary", 80);
    bed_school(&bed, "D", "primary");
    bed_put(&bed, "pupils_primary", 300);
    bed_put(&bed, "pupils_junior", 40);
    bed_put(&bed, "classrooms_multimedia", 10);
    bed_school(&bed, "E", "nine_year");
    bed_put(&bed, "pupils_primary", 300);
    bed_put(&bed, "pupils_junior", 0);
    bed_put(&bed, "classrooms_multimedia", 9);
    const struct assessment a = bed_assess(&bed);
    CHECK_INT(units_of(&bed, &a, STAGE_JUNIOR, "A") + units_of(&bed, &a, STAGE_PRIMARY, "A"), 0);
    CHECK_INT(units_of(&bed, &a, STAGE_JUNIOR, "B"), 1);
    CHECK_INT(units_of(&bed, &a, STAGE_PRIMARY, "C"), 0);
    CHECK_INT(units_of(&bed, &a, STAGE_JUNIOR, "D"), 1);
    CHECK_INT(units_of(&bed, &a, STAGE_JUNIOR, "E"), 0); /* no pupils: skipped */
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY);
    CHECK_NEAR(p->value[6][bed_unit(&bed, p, "D")], 100 * 10 / (300 + 1.1 * 40), 1e-12);
    CHECK_NEAR(p->value[6][bed_unit(&bed, p, "E")], 3, 0);
    bed_free(&bed);
}

TEST(units, without_pupils_have_no_data_in_all_seven)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 400, FULL);
    bed_primary(&bed, "B", 400, FULL);
    bed_put(&bed, "pupils_primary", BLANK);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY);
    const size_t b = bed_unit(&bed, p, "B");
    CHECK_INT(p->n, 2);
    CHECK_BLANK(p->pupils);
    for (size_t l = 0; l < 7; l++) {
        CHECK_INT(p->state[l][b], STATE_NO_DATA);
        CHECK_INT(p->cv[l].units_missing, 1);
        CHECK_BLANK(p->cv[l].mean);
        CHECK_BLANK(p->cv[l].cv);
        CHECK_BLANK(p->missing[l][b]);
        CHECK_NEAR(p->cv[l].high, 0, 1e-9); /* like A, whatever it reports */
        CHECK_INT(p->cv[l].met, STATE_MET);
        CHECK_BLANK(p->share[l][0]);
    }
    CHECK_BLANK(p->combined_cv);
    CHECK_INT(p->combined_met, STATE_MET);
    CHECK_INT(p->unit_verdict[b], STATE_NO_DATA);
    CHECK_INT(p->verdict, STATE_NO_DATA);
    bed_free(&bed);
}

TEST(units, lack_what_is_shared_where_the_senior_pupils_are_missing)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "complete");
    bed_put(&bed, "pupils_junior", 500);
    bed_put(&bed, "teachers_above_degree_junior", 30);
    put_shared(&bed, 1000);
    bed_school(&bed, "B", "junior");  /* a blank in a stage that it lacks is 0 */
    bed_put(&bed, "pupils_junior", 500);
    put_shared(&bed, 500);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *j = bed_stage(&a.counties[0], STAGE_JUNIOR);
    const size_t at = bed_unit(&bed, j, "A"), other = bed_unit(&bed, j, "B");
    CHECK_INT(j->state[0][at], STATE_MET);
    for (size_t l = 3; l < 7; l++) {
        CHECK_INT(j->state[l][at], STATE_NO_DATA);
        CHECK(j->state[l][other] != STATE_NO_DATA);
    }
    CHECK_NEAR(j->unit_pupils[at], 500, 0);
    bed_free(&bed);
}

TEST(units, take_in_campuses_split_by_their_own_pupils)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "primary");
    bed_put(&bed, "pupils_primary", 500);
    bed_put(&bed, "teachers_above_degree_primary", 20);
    bed_put(&bed, "classrooms_multimedia", 10);
    bed_school(&bed, "A1", "nine_year");
    bed_text(&bed, "host_school_code", "A");
    bed_put(&bed, "pupils_primary", 300);
    bed_put(&bed, "pupils_junior", 200);
    bed_put(&bed, "teachers_above_degree_primary", 13);
    bed_put(&bed, "classrooms_multimedia", 26);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY), *j = bed_stage(&a.counties[0], STAGE_JUNIOR);
    CHECK_INT(p->n, 1);
    CHECK_INT(j->n, 1); /* the host gets the stage that it lacks */
    CHECK_INT(bed_unit(&bed, j, "A"), 0);
    CHECK_NEAR(p->unit_pupils[0], 800, 0);
    CHECK_NEAR(p->value[0][0], 100 * 33.0 / 800, 1e-12);
    CHECK_NEAR(p->value[6][0], 100 * (10 + 26 * 300 / 520.0) / 800, 1e-12);
    CHECK_NEAR(j->unit_pupils[0], 200, 0);
    CHECK_NEAR(j->value[6][0], 100 * 26 * 220 / 520.0 / 200, 1e-12);
    /* 2.3 · 800 / 100 = 18.4 rooms; it has 25: none missing. Junior: 2.4 asked, 5.5 there. */
    CHECK_NEAR(p->missing[6][0], 0, 0);
    CHECK_NEAR(p->missing[0][0], 1, 0); /* 33.6 asked */
    bed_free(&bed);
}

TEST(units, are_blanked_by_a_blank_in_a_campus)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 500, FULL);
    bed_primary(&bed, "A1", 300, FULL);
    bed_text(&bed, "host_school_code", "A");
    bed_put(&bed, "classrooms_multimedia", BLANK);
    bed_primary(&bed, "B", 500, FULL);
    bed_primary(&bed, "B1", 300, FULL);
    bed_text(&bed, "host_school_code", "B");
    bed_put(&bed, "pupils_primary", BLANK);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY);
    CHECK_INT(p->n, 2);
    CHECK_NEAR(p->unit_pupils[0], 800, 0);
    CHECK_INT(p->state[0][0], STATE_MET);
    CHECK_INT(p->state[6][0], STATE_NO_DATA);
    CHECK_BLANK(p->unit_pupils[1]);
    CHECK_INT(p->state[0][1], STATE_NO_DATA);
    bed_free(&bed);
}

TEST(units, stay_their_own_where_there_is_no_host_to_join)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 500, FULL);
    bed_primary(&bed, "A1", 300, FULL);
    bed_text(&bed, "host_school_code", "A");
    bed_primary(&bed, "A2", 200, FULL);
    bed_text(&bed, "host_school_code", "A1"); /* a campus hosts nobody */
    bed_primary(&bed, "B", 100, FULL);
    bed_text(&bed, "host_school_code", "Z");
    bed_primary(&bed, "C", 100, FULL);
    bed_text(&bed, "host_school_code", "C");
    bed_primary(&bed, "D", 60, FULL);
    bed_enum(&bed, "school_type", "teaching_point");
    bed_text(&bed, "host_school_code", "A"); /* names who manages it, merges nothing */
    bed_county(&bed, "410185", 2024);
    bed_primary(&bed, "Z", 100, FULL); /* another year */
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[1], STAGE_PRIMARY);
    CHECK_INT(p->n, 5);
    CHECK_NEAR(p->unit_pupils[bed_unit(&bed, p, "A")], 800, 0);
    CHECK_NEAR(p->unit_pupils[bed_unit(&bed, p, "A2")], 200, 0);
    CHECK_NEAR(p->unit_pupils[bed_unit(&bed, p, "D")], 60, 0);
    bed_free(&bed);
}

TEST(units, mark_what_was_split_by_weight_as_estimated)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "nine_year");
    bed_put(&bed, "pupils_primary", 600);
    bed_put(&bed, "pupils_junior", 300);
    bed_put(&bed, "teachers_backbone", 31);
    bed_school(&bed, "B", "primary");
    bed_put(&bed, "pupils_primary", 600);
    bed_put(&bed, "teachers_backbone", 6); /* one stage: the whole is the stage's, no estimate */
    bed_primary(&bed, "C", 500, FULL);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY), *j = bed_stage(&a.counties[0], STAGE_JUNIOR);
    CHECK_NEAR(p->value[1][0], 100 * 31 * 600 / 930.0 / 600, 1e-12);
    CHECK_INT(p->estimated[1][0], 1);
    CHECK_INT(j->estimated[1][0], 1);
    CHECK_INT(p->estimated[1][bed_unit(&bed, p, "B")], 0);
    CHECK_NEAR(p->value[1][bed_unit(&bed, p, "B")], 1, 1e-12);
    CHECK(!p->estimated[0] && !p->estimated[3]);
    bed_free(&bed);
}

TEST(units, without_a_type_count_where_they_have_pupils_and_lack_what_is_shared)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "A", "");
    bed_put(&bed, "pupils_primary", 300);
    bed_put(&bed, "teachers_above_degree_primary", 15);
    put_shared(&bed, 300);
    const struct assessment a = bed_assess(&bed);
    const struct stage_assessment *p = bed_stage(&a.counties[0], STAGE_PRIMARY);
    CHECK_INT(p->n, 1);
    CHECK_INT(p->state[0][0], STATE_MET);
    CHECK_INT(p->state[6][0], STATE_NO_DATA); /* nobody said that there is no other stage */
    CHECK(!bed_stage(&a.counties[0], STAGE_JUNIOR));
    bed_free(&bed);
}
