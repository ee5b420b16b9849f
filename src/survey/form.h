/* form.h — a questionnaire or check-list as data: what is asked, of whom, under which condition, with which proof.
 * Made by form_read from a table of rows; never changed afterwards. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum form_type {
    ASK_LINE,      /* one line of text */
    ASK_LONG,      /* paragraphs */
    ASK_NUMBER,
    ASK_DATE,
    ASK_ONE,       /* one of the choices */
    ASK_MANY,      /* several of them: 「阅读；劳动」 */
    ASK_GRADE,     /* one of the grades, with its grounds, problem, action and deadline (ask_part) */
    ASK_YESNO,
    ASK_PHOTO,     /* nothing but what is attached */
    ASK_TABLE,     /* lines of a few columns: cells parted by tabs, lines by line ends */
    N_FORM_TYPES
};
enum form_who { FORM_SCHOOL, FORM_TOWNSHIP, FORM_DEPARTMENT, FORM_COUNTY, N_FORM_WHO };
enum form_proof { FORM_PROOF_NONE, FORM_PROOF_MAY, FORM_PROOF_WHEN /* one of proof_values is answered */, FORM_PROOF_ALWAYS };

enum form_operator { FORM_IS, FORM_IS_NOT, FORM_ABOVE, FORM_BELOW };
/* One term of a condition; all terms must hold.  The question stands before the one that is asked under it. */
struct form_term {
    size_t question;
    enum form_operator operator;
    struct text *values;       /* IS, IS_NOT: any of them */
    size_t n_values;
    double number;             /* ABOVE, BELOW */
};

struct form_section {
    struct text id, name, note;
    struct form_term *terms;
    size_t n_terms;
    struct text condition;     /* as it is written */
    size_t first, n;           /* of the questions */
};

struct form_question {
    struct text id, name, note, source, unit;
    enum form_type type;
    struct text *choices;      /* of a table its columns */
    size_t n_choices;
    double least, most;        /* of numbers; BLANK: any.  Of a table `most` lines */
    bool required;
    struct form_term *terms;
    size_t n_terms;
    struct text condition;     /* as it is written: "Q1=否" */
    enum form_proof proof;
    struct text *proof_values;
    size_t n_proof_values;
    struct text figure;        /* key of a computed figure with {年}, {单位} in it; empty: none */
    size_t section;
    uint32_t row;              /* of the table it was read from */
};

struct form {
    struct text id, title, note, source;
    enum form_who who;
    bool often;                /* one each time; else one a year */
    bool inspects;             /* filled in by inspectors at the unit, in a round; never by the unit itself */
    struct form_section *sections;
    size_t n_sections;
    struct form_question *questions;
    size_t n_questions;
    /* 结论: `result_met` where every grade is given and none is result_bars, else result_unmet; no total, no ranking. */
    struct text result_met, result_unmet, result_bars;
};

enum { FORM_MOST_QUESTIONS = 400, FORM_MOST_CHOICES = 40, FORM_MOST_LINES = 30, FORM_LONGEST = 4000 /* characters of an answer */ };

/* The words that a definition uses for them: 单选, 学校, 每学年一份. */
struct text form_type_word(enum form_type type);
struct text form_who_word(enum form_who who);
size_t form_find(const struct form *form, struct text id);   /* SIZE_MAX: there is none */

/* What is asked beside a grade: field "SQ1.problem" … */
enum ask_part { PART_BASIS, PART_PROBLEM, PART_ACTION, PART_DUE, N_FORM_PARTS };
struct ask_part_info { const char *suffix, *zh; bool date; };
const struct ask_part_info *ask_part_info(enum ask_part part);
struct text form_field(struct arena *mem, struct text question, enum ask_part part);
/* The question and part that a field belongs to; part N_FORM_PARTS: the answer itself.  False: no field of this form. */
bool form_field_find(const struct form *form, struct text field, size_t *question_out, enum ask_part *part_out);
/* Where the grade bars the conclusion, problem, action and deadline must be said. */
bool form_is_grade(const struct form *form);
