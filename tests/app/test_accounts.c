#include "access_bed.h"

#include "app/access_inside.h"
#include "app/audit.h"
#include "app/tokens.h"
#include "base/day.h"

static bool adds(struct bed *bed, const struct actor *by, const char *name, enum role role, struct place place, int64_t until)
{
    char password[PASSWORD_MADE + 1];
    const struct account_wish wish = { .name = text_of(name), .shown = TEXT("某人"), .role = role, .place = place, .valid_until = until };
    return app_account_add(bed->house, by, &wish, bed->now, bed->mem, password, &bed->err);
}

static const struct place COUNTY = { PLACE_COUNTY, { "", 0 } };

TEST(account, has_a_name_one_can_type)
{
    static const struct { const char *name; bool good; } CASES[] = {
        { "wangmin", true }, { "Wang.Min", true }, { "王敏", true }, { "w1", true }, { "张-3", true },
        { "w", false }, { "", false }, { "-wang", false }, { "wang/min", false }, { "wang'min", false }, { "wang\nmin<", false },
        { "abcdefghijklmnopqrstuvwxyz123456", true }, { "abcdefghijklmnopqrstuvwxyz1234567", false }, { "wang\xff", false },
    };
    struct bed bed = bed_new();
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (adds(&bed, &bed.console, CASES[i].name, ROLE_office, COUNTY, 0) != CASES[i].good)
            fail_msg("“%s”", CASES[i].name);
    CHECK(!adds(&bed, &bed.console, "ｗａｎｇ min", ROLE_office, COUNTY, 0)); /* wangmin once more */
    CHECK_INT(bed.err.kind, ERR_CONFLICT);
    bed_end(&bed);
}

/* Every role at every kind of place: exactly what its widest place allows. */
TEST(account, has_no_wider_place_than_its_role_allows)
{
    static const struct place PLACES[] = { { PLACE_SCHOOL, { "3141", 4 } }, { PLACE_TOWNSHIP, { "t", 1 } }, { PLACE_COUNTY, { "", 0 } } };
    struct bed bed = bed_new();
    for (int r = ROLE_NONE; r < N_ROLES; r++)
        for (size_t p = 0; p < COUNT(PLACES); p++) {
            const struct role_info *const role = role_info((enum role)r);
            const bool administrator = r == ROLE_system_admin || r == ROLE_security_admin || r == ROLE_audit_admin;
            const bool wanted = r != ROLE_NONE && PLACES[p].kind <= role->widest && (!administrator || PLACES[p].kind == PLACE_COUNTY);
            if (adds(&bed, &bed.console, arena_printf(bed.mem, "p%d.%zu", r, p), (enum role)r, PLACES[p], bed.now + 86400) != wanted)
                fail_msg("%s at place %zu", role->id, p);
        }
    CHECK(!adds(&bed, &bed.console, "nowhere", ROLE_principal, (struct place){ PLACE_SCHOOL, TEXT("") }, 0));
    bed_end(&bed);
}

TEST(account, of_an_assessor_has_an_end)
{
    struct bed bed = bed_new();
    CHECK(!adds(&bed, &bed.console, "ping", ROLE_assessor, COUNTY, 0));
    CHECK_CONTAINS(text_of(bed.err.what), "到期");
    CHECK(!adds(&bed, &bed.console, "ping", ROLE_assessor, COUNTY, bed.now));
    CHECK_OK(adds(&bed, &bed.console, "ping", ROLE_assessor, COUNTY, bed.now + 1), bed.err);
    bed_end(&bed);
}

