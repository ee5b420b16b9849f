#include "check.h"

#include "app/edition.h"
#include "standard/edition_load.h"
#include "standard/expression.h"

static struct arena *mem;

static const struct edition *edition(const char *name)
{
    const struct edition *e = NULL;
    struct err err = { 0 };
    if (!mem)
        mem = arena_new("test");
    CHECK_OK(app_edition(mem, name, &e, &err), err);
    return e;
}

static const struct rule *rule(const char *id)
{
    const struct edition *e = edition("cn-2017");
    for (size_t i = 0; i < e->n_rules; i++)
        if (text_equal(e->rules[i].id, text_of(id)))
            return &e->rules[i];
    fail_msg("no rule %s", id);
    return NULL;
}

TEST(edition, has_all_32_indicators_each_once)
{
    static const char *const IDS[] = { "L1", "L2", "L3", "L4", "L5", "L6", "L7", "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9",
        "G10", "G11", "G12", "G13", "G14", "G15", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9", "S1" };
    const struct edition *e = edition("cn-2017");
    CHECK_INT(e->n_indicators, 32);
    for (size_t i = 0; i < 32; i++) {
        CHECK_TEXT(e->indicators[i].id, IDS[i]);
        CHECK(e->indicators[i].zh.size && e->indicators[i].en.size && e->indicators[i].clause.size);
    }
}

/* What sentences and column heads call it, and what lineage follows. */
TEST(edition, has_short_names_and_says_what_a_formula_rests_on)
{
    const struct edition *e = edition("cn-2017");
    const struct level *grounds = &e->stages[STAGE_PRIMARY].levels[4];
    CHECK_TEXT(e->indicators[1].brief, "骨干教师");
    CHECK_TEXT(grounds->brief, "运动场地");
    CHECK_TEXT(grounds->brief_en, "Sports grounds");
    CHECK_TEXT(grounds->formula, "area_outdoor_sports_m2 + area_indoor_sports_m2");
    CHECK_INT(grounds->n_rests_on, 2);
    CHECK(grounds->rests_on[0] == item_find(&e->items, TEXT("area_outdoor_sports_m2")));
    for (size_t r = 0; r < e->n_rules; r++) {
        CHECK(e->rules[r].brief.size);
        if (text_equal(e->rules[r].id, TEXT("Q4")))
            CHECK_INT(e->rules[r].n_rests_on, 2);
    }
}

/* Every numeric indicator has a formula; a document indicator has somebody to judge it. */
TEST(edition, works_out_every_numeric_indicator_and_has_the_others_judged)
{
    const struct edition *e = edition("cn-2017");
    for (size_t i = 7; i < e->n_indicators; i++) {
        bool formula = false, judged = false;
        for (size_t r = 0; r < e->n_rules; r++)
            if (text_equal(e->rules[r].plain, e->indicators[i].id) && e->rules[r].kind != RULE_SHOWN) {
                formula |= e->rules[r].value != NULL;
                judged |= e->rules[r].judged != NO_ITEM;
            }
        assert_true(formula == (e->indicators[i].form != FORM_DOCUMENT));
        assert_true(judged == (e->indicators[i].form != FORM_NUMBER));
    }
}

/* Domain specification §1.2. */
TEST(edition, has_the_thresholds_of_the_2017_measure)
{
    static const double AT_LEAST[2][7] = { { 4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3 }, { 5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4 } };
    static const double CV[2] = { 0.50, 0.45 };
    const struct edition *e = edition("cn-2017");
    for (size_t s = 0; s < 2; s++) {
        CHECK_INT(e->stages[s].n_levels, 7);
        CHECK_INT(e->stages[s].least_met, 6);
        CHECK(!e->stages[s].combined_decides);
        CHECK_NEAR(e->stages[s].combined_cv_limit, CV[s], 0);
        for (size_t l = 0; l < 7; l++) {
            const struct level *const level = &e->stages[s].levels[l];
            CHECK_NEAR(level->at_least, AT_LEAST[s][l], 0);
            CHECK_NEAR(level->floor, 0.85, 0);
            CHECK_NEAR(level->cv_limit, CV[s], 0);
            CHECK_NEAR(level->per, l < 3 || l == 6 ? 100 : 1, 0);
            assert_true(level->shared == (l >= 3));
            CHECK_NEAR(level->step, l < 3 || l == 6 ? 1 : 0.01, 0);
        }
    }
    CHECK_NEAR(e->weight[STAGE_JUNIOR], 1.1, 0);
    CHECK_NEAR(e->weight[STAGE_SENIOR], 1.32, 0);
}

TEST(edition, has_the_rules_and_parts_of_the_2017_measure)
{
    static const struct { const char *id; enum rule_scope scope; double threshold; enum rule_compare compare; bool judged; } RULES[] = {
        { "G2a", SCOPE_COUNTY, BLANK, COMPARE_NONE, true },     { "G2b", SCOPE_COUNTY, BLANK, COMPARE_NONE, true },
        { "G2c", SCOPE_COUNTY, 1, COMPARE_AT_LEAST, true },     { "G2d", SCOPE_COUNTY, BLANK, COMPARE_NONE, true },
        { "G3", SCOPE_SCHOOL, 0, COMPARE_AT_MOST, false },      { "G4", SCOPE_SCHOOL, 0, COMPARE_AT_MOST, false },
        { "G5", SCOPE_SCHOOL, 0, COMPARE_AT_MOST, false },      { "G6", SCOPE_SCHOOL, 0, COMPARE_AT_MOST, false },
        { "G7", SCOPE_COUNTY, 8000, COMPARE_AT_LEAST, false },  { "G8a", SCOPE_COUNTY, 1, COMPARE_AT_LEAST, false },
        { "G8b", SCOPE_COUNTY, BLANK, COMPARE_NONE, true },     { "G9", SCOPE_COUNTY, 1, COMPARE_AT_LEAST, false },
        { "G11a", SCOPE_COUNTY, 0.10, COMPARE_AT_LEAST, false },{ "G11b", SCOPE_COUNTY, 0.20, COMPARE_AT_LEAST, false },
        { "G12", SCOPE_COUNTY, 1, COMPARE_AT_LEAST, false },    { "G13a", SCOPE_COUNTY, 1, COMPARE_AT_LEAST, false },
        { "G13b", SCOPE_COUNTY, 0.95, COMPARE_AT_LEAST, false },{ "G14a", SCOPE_COUNTY, 0.50, COMPARE_AT_LEAST, false },
        { "G14b", SCOPE_COUNTY, BLANK, COMPARE_NONE, true },    { "G15a", SCOPE_COUNTY, 0.85, COMPARE_AT_LEAST, false },
        { "G15b", SCOPE_COUNTY, BLANK, COMPARE_NONE, true },    { "Q1", SCOPE_COUNTY, 0.95, COMPARE_AT_LEAST, false },
        { "Q2", SCOPE_COUNTY, 0.95, COMPARE_AT_LEAST, false },  { "Q4", SCOPE_SCHOOL, 0, COMPARE_AT_MOST, false },
        { "Q9-chinese", SCOPE_COUNTY, 0.15, COMPARE_BELOW, false }, { "Q9-moral", SCOPE_COUNTY, 0.15, COMPARE_BELOW, false },
        { "S1", SCOPE_COUNTY, 0.85, COMPARE_AT_LEAST, false },  { "PRE1", SCOPE_COUNTY, 3, COMPARE_AT_LEAST, false },
        { "X1", SCOPE_COUNTY, 0, COMPARE_AT_MOST, false },      { "X7", SCOPE_COUNTY, 0.85, COMPARE_AT_LEAST, false },
        { "PRIVATE", SCOPE_COUNTY, 0.15, COMPARE_AT_MOST, false },
    };
    for (size_t i = 0; i < COUNT(RULES); i++) {
        const struct rule *const r = rule(RULES[i].id);
        assert_true(r->scope == RULES[i].scope && r->compare == RULES[i].compare && (r->judged != NO_ITEM) == RULES[i].judged);
        assert_true(is_blank(RULES[i].threshold) ? is_blank(r->threshold) : r->threshold == RULES[i].threshold);
        CHECK(!r->off);
    }
    CHECK(rule("X8")->off);
    CHECK_INT(rule("PRIVATE")->kind, RULE_SHOWN);
    CHECK_INT(rule("Q1a")->kind, RULE_SHOWN);
    CHECK_INT(rule("G7b")->kind, RULE_SHOWN);
}

TEST(edition, proves_with_a_second_one_that_editions_are_data)
{
    const struct edition *e = edition("cn-2012-basic");
    CHECK_INT(e->n_indicators, 8);
    for (size_t s = 0; s < 2; s++) {
        CHECK_INT(e->stages[s].n_levels, 8);
        CHECK(e->stages[s].combined_decides);
        CHECK_NEAR(e->stages[s].combined_cv_limit, s ? 0.55 : 0.65, 0);
        for (size_t l = 0; l < 8; l++)
            CHECK(is_blank(e->stages[s].levels[l].at_least) && is_blank(e->stages[s].levels[l].cv_limit));
    }
    CHECK(item_find(&e->items, TEXT("books")) != NO_ITEM);
    CHECK(item_find(&e->items, TEXT("music_rooms")) == NO_ITEM);
}

TEST(edition, holds_every_item_of_the_domain_list_with_its_names)
{
    const struct edition *e = edition("cn-2017");
    struct arena *list = arena_new("list"); /* its own: check_shared frees it where it skips */
    struct text rest = check_shared(list, "domain/items.csv"), line;
    size_t n = 0;
    (void)text_split(&rest, '\n', &line); /* the column names */
    while (text_split(&rest, '\n', &line) && line.size) {
        struct text code, level, unit, type, zh;
        (void)(text_split(&line, ',', &code) && text_split(&line, ',', &level) && text_split(&line, ',', &unit) &&
               text_split(&line, ',', &type) && text_split(&line, ',', &zh));
        const uint16_t item = item_find(&e->items, code);
        if (item == NO_ITEM)
            fail_msg("no item %.*s", TEXT_ARG(code));
        CHECK(text_equal(e->items.at[item].zh, zh));
        if (!text_equal(code, TEXT("year")))
            CHECK(text_equal(e->items.at[item].unit, unit));
        n++;
    }
    CHECK(n > 170);
    arena_free(&list);
}

TEST(edition, knows_the_types_their_stages_and_their_thresholds)
{
    const struct edition *e = edition("cn-2017");
    const struct item *const type = &e->items.at[e->items.school_type];
    const struct school_type *const nine = &e->types[item_value(type, TEXT("nine_year")) - 1];
    const struct school_type *const point = &e->types[item_value(type, TEXT("teaching_point")) - 1];
    const struct school_type *const special = &e->types[item_value(type, TEXT("special")) - 1];
    CHECK(nine->stage[STAGE_PRIMARY] && nine->stage[STAGE_JUNIOR] && !nine->stage[STAGE_SENIOR] && nine->evaluated);
    CHECK_NEAR(point->least_pupils, 50, 0);
    CHECK(!special->evaluated);
}

/* ---- what the formulas mean ------------------------------------------------------------------ */

struct figure { const char *item; double value; };

/* One school with these figures; builtins as named. */
static struct frame one_school(const struct figure *figures, size_t n)
{
    static const char *const BUILTINS[] = { "has_primary", "has_junior", "has_senior", "n_stages", "share_primary", "share_junior", "assessed", "is_campus" };
    const struct item_list *const items = &edition("cn-2017")->items;
    const double **const columns = arena_array(mem, items->n, const double *);
    double *const county = arena_array(mem, items->n, double);
    struct frame frame = { .n = 1, .item = columns, .county = county };
    for (size_t i = 0; i < items->n; i++)
        county[i] = BLANK;
    for (size_t i = 0; i < n; i++) {
        double *const cell = arena_make(mem, double);
        *cell = figures[i].value;
        for (size_t b = 0; b < N_BUILTINS; b++)
            if (!strcmp(BUILTINS[b], figures[i].item))
                frame.builtin[b] = cell;
        const uint16_t item = item_find(items, text_of(figures[i].item));
        if (item != NO_ITEM && items->at[item].level == ITEM_SCHOOL)
            columns[item] = cell;
        else if (item != NO_ITEM)
            county[item] = figures[i].value;
    }
    return frame;
}

static double of_school(const struct expression *e, const struct figure *figures, size_t n)
{
    const struct frame frame = one_school(figures, n);
    double out;
    expression_eval(e, &frame, 0, 1, &out);
    return out;
}

static double of_county(const struct expression *e, const struct figure *figures, size_t n)
{
    const struct frame frame = one_school(figures, n);
    return expression_eval_county(e, &frame, NULL, NULL);
}

#define FIGURES(...) (const struct figure[]){ __VA_ARGS__ }, sizeof((const struct figure[]){ __VA_ARGS__ }) / sizeof(struct figure)

/* §2.9 vector 7: 13 classes need 2 + 2; of rooms of 96 and 95.9 m² one counts. */
TEST(rule_g3, asks_a_room_of_each_kind_for_every_12_classes_begun)
{
    const struct expression *const e = rule("G3")->value;
    CHECK_NEAR(of_school(e, FIGURES({ "classes_total", 13 }, { "music_rooms_96m2", 1 }, { "art_rooms_90m2", 2 })), 0, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "classes_total", 13 }, { "music_rooms_96m2", 2 }, { "art_rooms_90m2", 2 })), 1, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "classes_total", 12 }, { "music_rooms_96m2", 1 }, { "art_rooms_90m2", 1 })), 1, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "classes_total", 12 }, { "music_rooms_96m2", 0 })), 0, 0); /* whatever its art rooms */
    CHECK_BLANK(of_school(e, FIGURES({ "classes_total", 12 }, { "music_rooms_96m2", 1 })));
}

