/* view_lineage.h — where a number comes from (来源链): a page, or what goes into the panel at its side. */
#pragma once
#include "app/lineage_row.h"
#include "web/view_frame.h"

struct view_lineage_step {
    const char *indent;         /* class: "d0" … "d6" */
    const char *mark;           /* class of its kind: "k-number", "k-cell" … */
    struct text label, words, figures;
    struct text path;           /* of the number's own chain; empty: none, or it is the one shown */
    const char *state;          /* class of its state; "": none */
    struct text state_words;
    bool estimate;
    struct text row_path;       /* the row as it stood; empty: no cell */
    struct text cell_path;      /* what moves with the cell */
};

/* A run of steps; of a long list the first few stand open, the others are folded away. */
struct view_lineage_run { const struct view_lineage_step *steps; size_t n; bool folded; };

struct view_lineage {
    const struct view_frame *frame;
    struct text title;
    struct text page;           /* the chain as a page of its own */
    struct text version;
    const struct view_lineage_run *runs;
    size_t n_runs;
    struct text text;           /* to be copied */
};

struct view_stood {
    const struct view_frame *frame;
    const struct stood *stood;
    struct text where;          /* 「柳林镇.xlsx › 小学 › D17」 */
    struct text cell_path;
};
