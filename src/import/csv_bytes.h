/* csv_bytes.h — the few things that are done to every field of millions of rows, without a branch
 * a byte: plain figures, and whether two short texts are the same. */
#pragma once
#include "base/number.h"

#include <stdint.h>
#include <string.h>

/* a and b hold size bytes each. */
static inline bool same_bytes(const char *a, const char *b, size_t size)
{
    uint64_t a8, b8, c8, d8;
    uint32_t a4, b4, c4, d4;
    if (size >= 8) {
        memcpy(&a8, a, 8);
        memcpy(&b8, b, 8);
        memcpy(&c8, a + size - 8, 8);
        memcpy(&d8, b + size - 8, 8);
        return ((a8 ^ b8) | (c8 ^ d8)) == 0 && (size <= 16 || memcmp(a + 8, b + 8, size - 16) == 0);
    }
    if (size >= 4) {
        memcpy(&a4, a, 4);
        memcpy(&b4, b, 4);
        memcpy(&c4, a + size - 4, 4);
        memcpy(&d4, b + size - 4, 4);
        return ((a4 ^ b4) | (c4 ^ d4)) == 0;
    }
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

/* How many of the eight bytes at `at` are digits before the first that is none, and their value,
 * which is nothing sensible when there is none. */
static inline unsigned eight_digits(const char *at, uint64_t *value_out)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t bytes;
    memcpy(&bytes, at, 8);
    bytes ^= 0x3030303030303030u; /* digits become 0–9; in what follows a carry spoils only later bytes */
    const uint64_t others = ((bytes + 0x7676767676767676u) | bytes) & 0x8080808080808080u;
    const unsigned n = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    bytes <<= (64 - 8 * n) & 63; /* leading zeros; blank fields are as common as figures, so no branch for them */
    bytes = bytes * 10 + (bytes >> 8);
    const uint64_t pairs = 0x000000FF000000FFu;
    *value_out = ((bytes & pairs) * 0x000F424000000064u + ((bytes >> 16) & pairs) * 0x0000271000000001u) >> 32;
    *value_out &= 0xFFFFFFFFu;
    return n;
#else
    unsigned n = 0;
    uint64_t value = 0;
    for (; n < 8 && at[n] >= '0' && at[n] <= '9'; n++)
        value = value * 10 + (uint64_t)(at[n] - '0');
    *value_out = value;
    return n;
#endif
}

/* Up to sixteen digits; more are counted as sixteen. */
static inline unsigned long_digits(const char *at, uint64_t *value_out)
{
    const unsigned n = eight_digits(at, value_out);
    if (n < 8)
        return n;
    uint64_t more;
    const unsigned m = eight_digits(at + 8, &more);
    static const uint64_t POWER[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };
    *value_out = m ? *value_out * POWER[m] + more : *value_out;
    return 8 + m;
}

/* A plain figure: up to twelve digits, a point and more digits where `point` allows them, fifteen
 * in all; ended by a byte of `ends`.  A field without any byte is BLANK.
 *   Given    24 bytes can be looked at
 *   Returns  its end; NULL where the field wants care
 *   Rule     the double that number_parse gives: both operands exact, one rounded division */
static inline const char *plain_figure(const char *at, const bool ends[256], bool point, double *out)
{
    static const uint64_t POWER[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000 };
    uint64_t whole, part;
    const unsigned n = long_digits(at, &whole);
    const char *end = at + n;
    if (ends[(unsigned char)*end]) {
        const double figure = (double)whole, blank = BLANK;
        uint64_t bits, blank_bits;
        memcpy(&bits, &figure, sizeof bits);
        memcpy(&blank_bits, &blank, sizeof bits);
        bits = n ? bits : blank_bits;
        memcpy(out, &bits, sizeof bits);
        return n <= 12 ? end : NULL;
    }
    if (*end != '.' || !point || !n || n > 12)
        return NULL;
    const unsigned after = eight_digits(end + 1, &part);
    end += 1 + after;
    if (!after || after == 8 || n + after > 15 || !ends[(unsigned char)*end])
        return NULL;
    *out = (double)(whole * POWER[after] + part) / (double)POWER[after];
    return end;
}
