/* Whatever the disk does: nothing that was acknowledged is lost, and nothing is there by half. */
#include "disk.h"
#include "place.h"

#include "base/sanitized.h"

#include <sqlite3.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ALONE = 4, TOGETHER = 3, PAIRS = 2 * ALONE + TOGETHER };

/* One run of a small program: opens, writes pairs one by one and in a group, closes, does it again. */
struct run {
    struct pair { char key[16]; bool ok, told; enum err_kind kind; struct err err; } pairs[PAIRS];
    struct err open_err;
    bool opened, broken, broken_when_told;
};

static bool add_pair(void *context, struct db_session *session, struct err *err)
{
    const struct pair *const pair = context;
    char a[32], b[32];
    snprintf(a, sizeof a, "a-%s", pair->key);
    snprintf(b, sizeof b, "b-%s", pair->key);
    return add_setting(&(struct adding){ a, "1", false }, session, err) && add_setting(&(struct adding){ b, "1", false }, session, err);
}

static void told(void *context, bool ok, const struct err *err)
{
    struct pair *const pair = context;
    pair->ok = ok;
    pair->told = true;
    pair->err = *err;
}

static bool hold_up(void *context, struct db_session *session, struct err *err)
{
    (void)session;
    (void)err;
    while (db_figures(context).queue < TOGETHER)
        usleep(100);
    return true;
}

static void nobody(void *context, bool ok, const struct err *err)
{
    (void)context;
    (void)ok;
    (void)err;
}

static void note_broken(void *context)
{
    struct run *const run = context;
    run->broken = true;
}

static void begin(struct run *run)
{
    memset(run, 0, sizeof *run);
    for (int i = 0; i < PAIRS; i++)
        snprintf(run->pairs[i].key, sizeof run->pairs[i].key, "%d", i);
}

static bool open_run(struct run *run, const char *path, struct db **db)
{
    return db_open(&(struct db_options){ .path = path, .create = true, .least_free = 1, .broken = note_broken, .context = run }, db,
                   &run->open_err);
}

static void write_alone(struct run *run, struct db *db, int from)
{
    for (int i = from; i < from + ALONE; i++) {
        run->pairs[i].ok = db_write(db, add_pair, &run->pairs[i], &run->pairs[i].err);
        run->pairs[i].told = true;
    }
}

static void play(struct run *run, const char *path)
{
    struct db *db;
    begin(run);
    if (!open_run(run, path, &db))
        return;
    run->opened = true;
    write_alone(run, db, 0);
    db_write_later(db, hold_up, nobody, db);
    for (int i = ALONE; i < ALONE + TOGETHER; i++)
        db_write_later(db, add_pair, told, &run->pairs[i]);
    db_close(&db); /* with a checkpoint */
    if (run->broken || !open_run(run, path, &db))
        return;
    write_alone(run, db, ALONE + TOGETHER);
    db_close(&db);
}

/* What a healthy program finds afterwards. */
static void check_after(struct run *run, const char *path)
{
    struct db *db;
    struct err err;
    CHECK_OK(db_open(&(struct db_options){ .path = path, .create = true, .least_free = 1 }, &db, &err), err);
    for (int i = 0; i < PAIRS; i++) {
        char a[32], b[32];
        snprintf(a, sizeof a, "a-%d", i);
        snprintf(b, sizeof b, "b-%d", i);
        const bool here = seen(db, a) == 1;
        CHECK_INT(seen(db, b) == 1, here);              /* nothing by half */
        CHECK(here || !run->pairs[i].ok);               /* nothing acknowledged is lost */
        CHECK(!here || run->pairs[i].ok || run->broken || disk_is_cut()); /* and what was refused is not there */
        if (run->pairs[i].told && !run->pairs[i].ok) {
            CHECK_INT(run->pairs[i].err.kind, ERR_OUTSIDE);
            CHECK(run->pairs[i].err.what[0] && run->pairs[i].err.hint[0]);
        }
    }
    CHECK_OK(db_write(db, add_pair, &(struct pair){ .key = "after" }, &err), err);
    db_close(&db);
    CHECK_OK(db_verify(path, &err), err);
}

