#include "bed.h"

#include <stdio.h>

static const double FULL[7] = { 5, 2, 1, 5, 8, 3000, 3 };
static const char *const JUDGED[] = { "judged_PRE2", "judged_G1", "judged_G2", "judged_G8", "judged_G10", "judged_G14", "judged_G15",
                                      "judged_Q3", "judged_Q5", "judged_Q6", "judged_Q7", "judged_Q8" };
static const char *const SUBJECTS[] = { "chinese", "mathematics", "science", "pe", "arts", "moral" };

static void good_school(struct bed *bed, const char *code, double pupils)
{
    bed_primary(bed, code, pupils, FULL);
    bed_put(bed, "classes_primary", 12);
    bed_put(bed, "classes_primary_over_45", 0);
    bed_put(bed, "music_rooms_96m2", 1);
    bed_put(bed, "art_rooms_90m2", 1);
    bed_put(bed, "public_funds_budget_10k_yuan", 40);
    bed_put(bed, "training_budget_10k_yuan", 2);
    bed_put(bed, "teachers_primary", 30);
    bed_put(bed, "teachers_certified", 30);
    bed_put(bed, "teachers_trained_360h", 30);
    bed_put(bed, "pupils_in_catchment_primary", pupils);
    bed_enum(bed, "area_kind", "urban");
    bed_enum(bed, "ownership", "public");
    bed_put(bed, "boarding", 0);
}

/* A county of two primary schools and a junior one where all is well. */
static void good_county(struct bed *bed)
{
    static const struct { const char *item; double value; } FIGURES[] = {
        { "funds_standard_primary_yuan", 720 }, { "funds_standard_junior_yuan", 940 }, { "special_funds_total_yuan", 800000 },
        { "special_pupils", 100 }, { "teacher_pay_10k_yuan", 9 }, { "civil_servant_pay_10k_yuan", 9 }, { "rotation_eligible", 200 },
        { "rotation_moved", 24 }, { "rotation_moved_backbone", 6 }, { "senior_quota_total", 1000 }, { "senior_quota_allotted", 500 },
        { "senior_quota_rural", 300 }, { "migrant_eligible", 100 }, { "migrant_in_public", 80 }, { "migrant_in_purchased", 5 },
        { "disabled_school_age", 100 }, { "disabled_enrolled", 95 }, { "survey_valid", 2000 }, { "survey_satisfied", 1700 },
        { "recognised_basic_year", 2022 }, { "veto_X1", 0 }, { "veto_X2", 0 }, { "veto_X3", 0 }, { "veto_X4", 0 }, { "veto_X5", 0 },
        { "veto_X6", 0 },
    };
    bed_county(bed, "410185", 2025);
    good_school(bed, "A", 400);
    good_school(bed, "B", 500);
    bed_school(bed, "C", "junior");
    const size_t junior = bed->row;
    bed_put(bed, "pupils_junior", 500);
    bed_put(bed, "teachers_above_degree_junior", 30);
    bed_put(bed, "teachers_backbone_junior", 6);
    bed_put(bed, "teachers_pe_junior", 3);
    bed_put(bed, "teachers_arts_junior", 3);
    bed_put(bed, "area_teaching_m2", 4000);
    bed_put(bed, "area_indoor_sports_m2", 0);
    bed_put(bed, "area_outdoor_sports_m2", 6000);
    bed_put(bed, "equipment_value_10k_yuan", 200);
    bed_put(bed, "classrooms_multimedia", 14);
    bed_put(bed, "classes_junior", 12);
    bed_put(bed, "classes_junior_over_50", 0);
    bed_put(bed, "music_rooms_96m2", 1);
    bed_put(bed, "art_rooms_90m2", 1);
    bed_put(bed, "public_funds_budget_10k_yuan", 60);
    bed_put(bed, "training_budget_10k_yuan", 3);
    bed_put(bed, "teachers_junior", 40);
    bed_put(bed, "teachers_certified", 40);
    bed_put(bed, "teachers_trained_360h", 40);
    bed_put(bed, "pupils_in_catchment_junior", 500);
    bed_put(bed, "cohort_entrants_junior", 170);
    bed_put(bed, "cohort_in_junior", 10);
    bed_put(bed, "cohort_out_junior", 8);
    bed_put(bed, "cohort_died_junior", 0);
    bed_put(bed, "cohort_graduates_junior", 170);
    bed_enum(bed, "area_kind", "urban");
    bed_enum(bed, "ownership", "public");
    bed_put(bed, "boarding", 0);
    for (size_t i = 0; i < COUNT(FIGURES); i++)
        bed_county_figure(bed, FIGURES[i].item, FIGURES[i].value);
    for (size_t i = 0; i < COUNT(JUDGED); i++)
        bed_county_enum(bed, JUDGED[i], "met");
    for (size_t i = 0; i < COUNT(SUBJECTS); i++) {
        char item[32];
        snprintf(item, sizeof item, "q9_level_%s", SUBJECTS[i]);
        bed_county_enum(bed, item, "III");
        snprintf(item, sizeof item, "q9_between_%s", SUBJECTS[i]);
        bed_county_figure(bed, item, 0.1499);
    }
    bed->row = junior - 2; /* school A */
}

