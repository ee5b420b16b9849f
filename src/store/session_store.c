#include "store/session_store.h"

static bool run_and_count(struct db_session *session, enum query query, struct db_value value, size_t *n_out, struct err *err)
{
    if (!db_run(session, query, DB_VALUES(value), err))
        return false;
    *n_out = (size_t)db_changed(session);
    return true;
}

/* ---- sessions ----------------------------------------------------------------------------- */

bool store_session_add(struct db_session *session, struct text token_hash, int64_t account, struct text address, int64_t now,
                       struct err *err)
{
    return db_run(session, Q_SESSION_ADD, DB_VALUES(db_text(token_hash), db_int(account), db_int(now), db_text(address)), err);
}

bool store_session_by_token(struct db_session *session, struct text token_hash, struct arena *mem, struct session_record *out,
                            bool *found_out, struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, Q_SESSION_BY_TOKEN, DB_VALUES(db_text(token_hash)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *found_out = true;
        *out = (struct session_record){
            .id = db_get_int(&rows, 0), .made_at = db_get_int(&rows, 1), .used_at = db_get_int(&rows, 2),
            .account = { .id = db_get_int(&rows, 3), .name = db_get_text(&rows, 4, mem), .shown = db_get_text(&rows, 5, mem),
                         .role = db_get_text(&rows, 6, mem), .place = { db_get_text(&rows, 7, mem), db_get_text(&rows, 8, mem) },
                         .valid_until = db_get_int(&rows, 9), .disabled_at = db_get_int(&rows, 10),
                         .must_change = db_get_int(&rows, 11) != 0 },
            .grant = db_get_int(&rows, 12),
        };
    }
    return db_done(&rows, err);
}

bool store_session_used(struct db_session *session, int64_t id, int64_t now, struct err *err)
{
    return db_run(session, Q_SESSION_USED, DB_VALUES(db_int(now), db_int(id)), err);
}

