#include "disk.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 8, SECTOR = 512 };

struct change { sqlite3_int64 at; int size; bool truncate; struct change *next; unsigned char bytes[]; };
struct image { char path[512]; unsigned char *bytes; sqlite3_int64 size; struct change *first, **last; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    sqlite3_vfs vfs, *under;
    enum disk_op op;
    long n;
    int code;
    bool lasting, failed;
    bool recording, cut;
    long left;
    struct image images[FILES];
} disk;

struct disk_file { sqlite3_file base; struct image *image; sqlite3_file *under; };

/* ---- what survives ---- */

static void *must(void *at)
{
    if (!at)
        abort();
    return at;
}

static struct image *image_of(const char *path)
{
    struct image *free_one = NULL;
    for (int i = 0; i < FILES; i++) {
        if (strcmp(disk.images[i].path, path) == 0)
            return &disk.images[i];
        if (!disk.images[i].path[0] && !free_one)
            free_one = &disk.images[i];
    }
    must(free_one);
    *free_one = (struct image){ .last = &free_one->first };
    snprintf(free_one->path, sizeof free_one->path, "%s", path);
    return free_one;
}

static void resize(struct image *image, sqlite3_int64 size)
{
    image->bytes = must(realloc(image->bytes, (size_t)size + 1));
    if (size > image->size)
        memset(image->bytes + image->size, 0, (size_t)(size - image->size));
    image->size = size;
}

static void apply(struct image *image, const struct change *change, int from, int size)
{
    if (change->truncate) {
        resize(image, change->at);
        return;
    }
    if (change->at + from + size > image->size)
        resize(image, change->at + from + size);
    memcpy(image->bytes + change->at + from, change->bytes + from, (size_t)size);
}

static void forget_changes(struct image *image)
{
    for (struct change *change = image->first, *next; change; change = next) {
        next = change->next;
        free(change);
    }
    image->first = NULL;
    image->last = &image->first;
}

static void forget(struct image *image)
{
    forget_changes(image);
    free(image->bytes);
    memset(image, 0, sizeof *image);
}

static void record(struct image *image, sqlite3_int64 at, const void *bytes, int size, bool truncate)
{
    struct change *const change = must(malloc(sizeof *change + (size_t)size));
    *change = (struct change){ .at = at, .size = size, .truncate = truncate };
    if (size)
        memcpy(change->bytes, bytes, (size_t)size);
    *image->last = change;
    image->last = &change->next;
}

/* ---- one operation ---- */

/* SQLITE_OK, or how it fails. */
static int may(enum disk_op op)
{
    int code = SQLITE_OK;
    if (disk.recording && !disk.cut && --disk.left <= 0)
        disk.cut = true;
    if (disk.cut)
        code = op == DISK_SYNC ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE;
    if (disk.n && disk.op == op && (disk.failed ? disk.lasting : --disk.n == 0)) {
        disk.failed = true;
        disk.n = 1;
        code = disk.code;
    }
    return code;
}

static int disk_close(sqlite3_file *file)
{
    struct disk_file *const at = (struct disk_file *)file;
    return at->under->pMethods->xClose(at->under);
}

static int disk_read(sqlite3_file *file, void *into, int size, sqlite3_int64 from)
{
    struct disk_file *const at = (struct disk_file *)file;
    return at->under->pMethods->xRead(at->under, into, size, from);
}

static int disk_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 to)
{
    struct disk_file *const at = (struct disk_file *)file;
    pthread_mutex_lock(&lock);
    const int code = may(DISK_WRITE);
    if (disk.recording && at->image && (code == SQLITE_OK || disk.left == 0)) {
        record(at->image, to, bytes, size, false); /* the one at which the power fails may be on the disk in part */
        disk.left -= disk.left == 0;
    }
    pthread_mutex_unlock(&lock);
    return code == SQLITE_OK ? at->under->pMethods->xWrite(at->under, bytes, size, to) : code;
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct disk_file *const at = (struct disk_file *)file;
    pthread_mutex_lock(&lock);
    const int code = may(DISK_TRUNCATE);
    if (disk.recording && at->image && code == SQLITE_OK)
        record(at->image, size, NULL, 0, true);
    pthread_mutex_unlock(&lock);
    return code == SQLITE_OK ? at->under->pMethods->xTruncate(at->under, size) : code;
}

