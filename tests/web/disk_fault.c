/* Loaded before the C library (LD_PRELOAD): while the file named by $DISK_FAULT says so, the disk under the
 * database is full ("full") or loses what it was told to keep ("fsync").  For tests/web/disk.mjs. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fault_is(const char *wanted)
{
    const char *const path = getenv("DISK_FAULT");
    char said[16] = "";
    const int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return 0;
    const ssize_t n = read(fd, said, sizeof said - 1);
    close(fd);
    return n > 0 && strncmp(said, wanted, strlen(wanted)) == 0;
}

static int of_the_database(int fd)
{
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    return strstr(path, "junheng.db") != NULL;
}

/* off_t has 64 bits here: this is the pwrite64 that SQLite calls. */
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    if (of_the_database(fd) && fault_is("full")) {
        errno = ENOSPC;
        return -1;
    }
    return ((__typeof__(&pwrite))dlsym(RTLD_NEXT, "pwrite64"))(fd, bytes, size, at);
}

static int lost(int fd)
{
    if (!of_the_database(fd) || !fault_is("fsync"))
        return 0;
    errno = EIO;
    return 1;
}

int fsync(int fd)
{
    return lost(fd) ? -1 : ((__typeof__(&fsync))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd)
{
    return lost(fd) ? -1 : ((__typeof__(&fdatasync))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
