/* number.h — decimal text to double and back, exactly, quickly, without the locale. */
#pragma once
#include "base/text.h"

#include <stdbool.h>

/* A blank: nobody reported it.  Never 0, never a pass. */
#define BLANK __builtin_nan("")
#define is_blank(x) __builtin_isnan(x)

/* Reads a whole ASCII text as a decimal number: [+-]digits[.digits][e[+-]digits].
 *   Returns  false when anything else stands in it, or when it is not finite
 *   Rule     the double nearest to what is written (as strtod) */
bool number_parse(struct text text, double *out);

enum { NUMBER_SIZE = 32 };
/* The shortest decimal that reads back as the same double ("0.1", "61234", "1e+21").
 * Writes at most NUMBER_SIZE bytes, zero-ended; returns their count.  x must be finite. */
size_t number_shortest(char into[NUMBER_SIZE], double x);
/* With a fixed count of decimals (0–9), halves away from zero as the shortest decimal of x
 * reads: 2.675 → "2.68".  Zero-ended. */
size_t number_fixed(char into[64], double x, int decimals);
/* Rounds like number_fixed. */
double number_round(double x, int decimals);
