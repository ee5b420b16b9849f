#include "intake/handover_start.h"

#include "base/sanitized.h"
#include "intake/handover.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ABOVE = HANDOVER_FIRST_FILE + HANDOVER_MOST_FILES,  /* descriptors of ours lie above all those the process gets */
    SOON = 500,                                         /* milliseconds */
};

static bool cannot(int why, struct err *err)
{
    err_set(err, ERR_OUTSIDE, "不能启动读取文件的进程：%s。", err_system(why));
    return err_hint(err, "系统的进程数、内存或打开的文件已到上限，请稍后再试。");
}

/* Lifts a descriptor above those the process will get; closes it where that fails. */
static int lift(int fd)
{
    const int high = fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, ABOVE);
    const int why = errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    return high;
}

/* Memory that nobody can change any more. */
static int sealed(struct text bytes)
{
    const int fd = lift(memfd_create("junheng-intake", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (fd < 0)
        return -1;
    for (size_t done = 0; done < bytes.size;) {
        const ssize_t n = pwrite(fd, bytes.at + done, bytes.size - done, (off_t)done);
        if (n > 0)
            done += (size_t)n;
        else if (errno != EINTR) {
            const int why = errno;
            close(fd);
            errno = why;
            return -1;
        }
    }
    if (fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

struct held { int order, told, files[HANDOVER_MOST_FILES]; size_t n; };

static void let_go(struct held *held)
{
    if (held->order >= 0)
        close(held->order);
    if (held->told >= 0)
        close(held->told);
    for (size_t i = 0; i < held->n; i++)
        close(held->files[i]);
}

static int spawn(const char *program, const struct held *held, pid_t *pid_out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    sigset_t all, none;
    char lang[64] = "LANG=C.UTF-8", name[] = "junheng", verb[] = HANDOVER_VERB;
    const char *const ours = getenv("LANG");
    if (ours && strlen(ours) < sizeof lang - 8)
        snprintf(lang, sizeof lang, "LANG=%s", ours);
    char *const argv[] = { name, verb, NULL }, *const environment[] = { lang, NULL };
    sigfillset(&all);
    sigemptyset(&none);
    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    if (posix_spawnattr_init(&how) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return ENOMEM;
    }
    int failed = posix_spawn_file_actions_adddup2(&actions, held->order, 0);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&actions, held->told, 1);
    if (!failed && !SANITIZED) /* the sanitizers' reports alone are let through */
        failed = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    for (size_t i = 0; i < held->n && !failed; i++)
        failed = posix_spawn_file_actions_adddup2(&actions, held->files[i], HANDOVER_FIRST_FILE + (int)i);
    if (!failed)
        failed = posix_spawn_file_actions_addclosefrom_np(&actions, HANDOVER_FIRST_FILE + (int)held->n);
    if (!failed)
        failed = posix_spawn_file_actions_addchdir_np(&actions, "/");
    /* A group of its own, so that it ends with all its children; no signal blocked or ignored. */
    if (!failed)
        failed = posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setsigmask(&how, &none);
    if (!failed)
        failed = posix_spawn(pid_out, program ? program : "/proc/self/exe", &actions, &how, argv, environment);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

bool handover_start(const char *program, struct text order, const struct text *files, size_t n, struct started *out, struct err *err)
{
    struct held held = { .order = -1, .told = -1 };
    int ends[2];
    *out = (struct started){ .pid = 0, .pipe = -1 };
    if (pipe2(ends, O_CLOEXEC) != 0)
        return cannot(errno, err);
    out->pipe = ends[0];
    int why = fcntl(out->pipe, F_SETFL, O_NONBLOCK) == 0 ? 0 : errno;
    if ((held.told = lift(ends[1])) < 0 || (held.order = sealed(order)) < 0)
        why = errno;
    for (; !why && held.n < n; held.n++)
        if ((held.files[held.n] = sealed(files[held.n])) < 0) {
            why = errno;
            break;
        }
    if (!why)
        why = spawn(program, &held, &out->pid);
    let_go(&held);
    if (!why)
        return true;
    out->pid = 0;
    handover_end(out);
    return cannot(why, err);
}

int handover_status(struct started *started)
{
    int status;
    for (int waited = 0; waited <= SOON; waited += 5) {
        const pid_t ended = waitpid(started->pid, &status, WNOHANG);
        if (ended == started->pid) {
            kill(-started->pid, SIGKILL); /* whom it left behind */
            started->pid = 0;
            return status;
        }
        if (ended < 0 && errno != EINTR)
            break;
        poll(NULL, 0, 5);
    }
    return -1;
}

void handover_end(struct started *started)
{
    if (started->pid > 0) {
        kill(-started->pid, SIGKILL);
        while (waitpid(started->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        started->pid = 0;
    }
    if (started->pipe >= 0)
        close(started->pipe);
    started->pipe = -1;
}
