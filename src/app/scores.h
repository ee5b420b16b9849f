/* scores.h — the difference between schools in a table of pupils' scores (校际差异率). */
#pragma once
#include "base/err.h"
#include "model/finding.h"

struct app_scores_request {
    const char *path;
    struct text school, score;  /* the columns' names */
    size_t min_tested;          /* schools with fewer scores are left out; 0: none */
};

struct app_scores {
    size_t schools, pupils;     /* that count */
    size_t blank;               /* rows without a score */
    size_t nameless;            /* rows without a school */
    double mean, ssb_sst, icc1; /* BLANK: cannot be computed */
};

/* Errors: those of reading.  Cells that are no numbers are findings, and blank. */
bool app_scores(const struct app_scores_request *request, struct arena *mem, struct findings *findings,
                struct app_scores *out, struct err *err) MUST_CHECK;
