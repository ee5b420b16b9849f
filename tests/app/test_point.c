#include "app/county_bed.h"

#include "app/point.h"
#include "app/scenario.h"

#include <math.h>

static struct point_asked asking(const struct snapshot *s, size_t unit, const char *level, double value)
{
    const struct stage_assessment *const primary = &s->assessment->counties[0].stages[0];
    return (struct point_asked){ .year = 0, .stage = primary->stage, .level = text_of(level), .value = value,
                                 .school = returns_text(s->returns, primary->row[unit], s->edition->items.school_code) };
}

static double value_of(const struct assessment *a, size_t unit, size_t level)
{
    return a->counties[0].stages[0].value[level][unit];
}

/* The same figures changed and assessed the long way give the same county, bit for bit. */
TEST(point, is_what_an_assessment_of_the_moved_figures_would_be)
{
    struct county_bed b = county_bed_full(1);
    const struct snapshot *s;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    const size_t levels = s->edition->stages[0].n_levels;
    for (size_t l = 0; l < levels; l++) {
        const struct level *const level = &s->edition->stages[0].levels[l];
        for (size_t unit = 0; unit < 40; unit += 13) {
            struct point_asked asked = asking(s, unit, text_string(b.mem, level->id), level->at_least * 1.5);
            struct pointed pointed;
            struct tried tried;
            CHECK_OK(app_point(s, &b.actor, &asked, b.mem, &pointed, &b.err), b.err);
            struct scenario_change changes[POINT_CHANGES];
            for (size_t i = 0; i < pointed.n; i++)
                changes[i] = (struct scenario_change){ asked.school, pointed.changes[i].item, pointed.changes[i].after };
            CHECK_OK(app_try(s, 0, &b.actor, changes, pointed.n, b.mem, &tried, &b.err), b.err);
            const struct county_assessment *const one = &pointed.assessment->counties[0], *const two = &tried.assessment->counties[0];
            CHECK_INT(one->verdict, two->verdict);
            for (size_t st = 0; st < one->n_stages; st++)
                for (size_t k = 0; k < one->stages[st].n_levels; k++)
                    CHECK(memcmp(&one->stages[st].cv[k].cv, &two->stages[st].cv[k].cv, sizeof(double)) == 0);
            /* Whole persons and rooms: within one of them of what was asked for. */
            const double one_more = level->step * level->per / one->stages[0].unit_pupils[unit];
            CHECK(fabs(value_of(pointed.assessment, unit, l) - asked.value) <= one_more * (level->shared ? 2 : 1) + 0.2 * (l == 5 ? 100 : 0));
        }
    }
    snapshot_release(&s);
    county_bed_end(&b);
}

/* Down to nothing: the first figure is used up, then the next. */
TEST(point, takes_from_the_next_figure_when_the_first_is_used_up)
{
    struct county_bed b = county_bed_full(1);
    const struct snapshot *s;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    struct pointed pointed;
    const struct point_asked asked = asking(s, 0, "L3", 0);
    CHECK_OK(app_point(s, &b.actor, &asked, b.mem, &pointed, &b.err), b.err);
    CHECK_NEAR(value_of(pointed.assessment, 0, 2), 0, 0);
    for (size_t i = 0; i < pointed.n; i++)
        CHECK_NEAR(pointed.changes[i].after, 0, 0);
    CHECK(value_of(s->assessment, 0, 2) > 0); /* what stands is as it was */
    snapshot_release(&s);
    county_bed_end(&b);
}

TEST(point, refuses_what_is_not_there_or_may_not_be_seen)
{
    struct county_bed b = county_bed_full(1);
    const struct snapshot *s;
    CHECK_OK(house_snapshot(b.house, &s, &b.err), b.err);
    struct pointed pointed;
    struct point_asked asked = asking(s, 0, "L5", 8);
    struct actor liaison = { .role = ROLE_department, .permissions = MAY_SEE | MAY_TRY, .place = { PLACE_SCHOOL, TEXT("elsewhere") } };
    CHECK(!app_point(s, &liaison, &asked, b.mem, &pointed, &b.err));
    CHECK_INT(b.err.kind, ERR_ABSENT);
    liaison.permissions = MAY_SEE;
    CHECK(!app_point(s, &liaison, &asked, b.mem, &pointed, &b.err));
    CHECK_INT(b.err.kind, ERR_DENIED);
    asked.value = -1;
    CHECK(!app_point(s, &b.actor, &asked, b.mem, &pointed, &b.err));
    CHECK_INT(b.err.kind, ERR_INPUT);
    asked = asking(s, 0, "L9", 8);
    CHECK(!app_point(s, &b.actor, &asked, b.mem, &pointed, &b.err));
    CHECK_INT(b.err.kind, ERR_ABSENT);
    asked = asking(s, 0, "L5", 8);
    asked.school = TEXT("0000");
    CHECK(!app_point(s, &b.actor, &asked, b.mem, &pointed, &b.err));
    CHECK_INT(b.err.kind, ERR_ABSENT);
    snapshot_release(&s);
    county_bed_end(&b);
}
