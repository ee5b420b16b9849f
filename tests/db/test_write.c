#include "place.h"

#include <pthread.h>
#include <stdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a group that is certain to be one: its first work waits until the others stand in the queue ---- */

struct gate { struct db *db; uint64_t queue; };

static bool wait_for_queue(void *context, struct db_session *session, struct err *err)
{
    (void)session;
    (void)err;
    const struct gate *const gate = context;
    while (db_figures(gate->db).queue < gate->queue)
        usleep(200);
    return true;
}

static void tell_nobody(void *context, bool ok, const struct err *err)
{
    (void)context;
    (void)ok;
    (void)err;
}

struct answer { struct db *db; struct adding adding; bool told, ok; enum err_kind kind; long long seen; };

static bool work_of(void *context, struct db_session *session, struct err *err)
{
    return add_setting(&((struct answer *)context)->adding, session, err);
}

static void told(void *context, bool ok, const struct err *err)
{
    struct answer *const answer = context;
    answer->ok = ok;
    answer->kind = ok ? ERR_NONE : err->kind;
    answer->seen = seen(answer->db, answer->adding.key); /* by another connection: only what is committed */
    answer->told = true;
}

TEST(db_write, undoes_a_failed_work_alone_and_keeps_its_neighbours)
{
    struct place place = place_open();
    struct answer answers[] = {
        { place.db, { "a", "1", false }, .seen = 0 }, { place.db, { "b", "2", true }, .seen = 0 },
        { place.db, { "a", "3", false }, .seen = 0 }, { place.db, { "c", "4", false }, .seen = 0 },
    };
    const uint64_t commits = db_figures(place.db).commits;
    db_write_later(place.db, wait_for_queue, tell_nobody, &(struct gate){ place.db, COUNT(answers) });
    for (size_t i = 0; i < COUNT(answers); i++)
        db_write_later(place.db, work_of, told, &answers[i]);
    db_close(&place.db); /* waits for what was begun */
    CHECK(answers[0].ok && answers[3].ok);
    CHECK(!answers[1].ok && answers[1].kind == ERR_DENIED);
    CHECK(!answers[2].ok && answers[2].kind == ERR_CONFLICT);
    CHECK_INT(answers[1].seen, -1);
    CHECK_INT(answers[3].seen, 4);
    place_reopen(&place);
    CHECK_INT(seen(place.db, "a"), 1);
    CHECK_INT(seen(place.db, "b"), -1);
    CHECK_INT(seen(place.db, "c"), 4);
    CHECK_INT(commits, 0);
    place_end(&place);
}

TEST(db_write, commits_what_waits_together)
{
    struct place place = place_open();
    enum { N = 100 };
    static struct answer answers[N];
    db_write_later(place.db, wait_for_queue, tell_nobody, &(struct gate){ place.db, N });
    for (int i = 0; i < N; i++) {
        answers[i] = (struct answer){ .db = place.db, .adding = { arena_printf(place.mem, "k%d", i), "5", false } };
        db_write_later(place.db, work_of, told, &answers[i]);
    }
    CHECK_OK(write_setting(place.db, "last", "6", &place.err), place.err);
    const struct db_figures figures = db_figures(place.db);
    CHECK(figures.commits <= 2);
    CHECK_INT(figures.works, N + 2);
    CHECK_INT(figures.queue, 0);
    db_close(&place.db);
    for (int i = 0; i < N; i++) {
        CHECK(answers[i].told && answers[i].ok);
        CHECK_INT(answers[i].seen, 5); /* it was told only when others could see it */
    }
    place_end(&place);
}

struct many { struct db *db; int number, n; };

static void *write_many(void *context)
{
    const struct many *const many = context;
    struct arena *mem = arena_new("many");
    struct err err;
    for (int i = 0; i < many->n; i++) {
        const char *const key = arena_printf(mem, "%d-%d", many->number, i);
        if (!write_setting(many->db, key, "8", &err) || seen(many->db, key) != 8)
            abort();
    }
    arena_free(&mem);
    return NULL;
}

