/* report_words.h — what is kept of reports: sections in the office's words, assessments that were frozen, figures that were released.
 * Plain values. */
#pragma once
#include "model/stamp.h"

#include <stdbool.h>
#include <stddef.h>

/* A section in the office's words; empty words: the draft stands. */
struct section_words {
    struct text section;         /* "verdict", "cv-primary-L4" */
    int64_t version;             /* 1, 2 …; 0: nobody has written any */
    struct text words;
    struct stamp stamp;
};

/* A list of words in rows and columns, row 0 its heads: the index of proofs, judgements, registers. */
struct word_list { struct text name; size_t n_rows, n_columns; struct text *cells; /* [row × n_columns + column] */ };

/* A file of a frozen assessment. */
enum frozen_role {
    FROZEN_MADE,                 /* of what is frozen, and can be made again */
    FROZEN_PROOF,                /* as it was sent */
    FROZEN_STANDARD,             /* a table of the edition */
};
struct frozen_file {
    enum frozen_role role;
    struct text path, sha256;
    int64_t size;
};

/* The outside of a frozen assessment. */
struct frozen {
    struct text id;
    int year;
    struct text reason;
    int64_t data_version;
    struct text edition, edition_sha256;
    struct text county_name;
    bool fictional;
    struct text address;         /* before "/lineage?of=…" in its files; may be empty */
    struct stamp stamp;          /* at: the date in its files, too */
    struct text manifest_sha256;
};

/* What is given to the public: the figures as words, one table each. */
struct release_figure { struct text figure; struct word_list table; };
struct release {
    struct text id;
    int year;
    int64_t data_version;
    struct text remark;          /* may be empty */
    struct stamp released;
    struct stamp withdrawn;      /* at 0: it stands */
    struct text withdrawn_reason;
};
