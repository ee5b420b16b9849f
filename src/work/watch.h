/* watch.h — the yearly watch (年度监测): what passed and does no more (滑坡), what has failed for two years running (撤销风险).
 *
 *   Rule     滑坡: it passed in the year before and fails in this one.  撤销风险: it fails in both.  A year without data is neither a pass
 *            nor a failure: the year before it is looked at instead, and the missing years are told.
 *   Source   domain specification §1.7 (C) */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum watch_mark { WATCH_UNKNOWN, WATCH_PASSES, WATCH_FAILS };
enum watch_alarm { WATCH_QUIET, WATCH_SLIPPED, WATCH_AT_RISK };

struct watch_found {
    enum watch_alarm alarm;
    size_t before;       /* the year it is compared with */
    size_t since;        /* the first year of the failures */
    size_t unknown;      /* years without data between them */
};
/* Given   marks[n] of years, oldest first; `first`: years before it do not count (of the watch after recognition: that of recognition)
 * Returns what is to be said of the last of them */
struct watch_found watch_of(const uint8_t *marks, size_t n, size_t first);
