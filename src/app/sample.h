/* sample.h — writes made-up returns into a folder, to try the program with and to measure it. */
#pragma once
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct sample_request {
    const char *folder;     /* made if it is not there */
    unsigned counties;      /* 0: the one county as a bureau's files; else a nation of so many as CSV */
    int years;              /* 0: three */
    uint64_t seed;
};

struct sample_tally { size_t files, schools; };

/* ERR_USAGE when a number is out of range, ERR_OUTSIDE when the folder cannot be written. */
bool app_sample(const struct sample_request *request, struct sample_tally *tally_out, struct err *err) MUST_CHECK;
