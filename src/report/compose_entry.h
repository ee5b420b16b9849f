/* compose_entry.h — a school's return as a form to be filled in or mended: every figure as it is typed, beside last
 * year's. */
#pragma once
#include "report/compose_figures.h"

struct entry_cell {
    uint16_t item;
    struct text code, name, unit;
    struct text note;             /* what the edition says of the item; Chinese; may be empty */
    struct text typed;            /* as one would type it: 812, 0.5, 镇区, 是; empty: blank */
    struct text seen;             /* the same for programs: choices by their ordinal, flags as 1 and 0 */
    struct text last_words, change;
    bool words;                   /* text, a choice, yes or no: not a number */
    bool wanted;                  /* blank, and an indicator of the school waits for it */
};
struct entry_group { struct text name; struct entry_cell *cells; size_t n; };

struct entry {
    struct text code, name;
    struct text last_year;        /* 「2024学年」; empty: there is none */
    struct entry_group *groups;
    size_t n_groups;
    size_t filled, cells, wanted;
    size_t left_out;              /* items that nobody of its kind reports */
};

/*   Given   row  of the county-year shown
 *           all  false: only what the school has reported in any year, or others of its type report this year */
struct entry *compose_entry(const struct composing *c, uint32_t row, bool all);
/* What is typed for a value, and the same for programs. */
struct text entry_typed(struct arena *mem, const struct item *item, double value, struct text text);
struct text entry_seen(struct arena *mem, const struct item *item, double value, struct text text);
