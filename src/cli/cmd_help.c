#include "base/unicode.h"
#include "cli/options.h"

static void list_commands(struct out *out)
{
    out_string(out, "junheng：义务教育优质均衡发展评估\n\n用法：junheng 命令 [选项]\n\n");
    for (size_t i = 0; i < n_commands; i++)
        out_printf(out, "  %-10s%s\n", commands[i].verb, commands[i].summary);
    out_string(out, "\n用 junheng help 命令 细看一条；手册页：man junheng。\n");
}

bool cmd_help(struct command_context *run, struct err *err)
{
    struct words words;
    if (!options_parse(run, NULL, 0, &words, 0, 1, err))
        return false;
    if (words.n == 0) {
        list_commands(run->out);
        return true;
    }
    const struct command *command = command_named(words.at[0]);
    if (!command) {
        err_set(err, ERR_USAGE, "没有“%s”这个命令。", words.at[0]);
        const struct command *like = command_like(run->mem, words.at[0]);
        if (like)
            return err_hint(err, "是不是 junheng help %s？用 junheng help 查看全部命令。", like->verb);
        return err_hint(err, "用 junheng help 查看全部命令。");
    }
    /* The command explains itself from the table it parses with. */
    char ask[] = "--help", *only[] = { ask, NULL };
    run->command = command;
    run->argc = 1;
    run->argv = only;
    return command->run(run, err);
}
