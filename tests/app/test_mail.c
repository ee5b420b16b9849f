/* Notices by mail: who gets one, what waits, what becomes of it; one's own address. */
#include "access_bed.h"

#include "app/grants.h"
#include "app/mail.h"
#include "app/notice.h"
#include "app/smtp.h"

#include <stdio.h>

static const struct mail_settings SETTINGS = { .url = { "smtp://127.0.0.1:1", 18 }, .from = { "jh@edu.example.cn", 17 }, .site = { "https://jh.example.cn", 21 } };

/* Counting opens the house anew: as after a restart, the settings come from outside. */
static long long counted(struct bed *bed, const char *sql)
{
    const long long n = bed_count(bed, sql);
    app_mail_use(bed->house, &SETTINGS);
    return n;
}

struct putting { struct bed *bed; struct notice notice; bool fail; };
static bool put(void *context, struct db_session *session, struct err *err)
{
    const struct putting *const p = context;
    return app_notice_put(session, house_county(p->bed->house), &p->notice, p->bed->now, err) && (!p->fail || err_set(err, ERR_INPUT, "x"));
}

static void tell(struct bed *bed, int64_t to, enum role role, struct place place)
{
    struct putting p = { bed, { .to = to, .role = role, .place = place, .kind = "remind", .title = TEXT("催报"), .text = TEXT("柳林镇中心小学"),
                                .link = TEXT("/returns"), .by = { 0, TEXT("王敏"), 0 } }, false };
    CHECK_OK(house_write(bed->house, put, &p, &bed->err), bed->err);
}

/* The code that was sent last. */
static struct text code_of(struct bed *bed)
{
    return text_printf(bed->mem, "%06lld", counted(bed, "SELECT substr(title, -6) FROM mail WHERE title LIKE '邮件验证码%' ORDER BY mail_id DESC LIMIT 1"));
}

static void give_address(struct bed *bed, const struct actor *actor, const char *address)
{
    CHECK_OK(app_mail_own_set(bed->house, actor, text_of(address), bed->now, &bed->err), bed->err);
    CHECK_OK(app_mail_own_confirm(bed->house, actor, code_of(bed), bed->now, &bed->err), bed->err);
}

static long long letters(struct bed *bed, const char *address)
{
    return counted(bed, arena_printf(bed->mem, "SELECT COUNT(*) FROM mail WHERE title = '催报' AND state = 'waiting' AND address = '%s'", address));
}

static struct bed configured(void)
{
    struct bed bed = bed_new();
    app_mail_use(bed.house, &SETTINGS);
    return bed;
}

TEST(mail, goes_to_whom_a_notice_is_for_and_who_wants_it)
{
    struct bed bed = configured();
    const struct actor a = bed_person(&bed, "aaa", ROLE_office).actor, b = bed_person(&bed, "bbb", ROLE_supervisor).actor,
                       c = bed_person(&bed, "ccc", ROLE_supervisor).actor, d = bed_person(&bed, "ddd", ROLE_statistician).actor;
    const struct place county = { PLACE_COUNTY, TEXT("") };
    give_address(&bed, &a, "a@example.cn");
    give_address(&bed, &b, "b@example.cn");
    CHECK_OK(app_mail_own_set(bed.house, &c, TEXT("c@example.cn"), bed.now, &bed.err), bed.err);   /* never confirmed */
    give_address(&bed, &d, "d@example.cn");
    CHECK_OK(app_grant_add(bed.house, &bed.console, &(struct account_wish){ .name = TEXT("ddd"), .role = ROLE_supervisor, .place = county }, bed.now, &bed.err), bed.err);
    tell(&bed, a.account, ROLE_NONE, county);
    CHECK_INT(letters(&bed, "a@example.cn"), 1);
    CHECK_INT(letters(&bed, "b@example.cn"), 0);
    tell(&bed, 0, ROLE_supervisor, county);
    CHECK_INT(letters(&bed, "b@example.cn"), 1);
    CHECK_INT(letters(&bed, "c@example.cn"), 0);
    CHECK_INT(letters(&bed, "d@example.cn"), 1);   /* by a role beside his own */
    CHECK_INT(letters(&bed, "a@example.cn"), 1);
    tell(&bed, 0, ROLE_supervisor, (struct place){ PLACE_TOWNSHIP, TEXT("柳林镇") });
    CHECK_INT(letters(&bed, "b@example.cn"), 1);   /* another place */
    CHECK_OK(app_mail_own_want(bed.house, &b, false, bed.now, &bed.err), bed.err);
    tell(&bed, 0, ROLE_supervisor, county);
    CHECK_INT(letters(&bed, "b@example.cn"), 1);
    CHECK_INT(letters(&bed, "d@example.cn"), 2);
    struct account_ended ended;
    CHECK_OK(app_account_disable(bed.house, &bed.console, TEXT("ddd"), bed.now, &ended, &bed.err), bed.err);
    tell(&bed, 0, ROLE_supervisor, county);
    CHECK_INT(letters(&bed, "d@example.cn"), 2);
    bed_end(&bed);
}

