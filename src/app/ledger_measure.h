/* ledger_measure.h — what the figures say, as rows of the ledger would have it: every shortfall the engine finds, and everything else
 * that is measured, so that a row already there learns that it is met.  Reads the snapshot alone. */
#pragma once
#include "app/house.h"
#include "model/ledger.h"

/* One thing measured.  Words are made only where somebody asks (ledger_measure_words). */
struct ledger_thing {
    struct ledger_identity of;
    enum ledger_kind kind;
    struct ledger_measure now;     /* without problem and basis */
    bool fails;                    /* a shortfall: it is to have a row */
    bool not_there;                /* the school has no pupils of the stage any more: asked no longer */
    const struct level *level;     /* of levels and coefficients */
    const struct rule *rule;       /* of rules */
    enum state state;
    size_t year;                   /* of the snapshot's */
    size_t row;                    /* of the returns; SIZE_MAX: the county */
};
typedef bool ledger_take(void *context, const struct ledger_thing *thing, struct err *err);
/* Calls take for each: units and schools by the latest year in which their return counts, the county by the usual year.
 *   Given   closed  schools that are not there any more, by code: left out */
bool ledger_measure_all(const struct snapshot *snapshot, const struct text *closed, size_t n_closed, struct arena *mem, ledger_take *take,
                        void *context, struct err *err) MUST_CHECK;
/* 「体育运动场馆 6.12 平方米/生，低于标准 7.50，增 412 平方米」; its clause. */
void ledger_measure_words(const struct snapshot *snapshot, const struct ledger_thing *thing, struct arena *mem, struct text *problem_out,
                          struct text *basis_out);
