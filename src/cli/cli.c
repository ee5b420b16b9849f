#include "cli/cli.h"

#include "app/house.h"
#include "cli/command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_PIPE_CLOSED = 128 + SIGPIPE };

static void say_error(struct out *notes, const struct err *err)
{
    out_printf(notes, "junheng: %s\n", err->what);
    if (err->hint[0])
        out_printf(notes, "%s\n", err->hint);
    if (err->detail[0])
        out_printf(notes, "（%s）\n", err->detail);
}

/* Which command the words name; argv[0] is the program. */
static const struct command *find_command(struct arena *mem, int argc, char **argv, struct err *err)
{
    const char *verb = argc > 1 ? argv[1] : "";
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0)
        return command_named("help");
    if (strcmp(verb, "--version") == 0 || strcmp(verb, "-V") == 0)
        return command_named("version");
    const struct command *found = command_named(verb);
    if (found)
        return found;
    if (!verb[0])
        err_set(err, ERR_USAGE, "没有说要做什么。");
    else if (verb[0] == '-')
        err_set(err, ERR_USAGE, "命令要写在选项前面，这里先读到“%s”。", verb);
    else
        err_set(err, ERR_USAGE, "没有“%s”这个命令。", verb);
    const struct command *like = command_like(mem, verb);
    if (like)
        err_hint(err, "是不是 junheng %s？用 junheng help 查看全部命令。", like->verb);
    else
        err_hint(err, "用 junheng help 查看全部命令。");
    return NULL;
}

int command_run(struct command_context *run, int argc, char **argv)
{
    struct err err = { .kind = ERR_NONE };
    run->command = find_command(run->mem, argc, argv, &err);
    if (run->command) {
        run->argc = argc - 2;
        run->argv = argv + 2;
        if (!run->command->run(run, &err) && err.kind == ERR_NONE)
            run->answer_no = false; /* help was shown instead */
        if (run->opened)
            house_close(&run->house);
        run->opened = false;
    }
    struct err writing;
    const bool written = out_flush(run->out, &writing);
    if (!written && out_failed(run->out) == EPIPE)
        return EXIT_PIPE_CLOSED; /* the reader has seen enough: nothing to complain of */
    if (err.kind == ERR_NONE && !written)
        err = writing;
    if (err.kind != ERR_NONE)
        say_error(run->notes, &err);
    if (!out_flush(run->notes, &writing) && err.kind == ERR_NONE)
        err = writing;
    if (err.kind != ERR_NONE)
        return err_exit_code(err.kind);
    return run->forwarded ? run->forwarded_code : run->answer_no ? 1 : 0;
}

int cli_main(int argc, char **argv)
{
    /* A closed pipe shows when results are flushed; a parser child that dies must not take us along. */
    signal(SIGPIPE, SIG_IGN);
    struct arena *mem = arena_new("junheng");
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    struct command_context run = {
        .mem = mem,
        .out = out_new(mem, STDOUT_FILENO),
        .notes = out_new(mem, STDERR_FILENO),
        .colour = isatty(STDOUT_FILENO) && !(no_colour && no_colour[0]) && !(terminal && strcmp(terminal, "dumb") == 0),
    };
    const int code = command_run(&run, argc, argv);
    arena_free(&mem);
    return code;
}
