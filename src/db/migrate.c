#include "db/inside.h"

#include <time.h>

static bool newer(struct err *err, int64_t number)
{
    err_set(err, ERR_INPUT, "这个数据库是由更新版本的程序建立的（结构版本 %lld），本程序不能使用。", (long long)number);
    return err_hint(err, "请改用新版本的程序打开；旧程序没有改动它。");
}

static bool altered(struct err *err, const struct migration *ours, struct text name, struct text checksum)
{
    err_set(err, ERR_INPUT, "数据库结构的第 %d 步（%s）与本程序的不一致。", ours->number, ours->name);
    err_hint(err, "请改用建立这个数据库的程序版本，或者从备份恢复。");
    return err_detail(err, "there: %.*s %.*s; here: %s %s", TEXT_ARG(name), TEXT_ARG(checksum), ours->name, ours->sha256);
}

/* One row of schema_version against the n-th of ours. */
static bool is_known(const struct db_inside *inside, const struct driver *driver, void *statement, size_t n, struct err *err)
{
    const int64_t number = driver->get_int(statement, 0);
    if (n >= inside->n_migrations)
        return newer(err, number);
    const struct migration *const ours = &inside->migrations[n];
    const struct text name = driver->get_bytes(statement, 1, false), checksum = driver->get_bytes(statement, 2, false);
    if (number != ours->number || !text_equal(name, text_of(ours->name)) || !text_equal(checksum, text_of(ours->sha256)))
        return altered(err, ours, name, checksum);
    return true;
}

bool db_migrations_known(const struct db_inside *inside, struct driver_connection *connection, size_t *n_out, struct err *err)
{
    const struct driver *const driver = inside->driver;
    void *statement;
    bool known = true;
    *n_out = 0;
    if (!driver->start(connection, Q_MIGRATION_ALL, DB_NO_VALUES, true, &statement, err))
        return false;
    while (known && driver->step(connection, statement) == DRIVER_ROW) {
        known = is_known(inside, driver, statement, *n_out, err);
        ++*n_out;
    }
    struct err other;
    return driver->finish(connection, Q_MIGRATION_ALL, statement, known ? err : &other) && known;
}

static bool add_row(const struct driver *driver, struct driver_connection *connection, const struct migration *migration, struct err *err)
{
    void *statement;
    if (!driver->start(connection, Q_MIGRATION_ADD,
                       DB_VALUES(db_int(migration->number), db_text(text_of(migration->name)), db_text(text_of(migration->sha256)),
                                 db_int((int64_t)time(NULL))),
                       true, &statement, err))
        return false;
    driver->step(connection, statement);
    return driver->finish(connection, Q_MIGRATION_ADD, statement, err);
}

bool db_migrations_run(const struct db_inside *inside, struct driver_connection *connection, size_t from, size_t to, struct err *err)
{
    const struct driver *const driver = inside->driver;
    for (size_t i = from; i < to; i++) {
        const struct migration *const migration = &inside->migrations[i];
        struct err why, other;
        if (driver->control(connection, DRIVER_BEGIN_GROUP, &why) && driver->script(connection, migration->text, &why) &&
            add_row(driver, connection, migration, &why) && driver->control(connection, DRIVER_COMMIT_GROUP, &why))
            continue;
        (void)!driver->control(connection, DRIVER_UNDO_GROUP, &other);
        err_set(err, why.kind == ERR_OUTSIDE ? ERR_OUTSIDE : ERR_INPUT, "数据库结构升级到第 %d 步（%s）时没有成功：%s", migration->number,
                migration->name, why.what);
        err_hint(err, "这一步已经撤销，数据没有改动。%s", why.hint);
        return err_detail(err, "%s", why.detail);
    }
    return true;
}

bool db_migrate(const struct db_inside *inside, struct driver_connection *connection, const char *place, struct err *err)
{
    size_t n;
    bool fresh;
    if (!inside->driver->prepare_schema(connection, &fresh, err) || !db_migrations_known(inside, connection, &n, err))
        return false;
    if (n > 0 && n < inside->n_migrations) {
        struct arena *mem = arena_new("migration");
        const bool ok = db_copy_checked(inside, connection, arena_printf(mem, "%s.before-%04d", place, inside->migrations[n].number), err);
        arena_free(&mem);
        if (!ok)
            return false;
    }
    return db_migrations_run(inside, connection, n, inside->n_migrations, err);
}
