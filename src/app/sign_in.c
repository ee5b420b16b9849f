/* Signing in, and changing one's password: both prove that one knows it. */
#include "app/access_inside.h"

#include "app/audit.h"
#include "app/throttle.h"
#include "app/totp.h"
#include "base/number.h"
#include "store/grant_store.h"

#include <assert.h>

enum { NAME_MOST = 200, STRANGER_LINES = 60, TICKET_HOLDS = 300 };

struct proof {
    struct house *house;
    struct arena *mem;
    struct text name, address;
    int64_t now;
    struct try_key key;
    bool last_try;
    bool found;                         /* there is such an account … */
    struct account_record account;
    struct try_key first;               /* of the second step: under which the password was tried */
    bool second;                        /* its second factor is asked for */
    struct text code;                   /* of the second factor */
    int64_t grant;                      /* in which of its roles; 0: its own */
    bool right;                         /* … and this is its password */
    char newer[PASSWORD_ENCODED];       /* the same, hashed with today's parameters; empty: it was already */
    const char *device;                 /* the known device's token; NULL: a new one is made */
    const char *new_password;           /* hashed */
    struct signed_in *out;
};

static bool wrong(struct err *err)
{
    err_set(err, ERR_DENIED, "登录名或者密码不对。");
    return err_hint(err, "请核对大小写和输入法；忘了密码，请系统管理员重置。");
}

/* Names are people's typing, perhaps a password in the wrong box: they are kept under a key only. */
static struct text name_mac(const struct proof *p)
{
    unsigned char mac[MAC_SIZE];
    char *const hex = arena_alloc(p->mem, HEX_SIZE(MAC_SIZE) + 1);
    house_mac(p->house, "sign in", p->name, mac);
    secret_hex(mac, MAC_SIZE, hex);
    return (struct text){ hex, HEX_SIZE(MAC_SIZE) };
}

static bool take_try(void *context, struct db_session *session, struct err *err)
{
    struct proof *const p = context;
    return throttle_take(session, &p->key, p->now, &p->last_try, err);
}

static struct actor actor_of(const struct proof *p)
{
    if (p->found)
        return actor_of_account(&p->account, CHANNEL_WEB, p->address);
    return (struct actor){ .name = TEXT(""), .channel = CHANNEL_WEB, .address = p->address, .place = { PLACE_SCHOOL, TEXT("") } };
}

/* Whether there is such an account makes no difference in what is done: the same queries, the same hashing, one
 * line written. */
static bool write_failure(void *context, struct db_session *session, struct err *err)
{
    const struct proof *const p = context;
    const struct actor actor = actor_of(p);
    const char *const last = p->last_try ? " last_try=yes" : "";
    if (p->found) {
        const char *why = !p->right ? "password" : p->account.disabled_at ? "disabled" : "ended";
        return audit_write(session, &actor, "sign_in.failed", p->account.name, text_printf(p->mem, "why=%s%s", why, last), p->now, err);
    }
    int64_t tries;
    if (!store_stranger(session, p->now / THROTTLE_SECONDS, &tries, err))
        return false;
    /* A flood of made-up names must not fill the disk: every one at first, then at 120, 240, 480 … */
    if (tries > STRANGER_LINES && (tries % STRANGER_LINES || (tries / STRANGER_LINES & (tries / STRANGER_LINES - 1))))
        return true;
    return audit_write(session, &actor, "sign_in.stranger", TEXT(""),
                       text_printf(p->mem, "name_mac=%.16s in_this_quarter=%lld%s", p->key.name_mac.at, (long long)tries, last), p->now,
                       err);
}

/* The row may have changed since the password was proved. */
static bool still_stands(struct db_session *session, const struct proof *p, struct err *err)
{
    struct account_record now;
    bool found;
    int64_t grant = 0;
    if (!store_account_by_id(session, p->account.id, p->mem, &now, &found, err) ||
        (found && !account_in_standing_role(session, &now, p->now, p->mem, &grant, err)))
        return false;
    return (found && !account_over(&now, p->now) && text_equal(now.password, p->account.password)) || wrong(err);
}

static bool write_success(void *context, struct db_session *session, struct err *err)
{
    struct proof *const p = context;
    const struct actor actor = actor_of(p);
    bool issued = false;
    if (!still_stands(session, p, err) || !store_try_forget(session, &p->key, err) ||
        (p->newer[0] && !store_account_rehash(session, p->account.id, p->account.password, text_of(p->newer), err)) ||
        (p->device &&
         !store_device_issued(session, token_hash(text_of(p->device), p->mem), p->now - DEVICE_KNOWN, &issued, err)))
        return false;
    /* Several people may share a computer: its cookie stays. */
    if (issued)
        memcpy(p->out->device, p->device, TOKEN_SIZE);
    return session_begin(session, p->account.id, p->grant, p->address, p->now, p->out, err) &&
           audit_write(session, &actor, "sign_in.done", p->account.name, p->key.device_hash.size ? TEXT("device=known") : TEXT("device=new"),
                       p->now, err);
}

