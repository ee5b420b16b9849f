/* collect.h — rows of many tables become the returns of counties: files complete each other, a
 * school given twice is found out, rows without their keys are said.
 *
 * What arrives is still the child's word: each figure is read once out of the slot, by copying,
 * and checked in the copy. */
#pragma once
#include "intake/intake.h"
#include "intake/wire.h"

struct collect;

struct collect_order {
    const struct intake_request *request;
    struct arena *mem;            /* of the returns, where they are handed out once */
    struct findings *findings;
    intake_take *take;
    void *context;
    bool runs;                    /* hand out whole counties as they come (one large file) */
    bool again;                   /* what was handed out before must be dropped */
};

struct collect *collect_new(const struct collect_order *order);
void collect_free(struct collect **collect);
/* A table starts; it stays valid until the collecting ends. */
void collect_table(struct collect *collect, const struct table *table);

enum collected {
    COLLECTED,
    COLLECT_NONSENSE,  /* a figure or a text that cannot be */
    COLLECT_UNSORTED,  /* a county handed out before comes again: start anew without `runs` */
    COLLECT_FAILED,    /* err says why */
};
/* n rows of the table that started last, as columns in a slot; their texts already in a pool of
 * our own.  row_base is added to their row numbers. */
enum collected collect_rows(struct collect *collect, const char *slot, const struct batch_plan *plan, size_t n,
                            const struct pool *pool, uint32_t row_base, struct err *err);
/* All is in: hands out the rest.
 *   Errors  ERR_INPUT names a file that lacks its key columns, and the flags that supply them */
bool collect_finish(struct collect *collect, struct err *err) MUST_CHECK;
/* Whether anything was handed out. */
bool collect_handed(const struct collect *collect);
