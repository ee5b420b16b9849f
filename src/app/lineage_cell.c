/* From a cell to what moves with it. */
#include "app/lineage_walk.h"

#include "model/finding.h"
#include "report/say.h"
#include "store/returns_store.h"

/* What changes when one item of one row changes, as far as formulas tell. */
struct moving {
    struct walk *w;
    size_t row, host;
    bool *item;              /* [item] it, and what is told from it in this row */
    bool everything;         /* who is a unit, or whose: all follows */
};

static bool speaks_of(const struct moving *m, const struct expression *e)
{
    size_t n = 0;
    const uint16_t *const items = e ? expression_items(e, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (m->item[items[i]])
            return true;
    return false;
}

static bool pupils_move(const struct moving *m)
{
    for (size_t k = 0; k < N_STAGES; k++)
        if (m->w->edition->pupils[k] != NO_ITEM && m->item[m->w->edition->pupils[k]])
            return true;
    return false;
}

/* Shares and stages follow from the pupils. */
static bool speaks_of_stages(const struct moving *m, const struct expression *e)
{
    if (!e || !pupils_move(m))
        return false;
    const struct text source = expression_source(e);
    return text_find(source, TEXT("share_"), NULL) || text_find(source, TEXT("has_"), NULL) || text_find(source, TEXT("n_stages"), NULL) ||
           text_find(source, TEXT("assessed"), NULL);
}

static bool moves_with(const struct moving *m, const struct expression *e)
{
    return m->everything || speaks_of(m, e) || speaks_of_stages(m, e);
}

/* Blanks of this row that are told from what moves, in the order of telling. */
static void find_told(struct moving *m)
{
    const struct method *const method = m->w->told->method;
    for (size_t d = 0; d < method->n_derivations; d++) {
        const struct derivation *const by = method->derivations[d];
        const struct told_figure told = told_school(m->w->told, m->row, by->item);
        if (told.by == by && (moves_with(m, by->formula) || moves_with(m, by->when)))
            m->item[by->item] = true;
    }
}

static bool level_moves(const struct moving *m, enum stage stage, size_t l)
{
    const struct level *const level = told_level(m->w->told, stage, l);
    const uint16_t pupils = m->w->edition->pupils[stage];
    return moves_with(m, level->amount) || (pupils != NO_ITEM && m->item[pupils]) || (level->shared && pupils_move(m));
}

static bool rule_moves(const struct moving *m, const struct rule *rule)
{
    if (!moves_with(m, rule->where) && !moves_with(m, rule->value) && !moves_with(m, rule->also) && !moves_with(m, rule->not_applicable))
        return rule->judged != NO_ITEM && m->item[rule->judged];
    return m->row == SIZE_MAX || moves_with(m, rule->where) ||
           told_counts(m->w->told, rule, rule->scope == SCOPE_SCHOOL ? m->host : m->row) != 0;
}

static bool add_levels(struct moving *m, unsigned depth)
{
    struct walk *const w = m->w;
    bool any = false;
    for (size_t s = 0; m->row != SIZE_MAX && s < w->county->n_stages; s++) {
        const struct stage_assessment *const stage = &w->county->stages[s];
        const size_t unit = composing_unit(stage, m->host);
        for (size_t l = 0; unit != SIZE_MAX && l < stage->n_levels; l++) {
            if (!level_moves(m, stage->stage, l))
                continue;
            if (walk_visible(w, m->host))
                walk_level_brief(w, depth, stage, unit, l);
            walk_cv_brief(w, depth + 1, stage, l);
            any = true;
        }
        if (any && unit != SIZE_MAX && walk_visible(w, m->host))
            walk_unit_brief(w, depth, stage, unit);
    }
    return any;
}

static bool add_rules(struct moving *m, unsigned depth)
{
    bool any = false;
    for (size_t k = 0; k < m->w->county->n_rules; k++) {
        const struct rule_result *const r = &m->w->county->rules[k];
        if (!rule_moves(m, r->rule))
            continue;
        walk_rule_brief(m->w, depth, r);
        any |= r->rule->kind != RULE_SHOWN;
    }
    return any;
}

static void add_verdict(struct walk *w, unsigned depth)
{
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s, %.*s · verdict" : "%.*s %.*s · 结论",
                              TEXT_ARG(say_county(w->mem, w->county->county, w->english)),
                              TEXT_ARG(say_year(w->mem, w->county->county->year, w->english)));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_VERDICT });
    step->state = verdict_code(w->county->verdict);
    step->words = say_state(w->county->verdict, w->english);
}

