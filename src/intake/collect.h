/* collect.h — rows from many tables become the returns of counties: files complete each other,
 * a school twice is found out, what lacks its keys is said. */
#pragma once
#include "import/table.h"
#include "intake/intake.h"

struct collector;

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
bool collector_finish(struct collector *collector, struct returns **out, struct err *err) MUST_CHECK;

/* For a large CSV sorted by county: how many school rows are held. */
size_t collector_held(const struct collector *collector);
/* Cuts the rows of the county that came last off, into a new collector in `mem`: the rest is whole
 * counties, to be finished.  NULL when there is but one county. */
struct collector *collector_cut(struct collector *collector, struct arena *mem);
