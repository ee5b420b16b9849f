/* assess.h — from returns to verdicts.  Pure: no I/O, no clock. */
#pragma once
#include "model/assessment.h"

struct assess_request {
    const struct edition *edition;
    const struct relaxation_on *relaxations;
    size_t n_relaxations;
    uint16_t by;          /* an item by which sets are assessed too (township, district, area_kind, ownership); NO_ITEM: none */
    bool needs;           /* work out missing and missing_to_floor */
    bool shares;          /* work out each unit's share in each coefficient */
    bool failing_rows;    /* name the schools that fail each rule, those that pass and those that cannot be judged */
};

/* Assesses every county and year of arranged returns; all results live in mem.  Results are
 * bit-identical however the counties are spread over calls and threads. */
void assess(const struct returns *returns, const struct assess_request *request, struct arena *mem,
            struct assessment *out);
/* Assesses counties first … first + n − 1 alone, for callers that use threads or let go of results as
 * they go: out[n].  Calls may run at the same time, each with its own mem. */
void assess_range(const struct returns *returns, const struct assess_request *request, size_t first, size_t n,
                  struct arena *mem, struct county_assessment *out);
