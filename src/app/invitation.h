/* invitation.h — how somebody gets his first password without anybody else having known it: by a link that opens once,
 * within seven days.  Only the hash of what stands in the link is kept.
 *
 * Acts that write never run on the writer's thread. */
#pragma once
#include "app/access.h"
#include "app/accounts.h"

enum { INVITATION_DAYS = 7 };
struct invitation {
    struct text name;                   /* of the account */
    char token[TOKEN_SIZE + 1];         /* "/invitation/" + this is the way in; told once */
    int64_t valid_until;
};

/* A new account without a password, and its invitation.   Errors  as app_account_add */
bool app_account_invite(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now, struct arena *mem,
                        struct invitation *out, struct err *err) MUST_CHECK;
/* Several at once: all of them, or none.  *fault_out: which wish it failed at (n: none of them alone).  Roles beside
 * the first: a wish whose name a wish before it has. */
bool app_accounts_invite(struct house *house, const struct actor *actor, const struct account_wish *wishes, size_t n, int64_t now,
                         struct arena *mem, struct invitation **out, size_t *n_out, size_t *fault_out, struct err *err) MUST_CHECK;
/* A link for an account that exists: its password, sessions, known devices end with it.   Errors  ERR_DENIED, ERR_ABSENT */
bool app_invitation_make(struct house *house, const struct actor *actor, struct text name, int64_t now, struct arena *mem,
                         struct invitation *out, struct err *err) MUST_CHECK;

struct invitation_view { struct text name, shown; enum role role; struct place place; int64_t valid_until; };
/* What the link opens.   Errors  ERR_ABSENT: used, replaced, run out: the same words for all */
bool app_invitation_see(struct house *house, struct text token, int64_t now, struct arena *mem, struct invitation_view *out,
                        struct err *err) MUST_CHECK;
/* Sets the password and signs in; the link opens nothing any more.  Where the account asks for a second factor, out->token stays
 * empty: a link is no way around it.  Slow: never on an HTTP worker.
 *   Errors  ERR_ABSENT; ERR_INPUT: the password is too weak; ERR_LIMIT */
bool app_invitation_use(struct house *house, struct text token, struct text password, struct text address, int64_t now,
                        struct arena *mem, struct signed_in *out, struct err *err) MUST_CHECK;
