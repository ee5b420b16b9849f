#include "cli/command.h"
#include "app/near.h"

#include <string.h>

#define COMMAND(verb, summary, usage, more) { #verb, cmd_##verb, summary, usage, more, false },
#define HOUSE_COMMAND(verb, summary, usage, more) { #verb, cmd_##verb, summary, usage, more, true },
const struct command commands[] = {
#include "cli/commands.def"
};
#undef HOUSE_COMMAND
#undef COMMAND
const size_t n_commands = COUNT(commands);

const struct command *command_named(const char *verb)
{
    for (size_t i = 0; i < n_commands; i++)
        if (strcmp(commands[i].verb, verb) == 0)
            return &commands[i];
    return NULL;
}

const struct command *command_like(struct arena *mem, const char *verb)
{
    struct near near = near_start(mem, text_of(verb));
    for (size_t i = 0; i < n_commands; i++)
        near_try(&near, text_of(commands[i].verb));
    return near.found ? command_named(text_string(mem, near.best)) : NULL;
}
