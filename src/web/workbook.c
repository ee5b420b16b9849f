#include "web/workbook.h"

#include "base/file.h"
#include "report/write_workbook.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { LARGEST = 256 * 1024 * 1024 };

bool response_workbook(struct response *response, struct sheet *const *sheets, size_t n, struct text name, struct err *err)
{
    const char *const parent = getenv("TMPDIR");
    struct text folder = text_printf(response->mem, "%s/junheng-XXXXXX", parent && *parent ? parent : "/tmp");
    char *const made = mkdtemp((char *)folder.at);
    if (!made)
        return err_set(err, ERR_OUTSIDE, "建不了临时文件夹“%.*s”：%s。", TEXT_ARG(folder), err_system(errno));
    const char *const path = text_string(response->mem, text_printf(response->mem, "%s/book.xlsx", made));
    struct text bytes;
    const bool ok = write_workbook(path, sheets, n, err) && file_read(response->mem, path, LARGEST, &bytes, err);
    (void)unlink(path);
    (void)rmdir(made);
    if (ok)
        response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    return ok;
}
