#include "app/point.h"

#include "indicator/what_if.h"

#include <math.h>

struct moving {
    struct what_if *what_if;
    size_t row, level;
    enum stage stage;
};

/* The unit's value as it stands; BLANK: it has none. */
static double value_now(const struct moving *m)
{
    const struct county_assessment *const county = what_if_now(m->what_if);
    for (size_t s = 0; s < county->n_stages; s++) {
        const struct stage_assessment *const stage = &county->stages[s];
        for (size_t u = 0; stage->stage == m->stage && u < stage->n; u++)
            if (stage->row[u] == m->row)
                return stage->value[m->level][u];
    }
    return BLANK;
}

static void set(const struct moving *m, uint16_t item, double figure)
{
    (void)what_if_set(m->what_if, m->row, item, figure);
}

/* How much the value grows by one more of the item; the figure stays what it was. */
static double slope_of(const struct moving *m, uint16_t item, double figure)
{
    const double before = value_now(m);
    set(m, item, figure + 1);
    const double after = value_now(m);
    set(m, item, figure);
    return after - before;
}

/* Moves one figure as far as it goes; false where the value does not grow with it. */
static bool move(const struct moving *m, const struct item *of, uint16_t item, double figure, double wanted, double *moved_out)
{
    const double slope = slope_of(m, item, figure), now = value_now(m);
    if (!(slope > 0) || is_blank(now))
        return false;
    const double to = figure + (wanted - now) / slope;
    *moved_out = fmax(0, number_round(to, of->type == ITEM_INTEGER ? 0 : 2));
    set(m, item, *moved_out);
    return true;
}

static const struct level *level_of(const struct edition *edition, enum stage stage, struct text id, size_t *at)
{
    const struct stage_rule *const rule = &edition->stages[stage];
    for (*at = 0; *at < rule->n_levels; ++*at)
        if (text_equal(rule->levels[*at].id, id))
            return &rule->levels[*at];
    return NULL;
}

static void move_figures(const struct snapshot *s, const struct point_asked *asked, const struct moving *m, const struct level *level,
                         struct pointed *out)
{
    const struct item_list *const items = &s->edition->items;
    for (size_t i = 0; i < level->n_rests_on && out->n < POINT_CHANGES; i++) {
        const uint16_t item = level->rests_on[i];
        const double figure = returns_number(s->returns, m->row, item);
        double moved;
        if (is_blank(figure) || !move(m, &items->at[item], item, figure, asked->value, &moved))
            continue;
        if (moved != figure)
            out->changes[out->n++] = (struct change){ .item = item, .county = (uint32_t)asked->year, .school = asked->school,
                                                      .name = returns_text(s->returns, m->row, items->school_name), .before = figure,
                                                      .after = moved, .before_text = TEXT(""), .after_text = TEXT("") };
        if (moved > 0)
            return; /* else it is used up, and the next one gives the rest */
    }
}

bool app_point(const struct snapshot *s, const struct actor *actor, const struct point_asked *asked, struct arena *mem,
               struct pointed *out, struct err *err)
{
    *out = (struct pointed){ .n = 0 };
    if (!actor_may(actor, MAY_TRY, err))
        return false;
    if (asked->year >= s->n_years)
        return err_set(err, ERR_ABSENT, "没有这个学年的数据。");
    struct moving m = { .stage = asked->stage };
    const struct level *const level = level_of(s->edition, asked->stage, asked->level, &m.level);
    if (!level)
        return err_set(err, ERR_ABSENT, "没有编号为 %.*s 的资源指标。", TEXT_ARG(asked->level));
    m.row = snapshot_school(s, asked->year, asked->school, actor);
    if (m.row == SIZE_MAX)
        return err_set(err, ERR_ABSENT, "没有代码为 %.*s 的学校。", TEXT_ARG(asked->school));
    if (!(asked->value >= 0) || !isfinite(asked->value)) {
        err_set(err, ERR_INPUT, "要试算的值应是不小于 0 的数。");
        return err_hint(err, "例如 7.5。");
    }
    const struct assess_request request = { .edition = s->edition, .by = NO_ITEM };
    m.what_if = what_if_new(s->returns, asked->year, &request, mem);
    if (is_blank(value_now(&m))) {
        err_set(err, ERR_INPUT, "这所学校缺这一项的数据，不能拖动。");
        return err_hint(err, "先补上数据，再试算。");
    }
    move_figures(s, asked, &m, level, out);
    struct assessment *const after = arena_make(mem, struct assessment);
    *after = *s->assessment;
    after->counties = arena_copy(mem, s->assessment->counties, s->n_years * sizeof *after->counties);
    after->counties[asked->year] = *what_if_now(m.what_if);
    after->counties[asked->year].county = s->assessment->counties[asked->year].county;
    out->assessment = after;
    return true;
}
