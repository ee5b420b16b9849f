#include "app/edition.h"
#include "app/template.h"
#include "cli/options.h"

#include <string.h>

bool cmd_template(struct command_context *run, struct err *err)
{
    const char *edition_name = "", *path = NULL;
    const struct option options[] = {
        OPTION_TEXT("output", 'o', &path, "文件.xlsx", "写到哪里；已有的文件会被替换"),
        OPTION_TEXT("edition", 0, &edition_name, "版本|文件夹", "用哪一版标准；默认 cn-2017"),
    };
    struct words words;
    if (!options_parse(run, options, COUNT(options), &words, 1, 1, err))
        return false;
    const bool school = strcmp(words.at[0], "school") == 0;
    if (!school && strcmp(words.at[0], "county") != 0) {
        err_set(err, ERR_USAGE, "没有“%s”这种填报表。", words.at[0]);
        return err_hint(err, "写 school（学校填报表）或 county（区县填报表）。");
    }
    if (!path) {
        err_set(err, ERR_USAGE, "没有说把填报表写到哪里。");
        return err_hint(err, "例如 junheng template %s -o %s填报.xlsx。", words.at[0], school ? "学校" : "区县");
    }
    const struct edition *edition;
    if (!app_edition(run->mem, edition_name, &edition, err) ||
        !app_template(edition, school ? ITEM_SCHOOL : ITEM_COUNTY, path, err))
        return false;
    out_printf(run->out, "空白%s填报表已写到 %s。\n", school ? "学校" : "区县", path);
    return true;
}
