#include "cli/config.h"

bool cmd_config(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    bool file = false;
    struct config config = { .path = NULL };
    struct option options[N_SETTINGS + 2] = { OPTION_DATA(&data), OPTION_FLAG("file", 0, &file, "打印带注释的设置文件，照着改") };
    struct words words;
    config_options(&config, options + 2);
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err))
        return false;
    if (file) {
        out_text(run->out, config_file(run->mem));
        return true;
    }
    if (!config_read(&config, command_data(run, data), run->mem, err))
        return false;
    config_show(&config, run->out);
    return true;
}
