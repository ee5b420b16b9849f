#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read(struct arena *mem, const char *path, size_t largest, struct text *out, struct err *err)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        err_set(err, ERR_ABSENT, "打不开文件“%s”：%s。", path, err_system(errno));
        return err_hint(err, "请核对文件名和所在文件夹。");
    }
    struct stat about;
    bool ok = false;
    char *bytes = NULL;
    size_t size = 0;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        err_set(err, ERR_INPUT, "“%s”不是普通文件。", path);
        goto done;
    }
    if ((size_t)about.st_size > largest) {
        err_set(err, ERR_LIMIT, "文件“%s”有 %lld 字节，超过上限 %zu 字节。", path, (long long)about.st_size, largest);
        goto done;
    }
    bytes = arena_alloc(mem, (size_t)about.st_size + 1);
    while (size < (size_t)about.st_size) {
        const ssize_t n = read(fd, bytes + size, (size_t)about.st_size - size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            err_set(err, ERR_OUTSIDE, "读文件“%s”时出错：%s。", path, err_system(errno));
            goto done;
        }
        if (n == 0)
            break;
        size += (size_t)n;
    }
    *out = (struct text){ bytes, size };
    ok = true;
done:
    close(fd);
    return ok;
}

bool file_write(const char *path, struct text bytes, struct err *err)
{
    struct arena *mem = arena_new("file_write");
    const char *part = arena_printf(mem, "%s.part%ld", path, (long)getpid());
    bool ok = false;
    const int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        goto failed;
    while (bytes.size) {
        const ssize_t n = write(fd, bytes.at, bytes.size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            const int why = errno;
            close(fd);
            errno = why;
            goto failed;
        }
        bytes.at += n, bytes.size -= (size_t)n;
    }
    if (close(fd) != 0 || rename(part, path) != 0)
        goto failed;
    ok = true;
    goto done;
failed:
    err_set(err, ERR_OUTSIDE, "写不了文件“%s”：%s。", path, err_system(errno));
    err_hint(err, "请检查文件夹是否存在、能否写入、磁盘有无空间，或文件是否正被 Excel/WPS 打开。");
    unlink(part);
done:
    arena_free(&mem);
    return ok;
}

struct text file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return text_of(slash ? slash + 1 : path);
}
