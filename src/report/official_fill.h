/* official_fill.h — what stands in one place of the official tables. */
#pragma once
#include "report/official_tables.h"

struct official_row {            /* the unit of a repeated row; stage NULL elsewhere */
    const struct stage_assessment *stage;
    size_t unit;
};

struct official_filling {
    bool known;
    bool is_number;
    double number;
    int8_t decimals;             /* as of a sheet's cell */
    struct text text, trace;     /* text: a number too, as it reads in a sentence */
};

/* Given a piece that is a place to fill.  What is not known comes back so. */
struct official_filling official_fill(struct arena *mem, const struct official_request *request, const struct official_piece *piece,
                                      const struct official_row *row);
/* The assessed stage; NULL where the county has no unit of it. */
const struct stage_assessment *official_stage(const struct official_request *request, enum stage stage);
