#include "report/compose_differences.h"

#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

struct comparing { const struct composing *a, *b; struct arena *mem; struct differences *out; size_t capacity; };

static const char *const GROUPS[N_DIFFERENCE_GROUPS][2] = {
    { "结论", "Verdicts" }, { "差异系数", "Coefficients" }, { "各项指标", "Indicators" }, { "各校结论", "Verdicts of schools" }, { "各校各项", "Schools' indicators" },
};

struct text difference_group_name(enum difference_group_of group, bool english)
{
    return text_of(GROUPS[group][english]);
}

static void hold(struct comparing *c, enum difference_group_of group, struct text where, struct text what, struct text a, struct text b)
{
    c->out->looked++;
    c->out->looked_of[group]++;
    if (text_equal(a, b))
        return;
    ARENA_ROOM(c->mem, c->out->at, c->out->n, c->capacity);
    const struct text none = c->a->english ? TEXT("none") : TEXT("没有");
    c->out->at[c->out->n++] = (struct difference){ group, where, what, a.size ? a : none, b.size ? b : none };
    c->out->n_of[group]++;
}

/* ── the county ── */

static struct text verdict_words(const struct comparing *c, enum state state)
{
    return say_verdict(c->mem, state, 0, 0, c->a->english);
}

static struct text passing_words(const struct comparing *c, const struct stage_assessment *stage)
{
    return stage ? text_printf(c->mem, "%zu/%zu", stage->passing, stage->n) : TEXT("");
}

static void compare_county(struct comparing *c)
{
    const struct county_assessment *const a = composing_county(c->a), *const b = composing_county(c->b);
    const bool en = c->a->english;
    hold(c, DIFFERENCE_VERDICT, en ? TEXT("County") : TEXT("全县"), en ? TEXT("Verdict") : TEXT("结论"), verdict_words(c, a->verdict), verdict_words(c, b->verdict));
    for (enum stage s = STAGE_PRIMARY; s <= STAGE_JUNIOR; s++) {
        const struct stage_assessment *const x = composing_stage(a, s), *const y = composing_stage(b, s);
        hold(c, DIFFERENCE_VERDICT, say_stage(s, en), en ? TEXT("Schools that pass") : TEXT("达标学校"), passing_words(c, x), passing_words(c, y));
        hold(c, DIFFERENCE_VERDICT, say_stage(s, en), en ? TEXT("Pupils") : TEXT("在校生"), x ? words_count(c->mem, x->pupils) : TEXT(""), y ? words_count(c->mem, y->pupils) : TEXT(""));
    }
}

static struct text cv_of(const struct composing *c, enum stage s, struct text id)
{
    const struct stage_assessment *const stage = composing_stage(composing_county(c), s);
    size_t at;
    const struct level *const level = composing_level(c->assessment->edition, s, id, &at);
    return stage && level ? say_cv(c->mem, &stage->cv[at], level->cv_limit, c->english) : TEXT("");
}

static void compare_spread(struct comparing *c)
{
    for (enum stage s = STAGE_PRIMARY; s <= STAGE_JUNIOR; s++) {
        const struct stage_rule *const a = &c->a->assessment->edition->stages[s], *const b = &c->b->assessment->edition->stages[s];
        for (size_t l = 0; l < a->n_levels; l++)
            hold(c, DIFFERENCE_SPREAD, say_stage(s, c->a->english), say_level(&a->levels[l], c->a->english), cv_of(c->a, s, a->levels[l].id), cv_of(c->b, s, a->levels[l].id));
        for (size_t l = 0; l < b->n_levels; l++)
            if (!composing_level(c->a->assessment->edition, s, b->levels[l].id, NULL))
                hold(c, DIFFERENCE_SPREAD, say_stage(s, c->a->english), say_level(&b->levels[l], c->a->english), TEXT(""), cv_of(c->b, s, b->levels[l].id));
    }
}

static struct text rule_words(const struct comparing *c, const struct composing *of, const struct rule_result *r)
{
    const struct text value = r->rule->value ? say_rule_value(of, r) : TEXT(""), state = say_state(r->state, c->a->english);
    return value.size ? text_printf(c->mem, c->a->english ? "%.*s, %.*s" : "%.*s，%.*s", TEXT_ARG(value), TEXT_ARG(state)) : state;
}

static const struct rule_result *rule_of(const struct county_assessment *county, struct text id)
{
    for (size_t i = 0; i < county->n_rules; i++)
        if (text_equal(county->rules[i].rule->id, id))
            return &county->rules[i];
    return NULL;
}

