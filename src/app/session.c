/* Whose a session is, how it ends, and the token in its forms. */
#include "app/access_inside.h"

#include "app/audit.h"
#include "app/sessions.h"
#include "app/totp.h"
#include "base/secret.h"
#include "base/unicode.h"
#include "store/grant_store.h"

#include <assert.h>

struct access *access_new(struct arena *mem, unsigned cores)
{
    struct access *access = arena_make(mem, struct access);
    access->gate = password_gate_new(mem, cores);
    access->sessions = session_cache_new(mem);
    return access;
}

void access_end(struct access *access)
{
    password_gate_end(access->gate);
    session_cache_end(access->sessions);
}

void token_make(char out[TOKEN_SIZE + 1])
{
    unsigned char random[32];
    _Static_assert(BASE64URL_SIZE(sizeof random) == TOKEN_SIZE, "a token is 256 bits");
    secret_random(random, sizeof random);
    secret_base64url(random, sizeof random, out);
    secret_forget(random, sizeof random);
}

static struct text hash_text(const unsigned char hash[SHA256_SIZE], struct arena *mem)
{
    char *const hex = arena_alloc(mem, HEX_SIZE(SHA256_SIZE) + 1);
    secret_hex(hash, SHA256_SIZE, hex);
    return (struct text){ hex, HEX_SIZE(SHA256_SIZE) };
}

struct text token_hash(struct text token, struct arena *mem)
{
    unsigned char hash[SHA256_SIZE];
    secret_sha256(token, hash);
    return hash_text(hash, mem);
}

struct text account_name(struct text typed, struct arena *mem)
{
    return text_fold(mem, typed);
}

bool account_over(const struct account_record *account, int64_t now)
{
    return account->disabled_at || (account->valid_until && now >= account->valid_until);
}

struct actor actor_of_account(const struct account_record *account, enum channel channel, struct text address)
{
    struct actor actor = { .account = account->id, .name = account->name, .shown = account->shown, .role = role_by_id(account->role),
                           .channel = channel, .address = address, .must_change = account->must_change };
    if (place_of_words(account->place.kind, account->place.name, &actor.place))
        actor.permissions = role_info(actor.role)->permissions;
    else
        actor.place = (struct place){ PLACE_SCHOOL, TEXT("") };
    return actor;
}

/* ---- whose it is -------------------------------------------------------------------------- */

static bool over(struct err *err)
{
    err_set(err, ERR_DENIED, "还没有登录，或者登录已经过期。");
    return err_hint(err, "请重新登录。半小时不用、登录满 12 小时、改密码以后都要重新登录。");
}

/* The last use goes to the database later; nobody waits for it. */
struct note { struct arena *mem; int64_t session, used_at; };

static bool write_note(void *context, struct db_session *session, struct err *err)
{
    const struct note *const note = context;
    return store_session_used(session, note->session, note->used_at, err);
}

/* A use that could not be noted is at most a session that ends a minute early. */
static void after_note(void *context, bool ok, const struct err *err)
{
    (void)ok, (void)err;
    struct note *const note = context;
    struct arena *mem = note->mem;
    arena_free(&mem);
}

static void note_use(struct house *house, int64_t id, int64_t now)
{
    struct arena *mem = arena_new("note");
    struct note *note = arena_make(mem, struct note);
    *note = (struct note){ mem, id, now };
    db_write_later(house_db(house), write_note, after_note, note);
}

static bool load(struct house *house, const unsigned char hash[SHA256_SIZE], struct arena *mem, struct session_record *out,
                 bool *found_out, bool *must_totp_out, struct err *err)
{
    struct db_session *session = NULL;
    *must_totp_out = false;
    const bool ok = db_read_begin(house_db(house), &session, err) &&
                    store_session_by_token(session, hash_text(hash, mem), mem, out, found_out, err) &&
                    (!*found_out || totp_lacking(session, &out->account, mem, must_totp_out, err));
    db_read_end(&session);
    return ok;
}

bool app_session(struct house *house, struct text token, struct text address, int64_t now, struct arena *mem, struct actor *out,
                 struct err *err)
{
    struct session_cache *const cache = house_access(house)->sessions;
    unsigned char hash[SHA256_SIZE];
    struct session_seen seen;
    bool note;
    if (token.size != TOKEN_SIZE)
        return over(err);
    secret_sha256(token, hash);
    if (!session_cache_get(cache, hash, now, mem, &seen, &note)) {
        const uint64_t generation = session_cache_generation(cache);
        struct session_record record;
        bool found, must_totp;
        if (!load(house, hash, mem, &record, &found, &must_totp, err))
            return false;
        if (!found || account_over(&record.account, now))
            return over(err);
        seen = (struct session_seen){ record.id, record.made_at, record.used_at, record.account.valid_until,
                                      actor_of_account(&record.account, CHANNEL_WEB, TEXT("")) };
        seen.actor.must_totp = must_totp;
        if (!session_alive(&seen, now))
            return over(err);
        session_cache_put(cache, generation, hash, &seen);
        struct session_seen again;
        session_cache_get(cache, hash, now, mem, &again, &note); /* it is used now */
    }
    if (!session_alive(&seen, now))
        return over(err);
    if (note)
        note_use(house, seen.id, now);
    *out = seen.actor;
    out->address = text_copy(mem, address);
    return true;
}

