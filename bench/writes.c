/* writes.c — acknowledged durable writes a second: 64 threads through the database, against one write of
 * 4 KB and one fdatasync at a time on the same disk.  Prints the medians of interleaved rounds as JSON.
 *
 * writes FOLDER ROUNDS
 * writes -a FOLDER        only the one write at a time, once */
#include "base/arena.h"
#include "db/db.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 64, EACH = 200, ALONE = 500, MOST_ROUNDS = 99 };

struct writer { struct db *db; int round, number; };

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void fail(const char *what)
{
    fprintf(stderr, "writes: %s\n", what);
    exit(1);
}

static bool add(void *key, struct db_session *session, struct err *err)
{
    return db_run(session, Q_SETTING_ADD, DB_VALUES(db_text(text_of(key)), db_text(TEXT("a value of some length"))), err);
}

static void *write_each(void *context)
{
    const struct writer *const writer = context;
    struct err err;
    char key[48];
    for (int i = 0; i < EACH; i++) {
        snprintf(key, sizeof key, "%d-%d-%d", writer->round, writer->number, i);
        if (!db_write(writer->db, add, key, &err))
            fail(err.what);
    }
    return NULL;
}

static double grouped(struct db *db, int round)
{
    pthread_t threads[THREADS];
    struct writer writers[THREADS];
    const double from = now();
    for (int i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){ db, round, i };
        if (pthread_create(&threads[i], NULL, write_each, &writers[i]) != 0)
            fail("no thread");
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return THREADS * EACH / (now() - from);
}

static double alone(const char *path)
{
    static const char page[4096] = "x";
    const int file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    const double from = now();
    for (int i = 0; i < ALONE; i++)
        if (pwrite(file, page, sizeof page, (off_t)i * (off_t)sizeof page) != (ssize_t)sizeof page || fdatasync(file) != 0)
            fail("cannot write");
    close(file);
    return ALONE / (now() - from);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int only_alone(const char *folder)
{
    struct arena *mem = arena_new("writes");
    const char *const file = arena_printf(mem, "%s/writes.bin", folder);
    printf("{\"alone_per_second\": %.0f}\n", alone(file));
    unlink(file);
    arena_free(&mem);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "-a") == 0)
        return only_alone(argv[2]);
    const int rounds = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (rounds < 1 || rounds > MOST_ROUNDS)
        fail("usage: writes FOLDER ROUNDS");
    struct arena *mem = arena_new("writes");
    const char *const path = arena_printf(mem, "%s/writes.db", argv[1]), *const file = arena_printf(mem, "%s/writes.bin", argv[1]);
    double ours[MOST_ROUNDS], theirs[MOST_ROUNDS];
    struct db *db;
    struct err err;
    unlink(path);
    if (!db_open(&(struct db_options){ .path = path, .create = true }, &db, &err))
        fail(err.what);
    for (int i = 0; i < rounds; i++) {
        theirs[i] = alone(file);
        ours[i] = grouped(db, i);
    }
    const struct db_figures figures = db_figures(db);
    db_close(&db);
    unlink(path);
    unlink(file);
    unlink(arena_printf(mem, "%s.lock", path));
    qsort(ours, (size_t)rounds, sizeof *ours, by_size);
    qsort(theirs, (size_t)rounds, sizeof *theirs, by_size);
    printf("{\"grouped_per_second\": %.0f, \"alone_per_second\": %.0f, \"works_per_commit\": %.1f}\n", ours[rounds / 2], theirs[rounds / 2],
           (double)figures.works / (double)figures.commits);
    arena_free(&mem);
    return 0;
}
