/* tokens.h — API tokens: a program's way in, made by a person, never able to do more than he. */
#pragma once
#include "app/access.h"

enum { API_TOKEN_SIZE = 3 + TOKEN_SIZE, API_TOKEN_DAYS = 90, API_TOKEN_MOST_DAYS = 366 };   /* "jh_" and 256 bits */
/* What a token can be allowed. */
__extension__ enum { TOKEN_PERMISSIONS = MAY_SEE | MAY_EXPORT | MAY_TRY | MAY_IMPORT | MAY_EDIT };

struct token_wish {
    struct text owner;          /* the account's name; empty: the actor's own.  Another's: the console only */
    struct text name;           /* what it is for: “区里数据平台” */
    int64_t grant;              /* in which of the owner's roles (grants.h); 0: the account's own.  The token ends with it */
    uint64_t permissions;       /* of that role's */
    struct place place;         /* in that role's */
    int days;
};
struct token_view {
    int64_t id;
    struct text owner, name;
    enum role role;             /* in which it is */
    uint64_t permissions;
    struct place place;
    int64_t made_at, valid_until, revoked_at, used_at;   /* 0: not; the first two ends are its role's where that ends before; used_at is noted once an hour */
};

/* The token itself goes to token_out and nowhere else: only its hash is kept.
 *   Errors  ERR_DENIED: may not, or wishes more than the owner has; ERR_INPUT: name, days, permissions; ERR_ABSENT: no such owner,
 *           or he has no such role (any more) */
bool app_token_create(struct house *house, const struct actor *actor, const struct token_wish *wish, int64_t now, struct arena *mem,
                      char token_out[API_TOKEN_SIZE + 1], struct token_view *out, struct err *err) MUST_CHECK;
/* One's own; everybody's for who may end sessions and for the console.  The newest first. */
bool app_tokens(struct house *house, const struct actor *actor, struct arena *mem, struct token_view **out, size_t *n_out,
                struct err *err) MUST_CHECK;
/* The same ones can be revoked, at once.   Errors  ERR_DENIED, ERR_ABSENT */
bool app_token_revoke(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct err *err) MUST_CHECK;
