#include "app/house.h"
#include "base/file.h"
#include "cli/options.h"

#include <time.h>

enum { LARGEST_OUTLINE = 8 << 20 };

bool cmd_outline(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    const struct option options[] = { OPTION_DATA(&data) };
    const struct actor console = actor_console();
    struct words words;
    struct house *house;
    struct text bytes;
    if (!options_parse(run, options, COUNT(options), &words, 1, 1, err) || !command_house(run, data, &house, err))
        return false;
    const char *const path = command_path(run, words.at[0]);
    if (!file_read(run->mem, path, LARGEST_OUTLINE, &bytes, err) ||
        !house_outline_put(house, &console, file_name(path), bytes, (int64_t)time(NULL), err))
        return false;
    out_printf(run->out, "收下地图边界：%s。\n", words.at[0]);
    return true;
}
