/* formula_words.h — a formula of the edition as people read it: in the names of its items, or with the figures
 * put in: 「max(教学及辅助用房面积 − 室内体育用房面积; 0)」, 「max(4,650 − 0; 0)」. */
#pragma once
#include "base/lang.h"
#include "standard/expression.h"

struct formula_figures {
    const struct frame *frame;       /* of schools; NULL: none */
    size_t row;                      /* the one that is meant */
    const double *county;            /* [item]; NULL: blank */
    double (*sum)(void *context, struct text source);  /* the value of a whole 「sum(…)」; NULL: left as it stands */
    void *context;
};

/*   Given    source  of a formula that compiles
 *            choice  the item whose value codes it may speak of by themselves (a derivation of an enum); NULL
 *            figures NULL: names */
struct text formula_words(struct arena *mem, const struct item_list *items, struct text source, const struct item *choice,
                          const struct formula_figures *figures, enum lang lang);
/* The 「sum(…)」 of a formula, in their order; at most `most`. */
size_t formula_sums(struct text source, struct text *sums, size_t most);
/* What stands inside the brackets of a 「sum(…)」. */
struct text formula_inside(struct text sum);
/* Whether it must stand in brackets before it is multiplied. */
bool formula_needs_brackets(struct text source);
/* A figure inside a formula: 4,650; 157.1429; 缺. */
struct text formula_figure(struct arena *mem, double value, enum lang lang);
