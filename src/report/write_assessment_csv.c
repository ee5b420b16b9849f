#include "base/number.h"
#include "report/csv_field.h"
#include "report/write_assessment.h"

enum { MOST_IDS = N_EVALUATED * MAX_LEVELS };

/* The levels of all stages by id, each once: the columns. */
struct ids { struct text at[MOST_IDS]; size_t n; size_t column[N_EVALUATED][MAX_LEVELS]; };

static struct ids ids_of(const struct edition *edition)
{
    struct ids ids = { .n = 0 };
    for (size_t s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < edition->stages[s].n_levels; l++) {
            size_t i = 0;
            while (i < ids.n && !text_equal(ids.at[i], edition->stages[s].levels[l].id))
                i++;
            if (i == ids.n)
                ids.at[ids.n++] = edition->stages[s].levels[l].id;
            ids.column[s][l] = i;
        }
    return ids;
}

static void field(struct out *out, struct text text, struct arena *scratch)
{
    const struct arena_mark mark = arena_mark(scratch);
    struct buf value = { .mem = scratch };
    csv_add_safely(&value, text);
    out_text(out, buf_text(&value));
    arena_rewind(scratch, mark);
}

static void next_number(struct out *out, double x)
{
    out_byte(out, ',');
    if (!is_blank(x))
        out_shortest(out, x);
}

static void next_text(struct out *out, struct text plain)
{
    out_byte(out, ',');
    out_text(out, plain);
}

static const char *const OF_A_STAGE[] = { "mean", "sd", "cv", "cv_low", "cv_high", "cv_met", "met", "near", "below", "missing" };
static const char *const OF_A_UNIT[] = { "state", "close", "estimated", "missing", "missing_to_floor", "cv_share" };

static void begin(struct out *out, const struct assessment_view *view)
{
    const struct ids ids = ids_of(view->edition);
    out_string(out, view->units ? "county,county_name,year,school,name,stage,pupils,verdict,met"
                                : "county,county_name,year,county_verdict,stage,units,pupils,units_passing,combined_cv,verdict");
    for (size_t i = 0; i < ids.n; i++) {
        if (view->units)
            out_printf(out, ",%.*s", TEXT_ARG(ids.at[i]));
        const size_t n = view->units ? COUNT(OF_A_UNIT) : COUNT(OF_A_STAGE);
        for (size_t k = 0; k < n; k++)
            out_printf(out, ",%.*s_%s", TEXT_ARG(ids.at[i]), view->units ? OF_A_UNIT[k] : OF_A_STAGE[k]);
    }
    out_byte(out, '\n');
}

static void commas(struct out *out, size_t n)
{
    while (n-- > 0)
        out_byte(out, ',');
}

static void write_cv(struct out *out, const struct cv_result *cv)
{
    const double numbers[] = { cv->mean, cv->sd, cv->cv, cv->low, cv->high };
    const size_t counts[] = { cv->units_met, cv->units_near, cv->units_below, cv->units_missing };
    char written[NUMBER_SIZE];
    size_t size = 0;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        if (i && numbers[i] != numbers[i - 1]) /* where nothing is missing the bounds are the coefficient */
            size = 0;
        if (!size && !is_blank(numbers[i]))
            size = number_shortest(written, numbers[i]);
        next_text(out, (struct text){ written, size });
    }
    next_text(out, cv->met == STATE_MET ? TEXT("true") : cv->met == STATE_BELOW ? TEXT("false") : TEXT(""));
    for (size_t i = 0; i < COUNT(counts); i++)
        next_number(out, (double)counts[i]);
}

/* The level of a stage that fills a column; MAX_LEVELS when it has none there. */
static size_t level_in(const struct ids *ids, const struct stage_assessment *s, size_t column)
{
    for (size_t l = 0; l < s->n_levels; l++)
        if (ids->column[s->stage][l] == column)
            return l;
    return MAX_LEVELS;
}