/* Every fifth point in the plain build, every thirteenth under sanitizers, which are ten times as slow and look for other things: the whole
 * check is to stay under twenty minutes on two cores. */
enum { STRIDE = SANITIZED ? 13 : 5 };

static void fail_at_every_step(enum disk_op op, int code, bool lasting, bool breaks)
{
    static struct run run;
    bool failed = true, any_broken = false;
    long n = 1;
    for (; failed; n += STRIDE) {
        struct place place = place_new();
        disk_install();
        disk_fail(op, n, code, lasting);
        play(&run, place.path);
        failed = disk_failed();
        any_broken = any_broken || run.broken;
        if (!breaks)
            CHECK(!run.broken);
        disk_heal();
        check_after(&run, place.path);
        disk_remove();
        place_end(&place);
    }
    CHECK(n > 10); /* there were some */
    CHECK_INT(any_broken, breaks);
}

TEST(db_faults, of_a_full_disk_lose_nothing_and_end_nothing)
{
    fail_at_every_step(DISK_WRITE, SQLITE_FULL, false, false);
    fail_at_every_step(DISK_WRITE, SQLITE_FULL, true, false);
}

TEST(db_faults, of_a_write_lose_nothing)
{
    fail_at_every_step(DISK_WRITE, SQLITE_IOERR_WRITE, false, true);
    fail_at_every_step(DISK_WRITE, SQLITE_IOERR_WRITE, true, true);
}

TEST(db_faults, of_an_fsync_are_the_end_and_lose_nothing)
{
    fail_at_every_step(DISK_SYNC, SQLITE_IOERR_FSYNC, false, true);
    fail_at_every_step(DISK_SYNC, SQLITE_IOERR_FSYNC, true, true);
}

TEST(db_faults, of_a_disk_that_is_full_for_a_while_end_with_it)
{
    static struct run run;
    struct place place = place_new();
    struct db *db;
    disk_install();
    begin(&run);
    CHECK_OK(open_run(&run, place.path, &db), run.open_err);
    CHECK_OK(db_write(db, add_pair, &run.pairs[0], &place.err), place.err);
    disk_fail(DISK_WRITE, 1, SQLITE_FULL, true);
    for (int i = 1; i < 3; i++) {
        CHECK(!db_write(db, add_pair, &run.pairs[i], &place.err));
        CHECK_INT(place.err.kind, ERR_OUTSIDE);
        CHECK_CONTAINS(text_of(place.err.what), "磁盘满了");
        CHECK_CONTAINS(text_of(place.err.hint), "自动恢复");
    }
    CHECK_INT(seen(db, "a-0"), 1); /* reading goes on */
    disk_heal();
    CHECK_OK(db_write(db, add_pair, &run.pairs[3], &place.err), place.err);
    CHECK_INT(seen(db, "b-3"), 1);
    CHECK_INT(seen(db, "a-1"), -1);
    CHECK(!run.broken);
    CHECK(!db_figures(db).broken);
    db_close(&db);
    disk_remove();
    place_end(&place);
}

static void check_all_told(void *context)
{
    struct run *const run = context;
    run->broken_when_told = run->pairs[0].told && run->pairs[1].told;
    note_broken(run);
}

