#include "app/invitation.h"

#include "app/access_inside.h"
#include "app/accounts_inside.h"
#include "app/audit.h"
#include "app/grants.h"
#include "base/day.h"
#include "store/grant_store.h"

#include <assert.h>

/* ---- making ------------------------------------------------------------------------------- */

struct inviting {
    const struct actor *actor;
    struct arena *mem;
    const struct account_wish *wishes;
    size_t n;
    struct text name;                  /* of an account that is there */
    int64_t now;
    struct invitation *out;
    size_t n_out, at;
    struct account_record account;
};

/* The account has no password until the link was used: nothing typed is the hash of nothing. */
static bool put_link(struct db_session *session, const struct inviting *v, int64_t account, struct text name, struct invitation *out,
                     struct err *err)
{
    token_make(out->token);
    out->name = name;
    out->valid_until = v->now + INVITATION_DAYS * 86400;
    return store_invitation_put(session, account, token_hash(text_of(out->token), v->mem), v->actor->name, out->valid_until, v->now, err) &&
           audit_write(session, v->actor, "account.invite", name,
                       text_printf(v->mem, "until=%.*s", TEXT_ARG(day_shown(out->valid_until, v->mem))), v->now, err);
}

static bool first_of_its_name(const struct inviting *v, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (text_equal(account_name(v->wishes[i].name, v->mem), account_name(v->wishes[at].name, v->mem)))
            return false;
    return true;
}

static bool add_account(struct db_session *session, struct inviting *v, const struct account_wish *w, struct err *err)
{
    const struct text name = account_name(w->name, v->mem);
    const struct account_record record = {
        .name = name, .shown = text_trim(w->shown), .role = text_of(role_info(w->role)->id),
        .place = { place_word(w->place.kind), w->place.name }, .valid_until = w->valid_until, .password = TEXT(""),
    };
    bool found;
    return store_account_add(session, &record, v->now, err) &&
           audit_write(session, v->actor, "account.add", name, account_grant_said(w->role, w->place, w->valid_until, v->mem), v->now, err) &&
           store_account_by_name(session, name, v->mem, &v->account, &found, err) &&
           put_link(session, v, v->account.id, name, &v->out[v->n_out++], err);
}

/* A further role of an account that this list has made. */
static bool add_role(struct db_session *session, const struct inviting *v, const struct account_wish *w, struct err *err)
{
    struct account_record account;
    bool found;
    const struct text name = account_name(w->name, v->mem);
    if (!store_account_by_name(session, name, v->mem, &account, &found, err))
        return false;
    if (role_is_administrator(w->role) || role_is_administrator(role_by_id(account.role)))
        return err_set(err, ERR_DENIED, "系统、安全、审计三个管理员不看内容，不能兼任别的角色。");
    const int64_t until = w->valid_until ? w->valid_until : grant_end_usual(v->now);
    const struct grant_record record = { .account = account.id, .role = text_of(role_info(w->role)->id), .made_by = v->actor->name,
                                         .place = { place_word(w->place.kind), w->place.name }, .valid_until = until };
    return store_grant_add(session, &record, v->now, err) &&
           audit_write(session, v->actor, "grant.add", name, account_grant_said(w->role, w->place, until, v->mem), v->now, err);
}

static bool write_accounts(void *context, struct db_session *session, struct err *err)
{
    struct inviting *const v = context;
    for (v->at = v->n_out = 0; v->at < v->n; v->at++)
        if (first_of_its_name(v, v->at) ? !add_account(session, v, &v->wishes[v->at], err) : !add_role(session, v, &v->wishes[v->at], err))
            return false;
    return true;
}

bool app_accounts_invite(struct house *house, const struct actor *actor, const struct account_wish *wishes, size_t n, int64_t now,
                         struct arena *mem, struct invitation **out, size_t *n_out, size_t *fault_out, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    *fault_out = n;
    *n_out = 0;
    if (!actor_may(actor, MAY_ACCOUNTS, err))
        return false;
    struct account_wish *const placed = arena_array(mem, n + 1, struct account_wish);
    for (size_t i = 0; i < n; i++) {
        placed[i] = wishes[i];
        if (!account_names_right(account_name(wishes[i].name, mem), wishes[i].shown, err) ||
            !account_grant_right(house, actor, &placed[i], now, mem, err)) {
            *fault_out = i;
            return false;
        }
    }
    struct inviting v = { .actor = actor, .mem = mem, .wishes = placed, .n = n, .now = now, .out = arena_array(mem, n + 1, struct invitation) };
    if (!db_write(house_db(house), write_accounts, &v, err)) {
        *fault_out = v.at;
        return false;
    }
    *out = v.out;
    *n_out = v.n_out;
    return true;
}