TEST(db_write, of_sixty_four_threads_takes_far_fewer_commits_than_works)
{
    struct place place = place_open();
    enum { THREADS = 64, EACH = 20 };
    pthread_t threads[THREADS];
    struct many many[THREADS];
    for (int i = 0; i < THREADS; i++) {
        many[i] = (struct many){ place.db, i, EACH };
        CHECK_INT(pthread_create(&threads[i], NULL, write_many, &many[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    const struct db_figures figures = db_figures(place.db);
    CHECK_INT(figures.works, THREADS * EACH);
    CHECK(figures.commits * 4 <= figures.works);
    place_reopen(&place);
    CHECK_INT(count_settings(place.db), THREADS * EACH);
    place_end(&place);
}

static bool overlook(void *context, struct db_session *session, struct err *err)
{
    struct err why;
    (void)err;
    return add_setting(context, session, &why) || db_run(session, Q_SETTING_PUT, DB_VALUES(db_text(TEXT("a")), db_text(TEXT("2"))), &why);
}

TEST(db_write, may_meet_a_conflict_and_go_another_way)
{
    struct place place = place_open();
    CHECK_OK(write_setting(place.db, "a", "1", &place.err), place.err);
    CHECK_OK(db_write(place.db, overlook, &(struct adding){ "a", "9", false }, &place.err), place.err);
    CHECK_INT(seen(place.db, "a"), 2);
    CHECK(!write_setting(place.db, "a", "3", &place.err));
    CHECK_INT(place.err.kind, ERR_CONFLICT);
    CHECK_CONTAINS(text_of(place.err.what), "已经有相同的记录");
    CHECK_INT(db_figures(place.db).refused, 1);
    place_end(&place);
}

static bool not_null(void *context, struct db_session *session, struct err *err)
{
    (void)context;
    return db_run(session, Q_SETTING_ADD, DB_VALUES(db_text(TEXT("a")), db_null()), err);
}

TEST(db_write, says_that_a_value_is_not_what_it_must_be)
{
    struct place place = place_open();
    CHECK(!db_write(place.db, not_null, NULL, &place.err));
    CHECK_INT(place.err.kind, ERR_INPUT);
    place_end(&place);
}

static bool ask_whether_writer(void *context, struct db_session *session, struct err *err)
{
    (void)session;
    (void)err;
    return db_is_writer(context);
}

TEST(db_write, runs_on_the_writers_thread)
{
    struct place place = place_open(), other = place_open();
    CHECK(!db_is_writer(place.db));
    CHECK_OK(db_write(place.db, ask_whether_writer, place.db, &place.err), place.err);
    CHECK(!db_write(place.db, ask_whether_writer, other.db, &place.err));
    place_end(&other);
    place_end(&place);
}

/* ---- a disk with little room ---- */

static _Atomic uint64_t room;

static uint64_t say_room(const char *path)
{
    (void)path;
    return room;
}

TEST(db_write, is_refused_while_the_disk_is_nearly_full_and_goes_on_by_itself)
{
    struct place place = place_new();
    struct db_inside inside = DB_INSIDE;
    inside.free_bytes = say_room;
    room = 1 << 30;
    CHECK_OK(db_open_inside(&(struct db_options){ .path = place.path, .create = true }, &inside, &place.db, &place.err), place.err);
    CHECK_OK(write_setting(place.db, "a", "1", &place.err), place.err);
    room = (256u << 20) - 1;
    CHECK(!write_setting(place.db, "b", "2", &place.err));
    CHECK_INT(place.err.kind, ERR_OUTSIDE);
    CHECK_CONTAINS(text_of(place.err.what), "磁盘快满了");
    CHECK_INT(seen(place.db, "a"), 1); /* reading goes on */
    CHECK_INT(db_figures(place.db).free_bytes, room);
    room = 256u << 20;
    CHECK_OK(write_setting(place.db, "b", "2", &place.err), place.err);
    CHECK_INT(seen(place.db, "b"), 2);
    place_end(&place);
}

/* ---- how the database is set up ---- */

static sqlite3 *handle_of(struct driver_connection *connection)
{
    /* Any statement leads to its connection. */
    struct err err;
    void *statement;
    CHECK_OK(DRIVER_SQLITE.start(connection, Q_SETTING_ALL, DB_NO_VALUES, false, &statement, &err), err);
    sqlite3 *const handle = sqlite3_db_handle(statement);
    CHECK_OK(DRIVER_SQLITE.finish(connection, Q_SETTING_ALL, statement, &err), err);
    return handle;
}

static int pragma(sqlite3 *handle, const char *name)
{
    char text[100];
    sqlite3_stmt *statement = NULL;
    sqlite3_snprintf(sizeof text, text, "PRAGMA %s", name);
    CHECK_INT(sqlite3_prepare_v2(handle, text, -1, &statement, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_step(statement), SQLITE_ROW);
    const int value = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0 ? 1000 : sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static int setting(sqlite3 *handle, int what)
{
    int value = -1;
    CHECK_INT(sqlite3_db_config(handle, what, -1, &value), SQLITE_OK);
    return value;
}

static void check_setup(sqlite3 *handle, bool writer)
{
    CHECK_INT(pragma(handle, "journal_mode"), 1000);
    CHECK_INT(pragma(handle, "synchronous"), 2);
    CHECK_INT(pragma(handle, "foreign_keys"), 1);
    CHECK_INT(pragma(handle, "temp_store"), 2);
    CHECK_INT(pragma(handle, "trusted_schema"), 0);
    CHECK_INT(pragma(handle, "query_only"), writer ? 0 : 1);
    CHECK_INT(pragma(handle, "wal_autocheckpoint"), writer ? 0 : 0);
    CHECK_INT(setting(handle, SQLITE_DBCONFIG_DEFENSIVE), 1);
    CHECK_INT(setting(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION), 0);
    CHECK_INT(setting(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE), 1);
    /* DEFENSIVE: the schema cannot be rewritten behind our back. */
    CHECK_INT(sqlite3_exec(handle, "PRAGMA writable_schema=on; UPDATE sqlite_schema SET sql = ''", NULL, NULL, NULL), SQLITE_ERROR);
    CHECK_INT(sqlite3_exec(handle, "SELECT load_extension('x')", NULL, NULL, NULL), SQLITE_ERROR);
}

static bool check_writer(void *context, struct db_session *session, struct err *err)
{
    (void)context;
    (void)err;
    check_setup(handle_of(session->connection), true);
    return true;
}

TEST(db_open, sets_every_connection_up_as_the_security_design_says)
{
    struct place place = place_open();
    struct db_session *session;
    struct stat is;
    CHECK_OK(db_write(place.db, check_writer, NULL, &place.err), place.err);
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    check_setup(handle_of(session->connection), false);
    db_read_end(&session);
    CHECK_INT(stat(place.path, &is), 0);
    CHECK_INT(is.st_mode & 0777, 0600); /* nobody else may read it */
    CHECK_INT(stat(arena_printf(place.mem, "%s-wal", place.path), &is), 0);
    CHECK_INT(is.st_mode & 0777, 0600);
    place_end(&place);
}

TEST(db_open, is_refused_while_another_has_the_database_open)
{
    struct place place = place_open();
    struct db *second;
    CHECK(!db_open(&(struct db_options){ .path = place.path }, &second, &place.err));
    CHECK_INT(place.err.kind, ERR_CONFLICT);
    CHECK(second == NULL);
    place_reopen(&place);
    place_end(&place);
}

TEST(db_open, says_what_is_absent_and_what_is_not_ours)
{
    struct place place = place_new();
    sqlite3 *other;
    CHECK(!db_open(&(struct db_options){ .path = place.path }, &place.db, &place.err));
    CHECK_INT(place.err.kind, ERR_ABSENT);
    CHECK(access(arena_printf(place.mem, "%s.lock", place.path), F_OK) != 0); /* nothing was left behind */

    FILE *const file = fopen(place.path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("学校代码,学校名称\n", file);
    fclose(file);
    CHECK(!db_open(&(struct db_options){ .path = place.path }, &place.db, &place.err));
    CHECK_INT(place.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(place.err.what), "不是数据库文件");

    unlink(place.path);
    CHECK_INT(sqlite3_open(place.path, &other), SQLITE_OK);
    CHECK_INT(sqlite3_exec(other, "CREATE TABLE bookmarks (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    CHECK(!db_open(&(struct db_options){ .path = place.path }, &place.db, &place.err));
    CHECK_INT(place.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(place.err.what), "别的程序");
    place_end(&place);
}

TEST(db_close, leaves_one_file_with_everything_in_it)
{
    struct place place = place_open();
    CHECK_OK(write_setting(place.db, "a", "1", &place.err), place.err);
    CHECK_INT(seen(place.db, "a"), 1);
    db_close(&place.db);
    CHECK(access(arena_printf(place.mem, "%s-wal", place.path), F_OK) != 0);
    CHECK_OK(db_verify(place.path, &place.err), place.err);
    place_reopen(&place);
    CHECK_INT(seen(place.db, "a"), 1);
    place_end(&place);
}

TEST(db_writer, moves_the_log_to_its_place_when_it_grows_and_when_idle)
{
    struct place place = place_open();
    struct stat before, after;
    char *const big = arena_alloc(place.mem, 1 << 20);
    memset(big, 'x', (1 << 20) - 1);
    stat(place.path, &before);
    for (int i = 0; i < 40; i++) /* 40 MB through a log that is tidied each 16 MB */
        CHECK_OK(write_setting(place.db, arena_printf(place.mem, "k%d", i), big, &place.err), place.err);
    stat(place.path, &after);
    CHECK(after.st_size > before.st_size + (16 << 20));
    for (int i = 0; i < 100 && after.st_size < 40 << 20; i++) {
        usleep(50000);
        stat(place.path, &after);
    }
    CHECK(after.st_size >= 40 << 20); /* idle for a second: all of it */
    place_end(&place);
}