static int disk_sync(sqlite3_file *file, int flags)
{
    struct disk_file *const at = (struct disk_file *)file;
    (void)flags;
    pthread_mutex_lock(&lock);
    const int code = may(DISK_SYNC);
    if (disk.recording && at->image && code == SQLITE_OK) {
        for (struct change *change = at->image->first; change; change = change->next)
            apply(at->image, change, 0, change->size);
        forget_changes(at->image);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

#define UNDER(file) ((struct disk_file *)(file))->under
static int disk_size(sqlite3_file *file, sqlite3_int64 *out) { return UNDER(file)->pMethods->xFileSize(UNDER(file), out); }
static int disk_lock(sqlite3_file *file, int how) { return UNDER(file)->pMethods->xLock(UNDER(file), how); }
static int disk_unlock(sqlite3_file *file, int how) { return UNDER(file)->pMethods->xUnlock(UNDER(file), how); }
static int disk_locked(sqlite3_file *file, int *out) { return UNDER(file)->pMethods->xCheckReservedLock(UNDER(file), out); }
static int disk_control(sqlite3_file *file, int what, void *with) { return UNDER(file)->pMethods->xFileControl(UNDER(file), what, with); }
static int disk_sector(sqlite3_file *file) { return UNDER(file)->pMethods->xSectorSize(UNDER(file)); }
/* As on a real disk: a write may be torn or late, but leaves the bytes beside it alone. */
static int disk_traits(sqlite3_file *file) { (void)file; return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
static int disk_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    return UNDER(file)->pMethods->xShmMap(UNDER(file), region, size, extend, out);
}
static int disk_shm_lock(sqlite3_file *file, int from, int n, int flags) { return UNDER(file)->pMethods->xShmLock(UNDER(file), from, n, flags); }
static void disk_barrier(sqlite3_file *file) { UNDER(file)->pMethods->xShmBarrier(UNDER(file)); }
static int disk_unmap(sqlite3_file *file, int drop) { return UNDER(file)->pMethods->xShmUnmap(UNDER(file), drop); }

static const sqlite3_io_methods METHODS = {
    2, disk_close, disk_read, disk_write, disk_truncate, disk_sync, disk_size, disk_lock, disk_unlock, disk_locked, disk_control,
    disk_sector, disk_traits, disk_map, disk_shm_lock, disk_barrier, disk_unmap, NULL, NULL,
};

static int disk_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *flags_out)
{
    struct disk_file *const at = (struct disk_file *)file;
    (void)vfs;
    at->under = (sqlite3_file *)(at + 1);
    at->image = NULL;
    const int code = disk.under->xOpen(disk.under, name, at->under, flags, flags_out);
    at->base.pMethods = code == SQLITE_OK ? &METHODS : NULL;
    pthread_mutex_lock(&lock);
    if (code == SQLITE_OK && disk.recording && name)
        at->image = image_of(name);
    pthread_mutex_unlock(&lock);
    return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    pthread_mutex_lock(&lock);
    const bool cut = disk.cut;
    for (int i = 0; !cut && disk.recording && i < FILES; i++)
        if (strcmp(disk.images[i].path, name) == 0)
            forget(&disk.images[i]);
    pthread_mutex_unlock(&lock);
    return cut ? SQLITE_IOERR_DELETE : disk.under->xDelete(disk.under, name, sync);
}

static int disk_last_error(sqlite3_vfs *vfs, int size, char *text)
{
    (void)vfs;
    (void)size;
    (void)text;
    return 0; /* what it says would be of another operation */
}

/* ---- for the tests ---- */

void disk_install(void)
{
    disk.under = sqlite3_vfs_find("unix");
    disk.vfs = *disk.under;
    disk.vfs.zName = "disk";
    disk.vfs.szOsFile += (int)sizeof(struct disk_file);
    disk.vfs.xOpen = disk_open;
    disk.vfs.xDelete = disk_delete;
    disk.vfs.xGetLastError = disk_last_error;
    sqlite3_vfs_register(&disk.vfs, 1);
    disk_heal();
}

void disk_remove(void)
{
    sqlite3_vfs_unregister(&disk.vfs);
    sqlite3_vfs_register(disk.under, 1);
}

void disk_fail(enum disk_op op, long n, int code, bool lasting)
{
    pthread_mutex_lock(&lock);
    disk.op = op;
    disk.n = n;
    disk.code = code;
    disk.lasting = lasting;
    disk.failed = false;
    pthread_mutex_unlock(&lock);
}

bool disk_failed(void)
{
    pthread_mutex_lock(&lock);
    const bool failed = disk.failed;
    pthread_mutex_unlock(&lock);
    return failed;
}

void disk_heal(void)
{
    disk_fail(DISK_WRITE, 0, SQLITE_OK, false);
}

void disk_cut_power_at(long n)
{
    pthread_mutex_lock(&lock);
    disk.recording = true;
    disk.cut = false;
    disk.left = n;
    pthread_mutex_unlock(&lock);
}

bool disk_is_cut(void)
{
    pthread_mutex_lock(&lock);
    const bool cut = disk.cut;
    pthread_mutex_unlock(&lock);
    return cut;
}

void disk_files_after_cut(unsigned seed)
{
    uint64_t dice = (uint64_t)seed * 0x9E3779B97F4A7C15u;
    for (int i = 0; i < FILES; i++) {
        struct image *const image = &disk.images[i];
        if (!image->path[0])
            continue;
        for (struct change *change = image->first; change; change = change->next)
            for (int from = 0; from < change->size || (change->truncate && from == 0); from += SECTOR) {
                dice = dice * 6364136223846793005u + 1442695040888963407u;
                if (seed == 1 || (seed > 1 && dice >> 63))
                    apply(image, change, from, change->size - from < SECTOR ? change->size - from : SECTOR);
            }
        unlink(image->path);
        const int file = open(image->path, O_CREAT | O_WRONLY, 0600);
        if (file < 0 || write(file, image->size ? (const void *)image->bytes : "", (size_t)image->size) != image->size)
            abort();
        close(file);
        char index[600]; /* memory is gone, and with it the log's index */
        snprintf(index, sizeof index, "%s-shm", image->path);
        unlink(index);
        forget(image);
    }
    pthread_mutex_lock(&lock);
    disk.recording = disk.cut = false;
    pthread_mutex_unlock(&lock);
}
