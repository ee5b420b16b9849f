/* The first list of units, a merged school, and who is asked for a return afterwards. */
#include "county_bed.h"

#include "app/collection.h"
#include "app/units.h"

enum { NOW = 1790000000 };

struct doing { struct county_bed *bed; const struct snapshot *snapshot; struct unit_wish wish; size_t n; };
static bool seed(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_units_seed(d->bed->house, session, d->snapshot, &d->bed->actor, TEXT("2020-09-01"), NOW, d->bed->mem, &d->n, err);
}
static bool act(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_unit_act(d->bed->house, session, &d->bed->actor, &d->wish, NOW, d->bed->mem, err);
}
static bool open_year(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_collection_open(d->bed->house, session, &d->bed->actor, &(struct collection_wish){ .year = 2026 }, NOW, err);
}

TEST(units, are_seeded_once_and_a_merged_school_is_not_asked_any_more)
{
    struct county_bed bed = county_bed_full(1);
    struct doing d = { .bed = &bed };
    struct unit_tree tree;
    CHECK_OK(house_snapshot(bed.house, &d.snapshot, &bed.err), bed.err);
    const struct county_year *const last = &d.snapshot->returns->counties[0];
    const uint16_t code = d.snapshot->edition->items.school_code;
    const struct text gone = returns_text(d.snapshot->returns, last->first, code), into = returns_text(d.snapshot->returns, last->first + 1, code);
    county_bed_write(&bed, seed, &d);
    CHECK(d.n > last->n + 21);   /* schools, departments, townships */
    county_bed_write(&bed, seed, &d);
    CHECK_INT((int)d.n, 0);
    CHECK_OK(app_units_at(bed.house, TEXT("2026-01-01"), bed.mem, &tree, &bed.err), bed.err);
    size_t departments = 0;
    for (size_t i = 0; i < tree.n; i++)
        departments += tree.at[i].row->kind == UNIT_DEPARTMENT;
    CHECK_INT((int)departments, 21);
    d.wish = (struct unit_wish){ .act = UNIT_MERGE, .code = gone, .successor = into, .day = TEXT("2026-08-01"), .reason = TEXT("布局调整") };
    county_bed_write(&bed, act, &d);
    CHECK_OK(app_units_at(bed.house, TEXT("2026-09-01"), bed.mem, &tree, &bed.err), bed.err);
    CHECK(!units_expect(tree.rows, tree.n_rows, gone, TEXT("2026-09-01")));
    CHECK(units_expect(tree.rows, tree.n_rows, gone, TEXT("2026-07-31")));
    county_bed_write(&bed, open_year, &d);
    struct collection_status status;
    CHECK_OK(app_collection_status(bed.house, &bed.actor, 2026, NOW, bed.mem, &status, &bed.err), bed.err);
    CHECK_INT((int)status.n, (int)last->n - 1);
    for (size_t i = 0; i < status.n; i++)
        CHECK(!text_equal(status.ways[i].record.school, gone));
    snapshot_release(&d.snapshot);
    county_bed_end(&bed);
}
