/* past.h — the county at an earlier data version, under any edition: worked out again from the figures that stood then. */
#pragma once
#include "app/house.h"

struct past_wish {
    int64_t version;                       /* of the data; VERSION_STANDING: as they stand */
    const struct edition *edition;         /* NULL: the house's */
    const struct lacking_school *lacking;  /* schools that the assessment of then lacked; NULL: nobody says */
    size_t n_lacking;
};
/* A snapshot in mem, not to be given back.  `outline` is left out.
 *   Errors  ERR_OUTSIDE; ERR_INPUT: no such version */
bool app_past(struct house *house, const struct past_wish *wish, struct arena *mem, struct snapshot *out, struct err *err) MUST_CHECK;