static void add_moving(struct walk *w, unsigned depth, size_t row, uint16_t item)
{
    const struct item_list *const items = &w->edition->items;
    struct moving m = { .w = w, .row = row, .item = arena_array(w->mem, items->n, bool) };
    m.item[item] = true;
    m.everything = item == items->school_type || item == items->host_school_code || item == items->school_code;
    if (row != SIZE_MAX) {
        m.host = told_host(w->told, row);
        find_told(&m);
    }
    walk_heading(w, depth, walk_either(w, "随它变动的数", "What moves with it"));
    for (size_t i = 0; i < items->n; i++) {
        if (!m.item[i] || i == item)
            continue;
        struct lineage_step *const step = walk_step(w, depth + 1, LINEAGE_NUMBER);
        const struct told_figure told = told_school(w->told, row, (uint16_t)i);
        step->label = text_printf(w->mem, w->english ? "%.*s (told from it)" : "%.*s（由它推算）", TEXT_ARG(items->at[i].zh));
        step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_SCHOOL, .id = items->at[i].code, .school = composing_code(&w->composing, row) });
        step->value = told.value;
        step->estimate = told.estimate;
        step->unit = items->at[i].unit;
    }
    const bool levels = add_levels(&m, depth + 1), rules = add_rules(&m, depth + 1);
    if (levels || rules)
        add_verdict(w, depth + 1);
    else
        walk_note(w, depth + 1, "没有指标用到它。", "No indicator uses it.");
}

static bool add_place(struct walk *w, const struct figure_place *place, struct err *err)
{
    size_t row = SIZE_MAX;
    if (!walk_year(w, place->year, err))
        return false;
    w->n_walked = 0;
    if (place->school.size) {
        row = snapshot_school(w->snapshot, w->composing.year, place->school, w->request->actor);
        if (row == SIZE_MAX)
            return true; /* of a school one does not see */
    }
    if (!(row == SIZE_MAX ? walk_county_figure(w, 0, place->item, err) : walk_figure(w, 0, row, place->item, err)))
        return false;
    add_moving(w, 1, row, place->item);
    return true;
}

bool lineage_of_cell(const struct lineage_request *request, struct text sha256, struct text sheet, uint32_t row, uint32_t column,
                     struct arena *mem, struct lineage *out, struct err *err)
{
    struct walk w = walk_begin(request, mem, out);
    struct figure_place *places = NULL;
    char name[16];
    size_t n = 0;
    if (!actor_may(request->actor, MAY_SEE, err) || !db_read_begin(house_db(request->house), &w.session, err))
        return false;
    bool ok = store_figures_at_cell(w.session, request->snapshot->county_code, &w.edition->items, sha256, sheet, row, column, mem, &places,
                                    &n, err);
    for (size_t i = 0; i < n && ok; i++)
        ok = add_place(&w, &places[i], err);
    db_read_end(&w.session);
    if (!ok)
        return false;
    if (!out->n) {
        err_set(err, ERR_ABSENT, "没有哪个现用的数取自这一格（%s）。", cell_name(name, row, column));
        return err_hint(err, "这一格也许是表头、空格，或者它的数后来改过；也可能是您看不到的学校。");
    }
    out->title = text_printf(mem, w.english ? "Cell %s" : "格 %s", cell_name(name, row, column));
    return true;
}
