#include "app/tokens.h"

#include "app/access_inside.h"
#include "app/audit.h"
#include "base/day.h"
#include "base/unicode.h"
#include "store/grant_store.h"
#include "store/token_store.h"

#include <assert.h>

enum { NOTE_EVERY = 3600, NAME_MOST = 60, PREFIX_SIZE = 3 };
static const char PREFIX[] = "jh_";

/* ---- coming in with one -------------------------------------------------------------------- */

struct use { struct arena *mem; int64_t token, now; };

static bool write_use(void *context, struct db_session *session, struct err *err)
{
    const struct use *const use = context;
    return store_token_used(session, use->token, use->now, err);
}

/* For the owner's eyes only: when it could not be noted, nothing is lost. */
static void after_use(void *context, bool ok, const struct err *err)
{
    (void)ok, (void)err;
    struct arena *mem = ((struct use *)context)->mem;
    arena_free(&mem);
}

static void note_use(struct house *house, int64_t token, int64_t now)
{
    struct arena *mem = arena_new("token");
    struct use *use = arena_make(mem, struct use);
    *use = (struct use){ mem, token, now };
    db_write_later(house_db(house), write_use, after_use, use);
}

bool app_bearer(struct house *house, struct text bearer, struct text address, int64_t now, struct arena *mem, struct actor *out,
                struct err *err)
{
    struct db_session *session = NULL;
    struct token_record token;
    bool found = false, ok = true;
    if (bearer.size == API_TOKEN_SIZE && text_starts(bearer, TEXT("jh_"))) {
        ok = db_read_begin(house_db(house), &session, err) &&
             store_token_by_hash(session, token_hash(bearer, mem), mem, &token, &found, err);
        db_read_end(&session);
    }
    if (!ok)
        return false;
    uint64_t permissions;
    struct place place;
    if (!found || token.revoked_at || now >= token.valid_until || account_over(&token.account, now) ||
        !permissions_of_words(token.words, &permissions) || !place_of_words(token.place.kind, token.place.name, &place)) {
        err_set(err, ERR_DENIED, "这个 API 令牌不存在、已经作废或者过期。");
        return err_hint(err, "请在“API 令牌”页另建一个，或者请管理员用 junheng token create 建。");
    }
    *out = actor_of_account(&token.account, CHANNEL_API, text_copy(mem, address));
    /* Whoever's place or role changed has lost his tokens; this holds even so. */
    if (!place_holds(out->place, place))
        permissions = MAY_NOTHING;
    out->permissions &= permissions & TOKEN_PERMISSIONS;
    out->place = place;
    if (now >= token.used_at + NOTE_EVERY)
        note_use(house, token.id, now);
    return true;
}

/* ---- making ------------------------------------------------------------------------------- */

struct making {
    const struct actor *actor;
    const struct token_wish *wish;
    struct arena *mem;
    int64_t now;
    struct text name, hash;
    struct token_view *out;
};

