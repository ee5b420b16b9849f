/* assess.h — from files to verdicts: read, check, try changes, assess, hand over. */
#pragma once
#include "base/err.h"
#include "model/assessed.h"
#include "model/finding.h"

/* 「学校:指标项=数值」: a figure to be changed before the assessment.  Made by app_wish. */
struct wish {
    struct text place;       /* code or unique name of a school, or of the county */
    uint16_t item;
    double number;
    struct text text;        /* where the item is a text */
    bool fulfilled;          /* a school or county of that name was found */
};

struct app_assess_request {
    const struct edition *edition;
    const char *const *paths;
    size_t n_paths;
    struct text county;                  /* --county, --year: fill what a file lacks */
    int year;
    unsigned jobs;
    const struct relaxation_on *relaxations;
    size_t n_relaxations;
    struct wish *wishes;
    size_t n_wishes;
    uint16_t by;                         /* NO_ITEM: no sets */
    bool units;                          /* work out what each unit needs and contributes */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context;
};

/* Gets what was assessed, valid during the call alone.  `again`: drop everything handed over before (the file turned out to be unsorted). */
typedef bool app_take_assessed(void *context, const struct assessed *part, bool again, struct err *err);

/* Findings of reading and of the logic checks are gathered in *findings, sorted.
 *   Errors   those of reading; ERR_USAGE when a wish names no school, or more than one */
bool app_assess(const struct app_assess_request *request, struct arena *mem, struct findings *findings,
                app_take_assessed *take, void *context, struct err *err) MUST_CHECK;

/* Reads 「学校:指标项=数值」; the value as a cell would be read.  ERR_USAGE says what is wrong and
 * what may have been meant. */
bool app_wish(const struct edition *edition, const char *words, struct arena *mem, struct wish *out,
              struct err *err) MUST_CHECK;
/* Reads 「编号:文号:日期」. */
bool app_relaxation(const struct edition *edition, const char *words, struct arena *mem, struct relaxation_on *out,
                    struct err *err) MUST_CHECK;
