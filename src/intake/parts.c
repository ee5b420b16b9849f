#include "intake/parts.h"

#include <string.h>

enum {
    SLOT = 256 * 1024,
    SLOTS = 12,       /* of each of several children: enough to read ahead while another is listened to */
    FEW_SLOTS = 4,
};

struct one_child { const struct parts_work *work; struct share share; };

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    const struct one_child *one = context;
    return one->work->prepare(one->work->context, mem, err);
}

static bool read_share(void *context, struct arena *mem, struct channel *channel, struct err *err)
{
    const struct one_child *one = context;
    return one->work->read(one->work->context, &one->share, mem, channel, err);
}

bool parts_start(struct parts *parts, const char *path, int fd, unsigned jobs, const struct parts_work *work, struct err *err)
{
    *parts = (struct parts){ .n = 0 };
    parts->input.fd = -1;
    if (!input_open(path, fd, &parts->input, err))
        return false;
    parts->book = input_is_book(&parts->input);
    unsigned n = parts->book || parts->input.size < LARGE_CSV ? 1 : jobs;
    n = n < 1 ? 1 : n > MAX_JOBS ? MAX_JOBS : n;
    for (unsigned i = 0; i < n; i++) {
        struct one_child one = { work, { i, n, n > 1 ? work->part_size : UINT64_MAX } };
        const struct child_work child = {
            .context = &one, .fd = parts->input.fd, .prepare = prepare, .read = read_share,
            .memory = CHILD_MEMORY + parts->input.size, .seconds = parts->book ? BOOK_SECONDS : 0,
            .slot_size = SLOT, .n_slots = n > 1 ? SLOTS : FEW_SLOTS,
        };
        if (!child_start(&parts->child[i], &child, parts->input.name, err))
            return false;
        parts->n++;
    }
    input_close(&parts->input);
    return true;
}

void parts_end(struct parts *parts)
{
    for (unsigned i = 0; i < parts->n; i++)
        child_end(&parts->child[i]);
    parts->n = 0;
    input_close(&parts->input);
}

enum parts_event parts_next(struct parts *parts, struct parts_order *order, struct message *out, struct err *err)
{
    struct child *const child = &parts->child[order->now];
    if (!child_hear(child, out, err))
        return PARTS_FAILED;
    /* A byte or two of the file is the least that a message can come from. */
    if (++order->messages > 100000 + parts->input.size) {
        child_nonsense(child, err);
        return PARTS_FAILED;
    }
    switch (out->kind) {
    case MESSAGE_TORN: return parts->n > 1 ? PARTS_TORN : (child_nonsense(child, err), PARTS_FAILED);
    case MESSAGE_PART:
        if (order->inside || out->at > parts->input.size) {
            child_nonsense(child, err);
            return PARTS_FAILED;
        }
        if (order->any && out->at != order->ended)
            return PARTS_TORN;
        order->inside = order->any = true;
        return PARTS_PASSED;
    case MESSAGE_PART_END:
        if (!order->inside || out->at > parts->input.size || out->n > UINT32_MAX - order->row_base) {
            child_nonsense(child, err);
            return PARTS_FAILED;
        }
        order->inside = false;
        order->ended = out->at;
        order->row_base += out->n;
        order->now = (order->now + 1) % parts->n;
        return PARTS_PASSED;
    case MESSAGE_DONE:
        if (order->inside) {
            child_nonsense(child, err);
            return PARTS_FAILED;
        }
        if (order->any && order->ended != parts->input.size) {
            err_set(err, ERR_INPUT, "“%.*s”在读取时被改动了，没有读完。", TEXT_ARG(parts->input.name));
            err_hint(err, "请等文件复制或保存完毕，再重新运行。");
            return PARTS_FAILED;
        }
        /* Parts are dealt round: the first child that has no more is followed by none that has. */
        return PARTS_OVER;
    default: return PARTS_MESSAGE;
    }
}

bool parts_give(struct parts *parts, const struct parts_order *order, uint32_t slot, struct err *err)
{
    return child_give(&parts->child[order->now], slot, err);
}
