#include "web/what_if_view.h"

#include "base/pinyin.h"
#include "report/compose_figures.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/lineage_path.h"
#include "web/say.h"

enum { MOST_FOUND = 60 };

/* ---- trying ------------------------------------------------------------------------------- */

static bool try_these(struct trying *t, const struct scenario_change *changes, size_t n, struct err *err)
{
    struct request *const r = t->request;
    struct tried tried = { .assessment = r->snapshot->assessment };
    if (n && !app_try(r->snapshot, r->year, &r->actor, changes, n, r->mem, &tried, err))
        return false;
    t->comparison = compose_compare(t->composing, tried.assessment, tried.what_if.changes, n, prices_usual());
    return true;
}

bool what_if_try(struct trying *t, struct err *err)
{
    t->cells = what_if_read(t->request, &t->typed);
    return try_these(t, t->cells.changes, t->cells.n_changes, err);
}

bool what_if_compare_kept(struct trying *t, const struct scenario_change *changes, size_t n, struct err *err)
{
    t->typed = what_if_kept(t->request->mem, changes, n);
    return what_if_try(t, err);
}

/* ---- the grid ----------------------------------------------------------------------------- */

static struct what_if_row row_of(const struct trying *t, const struct what_if_cell *cell, const struct compare_change *change)
{
    struct request *const r = t->request;
    struct arena *const mem = r->mem;
    const struct snapshot *const s = r->snapshot;
    const struct item *const item = &s->edition->items.at[cell->typed.item];
    const bool english = r->lang == LANG_EN, of_school = cell->typed.school.size > 0, there = cell->row != SIZE_MAX;
    const struct text year = year_digits(r);
    struct what_if_row row = {
        .field = what_if_field(mem, cell->typed.school, item), .item = say_item(mem, item, english), .unit = say_unit(item->unit, english),
        .typed = cell->typed.typed, .fault = cell->fault, .state = STATE_NOT_APPLICABLE, .changed = cell->changes,
    };
    if (text_ends(row.item, TEXT(")")) || text_ends(row.item, TEXT("）"))) /* the name says it */
        row.unit = TEXT("");
    double now = BLANK;
    if (there) {
        row.school = composing_name(t->composing, cell->row);
        row.school_path = text_printf(mem, "/schools/%.*s?year=%.*s", TEXT_ARG(cell->typed.school), TEXT_ARG(year));
        row.source = lineage_path(mem, text_printf(mem, "school:%.*s:%.*s:%.*s", TEXT_ARG(cell->typed.school), TEXT_ARG(item->code), TEXT_ARG(year)));
        now = returns_number(s->returns, cell->row, cell->typed.item);
    } else if (of_school) {
        row.school = cell->typed.school;
    } else {
        row.school = say(mem, r->lang, T_WHAT_IF_OF_COUNTY, NULL, 0);
        row.source = lineage_path(mem, text_printf(mem, "county:%.*s:%.*s", TEXT_ARG(item->code), TEXT_ARG(year)));
        now = returns_county_number(s->returns, r->year, cell->typed.item);
    }
    row.now = say_number(mem, now, english);
    if (change) {
        row.left = change->left;
        row.cost = change->cost_words;
        row.state = change->state;
    }
    return row;
}

static void put_rows(const struct trying *t, struct view_what_if *view)
{
    const struct what_if_cells *const cells = &t->cells;
    view->rows = arena_array(t->request->mem, cells->n, struct what_if_row);
    for (size_t i = 0, change = 0; i < cells->n; i++)
        view->rows[view->n_rows++] = row_of(t, &cells->at[i], cells->at[i].changes ? &t->comparison->changes[change++] : NULL);
}

/* ---- the effect --------------------------------------------------------------------------- */