static enum state state_of(struct bed *bed, const char *rule)
{
    const struct assessment a = bed_assess(bed);
    return bed_rule(&a.counties[0], rule)->state;
}

TEST(rules, let_a_county_be_met_at_all)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    const struct assessment a = bed_assess(&bed);
    const struct county_assessment *c = &a.counties[0];
    for (size_t k = 0; k < c->n_rules; k++)
        if (c->rules[k].rule->kind != RULE_SHOWN && c->rules[k].state != STATE_MET && c->rules[k].state != STATE_NOT_APPLICABLE)
            fail_msg("%.*s is %.*s", TEXT_ARG(c->rules[k].rule->id), TEXT_ARG(state_code(c->rules[k].state)));
    CHECK_INT(c->stages[0].verdict, STATE_MET);
    CHECK_INT(c->stages[1].verdict, STATE_MET);
    CHECK_INT(c->verdict, STATE_MET);
    CHECK_NEAR(bed_rule(c, "G11a")->value, 0.12, 1e-15);
    CHECK_NEAR(bed_rule(c, "Q1")->value, 170 / 172.0, 1e-15);
    CHECK_INT(bed_rule(c, "G6")->state, STATE_NOT_APPLICABLE); /* no small school is asked */
    CHECK_INT(bed_rule(c, "G3")->schools, 3);
    bed_free(&bed);
}

static void expect_after(const char *item, double value, const char *rule, enum state state, enum state verdict)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    if (bed.edition->items.at[bed_item(&bed, item)].level == ITEM_SCHOOL)
        bed_put(&bed, item, value);
    else
        bed_county_figure(&bed, item, value);
    const struct assessment a = bed_assess(&bed);
    const struct rule_result *r = bed_rule(&a.counties[0], rule);
    if (r->state != state || a.counties[0].verdict != verdict)
        fail_msg("%s = %g: %s is %.*s, the county %.*s", item, value, rule, TEXT_ARG(state_code(r->state)),
                 TEXT_ARG(verdict_code(a.counties[0].verdict)));
    bed_free(&bed);
}

TEST(rules, fail_where_their_figures_do)
{
    expect_after("veto_X3", 1, "X3", STATE_BELOW, STATE_BELOW);
    expect_after("survey_satisfied", 1699, "S1", STATE_BELOW, STATE_BELOW);
    expect_after("rotation_moved", 19, "G11a", STATE_BELOW, STATE_BELOW);
    expect_after("q9_between_pe", 0.15, "Q9-pe", STATE_BELOW, STATE_BELOW);     /* strict */
    expect_after("q9_level_arts", 2, "Q9-arts", STATE_BELOW, STATE_BELOW);      /* II */
    expect_after("recognised_basic_year", 2023, "PRE1", STATE_BELOW, STATE_BELOW);
    expect_after("judged_Q6", 2, "Q6", STATE_BELOW, STATE_BELOW);
    expect_after("judged_G2", 2, "G2c", STATE_BELOW, STATE_BELOW);              /* a good number does not outweigh a person */
    expect_after("funds_standard_primary_yuan", 719, "G2c", STATE_BELOW, STATE_BELOW);
    expect_after("music_rooms_96m2", 0, "G3", STATE_BELOW, STATE_BELOW);
    expect_after("training_budget_10k_yuan", 1.99, "Q4", STATE_BELOW, STATE_BELOW);
    expect_after("classes_primary_over_45", 1, "G5", STATE_BELOW, STATE_BELOW);
    expect_after("teachers_certified", 29, "G12", STATE_BELOW, STATE_BELOW);
}

