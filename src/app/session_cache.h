/* session_cache.h — the sessions of the last requests, so that a request asks the database only for the first.
 *
 * What is kept must never outlive what is true: whoever changes an account or ends a session commits first and then
 * forgets here; and what was read from the database before such a change is not put after it (`generation`). */
#pragma once
#include "app/actor.h"
#include "base/secret.h"

struct session_cache;

struct session_seen {
    int64_t id, made_at, used_at;
    int64_t valid_until;     /* of the account; 0: no end */
    struct actor actor;
};

struct session_cache *session_cache_new(struct arena *mem);
void session_cache_end(struct session_cache *cache);
uint64_t session_cache_generation(struct session_cache *cache);
/* The session of a token's hash, its texts in mem.  When it is there and alive at `now`, it is used now; *note_out: the
 * database should be told, a minute has passed. */
bool session_cache_get(struct session_cache *cache, const unsigned char hash[SHA256_SIZE], int64_t now, struct arena *mem,
                       struct session_seen *out, bool *note_out);
/* Keeps what was read after `generation` was asked for. */
void session_cache_put(struct session_cache *cache, uint64_t generation, const unsigned char hash[SHA256_SIZE],
                       const struct session_seen *seen);
void session_cache_forget_account(struct session_cache *cache, int64_t account);
void session_cache_forget_session(struct session_cache *cache, int64_t id);
void session_cache_forget_token(struct session_cache *cache, const unsigned char hash[SHA256_SIZE]);

/* Idle no longer than half an hour, twelve hours old at most, the account not over. */
bool session_alive(const struct session_seen *seen, int64_t now);
