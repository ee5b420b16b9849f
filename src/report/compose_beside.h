/* compose_beside.h — up to four schools side by side, in the same rows. */
#pragma once
#include "report/compose_school.h"

enum { MOST_BESIDE = 4 };

struct beside_cell { struct text words; enum state state; bool close; };  /* words empty: the school has no such stage */
struct beside_row {
    struct text id, name, unit, threshold_words; /* id empty: a fact or figure */
    int stage;                                   /* −1: of the whole school */
    struct beside_cell cells[MOST_BESIDE];
    bool differs;                                /* the words are not all the same */
};
struct beside_school { struct text code, name, verdict_words, sentence; enum state state; };
struct side_by_side {
    struct beside_school schools[MOST_BESIDE];
    size_t n;
    struct beside_row *rows;                     /* facts, then the stages with pupils and levels, then rules */
    size_t n_rows;
};

/* Given: rows of the county-year shown, at most MOST_BESIDE. */
struct side_by_side *compose_side_by_side(const struct composing *c, const uint32_t *rows, size_t n);
