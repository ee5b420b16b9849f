#include "report/compose_entry.h"

#include "base/err.h"
#include "report/say.h"
#include "report/words.h"

#include <math.h>

struct entering {
    const struct composing *c;
    uint32_t row, last;             /* UINT32_MAX: it was not there */
    uint32_t rows[MOST_YEARS];      /* every year's */
    size_t n_rows;
    bool *wanted;                   /* [item] */
};

static struct text shortest(struct arena *mem, double value)
{
    char digits[NUMBER_SIZE];
    const size_t size = number_shortest(digits, value);
    return text_copy(mem, (struct text){ digits, size });
}

struct text entry_seen(struct arena *mem, const struct item *item, double value, struct text text)
{
    if (item->type == ITEM_TEXT)
        return text;
    return is_blank(value) ? TEXT("") : shortest(mem, value);
}

struct text entry_typed(struct arena *mem, const struct item *item, double value, struct text text)
{
    if (item->type == ITEM_BOOLEAN && !is_blank(value))
        return value != 0.0 ? TEXT("是") : TEXT("否");
    if (item->type == ITEM_ENUM && value >= 1 && value <= (double)item->n_values)
        return item->values[(size_t)value - 1].zh;
    return entry_seen(mem, item, value, text);
}

/* ---- which items -------------------------------------------------------------------------- */

static bool has_figure(const struct returns *returns, size_t row, uint16_t item)
{
    return returns->items->at[item].type == ITEM_TEXT ? returns_text(returns, row, item).size > 0 : !is_blank(returns_number(returns, row, item));
}

static bool reported_here(const struct entering *e, uint16_t item)
{
    for (size_t y = 0; y < e->n_rows; y++)
        if (has_figure(e->c->assessment->returns, e->rows[y], item))
            return true;
    return false;
}

/* By a fifth of the schools of its type: one that has a few pupils of another stage asks nothing of the others. */
static bool reported_by_its_kind(const struct entering *e, uint16_t item)
{
    const struct returns *const returns = e->c->assessment->returns;
    const struct county_assessment *const before = composing_before(e->c, 1);
    const struct county_year *const years[] = { composing_county(e->c)->county, before ? before->county : NULL };
    const uint16_t type = returns->items->school_type;
    const double own = type == NO_ITEM ? 0 : returns_number(returns, e->row, type);
    size_t of = 0, having = 0;
    /* The year before counts too: early in a collection few others have returned anything. */
    for (size_t y = 0; y < COUNT(years) && years[y]; y++)
        for (size_t row = years[y]->first; row < years[y]->first + years[y]->n; row++) {
            if (type != NO_ITEM && returns_number(returns, row, type) != own)
                continue;
            of++;
            having += has_figure(returns, row, item);
        }
    return having && having * 5 >= of;
}

/* Items of indicators that have no value for want of data. */
static void see_wanted(const struct entering *e)
{
    const struct county_assessment *const county = composing_county(e->c);
    for (size_t s = 0; s < county->n_stages; s++) {
        const struct stage_assessment *const stage = &county->stages[s];
        const size_t unit = composing_unit(stage, e->row);
        for (size_t l = 0; unit != SIZE_MAX && l < stage->n_levels; l++) {
            const struct level *const level = &e->c->assessment->edition->stages[stage->stage].levels[l];
            for (size_t k = 0; stage->state[l][unit] == STATE_NO_DATA && k < level->n_rests_on; k++)
                e->wanted[level->rests_on[k]] = true;
        }
    }
}

/* ---- cells -------------------------------------------------------------------------------- */

static struct text shown(const struct composing *c, const struct item *item, uint32_t row, uint16_t at)
{
    const struct returns *const returns = c->assessment->returns;
    if (row == UINT32_MAX)
        return TEXT("");
    if (!has_figure(returns, row, at))
        return say_blank(c->english);
    const double value = item->type == ITEM_TEXT ? BLANK : returns_number(returns, row, at);
    if ((item->type == ITEM_INTEGER || item->type == ITEM_NUMBER) && !text_equal(item->unit, TEXT("year")))
        return words_count(c->mem, value);
    return entry_typed(c->mem, item, value, item->type == ITEM_TEXT ? returns_text(returns, row, at) : TEXT(""));
}

static struct entry_cell make_cell(const struct entering *e, uint16_t at)
{
    const struct composing *const c = e->c;
    const struct returns *const returns = c->assessment->returns;
    const struct item *const item = &c->assessment->edition->items.at[at];
    const double value = item->type == ITEM_TEXT ? BLANK : returns_number(returns, e->row, at);
    const double before = item->type == ITEM_TEXT || e->last == UINT32_MAX ? BLANK : returns_number(returns, e->last, at);
    const struct text text = item->type == ITEM_TEXT ? returns_text(returns, e->row, at) : TEXT("");
    struct entry_cell cell = { .item = at, .code = item->code, .name = say_item(c->mem, item, c->english), .unit = say_unit(item->unit, c->english),
                               .note = item->note, .typed = entry_typed(c->mem, item, value, text), .seen = entry_seen(c->mem, item, value, text),
                               .last_words = shown(c, item, e->last, at),
                               .words = item->type != ITEM_INTEGER && item->type != ITEM_NUMBER };
    if (!cell.words && value != before && !text_equal(item->unit, TEXT("year")))
        cell.change = say_change(c->mem, value - before, value == floor(value) && before == floor(before) ? 0 : 2);
    cell.wanted = !cell.typed.size && e->wanted[at];
    return cell;
}

static void add_group(const struct entering *e, struct entry *out, size_t group, bool all)
{
    const struct item_list *const items = e->c->assessment->returns->items;
    struct entry_group *const g = &out->groups[out->n_groups];
    *g = (struct entry_group){ compose_group_name(group, e->c->english), arena_array(e->c->mem, items->n, struct entry_cell), 0 };
    for (size_t i = 0; i < items->n; i++) {
        const uint16_t item = (uint16_t)i;
        if (items->at[i].level != ITEM_SCHOOL || compose_group_of(&items->at[i]) != group)
            continue;
        if (!all && !reported_here(e, item) && !reported_by_its_kind(e, item)) {
            out->left_out++;
            continue;
        }
        const struct entry_cell *const cell = &g->cells[g->n++];
        g->cells[g->n - 1] = make_cell(e, item);
        out->filled += cell->typed.size > 0;
        out->wanted += cell->wanted;
        out->cells++;
    }
    out->n_groups += g->n > 0;
}

struct entry *compose_entry(const struct composing *c, uint32_t row, bool all)
{
    const struct county_assessment *years[MOST_YEARS];
    const size_t n = composing_years(c, years);
    const struct county_assessment *const before = composing_before(c, 1);
    struct entering e = { .c = c, .row = row, .last = UINT32_MAX, .wanted = arena_array(c->mem, c->assessment->returns->items->n, bool) };
    struct entry *const out = arena_make(c->mem, struct entry);
    out->code = composing_code(c, row);
    out->name = composing_name(c, row);
    out->groups = arena_array(c->mem, N_FIGURE_GROUPS, struct entry_group);
    for (size_t y = 0; y < n; y++) {
        const size_t at = y + 1 == n ? row : composing_row(c->assessment, years[y], out->code);
        if (at == SIZE_MAX)
            continue;
        e.rows[e.n_rows++] = (uint32_t)at;
        if (years[y] == before)
            e.last = (uint32_t)at;
    }
    if (before)
        out->last_year = say_year(c->mem, before->county->year, c->english);
    see_wanted(&e);
    for (size_t g = 0; g < N_FIGURE_GROUPS; g++)
        add_group(&e, out, g, all);
    return out;
}
