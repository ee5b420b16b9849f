/* answers.h — what was filled into a form: which questions are asked, whether an answer may stand, what still bars handing it in. */
#pragma once
#include "model/stamp.h"
#include "survey/form.h"

struct answer {
    struct text field;         /* "SQ1", "SQ1.problem" */
    struct text value;         /* never empty */
    int64_t stamp;             /* counts its changes */
    struct stamp by;
};
struct answers { struct answer *at; size_t n; };

const struct answer *answer_find(const struct answers *answers, struct text field);   /* NULL: not answered */
struct text answer_value(const struct answers *answers, struct text field);           /* empty: not answered */
/* Whether one of 「阅读；劳动」 is this choice; of a single answer whether it is it. */
bool answer_holds(struct text value, struct text choice);

/* shown[question]: asked, given what was answered so far.  Of a hidden section none is; a term on a hidden question does not hold,
 * unless it says ≠. */
void form_shown(const struct form *form, const struct answers *answers, bool *shown);
/* Trims, and takes line ends as they come from a browser; dates become 2026-09-01, numbers their shortest form.
 *   Returns  false with what is wrong, in mem, where the value cannot stand; empty is always fine */
bool answer_read(const struct form_question *question, enum ask_part part, struct text typed, struct arena *mem, struct text *value_out,
                 struct text *wrong_out);

/* What bars handing it in. */
struct answer_fault { size_t question; struct text field, what; };
struct answer_faults { struct answer_fault *at; size_t n; };
/* proofs[question]: how many are attached.  Faults live in mem, in the order of the questions. */
struct answer_faults form_bars(const struct form *form, const struct answers *answers, const size_t *proofs, struct arena *mem);

struct form_progress { size_t asked, answered; };        /* of the required ones that are shown; of all shown where none is required */
struct form_progress form_progress(const struct form *form, const struct answers *answers);
/* The conclusion; empty: the form draws none, or grades are missing. */
struct text form_result(const struct form *form, const struct answers *answers);
/* A proof is asked for with this answer. */
bool form_proof_due(const struct form_question *question, struct text value);
/* Where a grade bars the conclusion, what is to be done must be said. */
bool ask_part_due(const struct form *form, const struct form_question *question, enum ask_part part, struct text value);

/* How an answer reads: a table with 「、」 and line ends, a number with its unit. */
struct text answer_shown(const struct form_question *question, enum ask_part part, struct text value, struct arena *mem);
/* The cells of a table's answer; [line × columns + column], as many lines as the question allows. */
struct text *answer_cells(const struct form_question *question, struct text value, struct arena *mem);
