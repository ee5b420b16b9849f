/* grants.h — one person, several roles: each at a place, until the end of a school year or a day.
 *
 * An account carries a role of its own (accounts.h); further ones are granted beside it.  A session is in one of them at a
 * time: what one may do is never the sum.  Whoever is one of the three administrators has no other role.
 * Acts that write never run on the writer's thread. */
#pragma once
#include "app/access.h"
#include "app/accounts.h"

struct grant_view {
    int64_t id;              /* 0: the account's own */
    enum role role;
    struct place place;
    int64_t valid_until;     /* 0: no end (the account's own alone) */
    int64_t made_at;
    struct text made_by;     /* empty for the account's own */
    bool over, current;      /* current: of the session that asks */
};

/* A further role for the account of wish->name; wish->valid_until 0: until 31 August of the school year that runs.
 *   Errors  ERR_DENIED: may not; one's own account; an administrator's role beside another; ERR_INPUT; ERR_ABSENT: no such account or
 *           place; ERR_CONFLICT: has it already */
bool app_grant_add(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now, struct err *err) MUST_CHECK;
/* Takes one back: sessions end at once, tokens in it are revoked.   Errors  ERR_DENIED, ERR_ABSENT */
bool app_grant_end(struct house *house, const struct actor *actor, struct text name, int64_t id, int64_t now, struct err *err) MUST_CHECK;
/* All roles of an account, its own first; for who may see accounts.   Errors  ERR_DENIED, ERR_ABSENT */
bool app_grants(struct house *house, const struct actor *actor, struct text name, int64_t now, struct arena *mem, struct grant_view **out,
                size_t *n_out, struct err *err) MUST_CHECK;
/* One's own that stand. */
bool app_grants_own(struct house *house, const struct actor *actor, struct text token, int64_t now, struct arena *mem,
                    struct grant_view **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Goes on in another of one's roles: a new session begins, the one of the token ends.   Errors  ERR_ABSENT: not one's own, or over */
bool app_grant_switch(struct house *house, const struct actor *actor, struct text token, int64_t id, int64_t now, struct arena *mem,
                      struct signed_in *out, struct err *err) MUST_CHECK;
/* When the school year that runs at `now` ends: after 31 August. */
int64_t grant_end_usual(int64_t now);
