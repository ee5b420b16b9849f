#include "app/lockout.h"

#include "app/access_inside.h"
#include "app/accounts_inside.h"
#include "app/audit.h"
#include "app/throttle.h"

#include <assert.h>

/* Under which the tries of a name are kept: for passwords, and for codes of the second factor on one's own page. */
static struct text mac_of(const struct house *house, const char *purpose, struct text name, struct arena *mem)
{
    unsigned char mac[MAC_SIZE];
    char *const hex = arena_alloc(mem, HEX_SIZE(MAC_SIZE) + 1);
    house_mac(house, purpose, name, mac);
    secret_hex(mac, MAC_SIZE, hex);
    return (struct text){ hex, HEX_SIZE(MAC_SIZE) };
}

static bool read_lock(struct db_session *session, struct text name_mac, int64_t now, struct arena *mem, struct lockout *out, struct err *err)
{
    struct db_rows rows;
    int64_t strangers = 0, oldest = INT64_MAX;
    if (!db_select(session, Q_TRY_OF_NAME, DB_VALUES(db_text(name_mac), db_int(now - THROTTLE_SECONDS)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const bool stranger = db_get_text(&rows, 0, mem).size == 0;
        const int64_t n = db_get_int(&rows, 2), first = db_get_int(&rows, 3), until = first + THROTTLE_SECONDS;
        out->failures += n;
        strangers += stranger ? n : 0;
        if (stranger && first < oldest)
            oldest = first;
        if (n >= TRIES_OF_ITS_OWN && until > out->until)
            out->until = until;
    }
    out->everywhere = strangers >= TRIES_OF_STRANGERS;
    if (out->everywhere && oldest + THROTTLE_SECONDS > out->until)
        out->until = oldest + THROTTLE_SECONDS;
    return db_done(&rows, err);
}

bool app_lockout(struct house *house, const struct actor *actor, struct text name, int64_t now, struct lockout *out, struct err *err)
{
    struct arena *mem = arena_new("lockout");
    struct db_session *session = NULL;
    *out = (struct lockout){ .failures = 0 };
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && db_read_begin(house_db(house), &session, err) &&
                    read_lock(session, mac_of(house, "sign in", account_name(name, mem), mem), now, mem, out, err);
    db_read_end(&session);
    arena_free(&mem);
    return ok;
}

struct letting { struct house *house; const struct actor *actor; struct text name; int64_t now; struct arena *mem; };

static bool write_end(void *context, struct db_session *session, struct err *err)
{
    const struct letting *const l = context;
    struct account_record account;
    int64_t forgotten = 0;
    if (!account_of_another(session, l->actor, l->name, l->mem, &account, err))
        return false;
    static const char *const PURPOSES[] = { "sign in", "second" };
    for (size_t i = 0; i < COUNT(PURPOSES); i++) {
        if (!db_run(session, Q_TRY_FORGET_NAME, DB_VALUES(db_text(mac_of(l->house, PURPOSES[i], account.name, l->mem))), err))
            return false;
        forgotten += db_changed(session);
    }
    if (!forgotten)
        return err_set(err, ERR_ABSENT, "账号“%.*s”现在没有登录失败的记录，不用解锁。", TEXT_ARG(account.name));
    return audit_write(session, l->actor, "account.unlock", account.name, text_printf(l->mem, "failures=%lld", (long long)forgotten), l->now, err);
}

bool app_lockout_end(struct house *house, const struct actor *actor, struct text name, int64_t now, struct err *err)
{
    assert(!db_is_writer(house_db(house)));
    struct letting l = { .house = house, .actor = actor, .now = now, .mem = arena_new("lockout") };
    l.name = account_name(name, l.mem);
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && db_write(house_db(house), write_end, &l, err);
    arena_free(&l.mem);
    return ok;
}
