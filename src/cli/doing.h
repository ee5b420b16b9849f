/* doing.h — commands that do one of several things: `junheng user add …`. */
#pragma once
#include "app/actor.h"
#include "cli/options.h"

struct doing {
    const char *word;
    const char *needs;      /* what must follow: "登录名"; NULL: nothing */
    bool (*run)(struct command_context *run, struct house *house, const char *named, void *options, struct err *err);
};
/* Finds what words[0] says and asks for the house; ERR_USAGE names what there is. */
bool doing_run(struct command_context *run, const struct doing *doings, size_t n, const struct words *words, const char *data,
               void *options, struct err *err) MUST_CHECK;

/* --role, --school …: where an account or a token reaches. */
struct place_options { const char *school, *township, *district, *department; };
/* The county where none is given.   Errors  ERR_USAGE: more than one */
bool place_of_options(const struct place_options *options, struct place *out, struct err *err) MUST_CHECK;
#define PLACE_OPTIONS(at)                                                            \
    OPTION_TEXT("school", 0, &(at)->school, "学校代码", "只管这一所学校"),           \
    OPTION_TEXT("township", 0, &(at)->township, "乡镇", "只管这一个乡镇；写法同填报表"), \
    OPTION_TEXT("district", 0, &(at)->district, "学区", "只管这一个学区：单位的代码或名称"), \
    OPTION_TEXT("department", 0, &(at)->department, "部门", "是这一个部门的：单位的代码或名称，例如 D11")
