#include "intake/bytes.h"

#include <string.h>

enum { MOST_BYTES = 64 << 20 };

void bytes_send(struct channel *channel, struct text bytes)
{
    while (bytes.size) {
        const size_t size = bytes.size < channel->slot_size ? bytes.size : channel->slot_size;
        const uint32_t slot = channel_take(channel);
        memcpy(channel_slot(channel, slot), bytes.at, size);
        channel_send(channel, (struct message){ .kind = MESSAGE_BYTES, .slot = slot, .size = size });
        bytes.at += size, bytes.size -= size;
    }
}

bool bytes_gather(struct parts *parts, const char *path, int fd, const struct parts_work *work,
                  struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct parts_order order = { 0 };
    struct buf bytes = { .mem = mem };
    bool ok = parts_start(parts, path, fd, 1, work, err), on = ok;
    while (on) {
        struct message message;
        switch (parts_next(parts, &order, &message, err)) {
        case PARTS_OVER: on = false; break;
        case PARTS_MESSAGE:
            if (message.kind == MESSAGE_BYTES && message.slot != NO_SLOT && message.size <= parts->child[0].channel.slot_size &&
                message.size <= MOST_BYTES - bytes.size) {
                buf_add(&bytes, (struct text){ channel_slot(&parts->child[0].channel, message.slot), (size_t)message.size });
                ok = on = parts_give(parts, &order, message.slot, err);
                break;
            }
            ok = on = child_nonsense(&parts->child[0], err);
            break;
        case PARTS_PASSED:
        case PARTS_TORN: ok = on = child_nonsense(&parts->child[0], err); break;
        case PARTS_FAILED: ok = on = false; break;
        }
    }
    parts_end(parts);
    *bytes_out = buf_text(&bytes);
    return ok;
}
