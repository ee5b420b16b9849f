#include "place.h"

#include <sqlite3.h>
#include <unistd.h>

static const struct migration STORY[] = {
    { 1, "base", "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);", "one" },
    { 2, "more", "CREATE TABLE extra (x TEXT); INSERT INTO setting VALUES ('from', '2');", "two" },
    { 3, "trigger", "CREATE TRIGGER keep BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'kept'); END;", "three" },
};

static struct db_inside with(const struct migration *migrations, size_t n)
{
    struct db_inside inside = DB_INSIDE;
    inside.migrations = migrations;
    inside.n_migrations = n;
    return inside;
}

static bool open_with(struct place *place, const struct migration *migrations, size_t n)
{
    const struct db_inside inside = with(migrations, n);
    return db_open_inside(&(struct db_options){ .path = place->path, .create = true, .least_free = 1 }, &inside, &place->db, &place->err);
}

static long long latest(struct place *place)
{
    struct db_session *session;
    struct db_rows rows;
    long long number = 0;
    CHECK_OK(db_read_begin(place->db, &session, &place->err), place->err);
    CHECK_OK(db_select(session, Q_MIGRATION_ALL, DB_NO_VALUES, &rows, &place->err), place->err);
    while (db_next(&rows))
        number = db_get_int(&rows, 0);
    CHECK_OK(db_done(&rows, &place->err), place->err);
    db_read_end(&session);
    return number;
}

static bool try_to_drop(void *context, struct db_session *session, struct err *err)
{
    (void)context;
    return db_run(session, Q_SETTING_DROP, DB_VALUES(db_text(TEXT("a"))), err);
}

TEST(db_migrate, makes_a_fresh_database_of_all_steps)
{
    struct place place = place_open();
    CHECK_INT(latest(&place), N_MIGRATIONS);
    place_reopen(&place); /* and finds nothing to do the second time */
    CHECK_INT(latest(&place), N_MIGRATIONS);
    CHECK(access(arena_printf(place.mem, "%s.before-0002", place.path), F_OK) != 0);
    place_end(&place);
}

TEST(db_migrate, brings_an_older_database_up_and_leaves_a_copy_of_it)
{
    struct place place = place_new();
    CHECK_OK(open_with(&place, STORY, 1), place.err);
    CHECK_OK(write_setting(place.db, "a", "1", &place.err), place.err);
    db_close(&place.db);
    CHECK_OK(open_with(&place, STORY, 3), place.err);
    CHECK_INT(latest(&place), 3);
    CHECK_INT(seen(place.db, "a"), 1);
    CHECK_INT(seen(place.db, "from"), 2);
    CHECK(!db_write(place.db, try_to_drop, NULL, &place.err)); /* the trigger is there */
    CHECK_INT(place.err.kind, ERR_CONFLICT);
    db_close(&place.db);

    /* The copy is the database as it was. */
    place.path = arena_printf(place.mem, "%s.before-0002", place.path);
    const struct db_inside inside = with(STORY, 3);
    CHECK_OK(db_verify_inside(&inside, place.path, &place.err), place.err);
    CHECK_OK(open_with(&place, STORY, 1), place.err);
    CHECK_INT(seen(place.db, "a"), 1);
    CHECK_INT(seen(place.db, "from"), -1);
    place_end(&place);
}

TEST(db_migrate, undoes_a_step_that_fails_and_tells_which)
{
    static const struct migration bad[] = {
        { 1, "base", "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);", "one" },
        { 2, "half", "CREATE TABLE extra (x TEXT); INSERT INTO nowhere VALUES (1);", "two" },
    };
    struct place place = place_new();
    CHECK(!open_with(&place, bad, 2));
    CHECK_CONTAINS(text_of(place.err.what), "第 2 步（half）");
    CHECK_OK(open_with(&place, STORY, 2), place.err); /* the table that the bad step began is not there */
    CHECK_INT(latest(&place), 2);
    place_end(&place);
}

TEST(db_migrate, refuses_a_database_of_a_newer_program_and_leaves_it_as_it_is)
{
    struct place place = place_new();
    CHECK_OK(open_with(&place, STORY, 3), place.err);
    db_close(&place.db);
    CHECK(!open_with(&place, STORY, 2));
    CHECK_INT(place.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(place.err.what), "更新版本");
    CHECK_OK(open_with(&place, STORY, 3), place.err);
    CHECK_INT(latest(&place), 3);
    place_end(&place);
}

TEST(db_migrate, refuses_a_step_that_was_altered_after_it_ran)
{
    struct migration altered[3];
    struct place place = place_new();
    memcpy(altered, STORY, sizeof STORY);
    altered[1].sha256 = "other";
    CHECK_OK(open_with(&place, STORY, 2), place.err);
    db_close(&place.db);
    CHECK(!open_with(&place, altered, 3));
    CHECK_INT(place.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(place.err.what), "第 2 步（more）");
    CHECK_OK(open_with(&place, STORY, 2), place.err);
    CHECK_INT(latest(&place), 2);
    place_end(&place);
}
