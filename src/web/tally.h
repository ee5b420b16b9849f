/* tally.h — how many requests of each route ended how, and how long they took: for /metrics. */
#pragma once
#include "base/text.h"

#include <stdint.h>

struct tally;
struct tally *tally_new(struct arena *mem, size_t routes);  /* routes + 1: the last is "no route" */
void tally_add(struct tally *tally, size_t route, int status, int64_t microseconds);
void tally_csp(struct tally *tally);
void tally_cut(struct tally *tally, unsigned n);
/* Prometheus' text format; names[routes + 1]. */
void tally_print(const struct tally *tally, const char *const *names, struct buf *into);
