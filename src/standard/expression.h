/* expression.h — formulas of an edition: numbers, items, + - * /, min max ceil floor if and or
 * not all any given, comparisons, parentheses; sum(...) over schools where a rule is the county's.
 *
 * Rule of blanks: an operand that is blank makes the result blank, through min, max, if, and, or
 * too.  The doors are given(a; b; …): the first that is not blank; and all(a; b; …), any(a; b; …),
 * which are decided where the blank cannot matter: all is 0 as soon as one is known to be 0, any
 * is 1 as soon as one is known to be true.
 * Arguments are separated by ';'.  Truth is 1 and 0.  An enum item may be compared (= <> and, as
 * ordered, < <= > >=) with one of its value codes: school_type = special, q9_level_pe >= III.
 * Units are checked; a number takes the unit of what it meets, or carries one: 12[classes/rooms].
 * Comparisons hold within 1e-12 (§2.5); x / 0 is blank.  Items of level key and county are the
 * same for all rows and come from the county's figures: `year` too. */
#pragma once
#include "base/err.h"
#include "model/item.h"

#include <stdbool.h>

struct expression;

/* Figures of a school that are worked out, not returned; usable by name. */
enum builtin {
    BUILTIN_HAS_PRIMARY, BUILTIN_HAS_JUNIOR, BUILTIN_HAS_SENIOR,  /* has_primary …: 0 or 1 */
    BUILTIN_N_STAGES,                                             /* n_stages: 1–3 (0: none) */
    BUILTIN_SHARE_PRIMARY, BUILTIN_SHARE_JUNIOR,                  /* share_primary …: w·n / Σ w·n */
    BUILTIN_ASSESSED,                                             /* assessed: 1 where the school makes a unit */
    BUILTIN_IS_CAMPUS,                                            /* is_campus: 1 where merged into a host */
    N_BUILTINS
};

struct frame {                           /* the schools a formula runs over: n rows */
    size_t n;
    const double *const *item;           /* [item] column, or NULL: blank all the way */
    const double *builtin[N_BUILTINS];   /* columns, or NULL: blank */
    const double *county;                /* [item] the county's figures, the same for all rows; NULL: blank */
};

enum expression_place { EXPRESSION_SCHOOL, EXPRESSION_COUNTY };

/* Checks names, value codes, argument counts and units, and compiles.
 *   Given    source  kept, not copied: it must live as long as the formula
 *            unit  what the result must be in ("m2", "persons", …; "" for a pure number or truth;
 *                  NULL text: not checked)
 *   Errors   ERR_INPUT: what is wrong, where in the formula (character), what was expected */
bool expression_compile(struct arena *mem, struct text source, const struct item_list *items,
                        enum expression_place place, struct text unit,
                        const struct expression **out, struct err *err) MUST_CHECK;
/* out[i] for rows first ≤ i < first + n of the frame; runs in blocks, allocates nothing. */
void expression_eval(const struct expression *e, const struct frame *frame, size_t first, size_t n, double *out);
/* The county's value: sums run over the rows where where[i] is 1 (NULL: all; blank counts as
 * unknown and makes the sum blank). */
double expression_eval_county(const struct expression *e, const struct frame *schools, const double *where,
                              const double *county);
/* True when the result is blank whatever the rows hold, because a needed column is missing. */
bool expression_hopeless(const struct expression *e, const struct frame *frame);
/* The items it speaks of. */
const uint16_t *expression_items(const struct expression *e, size_t *n_out);
struct text expression_source(const struct expression *e);
