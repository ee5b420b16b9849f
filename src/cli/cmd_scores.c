#include "app/scores.h"
#include "cli/options.h"
#include "report/write_findings_list.h"
#include "report/words.h"

enum { MOST_OF_A_KIND = 20 };

static void write_scores(struct command_context *run, const struct app_scores *s)
{
    const double numbers[] = { (double)s->schools, (double)s->pupils, s->mean, s->ssb_sst, s->icc1 };
    static const char *const NAMES[] = { "schools", "pupils", "mean", "ssb_sst", "icc1" };
    switch (run->format) {
    case FORMAT_JSON:
        json_object(run->out, NULL);
        for (size_t i = 0; i < COUNT(NAMES); i++)
            json_number(run->out, NAMES[i], numbers[i]);
        json_number(run->out, "blank", (double)s->blank);
        json_number(run->out, "without_school", (double)s->nameless);
        json_end(run->out);
        out_byte(run->out, '\n');
        return;
    case FORMAT_CSV:
        out_string(run->out, "schools,pupils,mean,ssb_sst,icc1\n");
        for (size_t i = 0; i < COUNT(numbers); i++) {
            if (i)
                out_byte(run->out, ',');
            if (!is_blank(numbers[i]))
                out_shortest(run->out, numbers[i]);
        }
        out_byte(run->out, '\n');
        return;
    case FORMAT_TABLE:
        break;
    }
    out_printf(run->out, "%.*s 所学校，%.*s 名学生，平均 %.*s 分。\n", TEXT_ARG(words_count(run->mem, numbers[0])),
               TEXT_ARG(words_count(run->mem, numbers[1])), TEXT_ARG(words_fixed(run->mem, s->mean, 2)));
    if (s->blank || s->nameless)
        out_printf(run->out, "没有成绩的 %zu 行、没有学校的 %zu 行没有计入。\n", s->blank, s->nameless);
    if (is_blank(s->ssb_sst))
        out_string(run->out, "校际差异率无法计算：没有成绩，或成绩全都相同。\n");
    else
        out_printf(run->out, "校际差异率（校间平方和占总平方和之比 SSB/SST）%.*s。\n", TEXT_ARG(words_fixed(run->mem, s->ssb_sst, 4)));
    if (is_blank(s->icc1))
        out_string(run->out, "组内相关系数 ICC(1) 无法计算：至少要有两所学校，且有学校不止一名学生。\n");
    else
        out_printf(run->out, "组内相关系数 ICC(1)（单因素方差分析）%.*s。\n", TEXT_ARG(words_fixed(run->mem, s->icc1, 4)));
}

bool cmd_scores(struct command_context *run, struct err *err)
{
    const char *school = NULL, *score = NULL;
    double min_tested = 0;
    const struct option options[] = {
        OPTION_TEXT("school", 0, &school, "列名", "哪一列是学校"),
        OPTION_TEXT("score", 0, &score, "列名", "哪一列是成绩"),
        OPTION_WHOLE("min-tested", 0, &min_tested, "人数", "有成绩的学生少于这个数的学校不计入；默认全部计入"),
        OPTION_FORMAT(run),
    };
    struct words files;
    if (!options_parse(run, options, COUNT(options), &files, 1, 1, err))
        return false;
    if (!school || !score) {
        err_set(err, ERR_USAGE, "junheng scores 要说明哪一列是%s。", school ? "成绩（--score）" : "学校（--school）");
        return err_hint(err, "例如 junheng scores %s --school 学校 --score 数学。", files.at[0]);
    }
    const struct app_scores_request request = { files.at[0], text_of(school), text_of(score), (size_t)min_tested };
    struct findings findings = { .mem = run->mem };
    struct app_scores scores;
    const bool ok = app_scores(&request, run->mem, &findings, &scores, err);
    findings_as_lines(run->notes, &findings, MOST_OF_A_KIND, false, run->mem);
    if (ok)
        write_scores(run, &scores);
    return ok;
}
