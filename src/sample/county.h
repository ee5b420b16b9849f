/* county.h — the made-up county 青禾县 (虚构数据, code 419900, which no county has): about 150
 * schools in 15 townships and what they have, believable and unequal as a real county's. */
#pragma once
#include "sample/column.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    N_TOWNSHIPS = 15,
    UNDER_BUREAU = N_TOWNSHIPS,  /* reports to the bureau itself, not through a township */
    SAMPLE_MOST_YEARS = 20,
};

#define SAMPLE_COUNTY_CODE "419900"
#define SAMPLE_COUNTY_NAME "青禾县（虚构数据）"

struct township { const char *name, *area_kind, *district; };
extern const struct township TOWNSHIPS[N_TOWNSHIPS];

struct land;

struct sample_school {
    unsigned reports;               /* the township through which it reports, or UNDER_BUREAU */
    unsigned township;              /* where it stands */
    bool outlying;                  /* in a village, not at the township's seat */
    struct text text[N_TEXTS];
    double (*figure)[N_COLUMNS];    /* [years back][column]; BLANK: nothing to report */
    struct text typed[N_COLUMNS];   /* what was typed instead in the last year; empty: the figure */
};

/* A mistake put into the tables of the last year on purpose. */
struct fault {
    enum fault_kind {
        FAULT_CELL,       /* one cell of one school */
        FAULT_DUPLICATE,  /* the school stands in the table of `township` as well */
        FAULT_HEADING,    /* the column has another heading (`typed`) in the table of `township` */
    } kind;
    size_t school;
    enum column column;
    unsigned township;
    const char *typed;
    const char *what;     /* Chinese: what is wrong */
    struct text where;    /* file and cell, once laid out */
};

enum { MOST_FAULTS = 16 };

struct sample_county {
    int last_year, years;
    struct land *land;              /* sample/land.h */
    size_t n;
    struct sample_school *schools;  /* by township, the bureau's own last */
    struct fault faults[MOST_FAULTS];
    size_t n_faults;
};

/* Everything in mem.  1 ≤ years ≤ SAMPLE_MOST_YEARS. */
struct sample_county *sample_county(struct arena *mem, uint64_t seed, int last_year, int years);
/* Puts the mistakes into it; see 读我.txt. */
void sample_faults(struct arena *mem, struct sample_county *county);
