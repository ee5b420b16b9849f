/* accounts_inside.h — what making accounts, giving roles and inviting share; for the files of this subject alone. */
#pragma once
#include "app/accounts.h"
#include "store/account_store.h"

/* Whether the role, place and end of a wish can be, and the actor may give them: the three administrators' roles are the
 * console's business, and the place must be one of app/place_names.h (of schools and townships: once any are known).  A department
 * or school given by its name becomes one given by its code, in mem. */
bool account_grant_right(struct house *house, const struct actor *actor, struct account_wish *wish, int64_t now, struct arena *mem,
                         struct err *err) MUST_CHECK;
/* The name and the words one is called by. */
bool account_names_right(struct text name, struct text shown, struct err *err) MUST_CHECK;
/* Somebody else's account, that the actor may act on.  ERR_ABSENT, ERR_DENIED */
bool account_of_another(struct db_session *session, const struct actor *actor, struct text name, struct arena *mem,
                        struct account_record *out, struct err *err) MUST_CHECK;
/* "role=clerk place=school:2101 until=2026-08-31", for the audit. */
struct text account_grant_said(enum role role, struct place place, int64_t valid_until, struct arena *mem);
/* After the commit: nothing that is remembered of the account's sessions holds any more. */
void account_sessions_forget(struct house *house, int64_t account);
