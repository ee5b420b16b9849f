#include "store/grant_store.h"

/* ---- roles -------------------------------------------------------------------------------- */

bool store_grant_add(struct db_session *session, const struct grant_record *g, int64_t now, struct err *err)
{
    return db_run(session, Q_GRANT_ADD,
                  DB_VALUES(db_int(g->account), db_text(g->role), db_text(g->place.kind), db_text(g->place.name), db_int(g->valid_until),
                            db_int(now), db_text(g->made_by)),
                  err);
}

static struct grant_record *room_for_one(struct arena *mem, struct grant_record **list, size_t n, size_t *capacity)
{
    ARENA_ROOM(mem, *list, n, *capacity);
    return &(*list)[n];
}

bool store_grants(struct db_session *session, int64_t account, struct arena *mem, struct grant_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_GRANT_LIST, DB_VALUES(db_int(account)), &rows, err))
        return false;
    while (db_next(&rows))
        *room_for_one(mem, out, (*n_out)++, &capacity) = (struct grant_record){
            .id = db_get_int(&rows, 0), .account = account, .role = db_get_text(&rows, 1, mem),
            .place = { db_get_text(&rows, 2, mem), db_get_text(&rows, 3, mem) }, .valid_until = db_get_int(&rows, 4),
            .made_at = db_get_int(&rows, 5), .made_by = db_get_text(&rows, 6, mem),
        };
    return db_done(&rows, err);
}

static bool run_and_see(struct db_session *session, enum query query, const struct db_value *values, size_t n, bool *changed_out,
                        struct err *err)
{
    if (!db_run(session, query, values, n, err))
        return false;
    *changed_out = db_changed(session) > 0;
    return true;
}

bool store_grant_end(struct db_session *session, int64_t account, int64_t grant, int64_t now, bool *found_out, struct err *err)
{
    return run_and_see(session, Q_GRANT_END, DB_VALUES(db_int(now), db_int(grant), db_int(account)), found_out, err);
}

bool store_session_in_grant(struct db_session *session, struct text token_hash, int64_t grant, struct err *err)
{
    return db_run(session, Q_SESSION_GRANT, DB_VALUES(db_int(grant), db_text(token_hash)), err);
}

/* ---- invitations -------------------------------------------------------------------------- */

bool store_invitation_put(struct db_session *session, int64_t account, struct text token_hash, struct text by, int64_t valid_until,
                          int64_t now, struct err *err)
{
    return db_run(session, Q_INVITATION_PUT,
                  DB_VALUES(db_int(account), db_text(token_hash), db_int(now), db_text(by), db_int(valid_until)), err);
}

bool store_invitation_by_token(struct db_session *session, struct text token_hash, int64_t *account_out, int64_t *valid_until_out,
                               struct err *err)
{
    struct db_rows rows;
    *account_out = *valid_until_out = 0;
    if (!db_select(session, Q_INVITATION_BY_TOKEN, DB_VALUES(db_text(token_hash)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *account_out = db_get_int(&rows, 0);
        *valid_until_out = db_get_int(&rows, 1);
    }
    return db_done(&rows, err);
}

bool store_invitation_end(struct db_session *session, int64_t account, struct err *err)
{
    return db_run(session, Q_INVITATION_END, DB_VALUES(db_int(account)), err);
}

/* ---- second factors ----------------------------------------------------------------------- */

bool store_totp_put(struct db_session *session, int64_t account, struct text sealed, int64_t now, bool *put_out, struct err *err)
{
    return run_and_see(session, Q_TOTP_PUT, DB_VALUES(db_int(account), db_text(sealed), db_int(now)), put_out, err);
}

bool store_totp_of(struct db_session *session, int64_t account, struct arena *mem, struct totp_record *out, bool *found_out,
                   struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    *out = (struct totp_record){ .sealed = TEXT("") };
    if (!db_select(session, Q_TOTP_OF, DB_VALUES(db_int(account)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *found_out = true;
        *out = (struct totp_record){ db_get_text(&rows, 0, mem), db_get_int(&rows, 1), db_get_int(&rows, 2) };
    }
    return db_done(&rows, err);
}

bool store_totp_take(struct db_session *session, int64_t account, int64_t step, int64_t now, bool *taken_out, struct err *err)
{
    return run_and_see(session, Q_TOTP_TAKE, DB_VALUES(db_int(step), db_int(now), db_int(account)), taken_out, err);
}

bool store_totp_end(struct db_session *session, int64_t account, bool *found_out, struct err *err)
{
    return run_and_see(session, Q_TOTP_END, DB_VALUES(db_int(account)), found_out, err);
}
