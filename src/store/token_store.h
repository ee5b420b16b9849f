/* token_store.h — API tokens as rows; of the token itself only a hash. */
#pragma once
#include "store/account_store.h"

struct token_record {
    int64_t id;
    struct account_record account;   /* by hash: as it is now in the token's role, without password; in a list: id, name, that role */
    int64_t grant;                   /* when it is added: in which of the account's roles; 0: its own */
    struct text name, words;
    struct place_words place;
    int64_t made_at, valid_until;
    int64_t revoked_at, used_at;     /* 0: not yet */
};

bool store_token_add(struct db_session *session, struct text token_hash, const struct token_record *token, int64_t now,
                     struct err *err) MUST_CHECK;
bool store_token_by_hash(struct db_session *session, struct text token_hash, struct arena *mem, struct token_record *out,
                         bool *found_out, struct err *err) MUST_CHECK;
/* Of an account, or of all (0); the newest first. */
bool store_tokens(struct db_session *session, int64_t account, struct arena *mem, struct token_record **out, size_t *n_out,
                  struct err *err) MUST_CHECK;
bool store_token(struct db_session *session, int64_t id, struct arena *mem, struct token_record *out, bool *found_out,
                 struct err *err) MUST_CHECK;
bool store_token_revoke(struct db_session *session, int64_t id, int64_t now, struct err *err) MUST_CHECK;
bool store_token_revoke_account(struct db_session *session, int64_t account, int64_t now, size_t *revoked_out,
                                struct err *err) MUST_CHECK;
bool store_token_revoke_grant(struct db_session *session, int64_t grant, int64_t now, size_t *revoked_out, struct err *err) MUST_CHECK;
bool store_token_used(struct db_session *session, int64_t id, int64_t now, struct err *err) MUST_CHECK;