TEST(rules, never_pass_what_is_missing)
{
    expect_after("veto_X3", BLANK, "X3", STATE_NO_DATA, STATE_NO_DATA);
    expect_after("survey_valid", BLANK, "S1", STATE_NO_DATA, STATE_NO_DATA);
    expect_after("judged_Q6", BLANK, "Q6", STATE_NO_DATA, STATE_NO_DATA);
    expect_after("q9_level_arts", BLANK, "Q9-arts", STATE_NO_DATA, STATE_NO_DATA);
    expect_after("music_rooms_96m2", BLANK, "G3", STATE_NO_DATA, STATE_NO_DATA);
    expect_after("classes_primary_over_45", BLANK, "G5", STATE_NO_DATA, STATE_NO_DATA);
    expect_after("teachers_certified", BLANK, "G12", STATE_NO_DATA, STATE_NO_DATA);
    expect_after("senior_quota_rural", BLANK, "G14b", STATE_MET, STATE_MET); /* only shown: a person judges */
}

/* Where 100 % is asked, one known school that is short decides, whatever the others would report. */
TEST(rules, fail_where_what_is_missing_could_not_heal_them)
{
    static const struct { const char *item, *rule; double is, known; } CASES[] = {
        { "teachers_trained_360h", "G9", 29, 30 },
        { "teachers_certified", "G12", 29, 30 },
        { "pupils_in_catchment_primary", "G13a", 399, 400 },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct bed bed = bed_new("cn-2017");
        good_county(&bed);
        bed_put(&bed, CASES[i].item, CASES[i].is);
        bed.row++;
        bed_put(&bed, CASES[i].item, BLANK);
        CHECK_INT(state_of(&bed, CASES[i].rule), STATE_BELOW);
        bed.row--;
        bed_put(&bed, CASES[i].item, CASES[i].known);
        CHECK_INT(state_of(&bed, CASES[i].rule), STATE_NO_DATA);
        bed_free(&bed);
    }
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    bed_county_figure(&bed, "funds_standard_primary_yuan", 719);
    bed_county_figure(&bed, "funds_standard_junior_yuan", BLANK);
    CHECK_INT(state_of(&bed, "G2c"), STATE_BELOW);
    bed_free(&bed);
}

TEST(rules, do_not_apply_where_nobody_is_concerned)
{
    expect_after("rotation_eligible", 0, "G11a", STATE_NOT_APPLICABLE, STATE_MET);
    expect_after("migrant_eligible", 0, "G15a", STATE_NOT_APPLICABLE, STATE_MET);
    expect_after("disabled_school_age", 0, "Q2", STATE_NOT_APPLICABLE, STATE_MET);
}

TEST(rules, name_and_count_the_schools_that_fail)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    bed_put(&bed, "classes_primary_over_45", 2);
    bed.row++;
    bed_put(&bed, "classes_primary_over_45", BLANK);
    const struct assessment a = bed_assess(&bed);
    const struct rule_result *g5 = bed_rule(&a.counties[0], "G5");
    CHECK_INT(g5->schools, 3);
    CHECK_INT(g5->failing, 1);
    CHECK_INT(g5->unknown, 1);
    CHECK_NEAR(g5->value, 1, 0);
    CHECK_INT(g5->failing_rows[0], 0);
    CHECK_INT(g5->unknown_rows[0], 1);
    CHECK_INT(g5->passing_rows[0], 2);
    CHECK_INT(g5->state, STATE_BELOW);
    bed_free(&bed);
}

TEST(rules, give_no_value_where_nothing_fails_for_sure)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    bed_put(&bed, "classes_primary_over_45", BLANK);
    const struct assessment a = bed_assess(&bed);
    CHECK_BLANK(bed_rule(&a.counties[0], "G5")->value);
    CHECK_INT(bed_rule(&a.counties[0], "G5")->state, STATE_NO_DATA);
    bed_free(&bed);
}

/* §2.9: 13 classes ask 2 + 2; of the rooms of 96 and 95.9 m² only one counts. */
TEST(rules, ask_two_music_rooms_for_thirteen_classes)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    bed_put(&bed, "classes_primary", 13);
    CHECK_INT(state_of(&bed, "G3"), STATE_BELOW);
    bed_put(&bed, "music_rooms_96m2", 2);
    bed_put(&bed, "art_rooms_90m2", 2);
    CHECK_INT(state_of(&bed, "G3"), STATE_MET);
    bed_put(&bed, "music_rooms_96m2", 1);
    CHECK_INT(state_of(&bed, "G3"), STATE_BELOW);
    bed_free(&bed);
}

