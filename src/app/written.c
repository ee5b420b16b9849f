/* Through a folder of our own: libxlsxwriter writes files only. */
#include "app/written.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { LARGEST = 256 << 20 };

bool app_written(written_to *write, void *context, struct arena *mem, struct text *bytes_out, struct err *err)
{
    const char *dir = getenv("TMPDIR");
    char *const folder = arena_printf(mem, "%s/junheng-XXXXXX", dir && dir[0] ? dir : "/tmp");
    if (!mkdtemp(folder)) {
        err_set(err, ERR_OUTSIDE, "建不了临时文件夹：%s。", err_system(errno));
        return err_hint(err, "请检查 /tmp 的空间和权限，或用环境变量 TMPDIR 指定别处。");
    }
    const char *const path = arena_printf(mem, "%s/written.xlsx", folder);
    const bool ok = write(path, context, err) && file_read(mem, path, LARGEST, bytes_out, err);
    unlink(path);
    rmdir(folder);
    return ok;
}
