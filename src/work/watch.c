#include "work/watch.h"

/* The nearest year before `at` that has data; `at` itself when there is none from `first` on. */
static size_t known_before(const uint8_t *marks, size_t first, size_t at)
{
    for (size_t y = at; y > first; y--)
        if (marks[y - 1] != WATCH_UNKNOWN)
            return y - 1;
    return at;
}

struct watch_found watch_of(const uint8_t *marks, size_t n, size_t first)
{
    struct watch_found out = { .alarm = WATCH_QUIET };
    const size_t at = n - 1;
    if (!n || first > at || marks[at] != WATCH_FAILS)
        return out;
    out.before = known_before(marks, first, at);
    if (out.before == at)
        return out;
    out.unknown = at - out.before - 1;
    out.alarm = marks[out.before] == WATCH_PASSES ? WATCH_SLIPPED : WATCH_AT_RISK;
    out.since = at;
    for (size_t y = at; y > first && marks[y - 1] != WATCH_PASSES; y--)
        if (marks[y - 1] == WATCH_FAILS)
            out.since = y - 1;
    return out;
}