static void compare_rules(struct comparing *c)
{
    const struct county_assessment *const a = composing_county(c->a), *const b = composing_county(c->b);
    for (size_t i = 0; i < a->n_rules; i++) {
        const struct rule_result *const x = &a->rules[i], *const y = rule_of(b, x->rule->id);
        hold(c, DIFFERENCE_RULES, x->rule->id, say_rule_name(c->a->assessment->edition, x->rule, c->a->english), rule_words(c, c->a, x), y ? rule_words(c, c->b, y) : TEXT(""));
    }
    for (size_t i = 0; i < b->n_rules; i++)
        if (!rule_of(a, b->rules[i].rule->id))
            hold(c, DIFFERENCE_RULES, b->rules[i].rule->id, say_rule_name(c->b->assessment->edition, b->rules[i].rule, c->a->english), TEXT(""), rule_words(c, c->b, &b->rules[i]));
}

/* ── schools ── */

static struct text unit_verdict(const struct composing *c, const struct stage_assessment *stage, size_t unit, struct arena *mem)
{
    return unit == SIZE_MAX ? TEXT("") : say_verdict(mem, stage->unit_verdict[unit], stage->unit_met[unit], stage->n_levels, c->english);
}

static struct text level_words(const struct composing *c, const struct stage_assessment *stage, size_t unit, struct text id)
{
    size_t at;
    const struct level *const level = unit == SIZE_MAX ? NULL : composing_level(c->assessment->edition, stage->stage, id, &at);
    return level ? say_value(c->mem, stage->value[at][unit], level, (enum state)stage->state[at][unit], c->english) : TEXT("");
}

static void compare_unit(struct comparing *c, const struct stage_assessment *x, size_t u, const struct stage_assessment *y, size_t w)
{
    const enum stage s = x ? x->stage : y->stage;
    const struct text name = u != SIZE_MAX ? composing_name(c->a, x->row[u]) : composing_name(c->b, y->row[w]);
    const struct text where = text_printf(c->mem, c->a->english ? "%.*s (%.*s)" : "%.*s（%.*s）", TEXT_ARG(name), TEXT_ARG(say_stage(s, c->a->english)));
    hold(c, DIFFERENCE_SCHOOLS, where, c->a->english ? TEXT("Verdict") : TEXT("结论"), unit_verdict(c->a, x, u, c->mem), unit_verdict(c->b, y, w, c->mem));
    if (u == SIZE_MAX || w == SIZE_MAX)
        return; /* one that is only there says so once */
    const struct stage_rule *const rule = &c->a->assessment->edition->stages[s];
    for (size_t l = 0; l < rule->n_levels; l++)
        hold(c, DIFFERENCE_LEVELS, where, say_level(&rule->levels[l], c->a->english), level_words(c->a, x, u, rule->levels[l].id), level_words(c->b, y, w, rule->levels[l].id));
}

static void compare_schools(struct comparing *c)
{
    for (enum stage s = STAGE_PRIMARY; s <= STAGE_JUNIOR; s++) {
        const struct stage_assessment *const x = composing_stage(composing_county(c->a), s), *const y = composing_stage(composing_county(c->b), s);
        for (size_t u = 0; x && u < x->n; u++)
            compare_unit(c, x, u, y, stage_unit_of(y, c->b->assessment->returns, composing_code(c->a, x->row[u])));
        for (size_t w = 0; y && w < y->n; w++)
            if (stage_unit_of(x, c->a->assessment->returns, composing_code(c->b, y->row[w])) == SIZE_MAX)
                compare_unit(c, x, SIZE_MAX, y, w);
    }
}

struct differences *compose_differences(const struct composing *a, const struct composing *b, struct arena *mem)
{
    struct comparing c = { a, b, mem, arena_make(mem, struct differences), 0 };
    compare_county(&c);
    compare_spread(&c);
    compare_rules(&c);
    /* Group by group: verdicts of schools stand before what makes them. */
    compare_schools(&c);
    struct difference *const sorted = arena_array(mem, c.out->n + 1, struct difference);
    size_t n = 0;
    for (enum difference_group_of g = 0; g < N_DIFFERENCE_GROUPS; g++)
        for (size_t i = 0; i < c.out->n; i++)
            if (c.out->at[i].group == g)
                sorted[n++] = c.out->at[i];
    c.out->at = sorted;
    return c.out;
}
