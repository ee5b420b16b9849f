/* Where one is signed in oneself: seen, and ended from elsewhere. */
#include "app/access_inside.h"
#include "app/audit.h"
#include "app/sessions.h"

#include <assert.h>

bool app_sessions_own(struct house *house, const struct actor *actor, struct text token, int64_t now, struct arena *mem,
                      struct session_view **out, size_t *n_out, int64_t *current_out, struct err *err)
{
    struct db_session *session = NULL;
    struct session_record *records, current;
    size_t n;
    bool found;
    const bool ok = db_read_begin(house_db(house), &session, err) &&
                    store_sessions(session, now - SESSION_LONGEST, now - SESSION_IDLE, mem, &records, &n, err) &&
                    store_session_by_token(session, token_hash(token, mem), mem, &current, &found, err);
    db_read_end(&session);
    if (!ok)
        return false;
    *current_out = found ? current.id : 0;
    *out = arena_array(mem, n, struct session_view);
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        if (records[i].account.id == actor->account)
            (*out)[(*n_out)++] = (struct session_view){ .id = records[i].id, .name = actor->name, .shown = actor->shown, .role = actor->role,
                                                        .made_at = records[i].made_at, .used_at = records[i].used_at,
                                                        .address = records[i].address };
    }
    return true;
}

struct ending { const struct actor *actor; int64_t id, now; struct arena *mem; };

static bool write_end(void *context, struct db_session *session, struct err *err)
{
    const struct ending *const e = context;
    struct text owner;
    size_t ended;
    if (!store_session_owner(session, e->id, e->mem, &owner, err))
        return false;
    if (!text_equal(owner, e->actor->name))
        return err_set(err, ERR_ABSENT, "这个登录已经结束了。");
    return store_session_end(session, e->id, &ended, err) &&
           audit_write(session, e->actor, "session.sign_out", owner, text_printf(e->mem, "session=%lld", (long long)e->id), e->now, err);
}

bool app_session_end_own(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct ending ending = { actor, id, now, arena_new("session end") };
    const bool ok = db_write(house_db(house), write_end, &ending, err);
    session_cache_forget_session(house_access(house)->sessions, id);
    arena_free(&ending.mem);
    return ok;
}
