#include "report/composing.h"

#include "report/compose_needs.h"

const struct county_assessment *composing_county(const struct composing *c)
{
    return &c->assessment->counties[c->year];
}

const struct county_assessment *composing_before(const struct composing *c, size_t back)
{
    if (back > c->year)
        return NULL;
    const struct county_assessment *county = &c->assessment->counties[c->year - back];
    return text_equal(county->county->code, composing_county(c)->county->code) ? county : NULL;
}

size_t composing_years(const struct composing *c, const struct county_assessment *years[MOST_YEARS])
{
    size_t n = 0;
    while (n < MOST_YEARS && composing_before(c, n))
        n++;
    for (size_t i = 0; i < n; i++)
        years[i] = composing_before(c, n - 1 - i);
    return n;
}

const struct stage_assessment *composing_stage(const struct county_assessment *county, enum stage stage)
{
    for (size_t s = 0; county && s < county->n_stages; s++)
        if (county->stages[s].stage == stage)
            return &county->stages[s];
    return NULL;
}

size_t composing_unit(const struct stage_assessment *stage, size_t row)
{
    size_t low = 0, high = stage ? stage->n : 0;
    while (low < high) { /* units stand by row */
        const size_t middle = low + (high - low) / 2;
        if (stage->row[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return stage && low < stage->n && stage->row[low] == row ? low : SIZE_MAX;
}

size_t composing_row(const struct assessment *a, const struct county_assessment *county, struct text code)
{
    size_t low = county->county->first, high = low + county->county->n;
    const size_t end = high;
    const uint16_t item = a->returns->items->school_code;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text_compare(returns_text(a->returns, middle, item), code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && text_equal(returns_text(a->returns, low, item), code) ? low : SIZE_MAX;
}

size_t *composing_same_units(const struct composing *c, const struct stage_assessment *stage, const struct stage_assessment *other)
{
    size_t *same = arena_array(c->mem, stage->n, size_t);
    size_t at = 0;
    for (size_t u = 0; u < stage->n; u++) {
        const struct text code = composing_code(c, stage->row[u]);
        int order = -1;
        while (other && at < other->n && (order = text_compare(composing_code(c, other->row[at]), code)) < 0)
            at++; /* both stand by code */
        same[u] = other && at < other->n && order == 0 ? at : SIZE_MAX;
    }
    return same;
}

const struct school_need *composing_need(const struct composing *c, size_t row)
{
    if (!c->needs)
        return NULL;
    const struct county_needs *needs = &c->needs[c->year];
    size_t low = 0, high = needs->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (needs->schools[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < needs->n && needs->schools[low].row == row ? &needs->schools[low] : NULL;
}

bool composing_visible(const struct composing *c, size_t row)
{
    return !c->visible || c->visible[row];
}

struct text composing_code(const struct composing *c, size_t row)
{
    return returns_text(c->assessment->returns, row, c->assessment->returns->items->school_code);
}

struct text composing_name(const struct composing *c, size_t row)
{
    return compose_school_name(c->assessment, (uint32_t)row);
}

struct text composing_choice(const struct composing *c, size_t row, uint16_t item)
{
    if (item == NO_ITEM)
        return TEXT("");
    const double value = returns_number(c->assessment->returns, row, item);
    const struct item *of = &c->assessment->edition->items.at[item];
    return value >= 1 && value <= (double)of->n_values ? of->values[(size_t)value - 1].zh : TEXT("");
}

const struct level *composing_level(const struct edition *edition, enum stage stage, struct text id, size_t *index_out)
{
    const struct stage_rule *rule = &edition->stages[stage];
    for (size_t l = 0; l < rule->n_levels; l++)
        if (text_equal(rule->levels[l].id, id)) {
            if (index_out)
                *index_out = l;
            return &rule->levels[l];
        }
    return NULL;
}
