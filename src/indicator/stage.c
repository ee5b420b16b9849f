#include "indicator/stage.h"

#include "indicator/cv.h"
#include "indicator/cv_bounds.h"
#include "indicator/lanes.h"
#include "indicator/verdict.h"

#include <string.h>

/* States are counted up: known, reaches the floor, reaches the threshold. */
_Static_assert(STATE_NO_DATA == 0 && STATE_BELOW == 1 && STATE_NEAR == 2 && STATE_MET == 3, "states in rising order");

void stage_make(struct stage_assessment *out, const struct method *method, enum stage stage, size_t n,
                struct arena *mem)
{
    const size_t levels = method->stages[stage].n_levels;
    const bool shares = method->request->shares;
    *out = (struct stage_assessment){ .stage = stage, .n = n, .n_levels = levels };
    double *numbers = arena_array(mem, n * (1 + levels * (shares ? 2 : 1)), double);
    uint8_t *bytes = arena_array(mem, n * (2 + levels * 2), uint8_t);
    out->row = arena_array(mem, n, uint32_t);
    out->unit_pupils = numbers;
    out->unit_verdict = bytes;
    out->unit_met = bytes + n;
    for (size_t l = 0; l < levels; l++) {
        out->value[l] = numbers + (1 + l) * n;
        out->share[l] = shares ? numbers + (1 + levels + l) * n : NULL;
        out->state[l] = bytes + (2 + l) * n;
        out->close[l] = bytes + (2 + levels + l) * n;
    }
}

void stage_name_units(struct stage_assessment *out, const struct units *units, size_t first)
{
    for (size_t k = 0; k < out->n; k++)
        out->row[k] = (uint32_t)(first + units->row[k]);
    memcpy(out->unit_pupils, units->pupils, out->n * sizeof *out->unit_pupils);
    out->pupils = cv_sum(out->unit_pupils, out->n);
}

/* Rounding to what is shown lifts a figure by half a hundredth at most: within the band anyway, unless the
 * threshold is tiny. */
static bool rounding_matters(const struct level *level, double close)
{
    return 0.0051 > close * level->at_least;
}

struct limits { double per, threshold, floor, band, floor_band; };

/* Two units: verdict_of_level and verdict_close_to_level without a branch. */
static inline void judge_two(const struct limits *k, pair pupils, pair amount, pair value, uint8_t state[2], uint8_t near[2])
{
    const pair has = amount * k->per, asked = k->threshold * pupils * (1 - VERDICT_SLACK);
    const pair enough = k->floor * pupils * (1 - VERDICT_SLACK);
    const pair off = value - k->threshold, off_floor = value - k->floor;
    const pair_bits close = ((off <= k->band) & (off >= -k->band)) |
                            ((off_floor <= k->floor_band) & (off_floor >= -k->floor_band));
    const pair states = pair_if(value == value) + pair_if(has >= enough) + pair_if(has >= asked);
    state[0] = (uint8_t)(int)states[0];
    state[1] = (uint8_t)(int)states[1];
    near[0] = close[0] & 1;
    near[1] = close[1] & 1;
}

static void judge_units(const struct level *level, double close, size_t n, const double *restrict pupils,
                        const double *restrict amount, const double *restrict value, uint8_t *restrict state,
                        uint8_t *restrict near)
{
    const double floor = level->at_least * level->floor, band = close + VERDICT_SLACK;
    const struct limits k = { level->per, level->at_least, floor, band * level->at_least, band * floor };
    size_t i = 0;
    for (; i + 2 <= n; i += 2)
        judge_two(&k, pair_load(pupils + i), pair_load(amount + i), pair_load(value + i), state + i, near + i);
    if (i < n) {
        state[i] = (uint8_t)verdict_of_level(level, amount[i], pupils[i]);
        near[i] = verdict_close_to_level(level, close, value[i], (enum state)state[i]);
    }
    for (i = 0; i < n && rounding_matters(level, close); i++)
        near[i] = verdict_close_to_level(level, close, value[i], (enum state)state[i]);
}

/* The edition sets no threshold (2012): a figure is only known or not. */
static void note_known(size_t n, const double *value, uint8_t *state, uint8_t *near)
{
    for (size_t i = 0; i < n; i++)
        state[i] = is_blank(value[i]) ? STATE_NO_DATA : STATE_NOT_APPLICABLE;
    memset(near, 0, n);
}

static void count_states(struct cv_result *cv, size_t n, const uint8_t *state)
{
    cv->units_met = lanes_count(state, n, STATE_MET);
    cv->units_near = lanes_count(state, n, STATE_NEAR);
    cv->units_below = lanes_count(state, n, STATE_BELOW);
    cv->units_missing = lanes_count(state, n, STATE_NO_DATA);
}

static void judge_spread(struct cv_result *cv, const struct level *level, double close, const double *pupils,
                         const double *value, size_t n, struct spread spread)
{
    bool nothing = spread.mean == 0;
    cv->mean = spread.mean;
    cv->sd = spread.sd;
    cv->cv = cv->low = cv->high = spread.cv;
    if (is_blank(spread.mean)) {
        const struct cv_bounds bounds = cv_between_limits(pupils, value, n);
        cv->low = bounds.low;
        cv->high = bounds.high;
        nothing = bounds.nothing;
    }
    cv->met = verdict_of_cv(level->cv_limit, cv->low, cv->high);
    if (nothing && cv->met == STATE_NO_DATA)
        cv->met = STATE_BELOW; /* 无法计算: counted as failed */
    cv->close = verdict_close_to_cv(level->cv_limit, close, cv->cv);
}

