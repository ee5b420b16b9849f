/* sort.h — a stable sort of things of 16 bytes by a number each has.
 *
 * Not qsort: glibc's asks the system how much memory there is, which the confined child may not. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { SORTED_SIZE = 16 };

void sort_stably(void *things, size_t n, uint64_t (*place)(const void *thing));
