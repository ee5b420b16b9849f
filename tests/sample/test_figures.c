#include "sample_returns.h"
#include "app/edition.h"
#include "indicator/assess.h"
#include "standard/logic_check.h"

/* Without the mistakes made on purpose the edition's checks find nothing but what is so by
 * design: one primary school with attached junior classes, told in each year. */
TEST(figures, agree_with_each_other_as_the_edition_asks)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct arena *mem = arena_new("test");
        struct err err = { 0 };
        const struct edition *edition;
        struct findings findings = { .mem = mem };
        CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
        const struct sample_county *county = sample_county(mem, seed, 2025, 3);
        logic_checks(edition, returns_of_sample(mem, county, &edition->items), &findings);
        for (size_t i = 0; i < findings.n; i++) {
            const struct finding *finding = &findings.at[i];
            if (!text_equal(finding->rule, TEXT("check.attached_junior")))
                fail_msg("%s", text_string(mem, finding_sentence(mem, finding)));
        }
        CHECK_INT(findings.n, 3);
        arena_free(&mem);
    }
}

/* The sample is there to be looked at: most schools pass, some fail, a few coefficients of the
 * fourteen are over their limit, and nothing is undecided for want of figures. */
TEST(figures, are_as_unequal_as_a_real_county)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    const struct edition *edition;
    struct assessment assessment;
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    const struct sample_county *county = sample_county(mem, 1, 2025, 1);
    const struct assess_request request = { .edition = edition, .by = NO_ITEM };
    assess(returns_of_sample(mem, county, &edition->items), &request, mem, &assessment);
    CHECK_INT(assessment.n_counties, 1);
    size_t units = 0, passing = 0, over = 0;
    CHECK_INT(assessment.counties[0].n_stages, 2);
    for (size_t s = 0; s < 2; s++) {
        const struct stage_assessment *stage = &assessment.counties[0].stages[s];
        CHECK_INT(stage->n_levels, 7);
        units += stage->n;
        passing += stage->passing;
        for (size_t k = 0; k < stage->n_levels; k++) {
            CHECK_INT(stage->cv[k].units_missing, 0);
            over += stage->cv[k].met == STATE_BELOW;
        }
    }
    CHECK(units > 140 && units < 160);
    CHECK(passing > units * 8 / 10 && passing < units * 97 / 100);
    CHECK(over >= 1 && over <= 3);
    arena_free(&mem);
}

/* Three years tell a story: fewer schools fail every year, and still one that passed falls back. */
TEST(figures, get_better_over_the_years_save_one_school)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    const struct edition *edition;
    struct assessment assessment;
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    const struct sample_county *county = sample_county(mem, 1, 2025, 3);
    const struct assess_request request = { .edition = edition, .by = NO_ITEM };
    assess(returns_of_sample(mem, county, &edition->items), &request, mem, &assessment);
    CHECK_INT(assessment.n_counties, 3);
    size_t failing[3] = { 0 }, fallen = 0;
    for (size_t y = 0; y < 3; y++)
        for (size_t s = 0; s < 2; s++)
            failing[y] += assessment.counties[y].stages[s].n - assessment.counties[y].stages[s].passing;
    for (size_t s = 0; s < 2; s++) {
        const struct stage_assessment *before = &assessment.counties[1].stages[s], *now = &assessment.counties[2].stages[s];
        for (size_t u = 0; u < now->n; u++)
            for (size_t v = 0; v < before->n; v++)
                fallen += before->unit_verdict[v] == STATE_MET && now->unit_verdict[u] == STATE_BELOW &&
                          text_equal(returns_text(assessment.returns, before->row[v], edition->items.school_code),
                                     returns_text(assessment.returns, now->row[u], edition->items.school_code));
    }
    CHECK(failing[0] > failing[1] && failing[1] > failing[2]);
    CHECK(fallen >= 1 && fallen <= 3);
    arena_free(&mem);
}
