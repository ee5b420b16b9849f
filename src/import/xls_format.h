/* xls_format.h — what a number format makes of a number: a date, a percentage, or nothing special. */
#pragma once
#include "base/text.h"

struct number_format { bool date, percent; };

/* By the number of a format that every program knows without being told (Chinese Excel's too). */
struct number_format number_format_builtin(unsigned id);
/* By its code: yyyy"年"m"月", 0.00%, [$-804]d\-mmm …  Times of day are no dates. */
struct number_format number_format_code(struct text code);
/* A day number as YYYYMMDD; false when it is no day (Excel counts from 1 = 1900-01-01 and thinks
 * 1900 a leap year, or from 0 = 1904-01-01). */
bool date_of_serial(double serial, bool from_1904, double *out);
