#include "report/compose_blockers.h"

#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

#include <stdlib.h>

struct blocking {
    const struct composing *c;
    const struct plan *plan;
    const struct prices *prices;
    struct day today;
};

/* ── what schools lack ── */

static const struct unit_need *need_of_unit(const struct school_need *need, const struct stage_assessment *stage)
{
    for (size_t u = 0; need && u < need->n_units; u++)
        if (need->unit[u].stage == stage)
            return &need->unit[u];
    return NULL;
}

/* A shared resource that both stages of a school ask for is bought once: it is paid for where more is asked. */
static double paid_here(const struct school_need *need, const struct unit_need *unit, const struct level *level, size_t l,
                       const struct edition *edition)
{
    const double chosen = unit->level[l].chosen;
    for (size_t u = 0; level->shared && u < need->n_units; u++) {
        const struct unit_need *other = &need->unit[u];
        size_t at;
        if (other == unit || !composing_level(edition, other->stage->stage, level->id, &at))
            continue;
        if (other->level[at].chosen > chosen || (other->level[at].chosen == chosen && other < unit))
            return 0;
    }
    return chosen;
}

static int part_costlier(const void *a, const void *b)
{
    const struct blocker_part *x = a, *y = b;
    const double cost_x = is_blank(x->cost) ? -1 : x->cost, cost_y = is_blank(y->cost) ? -1 : y->cost;
    if (cost_x != cost_y)
        return cost_x > cost_y ? -1 : 1;
    return x->schools != y->schools ? (x->schools > y->schools ? -1 : 1) : text_compare(x->id, y->id);
}

static void sum_parts(const struct blocking *b, const struct stage_assessment *stage, struct blocker *out)
{
    const struct edition *edition = b->c->assessment->edition;
    const struct stage_rule *rule = &edition->stages[stage->stage];
    struct blocker_part *parts = arena_array(b->c->mem, rule->n_levels, struct blocker_part);
    for (size_t l = 0; l < rule->n_levels; l++)
        parts[l] = (struct blocker_part){ .id = rule->levels[l].id, .name = say_level(&rule->levels[l], b->c->english) };
    for (size_t u = 0; u < stage->n; u++) {
        const struct school_need *need = stage->unit_verdict[u] == STATE_BELOW ? composing_need(b->c, stage->row[u]) : NULL;
        const struct unit_need *unit = need_of_unit(need, stage);
        for (size_t l = 0; unit && l < rule->n_levels; l++) {
            if (!(unit->level[l].chosen > 0))
                continue;
            parts[l].schools++;
            parts[l].quantity += unit->level[l].chosen;
            parts[l].cost += paid_here(need, unit, &rule->levels[l], l, edition) * price_of_level(b->prices, &rule->levels[l]);
        }
    }
    out->parts = parts;
    for (size_t l = 0; l < rule->n_levels; l++) {
        if (!parts[l].schools)
            continue;
        struct blocker_part *part = &parts[out->n_parts++];
        *part = parts[l];
        part->cost_words = say_cost(b->c->mem, part->cost, b->c->english);
        part->quantity_words = say_quantity(b->c->mem, rule->levels[l].quantity, part->quantity, b->c->english);
    }
    qsort(parts, out->n_parts, sizeof *parts, part_costlier);
}

static struct text parts_words(const struct blocking *b, const struct blocker *blocker)
{
    enum { FEW = 3 };
    struct buf out = { .mem = b->c->mem };
    for (size_t i = 0; i < blocker->n_parts && i < FEW; i++) {
        const struct blocker_part *p = &blocker->parts[i];
        if (b->c->english)
            buf_printf(&out, "%s%.*s: %.*s in schools: %zu", i ? "; " : "", TEXT_ARG(p->name), TEXT_ARG(p->quantity_words), p->schools);
        else
            buf_printf(&out, "%s%.*s %zu 所，差 %.*s", i ? "；" : "", TEXT_ARG(p->name), p->schools, TEXT_ARG(p->quantity_words));
    }
    if (blocker->n_parts > FEW)
        buf_add(&out, b->c->english ? TEXT("; and more") : TEXT("；等"));
    return buf_text(&out);
}