bool app_account_invite(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now, struct arena *mem,
                        struct invitation *out, struct err *err)
{
    struct invitation *made;
    size_t n, fault;
    if (!app_accounts_invite(house, actor, wish, 1, now, mem, &made, &n, &fault, err))
        return false;
    *out = made[0];
    return true;
}

static bool write_again(void *context, struct db_session *session, struct err *err)
{
    struct inviting *const v = context;
    size_t ended;
    return account_of_another(session, v->actor, v->name, v->mem, &v->account, err) &&
           store_account_password(session, v->account.id, TEXT(""), true, v->now, err) &&
           store_session_end_account(session, v->account.id, &ended, err) && store_device_forget(session, v->account.id, err) &&
           put_link(session, v, v->account.id, v->account.name, v->out, err);
}

bool app_invitation_make(struct house *house, const struct actor *actor, struct text name, int64_t now, struct arena *mem,
                         struct invitation *out, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct inviting v = { .actor = actor, .mem = mem, .name = account_name(name, mem), .now = now, .out = out };
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && db_write(house_db(house), write_again, &v, err);
    account_sessions_forget(house, v.account.id);
    return ok;
}

/* ---- using -------------------------------------------------------------------------------- */

static bool opens_nothing(struct err *err)
{
    err_set(err, ERR_ABSENT, "这个邀请链接打不开：已经用过、已经换了新的，或者过了 %d 天。", INVITATION_DAYS);
    return err_hint(err, "设过密码的，请直接登录；没有设过的，请系统管理员再发一个链接。");
}

static bool open_link(struct db_session *session, struct text token, int64_t now, struct arena *mem, struct account_record *out,
                      int64_t *valid_until_out, struct err *err)
{
    int64_t account;
    bool found = false;
    if (!store_invitation_by_token(session, token_hash(token, mem), &account, valid_until_out, err) ||
        (account && !store_account_by_id(session, account, mem, out, &found, err)))
        return false;
    return (found && now < *valid_until_out && !account_over(out, now)) || opens_nothing(err);
}

bool app_invitation_see(struct house *house, struct text token, int64_t now, struct arena *mem, struct invitation_view *out,
                        struct err *err)
{
    struct db_session *session = NULL;
    struct account_record account;
    int64_t valid_until;
    if (token.size != TOKEN_SIZE)
        return opens_nothing(err);
    const bool ok = db_read_begin(house_db(house), &session, err) && open_link(session, token, now, mem, &account, &valid_until, err);
    db_read_end(&session);
    if (!ok)
        return false;
    const struct actor as = actor_of_account(&account, CHANNEL_WEB, TEXT(""));
    *out = (struct invitation_view){ account.name, account.shown, as.role, as.place, valid_until };
    return true;
}

struct using {
    struct text token, address;
    const char *hashed;
    int64_t now;
    struct arena *mem;
    struct account_record account;
    struct signed_in *out;
};

static bool write_use(void *context, struct db_session *session, struct err *err)
{
    struct using *const u = context;
    int64_t valid_until;
    struct totp_record second;
    bool has_second;
    if (!open_link(session, u->token, u->now, u->mem, &u->account, &valid_until, err) ||
        !store_totp_of(session, u->account.id, u->mem, &second, &has_second, err))
        return false;
    u->account.must_change = false;
    u->out->actor = actor_of_account(&u->account, CHANNEL_WEB, u->address);
    return store_account_password(session, u->account.id, text_of(u->hashed), false, u->now, err) &&
           store_invitation_end(session, u->account.id, err) &&
           ((has_second && second.confirmed_at) || session_begin(session, u->account.id, 0, u->address, u->now, u->out, err)) &&
           audit_write(session, &u->out->actor, "account.accept", u->account.name, TEXT(""), u->now, err);
}

bool app_invitation_use(struct house *house, struct text token, struct text password, struct text address, int64_t now,
                        struct arena *mem, struct signed_in *out, struct err *err)
{
    struct password_gate *const gate = house_access(house)->gate;
    struct invitation_view view;
    char hashed[PASSWORD_ENCODED];
    assert(!db_is_writer(house_db(house)));
    memset(out, 0, sizeof *out);
    if (!app_invitation_see(house, token, now, mem, &view, err) || !password_good(password, view.name, err) || !password_enter(gate, err))
        return false;
    const bool ok = password_hash(password, hashed, err);
    password_leave(gate);
    if (!ok)
        return false;
    struct using u = { .token = token, .address = text_copy(mem, address), .hashed = hashed, .now = now, .mem = mem, .out = out };
    return db_write(house_db(house), write_use, &u, err);
}
