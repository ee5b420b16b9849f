#include "app/grants.h"

#include "app/access_inside.h"
#include "app/accounts_inside.h"
#include "app/audit.h"
#include "base/day.h"
#include "store/grant_store.h"
#include "store/token_store.h"

#include <assert.h>

int64_t grant_end_usual(int64_t now)
{
    enum { SEPTEMBER = 9 };
    const struct day today = day_of(now);
    return grant_end_of_school_year(today.month >= SEPTEMBER ? today.year : today.year - 1);
}

/* ---- seeing ------------------------------------------------------------------------------- */

static struct grant_view view_of(int64_t id, struct text role, struct place_words words, int64_t valid_until, int64_t now)
{
    struct grant_view view = { .id = id, .role = role_by_id(role), .valid_until = valid_until, .over = valid_until && now >= valid_until };
    if (!place_of_words(words.kind, words.name, &view.place))
        view.place = (struct place){ PLACE_SCHOOL, words.name };
    return view;
}

static bool read_all(struct db_session *session, const struct account_record *account, int64_t now, struct arena *mem,
                     struct grant_view **out, size_t *n_out, struct err *err)
{
    struct grant_record *more;
    size_t n;
    if (!store_grants(session, account->id, mem, &more, &n, err))
        return false;
    *out = arena_array(mem, n + 1, struct grant_view);
    (*out)[0] = view_of(0, account->role, account->place, account->valid_until, now);
    (*out)[0].made_at = account->made_at;
    (*out)[0].made_by = TEXT("");
    for (size_t i = 0; i < n; i++) {
        (*out)[i + 1] = view_of(more[i].id, more[i].role, more[i].place, more[i].valid_until, now);
        (*out)[i + 1].made_at = more[i].made_at;
        (*out)[i + 1].made_by = more[i].made_by;
    }
    *n_out = n + 1;
    return true;
}

