/* target.h — yearly targets as they are kept: of a school's indicator, or of a county figure.  Plain values. */
#pragma once
#include "base/number.h"
#include "model/stamp.h"

#include <stddef.h>

enum { TARGET_MOST_YEARS = 24 };

/* What a path is of. */
struct target_of {
    struct text school;      /* its code; empty: the county */
    struct text stage;       /* "primary", "junior"; empty: a figure of no stage */
    struct text subject;     /* "L4"; "cv-L4"; "G11a", "Q1", "S1" */
};

struct target_path {
    struct target_of of;
    struct text basis;       /* "linear", "ledger": proposed by that; "office": typed */
    int from_year;           /* the measured year it begins at */
    double from_value;       /* what was measured then */
    struct text person;      /* 责任人, where another than the unit's; may be empty */
    int64_t stamp;           /* counts its changes */
    struct stamp by;
    double value[TARGET_MOST_YEARS];   /* [i]: of the year from_year + 1 + i; BLANK: no target */
};

/* Issued (下达) by a document: locked, until it is opened again. */
struct target_issue {
    int64_t issue;           /* 1, 2, 3 …; 0: none yet */
    struct text document, day;
    int final_year;
    struct stamp by, opened; /* opened.at 0: in force */
    struct text reason;      /* why it was opened */
};

/* A county's own weights for the yearly result, by a document. */
struct target_weights {
    struct text document, day, weights;   /* "targets=50 ledger=30 tasks=20"; empty: none */
    struct stamp by;
};