TEST(mail, is_undone_with_the_notice_it_tells)
{
    struct bed bed = configured();
    const struct actor a = bed_person(&bed, "aaa", ROLE_office).actor;
    give_address(&bed, &a, "a@example.cn");
    struct putting p = { &bed, { .to = a.account, .kind = "told", .title = TEXT("催报"), .by = { 0, TEXT("x"), 0 } }, true };
    CHECK(!house_write(bed.house, put, &p, &bed.err));
    CHECK_INT(letters(&bed, "a@example.cn"), 0);
    bed_end(&bed);
}

TEST(mail, is_not_put_nor_sent_where_the_county_does_without)
{
    struct bed bed = configured();
    const struct actor a = bed_person(&bed, "aaa", ROLE_office).actor;
    give_address(&bed, &a, "a@example.cn");
    tell(&bed, a.account, ROLE_NONE, (struct place){ 0 });
    CHECK(!app_mail_allow(bed.house, &a, false, bed.now, &bed.err));   /* not the office's business */
    CHECK_INT(bed.err.kind, ERR_DENIED);
    CHECK_OK(app_mail_allow(bed.house, &bed.console, false, bed.now, &bed.err), bed.err);
    CHECK_INT(letters(&bed, "a@example.cn"), 0);
    tell(&bed, a.account, ROLE_NONE, (struct place){ 0 });
    CHECK_INT(letters(&bed, "a@example.cn"), 0);
    CHECK(!app_mail_own_set(bed.house, &a, TEXT("b@example.cn"), bed.now, &bed.err));
    CHECK_OK(app_mail_allow(bed.house, &bed.console, true, bed.now, &bed.err), bed.err);
    tell(&bed, a.account, ROLE_NONE, (struct place){ 0 });
    CHECK_INT(letters(&bed, "a@example.cn"), 1);
    CHECK_INT(bed_audited(&bed, "mail.forbid"), 1);
    CHECK_INT(bed_audited(&bed, "mail.allow"), 1);
    bed_end(&bed);
}

TEST(mail, waits_ever_longer_and_is_given_up_in_the_open)
{
    struct bed bed = configured();
    const struct actor a = bed_person(&bed, "aaa", ROLE_office).actor;
    struct text done = TEXT("");
    struct mail_state now;
    give_address(&bed, &a, "a@example.cn");
    tell(&bed, a.account, ROLE_NONE, (struct place){ 0 });
    for (int i = 1; i <= MAIL_TRIES; i++) {
        CHECK(mail_wait(i) > 0 && (i == 1 || mail_wait(i) > mail_wait(i - 1)));
        CHECK_INT(counted(&bed, "SELECT MAX(tries) FROM mail"), i - 1);
        /* Nobody listens at port 1. */
        CHECK(!app_mail_send(bed.house, bed.now, bed.mem, &done, &bed.err));
        CHECK_CONTAINS(text_of(bed.err.what), "连不上发信服务器");
        done = TEXT("");
        CHECK_OK(app_mail_send(bed.house, bed.now + mail_wait(i) - 1, bed.mem, &done, &bed.err), bed.err);   /* not yet */
        bed.now += mail_wait(i);
    }
    CHECK_INT(letters(&bed, "a@example.cn"), 0);
    CHECK_OK(app_mail_state(bed.house, &bed.console, bed.mem, &now, &bed.err), bed.err);
    CHECK_INT(now.waiting, 0);
    CHECK_INT(now.given_up, 2);   /* the code's letter too */
    CHECK_INT(now.n_faults, 2);
    CHECK(now.faults[0].given_up);
    CHECK_INT(now.faults[0].tries, MAIL_TRIES);
    CHECK_TEXT(now.faults[0].address, "a***@example.cn");
    CHECK_CONTAINS(now.faults[0].fault, "连不上发信服务器");
    int64_t n;
    CHECK_OK(app_mail_retry(bed.house, &bed.console, bed.now, &n, &bed.err), bed.err);
    CHECK_INT(n, 2);
    CHECK_INT(letters(&bed, "a@example.cn"), 1);
    bed_end(&bed);
}

TEST(mail, gives_up_what_is_out_of_date_and_forgets_it_at_last)
{
    struct bed bed = configured();
    const struct actor a = bed_person(&bed, "aaa", ROLE_office).actor;
    struct text done = TEXT("");
    give_address(&bed, &a, "a@example.cn");
    tell(&bed, a.account, ROLE_NONE, (struct place){ 0 });
    bed.now += 8 * 86400;
    CHECK_OK(app_mail_send(bed.house, bed.now, bed.mem, &done, &bed.err), bed.err);
    CHECK_CONTAINS(done, "2 封不再寄");
    CHECK_INT(counted(&bed, "SELECT COUNT(*) FROM mail WHERE state = 'given_up'"), 2);
    CHECK_OK(app_mail_send(bed.house, bed.now + 91 * 86400, bed.mem, &done, &bed.err), bed.err);
    CHECK_INT(counted(&bed, "SELECT COUNT(*) FROM mail"), 0);
    bed_end(&bed);
}

