/* watch.h — the yearly watch over the county (年度监测和复查): what slipped (滑坡), what has failed for two years running (撤销风险), of the
 * county's figures and of every unit.  Once the county is recognised, years before that do not count.
 *   Rule     work/watch.h   Source  domain specification §1.7 step 5 */
#pragma once
#include "app/house.h"
#include "work/watch.h"

struct watch_row {
    enum watch_alarm alarm;
    struct text key;             /* of its lineage: "rule:G11a:2025", "cv:primary:L4:2025", "unit:primary:3141…:2025" */
    struct text name, words;     /* 「体育运动场馆（初中）差异系数」; 「2024学年 0.431，达到；2025学年 0.527，高于上限 0.450」 */
    struct text link;
    struct text subject, stage;  /* "G11a", "cv-L4" and "primary"; of a unit empty */
    int since;                   /* the first year of the failures */
    size_t unknown;              /* years between without data */
};
struct watch_report {
    int year;                    /* 0: there are no data */
    int recognised;              /* the calendar year of recognition; 0: not yet */
    int first;                   /* the first 学年 that is looked at; 0: none before this one */
    struct watch_row *county;    /* slipped ones first, then those at risk; in the order of the edition */
    size_t n_county, n_county_slipped;
    struct watch_row *units;     /* slipped ones first; by stage and school */
    size_t n_units, n_units_slipped;
    size_t no_data;              /* units whose verdict cannot be told in the year */
};
/* Of a year (an index of the snapshot's); of units those that the actor may see, of the county for who sees it.   Errors  ERR_OUTSIDE */
bool app_watch(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, bool english, struct arena *mem,
               struct watch_report *out, struct err *err) MUST_CHECK;
