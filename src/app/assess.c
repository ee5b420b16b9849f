#include "app/assess.h"

#include "app/checked.h"
#include "app/grant.h"
#include "app/near.h"
#include "app/together.h"
#include "app/wanted.h"
#include "indicator/need.h"
#include "intake/intake.h"

struct work {
    const struct app_assess_request *request;
    struct assess_request asked;
    struct checked checked;
    struct near *nearest;              /* [wish] */
    app_take_assessed *take;
    void *context;
};

static void start_again(struct work *w)
{
    for (size_t i = 0; i < w->request->n_wishes; i++)
        w->request->wishes[i].fulfilled = false;
    checked_again(&w->checked);
}

static bool hand_over(struct work *w, const struct assessment *assessment, const struct what_if *what_if,
                      struct arena *mem, bool again, struct err *err)
{
    struct county_needs *needs = NULL;
    if (w->request->units) {
        needs = arena_array(mem, assessment->n_counties, struct county_needs);
        for (size_t c = 0; c < assessment->n_counties; c++)
            needs[c].schools = need_of_schools(assessment, &assessment->counties[c], mem, &needs[c].n);
    }
    const struct assessed part = { .assessment = assessment, .needs = needs, .what_if = what_if };
    return w->take(w->context, &part, again, err);
}

static bool try_wishes(struct work *w, const struct returns *returns, struct arena *mem, bool again, struct err *err)
{
    const struct app_assess_request *r = w->request;
    struct assessment before, after;
    struct change *changes;
    struct what_if what_if = { .before = &before };
    struct returns *changed = returns_copy(returns, mem);

    if (!grant_wishes(r->wishes, r->n_wishes, changed, mem, &changes, &what_if.n, err))
        return false;
    grant_look_near(r->wishes, r->n_wishes, returns, w->nearest);
    what_if.changes = changes;
    assess(returns, &w->asked, mem, &before);
    assess(changed, &w->asked, mem, &after);
    return hand_over(w, &after, &what_if, mem, again, err);
}

static bool take_returns(void *context, struct returns *returns, bool again, struct err *err)
{
    struct work *w = context;
    struct arena *mem = arena_new("assessment");
    bool ok;
    if (again)
        start_again(w);
    if (w->request->n_wishes) {
        checked_returns(&w->checked, w->request->edition, returns);
        ok = try_wishes(w, returns, mem, again, err);
    } else {
        struct assessment assessment;
        struct together *together = together_start(returns, &w->asked, w->request->jobs, mem);
        checked_returns(&w->checked, w->request->edition, returns);
        together_finish(together, &assessment);
        ok = hand_over(w, &assessment, NULL, mem, again, err);
        together_end(together);
    }
    arena_free(&mem);
    return ok;
}

bool app_assess(const struct app_assess_request *request, struct arena *mem, struct findings *findings,
                app_take_assessed *take, void *context, struct err *err)
{
    struct work work = {
        .request = request,
        .asked = {
            .edition = request->edition,
            .relaxations = request->relaxations, .n_relaxations = request->n_relaxations,
            .by = request->by,
            .needs = request->units, .shares = request->units, .failing_rows = request->units,
        },
        .checked = checked_start(findings->mem),
        .nearest = arena_array(mem, request->n_wishes, struct near),
        .take = take, .context = context,
    };
    for (size_t i = 0; i < request->n_wishes; i++)
        work.nearest[i] = near_start(mem, request->wishes[i].place);
    const struct intake_request intake = {
        .items = &request->edition->items,
        .paths = request->paths, .n_paths = request->n_paths,
        .county = request->county, .year = request->year, .jobs = request->jobs,
        .wanted = request->units ? NULL : wanted_items(request, mem),
        .progress = request->progress, .context = request->progress_context,
    };
    const bool ok = intake_read(&intake, mem, findings, take_returns, &work, err) &&
                    grant_all_done(request->wishes, request->n_wishes, work.nearest, err);
    checked_join(&work.checked, findings);
    return ok;
}
