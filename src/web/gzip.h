/* gzip.h — a body made smaller, cheaply. */
#pragma once
#include "base/text.h"

#include <stdint.h>

/* False when it does not pay. */
bool gzip_made(struct text from, struct arena *mem, struct text *out);

/* A part of an answer that is pressed once and sent many times, between parts that differ each time: it refers to
 * nothing before it and ends at a whole byte. */
struct gzip_part { struct text pressed; size_t size; uint32_t crc; };
bool gzip_part_made(struct text from, struct arena *mem, struct gzip_part *out);
/* parts[n + 1] with between[n] (as they are, not pressed) between them, as one gzip. */
struct text gzip_joined(const struct gzip_part *parts, const struct text *between, size_t n, struct arena *mem);
