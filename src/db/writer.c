/* writer.c — one thread writes; what waits is committed together.
 *
 * A commit costs an fsync, whatever it holds.  So the works that queue up while one group is on its way to
 * the disk make the next group: each in its savepoint, all in one transaction, and everybody is told when
 * COMMIT has returned.  The thread also moves the log's pages to their place, when it has nothing to do or
 * the log has grown. */
#include "db/inside.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

enum {
    MOST_WORKS = 512,          /* in a group */
    IDLE_SECONDS = 1,          /* then the log is tidied */
    TIDY_PAGES = 4000,         /* or when it has grown by so many pages (16 MB) */
};
static const int64_t GROUP_NANOSECONDS = 50000000; /* a group takes no further work after so long */
static const int64_t GATHER_NANOSECONDS = 2000000; /* nobody waits longer than this for neighbours */

static _Thread_local const struct db *writer_of;

/* A work whose owner does not wait, and its own place for an error. */
struct later { struct db_item item; struct err err; };

bool db_is_writer(const struct db *db)
{
    return writer_of == db;
}

static int64_t now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

/* ---- the queue ---- */

static void put(struct db *db, struct db_item *item)
{
    item->next = NULL;
    pthread_mutex_lock(&db->queue_lock);
    *db->last = item;
    db->last = &item->next;
    atomic_fetch_add(&db->queue, 1);
    pthread_cond_signal(&db->queue_filled);
    pthread_mutex_unlock(&db->queue_lock);
}

/* The queue is waited for until `until` (nanoseconds; 0: for ever).  False: nothing came.  Held: queue_lock. */
static bool wait_for_items(struct db *db, int64_t until)
{
    const struct timespec at = { .tv_sec = until / 1000000000, .tv_nsec = until % 1000000000 };
    int why = 0;
    while (!db->first && !db->closing && why != ETIMEDOUT)
        why = until ? pthread_cond_timedwait(&db->queue_filled, &db->queue_lock, &at) : pthread_cond_wait(&db->queue_filled, &db->queue_lock);
    return db->first != NULL;
}

static struct db_item *take(struct db *db, int64_t until)
{
    pthread_mutex_lock(&db->queue_lock);
    if (until && !db->first)
        wait_for_items(db, until);
    struct db_item *const item = db->first;
    if (item) {
        db->first = item->next;
        if (!db->first)
            db->last = &db->first;
        atomic_fetch_sub(&db->queue, 1);
    }
    pthread_mutex_unlock(&db->queue_lock);
    return item;
}

/* Tells everybody of a group; `failed`: what became of all that had gone well until then. */
static void answer(struct db *db, struct db_item *group, const struct err *failed)
{
    /* First those who wait, then those who are called. */
    struct db_item *later = NULL, **last = &later;
    for (struct db_item *item = group, *next; item; item = next) {
        next = item->next;
        if (failed && item->ok) {
            item->ok = false;
            *item->err = *failed;
        }
        atomic_fetch_add(item->ok ? &db->works : &db->refused, 1);
        if (item->done) {
            sem_post(item->done); /* and the item is gone */
        } else {
            item->next = NULL;
            *last = item;
            last = &item->next;
        }
    }
    for (struct db_item *item = later, *next; item; item = next) {
        next = item->next;
        item->after(item->context, item->ok, item->err);
        struct arena *mem = item->mem;
        arena_free(&mem);
    }
}

/* Refuses all that stands in the queue. */
static void refuse(struct db *db, const struct err *why)
{
    struct db_item *group = NULL, **last = &group;
    for (struct db_item *item; (item = take(db, 0)) != NULL; last = &item->next) {
        item->ok = true; /* it would have been */
        item->next = NULL;
        *last = item;
    }
    answer(db, group, why);
}

/* ---- a group ---- */

/* The disk has failed an fsync.  Everybody is told first: the call may end the process. */
static void break_down(struct db *db, const struct err *why)
{
    atomic_store(&db->broken, true);
    refuse(db, why);
    if (db->told_broken)
        return;
    db->told_broken = true;
    if (!db->options.broken)
        abort();
    db->options.broken(db->options.context);
}

/* Runs one work in its savepoint.  False: the whole group is lost, and why. */
static bool run_work(struct db *db, struct db_item *item, struct err *lost)
{
    const struct driver *const driver = db->inside.driver;
    struct driver_connection *const connection = db->writer.connection;
    item->ok = driver->control(connection, DRIVER_BEGIN_WORK, item->err);
    if (!item->ok)
        return driver->in_group(connection) || (*lost = *item->err, false);
    item->ok = item->work(item->context, &db->writer, item->err);
    /* A full disk is not to be overlooked, whatever the work made of it. */
    struct err why;
    const enum driver_damage damage = driver->damage(connection, &why);
    if (damage != DAMAGE_NONE && item->ok) {
        item->ok = false;
        *item->err = why;
    }
    if (damage == DAMAGE_DISK || !driver->in_group(connection)) {
        *lost = damage != DAMAGE_NONE ? why : *item->err;
        return false;
    }
    if (item->ok && driver->control(connection, DRIVER_KEEP_WORK, item->err))
        return true;
    item->ok = false;
    return driver->control(connection, DRIVER_UNDO_WORK, lost);
}

/* The next work of a group of n.  A group that has run dry waits once for those who were in the last one:
 * they have been told and are likely to come again.  Half a commit at most: nobody loses more by waiting
 * than the others win. */
static struct db_item *next_of_group(struct db *db, unsigned n, int64_t *until)
{
    struct db_item *const item = take(db, 0);
    if (item || n == 0 || n >= db->last_group)
        return item;
    if (!*until)
        *until = now() + (db->last_commit / 2 < GATHER_NANOSECONDS ? db->last_commit / 2 : GATHER_NANOSECONDS);
    return take(db, *until);
}

