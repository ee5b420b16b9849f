#include "access_bed.h"

#include "app/access_inside.h"
#include "app/throttle.h"
#include "base/file.h"

#include <stdio.h>

/* ---- how many tries, by the clock ------------------------------------------------------------ */

struct moment {
    int64_t minute;
    const char *address;   /* of the try */
    bool known;            /* with the owner's known device */
    const char *password;
    const char *says;      /* "in", or a part of the refusal */
};

static void plays(const struct moment *moments, size_t n, const char *name)
{
    struct bed bed = bed_new();
    struct signed_in owner = bed_person(&bed, "wangmin", ROLE_office), in;
    const char *const device = arena_printf(bed.mem, "%s", owner.device);
    for (size_t i = 0; i < n; i++) {
        const struct moment *const m = &moments[i];
        bed.now = NOON + 3600 + m->minute * 60;
        const bool ok = bed_sign_in(&bed, name, m->password, m->address, m->known ? device : NULL, &in);
        if (ok ? strcmp(m->says, "in") != 0 : !text_find(text_of(bed.err.what), text_of(m->says), NULL))
            fail_msg("moment %zu (minute %lld): %s, expected %s", i, (long long)m->minute, ok ? "in" : bed.err.what, m->says);
    }
    bed_end(&bed);
}
#define PLAYS(moments, name) plays(moments, COUNT(moments), name)

#define WRONG "登录名或者密码不对"
#define LATER "尝试太多"

TEST(sign_in, allows_five_tries_from_a_network_in_a_quarter_of_an_hour)
{
    static const struct moment MOMENTS[] = {
        { 0, "10.2.3.4", false, "a", WRONG },  { 1, "10.2.3.5", false, "a", WRONG }, { 2, "10.2.3.6", false, "a", WRONG },
        { 3, "10.2.3.7", false, "a", WRONG },  { 4, "10.2.3.8", false, "a", WRONG },
        { 5, "10.2.3.9", false, "a", LATER },                /* the same /24 */
        { 5, "10.2.3.9", false, BED_PASSWORD, LATER },       /* knowing it does not help now */
        { 5, "10.2.4.9", false, BED_PASSWORD, "in" },        /* from elsewhere */
        { 15, "10.2.3.4", false, "a", WRONG },               /* the try of minute 0 is forgotten */
        { 15, "10.2.3.4", false, "a", LATER },
        { 16, "10.2.3.4", false, BED_PASSWORD, "in" },
        { 16, "10.2.3.4", false, "a", WRONG },               /* success has cleared the network's tries */
        { 16, "10.2.3.4", false, "a", WRONG },
    };
    PLAYS(MOMENTS, "wangmin");
}

TEST(sign_in, treats_a_name_that_nobody_has_in_the_same_way)
{
    static const struct moment MOMENTS[] = {
        { 0, "10.2.3.4", false, "a", WRONG }, { 0, "10.2.3.4", false, "a", WRONG }, { 0, "10.2.3.4", true, "a", WRONG },
        { 0, "10.2.3.4", false, "a", WRONG }, { 0, "10.2.3.4", false, "a", WRONG }, { 0, "10.2.3.4", false, "a", LATER },
        { 14, "10.2.3.4", false, "a", LATER }, { 15, "10.2.3.4", false, "a", WRONG },
    };
    PLAYS(MOMENTS, "nobody");
}

TEST(sign_in, allows_all_strangers_together_twenty_tries_and_the_owners_device_still)
{
    static struct moment moments[32];
    size_t n = 0;
    for (int network = 0; network < 4; network++)
        for (int k = 0; k < 5; k++) {
            static char addresses[4][16];
            snprintf(addresses[network], sizeof addresses[network], "10.9.%d.1", network);
            moments[n++] = (struct moment){ network, addresses[network], false, "a", WRONG };
        }
    moments[n++] = (struct moment){ 5, "10.9.99.1", false, BED_PASSWORD, LATER };  /* a network not heard of before */
    moments[n++] = (struct moment){ 5, "10.9.99.1", true, "typo", WRONG };         /* the owner, from anywhere */
    moments[n++] = (struct moment){ 5, "10.9.99.1", true, BED_PASSWORD, "in" };
    moments[n++] = (struct moment){ 6, "10.9.99.1", false, BED_PASSWORD, LATER };  /* that clears nothing for strangers */
    moments[n++] = (struct moment){ 15, "10.9.99.1", false, BED_PASSWORD, "in" };  /* the first five are forgotten */
    plays(moments, n, "wangmin");
}

TEST(sign_in, gives_the_known_device_five_tries_too)
{
    static const struct moment MOMENTS[] = {
        { 0, "10.2.3.4", true, "a", WRONG }, { 0, "10.2.3.4", true, "a", WRONG }, { 0, "10.2.3.4", true, "a", WRONG },
        { 0, "10.2.3.4", true, "a", WRONG }, { 0, "10.2.3.4", true, "a", WRONG }, { 0, "10.2.3.4", true, BED_PASSWORD, LATER },
        { 0, "10.2.3.4", false, BED_PASSWORD, "in" }, /* the network has its own */
    };
    PLAYS(MOMENTS, "wangmin");
}

