#include "access_bed.h"

#include "app/access_inside.h"
#include "app/sessions.h"
#include "base/file.h"

/* ---- sessions ----------------------------------------------------------------------------- */

TEST(session, begins_with_the_initial_password_which_allows_nothing_but_changing_it)
{
    struct bed bed = bed_new();
    struct signed_in in, changed;
    struct actor actor;
    const char *given = bed_account(&bed, "wangmin", ROLE_office);
    CHECK_OK(bed_sign_in(&bed, " WangMin", given, "10.1.1.1", NULL, &in), bed.err);
    CHECK_INT(strlen(in.token), TOKEN_SIZE);
    CHECK(in.actor.must_change);
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    CHECK(!actor_may(&actor, MAY_SEE, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_change_password(bed.house, &actor, text_of(given), text_of(BED_PASSWORD), bed.now, bed.mem, &changed, &bed.err), bed.err);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK_OK(bed_session(&bed, changed.token, &actor), bed.err);
    CHECK_OK(actor_may(&actor, MAY_IMPORT, &bed.err), bed.err);
    CHECK_TEXT(actor.name, "wangmin");
    CHECK_TEXT(actor.address, "10.1.1.1");
    CHECK_INT(actor.channel, CHANNEL_WEB);
    bed_end(&bed);
}

TEST(session, ends_after_half_an_hour_unused_or_twelve_hours)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office);
    struct actor actor;
    bed.now = NOON + SESSION_IDLE - 1;
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    bed.now += SESSION_IDLE - 1;
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    bed.now += SESSION_IDLE;
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK_INT(bed.err.kind, ERR_DENIED);

    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in), bed.err);
    const int64_t began = bed.now;
    for (; bed.now < began + SESSION_LONGEST; bed.now += 20 * 60)
        CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    CHECK(!bed_session(&bed, in.token, &actor));
    bed_end(&bed);
}

TEST(session, is_the_same_after_a_restart)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_statistician);
    struct actor actor;
    bed.now += 20 * 60;
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err); /* noted, since a minute has passed */
    bed_reopen(&bed);
    bed.now += 20 * 60;
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    CHECK_INT(actor.role, ROLE_statistician);
    bed_reopen(&bed);
    bed.now += SESSION_IDLE;
    CHECK(!bed_session(&bed, in.token, &actor));
    bed_end(&bed);
}

TEST(session, ends_at_once_on_signing_out)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office), other;
    struct actor actor;
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.2", NULL, &other), bed.err);
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    CHECK_OK(app_sign_out(bed.house, &actor, text_of(in.token), bed.now, &bed.err), bed.err);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK_OK(bed_session(&bed, other.token, &actor), bed.err);
    bed_reopen(&bed);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK_INT(bed_audited(&bed, "session.sign_out"), 1);
    bed_end(&bed);
}

TEST(session, ends_at_once_on_disabling_another_grant_and_another_password)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office), second;
    struct account_ended ended;
    struct actor actor;
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    CHECK_OK(app_account_disable(bed.house, &bed.console, TEXT("wangmin"), bed.now, &ended, &bed.err), bed.err);
    CHECK_INT(ended.sessions, 1);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK(!bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in));
    CHECK_CONTAINS(text_of(bed.err.what), "停用");
    CHECK_OK(app_account_enable(bed.house, &bed.console, TEXT("wangmin"), bed.now, &bed.err), bed.err);

    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in), bed.err);
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    const struct account_wish wish = { .name = TEXT("wangmin"), .role = ROLE_township, .place = { PLACE_TOWNSHIP, TEXT("柳林镇") } };
    CHECK_OK(app_account_grant(bed.house, &bed.console, &wish, bed.now, &ended, &bed.err), bed.err);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in), bed.err);
    CHECK_INT(in.actor.role, ROLE_township);
    CHECK(actor_covers(&in.actor, TEXT("1"), TEXT("柳林镇")));
    CHECK(!actor_covers(&in.actor, TEXT("1"), TEXT("东镇")));

    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.9", NULL, &second), bed.err);
    CHECK_OK(bed_session(&bed, second.token, &actor), bed.err);
    struct signed_in changed;
    CHECK_OK(app_change_password(bed.house, &in.actor, text_of(BED_PASSWORD), TEXT("Another-horse-8"), bed.now, bed.mem, &changed, &bed.err),
             bed.err);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK(!bed_session(&bed, second.token, &actor));
    CHECK_OK(bed_session(&bed, changed.token, &actor), bed.err);
    CHECK(strcmp(changed.token, in.token) != 0);
    bed_end(&bed);
}

