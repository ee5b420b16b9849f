/* nation.h — a made-up nation of counties as one CSV, for the benchmarks: what the schools of up
 * to 2,846 counties might have returned over some years.  No school of it exists. */
#pragma once
#include "base/out.h"

#include <stddef.h>
#include <stdint.h>

enum {
    NATION_MOST_COUNTIES = 2846,
    NATION_MOST_YEARS = 20,
    NATION_LEAST_SCHOOLS = 20,   /* of a county; 74 on average */
    NATION_MOST_SCHOOLS = 250,
};

struct nation_request {
    unsigned counties;
    int last_year, years;  /* the years that end in last_year */
    uint64_t seed;
};

/* Writes the header and one row a school and year, by county code, year, school code.
 *   Given  1 ≤ counties ≤ NATION_MOST_COUNTIES, 1 ≤ years ≤ NATION_MOST_YEARS
 *   Rule   a county's rows depend on the seed and its place alone: fewer counties give the first
 *          part of more
 *   Returns  how many rows */
size_t nation_write(const struct nation_request *request, struct out *out);