TEST(grant, ends_on_the_31st_of_august)
{
    int64_t end;
    struct err err;
    struct arena *mem = arena_new("test");
    CHECK_TEXT(time_shown(grant_end_of_school_year(2025) - 1, mem), "2026-08-31 23:59");
    CHECK_OK(grant_end_of_day(TEXT("2026-08-31"), &end, &err), err);
    CHECK_INT(end, grant_end_of_school_year(2025));
    CHECK(!grant_end_of_day(TEXT("2026-8-31"), &end, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    arena_free(&mem);
}

TEST(account, is_made_and_changed_by_the_system_administrator_alone)
{
    struct bed bed = bed_new();
    struct signed_in office = bed_person(&bed, "office", ROLE_office), admin = bed_person(&bed, "admin", ROLE_system_admin),
                     guard = bed_person(&bed, "guard", ROLE_security_admin);
    const struct account_wish wish = { .name = TEXT("office"), .role = ROLE_supervisor, .place = COUNTY };
    const struct actor *const others[] = { &office.actor, &guard.actor };
    struct account_ended ended;
    struct account_view *list;
    char password[PASSWORD_MADE + 1];
    size_t n;
    for (size_t i = 0; i < COUNT(others); i++) {
        CHECK(!adds(&bed, others[i], "new", ROLE_clerk, (struct place){ PLACE_SCHOOL, TEXT("1") }, 0));
        CHECK_INT(bed.err.kind, ERR_DENIED);
        CHECK(!app_accounts(bed.house, others[i], bed.mem, &list, &n, &bed.err));
        CHECK(!app_account_disable(bed.house, others[i], TEXT("office"), bed.now, &ended, &bed.err));
        CHECK(!app_account_enable(bed.house, others[i], TEXT("office"), bed.now, &bed.err));
        CHECK(!app_account_reset(bed.house, others[i], TEXT("office"), bed.now, bed.mem, password, &ended, &bed.err));
        CHECK(!app_account_grant(bed.house, others[i], &wish, bed.now, &ended, &bed.err));
        CHECK_INT(bed.err.kind, ERR_DENIED);
    }
    CHECK_OK(adds(&bed, &admin.actor, "new", ROLE_clerk, (struct place){ PLACE_SCHOOL, TEXT("1") }, 0), bed.err);
    CHECK_OK(app_account_grant(bed.house, &admin.actor, &wish, bed.now, &ended, &bed.err), bed.err);
    CHECK_INT(ended.sessions, 1);
    CHECK_OK(app_accounts(bed.house, &admin.actor, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 4);
    CHECK_TEXT(list[0].name, "admin"); /* by name */
    CHECK_TEXT(list[3].name, "office");
    CHECK_INT(list[3].role, ROLE_supervisor);
    CHECK(list[2].must_change && !list[3].must_change);
    bed_end(&bed);
}

TEST(account, is_never_changed_by_its_owner)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin);
    const struct account_wish wish = { .name = TEXT(" Admin "), .role = ROLE_office, .place = COUNTY };
    struct account_ended ended;
    char password[PASSWORD_MADE + 1];
    CHECK(!app_account_grant(bed.house, &admin.actor, &wish, bed.now, &ended, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_CONTAINS(text_of(bed.err.what), "自己");
    CHECK(!app_account_disable(bed.house, &admin.actor, TEXT("admin"), bed.now, &ended, &bed.err));
    CHECK(!app_account_reset(bed.house, &admin.actor, TEXT("admin"), bed.now, bed.mem, password, &ended, &bed.err));
    CHECK_INT(bed_audited(&bed, "account.grant"), 0);
    bed_end(&bed);
}

TEST(account, of_an_administrator_is_the_consoles_business)
{
    static const enum role ADMINISTRATORS[] = { ROLE_system_admin, ROLE_security_admin, ROLE_audit_admin };
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin);
    bed_person(&bed, "guard", ROLE_security_admin);
    bed_person(&bed, "office", ROLE_office);
    struct account_ended ended;
    char password[PASSWORD_MADE + 1];
    for (size_t i = 0; i < COUNT(ADMINISTRATORS); i++) {
        const struct account_wish wish = { .name = TEXT("office"), .role = ADMINISTRATORS[i], .place = COUNTY };
        CHECK(!adds(&bed, &admin.actor, "mine", ADMINISTRATORS[i], COUNTY, 0));
        CHECK(!app_account_grant(bed.house, &admin.actor, &wish, bed.now, &ended, &bed.err));
        CHECK_INT(bed.err.kind, ERR_DENIED);
    }
    CHECK(!app_account_reset(bed.house, &admin.actor, TEXT("guard"), bed.now, bed.mem, password, &ended, &bed.err));
    CHECK(!app_account_disable(bed.house, &admin.actor, TEXT("guard"), bed.now, &ended, &bed.err));
    CHECK_CONTAINS(text_of(bed.err.hint), "junheng user");
    CHECK_OK(app_account_disable(bed.house, &bed.console, TEXT("guard"), bed.now, &ended, &bed.err), bed.err);
    bed_end(&bed);
}

TEST(account, gets_a_new_initial_password_which_ends_what_was)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office);
    struct account_ended ended;
    struct actor actor;
    char password[PASSWORD_MADE + 1];
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    CHECK_OK(app_account_reset(bed.house, &bed.console, TEXT("WANGMIN"), bed.now, bed.mem, password, &ended, &bed.err), bed.err);
    CHECK_INT(ended.sessions, 1);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK(!bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in));
    CHECK_OK(bed_sign_in(&bed, "wangmin", password, "10.1.1.1", NULL, &in), bed.err);
    CHECK(in.actor.must_change);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM device"), 1); /* the one of just now */
    bed_end(&bed);
}

