#include "app/check.h"

#include "app/checked.h"
#include "intake/intake.h"

struct work {
    const struct edition *edition;
    struct checked checked;
    struct check_tally tally;
};

static bool take_returns(void *context, struct returns *returns, bool again, struct err *err)
{
    struct work *w = context;
    (void)err;
    if (again) {
        checked_again(&w->checked);
        w->tally = (struct check_tally){ 0 };
    }
    checked_returns(&w->checked, w->edition, returns);
    w->tally.counties += returns->n_counties;
    w->tally.schools += returns->n;
    return true;
}

bool app_check(const struct app_check_request *request, struct arena *mem, struct findings *findings,
               struct check_tally *tally_out, struct err *err)
{
    struct work work = { .edition = request->edition, .checked = checked_start(findings->mem) };
    const struct intake_request intake = {
        .items = &request->edition->items,
        .paths = request->paths, .n_paths = request->n_paths,
        .county = request->county, .year = request->year, .jobs = request->jobs,
        .progress = request->progress, .context = request->progress_context,
    };
    const bool ok = intake_read(&intake, mem, findings, take_returns, &work, err);
    checked_join(&work.checked, findings);
    *tally_out = work.tally;
    return ok;
}
