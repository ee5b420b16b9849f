#include "intake/intake.h"

#include "import/annotate.h"
#include "intake/bytes.h"

struct annotate_work { const struct parts *parts; const struct findings *findings; };

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    struct input_tools tools;
    return input_prepare(mem, ((struct annotate_work *)context)->parts->book, &tools, err);
}

static bool annotate(void *context, const struct share *share, struct arena *mem, struct channel *channel, struct err *err)
{
    (void)share;
    const struct annotate_work *work = context;
    enum file_kind kind;
    struct text bytes, made;
    if (!input_kind(&work->parts->input, mem, &kind, &bytes, err))
        return false;
    if (kind != FILE_XLSX) {
        err_set(err, ERR_INPUT, "“%.*s”不是 .xlsx 工作簿，不能在原表上批注。", TEXT_ARG(work->parts->input.name));
        return err_hint(err, "问题会另外写成一个新的工作簿。");
    }
    const struct findings findings = findings_about(work->findings, work->parts->input.name, mem);
    if (!xlsx_annotate(mem, bytes, &findings, &made, err))
        return false;
    bytes_send(channel, made);
    return true;
}

bool intake_annotate(const char *path, int fd, const struct findings *findings, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct parts parts;
    struct annotate_work work = { &parts, findings };
    const struct parts_work parts_work = { .context = &work, .prepare = prepare, .read = annotate, .part_size = 0 };
    return bytes_gather(&parts, path, fd, &parts_work, mem, bytes_out, err);
}
