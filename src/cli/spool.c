#include "cli/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file without a name where temporary files belong; in memory where the disk refuses. */
static int nameless_file(void)
{
    const char *dir = getenv("TMPDIR");
    int fd = open(dir && dir[0] ? dir : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        fd = memfd_create("junheng", MFD_CLOEXEC);
    return fd;
}

static void fresh_out(struct spool *spool)
{
    spool->mem = arena_new("spool");
    spool->out = out_new(spool->mem, spool->fd);
}

bool spool_open(struct spool *spool, struct err *err)
{
    *spool = (struct spool){ .fd = nameless_file() };
    if (spool->fd < 0) {
        err_set(err, ERR_OUTSIDE, "建不了临时文件：%s。", err_system(errno));
        return err_hint(err, "请检查 /tmp 的空间和权限，或用环境变量 TMPDIR 指定别处。");
    }
    fresh_out(spool);
    return true;
}

static bool failed(struct err *err)
{
    err_set(err, ERR_OUTSIDE, "临时文件读写失败：%s。", err_system(errno));
    return err_hint(err, "请检查临时文件夹的空间，或用环境变量 TMPDIR 指定别处。");
}

bool spool_restart(struct spool *spool, struct err *err)
{
    arena_free(&spool->mem); /* what it still holds goes to the file, and with the file */
    if (ftruncate(spool->fd, 0) != 0 || lseek(spool->fd, 0, SEEK_SET) != 0)
        return failed(err);
    fresh_out(spool);
    return true;
}

bool spool_copy(struct spool *spool, struct out *to, struct err *err)
{
    enum { PIECE = 32 * 1024 };
    if (!out_flush(spool->out, err))
        return false;
    if (lseek(spool->fd, 0, SEEK_SET) != 0)
        return failed(err);
    char *piece = arena_alloc(spool->mem, PIECE);
    for (;;) {
        const ssize_t n = read(spool->fd, piece, PIECE);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return failed(err);
        if (n > 0)
            out_text(to, (struct text){ piece, (size_t)n });
        if (out_failed(to))
            return true; /* said when `to` is flushed */
    }
}

void spool_close(struct spool *spool)
{
    arena_free(&spool->mem);
    if (spool->fd >= 0)
        close(spool->fd);
    spool->fd = -1;
}
