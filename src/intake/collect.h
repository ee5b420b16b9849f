/* collect.h — rows of many tables become the returns of counties: files complete each other, a
 * school given twice is found out, rows without their keys are said.
 *
 * What arrives is still the child's word: each figure is read once out of the slot, by copying,
 * and checked in the copy. */
#pragma once
#include "intake/intake.h"
#include "intake/wire.h"

struct collect;

/* Findings go to `findings`; returns and everything in them live in mem. */
struct collector *collector_new(const struct intake_request *request, struct arena *mem, struct findings *findings);
/* A table starts.  It and its texts must outlive the collector. */
bool collector_table(struct collector *collector, const struct table *table, struct err *err) MUST_CHECK;
/* Where the texts of batches must live. */
struct arena *collector_arena(const struct collector *collector);
/* Rows of the table that started last, their texts in collector_arena; `before`: to be added to
 * their row numbers. */
void collector_rows(struct collector *collector, const struct batch *batch, uint64_t before);
/* All is in: rows without a county find theirs; arranged.
 *   Errors  ERR_INPUT names a file that lacks its key columns, and the flags that supply them */
bool collect_finish(struct collect *collect, struct err *err) MUST_CHECK;
/* Whether anything was handed out. */
bool collect_handed(const struct collect *collect);
