/* pairs.h — names with values, as queries, forms and cookies carry them, decoded. */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct pair { struct text name, value; };
struct pairs { struct pair *pair; size_t n, capacity; };

void pairs_add(struct pairs *pairs, struct arena *mem, struct text name, struct text value);
/* The first value of that name; false and an empty text when there is none. */
bool pairs_get(const struct pairs *pairs, const char *name, struct text *value_out);
