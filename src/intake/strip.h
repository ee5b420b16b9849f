/* strip.h — a long column that grows without being copied: the pages move, not the bytes. */
#pragma once
#include "base/arena.h"
#include "base/err.h"

struct strip { char *at; size_t size; };

/* Makes it at least `size` bytes long, twice as long as before at least; new bytes are zero.  The
 * memory goes with the arena that it was first made in.  The strip itself must stay where it is. */
bool strip_grow(struct strip *strip, size_t size, struct arena *mem, struct err *err) MUST_CHECK;
