#include "app/annotate.h"

#include "app/written.h"
#include "base/file.h"
#include "intake/handover.h"
#include "intake/intake.h"
#include "report/write_findings.h"
#include "report/xlsx_book.h"

#include <sys/stat.h>

static bool same_file(const char *a, const char *b)
{
    struct stat at_a, at_b;
    return stat(a, &at_a) == 0 && stat(b, &at_b) == 0 && at_a.st_dev == at_b.st_dev && at_a.st_ino == at_b.st_ino;
}

bool app_annotate(const char *path, const struct edition *edition, const struct findings *findings, const char *into, struct arena *mem, struct err *err)
{
    struct text bytes;
    if (same_file(path, into)) {
        err_set(err, ERR_USAGE, "批注不能写回原文件“%s”。", path);
        return err_hint(err, "请给 --annotate 另一个文件名，原文件保持不动。");
    }
    if (!xlsx_path(into, err))
        return false;
    if (intake_annotate(path, -1, findings, mem, &bytes, err))
        return file_write(into, bytes, err);
    if (err->kind != ERR_INPUT)
        return false;
    /* Not an .xlsx: a new workbook says what is wrong where. */
    *err = (struct err){ .kind = ERR_NONE };
    struct cell_source *sources;
    size_t n;
    return intake_cells(path, -1, &edition->items, mem, &sources, &n, err) && write_findings(into, sources, n, findings, err);
}

struct marking { const struct cell_source *sources; size_t n; const struct findings *findings; };

static bool write_marked(const char *path, void *context, struct err *err)
{
    const struct marking *const m = context;
    return write_findings(path, m->sources, m->n, m->findings, err);
}

bool app_annotate_upload(struct text name, struct text bytes, const struct edition *edition, const struct findings *findings,
                         struct arena *mem, struct text *bytes_out, struct err *err)
{
    const struct handover_file file = { name, bytes };
    if (handover_annotate(NULL, &file, findings, mem, bytes_out, err))
        return true;
    if (err->kind != ERR_INPUT)
        return false;
    *err = (struct err){ .kind = ERR_NONE };
    struct cell_source *sources;
    size_t n;
    const struct handover_window all = { 0 };
    const struct findings some = findings_about(findings, handover_name(mem, name), mem);
    return handover_cells(NULL, &file, &edition->items, &all, mem, &sources, &n, err) &&
           app_written(write_marked, &(struct marking){ sources, n, &some }, mem, bytes_out, err);
}
