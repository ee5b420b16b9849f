#include "app/backup.h"
#include "cli/options.h"

#include <time.h>

bool cmd_backup(struct command_context *run, struct err *err)
{
    const char *data = NULL, *into = NULL;
    const struct option options[] = { OPTION_DATA(&data), OPTION_TEXT("output", 'o', &into, "文件", "写到哪里；不覆盖已有的文件") };
    struct words words;
    struct house *house;
    struct backup_info info;
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err))
        return false;
    if (!into) {
        err_set(err, ERR_USAGE, "没有说备份写到哪里。");
        return err_hint(err, "请用 -o 给出文件名，例如：junheng backup -o 备份-2026-11-25.junheng");
    }
    if (!command_house(run, data, &house, err) || !app_backup(house, command_path(run, into), (int64_t)time(NULL), run->mem, &info, err))
        return false;
    out_printf(run->out, "备份好 %s：%.*s，第 %lld 版数据，%llu 字节。\nSHA-256 %s\n", into, TEXT_ARG(info.name), (long long)info.version,
               (unsigned long long)info.size, info.sha256);
    return true;
}
