#include "intake/channel.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

bool channel_open(struct channel *channel, size_t slot_size, uint32_t n_slots, struct err *err)
{
    int ends[2];
    *channel = (struct channel){ .slot_size = slot_size, .n_slots = n_slots, .parent = -1, .child = -1 };
    void *at = mmap(NULL, slot_size * n_slots, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
        err_set(err, ERR_OUTSIDE, "内存不足，不能开始读取文件：%s。", err_system(errno));
        return err_hint(err, "请关闭其他程序后再试。");
    }
    channel->slots = at;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        const int why = errno;
        channel_close(channel);
        err_set(err, ERR_OUTSIDE, "不能建立与读取进程的通道：%s。", err_system(why));
        return err_hint(err, "请关闭其他程序后再试。");
    }
    channel->parent = ends[0];
    channel->child = ends[1];
    return true;
}

void channel_close(struct channel *channel)
{
    if (channel->slots)
        munmap(channel->slots, channel->slot_size * channel->n_slots);
    if (channel->parent >= 0)
        close(channel->parent);
    if (channel->child >= 0)
        close(channel->child);
    channel->slots = NULL;
    channel->parent = channel->child = -1;
}

/* ---- the child ---- */

uint32_t channel_take(struct channel *channel)
{
    for (;;) {
        for (uint32_t slot = 0; slot < channel->n_slots; slot++)
            if (!(channel->taken >> slot & 1)) {
                channel->taken |= (uint64_t)1 << slot;
                return slot;
            }
        uint32_t back;
        const ssize_t n = read(channel->child, &back, sizeof back);
        if (n < 0 && errno == EINTR)
            continue;
        if (n != (ssize_t)sizeof back || back >= channel->n_slots)
            _exit(1); /* nobody listens any more */
        channel->taken &= ~((uint64_t)1 << back);
    }
}

void channel_send(struct channel *channel, struct message message)
{
    for (;;) {
        const ssize_t n = write(channel->child, &message, sizeof message);
        if (n == (ssize_t)sizeof message)
            return;
        if (n >= 0 || errno != EINTR)
            _exit(1);
    }
}

void channel_refuse(struct channel *channel, const struct err *err)
{
    const uint32_t slot = channel_take(channel);
    memcpy(channel_slot(channel, slot), err, sizeof *err);
    channel_send(channel, (struct message){ .kind = MESSAGE_REFUSED, .slot = slot });
}

/* ---- the parent ---- */

enum heard channel_hear(struct channel *channel, int milliseconds, struct message *out)
{
    for (;;) {
        ssize_t n = recv(channel->parent, out, sizeof *out, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            struct pollfd wait = { .fd = channel->parent, .events = POLLIN };
            const int ready = poll(&wait, 1, milliseconds);
            if (ready < 0 && errno == EINTR)
                continue;
            if (ready <= 0)
                return HEARD_NOTHING;
            n = recv(channel->parent, out, sizeof *out, MSG_DONTWAIT);
        }
        /* ECONNRESET is told once, when the child left slots unread; what it said still stands in line. */
        if (n < 0 && (errno == EINTR || errno == ECONNRESET))
            continue;
        if (n == 0)
            return HEARD_END;
        if (n != (ssize_t)sizeof *out || (out->slot != NO_SLOT && out->slot >= channel->n_slots))
            return HEARD_NONSENSE;
        return HEARD_MESSAGE;
    }
}

bool channel_give(struct channel *channel, uint32_t slot)
{
    if (slot == NO_SLOT || send(channel->parent, &slot, sizeof slot, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)sizeof slot)
        return true;
    return errno == EPIPE || errno == ECONNRESET; /* it has finished and gone: channel_hear will tell */
}
