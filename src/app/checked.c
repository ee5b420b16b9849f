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

void checked_join(struct checked *checked, struct findings *into)
{
    const struct findings *from = &checked->findings;
    const size_t room = into->n < MAX_FINDINGS ? MAX_FINDINGS - into->n : 0, n = from->n < room ? from->n : room;
    if (into->n + n > into->capacity) {
        into->at = arena_grow(into->mem, into->at, into->n * sizeof *into->at, (into->n + n) * sizeof *into->at);
        into->capacity = into->n + n;
    }
    if (n)
        memcpy(into->at + into->n, from->at, n * sizeof *into->at); /* their texts live in the same memory */
    into->n += n;
    into->dropped += from->dropped + (from->n - n);
    findings_sort(into);
}
