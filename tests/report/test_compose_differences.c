/* Two assessments beside each other: only what differs, and how much was looked at. */
#include "paged.h"

#include "report/compose_differences.h"

static const struct difference *difference(const struct differences *d, enum difference_group_of group, const char *where)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->at[i].group == group && text_find(d->at[i].where, text_of(where), NULL))
            return &d->at[i];
    fail_msg("no difference of %s", where);
    return NULL;
}

TEST(differences, are_none_between_a_year_and_itself)
{
    struct paged p = paged_sample();
    const struct differences *d = compose_differences(&p.c, &p.c, p.c.mem);
    CHECK_INT(d->n, 0);
    CHECK(d->looked > 1000);
    paged_free(&p);
}

TEST(differences, between_years_are_told_cell_by_cell)
{
    struct paged p = paged_small();
    struct composing last = p.c;
    last.year = 0;
    const struct differences *d = compose_differences(&last, &p.c, p.c.mem);
    size_t n = 0;
    for (size_t g = 0; g < N_DIFFERENCE_GROUPS; g++)
        n += d->n_of[g];
    CHECK_INT(n, d->n);
    CHECK(d->n < d->looked);
    /* All five primary schools passed; now three do. */
    const struct difference *passing = difference(d, DIFFERENCE_VERDICT, "小学");
    CHECK_TEXT(passing->a, "5/5");
    CHECK_TEXT(passing->b, "3/5");
    CHECK_TEXT(passing->what, "达标学校");
    for (size_t i = 1; i < d->n; i++)
        CHECK(d->at[i - 1].group <= d->at[i].group);
    paged_free(&p);
}

/* A school that is only there in one of them says so once, not once an indicator. */
TEST(differences, of_a_school_that_is_gone_are_one_line)
{
    struct paged p = paged_small();
    struct composing last = p.c;
    last.year = 0;
    struct county_assessment *const now = &p.assessment->counties[1];
    now->stages[0].n--;
    const struct differences *d = compose_differences(&last, &p.c, p.c.mem);
    size_t gone = 0;
    for (size_t i = 0; i < d->n; i++)
        gone += text_equal(d->at[i].b, TEXT("没有"));
    CHECK_INT(gone, 1);
    now->stages[0].n++;
    paged_free(&p);
}
