/* Several roles of one person, invitations, one-time codes. */
#include "access_bed.h"

#include "app/grants.h"
#include "app/invitation.h"
#include "app/lockout.h"
#include "app/sessions.h"
#include "app/tokens.h"
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

/* Begins and confirms; the key. */
static void set_up(struct bed *bed, const struct actor *actor, unsigned char key[TOTP_KEY])
{
    struct totp_state totp;
    char code[TOTP_DIGITS + 1];
    CHECK_OK(app_totp_begin(bed->house, actor, bed->now, &bed->err), bed->err);
    CHECK_OK(app_totp(bed->house, actor, bed->mem, &totp, &bed->err), bed->err);
    unbase32(totp.key, key);
    totp_code(key, bed->now / TOTP_STEP, code);
    CHECK_OK(app_totp_confirm(bed->house, actor, text_of(code), bed->now, &bed->err), bed->err);
}

TEST(totp, may_be_demanded_of_administrators_who_then_can_do_nothing_else_first)
{
    struct bed bed = bed_new();
    const enum role ADMINISTRATORS[] = { ROLE_system_admin, ROLE_security_admin, ROLE_audit_admin };
    const char *const NAMES[] = { "sys", "sec", "aud" };
    struct signed_in in[3], wang = bed_person(&bed, "wang", ROLE_office);
    struct actor actor, first;
    struct account_view *accounts;
    unsigned char key[TOTP_KEY];
    char code[TOTP_DIGITS + 1];
    size_t n;
    bool demanded;
    for (size_t i = 0; i < 3; i++) {
        in[i] = bed_person(&bed, NAMES[i], ADMINISTRATORS[i]);
        CHECK(bed_session(&bed, in[i].token, &actor) && !actor.must_totp);   /* it is remembered now */
    }
    CHECK(!app_totp_demand(bed.house, &wang.actor, true, bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_totp_demand(bed.house, &in[0].actor, true, bed.now, &bed.err), bed.err);
    CHECK_OK(app_totp_demanded(bed.house, &demanded, &bed.err), bed.err);
    CHECK(demanded);
    for (size_t i = 0; i < 3; i++) {
        CHECK(bed_session(&bed, in[i].token, &actor));
        CHECK(actor.must_totp);   /* at once, in sessions that stand */
        CHECK(!actor_may(&actor, role_info(ADMINISTRATORS[i])->permissions, &bed.err));
        CHECK_INT(bed.err.kind, ERR_DENIED);
    }
    CHECK(bed_session(&bed, wang.token, &actor) && !actor.must_totp);   /* the others as before */
    CHECK(bed_session(&bed, in[0].token, &first));
    CHECK(!app_accounts(bed.house, &first, bed.mem, &accounts, &n, &bed.err));
    CHECK(!app_totp_demand(bed.house, &first, false, bed.now, &bed.err));   /* no way around it */
    set_up(&bed, &first, key);
    CHECK(bed_session(&bed, in[0].token, &first) && !first.must_totp);
    CHECK_OK(app_accounts(bed.house, &first, bed.mem, &accounts, &n, &bed.err), bed.err);
    CHECK(bed_session(&bed, in[1].token, &actor) && actor.must_totp);
    totp_code(key, bed.now / TOTP_STEP + 1, code);
    CHECK(!app_totp_end(bed.house, &first, text_of(code), bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_totp_demand(bed.house, &first, false, bed.now, &bed.err), bed.err);
    CHECK(bed_session(&bed, in[1].token, &actor) && !actor.must_totp);
    CHECK_INT(bed_audited(&bed, "totp.demand"), 1);
    CHECK_INT(bed_audited(&bed, "totp.allow"), 1);
    bed_end(&bed);
}

/* ---- tokens of a role --------------------------------------------------------------------- */

static bool make_token(struct bed *bed, const struct actor *actor, int64_t grant, uint64_t may, char token[API_TOKEN_SIZE + 1])
{
    const struct token_wish wish = { .name = TEXT("平台"), .grant = grant, .permissions = may, .place = COUNTY, .days = 90 };
    struct token_view made;
    return app_token_create(bed->house, actor, &wish, bed->now, bed->mem, token, &made, &bed->err);
}

static bool comes_in(struct bed *bed, const char *token, struct actor *out)
{
    return app_bearer(bed->house, text_of(token), TEXT("10.0.0.1"), bed->now, bed->mem, out, &bed->err);
}

TEST(token, is_in_one_role_of_its_owner_and_ends_with_it)
{
    struct bed bed = bed_new();
    const struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), wang = bed_person(&bed, "wang", ROLE_office),
                           other = bed_person(&bed, "other", ROLE_office);
    struct account_wish wish = wish_of("wang", ROLE_statistician, COUNTY), short_one = wish_of("wang", ROLE_supervisor, COUNTY);
    char own[API_TOKEN_SIZE + 1], taken[API_TOKEN_SIZE + 1], timed[API_TOKEN_SIZE + 1], none[API_TOKEN_SIZE + 1];
    struct actor actor;
    struct token_view *list;
    size_t n;
    short_one.valid_until = bed.now + 3600;
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &wish, bed.now, &bed.err), bed.err);        /* 1 */
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &short_one, bed.now, &bed.err), bed.err);   /* 2 */
    CHECK_OK(make_token(&bed, &wang.actor, 0, MAY_SEE, own), bed.err);
    CHECK_OK(make_token(&bed, &wang.actor, 1, MAY_SEE | MAY_IMPORT, taken), bed.err);
    CHECK_OK(make_token(&bed, &wang.actor, 2, MAY_SEE, timed), bed.err);
    CHECK(!make_token(&bed, &wang.actor, 2, MAY_IMPORT, none));   /* the office may, the supervisor may not */
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK(!make_token(&bed, &other.actor, 1, MAY_SEE, none));     /* another's role */
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK(!make_token(&bed, &wang.actor, 99, MAY_SEE, none));
    CHECK(comes_in(&bed, own, &actor));
    CHECK_INT(actor.role, ROLE_office);
    CHECK(comes_in(&bed, taken, &actor));
    CHECK_INT(actor.role, ROLE_statistician);
    CHECK(actor.permissions == (MAY_SEE | MAY_IMPORT));
    CHECK(comes_in(&bed, timed, &actor));
    CHECK_INT(actor.role, ROLE_supervisor);

    bed.now += 3600;   /* the supervisor's hour is over */
    CHECK(!comes_in(&bed, timed, &actor));
    CHECK(!make_token(&bed, &wang.actor, 2, MAY_SEE, none));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK(comes_in(&bed, taken, &actor));
    CHECK_OK(app_grant_end(bed.house, &admin.actor, TEXT("wang"), 1, bed.now, &bed.err), bed.err);
    CHECK(!comes_in(&bed, taken, &actor));
    CHECK(comes_in(&bed, own, &actor));   /* his other roles' live on */
    CHECK_OK(app_tokens(bed.house, &wang.actor, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 3);
    CHECK(bed.now >= list[0].valid_until);
    CHECK_INT(list[0].role, ROLE_supervisor);
    CHECK(list[1].revoked_at == bed.now);
    CHECK(!list[2].revoked_at && bed.now < list[2].valid_until);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM audit WHERE verb = 'grant.end' AND detail LIKE '%tokens_revoked=1%'"), 1);
    bed_end(&bed);
}