bool app_grants(struct house *house, const struct actor *actor, struct text name, int64_t now, struct arena *mem, struct grant_view **out,
                size_t *n_out, struct err *err)
{
    struct db_session *session = NULL;
    struct account_record account;
    bool found = false;
    if (!actor_may(actor, MAY_ACCOUNTS, err))
        return false;
    const bool ok = db_read_begin(house_db(house), &session, err) &&
                    store_account_by_name(session, account_name(name, mem), mem, &account, &found, err) &&
                    (found || err_set(err, ERR_ABSENT, "没有登录名是“%.*s”的账号。", TEXT_ARG(name))) &&
                    read_all(session, &account, now, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_grants_own(struct house *house, const struct actor *actor, struct text token, int64_t now, struct arena *mem,
                    struct grant_view **out, size_t *n_out, struct err *err)
{
    struct db_session *session = NULL;
    struct account_record account;
    struct session_record current = { 0 };
    struct grant_view *all;
    size_t n;
    bool found = false, alive;
    *n_out = 0;
    const bool ok = db_read_begin(house_db(house), &session, err) &&
                    store_account_by_id(session, actor->account, mem, &account, &found, err) &&
                    (found || err_set(err, ERR_ABSENT, "没有这个账号。")) &&
                    store_session_by_token(session, token_hash(token, mem), mem, &current, &alive, err) &&
                    read_all(session, &account, now, mem, &all, &n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    *out = all;
    for (size_t i = 0; i < n; i++)
        if (!all[i].over) {
            (*out)[*n_out] = all[i];
            (*out)[(*n_out)++].current = alive && current.grant == all[i].id;
        }
    return true;
}

/* ---- giving and taking back --------------------------------------------------------------- */

struct granting {
    const struct actor *actor;
    struct arena *mem;
    const struct account_wish *wish;
    struct text name;
    int64_t valid_until, id, now;
    struct account_record account;
};

static bool not_beside(const struct granting *g, struct err *err)
{
    if (!role_is_administrator(g->wish->role) && !role_is_administrator(role_by_id(g->account.role)))
        return true;
    err_set(err, ERR_DENIED, "系统、安全、审计三个管理员不看内容，不能兼任别的角色。");
    return err_hint(err, "请给这个人另建一个账号，或者换一个人。");
}

static bool is_new(struct db_session *session, const struct granting *g, struct err *err)
{
    struct grant_view *all;
    size_t n;
    if (!read_all(session, &g->account, g->now, g->mem, &all, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!all[i].over && all[i].role == g->wish->role && all[i].place.kind == g->wish->place.kind &&
            text_equal(all[i].place.name, g->wish->place.name)) {
            err_set(err, ERR_CONFLICT, "这个账号已经有这个角色：%s，%.*s。", role_info(g->wish->role)->zh,
                    TEXT_ARG(place_shown(g->wish->place, g->mem)));
            return err_hint(err, "要改到期日，请先收回，再重新授予。");
        }
    return true;
}

static bool write_add(void *context, struct db_session *session, struct err *err)
{
    struct granting *const g = context;
    if (!account_of_another(session, g->actor, g->name, g->mem, &g->account, err) || !not_beside(g, err) || !is_new(session, g, err))
        return false;
    const struct grant_record record = {
        .account = g->account.id, .role = text_of(role_info(g->wish->role)->id), .valid_until = g->valid_until,
        .place = { place_word(g->wish->place.kind), g->wish->place.name }, .made_by = g->actor->name,
    };
    return store_grant_add(session, &record, g->now, err) &&
           audit_write(session, g->actor, "grant.add", g->name, account_grant_said(g->wish->role, g->wish->place, g->valid_until, g->mem), g->now, err);
}

bool app_grant_add(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct arena *mem = arena_new("grant");
    struct account_wish dated = *wish;
    if (!dated.valid_until)
        dated.valid_until = grant_end_usual(now);
    struct granting g = { .actor = actor, .mem = mem, .wish = &dated, .name = account_name(wish->name, mem), .valid_until = dated.valid_until, .now = now };
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && account_grant_right(house, actor, &dated, now, mem, err) &&
                    db_write(house_db(house), write_add, &g, err);
    arena_free(&mem);
    return ok;
}

static bool write_end(void *context, struct db_session *session, struct err *err)
{
    struct granting *const g = context;
    bool found;
    size_t sessions, tokens;
    if (!account_of_another(session, g->actor, g->name, g->mem, &g->account, err) ||
        !store_grant_end(session, g->account.id, g->id, g->now, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_ABSENT, "这个角色已经收回了。");
    /* All of them: a session in another role only has to be begun again. */
    return store_session_end_account(session, g->account.id, &sessions, err) && store_token_revoke_grant(session, g->id, g->now, &tokens, err) &&
           audit_write(session, g->actor, "grant.end", g->name,
                       text_printf(g->mem, "grant=%lld sessions_ended=%zu tokens_revoked=%zu", (long long)g->id, sessions, tokens),
                       g->now, err);
}

bool app_grant_end(struct house *house, const struct actor *actor, struct text name, int64_t id, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct arena *mem = arena_new("grant");
    struct granting g = { .actor = actor, .mem = mem, .name = account_name(name, mem), .id = id, .now = now };
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && db_write(house_db(house), write_end, &g, err);
    account_sessions_forget(house, g.account.id);
    arena_free(&mem);
    return ok;
}

/* ---- switching ---------------------------------------------------------------------------- */

struct switching {
    const struct actor *actor;
    struct arena *mem;
    struct text hash;        /* of the session's token */
    int64_t id, now;
    struct signed_in *out;
};

static bool write_switch(void *context, struct db_session *session, struct err *err)
{
    struct switching *const s = context;
    struct account_record account;
    struct session_record old;
    struct grant_view *all;
    size_t n, ended;
    bool found, alive;
    if (!store_account_by_id(session, s->actor->account, s->mem, &account, &found, err) ||
        !store_session_by_token(session, s->hash, s->mem, &old, &alive, err))
        return false;
    if (!found || !alive || old.account.id != account.id || account.disabled_at)
        return err_set(err, ERR_DENIED, "登录已经结束，请重新登录。");
    if (!read_all(session, &account, s->now, s->mem, &all, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].id != s->id || all[i].over)
            continue;
        account.role = text_of(role_info(all[i].role)->id);
        account.place = (struct place_words){ place_word(all[i].place.kind), all[i].place.name };
        account.valid_until = all[i].valid_until;
        s->out->actor = actor_of_account(&account, CHANNEL_WEB, s->actor->address);
        return store_session_end_token(session, s->hash, &ended, err) &&
               session_begin(session, account.id, s->id, s->actor->address, s->now, s->out, err) &&
               audit_write(session, s->actor, "session.switch", s->actor->name,
                           account_grant_said(all[i].role, all[i].place, all[i].valid_until, s->mem), s->now, err);
    }
    err_set(err, ERR_ABSENT, "没有这个角色，或者它已经到期、收回。");
    return err_hint(err, "请在“我的账号”页选一个现在有的角色。");
}

bool app_grant_switch(struct house *house, const struct actor *actor, struct text token, int64_t id, int64_t now, struct arena *mem,
                      struct signed_in *out, struct err *err)
{
    unsigned char hash[SHA256_SIZE];
    assert(!db_is_writer(house_db(house)));
    memset(out, 0, sizeof *out);
    if (!actor->account || actor->channel != CHANNEL_WEB || actor->must_change)
        return err_set(err, ERR_DENIED, "只有本人登录以后才能换角色。");
    struct switching s = { actor, mem, token_hash(token, mem), id, now, out };
    const bool ok = db_write(house_db(house), write_switch, &s, err);
    secret_sha256(token, hash);
    session_cache_forget_token(house_access(house)->sessions, hash);
    return ok;
}
