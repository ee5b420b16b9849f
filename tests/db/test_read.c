#include "place.h"

#include <stdlib.h>

TEST(db_queries, every_one_prepares_and_says_as_many_parameters_as_it_has)
{
    struct place place = place_open();
    struct db_session *session;
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    for (unsigned q = 0; q < N_QUERIES; q++) {
        struct db_value nulls[64] = { 0 };
        void *statement;
        CHECK(QUERIES[q].n_parameters <= COUNT(nulls));
        CHECK_OK(DRIVER_SQLITE.start(session->connection, (enum query)q, nulls, QUERIES[q].n_parameters, false, &statement, &place.err),
                 place.err);
        CHECK_OK(DRIVER_SQLITE.finish(session->connection, (enum query)q, statement, &place.err), place.err);
        CHECK(strchr(QUERIES[q].postgres, '?') == NULL);
    }
    db_read_end(&session);
    place_end(&place);
}

static bool put_empty(void *context, struct db_session *session, struct err *err)
{
    (void)context;
    return db_run(session, Q_SETTING_PUT, DB_VALUES(db_text(TEXT("")), db_text(TEXT("a\0b"))), err) && db_changed(session) == 1 &&
           db_run(session, Q_SETTING_DROP, DB_VALUES(db_text(TEXT("none"))), err) && db_changed(session) == 0;
}

TEST(db_values, keep_their_bytes_and_an_empty_text_is_not_null)
{
    struct place place = place_open();
    struct db_session *session;
    struct db_rows rows;
    CHECK_OK(db_write(place.db, put_empty, NULL, &place.err), place.err);
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK_OK(db_select(session, Q_SETTING_ALL, DB_NO_VALUES, &rows, &place.err), place.err);
    CHECK(db_next(&rows));
    CHECK(!db_is_null(&rows, 0));
    CHECK_INT(db_get_text(&rows, 0, place.mem).size, 0);
    CHECK(text_equal(db_get_text(&rows, 1, place.mem), TEXT("a\0b")));
    CHECK(text_equal(db_get_blob(&rows, 1, place.mem), TEXT("a\0b")));
    CHECK(!db_next(&rows));
    CHECK_OK(db_done(&rows, &place.err), place.err);
    db_read_end(&session);
    CHECK_INT(db_real(BLANK).kind, DB_NULL);
    CHECK_INT(db_real(0).kind, DB_REAL);
    CHECK_INT(db_text_or_null(TEXT("")).kind, DB_NULL);
    place_end(&place);
}

TEST(db_values, null_reads_as_a_blank_and_numbers_as_they_are)
{
    struct place place = place_open();
    struct db_session *session;
    struct db_rows rows;
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK_OK(db_select(session, Q_MIGRATION_ALL, DB_NO_VALUES, &rows, &place.err), place.err);
    CHECK(db_next(&rows));
    CHECK_INT(db_get_int(&rows, 0), 1);
    CHECK_NEAR(db_get_real(&rows, 0), 1, 0);
    CHECK(db_is_null(&rows, 99)); /* SQLite gives NULL for a column that is not there */
    CHECK_BLANK(db_get_real(&rows, 99));
    CHECK_INT(db_get_int(&rows, 99), 0);
    CHECK_INT(db_get_text(&rows, 99, place.mem).size, 0);
    CHECK_OK(db_done(&rows, &place.err), place.err);
    db_read_end(&session);
    place_end(&place);
}

TEST(db_reader, sees_what_stood_when_it_began_and_nothing_of_what_came_later)
{
    struct place place = place_open();
    struct db_session *before, *after;
    CHECK_OK(write_setting(place.db, "a", "1", &place.err), place.err);
    CHECK_OK(db_read_begin(place.db, &before, &place.err), place.err);
    CHECK_OK(write_setting(place.db, "b", "2", &place.err), place.err);
    CHECK_OK(db_read_begin(place.db, &after, &place.err), place.err);
    CHECK_INT(seen_by(before, "a"), 1);
    CHECK_INT(seen_by(before, "b"), -1);
    CHECK_INT(seen_by(after, "b"), 2);
    db_read_end(&before);
    db_read_end(&after);
    CHECK(before == NULL);
    db_read_end(&before); /* nothing to end: fine */
    place_end(&place);
}

