/* query.h — "?a=1&b=2", decoded. */
#pragma once
#include "web/pairs.h"

enum { QUERY_PAIRS = 64 };

/* ERR_USAGE: badly encoded, or more than QUERY_PAIRS. */
bool query_parse(struct text raw, struct arena *mem, struct pairs *out, struct err *err) MUST_CHECK;
/* The query with one name set to a value (or dropped, where the value is empty): "?a=1&year=2025"; empty: no
 * query at all.  The query comes as it was asked for, the value as people read it. */
struct text query_with(struct text raw, const char *name, struct text value, struct arena *mem);
