#include "report/compose_compare.h"

#include "report/compose_figures.h"
#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_WORSE = 256 };

struct comparing {
    const struct composing *c;
    const struct assessment *after;
    const struct county_assessment *was, *is;
    const struct prices *prices;
    struct comparison *x;
};

static void add_worse(struct comparing *g, struct text words)
{
    if (g->x->n_worse < MOST_WORSE)
        g->x->worse[g->x->n_worse++] = words;
}

/* ── coefficients ── */

static struct text how_it_moved(const struct comparing *g, const struct compare_level *l)
{
    const double by = l->after - l->before;
    const bool crossed = l->before_state != l->after_state;
    if (crossed && l->after_state == STATE_BELOW)
        return g->c->english ? TEXT("above the limit now") : TEXT("超过上限");
    if (crossed && l->after_state == STATE_MET)
        return g->c->english ? TEXT("within the limit now") : TEXT("回到上限以内");
    if (g->c->english)
        return by > 0 ? TEXT("higher") : TEXT("lower");
    return by >= 0.01 ? TEXT("上升") : by > 0 ? TEXT("略升") : by > -0.01 ? TEXT("略降") : TEXT("下降");
}

/* 「小学多媒体教室的差异系数 0.412 → 0.418，略升」 */
static struct text level_words(const struct comparing *g, const struct compare_stage *s, const struct compare_level *l)
{
    return text_printf(g->c->mem, g->c->english ? "%.*s, %.*s: coefficient %.*s → %.*s, %.*s" : "%.*s%.*s的差异系数 %.*s → %.*s，%.*s",
                       TEXT_ARG(g->c->english ? l->name : s->name), TEXT_ARG(g->c->english ? s->name : l->name), TEXT_ARG(l->before_words),
                       TEXT_ARG(l->after_words), TEXT_ARG(how_it_moved(g, l)));
}

/* Where figures are missing what can be said: its bounds, 「0.470—0.490」. */
static struct text coefficient_words(const struct comparing *g, const struct stage_assessment *stage, size_t l, double limit)
{
    const struct text bounds = is_blank(stage->cv[l].cv) ? say_cv_bounds(g->c, stage, l) : TEXT("");
    return bounds.size ? bounds : say_cv(g->c->mem, &stage->cv[l], limit, g->c->english);
}

static struct compare_level compare_level(const struct comparing *g, const struct stage_assessment *was, const struct stage_assessment *is, size_t l)
{
    const struct level *level = &g->c->assessment->edition->stages[is->stage].levels[l];
    struct compare_level out = {
        .id = level->id, .name = say_level(level, g->c->english), .before = was->cv[l].cv, .after = is->cv[l].cv, .limit = level->cv_limit,
        .before_words = coefficient_words(g, was, l, level->cv_limit),
        .after_words = coefficient_words(g, is, l, level->cv_limit),
        .limit_words = is_blank(level->cv_limit) ? TEXT("") : words_fixed(g->c->mem, level->cv_limit, 3),
        .before_state = was->cv[l].met, .after_state = is->cv[l].met, .before_met = was->cv[l].units_met, .after_met = is->cv[l].units_met,
    };
    out.changed = !text_equal(out.before_words, out.after_words) || out.before_state != out.after_state;
    out.worse = out.changed && (out.after > out.before || (out.after_state == STATE_BELOW && out.before_state != STATE_BELOW) ||
                                (out.after_state == STATE_NO_DATA && out.before_state == STATE_MET));
    return out;
}

static void compare_stage(struct comparing *g, const struct stage_assessment *was, const struct stage_assessment *is)
{
    struct compare_stage *s = &g->x->stages[g->x->n_stages++];
    *s = (struct compare_stage){ .stage = is->stage, .name = say_stage(is->stage, g->c->english), .units = is->n, .before_passing = was->passing,
                                 .after_passing = is->passing, .levels = arena_array(g->c->mem, is->n_levels, struct compare_level),
                                 .n_levels = is->n_levels };
    for (size_t l = 0; l < is->n_levels; l++) {
        struct compare_level *made = &s->levels[l];
        *made = compare_level(g, was, is, l);
        s->before_within += made->before_state == STATE_MET;
        s->after_within += made->after_state == STATE_MET;
        s->scale = fmax(s->scale, fmax(made->limit, fmax(made->before, made->after))); /* fmax passes a blank over */
        if (made->worse)
            add_worse(g, level_words(g, s, made));
    }
}