TEST(session, ends_with_the_account)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "ping", ROLE_assessor); /* for 90 days */
    struct actor actor;
    bed.now += 90 * 86400 - 60;
    CHECK_OK(bed_sign_in(&bed, "ping", BED_PASSWORD, "10.1.1.1", NULL, &in), bed.err);
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    bed.now += 60;
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK(!bed_sign_in(&bed, "ping", BED_PASSWORD, "10.1.1.1", NULL, &in));
    CHECK_CONTAINS(text_of(bed.err.what), "期限");
    bed_end(&bed);
}

TEST(session, of_a_made_up_token_is_refused)
{
    struct bed bed = bed_new();
    struct actor actor;
    bed_person(&bed, "wangmin", ROLE_office);
    CHECK(!bed_session(&bed, "", &actor));
    CHECK(!bed_session(&bed, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &actor));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    bed_end(&bed);
}

TEST(session, is_seen_and_ended_by_the_security_administrator_alone)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office), guard = bed_person(&bed, "guard", ROLE_security_admin);
    struct session_view *list;
    struct actor actor;
    size_t n;
    CHECK(!app_sessions(bed.house, &in.actor, bed.now, bed.mem, &list, &n, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_sessions(bed.house, &guard.actor, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    int64_t id = 0;
    for (size_t i = 0; i < n; i++)
        if (text_equal(list[i].name, TEXT("wangmin")))
            id = list[i].id;
    CHECK_OK(bed_session(&bed, in.token, &actor), bed.err);
    CHECK(!app_session_end(bed.house, &in.actor, id, bed.now, &bed.err));
    CHECK_OK(app_session_end(bed.house, &guard.actor, id, bed.now, &bed.err), bed.err);
    CHECK(!bed_session(&bed, in.token, &actor));
    CHECK(!app_session_end(bed.house, &guard.actor, id, bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK_INT(bed_audited(&bed, "session.end"), 1);
    bed.now += SESSION_IDLE + 60;
    CHECK_OK(app_sessions(bed.house, &bed.console, bed.now, bed.mem, &list, &n, &bed.err), bed.err);
    CHECK_INT(n, 0);
    bed_end(&bed);
}

TEST(session, keeps_its_secrets_out_of_the_database)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office);
    house_close(&bed.house);
    const char *path = arena_printf(bed.mem, "%s/junheng.db", bed.folder);
    struct text bytes;
    CHECK_OK(file_read(bed.mem, path, 64 << 20, &bytes, &bed.err), bed.err);
    CHECK(text_find(bytes, TEXT("wangmin"), NULL)); /* we look at the right file */
    CHECK(!text_find(bytes, text_of(in.token), NULL));
    CHECK(!text_find(bytes, text_of(in.device), NULL));
    CHECK(!text_find(bytes, text_of(BED_PASSWORD), NULL));
    bed_end(&bed);
}

/* ---- forms -------------------------------------------------------------------------------- */

TEST(form_token, belongs_to_its_session_and_house)
{
    struct bed bed = bed_new(), other = bed_new();
    char one[TOKEN_SIZE + 1], two[TOKEN_SIZE + 1], far[TOKEN_SIZE + 1];
    app_form_token(bed.house, TEXT("session one"), one);
    app_form_token(bed.house, TEXT("session two"), two);
    app_form_token(other.house, TEXT("session one"), far);
    CHECK_INT(strlen(one), TOKEN_SIZE);
    CHECK(strcmp(one, two) != 0);
    CHECK(strcmp(one, far) != 0);
    CHECK(app_form_token_right(bed.house, TEXT("session one"), text_of(one)));
    CHECK(!app_form_token_right(bed.house, TEXT("session one"), text_of(two)));
    CHECK(!app_form_token_right(bed.house, TEXT("session one"), TEXT("")));
    app_form_token(bed.house, TEXT(""), one);
    CHECK(!app_form_token_right(bed.house, TEXT(""), text_of(one))); /* no session, no form */
    bed_end(&bed);
    bed_end(&other);
}

/* ---- speed -------------------------------------------------------------------------------- */

#include <time.h>

TEST(session, costs_a_few_microseconds)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office);
    struct actor actor;
    struct timespec from, to;
    enum { TIMES = 20000 };
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < TIMES; i++) {
        const struct arena_mark mark = arena_mark(bed.mem);
        CHECK(bed_session(&bed, in.token, &actor));
        arena_rewind(bed.mem, mark);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    const double micro = ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / 1e3 / TIMES;
    print_message("app_session: %.2f microseconds\n", micro);
    CHECK(micro < 20.0); /* a query would cost more; measured: 0.8 under the sanitizers */
    bed_end(&bed);
}