/* ---- beginning and ending ----------------------------------------------------------------- */

bool account_in_standing_role(struct db_session *session, struct account_record *account, int64_t now, struct arena *mem,
                              int64_t *grant_out, struct err *err)
{
    struct grant_record *grants;
    size_t n;
    *grant_out = 0;
    if (!account->valid_until || now < account->valid_until)
        return true;
    if (!store_grants(session, account->id, mem, &grants, &n, err))
        return false;
    for (size_t i = 0; i < n && !*grant_out; i++)
        if (now < grants[i].valid_until) {
            account->role = grants[i].role;
            account->place = grants[i].place;
            account->valid_until = grants[i].valid_until;
            *grant_out = grants[i].id;
        }
    return true;
}

bool session_begin(struct db_session *session, int64_t account, int64_t grant, struct text address, int64_t now, struct signed_in *out,
                   struct err *err)
{
    struct arena *mem = arena_new("session");
    token_make(out->token);
    if (!out->device[0])
        token_make(out->device);
    const bool ok = store_session_end_old(session, now - SESSION_LONGEST, now - SESSION_IDLE, err) &&
                    store_session_add(session, token_hash(text_of(out->token), mem), account, address, now, err) &&
                    (!grant || store_session_in_grant(session, token_hash(text_of(out->token), mem), grant, err)) &&
                    store_device_forget_old(session, now - DEVICE_KNOWN, err) &&
                    store_device_put(session, token_hash(text_of(out->device), mem), account, now, err);
    arena_free(&mem);
    return ok;
}

struct ending {
    const struct actor *actor;
    struct text hash;       /* of the token … */
    int64_t id;             /* … or the session's number */
    int64_t now;
    struct arena *mem;
};

static bool write_sign_out(void *context, struct db_session *session, struct err *err)
{
    const struct ending *const e = context;
    size_t ended;
    if (!store_session_end_token(session, e->hash, &ended, err))
        return false;
    return !ended || audit_write(session, e->actor, "session.sign_out", TEXT(""), TEXT(""), e->now, err);
}

bool app_sign_out(struct house *house, const struct actor *actor, struct text token, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct arena *mem = arena_new("sign out");
    unsigned char hash[SHA256_SIZE];
    secret_sha256(token, hash);
    struct ending ending = { .actor = actor, .hash = hash_text(hash, mem), .now = now };
    const bool ok = db_write(house_db(house), write_sign_out, &ending, err);
    session_cache_forget_token(house_access(house)->sessions, hash);
    arena_free(&mem);
    return ok;
}

/* ---- for the security administrator ------------------------------------------------------- */

bool app_sessions(struct house *house, const struct actor *actor, int64_t now, struct arena *mem, struct session_view **out,
                  size_t *n_out, struct err *err)
{
    struct db_session *session = NULL;
    struct session_record *records;
    if (!actor_may(actor, MAY_SESSIONS, err))
        return false;
    const bool ok = db_read_begin(house_db(house), &session, err) &&
                    store_sessions(session, now - SESSION_LONGEST, now - SESSION_IDLE, mem, &records, n_out, err);
    db_read_end(&session);
    if (!ok)
        return false;
    *out = arena_array(mem, *n_out, struct session_view);
    for (size_t i = 0; i < *n_out; i++)
        (*out)[i] = (struct session_view){ .id = records[i].id, .name = records[i].account.name, .shown = records[i].account.shown,
                                           .role = role_by_id(records[i].account.role), .made_at = records[i].made_at,
                                           .used_at = records[i].used_at, .address = records[i].address };
    return true;
}

static bool write_end(void *context, struct db_session *session, struct err *err)
{
    const struct ending *const e = context;
    struct text owner;
    size_t ended;
    if (!store_session_owner(session, e->id, e->mem, &owner, err) || !store_session_end(session, e->id, &ended, err))
        return false;
    if (!ended)
        return err_set(err, ERR_ABSENT, "这个登录已经结束了。");
    return audit_write(session, e->actor, "session.end", owner, text_printf(e->mem, "session=%lld", (long long)e->id), e->now, err);
}

bool app_session_end(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    if (!actor_may(actor, MAY_SESSIONS, err))
        return false;
    struct ending ending = { .actor = actor, .id = id, .now = now, .mem = arena_new("session end") };
    const bool ok = db_write(house_db(house), write_end, &ending, err);
    session_cache_forget_session(house_access(house)->sessions, id);
    arena_free(&ending.mem);
    return ok;
}

/* ---- forms -------------------------------------------------------------------------------- */

void app_form_token(const struct house *house, struct text token, char out[TOKEN_SIZE + 1])
{
    unsigned char mac[MAC_SIZE];
    house_mac(house, "form", token, mac);
    secret_base64url(mac, sizeof mac, out);
}

bool app_form_token_right(const struct house *house, struct text token, struct text field)
{
    char right[TOKEN_SIZE + 1];
    app_form_token(house, token, right);
    return token.size && secret_equal(text_of(right), field);
}