/* The record becomes what the owner is in the role that is wished. */
static bool in_role(struct db_session *session, const struct making *m, struct account_record *account, struct err *err)
{
    struct grant_record *grants;
    size_t n;
    if (!m->wish->grant)
        return true;
    if (!store_grants(session, account->id, m->mem, &grants, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (grants[i].id == m->wish->grant && m->now < grants[i].valid_until) {
            account->role = grants[i].role;
            account->place = grants[i].place;
            account->valid_until = grants[i].valid_until;
            return true;
        }
    err_set(err, ERR_ABSENT, "账号“%.*s”没有这个角色，或者它已经到期。", TEXT_ARG(account->name));
    return err_hint(err, "请从现在有的角色里选一个。");
}

static bool find_owner(struct db_session *session, const struct making *m, struct account_record *out, struct err *err)
{
    const struct text owner = m->wish->owner.size ? account_name(m->wish->owner, m->mem) : m->actor->name;
    bool found;
    if (!store_account_by_name(session, owner, m->mem, out, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_ABSENT, "没有登录名是“%.*s”的账号。", TEXT_ARG(owner));
    if (out->id != m->actor->account && m->actor->channel != CHANNEL_CONSOLE)
        return err_set(err, ERR_DENIED, "只能给自己建 API 令牌。");
    if (!in_role(session, m, out, err))
        return false;
    return !account_over(out, m->now) || err_set(err, ERR_DENIED, "账号“%.*s”已经停用或者到期。", TEXT_ARG(owner));
}

static bool within(const struct actor *owner, const struct token_wish *wish, struct arena *mem, struct err *err)
{
    if (wish->permissions & ~owner->permissions) {
        err_set(err, ERR_DENIED, "令牌不能比账号本身多做事：%s没有 %.*s。", role_info(owner->role)->zh,
                TEXT_ARG(permission_words(wish->permissions & ~owner->permissions, mem)));
        return err_hint(err, "这个账号的令牌可以有：%.*s。", TEXT_ARG(permission_words(owner->permissions & TOKEN_PERMISSIONS, mem)));
    }
    if (!place_holds(owner->place, wish->place)) {
        err_set(err, ERR_DENIED, "令牌的范围不能大于账号的范围（%.*s）。", TEXT_ARG(place_shown(owner->place, mem)));
        return err_hint(err, "请把令牌的范围设成账号的范围。");
    }
    return true;
}

static bool write_new(void *context, struct db_session *session, struct err *err)
{
    struct making *const m = context;
    const struct token_wish *const w = m->wish;
    struct account_record owner;
    if (!find_owner(session, m, &owner, err))
        return false;
    const struct actor as = actor_of_account(&owner, CHANNEL_API, TEXT(""));
    if (!within(&as, w, m->mem, err))
        return false;
    const struct text words = permission_words(w->permissions, m->mem);
    struct token_record record = { .account = owner, .grant = w->grant, .name = m->name, .words = words, .place = { place_word(w->place.kind), w->place.name },
                                   .valid_until = m->now + (int64_t)w->days * DAY_SECONDS };
    struct token_record *all;
    size_t n;
    if (!store_token_add(session, m->hash, &record, m->now, err) || !store_tokens(session, owner.id, m->mem, &all, &n, err))
        return false;
    *m->out = (struct token_view){ .id = all[0].id, .owner = owner.name, .role = as.role, .name = m->name, .permissions = w->permissions, .place = w->place,
                                   .made_at = m->now, .valid_until = record.valid_until };
    return audit_write(session, m->actor, "token.create", owner.name,
                       text_printf(m->mem, "token=%lld role=%s may=%.*s place=%.*s%s%.*s days=%d", (long long)m->out->id, role_info(as.role)->id, TEXT_ARG(words),
                                   TEXT_ARG(record.place.kind), w->place.name.size ? ":" : "", TEXT_ARG(w->place.name), w->days),
                       m->now, err);
}

static bool wish_right(const struct token_wish *wish, struct text name, struct arena *mem, struct err *err)
{
    if (!name.size || utf8_length(name) > NAME_MOST || !utf8_valid(name)) {
        err_set(err, ERR_INPUT, "请给令牌写一个 1 到 %d 个字的名称。", NAME_MOST);
        return err_hint(err, "写它给谁、做什么用，例如“区里数据平台”，以后好认。");
    }
    if (!wish->permissions || wish->permissions & ~(uint64_t)TOKEN_PERMISSIONS)
        return err_set(err, ERR_INPUT, "令牌能做的事要从 %.*s 里选，至少一样。", TEXT_ARG(permission_words(TOKEN_PERMISSIONS, mem)));
    if (wish->days < 1 || wish->days > API_TOKEN_MOST_DAYS)
        return err_set(err, ERR_INPUT, "令牌的有效期是 1 到 %d 天。", API_TOKEN_MOST_DAYS);
    return true;
}

bool app_token_create(struct house *house, const struct actor *actor, const struct token_wish *wish, int64_t now, struct arena *mem,
                      char token_out[API_TOKEN_SIZE + 1], struct token_view *out, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    const struct text name = text_trim(wish->name);
    if (!actor_may(actor, MAY_TOKENS, err) || !wish_right(wish, name, mem, err))
        return false;
    memcpy(token_out, PREFIX, PREFIX_SIZE);
    token_make(token_out + PREFIX_SIZE);
    struct making making = { .actor = actor, .wish = wish, .mem = mem, .now = now, .name = name,
                             .hash = token_hash(text_of(token_out), mem), .out = out };
    if (db_write(house_db(house), write_new, &making, err))
        return true;
    secret_forget(token_out, API_TOKEN_SIZE);
    return false;
}

/* ---- listing, revoking -------------------------------------------------------------------- */

static bool sees_all(const struct actor *actor)
{
    return !actor->must_change && (actor->permissions & MAY_SESSIONS);
}

bool app_tokens(struct house *house, const struct actor *actor, struct arena *mem, struct token_view **out, size_t *n_out,
                struct err *err)
{
    struct db_session *session = NULL;
    struct token_record *records;
    if (!sees_all(actor) && !actor_may(actor, MAY_TOKENS, err))
        return false;
    const bool ok = db_read_begin(house_db(house), &session, err) &&
                    store_tokens(session, sees_all(actor) ? 0 : actor->account, mem, &records, n_out, err);
    db_read_end(&session);
    if (!ok)
        return false;
    *out = arena_array(mem, *n_out, struct token_view);
    for (size_t i = 0; i < *n_out; i++) {
        const struct token_record *const r = &records[i];
        (*out)[i] = (struct token_view){ .id = r->id, .owner = r->account.name, .role = role_by_id(r->account.role), .name = r->name, .made_at = r->made_at,
                                         .valid_until = r->valid_until, .revoked_at = r->revoked_at, .used_at = r->used_at };
        if (!permissions_of_words(r->words, &(*out)[i].permissions))
            (*out)[i].permissions = MAY_NOTHING;
        if (!place_of_words(r->place.kind, r->place.name, &(*out)[i].place))
            (*out)[i].place = (struct place){ PLACE_SCHOOL, TEXT("") };
    }
    return true;
}

struct revoking { const struct actor *actor; struct arena *mem; int64_t id, now; };

static bool write_revoke(void *context, struct db_session *session, struct err *err)
{
    const struct revoking *const r = context;
    struct token_record token;
    bool found;
    if (!store_token(session, r->id, r->mem, &token, &found, err))
        return false;
    /* To others it does not exist. */
    if (!found || (!sees_all(r->actor) && token.account.id != r->actor->account))
        return err_set(err, ERR_ABSENT, "没有 %lld 号令牌。", (long long)r->id);
    if (token.revoked_at)
        return true;
    return store_token_revoke(session, r->id, r->now, err) &&
           audit_write(session, r->actor, "token.revoke", token.account.name, text_printf(r->mem, "token=%lld", (long long)r->id), r->now,
                       err);
}

bool app_token_revoke(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    if (!sees_all(actor) && !actor_may(actor, MAY_TOKENS, err))
        return false;
    struct revoking revoking = { actor, arena_new("token"), id, now };
    const bool ok = db_write(house_db(house), write_revoke, &revoking, err);
    arena_free(&revoking.mem);
    return ok;
}
