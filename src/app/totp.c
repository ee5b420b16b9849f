#include "app/totp.h"

#include "app/access_inside.h"
#include "app/accounts_inside.h"
#include "app/audit.h"
#include "app/throttle.h"
#include "base/sha1.h"
#include "base/unicode.h"
#include "store/grant_store.h"

#include <assert.h>

/* ---- codes -------------------------------------------------------------------------------- */

void totp_code(const unsigned char key[TOTP_KEY], int64_t step, char out[TOTP_DIGITS + 1])
{
    char message[8];
    unsigned char mac[SHA1_SIZE];
    for (int i = 0; i < 8; i++)
        message[i] = (char)((uint64_t)step >> (56 - i * 8));
    sha1_mac(key, TOTP_KEY, (struct text){ message, sizeof message }, mac);
    const size_t at = mac[SHA1_SIZE - 1] & 15; /* RFC 4226 §5.3 */
    uint32_t number = ((uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3]) % 1000000;
    for (size_t i = TOTP_DIGITS; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    out[TOTP_DIGITS] = '\0';
}

int64_t totp_step_of(const unsigned char key[TOTP_KEY], struct text code, int64_t now)
{
    struct arena *mem = arena_new("code");
    const struct text typed = text_fold(mem, code);
    int64_t found = -1;
    for (int64_t step = now / TOTP_STEP - 1; step <= now / TOTP_STEP + 1; step++) {
        char right[TOTP_DIGITS + 1];
        totp_code(key, step, right);
        if (secret_equal(text_of(right), typed))
            found = step;
    }
    arena_free(&mem);
    return found;
}

/* ---- keys --------------------------------------------------------------------------------- */

/* A sealed key of one account opens for no other. */
static void seal_key(const struct house *house, int64_t account, struct arena *mem, unsigned char out[MAC_SIZE])
{
    house_mac(house, "totp", text_printf(mem, "%lld", (long long)account), out);
}

static bool open_key(const struct house *house, int64_t account, struct text sealed, struct arena *mem, unsigned char out[TOTP_KEY],
                     struct err *err)
{
    unsigned char key[MAC_SIZE];
    struct text opened;
    seal_key(house, account, mem, key);
    if (!secret_unseal(key, sealed, mem, &opened) || opened.size != TOTP_KEY)
        return err_set(err, ERR_OUTSIDE, "动态口令的密钥解不开：数据库和本机的密钥不是一套。");
    memcpy(out, opened.at, TOTP_KEY);
    return true;
}

/* RFC 4648 §6; TOTP_KEY is a whole number of groups of five bytes. */
static void base32(const unsigned char key[TOTP_KEY], char out[TOTP_KEY_SHOWN + 1])
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    for (size_t i = 0; i < TOTP_KEY_SHOWN; i++) {
        const size_t bit = i * 5, byte = bit / 8;
        const unsigned both = (unsigned)key[byte] << 8 | (byte + 1 < TOTP_KEY ? key[byte + 1] : 0U);
        out[i] = DIGITS[both >> (11 - bit % 8) & 31];
    }
    out[TOTP_KEY_SHOWN] = '\0';
}

static struct text percent(struct text name, struct arena *mem)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < name.size; i++)
        buf_printf(&out, "%%%02X", (unsigned char)name.at[i]);
    return buf_text(&out);
}

bool app_totp(struct house *house, const struct actor *actor, struct arena *mem, struct totp_state *out, struct err *err)
{
    struct db_session *session = NULL;
    struct totp_record record;
    bool found = false;
    *out = (struct totp_state){ .key = TEXT(""), .link = TEXT("") };
    const bool ok = db_read_begin(house_db(house), &session, err) && store_totp_of(session, actor->account, mem, &record, &found, err);
    db_read_end(&session);
    if (!ok || !found)
        return ok;
    out->on = record.confirmed_at != 0;
    if (out->on)
        return true;
    unsigned char key[TOTP_KEY];
    char shown[TOTP_KEY_SHOWN + 1];
    if (!open_key(house, actor->account, record.sealed, mem, key, err))
        return false;
    base32(key, shown);
    struct buf groups = { .mem = mem };
    for (size_t i = 0; i < TOTP_KEY_SHOWN; i += 4)
        buf_printf(&groups, "%s%.4s", i ? " " : "", shown + i);
    out->key = buf_text(&groups);
    out->link = text_printf(mem, "otpauth://totp/%%E5%%9D%%87%%E8%%A1%%A1:%.*s?secret=%s&issuer=%%E5%%9D%%87%%E8%%A1%%A1", TEXT_ARG(percent(actor->name, mem)), shown);
    return true;
}