static struct what_if_bit bit_of(const struct trying *t, const struct compare_stage *stage, const struct compare_level *level)
{
    struct arena *const mem = t->request->mem;
    const struct text label = SAID(mem, t->request->lang, T_WHAT_IF_DOTS, stage->name, level->name, level->before_words, level->after_words,
                                   level->limit_words);
    return (struct what_if_bit){
        .there = true, .before = level->before_words, .after = level->after_words, .changed = level->changed, .worse = level->worse,
        .state = level->after_state,
        .svg = svg_paired(mem, (struct svg_paired){ level->before, level->after, level->limit, stage->scale * 1.1, true }, label),
        .source = lineage_path(mem, text_printf(mem, "cv:%.*s:%.*s:%.*s", TEXT_ARG(stage_code(stage->stage)), TEXT_ARG(level->id),
                                                TEXT_ARG(year_digits(t->request)))),
    };
}

static void put_levels(const struct trying *t, struct view_what_if *view)
{
    const struct comparison *const x = t->comparison;
    view->levels = arena_array(t->request->mem, MAX_LEVELS, struct what_if_level);
    view->stages = arena_array(t->request->mem, N_EVALUATED, struct what_if_stage);
    for (size_t s = 0; s < x->n_stages; s++) {
        const struct compare_stage *const stage = &x->stages[s];
        view->stages[view->n_stages++] = (struct what_if_stage){ stage->name, stage->units, stage->before_passing, stage->after_passing,
                                                                 stage->before_passing != stage->after_passing };
        for (size_t l = 0; l < stage->n_levels; l++) {
            view->levels[l].name = stage->levels[l].name;
            view->levels[l].bits[s] = bit_of(t, stage, &stage->levels[l]);
            view->n_levels = l + 1 > view->n_levels ? l + 1 : view->n_levels;
        }
    }
}

static enum state state_of(enum verdict_kind kind)
{
    return kind == VERDICT_UNMET ? STATE_BELOW : kind == VERDICT_NO_DATA ? STATE_NO_DATA : STATE_MET;
}

static void put_schools(const struct trying *t, struct view_what_if *view)
{
    const struct comparison *const x = t->comparison;
    struct arena *const mem = t->request->mem;
    view->schools = arena_array(mem, x->n_schools, struct what_if_school);
    for (; view->n_schools < x->n_schools; view->n_schools++) {
        const struct compare_school *const school = &x->schools[view->n_schools];
        view->schools[view->n_schools] = (struct what_if_school){
            school->name, text_printf(mem, "/schools/%.*s?year=%.*s", TEXT_ARG(school->code), TEXT_ARG(year_digits(t->request))),
            school->stage_name, school->before_words, school->after_words, state_of(school->after), school->worse };
    }
    view->rules = arena_array(mem, x->n_rules, struct what_if_rule);
    for (; view->n_rules < x->n_rules; view->n_rules++) {
        const struct compare_rule *const rule = &x->rules[view->n_rules];
        view->rules[view->n_rules] = (struct what_if_rule){ rule->name, rule->before_words, rule->after_words, rule->worse };
    }
}

void what_if_view(const struct trying *t, struct view_what_if *view)
{
    struct request *const r = t->request;
    const struct comparison *const x = t->comparison;
    view->year = year_digits(r);
    view->tried = t->cells.n_changes > 0;
    view->sentence = x->sentence;
    view->second = x->second;
    view->total = x->cost_words;
    view->worse = x->worse;
    view->n_worse = x->n_worse;
    if (x->moved > 0)
        view->moved = SAID(r->mem, r->lang, T_WHAT_IF_MOVED, say_number(r->mem, x->moved, r->lang == LANG_EN));
    if (x->unpriced)
        view->unpriced = SAID(r->mem, r->lang, T_WHAT_IF_UNPRICED, say_count(r->mem, (int64_t)x->unpriced));
    put_rows(t, view);
    put_levels(t, view);
    put_schools(t, view);
}

/* ---- finding schools ---------------------------------------------------------------------- */