/* ── schools and rules ── */

static int worse_first(const void *a, const void *b)
{
    const struct compare_school *x = a, *y = b;
    if (x->worse != y->worse)
        return y->worse - x->worse;
    return x->stage != y->stage ? (int)x->stage - (int)y->stage : (x->row > y->row) - (x->row < y->row);
}

static void compare_schools(struct comparing *g, const struct stage_assessment *was, const struct stage_assessment *is)
{
    const bool english = g->c->english;
    for (size_t u = 0; u < is->n; u++) {
        const size_t before = composing_unit(was, is->row[u]);
        if (before == SIZE_MAX || !composing_visible(g->c, is->row[u]))
            continue;
        struct compare_school s = {
            .row = is->row[u], .stage = is->stage, .stage_name = say_stage(is->stage, english),
            .before = verdict_kind((enum state)was->unit_verdict[before], was->unit_met[before], was->n_levels),
            .after = verdict_kind((enum state)is->unit_verdict[u], is->unit_met[u], is->n_levels),
        };
        if (s.before == s.after)
            continue;
        s.code = composing_code(g->c, s.row);
        s.name = composing_name(g->c, s.row);
        s.before_words = say_verdict(g->c->mem, (enum state)was->unit_verdict[before], was->unit_met[before], was->n_levels, english);
        s.after_words = say_verdict(g->c->mem, (enum state)is->unit_verdict[u], is->unit_met[u], is->n_levels, english);
        s.worse = s.after < s.before;
        g->x->schools[g->x->n_schools++] = s;
    }
}

static int badness(enum state state)
{
    return state == STATE_BELOW ? 2 : state == STATE_NO_DATA ? 1 : 0;
}

static void compare_rules(struct comparing *g)
{
    g->x->rules = arena_array(g->c->mem, g->is->n_rules, struct compare_rule);
    for (size_t i = 0; i < g->is->n_rules && i < g->was->n_rules; i++) {
        const struct rule_result *was = &g->was->rules[i], *is = &g->is->rules[i];
        const bool same_value = was->value == is->value || (is_blank(was->value) && is_blank(is->value));
        if (was->rule->kind == RULE_SHOWN || (was->state == is->state && same_value))
            continue;
        struct compare_rule r = { .id = is->rule->id, .name = say_rule_name(g->c->assessment->edition, is->rule, g->c->english),
                                  .before_words = say_rule_value(g->c, was), .after_words = say_rule_value(g->c, is),
                                  .before_state = was->state, .after_state = is->state };
        if (!r.before_words.size || text_equal(r.before_words, r.after_words)) {
            r.before_words = say_state(was->state, g->c->english);
            r.after_words = say_state(is->state, g->c->english);
        }
        r.worse = badness(is->state) > badness(was->state) || (is->rule->scope == SCOPE_SCHOOL && is->failing > was->failing);
        g->x->rules[g->x->n_rules++] = r;
        if (r.worse)
            add_worse(g, text_printf(g->c->mem, g->c->english ? "%.*s: %.*s → %.*s" : "%.*s：%.*s → %.*s", TEXT_ARG(r.name), TEXT_ARG(r.before_words),
                                     TEXT_ARG(r.after_words)));
    }
}

/* ── changes and money ── */

static bool rests_on(const uint16_t *items, size_t n, uint16_t item)
{
    for (size_t i = 0; i < n; i++)
        if (items[i] == item)
            return true;
    return false;
}

/* The first level that rests on an item; NULL: none does. */
static const struct level *level_of(const struct edition *e, uint16_t item)
{
    for (size_t s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < e->stages[s].n_levels; l++)
            if (rests_on(e->stages[s].levels[l].rests_on, e->stages[s].levels[l].n_rests_on, item))
                return &e->stages[s].levels[l];
    return NULL;
}

static const struct rule *school_rule_of(const struct edition *e, uint16_t item)
{
    for (size_t r = 0; r < e->n_rules; r++)
        if (e->rules[r].scope == SCOPE_SCHOOL && rests_on(e->rules[r].rests_on, e->rules[r].n_rests_on, item))
            return &e->rules[r];
    return NULL;
}

/* How much of a level's quantity one of an item is: 万元 of equipment are 10,000 yuan. */
static double worth(const struct item *item)
{
    return text_equal(item->unit, TEXT("10000 yuan")) ? 10000 : 1;
}

