#include "app/sample.h"
#include "base/number.h"
#include "cli/options.h"

bool cmd_sample(struct command_context *run, struct err *err)
{
    const char *folder = NULL;
    double counties = BLANK, years = BLANK, seed = 1.0;
    const struct option options[] = {
        OPTION_TEXT("output", 'o', &folder, "文件夹", "写到哪里；没有就新建"),
        OPTION_WHOLE("counties", 0, &counties, "个数", "写一个全国性的 CSV，含这么多个县（最多 2846）；不给：一个县的全套表格"),
        OPTION_WHOLE("years", 0, &years, "年数", "到 2025 学年为止的年数；默认 3"),
        OPTION_WHOLE("seed", 0, &seed, "整数", "随机种子；同样的种子写出同样的字节；默认 1"),
    };
    struct words words;
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err))
        return false;
    if (!folder) {
        err_set(err, ERR_USAGE, "没有说写到哪里。");
        return err_hint(err, "请用 -o 给出文件夹，例如：junheng sample -o 样例");
    }
    if (counties < 1.0 || counties > 1e6)
        return err_set(err, ERR_USAGE, "--counties 应在 1 到 2846 之间，给的是 %.0f。", counties);
    if (years < 1.0 || years > 1e6)
        return err_set(err, ERR_USAGE, "--years 应在 1 到 20 之间，给的是 %.0f。", years);
    const struct sample_request request = {
        .folder = folder,
        .counties = is_blank(counties) ? 0 : (unsigned)counties,
        .years = is_blank(years) ? 0 : (int)years,
        .seed = (uint64_t)seed,
    };
    struct sample_tally tally;
    if (!app_sample(&request, &tally, err))
        return false;
    if (request.counties)
        out_printf(run->out, "写好 %s/nation.csv：%u 个县，%zu 行（虚构数据）。\n", folder, request.counties, tally.schools);
    else
        out_printf(run->out, "写好 %zu 个文件，%zu 所学校（虚构数据），在 %s。先看其中的 读我.txt。\n", tally.files, tally.schools, folder);
    return true;
}