static bool look_up(struct proof *p, struct err *err)
{
    struct db_session *session = NULL;
    bool known = false;
    const struct text device_hash = token_hash(text_of(p->device), p->mem);
    struct totp_record second = { .sealed = TEXT("") };
    const bool ok = db_read_begin(house_db(p->house), &session, err) &&
                    store_account_by_name(session, p->name, p->mem, &p->account, &p->found, err) &&
                    (!p->found || account_in_standing_role(session, &p->account, p->now, p->mem, &p->grant, err)) &&
                    (!p->found || store_totp_of(session, p->account.id, p->mem, &second, &p->second, err)) &&
                    store_device_known(session, device_hash, p->found ? p->account.id : -1, p->now - DEVICE_KNOWN, &known, err);
    db_read_end(&session);
    if (known)
        p->key.device_hash = device_hash;
    p->second = p->second && second.confirmed_at;
    return ok;
}

/* The slow part. */
static bool prove(struct proof *p, struct text password, struct err *err)
{
    if (!look_up(p, err) || !db_write(house_db(p->house), take_try, p, err))
        return false;
    p->right = password_right(p->found ? p->account.password : TEXT(""), password);
    return !p->right || !password_outdated(p->account.password) || password_hash(password, p->newer, err);
}

/* Who proved a password, until when: bound to the password by the house's secret, kept nowhere. */
static struct text ticket_of(const struct proof *p, int64_t until)
{
    unsigned char mac[MAC_SIZE];
    char hex[HEX_SIZE(MAC_SIZE) + 1];
    house_mac(p->house, "ticket", text_printf(p->mem, "%lld %lld %.*s", (long long)p->account.id, (long long)until, TEXT_ARG(p->account.password)), mac);
    secret_hex(mac, MAC_SIZE, hex);
    return text_printf(p->mem, "%.*s|%lld|%s", TEXT_ARG(p->name), (long long)until, hex);
}

bool app_sign_in(struct house *house, const struct sign_in_request *request, struct arena *mem, struct signed_in *out, struct err *err)
{
    struct password_gate *const gate = house_access(house)->gate;
    assert(!db_is_writer(house_db(house)));
    memset(out, 0, sizeof *out);
    if (request->name.size > NAME_MOST || request->password.size > 4 * PASSWORD_MOST)
        return wrong(err); /* nobody's */
    struct proof p = { .house = house, .mem = mem, .name = account_name(request->name, mem), .address = request->address,
                       .now = request->now, .out = out };
    if (request->device.size == TOKEN_SIZE)
        p.device = text_string(mem, request->device);
    p.key = (struct try_key){ name_mac(&p), throttle_network(request->address, mem), TEXT("") };

    if (!password_enter(gate, err))
        return false;
    const bool proved = prove(&p, request->password, err);
    password_leave(gate);
    if (!proved)
        return false;
    if (!p.right || account_over(&p.account, p.now)) {
        if (!db_write(house_db(house), write_failure, &p, err))
            return false;
        if (!p.right)
            return wrong(err);
        /* Whoever knows the password may know this. */
        err_set(err, ERR_DENIED, p.account.disabled_at ? "这个账号已经停用。" : "这个账号的使用期限已到。");
        return err_hint(err, "要继续使用，请找系统管理员。");
    }
    if (p.second) {
        out->ticket = ticket_of(&p, p.now + TICKET_HOLDS);
        return true;
    }
    if (!db_write(house_db(house), write_success, &p, err))
        return false;
    out->actor = actor_of(&p);
    out->actor.address = text_copy(mem, request->address);
    return true;
}

/* ---- the second step ------------------------------------------------------------------------ */

static bool write_code(void *context, struct db_session *session, struct err *err)
{
    struct proof *const p = context;
    if (!throttle_take(session, &p->key, p->now, &p->last_try, err) ||
        !totp_take(p->house, session, p->account.id, p->code, p->now, p->mem, &p->right, err))
        return false;
    if (p->right)
        return store_try_forget(session, &p->first, err) && write_success(p, session, err);
    const struct actor actor = actor_of(p);
    return audit_write(session, &actor, "sign_in.failed", p->account.name, p->last_try ? TEXT("why=code last_try=yes") : TEXT("why=code"), p->now, err);
}

static bool no_ticket(struct err *err)
{
    err_set(err, ERR_ABSENT, "登录等得太久了。");
    return err_hint(err, "请从登录名和密码重新开始。");
}