TEST(sign_in, says_when_to_try_again)
{
    struct bed bed = bed_new();
    struct signed_in in;
    for (int i = 0; i < TRIES_OF_ITS_OWN; i++)
        CHECK(!bed_sign_in(&bed, "nobody", "a", "10.1.1.1", NULL, &in));
    bed.now += 4 * 60 + 30;
    CHECK(!bed_sign_in(&bed, "nobody", "a", "10.1.1.1", NULL, &in));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_CONTAINS(text_of(bed.err.hint), "11 分钟后");
    bed_end(&bed);
}

TEST(sign_in, counts_tries_also_over_a_restart)
{
    struct bed bed = bed_new();
    struct signed_in in;
    for (int i = 0; i < TRIES_OF_ITS_OWN; i++)
        CHECK(!bed_sign_in(&bed, "nobody", "a", "10.1.1.1", NULL, &in));
    bed_reopen(&bed);
    CHECK(!bed_sign_in(&bed, "nobody", "a", "10.1.1.1", NULL, &in));
    CHECK_CONTAINS(text_of(bed.err.what), LATER);
    bed_end(&bed);
}

/* Whoever fires many tries at once gets no more of them. */
#include <pthread.h>
#include <stdatomic.h>

struct volley { struct bed *bed; atomic_int wrong, later, full; };
static void *fire(void *context)
{
    struct volley *const v = context;
    struct arena *mem = arena_new("shot");
    struct err err;
    struct signed_in in;
    const struct sign_in_request request = { .name = TEXT("wangmin"), .password = TEXT("guess"), .address = TEXT("10.7.7.7"), .now = NOON };
    if (!app_sign_in(v->bed->house, &request, mem, &in, &err)) {
        atomic_fetch_add(&v->wrong, text_find(text_of(err.what), text_of(WRONG), NULL));
        atomic_fetch_add(&v->later, text_find(text_of(err.what), text_of(LATER), NULL));
        atomic_fetch_add(&v->full, err.kind == ERR_LIMIT);
    }
    arena_free(&mem);
    return NULL;
}

TEST(sign_in, counts_tries_that_come_at_once)
{
    enum { ALL = 30 };
    struct bed bed = bed_new();
    struct volley volley = { .bed = &bed };
    pthread_t threads[ALL];
    bed_person(&bed, "wangmin", ROLE_office);
    for (int i = 0; i < ALL; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, fire, &volley), 0);
    for (int i = 0; i < ALL; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(atomic_load(&volley.wrong), TRIES_OF_ITS_OWN);
    CHECK_INT(atomic_load(&volley.later) + atomic_load(&volley.full), ALL - TRIES_OF_ITS_OWN);
    bed_end(&bed);
}

TEST(throttle, takes_a_network_for_one_place)
{
    static const struct { const char *a, *b; bool same; } CASES[] = {
        { "192.168.1.4", "192.168.1.250", true },
        { "192.168.1.4", "192.168.2.4", false },
        { "192.168.1.4", "::ffff:192.168.1.9", true },
        { "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true },
        { "2001:db8:1:2::1", "2001:db8:1:3::1", false },
        { "", "", true },
    };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(CASES); i++)
        CHECK_INT(text_equal(throttle_network(text_of(CASES[i].a), mem), throttle_network(text_of(CASES[i].b), mem)), CASES[i].same);
    arena_free(&mem);
}

/* ---- devices --------------------------------------------------------------------------------- */

TEST(device, keeps_its_cookie_for_all_who_use_it)
{
    struct bed bed = bed_new();
    struct signed_in first = bed_person(&bed, "wangmin", ROLE_office), second, again;
    bed_person(&bed, "lilin", ROLE_statistician);
    CHECK_OK(bed_sign_in(&bed, "lilin", BED_PASSWORD, "10.1.1.1", first.device, &second), bed.err);
    CHECK_TEXT(text_of(second.device), first.device);
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", first.device, &again), bed.err);
    CHECK_TEXT(text_of(again.device), first.device);
    /* One that the server never gave is not taken. */
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &again), bed.err);
    CHECK(again.device[0] && strcmp(again.device, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") != 0);
    bed_end(&bed);
}

/* ---- what is told and written ----------------------------------------------------------------- */

TEST(sign_in, writes_what_happened_but_never_what_was_typed)
{
    struct bed bed = bed_new();
    struct signed_in in;
    bed_person(&bed, "wangmin", ROLE_office);
    CHECK(!bed_sign_in(&bed, "wangmin", "Typed-secret-1", "10.1.1.1", NULL, &in));
    CHECK(!bed_sign_in(&bed, "Password-as-name-9", "x", "10.1.1.1", NULL, &in));
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in), bed.err);
    CHECK_INT(bed_audited(&bed, "sign_in.failed"), 1);
    CHECK_INT(bed_audited(&bed, "sign_in.stranger"), 1);
    CHECK_INT(bed_audited(&bed, "sign_in.done"), 2);
    house_close(&bed.house);
    struct text bytes;
    CHECK_OK(file_read(bed.mem, arena_printf(bed.mem, "%s/junheng.db", bed.folder), 64 << 20, &bytes, &bed.err), bed.err);
    CHECK(!text_find(bytes, TEXT("Typed-secret-1"), NULL));
    CHECK(!text_find(bytes, TEXT("assword-as-name"), NULL));
    bed_end(&bed);
}

