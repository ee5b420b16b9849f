/* check.h — what is wrong with these files? */
#pragma once
#include "base/err.h"
#include "model/edition.h"
#include "model/finding.h"

struct app_check_request {
    const struct edition *edition;
    const char *const *paths;
    size_t n_paths;
    struct text county;
    int year;
    unsigned jobs;
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context;
};

struct check_tally { size_t counties, schools; };  /* county-years, school rows */

/* Gathers, sorted, every finding of reading and of the logic checks.  Errors: those of reading. */
bool app_check(const struct app_check_request *request, struct arena *mem, struct findings *findings,
               struct check_tally *tally_out, struct err *err) MUST_CHECK;
