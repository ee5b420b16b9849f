#include "app/annotate.h"
#include "app/check.h"
#include "cli/reading.h"
#include "report/write_findings_list.h"

static void write_findings(struct command_context *run, const struct findings *findings, struct check_tally tally)
{
    switch (run->format) {
    case FORMAT_JSON:
        json_object(run->out, NULL);
        json_number(run->out, "schools", (double)tally.schools);
        json_number(run->out, "errors", (double)finding_count(findings, FINDING_ERROR));
        json_number(run->out, "warnings", (double)finding_count(findings, FINDING_WARNING));
        json_number(run->out, "notes", (double)finding_count(findings, FINDING_NOTE));
        if (findings->dropped)
            json_number(run->out, "findings_dropped", (double)findings->dropped);
        findings_as_json(run->out, "findings", findings, run->mem);
        json_end(run->out);
        out_byte(run->out, '\n');
        return;
    case FORMAT_CSV:
        findings_as_csv(run->out, findings, run->mem);
        return;
    case FORMAT_TABLE:
        out_printf(run->out, "读到 %zu 行学校数据：%.*s。\n", tally.schools, TEXT_ARG(findings_tally(run->mem, findings)));
        findings_as_lines(run->out, findings, SIZE_MAX, run->colour, run->mem);
        return;
    }
}

bool cmd_check(struct command_context *run, struct err *err)
{
    struct reading reading = READING_START;
    const char *annotate = NULL;
    const struct option options[] = {
        READING_OPTIONS(&reading),
        OPTION_TEXT("annotate", 0, &annotate, "文件.xlsx", "把问题标在工作簿里另存：只给出错的格加底色和批注"),
        OPTION_FORMAT(run),
    };
    if (!options_parse(run, options, COUNT(options), &reading.files, 1, MANY, err) || !reading_prepare(run, &reading, err))
        return false;
    if (annotate && reading.n_paths != 1) {
        err_set(err, ERR_USAGE, "--annotate 一次只能标一个文件，这里有 %zu 个。", reading.n_paths);
        return err_hint(err, "请逐个文件运行 junheng check 文件 --annotate 批注.xlsx。");
    }
    const struct app_check_request request = {
        .edition = reading.standard,
        .paths = reading.paths, .n_paths = reading.n_paths,
        .county = text_of(reading.county), .year = (int)reading.year, .jobs = (unsigned)reading.jobs,
        .progress = progress_step, .progress_context = &reading.progress,
    };
    struct findings findings = { .mem = run->mem };
    struct check_tally tally = { 0 };
    progress_start(&reading.progress);
    const bool ok = app_check(&request, run->mem, &findings, &tally, err);
    progress_end(&reading.progress);
    if (!ok) {
        findings_as_lines(run->notes, &findings, SIZE_MAX, false, run->mem);
        return false;
    }
    write_findings(run, &findings, tally);
    run->answer_no = finding_count(&findings, FINDING_ERROR) > 0;
    if (!annotate)
        return true;
    if (!app_annotate(reading.paths[0], reading.standard, &findings, annotate, run->mem, err))
        return false;
    out_printf(run->format == FORMAT_TABLE ? run->out : run->notes, "批注后的工作簿：%s\n", annotate);
    return true;
}
