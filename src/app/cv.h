/* cv.h — the difference coefficient of any table: of any country, any resource, any groups. */
#pragma once
#include "base/err.h"
#include "model/finding.h"

struct app_cv_request {
    const char *path;
    struct text pupils, amount; /* the columns' names */
    struct text by;             /* the column of groups; empty: one group of all */
    double per;                 /* 100: the mean is per 100 pupils */
};

struct app_cv_group {
    struct text name;           /* empty: the one group of all */
    size_t schools;
    double pupils, mean, sd, cv;/* BLANK: cannot be computed */
};

struct app_cv {
    struct app_cv_group *groups;/* by name */
    size_t n;
};

/* Rows without pupils (none, or not known) are findings and left out; where
 * an amount is missing, mean, sd and cv of the group are BLANK.  Errors: those of reading. */
bool app_cv(const struct app_cv_request *request, struct arena *mem, struct findings *findings, struct app_cv *out,
            struct err *err) MUST_CHECK;