TEST(rule_g4, allows_2000_pupils_and_2500_where_both_stages_are)
{
    const struct expression *const e = rule("G4")->value;
    CHECK_NEAR(of_school(e, FIGURES({ "pupils_primary", 2000 }, { "pupils_junior", 0 }, { "has_primary", 1 }, { "has_junior", 0 })), 1, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "pupils_primary", 2001 }, { "pupils_junior", 0 }, { "has_primary", 1 }, { "has_junior", 0 })), 0, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "pupils_primary", 1500 }, { "pupils_junior", 1000 }, { "has_primary", 1 }, { "has_junior", 1 })), 1, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "pupils_primary", 1501 }, { "pupils_junior", 1000 }, { "has_primary", 1 }, { "has_junior", 1 })), 0, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "pupils_primary", 2600 }, { "has_primary", 1 }, { "has_junior", 1 })), 0, 0); /* known already */
    CHECK_BLANK(of_school(e, FIGURES({ "pupils_primary", 1000 }, { "has_primary", 1 }, { "has_junior", 1 })));
}

TEST(rule_g6, asks_small_rural_schools_for_the_funds_of_a_hundred)
{
    const struct item *const types = &edition("cn-2017")->items.at[edition("cn-2017")->items.school_type];
    const struct item *const areas = &edition("cn-2017")->items.at[edition("cn-2017")->items.area_kind];
    const double primary = item_value(types, TEXT("primary")), point = item_value(types, TEXT("teaching_point")), junior = item_value(types, TEXT("junior"));
    const double rural = item_value(areas, TEXT("rural")), urban = item_value(areas, TEXT("urban"));
    const struct expression *const where = rule("G6")->where, *const value = rule("G6")->value;
    CHECK_NEAR(of_school(where, FIGURES({ "school_type", primary }, { "area_kind", rural }, { "pupils_primary", 99 }, { "pupils_junior", 0 })), 1, 0);
    CHECK_NEAR(of_school(where, FIGURES({ "school_type", primary }, { "area_kind", rural }, { "pupils_primary", 100 }, { "pupils_junior", 0 })), 0, 0);
    CHECK_NEAR(of_school(where, FIGURES({ "school_type", primary }, { "area_kind", urban }, { "pupils_primary", 60 }, { "pupils_junior", 0 })), 0, 0);
    CHECK_NEAR(of_school(where, FIGURES({ "school_type", point }, { "pupils_primary", 20 }, { "pupils_junior", 0 })), 1, 0);
    CHECK_NEAR(of_school(where, FIGURES({ "school_type", junior }, { "area_kind", rural }, { "pupils_primary", 0 }, { "pupils_junior", 60 })), 0, 0);
    CHECK_NEAR(of_school(where, FIGURES({ "school_type", primary }, { "pupils_primary", 800 }, { "pupils_junior", 0 })), 0, 0);
    CHECK_BLANK(of_school(where, FIGURES({ "school_type", primary }, { "pupils_primary", 60 }, { "pupils_junior", 0 })));
    CHECK_NEAR(of_school(value, FIGURES({ "public_funds_budget_10k_yuan", 7.2 }, { "funds_standard_primary_yuan", 720 })), 1, 0);
    CHECK_NEAR(of_school(value, FIGURES({ "public_funds_budget_10k_yuan", 7.19 }, { "funds_standard_primary_yuan", 720 })), 0, 0);
}

