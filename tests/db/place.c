#include "place.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct place place_new(void)
{
    struct place place = { .mem = arena_new("test") };
    char *const folder = arena_printf(place.mem, "%s/jh-db-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(folder))
        fail_msg("no folder %s", folder);
    place.folder = folder;
    place.path = arena_printf(place.mem, "%s/junheng.db", folder);
    return place;
}

struct place place_open(void)
{
    struct place place = place_new();
    CHECK_OK(db_open(&(struct db_options){ .path = place.path, .create = true, .least_free = 1 }, &place.db, &place.err), place.err);
    return place;
}

static int remove_one(const char *path, const struct stat *is, int kind, struct FTW *at)
{
    (void)is;
    (void)kind;
    (void)at;
    return remove(path);
}

void place_end(struct place *place)
{
    db_close(&place->db);
    nftw(place->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(&place->mem);
}

void place_reopen(struct place *place)
{
    db_close(&place->db);
    CHECK_OK(db_open(&(struct db_options){ .path = place->path, .least_free = 1 }, &place->db, &place->err), place->err);
}

bool add_setting(void *context, struct db_session *session, struct err *err)
{
    const struct adding *const adding = context;
    if (!db_run(session, Q_SETTING_ADD, DB_VALUES(db_text(text_of(adding->key)), db_text(text_of(adding->value))), err))
        return false;
    return !adding->fail || err_set(err, ERR_DENIED, "不要了。");
}

bool write_setting(struct db *db, const char *key, const char *value, struct err *err)
{
    return db_write(db, add_setting, &(struct adding){ key, value, false }, err);
}

long long seen_by(struct db_session *session, const char *key)
{
    struct db_rows rows;
    struct err err;
    struct arena *mem = arena_new("seen");
    long long value = -1;
    CHECK_OK(db_select(session, Q_SETTING_GET, DB_VALUES(db_text(text_of(key))), &rows, &err), err);
    while (db_next(&rows))
        value = strtoll(text_string(mem, db_get_text(&rows, 0, mem)), NULL, 10);
    CHECK_OK(db_done(&rows, &err), err);
    arena_free(&mem);
    return value;
}

long long seen(struct db *db, const char *key)
{
    struct db_session *session;
    struct err err;
    CHECK_OK(db_read_begin(db, &session, &err), err);
    const long long value = seen_by(session, key);
    db_read_end(&session);
    return value;
}

size_t count_settings(struct db *db)
{
    struct db_session *session;
    struct db_rows rows;
    struct err err;
    size_t n = 0;
    CHECK_OK(db_read_begin(db, &session, &err), err);
    CHECK_OK(db_select(session, Q_SETTING_ALL, DB_NO_VALUES, &rows, &err), err);
    while (db_next(&rows))
        n++;
    CHECK_OK(db_done(&rows, &err), err);
    db_read_end(&session);
    return n;
}
