/* grant_store.h — an account's further roles, its invitation, its second factor, as rows. */
#pragma once
#include "store/account_store.h"

struct grant_record {
    int64_t id, account;         /* id: not in the list of everybody's */
    struct text role;
    struct place_words place;
    int64_t valid_until, made_at;
    struct text made_by;
};
bool store_grant_add(struct db_session *session, const struct grant_record *grant, int64_t now, struct err *err) MUST_CHECK;
/* Those of an account that were not taken back, whether over or not, the oldest first. */
bool store_grants(struct db_session *session, int64_t account, struct arena *mem, struct grant_record **out, size_t *n_out,
                  struct err *err) MUST_CHECK;
bool store_grant_end(struct db_session *session, int64_t account, int64_t grant, int64_t now, bool *found_out, struct err *err) MUST_CHECK;
bool store_session_in_grant(struct db_session *session, struct text token_hash, int64_t grant, struct err *err) MUST_CHECK;

/* The link that stands for an account; a new one takes its place. */
bool store_invitation_put(struct db_session *session, int64_t account, struct text token_hash, struct text by, int64_t valid_until,
                          int64_t now, struct err *err) MUST_CHECK;
/* *account_out 0: there is none. */
bool store_invitation_by_token(struct db_session *session, struct text token_hash, int64_t *account_out, int64_t *valid_until_out,
                               struct err *err) MUST_CHECK;
bool store_invitation_end(struct db_session *session, int64_t account, struct err *err) MUST_CHECK;

struct totp_record { struct text sealed; int64_t confirmed_at, last_step; };
/* Replaces one that was never confirmed; *put_out false: there is one in use. */
bool store_totp_put(struct db_session *session, int64_t account, struct text sealed, int64_t now, bool *put_out, struct err *err) MUST_CHECK;
bool store_totp_of(struct db_session *session, int64_t account, struct arena *mem, struct totp_record *out, bool *found_out,
                   struct err *err) MUST_CHECK;
/* Takes the code of a half minute; *taken_out false: it, or a later one, was taken before. */
bool store_totp_take(struct db_session *session, int64_t account, int64_t step, int64_t now, bool *taken_out, struct err *err) MUST_CHECK;
bool store_totp_end(struct db_session *session, int64_t account, bool *found_out, struct err *err) MUST_CHECK;