TEST(rule_g2c, holds_the_quota_to_the_base_of_its_year)
{
    const struct expression *const e = rule("G2c")->value;
    CHECK_NEAR(of_county(e, FIGURES({ "year", 2023 }, { "funds_standard_primary_yuan", 720 }, { "funds_standard_junior_yuan", 940 })), 1, 0);
    CHECK_NEAR(of_county(e, FIGURES({ "year", 2022 }, { "funds_standard_primary_yuan", 650 }, { "funds_standard_junior_yuan", 1700 })), 1, 0);
    CHECK(of_county(e, FIGURES({ "year", 2023 }, { "funds_standard_primary_yuan", 1150 }, { "funds_standard_junior_yuan", 939 })) < 1);
}

/* §2.9 vector 6: E = 1000, in 30, out 50, dead 1, G = 950. */
TEST(rule_q1, is_variant_b_with_a_shown_beside_it)
{
    CHECK_NEAR(of_county(rule("Q1")->value, FIGURES({ "cohort_entrants_junior", 1000 }, { "cohort_in_junior", 30 }, { "cohort_out_junior", 50 }, { "cohort_died_junior", 1 }, { "cohort_graduates_junior", 950 })), 0.9704, 5e-5);
    CHECK_NEAR(of_county(rule("Q1a")->value, FIGURES({ "cohort_entrants_junior", 1000 }, { "cohort_in_junior", 30 }, { "cohort_out_junior", 50 }, { "cohort_died_junior", 1 }, { "cohort_graduates_junior", 950 })), 0.9710, 5e-5);
}

