/* inside.h — what the files of this room share: the open database, the writer's queue. */
#pragma once
#include "db/driver.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

struct db_session {
    struct db *db;
    struct driver_connection *connection;
    bool writer;
    struct db_session *next;    /* in a list of readers at rest */
};

/* A work that waits for the writer, or for the commit of its group.  It lies on the stack of whoever waits
 * for it, or (later) in an arena of its own. */
struct db_item {
    db_work *work;
    void *context;
    struct err *err;
    bool ok;
    db_after *after;            /* later: whom to tell */
    struct arena *mem;          /* later: the item lies in it */
    sem_t *done;                /* else: who waits */
    struct db_item *next;
};

/* What a test puts in another's place. */
struct db_inside {
    const struct driver *driver;
    const struct migration *migrations;
    size_t n_migrations;
    uint64_t (*free_bytes)(const char *path);   /* of the disk on which path lies; UINT64_MAX: not known */
    double read_seconds;                        /* the longest a reader may hold its snapshot */
};
extern const struct db_inside DB_INSIDE;

struct db {
    struct arena *mem;                          /* what lives as long as the database; under `readers_lock` */
    struct db_inside inside;
    struct db_options options;
    const char *path;
    int lock_file;                              /* held: no second program has this database open */

    pthread_mutex_t readers_lock;
    struct db_session *idle, *empty;            /* readers at rest; sessions without a connection */
    unsigned n_idle, n_reading;

    pthread_mutex_t queue_lock;                 /* never held together with the other */
    pthread_cond_t queue_filled;
    struct db_item *first, **last;              /* the queue */
    bool closing;

    pthread_t thread;
    struct db_session writer;                   /* the writer thread's from here on, but for the counts */
    unsigned last_group;                        /* works in the last group: as many may be on their way again */
    int64_t last_commit;                        /* nanoseconds it took */
    uint64_t next_tidy;                         /* pages in the log at which to tidy without being idle */
    bool told_broken;
    _Atomic uint64_t commits, works, refused, queue, queries;
    _Atomic bool broken;
};

/* db_open, with other things inside. */
bool db_open_inside(const struct db_options *options, const struct db_inside *inside, struct db **out, struct err *err) MUST_CHECK;

/* writer.c: the thread. */
bool db_writer_start(struct db *db, struct err *err) MUST_CHECK;
void db_writer_stop(struct db *db);             /* waits for what stands in the queue */

/* migrate.c: brings the schema up to date; with copy_to, leaves a checked copy of an older one there first. */
bool db_migrate(const struct db_inside *inside, struct driver_connection *connection, const char *place, struct err *err) MUST_CHECK;
/* The migrations a database has been through are the first ones of ours, unaltered.  n_out: how many. */
bool db_migrations_known(const struct db_inside *inside, struct driver_connection *connection, size_t *n_out, struct err *err) MUST_CHECK;
/* Runs our migrations from number `from` on, each in its transaction. */
bool db_migrations_run(const struct db_inside *inside, struct driver_connection *connection, size_t from, size_t to, struct err *err) MUST_CHECK;

/* keep.c: db_backup and db_verify, for any migrations. */
bool db_copy_checked(const struct db_inside *inside, struct driver_connection *connection, const char *path, struct err *err) MUST_CHECK;
bool db_verify_inside(const struct db_inside *inside, const char *path, struct err *err) MUST_CHECK;
