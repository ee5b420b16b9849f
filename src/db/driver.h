/* driver.h — what a database system must be able to do for us.
 *
 * db.c, writer.c, migrate.c and keep.c speak to a `struct driver` only; driver_sqlite.c is the one there is.
 * A second one fills another table of functions and takes `QUERIES[q].postgres`.  A connection is used by
 * one thread at a time; the driver keeps no lock and knows no thread. */
#pragma once
#include "db/db.h"

struct driver_connection;

enum driver_role {
    DRIVER_WRITER,  /* the one that writes */
    DRIVER_READER,  /* refuses to write */
    DRIVER_CHECKER, /* looks at a file nobody has open, and leaves it as it is */
    DRIVER_SCRATCH, /* an empty database in memory; its place is not looked at */
};

enum driver_control {
    DRIVER_BEGIN_SNAPSHOT, DRIVER_END_SNAPSHOT,                      /* a reader */
    DRIVER_BEGIN_GROUP, DRIVER_COMMIT_GROUP, DRIVER_UNDO_GROUP,      /* the writer's transaction */
    DRIVER_BEGIN_WORK, DRIVER_KEEP_WORK, DRIVER_UNDO_WORK,           /* a savepoint in it */
    DRIVER_N_CONTROLS
};

enum driver_state { DRIVER_ROW, DRIVER_DONE, DRIVER_FAILED };

/* How far a failure reaches. */
enum driver_damage {
    DAMAGE_NONE, /* the statement alone: a key that is there already … */
    DAMAGE_WORK, /* disk full, read error, memory …: what was begun must be undone, whoever overlooks the error */
    DAMAGE_DISK, /* what was to be on the disk may not be: nothing more can be promised */
};

struct driver {
    /* ERR_ABSENT: no such database; ERR_INPUT: not one of ours; ERR_OUTSIDE.  `create`: for the writer. */
    MUST_CHECK bool (*open)(const char *place, enum driver_role role, bool create, struct driver_connection **out, struct err *err);
    /* `clean`: the last one, and all went well; it may leave one file with nothing beside it. */
    void (*close)(struct driver_connection **connection, bool clean);
    /* From now on the connection may be at work for so long; 0: without end. */
    void (*limit)(struct driver_connection *connection, double seconds);

    MUST_CHECK bool (*control)(struct driver_connection *connection, enum driver_control what, struct err *err);
    /* The worst since the work or the snapshot began; err_out (may be NULL) gets its words. */
    enum driver_damage (*damage)(const struct driver_connection *connection, struct err *err_out);
    /* Whether the group's transaction is still there: a system may have undone it by itself. */
    bool (*in_group)(const struct driver_connection *connection);

    /* `copy`: the values may go before the rows have been read. */
    MUST_CHECK bool (*start)(struct driver_connection *connection, enum query query, const struct db_value *values, size_t n, bool copy,
                             void **statement_out, struct err *err);
    enum driver_state (*step)(struct driver_connection *connection, void *statement);
    /* Gives the statement back; false when a step had failed. */
    MUST_CHECK bool (*finish)(struct driver_connection *connection, enum query query, void *statement, struct err *err);
    int64_t (*changed)(const struct driver_connection *connection);
    bool (*is_null)(void *statement, int column);
    int64_t (*get_int)(void *statement, int column);
    double (*get_real)(void *statement, int column);
    struct text (*get_bytes)(void *statement, int column, bool blob);  /* until the next step */

    /* The table of migrations is there; fresh_out: it had to be made. */
    MUST_CHECK bool (*prepare_schema)(struct driver_connection *connection, bool *fresh_out, struct err *err);
    /* Statements of a migration, one after the other. */
    MUST_CHECK bool (*script)(struct driver_connection *connection, const char *text, struct err *err);
    /* All that the schema consists of, as a text to compare. */
    MUST_CHECK bool (*schema)(struct driver_connection *connection, struct arena *mem, struct text *out, struct err *err);

    /* How much is written that still has to be moved to its last place (pages), and moving it: without
     * disturbing readers, or (`whole`) all of it. */
    uint64_t (*untidy)(const struct driver_connection *connection);
    MUST_CHECK bool (*tidy)(struct driver_connection *connection, bool whole, struct err *err);
    /* Copies what the connection sees to a new file, on the disk when it returns. */
    MUST_CHECK bool (*copy)(struct driver_connection *connection, const char *path, struct err *err);
    /* Every page, index and foreign key.  ERR_INPUT says what is broken. */
    MUST_CHECK bool (*integrity)(struct driver_connection *connection, struct err *err);
};

extern const struct driver DRIVER_SQLITE;
