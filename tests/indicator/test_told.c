/* Where did the engine have a figure from? */
#include "bed.h"

#include "indicator/told.h"

static const double FULL[7] = { 5, 2, 1, 5, 8, 3000, 3 };

static struct told *told_of(struct bed *bed, struct assess_request *request)
{
    *request = bed_request(bed);
    returns_arrange(bed->returns);
    return told_county(bed->returns, 0, request, bed->mem);
}

/* The row of a school, by its code. */
static size_t row_of(const struct bed *bed, const char *code)
{
    for (size_t i = 0; i < bed->returns->n; i++)
        if (text_equal(returns_text(bed->returns, i, bed->edition->items.school_code), text_of(code)))
            return i;
    fail_msg("no school %s", code);
    return 0;
}

static struct told_figure figure(const struct bed *bed, const struct told *told, const char *school, const char *item)
{
    return told_school(told, row_of(bed, school), bed_item(bed, item));
}

TEST(told, a_returned_figure_is_returned_and_a_zero_is_a_figure)
{
    struct bed bed = bed_new("cn-2017");
    struct assess_request request;
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 400, FULL);
    const struct told *told = told_of(&bed, &request);
    const struct told_figure pupils = figure(&bed, told, "A", "pupils_primary"), sports = figure(&bed, told, "A", "area_indoor_sports_m2");
    CHECK_INT(pupils.how, TOLD_RETURNED);
    CHECK_NEAR(pupils.value, 400, 0);
    CHECK_INT(sports.how, TOLD_RETURNED);
    CHECK_NEAR(sports.value, 0, 0);
    bed_free(&bed);
}

TEST(told, pupils_of_a_stage_that_the_type_lacks_are_none)
{
    struct bed bed = bed_new("cn-2017");
    struct assess_request request;
    bed_county(&bed, "410185", 2025);
    bed_primary(&bed, "A", 400, FULL);
    const struct told *told = told_of(&bed, &request);
    const struct told_figure junior = figure(&bed, told, "A", "pupils_junior");
    CHECK_INT(junior.how, TOLD_BY_TYPE);
    CHECK_NEAR(junior.value, 0, 0);
    bed_free(&bed);
}

TEST(told, the_first_derivation_that_gives_something_is_named)
{
    struct bed bed = bed_new("cn-2017");
    struct assess_request request;
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "N", "nine_year");
    bed_put(&bed, "pupils_total", 630);
    bed_put(&bed, "pupils_junior", 300);
    bed_put(&bed, "teachers_backbone", 9);
    bed_school(&bed, "P", "primary");
    bed_put(&bed, "pupils_total", 200);
    bed_put(&bed, "teachers_backbone", 4);
    const struct told *told = told_of(&bed, &request);
    const struct told_figure rest = figure(&bed, told, "N", "pupils_primary");
    CHECK_INT(rest.how, TOLD_DERIVED);
    CHECK_NEAR(rest.value, 330, 0);
    CHECK_CONTAINS(expression_source(rest.by->formula), "pupils_total - pupils_junior - pupils_senior");
    CHECK(!rest.estimate);
    const struct told_figure whole = figure(&bed, told, "P", "teachers_backbone_primary");
    CHECK_TEXT(expression_source(whole.by->formula), "teachers_backbone");
    CHECK_NEAR(whole.value, 4, 0);
    CHECK(!whole.estimate);
    const struct told_figure split = figure(&bed, told, "N", "teachers_backbone_primary");
    CHECK_TEXT(expression_source(split.by->formula), "teachers_backbone * share_primary");
    CHECK_NEAR(split.value, 9 * 330 / (330 + 1.1 * 300), 1e-12); /* 1 : 1.1 */
    CHECK(split.estimate);
    bed_free(&bed);
}

TEST(told, a_blank_that_nothing_tells_stays_one)
{
    struct bed bed = bed_new("cn-2017");
    struct assess_request request;
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "P", "primary");
    bed_put(&bed, "pupils_primary", 200);
    const struct told *told = told_of(&bed, &request);
    CHECK_INT(figure(&bed, told, "P", "teachers_backbone_primary").how, TOLD_NOT);
    CHECK_INT(figure(&bed, told, "P", "area_teaching_m2").how, TOLD_NOT);
    CHECK_BLANK(figure(&bed, told, "P", "area_teaching_m2").value);
    bed_free(&bed);
}

TEST(told, a_unit_is_its_host_and_its_campuses_each_split_by_its_own_pupils)
{
    struct bed bed = bed_new("cn-2017");
    struct assess_request request;
    bed_county(&bed, "410185", 2025);
    bed_school(&bed, "H", "nine_year");
    bed_put(&bed, "pupils_primary", 300);
    bed_put(&bed, "pupils_junior", 200);
    bed_put(&bed, "classrooms_multimedia", 26);
    bed_school(&bed, "K", "primary");
    bed_text(&bed, "host_school_code", "H");
    bed_put(&bed, "pupils_primary", 100);
    bed_put(&bed, "classrooms_multimedia", 4);
    const struct told *told = told_of(&bed, &request);
    size_t n = 0;
    const struct told_part *parts = told_parts(told, STAGE_PRIMARY, 6, row_of(&bed, "H"), bed.mem, &n);
    CHECK_INT(n, 2);
    CHECK_INT(parts[0].row, row_of(&bed, "H"));
    CHECK_NEAR(parts[0].amount, 26.0 * 300 / (300 + 1.1 * 200), 1e-12);
    CHECK_INT(parts[1].row, row_of(&bed, "K"));
    CHECK_NEAR(parts[1].amount, 4, 0);
    CHECK_INT(told_host(told, row_of(&bed, "K")), row_of(&bed, "H"));
    bed_free(&bed);
}

/* Every value of every unit of a hostile county, put together again from its parts. */
TEST(told, parts_add_up_to_what_the_engine_says_bit_for_bit)
{
    struct bed bed = bed_new("cn-2017");
    struct dice dice = { 7 };
    for (unsigned i = 0; i < 40; i++)
        bed_hostile_county(&bed, &dice, i);
    const struct assessment a = bed_assess(&bed);
    const struct assess_request request = bed_request(&bed);
    size_t looked = 0;
    for (size_t c = 0; c < a.n_counties; c++) {
        const struct told *told = told_county(bed.returns, c, &request, bed.mem);
        for (size_t s = 0; s < a.counties[c].n_stages; s++) {
            const struct stage_assessment *const stage = &a.counties[c].stages[s];
            for (size_t l = 0; l < stage->n_levels; l++)
                for (size_t u = 0; u < stage->n; u++) {
                    size_t n = 0;
                    double amount = 0, pupils = 0;
                    const struct told_part *p = told_parts(told, stage->stage, l, stage->row[u], bed.mem, &n);
                    for (size_t i = 0; i < n; i++) {
                        amount += p[i].amount;
                        pupils += p[i].pupils;
                    }
                    const double value = told_level(told, stage->stage, l)->per * amount / pupils;
                    CHECK(is_blank(value) == is_blank(stage->value[l][u]));
                    if (!is_blank(value))
                        CHECK_NEAR(value, stage->value[l][u], 0);
                    looked++;
                }
        }
    }
    CHECK(looked > 500);
    bed_free(&bed);
}
