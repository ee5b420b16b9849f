/* form_compare.h — several filled-in sheets of one form side by side (years, visits), though their versions may differ. */
#pragma once
#include "survey/answers.h"

struct compared_sheet { const struct form *form; const struct answers *answers; };
struct compared_answer {
    bool asked;                /* that version asks it, and it was shown */
    struct text value;         /* as shown; empty: not answered */
};
struct compared_row {
    struct text id, name, section;   /* as the newest form that asks it has it */
    bool grade, changed;       /* changed: the last two that asked it differ */
    struct compared_answer *at;/* [sheet] */
};
/* Oldest first; rows in the order of the last sheet's form, what only earlier ones asked behind them. */
void form_compare(const struct compared_sheet *sheets, size_t n, struct arena *mem, struct compared_row **out, size_t *n_out);