/* The worst of its units: 不达标, then 缺数据, then 达标; 不适用 where it has none. */
static enum state worst_of(const struct county_assessment *county, size_t row)
{
    enum state worst = STATE_NOT_APPLICABLE;
    for (size_t s = 0; s < county->n_stages; s++) {
        const size_t unit = composing_unit(&county->stages[s], row);
        const enum state state = unit == SIZE_MAX ? STATE_NOT_APPLICABLE : (enum state)county->stages[s].unit_verdict[unit];
        if (state == STATE_BELOW || worst == STATE_NOT_APPLICABLE || (state == STATE_NO_DATA && worst == STATE_MET))
            worst = worst == STATE_BELOW ? worst : state;
    }
    return worst;
}

static enum pinyin_fit fit(const struct snapshot *s, size_t row, struct text name, struct text q)
{
    const struct item_list *const items = &s->edition->items;
    if (text_starts(returns_text(s->returns, row, items->school_code), q) ||
        (items->township != NO_ITEM && text_equal(returns_text(s->returns, row, items->township), q)))
        return PINYIN_RUN;
    return pinyin_fit(name, q);
}

static bool is_picked(const struct request *r, struct text code)
{
    for (size_t i = 0; i < r->fields.n; i++)
        if (text_equal(r->fields.pair[i].name, TEXT("pick")) && text_equal(r->fields.pair[i].value, code))
            return true;
    return false;
}

/* What rests on an indicator stands before what else schools return. */
static bool is_asked(const struct edition *edition, uint16_t item)
{
    for (size_t s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < edition->stages[s].n_levels; l++)
            for (size_t i = 0; i < edition->stages[s].levels[l].n_rests_on; i++)
                if (edition->stages[s].levels[l].rests_on[i] == item)
                    return true;
    return false;
}

static void put_items(const struct trying *t, struct view_what_if *view)
{
    const struct edition *const e = t->request->snapshot->edition;
    const struct text chosen = request_field(t->request, "item");
    view->items = arena_array(t->request->mem, e->items.n, struct what_if_item);
    for (int asked = 1; asked >= 0; asked--)
        for (size_t i = 0; i < e->items.n; i++) {
            const struct item *const item = &e->items.at[i];
            if (item->level == ITEM_SCHOOL && (item->type == ITEM_INTEGER || item->type == ITEM_NUMBER) && item->unit.size &&
                !text_equal(item->unit, TEXT("degrees")) && is_asked(e, (uint16_t)i) == asked)
                view->items[view->n_items++] = (struct what_if_item){ item->code, say_item(t->request->mem, item, t->request->lang == LANG_EN),
                                                                      text_equal(item->code, chosen) };
        }
}

void what_if_find(const struct trying *t, struct text q, bool failing_only, struct view_what_if *view)
{
    struct request *const r = t->request;
    const struct snapshot *const s = r->snapshot;
    const struct county_assessment *const county = composing_county(t->composing);
    const struct county_year *const rows = county->county;
    view->q = q = text_trim(q);
    view->failing_only = failing_only;
    view->searched = q.size > 0 || failing_only;
    if (!view->searched)
        return;
    view->found = arena_array(r->mem, MOST_FOUND, struct what_if_found);
    for (int wanted = PINYIN_RUN; wanted >= PINYIN_SCATTERED; wanted--)
        for (size_t row = rows->first; row < rows->first + rows->n; row++) {
            const struct text name = composing_name(t->composing, row);
            if ((int)fit(s, row, name, q) != wanted)
                continue;
            const enum state state = worst_of(county, row);
            if ((failing_only && state != STATE_BELOW) || !composing_visible(t->composing, row) || view->n_fitting++ >= MOST_FOUND)
                continue;
            const struct school_need *const need = composing_need(t->composing, row);
            const struct text code = composing_code(t->composing, row);
            view->found[view->n_found++] = (struct what_if_found){
                .code = code, .name = name, .state = state, .chosen = is_picked(r, code),
                .township = s->edition->items.township == NO_ITEM ? TEXT("") : returns_text(s->returns, row, s->edition->items.township),
                .words = need && !need->passes ? say_needs(r->mem, need, r->lang == LANG_EN) : TEXT(""),
            };
        }
    put_items(t, view);
}
