#include "report/official_fill.h"

#include "base/err.h"
#include "base/number.h"
#include "report/words.h"

struct filling {
    struct arena *mem;
    const struct official_request *request;
    const struct official_piece *piece;
    const struct official_row *row;
    const struct county_assessment *county;
    int year;
};

const struct stage_assessment *official_stage(const struct official_request *request, enum stage stage)
{
    const struct county_assessment *county = &request->assessment->counties[request->county];
    for (size_t s = 0; s < county->n_stages; s++)
        if (county->stages[s].stage == stage)
            return &county->stages[s];
    return NULL;
}

static struct official_filling unknown(void)
{
    return (struct official_filling){ .known = false };
}

/* decimals < 0: as many as it has. */
static struct official_filling number(const struct filling *f, double x, int decimals, struct text trace)
{
    char digits[64];
    if (is_blank(x))
        return unknown();
    const size_t size = decimals < 0 ? number_shortest(digits, x) : number_fixed(digits, x, decimals);
    return (struct official_filling){
        .known = true, .is_number = true, .number = x,
        .decimals = (int8_t)(decimals < 0 ? DECIMALS_ALL : decimals == 0 ? DECIMALS_NONE : decimals),
        .text = text_copy(f->mem, (struct text){ digits, size }), .trace = trace,
    };
}

static struct official_filling words(struct text text, struct text trace)
{
    return (struct official_filling){ .known = text.size > 0, .text = text, .trace = trace };
}

/* ---- figures of the county ---- */

static struct text figure_trace(const struct filling *f, const struct official_figure *figure)
{
    const struct item_list *items = &f->request->form->edition->items;
    if (figure->item == NO_ITEM)
        return text_printf(f->mem, "official:%.*s:%d", TEXT_ARG(figure->id), f->year);
    return text_printf(f->mem, "county:%.*s:%d", TEXT_ARG(items->at[figure->item].code), f->year);
}

static struct official_filling county_figure(const struct filling *f)
{
    const struct official_figure *figure = &f->request->form->figures[f->piece->which];
    return number(f, f->request->values->county[f->piece->which], figure->decimals, figure_trace(f, figure));
}

static struct official_filling county_item(const struct filling *f)
{
    const struct item *item = &f->request->form->edition->items.at[f->piece->which];
    const double value = f->county->county->figure ? f->county->county->figure[f->piece->which] : BLANK;
    const struct text trace = text_printf(f->mem, "county:%.*s:%d", TEXT_ARG(item->code), f->year);
    if (is_blank(value))
        return unknown();
    if (item->type != ITEM_ENUM || !(value >= 1 && value <= (double)item->n_values))
        return number(f, value, -1, trace);
    struct text name = item->values[(size_t)value - 1].zh;
    if (f->piece->cut.size && text_ends(name, f->piece->cut))
        name.size -= f->piece->cut.size;
    return words(name, trace);
}

static const struct rule_result *result_of(const struct filling *f)
{
    const struct rule *rule = &f->request->form->edition->rules[f->piece->which];
    for (size_t k = 0; k < f->county->n_rules; k++)
        if (f->county->rules[k].rule == rule)
            return &f->county->rules[k];
    return NULL;
}

static struct text rule_trace(const struct filling *f, struct text id)
{
    return text_printf(f->mem, "rule:%.*s:%d", TEXT_ARG(id), f->year);
}

/* Kept raw, shown at most as 100: more pupils may leave a school than entered it. */
static struct official_filling rule_share(const struct filling *f)
{
    const struct rule_result *result = result_of(f);
    if (!result)
        return unknown();
    const double share = 100.0 * result->value > 100.0 ? 100.0 : 100.0 * result->value;
    struct official_filling filling = number(f, share, 1, rule_trace(f, result->rule->id));
    /* 99.97 must not read as 100.0 where 100 is asked. */
    struct text honest = words_rule_value(f->mem, result->rule, share / 100.0, result->state);
    if (filling.known && text_ends(honest, TEXT("%")))
        filling.text = (struct text){ honest.at, honest.size - 1 };
    return filling;
}

static struct official_filling rule_failing(const struct filling *f)
{
    const struct rule_result *result = result_of(f);
    if (!result || result->unknown || !result->schools)
        return unknown();
    return number(f, (double)result->failing, 0, rule_trace(f, result->rule->id));
}

static struct text said(enum state state)
{
    const struct text nothing = { 0 };
    return state == STATE_NO_DATA ? nothing : state_zh(state);
}

