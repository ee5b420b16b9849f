#include "app/cv.h"
#include "cli/options.h"
#include "report/csv_field.h"
#include "report/table.h"
#include "report/words.h"
#include "report/write_findings_list.h"

enum { MOST_OF_A_KIND = 20, NUMBERS = 5 };

static const char *const NAMES[NUMBERS] = { "schools", "pupils", "mean", "sd", "cv" };

static void numbers_of(const struct app_cv_group *g, double into[NUMBERS])
{
    const double numbers[NUMBERS] = { (double)g->schools, g->pupils, g->mean, g->sd, g->cv };
    for (size_t i = 0; i < NUMBERS; i++)
        into[i] = numbers[i];
}

static void write_json(struct out *out, const struct app_cv *cv, bool grouped)
{
    json_object(out, NULL);
    json_array(out, "groups");
    for (size_t g = 0; g < cv->n; g++) {
        double numbers[NUMBERS];
        numbers_of(&cv->groups[g], numbers);
        json_object(out, NULL);
        if (grouped)
            json_text(out, "group", cv->groups[g].name);
        else
            json_null(out, "group");
        for (size_t i = 0; i < NUMBERS; i++)
            json_number(out, NAMES[i], numbers[i]);
        json_end(out);
    }
    json_end(out);
    json_end(out);
    out_byte(out, '\n');
}

static void write_csv(struct command_context *run, const struct app_cv *cv)
{
    out_string(run->out, "group,schools,pupils,mean,sd,cv\n");
    for (size_t g = 0; g < cv->n; g++) {
        double numbers[NUMBERS];
        struct buf line = { .mem = run->mem };
        numbers_of(&cv->groups[g], numbers);
        csv_add_safely(&line, cv->groups[g].name);
        out_text(run->out, buf_text(&line));
        for (size_t i = 0; i < NUMBERS; i++) {
            out_byte(run->out, ',');
            if (!is_blank(numbers[i]))
                out_shortest(run->out, numbers[i]);
        }
        out_byte(run->out, '\n');
    }
}

static void write_table(struct command_context *run, const struct app_cv *cv, const char *by)
{
    enum { COLUMNS = NUMBERS + 1 };
    static const enum align ALIGN[COLUMNS] = { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT };
    struct text_table table = table_new(run->mem, COLUMNS, ALIGN);
    table_row(&table, (struct table_cell[COLUMNS]){ { text_of(by), TONE_QUIET }, { TEXT("学校"), TONE_QUIET }, { TEXT("学生"), TONE_QUIET },
                                                    { TEXT("均值"), TONE_QUIET }, { TEXT("标准差"), TONE_QUIET }, { TEXT("差异系数"), TONE_QUIET } });
    for (size_t i = 0; i < cv->n; i++) {
        const struct app_cv_group *g = &cv->groups[i];
        table_row(&table, (struct table_cell[COLUMNS]){
            { g->name.size ? g->name : by[0] ? TEXT("未填") : TEXT("全部"), TONE_PLAIN },
            { words_count(run->mem, (double)g->schools), TONE_PLAIN }, { words_count(run->mem, g->pupils), TONE_PLAIN },
            { words_fixed(run->mem, g->mean, 2), TONE_PLAIN }, { words_fixed(run->mem, g->sd, 2), TONE_PLAIN },
            { words_fixed(run->mem, g->cv, 3), TONE_PLAIN } });
    }
    table_write(&table, run->out, 0, run->colour);
}

bool cmd_cv(struct command_context *run, struct err *err)
{
    const char *pupils = NULL, *amount = NULL, *by = "";
    double per = 1;
    const struct option options[] = {
        OPTION_TEXT("pupils", 0, &pupils, "列名", "哪一列是学生数"),
        OPTION_TEXT("amount", 0, &amount, "列名", "哪一列是资源数"),
        OPTION_TEXT("by", 0, &by, "列名", "按这一列分组，每组算一个系数"),
        OPTION_NUMBER("per", 0, &per, "人数", "均值按每多少名学生计；默认 1"),
        OPTION_FORMAT(run),
    };
    struct words files;
    if (!options_parse(run, options, COUNT(options), &files, 1, 1, err))
        return false;
    if (!pupils || !amount) {
        err_set(err, ERR_USAGE, "junheng cv 要说明哪一列是%s。", pupils ? "资源数（--amount）" : "学生数（--pupils）");
        return err_hint(err, "例如 junheng cv %s --pupils 学生数 --amount 图书册数。", files.at[0]);
    }
    if (!(per > 0)) {
        err_set(err, ERR_USAGE, "--per 应大于 0。");
        return err_hint(err, "例如 --per 100：均值按每百名学生计。");
    }
    const struct app_cv_request request = { files.at[0], text_of(pupils), text_of(amount), text_of(by), per };
    struct findings findings = { .mem = run->mem };
    struct app_cv cv;
    const bool ok = app_cv(&request, run->mem, &findings, &cv, err);
    findings_as_lines(run->notes, &findings, MOST_OF_A_KIND, false, run->mem);
    if (!ok)
        return false;
    if (run->format == FORMAT_JSON)
        write_json(run->out, &cv, by[0] != '\0');
    else if (run->format == FORMAT_CSV)
        write_csv(run, &cv);
    else
        write_table(run, &cv, by);
    return true;
}