TEST(db_faults, of_an_fsync_answer_everybody_before_the_program_is_told_to_end)
{
    static struct run run;
    struct place place = place_new();
    struct db *db;
    disk_install();
    begin(&run);
    CHECK_OK(db_open(&(struct db_options){ .path = place.path, .create = true, .least_free = 1, .broken = check_all_told, .context = &run },
                     &db, &place.err), place.err);
    disk_fail(DISK_SYNC, 1, SQLITE_IOERR_FSYNC, false);
    db_write_later(db, add_pair, told, &run.pairs[0]);
    db_write_later(db, add_pair, told, &run.pairs[1]);
    CHECK(!db_write(db, add_pair, &run.pairs[2], &place.err));
    CHECK_INT(place.err.kind, ERR_OUTSIDE);
    CHECK(!db_write(db, add_pair, &run.pairs[3], &place.err)); /* the disk is well again, but nobody can know what it kept */
    CHECK_CONTAINS(text_of(place.err.what), "磁盘写入失败");
    CHECK(db_figures(db).broken);
    CHECK_INT(db_figures(db).commits, 0);
    db_close(&db);
    CHECK(run.broken && run.broken_when_told);
    disk_remove();
    place_end(&place);
}

TEST(db_faults, of_power_lose_nothing_acknowledged_whatever_of_the_rest_was_written)
{
    static struct run run;
    bool cut = true;
    long n = 1;
    for (; cut; n += STRIDE)
        for (int round = 0; round < 2; round++) { /* none or all of the rest; some of it */
            struct place place = place_new();
            disk_install();
            disk_cut_power_at(n);
            play(&run, place.path);
            cut = disk_is_cut();
            run.broken = true; /* what was not acknowledged may be there */
            disk_files_after_cut(round == 0 ? (unsigned)n % 2 : (unsigned)n + 1);
            check_after(&run, place.path);
            disk_remove();
            place_end(&place);
        }
    CHECK(n > 40);
}

/* ---- the process is killed ---- */

struct killed { struct db *db; int pipe, number; };

static void *write_and_say(void *context)
{
    const struct killed *const killed = context;
    struct pair pair = { .ok = false };
    struct err err;
    for (int i = 0;; i++) {
        snprintf(pair.key, sizeof pair.key, "%d-%d", killed->number, i);
        if (!db_write(killed->db, add_pair, &pair, &err) || write(killed->pipe, pair.key, sizeof pair.key) != sizeof pair.key)
            _exit(1);
    }
    return NULL;
}

static void child(const char *path, int out)
{
    enum { THREADS = 8 };
    struct db *db;
    struct err err;
    static struct killed killed[THREADS];
    pthread_t threads[THREADS];
    if (!db_open(&(struct db_options){ .path = path, .create = true, .least_free = 1 }, &db, &err))
        _exit(1);
    for (int i = 0; i < THREADS; i++) {
        killed[i] = (struct killed){ db, out, i };
        pthread_create(&threads[i], NULL, write_and_say, &killed[i]);
    }
    for (;;)
        pause();
}

TEST(db_faults, of_a_killed_process_lose_nothing_acknowledged)
{
    for (int round = 0; round < 5; round++) {
        struct place place = place_new();
        int ends[2];
        size_t n = 0;
        char key[16];
        CHECK_INT(pipe(ends), 0);
        const pid_t pid = fork(); /* this process has no database open */
        if (pid == 0) {
            close(ends[0]);
            child(place.path, ends[1]);
        }
        close(ends[1]);
        struct key { char at[16]; } *const keys = arena_array(place.mem, 100000, struct key);
        while (n < 100000 && read(ends[0], key, sizeof key) == sizeof key) {
            memcpy(keys[n++].at, key, sizeof key);
            if (n == 100 + 37 * (size_t)round)
                kill(pid, SIGKILL);
        }
        close(ends[0]);
        CHECK_INT(waitpid(pid, NULL, 0), pid);
        CHECK(n >= 100);
        CHECK_OK(db_open(&(struct db_options){ .path = place.path, .least_free = 1 }, &place.db, &place.err), place.err);
        struct db_session *session;
        CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
        for (size_t i = 0; i < n; i++)
            for (const char *half = "ab"; *half; half++) {
                char name[40];
                snprintf(name, sizeof name, "%c-%s", *half, keys[i].at);
                CHECK_INT(seen_by(session, name), 1);
            }
        db_read_end(&session);
        CHECK_INT(count_settings(place.db) % 2, 0);
        place_end(&place);
    }
}