/* An indicator of several rules is met when every one is; one that is known to fail decides. */
static struct official_filling indicator_state(const struct filling *f)
{
    enum state state = STATE_NOT_APPLICABLE;
    struct text trace = { 0 };
    for (size_t k = 0; k < f->county->n_rules; k++) {
        const struct rule_result *result = &f->county->rules[k];
        if (!text_equal(result->rule->plain, f->piece->name) || result->rule->kind == RULE_SHOWN)
            continue;
        if (!trace.size || (result->state == STATE_BELOW && state != STATE_BELOW))
            trace = rule_trace(f, result->rule->id);
        if (state == STATE_BELOW || result->state == STATE_NOT_APPLICABLE)
            continue;
        if (result->state == STATE_BELOW || result->state == STATE_NO_DATA || state == STATE_NOT_APPLICABLE)
            state = result->state;
    }
    return words(said(trace.size ? state : STATE_NO_DATA), trace);
}

/* ---- a stage ---- */

/* How many schools reach it is not known while one of them has no data. */
static struct official_filling met(const struct filling *f, size_t n_met, size_t n_open, size_t n, bool share, struct text trace)
{
    if (n_open || !n)
        return unknown();
    return share ? number(f, 100.0 * (double)n_met / (double)n, 1, trace) : number(f, (double)n_met, 0, trace);
}

static size_t undecided(const struct stage_assessment *stage)
{
    size_t n = 0;
    for (size_t u = 0; u < stage->n; u++)
        n += stage->unit_verdict[u] == STATE_NO_DATA;
    return n;
}

static struct text level_trace(const struct filling *f, const char *kind, const struct level *level, const char *rest)
{
    return text_printf(f->mem, "%s:%.*s:%.*s%s:%d", kind, TEXT_ARG(stage_code(f->piece->stage)), TEXT_ARG(level->id), rest, f->year);
}

static struct official_filling of_stage(const struct filling *f)
{
    const struct official_piece *piece = f->piece;
    const struct stage_assessment *stage = official_stage(f->request, piece->stage);
    const struct text code = stage_code(piece->stage);
    const struct level *level = &f->request->form->edition->stages[piece->stage].levels[piece->which];
    const struct text passing = text_printf(f->mem, "passing:%.*s:%d", TEXT_ARG(code), f->year);
    if (!stage)
        return piece->kind == FILL_UNITS ? number(f, 0.0, 0, passing) : unknown();
    const struct cv_result *cv = &stage->cv[piece->which];
    switch (piece->kind) {
    case FILL_UNITS: return number(f, (double)stage->n, 0, passing);
    case FILL_MET: return met(f, stage->passing, undecided(stage), stage->n, false, passing);
    case FILL_MET_SHARE: return met(f, stage->passing, undecided(stage), stage->n, true, passing);
    case FILL_COMBINED: return number(f, stage->combined_cv, 3, text_printf(f->mem, "combined:%.*s:%d", TEXT_ARG(code), f->year));
    case FILL_LEVEL_MET: return met(f, cv->units_met, cv->units_missing, stage->n, false, level_trace(f, "count", level, ":met"));
    case FILL_LEVEL_MET_SHARE: return met(f, cv->units_met, cv->units_missing, stage->n, true, level_trace(f, "count", level, ":met"));
    case FILL_MEAN: return number(f, cv->mean, 2, level_trace(f, "mean", level, ""));
    case FILL_CV: return number(f, cv->cv, 3, level_trace(f, "cv", level, ""));
    default: return unknown();
    }
}

/* ---- a unit ---- */

static struct text unit_code(const struct filling *f)
{
    const struct returns *returns = f->request->assessment->returns;
    return returns_text(returns, f->row->stage->row[f->row->unit], returns->items->school_code);
}

static struct text school_trace(const struct filling *f, uint16_t item)
{
    return text_printf(f->mem, "school:%.*s:%.*s:%d", TEXT_ARG(unit_code(f)),
                       TEXT_ARG(f->request->form->edition->items.at[item].code), f->year);
}

static struct text unit_trace(const struct filling *f)
{
    return text_printf(f->mem, "unit:%.*s:%.*s:%d", TEXT_ARG(stage_code(f->row->stage->stage)), TEXT_ARG(unit_code(f)), f->year);
}