/* ---- acts --------------------------------------------------------------------------------- */

struct totp_act {
    struct house *house;
    const struct actor *actor;
    struct arena *mem;
    struct text code, name;
    int64_t now;
    bool right;
    struct account_record account;
};

bool totp_take(struct house *house, struct db_session *session, int64_t account, struct text code, int64_t now, struct arena *mem,
               bool *right_out, struct err *err)
{
    struct totp_record record;
    unsigned char key[TOTP_KEY];
    bool found;
    *right_out = false;
    if (!store_totp_of(session, account, mem, &record, &found, err))
        return false;
    if (!found) {
        err_set(err, ERR_ABSENT, "还没有设动态口令。");
        return err_hint(err, "请在“我的账号”页先设。");
    }
    if (!open_key(house, account, record.sealed, mem, key, err))
        return false;
    const int64_t step = totp_step_of(key, code, now);
    return step < 0 || store_totp_take(session, account, step, now, right_out, err);
}

static bool write_begin(void *context, struct db_session *session, struct err *err)
{
    struct totp_act *const t = context;
    unsigned char key[TOTP_KEY], house_key[MAC_SIZE];
    bool put;
    secret_random(key, sizeof key);
    seal_key(t->house, t->actor->account, t->mem, house_key);
    const struct text sealed = secret_seal(house_key, (struct text){ (const char *)key, sizeof key }, t->mem);
    secret_forget(key, sizeof key);
    if (!store_totp_put(session, t->actor->account, sealed, t->now, &put, err))
        return false;
    if (put)
        return true;
    err_set(err, ERR_CONFLICT, "动态口令已经启用。");
    return err_hint(err, "换手机请先停用，再重新设。");
}

/* Tries are counted in the same savepoint as what a right code does: what a wrong one leaves must stand. */
static bool try_code(struct db_session *session, struct totp_act *t, struct err *err)
{
    unsigned char mac[MAC_SIZE];
    char hex[HEX_SIZE(MAC_SIZE) + 1];
    bool last;
    house_mac(t->house, "second", t->actor->name, mac);
    secret_hex(mac, MAC_SIZE, hex);
    const struct try_key key = { text_of(hex), TEXT(""), TEXT("second") };
    return throttle_take(session, &key, t->now, &last, err) &&
           totp_take(t->house, session, t->actor->account, t->code, t->now, t->mem, &t->right, err) &&
           (!t->right || store_try_forget(session, &key, err));
}

static bool write_confirm(void *context, struct db_session *session, struct err *err)
{
    struct totp_act *const t = context;
    return try_code(session, t, err) &&
           (!t->right || audit_write(session, t->actor, "totp.confirm", t->actor->name, TEXT(""), t->now, err));
}

/* ---- demanded ----------------------------------------------------------------------------- */

static bool demanded(struct db_session *session, bool *out, struct err *err)
{
    struct db_rows rows;
    *out = false;
    if (!db_select(session, Q_SETTING_GET, DB_VALUES(db_text(TEXT("totp.administrators"))), &rows, err))
        return false;
    while (db_next(&rows))
        *out = true;
    return db_done(&rows, err);
}

bool totp_lacking(struct db_session *session, const struct account_record *account, struct arena *mem, bool *out, struct err *err)
{
    struct totp_record record = { .sealed = TEXT("") };
    bool asked, found;
    *out = false;
    if (!role_is_administrator(role_by_id(account->role)))
        return true;
    if (!demanded(session, &asked, err) || !store_totp_of(session, account->id, mem, &record, &found, err))
        return false;
    *out = asked && !(found && record.confirmed_at);
    return true;
}

bool app_totp_demanded(struct house *house, bool *out, struct err *err)
{
    struct db_session *session = NULL;
    const bool ok = db_read_begin(house_db(house), &session, err) && demanded(session, out, err);
    db_read_end(&session);
    return ok;
}

struct demanding { const struct actor *actor; bool wanted; int64_t now; struct arena *mem; struct account_record *accounts; size_t n; };

