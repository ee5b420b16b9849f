#include "cli/options.h"

bool cmd_version(struct command_context *run, struct err *err)
{
    struct words words;
    if (!options_parse(run, NULL, 0, &words, 0, 0, err))
        return false;
    out_string(run->out, "junheng " JUNHENG_VERSION "\n");
    return true;
}
