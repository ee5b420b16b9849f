#include "intake/child.h"

#include "base/sanitized.h"
#include "intake/confine.h"
#include "intake/ended.h"
#include "intake/wire.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SILENCE = 60000 }; /* milliseconds without a word: something hangs */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- inside the child ---- */

/* Keeps stderr for the sanitizers' reports alone: a child must not write on the user's terminal. */
static void drop_descriptors(int fd, int end)
{
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int standard = 0; standard < 3 && nothing >= 0; standard++) {
        if (SANITIZED && standard == 2)
            continue;
        if (standard != fd && standard != end)
            dup2(nothing, standard);
    }
    const int low = fd < end ? fd : end, high = fd < end ? end : fd;
    for (int at = 3; at < high; at++)
        if (at != low) {
            /* The gap below the lower one, then between the two, in one call each where possible. */
            const int last = at < low ? low - 1 : high - 1;
            if (close_range((unsigned)at, (unsigned)last, 0) != 0)
                for (int each = at; each <= last; each++)
                    close(each);
            at = last;
        }
    if (close_range((unsigned)high + 1, ~0u, 0) != 0)
        for (int at = high + 1; at < 4096; at++)
            close(at);
}

static _Noreturn void live(const struct child_work *work, struct channel *channel, pid_t parent)
{
    struct err err = { 0 };
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent)
        _exit(1); /* it died before the line above */
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    drop_descriptors(work->fd, channel->child);
    struct arena *mem = arena_new("intake");
    const struct confinement limits = { .memory = work->memory, .cpu_seconds = work->seconds };
    if (work->prepare(work->context, mem, &err) && confine(&limits, &err) &&
        work->read(work->context, mem, channel, &err))
        channel_send(channel, (struct message){ .kind = MESSAGE_DONE, .slot = NO_SLOT });
    else
        channel_refuse(channel, &err);
    _exit(0);
}

/* ---- the parent ---- */

bool child_start(struct child *child, const struct child_work *work, struct text file, struct err *err)
{
    *child = (struct child){ .file = file, .bounded = work->seconds > 0 };
    if (!channel_open(&child->channel, work->slot_size, work->n_slots, err))
        return false;
    const pid_t parent = getpid();
    child->pid = fork();
    if (child->pid == 0)
        live(work, &child->channel, parent);
    if (child->pid < 0) {
        const int why = errno;
        child->pid = 0;
        channel_close(&child->channel);
        err_set(err, ERR_OUTSIDE, "不能启动读取文件的进程：%s。", err_system(why));
        return err_hint(err, "系统的进程数或内存已到上限，请关闭其他程序后再试。");
    }
    close(child->channel.child);
    child->channel.child = -1;
    /* The clock allows for a busy machine; the processor's own limit is the stricter one. */
    child->deadline = work->seconds ? now_ms() + (int64_t)work->seconds * 1500 : 0;
    return true;
}

/* Why the child is no more, as a sentence. */
static bool died(struct child *child, struct err *err)
{
    int status = 0;
    pid_t ended;
    do
        ended = waitpid(child->pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    child->pid = 0;
    return ended_badly(child->file, ended > 0 ? status : -1, child->bounded, err);
}

bool child_nonsense(const struct child *child, struct err *err)
{
    return ended_in_nonsense(child->file, err);
}

static bool refused(const struct child *child, uint32_t slot, struct err *err)
{
    if (slot == NO_SLOT || child->channel.slot_size < sizeof *err)
        return child_nonsense(child, err);
    return wire_get_err(channel_slot(&child->channel, slot), err) ? false : child_nonsense(child, err);
}

bool child_hear(struct child *child, struct message *out, struct err *err)
{
    int64_t wait = SILENCE;
    if (child->deadline) {
        const int64_t left = child->deadline - now_ms();
        wait = left < 0 ? 0 : left;
    }
    switch (channel_hear(&child->channel, (int)wait, out)) {
    case HEARD_MESSAGE:
        return out->kind == MESSAGE_REFUSED ? refused(child, out->slot, err) : true;
    case HEARD_END: return died(child, err);
    case HEARD_NOTHING: return ended_late(child->file, child->bounded, err);
    case HEARD_NONSENSE: return child_nonsense(child, err);
    }
    return false;
}

bool child_give(struct child *child, uint32_t slot, struct err *err)
{
    return channel_give(&child->channel, slot) || child_nonsense(child, err);
}

void child_end(struct child *child)
{
    if (child->pid > 0) {
        kill(child->pid, SIGKILL);
        while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        child->pid = 0;
    }
    channel_close(&child->channel);
}
