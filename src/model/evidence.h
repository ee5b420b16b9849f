/* evidence.h — proof (佐证): what is asked, what lies in the boxes, what people judged, what stands in the registers.
 * Plain values; a unit is told by the words of its place: "school" and its code, "township" and its name, "county" and nothing. */
#pragma once
#include "model/stamp.h"

#include <stdbool.h>
#include <stddef.h>

/* ---- what is asked (standards/<edition>/evidence.csv) ---- */

enum evidence_who { EVIDENCE_COUNTY, EVIDENCE_DEPARTMENT, EVIDENCE_TOWNSHIP, EVIDENCE_SCHOOL, N_EVIDENCE_WHO };

struct evidence_asked {
    struct text id;                 /* "G1-1" */
    struct text indicator;          /* "G1", "PRE2", "X3" */
    enum evidence_who who;          /* county and department: one box; township, school: one for each */
    struct text by, by_en;          /* 财政部门 */
    struct text zh, en;             /* 中小学布局专项规划 */
    struct text good, good_en;      /* what good proof looks like */
};
/* In the order of the folders. */
struct evidence_list { struct evidence_asked *at; size_t n; };

const struct evidence_asked *evidence_asked_find(const struct evidence_list *list, struct text id);  /* NULL: none */

/* ---- proofs ---- */

/* A file as it was sent once. */
struct evidence_version {
    int64_t version;                /* 1, 2 … */
    struct text sha256, name, kind; /* kind by its bytes: "pdf", "docx" … */
    int64_t size;
    struct stamp stamp;
    struct text text_state;         /* "read", "none", "no_program", "failed"; empty: not tried */
    int64_t pages;                  /* 0: not known */
};

struct evidence {
    struct text id;
    int64_t search_id;
    int year;
    struct text asked;              /* "G1-1" */
    struct text place_kind, place_name;
    struct text case_id;            /* of the register; empty: none */
    struct text description;
    struct stamp stamp;             /* who put it there first */
    int64_t changed_at;
    int64_t withdrawn_at;           /* 0: it stands */
    struct text withdrawn_who, withdrawn_reason;
    struct evidence_version latest;
};

/* ---- judgements ---- */

enum judgement_verdict { JUDGED_MET, JUDGED_UNMET, JUDGED_OPEN /* 尚不能判 */, N_JUDGED };
enum judgement_state { JUDGEMENT_WAITING, JUDGEMENT_CONFIRMED, JUDGEMENT_REFUSED, JUDGEMENT_WITHDRAWN, N_JUDGEMENT_STATES };

struct judgement {
    struct text id;
    int year;
    struct text indicator, place_kind, place_name;
    enum judgement_verdict verdict;
    struct text reason;
    struct stamp first;
    enum judgement_state state;
    struct stamp second;            /* at 0: nobody yet */
    struct text second_reason;      /* may be empty */
    int64_t version;                /* of the data that confirming made; 0: none */
};

/* ---- registers ---- */

struct register_case {
    struct text id, item;           /* "X3" */
    int year;                       /* the first data year it counts in */
    struct text happened_on;        /* 2025-09-01 */
    struct text place_kind, place_name, place_shown;
    struct text what;
    struct stamp opened;
    struct text closed_on, closed_how;
    struct stamp closed;            /* at 0: open */
};