TEST(db_reader, cannot_write)
{
    struct place place = place_open();
    struct db_session *session;
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK(!db_run(session, Q_SETTING_ADD, DB_VALUES(db_text(TEXT("a")), db_text(TEXT("1"))), &place.err));
    CHECK_INT(place.err.kind, ERR_OUTSIDE);
    db_read_end(&session);
    CHECK_INT(count_settings(place.db), 0);
    place_end(&place);
}

TEST(db_reader, runs_a_query_inside_its_own_loop)
{
    struct place place = place_open();
    struct db_session *session;
    struct db_rows outer, inner;
    size_t n = 0;
    for (int i = 0; i < 5; i++)
        CHECK_OK(write_setting(place.db, arena_printf(place.mem, "k%d", i), "1", &place.err), place.err);
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK_OK(db_select(session, Q_SETTING_ALL, DB_NO_VALUES, &outer, &place.err), place.err);
    while (db_next(&outer)) {
        CHECK_OK(db_select(session, Q_SETTING_ALL, DB_NO_VALUES, &inner, &place.err), place.err);
        while (db_next(&inner))
            n++;
        CHECK_OK(db_done(&inner, &place.err), place.err);
    }
    CHECK_OK(db_done(&outer, &place.err), place.err);
    CHECK_INT(n, 25);
    db_read_end(&session);
    place_end(&place);
}

TEST(db_reader, that_forgot_to_finish_a_query_keeps_no_snapshot)
{
    struct place place = place_open();
    struct db_session *session;
    struct db_rows rows;
    for (int i = 0; i < 5; i++)
        CHECK_OK(write_setting(place.db, arena_printf(place.mem, "k%d", i), "1", &place.err), place.err);
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK_OK(db_select(session, Q_SETTING_ALL, DB_NO_VALUES, &rows, &place.err), place.err);
    CHECK(db_next(&rows));
    struct driver_connection *const connection = session->connection;
    db_read_end(&session);
    CHECK_OK(write_setting(place.db, "new", "7", &place.err), place.err);
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK(session->connection == connection); /* the same one, and it sees the present */
    CHECK_INT(seen_by(session, "new"), 7);
    db_read_end(&session);
    place_end(&place);
}

TEST(db_reader, is_stopped_when_it_takes_too_long)
{
    struct place place = place_new();
    struct db_session *session;
    struct db_rows rows;
    struct db_inside inside = DB_INSIDE;
    inside.read_seconds = 0.05;
    CHECK_OK(db_open_inside(&(struct db_options){ .path = place.path, .create = true, .least_free = 1 }, &inside, &place.db, &place.err),
             place.err);
    for (int i = 0; i < 3; i++)
        CHECK_OK(write_setting(place.db, arena_printf(place.mem, "k%d", i), "1", &place.err), place.err);

    /* A query that is begun too late. */
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK_INT(seen_by(session, "k1"), 1);
    nanosleep(&(struct timespec){ .tv_nsec = 60000000 }, NULL);
    CHECK(!db_select(session, Q_SETTING_ALL, DB_NO_VALUES, &rows, &place.err));
    CHECK_INT(place.err.kind, ERR_OUTSIDE);
    CHECK_CONTAINS(text_of(place.err.what), "时间太长");
    db_read_end(&session);

    /* The next one has its whole time. */
    CHECK_OK(db_read_begin(place.db, &session, &place.err), place.err);
    CHECK_INT(seen_by(session, "k1"), 1);
    db_read_end(&session);
    place_end(&place);
}
