/* told.h — a county as the engine saw it, figure by figure: what was returned, what was told from other
 * figures and by which derivation, what a unit is added up from, whom a rule of the county counts.
 * To show where a number comes from; the same functions run as in assess(), so nothing can differ.
 *
 * Rows are those of the returns. */
#pragma once
#include "indicator/rules.h"

struct told {
    const struct method *method;
    const struct county_year *county;
    struct workings *w;
    struct rulings *rulings;
    double *figures;                     /* [item] the county's own, and the year */
    double *mask;                        /* scratch: [row of the county] */
};

/*   Given    county  an index into returns->counties
 *   Owns     everything lives in mem; returns and request must outlive it */
struct told *told_county(const struct returns *returns, size_t county, const struct assess_request *request, struct arena *mem);

enum told_how {
    TOLD_NOT,        /* a blank that nothing tells */
    TOLD_RETURNED,
    TOLD_BY_TYPE,    /* 0 pupils of a stage that the school's type lacks */
    TOLD_DERIVED,
};
struct told_figure {
    enum told_how how;
    double value;                        /* BLANK: none */
    bool estimate;                       /* 估算 */
    const struct derivation *by;         /* NULL unless derived */
};
/* A figure of one row, before campuses are added. */
struct told_figure told_school(const struct told *told, size_t row, uint16_t item);

/* A row's own figures as a formula sees them, and those of a school with its campuses. */
const struct frame *told_own(const struct told *told, size_t row, size_t *at_out);
const struct frame *told_merged(const struct told *told, size_t row, size_t *at_out);
/* What a formula of a school gives for the row. */
double told_eval(const struct told *told, const struct expression *e, size_t row, bool merged);
/* What a formula of the county gives, its sums over the rows that the rule counts. */
double told_eval_county(const struct told *told, const struct expression *e, const struct rule *rule);
/* Whether a rule counts the row: 1, 0, BLANK. */
double told_counts(const struct told *told, const struct rule *rule, size_t row);

/* The row of the school that a campus belongs to; else the row itself. */
size_t told_host(const struct told *told, size_t row);
/* The level as it was asked, with the county's relaxations. */
const struct level *told_level(const struct told *told, enum stage stage, size_t level);

/* One row's part of a unit: the host's own, or a campus's. */
struct told_part {
    uint32_t row;
    double pupils;                       /* of the stage */
    double whole;                        /* what the row has, before it is split */
    double weighted, total;              /* w·n of the stage, Σ w·n */
    double amount;                       /* what is the stage's */
};
/* The parts of the unit of a host, its own first.
 *   Owns   the array lives in mem */
struct told_part *told_parts(const struct told *told, enum stage stage, size_t level, size_t host, struct arena *mem, size_t *n_out);
