/* method.h — an edition as one request applies it to these returns: relaxations switched on, formulas
 * that several levels share worked out once, and what is hopeless (a needed column was not reported)
 * known beforehand. */
#pragma once
#include "model/assessment.h"
#include "indicator/assess.h"
#include "standard/expression.h"

enum { MAX_AMOUNTS = N_EVALUATED * MAX_LEVELS };

/* What a school type is to the engine (§2.1), as numbers to compare with, so that rows are sorted out
 * without a branch each. */
struct kind {
    bool point;                       /* a teaching point (教学点): never merged into another school */
    double pupils_if_blank[N_STAGES]; /* 0 in a stage that the type lacks, else BLANK */
    double has[N_STAGES][3];          /* whether the school has the stage: pupils not known, known, above the next */
    double has_above[N_STAGES];       /* more pupils than this make the stage all the same (附设班) */
    double part_from[N_EVALUATED];    /* so many pupils make a unit */
    uint8_t part_if_blank[N_EVALUATED];
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
    bool hopeless;                    /* there is no value, or it is blank whatever rows and county hold */
    bool silent;                      /* … nor can anything else be said from figures */
    bool hopeless_alone, silent_alone;/* … when the county has no figures of its own but the year */
    bool excused_by_sums;             /* 不适用 is not known either where the sums over the schools are not */
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
    bool campuses;                    /* somebody may name a host */
    bool shares_used;                 /* a formula speaks of share_primary or share_junior */
    bool *merged;                     /* [item] a rule of the schools needs it, campuses added */
};

/* The result lives in mem and speaks of its arguments. */
struct method *method_new(const struct returns *returns, const struct assess_request *request, struct arena *mem);
/* 1 for every figure of the county that a person or a file gave, with the year; into[items]. */
void method_county_figures(const struct method *method, const struct county_year *county, double *into);
bool method_is_pupils(const struct method *method, uint16_t item);