/* §2.9: E = 1000, in 30, out 50, dead 1, G = 950: b 97.04 %, a 97.10 %. */
TEST(rules, show_both_variants_of_retention)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    bed.row += 2;
    bed_put(&bed, "cohort_entrants_junior", 1000);
    bed_put(&bed, "cohort_in_junior", 30);
    bed_put(&bed, "cohort_out_junior", 50);
    bed_put(&bed, "cohort_died_junior", 1);
    bed_put(&bed, "cohort_graduates_junior", 950);
    const struct assessment a = bed_assess(&bed);
    CHECK_NEAR(bed_rule(&a.counties[0], "Q1")->value, 950 / 979.0, 1e-15);
    CHECK_NEAR(bed_rule(&a.counties[0], "Q1a")->value, 970 / 999.0, 1e-15);
    CHECK_INT(bed_rule(&a.counties[0], "Q1")->state, STATE_MET);
    CHECK(!bed_rule(&a.counties[0], "Q1")->close == (950 / 979.0 > 0.95 * 1.02));
    bed_free(&bed);
}

TEST(rules, count_a_campus_with_its_host)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    good_school(&bed, "A1", 1700);
    bed_text(&bed, "host_school_code", "A");
    const struct assessment a = bed_assess(&bed);
    const struct rule_result *g4 = bed_rule(&a.counties[0], "G4"), *g3 = bed_rule(&a.counties[0], "G3");
    CHECK_INT(g4->schools, 3);
    CHECK_INT(g4->failing, 1); /* 400 + 1700 > 2000 */
    CHECK_INT(g4->failing_rows[0], 0);
    CHECK_INT(g3->state, STATE_MET); /* 24 classes, 2 + 2 rooms */
    CHECK_NEAR(bed_rule(&a.counties[0], "G12")->value, 1, 0);
    bed_free(&bed);
}

TEST(rules, need_no_schools_of_their_own_where_the_county_has_none)
{
    struct bed bed = bed_new("cn-2017");
    bed_county(&bed, "410185", 2025);
    bed_county_figure(&bed, "veto_X1", 2);
    const struct assessment a = bed_assess(&bed);
    CHECK_INT(a.counties[0].n_stages, 0);
    CHECK_INT(bed_rule(&a.counties[0], "X1")->state, STATE_BELOW);
    CHECK_INT(a.counties[0].verdict, STATE_NO_DATA);
    bed_free(&bed);
}

TEST(rules, are_relaxed_only_where_a_county_says_so)
{
    struct bed bed = bed_new("cn-2017");
    good_county(&bed);
    bed_county_figure(&bed, "migrant_eligible", 0);
    bed_put(&bed, "music_rooms_96m2", 0);
    bed_put(&bed, "music_rooms_73m2", 1);
    bed_put(&bed, "built_year", 2010);
    bed.row++;
    bed_put(&bed, "music_rooms_73m2", 0);
    bed_put(&bed, "built_year", 2020);
    bed.row++;
    bed_put(&bed, "music_rooms_73m2", 0);
    bed_put(&bed, "built_year", 2020);
    const struct assessment strict = bed_assess(&bed);
    CHECK_INT(bed_rule(&strict.counties[0], "G3")->failing, 1);
    struct relaxation_on on[2] = { { .document = TEXT("县教〔2025〕1号"), .date = TEXT("2025-06-01") }, { .date = TEXT("2025-06-01") } };
    for (size_t i = 0; i < bed.edition->n_relaxations; i++) {
        if (text_equal(bed.edition->relaxations[i].id, TEXT("G3-built-2016")))
            on[0].relaxation = &bed.edition->relaxations[i];
        if (text_equal(bed.edition->relaxations[i].id, TEXT("X8")))
            on[1].relaxation = &bed.edition->relaxations[i];
    }
    struct assess_request request = bed_request(&bed);
    struct assessment relaxed;
    request.relaxations = on;
    request.n_relaxations = 2;
    assess(bed.returns, &request, bed.mem, &relaxed);
    CHECK_INT(bed_rule(&relaxed.counties[0], "G3")->failing, 0);
    CHECK_INT(relaxed.n_relaxations, 2);
    CHECK_INT(relaxed.counties[0].n_rules, strict.counties[0].n_rules + 1); /* X8 is in force now */
    CHECK_INT(bed_rule(&relaxed.counties[0], "X8")->state, STATE_NO_DATA);
    bed_free(&bed);
}
