#include "cli/assessing.h"

#include "cli/spool.h"
#include "report/write_findings_list.h"

enum { MOST_OF_A_KIND = 20 };

struct app_assess_request assessing_request(struct reading *reading)
{
    return (struct app_assess_request){
        .edition = reading->standard,
        .paths = reading->paths, .n_paths = reading->n_paths,
        .county = text_of(reading->county), .year = (int)reading->year, .jobs = (unsigned)reading->jobs,
        .by = NO_ITEM,
        .units = true,
        .progress = progress_step, .progress_context = &reading->progress,
    };
}

bool assessing_relax(struct command_context *run, const struct words *words, struct app_assess_request *request, struct err *err)
{
    struct relaxation_on *on = arena_array(run->mem, words->n, struct relaxation_on);
    for (size_t i = 0; i < words->n; i++)
        if (!app_relaxation(request->edition, words->at[i], run->mem, &on[i], err))
            return false;
    request->relaxations = on;
    request->n_relaxations = words->n;
    return true;
}

bool assessing_county_fails(const struct county_assessment *county)
{
    return county->verdict != STATE_MET;
}

bool assessing_some_school_fails(const struct county_assessment *county)
{
    for (size_t s = 0; s < county->n_stages; s++)
        if (county->stages[s].passing < county->stages[s].n)
            return true;
    return county->n_stages == 0;
}

struct writing {
    struct command_context *run;
    const struct assessing *work;
    struct assessment_view view;
    struct spool spool;
    size_t counties;
};

static bool take(void *context, const struct assessed *part, bool again, struct err *err)
{
    struct writing *w = context;
    if (again) {
        if (!spool_restart(&w->spool, err))
            return false;
        w->work->writer->begin(w->spool.out, &w->view);
        w->counties = 0;
        w->run->answer_no = false;
    }
    struct arena *scratch = arena_new("writing");
    w->work->writer->part(w->spool.out, &w->view, part, scratch);
    arena_free(&scratch);
    w->counties += part->assessment->n_counties;
    for (size_t i = 0; i < part->assessment->n_counties; i++)
        w->run->answer_no |= w->work->says_no(&part->assessment->counties[i]);
    return !out_failed(w->spool.out) || out_flush(w->spool.out, err);
}

static bool read_and_write(struct writing *w, const struct app_assess_request *request, struct err *err)
{
    struct command_context *run = w->run;
    struct findings findings = { .mem = run->mem };
    if (!spool_open(&w->spool, err))
        return false;
    w->work->writer->begin(w->spool.out, &w->view);
    progress_start(request->progress_context);
    bool ok = app_assess(request, run->mem, &findings, take, w, err);
    progress_end(request->progress_context);
    if (ok) {
        w->work->writer->end(w->spool.out, &w->view, &findings, run->mem);
        ok = spool_copy(&w->spool, run->out, err);
    }
    findings_in_short(run->notes, &findings, MOST_OF_A_KIND, false, run->mem);
    if (ok && !w->counties) {
        out_string(run->notes, "junheng: 文件里没有读到任何区县、学校的数据。\n");
        run->answer_no = true;
    }
    return ok;
}

bool assessing_run(struct command_context *run, const struct assessing *work, const struct app_assess_request *request, struct err *err)
{
    struct writing writing = {
        .run = run,
        .work = work,
        .view = { .edition = request->edition, .relaxations = request->relaxations, .n_relaxations = request->n_relaxations,
                  .units = request->units, .all = work->all, .colour = run->colour },
        .spool = { .fd = -1 },
    };
    const bool ok = read_and_write(&writing, request, err);
    spool_close(&writing.spool);
    return ok;
}
