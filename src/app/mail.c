#include "app/mail_inside.h"

#include "app/audit.h"
#include "app/house_inside.h"
#include "app/notice.h"
#include "app/smtp.h"
#include "app/upkeep.h"
#include "store/county_store.h"

/* ---- settings ----------------------------------------------------------------------------- */

static bool url_right(struct text url)
{
    size_t at = 0;
    if (!text_starts(url, TEXT("smtp://")) && !text_starts(url, TEXT("smtps://")))
        return false;
    text_find(url, TEXT("://"), &at);
    const struct text host = { url.at + at + 3, url.size - at - 3 };
    for (size_t i = 0; i < host.size; i++) {
        const char c = host.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr(".-:[]", c))))
            return false;
    }
    return host.size && host.size <= 255;
}

static bool site_right(struct text site)
{
    for (size_t i = 0; i < site.size; i++)
        if ((unsigned char)site.at[i] <= ' ' || site.at[i] == '<' || site.at[i] == '>' || site.at[i] == '"')
            return false;
    return (text_starts(site, TEXT("https://")) || text_starts(site, TEXT("http://"))) && !text_ends(site, TEXT("/"));
}

bool mail_settings_right(const struct mail_settings *s, struct err *err)
{
    struct mail_from from;
    if (s->site.size && !site_right(s->site)) {
        err_set(err, ERR_INPUT, "site_url 读到“%.*s”。", TEXT_ARG(s->site));
        return err_hint(err, "请写大家打开本系统的网址，末尾不要 /，例如 https://jh.example.cn。");
    }
    if (!s->url.size && !s->user.size && !s->from.size)
        return true;
    if (!url_right(s->url)) {
        err_set(err, ERR_INPUT, s->url.size ? "smtp_url 读到“%.*s”。" : "给了 smtp_user 或 mail_from，却没有 smtp_url%.*s。", TEXT_ARG(s->url));
        return err_hint(err, "请写 smtp://主机:587（STARTTLS）或 smtps://主机:465，登录名写在 smtp_user。");
    }
    if (!mail_from_read(s->from, &from)) {
        err_set(err, ERR_INPUT, "mail_from 读到“%.*s”，不是邮件地址。", TEXT_ARG(s->from));
        return err_hint(err, "例如：mail_from = 青禾县教育局 <jh@example.cn>");
    }
    if (!s->user.size != !s->password.size) {
        err_set(err, ERR_INPUT, s->user.size ? "给了 smtp_user，却没有密码。" : "给了密码，却没有 smtp_user。");
        return err_hint(err, "密码写在一个只有运行服务的用户能读的文件里，文件名写在 smtp_password_file。");
    }
    if (!s->site.size) {
        err_set(err, ERR_INPUT, "要寄邮件，却没有 site_url：邮件里的链接不知道指向哪里。");
        return err_hint(err, "请写大家打开本系统的网址，例如 site_url = https://jh.example.cn");
    }
    return true;
}

void app_mail_use(struct house *house, const struct mail_settings *s)
{
    if (!s->url.size)
        return;
    struct mail_settings *const kept = arena_make(house->mem, struct mail_settings);
    *kept = (struct mail_settings){ text_copy(house->mem, s->url), text_copy(house->mem, s->user), text_copy(house->mem, s->password),
                                    text_copy(house->mem, s->from), text_copy(house->mem, s->site) };
    house->mail = kept;
}

const struct mail_settings *house_mail(const struct house *house) { return house->mail; }
bool app_mail_configured(const struct house *house) { return house->mail != NULL; }

bool mail_allowed(struct db_session *session, struct err *err, bool *out)
{
    struct db_rows rows;
    *out = true;
    if (!db_select(session, Q_SETTING_GET, DB_VALUES(db_text(TEXT("mail.forbidden"))), &rows, err))
        return false;
    while (db_next(&rows))
        *out = false;
    return db_done(&rows, err);
}

/* ---- the outbox --------------------------------------------------------------------------- */

