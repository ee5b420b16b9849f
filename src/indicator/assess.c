#include "indicator/assess.h"

#include "indicator/county.h"
#include "indicator/need.h"
#include "indicator/set.h"

/* Rows worked on at a time, in whole counties: their columns stay in the second cache. */
enum { BLOCK_ROWS = 1024 };

struct engine {
    const struct method *method;
    struct workings *w;
    struct rulings *rulings;
    struct units *units[N_EVALUATED];
    double *figures;              /* of the county at hand */
    struct arena *scratch;
};

static void assess_stage(struct engine *e, enum stage stage, size_t from, size_t n, struct arena *mem,
                         struct county_assessment *out)
{
    const struct method *const m = e->method;
    struct units *units = e->units[stage];
    units_find(units, e->w, from, n, stage);
    if (!units->n)
        return;
    struct stage_assessment *made = &out->stages[out->n_stages++];
    stage_make(made, m, stage, units->n, mem);
    stage_name_units(made, units, e->w->first);
    for (size_t l = 0; l < made->n_levels; l++) {
        units_fill(units, e->w, from, n, stage, l);
        stage_judge_level(made, m, units, l, mem);
    }
    stage_conclude(made, m);
    if (m->request->needs)
        need_fill_stage(made, m, units, e->w, from, n, mem);
}

static void assess_county(struct engine *e, size_t county, struct arena *mem, struct county_assessment *out)
{
    const struct method *const m = e->method;
    const struct county_year *const c = &m->returns->counties[county];
    const size_t from = c->n ? c->first - e->w->first : 0;
    *out = (struct county_assessment){ .county = c, .n_rules = m->n_rules };
    for (int s = 0; s < N_EVALUATED && c->n; s++)
        assess_stage(e, (enum stage)s, from, c->n, mem, out);
    if (m->request->by != NO_ITEM && out->n_stages)
        set_assess_all(out, m, e->units, e->w->first, mem, e->scratch);
    out->rules = arena_array(mem, m->n_rules, struct rule_result);
    method_county_figures(m, c, e->figures);
    rulings_judge(e->rulings, c, e->figures, from, c->n, out->rules, mem);
    out->verdict = county_verdict(out);
}

/* The next counties that fit a block; at least one. */
static size_t block_of(const struct returns *returns, size_t first, size_t end, size_t *rows_out)
{
    size_t n = 0, rows = 0;
    while (first + n < end && (!n || rows + returns->counties[first + n].n <= BLOCK_ROWS))
        rows += returns->counties[first + n++].n;
    *rows_out = rows;
    return n;
}

static size_t first_row(const struct returns *returns, size_t county, size_t end)
{
    while (county < end && !returns->counties[county].n)
        county++;
    return county < end ? returns->counties[county].first : 0;
}

void assess_range(const struct returns *returns, const struct assess_request *request, size_t first, size_t n,
                  struct arena *mem, struct county_assessment *out)
{
    struct arena *scratch = arena_new("assess");
    const size_t end = first + n;
    size_t largest = 0, most = 0, rows;
    for (size_t c = first, taken; c < end; c += taken) {
        taken = block_of(returns, c, end, &rows);
        most = rows > most ? rows : most;
    }
    for (size_t c = first; c < end; c++)
        largest = returns->counties[c].n > largest ? returns->counties[c].n : largest;

    struct engine e = { .method = method_new(returns, request, scratch), .scratch = scratch };
    e.w = workings_new(e.method, most, scratch);
    e.rulings = rulings_new(e.method, most, scratch);
    e.figures = arena_array(scratch, request->edition->items.n, double);
    for (size_t s = 0; s < N_EVALUATED; s++)
        e.units[s] = units_new(e.method, largest, scratch);

    for (size_t c = first, taken; c < end; c += taken) {
        taken = block_of(returns, c, end, &rows);
        workings_load(e.w, first_row(returns, c, end), rows);
        rulings_load(e.rulings, e.w);
        for (size_t i = 0; i < taken; i++)
            assess_county(&e, c + i, mem, &out[c - first + i]);
    }
    arena_free(&scratch);
}

void assess(const struct returns *returns, const struct assess_request *request, struct arena *mem,
            struct assessment *out)
{
    *out = (struct assessment){
        .edition = request->edition,
        .returns = returns,
        .n_counties = returns->n_counties,
        .counties = arena_array(mem, returns->n_counties, struct county_assessment),
        .n_relaxations = request->n_relaxations,
        .relaxations = arena_array(mem, request->n_relaxations, struct relaxation_on),
    };
    for (size_t i = 0; i < request->n_relaxations; i++)
        out->relaxations[i] = request->relaxations[i];
    assess_range(returns, request, 0, returns->n_counties, mem, out->counties);
}
