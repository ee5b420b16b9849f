#include "app/backup.h"
#include "cli/options.h"

#include <time.h>

bool cmd_restore(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    bool replace = false;
    const struct option options[] = { OPTION_DATA(&data), OPTION_FLAG("replace", 0, &replace, "换掉文件夹里现有的数据（原来的改名留下）") };
    struct words words;
    struct backup_info info;
    struct text kept;
    if (!options_parse(run, options, COUNT(options), &words, 1, 1, err) ||
        !app_restore(words.at[0], command_data(run, data), replace, (int64_t)time(NULL), run->mem, &info, &kept, err))
        return false;
    out_printf(run->out, "恢复好 %.*s（%.*s）：第 %lld 版数据，在 %s。\n", TEXT_ARG(info.name), TEXT_ARG(info.county), (long long)info.version,
               command_data(run, data));
    if (kept.size)
        out_printf(run->out, "原来的数据留在 %.*s。\n", TEXT_ARG(kept));
    return true;
}
