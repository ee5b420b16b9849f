/* known.h — has this county and year, has this school been met before, and where? */
#pragma once
#include "model/returns.h"

/* An index into returns: of counties and years always, of schools once the order of the rows first
 * allows one to come twice.  Sorted files never need that. */
struct known {
    struct returns *returns;
    struct arena *mem;
    uint32_t *county_slots, *school_slots;    /* index + 1; 0: free */
    size_t n_county_slots, n_school_slots;
    bool schools;                             /* schools are indexed */
    struct text *last;                        /* [county] the code that came last in it */
    size_t n_last;
};

struct known known_new(struct returns *returns, struct arena *mem);
/* The county and year, added when new (the code is copied). */
uint32_t known_county(struct known *known, struct text code, int year);
/* The row of a school; NO_ROW when it is new. */
enum { NO_ROW = UINT32_MAX };
uint32_t known_school(struct known *known, uint32_t county, struct text code);
/* A row was added: its county and school code stand in the returns. */
void known_add(struct known *known, uint32_t row);
/* From here on schools may come in any order. */
void known_index_schools(struct known *known);
