/* session_store.h — sessions, known devices, and the tries to sign in, as rows.  Hashes are hexadecimal. */
#pragma once
#include "store/account_store.h"

struct session_record {
    int64_t id, made_at, used_at;
    struct account_record account;   /* as it is now, in the session's role; without password */
    int64_t grant;                   /* which of the account's roles; 0: its own */
    struct text address;             /* in a list */
};

bool store_session_add(struct db_session *session, struct text token_hash, int64_t account, struct text address, int64_t now,
                       struct err *err) MUST_CHECK;
bool store_session_by_token(struct db_session *session, struct text token_hash, struct arena *mem, struct session_record *out,
                            bool *found_out, struct err *err) MUST_CHECK;
bool store_session_used(struct db_session *session, int64_t id, int64_t now, struct err *err) MUST_CHECK;
/* Those begun and used after the two times, the last used first. */
bool store_sessions(struct db_session *session, int64_t made_after, int64_t used_after, struct arena *mem,
                    struct session_record **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Whose it is; empty: there is none. */
bool store_session_owner(struct db_session *session, int64_t id, struct arena *mem, struct text *name_out, struct err *err) MUST_CHECK;
/* *ended_out: how many. */
bool store_session_end(struct db_session *session, int64_t id, size_t *ended_out, struct err *err) MUST_CHECK;
bool store_session_end_token(struct db_session *session, struct text token_hash, size_t *ended_out, struct err *err) MUST_CHECK;
bool store_session_end_account(struct db_session *session, int64_t account, size_t *ended_out, struct err *err) MUST_CHECK;
bool store_session_end_old(struct db_session *session, int64_t made_before, int64_t used_before, struct err *err) MUST_CHECK;

bool store_device_known(struct db_session *session, struct text device_hash, int64_t account, int64_t used_after, bool *out,
                        struct err *err) MUST_CHECK;
/* To any account. */
bool store_device_issued(struct db_session *session, struct text device_hash, int64_t used_after, bool *out, struct err *err) MUST_CHECK;
bool store_device_put(struct db_session *session, struct text device_hash, int64_t account, int64_t now, struct err *err) MUST_CHECK;
bool store_device_forget(struct db_session *session, int64_t account, struct err *err) MUST_CHECK;
bool store_device_forget_old(struct db_session *session, int64_t used_before, struct err *err) MUST_CHECK;

/* Who tries: a name (keyed), from a network, perhaps from a device known for it. */
struct try_key { struct text name_mac, network, device_hash; };
struct try_count { int64_t n, oldest; };
bool store_try_add(struct db_session *session, const struct try_key *key, int64_t now, struct err *err) MUST_CHECK;
/* Tries after `since`: of the device when it is known; else from the network, and from all strangers. */
bool store_tries(struct db_session *session, const struct try_key *key, int64_t since, struct try_count *own_out,
                 struct try_count *strangers_out, struct err *err) MUST_CHECK;
/* Those of the device, or of the network. */
bool store_try_forget(struct db_session *session, const struct try_key *key, struct err *err) MUST_CHECK;
bool store_try_forget_old(struct db_session *session, int64_t before, struct err *err) MUST_CHECK;
bool store_try_any_old(struct db_session *session, int64_t before, bool *any_out, struct err *err) MUST_CHECK;
/* Counts one more try under a name nobody has; *tries_out: the how manieth of its quarter of an hour. */
bool store_stranger(struct db_session *session, int64_t quarter, int64_t *tries_out, struct err *err) MUST_CHECK;
