#include "check.h"

#include "app/actor.h"

static struct actor in_role(enum role role, enum place_kind kind, const char *name)
{
    return (struct actor){ .account = 1, .role = role, .permissions = role_info(role)->permissions, .place = { kind, text_of(name) } };
}

TEST(actor, may_only_what_its_role_may)
{
    struct err err;
    const struct actor office = in_role(ROLE_office, PLACE_COUNTY, ""), clerk = in_role(ROLE_clerk, PLACE_SCHOOL, "1");
    CHECK(actor_may(&office, MAY_IMPORT, &err));
    CHECK(actor_may(&office, MAY_SEE | MAY_EDIT, &err));
    CHECK(!actor_may(&office, MAY_SEE | MAY_ACCOUNTS, &err));
    CHECK(!actor_may(&clerk, MAY_EXPORT, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    CHECK_CONTAINS(text_of(err.hint), "县级办公室");
    CHECK(!text_find(text_of(err.hint), TEXT("校长"), NULL));
    CHECK(!actor_may(&office, MAY_NOTHING, &err)); /* what nobody has thought of is not allowed */
    const struct actor nobody = { .place = { PLACE_COUNTY, TEXT("") } };
    CHECK(!actor_may(&nobody, MAY_SEE, &err));
}

TEST(actor, may_nothing_with_a_password_that_others_know)
{
    struct err err;
    struct actor office = in_role(ROLE_office, PLACE_COUNTY, "");
    office.must_change = true;
    CHECK(!actor_may(&office, MAY_SEE, &err));
    CHECK_CONTAINS(text_of(err.what), "初始密码");
}

TEST(actor, covers_its_place_and_no_other)
{
    const struct actor county = in_role(ROLE_office, PLACE_COUNTY, ""), town = in_role(ROLE_township, PLACE_TOWNSHIP, "柳林镇"),
                       school = in_role(ROLE_principal, PLACE_SCHOOL, "3141"), nowhere = in_role(ROLE_principal, PLACE_SCHOOL, ""),
                       none = { .place = { PLACE_COUNTY, TEXT("") } };
    CHECK(actor_covers(&county, TEXT("3141"), TEXT("柳林镇")));
    CHECK(actor_covers_county(&county));
    CHECK(actor_covers(&town, TEXT("3141"), TEXT("柳林镇")));
    CHECK(!actor_covers(&town, TEXT("3141"), TEXT("东镇")));
    CHECK(!actor_covers(&town, TEXT("柳林镇"), TEXT("")));
    CHECK(!actor_covers_county(&town));
    CHECK(actor_covers(&school, TEXT("3141"), TEXT("柳林镇")));
    CHECK(!actor_covers(&school, TEXT("314"), TEXT("柳林镇")));
    CHECK(!actor_covers(&school, TEXT("31411"), TEXT("柳林镇")));
    /* A school without a code is not everybody's. */
    CHECK(!actor_covers(&nowhere, TEXT(""), TEXT("")));
    CHECK(!actor_covers(&none, TEXT("3141"), TEXT("柳林镇")));
}

TEST(actor, of_the_console_may_everything)
{
    struct err err;
    const struct actor console = actor_console();
    size_t n;
    const struct permission_info *const permissions = permission_infos(&n);
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++) {
        CHECK(actor_may(&console, permissions[i].bit, &err));
        all |= permissions[i].bit;
    }
    CHECK_INT(all, MAY_EVERYTHING); /* every permission has a word */
    CHECK(actor_covers_county(&console));
}

TEST(roles, of_administrators_see_no_content_and_share_nothing)
{
    const uint64_t content = MAY_SEE | MAY_EXPORT | MAY_TRY | MAY_IMPORT | MAY_EDIT;
    const uint64_t a = role_info(ROLE_system_admin)->permissions, b = role_info(ROLE_security_admin)->permissions,
                   c = role_info(ROLE_audit_admin)->permissions;
    CHECK(!((a | b | c) & content));
    CHECK(!(a & b) && !(b & c) && !(a & c));
    for (int r = ROLE_NONE + 1; r < N_ROLES; r++) {
        CHECK_INT(role_by_id(text_of(role_info((enum role)r)->id)), r);
        if (r != ROLE_system_admin && r != ROLE_security_admin && r != ROLE_audit_admin)
            CHECK(!(role_info((enum role)r)->permissions & (a | b | c)));
    }
    CHECK_INT(role_by_id(TEXT("root")), ROLE_NONE);
    CHECK_INT(role_by_id(TEXT("")), ROLE_NONE);
    CHECK_INT(role_info(ROLE_NONE)->permissions, MAY_NOTHING);
}

TEST(place, comes_back_from_its_words)
{
    struct place place;
    CHECK(place_of_words(TEXT("county"), TEXT(""), &place) && place.kind == PLACE_COUNTY);
    CHECK(place_of_words(TEXT("township"), TEXT("东镇"), &place) && place.kind == PLACE_TOWNSHIP);
    CHECK(place_of_words(TEXT("school"), TEXT("1"), &place) && place.kind == PLACE_SCHOOL);
    CHECK(!place_of_words(TEXT("school"), TEXT(""), &place));
    CHECK(!place_of_words(TEXT("county"), TEXT("1"), &place));
    CHECK(!place_of_words(TEXT("province"), TEXT("41"), &place));
    CHECK(place_holds((struct place){ PLACE_COUNTY, TEXT("") }, (struct place){ PLACE_SCHOOL, TEXT("1") }));
    CHECK(place_holds((struct place){ PLACE_SCHOOL, TEXT("1") }, (struct place){ PLACE_SCHOOL, TEXT("1") }));
    CHECK(!place_holds((struct place){ PLACE_SCHOOL, TEXT("1") }, (struct place){ PLACE_SCHOOL, TEXT("2") }));
    CHECK(!place_holds((struct place){ PLACE_TOWNSHIP, TEXT("1") }, (struct place){ PLACE_SCHOOL, TEXT("1") }));
    CHECK(!place_holds((struct place){ PLACE_TOWNSHIP, TEXT("东镇") }, (struct place){ PLACE_COUNTY, TEXT("") }));
}

TEST(permissions, come_back_from_their_words)
{
    struct arena *mem = arena_new("test");
    uint64_t bits;
    CHECK(permissions_of_words(TEXT("see, export"), &bits));
    CHECK_INT(bits, MAY_SEE | MAY_EXPORT);
    CHECK_TEXT(permission_words(bits, mem), "see,export");
    CHECK(!permissions_of_words(TEXT("see,fly"), &bits));
    CHECK(!permissions_of_words(TEXT(""), &bits));
    arena_free(&mem);
}
