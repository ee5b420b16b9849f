/* lockout.h — who has tried a password too often (throttle.h), seen and let in again by the system administrator. */
#pragma once
#include "app/house.h"

struct lockout {
    int64_t failures;     /* tries under the name in the last quarter of an hour that did not succeed */
    int64_t until;        /* no further try before; 0: there is no lock */
    bool everywhere;      /* from any unknown computer; else only from where the failures came */
};
/* For who manages accounts.   Errors  ERR_DENIED, ERR_OUTSIDE */
bool app_lockout(struct house *house, const struct actor *actor, struct text name, int64_t now, struct lockout *out, struct err *err) MUST_CHECK;
/* Forgets the failures: the next try is heard.  Never on the writer's thread.
 *   Errors  ERR_DENIED: may not, or an administrator's account on a page; ERR_ABSENT: no such account, or nothing to forget */
bool app_lockout_end(struct house *house, const struct actor *actor, struct text name, int64_t now, struct err *err) MUST_CHECK;
