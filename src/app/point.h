/* point.h — one school's value of one indicator, moved: what the county would be.  Nothing is stored.
 *
 * A value is no figure of its own: what is moved are the figures it rests on, the first of the indicator's formula
 * that raises it, then the next; whole persons and rooms stay whole.  So the verdict is what an assessment of those
 * figures would be, bit for bit, with all else that rests on them. */
#pragma once
#include "app/house.h"
#include "model/what_if.h"

struct point_asked {
    size_t year;                         /* index of the snapshot's years */
    enum stage stage;
    struct text level, school;           /* "L5", the school's code */
    double value;                        /* wanted: finite, not negative */
};

enum { POINT_CHANGES = 8 };

struct pointed {
    const struct assessment *assessment; /* the snapshot's, but for the year's county, which is as it would be: without
                                            shares, needs and rows of schools */
    struct change changes[POINT_CHANGES];/* of figures; none where the value is so already */
    size_t n;
};

/* Errors  ERR_DENIED; ERR_ABSENT: no such stage, indicator, or school that may be seen; ERR_INPUT: a school without
 *         figures of it, a value that is none */
bool app_point(const struct snapshot *snapshot, const struct actor *actor, const struct point_asked *asked, struct arena *mem,
               struct pointed *out, struct err *err) MUST_CHECK;
