/* keep.c — copies that can be trusted, and whether a file can. */
#include "db/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <unistd.h>

/* The name of a file that was just made or renamed is on the disk only when its folder is. */
static bool sync_folder(struct arena *mem, const char *path, struct err *err)
{
    const int folder = open(dirname(arena_copy_string(mem, path, strlen(path))), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = folder >= 0 && fsync(folder) == 0;
    if (!ok) {
        err_set(err, ERR_OUTSIDE, "不能写入“%s”所在的文件夹：%s。", path, err_system(errno));
        err_hint(err, "请检查磁盘是否正常。");
    }
    if (folder >= 0)
        close(folder);
    return ok;
}

bool db_copy_checked(const struct db_inside *inside, struct driver_connection *connection, const char *path, struct err *err)
{
    struct arena *mem = arena_new("copy of the database");
    const char *const part = arena_printf(mem, "%s.part", path);
    bool ok = false;
    if (unlink(part) != 0 && errno != ENOENT) {
        err_set(err, ERR_OUTSIDE, "不能写入“%s”：%s。", part, err_system(errno));
        err_hint(err, "请检查文件夹的权限。");
        goto done;
    }
    if (!inside->driver->copy(connection, part, err) || !db_verify_inside(inside, part, err))
        goto done;
    if (rename(part, path) != 0) {
        err_set(err, ERR_OUTSIDE, "不能把备份命名为“%s”：%s。", path, err_system(errno));
        err_hint(err, "请检查文件夹的权限，以及是否已经有同名的文件夹。");
        goto done;
    }
    ok = sync_folder(mem, path, err);
done:
    if (!ok)
        unlink(part);
    arena_free(&mem);
    return ok;
}

bool db_backup(struct db *db, const char *path, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(db, &session, err))
        return false;
    const bool ok = db_copy_checked(&db->inside, session->connection, path, err);
    db_read_end(&session);
    return ok;
}

/* The schema is, word for word, what our migrations make: no table, index or trigger is missing or other. */
static bool schema_is_ours(const struct db_inside *inside, struct driver_connection *connection, size_t n, struct err *err)
{
    const struct driver *const driver = inside->driver;
    struct arena *mem = arena_new("schema");
    struct driver_connection *scratch = NULL;
    struct text there, here;
    bool fresh, ok = driver->open("", DRIVER_SCRATCH, true, &scratch, err) && driver->prepare_schema(scratch, &fresh, err) &&
                     db_migrations_run(inside, scratch, 0, n, err) && driver->schema(scratch, mem, &here, err) &&
                     driver->schema(connection, mem, &there, err);
    if (ok && !text_equal(there, here)) {
        ok = err_set(err, ERR_INPUT, "数据库的结构被改动过，或者不完整。");
        err_hint(err, "请不要再使用这个文件，换用别的备份。");
    }
    driver->close(&scratch, false);
    arena_free(&mem);
    return ok;
}

bool db_verify_inside(const struct db_inside *inside, const char *path, struct err *err)
{
    struct driver_connection *connection;
    size_t n = 0;
    if (!inside->driver->open(path, DRIVER_CHECKER, false, &connection, err))
        return false;
    bool ok = inside->driver->integrity(connection, err);
    if (ok) {
        struct err why;
        if (!db_migrations_known(inside, connection, &n, &why) || n == 0) {
            /* A file without the table of migrations is none of ours. */
            ok = n == 0 ? err_set(err, ERR_INPUT, "“%s”里没有本程序的数据，或者不完整。", path) : (*err = why, false);
            if (n == 0)
                err_hint(err, "请核对路径，换用别的备份。");
        }
    }
    ok = ok && schema_is_ours(inside, connection, n, err);
    inside->driver->close(&connection, false);
    return ok;
}

bool db_verify(const char *path, struct err *err)
{
    return db_verify_inside(&DB_INSIDE, path, err);
}
