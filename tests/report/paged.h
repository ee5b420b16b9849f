/* paged.h — a county assessed over its years, ready for pages to be composed from. */
#pragma once
#include "indicator/bed.h"
#include "report/composing.h"

struct paged {
    struct bed bed;
    struct assessment *assessment;
    struct composing c;       /* the latest year, Chinese */
};

/* Arranges and assesses what the bed holds. */
void paged_assess(struct paged *paged);
/* The made-up county of three years (2023–2025), with figures of the county itself. */
struct paged paged_sample(void);
/* Two years of one county (2024, 2025) of four primary schools A–D and a nine-year school E, each school lacking
 * what its comment in paged.c says. */
struct paged paged_small(void);
void paged_free(struct paged *paged);
/* Wall clock in milliseconds of the fastest of `times` calls. */
double paged_fastest(struct paged *paged, int times, void (*call)(const struct composing *c));
