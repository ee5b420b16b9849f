/* Which schools an actor is confined to: those that the tree of units puts into his school district. */
#include "county_bed.h"

#include "app/confine.h"
#include "app/units.h"

enum { NOW = 1764000000 };   /* 2025-11-24 */

struct doing { struct county_bed *bed; const struct snapshot *snapshot; struct unit_wish wish; };
static bool act(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_unit_act(d->bed->house, session, &d->bed->actor, &d->wish, NOW, d->bed->mem, err);
}
static void add(struct doing *d, enum unit_kind kind, struct text code, const char *parent, const char *district)
{
    d->wish = (struct unit_wish){ .act = UNIT_ADD, .kind = kind, .code = code, .name = code, .parent = text_of(parent), .district = text_of(district), .day = TEXT("2020-09-01") };
    county_bed_write(d->bed, act, d);
}

static struct actor head(const char *district)
{
    return (struct actor){ .account = 7, .role = ROLE_district, .permissions = role_info(ROLE_district)->permissions,
                           .place = { PLACE_DISTRICT, text_of(district) }, .channel = CHANNEL_WEB };
}

static size_t seen(const struct snapshot *s, const struct actor *actor)
{
    size_t n = 0;
    for (size_t row = 0; row < s->returns->n; row++)
        n += snapshot_visible(s, row, actor);
    return n;
}

TEST(confine, lets_the_head_of_a_district_see_its_schools_and_no_other)
{
    struct county_bed bed = county_bed_full(1);
    struct doing d = { .bed = &bed };
    struct actor actor = head("XQ1"), other = head("XQ2"), nowhere = head("");
    CHECK_OK(house_snapshot(bed.house, &d.snapshot, &bed.err), bed.err);
    const uint16_t code = d.snapshot->edition->items.school_code;
    struct text school[3];
    for (size_t i = 0; i < 3; i++)
        school[i] = text_copy(bed.mem, returns_text(d.snapshot->returns, i, code));
    CHECK_INT((int)seen(d.snapshot, &actor), 0);   /* nobody said yet which schools he has */
    add(&d, UNIT_DISTRICT, TEXT("XQ1"), "", "");
    add(&d, UNIT_DISTRICT, TEXT("XQ2"), "", "");
    add(&d, UNIT_SCHOOL, school[2], "", "XQ1");
    add(&d, UNIT_SCHOOL, school[0], "", "XQ1");
    add(&d, UNIT_SCHOOL, school[1], "", "");
    snapshot_release(&d.snapshot);
    CHECK_OK(house_snapshot(bed.house, &d.snapshot, &bed.err), bed.err);
    CHECK_OK(app_confine(bed.house, d.snapshot, NOW, bed.mem, &actor, &bed.err), bed.err);
    CHECK_OK(app_confine(bed.house, d.snapshot, NOW, bed.mem, &other, &bed.err), bed.err);
    CHECK_OK(app_confine(bed.house, d.snapshot, NOW, bed.mem, &nowhere, &bed.err), bed.err);
    CHECK_INT((int)seen(d.snapshot, &actor), 2);
    CHECK_INT((int)seen(d.snapshot, &other), 0);
    CHECK_INT((int)seen(d.snapshot, &nowhere), 0);
    CHECK(snapshot_school(d.snapshot, 0, school[0], &actor) != SIZE_MAX && snapshot_school(d.snapshot, 0, school[1], &actor) == SIZE_MAX);
    CHECK(!actor_covers_county(&actor));
    /* The day decides: from December on the school lies elsewhere. */
    d.wish = (struct unit_wish){ .act = UNIT_MOVE, .code = school[0], .district = TEXT("XQ2"), .day = TEXT("2025-12-01") };
    county_bed_write(&bed, act, &d);
    snapshot_release(&d.snapshot);
    CHECK_OK(house_snapshot(bed.house, &d.snapshot, &bed.err), bed.err);
    CHECK_OK(app_confine(bed.house, d.snapshot, NOW, bed.mem, &actor, &bed.err), bed.err);
    CHECK_INT((int)seen(d.snapshot, &actor), 2);
    CHECK_OK(app_confine(bed.house, d.snapshot, NOW + 30 * 86400, bed.mem, &actor, &bed.err), bed.err);
    CHECK_INT((int)seen(d.snapshot, &actor), 1);
    snapshot_release(&d.snapshot);
    county_bed_end(&bed);
}

TEST(confine, puts_a_campus_where_its_school_is_unless_it_says_otherwise)
{
    struct county_bed bed = county_bed_empty();
    struct doing d = { .bed = &bed };
    add(&d, UNIT_DISTRICT, TEXT("XQ1"), "", "");
    add(&d, UNIT_DISTRICT, TEXT("XQ2"), "", "");
    add(&d, UNIT_SCHOOL, TEXT("S1"), "", "XQ1");
    add(&d, UNIT_CAMPUS, TEXT("S1A"), "S1", "");
    add(&d, UNIT_CAMPUS, TEXT("S1B"), "S1", "XQ2");
    CHECK_OK(house_snapshot(bed.house, &d.snapshot, &bed.err), bed.err);
    const struct school_set set = district_schools(d.snapshot->units, d.snapshot->n_units, TEXT("XQ1"), TEXT("2025-01-01"), bed.mem);
    CHECK_INT((int)set.n, 2);
    CHECK(school_set_has(&set, TEXT("S1")) && school_set_has(&set, TEXT("S1A")) && !school_set_has(&set, TEXT("S1B")));
    snapshot_release(&d.snapshot);
    county_bed_end(&bed);
}

TEST(confine, narrows_whoever_sees_a_county_to_some_schools)
{
    static const struct text ROUND[] = { { "A", 1 }, { "C", 1 } };
    const struct school_set only = { ROUND, COUNT(ROUND) };
    struct actor actor = { .role = ROLE_assessor, .permissions = MAY_SEE, .place = { PLACE_COUNTY, TEXT("") } };
    CHECK(actor_covers_county(&actor) && actor_covers(&actor, TEXT("B"), TEXT("")));
    actor.only = &only;
    CHECK(!actor_covers_county(&actor));
    CHECK(actor_covers(&actor, TEXT("A"), TEXT("")) && !actor_covers(&actor, TEXT("B"), TEXT("")) && actor_covers(&actor, TEXT("C"), TEXT("")));
    actor.place = (struct place){ PLACE_TOWNSHIP, TEXT("柳林镇") };
    CHECK(actor_covers(&actor, TEXT("A"), TEXT("柳林镇")) && !actor_covers(&actor, TEXT("A"), TEXT("石桥镇")) && !actor_covers(&actor, TEXT("B"), TEXT("柳林镇")));
}