TEST(sign_in, does_not_fill_the_audit_for_a_flood_of_made_up_names)
{
    struct bed bed = bed_new();
    struct signed_in in;
    for (int i = 0; i < 130; i++)
        CHECK(!bed_sign_in(&bed, arena_printf(bed.mem, "name%d", i), "x", "10.1.1.1", NULL, &in));
    CHECK_INT(bed_audited(&bed, "sign_in.stranger"), 61); /* sixty, and the 120th */
    bed.now += 15 * 60;
    CHECK(!bed_sign_in(&bed, "name", "x", "10.1.1.1", NULL, &in));
    CHECK_INT(bed_audited(&bed, "sign_in.stranger"), 62);
    bed_end(&bed);
}

TEST(sign_in, hashes_anew_what_was_hashed_with_less)
{
    struct bed bed = bed_new();
    struct signed_in in;
    bed_person(&bed, "wangmin", ROLE_office);
    house_close(&bed.house);
    char weak[PASSWORD_ENCODED];
    CHECK_OK(password_hash_with(text_of(BED_PASSWORD), 1024, 1, weak, &bed.err), bed.err);
    bed_sql(&bed, arena_printf(bed.mem, "UPDATE account SET password = '%s'", weak));
    bed_reopen(&bed);
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in), bed.err);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM account WHERE password LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'"), 1);
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in), bed.err);
    bed_end(&bed);
}

/* ---- changing the password -------------------------------------------------------------------- */

TEST(change_password, asks_for_the_old_one_at_most_five_times)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office), out;
    for (int i = 0; i < TRIES_OF_ITS_OWN; i++) {
        CHECK(!app_change_password(bed.house, &in.actor, TEXT("wrong"), TEXT("Another-horse-8"), bed.now, bed.mem, &out, &bed.err));
        CHECK_CONTAINS(text_of(bed.err.what), "原密码不对");
    }
    CHECK(!app_change_password(bed.house, &in.actor, text_of(BED_PASSWORD), TEXT("Another-horse-8"), bed.now, bed.mem, &out, &bed.err));
    CHECK_CONTAINS(text_of(bed.err.what), LATER);
    CHECK_INT(bed_audited(&bed, "account.password_failed"), TRIES_OF_ITS_OWN);
    CHECK_OK(bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &out), bed.err); /* signing in has tries of its own */
    bed_end(&bed);
}

TEST(change_password, wants_a_good_one_that_is_new)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office), out;
    CHECK(!app_change_password(bed.house, &in.actor, text_of(BED_PASSWORD), text_of(BED_PASSWORD), bed.now, bed.mem, &out, &bed.err));
    CHECK_INT(bed.err.kind, ERR_INPUT);
    CHECK(!app_change_password(bed.house, &in.actor, text_of(BED_PASSWORD), TEXT("short"), bed.now, bed.mem, &out, &bed.err));
    CHECK_INT(bed.err.kind, ERR_INPUT);
    struct actor token = in.actor, console = bed.console;
    token.channel = CHANNEL_API;
    CHECK(!app_change_password(bed.house, &token, text_of(BED_PASSWORD), TEXT("Another-horse-8"), bed.now, bed.mem, &out, &bed.err));
    CHECK(!app_change_password(bed.house, &console, text_of(BED_PASSWORD), TEXT("Another-horse-8"), bed.now, bed.mem, &out, &bed.err));
    CHECK_INT(bed.err.kind, ERR_DENIED);
    bed_end(&bed);
}

TEST(change_password, forgets_the_devices_of_before)
{
    struct bed bed = bed_new();
    struct signed_in in = bed_person(&bed, "wangmin", ROLE_office), out;
    CHECK_OK(app_change_password(bed.house, &in.actor, text_of(BED_PASSWORD), TEXT("Another-horse-8"), bed.now, bed.mem, &out, &bed.err), bed.err);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM device"), 1);
    CHECK(strcmp(in.device, out.device) != 0);
    CHECK(!bed_sign_in(&bed, "wangmin", BED_PASSWORD, "10.1.1.1", NULL, &in));
    CHECK_OK(bed_sign_in(&bed, "wangmin", "Another-horse-8", "10.1.1.1", NULL, &in), bed.err);
    bed_end(&bed);
}
