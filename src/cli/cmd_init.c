#include "app/house.h"
#include "base/file.h"
#include "cli/config.h"

static bool is_county_code(const char *code)
{
    size_t n = 0;
    while (code[n] >= '0' && code[n] <= '9')
        n++;
    return n == 6 && !code[n];
}

bool cmd_init(struct command_context *run, struct err *err)
{
    const char *county = NULL, *name = NULL;
    const struct option options[] = {
        OPTION_TEXT("county", 0, &county, "县代码", "六位行政区划代码，如登封市 410185"),
        OPTION_TEXT("name", 0, &name, "县名", "页面和报告上的县名"),
    };
    struct words words;
    if (!options_parse(run, options, COUNT(options), &words, 1, 1, err))
        return false;
    if (!county || !is_county_code(county) || !name || !name[0]) {
        err_set(err, ERR_USAGE, !county || !is_county_code(county) ? "--county 应是六位数字的县代码。" : "没有说县名。");
        return err_hint(err, "例如：junheng init %s --county 410185 --name 登封市", words.at[0]);
    }
    if (!house_init(words.at[0], text_of(county), text_of(name), false, err) ||
        !file_write(arena_printf(run->mem, "%s/junheng.conf", words.at[0]), config_file(run->mem), err))
        return false;
    out_printf(run->out, "建好 %s（%s，%s）。下一步：\n", words.at[0], name, county);
    out_printf(run->out, "  junheng user add 登录名 --role statistician --shown 姓名 --data %s\n  junheng serve --data %s\n", words.at[0], words.at[0]);
    return true;
}
