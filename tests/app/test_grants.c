/* Several roles of one person, invitations, one-time codes. */
#include "access_bed.h"

#include "app/grants.h"
#include "app/invitation.h"
#include "app/sessions.h"
#include "app/totp.h"
#include "base/day.h"
#include "base/secret.h"

static const struct place COUNTY = { PLACE_COUNTY, { "", 0 } };

static struct account_wish wish_of(const char *name, enum role role, struct place place)
{
    return (struct account_wish){ .name = text_of(name), .shown = TEXT("某人"), .role = role, .place = place };
}

/* ---- roles -------------------------------------------------------------------------------- */

TEST(grant, is_a_further_role_one_can_switch_to_and_never_adds_up)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), wang = bed_person(&bed, "wang", ROLE_statistician), in;
    const struct account_wish wish = wish_of("wang", ROLE_supervisor, COUNTY);
    struct grant_view *list;
    struct actor actor;
    size_t n;
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &wish, bed.now, &bed.err), bed.err);
    CHECK_OK(app_grants_own(bed.house, &wang.actor, text_of(wang.token), bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    CHECK(list[0].current && !list[1].current);
    CHECK_INT(list[1].valid_until, grant_end_of_school_year(2025)); /* it is March 2026 */
    CHECK(bed_session(&bed, wang.token, &actor));
    CHECK_INT(actor.role, ROLE_statistician); /* as before, until he switches */
    CHECK_OK(app_grant_switch(bed.house, &wang.actor, text_of(wang.token), list[1].id, bed.now, bed.mem, &in, &bed.err), bed.err);
    CHECK(!bed_session(&bed, wang.token, &actor)); /* the cookie is another */
    CHECK(bed_session(&bed, in.token, &actor));
    CHECK_INT(actor.role, ROLE_supervisor);
    CHECK(actor.permissions == role_info(ROLE_supervisor)->permissions);
    CHECK_INT(actor.place.kind, PLACE_COUNTY);
    CHECK_INT(bed_audited(&bed, "grant.add"), 1);
    CHECK_INT(bed_audited(&bed, "session.switch"), 1);
    bed_reopen(&bed);
    CHECK(bed_session(&bed, in.token, &actor));
    CHECK_INT(actor.role, ROLE_supervisor); /* from the database too */
    bed_end(&bed);
}

TEST(grant, ends_at_its_time_and_when_it_is_taken_back)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), wang = bed_person(&bed, "wang", ROLE_statistician), in;
    struct account_wish wish = wish_of("wang", ROLE_supervisor, COUNTY);
    struct actor actor;
    wish.valid_until = bed.now + 600;
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &wish, bed.now, &bed.err), bed.err);
    CHECK(!app_grant_add(bed.house, &admin.actor, &wish, bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_CONFLICT);
    CHECK_OK(app_grant_switch(bed.house, &wang.actor, text_of(wang.token), 1, bed.now, bed.mem, &in, &bed.err), bed.err);
    bed.now += 600;
    CHECK(!bed_session(&bed, in.token, &actor));
    struct signed_in again;
    CHECK_OK(bed_sign_in(&bed, "wang", BED_PASSWORD, "10.0.0.1", "", &again), bed.err);
    CHECK_INT(again.actor.role, ROLE_statistician);
    CHECK(!app_grant_switch(bed.house, &again.actor, text_of(again.token), 1, bed.now, bed.mem, &in, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    wish.valid_until = 0;
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &wish, bed.now, &bed.err), bed.err);
    CHECK_OK(app_grant_switch(bed.house, &again.actor, text_of(again.token), 2, bed.now, bed.mem, &in, &bed.err), bed.err);
    CHECK_OK(app_grant_end(bed.house, &admin.actor, TEXT("wang"), 2, bed.now, &bed.err), bed.err);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK(!app_grant_end(bed.house, &admin.actor, TEXT("wang"), 2, bed.now, &bed.err));
    bed_end(&bed);
}

