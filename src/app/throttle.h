/* throttle.h — how many tries to sign in are allowed.  In a quarter of an hour: five under a name from one network,
 * twenty under a name from all devices together that were never seen with it; a known device has five of its own, so
 * that a stranger's guessing locks nobody out of his own computer.  Every try counts until it has succeeded. */
#pragma once
#include "app/house.h"
#include "store/session_store.h"

enum { THROTTLE_SECONDS = 15 * 60, TRIES_OF_ITS_OWN = 5, TRIES_OF_STRANGERS = 20 };

/* The part of an address that one household, school or office shares: /24 of IPv4, /64 of IPv6. */
struct text throttle_network(struct text address, struct arena *mem);
/* Counts a try, inside the writer; *last_out: no other is left after it.
 *   Errors  ERR_DENIED: none was left; the hint says when there will be one */
bool throttle_take(struct db_session *session, const struct try_key *key, int64_t now, bool *last_out, struct err *err) MUST_CHECK;
/* A duty (app/upkeep.h): what no longer counts is forgotten; who tried to come in from where is kept no longer than it is needed. */
bool throttle_tidy(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err) MUST_CHECK;