TEST(account, is_changed_together_with_its_line_in_the_audit_or_not_at_all)
{
    struct bed bed = bed_new();
    bed_person(&bed, "wangmin", ROLE_office);
    house_close(&bed.house);
    bed_sql(&bed, "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END");
    bed_reopen(&bed);
    struct account_ended ended;
    CHECK(!app_account_disable(bed.house, &bed.console, TEXT("wangmin"), bed.now, &ended, &bed.err));
    CHECK(!adds(&bed, &bed.console, "lilin", ROLE_office, COUNTY, 0));
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM account WHERE disabled_at IS NOT NULL"), 0);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM account"), 1);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM session"), 1);
    bed_end(&bed);
}

/* ---- tokens ------------------------------------------------------------------------------------ */

static bool makes(struct bed *bed, const struct actor *by, const char *owner, uint64_t permissions, struct place place, int days,
                  char token[API_TOKEN_SIZE + 1])
{
    struct token_view made;
    const struct token_wish wish = { .owner = text_of(owner), .name = TEXT("区里数据平台"), .permissions = permissions, .place = place, .days = days };
    return app_token_create(bed->house, by, &wish, bed->now, bed->mem, token, &made, &bed->err);
}

static bool comes_in(struct bed *bed, const char *token, struct actor *out)
{
    return app_bearer(bed->house, text_of(token), TEXT("10.3.3.3"), bed->now, bed->mem, out, &bed->err);
}

TEST(token, may_what_it_was_given_and_its_owner_has)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office);
    char token[API_TOKEN_SIZE + 1];
    struct actor actor;
    CHECK_OK(makes(&bed, &in.actor, "", MAY_SEE | MAY_EXPORT, COUNTY, 90, token), bed.err);
    CHECK_INT(strlen(token), API_TOKEN_SIZE);
    CHECK_OK(comes_in(&bed, token, &actor), bed.err);
    CHECK_INT(actor.permissions, MAY_SEE | MAY_EXPORT);
    CHECK_INT(actor.channel, CHANNEL_API);
    CHECK_TEXT(actor.name, "wangmin");
    CHECK_TEXT(actor.address, "10.3.3.3");
    CHECK(!actor_may(&actor, MAY_IMPORT, &bed.err));
    CHECK(!makes(&bed, &actor, "", MAY_SEE, COUNTY, 1, token)); /* a token makes no tokens */
    bed_end(&bed);
}

TEST(token, reaches_no_further_than_its_owner)
{
    struct bed bed = bed_new();
    char token[API_TOKEN_SIZE + 1];
    struct actor actor;
    CHECK_OK(adds(&bed, &bed.console, "town", ROLE_township, (struct place){ PLACE_TOWNSHIP, TEXT("东镇") }, 0), bed.err);
    bed_account(&bed, "wangmin", ROLE_office);
    CHECK(!makes(&bed, &bed.console, "town", MAY_SEE, COUNTY, 9, token));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK(!makes(&bed, &bed.console, "town", MAY_SEE, (struct place){ PLACE_TOWNSHIP, TEXT("西镇") }, 9, token));
    CHECK(!makes(&bed, &bed.console, "town", MAY_SEE | MAY_EDIT, (struct place){ PLACE_TOWNSHIP, TEXT("东镇") }, 9, token));
    CHECK_OK(makes(&bed, &bed.console, "town", MAY_SEE, (struct place){ PLACE_TOWNSHIP, TEXT("东镇") }, 9, token), bed.err);
    CHECK_OK(comes_in(&bed, token, &actor), bed.err);
    CHECK(actor_covers(&actor, TEXT("1"), TEXT("东镇")) && !actor_covers(&actor, TEXT("1"), TEXT("西镇")));
    CHECK_OK(makes(&bed, &bed.console, "wangmin", MAY_SEE, (struct place){ PLACE_SCHOOL, TEXT("3141") }, 9, token), bed.err);
    CHECK_OK(comes_in(&bed, token, &actor), bed.err);
    CHECK(actor_covers(&actor, TEXT("3141"), TEXT("东镇")) && !actor_covers(&actor, TEXT("3142"), TEXT("东镇")));
    bed_end(&bed);
}

TEST(token, lasts_at_most_a_year)
{
    struct bed bed = bed_new();
    char token[API_TOKEN_SIZE + 1];
    struct actor actor;
    bed_account(&bed, "wangmin", ROLE_office);
    CHECK(!makes(&bed, &bed.console, "wangmin", MAY_SEE, COUNTY, 367, token));
    CHECK(!makes(&bed, &bed.console, "wangmin", MAY_SEE, COUNTY, 0, token));
    CHECK_INT(bed.err.kind, ERR_INPUT);
    CHECK(!makes(&bed, &bed.console, "wangmin", MAY_NOTHING, COUNTY, 9, token));
    CHECK(!makes(&bed, &bed.console, "wangmin", MAY_SEE | MAY_TOKENS, COUNTY, 9, token));
    CHECK_OK(makes(&bed, &bed.console, "wangmin", MAY_SEE, COUNTY, 366, token), bed.err);
    bed.now += 366LL * 86400 - 1;
    CHECK_OK(comes_in(&bed, token, &actor), bed.err);
    bed.now += 1;
    CHECK(!comes_in(&bed, token, &actor));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    bed_end(&bed);
}