/* Those who see to the two most costly parts, each named once. */
static struct text parts_who(const struct blocking *b, const struct blocker *blocker, const struct stage_assessment *stage,
                             enum duty_time *time)
{
    struct text who = TEXT("");
    for (size_t i = 0; i < blocker->n_parts; i++) {
        const struct level *level = composing_level(b->c->assessment->edition, stage->stage, blocker->parts[i].id, NULL);
        const struct duty duty = duty_of_level(level);
        *time = duty.time > *time ? duty.time : *time;
        struct text rest = b->c->english ? duty.en : duty.zh, name;
        const struct text between = b->c->english ? TEXT(", ") : TEXT("、");
        while (i < 2 && rest.size) {
            size_t at = rest.size;
            (void)text_find(rest, between, &at);
            name = (struct text){ rest.at, at };
            rest = at < rest.size ? (struct text){ rest.at + at + between.size, rest.size - at - between.size } : TEXT("");
            if (!text_find(who, name, NULL))
                who = text_printf(b->c->mem, "%.*s%.*s%.*s", TEXT_ARG(who), TEXT_ARG(who.size ? between : TEXT("")), TEXT_ARG(name));
        }
    }
    return who;
}

static void fill_schools(const struct blocking *b, const struct stage_assessment *stage, struct blocker *out)
{
    const bool english = b->c->english, failing = out->state == STATE_BELOW;
    enum duty_time time = DUTY_RETURN;
    size_t schools = 0;
    for (size_t u = 0; u < stage->n; u++)
        schools += stage->unit_verdict[u] == (uint8_t)out->state;
    const struct text zh = stage_zh(stage->stage);
    out->what = english ? text_printf(b->c->mem, failing ? "%.*s schools that do not pass: %zu" : "%.*s schools without data: %zu",
                                      TEXT_ARG(say_stage(stage->stage, true)), schools)
                        : text_printf(b->c->mem, failing ? "%zu 所%.*s不达标" : "%zu 所%.*s缺数据", schools, TEXT_ARG(zh));
    if (failing) {
        sum_parts(b, stage, out);
        for (size_t i = 0; i < out->n_parts; i++)
            out->cost += out->parts[i].cost;
        if (!b->c->needs)
            out->cost = BLANK;
        out->missing = parts_words(b, out);
        out->who = parts_who(b, out, stage, &time);
    } else {
        struct buf missing = { .mem = b->c->mem };
        for (size_t l = 0; l < stage->n_levels; l++)
            if (stage->cv[l].units_missing)
                buf_printf(&missing, english ? "%s%.*s: %zu" : "%s%.*s %zu 所", missing.size ? english ? "; " : "；" : "",
                           TEXT_ARG(say_level(&b->c->assessment->edition->stages[stage->stage].levels[l], english)),
                           stage->cv[l].units_missing);
        out->missing = buf_text(&missing);
        out->who = english ? duty_of_returns().en : duty_of_returns().zh;
        time = duty_of_returns().time;
    }
    out->when = day_words(b->c->mem, duty_day(time, b->plan, b->today));
}

/* ── coefficients and rules ── */

static void fill_cv(const struct blocking *b, const struct stage_assessment *stage, struct blocker *out)
{
    const bool english = b->c->english, failing = out->state == STATE_BELOW;
    const struct stage_rule *rule = &b->c->assessment->edition->stages[stage->stage];
    const struct text of = say_stage(stage->stage, english);
    size_t l = 0;
    struct duty duty = failing ? duty_of_bureau() : duty_of_returns();
    if (out->kind == BLOCK_COMBINED) {
        out->what = english ? text_printf(b->c->mem, "Combined coefficient, %.*s", TEXT_ARG(of))
                            : text_printf(b->c->mem, "%.*s综合差异系数%s", TEXT_ARG(of), failing ? "超限" : "还不能定");
        out->missing = is_blank(stage->combined_cv)
                           ? say_blank(english)
                           : words_cv(b->c->mem, stage->combined_cv, rule->combined_cv_limit, stage->combined_met);
    } else {
        const struct level *level = composing_level(b->c->assessment->edition, stage->stage, out->id, &l);
        const struct text name = say_level(level, english);
        out->what = english ? text_printf(b->c->mem, failing ? "%.*s, %.*s: coefficient above the limit" : "%.*s, %.*s: coefficient undecided",
                                          TEXT_ARG(name), TEXT_ARG(of))
                            : text_printf(b->c->mem, failing ? "%.*s%.*s的差异系数超限" : "%.*s%.*s的差异系数还不能定", TEXT_ARG(of), TEXT_ARG(name));
        out->missing = say_cv_words(b->c, stage, l);
        if (failing)
            duty = duty_of_level(level);
    }
    out->cost = failing ? BLANK : 0;
    out->who = english ? duty.en : duty.zh;
    out->when = day_words(b->c->mem, duty_day(duty.time, b->plan, b->today));
}

