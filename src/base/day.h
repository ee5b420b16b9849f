/* day.h — days and times of day as China keeps them: UTC+8 all year, everywhere.  Knows no clock: an instant is
 * seconds since 1970 (UTC). */
#pragma once
#include "base/text.h"

#include <stdint.h>

struct day { int year, month, day; };              /* 2026, 8, 31 */

struct day day_of(int64_t at);
int64_t day_begins(struct day day);                /* its first second */
/* "2026-08-31"; false for anything else, and for days that no calendar has. */
bool day_read(struct text text, struct day *out);
struct text day_shown(int64_t at, struct arena *mem);    /* 2026-08-31 */
struct text time_shown(int64_t at, struct arena *mem);   /* 2026-08-31 14:03 */
struct text clock_shown(int64_t at, struct arena *mem);  /* 14:03 */