TEST(rule_g11, does_not_apply_where_nobody_is_eligible)
{
    CHECK_NEAR(of_county(rule("G11a")->not_applicable, FIGURES({ "rotation_eligible", 0 })), 1, 0);
    CHECK_NEAR(of_county(rule("G11b")->value, FIGURES({ "rotation_moved", 0 }, { "rotation_moved_backbone", 0 })), 0, 0);
}

TEST(rule_q9, asks_for_level_three_and_less_than_15_hundredths)
{
    CHECK_NEAR(of_county(rule("Q9-pe")->also, FIGURES({ "q9_level_pe", 3 })), 1, 0);
    CHECK_NEAR(of_county(rule("Q9-pe")->also, FIGURES({ "q9_level_pe", 2 })), 0, 0);
}

TEST(rule_g13, counts_urban_and_town_public_schools_that_do_not_board)
{
    const struct expression *const where = rule("G13a")->where;
    CHECK_NEAR(of_school(where, FIGURES({ "assessed", 1 }, { "has_primary", 1 }, { "area_kind", 1 }, { "ownership", 1 }, { "boarding", 0 })), 1, 0);
    CHECK_NEAR(of_school(where, FIGURES({ "assessed", 1 }, { "has_primary", 1 }, { "area_kind", 1 }, { "ownership", 1 }, { "boarding", 1 })), 0, 0);
    CHECK_NEAR(of_school(where, FIGURES({ "assessed", 1 }, { "has_primary", 1 }, { "area_kind", 3 })), 0, 0); /* rural: never asked */
    CHECK_BLANK(of_school(where, FIGURES({ "assessed", 1 }, { "has_primary", 1 }, { "area_kind", 1 }, { "boarding", 0 })));
}

