/* gzip.h — a body made smaller, cheaply. */
#pragma once
#include "base/text.h"

/* False when it does not pay. */
bool gzip_made(struct text from, struct arena *mem, struct text *out);
