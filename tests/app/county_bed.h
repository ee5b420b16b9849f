/* county_bed.h — a house of a test's own in a folder of its own, with the made-up county in it. */
#pragma once
#include "check.h"

#include "app/house.h"
#include "app/import.h"

struct county_bed {
    struct arena *mem;
    const char *folder;
    struct house *house;
    struct actor actor;       /* the console: may do everything */
    struct err err;
};

struct county_bed county_bed_empty(void);                    /* an open house without figures */
struct county_bed county_bed_full(int years);              /* the sample county confirmed as one import */
void county_bed_end(struct county_bed *bed);
void county_bed_reopen(struct county_bed *bed);

/* Stages returns as an import would, and confirms it: the import's id. */
struct text county_bed_stage(struct county_bed *bed, const struct returns *returns, const struct findings *findings);
struct import_done county_bed_confirm(struct county_bed *bed, struct text id);
/* The made-up county of so many years as returns whose every figure has a cell. */
struct returns *county_bed_returns(struct county_bed *bed, int years);
int64_t county_bed_version(struct county_bed *bed);
/* Runs `work` inside the writer and expects it to go well. */
void county_bed_write(struct county_bed *bed, db_work *work, void *context);
/* The one figure that stands. */
double county_bed_figure(struct county_bed *bed, int year, const char *school, const char *item);