/* Less of something saves nothing. */
static double cost_of(const struct comparing *g, uint16_t at, double difference)
{
    const struct edition *e = g->c->assessment->edition;
    const struct item *item = &e->items.at[at];
    const struct level *level = level_of(e, at);
    const struct rule *rule = level ? NULL : school_rule_of(e, at);
    if (is_blank(difference))
        return BLANK;
    if (difference <= 0)
        return 0;
    if (level)
        return difference * worth(item) * price_of_level(g->prices, level);
    if (rule && text_equal(item->unit, TEXT("rooms")))
        return difference * price_of_rule(g->prices, rule);
    if (text_equal(item->unit, TEXT("10000 yuan")) || text_equal(item->unit, TEXT("yuan")))
        return difference * worth(item);
    return text_equal(item->unit, TEXT("rooms")) || text_equal(item->unit, TEXT("m2")) ? BLANK : 0;
}

/* What the school still lacks of the levels that rest on the item: the stage that asks most. */
static void fill_left(const struct comparing *g, uint32_t row, struct compare_change *out)
{
    const struct level *most_of = NULL;
    double most = 0;
    out->state = STATE_NOT_APPLICABLE;
    for (size_t s = 0; s < g->is->n_stages; s++) {
        const struct stage_assessment *stage = &g->is->stages[s];
        const size_t u = composing_unit(stage, row);
        for (size_t l = 0; u != SIZE_MAX && l < stage->n_levels; l++) {
            const struct level *level = &g->c->assessment->edition->stages[stage->stage].levels[l];
            const enum state state = (enum state)stage->state[l][u];
            if (!rests_on(level->rests_on, level->n_rests_on, out->item))
                continue;
            out->state = out->state == STATE_NOT_APPLICABLE || badness(state) > badness(out->state) || (!badness(out->state) && state < out->state)
                             ? state : out->state;
            if (stage->missing[l] && stage->missing[l][u] > most) {
                most = stage->missing[l][u];
                most_of = level;
            }
        }
    }
    if (most_of)
        out->left = say_need(g->c->mem, most_of, most, true, g->c->english);
    else if (out->state == STATE_MET)
        out->left = g->c->english ? TEXT("reached") : TEXT("达到");
    else if (out->state == STATE_NO_DATA)
        out->left = say_blank(g->c->english);
}

static struct text shown(const struct comparing *g, const struct item *item, double value, struct text text)
{
    if (item->type == ITEM_TEXT || item->type == ITEM_BOOLEAN || item->type == ITEM_ENUM)
        return text.size || !is_blank(value) ? words_figure(g->c->mem, item, value, text) : say_blank(g->c->english);
    return say_number(g->c->mem, value, g->c->english);
}

static struct compare_change compare_change(const struct comparing *g, const struct change *change)
{
    const struct item *item = &g->c->assessment->edition->items.at[change->item];
    struct compare_change out = { .school = change->school, .name = change->name, .item = change->item, .item_code = item->code,
                                  .item_name = say_item(g->c->mem, item, g->c->english), .unit = say_unit(item->unit, g->c->english),
                                  .before = change->before, .after = change->after, .difference = change->after - change->before,
                                  .before_words = shown(g, item, change->before, change->before_text),
                                  .after_words = shown(g, item, change->after, change->after_text) };
    const bool whole = floor(change->before) == change->before && floor(change->after) == change->after;
    out.difference_words = item->type == ITEM_INTEGER || item->type == ITEM_NUMBER ? say_change(g->c->mem, out.difference, whole ? 0 : 2) : TEXT("");
    const size_t row = change->school.size ? composing_row(g->after, g->is, change->school) : SIZE_MAX;
    out.state = STATE_NOT_APPLICABLE;
    if (row != SIZE_MAX)
        fill_left(g, (uint32_t)row, &out);
    out.cost = cost_of(g, change->item, out.difference);
    out.cost_words = say_cost(g->c->mem, out.cost, g->c->english);
    return out;
}

