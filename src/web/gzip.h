/* gzip.h — a body made smaller, cheaply. */
#pragma once
#include "base/text.h"

/* False when it does not pay. */
bool gzip_made(struct text from, struct arena *mem, struct text *out);
/* A gzip of ours undone, for the rare client that does not take it.  `largest`: more is not believed. */
bool gzip_undone(struct text from, size_t largest, struct arena *mem, struct text *out);
