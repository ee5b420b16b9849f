/* access_inside.h — what signing in, sessions and tokens share; for the files of this subject alone. */
#pragma once
#include "app/access.h"
#include "app/password.h"
#include "app/session_cache.h"
#include "store/session_store.h"

enum { SESSION_IDLE = 30 * 60, SESSION_LONGEST = 12 * 3600, DEVICE_KNOWN = 180 * 86400 };

/* One for a house: house_open makes it, house_close ends it. */
struct access { struct password_gate *gate; struct session_cache *sessions; };
struct access *access_new(struct arena *mem, unsigned cores);
void access_end(struct access *access);
struct access *house_access(const struct house *house);

/* SHA-256 of a token as it stands in the database. */
struct text token_hash(struct text token, struct arena *mem);
/* 256 random bits. */
void token_make(char out[TOKEN_SIZE + 1]);

/* The actor whom an account's row makes; a role or place that this program does not know allows nothing. */
struct actor actor_of_account(const struct account_record *account, enum channel channel, struct text address);
bool account_over(const struct account_record *account, int64_t now);   /* disabled, or past its last day */
/* Names are compared as if all were typed in small half-width letters without blanks. */
struct text account_name(struct text typed, struct arena *mem);

/* Where the account's own role is over but another of its roles stands, the record becomes that role's; *grant_out says
 * which (0: its own).  Whoever has a standing role at all comes in with it. */
bool account_in_standing_role(struct db_session *session, struct account_record *account, int64_t now, struct arena *mem,
                              int64_t *grant_out, struct err *err) MUST_CHECK;

/* Begins a session in one of the account's roles (0: its own): its token and the known device's go to `out`.  Inside the writer. */
bool session_begin(struct db_session *session, int64_t account, int64_t grant, struct text address, int64_t now, struct signed_in *out,
                   struct err *err) MUST_CHECK;
