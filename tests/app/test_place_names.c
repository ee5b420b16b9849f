/* What places are called, which there are to choose from, and how what was chosen or typed is read. */
#include "county_bed.h"

#include "app/place_names.h"
#include "app/units.h"

enum { NOW = 1764000000 };   /* 2025-11-24 */

/* Refused, so, and with the remedy. */
#define CHECK_REFUSED(call, bed, expected)                                             \
    do {                                                                               \
        (bed).err = (struct err){ 0 };                                                 \
        CHECK(!(call));                                                                \
        CHECK_INT((bed).err.kind, expected);                                           \
        CHECK((bed).err.hint[0] != 0);                                                 \
    } while (0)

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

static const struct snapshot *latest(struct county_bed *bed)
{
    const struct snapshot *s = NULL;
    CHECK_OK(house_snapshot(bed->house, &s, &bed->err), bed->err);
    return s;
}

/* The first school of the sample county, its code and name. */
static struct text of_first(const struct snapshot *s, uint16_t item)
{
    return returns_text(s->returns, s->returns->counties[0].first, item);
}

TEST(place_names, name_every_kind_of_place_without_a_tree_too)
{
    struct county_bed bed = county_bed_full(1);
    const struct snapshot *s = latest(&bed);
    const struct item_list *const items = &s->edition->items;
    struct place_names names;
    place_names_of(s, NOW, bed.mem, &names);
    CHECK_TEXT(place_name(&names, (struct place){ PLACE_DEPARTMENT, TEXT("D11") }), "市财政局");
    CHECK(text_equal(place_name(&names, (struct place){ PLACE_SCHOOL, of_first(s, items->school_code) }), of_first(s, items->school_name)));
    CHECK(text_equal(place_name(&names, (struct place){ PLACE_TOWNSHIP, of_first(s, items->township) }), of_first(s, items->township)));
    CHECK(text_equal(place_name(&names, (struct place){ PLACE_COUNTY, TEXT("") }), s->county_name));
    CHECK_TEXT(place_name(&names, (struct place){ PLACE_SCHOOL, TEXT("9990") }), "9990");
    CHECK_INT((int)names.standing[PLACE_DEPARTMENT].n, 21);
    CHECK_INT((int)names.standing[PLACE_SCHOOL].n, (int)s->returns->counties[0].n);
    CHECK_INT((int)names.standing[PLACE_COUNTY].n, 1);
    CHECK(names.standing[PLACE_TOWNSHIP].n > 1);
    for (size_t i = 1; i < names.all.n; i++)
        CHECK(place_find(&names, names.all.at[i].place) == &names.all.at[i]);
    snapshot_release(&s);
    county_bed_end(&bed);
}

TEST(place_names, follow_the_tree_of_units_as_of_the_day)
{
    struct county_bed bed = county_bed_full(1);
    struct doing d = { .bed = &bed, .snapshot = latest(&bed) };
    const struct text code = text_copy(bed.mem, of_first(d.snapshot, d.snapshot->edition->items.school_code));
    county_bed_write(&bed, seed, &d);
    d.wish = (struct unit_wish){ .act = UNIT_RENAME, .code = TEXT("D11"), .name = TEXT("县财政局"), .day = TEXT("2025-01-01") };
    county_bed_write(&bed, act, &d);
    d.wish = (struct unit_wish){ .act = UNIT_RENAME, .code = TEXT("D12"), .name = TEXT("县人社局"), .day = TEXT("2099-01-01") };
    county_bed_write(&bed, act, &d);
    d.wish = (struct unit_wish){ .act = UNIT_CLOSE, .code = code, .reason = TEXT("没有生源"), .day = TEXT("2025-07-01") };
    county_bed_write(&bed, act, &d);
    snapshot_release(&d.snapshot);
    d.snapshot = latest(&bed);   /* the tree is another: so is the snapshot, though no figure changed */
    struct place_names names;
    struct place place;
    place_names_of(d.snapshot, NOW, bed.mem, &names);
    CHECK_TEXT(place_name(&names, (struct place){ PLACE_DEPARTMENT, TEXT("D11") }), "县财政局");
    CHECK_TEXT(place_name(&names, (struct place){ PLACE_DEPARTMENT, TEXT("D12") }), "市人力社保局");
    CHECK_INT((int)names.standing[PLACE_SCHOOL].n, (int)d.snapshot->returns->counties[0].n - 1);
    CHECK(place_find(&names, (struct place){ PLACE_SCHOOL, code }) != NULL);   /* it keeps its name */
    CHECK_REFUSED(place_parse(&names, text_printf(bed.mem, "school:%.*s", TEXT_ARG(code)), &place, &bed.err), bed, ERR_CONFLICT);
    snapshot_release(&d.snapshot);
    county_bed_end(&bed);
}