TEST(token, of_a_role_lives_on_when_the_accounts_own_is_over)
{
    struct bed bed = bed_new();
    const struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin);
    const struct account_wish first = { .name = TEXT("li"), .shown = TEXT("李"), .role = ROLE_office, .place = COUNTY, .valid_until = bed.now + 3600 },
                              further = wish_of("li", ROLE_statistician, COUNTY);
    char password[PASSWORD_MADE + 1], own[API_TOKEN_SIZE + 1], beside[API_TOKEN_SIZE + 1];
    struct token_wish wish = { .owner = TEXT("li"), .name = TEXT("x"), .permissions = MAY_SEE, .place = COUNTY, .days = 9 };
    struct token_view made;
    struct actor actor;
    CHECK_OK(app_account_add(bed.house, &bed.console, &first, bed.now, bed.mem, password, &bed.err), bed.err);
    CHECK_OK(app_grant_add(bed.house, &admin.actor, &further, bed.now, &bed.err), bed.err);
    CHECK_OK(app_token_create(bed.house, &bed.console, &wish, bed.now, bed.mem, own, &made, &bed.err), bed.err);
    wish.grant = 1;
    CHECK_OK(app_token_create(bed.house, &bed.console, &wish, bed.now, bed.mem, beside, &made, &bed.err), bed.err);
    bed.now += 3600;
    CHECK(!comes_in(&bed, own, &actor));
    CHECK(comes_in(&bed, beside, &actor));
    CHECK_INT(actor.role, ROLE_statistician);
    bed_end(&bed);
}