bool store_sessions(struct db_session *session, int64_t made_after, int64_t used_after, struct arena *mem,
                    struct session_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct session_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_SESSION_LIST, DB_VALUES(db_int(made_after), db_int(used_after)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct session_record){
            .id = db_get_int(&rows, 0),
            .account = { .id = db_get_int(&rows, 1), .name = db_get_text(&rows, 2, mem), .shown = db_get_text(&rows, 3, mem),
                         .role = db_get_text(&rows, 4, mem) },
            .made_at = db_get_int(&rows, 5), .used_at = db_get_int(&rows, 6), .address = db_get_text(&rows, 7, mem),
        };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_session_owner(struct db_session *session, int64_t id, struct arena *mem, struct text *name_out, struct err *err)
{
    struct db_rows rows;
    *name_out = TEXT("");
    if (!db_select(session, Q_SESSION_OWNER, DB_VALUES(db_int(id)), &rows, err))
        return false;
    while (db_next(&rows))
        *name_out = db_get_text(&rows, 0, mem);
    return db_done(&rows, err);
}

bool store_session_end(struct db_session *session, int64_t id, size_t *ended_out, struct err *err)
{
    return run_and_count(session, Q_SESSION_END, db_int(id), ended_out, err);
}

bool store_session_end_token(struct db_session *session, struct text token_hash, size_t *ended_out, struct err *err)
{
    return run_and_count(session, Q_SESSION_END_TOKEN, db_text(token_hash), ended_out, err);
}

bool store_session_end_account(struct db_session *session, int64_t account, size_t *ended_out, struct err *err)
{
    return run_and_count(session, Q_SESSION_END_ACCOUNT, db_int(account), ended_out, err);
}

bool store_session_end_old(struct db_session *session, int64_t made_before, int64_t used_before, struct err *err)
{
    return db_run(session, Q_SESSION_END_OLD, DB_VALUES(db_int(made_before), db_int(used_before)), err);
}

/* ---- devices ------------------------------------------------------------------------------ */

static bool read_count(struct db_session *session, enum query query, const struct db_value *values, size_t n,
                       struct try_count *out, struct err *err)
{
    struct db_rows rows;
    *out = (struct try_count){ 0 };
    if (!db_select(session, query, values, n, &rows, err))
        return false;
    while (db_next(&rows)) {
        out->n = db_get_int(&rows, 0);
        out->oldest = query == Q_DEVICE_KNOWN || query == Q_DEVICE_ISSUED || query == Q_STRANGER_TRIES ? 0 : db_get_int(&rows, 1);
    }
    return db_done(&rows, err);
}

bool store_device_known(struct db_session *session, struct text device_hash, int64_t account, int64_t used_after, bool *out,
                        struct err *err)
{
    struct try_count count;
    if (!read_count(session, Q_DEVICE_KNOWN, DB_VALUES(db_text(device_hash), db_int(account), db_int(used_after)), &count, err))
        return false;
    *out = count.n > 0;
    return true;
}

bool store_device_issued(struct db_session *session, struct text device_hash, int64_t used_after, bool *out, struct err *err)
{
    struct try_count count;
    if (!read_count(session, Q_DEVICE_ISSUED, DB_VALUES(db_text(device_hash), db_int(used_after)), &count, err))
        return false;
    *out = count.n > 0;
    return true;
}

bool store_device_put(struct db_session *session, struct text device_hash, int64_t account, int64_t now, struct err *err)
{
    return db_run(session, Q_DEVICE_PUT, DB_VALUES(db_text(device_hash), db_int(account), db_int(now)), err);
}

bool store_device_forget(struct db_session *session, int64_t account, struct err *err)
{
    return db_run(session, Q_DEVICE_FORGET, DB_VALUES(db_int(account)), err);
}

bool store_device_forget_old(struct db_session *session, int64_t used_before, struct err *err)
{
    return db_run(session, Q_DEVICE_FORGET_OLD, DB_VALUES(db_int(used_before)), err);
}

/* ---- tries -------------------------------------------------------------------------------- */

bool store_try_add(struct db_session *session, const struct try_key *key, int64_t now, struct err *err)
{
    return db_run(session, Q_TRY_ADD,
                  DB_VALUES(db_text(key->name_mac), db_text(key->network), db_text(key->device_hash), db_int(now)), err);
}

bool store_tries(struct db_session *session, const struct try_key *key, int64_t since, struct try_count *own_out,
                 struct try_count *strangers_out, struct err *err)
{
    *strangers_out = (struct try_count){ 0 };
    if (key->device_hash.size)
        return read_count(session, Q_TRY_OF_DEVICE, DB_VALUES(db_text(key->name_mac), db_int(since), db_text(key->device_hash)),
                          own_out, err);
    return read_count(session, Q_TRY_OF_NETWORK, DB_VALUES(db_text(key->name_mac), db_int(since), db_text(key->network)), own_out,
                      err) &&
           read_count(session, Q_TRY_OF_STRANGERS, DB_VALUES(db_text(key->name_mac), db_int(since)), strangers_out, err);
}

bool store_try_forget(struct db_session *session, const struct try_key *key, struct err *err)
{
    return key->device_hash.size
               ? db_run(session, Q_TRY_FORGET_DEVICE, DB_VALUES(db_text(key->name_mac), db_text(key->device_hash)), err)
               : db_run(session, Q_TRY_FORGET_NETWORK, DB_VALUES(db_text(key->name_mac), db_text(key->network)), err);
}

bool store_try_forget_old(struct db_session *session, int64_t before, struct err *err)
{
    return db_run(session, Q_TRY_FORGET_OLD, DB_VALUES(db_int(before)), err);
}

bool store_try_any_old(struct db_session *session, int64_t before, bool *any_out, struct err *err)
{
    struct try_count count;
    if (!read_count(session, Q_TRY_OLD, DB_VALUES(db_int(before)), &count, err))
        return false;
    *any_out = count.n > 0;
    return true;
}

bool store_stranger(struct db_session *session, int64_t quarter, int64_t *tries_out, struct err *err)
{
    struct try_count count;
    if (!db_run(session, Q_STRANGER_FORGET_OLD, DB_VALUES(db_int(quarter)), err) ||
        !db_run(session, Q_STRANGER_NOTE, DB_VALUES(db_int(quarter)), err) ||
        !read_count(session, Q_STRANGER_TRIES, DB_VALUES(db_int(quarter)), &count, err))
        return false;
    *tries_out = count.n;
    return true;
}
