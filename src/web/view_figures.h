/* view_figures.h — a school's return as a grid: every figure an input beside last year's. */
#pragma once
#include "report/compose_entry.h"
#include "web/view_frame.h"

struct view_figures_cell {
    const struct entry_cell *cell;
    struct text typed, seen;       /* what stands in the input; what stood when it was shown */
    const char *state;             /* e-empty, e-saved, e-bad, e-talk: the class of a cell's state */
    struct text state_words;       /* the same for a screen reader */
    struct text hint;              /* what is wrong, or asked, or said of it */
    struct text who;               /* who put it there, or the cell it was read from */
    bool bad;
};
struct view_figures_group { struct text name; struct view_figures_cell *cells; size_t n; };

struct view_figures {
    const struct view_frame *frame;
    const struct entry *entry;
    struct text year, last_year;   /* digits */
    const char *state;             /* class of the school's verdict */
    struct text sentence;          /* of the school, by the figures that stand */
    struct text path, cell_path;   /* to send to; cell_path: before an item's code */
    struct text school_path, list_path;
    struct text more_path;         /* with all items; empty: they are all shown */
    struct text saved;             /* 「已存 3 格。」 after a plain form; empty */
    struct text tally;             /* 「已填 61/68 · 1 处有误 · 2 处待说明」 */
    struct view_figures_group *groups;
    size_t n_groups, faults;       /* faults of what was just sent */
    const struct item *items;      /* for the words that can be chosen */
};
