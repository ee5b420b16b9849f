/* confine.h — a process gives up everything but its memory and the descriptors it holds, for good. */
#pragma once
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct confinement {
    uint64_t memory;       /* bytes it may map beyond what it holds now */
    unsigned cpu_seconds;  /* 0: no limit */
};

/* From here on: no new privileges, no core dump, memory and time bounded; files, sockets and
 * processes are refused with EACCES; whatever else is not needed to compute kills the process.
 * What libraries load from disk (iconv, locale) must have been loaded before.
 *   Errors   ERR_OUTSIDE: this kernel cannot; nothing may be parsed then
 *   Source   security.md §7 */
bool confine(const struct confinement *limits, struct err *err) MUST_CHECK;
