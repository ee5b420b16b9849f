#include "paged.h"

#include "indicator/what_if.h"
#include "report/compose_point.h"

/* What stands, with one figure of one school changed, as an assessment. */
static struct assessment changed(struct paged *p, const char *code, const char *item, double value, struct change *change)
{
    const struct returns *const returns = p->c.assessment->returns;
    const struct assess_request request = { .edition = p->c.assessment->edition, .by = NO_ITEM };
    const size_t row = composing_row(p->c.assessment, composing_county(&p->c), text_of(code));
    const uint16_t at = item_find(returns->items, text_of(item));
    struct what_if *const what_if = what_if_new(returns, p->c.year, &request, p->c.mem);
    struct assessment after = *p->c.assessment;
    *change = (struct change){ .item = at, .county = (uint32_t)p->c.year, .school = text_of(code), .before = returns_number(returns, row, at), .after = value };
    after.counties = arena_copy(p->c.mem, after.counties, after.n_counties * sizeof *after.counties);
    after.counties[p->c.year] = *what_if_set(what_if, row, at, value);
    after.counties[p->c.year].county = composing_county(&p->c)->county;
    return after;
}

static const struct point_row *row_named(const struct point_view *v, const char *name)
{
    for (size_t i = 0; i < v->n_rows; i++)
        if (text_equal(v->rows[i].name, text_of(name)))
            return &v->rows[i];
    fail_msg("no row %s", name);
    return NULL;
}

TEST(point, says_what_one_value_changes)
{
    struct paged p = paged_small();
    struct change change;
    const uint32_t b = (uint32_t)composing_row(p.c.assessment, composing_county(&p.c), TEXT("B"));
    const struct stage_assessment *const was = composing_stage(composing_county(&p.c), STAGE_PRIMARY);
    const double now = returns_number(p.c.assessment->returns, b, item_find(p.c.assessment->returns->items, TEXT("teachers_backbone_primary")));
    const struct assessment after = changed(&p, "B", "teachers_backbone_primary", now * 3, &change);
    const struct point_view *v = compose_point(&p.c, &after, STAGE_PRIMARY, TEXT("L2"), b, &change, 1);
    CHECK_NEAR(v->value, 1.5, 1e-12); /* it was 0.5 */
    CHECK_INT(v->state, STATE_MET);
    const struct point_row *const value = row_named(v, "骨干教师（人/百生）"), *const cv = row_named(v, "差异系数");
    CHECK_TEXT(value->before, "0.50");
    CHECK_TEXT(value->after, "1.50");
    CHECK_INT(value->before_state, STATE_BELOW);
    CHECK(value->changed && !value->worse);
    CHECK_TEXT(cv->before, "0.312");
    CHECK_NEAR(v->cv, after.counties[p.c.year].stages[0].cv[1].cv, 0);
    CHECK(cv->changed && !cv->worse && v->cv < was->cv[1].cv);
    CHECK(text_find(v->figures, TEXT("→"), NULL));
    CHECK(text_starts(v->sentence, v->school) && text_find(v->sentence, TEXT("差异系数 0.312 → "), NULL));
    CHECK(text_find(v->verdict, TEXT("2025学年"), NULL));
    p.c.english = true;
    CHECK(text_find(compose_point(&p.c, &after, STAGE_PRIMARY, TEXT("L2"), b, &change, 1)->sentence, TEXT("Coefficient 0.312 → "), NULL));
    paged_free(&p);
}

/* A nine-year school's grounds are shared: what its primary part gains, its junior part gains as well. */
TEST(point, names_what_moves_with_it_in_the_other_stage)
{
    struct paged p = paged_sample();
    const struct county_assessment *const county = composing_county(&p.c);
    const struct stage_assessment *const junior = composing_stage(county, STAGE_JUNIOR), *const primary = composing_stage(county, STAGE_PRIMARY);
    size_t u = 0;
    while (u < junior->n && composing_unit(primary, junior->row[u]) == SIZE_MAX)
        u++;
    CHECK(u < junior->n);
    const uint32_t row = junior->row[u];
    struct change change;
    const double now = returns_number(p.c.assessment->returns, row, item_find(p.c.assessment->returns->items, TEXT("area_outdoor_sports_m2")));
    const struct assessment after = changed(&p, text_string(p.c.mem, composing_code(&p.c, row)), "area_outdoor_sports_m2", now + 60000, &change);
    const struct point_view *const v = compose_point(&p.c, &after, STAGE_PRIMARY, TEXT("L5"), row, &change, 1);
    const struct point_row *const other = row_named(v, "初中运动场地的差异系数");
    CHECK(other->changed && other->worse); /* so much in one school sets it apart */
    paged_free(&p);
}

TEST(point, says_that_nothing_changes)
{
    struct paged p = paged_small();
    const uint32_t row = (uint32_t)composing_row(p.c.assessment, composing_county(&p.c), TEXT("A"));
    const struct point_view *const v = compose_point(&p.c, p.c.assessment, STAGE_PRIMARY, TEXT("L2"), row, NULL, 0);
    CHECK(text_find(v->sentence, TEXT("没有变化"), NULL));
    CHECK_TEXT(v->figures, "");
    CHECK(!compose_point(&p.c, p.c.assessment, STAGE_PRIMARY, TEXT("L9"), row, NULL, 0));
    CHECK(!compose_point(&p.c, p.c.assessment, STAGE_JUNIOR, TEXT("L2"), row, NULL, 0));
    paged_free(&p);
}
