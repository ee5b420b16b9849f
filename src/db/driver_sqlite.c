/* driver_sqlite.c — one SQLite database in WAL mode (see README.md for why each setting is as it is). */
#include "db/driver.h"
#include "db/fault_sqlite.h"
#include "db/sqlite_keep.h"

#include "base/number.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    OUR_ID = 0x4A554E48,       /* application_id: "JUNH" */
    BUSY_MILLISECONDS = 5000,
    STEPS_BETWEEN_LOOKS = 20000, /* at the clock: about half a millisecond of work */
};

static const char *const CONTROLS[DRIVER_N_CONTROLS] = {
    [DRIVER_BEGIN_SNAPSHOT] = "BEGIN",           [DRIVER_END_SNAPSHOT] = "COMMIT",
    [DRIVER_BEGIN_GROUP] = "BEGIN IMMEDIATE",    [DRIVER_COMMIT_GROUP] = "COMMIT",
    [DRIVER_UNDO_GROUP] = "ROLLBACK",            [DRIVER_BEGIN_WORK] = "SAVEPOINT work",
    [DRIVER_KEEP_WORK] = "RELEASE work",         [DRIVER_UNDO_WORK] = "ROLLBACK TO work",
};

/* BEGIN alone pins no snapshot: the first read does. */
#define FIRST_READ "SELECT 1 FROM sqlite_schema LIMIT 1"

enum { MOST_OUT = 32 };   /* queries inside each other's loops */

struct driver_connection {
    struct arena *mem;
    sqlite3 *handle;
    sqlite3_stmt *queries[N_QUERIES];             /* prepared once; NULL: not yet, or out with a caller */
    sqlite3_stmt *controls[DRIVER_N_CONTROLS], *first_read;
    sqlite3_stmt *out[MOST_OUT];                  /* statements that callers hold: ours to end, while a virtual table's own are not */
    unsigned n_out;
    int64_t deadline;                             /* nanoseconds of the monotonic clock; 0: none */
    enum driver_damage damage;
    struct err damage_err;
    int wal_pages;                                /* in the log after the last commit */
    bool tidied;                                  /* nothing was committed since all of it was moved */
};

static int64_t now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

static bool fault(struct driver_connection *connection, int code, const char *doing, struct err *err)
{
    const enum driver_damage damage = sqlite_fault(connection->handle, code, doing, err);
    if (damage > connection->damage) {
        connection->damage = damage;
        connection->damage_err = *err;
    }
    return false;
}

/* ---- opening ---- */

static int too_late(void *context)
{
    const struct driver_connection *const connection = context;
    return connection->deadline && now() > connection->deadline;
}

static int wal_grew(void *context, sqlite3 *handle, const char *database, int pages)
{
    (void)handle;
    (void)database;
    struct driver_connection *const connection = context;
    connection->wal_pages = pages;
    connection->tidied = false;
    return SQLITE_OK;
}

static bool run(struct driver_connection *connection, const char *text, struct err *err)
{
    const int code = sqlite3_exec(connection->handle, text, NULL, NULL, NULL);
    return code == SQLITE_OK || fault(connection, code, text, err);
}

/* The one number or word that a PRAGMA or a count answers. */
static bool ask(struct driver_connection *connection, const char *text, int64_t *number_out, char word_out[16], struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection->handle, text, -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (number_out)
            *number_out = sqlite3_column_int64(statement, 0);
        if (word_out)
            sqlite3_snprintf(16, word_out, "%s", (const char *)sqlite3_column_text(statement, 0));
        code = SQLITE_OK;
    }
    const bool ok = code == SQLITE_OK || fault(connection, code, text, err);
    sqlite3_finalize(statement);
    return ok;
}