bool app_mail_put(struct db_session *session, struct text county, const struct notice *n, int64_t now, struct err *err)
{
    const struct text none = TEXT("");
    return db_run(session, Q_MAIL_PUT_NOTICE,
                  DB_VALUES(db_text(county), db_text(n->title), db_text(n->text), db_text(n->link), db_int(now), db_int(n->to),
                            db_text(n->to ? none : text_of(role_info(n->role)->id)), db_text(n->to ? none : place_word(n->place.kind)),
                            db_text(n->to ? none : n->place.name)),
                  err);
}

/* ---- for the system administrator --------------------------------------------------------- */

static bool count(struct db_session *session, struct text county, struct mail_state *out, struct arena *mem, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_MAIL_COUNTS, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const struct text state = db_get_text(&rows, 0, mem);
        *(text_equal(state, TEXT("waiting")) ? &out->waiting : text_equal(state, TEXT("sent")) ? &out->sent : &out->given_up) = db_get_int(&rows, 1);
    }
    if (!db_done(&rows, err) || !db_select(session, Q_MAIL_ADDRESS_COUNT, DB_NO_VALUES, &rows, err))
        return false;
    while (db_next(&rows))
        out->addresses = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

enum { MOST_FAULTS = 20 };   /* as the query says */

static bool read_faults(struct db_session *session, struct text county, struct mail_state *out, struct arena *mem, struct err *err)
{
    struct db_rows rows;
    out->faults = arena_array(mem, MOST_FAULTS, struct mail_fault);
    if (!db_select(session, Q_MAIL_FAULTS, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows))
        if (out->n_faults < MOST_FAULTS)
            out->faults[out->n_faults++] = (struct mail_fault){
                .id = db_get_int(&rows, 0), .address = mail_address_masked(db_get_text(&rows, 1, mem), mem),
                .given_up = text_equal(db_get_text(&rows, 2, mem), TEXT("given_up")), .tries = (int)db_get_int(&rows, 3),
                .next_at = db_get_int(&rows, 4), .tried_at = db_get_int(&rows, 5), .fault = db_get_text(&rows, 6, mem) };
    return db_done(&rows, err);
}

