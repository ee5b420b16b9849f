/* bed.h — a house of a test's own in a folder of its own, with the made-up county in it. */
#pragma once
#include "check.h"

#include "app/house.h"
#include "app/import.h"

struct bed {
    struct arena *mem;
    const char *folder;
    struct house *house;
    struct actor actor;       /* the console: may do everything */
    struct err err;
};

struct bed bed_empty(void);                    /* an open house without figures */
struct bed bed_county(int years);              /* the sample county confirmed as one import */
void bed_end(struct bed *bed);
void bed_reopen(struct bed *bed);

/* Stages returns as an import would, and confirms it: the import's id. */
struct text bed_stage(struct bed *bed, const struct returns *returns, const struct findings *findings);
struct import_done bed_confirm(struct bed *bed, struct text id);
/* The made-up county of so many years as returns whose every figure has a cell. */
struct returns *bed_returns(struct bed *bed, int years);
int64_t bed_version(struct bed *bed);
/* Runs `work` inside the writer and expects it to go well. */
void bed_write(struct bed *bed, db_work *work, void *context);
/* The one figure that stands. */
double bed_figure(struct bed *bed, int year, const char *school, const char *item);
