#include "cli/serving.h"

static void ready(struct command_context *run, const char *address, void *context)
{
    (void)context;
    out_printf(run->out, "%s\n", address);
}

bool cmd_serve(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    struct config config = { .path = NULL };
    struct option options[N_SETTINGS + 1] = { OPTION_DATA(&data) };
    struct words words;
    config_options(&config, options + 1);
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err))
        return false;
    const char *const folder = command_data(run, data);
    return config_read(&config, folder, run->mem, err) && serve_house(run, folder, &config, ready, NULL, err);
}
