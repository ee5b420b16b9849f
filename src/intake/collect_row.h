/* collect_row.h — for collect.c and collect_row.c alone: the rows that need a closer look. */
#pragma once
#include "intake/collect.h"
#include "intake/known.h"

struct span { uint32_t at, size; };  /* of a pool */
enum { KEY_COUNTY_CODE, KEY_COUNTY_NAME, KEY_SCHOOL_CODE, KEY_SCHOOL_NAME, N_NAMED_KEYS, KEY_OTHER = N_NAMED_KEYS, N_KEYS };
enum { NEW_ROW = UINT32_MAX, LEFT_OUT = UINT32_MAX - 1 };

struct collect {
    struct collect_order order;
    const struct item_list *items;
    const struct table *table;
    struct arena *mem;            /* lives as long as the collecting */
    struct arena *run;            /* of the returns being filled */
    struct arena_mark run_start;
    struct returns *returns;
    struct known known;
    uint32_t source;              /* of the table, in these returns */
    bool has_source, said_no_code;
    uint32_t county;              /* of the last row */
    struct text county_code;
    int county_year;
    bool county_known;
    struct text greatest;         /* county code handed out so far */
    bool handed;
    struct text lacking;          /* a file whose rows name no county or year */
    bool lacks_county, lacks_year;
    uint32_t *touched;            /* [row] 1 + the source that last completed it */
    size_t n_touched;
    /* of the batch in hand */
    size_t capacity;
    struct span *key[N_KEYS];
    double *year;
    uint32_t *row, *target;
    struct text *texts;
};

struct arrival {
    const char *slot;
    const struct batch_plan *plan;
    size_t n;
    const struct pool *pool;
    uint32_t row_base;
};

bool collect_figures_allowed(const struct item *item, const double *x, size_t n);
/* A row without a school code: true when its name may stand for it. */
bool collect_code_missing(struct collect *collect, uint32_t row, struct text name);
/* Row i of the batch is about a school that has a row already.  False: it holds nonsense. */
bool collect_second_row(struct collect *collect, const struct arrival *arrival, const char *pool, size_t i, uint32_t first);
/* Row i of the batch holds a county's figures. */
bool collect_county_row(struct collect *collect, const struct arrival *arrival, size_t i);
/* collect_gaps.c: rows without a county or a year find theirs in the one that all others name, or
 * are left out with a finding.  ERR_INPUT where a file has no such column and nothing else tells. */
bool collect_fill_gaps(struct collect *collect, struct err *err) MUST_CHECK;
