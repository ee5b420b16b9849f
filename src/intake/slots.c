#include "intake/slots.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

bool slots_open(struct slots *slots, size_t size, struct err *err)
{
    *slots = (struct slots){ .n = SLOT_COUNT, .size = size, .told = { -1, -1 }, .freed = { -1, -1 }, .waiting = SLOT_COUNT };
    void *memory = mmap(NULL, slots->n * size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || pipe(slots->told) != 0 ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, slots->freed) != 0) {
        if (memory != MAP_FAILED)
            munmap(memory, slots->n * size);
        slots_close(slots);
        return err_set(err, ERR_OUTSIDE, "不能为读取文件准备内存：%s。", strerror(errno));
    }
    slots->memory = memory;
    return true;
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void slots_close(struct slots *slots)
{
    if (slots->memory)
        munmap(slots->memory, slots->n * slots->size);
    slots->memory = NULL;
    for (int i = 0; i < 2; i++) {
        close_end(&slots->told[i]);
        close_end(&slots->freed[i]);
    }
}

unsigned char *slot_at(const struct slots *slots, uint32_t slot)
{
    return slots->memory + slot * slots->size;
}

void slots_child(struct slots *slots)
{
    close_end(&slots->told[0]);
    close_end(&slots->freed[1]);
}

void slots_parent(struct slots *slots)
{
    close_end(&slots->told[1]);
    close_end(&slots->freed[0]);
}

uint32_t slots_take(struct slots *slots)
{
    if (slots->waiting) {
        slots->waiting--;
        return (uint32_t)(slots->n - 1 - slots->waiting);
    }
    uint32_t slot;
    ssize_t n;
    do {
        n = read(slots->freed[0], &slot, sizeof slot);
    } while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof slot || slot >= slots->n)
        _exit(0); /* the reader is gone: nobody wants the rest */
    return slot;
}

void slots_tell(struct slots *slots, enum message_kind kind, uint32_t slot, uint64_t a, uint64_t b)
{
    const struct message message = { (uint32_t)kind, slot, a, b };
    ssize_t n;
    do {
        n = write(slots->told[1], &message, sizeof message);
    } while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof message)
        _exit(0);
}

int slots_listen(struct slots *slots, int milliseconds, struct message *out)
{
    struct pollfd wait = { .fd = slots->told[0], .events = POLLIN };
    int ready;
    do {
        ready = poll(&wait, 1, milliseconds);
    } while (ready < 0 && errno == EINTR);
    if (ready == 0)
        return -1;
    size_t got = 0;
    while (got < sizeof *out) { /* messages are smaller than PIPE_BUF: whole or nothing, save for a child cut off */
        const ssize_t n = read(slots->told[0], (char *)out + got, sizeof *out - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0;
        got += (size_t)n;
    }
    return 1;
}

void slots_give_back(struct slots *slots, uint32_t slot)
{
    ssize_t n;
    do {
        n = send(slots->freed[1], &slot, sizeof slot, MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR); /* a child that is gone needs none */
}
