#include "app/check.h"

#include "intake/intake.h"
#include "standard/logic_check.h"

struct work {
    const struct edition *edition;
    struct arena *checks_mem;
    struct findings checks;
    struct check_tally tally;
};

static void start_again(struct work *w)
{
    arena_free(&w->checks_mem);
    w->checks_mem = arena_new("checks");
    w->checks = (struct findings){ .mem = w->checks_mem };
    w->tally = (struct check_tally){ 0 };
}

static bool take_returns(void *context, struct returns *returns, bool again, struct err *err)
{
    struct work *w = context;
    (void)err;
    if (again)
        start_again(w);
    logic_checks(w->edition, returns, &w->checks);
    w->tally.counties += returns->n_counties;
    w->tally.schools += returns->n;
    return true;
}

bool app_check(const struct app_check_request *request, struct arena *mem, struct findings *findings,
               struct check_tally *tally_out, struct err *err)
{
    struct work work = { .edition = request->edition };
    const struct intake_request intake = {
        .items = &request->edition->items,
        .paths = request->paths, .n_paths = request->n_paths,
        .county = request->county, .year = request->year, .jobs = request->jobs,
        .progress = request->progress, .context = request->progress_context,
    };
    start_again(&work);
    const bool ok = intake_read(&intake, mem, findings, take_returns, &work, err);
    for (size_t i = 0; i < work.checks.n; i++)
        finding_add(findings, &work.checks.at[i]);
    findings->dropped += work.checks.dropped;
    findings_sort(findings);
    *tally_out = work.tally;
    arena_free(&work.checks_mem);
    return ok;
}