static bool write_demand(void *context, struct db_session *session, struct err *err)
{
    struct demanding *const d = context;
    bool before;
    if (!demanded(session, &before, err) || !store_accounts(session, d->mem, &d->accounts, &d->n, err))
        return false;
    if (before == d->wanted)
        return true;
    return (d->wanted ? db_run(session, Q_SETTING_PUT, DB_VALUES(db_text(TEXT("totp.administrators")), db_text(TEXT("1"))), err)
                      : db_run(session, Q_SETTING_DROP, DB_VALUES(db_text(TEXT("totp.administrators"))), err)) &&
           audit_write(session, d->actor, d->wanted ? "totp.demand" : "totp.allow", TEXT(""), TEXT(""), d->now, err);
}

bool app_totp_demand(struct house *house, const struct actor *actor, bool wanted, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct demanding d = { .actor = actor, .wanted = wanted, .now = now, .mem = arena_new("totp") };
    const bool ok = actor_may(actor, MAY_SYSTEM, err) && db_write(house_db(house), write_demand, &d, err);
    for (size_t i = 0; ok && i < d.n; i++)
        if (role_is_administrator(role_by_id(d.accounts[i].role)))
            account_sessions_forget(house, d.accounts[i].id);
    arena_free(&d.mem);
    return ok;
}

static bool may_end(struct db_session *session, const struct totp_act *t, struct err *err)
{
    bool asked = false;
    if (role_is_administrator(t->actor->role) && !demanded(session, &asked, err))
        return false;
    if (!asked)
        return true;
    err_set(err, ERR_DENIED, "县里要求管理员设动态口令，不能停用。");
    return err_hint(err, "换手机请另一位管理员清除，再重新设。");
}

static bool write_end(void *context, struct db_session *session, struct err *err)
{
    struct totp_act *const t = context;
    bool found;
    return may_end(session, t, err) && try_code(session, t, err) &&
           (!t->right || (store_totp_end(session, t->actor->account, &found, err) &&
                          audit_write(session, t->actor, "totp.end", t->actor->name, TEXT(""), t->now, err)));
}

static bool write_reset(void *context, struct db_session *session, struct err *err)
{
    struct totp_act *const t = context;
    bool found;
    size_t sessions;
    if (!account_of_another(session, t->actor, t->name, t->mem, &t->account, err) || !store_totp_end(session, t->account.id, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_ABSENT, "账号“%.*s”没有设动态口令。", TEXT_ARG(t->name));
    return store_session_end_account(session, t->account.id, &sessions, err) &&
           audit_write(session, t->actor, "totp.reset", t->name, text_printf(t->mem, "sessions_ended=%zu", sessions), t->now, err);
}

static bool own(const struct actor *actor, struct err *err)
{
    return (actor->account && actor->channel == CHANNEL_WEB && !actor->must_change) ||
           err_set(err, ERR_DENIED, "只有本人登录以后才能设动态口令。");
}

bool app_totp_begin(struct house *house, const struct actor *actor, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct totp_act t = { .house = house, .actor = actor, .mem = arena_new("totp"), .now = now };
    const bool ok = own(actor, err) && db_write(house_db(house), write_begin, &t, err);
    arena_free(&t.mem);
    return ok;
}

static bool with_code(struct house *house, const struct actor *actor, struct text code, int64_t now, db_work *work, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct totp_act t = { .house = house, .actor = actor, .mem = arena_new("totp"), .code = code, .now = now };
    bool ok = own(actor, err) && db_write(house_db(house), work, &t, err);
    account_sessions_forget(house, actor->account);   /* what they may depends on it */
    if (ok && !t.right) {
        err_set(err, ERR_INPUT, "动态口令不对，或者这一个已经用过。");
        ok = err_hint(err, "请等手机上出现下一个再输；手机的时间要准。");
    }
    arena_free(&t.mem);
    return ok;
}

bool app_totp_confirm(struct house *house, const struct actor *actor, struct text code, int64_t now, struct err *err)
{
    return with_code(house, actor, code, now, write_confirm, err);
}

bool app_totp_end(struct house *house, const struct actor *actor, struct text code, int64_t now, struct err *err)
{
    return with_code(house, actor, code, now, write_end, err);
}

bool app_totp_reset(struct house *house, const struct actor *actor, struct text name, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct totp_act t = { .house = house, .actor = actor, .mem = arena_new("totp"), .now = now };
    t.name = account_name(name, t.mem);
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && db_write(house_db(house), write_reset, &t, err);
    account_sessions_forget(house, t.account.id);
    arena_free(&t.mem);
    return ok;
}
