#include "cli/forward.h"

#include "app/house.h"
#include "app/mail.h"
#include "cli/config.h"
#include "cli/console_wire.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static bool broken(struct err *err)
{
    err_set(err, ERR_OUTSIDE, "和正在运行的服务器的连接断了。");
    return err_hint(err, "这件事可能已经做成：请先查看结果，再决定要不要重做。");
}

static bool ask(struct command_context *run, int fd)
{
    char here[PATH_MAX];
    const char *const verb = run->command->verb;
    const struct text ahead[CONSOLE_AHEAD] = { TEXT(JUNHENG_VERSION), text_of(getcwd(here, sizeof here) ? here : "/"),
                                               run->colour ? TEXT("1") : TEXT("0") };
    bool ok = wire_send_number(fd, (uint32_t)(COUNT(ahead) + 1 + (size_t)run->argc));
    for (size_t i = 0; ok && i < COUNT(ahead); i++)
        ok = wire_send_number(fd, (uint32_t)ahead[i].size) && wire_send(fd, ahead[i]);
    ok = ok && wire_send_number(fd, (uint32_t)strlen(verb)) && wire_send(fd, text_of(verb));
    for (int i = 0; ok && i < run->argc; i++)
        ok = wire_send_number(fd, (uint32_t)strlen(run->argv[i])) && wire_send(fd, text_of(run->argv[i]));
    return ok;
}

static bool hear(struct command_context *run, int fd)
{
    enum { PIECE = 64 * 1024 };
    char *const piece = arena_alloc(run->mem, PIECE);
    for (;;) {
        char kind;
        uint32_t size;
        if (!wire_receive(fd, &kind, 1) || !wire_receive_number(fd, &size))
            return false;
        if (kind == FRAME_EXIT) {
            uint32_t code;
            if (size != 4 || !wire_receive_number(fd, &code))
                return false;
            run->forwarded_code = (int)(code & 0xff);
            run->forwarded = true;
            return true;
        }
        while (size) {
            const size_t n = size < PIECE ? size : PIECE;
            if (!wire_receive(fd, piece, n))
                return false;
            out_text(kind == FRAME_OUT ? run->out : run->notes, (struct text){ piece, n });
            size -= (uint32_t)n;
        }
    }
}

enum forward forward_command(struct command_context *run, const char *folder, struct err *err)
{
    struct sockaddr_un address;
    int folder_fd, fd;
    enum forward what = FORWARD_FAILED;
    if (!console_address(folder, &address, &folder_fd, &fd, err))
        return FORWARD_FAILED;
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        if (errno == ENOENT || errno == ECONNREFUSED) {
            what = FORWARD_NOBODY;
        } else {
            err_set(err, ERR_OUTSIDE, "连不上正在运行的服务器：%s。", err_system(errno));
            err_hint(err, "请用运行服务器的那个系统用户，或者 root，来运行这个命令。");
        }
    } else if (ask(run, fd) && hear(run, fd)) {
        what = FORWARD_DONE;
    } else {
        broken(err);
    }
    close(fd);
    close(folder_fd);
    return what;
}

/* ---- a command's house --------------------------------------------------------------------- */

const char *command_path(const struct command_context *run, const char *path)
{
    return !run->standing || path[0] == '/' ? path : arena_printf(run->mem, "%s/%s", run->standing, path);
}

const char *command_data(const struct command_context *run, const char *data)
{
    const char *const set = getenv("JUNHENG_DATA");
    return command_path(run, data ? data : set && set[0] ? set : "data");
}

static bool open_here(struct command_context *run, const char *folder, struct err *err)
{
    struct config config = { .path = NULL };
    struct mail_settings mail;
    if (!config_read(&config, folder, run->mem, err) || !config_mail(&config, folder, run->mem, &mail, err))
        return false;
    const struct house_options options = { .folder = folder, .edition = config_text(&config, SETTING_edition, run->mem),
                                           .least_free = (uint64_t)config_whole(&config, SETTING_least_free) << 20 };
    run->opened = house_open(&options, &run->house, err);
    if (run->opened)
        app_mail_use(run->house, &mail);
    return run->opened;
}

bool command_house(struct command_context *run, const char *data, struct house **out, struct err *err)
{
    /* Whoever has the lock without listening is another command, or a server just starting: soon done. */
    enum { TRIES = 100 };
    const struct timespec pause = { .tv_nsec = 50 * 1000 * 1000 };
    const char *const folder = command_data(run, data);
    for (int i = 0; !run->house && !open_here(run, folder, err); i++) {
        if (err->kind != ERR_CONFLICT || i == TRIES)
            return false;
        struct err other = { .kind = ERR_NONE };
        const enum forward what = forward_command(run, folder, &other);
        if (what != FORWARD_NOBODY) {
            *err = other; /* ERR_NONE: done */
            return false;
        }
        nanosleep(&pause, NULL);
    }
    err->kind = ERR_NONE; /* of tries before */
    *out = run->house;
    return true;
}
