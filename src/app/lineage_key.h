/* lineage_key.h — the address of a number: what it is, of which school, which year.
 *
 *     school:CODE:ITEM:YEAR      a returned figure          county:ITEM:YEAR    one of the county's own
 *     level:STAGE:L4:CODE:YEAR   what a unit has per pupil  need:STAGE:L4:CODE:YEAR   how much is missing
 *     share:STAGE:L4:CODE:YEAR   a unit's part in the coefficient
 *     cv:STAGE:L4:YEAR  mean:STAGE:L4:YEAR  combined:STAGE:YEAR
 *     count:STAGE:L4:STATE:YEAR  passing:STAGE:YEAR         how many units
 *     unit:STAGE:CODE:YEAR       a unit's verdict           pupils:STAGE:CODE:YEAR   its pupils, campuses included
 *     rule:ID:YEAR               a rule of the county (G11a), or an indicator that has several (G11)
 *     rule:ID:CODE:YEAR          what it says of one school     verdict:YEAR
 *     official:ID:YEAR           a figure the official tables ask for (official_figures.csv)
 *     official:ID:CODE:YEAR      one school's, or its part of a sum
 *
 * STAGE is primary or junior, STATE met, near, below, no_data or not_applicable.  A ':' or '%' inside a part
 * is written %3A, %25. */
#pragma once
#include "base/err.h"
#include "model/assessment.h"

enum lineage_of {
    LINEAGE_OF_SCHOOL, LINEAGE_OF_COUNTY, LINEAGE_OF_LEVEL, LINEAGE_OF_NEED, LINEAGE_OF_SHARE, LINEAGE_OF_CV, LINEAGE_OF_MEAN,
    LINEAGE_OF_COMBINED, LINEAGE_OF_COUNT, LINEAGE_OF_PASSING, LINEAGE_OF_UNIT, LINEAGE_OF_PUPILS, LINEAGE_OF_RULE, LINEAGE_OF_VERDICT,
    LINEAGE_OF_OFFICIAL,
};

struct lineage_key {
    enum lineage_of of;
    enum stage stage;        /* where it has one */
    struct text id;          /* level, rule, item, or figure of the official tables */
    struct text school;      /* its code; empty: of the county */
    enum state state;        /* count alone */
    int year;
};

/*   Owns    the parts live in mem
 *   Errors  ERR_USAGE: no such kind, parts missing or not what they must be; whether the number is there is not looked at */
bool lineage_key_parse(struct text text, struct arena *mem, struct lineage_key *out, struct err *err) MUST_CHECK;
struct text lineage_key_format(struct arena *mem, const struct lineage_key *key);
