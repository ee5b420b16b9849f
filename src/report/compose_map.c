#include "report/compose_map.h"

#include "report/say.h"

#include <math.h>

/* What is asked about one school, out of its units of the stages asked about. */
static void judge(const struct composing *c, const struct map_question *q, struct map_point *p)
{
    const struct county_assessment *county = composing_county(c);
    struct buf words = { .mem = c->mem };
    bool worst_some = false;
    p->state = STATE_NOT_APPLICABLE;
    p->pupils = BLANK;
    for (size_t s = 0; s < county->n_stages; s++) {
        const struct stage_assessment *stage = &county->stages[s];
        const size_t u = q->stage >= 0 && stage->stage != (enum stage)q->stage ? SIZE_MAX : composing_unit(stage, p->row);
        size_t l = 0;
        if (u == SIZE_MAX)
            continue;
        const struct level *level = q->level.size ? composing_level(c->assessment->edition, stage->stage, q->level, &l) : NULL;
        const enum state state = level ? (enum state)stage->state[l][u] : (enum state)stage->unit_verdict[u];
        p->pupils = is_blank(p->pupils) ? stage->unit_pupils[u] : p->pupils + stage->unit_pupils[u];
        buf_add(&words, !words.size ? TEXT("") : c->english ? TEXT("; ") : TEXT("；"));
        if (q->stage < 0 && county->n_stages > 1)
            buf_printf(&words, "%.*s%s", TEXT_ARG(say_stage(stage->stage, c->english)), c->english ? " " : "");
        if (level)
            buf_printf(&words, "%.*s %.*s", TEXT_ARG(say_value(c->mem, stage->value[l][u], level, state, c->english)),
                       TEXT_ARG(is_blank(stage->value[l][u]) ? TEXT("") : say_unit(level->unit, c->english)));
        else
            buf_add(&words, say_verdict(c->mem, state, stage->unit_met[u], stage->n_levels, c->english));
        /* STATE_NO_DATA < STATE_BELOW < STATE_NEAR < STATE_MET, but what fails outweighs what is unknown. */
        const bool worse = p->state == STATE_NOT_APPLICABLE || (p->state != STATE_BELOW && (state == STATE_BELOW || state < p->state));
        p->state = worse ? state : p->state;
        worst_some |= !level && state == STATE_MET && stage->unit_met[u] < stage->n_levels;
    }
    p->some = worst_some && p->state == STATE_MET;
    p->state_words = say_state(p->state, c->english);
    p->words = words.size ? buf_text(&words) : c->english ? TEXT("not assessed") : TEXT("不评估");
}

static double coordinate(const struct composing *c, uint32_t row, struct text code, double most)
{
    const uint16_t item = item_find(c->assessment->returns->items, code);
    const double value = item == NO_ITEM ? BLANK : returns_number(c->assessment->returns, row, item);
    return value >= -most && value <= most ? value : BLANK;
}

static struct text map_title(const struct composing *c, const struct map_question *q)
{
    const struct level *level = q->level.size ? composing_level(c->assessment->edition, q->stage < 0 ? STAGE_PRIMARY : (enum stage)q->stage, q->level, NULL)
                                              : NULL;
    const struct text stage = q->stage < 0 ? TEXT("") : say_stage((enum stage)q->stage, c->english);
    if (!level)
        return c->english ? text_printf(c->mem, "Verdict%s%.*s", stage.size ? ", " : "", TEXT_ARG(stage)) : text_printf(c->mem, "%.*s结论", TEXT_ARG(stage));
    if (c->english)
        return text_printf(c->mem, "%.*s (%.*s)%s%.*s", TEXT_ARG(say_level(level, true)), TEXT_ARG(say_unit(level->unit, true)), stage.size ? ", " : "",
                           TEXT_ARG(stage));
    return text_printf(c->mem, "%.*s%.*s（%.*s）", TEXT_ARG(stage), TEXT_ARG(say_level(level, false)), TEXT_ARG(say_unit(level->unit, false)));
}

struct map_view *compose_map(const struct composing *c, const struct map_question *q)
{
    const struct county_year *county = composing_county(c)->county;
    const uint16_t township = c->assessment->returns->items->township;
    struct map_view *v = arena_make(c->mem, struct map_view);
    v->points = arena_array(c->mem, county->n, struct map_point);
    v->unplaced = arena_array(c->mem, county->n, struct map_point);
    v->west = v->east = v->south = v->north = BLANK;
    v->title = map_title(c, q);
    for (uint32_t row = (uint32_t)county->first; row < county->first + county->n; row++) {
        if (!composing_visible(c, row))
            continue;
        struct map_point p = { .row = row, .code = composing_code(c, row), .name = composing_name(c, row),
                               .longitude = coordinate(c, row, TEXT("longitude"), 180), .latitude = coordinate(c, row, TEXT("latitude"), 90) };
        if (township != NO_ITEM)
            p.township = returns_text(c->assessment->returns, row, township);
        judge(c, q, &p);
        if (p.some)
            p.state_words = say_verdict(c->mem, STATE_MET, (unsigned)c->assessment->edition->stages[0].least_met,
                                        c->assessment->edition->stages[0].n_levels, c->english);
        v->count[p.state]++;
        v->some += p.some;
        if (is_blank(p.longitude) || is_blank(p.latitude)) {
            v->unplaced[v->n_unplaced++] = p;
            continue;
        }
        v->points[v->n++] = p;
        v->west = fmin(v->west, p.longitude); /* fmin and fmax pass a blank over */
        v->east = fmax(v->east, p.longitude);
        v->south = fmin(v->south, p.latitude);
        v->north = fmax(v->north, p.latitude);
        v->most_pupils = fmax(v->most_pupils, p.pupils);
    }
    return v;
}
