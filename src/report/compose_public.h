/* compose_public.h — the few figures that may be given to the public (公开页): what each is called, what it means in plain words, and
 * its table as words, with small cells hidden (model/suppress.h).
 *
 *   Rule   of schools no names, no order; of people no cell under 10, none that can be worked out; shares over 95 % and under 5 %
 *          of people are coded.   Source  design note on published tables; domain specification §2.7 (never rank schools publicly) */
#pragma once
#include "model/report_words.h"
#include "report/composing.h"

struct public_kind { const char *id, *zh, *en, *means_zh, *means_en; /* NULL: as the edition has it */ };
/* In the order of the page. */
const struct public_kind *public_kinds(size_t *n_out);
const struct public_kind *public_kind(struct text id);     /* NULL: none */

/* What it means in plain words; thresholds and limits are the edition's. */
struct text public_means(const struct public_kind *kind, const struct edition *edition, bool english, struct arena *mem);

struct public_offer {
    const struct public_kind *kind;
    struct word_list table;        /* row 0: heads; empty where it cannot be released */
    size_t hidden;                 /* cells that are hidden */
    struct text why_not;           /* empty: it can */
};
/* One for each kind, in Chinese. */
struct public_offer *compose_public(const struct composing *c, size_t *n_out);
/* What stands in a hidden cell. */
struct text public_hidden(bool english);