/* ---- too many tries ----------------------------------------------------------------------- */

TEST(lockout, is_seen_by_person_and_ended_by_the_system_administrator)
{
    struct bed bed = bed_new();
    const struct signed_in admin = bed_person(&bed, "admin", ROLE_system_admin), wang = bed_person(&bed, "wang", ROLE_office);
    struct lockout lock;
    struct signed_in in;
    CHECK_OK(app_lockout(bed.house, &admin.actor, TEXT("wang"), bed.now, &lock, &bed.err), bed.err);
    CHECK_INT(lock.failures, 0);
    CHECK(!app_lockout_end(bed.house, &admin.actor, TEXT("wang"), bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    for (int i = 0; i < 5; i++) {
        CHECK(!bed_sign_in(&bed, "wang", "wrong wrong wrong", "10.0.0.1", "", &in));
        bed.now += 10;
    }
    CHECK(!bed_sign_in(&bed, "wang", BED_PASSWORD, "10.0.0.1", "", &in));   /* not even the right one */
    CHECK_OK(app_lockout(bed.house, &admin.actor, TEXT(" WANG "), bed.now, &lock, &bed.err), bed.err);
    CHECK_INT(lock.failures, 5);
    CHECK_INT(lock.until, bed.now - 50 + 15 * 60);
    CHECK(!lock.everywhere);
    CHECK(!app_lockout(bed.house, &wang.actor, TEXT("wang"), bed.now, &lock, &bed.err));
    CHECK(!app_lockout_end(bed.house, &wang.actor, TEXT("wang"), bed.now, &bed.err));
    CHECK_OK(app_lockout_end(bed.house, &admin.actor, TEXT("wang"), bed.now, &bed.err), bed.err);
    CHECK_OK(bed_sign_in(&bed, "wang", BED_PASSWORD, "10.0.0.1", "", &in), bed.err);
    CHECK_INT(bed_audited(&bed, "account.unlock"), 1);

    for (int i = 0; i < 20; i++)   /* many strangers, each within his five */
        CHECK(!bed_sign_in(&bed, "wang", "wrong wrong wrong", arena_printf(bed.mem, "10.0.%d.1", i), "", &in));
    CHECK_OK(app_lockout(bed.house, &admin.actor, TEXT("wang"), bed.now, &lock, &bed.err), bed.err);
    CHECK_INT(lock.failures, 20);
    CHECK(lock.everywhere && lock.until == bed.now + 15 * 60);
    CHECK_OK(app_lockout(bed.house, &admin.actor, TEXT("wang"), bed.now + 15 * 60, &lock, &bed.err), bed.err);
    CHECK(!lock.until && !lock.failures);   /* it ends by itself */

    bed_person(&bed, "sec", ROLE_security_admin);
    CHECK(!bed_sign_in(&bed, "sec", "wrong wrong wrong", "10.0.0.1", "", &in));
    CHECK(!app_lockout_end(bed.house, &admin.actor, TEXT("sec"), bed.now, &bed.err));   /* one administrator does not manage another */
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_lockout_end(bed.house, &bed.console, TEXT("sec"), bed.now, &bed.err), bed.err);
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
