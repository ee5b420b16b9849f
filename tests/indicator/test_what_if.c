#include "bed.h"
#include "same.h"

#include "indicator/what_if.h"

static const char *const CHANGED[] = {
    "pupils_primary", "pupils_junior", "pupils_senior", "pupils_total", "teachers_above_degree_primary",
    "teachers_backbone_junior", "teachers_backbone", "teachers_pe_primary", "area_teaching_m2", "area_indoor_sports_m2",
    "area_outdoor_sports_m2", "equipment_value_10k_yuan", "classrooms_multimedia", "school_type", "area_kind", "ownership",
    "boarding", "classes_primary", "classes_total", "largest_class", "music_rooms_96m2", "public_funds_budget_10k_yuan",
    "training_budget_10k_yuan", "pupils_in_catchment",
};

static double another(const struct bed *bed, struct dice *dice, const char *item)
{
    const struct item *const of = &bed->edition->items.at[bed_item(bed, item)];
    if (throw_chance(dice, 0.1))
        return BLANK;
    if (of->type == ITEM_ENUM)
        return (double)throw_between(dice, 1, (long)of->n_values);
    return of->type == ITEM_BOOLEAN ? (double)throw_between(dice, 0, 1) : (double)throw_between(dice, 0, 3000);
}

static void county_figures(struct bed *bed, struct dice *dice)
{
    const struct item_list *const items = &bed->edition->items;
    for (size_t i = 0; i < items->n; i++)
        if (items->at[i].level == ITEM_COUNTY && items->at[i].type != ITEM_TEXT && throw_chance(dice, 0.9))
            returns_put_county(bed->returns, bed->county, (uint16_t)i,
                               items->at[i].type == ITEM_ENUM ? 1 : (double)throw_between(dice, 0, 2500), (struct origin){ 0, 0 });
}

/* Many changes one after another; after each, the whole county is assessed afresh and compared. */
static void change_and_compare(uint64_t seed, bool figures, bool hostile)
{
    struct dice dice = { seed };
    struct bed bed = bed_new("cn-2017");
    bed_ordinary_county(&bed, &dice, 1, 12); /* so that the county in question does not start at row 0 */
    if (hostile)
        bed_hostile_county(&bed, &dice, 2);
    else
        bed_ordinary_county(&bed, &dice, 2, 25);
    if (figures)
        county_figures(&bed, &dice);
    returns_arrange(bed.returns);
    struct assess_request request = bed_request(&bed);
    request.failing_rows = false;
    struct what_if *w = what_if_new(bed.returns, 1, &request, bed.mem);
    const struct county_year *const county = &bed.returns->counties[1];
    for (int turn = 0; turn < 60; turn++) {
        const char *name = CHANGED[throw_between(&dice, 0, (long)COUNT(CHANGED) - 1)];
        const uint16_t item = bed_item(&bed, name);
        const size_t row = county->first + (size_t)throw_between(&dice, 0, (long)county->n - 1);
        const double value = another(&bed, &dice, name);
        const struct county_assessment *got = what_if_set(w, row, item, value);
        struct arena *mem = arena_new("full");
        struct assessment full;
        returns_put_number(bed.returns, row, item, value);
        assess(bed.returns, &request, mem, &full);
        check_same_county(got, &full.counties[1]);
        arena_free(&mem);
    }
    bed_free(&bed);
}

TEST(what_if, says_bit_for_bit_what_a_full_assessment_says)
{
    for (uint64_t seed = 1; seed <= 12; seed++)
        change_and_compare(seed, seed % 2, false);
}

TEST(what_if, says_the_same_in_hostile_counties)
{
    for (uint64_t seed = 1; seed <= 40; seed++)
        change_and_compare(seed, seed % 2, true);
}

TEST(what_if, leaves_the_returns_alone_and_can_be_taken_back)
{
    struct dice dice = { 7 };
    struct bed bed = bed_new("cn-2017");
    bed_ordinary_county(&bed, &dice, 1, 20);
    const struct assessment before = bed_assess(&bed);
    struct assess_request request = bed_request(&bed);
    request.failing_rows = false;
    struct what_if *w = what_if_new(bed.returns, 0, &request, bed.mem);
    check_same_county(what_if_now(w), &before.counties[0]);
    const uint16_t rooms = bed_item(&bed, "classrooms_multimedia");
    const double had = returns_number(bed.returns, 3, rooms);
    const double cv = before.counties[0].stages[0].cv[6].cv;
    const struct county_assessment *after = what_if_set(w, 3, rooms, had + 100);
    CHECK(after->stages[0].cv[6].cv != cv || after->stages[1].cv[6].cv != before.counties[0].stages[1].cv[6].cv);
    CHECK_NEAR(returns_number(bed.returns, 3, rooms), had, 0);
    check_same_county(what_if_set(w, 3, rooms, had), &before.counties[0]);
    bed_free(&bed);
}

TEST(what_if, changes_figures_of_the_county)
{
    struct bed bed = bed_new("cn-2017");
    static const double FULL[7] = { 5, 2, 1, 5, 8, 3000, 3 };
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 500, FULL);
    const struct assessment before = bed_assess(&bed);
    CHECK_INT(bed_rule(&before.counties[0], "X1")->state, STATE_NO_DATA);
    const struct assess_request request = bed_request(&bed);
    struct what_if *w = what_if_new(bed.returns, 0, &request, bed.mem);
    const struct county_assessment *after = what_if_set_county(w, bed_item(&bed, "veto_X1"), 1);
    CHECK_INT(bed_rule(after, "X1")->state, STATE_BELOW);
    CHECK_INT(after->verdict, STATE_BELOW);
    after = what_if_set_county(w, bed_item(&bed, "veto_X1"), 0);
    CHECK_INT(bed_rule(after, "X1")->state, STATE_MET);
    CHECK_INT(after->verdict, STATE_NO_DATA);
    bed_free(&bed);
}
