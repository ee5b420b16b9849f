/* store_bed.h — a database of a test's own, and work done in its writer as plain statements. */
#pragma once
#include "check.h"

#include "db/db.h"

struct store_bed { struct arena *mem; const char *folder; struct db *db; struct err err; };

struct store_bed store_bed_new(void);
void store_bed_end(struct store_bed *bed);
/* Runs the work in the writer; false with bed->err. */
bool store_bed_write(struct store_bed *bed, db_work *work, void *context);
