#include "report/compose_needs.h"

#include "report/words.h"

#include <stdlib.h>

static const struct level *level_of(const struct assessment *a, const struct stage_assessment *s, size_t i)
{
    return &a->edition->stages[s->stage].levels[i];
}

/* The need a shared resource of another stage already made. */
static struct need *same_resource(struct school_needs *school, const struct level *level)
{
    for (size_t i = 0; i < school->n; i++)
        if (level->shared && school->needs[i].level->shared && text_equal(school->needs[i].level->id, level->id))
            return &school->needs[i];
    return NULL;
}

static bool larger(double a, double b)
{
    return !is_blank(a) && (is_blank(b) || a > b);
}

static void add_need(struct school_needs *school, struct need need)
{
    struct need *other = same_resource(school, need.level);
    if (!other) {
        school->needs[school->n++] = need;
        return;
    }
    other->stage = -1;
    /* A stage whose demand is not known leaves what is known standing, as the least. */
    if (larger(need.missing, other->missing)) {
        need.stage = -1;
        need.to_floor = larger(need.to_floor, other->to_floor) ? need.to_floor : other->to_floor;
        *other = need;
    } else if (larger(need.to_floor, other->to_floor)) {
        other->to_floor = need.to_floor;
    }
}

static void add_unit(const struct assessment *a, const struct stage_assessment *s, size_t unit, struct school_needs *school)
{
    const enum state verdict = s->unit_verdict[unit];
    school->verdict[s->stage] = verdict;
    school->met[s->stage] = s->unit_met[unit];
    school->failing |= verdict == STATE_BELOW;
    school->unknown |= verdict == STATE_NO_DATA;
    for (size_t i = 0; i < s->n_levels; i++) {
        const struct level *level = level_of(a, s, i);
        const enum state state = s->state[i][unit];
        if (state == STATE_MET || state == STATE_NOT_APPLICABLE)
            continue;
        const double value = s->value[i][unit];
        if (!is_blank(value) && level->at_least > 0)
            school->gap += (level->at_least - value) / level->at_least;
        add_need(school, (struct need){ .level = level, .stage = (int)s->stage,
                                        .missing = s->missing[i] ? s->missing[i][unit] : BLANK,
                                        .to_floor = s->missing_to_floor[i] ? s->missing_to_floor[i][unit] : BLANK,
                                        .value = value, .state = state });
    }
}

static int worst_first(const void *a, const void *b)
{
    const struct school_needs *x = a, *y = b;
    const int kind_x = x->failing ? 0 : x->unknown ? 1 : 2, kind_y = y->failing ? 0 : y->unknown ? 1 : 2;
    if (kind_x != kind_y)
        return kind_x - kind_y;
    if (x->gap != y->gap)
        return x->gap > y->gap ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

struct school_needs *compose_needs(struct arena *mem, const struct assessment *a, size_t county, size_t *n_out)
{
    const struct county_assessment *c = &a->counties[county];
    const size_t first = c->county->first, rows = c->county->n;
    size_t n_levels = 0, n = 0;
    for (size_t s = 0; s < c->n_stages; s++)
        n_levels += c->stages[s].n_levels;
    struct school_needs *schools = arena_array(mem, rows, struct school_needs);
    for (size_t i = 0; i < rows; i++) {
        schools[i].row = (uint32_t)(first + i);
        schools[i].verdict[STAGE_PRIMARY] = schools[i].verdict[STAGE_JUNIOR] = STATE_NOT_APPLICABLE;
    }
    for (size_t s = 0; s < c->n_stages; s++) {
        const struct stage_assessment *stage = &c->stages[s];
        for (size_t u = 0; u < stage->n; u++) {
            struct school_needs *school = &schools[stage->row[u] - first];
            if (!school->needs)
                school->needs = arena_array(mem, n_levels, struct need);
            add_unit(a, stage, u, school);
        }
    }
    for (size_t i = 0; i < rows; i++) {
        if (!schools[i].n && !schools[i].failing && !schools[i].unknown)
            continue;
        schools[n] = schools[i];
        schools[n].code = returns_text(a->returns, schools[n].row, a->returns->items->school_code);
        schools[n].name = returns_text(a->returns, schools[n].row, a->returns->items->school_name);
        schools[n].unknown = schools[n].unknown && !schools[n].failing;
        n++;
    }
    if (n)
        qsort(schools, n, sizeof *schools, worst_first);
    *n_out = n;
    return schools;
}

/* A school of two stages: of which stage the teachers are. */
static bool has_both(const struct school_needs *school)
{
    return school->verdict[STAGE_PRIMARY] != STATE_NOT_APPLICABLE && school->verdict[STAGE_JUNIOR] != STATE_NOT_APPLICABLE;
}

struct text compose_needs_words(struct arena *mem, const struct school_needs *school)
{
    struct buf known = { .mem = mem }, unknown = { .mem = mem };
    for (size_t i = 0; i < school->n; i++) {
        const struct need *need = &school->needs[i];
        const struct text of_stage = has_both(school) && need->stage >= 0 ? stage_zh((enum stage)need->stage) : TEXT("");
        if (is_blank(need->missing)) {
            buf_printf(&unknown, "%s%.*s%.*s", unknown.size ? "、" : "", TEXT_ARG(of_stage), TEXT_ARG(words_resource(need->level)));
            continue;
        }
        buf_printf(&known, "%s%.*s%.*s", known.size ? "、" : "", TEXT_ARG(of_stage), TEXT_ARG(words_need(mem, need->level, need->missing)));
    }
    if (!unknown.size)
        return buf_text(&known);
    return text_printf(mem, "%.*s%s缺%.*s的数据", TEXT_ARG(buf_text(&known)), known.size ? "；" : "", TEXT_ARG(buf_text(&unknown)));
}

struct text compose_unit_verdict(struct arena *mem, enum state verdict, unsigned met, size_t n_levels)
{
    if (verdict == STATE_MET && met < n_levels)
        return text_printf(mem, "达标（%u/%zu）", met, n_levels);
    return state_zh(verdict);
}

struct text compose_needs_verdict(struct arena *mem, const struct edition *edition, const struct school_needs *school)
{
    struct buf words = { .mem = mem };
    for (int s = 0; s < N_EVALUATED; s++) {
        const enum state verdict = school->verdict[s];
        const size_t n_levels = edition->stages[s].n_levels;
        if (verdict == STATE_NOT_APPLICABLE)
            continue;
        buf_printf(&words, "%s%.*s", words.size ? "，" : "", TEXT_ARG(stage_zh((enum stage)s)));
        if (verdict == STATE_BELOW)
            buf_printf(&words, " %zu 项中 %u 项达标", n_levels, school->met[s]);
        else
            buf_add(&words, compose_unit_verdict(mem, verdict, school->met[s], n_levels));
    }
    return buf_text(&words);
}