TEST(mail, has_addresses_that_somebody_reads)
{
    struct bed bed = configured();
    const struct actor a = bed_person(&bed, "aaa", ROLE_office).actor;
    struct mail_own own;
    CHECK(!app_mail_own_set(bed.house, &a, TEXT("王@example.cn"), bed.now, &bed.err));
    CHECK_INT(bed.err.kind, ERR_INPUT);
    CHECK_OK(app_mail_own_set(bed.house, &a, TEXT(" a@example.cn "), bed.now, &bed.err), bed.err);
    CHECK(!app_mail_own_set(bed.house, &a, TEXT("b@example.cn"), bed.now + 59, &bed.err));   /* no bombing of strangers */
    CHECK_INT(bed.err.kind, ERR_LIMIT);
    const struct text right = code_of(&bed), wrong = text_equal(right, TEXT("000000")) ? TEXT("000001") : TEXT("000000");
    for (int i = 0; i < 4; i++) {
        CHECK(!app_mail_own_confirm(bed.house, &a, wrong, bed.now, &bed.err));
        CHECK_INT(bed.err.kind, ERR_INPUT);
    }
    CHECK(!app_mail_own_confirm(bed.house, &a, right, bed.now + 86400, &bed.err));   /* too late */
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK_OK(app_mail_own_confirm(bed.house, &a, right, bed.now, &bed.err), bed.err);
    CHECK_OK(app_mail_own(bed.house, &a, bed.mem, &own, &bed.err), bed.err);
    CHECK(own.possible && own.confirmed && own.wanted);
    CHECK_TEXT(own.address, "a@example.cn");
    tell(&bed, a.account, ROLE_NONE, (struct place){ 0 });
    CHECK_OK(app_mail_own_set(bed.house, &a, TEXT("b@example.cn"), bed.now + 60, &bed.err), bed.err);
    CHECK_INT(letters(&bed, "a@example.cn"), 0);   /* it goes nowhere any more */
    CHECK_OK(app_mail_own(bed.house, &a, bed.mem, &own, &bed.err), bed.err);
    CHECK(!own.confirmed);
    for (int i = 0; i < 5; i++)
        CHECK(!app_mail_own_confirm(bed.house, &a, TEXT("x"), bed.now + 60, &bed.err));
    CHECK(!app_mail_own_confirm(bed.house, &a, code_of(&bed), bed.now + 60, &bed.err));   /* five tries were enough */
    CHECK_INT(bed.err.kind, ERR_ABSENT);
    CHECK_OK(app_mail_own_drop(bed.house, &a, bed.now, &bed.err), bed.err);
    CHECK(!app_mail_own_drop(bed.house, &a, bed.now, &bed.err));
    CHECK_INT(bed_audited(&bed, "mail.address"), 2);
    CHECK_INT(counted(&bed, "SELECT COUNT(*) FROM audit WHERE detail LIKE '%a***@example.cn%'"), 2);
    CHECK_INT(counted(&bed, "SELECT COUNT(*) FROM audit WHERE detail LIKE '%a@example.cn%'"), 0);
    bed_end(&bed);
}

TEST(mail, is_set_up_by_settings_that_can_be)
{
    static const struct { const char *url, *user, *password, *from, *site, *says; } WRONG[] = {
        { "http://x", "", "", "a@b.cn", "https://x", "smtp_url" },
        { "smtp://", "", "", "a@b.cn", "https://x", "smtp_url" },
        { "smtp://u:p@x", "", "", "a@b.cn", "https://x", "smtp_url" },
        { "smtp://x/y", "", "", "a@b.cn", "https://x", "smtp_url" },
        { "", "u", "p", "", "", "smtp_url" },
        { "smtp://x:587", "", "", "", "https://x", "mail_from" },
        { "smtp://x:587", "u", "", "a@b.cn", "https://x", "密码" },
        { "smtp://x:587", "", "p", "a@b.cn", "https://x", "smtp_user" },
        { "smtp://x:587", "", "", "a@b.cn", "", "site_url" },
        { "smtp://x:587", "", "", "a@b.cn", "jh.cn", "site_url" },
        { "smtp://x:587", "", "", "a@b.cn", "https://jh.cn/", "site_url" },
        { "smtp://x:587", "", "", "a@b.cn", "https://jh.cn\r\nx", "site_url" },
    };
    struct err err;
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        const struct mail_settings s = { text_of(WRONG[i].url), text_of(WRONG[i].user), text_of(WRONG[i].password), text_of(WRONG[i].from), text_of(WRONG[i].site) };
        if (mail_settings_right(&s, &err))
            fail_msg("row %zu is taken", i);
        CHECK_INT(err.kind, ERR_INPUT);
        CHECK_CONTAINS(text_of(err.what), WRONG[i].says);
        CHECK(err.hint[0] || strstr(err.what, "密码"));
    }
    CHECK_OK(mail_settings_right(&(struct mail_settings){ .url = TEXT("smtps://mail.example.cn:465"), .user = TEXT("u"), .password = TEXT("p"),
                                                          .from = TEXT("教育局 <a@b.cn>"), .site = TEXT("https://jh.cn") }, &err), err);
    CHECK_OK(mail_settings_right(&(struct mail_settings){ .url = TEXT("") }, &err), err);
}