TEST(token, ends_at_once_when_revoked_or_when_its_owner_changes)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office), other = bed_person(&bed, "lilin", ROLE_office);
    char a[API_TOKEN_SIZE + 1], b[API_TOKEN_SIZE + 1], c[API_TOKEN_SIZE + 1];
    struct actor actor;
    struct account_ended ended;
    struct token_view *list;
    size_t n;
    CHECK_OK(makes(&bed, &in.actor, "", MAY_SEE, COUNTY, 9, a), bed.err);
    CHECK_OK(makes(&bed, &in.actor, "", MAY_SEE, COUNTY, 9, b), bed.err);
    CHECK(!makes(&bed, &in.actor, "lilin", MAY_SEE, COUNTY, 9, c)); /* for oneself only */
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_tokens(bed.house, &in.actor, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    const int64_t first = list[1].id, second = list[0].id;
    CHECK_OK(app_tokens(bed.house, &other.actor, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 0);
    CHECK(!app_token_revoke(bed.house, &other.actor, first, bed.now, &bed.err)); /* another's does not exist */
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK_OK(app_token_revoke(bed.house, &in.actor, first, bed.now, &bed.err), bed.err);
    CHECK(!comes_in(&bed, a, &actor));
    CHECK_OK(comes_in(&bed, b, &actor), bed.err);

    struct signed_in guard = bed_person(&bed, "guard", ROLE_security_admin);
    CHECK_OK(app_tokens(bed.house, &guard.actor, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 2); /* he sees them, and may end them */
    CHECK_OK(app_token_revoke(bed.house, &guard.actor, second, bed.now, &bed.err), bed.err);
    CHECK(!comes_in(&bed, b, &actor));

    CHECK_OK(makes(&bed, &in.actor, "", MAY_SEE, COUNTY, 9, c), bed.err);
    CHECK_OK(app_account_disable(bed.house, &bed.console, TEXT("wangmin"), bed.now, &ended, &bed.err), bed.err);
    CHECK_INT(ended.tokens, 1);
    CHECK(!comes_in(&bed, c, &actor));
    CHECK_OK(app_account_enable(bed.house, &bed.console, TEXT("wangmin"), bed.now, &bed.err), bed.err);
    CHECK(!comes_in(&bed, c, &actor));

    CHECK_OK(makes(&bed, &bed.console, "wangmin", MAY_SEE, COUNTY, 9, a), bed.err);
    const struct account_wish wish = { .name = TEXT("wangmin"), .role = ROLE_statistician, .place = COUNTY };
    CHECK_OK(app_account_grant(bed.house, &bed.console, &wish, bed.now, &ended, &bed.err), bed.err);
    CHECK_INT(ended.tokens, 1);
    CHECK(!comes_in(&bed, a, &actor));
    bed_end(&bed);
}

TEST(token, notes_its_use_once_an_hour_and_is_not_kept_itself)
{
    struct bed bed = bed_new();
    char token[API_TOKEN_SIZE + 1];
    struct actor actor;
    bed_account(&bed, "wangmin", ROLE_office);
    CHECK_OK(makes(&bed, &bed.console, "wangmin", MAY_SEE, COUNTY, 9, token), bed.err);
    CHECK_OK(comes_in(&bed, token, &actor), bed.err);
    CHECK_INT(bed_count(&bed, "SELECT used_at FROM api_token"), bed.now); /* closing waits for what was begun */
    const int64_t used = bed.now;
    bed.now += 3599;
    CHECK_OK(comes_in(&bed, token, &actor), bed.err);
    CHECK_INT(bed_count(&bed, "SELECT used_at FROM api_token"), used);
    bed.now += 1;
    CHECK_OK(comes_in(&bed, token, &actor), bed.err);
    CHECK_INT(bed_count(&bed, "SELECT used_at FROM api_token"), bed.now);
    CHECK_INT(bed_count(&bed, arena_printf(bed.mem, "SELECT COUNT(*) FROM api_token WHERE token_hash LIKE '%%%s%%'", token + 3)), 0);
    CHECK(!comes_in(&bed, "jh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &actor));
    CHECK(!comes_in(&bed, token + 3, &actor));
    CHECK(!comes_in(&bed, "", &actor));
    bed_end(&bed);
}