/* The codes of 表Ⅱ-2 are the sponsor's options in their order; private ones (民办) need not say more. */
static struct official_filling unit_sponsor(const struct filling *f)
{
    const struct returns *returns = f->request->assessment->returns;
    const struct item_list *items = &f->request->form->edition->items;
    const size_t row = f->row->stage->row[f->row->unit];
    const uint16_t sponsor = item_find(items, TEXT("sponsor"));
    if (sponsor == NO_ITEM)
        return unknown();
    const double code = returns_number(returns, row, sponsor);
    if (!is_blank(code))
        return number(f, code, 0, school_trace(f, sponsor));
    if (items->ownership == NO_ITEM ||
        returns_number(returns, row, items->ownership) != item_value(&items->at[items->ownership], TEXT("private")))
        return unknown();
    return number(f, (double)item_value(&items->at[sponsor], TEXT("private")), 0, school_trace(f, items->ownership));
}

/* 「L7、L9达标；L8达到85%」: by the numbers of the table's own columns. */
static struct official_filling unit_levels(const struct filling *f)
{
    static const enum state order[] = { STATE_MET, STATE_NEAR, STATE_BELOW, STATE_NO_DATA };
    const struct stage_assessment *stage = f->row->stage;
    struct buf buf = { .mem = f->mem };
    for (size_t o = 0; o < COUNT(order); o++) {
        size_t n = 0;
        for (size_t l = 0; l < stage->n_levels; l++)
            if (stage->state[l][f->row->unit] == order[o])
                buf_printf(&buf, "%sL%zu", n++ ? "、" : buf.size ? "；" : "", f->piece->which + l);
        if (n)
            buf_add(&buf, state_zh(order[o]));
    }
    return words(buf_text(&buf), unit_trace(f));
}

static struct official_filling of_unit(const struct filling *f)
{
    const struct official_request *request = f->request;
    const struct stage_assessment *stage = f->row->stage;
    const struct edition *edition = request->form->edition;
    const size_t unit = f->row->unit, row = stage->row[unit];
    const struct level *level;
    const struct official_figure *figure;
    switch (f->piece->kind) {
    case FILL_UNIT_SERIAL: return number(f, (double)(unit + 1), 0, (struct text){ 0 });
    case FILL_UNIT_NAME: return words(returns_text(request->assessment->returns, row, edition->items.school_name), school_trace(f, edition->items.school_name));
    case FILL_UNIT_SPONSOR: return unit_sponsor(f);
    case FILL_UNIT_PUPILS: return number(f, stage->unit_pupils[unit], 0, school_trace(f, edition->pupils[stage->stage]));
    case FILL_UNIT_VERDICT: return words(said((enum state)stage->unit_verdict[unit]), unit_trace(f));
    case FILL_UNIT_LEVELS: return unit_levels(f);
    case FILL_UNIT_VALUE:
        level = &edition->stages[stage->stage].levels[f->piece->which];
        return number(f, stage->value[f->piece->which][unit], 2,
                      text_printf(f->mem, "level:%.*s:%.*s:%.*s:%d", TEXT_ARG(stage_code(stage->stage)), TEXT_ARG(level->id),
                                  TEXT_ARG(unit_code(f)), f->year));
    case FILL_UNIT_FIGURE:
        figure = &request->form->figures[f->piece->which];
        return number(f, request->values->unit[f->piece->which][row - f->county->county->first], figure->decimals,
                      figure->item != NO_ITEM ? school_trace(f, figure->item)
                                              : text_printf(f->mem, "official:%.*s:%.*s:%d", TEXT_ARG(figure->id), TEXT_ARG(unit_code(f)), f->year));
    default: return unknown();
    }
}

struct official_filling official_fill(struct arena *mem, const struct official_request *request, const struct official_piece *piece,
                                      const struct official_row *row)
{
    if (!request->assessment)
        return unknown();
    const struct county_assessment *county = &request->assessment->counties[request->county];
    const struct filling f = { mem, request, piece, row, county, county->county->year };
    switch (piece->kind) {
    case FILL_FIGURE: return county_figure(&f);
    case FILL_ITEM: return county_item(&f);
    case FILL_STATE: return indicator_state(&f);
    case FILL_SHARE: return rule_share(&f);
    case FILL_FAILING: return rule_failing(&f);
    case FILL_UNITS: case FILL_MET: case FILL_MET_SHARE: case FILL_COMBINED:
    case FILL_LEVEL_MET: case FILL_LEVEL_MET_SHARE: case FILL_MEAN: case FILL_CV: return of_stage(&f);
    default: return of_unit(&f);
    }
}
