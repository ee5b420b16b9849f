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
        if (level) {
            p->value_words = say_value(c->mem, stage->value[l][u], level, state, c->english);
            buf_printf(&words, "%.*s %.*s", TEXT_ARG(p->value_words), TEXT_ARG(is_blank(stage->value[l][u]) ? TEXT("") : say_unit(level->unit, c->english)));
        } else {
            buf_add(&words, say_verdict(c->mem, state, stage->unit_met[u], stage->n_levels, c->english));
        }
        /* STATE_NO_DATA < STATE_BELOW < STATE_NEAR < STATE_MET, but what fails outweighs what is unknown. */
        const bool worse = p->state == STATE_NOT_APPLICABLE || (p->state != STATE_BELOW && (state == STATE_BELOW || state < p->state));
        p->stage = worse ? stage->stage : p->stage;
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

/* ---- filters ------------------------------------------------------------------------------ */

static const char *const KIND_CODES[N_MAP_KINDS] = { "unmet", "no_data", "near", "some", "met", "na" };

struct text map_kind_code(enum map_kind kind)
{
    return text_of(KIND_CODES[kind]);
}

enum map_kind map_kind_by_code(struct text code)
{
    int kind = 0;
    while (kind < N_MAP_KINDS && !text_equal(code, text_of(KIND_CODES[kind])))
        kind++;
    return (enum map_kind)kind;
}

static enum map_kind kind_of(const struct map_point *p)
{
    switch (p->state) {
    case STATE_BELOW: return MAP_BELOW;
    case STATE_NO_DATA: return MAP_NO_DATA;
    case STATE_NEAR: return MAP_NEAR;
    case STATE_MET: return p->some ? MAP_SOME : MAP_MET;
    case STATE_NOT_APPLICABLE: break;
    }
    return MAP_NOT_ASSESSED;
}

static bool asks_for(const struct map_question *q, enum map_kind kind)
{
    return q->kinds ? (q->kinds >> kind & 1) != 0 : kind != MAP_NOT_ASSESSED;
}

static struct map_township *township_of(struct map_view *v, const struct map_question *q, struct text name)
{
    for (size_t i = 0; i < v->n_townships; i++)
        if (text_equal(v->townships[i].name, name))
            return &v->townships[i];
    if (!name.size)
        return NULL;
    v->townships[v->n_townships] = (struct map_township){ .name = name, .chosen = text_equal(q->township, name) };
    return &v->townships[v->n_townships++];
}

/* Whether the point is to be seen; counted for the filters in any case. */
static bool count_in(struct map_view *v, const struct map_question *q, const struct map_point *p)
{
    struct map_township *const township = township_of(v, q, p->township);
    const bool here = !q->township.size || text_equal(q->township, p->township), asked = asks_for(q, p->kind);
    if (township) {
        township->n += asked;
        township->below += p->kind == MAP_BELOW;
    }
    v->kinds[p->kind].n += here;
    return here && asked;
}

static void name_kinds(const struct composing *c, const struct map_question *q, struct map_view *v)
{
    const struct stage_rule *const rule = &c->assessment->edition->stages[0];
    static const enum state states[N_MAP_KINDS] = { STATE_BELOW, STATE_NO_DATA, STATE_NEAR, STATE_MET, STATE_MET, STATE_NOT_APPLICABLE };
    for (int k = 0; k < N_MAP_KINDS; k++) {
        v->kinds[k].name = k == MAP_SOME ? say_verdict(c->mem, STATE_MET, (unsigned)rule->least_met, rule->n_levels, c->english)
                                         : say_state(states[k], c->english);
        v->kinds[k].chosen = (q->kinds >> k & 1) != 0;
    }
    for (size_t i = 0; i < v->n_townships; i++)
        if (v->n_townships > 1 && v->townships[i].below > (v->worst ? v->worst->below : 0))
            v->worst = &v->townships[i];
}

static struct text sentence(const struct composing *c, const struct map_question *q, const struct map_view *v)
{
    struct text parts[N_MAP_KINDS];
    size_t n = 0;
    for (int k = 0; k < N_MAP_KINDS; k++)
        if (v->kinds[k].n && asks_for(q, (enum map_kind)k))
            parts[n++] = c->english ? text_printf(c->mem, "%zu %.*s", v->kinds[k].n, TEXT_ARG(v->kinds[k].name))
                                    : text_printf(c->mem, "%zu 所%.*s", v->kinds[k].n, TEXT_ARG(v->kinds[k].name));
    const size_t all = v->n + v->n_unplaced;
    if (!n)
        return c->english ? text_printf(c->mem, "%.*s: no school matches.", TEXT_ARG(v->title)) : text_printf(c->mem, "%.*s：没有符合条件的学校。", TEXT_ARG(v->title));
    const struct text list = say_list(c->mem, parts, n, c->english);
    if (n == 1)
        return c->english ? text_printf(c->mem, "%.*s: %.*s.", TEXT_ARG(v->title), TEXT_ARG(list)) : text_printf(c->mem, "%.*s：%.*s。", TEXT_ARG(v->title), TEXT_ARG(list));
    return c->english ? text_printf(c->mem, "%.*s: of %zu schools %.*s.", TEXT_ARG(v->title), all, TEXT_ARG(list))
                      : text_printf(c->mem, "%.*s：%zu 所中 %.*s。", TEXT_ARG(v->title), all, TEXT_ARG(list));
}

/* ---- the whole ---------------------------------------------------------------------------- */

static struct map_point point_of(const struct composing *c, const struct map_question *q, uint32_t row)
{
    const struct stage_rule *const rule = &c->assessment->edition->stages[0];
    const uint16_t township = c->assessment->returns->items->township;
    struct map_point p = { .row = row, .code = composing_code(c, row), .name = composing_name(c, row),
                           .longitude = coordinate(c, row, TEXT("longitude"), 180), .latitude = coordinate(c, row, TEXT("latitude"), 90) };
    if (township != NO_ITEM)
        p.township = returns_text(c->assessment->returns, row, township);
    judge(c, q, &p);
    if (p.some)
        p.state_words = say_verdict(c->mem, STATE_MET, (unsigned)rule->least_met, rule->n_levels, c->english);
    p.kind = kind_of(&p);
    return p;
}

struct map_view *compose_map(const struct composing *c, const struct map_question *q)
{
    const struct county_year *county = composing_county(c)->county;
    struct map_view *v = arena_make(c->mem, struct map_view);
    v->points = arena_array(c->mem, county->n, struct map_point);
    v->unplaced = arena_array(c->mem, county->n, struct map_point);
    v->townships = arena_array(c->mem, county->n, struct map_township);
    v->west = v->east = v->south = v->north = BLANK;
    v->title = map_title(c, q);
    for (uint32_t row = (uint32_t)county->first; row < county->first + county->n; row++) {
        if (!composing_visible(c, row))
            continue;
        const struct map_point p = point_of(c, q, row);
        if (!count_in(v, q, &p))
            continue;
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
    name_kinds(c, q, v);
    v->sentence = sentence(c, q, v);
    return v;
}
