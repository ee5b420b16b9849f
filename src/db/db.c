#include "db/inside.h"

#include "base/number.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { MOST_IDLE = 16 };
static const uint64_t LEAST_FREE = 256u << 20;

static uint64_t disk_free(const char *path)
{
    struct statvfs disk;
    return statvfs(path, &disk) == 0 ? (uint64_t)disk.f_bavail * disk.f_frsize : UINT64_MAX;
}

const struct db_inside DB_INSIDE = {
    .driver = &DRIVER_SQLITE, .migrations = MIGRATIONS, .n_migrations = N_MIGRATIONS, .free_bytes = disk_free, .read_seconds = 30,
};

struct db_value db_real(double x)
{
    return is_blank(x) ? db_null() : (struct db_value){ .kind = DB_REAL, .real = x };
}

struct db_value db_text_or_null(struct text x)
{
    return x.size ? db_text(x) : db_null();
}

/* ---- opening ---- */

/* One program at a time: two that write or checkpoint one WAL database can damage it.  The lock is on a file
 * of its own, since SQLite's locks would go with any descriptor of the database that is closed. */
static bool take_lock(struct db *db, struct err *err)
{
    const char *const path = arena_printf(db->mem, "%s.lock", db->path);
    db->lock_file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (db->lock_file >= 0 && flock(db->lock_file, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (db->lock_file >= 0 && errno == EWOULDBLOCK) {
        err_set(err, ERR_CONFLICT, "数据库“%s”正被另一个程序使用。", db->path);
        return err_hint(err, "服务正在运行时，请在网页上操作，或者先停止服务。");
    }
    err_set(err, ERR_OUTSIDE, "不能锁住数据库“%s”：%s。", db->path, err_system(errno));
    return err_hint(err, "请检查文件夹是否存在、有没有写入的权限。");
}

static void give_up(struct db *db)
{
    db->inside.driver->close(&db->writer.connection, false);
    if (db->lock_file >= 0)
        close(db->lock_file);
    struct arena *mem = db->mem; /* the database lies in it */
    arena_free(&mem);
}

bool db_open_inside(const struct db_options *options, const struct db_inside *inside, struct db **out, struct err *err)
{
    struct arena *mem = arena_new("database");
    struct db *db = arena_make(mem, struct db);
    *out = NULL;
    db->mem = mem;
    db->inside = *inside;
    db->options = *options;
    db->path = arena_copy_string(mem, options->path, strlen(options->path));
    db->options.path = db->path;
    if (!db->options.least_free)
        db->options.least_free = LEAST_FREE;
    db->lock_file = -1;
    db->last = &db->first;
    db->writer.db = db;
    db->writer.writer = true;

    if (!options->create && access(db->path, F_OK) != 0) {
        err_set(err, ERR_ABSENT, "没有数据库文件“%s”。", db->path);
        err_hint(err, "请核对数据文件夹的路径。");
        give_up(db);
        return false;
    }
    if (!take_lock(db, err) || !inside->driver->open(db->path, DRIVER_WRITER, options->create, &db->writer.connection, err) ||
        !db_migrate(inside, db->writer.connection, db->path, err) || !inside->driver->tidy(db->writer.connection, true, err)) {
        give_up(db);
        return false;
    }
    pthread_mutex_init(&db->readers_lock, NULL);
    if (!db_writer_start(db, err)) {
        pthread_mutex_destroy(&db->readers_lock);
        give_up(db);
        return false;
    }
    *out = db;
    return true;
}

bool db_open(const struct db_options *options, struct db **out, struct err *err)
{
    return db_open_inside(options, &DB_INSIDE, out, err);
}

void db_close(struct db **database)
{
    struct db *const db = *database;
    if (!db)
        return;
    *database = NULL;
    db_writer_stop(db);
    assert(db->n_reading == 0);
    for (struct db_session *session = db->idle; session; session = session->next)
        db->inside.driver->close(&session->connection, false);
    struct err err;
    const bool tidy = !atomic_load(&db->broken) && db->inside.driver->tidy(db->writer.connection, true, &err);
    db->inside.driver->close(&db->writer.connection, tidy);
    pthread_mutex_destroy(&db->readers_lock);
    give_up(db);
}

struct db_figures db_figures(const struct db *db)
{
    return (struct db_figures){
        .commits = atomic_load(&db->commits),
        .works = atomic_load(&db->works),
        .refused = atomic_load(&db->refused),
        .queue = atomic_load(&db->queue),
        .queries = atomic_load_explicit(&db->queries, memory_order_relaxed),
        .free_bytes = db->inside.free_bytes(db->path),
        .broken = atomic_load(&db->broken),
    };
}

/* ---- reading ---- */

/* A session at rest, with or without a connection. */
static struct db_session *take_session(struct db *db)
{
    pthread_mutex_lock(&db->readers_lock);
    struct db_session **from = db->idle ? &db->idle : &db->empty;
    struct db_session *session = *from;
    if (session)
        *from = session->next;
    else
        session = arena_make(db->mem, struct db_session);
    if (session->connection)
        db->n_idle--;
    db->n_reading++;
    pthread_mutex_unlock(&db->readers_lock);
    session->db = db;
    return session;
}

static void give_session(struct db_session *session, bool keep)
{
    struct db *const db = session->db;
    pthread_mutex_lock(&db->readers_lock);
    keep = keep && db->n_idle < MOST_IDLE;
    pthread_mutex_unlock(&db->readers_lock);
    if (!keep)
        db->inside.driver->close(&session->connection, false);
    pthread_mutex_lock(&db->readers_lock);
    struct db_session **to = session->connection ? &db->idle : &db->empty;
    session->next = *to;
    *to = session;
    if (session->connection)
        db->n_idle++;
    db->n_reading--;
    pthread_mutex_unlock(&db->readers_lock);
}

bool db_read_begin(struct db *db, struct db_session **out, struct err *err)
{
    const struct driver *const driver = db->inside.driver;
    struct db_session *session = take_session(db);
    *out = NULL;
    bool ok = session->connection || driver->open(db->path, DRIVER_READER, false, &session->connection, err);
    if (ok) {
        driver->limit(session->connection, db->inside.read_seconds);
        ok = driver->control(session->connection, DRIVER_BEGIN_SNAPSHOT, err);
    }
    if (!ok) {
        give_session(session, false);
        return false;
    }
    *out = session;
    return true;
}

void db_read_end(struct db_session **out)
{
    struct db_session *const session = *out;
    struct err err;
    if (!session)
        return;
    *out = NULL;
    const struct driver *const driver = session->db->inside.driver;
    driver->limit(session->connection, 0);
    /* A connection that met trouble is not used again. */
    const bool well = driver->damage(session->connection, NULL) == DAMAGE_NONE;
    give_session(session, driver->control(session->connection, DRIVER_END_SNAPSHOT, &err) && well);
}

/* ---- queries ---- */

bool db_run(struct db_session *session, enum query query, const struct db_value *values, size_t n, struct err *err)
{
    const struct driver *const driver = session->db->inside.driver;
    void *statement;
    atomic_fetch_add_explicit(&session->db->queries, 1, memory_order_relaxed);
    if (!driver->start(session->connection, query, values, n, false, &statement, err))
        return false;
    const enum driver_state state = driver->step(session->connection, statement);
    assert(state != DRIVER_ROW);
    (void)state;
    return driver->finish(session->connection, query, statement, err);
}

int64_t db_changed(const struct db_session *session)
{
    return session->db->inside.driver->changed(session->connection);
}

bool db_select(struct db_session *session, enum query query, const struct db_value *values, size_t n, struct db_rows *rows_out,
               struct err *err)
{
    *rows_out = (struct db_rows){ .session = session, .state = DRIVER_ROW, .query = query };
    atomic_fetch_add_explicit(&session->db->queries, 1, memory_order_relaxed);
    return session->db->inside.driver->start(session->connection, query, values, n, true, &rows_out->statement, err);
}

bool db_next(struct db_rows *rows)
{
    if (rows->state == DRIVER_ROW)
        rows->state = rows->session->db->inside.driver->step(rows->session->connection, rows->statement);
    return rows->state == DRIVER_ROW;
}

bool db_done(struct db_rows *rows, struct err *err)
{
    void *const statement = rows->statement;
    rows->statement = NULL;
    return rows->session->db->inside.driver->finish(rows->session->connection, rows->query, statement, err);
}

bool db_is_null(const struct db_rows *rows, int column)
{
    return rows->session->db->inside.driver->is_null(rows->statement, column);
}

int64_t db_get_int(const struct db_rows *rows, int column)
{
    return rows->session->db->inside.driver->get_int(rows->statement, column);
}

double db_get_real(const struct db_rows *rows, int column)
{
    return rows->session->db->inside.driver->get_real(rows->statement, column);
}

struct text db_get_text(const struct db_rows *rows, int column, struct arena *mem)
{
    return text_copy(mem, rows->session->db->inside.driver->get_bytes(rows->statement, column, false));
}

struct text db_get_blob(const struct db_rows *rows, int column, struct arena *mem)
{
    return text_copy(mem, rows->session->db->inside.driver->get_bytes(rows->statement, column, true));
}