bool app_sign_in_second(struct house *house, struct text ticket, struct text code, const struct sign_in_request *request, struct arena *mem,
                        struct signed_in *out, struct err *err)
{
    struct text rest = ticket, name, until_said;
    double until;
    assert(!db_is_writer(house_db(house)));
    memset(out, 0, sizeof *out);
    if (ticket.size > NAME_MOST + 100 || !text_split(&rest, '|', &name) || !text_split(&rest, '|', &until_said) ||
        !number_parse(until_said, &until) || !(until >= (double)request->now && until <= (double)request->now + TICKET_HOLDS))
        return no_ticket(err);
    struct proof p = { .house = house, .mem = mem, .name = name, .address = request->address, .now = request->now, .out = out, .code = code };
    if (request->device.size == TOKEN_SIZE)
        p.device = text_string(mem, request->device);
    /* Guessing codes has a budget of its own: whoever does it knows the password. */
    p.key = (struct try_key){ name_mac(&p), TEXT(""), TEXT("") };
    if (!look_up(&p, err))
        return false;
    if (!p.found || !p.second || account_over(&p.account, p.now) || !secret_equal(ticket_of(&p, (int64_t)until), ticket))
        return no_ticket(err);
    p.first = (struct try_key){ p.key.name_mac, throttle_network(request->address, mem), p.key.device_hash };
    p.key.device_hash = TEXT("second");
    if (!db_write(house_db(house), write_code, &p, err))
        return false;
    if (!p.right) {
        err_set(err, ERR_DENIED, "动态口令不对，或者这一个已经用过。");
        return err_hint(err, "请等手机上出现下一个再输；手机丢了，请另一位管理员清除动态口令。");
    }
    out->actor = actor_of(&p);
    out->actor.address = text_copy(mem, request->address);
    return true;
}

/* ---- changing it -------------------------------------------------------------------------- */

static bool write_wrong_old(void *context, struct db_session *session, struct err *err)
{
    const struct proof *const p = context;
    const struct actor actor = actor_of(p);
    return audit_write(session, &actor, "account.password_failed", p->account.name, p->last_try ? TEXT("last_try=yes") : TEXT(""),
                       p->now, err);
}

static bool write_change(void *context, struct db_session *session, struct err *err)
{
    struct proof *const p = context;
    const struct actor actor = actor_of(p);
    size_t ended;
    return still_stands(session, p, err) && store_try_forget(session, &p->key, err) &&
           store_account_password(session, p->account.id, text_of(p->new_password), false, p->now, err) &&
           store_session_end_account(session, p->account.id, &ended, err) && store_device_forget(session, p->account.id, err) &&
           session_begin(session, p->account.id, p->grant, p->address, p->now, p->out, err) &&
           audit_write(session, &actor, "account.password", p->account.name, text_printf(p->mem, "sessions_ended=%zu", ended), p->now, err);
}

static bool prove_again(struct proof *p, int64_t account, struct text old, struct text new_one, char hashed[PASSWORD_ENCODED],
                        struct err *err)
{
    struct db_session *session = NULL;
    const bool ok = db_read_begin(house_db(p->house), &session, err) &&
                    store_account_by_id(session, account, p->mem, &p->account, &p->found, err) &&
                    (!p->found || account_in_standing_role(session, &p->account, p->now, p->mem, &p->grant, err));
    db_read_end(&session);
    if (!ok || !db_write(house_db(p->house), take_try, p, err))
        return false;
    p->right = p->found && password_right(p->account.password, old);
    return !p->right || password_hash(new_one, hashed, err);
}

bool app_change_password(struct house *house, const struct actor *actor, struct text old, struct text new_one, int64_t now,
                         struct arena *mem, struct signed_in *out, struct err *err)
{
    struct password_gate *const gate = house_access(house)->gate;
    char hashed[PASSWORD_ENCODED];
    assert(!db_is_writer(house_db(house)));
    memset(out, 0, sizeof *out);
    if (!actor->account || actor->channel != CHANNEL_WEB)
        return err_set(err, ERR_DENIED, "只有本人登录以后才能改密码。");
    if (old.size > 4 * PASSWORD_MOST)
        return err_set(err, ERR_DENIED, "原密码不对。");
    if (!password_good(new_one, actor->name, err))
        return false;
    if (text_equal(old, new_one)) {
        err_set(err, ERR_INPUT, "新密码和原密码一样。");
        return err_hint(err, "请换一个没有用过的密码。");
    }
    struct proof p = { .house = house, .mem = mem, .name = actor->name, .address = actor->address, .now = now, .out = out };
    /* A budget of its own: who guesses here has a session, and must not lock out signing in. */
    p.key = (struct try_key){ name_mac(&p), TEXT(""), TEXT("change") };
    if (!password_enter(gate, err))
        return false;
    const bool proved = prove_again(&p, actor->account, old, new_one, hashed, err);
    password_leave(gate);
    if (!proved)
        return false;
    if (!p.right) {
        if (!db_write(house_db(house), write_wrong_old, &p, err))
            return false;
        err_set(err, ERR_DENIED, "原密码不对。");
        return err_hint(err, "请再输一次；想不起来，请系统管理员重置。");
    }
    p.new_password = hashed;
    const bool ok = db_write(house_db(house), write_change, &p, err);
    session_cache_forget_account(house_access(house)->sessions, p.account.id);
    if (!ok)
        return false;
    p.account.must_change = false;
    out->actor = actor_of(&p);
    out->actor.address = text_copy(mem, actor->address);
    return true;
}
