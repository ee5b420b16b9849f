#include "app/export.h"
#include "app/report_words.h"
#include "base/file.h"
#include "cli/options.h"

#include <time.h>

struct asked { struct report_of of; enum report_form form; struct report_terms terms; int year; const char *output; };

static bool read_day(const char *words, struct day *out, struct err *err)
{
    if (!words) {
        *out = day_of((int64_t)time(NULL));
        return true;
    }
    if (day_read(text_of(words), out))
        return true;
    err_set(err, ERR_USAGE, "“%s”不是日期。", words);
    return err_hint(err, "请写成 2026-01-11 的样子。");
}

static bool read_output(const char *output, enum report_form *out, struct err *err)
{
    if (!output) {
        err_set(err, ERR_USAGE, "没有说写到哪里。");
        return err_hint(err, "请用 -o 给出文件名，例如：junheng report --of county -o 自评报告.docx");
    }
    *out = report_form_of(text_of(output));
    if (*out != N_REPORT_FORMS)
        return true;
    err_set(err, ERR_USAGE, "从“%s”看不出要哪种格式。", output);
    return err_hint(err, "文件名请以 .docx、.pdf 或 .html 结尾。");
}

static bool write_it(struct command_context *run, struct house *house, const struct asked *asked, struct err *err)
{
    const struct actor console = actor_console();
    const struct snapshot *snapshot = NULL;
    struct report report = { 0 };
    struct text bytes;
    if (!house_snapshot(house, &snapshot, err))
        return false;
    const size_t year = snapshot_year(snapshot, asked->year);
    const bool ok = app_report(house, snapshot, &console, year, &asked->of, &asked->terms, run->mem, &report, err) && report_is_whole(&report, err) &&
                    app_report_write(report.doc, asked->form, run->mem, &bytes, err) &&
                    file_write(command_path(run, asked->output), bytes, err) &&
                    app_export_note(house, &console, text_printf(run->mem, "report %.*s", TEXT_ARG(report_of_word(&asked->of, run->mem))),
                                    text_printf(run->mem, "year=%d version=%llu", snapshot->years[year], (unsigned long long)snapshot->version),
                                    (int64_t)time(NULL), err);
    if (ok)
        out_printf(run->out, "写好 %s：%.*s，%d学年，数据第 %llu 版。\n", asked->output, TEXT_ARG(doc_title(report.doc, run->mem)), snapshot->years[year],
                   (unsigned long long)snapshot->version);
    snapshot_release(&snapshot);
    return ok;
}

bool cmd_report(struct command_context *run, struct err *err)
{
    const char *data = NULL, *of = "county", *output = NULL, *today = NULL, *address = "http://127.0.0.1:8420", *signer = "";
    double year = 0;
    const struct option options[] = {
        OPTION_DATA(&data),
        OPTION_WHOLE("year", 'y', &year, "学年", "哪个学年；默认最近一个数据齐全的"),
        OPTION_TEXT("of", 0, &of, "哪份", "county、school:学校代码、township:乡镇、indicator:编号；默认 county"),
        OPTION_TEXT("output", 'o', &output, "文件", "写到哪里，以 .docx、.pdf 或 .html 结尾"),
        OPTION_TEXT("date", 0, &today, "日期", "报告的日期，2026-01-11；默认今天"),
        OPTION_TEXT("address", 0, &address, "网址", "文中的数点开后去哪个服务器看来源；默认 http://127.0.0.1:8420"),
        OPTION_TEXT("signer", 0, &signer, "单位", "落款；默认县人民政府，学校的报告是学校"),
    };
    struct words words;
    struct house *house;
    struct asked asked = { 0 };
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err) || !report_of_words(text_of(of), &asked.of, err) ||
        !read_output(output, &asked.form, err) || !read_day(today, &asked.terms.today, err) || !command_house(run, data, &house, err))
        return false;
    asked.year = (int)year;
    asked.output = output;
    asked.terms.address = text_of(address);
    asked.terms.signer = text_of(signer);
    return write_it(run, house, &asked, err);
}