static const struct relaxation *relaxation(const char *id)
{
    const struct edition *e = edition("cn-2017");
    for (size_t i = 0; i < e->n_relaxations; i++)
        if (text_equal(e->relaxations[i].id, text_of(id)))
            return &e->relaxations[i];
    fail_msg("no relaxation %s", id);
    return NULL;
}

TEST(relaxation, lets_smaller_rooms_count_only_where_it_may)
{
    const struct expression *const old = relaxation("G3-built-2016")->formula, *const rural = relaxation("G3-small-rural")->formula;
    CHECK_NEAR(of_school(old, FIGURES({ "classes_total", 13 }, { "music_rooms_96m2", 1 }, { "music_rooms_73m2", 1 }, { "art_rooms_90m2", 2 }, { "built_by_2016", 1 })), 1, 0);
    CHECK_NEAR(of_school(old, FIGURES({ "classes_total", 13 }, { "music_rooms_96m2", 1 }, { "music_rooms_73m2", 1 }, { "art_rooms_90m2", 2 }, { "built_by_2016", 0 })), 0, 0);
    CHECK_NEAR(of_school(rural, FIGURES({ "classes_total", 6 }, { "music_rooms_96m2", 0 }, { "music_rooms_73m2", 0 }, { "music_rooms_61m2", 0 }, { "music_rooms_54m2", 1 }, { "art_rooms_90m2", 1 }, { "small_rural_class_under_30", 1 }, { "has_junior", 0 })), 1, 0);
    CHECK_NEAR(of_school(rural, FIGURES({ "classes_total", 6 }, { "music_rooms_96m2", 0 }, { "music_rooms_73m2", 0 }, { "music_rooms_61m2", 0 }, { "music_rooms_54m2", 1 }, { "art_rooms_90m2", 1 }, { "small_rural_class_under_30", 1 }, { "has_junior", 1 })), 0, 0);
}