/* Teachers whom one school of the trial gives and another takes are not hired. */
static void add_up_cost(struct comparing *g)
{
    const struct edition *e = g->c->assessment->edition;
    struct comparison *x = g->x;
    for (size_t i = 0; i < x->n_changes; i++) {
        x->cost += is_blank(x->changes[i].cost) ? 0 : x->changes[i].cost;
        x->unpriced += is_blank(x->changes[i].cost) ? 1u : 0u;
    }
    for (size_t l = 0; l < MAX_LEVELS; l++) {
        const struct level *level = l < e->stages[0].n_levels ? &e->stages[0].levels[l] : NULL;
        double given = 0, taken = 0;
        if (!level || !text_equal(level->quantity, TEXT("persons")))
            continue;
        for (size_t i = 0; i < x->n_changes; i++) {
            const struct level *of = level_of(e, x->changes[i].item);
            if (of && text_equal(of->id, level->id) && !is_blank(x->changes[i].difference))
                *(x->changes[i].difference > 0 ? &taken : &given) += fabs(x->changes[i].difference);
        }
        const double moved = fmin(given, taken), price = price_of_level(g->prices, level);
        x->moved += moved;
        x->cost -= is_blank(price) ? 0 : moved * price;
    }
    x->cost_words = say_cost(g->c->mem, x->cost, g->c->english);
}

/* ── sentences ── */

static struct text first_sentence(const struct comparing *g)
{
    const struct comparison *x = g->x;
    const bool english = g->c->english;
    struct buf out = { .mem = g->c->mem }, passing = { .mem = g->c->mem };
    buf_printf(&out, english ? "Figures changed: %zu" : "改 %zu 处", x->n_changes);
    if (x->cost > 0)
        buf_printf(&out, english ? ", %.*s" : "，%.*s", TEXT_ARG(say_about_money(g->c->mem, x->cost, english)));
    for (size_t s = 0; s < x->n_stages; s++) {
        const struct compare_stage *st = &x->stages[s];
        if (st->before_passing == st->after_passing)
            continue;
        if (english)
            buf_printf(&passing, "%s%.*s schools that pass %zu → %zu", passing.size ? ", " : "", TEXT_ARG(st->name), st->before_passing, st->after_passing);
        else
            buf_printf(&passing, "%s%.*s达标 %zu → %zu 所", passing.size ? "，" : "", TEXT_ARG(st->name), st->before_passing, st->after_passing);
    }
    if (!passing.size)
        buf_add(&passing, english ? TEXT("as many schools pass") : TEXT("达标学校数没有变化"));
    buf_printf(&out, english ? ": %.*s." : "：%.*s。", TEXT_ARG(buf_text(&passing)));
    return buf_text(&out);
}

static struct text second_sentence(const struct comparing *g)
{
    enum { FEW = 3 };
    const struct comparison *x = g->x;
    struct buf out = { .mem = g->c->mem };
    for (size_t s = 0; s < x->n_stages; s++)
        for (size_t l = 0; l < x->stages[s].n_levels; l++) {
            const struct compare_level *level = &x->stages[s].levels[l];
            if (level->before_state == STATE_BELOW && level->after_state == STATE_MET)
                buf_printf(&out, g->c->english ? "%.*s. " : "%.*s。", TEXT_ARG(level_words(g, &x->stages[s], level)));
        }
    if (!x->n_worse) {
        buf_add(&out, g->c->english ? TEXT("Nothing gets worse.") : TEXT("没有变差的。"));
        return buf_text(&out);
    }
    buf_add(&out, g->c->english ? TEXT("Worse: ") : TEXT("变差的："));
    for (size_t i = 0; i < x->n_worse && i < FEW; i++)
        buf_printf(&out, g->c->english ? "%s%.*s" : "%s%.*s", i ? g->c->english ? "; " : "；" : "", TEXT_ARG(x->worse[i]));
    if (x->n_worse > FEW)
        buf_printf(&out, g->c->english ? "; and %zu more" : "；另有 %zu 件", x->n_worse - FEW);
    buf_add(&out, g->c->english ? TEXT(".") : TEXT("。"));
    return buf_text(&out);
}

