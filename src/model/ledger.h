/* ledger.h — a row of the standardisation ledger (标准化建设台账).  Plain values; a unit is told by the words of its place: "school"
 * and its code, "township" and its name, "department" and its unit's code, "county" and nothing. */
#pragma once
#include "base/number.h"
#include "model/stamp.h"

#include <stdbool.h>
#include <stddef.h>

/* What a shortfall is measured by. */
enum ledger_kind {
    LEDGER_LEVEL,         /* L1–L7 of a unit */
    LEDGER_CV,            /* cv-L4: a coefficient of the county */
    LEDGER_GOVERNMENT,    /* G of a school or the county */
    LEDGER_QUALITY, LEDGER_RECOGNITION, LEDGER_VETO, LEDGER_PRECONDITION,
    LEDGER_PLAN_ITEM,     /* plan:4.2.1.3; nothing measures it */
    LEDGER_OTHER,         /* what somebody entered; nothing measures it */
    N_LEDGER_KINDS
};
struct text ledger_kind_word(enum ledger_kind kind);      /* "level" */
struct text ledger_kind_zh(enum ledger_kind kind);        /* 资源配置 */
bool ledger_kind_of(struct text word, enum ledger_kind *out);
/* Whether the engine says if it is met; else a person's word and another's verification do. */
bool ledger_kind_measured(enum ledger_kind kind);

/* Its identity: for ever the same. */
struct ledger_identity { struct text place_kind, place_name, stage, subject; };   /* stage: "primary", "junior", empty */

/* What the data say. */
struct ledger_measure {
    struct text township, place_shown, problem, basis;
    double value, threshold, floor, missing, missing_to_floor;   /* BLANK: none; missing in `quantity` */
    struct text unit, quantity;                                  /* of the value; of what is missing: "persons", "m2" … */
    struct text measured;         /* "below", "near", "no_data", "met", "not_applicable"; empty: nothing measures it */
    bool passes;
    int year;                     /* 0: none */
    int64_t data_version;         /* 0: none */
};

/* What people write: the columns of the workbook. */
struct ledger_plan {
    struct text project, measure;                     /* 项目, 措施 */
    struct text owner_kind, owner_name, owner_shown;  /* 责任单位; kind empty: nobody yet */
    struct text helpers;                              /* 协办: "department:D11;township:柳林镇" */
    struct text person;                               /* 责任人 */
    int64_t cost_yuan;                                /* −1: not known */
    struct text fund;                                 /* 资金来源 */
    double planned;                                   /* how much it adds, in `quantity`; BLANK: what is missing */
    struct text due, progress, result;                /* 时限 "2027-08-31", 进展, 结果 */
};

struct ledger_row {
    int64_t id;                   /* 编号 */
    struct ledger_identity of;
    enum ledger_kind kind;
    struct ledger_measure now;
    struct ledger_plan plan;
    struct text state;            /* its word, as work/ledger_state.c */
    int64_t stamp;                /* counts its changes by people */
    int found_year;
    int64_t found_at, changed_at;
    int fallen;                   /* how often it fell back */
    struct stamp claimed;         /* at 0: not yet */
    struct stamp verified;        /* at 0: not yet */
    struct text verified_day, verified_note, verified_photo;
    struct text dropped;          /* why it is asked no longer */
};

/* A filter; what is empty (0) asks for all.  `state`: a state's word, or "open", "overdue", "to_verify", "to_claim", "fallen". */
struct ledger_filter {
    struct text state, kind, subject, stage, township, fund, due_year, words;
    struct text place_kind, place_name, owner_kind, owner_name;   /* owner_kind "none": without an owner */
    int year;
    struct text sort;             /* "due", "cost", "missing", "state", "owner", "subject", "changed"; empty: by place */
    size_t skip, most;            /* most 0: 100 */
};

/* Sums of a filter's rows that share a word (a township, an owner …) and a quantity; those without any are of quantity "". */
struct ledger_sum {
    struct text word, quantity;
    int64_t n, open, overdue, verified, reopened, claimed;
    int64_t cost_yuan, open_cost_yuan;
    double missing;               /* of the open ones that are not met */
};

/* What a filter may choose from: list "township", "owner" (word "department:D11", shown), "fund", "subject" (its kind as shown), "due_year". */
struct ledger_word { struct text list, word, shown; };
