/* access.h — signing in and out, sessions, API tokens: how a request gets its actor. */
#pragma once
#include "app/house.h"

enum { TOKEN_SIZE = 43 };  /* 256 random bits as base64url */

struct sign_in_request {
    struct text name, password, address;
    struct text device;        /* the known-device cookie; may be empty */
    int64_t now;               /* seconds since 1970 */
};
struct signed_in {
    char token[TOKEN_SIZE + 1];    /* of the session cookie; only its hash is stored */
    char device[TOKEN_SIZE + 1];   /* of the known-device cookie */
    struct actor actor;
    struct text ticket;            /* not empty: a second factor is asked for, nobody is signed in yet; app_sign_in_second takes it */
};
/* Argon2id; throttled (security.md §3); the same sentence and the same time for unknown names.  Slow: never on an HTTP worker.
 *   Errors  ERR_DENIED: name or password wrong, or not now (hint: when); ERR_LIMIT: too many are signing in */
bool app_sign_in(struct house *house, const struct sign_in_request *request, struct arena *mem, struct signed_in *out,
                 struct err *err) MUST_CHECK;
/* The second step: the code of the authenticator program (totp.h).  A ticket holds for five minutes and one password.
 *   Errors  ERR_DENIED: the code is wrong, was used, or not now; the ticket has run out */
bool app_sign_in_second(struct house *house, struct text ticket, struct text code, const struct sign_in_request *request, struct arena *mem,
                        struct signed_in *out, struct err *err) MUST_CHECK;
/* At once, everywhere.   Never on the writer's thread (nor the other acts below that write): what is remembered of a
 * session is forgotten after the commit. */
bool app_sign_out(struct house *house, const struct actor *actor, struct text token, int64_t now, struct err *err) MUST_CHECK;
/* Ends every session of the account, forgets its known devices, begins a new session.  Slow: never on an HTTP worker.
 *   Errors  ERR_INPUT: the new one is too weak; ERR_DENIED: the old one is wrong, or not now; ERR_LIMIT */
bool app_change_password(struct house *house, const struct actor *actor, struct text old, struct text new_one, int64_t now,
                         struct arena *mem, struct signed_in *out, struct err *err) MUST_CHECK;

/* Whose session this is: idle 30 minutes, 12 hours at most.  The last use is noted at most once a minute, later.
 *   Errors  ERR_DENIED: none, ended, or run out */
bool app_session(struct house *house, struct text token, struct text address, int64_t now, struct arena *mem,
                 struct actor *out, struct err *err) MUST_CHECK;
/* The hidden field of forms: bound to the session by HMAC. */
void app_form_token(const struct house *house, struct text token, char out[TOKEN_SIZE + 1]);
bool app_form_token_right(const struct house *house, struct text token, struct text field);

/* What stands behind `Authorization: Bearer `; the permissions are those of the token and of its maker's role.
 *   Errors  ERR_DENIED: unknown, revoked, run out */
bool app_bearer(struct house *house, struct text bearer, struct text address, int64_t now, struct arena *mem,
                struct actor *out, struct err *err) MUST_CHECK;
