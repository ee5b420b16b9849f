#include "app/checked.h"

#include "standard/logic_check.h"

#include <string.h>

struct checked checked_start(struct arena *mem)
{
    return (struct checked){ .findings = { .mem = mem } };
}

void checked_again(struct checked *checked)
{
    checked->findings.n = checked->findings.dropped = 0;
}

void checked_returns(struct checked *checked, const struct edition *edition, const struct returns *returns)
{
    logic_checks(edition, returns, &checked->findings);
}

/* Those of `into` stand before the others. */
void checked_join(struct checked *checked, struct findings *into)
{
    struct findings *const from = &checked->findings;
    const size_t room = into->n < MAX_FINDINGS ? MAX_FINDINGS - into->n : 0, n = from->n < room ? from->n : room;
    const size_t all = into->n + n;
    struct finding *at = into->at;
    if (all > into->capacity && all <= from->capacity) { /* most are the checks': their array has room */
        at = from->at;
        memmove(at + into->n, at, n * sizeof *at);
        if (into->n)
            memcpy(at, into->at, into->n * sizeof *at);
        into->capacity = from->capacity;
    } else {
        if (all > into->capacity) {
            at = arena_grow(into->mem, at, into->n * sizeof *at, all * sizeof *at);
            into->capacity = all;
        }
        if (n)
            memcpy(at + into->n, from->at, n * sizeof *at); /* their texts live in the same memory */
    }
    into->at = at;
    into->n = all;
    into->dropped += from->dropped + (from->n - n);
    findings_sort(into);
}
