#include "store/account_store.h"

static struct db_value time_or_null(int64_t at)
{
    return at ? db_int(at) : db_null();
}

static void read_record(const struct db_rows *rows, struct arena *mem, struct account_record *out)
{
    *out = (struct account_record){
        .id = db_get_int(rows, 0), .name = db_get_text(rows, 1, mem), .shown = db_get_text(rows, 2, mem),
        .role = db_get_text(rows, 3, mem), .place = { db_get_text(rows, 4, mem), db_get_text(rows, 5, mem) },
        .valid_until = db_get_int(rows, 6), .disabled_at = db_get_int(rows, 7), .password = db_get_text(rows, 8, mem),
        .must_change = db_get_int(rows, 9) != 0, .made_at = db_get_int(rows, 10), .password_at = db_get_int(rows, 11),
    };
}

bool store_account_add(struct db_session *session, const struct account_record *a, int64_t now, struct err *err)
{
    if (db_run(session, Q_ACCOUNT_ADD,
               DB_VALUES(db_text(a->name), db_text(a->shown), db_text(a->role), db_text(a->place.kind), db_text(a->place.name),
                         time_or_null(a->valid_until), db_text(a->password), db_int(now)),
               err))
        return true;
    if (err->kind == ERR_CONFLICT) {
        err_set(err, ERR_CONFLICT, "已经有一个登录名是“%.*s”的账号。", TEXT_ARG(a->name));
        err_hint(err, "请换一个登录名；停用的账号可以重新启用。");
    }
    return false;
}

static bool read_one(struct db_session *session, enum query query, struct db_value key, struct arena *mem,
                     struct account_record *out, bool *found_out, struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, query, DB_VALUES(key), &rows, err))
        return false;
    while (db_next(&rows)) {
        read_record(&rows, mem, out);
        *found_out = true;
    }
    return db_done(&rows, err);
}

bool store_account_by_name(struct db_session *session, struct text name, struct arena *mem, struct account_record *out,
                           bool *found_out, struct err *err)
{
    return read_one(session, Q_ACCOUNT_BY_NAME, db_text(name), mem, out, found_out, err);
}

bool store_account_by_id(struct db_session *session, int64_t id, struct arena *mem, struct account_record *out, bool *found_out,
                         struct err *err)
{
    return read_one(session, Q_ACCOUNT_BY_ID, db_int(id), mem, out, found_out, err);
}

bool store_accounts(struct db_session *session, struct arena *mem, struct account_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct account_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_ACCOUNT_ALL, DB_NO_VALUES, &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        read_record(&rows, mem, &list[n++]);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_account_disable(struct db_session *session, int64_t id, int64_t at, struct err *err)
{
    return db_run(session, Q_ACCOUNT_DISABLE, DB_VALUES(time_or_null(at), db_int(id)), err);
}

bool store_account_grant(struct db_session *session, int64_t id, struct text role, struct place_words place, int64_t valid_until,
                         struct err *err)
{
    return db_run(session, Q_ACCOUNT_GRANT,
                  DB_VALUES(db_text(role), db_text(place.kind), db_text(place.name), time_or_null(valid_until), db_int(id)), err);
}

bool store_account_password(struct db_session *session, int64_t id, struct text password, bool must_change, int64_t now,
                            struct err *err)
{
    return db_run(session, Q_ACCOUNT_PASSWORD, DB_VALUES(db_text(password), db_int(must_change), db_int(now), db_int(id)), err);
}

bool store_account_rehash(struct db_session *session, int64_t id, struct text old_hash, struct text new_hash, struct err *err)
{
    return db_run(session, Q_ACCOUNT_REHASH, DB_VALUES(db_text(new_hash), db_int(id), db_text(old_hash)), err);
}
