/* official_tables.h — the official tables (表Ⅰ–Ⅵ) of one county and year, filled, as sheets. */
#pragma once
#include "model/assessment.h"
#include "model/official.h"

struct official_request {
    const struct official_form *form;
    const struct assessment *assessment;   /* NULL: the blank form */
    size_t county;                         /* index of the county and year in it */
    const struct official_values *values;  /* of that county and year */
    struct text version;                   /* of the data, for the head of printed pages; may be empty */
};

/* Composes every sheet of the form, all in mem.
 *   Returns  sheets[MOST_OFFICIAL_SHEETS], *n_out of them
 *   Rule     what is not known is left as the blank form has it (＿＿, an empty cell), never 0; schools stand
 *            in the order of the assessment's units
 *   Traces   "county:ITEM:YEAR", "official:FIGURE:YEAR" (a figure of the form; "official:FIGURE:CODE:YEAR" one school's), "rule:G3:YEAR", "cv:primary:L4:YEAR",
 *            "passing:primary:YEAR", "count:primary:L4:met:YEAR", "unit:primary:CODE:YEAR", "level:primary:L4:CODE:YEAR", "school:CODE:ITEM:YEAR" */
void official_tables(const struct official_request *request, struct arena *mem, struct sheet **sheets, size_t *n_out);
