#include "place.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Writes pairs until told to stop: a copy with half a pair is a wrong one. */
struct load { struct db *db; _Atomic bool stop; _Atomic long written; int number; };

static bool add_pair(void *context, struct db_session *session, struct err *err)
{
    struct arena *mem = arena_new("pair");
    const char *const key = context;
    struct adding a = { arena_printf(mem, "a-%s", key), "1", false }, b = { arena_printf(mem, "b-%s", key), "1", false };
    const bool ok = add_setting(&a, session, err) && add_setting(&b, session, err);
    arena_free(&mem);
    return ok;
}

static void *write_pairs(void *context)
{
    struct load *const load = context;
    struct err err;
    char key[32];
    for (long i = 0; !load->stop; i++) {
        snprintf(key, sizeof key, "%d-%ld", load->number, i);
        if (!db_write(load->db, add_pair, key, &err))
            abort();
        load->written++;
    }
    return NULL;
}

static void check_pairs(struct db *db, size_t least)
{
    struct db_session *session;
    struct db_rows rows;
    struct err err;
    size_t a = 0, b = 0;
    unsigned long sum = 0; /* of the keys behind a- and b-: both the same */
    CHECK_OK(db_read_begin(db, &session, &err), err);
    struct arena *mem = arena_new("pairs");
    CHECK_OK(db_select(session, Q_SETTING_ALL, DB_NO_VALUES, &rows, &err), err);
    while (db_next(&rows)) {
        const struct text key = db_get_text(&rows, 0, mem), rest = { key.at + 2, key.size - 2 };
        if (text_starts(key, TEXT("a-"))) {
            a++;
            sum += text_hash(rest);
        } else if (text_starts(key, TEXT("b-"))) {
            b++;
            sum -= text_hash(rest);
        }
    }
    CHECK_OK(db_done(&rows, &err), err);
    arena_free(&mem);
    db_read_end(&session);
    CHECK_INT(a, b);
    CHECK_INT(sum, 0);
    CHECK(a >= least);
}

TEST(db_backup, under_load_is_one_moment_of_the_database)
{
    struct place place = place_open();
    struct load loads[4];
    pthread_t threads[COUNT(loads)];
    for (size_t i = 0; i < COUNT(loads); i++) {
        loads[i] = (struct load){ .db = place.db, .number = (int)i };
        CHECK_INT(pthread_create(&threads[i], NULL, write_pairs, &loads[i]), 0);
    }
    for (int round = 0; round < 3; round++) {
        const char *const copy = arena_printf(place.mem, "%s.backup-%d", place.path, round);
        long least = 0, during = 0;
        while (loads[0].written < 20 * (round + 1))
            usleep(1000);
        for (size_t i = 0; i < COUNT(loads); i++)
            least += loads[i].written;
        CHECK_OK(db_backup(place.db, copy, &place.err), place.err);
        for (size_t i = 0; i < COUNT(loads); i++)
            during += loads[i].written;
        CHECK(during > least); /* the writer went on */
        CHECK(access(arena_printf(place.mem, "%s.part", copy), F_OK) != 0);
        CHECK(access(arena_printf(place.mem, "%s-wal", copy), F_OK) != 0);
        struct stat is;
        CHECK_INT(stat(copy, &is), 0);
        CHECK_INT(is.st_mode & 0777, 0600);
        struct place restored = place;
        restored.path = copy;
        restored.db = NULL;
        place_reopen(&restored);
        check_pairs(restored.db, (size_t)least); /* all that was acknowledged before it began */
        db_close(&restored.db);
    }
    for (size_t i = 0; i < COUNT(loads); i++)
        loads[i].stop = true;
    for (size_t i = 0; i < COUNT(loads); i++)
        pthread_join(threads[i], NULL);
    place_end(&place);
}