static void run_group(struct db *db)
{
    const struct driver *const driver = db->inside.driver;
    struct driver_connection *const connection = db->writer.connection;
    struct err lost, other;
    if (!driver->control(connection, DRIVER_BEGIN_GROUP, &lost)) {
        const bool broken = driver->damage(connection, NULL) == DAMAGE_DISK;
        refuse(db, &lost);
        if (broken)
            break_down(db, &lost);
        return;
    }
    const int64_t begin = now();
    struct db_item *group = NULL, **last = &group;
    unsigned n = 0;
    bool standing = true;
    int64_t until = 0;
    for (struct db_item *item; standing && n < MOST_WORKS && (item = next_of_group(db, n, &until)) != NULL;) {
        standing = run_work(db, item, &lost);
        item->next = NULL;
        *last = item;
        last = &item->next;
        n++;
        if (now() - begin > GROUP_NANOSECONDS)
            break;
    }
    db->last_group = n;

    const int64_t commit = now();
    standing = standing && driver->control(connection, DRIVER_COMMIT_GROUP, &lost);
    const bool broken = driver->damage(connection, NULL) == DAMAGE_DISK;
    if (standing) {
        db->last_commit = now() - commit;
        atomic_fetch_add(&db->commits, 1);
    } else if (!driver->control(connection, DRIVER_UNDO_GROUP, &other)) {
        err_detail(&lost, "and not undone: %s", other.detail);
    }
    answer(db, group, standing ? NULL : &lost);
    if (broken)
        break_down(db, &lost);
}

/* ---- the thread ---- */

static void tidy(struct db *db)
{
    const struct driver *const driver = db->inside.driver;
    struct err err;
    if (!driver->tidy(db->writer.connection, false, &err) && driver->damage(db->writer.connection, NULL) == DAMAGE_DISK)
        break_down(db, &err);
    db->next_tidy = driver->untidy(db->writer.connection) + TIDY_PAGES;
}

static bool has_room(const struct db *db, struct err *err)
{
    const uint64_t free = db->inside.free_bytes(db->path);
    if (free >= db->options.least_free)
        return true;
    err_set(err, ERR_OUTSIDE, "磁盘快满了（只剩 %llu MB），刚才的内容没有保存。", (unsigned long long)(free >> 20));
    return err_hint(err, "请清理磁盘，至少留出 %llu MB；腾出空间后会自动恢复，不用重启。", (unsigned long long)(db->options.least_free >> 20));
}

static void *run_writer(void *argument)
{
    struct db *const db = argument;
    const struct driver *const driver = db->inside.driver;
    writer_of = db;
    for (;;) {
        const bool untidy = driver->untidy(db->writer.connection) > 0 && !atomic_load(&db->broken);
        pthread_mutex_lock(&db->queue_lock);
        const bool items = wait_for_items(db, untidy ? now() + (int64_t)IDLE_SECONDS * 1000000000 : 0);
        const bool closing = db->closing;
        pthread_mutex_unlock(&db->queue_lock);

        struct err err;
        if (!items && closing)
            return NULL;
        if (!items) {
            tidy(db);
        } else if (atomic_load(&db->broken)) {
            err_set(&err, ERR_OUTSIDE, "磁盘写入失败，程序已经停止保存。");
            err_hint(&err, "请检查磁盘，再重新启动程序。");
            refuse(db, &err);
        } else if (!has_room(db, &err)) {
            refuse(db, &err);
        } else {
            run_group(db);
            if (!atomic_load(&db->broken) && driver->untidy(db->writer.connection) >= db->next_tidy)
                tidy(db);
        }
    }
}

bool db_writer_start(struct db *db, struct err *err)
{
    pthread_condattr_t clock;
    sigset_t all, before;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&db->queue_lock, NULL);
    pthread_cond_init(&db->queue_filled, &clock);
    pthread_condattr_destroy(&clock);
    db->next_tidy = TIDY_PAGES;
    sigfillset(&all); /* signals are for the thread that started us */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int why = pthread_create(&db->thread, NULL, run_writer, db);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (why == 0)
        return true;
    pthread_cond_destroy(&db->queue_filled);
    pthread_mutex_destroy(&db->queue_lock);
    err_set(err, ERR_OUTSIDE, "不能开始写数据库：%s。", err_system(why));
    return err_hint(err, "请关闭其他程序后再试。");
}

void db_writer_stop(struct db *db)
{
    pthread_mutex_lock(&db->queue_lock);
    db->closing = true;
    pthread_cond_signal(&db->queue_filled);
    pthread_mutex_unlock(&db->queue_lock);
    pthread_join(db->thread, NULL);
    pthread_cond_destroy(&db->queue_filled);
    pthread_mutex_destroy(&db->queue_lock);
}

/* ---- asking it ---- */

bool db_write(struct db *db, db_work *work, void *context, struct err *err)
{
    sem_t done;
    assert(!db_is_writer(db)); /* it would wait for itself */
    sem_init(&done, 0, 0);
    struct db_item item = { .work = work, .context = context, .err = err, .done = &done };
    put(db, &item);
    while (sem_wait(&done) != 0)
        assert(errno == EINTR);
    sem_destroy(&done);
    return item.ok;
}

void db_write_later(struct db *db, db_work *work, db_after *after, void *context)
{
    struct arena *mem = arena_new("a write for later");
    struct later *later = arena_make(mem, struct later);
    later->item = (struct db_item){ .work = work, .context = context, .err = &later->err, .after = after, .mem = mem };
    put(db, &later->item);
}
