#include "app/official.h"
#include "cli/assessing.h"
#include "report/write_findings_list.h"
#include "report/write_workbook.h"
#include "report/xlsx_book.h"

enum { MOST_OF_A_KIND = 20 };

struct composing {
    struct command_context *run;
    const struct official_form *form;
    struct text county;          /* whose tables they are */
    int year;                    /* the latest so far; 0: none */
    bool mixed;                  /* more than one county was read */
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    size_t n;
};

static bool take(void *context, const struct assessed *part, bool again, struct err *err __attribute__((unused)))
{
    struct composing *c = context;
    if (again) {
        c->year = 0;
        c->mixed = false;
    }
    for (size_t i = 0; i < part->assessment->n_counties; i++) {
        const struct county_year *county = part->assessment->counties[i].county;
        c->mixed |= c->year && !text_equal(c->county, county->code);
        if (county->year < c->year)
            continue;
        c->county = text_copy(c->run->mem, county->code);
        c->year = county->year;
        app_official_tables(c->form, part->assessment, i, (struct text){ 0 }, c->run->mem, c->sheets, &c->n);
    }
    return true;
}

static bool write_tables(const struct composing *c, const char *output, struct err *err)
{
    if (c->mixed) {
        err_set(err, ERR_USAGE, "文件里不止一个县，一份申报表只能是一个县的。");
        return err_hint(err, "请只给一个县的文件。");
    }
    if (!c->year) {
        err_set(err, ERR_INPUT, "文件里没有读到任何区县、学校的数据，写不出申报表。");
        return err_hint(err, "请用 junheng check 看看文件里有什么问题。");
    }
    if (!write_workbook(output, c->sheets, c->n, err))
        return false;
    out_printf(c->run->out, "写好 %s：%zu 张表，%d学年。\n", output, c->n, c->year);
    return true;
}

bool cmd_tables(struct command_context *run, struct err *err)
{
    struct reading reading = READING_START;
    struct words relaxations;
    const char *output = NULL;
    const struct option options[] = {
        READING_OPTIONS(&reading),
        OPTION_LIST("relax", 0, &relaxations, "编号:文号:日期", "启用一条放宽条款，要有文号和日期；可以有几个"),
        OPTION_TEXT("output", 'o', &output, "文件.xlsx", "写到哪里"),
    };
    if (!options_parse(run, options, COUNT(options), &reading.files, 1, MANY, err))
        return false;
    if (!output) {
        err_set(err, ERR_USAGE, "没有说写到哪里。");
        return err_hint(err, "请用 -o 给出文件名，例如：junheng tables 学校.xlsx -o 申报表.xlsx");
    }
    if (!xlsx_path(output, err) || !reading_prepare(run, &reading, err))
        return false;
    struct app_assess_request request = assessing_request(&reading);
    struct composing composing = { .run = run };
    struct findings findings = { .mem = run->mem };
    if (!assessing_relax(run, &relaxations, &request, err) ||
        !app_official_form(run->mem, request.edition, reading.edition, &composing.form, err))
        return false;
    progress_start(request.progress_context);
    const bool ok = app_assess(&request, run->mem, &findings, take, &composing, err);
    progress_end(request.progress_context);
    findings_in_short(run->notes, &findings, MOST_OF_A_KIND, false, run->mem);
    return ok && write_tables(&composing, output, err);
}
