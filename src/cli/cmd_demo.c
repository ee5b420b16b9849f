#include "app/demo.h"
#include "cli/serving.h"

#include <time.h>

static void ready(struct command_context *run, const char *address, void *context)
{
    const struct demo *const demo = context;
    out_printf(run->out, "网址：%s\n账号：%.*s\n密码：%.*s\n", address, TEXT_ARG(demo->account), TEXT_ARG(demo->password));
    out_printf(run->notes, "青禾县是虚构的数据。按 Ctrl-C 停下。\n");
    struct err ignored;
    if (!out_flush(run->notes, &ignored))
        return; /* nobody is listening there */
}

bool cmd_demo(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    bool make_only = false;
    struct config config = { .path = NULL };
    struct option options[N_SETTINGS + 2] = { OPTION_DATA(&data), OPTION_FLAG("make-only", 0, &make_only, "只建数据，不开服务") };
    struct words words;
    struct demo demo;
    config_options(&config, options + 2);
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err))
        return false;
    const char *const folder = data ? data : "build/demo";
    if (!config_read(&config, folder, run->mem, err) || !app_demo(folder, (int64_t)time(NULL), run->mem, &demo, err))
        return false;
    if (!make_only)
        return serve_house(run, folder, &config, ready, &demo, err);
    out_printf(run->out, "账号：%.*s\n密码：%.*s\n", TEXT_ARG(demo.account), TEXT_ARG(demo.password));
    return true;
}