TEST(relaxation, lets_visiting_teachers_count_in_small_rural_schools_alone)
{
    const struct expression *const e = relaxation("L3-small-rural-primary")->formula;
    CHECK_NEAR(of_school(e, FIGURES({ "teachers_pe_primary", 1 }, { "teachers_arts_primary", 0 }, { "teachers_visiting_pe_arts_primary", 2 }, { "small_rural_50_99", 1 })), 3, 0);
    CHECK_NEAR(of_school(e, FIGURES({ "teachers_pe_primary", 1 }, { "teachers_arts_primary", 0 }, { "teachers_visiting_pe_arts_primary", 2 })), 1, 0);
    CHECK_BLANK(of_school(e, FIGURES({ "teachers_pe_primary", 1 }, { "teachers_visiting_pe_arts_primary", 2 }, { "small_rural_50_99", 1 })));
}

/* What the derivations make of a school's figures: applied in order, as the engine does. */
static double derived(const char *item, const struct figure *figures, size_t n)
{
    const struct edition *e = edition("cn-2017");
    struct figure known[200];
    memcpy(known, figures, n * sizeof *known);
    for (size_t d = 0; d < e->n_derivations; d++) {
        const struct derivation *const rule_ = &e->derivations[d];
        const char *const code = text_string(mem, e->items.at[rule_->item].code);
        bool given = false;
        for (size_t i = 0; i < n; i++)
            given = given || !strcmp(known[i].item, code);
        if (given || (rule_->when && !(of_school(rule_->when, known, n) > 0)))
            continue;
        const double value = of_school(rule_->formula, known, n);
        if (!is_blank(value))
            known[n++] = (struct figure){ code, value };
    }
    for (size_t i = 0; i < n; i++)
        if (!strcmp(known[i].item, item))
            return known[i].value;
    return BLANK;
}

static const struct figure FORM_BANDS[] = {
    { "classes_le_25", 1 }, { "classes_26_30", 0 }, { "classes_31_35", 0 }, { "classes_36_40", 5 }, { "classes_41_45", 10 },
    { "classes_46_50", 2 }, { "classes_51_55", 1 }, { "classes_56_60", 0 }, { "classes_61_65", 0 }, { "classes_ge_66", 1 },
};

static size_t with_bands(struct figure *into, const struct figure *figures, size_t n)
{
    memcpy(into, figures, n * sizeof *into);
    memcpy(into + n, FORM_BANDS, sizeof FORM_BANDS);
    return n + COUNT(FORM_BANDS);
}

