/* sessions.h — who is signed in, for the security administrator: seen and ended. */
#pragma once
#include "app/house.h"

struct session_view {
    int64_t id;
    struct text name, shown;
    enum role role;
    int64_t made_at, used_at;    /* used_at: noted once a minute */
    struct text address;         /* from where it was begun */
};
/* The last used first.   Errors  ERR_DENIED */
bool app_sessions(struct house *house, const struct actor *actor, int64_t now, struct arena *mem, struct session_view **out,
                  size_t *n_out, struct err *err) MUST_CHECK;
/* At once.  Never on the writer's thread.   Errors  ERR_DENIED; ERR_ABSENT: it has ended already */
bool app_session_end(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct err *err) MUST_CHECK;

/* One's own: where one is signed in, the last used first; *current_out is that of the token (0: none). */
bool app_sessions_own(struct house *house, const struct actor *actor, struct text token, int64_t now, struct arena *mem,
                      struct session_view **out, size_t *n_out, int64_t *current_out, struct err *err) MUST_CHECK;
/* At once.  Never on the writer's thread.   Errors  ERR_ABSENT: it has ended already, or is another's */
bool app_session_end_own(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct err *err) MUST_CHECK;
