/* lanes.h — two figures at a time, on any machine: what the compiler's own vectoriser leaves undone.
 * Private to this room. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef double pair __attribute__((vector_size(16)));
typedef int64_t pair_bits __attribute__((vector_size(16)));   /* −1: true, 0: false */

static inline pair pair_load(const double *from)
{
    pair two;
    memcpy(&two, from, sizeof two);
    return two;
}

static inline pair pair_of(double both)
{
    return (pair){ both, both };
}

/* 1 where the condition holds, 0 elsewhere, as figures. */
static inline pair pair_if(pair_bits condition)
{
    return (pair)(condition & (pair_bits)pair_of(1));
}

/* A sum in four lanes, always added up in the same order. */
struct lanes { pair a, b; };

static inline double lanes_add_up(struct lanes four)
{
    return (four.a[0] + four.a[1]) + (four.b[0] + four.b[1]);
}

/* How many bytes equal `wanted`; in short blocks, so that a byte can count them. */
static inline size_t lanes_count(const uint8_t *bytes, size_t n, uint8_t wanted)
{
    enum { BLOCK = 192 };
    size_t all = 0;
    for (size_t from = 0; from < n; from += BLOCK) {
        const size_t to = n - from < BLOCK ? n : from + BLOCK;
        uint8_t some = 0;
        for (size_t i = from; i < to; i++)
            some = (uint8_t)(some + (bytes[i] == wanted));
        all += some;
    }
    return all;
}
