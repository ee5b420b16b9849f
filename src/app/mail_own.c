/* One's own address: typed, shown to be one's own by a code, wanted or not. */
#include "app/mail_inside.h"

#include "app/audit.h"
#include "app/upkeep.h"
#include "base/secret.h"
#include "base/unicode.h"

#include <assert.h>

enum { CODE_DIGITS = 6, CODE_TRIES = 5, CODE_HOLDS = 86400, AGAIN_AFTER = 60 };

struct row { bool found, wanted; struct text address, code_mac; int64_t confirmed_at, asked_at, tries; };

static bool read_row(struct db_session *session, int64_t account, struct arena *mem, struct row *out, struct err *err)
{
    struct db_rows rows;
    *out = (struct row){ .found = false };
    if (!db_select(session, Q_MAIL_ADDRESS_OF, DB_VALUES(db_int(account)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = (struct row){ true, db_get_int(&rows, 1) != 0, db_get_text(&rows, 0, mem), db_get_text(&rows, 3, mem), db_get_int(&rows, 2),
                             db_get_int(&rows, 4), db_get_int(&rows, 5) };
    return db_done(&rows, err);
}

bool app_mail_own(struct house *house, const struct actor *actor, struct arena *mem, struct mail_own *out, struct err *err)
{
    struct db_session *session = NULL;
    struct row row;
    bool allowed;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = mail_allowed(session, err, &allowed) && read_row(session, actor->account, mem, &row, err);
    db_read_end(&session);
    if (ok)
        *out = (struct mail_own){ allowed && app_mail_configured(house), row.address, row.confirmed_at != 0, row.wanted };
    return ok;
}

struct owning {
    struct house *house;
    const struct actor *actor;
    struct text address, code;
    bool wanted, right;
    int64_t now;
    struct arena *mem;
};

/* Bound to the account and the address, keyed by the house. */
static struct text mac_of(const struct owning *o, struct text address, struct text code)
{
    unsigned char mac[MAC_SIZE];
    char *const hex = arena_alloc(o->mem, HEX_SIZE(MAC_SIZE) + 1);
    house_mac(o->house, "mail code", text_printf(o->mem, "%lld %.*s %.*s", (long long)o->actor->account, TEXT_ARG(address), TEXT_ARG(code)), mac);
    secret_hex(mac, MAC_SIZE, hex);
    return (struct text){ hex, HEX_SIZE(MAC_SIZE) };
}

static bool own(struct owning *o, db_work *work, struct err *err)
{
    assert(!db_is_writer(house_db(o->house)));
    o->mem = arena_new("mail");
    const bool ok = (o->actor->account && o->actor->channel == CHANNEL_WEB && !o->actor->must_change && !o->actor->must_totp) ||
                    err_set(err, ERR_DENIED, "只有本人登录以后才能改自己的邮件地址。");
    const bool done = ok && db_write(house_db(o->house), work, o, err);
    arena_free(&o->mem);
    return done;
}

static bool note(const struct owning *o, struct db_session *session, const char *verb, struct text address, struct err *err)
{
    return audit_write(session, o->actor, verb, o->actor->name, mail_address_masked(address, o->mem), o->now, err);
}

static bool write_address(void *context, struct db_session *session, struct err *err)
{
    const struct owning *const o = context;
    struct row row;
    bool allowed;
    if (!mail_allowed(session, err, &allowed) || !read_row(session, o->actor->account, o->mem, &row, err))
        return false;
    if (!allowed || !app_mail_configured(o->house))
        return err_set(err, ERR_DENIED, "系统现在不寄邮件。");
    if (row.found && !row.confirmed_at && o->now < row.asked_at + AGAIN_AFTER) {
        err_set(err, ERR_LIMIT, "刚刚才寄过验证码。");
        return err_hint(err, "请等一分钟再试；也看看邮箱的垃圾邮件夹。");
    }
    const struct text code = text_printf(o->mem, "%0*u", CODE_DIGITS, (unsigned)secret_random_below(1000000));
    return db_run(session, Q_MAIL_STOP_ACCOUNT,
                  DB_VALUES(db_int(o->now), db_text(TEXT("本人换了地址。")), db_text(house_county(o->house)), db_int(o->actor->account)), err) &&
           db_run(session, Q_MAIL_ADDRESS_PUT,
                  DB_VALUES(db_int(o->actor->account), db_text(o->address), db_text(mac_of(o, o->address, code)), db_int(o->now)), err) &&
           db_run(session, Q_MAIL_PUT,
                  DB_VALUES(db_text(house_county(o->house)), db_int(o->actor->account), db_text(o->address), db_text(text_printf(o->mem, "邮件验证码：%.*s", TEXT_ARG(code))),
                            db_text(TEXT("请把它填到系统的“账号”页，以后的通知也会寄到这个地址。一天之内有效；不是您本人要的，请不用管它。")),
                            db_text(TEXT("/account#mail")), db_int(o->now)),
                  err) &&
           note(o, session, "mail.address", o->address, err);
}

bool app_mail_own_set(struct house *house, const struct actor *actor, struct text address, int64_t now, struct err *err)
{
    struct owning o = { .house = house, .actor = actor, .address = text_trim(address), .now = now };
    if (!mail_address_right(o.address)) {
        err_set(err, ERR_INPUT, "“%.*s”不是邮件地址。", (int)(o.address.size < 80 ? o.address.size : 80), o.address.at);
        return err_hint(err, "例如 wangmin@example.cn：只用半角的字母、数字和符号。");
    }
    if (!own(&o, write_address, err))
        return false;
    house_poke(house);
    return true;
}

static bool write_code(void *context, struct db_session *session, struct err *err)
{
    struct owning *const o = context;
    struct row row;
    if (!read_row(session, o->actor->account, o->mem, &row, err))
        return false;
    if (!row.found || row.confirmed_at || o->now >= row.asked_at + CODE_HOLDS || row.tries >= CODE_TRIES) {
        err_set(err, ERR_ABSENT, "没有可用的验证码：过了一天，或者试错了 %d 次。", CODE_TRIES);
        return err_hint(err, "请再填一次地址，系统会寄一个新的。");
    }
    o->right = secret_equal(mac_of(o, row.address, text_trim(text_nfkc(o->mem, o->code))), row.code_mac);
    if (!o->right)   /* the try is kept: no error here */
        return db_run(session, Q_MAIL_ADDRESS_TRIED, DB_VALUES(db_int(o->actor->account)), err);
    return db_run(session, Q_MAIL_ADDRESS_CONFIRM, DB_VALUES(db_int(o->now), db_int(o->actor->account)), err) &&
           note(o, session, "mail.confirm", row.address, err);
}

bool app_mail_own_confirm(struct house *house, const struct actor *actor, struct text code, int64_t now, struct err *err)
{
    struct owning o = { .house = house, .actor = actor, .code = code.size > 40 ? TEXT("") : code, .now = now };
    if (!own(&o, write_code, err))
        return false;
    return o.right || (err_set(err, ERR_INPUT, "验证码不对。"), err_hint(err, "请照邮件里的 %d 位数字填。", CODE_DIGITS));
}

static bool write_wanted(void *context, struct db_session *session, struct err *err)
{
    const struct owning *const o = context;
    struct row row;
    if (!read_row(session, o->actor->account, o->mem, &row, err))
        return false;
    if (!row.found)
        return err_set(err, ERR_ABSENT, "还没有邮件地址。");
    return db_run(session, Q_MAIL_ADDRESS_WANTED, DB_VALUES(db_int(o->wanted), db_int(o->actor->account)), err) &&
           note(o, session, o->wanted ? "mail.want" : "mail.decline", row.address, err);
}

bool app_mail_own_want(struct house *house, const struct actor *actor, bool wanted, int64_t now, struct err *err)
{
    struct owning o = { .house = house, .actor = actor, .wanted = wanted, .now = now };
    return own(&o, write_wanted, err);
}

static bool write_drop(void *context, struct db_session *session, struct err *err)
{
    const struct owning *const o = context;
    struct row row;
    if (!read_row(session, o->actor->account, o->mem, &row, err))
        return false;
    if (!row.found)
        return err_set(err, ERR_ABSENT, "还没有邮件地址。");
    return db_run(session, Q_MAIL_STOP_ACCOUNT,
                  DB_VALUES(db_int(o->now), db_text(TEXT("本人删去了地址。")), db_text(house_county(o->house)), db_int(o->actor->account)), err) &&
           db_run(session, Q_MAIL_ADDRESS_DROP, DB_VALUES(db_int(o->actor->account)), err) && note(o, session, "mail.drop", row.address, err);
}

bool app_mail_own_drop(struct house *house, const struct actor *actor, int64_t now, struct err *err)
{
    struct owning o = { .house = house, .actor = actor, .now = now };
    return own(&o, write_drop, err);
}
