/* Who answers for what: by the table, by the county's own rows, by whom it concerns. */
#include "county_bed.h"

#include "app/edition.h"
#include "app/owner.h"
#include "standard/owners_load.h"

enum { NOW = 1790000000 };

static const struct owners *owners(struct county_bed *bed)
{
    const struct owners *out;
    CHECK_OK(app_owners(bed->house, bed->mem, &out, &bed->err), bed->err);
    return out;
}
static void expect(const struct owners *o, const char *subject, const char *school, const char *township, enum place_kind kind, const char *name)
{
    const struct owner owner = owner_of(o, text_of(subject), TEXT("primary"), text_of(school), text_of(township));
    CHECK_INT(owner.place.kind, kind);
    CHECK_TEXT(owner.place.name, name);
    CHECK(owner.basis.size > 0);
}

TEST(owner, knows_money_posts_land_surroundings_and_teaching)
{
    struct county_bed bed = county_bed_empty();
    const struct owners *const o = owners(&bed);
    expect(o, "money", "", "", PLACE_DEPARTMENT, "D11");
    expect(o, "posts", "", "", PLACE_DEPARTMENT, "D05");
    expect(o, "land", "", "", PLACE_DEPARTMENT, "D13");
    expect(o, "surroundings", "41018500001", "柳林镇", PLACE_TOWNSHIP, "柳林镇");
    expect(o, "teaching", "41018500001", "柳林镇", PLACE_SCHOOL, "41018500001");
    expect(o, "L3", "41018500001", "柳林镇", PLACE_DEPARTMENT, "D12");
    expect(o, "L6", "41018500001", "柳林镇", PLACE_DEPARTMENT, "D11");
    const struct owner l5 = owner_of(o, TEXT("L5"), TEXT("junior"), TEXT("41018500001"), TEXT("柳林镇"));
    CHECK_INT((int)l5.n_helpers, 4);   /* D11, D07, the township, the school */
    CHECK_INT(l5.helpers[2].kind, PLACE_TOWNSHIP);
    CHECK_TEXT(l5.helpers[3].name, "41018500001");
    county_bed_end(&bed);
}

TEST(owner, finds_what_a_subject_is_part_of_then_its_kind_then_the_rest)
{
    struct county_bed bed = county_bed_empty();
    const struct owners *const o = owners(&bed);
    expect(o, "G11a", "", "", PLACE_DEPARTMENT, "D07");
    CHECK_TEXT(owner_of(o, TEXT("G11a"), TEXT(""), TEXT(""), TEXT("")).by_rule, "G11");
    CHECK_TEXT(owner_of(o, TEXT("Q9-science"), TEXT(""), TEXT("x"), TEXT("")).by_rule, "quality");
    CHECK_TEXT(owner_of(o, TEXT("cv-L6"), TEXT(""), TEXT(""), TEXT("")).by_rule, "L6");
    CHECK_TEXT(owner_of(o, TEXT("cv-L1"), TEXT(""), TEXT(""), TEXT("")).by_rule, "cv-L1");
    CHECK_TEXT(owner_of(o, TEXT("plan:4.2.1.3"), TEXT(""), TEXT(""), TEXT("")).by_rule, "plan");
    CHECK_TEXT(owner_of(o, TEXT("PRE1"), TEXT(""), TEXT(""), TEXT("")).by_rule, "precondition");
    CHECK_TEXT(owner_of(o, TEXT("X2"), TEXT(""), TEXT(""), TEXT("")).by_rule, "veto");
    CHECK_TEXT(owner_of(o, TEXT("Something"), TEXT(""), TEXT(""), TEXT("")).by_rule, "other");
    /* What the school answers for falls to the bureau where no school is meant. */
    expect(o, "Q7", "41018500001", "柳林镇", PLACE_SCHOOL, "41018500001");
    expect(o, "Q7", "", "", PLACE_DEPARTMENT, "D07");
    expect(o, "trip", "", "", PLACE_DEPARTMENT, "D15");
    county_bed_end(&bed);
}

struct put { struct county_bed *bed; struct owner_rule rule; struct place place; struct text person; bool expected; enum err_kind kind; };
static bool put_rule(void *context, struct db_session *session, struct err *err)
{
    struct put *const p = context;
    const bool ok = app_owner_put(p->bed->house, session, &p->bed->actor, &p->rule, NOW, p->bed->mem, err);
    if (p->expected)
        return ok;
    CHECK(!ok);
    CHECK_INT(err->kind, p->kind);
    return true;
}
static bool put_person(void *context, struct db_session *session, struct err *err)
{
    const struct put *const p = context;
    return app_owner_person_put(p->bed->house, session, &p->bed->actor, p->place, p->person, NOW, p->bed->mem, err);
}

