/* compose_differences.h — two assessments beside each other, cell by cell: of two years, versions of the data, editions. */
#pragma once
#include "report/composing.h"

enum difference_group_of { DIFFERENCE_VERDICT, DIFFERENCE_SPREAD, DIFFERENCE_RULES, DIFFERENCE_SCHOOLS, DIFFERENCE_LEVELS, N_DIFFERENCE_GROUPS };
/* a, b: as they read there; 「没有」 where there is no such thing. */
struct difference { enum difference_group_of group; struct text where, what, a, b; };
struct differences {
    struct difference *at;             /* group by group; in the order of a, then what b alone has */
    size_t n, n_of[N_DIFFERENCE_GROUPS];
    size_t looked, looked_of[N_DIFFERENCE_GROUPS];   /* how many cells were held against each other */
};
struct differences *compose_differences(const struct composing *a, const struct composing *b, struct arena *mem);
struct text difference_group_name(enum difference_group_of group, bool english);
