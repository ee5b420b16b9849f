/* cookie.h — one cookie out of the Cookie header, and Set-Cookie. */
#pragma once
#include "base/text.h"

enum { COOKIE_PAIRS = 50 };

/* The value of a cookie.  False when it is not there, or there twice with different values (somebody tries
 * to plant one beside ours), or when the header is malformed.  Points into the header. */
bool cookie_get(struct text header, struct text name, struct text *value_out);

enum cookie_life { COOKIE_SESSION, COOKIE_YEAR, COOKIE_END };
/* "name=value; Path=/; HttpOnly; SameSite=Lax[; Secure][; Max-Age=…]" in mem. */
struct text cookie_set(struct text name, struct text value, enum cookie_life life, bool secure, struct arena *mem);
