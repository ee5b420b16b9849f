/* library.c — the engine alone, past files and processes.
 *
 *   library columns FILE        loads the columns of FILE; then, for each line on its standard input
 *                               (a count of threads), assesses them all and prints a line of JSON (row 2)
 *   library what-if FILE TIMES  the largest county: one figure changed, everything told anew (row 5) */
#include "app/edition.h"
#include "base/number.h"
#include "indicator/what_if.h"
#include "nation_columns.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_THREADS = 64, CHUNK = 64 /* counties whose results are held at once */ };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

struct share {
    const struct returns *returns;
    const struct assess_request *request;
    size_t first, n;
    size_t units, met;      /* so that nobody can leave the work out */
    double cvs;
};

static void *assess_share(void *argument)
{
    struct share *share = argument;
    struct arena *mem = arena_new("bench");
    for (size_t i = 0; i < share->n; i += CHUNK) {
        const struct arena_mark mark = arena_mark(mem);
        const size_t n = share->n - i < CHUNK ? share->n - i : CHUNK;
        struct county_assessment *counties = arena_array(mem, n, struct county_assessment);
        assess_range(share->returns, share->request, share->first + i, n, mem, counties);
        for (size_t c = 0; c < n; c++)
            for (size_t s = 0; s < counties[c].n_stages; s++) {
                const struct stage_assessment *stage = &counties[c].stages[s];
                share->units += stage->n;
                share->met += stage->passing;
                for (size_t k = 0; k < stage->n_levels; k++)
                    share->cvs += is_blank(stage->cv[k].cv) ? 0.0 : stage->cv[k].cv;
            }
        arena_rewind(mem, mark);
    }
    arena_free(&mem);
    return NULL;
}

static void columns(const struct returns *returns, const struct assess_request *request, size_t threads)
{
    struct share shares[MOST_THREADS], all = { 0 };
    pthread_t running[MOST_THREADS];
    const double start = now_us();
    for (size_t t = 0; t < threads; t++) {
        const size_t from = returns->n_counties * t / threads, to = returns->n_counties * (t + 1) / threads;
        shares[t] = (struct share){ .returns = returns, .request = request, .first = from, .n = to - from };
        if (pthread_create(&running[t], NULL, assess_share, &shares[t]) != 0)
            exit(4);
    }
    for (size_t t = 0; t < threads; t++) {
        pthread_join(running[t], NULL);
        all.units += shares[t].units;
        all.met += shares[t].met;
        all.cvs += shares[t].cvs;
    }
    printf("{\"ms\": %.3f, \"units\": %zu, \"passing\": %zu, \"cvs\": %.17g}\n", (now_us() - start) / 1e3, all.units,
           all.met, all.cvs);
    fflush(stdout);
}

static void columns_on_demand(const struct returns *returns, const struct assess_request *request)
{
    char line[32];
    while (fgets(line, sizeof line, stdin)) {
        const size_t threads = strtoul(line, NULL, 10);
        columns(returns, request, threads >= 1 && threads <= MOST_THREADS ? threads : 1);
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The county and year with the most schools. */
static size_t largest(const struct returns *returns)
{
    size_t most = 0;
    for (size_t i = 1; i < returns->n_counties; i++)
        if (returns->counties[i].n > returns->counties[most].n)
            most = i;
    return most;
}

/* The figures of schools that were returned, pupils among them: what a person may try. */
static size_t figures_of(const struct returns *returns, uint16_t *into)
{
    size_t n = 0;
    for (uint16_t i = 0; i < returns->items->n; i++) {
        const struct item *const item = &returns->items->at[i];
        if (returns->number[i] && item->level == ITEM_SCHOOL && (item->type == ITEM_INTEGER || item->type == ITEM_NUMBER))
            into[n++] = i;
    }
    return n;
}

/* As a page would: the county is copied and assessed once, then figures are tried one after another. */
static void try_figures(const struct returns *returns, const struct assess_request *request, size_t times)
{
    struct arena *mem = arena_new("bench");
    const size_t county = largest(returns), first = returns->counties[county].first, n = returns->counties[county].n;
    uint16_t *figures = arena_array(mem, returns->items->n, uint16_t);
    const size_t n_figures = figures_of(returns, figures);
    double *took = arena_array(mem, times, double);
    struct what_if *what_if = what_if_new(returns, county, request, mem);
    size_t passing = 0;
    for (size_t i = 0; i < times; i++) {
        const size_t row = first + i * 7919 % n;
        const uint16_t changed = figures[i % n_figures];
        const double before = returns_number(returns, row, changed);
        const double start = now_us();
        const struct county_assessment *told = what_if_set(what_if, row, changed, is_blank(before) ? 10.0 : before + 1.0);
        took[i] = now_us() - start;
        passing += told->stages[0].passing;
        what_if_set(what_if, row, changed, before);
    }
    qsort(took, times, sizeof *took, by_size);
    printf("{\"schools\": %zu, \"p50_us\": %.2f, \"p99_us\": %.2f, \"passing\": %zu}\n", n, took[times / 2],
           took[times * 99 / 100], passing);
    arena_free(&mem);
}

int main(int argc, char **argv)
{
    struct arena *mem = arena_new("bench");
    struct err err = { 0 };
    const struct edition *edition;
    struct returns *returns;
    if (argc < 3) {
        fputs("usage: library columns FILE | library what-if FILE TIMES\n", stderr);
        return 2;
    }
    if (!app_edition(mem, "cn-2017", &edition, &err) ||
        !nation_columns(mem, argv[2], &edition->items, 0, &returns, &err)) {
        fprintf(stderr, "%s\n", err.what);
        return err_exit_code(err.kind);
    }
    const struct assess_request request = { .edition = edition, .by = NO_ITEM };
    const size_t times = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
    if (!strcmp(argv[1], "what-if"))
        try_figures(returns, &request, times ? times : 1000);
    else
        columns_on_demand(returns, &request);
    arena_free(&mem);
    return 0;
}
