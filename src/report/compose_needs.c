#include "report/compose_needs.h"

#include "report/words.h"

#include <stdlib.h>

struct text compose_school_name(const struct assessment *a, uint32_t row)
{
    const struct text name = returns_text(a->returns, row, a->returns->items->school_name);
    return name.size ? name : returns_text(a->returns, row, a->returns->items->school_code);
}

static struct needy judge(const struct assessment *a, const struct school_need *need)
{
    struct needy made = { .need = need, .code = returns_text(a->returns, need->row, a->returns->items->school_code),
                          .name = returns_text(a->returns, need->row, a->returns->items->school_name) };
    for (size_t u = 0; u < need->n_units; u++) {
        const struct unit_need *unit = &need->unit[u];
        const enum state verdict = unit->stage->unit_verdict[unit->unit];
        made.failing |= verdict == STATE_BELOW;
        made.unknown |= verdict == STATE_NO_DATA;
        for (size_t l = 0; l < unit->stage->n_levels; l++)
            if (unit->level[l].now < unit->level[l].threshold) /* false where either is blank */
                made.gap += 1 - unit->level[l].now / unit->level[l].threshold;
    }
    made.unknown &= !made.failing;
    return made;
}

static int worst_first(const void *a, const void *b)
{
    const struct needy *x = a, *y = b;
    const int kind_x = x->failing ? 0 : x->unknown ? 1 : 2, kind_y = y->failing ? 0 : y->unknown ? 1 : 2;
    if (kind_x != kind_y)
        return kind_x - kind_y;
    if (x->gap != y->gap)
        return x->gap > y->gap ? -1 : 1;
    return (x->need->row > y->need->row) - (x->need->row < y->need->row);
}

struct needy *compose_needy(struct arena *mem, const struct assessment *a, const struct county_needs *needs, size_t *n_out)
{
    struct needy *schools = arena_array(mem, needs->n, struct needy);
    size_t n = 0;
    for (size_t i = 0; i < needs->n; i++) {
        schools[n] = judge(a, &needs->schools[i]);
        n += schools[n].failing || schools[n].unknown || schools[n].gap > 0;
    }
    if (n)
        qsort(schools, n, sizeof *schools, worst_first);
    *n_out = n;
    return schools;
}

struct text compose_needs_words(struct arena *mem, const struct edition *edition, const struct school_need *need)
{
    struct buf known = { .mem = mem }, unknown = { .mem = mem };
    struct text said = TEXT("");
    for (size_t i = 0; i < need->n_demands; i++) {
        const struct school_demand *d = &need->demand[i];
        if (!(d->chosen > 0))
            continue;
        /* The verb is said once: 再配 3 名…、1 名…、增 1,386 平方米…. */
        const struct text verb = words_need_verb(d->level);
        buf_printf(&known, "%s%.*s%.*s%.*s", known.size ? "、" : "", TEXT_ARG(text_equal(verb, said) ? TEXT("") : text_printf(mem, "%.*s ", TEXT_ARG(verb))),
                   TEXT_ARG(words_quantity(mem, d->level->quantity, d->chosen)), TEXT_ARG(words_resource(d->level)));
        said = verb;
    }
    for (size_t u = 0; u < need->n_units; u++) {
        const struct unit_need *unit = &need->unit[u];
        for (size_t l = 0; l < unit->stage->n_levels; l++)
            if (unit->level[l].state == STATE_NO_DATA)
                buf_printf(&unknown, "%s%.*s%.*s", unknown.size ? "、" : "",
                           TEXT_ARG(need->n_units > 1 ? stage_zh(unit->stage->stage) : TEXT("")),
                           TEXT_ARG(words_resource(&edition->stages[unit->stage->stage].levels[l])));
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

struct text compose_school_verdict(struct arena *mem, const struct school_need *need)
{
    struct buf words = { .mem = mem };
    for (size_t u = 0; u < need->n_units; u++) {
        const struct stage_assessment *s = need->unit[u].stage;
        const enum state verdict = s->unit_verdict[need->unit[u].unit];
        const unsigned met = s->unit_met[need->unit[u].unit];
        buf_printf(&words, "%s%.*s", words.size ? "，" : "", TEXT_ARG(stage_zh(s->stage)));
        if (verdict == STATE_BELOW)
            buf_printf(&words, " %zu 项中 %u 项达标", s->n_levels, met);
        else
            buf_add(&words, compose_unit_verdict(mem, verdict, met, s->n_levels));
    }
    return buf_text(&words);
}
