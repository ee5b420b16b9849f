/* store.c — one county from its database: a figure is corrected, then the whole state is taken from the store and
 * assessed anew.  Prints medians as JSON; `compute_ms` is the whole of it, `commit_ms` the edit that came before.
 *
 * store FOLDER ROUNDS   FOLDER: a data folder that nobody uses; its figures are changed */
#include "app/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_ROUNDS = 1000 };

struct editing { struct house *house; struct actor actor; struct figure_edit edit; struct figure_edited out; struct arena *mem; };

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec * 1e-6;
}

static void fail(const char *what)
{
    fprintf(stderr, "store: %s\n", what);
    exit(1);
}

static bool edit(void *context, struct db_session *session, struct err *err)
{
    struct editing *const e = context;
    return app_figure_edit(e->house, session, &e->actor, &e->edit, time(NULL), e->mem, &e->out, err);
}

/* A figure of the latest year that most formulas need: the pupils of a primary stage, of the first school that has them. */
static void choose(const struct snapshot *s, struct figure_edit *edit, struct arena *mem)
{
    const struct county_year *const year = &s->returns->counties[s->n_years - 1];
    edit->year = year->year;
    edit->item = item_find(&s->edition->items, TEXT("pupils_primary"));
    if (edit->item == NO_ITEM)
        fail("no pupils_primary");
    for (size_t row = year->first; row < year->first + year->n; row++)
        if (!is_blank(edit->seen = returns_number(s->returns, row, edit->item))) {
            edit->school = text_copy(mem, returns_text(s->returns, row, s->edition->items.school_code));
            return;
        }
    fail("no school has pupils");
}

static const struct snapshot *look(struct house *house)
{
    const struct snapshot *s;
    struct err err;
    if (!house_snapshot(house, &s, &err))
        fail(err.what);
    return s;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    const int rounds = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (rounds < 1 || rounds > MOST_ROUNDS)
        fail("usage: store FOLDER ROUNDS");
    struct editing e = { .actor = actor_console(), .mem = arena_new("store") };
    struct err err;
    double compute[MOST_ROUNDS], commit[MOST_ROUNDS];
    if (!house_open(&(struct house_options){ .folder = argv[1] }, &e.house, &err))
        fail(err.what);
    const struct snapshot *s = look(e.house);
    const size_t rows = s->returns->n, years = s->n_years;
    choose(s, &e.edit, e.mem);
    snapshot_release(&s);
    for (int i = 0; i < rounds; i++) {
        const double next = e.edit.seen + (i % 2 ? -1 : 1), begin = now_ms();
        e.edit.typed = text_printf(e.mem, "%.0f", next);
        if (!house_write(e.house, edit, &e, &err))
            fail(err.what);
        const double committed = now_ms();
        s = look(e.house);
        compute[i] = now_ms() - committed;
        commit[i] = committed - begin;
        if (s->version != (uint64_t)e.out.version)
            fail("the state is not that of the edit");
        snapshot_release(&s);
        e.edit.seen = next;
    }
    house_close(&e.house);
    qsort(compute, (size_t)rounds, sizeof *compute, by_size);
    qsort(commit, (size_t)rounds, sizeof *commit, by_size);
    printf("{\"compute_ms\": %.3f, \"worst_ms\": %.3f, \"commit_ms\": %.3f, \"rows\": %zu, \"years\": %zu}\n", compute[rounds / 2],
           compute[rounds - 1], commit[rounds / 2], rows, years);
    arena_free(&e.mem);
    return 0;
}