TEST(place_names, read_what_was_chosen_and_refuse_what_is_not_there)
{
    struct county_bed bed = county_bed_full(1);
    const struct snapshot *s = latest(&bed);
    struct place_names names;
    struct place place;
    place_names_of(s, NOW, bed.mem, &names);
    CHECK_OK(place_parse(&names, TEXT("department:D11"), &place, &bed.err), bed.err);
    CHECK(place.kind == PLACE_DEPARTMENT && text_equal(place.name, TEXT("D11")));
    CHECK_OK(place_parse(&names, TEXT("county"), &place, &bed.err), bed.err);
    CHECK(place.kind == PLACE_COUNTY && !place.name.size);
    for (int k = PLACE_SCHOOL; k <= PLACE_COUNTY; k++)
        for (size_t i = 0; i < names.standing[k].n; i++) {
            CHECK_OK(place_parse(&names, names.standing[k].at[i].value, &place, &bed.err), bed.err);
            CHECK((int)place.kind == k);
        }
    CHECK_REFUSED(place_parse(&names, TEXT("department:D99"), &place, &bed.err), bed, ERR_ABSENT);
    CHECK_REFUSED(place_parse(&names, TEXT("department:财政局"), &place, &bed.err), bed, ERR_ABSENT);
    CHECK_REFUSED(place_parse(&names, TEXT("school:"), &place, &bed.err), bed, ERR_INPUT);
    CHECK_REFUSED(place_parse(&names, TEXT(""), &place, &bed.err), bed, ERR_INPUT);
    CHECK_REFUSED(place_parse(&names, TEXT("planet:X"), &place, &bed.err), bed, ERR_INPUT);
    snapshot_release(&s);
    county_bed_end(&bed);
}

TEST(place_names, read_what_somebody_types_into_a_workbook)
{
    static const struct { const char *said; enum place_kind kind; const char *name; } RIGHT[] = {
        { "市财政局", PLACE_DEPARTMENT, "D11" }, { "财政局", PLACE_DEPARTMENT, "D11" },      { "D11", PLACE_DEPARTMENT, "D11" },
        { "部门：财政局", PLACE_DEPARTMENT, "D11" }, { " 部门: D11 ", PLACE_DEPARTMENT, "D11" }, { "department:D11", PLACE_DEPARTMENT, "D11" },
        { "全县", PLACE_COUNTY, "" },
    };
    struct county_bed bed = county_bed_full(1);
    const struct snapshot *s = latest(&bed);
    struct place_names names;
    struct place place;
    place_names_of(s, NOW, bed.mem, &names);
    for (size_t i = 0; i < COUNT(RIGHT); i++) {
        CHECK_OK(place_said(&names, text_of(RIGHT[i].said), &place, &bed.err), bed.err);
        CHECK(place.kind == RIGHT[i].kind);
        CHECK_TEXT(place.name, RIGHT[i].name);
    }
    CHECK_OK(place_said(&names, of_first(s, s->edition->items.school_name), &place, &bed.err), bed.err);
    CHECK(place.kind == PLACE_SCHOOL && text_equal(place.name, of_first(s, s->edition->items.school_code)));
    CHECK_REFUSED(place_said(&names, TEXT("水利局"), &place, &bed.err), bed, ERR_ABSENT);
    CHECK_REFUSED(place_said(&names, TEXT("乡镇:财政局"), &place, &bed.err), bed, ERR_ABSENT);
    CHECK_REFUSED(place_said(&names, TEXT("部门:"), &place, &bed.err), bed, ERR_INPUT);
    snapshot_release(&s);
    county_bed_end(&bed);
}