TEST(db_backup, takes_the_place_of_an_older_one_and_clears_what_a_crash_left)
{
    struct place place = place_open();
    const char *const copy = arena_printf(place.mem, "%s.backup", place.path);
    FILE *const left = fopen(arena_printf(place.mem, "%s.part", copy), "w");
    fputs("half", left);
    fclose(left);
    CHECK_OK(db_backup(place.db, copy, &place.err), place.err);
    CHECK_OK(write_setting(place.db, "a", "1", &place.err), place.err);
    CHECK_OK(db_backup(place.db, copy, &place.err), place.err);
    place.path = copy;
    place_reopen(&place);
    CHECK_INT(seen(place.db, "a"), 1);
    place_end(&place);
}

TEST(db_backup, says_so_when_it_cannot_be_written)
{
    struct place place = place_open();
    CHECK(!db_backup(place.db, arena_printf(place.mem, "%s/nowhere/copy", place.folder), &place.err));
    CHECK_INT(place.err.kind, ERR_OUTSIDE);
    CHECK_OK(write_setting(place.db, "a", "1", &place.err), place.err);
    place_end(&place);
}

/* ---- verifying ---- */

/* A closed database of some hundred pages. */
static struct place closed(void)
{
    struct place place = place_open();
    char *const value = arena_alloc(place.mem, 3000);
    memset(value, '7', 2999);
    for (int i = 0; i < 200; i++)
        CHECK_OK(write_setting(place.db, arena_printf(place.mem, "k%d", i), value, &place.err), place.err);
    db_close(&place.db);
    CHECK_OK(db_verify(place.path, &place.err), place.err);
    return place;
}

static void check_broken(struct place *place)
{
    CHECK(!db_verify(place->path, &place->err));
    CHECK_INT(place->err.kind, ERR_INPUT);
    CHECK(place->err.what[0] && place->err.hint[0]);
}

TEST(db_verify, finds_a_damaged_page)
{
    struct place place = closed();
    const int file = open(place.path, O_RDWR);
    char page[4096] = { 0 };
    /* Each of some pages in turn: the header, tables, overflow, the index. */
    for (int number = 0; number < 100; number += 7) {
        char before[sizeof page];
        CHECK_INT(pread(file, before, sizeof before, number * 4096), sizeof before);
        memset(page, number % 2 ? 0 : 0xA5, sizeof page);
        CHECK_INT(pwrite(file, page, sizeof page, number * 4096), sizeof page);
        check_broken(&place);
        CHECK_INT(pwrite(file, before, sizeof before, number * 4096), sizeof before);
    }
    close(file);
    CHECK_OK(db_verify(place.path, &place.err), place.err);
    place_end(&place);
}

TEST(db_verify, finds_a_file_cut_short_wherever)
{
    struct place place = closed();
    struct stat is;
    CHECK_INT(stat(place.path, &is), 0);
    const off_t cuts[] = { is.st_size - 1, is.st_size - 4096, is.st_size / 2, 4096, 100, 1, 0 };
    for (size_t i = 0; i < COUNT(cuts); i++) {
        CHECK_INT(truncate(place.path, cuts[i]), 0);
        check_broken(&place);
    }
    place_end(&place);
}

static void alter(const char *path, const char *sql)
{
    sqlite3 *handle;
    CHECK_INT(sqlite3_open(path, &handle), SQLITE_OK);
    CHECK_INT(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}

TEST(db_verify, finds_a_schema_that_is_not_ours)
{
    struct place place = closed();
    alter(place.path, "CREATE TRIGGER hidden AFTER INSERT ON setting BEGIN DELETE FROM setting; END");
    check_broken(&place);
    CHECK_CONTAINS(text_of(place.err.what), "结构被改动过");
    alter(place.path, "DROP TRIGGER hidden");
    CHECK_OK(db_verify(place.path, &place.err), place.err);
    alter(place.path, "UPDATE schema_version SET checksum = 'x' WHERE number = 1");
    check_broken(&place);
    alter(place.path, "DROP TABLE schema_version");
    check_broken(&place);
    place_end(&place);
}

TEST(db_verify, says_what_is_absent)
{
    struct place place = place_new();
    CHECK(!db_verify(place.path, &place.err));
    CHECK_INT(place.err.kind, ERR_ABSENT);
    CHECK(access(place.path, F_OK) != 0);
    place_end(&place);
}
