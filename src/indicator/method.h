/* method.h — an edition as one request applies it to these returns: relaxations switched on, formulas
 * that several levels share worked out once, and what is hopeless (a needed column was not reported)
 * known beforehand. */
#pragma once
#include "model/assessment.h"
#include "indicator/assess.h"
#include "standard/expression.h"

enum { MAX_AMOUNTS = N_EVALUATED * MAX_LEVELS };

/* What a school type is to the engine (§2.1). */
struct kind {
    bool known;                  /* the row says its type */
    bool stage[N_STAGES];
    bool evaluated, attached;
    bool point;                  /* a teaching point (教学点): never merged into another school */
    double least_pupils;
};

struct method_stage {
    size_t n_levels;
    struct level level[MAX_LEVELS];   /* the amount replaced where a relaxation is on */
    size_t amount[MAX_LEVELS];        /* which of the amounts it is */
    size_t least_met;
    double combined_cv_limit;
    bool combined_decides;
};

struct method_rule {
    const struct rule *rule;
    const struct expression *value;   /* replaced where a relaxation is on */
    bool hopeless;                    /* the value is blank whatever rows and county hold */
    bool silent_alone;                /* nothing can be said of a county without figures of its own */
    bool mask_needs_county;           /* `where` speaks of the county's figures */
    bool needs_county;                /* so does one of the school's formulas */
};

struct method {
    const struct edition *edition;
    const struct returns *returns;
    const struct assess_request *request;
    struct kind *kinds;               /* [ordinal of school_type]; 0: not known */
    size_t n_kinds;
    struct method_stage stages[N_EVALUATED];
    const struct expression *amounts[MAX_AMOUNTS];
    size_t n_amounts;
    struct method_rule *rules;
    size_t n_rules;
    const struct derivation **derivations;  /* those that can give something, in the edition's order */
    size_t n_derivations;
    bool *derived;                    /* [item] one of them gives it */
    bool *estimated;                  /* [item] … by an estimate, or from an estimated item */
    bool *merged;                     /* [item] a rule of the schools needs it, campuses added */
};

/* The result lives in mem and speaks of its arguments. */
struct method *method_new(const struct returns *returns, const struct assess_request *request, struct arena *mem);
/* Does the formula speak of the item? */
bool method_speaks_of(const struct expression *e, uint16_t item);
/* 1 for every figure of the county that a person or a file gave, with the year; into[items]. */
void method_county_figures(const struct method *method, const struct county_year *county, double *into);
bool method_is_pupils(const struct method *method, uint16_t item);