static bool defend(struct driver_connection *connection, struct err *err)
{
    static const struct { int what, value; } settings[] = {
        { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, { SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },           { SQLITE_DBCONFIG_DQS_DML, 0 },   { SQLITE_DBCONFIG_DQS_DDL, 0 },
        { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
    };
    for (size_t i = 0; i < COUNT(settings); i++)
        if (sqlite3_db_config(connection->handle, settings[i].what, settings[i].value, NULL) != SQLITE_OK)
            return fault(connection, SQLITE_ERROR, "sqlite3_db_config", err);
    sqlite3_busy_timeout(connection->handle, BUSY_MILLISECONDS);
    return true;
}

static bool configure_writer(struct driver_connection *connection, struct err *err)
{
    char mode[16] = "";
    if (!ask(connection, "PRAGMA journal_mode=wal", NULL, mode, err))
        return false;
    if (strcmp(mode, "wal") != 0) {
        err_set(err, ERR_OUTSIDE, "这个位置不能安全地存放数据库（journal_mode=%s）。", mode);
        return err_hint(err, "请把数据文件夹放在本机的磁盘上，不要放在网络共享里。");
    }
    sqlite3_wal_hook(connection->handle, wal_grew, connection); /* takes the place of the automatic checkpoint */
    /* The log is cut back to 64 MB when it starts anew. */
    return run(connection, "PRAGMA synchronous=full; PRAGMA cache_size=-8000; PRAGMA journal_size_limit=67108864", err);
}

static bool configure(struct driver_connection *connection, enum driver_role role, struct err *err)
{
    if (!run(connection, "PRAGMA mmap_size=0; PRAGMA temp_store=memory; PRAGMA cell_size_check=on", err))
        return false;
    switch (role) {
    case DRIVER_WRITER: return configure_writer(connection, err);
    case DRIVER_READER:
        sqlite3_progress_handler(connection->handle, STEPS_BETWEEN_LOOKS, too_late, connection);
        return run(connection, "PRAGMA query_only=on; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-2000", err);
    case DRIVER_CHECKER: return run(connection, "PRAGMA query_only=on; PRAGMA wal_autocheckpoint=0", err);
    case DRIVER_SCRATCH: break;
    }
    return true;
}

/* Is it empty, or ours?  The first look inside: here a log left by a crash is taken up. */
static bool recognise(struct driver_connection *connection, const char *place, struct err *err)
{
    int64_t id = 0, objects = 0;
    struct err why;
    if (!ask(connection, "PRAGMA application_id", &id, NULL, &why) ||
        !ask(connection, "SELECT count(*) FROM sqlite_schema", &objects, NULL, &why)) {
        const int code = sqlite3_errcode(connection->handle) & 0xff;
        if (code != SQLITE_NOTADB && code != SQLITE_CORRUPT) {
            *err = why;
            return false;
        }
        err_set(err, ERR_INPUT, code == SQLITE_NOTADB ? "“%s”不是数据库文件，或者已经损坏。" : "数据库文件“%s”已经损坏。", place);
        err_hint(err, "请核对路径；如果文件损坏了，请从最近的备份恢复。");
        return err_detail(err, "%s", why.detail);
    }
    if (objects == 0 || id == OUR_ID)
        return true;
    err_set(err, ERR_INPUT, "“%s”是别的程序的数据库，不能在里面存放数据。", place);
    return err_hint(err, "请核对数据文件夹的路径。");
}

/* SQLite makes files that everybody may read; these are for the owner alone.  (The new file is closed
 * before SQLite opens it: closing one later would drop SQLite's locks.) */
static bool make_file(const char *place, struct err *err)
{
    const int file = open(place, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        close(file);
    else if (errno != EEXIST) {
        err_set(err, ERR_OUTSIDE, "不能建立数据库文件“%s”：%s。", place, err_system(errno));
        return err_hint(err, "请检查文件夹是否存在、有没有写入的权限。");
    }
    return true;
}

static void take_back(struct driver_connection *connection);

static void close_connection(struct driver_connection **connection, bool clean)
{
    if (!*connection)
        return;
    if (clean)
        sqlite3_db_config((*connection)->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    take_back(*connection);
    sqlite3_finalize((*connection)->first_read);
    for (size_t i = 0; i < COUNT((*connection)->controls); i++)
        sqlite3_finalize((*connection)->controls[i]);
    for (size_t i = 0; i < COUNT((*connection)->queries); i++)
        sqlite3_finalize((*connection)->queries[i]);
    const int code = sqlite3_close((*connection)->handle);
    assert(code == SQLITE_OK);
    struct arena *mem = (*connection)->mem; /* the connection lies in it */
    arena_free(&mem);
    *connection = NULL;
}

static int open_handle(const char *place, enum driver_role role, sqlite3 **out)
{
    static const int flags[] = {
        [DRIVER_WRITER] = SQLITE_OPEN_READWRITE, [DRIVER_READER] = SQLITE_OPEN_READWRITE, /* for the log's index */
        [DRIVER_CHECKER] = SQLITE_OPEN_READONLY, [DRIVER_SCRATCH] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY,
    };
    return sqlite3_open_v2(role == DRIVER_SCRATCH ? ":memory:" : place, out, flags[role] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
}

static bool open_connection(const char *place, enum driver_role role, bool create, struct driver_connection **out, struct err *err)
{
    struct stat is;
    *out = NULL;
    assert(sqlite3_threadsafe());
    if (role != DRIVER_SCRATCH && !create && stat(place, &is) != 0) {
        err_set(err, ERR_ABSENT, "没有数据库文件“%s”。", place);
        return err_hint(err, "请核对数据文件夹的路径。");
    }
    if (role == DRIVER_WRITER && create && !make_file(place, err))
        return false;

    struct arena *mem = arena_new("database connection");
    struct driver_connection *connection = arena_make(mem, struct driver_connection);
    connection->mem = mem;
    connection->tidied = role != DRIVER_WRITER;
    const int code = open_handle(place, role, &connection->handle);
    if (code != SQLITE_OK)
        fault(connection, code, "open", err);
    const bool ok = code == SQLITE_OK && defend(connection, err) &&
                    (role == DRIVER_SCRATCH || recognise(connection, place, err)) && configure(connection, role, err);
    if (!ok)
        close_connection(&connection, false);
    *out = connection;
    return ok;
}

static void limit(struct driver_connection *connection, double seconds)
{
    connection->deadline = seconds > 0 ? now() + (int64_t)(seconds * 1e9) : 0;
}

/* ---- transactions ---- */

static bool step_kept(struct driver_connection *connection, sqlite3_stmt **slot, const char *text, struct err *err)
{
    int code = SQLITE_OK;
    if (!*slot)
        code = sqlite3_prepare_v3(connection->handle, text, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
    if (code == SQLITE_OK) {
        sqlite3_step(*slot);
        code = sqlite3_reset(*slot);
    }
    return code == SQLITE_OK || fault(connection, code, text, err);
}

/* A caller that gave up midway left statements at work; they would keep the snapshot, or the group, open. */
static void take_back(struct driver_connection *connection)
{
    while (connection->n_out)
        sqlite3_finalize(connection->out[--connection->n_out]);
}

static void forget_out(struct driver_connection *connection, const sqlite3_stmt *statement)
{
    for (unsigned i = connection->n_out; i > 0; i--)
        if (connection->out[i - 1] == statement) {
            connection->out[i - 1] = connection->out[--connection->n_out];
            return;
        }
}

static bool control(struct driver_connection *connection, enum driver_control what, struct err *err)
{
    if (what == DRIVER_BEGIN_SNAPSHOT || what == DRIVER_BEGIN_GROUP || what == DRIVER_BEGIN_WORK)
        connection->damage = DAMAGE_NONE;
    else
        take_back(connection);
    if (what == DRIVER_UNDO_GROUP && sqlite3_get_autocommit(connection->handle))
        return true; /* SQLite has undone it by itself */
    if (!step_kept(connection, &connection->controls[what], CONTROLS[what], err))
        return false;
    if (what == DRIVER_BEGIN_SNAPSHOT)
        return step_kept(connection, &connection->first_read, FIRST_READ, err);
    if (what == DRIVER_UNDO_WORK) /* the savepoint outlives its rollback */
        return step_kept(connection, &connection->controls[DRIVER_KEEP_WORK], CONTROLS[DRIVER_KEEP_WORK], err);
    return true;
}

static enum driver_damage damage(const struct driver_connection *connection, struct err *err_out)
{
    if (err_out && connection->damage != DAMAGE_NONE)
        *err_out = connection->damage_err;
    return connection->damage;
}

static bool in_group(const struct driver_connection *connection)
{
    return !sqlite3_get_autocommit(connection->handle);
}

/* ---- queries ---- */

static int bind(sqlite3_stmt *statement, int at, const struct db_value *value, bool copy)
{
    const sqlite3_destructor_type keep = copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
    switch (value->kind) {
    case DB_INTEGER: return sqlite3_bind_int64(statement, at, value->integer);
    case DB_REAL: return sqlite3_bind_double(statement, at, value->real);
    case DB_TEXT: /* a NULL pointer would bind NULL */
        return sqlite3_bind_text64(statement, at, value->bytes.size ? value->bytes.at : "", value->bytes.size, keep, SQLITE_UTF8);
    case DB_BLOB: return sqlite3_bind_blob64(statement, at, value->bytes.size ? value->bytes.at : "", value->bytes.size, keep);
    case DB_NULL: break;
    }
    return sqlite3_bind_null(statement, at);
}

static bool start(struct driver_connection *connection, enum query query, const struct db_value *values, size_t n, bool copy,
                  void **statement_out, struct err *err)
{
    const struct query_text *const text = &QUERIES[query];
    assert(n == text->n_parameters);
    *statement_out = NULL;
    if (connection->deadline && now() > connection->deadline)
        return fault(connection, SQLITE_INTERRUPT, text->name, err);
    sqlite3_stmt *statement = connection->queries[query];
    connection->queries[query] = NULL; /* the same query inside its own loop gets a statement of its own */
    int code = SQLITE_OK;
    if (!statement)
        code = sqlite3_prepare_v3(connection->handle, text->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < n; i++)
        code = bind(statement, (int)i + 1, &values[i], copy);
    if (code != SQLITE_OK) {
        fault(connection, code, text->name, err);
        sqlite3_finalize(statement);
        return false;
    }
    assert(connection->n_out < MOST_OUT);
    connection->out[connection->n_out++] = statement;
    *statement_out = statement;
    return true;
}

static enum driver_state step(struct driver_connection *connection, void *statement)
{
    (void)connection;
    const int code = sqlite3_step(statement);
    return code == SQLITE_ROW ? DRIVER_ROW : code == SQLITE_DONE ? DRIVER_DONE : DRIVER_FAILED;
}

static bool finish(struct driver_connection *connection, enum query query, void *statement, struct err *err)
{
    const int code = sqlite3_reset(statement); /* says again how the last step ended */
    const bool ok = code == SQLITE_OK || fault(connection, code, QUERIES[query].name, err);
    forget_out(connection, statement);
    if (connection->queries[query]) {
        sqlite3_finalize(statement);
    } else {
        sqlite3_clear_bindings(statement);
        connection->queries[query] = statement;
    }
    return ok;
}

static int64_t changed(const struct driver_connection *connection)
{
    return sqlite3_changes64(connection->handle);
}

static bool is_null(void *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

static int64_t get_int(void *statement, int column)
{
    return sqlite3_column_int64(statement, column);
}

static double get_real(void *statement, int column)
{
    return is_null(statement, column) ? BLANK : sqlite3_column_double(statement, column);
}

static struct text get_bytes(void *statement, int column, bool blob)
{
    const char *const at = blob ? sqlite3_column_blob(statement, column) : (const char *)sqlite3_column_text(statement, column);
    return (struct text){ at, at ? (size_t)sqlite3_column_bytes(statement, column) : 0 };
}

/* ---- schema ---- */

static bool prepare_schema(struct driver_connection *connection, bool *fresh_out, struct err *err)
{
    int64_t objects = 0;
    if (!ask(connection, "SELECT count(*) FROM sqlite_schema", &objects, NULL, err))
        return false;
    *fresh_out = objects == 0;
    char *const text = sqlite3_mprintf("BEGIN IMMEDIATE; PRAGMA application_id=%d;"
                                       "CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                                       " checksum TEXT NOT NULL, applied_at INTEGER NOT NULL);"
                                       "COMMIT", OUR_ID);
    const bool ok = !*fresh_out || run(connection, text, err);
    if (!ok && !sqlite3_get_autocommit(connection->handle))
        sqlite3_exec(connection->handle, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_free(text);
    return ok;
}

static bool script(struct driver_connection *connection, const char *text, struct err *err)
{
    const int code = sqlite3_exec(connection->handle, text, NULL, NULL, NULL);
    return code == SQLITE_OK || fault(connection, code, "migration", err);
}

static bool schema(struct driver_connection *connection, struct arena *mem, struct text *out, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    struct buf all = { .mem = mem };
    static const char text[] = "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema"
                               " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";
    int code = sqlite3_prepare_v2(connection->handle, text, -1, &statement, NULL);
    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < 4; i++) {
            buf_add(&all, get_bytes(statement, i, false));
            buf_byte(&all, '\n');
        }
    *out = buf_text(&all);
    if (code == SQLITE_OK)
        code = sqlite3_reset(statement);
    const bool ok = code == SQLITE_OK || fault(connection, code, "schema", err);
    sqlite3_finalize(statement);
    return ok;
}

/* ---- keeping ---- */

static uint64_t untidy(const struct driver_connection *connection)
{
    return connection->tidied ? 0 : (uint64_t)connection->wal_pages;
}

static bool tidy(struct driver_connection *connection, bool whole, struct err *err)
{
    int pages = 0, moved = 0;
    connection->damage = DAMAGE_NONE;
    const int code = sqlite3_wal_checkpoint_v2(connection->handle, NULL, whole ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                                               &pages, &moved);
    if (code == SQLITE_BUSY)
        return true; /* a reader is in the way: another time */
    if (code != SQLITE_OK)
        return fault(connection, code, "checkpoint", err);
    connection->tidied = pages == moved;
    return true;
}

static bool copy(struct driver_connection *connection, const char *path, struct err *err)
{
    return make_file(path, err) && sqlite_copy(connection->handle, path, err);
}

static bool integrity(struct driver_connection *connection, struct err *err)
{
    return sqlite_integrity(connection->handle, err);
}

const struct driver DRIVER_SQLITE = {
    .open = open_connection, .close = close_connection, .limit = limit,
    .control = control, .damage = damage, .in_group = in_group,
    .start = start, .step = step, .finish = finish, .changed = changed,
    .is_null = is_null, .get_int = get_int, .get_real = get_real, .get_bytes = get_bytes,
    .prepare_schema = prepare_schema, .script = script, .schema = schema,
    .untidy = untidy, .tidy = tidy, .copy = copy, .integrity = integrity,
};
