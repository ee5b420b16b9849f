#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double POWER[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static bool parse_slowly(struct text text, double *out)
{
    char copy[512];
    if (text.size >= sizeof copy)
        return false;
    memcpy(copy, text.at, text.size);
    copy[text.size] = '\0';
    char *end;
    const double x = strtod(copy, &end); /* the program never calls setlocale for numbers */
    if (end != copy + text.size || !isfinite(x))
        return false;
    *out = x;
    return true;
}

bool number_parse(struct text text, double *out)
{
    const char *at = text.at, *const end = text.at + text.size;
    bool negative = false;
    if (at < end && (*at == '-' || *at == '+'))
        negative = *at++ == '-';
    uint64_t mantissa = 0;
    int digits = 0, after = 0, exponent = 0;
    bool any = false;
    for (; at < end && (unsigned char)(*at - '0') < 10; at++, any = true)
        if (mantissa || *at != '0') {
            mantissa = mantissa * 10 + (uint64_t)(*at - '0');
            digits++;
        }
    if (at < end && *at == '.')
        for (at++; at < end && (unsigned char)(*at - '0') < 10; at++, any = true) {
            after++;
            if (mantissa || *at != '0') {
                mantissa = mantissa * 10 + (uint64_t)(*at - '0');
                digits++;
            }
        }
    if (!any)
        return false;
    if (at < end && (*at == 'e' || *at == 'E')) {
        bool below = false, given = false;
        if (++at < end && (*at == '-' || *at == '+'))
            below = *at++ == '-';
        for (; at < end && (unsigned char)(*at - '0') < 10; at++, given = true)
            if (exponent < 100000)
                exponent = exponent * 10 + (*at - '0');
        if (!given)
            return false;
        if (below)
            exponent = -exponent;
    }
    if (at != end)
        return false;
    const int scale = exponent - after;
    /* Mantissa and power are both exact doubles: one correctly rounded operation (Clinger). */
    if (digits <= 15 && scale >= -22 && scale <= 22) {
        const double x = scale < 0 ? (double)mantissa / POWER[-scale] : (double)mantissa * POWER[scale];
        *out = negative ? -x : x;
        return true;
    }
    return parse_slowly(text, out);
}

/* Digits of a mantissa with the decimal point `after` places from its right end. */
static size_t write_plain(char *into, bool negative, uint64_t mantissa, int after)
{
    char digits[24];
    int n = 0;
    do {
        digits[n++] = (char)('0' + mantissa % 10);
        mantissa /= 10;
    } while (mantissa || n <= after);
    size_t size = 0;
    if (negative)
        into[size++] = '-';
    while (n > 0) {
        if (n == after)
            into[size++] = '.';
        into[size++] = digits[--n];
    }
    into[size] = '\0';
    return size;
}

/* Both sides exact doubles, one rounded division: what reads back as x is found exactly. */
static bool reads_back(double x, int after, uint64_t *mantissa_out)
{
    const double scaled = x * POWER[after];
    if (scaled >= 9e15)
        return false;
    const double mantissa = (double)(uint64_t)(scaled + 0.5);
    if (mantissa / POWER[after] != x)
        return false;
    *mantissa_out = (uint64_t)mantissa;
    return true;
}

/* At most 15 digits: all that people type, and exact fractions. */
static bool short_decimal(double x, uint64_t *mantissa, int *after)
{
    int most = 15; /* decimals that leave 15 digits */
    for (double whole = 1; whole <= x; whole *= 10)
        most--;
    for (double part = 0.1; part > x && most < 22; part /= 10)
        most++;
    if (!reads_back(x, most, mantissa)) /* most results of arithmetic: not short at all */
        return false;
    for (*after = 1; *after < most; ++*after)
        if (reads_back(x, *after, mantissa))
            return true;
    return reads_back(x, most, mantissa);
}

/* 16 or 17 digits, with the 64-bit mantissa of long double: taken where the decimal lies so near
 * to x that reading it cannot give a neighbour; the rest is left to printf. */
static bool long_decimal(double x, uint64_t *mantissa, int *after)
{
    const long double gap = (long double)(nextafter(x, INFINITY) - x) / 2, sure = gap * (1 - 1.0L / 256);
    int decimals = 16;
    for (double whole = 1; whole <= x; whole *= 10)
        decimals--;
    for (double part = 0.1; part > x && decimals < 21; part /= 10)
        decimals++;
    for (int digits = 16; digits <= 17; digits++, decimals++) {
        const long double power = (long double)POWER[decimals], scaled = (long double)x * power;
        if (scaled >= 1.8e19L)
            return false;
        const uint64_t whole = (uint64_t)(scaled + 0.5L);
        const long double m = (long double)whole;
        const long double off = fabsl(m / power - (long double)x);
        if (off >= sure && off <= gap * (1 + 1.0L / 256))
            return false; /* too near to call */
        if (off < sure) {
            *mantissa = whole;
            *after = decimals;
            while (*after > 1 && *mantissa % 10 == 0)
                *mantissa /= 10, --*after;
            return true;
        }
    }
    return false;
}

size_t number_shortest(char into[NUMBER_SIZE], double x)
{
    const double positive = fabs(x);
    if (positive < 1e15 && positive == floor(positive)) /* −0 prints as 0 */
        return write_plain(into, x < 0, (uint64_t)positive, 0);
    if (positive >= 1e-4 && positive < 1e9) {
        uint64_t mantissa;
        int after;
        if (short_decimal(positive, &mantissa, &after) || long_decimal(positive, &mantissa, &after))
            return write_plain(into, x < 0, mantissa, after);
    }
    for (int digits = 15; digits <= 17; digits++) {
        const int size = snprintf(into, NUMBER_SIZE, "%.*g", digits, x);
        if (digits == 17 || strtod(into, NULL) == x)
            return (size_t)size;
    }
    return 0;
}

double number_round(double x, int decimals)
{
    if (!isfinite(x) || fabs(x) >= 1e15)
        return x;
    const double power = POWER[decimals];
    const double scaled = fabs(x) * power;
    if (scaled >= 9e15)
        return x;
    double whole = floor(scaled);
    /* 2.675 is a little below the half in binary, yet people wrote and read 2.675. */
    if (scaled - whole >= 0.5 - 1e-12 * (scaled > 1 ? scaled : 1))
        whole += 1;
    return x < 0 ? -(whole / power) : whole / power;
}

size_t number_fixed(char into[64], double x, int decimals)
{
    double rounded = number_round(x, decimals);
    if (rounded == 0)
        rounded = 0; /* no "−0.00" */
    if (fabs(rounded) * POWER[decimals] < 9e15)
        return write_plain(into, rounded < 0, (uint64_t)nearbyint(fabs(rounded) * POWER[decimals]), decimals);
    const int size = snprintf(into, 64, "%.*g", 17, x);
    return size < 0 ? 0 : (size_t)size;
}