struct comparison *compose_compare(const struct composing *c, const struct assessment *after, const struct change *changes, size_t n,
                                   const struct prices *prices)
{
    struct comparison *x = arena_make(c->mem, struct comparison);
    struct comparing g = { c, after, composing_county(c), &after->counties[c->year], prices, x };
    size_t units = 0;
    for (size_t s = 0; s < g.is->n_stages; s++)
        units += g.is->stages[s].n;
    x->schools = arena_array(c->mem, units, struct compare_school);
    x->worse = arena_array(c->mem, MOST_WORSE, struct text);
    x->before_verdict = g.was->verdict;
    x->after_verdict = g.is->verdict;
    x->before_verdict_words = say_state(g.was->verdict, c->english);
    x->after_verdict_words = say_state(g.is->verdict, c->english);
    for (size_t s = 0; s < g.is->n_stages; s++) {
        const struct stage_assessment *was = composing_stage(g.was, g.is->stages[s].stage);
        if (!was)
            continue;
        compare_stage(&g, was, &g.is->stages[s]);
        compare_schools(&g, was, &g.is->stages[s]);
    }
    if (x->n_schools)
        qsort(x->schools, x->n_schools, sizeof *x->schools, worse_first);
    for (size_t i = 0; i < x->n_schools && x->schools[i].worse; i++)
        add_worse(&g, text_printf(c->mem, c->english ? "%.*s (%.*s): %.*s → %.*s" : "%.*s（%.*s）%.*s → %.*s", TEXT_ARG(x->schools[i].name),
                                  TEXT_ARG(x->schools[i].stage_name), TEXT_ARG(x->schools[i].before_words), TEXT_ARG(x->schools[i].after_words)));
    compare_rules(&g);
    x->changes = arena_array(c->mem, n, struct compare_change);
    for (; x->n_changes < n; x->n_changes++)
        x->changes[x->n_changes] = compare_change(&g, &changes[x->n_changes]);
    add_up_cost(&g);
    x->sentence = first_sentence(&g);
    x->second = second_sentence(&g);
    return x;
}

/* ── trials side by side ── */

static void add_row(struct trials *t, struct trials_row row)
{
    for (size_t k = 0; k < t->n; k++)
        row.differs |= !text_equal(row.cells[k], row.now);
    t->rows[t->n_rows++] = row;
}

struct trials *compose_trials(const struct composing *c, const struct comparison *const *of, size_t n)
{
    enum { OTHER_ROWS = 2 + N_EVALUATED };
    struct trials *t = arena_make(c->mem, struct trials);
    t->n = n < MOST_TRIALS ? n : MOST_TRIALS;
    t->rows = arena_array(c->mem, OTHER_ROWS + N_EVALUATED * MAX_LEVELS, struct trials_row);
    if (!t->n)
        return t;
    const size_t stages = of[0]->n_stages;
    struct trials_row over = { .name = c->english ? TEXT("Coefficients above their limits") : TEXT("超限的差异系数") };
    size_t over_now = 0, over_then[MOST_TRIALS] = { 0 };
    for (size_t s = 0; s < stages; s++) {
        struct trials_row row = { .name = text_printf(c->mem, c->english ? "%.*s schools that pass" : "达标的%.*s", TEXT_ARG(of[0]->stages[s].name)),
                                  .now = text_printf(c->mem, "%zu", of[0]->stages[s].before_passing) };
        for (size_t k = 0; k < t->n; k++)
            row.cells[k] = text_printf(c->mem, "%zu", of[k]->stages[s].after_passing);
        add_row(t, row);
        for (size_t l = 0; l < of[0]->stages[s].n_levels; l++) {
            over_now += of[0]->stages[s].levels[l].before_state == STATE_BELOW;
            for (size_t k = 0; k < t->n; k++)
                over_then[k] += of[k]->stages[s].levels[l].after_state == STATE_BELOW;
        }
    }
    over.now = text_printf(c->mem, "%zu", over_now);
    for (size_t k = 0; k < t->n; k++)
        over.cells[k] = text_printf(c->mem, "%zu", over_then[k]);
    add_row(t, over);
    for (size_t s = 0; s < stages; s++)
        for (size_t l = 0; l < of[0]->stages[s].n_levels; l++) {
            bool changed = false;
            struct trials_row row = { .name = text_printf(c->mem, c->english ? "%.*s, %.*s: coefficient" : "%.*s%.*s的差异系数",
                                                          TEXT_ARG(c->english ? of[0]->stages[s].levels[l].name : of[0]->stages[s].name),
                                                          TEXT_ARG(c->english ? of[0]->stages[s].name : of[0]->stages[s].levels[l].name)),
                                      .now = of[0]->stages[s].levels[l].before_words };
            for (size_t k = 0; k < t->n; k++) {
                row.cells[k] = of[k]->stages[s].levels[l].after_words;
                changed |= of[k]->stages[s].levels[l].changed;
            }
            if (changed)
                add_row(t, row);
        }
    struct trials_row cost = { .name = c->english ? TEXT("Cost, 10,000 yuan (estimated)") : TEXT("约需（万元，估算）"), .now = TEXT("—") };
    for (size_t k = 0; k < t->n; k++)
        cost.cells[k] = of[k]->cost_words;
    add_row(t, cost);
    return t;
}
