#include "app/assess.h"
#include "cli/reading.h"
#include "cli/spool.h"
#include "report/write_assessment.h"
#include "report/write_findings_list.h"

enum { TEN = 10, MOST_LINES = 1000 };

struct assess_command {
    struct command_context *run;
    const struct assessment_writer *writer;
    struct assessment_view view;
    struct spool spool;
    size_t counties;
};

static bool take(void *context, const struct assessed *part, bool again, struct err *err)
{
    struct assess_command *c = context;
    if (again) {
        if (!spool_restart(&c->spool, err))
            return false;
        c->writer->begin(c->spool.out, &c->view);
        c->counties = 0;
        c->run->answer_no = false;
    }
    struct arena *scratch = arena_new("writing");
    c->writer->part(c->spool.out, &c->view, part, scratch);
    arena_free(&scratch);
    c->counties += part->assessment->n_counties;
    for (size_t i = 0; i < part->assessment->n_counties; i++)
        c->run->answer_no |= part->assessment->counties[i].verdict != STATE_MET;
    return !out_failed(c->spool.out) || out_flush(c->spool.out, err);
}

static bool read_wishes(struct command_context *run, const struct words *words, struct app_assess_request *request, struct err *err)
{
    request->n_wishes = words->n;
    request->wishes = arena_array(run->mem, words->n, struct wish);
    for (size_t i = 0; i < words->n; i++)
        if (!app_wish(request->edition, words->at[i], run->mem, &request->wishes[i], err))
            return false;
    return true;
}

static bool read_relaxations(struct command_context *run, const struct words *words, struct app_assess_request *request, struct err *err)
{
    struct relaxation_on *on = arena_array(run->mem, words->n, struct relaxation_on);
    for (size_t i = 0; i < words->n; i++)
        if (!app_relaxation(request->edition, words->at[i], run->mem, &on[i], err))
            return false;
    request->relaxations = on;
    request->n_relaxations = words->n;
    return true;
}

static bool find_by(const char *by, struct app_assess_request *request, struct err *err)
{
    request->by = by[0] ? item_find(&request->edition->items, text_of(by)) : NO_ITEM;
    if (!by[0] || request->by != NO_ITEM)
        return true;
    err_set(err, ERR_USAGE, "标准 %.*s 没有 %s 这一指标项，不能按它分组。", TEXT_ARG(request->edition->id), by);
    return err_hint(err, "去掉 --by，或换一版标准。");
}

static bool assess_and_write(struct assess_command *c, const struct app_assess_request *request, struct err *err)
{
    struct command_context *run = c->run;
    struct findings findings = { .mem = run->mem };
    if (!spool_open(&c->spool, err))
        return false;
    c->writer->begin(c->spool.out, &c->view);
    struct progress *progress = request->progress_context;
    progress_start(progress);
    bool ok = app_assess(request, run->mem, &findings, take, c, err);
    progress_end(progress);
    if (ok) {
        c->writer->end(c->spool.out, &c->view, &findings, run->mem);
        ok = spool_copy(&c->spool, run->out, err);
    }
    findings_as_lines(run->notes, &findings, MOST_LINES, false, run->mem);
    if (ok && !c->counties) {
        out_string(run->notes, "junheng: 文件里没有读到任何区县、学校的数据。\n");
        run->answer_no = true;
    }
    return ok;
}

bool cmd_assess(struct command_context *run, struct err *err)
{
    struct reading reading = READING_START;
    struct words wishes, relaxations;
    const char *by = "";
    bool brief = false, all = false;
    const struct option options[] = {
        READING_OPTIONS(&reading),
        OPTION_CHOICE("by", 0, &by, "district|township|area_kind|ownership", "也按学区、乡镇、城乡或办别分组评估"),
        OPTION_LIST("set", 0, &wishes, "学校:指标项=数值", "试算：改一个数再评估，不影响原始数据；可以有几个"),
        OPTION_LIST("relax", 0, &relaxations, "编号:文号:日期", "启用一条放宽条款，要有文号和日期；可以有几个"),
        OPTION_FLAG("brief", 0, &brief, "只要县和学段的结果，不列学校"),
        OPTION_FLAG("all", 0, &all, "列出全部不达标的学校，不止差得最多的 10 所"),
        OPTION_FORMAT(run),
    };
    if (!options_parse(run, options, COUNT(options), &reading.files, 1, MANY, err) || !reading_prepare(run, &reading, err))
        return false;

    struct app_assess_request request = {
        .edition = reading.standard,
        .paths = reading.paths, .n_paths = reading.n_paths,
        .county = text_of(reading.county), .year = (int)reading.year, .jobs = (unsigned)reading.jobs,
        .units = !brief,
        .progress = progress_step, .progress_context = &reading.progress,
    };
    if (!read_wishes(run, &wishes, &request, err) || !read_relaxations(run, &relaxations, &request, err) ||
        !find_by(by, &request, err))
        return false;

    struct assess_command command = {
        .run = run,
        .writer = run->format == FORMAT_JSON ? &assessment_as_json : run->format == FORMAT_CSV ? &assessment_as_csv : &assessment_as_table,
        .view = { .edition = reading.standard, .relaxations = request.relaxations, .n_relaxations = request.n_relaxations,
                  .units = !brief, .most_schools = all ? SIZE_MAX : TEN, .colour = run->colour },
        .spool = { .fd = -1 },
    };
    const bool ok = assess_and_write(&command, &request, err);
    spool_close(&command.spool);
    return ok;
}
