/* db.h — the one way to the database: named queries, readers, and one writer that commits in groups.
 *
 * Only listed statements run (sql/query, made into `enum query` when building).  Values are bound, never
 * pasted in.  One connection writes and checkpoints, on a thread of its own; readers are query_only
 * connections with a snapshot each.  What a caller was told is done is on the disk: db_write returns, and
 * db_write_later calls back, only after COMMIT returned. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

#include "made/queries.h" /* made from sql/query by tools/sql.c: enum query */

struct db;          /* an open database */
struct db_session;  /* one connection at work: a reader's snapshot, or the writer inside a savepoint */

/* ---- values ------------------------------------------------------------------------------- */

enum db_kind { DB_NULL, DB_INTEGER, DB_REAL, DB_TEXT, DB_BLOB };
struct db_value { enum db_kind kind; int64_t integer; double real; struct text bytes; };

static inline struct db_value db_null(void) { return (struct db_value){ .kind = DB_NULL }; }
static inline struct db_value db_int(int64_t x) { return (struct db_value){ .kind = DB_INTEGER, .integer = x }; }
static inline struct db_value db_text(struct text x) { return (struct db_value){ .kind = DB_TEXT, .bytes = x }; }
static inline struct db_value db_blob(struct text x) { return (struct db_value){ .kind = DB_BLOB, .bytes = x }; }
struct db_value db_real(double x);                 /* a blank (NAN) is NULL */
struct db_value db_text_or_null(struct text x);    /* an empty text is NULL */

/* Values in the order in which the query's parameters first appear. */
#define DB_VALUES(...) (const struct db_value[]){ __VA_ARGS__ }, COUNT(((const struct db_value[]){ __VA_ARGS__ }))
#define DB_NO_VALUES NULL, 0

/* ---- opening ------------------------------------------------------------------------------ */

struct db_options {
    const char *path;        /* of the database file */
    bool create;             /* make it if it is not there; else ERR_ABSENT */
    uint64_t least_free;     /* bytes of disk below which writes are refused (ERR_OUTSIDE); 0: 256 MiB */
    /* Called once, on the writer's thread, when the disk has failed an fsync: nothing more can be trusted,
     * every waiting write is answered with an error, and the process should end.  NULL: abort(). */
    void (*broken)(void *context);
    void *context;
};

/* Opens, and brings the schema up to date (numbered, checksummed migrations, one transaction each).
 * A database that is to be brought up leaves a checked copy beside it first: path.before-NNNN.
 *   Errors  ERR_ABSENT; ERR_CONFLICT: another program has it open (path.lock is held);
 *           ERR_INPUT: not one of our databases, of a newer program, or damaged; ERR_OUTSIDE */
bool db_open(const struct db_options *options, struct db **out, struct err *err) MUST_CHECK;
/* Waits for what was begun, checkpoints, closes. */
void db_close(struct db **db);

/* ---- reading ------------------------------------------------------------------------------ */

/* A reader with a snapshot of its own; any thread.  Ends with db_read_end, within 30 s: its queries fail then
 * (ERR_OUTSIDE), since a snapshot that is held keeps the log from being cleared. */
bool db_read_begin(struct db *db, struct db_session **out, struct err *err) MUST_CHECK;
void db_read_end(struct db_session **session);   /* fine for NULL */

/* ---- running named queries (on a reader or inside the writer) ------------------------------ */

struct db_rows { struct db_session *session; void *statement; int state; enum query query; };

/* A query that gives no rows.  n must be the query's number of parameters (asserted).
 *   Errors  ERR_CONFLICT: a unique key, a foreign key or a trigger says no; ERR_INPUT: a CHECK does;
 *           ERR_LIMIT: too large a value; ERR_OUTSIDE: disk full, I/O, …: the work fails even if it overlooks that */
bool db_run(struct db_session *session, enum query query, const struct db_value *values, size_t n, struct err *err) MUST_CHECK;
int64_t db_changed(const struct db_session *session);   /* rows the last db_run changed */
/* Starts a query that gives rows; then db_next until false; then db_done, which says whether all is well.
 *     if (!db_select(s, Q_X, DB_VALUES(db_int(1)), &rows, err)) return false;
 *     while (db_next(&rows)) …;
 *     return db_done(&rows, err);                                                              */
bool db_select(struct db_session *session, enum query query, const struct db_value *values, size_t n,
               struct db_rows *rows_out, struct err *err) MUST_CHECK;
bool db_next(struct db_rows *rows);
bool db_done(struct db_rows *rows, struct err *err) MUST_CHECK;
/* Columns of the row at hand, from 0. */
bool db_is_null(const struct db_rows *rows, int column);
int64_t db_get_int(const struct db_rows *rows, int column);                         /* NULL: 0 */
double db_get_real(const struct db_rows *rows, int column);                         /* NULL: BLANK */
struct text db_get_text(const struct db_rows *rows, int column, struct arena *mem); /* a copy; NULL: empty */
struct text db_get_blob(const struct db_rows *rows, int column, struct arena *mem);

/* ---- writing ------------------------------------------------------------------------------ */

/* A piece of work inside a savepoint; false undoes it alone, whatever else the group does.  It may be run
 * once only and must not wait for anything but the database. */
typedef bool db_work(void *context, struct db_session *session, struct err *err);
/* What became of it; err is that of the work, or of the commit. Called on the writer's thread. */
typedef void db_after(void *context, bool ok, const struct err *err);

/* Runs the work on the writer's thread and returns once it is committed or undone. */
bool db_write(struct db *db, db_work *work, void *context, struct err *err) MUST_CHECK;
/* The same without waiting: `after` is called after COMMIT (or once it failed). */
void db_write_later(struct db *db, db_work *work, db_after *after, void *context);
/* Whether this thread is the writer's (where db_write would wait for itself: work calls its steps directly). */
bool db_is_writer(const struct db *db);

/* ---- keeping ------------------------------------------------------------------------------ */

/* A whole, consistent copy through SQLite's backup interface, while work goes on; checked (integrity,
 * schema) before it gets its name.   Errors  ERR_OUTSIDE */
bool db_backup(struct db *db, const char *path, struct err *err) MUST_CHECK;
/* Integrity, foreign keys and schema of a database file nobody has open.  Errors ERR_INPUT say what is broken. */
bool db_verify(const char *path, struct err *err) MUST_CHECK;

struct db_figures { uint64_t commits, works, refused, queue, queries, free_bytes; bool broken; };
struct db_figures db_figures(const struct db *db);       /* for /metrics and the health page */