bool app_mail_state(struct house *house, const struct actor *actor, struct arena *mem, struct mail_state *out, struct err *err)
{
    const struct mail_settings *const s = house_mail(house);
    struct db_session *session = NULL;
    *out = (struct mail_state){ .configured = s != NULL };
    if (s)
        out->server = s->url, out->from = s->from, out->site = s->site;
    if (!actor_may(actor, MAY_SYSTEM, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = mail_allowed(session, err, &out->allowed) && count(session, house_county(house), out, mem, err) &&
                    read_faults(session, house_county(house), out, mem, err);
    db_read_end(&session);
    return ok;
}

struct deciding { struct house *house; const struct actor *actor; bool allowed; int64_t now, n; };

static bool write_allowed(void *context, struct db_session *session, struct err *err)
{
    const struct deciding *const d = context;
    bool before;
    if (!mail_allowed(session, err, &before))
        return false;
    if (before == d->allowed)
        return true;
    return (d->allowed ? db_run(session, Q_SETTING_DROP, DB_VALUES(db_text(TEXT("mail.forbidden"))), err)
                       : db_run(session, Q_SETTING_PUT, DB_VALUES(db_text(TEXT("mail.forbidden")), db_text(TEXT("1"))), err) &&
                             db_run(session, Q_MAIL_STOP, DB_VALUES(db_int(d->now), db_text(TEXT("县里决定不用邮件。")), db_text(house_county(d->house))), err)) &&
           audit_write(session, d->actor, d->allowed ? "mail.allow" : "mail.forbid", TEXT(""), TEXT(""), d->now, err);
}

bool app_mail_allow(struct house *house, const struct actor *actor, bool allowed, int64_t now, struct err *err)
{
    struct deciding d = { .house = house, .actor = actor, .allowed = allowed, .now = now };
    return actor_may(actor, MAY_SYSTEM, err) && db_write(house_db(house), write_allowed, &d, err);
}

static bool write_retry(void *context, struct db_session *session, struct err *err)
{
    enum { WEEK = 7 * 86400 };
    struct deciding *const d = context;
    const struct text county = house_county(d->house);
    bool allowed;
    if (!mail_allowed(session, err, &allowed))
        return false;
    if (!allowed)
        return err_set(err, ERR_DENIED, "县里决定不用邮件。");
    if (!db_run(session, Q_MAIL_RETRY, DB_VALUES(db_int(d->now), db_text(county), db_int(d->now - WEEK)), err))
        return false;
    d->n = db_changed(session);
    if (!db_run(session, Q_MAIL_HURRY, DB_VALUES(db_int(d->now), db_text(county)), err))
        return false;
    d->n += db_changed(session);
    return audit_write(session, d->actor, "mail.retry", TEXT(""), TEXT(""), d->now, err);
}

bool app_mail_retry(struct house *house, const struct actor *actor, int64_t now, int64_t *n_out, struct err *err)
{
    struct deciding d = { .house = house, .actor = actor, .now = now };
    if (!actor_may(actor, MAY_SYSTEM, err) || !db_write(house_db(house), write_retry, &d, err))
        return false;
    *n_out = d.n;
    house_poke(house);
    return true;
}

static bool note_test(void *context, struct db_session *session, struct err *err)
{
    const struct deciding *const d = context;
    return audit_write(session, d->actor, "mail.test", TEXT(""), d->n ? TEXT("sent") : TEXT("failed"), d->now, err);
}

static bool county_name(struct house *house, struct arena *mem, struct text *out, struct err *err)
{
    struct db_session *session = NULL;
    struct county_record county;
    const bool ok = db_read_begin(house_db(house), &session, err) && store_county(session, mem, &county, err);
    db_read_end(&session);
    if (ok)
        *out = county.name;
    return ok;
}

static bool send_test(struct house *house, struct text address, struct text county, int64_t now, struct arena *mem, struct err *err)
{
    const struct mail_settings *const s = house_mail(house);
    const struct letter letter = { .id = now, .address = address, .title = TEXT("测试邮件"), .link = TEXT("/"), .shown = TEXT(""),
                                   .body = TEXT("收到这封信，说明邮件设置是对的。") };
    struct mail_from from;
    struct smtp *smtp = NULL;
    if (!mail_from_read(s->from, &from))
        return err_set(err, ERR_INPUT, "mail_from 不是邮件地址。");
    const bool ok = smtp_open(&(struct smtp_server){ s->url, s->user, s->password }, NULL, NULL, mem, &smtp, err) &&
                    smtp_send(smtp, from.address, address, mail_letter(s, &letter, county, now, mem), err) == SMTP_SENT;
    smtp_close(&smtp);
    return ok;
}

bool app_mail_test(struct house *house, const struct actor *actor, struct text address, int64_t now, struct err *err)
{
    struct text county;
    address = text_trim(address);
    if (!actor_may(actor, MAY_SYSTEM, err))
        return false;
    if (!house_mail(house)) {
        err_set(err, ERR_ABSENT, "还没有设置发信服务器。");
        return err_hint(err, "请在 junheng.conf 里写 smtp_url、mail_from、site_url，重新启动服务；junheng config 核对它们。");
    }
    if (!mail_address_right(address))
        return err_set(err, ERR_INPUT, "“%.*s”不是邮件地址。", TEXT_ARG(address)), err_hint(err, "例如 wangmin@example.cn。");
    struct arena *mem = arena_new("mail");
    struct deciding d = { .house = house, .actor = actor, .now = now };
    struct err other;
    bool ok = county_name(house, mem, &county, err) && send_test(house, address, county, now, mem, err);
    d.n = ok;
    if (!db_write(house_db(house), note_test, &d, &other) && ok)
        *err = other, ok = false;
    arena_free(&mem);
    return ok;
}
