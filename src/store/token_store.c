#include "store/token_store.h"

bool store_token_add(struct db_session *session, struct text token_hash, const struct token_record *t, int64_t now, struct err *err)
{
    return db_run(session, Q_TOKEN_ADD,
                  DB_VALUES(db_text(token_hash), db_int(t->account.id), db_text(t->name), db_text(t->words), db_text(t->place.kind),
                            db_text(t->place.name), db_int(now), db_int(t->valid_until), db_int(t->grant)),
                  err);
}

bool store_token_by_hash(struct db_session *session, struct text token_hash, struct arena *mem, struct token_record *out,
                         bool *found_out, struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, Q_TOKEN_BY_HASH, DB_VALUES(db_text(token_hash)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *found_out = true;
        *out = (struct token_record){
            .id = db_get_int(&rows, 0), .words = db_get_text(&rows, 1, mem),
            .place = { db_get_text(&rows, 2, mem), db_get_text(&rows, 3, mem) }, .valid_until = db_get_int(&rows, 4),
            .revoked_at = db_get_int(&rows, 5), .used_at = db_get_int(&rows, 6),
            .account = { .id = db_get_int(&rows, 7), .name = db_get_text(&rows, 8, mem), .shown = db_get_text(&rows, 9, mem),
                         .role = db_get_text(&rows, 10, mem), .place = { db_get_text(&rows, 11, mem), db_get_text(&rows, 12, mem) },
                         .valid_until = db_get_int(&rows, 13), .disabled_at = db_get_int(&rows, 14) },
        };
    }
    return db_done(&rows, err);
}

static void read_listed(const struct db_rows *rows, struct arena *mem, struct token_record *out)
{
    *out = (struct token_record){
        .id = db_get_int(rows, 0),
        .account = { .id = db_get_int(rows, 1), .name = db_get_text(rows, 2, mem), .role = db_get_text(rows, 11, mem) },
        .name = db_get_text(rows, 3, mem), .words = db_get_text(rows, 4, mem),
        .place = { db_get_text(rows, 5, mem), db_get_text(rows, 6, mem) }, .made_at = db_get_int(rows, 7),
        .valid_until = db_get_int(rows, 8), .revoked_at = db_get_int(rows, 9), .used_at = db_get_int(rows, 10),
    };
}

bool store_tokens(struct db_session *session, int64_t account, struct arena *mem, struct token_record **out, size_t *n_out,
                  struct err *err)
{
    struct db_rows rows;
    struct token_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_TOKEN_LIST, DB_VALUES(db_int(account)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        read_listed(&rows, mem, &list[n++]);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_token(struct db_session *session, int64_t id, struct arena *mem, struct token_record *out, bool *found_out,
                 struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, Q_TOKEN_GET, DB_VALUES(db_int(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        read_listed(&rows, mem, out);
        *found_out = true;
    }
    return db_done(&rows, err);
}

bool store_token_revoke(struct db_session *session, int64_t id, int64_t now, struct err *err)
{
    return db_run(session, Q_TOKEN_REVOKE, DB_VALUES(db_int(now), db_int(id)), err);
}

bool store_token_revoke_account(struct db_session *session, int64_t account, int64_t now, size_t *revoked_out, struct err *err)
{
    if (!db_run(session, Q_TOKEN_REVOKE_ACCOUNT, DB_VALUES(db_int(now), db_int(account)), err))
        return false;
    *revoked_out = (size_t)db_changed(session);
    return true;
}

bool store_token_revoke_grant(struct db_session *session, int64_t grant, int64_t now, size_t *revoked_out, struct err *err)
{
    if (!db_run(session, Q_TOKEN_REVOKE_GRANT, DB_VALUES(db_int(now), db_int(grant)), err))
        return false;
    *revoked_out = (size_t)db_changed(session);
    return true;
}

bool store_token_used(struct db_session *session, int64_t id, int64_t now, struct err *err)
{
    return db_run(session, Q_TOKEN_USED, DB_VALUES(db_int(now), db_int(id)), err);
}
