#include "cli/console.h"

#include "cli/command.h"
#include "cli/console_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct console {
    struct arena *mem;
    struct house *house;
    int folder, listening, stop;
    pthread_t thread;
};

/* ---- one caller ---------------------------------------------------------------------------- */

static bool may_call(int fd)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && (peer.uid == geteuid() || peer.uid == 0);
}

struct asked { uint32_t n; char **words; };

static bool hear(int fd, struct arena *mem, struct asked *out)
{
    size_t left = CONSOLE_ASKED;
    if (!wire_receive_number(fd, &out->n) || out->n <= CONSOLE_AHEAD || out->n > CONSOLE_WORDS)
        return false;
    out->words = arena_array(mem, out->n + 1, char *);
    for (uint32_t i = 0; i < out->n; i++) {
        uint32_t size;
        if (!wire_receive_number(fd, &size) || size > left)
            return false;
        left -= size;
        out->words[i] = arena_alloc(mem, (size_t)size + 1);
        if (!wire_receive(fd, out->words[i], size))
            return false;
    }
    return true;
}

static void answer(int fd, struct text out, struct text notes, int code)
{
    char number[4] = { (char)code, 0, 0, 0 };
    /* A caller who has gone hears nothing; what was done is in the audit. */
    if ((!out.size || wire_send_frame(fd, FRAME_OUT, out)) && (!notes.size || wire_send_frame(fd, FRAME_NOTES, notes)))
        (void)wire_send_frame(fd, FRAME_EXIT, (struct text){ number, sizeof number });
}

static void run_for(const struct console *console, int fd, struct arena *mem, const struct asked *asked)
{
    enum { ENVIRONMENT = 4 };
    /* argv[0] is the program; it takes the place of the word before the command. */
    char **const argv = asked->words + CONSOLE_AHEAD - 1;
    const int argc = (int)(asked->n - CONSOLE_AHEAD + 1);
    const struct command *const command = command_named(argv[1]);
    struct command_context run = {
        .mem = mem, .out = out_new_memory(mem), .notes = out_new_memory(mem), .colour = asked->words[2][0] == '1',
        .house = console->house, .standing = asked->words[1],
    };
    if (strcmp(asked->words[0], JUNHENG_VERSION) != 0) {
        answer(fd, TEXT(""), text_printf(mem, "junheng: 服务器是 " JUNHENG_VERSION " 版，这个命令是 %s 版。\n请用同一版，或者重新启动服务器。\n",
                                         asked->words[0]), ENVIRONMENT);
        return;
    }
    if (!command || !command->of_house) {
        answer(fd, TEXT(""), text_printf(mem, "junheng: 服务器不代做“%s”。\n", argv[1]), ENVIRONMENT);
        return;
    }
    const int code = command_run(&run, argc, argv);
    answer(fd, out_collected(run.out), out_collected(run.notes), code);
}

static void serve(const struct console *console, int fd)
{
    const struct timeval patience = { .tv_sec = CONSOLE_SECONDS };
    struct asked asked;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0 || !may_call(fd))
        return;
    struct arena *mem = arena_new("console");
    if (hear(fd, mem, &asked))
        run_for(console, fd, mem, &asked);
    arena_free(&mem);
}

static void *listen_on(void *context)
{
    struct console *const console = context;
    struct pollfd waiting[] = { { .fd = console->listening, .events = POLLIN }, { .fd = console->stop, .events = POLLIN } };
    for (;;) {
        if (poll(waiting, COUNT(waiting), -1) < 0 && errno != EINTR)
            return NULL;
        if (waiting[1].revents)
            return NULL;
        if (!(waiting[0].revents & POLLIN))
            continue;
        const int fd = accept4(console->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            serve(console, fd);
            close(fd);
        }
    }
}

/* ---- life ---------------------------------------------------------------------------------- */

static void close_all(struct console *console)
{
    struct arena *mem = console->mem;
    if (console->listening >= 0)
        close(console->listening);
    if (console->stop >= 0)
        close(console->stop);
    if (console->folder >= 0)
        close(console->folder);
    arena_free(&mem);
}

bool console_start(struct house *house, const char *folder, struct console **out, struct err *err)
{
    struct arena *mem = arena_new("console");
    struct console *console = arena_make(mem, struct console);
    struct sockaddr_un address;
    *console = (struct console){ .mem = mem, .house = house, .folder = -1, .listening = -1, .stop = -1 };
    if (!console_address(folder, &address, &console->folder, &console->listening, err)) {
        close_all(console);
        return false;
    }
    console->stop = eventfd(0, EFD_CLOEXEC);
    sigset_t all, before;
    sigfillset(&all);
    /* What a crash has left lies in the way; the lock is ours, so nobody listens there. */
    unlinkat(console->folder, CONSOLE_SOCKET, 0);
    if (console->stop < 0 || bind(console->listening, (const struct sockaddr *)&address, sizeof address) != 0 ||
        fchmodat(console->folder, CONSOLE_SOCKET, 0600, 0) != 0 || listen(console->listening, 16) != 0) {
        err_set(err, ERR_OUTSIDE, "开不了数据文件夹“%s”的控制口：%s。", folder, err_system(errno));
        close_all(console);
        return false;
    }
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
    const int failed = pthread_create(&console->thread, NULL, listen_on, console);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) {
        err_set(err, ERR_OUTSIDE, "开不了控制口的线程：%s。", err_system(failed));
        close_all(console);
        return false;
    }
    *out = console;
    return true;
}

void console_stop(struct console **console)
{
    struct console *const c = *console;
    if (!c)
        return;
    *console = NULL;
    eventfd_write(c->stop, 1);
    pthread_join(c->thread, NULL);
    unlinkat(c->folder, CONSOLE_SOCKET, 0);
    close_all(c);
}