void stage_judge_level(struct stage_assessment *out, const struct method *method, const struct units *units,
                       size_t l, struct arena *mem)
{
    const struct level *const level = &method->stages[out->stage].level[l];
    const double close = method->edition->close;
    const size_t n = out->n;
    const double *restrict const pupils = out->unit_pupils, *restrict const amount = units->amount[l];
    double *restrict const value = out->value[l];
    for (size_t i = 0; i < n; i++)
        value[i] = level->per * amount[i] / pupils[i];
    if (is_blank(level->at_least))
        note_known(n, value, out->state[l], out->close[l]);
    else
        judge_units(level, close, n, pupils, amount, value, out->state[l], out->close[l]);
    count_states(&out->cv[l], n, out->state[l]);
    const struct spread spread = cv_with_total(pupils, amount, value, n, level->per, out->pupils);
    judge_spread(&out->cv[l], level, close, pupils, value, n, spread);
    if (out->share[l])
        cv_shares(pupils, value, n, spread, out->share[l]);
    out->estimated[l] = !units->any_estimated[l] ? NULL : mem ? arena_copy(mem, units->estimated[l], n) : units->estimated[l];
}

/* 综合差异系数: the plain mean of the single ones, and of their limits where units are missing. */
static void combine(struct stage_assessment *out, const struct method_stage *rule)
{
    double sum = 0, low = 0, high = 0;
    bool nothing = false;
    for (size_t l = 0; l < out->n_levels; l++) {
        sum += out->cv[l].cv;
        low += out->cv[l].low;
        high += out->cv[l].high;
        nothing |= is_blank(out->cv[l].low);
    }
    const double n = (double)out->n_levels;
    out->combined_cv = n > 0 ? sum / n : BLANK;
    out->combined_met = verdict_of_cv(rule->combined_cv_limit, low / n, high / n);
    if (nothing && out->combined_met == STATE_NO_DATA)
        out->combined_met = STATE_BELOW;
}

/* While verdicts are being made up. */
enum { SOME_MISSING = 1, SOME_BELOW = 2, DECIDED = 0x80 };

/* All that is missing may still be met: counted unit by unit, because few are. */
static enum state verdict_with_gaps(const struct stage_assessment *out, const struct method_stage *rule, size_t unit)
{
    size_t count[STATE_NOT_APPLICABLE + 1] = { 0 };
    for (size_t l = 0; l < out->n_levels; l++)
        if (!is_blank(rule->level[l].at_least))
            count[out->state[l][unit]]++;
    return verdict_of_unit(rule->least_met, count[STATE_MET], count[STATE_NEAR], count[STATE_BELOW], count[STATE_NO_DATA]);
}

static void conclude_units(struct stage_assessment *out, const struct method_stage *rule)
{
    const size_t n = out->n;
    uint8_t *const met = out->unit_met, *const verdict = out->unit_verdict;
    bool thresholds = false;
    memset(met, 0, n);
    memset(verdict, 0, n);
    for (size_t l = 0; l < out->n_levels; l++) {
        const uint8_t *const state = out->state[l];
        if (is_blank(rule->level[l].at_least))
            continue;
        thresholds = true;
        for (size_t k = 0; k < n; k++) {
            met[k] = (uint8_t)(met[k] + (state[k] == STATE_MET));
            verdict[k] |= (uint8_t)((state[k] == STATE_NO_DATA) | (state[k] == STATE_BELOW) * SOME_BELOW);
        }
    }
    const bool gaps = memchr(verdict, SOME_MISSING, n) != NULL;
    for (size_t k = 0; k < n && gaps; k++)
        verdict[k] = (uint8_t)(verdict[k] == SOME_MISSING ? DECIDED | (int)verdict_with_gaps(out, rule, k) : verdict[k]);
    for (size_t k = 0; k < n && thresholds; k++) {
        const int met_rule = (verdict[k] == 0) & (met[k] >= rule->least_met);
        verdict[k] = (uint8_t)(verdict[k] & DECIDED ? verdict[k] & ~DECIDED : met_rule ? STATE_MET : STATE_BELOW);
    }
    if (!thresholds)
        memset(verdict, STATE_NOT_APPLICABLE, n);
    out->passing = lanes_count(verdict, n, STATE_MET);
}

void stage_conclude(struct stage_assessment *out, const struct method *method)
{
    const struct method_stage *const rule = &method->stages[out->stage];
    conclude_units(out, rule);
    combine(out, rule);
    enum state verdict = rule->combined_decides ? out->combined_met : STATE_NOT_APPLICABLE;
    for (size_t l = 0; l < out->n_levels; l++)
        verdict = verdict_and(verdict, out->cv[l].met);
    static const enum state OF_UNITS[] = { STATE_BELOW, STATE_NO_DATA, STATE_MET };
    for (size_t i = 0; i < COUNT(OF_UNITS); i++)
        if (out->n && memchr(out->unit_verdict, (int)OF_UNITS[i], out->n))
            verdict = verdict_and(verdict, OF_UNITS[i]);
    out->verdict = verdict;
}