TEST(owner, is_what_the_county_says_and_the_default_again_when_that_is_taken_back)
{
    struct county_bed bed = county_bed_empty();
    struct put p = { .bed = &bed, .expected = true,
                     .rule = { .subject = TEXT("L4"), .stage = TEXT("junior"), .owner = TEXT("D06"), .helpers = TEXT("D11 school"), .basis = TEXT("青政办〔2026〕3号") } };
    county_bed_write(&bed, put_rule, &p);
    const struct owner junior = owner_of(owners(&bed), TEXT("L4"), TEXT("junior"), TEXT("41018500001"), TEXT("柳林镇"));
    CHECK_TEXT(junior.place.name, "D06");
    CHECK_TEXT(junior.basis, "青政办〔2026〕3号");
    expect(owners(&bed), "L4", "41018500001", "", PLACE_DEPARTMENT, "D11");   /* primary: as it was */
    p.rule.owner = TEXT("");
    county_bed_write(&bed, put_rule, &p);
    CHECK_TEXT(owner_of(owners(&bed), TEXT("L4"), TEXT("junior"), TEXT("41018500001"), TEXT("")).place.name, "D11");
    p.expected = false;
    p.kind = ERR_CONFLICT;
    county_bed_write(&bed, put_rule, &p);
    p.rule = (struct owner_rule){ .subject = TEXT("L4 or so"), .owner = TEXT("D11") };
    p.kind = ERR_INPUT;
    county_bed_write(&bed, put_rule, &p);
    p.rule = (struct owner_rule){ .subject = TEXT("L4"), .owner = TEXT("财政局") };
    county_bed_write(&bed, put_rule, &p);
    county_bed_end(&bed);
}

TEST(owner, names_the_person_of_a_unit)
{
    struct county_bed bed = county_bed_empty();
    struct put p = { .bed = &bed, .place = { PLACE_DEPARTMENT, TEXT("D11") }, .person = TEXT(" 李明 ") };
    county_bed_write(&bed, put_person, &p);
    CHECK_TEXT(owner_of(owners(&bed), TEXT("L6"), TEXT(""), TEXT(""), TEXT("")).person, "李明");
    p.person = TEXT("");
    county_bed_write(&bed, put_person, &p);
    CHECK_TEXT(owner_person(owners(&bed), p.place), "");
    county_bed_end(&bed);
}

TEST(owner, keys_are_read_back)
{
    struct arena *mem = arena_new("test");
    struct place place;
    CHECK_TEXT(owner_key((struct place){ PLACE_TOWNSHIP, TEXT("柳林镇") }, mem), "township:柳林镇");
    CHECK(owner_place_of_key(TEXT("department:D11"), &place) && place.kind == PLACE_DEPARTMENT);
    CHECK_TEXT(place.name, "D11");
    CHECK(owner_place_of_key(TEXT(""), &place) && place.kind == PLACE_COUNTY);
    CHECK(!owner_place_of_key(TEXT("department:"), &place));
    CHECK(!owner_place_of_key(TEXT("village:x"), &place));
    arena_free(&mem);
}

static bool load(struct arena *mem, const char *csv, struct err *err)
{
    struct owner_rule *rules;
    size_t n;
    const struct edition_file file = { TEXT("owners.csv"), text_printf(mem, "subject,stage,owner,helpers,basis\n%s", csv) };
    return owners_load(mem, TEXT("我的标准"), &file, 1, &rules, &n, err);
}

TEST(owner, table_is_refused_where_a_cell_is_wrong)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    CHECK_OK(load(mem, "L4,,D11,D07 school,x\nother,,D07,,x\n", &err), err);
    CHECK(!load(mem, "L4,,财政局,,x\nother,,D07,,x\n", &err));
    CHECK_CONTAINS(text_of(err.what), "owners.csv 第 2 行");
    CHECK(!load(mem, "L4,senior,D11,,x\nother,,D07,,x\n", &err));
    CHECK(!load(mem, "L4,,D11,,x\nL4,,D12,,x\nother,,D07,,x\n", &err));
    CHECK(!load(mem, "L4,,D11,,x\n", &err));
    CHECK_CONTAINS(text_of(err.hint), "other");
    arena_free(&mem);
}