static void write_stage(struct out *out, const struct ids *ids, const struct stage_assessment *s)
{
    next_text(out, stage_code(s->stage));
    next_number(out, (double)s->n);
    next_number(out, s->pupils);
    next_number(out, (double)s->passing);
    next_number(out, s->combined_cv);
    next_text(out, verdict_code(s->verdict));
    for (size_t i = 0; i < ids->n; i++) {
        const size_t l = level_in(ids, s, i);
        if (l < MAX_LEVELS)
            write_cv(out, &s->cv[l]);
        else
            commas(out, COUNT(OF_A_STAGE));
    }
    out_byte(out, '\n');
}

static void write_unit(struct out *out, const struct ids *ids, const struct stage_assessment *s, size_t u)
{
    next_text(out, stage_code(s->stage));
    next_number(out, s->unit_pupils[u]);
    next_text(out, verdict_code(s->unit_verdict[u]));
    next_number(out, s->unit_met[u]);
    for (size_t i = 0; i < ids->n; i++) {
        const size_t l = level_in(ids, s, i);
        if (l == MAX_LEVELS) {
            commas(out, 1 + COUNT(OF_A_UNIT));
            continue;
        }
        next_number(out, s->value[l][u]);
        next_text(out, state_code(s->state[l][u]));
        next_text(out, s->close[l][u] ? TEXT("true") : TEXT(""));
        next_text(out, s->estimated[l] && s->estimated[l][u] ? TEXT("true") : TEXT(""));
        next_number(out, s->missing[l] ? s->missing[l][u] : BLANK);
        next_number(out, s->missing_to_floor[l] ? s->missing_to_floor[l][u] : BLANK);
        next_number(out, s->share[l] ? s->share[l][u] : BLANK);
    }
    out_byte(out, '\n');
}

static void write_county_fields(struct out *out, const struct county_year *c, struct arena *scratch)
{
    field(out, c->code, scratch);
    out_byte(out, ',');
    field(out, c->name, scratch);
    next_number(out, c->year);
}

static void write_units(struct out *out, const struct ids *ids, const struct assessment *a, const struct county_assessment *c,
                        struct arena *scratch)
{
    const struct item_list *items = a->returns->items;
    for (size_t s = 0; s < c->n_stages; s++)
        for (size_t u = 0; u < c->stages[s].n; u++) {
            write_county_fields(out, c->county, scratch);
            out_byte(out, ',');
            field(out, returns_text(a->returns, c->stages[s].row[u], items->school_code), scratch);
            out_byte(out, ',');
            field(out, returns_text(a->returns, c->stages[s].row[u], items->school_name), scratch);
            write_unit(out, ids, &c->stages[s], u);
        }
}

static void part(struct out *out, const struct assessment_view *view, const struct assessed *p, struct arena *scratch)
{
    const struct ids ids = ids_of(view->edition);
    for (size_t i = 0; i < p->assessment->n_counties; i++) {
        const struct county_assessment *c = &p->assessment->counties[i];
        if (view->units) {
            write_units(out, &ids, p->assessment, c, scratch);
            continue;
        }
        for (size_t s = 0; s < c->n_stages; s++) {
            write_county_fields(out, c->county, scratch);
            next_text(out, verdict_code(c->verdict));
            write_stage(out, &ids, &c->stages[s]);
        }
        if (!c->n_stages) {
            write_county_fields(out, c->county, scratch);
            next_text(out, verdict_code(c->verdict));
            commas(out, 6 + ids.n * COUNT(OF_A_STAGE));
            out_byte(out, '\n');
        }
    }
}

static void end(struct out *out, const struct assessment_view *view, const struct findings *findings, struct arena *scratch)
{
    /* Findings have a shape of their own: `junheng check --format csv` writes them. */
    (void)out, (void)view, (void)findings, (void)scratch;
}

const struct assessment_writer assessment_as_csv = { begin, part, end };
