/* command.h — the verbs of the command line: a row in commands.def, a cmd_<verb>.c. */
#pragma once
#include "base/err.h"
#include "base/out.h"

enum format { FORMAT_TABLE, FORMAT_JSON, FORMAT_CSV };

struct command;
struct house;

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
    /* For commands that work on a county's house: see command_house. */
    struct house *house;    /* the one at hand */
    bool opened;            /* it was opened for this command, and is closed behind it */
    const char *standing;   /* on a server's console: the folder where the caller stands; else NULL */
    bool forwarded;         /* a server has done it: what it wrote and its exit code are there */
    int forwarded_code;
};

/* Returns false with err of kind ERR_NONE when there is nothing more to do (--help was asked for). */
typedef bool command_function(struct command_context *run, struct err *err);

struct command {
    const char *verb;
    command_function *run;
    const char *summary;    /* one line, Chinese */
    const char *usage;      /* what follows the verb */
    const char *more;       /* what `junheng help VERB` says below the options; may be empty */
    bool of_house;          /* it works on a house: a running server may be asked to do it */
};

extern const struct command commands[];
extern const size_t n_commands;

const struct command *command_named(const char *verb);                       /* NULL when there is none */
/* The verb that may have been meant; NULL when none is near. */
const struct command *command_like(struct arena *mem, const char *verb);

#define COMMAND(verb, summary, usage, more) command_function cmd_##verb;
#include "cli/commands.def"
#undef COMMAND

/* Finds the command that argv (argv[0]: the program) names and runs it; what it writes is flushed.  The exit code. */
int command_run(struct command_context *run, int argc, char **argv);

/* The house a command works on: the one at hand, or that of the folder.  When a server has it open, the server is asked
 * to run the command instead: then this returns false with ERR_NONE, and there is nothing more to do.  So a command
 * first checks what it was told, then asks for its house.
 *   Given    data  as --data (OPTION_DATA); NULL: $JUNHENG_DATA, else ./data */
bool command_house(struct command_context *run, const char *data, struct house **out, struct err *err) MUST_CHECK;
const char *command_data(const struct command_context *run, const char *data);
/* A path as the caller means it, wherever the command runs. */
const char *command_path(const struct command_context *run, const char *path);
#define OPTION_DATA(into) OPTION_TEXT("data", 0, into, "文件夹", "数据文件夹；默认 $JUNHENG_DATA，没有设就是 ./data")
