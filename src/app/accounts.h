/* accounts.h — who can sign in, in which role, where and until when.  For the system administrator and the console.
 *
 * Nobody changes his own account here.  The accounts of the three administrators are the console's business: one of
 * them could otherwise make himself the others.  All acts that write never run on the writer's thread. */
#pragma once
#include "app/password.h"
#include "app/house.h"

struct account_wish {
    struct text name;        /* to sign in with: 2 to 32 letters, digits, ._- or Chinese characters; small, half-width */
    struct text shown;       /* 王敏 */
    enum role role;
    struct place place;
    int64_t valid_until;     /* the first second at which it is over; 0: no end (never for an assessor) */
};
struct account_view {
    int64_t id;
    struct text name, shown;
    enum role role;
    struct place place;
    int64_t valid_until, disabled_at, made_at, password_at;   /* 0: not */
    bool must_change;
};
struct account_ended { size_t sessions, tokens; };

/* A new account with a password that is told once and must be changed.
 *   Errors  ERR_DENIED; ERR_INPUT: a name, role, place or date that cannot be; ERR_ABSENT: no such school or township among the
 *           returns; ERR_CONFLICT: the name is taken; ERR_LIMIT */
bool app_account_add(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now, struct arena *mem,
                     char password_out[PASSWORD_MADE + 1], struct err *err) MUST_CHECK;
bool app_accounts(struct house *house, const struct actor *actor, struct arena *mem, struct account_view **out, size_t *n_out,
                  struct err *err) MUST_CHECK;
/* Ends its sessions and revokes its tokens, at once. */
bool app_account_disable(struct house *house, const struct actor *actor, struct text name, int64_t now, struct account_ended *out,
                         struct err *err) MUST_CHECK;
bool app_account_enable(struct house *house, const struct actor *actor, struct text name, int64_t now, struct err *err) MUST_CHECK;
/* A new initial password; ends its sessions and forgets its known devices. */
bool app_account_reset(struct house *house, const struct actor *actor, struct text name, int64_t now, struct arena *mem,
                       char password_out[PASSWORD_MADE + 1], struct account_ended *out, struct err *err) MUST_CHECK;
/* Another role or place (name, shown of the wish are not used but to find it); ends its sessions, revokes its tokens. */
bool app_account_grant(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now,
                       struct account_ended *out, struct err *err) MUST_CHECK;

/* The end of a grant for a school year: after 31 August (2025: of 2026).  And for a last day: after it. */
int64_t grant_end_of_school_year(int year);
bool grant_end_of_day(struct text day, int64_t *out, struct err *err) MUST_CHECK;   /* "2026-08-31".  ERR_INPUT */
