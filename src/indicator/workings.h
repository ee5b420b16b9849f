/* workings.h — a run of rows (whole counties) as the engine sees it: figures that were told from others
 * filled in, stages and weights worked out, campuses tied to their hosts, the levels' amounts per row.
 *
 * Row indexes here are local: row 0 is row `first` of the returns. */
#pragma once
#include "indicator/method.h"

struct workings {
    const struct method *method;
    const struct returns *returns;
    size_t first, n, capacity;
    struct frame frame;                 /* effective figures (blanks derived where they can be) */
    double **made;                      /* [item] columns of our own; NULL: the returns' stand */
    const double **item;                /* [item] behind frame.item */
    uint8_t **estimate;                 /* [item] 1: 估算; NULL: never */
    bool any_estimate;
    uint16_t **by;                      /* [item] 1 + which of the method's derivations told it; 0: none.  NULL unless noted */
    double *builtin[N_BUILTINS];
    double *weighted[N_STAGES], *total; /* w·n of a stage, and Σ w·n; BLANK where pupils are missing */
    uint16_t *kind;                     /* of the school's type: index in method->kinds */
    uint8_t *part[N_EVALUATED];         /* 1: the row is a unit of the stage, or a campus's part of one */
    uint32_t *root;                     /* the host for a campus, else the row itself */
    bool any_campus;
    double *amount[MAX_AMOUNTS];        /* of the whole school */
    double *spare, *spare_mask;         /* scratch columns */
};

struct workings *workings_new(const struct method *method, size_t capacity, struct arena *mem);
/* From now on `by` is kept: for lineage, not for speed. */
void workings_note_told(struct workings *w, struct arena *mem);
/* Works out rows first … first + n − 1 of the returns, which are whole counties. */
void workings_load(struct workings *w, size_t first, size_t n);
/* Does it again for one row whose figures changed under it (what-if).  Who hosts whom stays. */
void workings_refresh(struct workings *w, size_t row);
/* One level's amounts again for one row. */
void workings_refresh_amount(struct workings *w, size_t row, size_t amount);
/* 1 where the school makes a unit, its campuses included. */
void workings_mark_assessed(struct workings *w, size_t from, size_t n);

/* What a stage has of a resource that the whole school shares.  Rule: R·w·n / Σ w·n (§2.3); a school of one
 * stage has it all, exactly. */
static inline double workings_share(double amount, double weighted, double total)
{
    return weighted == total ? amount : amount * weighted / total;
}
