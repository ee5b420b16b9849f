/* day.h — days and times of day as China keeps them: UTC+8 all year, everywhere.  Knows no clock: an instant is
 * seconds since 1970 (UTC). */
#pragma once
#include "base/text.h"

#include <stdint.h>

struct day { int year, month, day; };              /* 2026, 8, 31 */
enum { DAY_SECONDS = 86400 };                      /* China has no summer time */

struct day day_of(int64_t at);
int64_t day_begins(struct day day);                /* its first second */
int64_t day_ends(struct day day);                  /* its last second: what is due on it may come until then */
struct day day_after(struct day day, int days);    /* so many days later */
int day_compare(struct day a, struct day b);       /* < 0: a is earlier */
int day_of_week(struct day day);                   /* 0 Monday … 6 Sunday */
/* "2026-08-31"; false for anything else, and for days that no calendar has. */
bool day_read(struct text text, struct day *out);
int64_t day_due(struct text written);                    /* the last second of a written day; 0 where none is written */
struct text day_text(struct day day, struct arena *mem); /* 2026-08-31 */
struct text day_shown(int64_t at, struct arena *mem);    /* 2026-08-31 */
struct text time_shown(int64_t at, struct arena *mem);   /* 2026-08-31 14:03 */
struct text clock_shown(int64_t at, struct arena *mem);  /* 14:03 */
