/* target_results.h — the yearly result of every owner by figures alone: what was due, done in time, done late, is open, overdue, and what
 * it did to the indicators.  No weights, unless the county has its own with the number of its document.
 *   Source  domain specification §5.5 S6.2a: 严格考核 */
#pragma once
#include "app/targets.h"

struct target_count { int64_t due, in_time, late, open, overdue; };   /* due = the other four together */
struct target_result {
    struct place owner;
    struct text name, person;
    struct target_count targets;     /* yearly targets of the year */
    struct target_count tasks;       /* tasks and orders whose day lies in the year to 1 September */
    struct target_count ledger;      /* rows of the ledger whose day lies in that calendar year; in_time: closed (销号); late: 0 */
    size_t passed_before, passed;    /* indicators (units and county figures) measured in both years that passed then, and now */
    size_t gained, lost;             /* that pass now and did not; that do not and did */
    double weighted;                 /* 0 … 1 by the county's own weights; BLANK: it has none, or nothing was due */
};
struct target_results {
    int year;                        /* the 学年 whose return is measured against its targets */
    bool measured;                   /* that return is there */
    struct target_result *rows;      /* by kind and name of the owner */
    size_t n;
    struct target_result all;        /* the sums; owner: the county */
    struct target_weights weights;   /* .weights empty: none */
};
/* Of a year on the board.   Errors  ERR_DENIED, ERR_ABSENT as app_targets; ERR_USAGE: no such year */
bool app_target_results(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, int64_t now, struct arena *mem,
                        struct target_results *out, struct err *err) MUST_CHECK;

/* The county's own weights: "targets=50 ledger=30 tasks=20" by a document; empty weights take them back.  Inside the writer.
 *   Errors  ERR_DENIED; ERR_INPUT: no document, no day, not such words */
bool app_target_weights(struct house *house, struct db_session *session, const struct actor *actor, const struct target_weights *weights, int64_t now,
                        struct arena *mem, struct err *err) MUST_CHECK;
/* As a workbook.   Errors  ERR_DENIED */
bool app_target_results_workbook(struct house *house, const struct actor *actor, const struct target_results *results, int64_t now, struct arena *mem,
                                 struct text *bytes_out, struct err *err) MUST_CHECK;