static void fill_rule(const struct blocking *b, const struct rule_result *r, struct blocker *out)
{
    const bool english = b->c->english, failing = out->state == STATE_BELOW;
    const struct text name = say_rule_name(b->c->assessment->edition, r->rule, english);
    const double price = price_of_rule(b->prices, r->rule);
    const struct duty duty = duty_of_rule(r->rule);
    out->what = r->rule->kind != RULE_VETO ? name
                : text_printf(b->c->mem, english ? "Veto: %.*s" : "一票否决：%.*s", TEXT_ARG(name));
    out->missing = say_rule_short(b->c, r);
    out->cost = !failing ? 0 : r->rule->scope == SCOPE_SCHOOL ? price * (double)r->failing : price;
    out->who = english ? duty.en : duty.zh;
    out->when = day_words(b->c->mem, duty_day(failing ? duty.time : DUTY_RETURN, b->plan, b->today));
}

static const struct rule_result *rule_of(const struct county_assessment *county, struct text id)
{
    for (size_t i = 0; i < county->n_rules; i++)
        if (text_equal(county->rules[i].rule->id, id))
            return &county->rules[i];
    return NULL;
}

/* ── all of them ── */

static int place_of(const struct blocker *b)
{
    return b->state != STATE_BELOW ? 3 : is_blank(b->cost) ? 1 : b->cost > 0 ? 0 : 2;
}

struct placed { struct blocker blocker; size_t was; };

static int costlier(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    const int place_x = place_of(&x->blocker), place_y = place_of(&y->blocker);
    if (place_x != place_y)
        return place_x - place_y;
    if (place_x == 0 && x->blocker.cost != y->blocker.cost)
        return x->blocker.cost > y->blocker.cost ? -1 : 1;
    return (x->was > y->was) - (x->was < y->was); /* else in the order of the edition */
}

struct blockers compose_blockers(const struct composing *c, const struct plan *plan, const struct prices *prices, struct day today)
{
    const struct blocking b = { c, plan, prices, today };
    const struct county_assessment *county = composing_county(c);
    const struct blocks blocks = compose_blocks(c->mem, c->assessment, c->year);
    struct placed *made = arena_array(c->mem, blocks.n, struct placed);
    for (size_t i = 0; i < blocks.n; i++) {
        const struct block *block = &blocks.at[i];
        const struct stage_assessment *stage = block->stage < 0 ? NULL : composing_stage(county, (enum stage)block->stage);
        struct blocker *out = &made[i].blocker;
        made[i].was = i;
        *out = (struct blocker){ .kind = block->kind, .state = block->state, .stage = block->stage, .id = block->id };
        if (block->kind == BLOCK_SCHOOLS)
            fill_schools(&b, stage, out);
        else if (block->kind == BLOCK_RULE)
            fill_rule(&b, rule_of(county, block->id), out);
        else if (stage)
            fill_cv(&b, stage, out);
        else
            *out = (struct blocker){ .kind = block->kind, .state = block->state, .stage = -1, .id = block->id,
                                     .what = c->english ? TEXT("No school can be assessed") : block->words,
                                     .who = c->english ? duty_of_returns().en : duty_of_returns().zh,
                                     .when = day_words(c->mem, duty_day(DUTY_RETURN, plan, today)) };
        out->cost_words = say_cost(c->mem, out->cost, c->english);
    }
    if (blocks.n)
        qsort(made, blocks.n, sizeof *made, costlier);
    struct blockers all = { .at = arena_array(c->mem, blocks.n, struct blocker), .n = blocks.n, .failing = blocks.failing,
                            .unknown = blocks.unknown };
    for (size_t i = 0; i < blocks.n; i++) {
        all.at[i] = made[i].blocker;
        all.cost += is_blank(made[i].blocker.cost) ? 0 : made[i].blocker.cost;
        all.unpriced += is_blank(made[i].blocker.cost) ? 1u : 0u;
    }
    all.cost_words = say_cost(c->mem, all.cost, c->english);
    return all;
}