TEST(grant, that_stands_lets_in_when_the_first_role_is_over)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), in;
    struct account_ended ended;
    struct account_wish first = wish_of("wang", ROLE_township, (struct place){ PLACE_TOWNSHIP, TEXT("t") });
    const struct account_wish further = wish_of("wang", ROLE_supervisor, COUNTY);
    bed_person(&bed, "wang", ROLE_statistician);
    first.valid_until = bed.now + 60;
    CHECK_OK(app_account_grant(bed.house, &admin.actor, &first, bed.now, &ended, &bed.err), bed.err);
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &further, bed.now, &bed.err), bed.err);
    bed.now += 60;
    CHECK_OK(bed_sign_in(&bed, "wang", BED_PASSWORD, "10.0.0.1", "", &in), bed.err);
    CHECK_INT(in.actor.role, ROLE_supervisor);
    bed_end(&bed);
}

TEST(grant, is_given_by_the_system_administrator_and_never_to_himself_nor_beside_an_administrators_role)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), office = bed_person(&bed, "office", ROLE_office);
    bed_person(&bed, "guard", ROLE_security_admin);
    const struct account_wish to_office = wish_of("office", ROLE_supervisor, COUNTY), to_admin = wish_of("admin", ROLE_office, COUNTY),
                              to_guard = wish_of("guard", ROLE_office, COUNTY), of_admin = wish_of("office", ROLE_audit_admin, COUNTY);
    CHECK(!app_grant_add(bed.house, &office.actor, &to_office, bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK(!app_grant_add(bed.house, &admin.actor, &to_admin, bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK(!app_grant_add(bed.house, &bed.console, &to_guard, bed.now, &bed.err)); /* not even the console */
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK(!app_grant_add(bed.house, &bed.console, &of_admin, bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &to_office, bed.now, &bed.err), bed.err);
    struct account_ended ended;
    CHECK(!app_account_grant(bed.house, &bed.console, &of_admin, bed.now, &ended, &bed.err)); /* with a role beside it */
    bed_end(&bed);
}

/* ---- invitations -------------------------------------------------------------------------- */

TEST(invitation, sets_a_password_once_within_seven_days)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), in;
    const struct account_wish wish = wish_of("li", ROLE_office, COUNTY);
    struct invitation link, newer;
    struct invitation_view view;
    CHECK_OK(app_account_invite(bed.house, &admin.actor, &wish, bed.now, bed.mem, &link, &bed.err), bed.err);
    CHECK(!bed_sign_in(&bed, "li", "", "10.0.0.1", "", &in)); /* no password is none, not an empty one */
    CHECK_OK(app_invitation_see(bed.house, text_of(link.token), bed.now, bed.mem, &view, &bed.err), bed.err);
    CHECK_TEXT(view.name, "li");
    CHECK(!app_invitation_use(bed.house, text_of(link.token), TEXT("short"), TEXT("10.0.0.1"), bed.now, bed.mem, &in, &bed.err));
    CHECK_INT(bed.err.kind, ERR_INPUT);
    CHECK_OK(app_invitation_make(bed.house, &admin.actor, TEXT("li"), bed.now, bed.mem, &newer, &bed.err), bed.err);
    CHECK(!app_invitation_see(bed.house, text_of(link.token), bed.now, bed.mem, &view, &bed.err)); /* replaced */
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK(!app_invitation_see(bed.house, text_of(newer.token), bed.now + INVITATION_DAYS * 86400, bed.mem, &view, &bed.err));
    CHECK_OK(app_invitation_use(bed.house, text_of(newer.token), text_of(BED_PASSWORD), TEXT("10.0.0.1"), bed.now, bed.mem, &in, &bed.err), bed.err);
    struct actor actor;
    CHECK(bed_session(&bed, in.token, &actor));
    CHECK(!actor.must_change);
    CHECK_INT(actor.role, ROLE_office);
    CHECK(!app_invitation_use(bed.house, text_of(newer.token), TEXT("Another-Word-77"), TEXT("10.0.0.1"), bed.now, bed.mem, &in, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK_OK(bed_sign_in(&bed, "li", BED_PASSWORD, "10.0.0.1", "", &in), bed.err);
    CHECK_INT(bed_audited(&bed, "account.invite"), 2);
    CHECK_INT(bed_audited(&bed, "account.accept"), 1);
    bed_end(&bed);
}

TEST(invitations, of_a_list_are_all_made_or_none)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin);
    struct account_wish wishes[3] = { wish_of("a1", ROLE_office, COUNTY), wish_of("a2", ROLE_supervisor, COUNTY), wish_of("admin", ROLE_office, COUNTY) };
    struct invitation *made;
    struct account_view *list;
    size_t n, fault, accounts;
    CHECK(!app_accounts_invite(bed.house, &admin.actor, wishes, 3, bed.now, bed.mem, &made, &n, &fault, &bed.err));
    CHECK_INT(fault, 2);
    CHECK_OK(app_accounts(bed.house, &admin.actor, bed.mem, &list, &accounts, &bed.err), bed.err);
    CHECK_INT(accounts, 1);
    wishes[2] = wish_of("A1", ROLE_supervisor, COUNTY); /* a second role of the first */
    CHECK_OK(app_accounts_invite(bed.house, &admin.actor, wishes, 3, bed.now, bed.mem, &made, &n, &fault, &bed.err), bed.err);
    CHECK_INT(n, 2);
    struct grant_view *grants;
    CHECK_OK(app_grants(bed.house, &admin.actor, TEXT("a1"), bed.now, bed.mem, &grants, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    bed_end(&bed);
}

/* ---- one-time codes ----------------------------------------------------------------------- */

/* RFC 6238, appendix B: the SHA-1 rows, of which six digits are asked. */
TEST(totp, makes_the_codes_of_the_rfc)
{
    static const struct { int64_t at; const char *code; } ROWS[] = {
        { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" }, { 2000000000, "279037" },
        { 20000000000, "353130" },
    };
    const unsigned char *const key = (const unsigned char *)"12345678901234567890";
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        char code[TOTP_DIGITS + 1];
        totp_code(key, ROWS[i].at / TOTP_STEP, code);
        CHECK_TEXT(text_of(code), ROWS[i].code);
        CHECK_INT(totp_step_of(key, text_of(ROWS[i].code), ROWS[i].at + TOTP_STEP), ROWS[i].at / TOTP_STEP);
        CHECK_INT(totp_step_of(key, text_of(ROWS[i].code), ROWS[i].at + 2 * TOTP_STEP), -1);
    }
    CHECK_INT(totp_step_of(key, TEXT("２８７ ０８２"), 59), 1);
}

static void unbase32(struct text key, unsigned char out[TOTP_KEY])
{
    unsigned bits = 0, n = 0;
    size_t at = 0;
    for (size_t i = 0; i < key.size; i++) {
        if (key.at[i] == ' ')
            continue;
        bits = bits << 5 | (unsigned)(key.at[i] >= 'A' ? key.at[i] - 'A' : key.at[i] - '2' + 26);
        n += 5;
        if (n >= 8)
            out[at++] = (unsigned char)(bits >> (n -= 8));
    }
    CHECK_INT(at, TOTP_KEY);
}

TEST(totp, is_asked_for_once_confirmed_and_takes_each_code_once)
{
    struct bed bed = bed_new();
    struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), wang = bed_person(&bed, "wang", ROLE_office), in, done;
    struct totp_state totp;
    unsigned char key[TOTP_KEY];
    char code[TOTP_DIGITS + 1];
    CHECK_OK(app_totp_begin(bed.house, &wang.actor, bed.now, &bed.err), bed.err);
    CHECK_OK(app_totp(bed.house, &wang.actor, bed.mem, &totp, &bed.err), bed.err);
    CHECK(!totp.on);
    unbase32(totp.key, key);
    CHECK_OK(bed_sign_in(&bed, "wang", BED_PASSWORD, "10.0.0.1", "", &in), bed.err);
    CHECK_INT(in.ticket.size, 0); /* not yet */
    CHECK(!app_totp_confirm(bed.house, &wang.actor, TEXT("000000x"), bed.now, &bed.err));
    totp_code(key, bed.now / TOTP_STEP, code);
    CHECK_OK(app_totp_confirm(bed.house, &wang.actor, text_of(code), bed.now, &bed.err), bed.err);
    CHECK_OK(app_totp(bed.house, &wang.actor, bed.mem, &totp, &bed.err), bed.err);
    CHECK(totp.on && !totp.key.size); /* never shown again */
    CHECK(!app_totp_begin(bed.house, &wang.actor, bed.now, &bed.err));

    CHECK_OK(bed_sign_in(&bed, "wang", BED_PASSWORD, "10.0.0.1", "", &in), bed.err);
    CHECK(in.ticket.size && !in.token[0]);
    const struct sign_in_request asked = { .address = TEXT("10.0.0.1"), .now = bed.now };
    CHECK(!app_sign_in_second(bed.house, in.ticket, text_of(code), &asked, bed.mem, &done, &bed.err)); /* that one was used */
    CHECK_INT(bed.err.kind, ERR_DENIED);
    totp_code(key, bed.now / TOTP_STEP + 1, code);
    CHECK_OK(app_sign_in_second(bed.house, in.ticket, text_of(code), &asked, bed.mem, &done, &bed.err), bed.err);
    struct actor actor;
    CHECK(bed_session(&bed, done.token, &actor));
    CHECK(!app_sign_in_second(bed.house, in.ticket, text_of(code), &asked, bed.mem, &done, &bed.err));
    struct sign_in_request late = asked;
    late.now += 301;
    CHECK(!app_sign_in_second(bed.house, in.ticket, text_of(code), &late, bed.mem, &done, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);

    /* Five tries, then not even the right one for a while. */
    for (int i = 0; i < 5; i++)
        CHECK(!app_sign_in_second(bed.house, in.ticket, TEXT("123"), &asked, bed.mem, &done, &bed.err));
    totp_code(key, bed.now / TOTP_STEP + 1, code);
    CHECK(!app_sign_in_second(bed.house, in.ticket, text_of(code), &asked, bed.mem, &done, &bed.err));
    CHECK_CONTAINS(text_of(bed.err.what), "太多");

    /* The phone is lost: another person clears it. */
    CHECK(!app_totp_reset(bed.house, &wang.actor, TEXT("wang"), bed.now, &bed.err));
    CHECK_OK(app_totp_reset(bed.house, &admin.actor, TEXT("wang"), bed.now, &bed.err), bed.err);
    CHECK_OK(bed_sign_in(&bed, "wang", BED_PASSWORD, "10.0.0.2", "", &in), bed.err);
    CHECK(in.token[0]);
    bed_end(&bed);
}

TEST(totp, key_stands_encrypted)
{
    struct bed bed = bed_new();
    struct signed_in wang = bed_person(&bed, "wang", ROLE_office);
    struct totp_state totp;
    unsigned char key[TOTP_KEY];
    CHECK_OK(app_totp_begin(bed.house, &wang.actor, bed.now, &bed.err), bed.err);
    CHECK_OK(app_totp(bed.house, &wang.actor, bed.mem, &totp, &bed.err), bed.err);
    unbase32(totp.key, key);
    char plain[BASE64URL_SIZE(TOTP_KEY) + 1], hex[HEX_SIZE(TOTP_KEY) + 1];
    secret_base64url(key, TOTP_KEY, plain);
    secret_hex(key, TOTP_KEY, hex);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM account_totp"), 1);
    CHECK_INT(bed_count(&bed, arena_printf(bed.mem, "SELECT COUNT(*) FROM account_totp WHERE instr(sealed, '%s') OR instr(lower(hex(sealed)), '%s')", plain, hex)), 0);
    bed_end(&bed);
}
