#include "intake/intake.h"

#include "import/annotate.h"
#include "intake/parts.h"

#include <string.h>

enum { MOST_BYTES = 64 << 20 };  /* of the workbook made */

struct annotate_work { const struct parts *parts; const struct findings *findings; };

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    struct input_tools tools;
    return input_prepare(mem, ((struct annotate_work *)context)->parts->book, &tools, err);
}

/* Those of this file alone. */
static struct findings findings_of(const struct findings *all, struct text file, struct arena *mem)
{
    struct findings some = { .mem = mem };
    for (size_t i = 0; i < all->n; i++)
        if (text_equal(all->at[i].file, file))
            finding_add(&some, &all->at[i]);
    return some;
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
    const struct findings findings = findings_of(work->findings, work->parts->input.name, mem);
    if (!xlsx_annotate(mem, bytes, &findings, &made, err))
        return false;
    while (made.size) {
        const size_t size = made.size < channel->slot_size ? made.size : channel->slot_size;
        const uint32_t slot = channel_take(channel);
        memcpy(channel_slot(channel, slot), made.at, size);
        channel_send(channel, (struct message){ .kind = MESSAGE_BYTES, .slot = slot, .size = size });
        made.at += size, made.size -= size;
    }
    return true;
}

bool intake_annotate(const char *path, const struct findings *findings, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct parts parts;
    struct annotate_work work = { &parts, findings };
    const struct parts_work parts_work = { .context = &work, .prepare = prepare, .read = annotate, .part_size = 0 };
    struct parts_order order = { 0 };
    struct buf bytes = { .mem = mem };
    bool ok = parts_start(&parts, path, 1, &parts_work, err), on = ok;
    while (on) {
        struct message message;
        switch (parts_next(&parts, &order, &message, err)) {
        case PARTS_OVER: on = false; break;
        case PARTS_MESSAGE:
            if (message.kind == MESSAGE_BYTES && message.slot != NO_SLOT && message.size <= parts.child[0].channel.slot_size &&
                message.size <= MOST_BYTES - bytes.size) {
                buf_add(&bytes, (struct text){ channel_slot(&parts.child[0].channel, message.slot), (size_t)message.size });
                ok = on = parts_give(&parts, &order, message.slot, err);
                break;
            }
            ok = on = child_nonsense(&parts.child[0], err);
            break;
        case PARTS_PASSED:
        case PARTS_TORN: ok = on = child_nonsense(&parts.child[0], err); break;
        case PARTS_FAILED: ok = on = false; break;
        }
    }
    parts_end(&parts);
    *bytes_out = buf_text(&bytes);
    return ok;
}
