/* account_store.h — accounts as rows.  Of roles and places it knows the words only; what they mean is app's. */
#pragma once
#include "db/db.h"

struct place_words { struct text kind, name; };

struct account_record {
    int64_t id;
    struct text name, shown, role;
    struct place_words place;
    int64_t valid_until;         /* the first second at which it is over; 0: no end */
    int64_t disabled_at;         /* 0: it is not */
    struct text password;        /* hashed; empty in a list */
    bool must_change;
    int64_t made_at, password_at;
};

/* A new account whose password somebody else has given.  ERR_CONFLICT: the name is taken. */
bool store_account_add(struct db_session *session, const struct account_record *account, int64_t now, struct err *err) MUST_CHECK;
/* *found_out says whether there is one. */
bool store_account_by_name(struct db_session *session, struct text name, struct arena *mem, struct account_record *out,
                           bool *found_out, struct err *err) MUST_CHECK;
bool store_account_by_id(struct db_session *session, int64_t id, struct arena *mem, struct account_record *out, bool *found_out,
                         struct err *err) MUST_CHECK;
/* All, by name, without passwords. */
bool store_accounts(struct db_session *session, struct arena *mem, struct account_record **out, size_t *n_out,
                    struct err *err) MUST_CHECK;
bool store_account_disable(struct db_session *session, int64_t id, int64_t at, struct err *err) MUST_CHECK;   /* 0: enabled */
bool store_account_grant(struct db_session *session, int64_t id, struct text role, struct place_words place, int64_t valid_until,
                         struct err *err) MUST_CHECK;
bool store_account_password(struct db_session *session, int64_t id, struct text password, bool must_change, int64_t now,
                            struct err *err) MUST_CHECK;
/* The same password, hashed anew; nothing happens when it was changed meanwhile. */
bool store_account_rehash(struct db_session *session, int64_t id, struct text old_hash, struct text new_hash,
                          struct err *err) MUST_CHECK;
