/* command.h — the verbs of the command line: a row in commands.def, a cmd_<verb>.c. */
#pragma once
#include "base/err.h"
#include "base/out.h"

enum format { FORMAT_TABLE, FORMAT_JSON, FORMAT_CSV };

struct command;

/* What a command works with; all of it lives as long as the process. */
struct command_context {
    struct arena *mem;
    struct out *out;        /* standard output */
    struct out *notes;      /* standard error: findings, hints; written when the command is done */
    const struct command *command;
    int argc;               /* what stands behind the verb */
    char **argv;
    enum format format;
    bool colour;            /* standard output is a terminal and NO_COLOR is not set */
    bool answer_no;         /* the command's answer is "not met" or "no data": exit code 1 */
};

/* Returns false with err of kind ERR_NONE when there is nothing more to do (--help was asked for). */
typedef bool command_function(struct command_context *run, struct err *err);

struct command {
    const char *verb;
    command_function *run;
    const char *summary;    /* one line, Chinese */
    const char *usage;      /* what follows the verb */
    const char *more;       /* what `junheng help VERB` says below the options; may be empty */
};

extern const struct command commands[];
extern const size_t n_commands;

const struct command *command_named(const char *verb);                       /* NULL when there is none */
/* The verb that may have been meant; NULL when none is near. */
const struct command *command_like(struct arena *mem, const char *verb);

#define COMMAND(verb, summary, usage, more) command_function cmd_##verb;
#include "cli/commands.def"
#undef COMMAND