TEST(derivation, gives_a_school_of_one_stage_the_figures_of_the_whole)
{
    struct figure f[64];
    const size_t n = with_bands(f, FIGURES({ "school_type", 1 }, { "has_primary", 1 }, { "has_junior", 0 }, { "has_senior", 0 }, { "n_stages", 1 },
        { "pupils_primary", 800 }, { "pupils_junior", 0 }, { "pupils_senior", 0 }, { "teachers_total", 50 }, { "teachers_backbone", 9 },
        { "teachers_pe", 3 }, { "teachers_music", 2 }, { "teachers_fine_art", 2 }, { "teachers_art", 1 }, { "classes_total", 20 },
        { "teachers_associate_primary", 10 }, { "teachers_bachelor_primary", 35 }, { "teachers_master_primary", 2 }, { "teachers_doctor_primary", 0 },
        { "built_year", 2012 }));
    CHECK_NEAR(derived("teachers_primary", f, n), 50, 0);
    CHECK_NEAR(derived("teachers_backbone_primary", f, n), 9, 0);
    CHECK_NEAR(derived("teachers_pe_primary", f, n), 3, 0);
    CHECK_NEAR(derived("teachers_arts_primary", f, n), 5, 0);
    CHECK_NEAR(derived("teachers_above_degree_primary", f, n), 47, 0);
    CHECK_NEAR(derived("classes_primary", f, n), 20, 0);
    CHECK_NEAR(derived("classes_junior", f, n), 0, 0);
    CHECK_NEAR(derived("classes_primary_over_45", f, n), 4, 0);
    CHECK_NEAR(derived("classes_junior_over_50", f, n), 0, 0);
    CHECK_NEAR(derived("built_by_2010", f, n), 0, 0);
    CHECK_NEAR(derived("built_by_2016", f, n), 1, 0);
    CHECK_NEAR(derived("pupils_total", f, n), 800, 0);
}

TEST(derivation, splits_the_figures_of_a_school_of_two_stages_by_weight)
{
    const struct edition *e = edition("cn-2017");
    CHECK_NEAR(derived("teachers_backbone_junior", FIGURES({ "has_primary", 1 }, { "has_junior", 1 }, { "n_stages", 2 }, { "share_primary", 0.6 }, { "share_junior", 0.4 }, { "teachers_backbone", 10 })), 4, 1e-12);
    CHECK_NEAR(derived("teachers_arts_primary", FIGURES({ "has_primary", 1 }, { "has_junior", 1 }, { "n_stages", 2 }, { "share_primary", 0.6 }, { "share_junior", 0.4 }, { "teachers_music", 2 }, { "teachers_fine_art", 2 }, { "teachers_art", 1 })), 3, 1e-12);
    for (size_t d = 0; d < e->n_derivations; d++) {
        size_t n;
        const struct text source = expression_source(e->derivations[d].formula);
        (void)expression_items(e->derivations[d].formula, &n);
        assert_true(e->derivations[d].estimate == (text_find(source, TEXT("share_"), NULL)));
    }
}

TEST(derivation, decides_the_class_size_of_a_school_of_two_stages_only_where_no_large_band_is_used)
{
    struct figure f[64];
    size_t n = with_bands(f, FIGURES({ "has_primary", 1 }, { "has_junior", 1 }, { "n_stages", 2 }));
    CHECK_BLANK(derived("classes_primary_over_45", f, n));
    CHECK_BLANK(derived("classes_junior_over_50", f, n));
    for (size_t i = 0; i < n; i++)
        if (!strcmp(f[i].item, "classes_46_50") || !strcmp(f[i].item, "classes_51_55") || !strcmp(f[i].item, "classes_ge_66"))
            f[i].value = 0;
    CHECK_NEAR(derived("classes_primary_over_45", f, n), 0, 0);
    CHECK_NEAR(derived("classes_junior_over_50", f, n), 0, 0);
}

TEST(derivation, tells_pupils_and_ownership_from_the_whole)
{
    const struct edition *e = edition("cn-2017");
    const double nine = item_value(&e->items.at[e->items.school_type], TEXT("nine_year"));
    CHECK_NEAR(derived("pupils_primary", FIGURES({ "school_type", 1 }, { "pupils_total", 500 }, { "pupils_senior", 0 })), 500, 0);
    CHECK_NEAR(derived("pupils_junior", FIGURES({ "school_type", nine }, { "pupils_total", 900 }, { "pupils_primary", 600 }, { "pupils_senior", 0 })), 300, 0);
    CHECK_BLANK(derived("pupils_junior", FIGURES({ "school_type", nine }, { "pupils_total", 900 }, { "pupils_senior", 0 })));
    CHECK_NEAR(derived("ownership", FIGURES({ "sponsor", 10 })), 2, 0);
    CHECK_NEAR(derived("ownership", FIGURES({ "sponsor", 4 })), 1, 0);
}
