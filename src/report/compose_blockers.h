/* compose_blockers.h — what stands between the county and recognition, the most costly first: how much is missing,
 * what it would cost (估算), who sees to it, by when. */
#pragma once
#include "report/compose_county.h"
#include "report/composing.h"
#include "report/plan.h"

/* What the failing schools of a stage lack of one resource. */
struct blocker_part {
    struct text id, name;
    size_t schools;
    double quantity, cost;     /* cost in yuan; BLANK: 待试算; what two stages of a school share is paid for in one of them */
    struct text quantity_words, cost_words;
};

struct blocker {
    enum block_kind kind;
    enum state state;          /* STATE_BELOW: it fails; STATE_NO_DATA: it cannot be told */
    int stage;                 /* −1 */
    struct text id;            /* "units", "L5", "G11b" */
    struct text what;          /* 「30 所小学不达标」 */
    struct text missing;       /* 「骨干教师 15 所，差 23 名；运动场地 6 所，差 12,431 m²」 */
    double cost;               /* yuan; BLANK: 待试算 */
    struct text cost_words;    /* in 万元: 1,343.09, or 「待试算」 */
    struct text who, when;     /* 「自然资源局、财政局」, 2027-08-31 */
    struct blocker_part *parts;/* of BLOCK_SCHOOLS, most costly first */
    size_t n_parts;
};

struct blockers {
    struct blocker *at;        /* priced, most costly first; then those to be tried; then what costs nothing; then missing data */
    size_t n, failing, unknown;
    double cost;               /* of all that are priced */
    size_t unpriced;
    struct text cost_words;
};

struct blockers compose_blockers(const struct composing *c, const struct plan *plan, const struct prices *prices, struct day today);
