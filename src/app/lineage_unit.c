/* What a unit has of one resource, how much it lacks, its part in the coefficient, its verdict. */
#include "app/lineage_walk.h"

#include "app/formula_words.h"
#include "report/compose_needs.h"
#include "report/say.h"
#include "report/words.h"

static struct text figure(struct walk *w, double value)
{
    return formula_figure(w->mem, value, w->lang);
}

static const struct level *asked(const struct walk *w, const struct stage_assessment *s, size_t level)
{
    return &w->edition->stages[s->stage].levels[level];
}

static struct lineage_key unit_key(struct walk *w, enum lineage_of of, const struct stage_assessment *s, size_t unit, struct text id)
{
    return (struct lineage_key){ .of = of, .stage = s->stage, .id = id, .school = composing_code(&w->composing, s->row[unit]) };
}

static struct text with_unit(struct walk *w, struct text figures, struct text unit)
{
    return unit.size ? text_printf(w->mem, "%.*s %.*s", TEXT_ARG(figures), TEXT_ARG(say_unit(unit, w->english))) : figures;
}

/* ---- one level of one unit ------------------------------------------------------------------- */

void walk_level_brief(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t unit, size_t l)
{
    const struct level *const level = asked(w, s, l);
    const enum state state = (enum state)s->state[l][unit];
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(walk_unit_name(w, s, unit)), TEXT_ARG(say_level_whole(level, w->english)));
    step->key = walk_key(w, unit_key(w, LINEAGE_OF_LEVEL, s, unit, level->id));
    step->value = s->value[l][unit];
    step->unit = level->unit;
    step->state = state_code(state);
    step->estimate = s->estimated[l] && s->estimated[l][unit];
    const struct text value = say_value(w->mem, step->value, level, state, w->english);
    step->words = is_blank(step->value) ? value
                                        : text_printf(w->mem, "%.*s %.*s", TEXT_ARG(with_unit(w, value, level->unit)),
                                                      TEXT_ARG(say_state(state, w->english)));
}

static void add_basis(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t l)
{
    const struct level *const level = asked(w, s, l);
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_BASIS);
    struct buf out = { .mem = w->mem };
    step->label = walk_either(w, "依据", "Basis");
    buf_printf(&out, w->english ? "%.*s, %.*s" : "%.*s %.*s", TEXT_ARG(w->english ? w->edition->en : w->edition->zh), TEXT_ARG(level->clause));
    if (!is_blank(level->at_least)) {
        buf_printf(&out, w->english ? "; standard %.*s" : "；标准 %.*s", TEXT_ARG(with_unit(w, figure(w, level->at_least), level->unit)));
        buf_printf(&out, w->english ? ", floor %.*s (%.0f%%)" : "，底线 %.*s（%.0f%%）", TEXT_ARG(figure(w, level->at_least * level->floor)),
                   level->floor * 100);
    }
    step->words = buf_text(&out);
    step->value = level->at_least;
    step->unit = level->unit;
}

static struct text share_words(struct walk *w, const struct told_part *part)
{
    return part->weighted == part->total ? TEXT("1.0") : figure(w, part->weighted / part->total);
}

static struct text bracketed(struct walk *w, struct text words, bool yes)
{
    return yes ? text_printf(w->mem, "(%.*s)", TEXT_ARG(words)) : words;
}

/* 「max(4,650 − 0; 0) × 1.0」 of one row; figures NULL: in names. */
static struct text amount_words(struct walk *w, const struct level *level, enum stage stage, const struct told_part *part)
{
    const struct text source = expression_source(level->amount);
    struct formula_figures figures = { .county = w->told->figures };
    if (part)
        figures.frame = told_own(w->told, part->row, &figures.row);
    const struct text amount = bracketed(w, formula_words(w->mem, &w->edition->items, source, NULL, part ? &figures : NULL, w->lang),
                                         formula_needs_brackets(source));
    if (!level->shared)
        return amount;
    const struct text share = part ? share_words(w, part)
                                   : w->english ? text_printf(w->mem, "share of the %.*s stage", TEXT_ARG(stage_code(stage)))
                                                : text_printf(w->mem, "%.*s分摊比例", TEXT_ARG(stage_zh(stage)));
    return text_printf(w->mem, "%.*s × %.*s", TEXT_ARG(amount), TEXT_ARG(share));
}

/* ( … + … ) × 100 ÷ ( … + … ) = … */
static void add_formula(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t unit, size_t l,
                        const struct told_part *parts, size_t n)
{
    const struct level *const level = told_level(w->told, s->stage, l);
    const struct text pupils = w->edition->items.at[w->edition->pupils[s->stage]].zh;
    const char *per = level->per == 1 ? "" : text_string(w->mem, text_printf(w->mem, " × %.*s", TEXT_ARG(figure(w, level->per))));
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_FORMULA);
    step->label = walk_either(w, "公式", "Formula");
    step->words = text_printf(w->mem, "%.*s%s ÷ %.*s", TEXT_ARG(amount_words(w, level, s->stage, NULL)), per, TEXT_ARG(pupils));
    struct buf above = { .mem = w->mem }, below = { .mem = w->mem };
    for (size_t i = 0; i < n; i++) {
        buf_printf(&above, "%s%.*s", i ? " + " : "",
                   TEXT_ARG(n == 1 || walk_visible(w, parts[i].row) ? amount_words(w, level, s->stage, &parts[i]) : figure(w, parts[i].amount)));
        buf_printf(&below, "%s%.*s", i ? " + " : "", TEXT_ARG(figure(w, parts[i].pupils)));
    }
    const struct text result = figure(w, s->value[l][unit]);
    step->figures = text_printf(w->mem, "%.*s%s ÷ %.*s = %.*s", TEXT_ARG(bracketed(w, buf_text(&above), n > 1)), per,
                                TEXT_ARG(bracketed(w, buf_text(&below), n > 1)), TEXT_ARG(result));
}

/* How a school's shared resource is split between its stages. */
static bool add_split(struct walk *w, unsigned depth, enum stage stage, const struct told_part *part, struct err *err)
{
    const struct edition *const e = w->edition;
    struct buf named = { .mem = w->mem }, filled = { .mem = w->mem };
    bool first = true;
    for (size_t k = 0; k < N_STAGES; k++) {
        const uint16_t item = e->pupils[k];
        const double pupils = item == NO_ITEM ? 0 : told_school(w->told, part->row, item).value;
        if (item == NO_ITEM || pupils == 0)
            continue;
        const struct text weight = figure(w, e->weight[k]);
        buf_printf(&named, "%s%.*s × %.*s", first ? "" : " + ", TEXT_ARG(e->items.at[item].zh), TEXT_ARG(weight));
        buf_printf(&filled, "%s%.*s × %.*s", first ? "" : " + ", TEXT_ARG(figure(w, pupils)), TEXT_ARG(weight));
        first = false;
    }
    const struct text own = e->items.at[e->pupils[stage]].zh, weight = figure(w, e->weight[stage]);
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_FORMULA);
    step->label = walk_either(w, "全校共用，按学段分摊", "Shared by the whole school: split between its stages");
    step->words = text_printf(w->mem, "%.*s × %.*s ÷ (%.*s)", TEXT_ARG(own), TEXT_ARG(weight), TEXT_ARG(buf_text(&named)));
    step->figures = text_printf(w->mem, "%.*s × %.*s ÷ (%.*s) = %.*s", TEXT_ARG(figure(w, part->pupils)), TEXT_ARG(weight),
                                TEXT_ARG(buf_text(&filled)), TEXT_ARG(share_words(w, part)));
    for (size_t k = 0; k < N_STAGES; k++) {
        const uint16_t item = e->pupils[k];
        if (item != NO_ITEM && told_school(w->told, part->row, item).value != 0 && !walk_figure(w, depth + 1, part->row, item, err))
            return false;
    }
    return true;
}

static bool add_part(struct walk *w, unsigned depth, enum stage stage, size_t l, const struct told_part *part, bool alone, struct err *err)
{
    const struct level *const level = told_level(w->told, stage, l);
    unsigned below = depth;
    if (!alone) {
        const bool seen = walk_visible(w, part->row);
        struct lineage_step *const step = walk_step(w, depth, LINEAGE_PART);
        const bool host = told_host(w->told, part->row) == part->row;
        const struct text name = seen ? composing_name(&w->composing, part->row) : walk_either(w, "另一个校区", "another campus");
        step->label = !seen ? name : host ? text_printf(w->mem, w->english ? "%.*s (host)" : "%.*s（主校）", TEXT_ARG(name))
                                          : text_printf(w->mem, w->english ? "%.*s (campus)" : "%.*s（校区，并入主校）", TEXT_ARG(name));
        step->value = part->amount;
        step->words = seen ? text_printf(w->mem, "%.*s = %.*s", TEXT_ARG(amount_words(w, level, stage, part)), TEXT_ARG(figure(w, part->amount)))
                           : figure(w, part->amount);
        if (!seen)
            return true;
        below++;
    }
    if (!walk_items(w, below, level->amount, part->row, err) || !walk_figure(w, below, part->row, w->edition->pupils[stage], err))
        return false;
    return !level->shared || part->weighted == part->total || add_split(w, below, stage, part, err);
}

bool walk_level_of(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t unit, size_t l, struct err *err)
{
    size_t n;
    const struct told_part *const parts = told_parts(w->told, s->stage, l, s->row[unit], w->mem, &n);
    walk_level_brief(w, depth, s, unit, l);
    add_basis(w, depth + 1, s, l);
    add_formula(w, depth + 1, s, unit, l, parts, n);
    for (size_t i = 0; i < n; i++)
        if (!add_part(w, depth + 1, s->stage, l, &parts[i], n == 1 && parts[i].row == s->row[unit], err))
            return false;
    return true;
}

/* ---- what is missing -------------------------------------------------------------------------- */

/* 「4.5 × 930 ÷ 1 ÷ 0.4762 − 3,900 − 其他校区」: the whole that reaches the threshold, less what there is. */
static struct text need_words(struct walk *w, const struct level *level, enum stage stage, const struct told_part *parts, size_t n,
                              double pupils, bool names)
{
    struct buf out = { .mem = w->mem };
    double rest = 0;
    for (size_t i = 1; i < n; i++)
        rest += parts[i].amount;
    const struct text all = names ? w->edition->items.at[w->edition->pupils[stage]].zh : figure(w, pupils);
    const bool split = n && level->shared && parts[0].weighted != parts[0].total, with_rest = n > 1;
    if (with_rest)
        buf_byte(&out, '(');
    buf_printf(&out, "%.*s × %.*s", TEXT_ARG(names ? walk_either(w, "标准", "standard") : figure(w, level->at_least)), TEXT_ARG(all));
    if (level->per != 1)
        buf_printf(&out, " ÷ %.*s", TEXT_ARG(figure(w, level->per)));
    if (with_rest)
        buf_printf(&out, " − %.*s)", TEXT_ARG(names ? walk_either(w, "其他校区已有", "what other campuses have") : figure(w, rest)));
    if (split)
        buf_printf(&out, " ÷ %.*s", TEXT_ARG(names ? walk_either(w, "分摊比例", "share") : share_words(w, &parts[0])));
    buf_printf(&out, " − %.*s", TEXT_ARG(names ? walk_either(w, "已有", "what there is") : figure(w, n ? parts[0].whole : BLANK)));
    return buf_text(&out);
}

static bool walk_need(struct walk *w, const struct stage_assessment *s, size_t unit, size_t l, struct err *err)
{
    const struct level *const level = asked(w, s, l);
    const double missing = s->missing[l] ? s->missing[l][unit] : BLANK, to_floor = s->missing_to_floor[l] ? s->missing_to_floor[l][unit] : BLANK;
    size_t n;
    const struct told_part *const parts = told_parts(w->told, s->stage, l, s->row[unit], w->mem, &n);
    struct lineage_step *step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s · missing: %.*s" : "%.*s · 还缺：%.*s", TEXT_ARG(walk_unit_name(w, s, unit)),
                              TEXT_ARG(say_level(level, w->english)));
    step->key = walk_key(w, unit_key(w, LINEAGE_OF_NEED, s, unit, level->id));
    step->value = missing;
    step->unit = level->quantity;
    step->words = say_quantity(w->mem, level->quantity, missing, w->english);
    if (!is_blank(missing)) {
        step = walk_step(w, 1, LINEAGE_FORMULA);
        step->label = walk_either(w, "到标准还差（不足一个最小数的进上去，不小于 0）", "To the standard (rounded up to the smallest step, not below 0)");
        step->words = need_words(w, told_level(w->told, s->stage, l), s->stage, parts, n, s->unit_pupils[unit], true);
        step->figures = text_printf(w->mem, "%.*s → %.*s",
                                    TEXT_ARG(need_words(w, told_level(w->told, s->stage, l), s->stage, parts, n, s->unit_pupils[unit], false)),
                                    TEXT_ARG(figure(w, missing)));
        step = walk_step(w, 1, LINEAGE_NOTE);
        step->words = text_printf(w->mem, w->english ? "To the floor (%.0f%%): %.*s" : "到底线（%.0f%%）还差：%.*s", level->floor * 100,
                                  TEXT_ARG(say_quantity(w->mem, level->quantity, to_floor, w->english)));
    }
    return walk_level_of(w, 1, s, unit, l, err);
}

/* ---- its part in the coefficient --------------------------------------------------------------- */

static bool walk_share(struct walk *w, const struct stage_assessment *s, size_t unit, size_t l, struct err *err)
{
    const struct level *const level = asked(w, s, l);
    const struct cv_result *const cv = &s->cv[l];
    const double share = s->share[l] ? s->share[l][unit] : BLANK;
    struct lineage_step *step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s · part in the coefficient of %.*s" : "%.*s · 在%.*s差异系数中占",
                              TEXT_ARG(walk_unit_name(w, s, unit)), TEXT_ARG(say_level(level, w->english)));
    step->key = walk_key(w, unit_key(w, LINEAGE_OF_SHARE, s, unit, level->id));
    step->value = share;
    step->unit = TEXT("ratio");
    step->words = say_share(w->mem, share, w->english);
    step = walk_step(w, 1, LINEAGE_FORMULA);
    step->label = walk_either(w, "公式", "Formula");
    step->words = walk_either(w, "学生数 × (本校的值 − 平均值)² ÷ 各校之和", "pupils × (value − mean)² ÷ the sum over all schools");
    const double off = s->value[l][unit] - cv->mean, part = s->unit_pupils[unit] * off * off;
    if (!is_blank(share))
        step->figures = text_printf(w->mem, "%.*s × (%.*s − %.*s)² ÷ %.*s = %.*s", TEXT_ARG(figure(w, s->unit_pupils[unit])),
                                    TEXT_ARG(figure(w, s->value[l][unit])), TEXT_ARG(figure(w, cv->mean)), TEXT_ARG(figure(w, part / share)),
                                    TEXT_ARG(figure(w, share)));
    walk_cv_brief(w, 1, s, l);
    walk_mean_brief(w, 1, s, l);
    return walk_level_of(w, 1, s, unit, l, err);
}

/* ---- a unit's verdict --------------------------------------------------------------------------- */

void walk_unit_brief(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t unit)
{
    const enum state verdict = (enum state)s->unit_verdict[unit];
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = walk_unit_name(w, s, unit);
    step->key = walk_key(w, unit_key(w, LINEAGE_OF_UNIT, s, unit, TEXT("")));
    step->value = s->unit_met[unit];
    step->state = verdict_code(verdict);
    step->words = say_verdict(w->mem, verdict, s->unit_met[unit], s->n_levels, w->english);
}

/* ---- its pupils ----------------------------------------------------------------------------------- */

static void add_pupils(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t unit)
{
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(walk_unit_name(w, s, unit)),
                              TEXT_ARG(w->edition->items.at[w->edition->pupils[s->stage]].zh));
    step->key = walk_key(w, unit_key(w, LINEAGE_OF_PUPILS, s, unit, TEXT("")));
    step->value = s->unit_pupils[unit];
    step->unit = TEXT("persons");
    step->words = is_blank(step->value) ? say_blank(w->english)
                                        : text_printf(w->mem, w->english ? "%.*s pupils" : "%.*s 人", TEXT_ARG(figure(w, step->value)));
}

static bool walk_pupils(struct walk *w, const struct stage_assessment *s, size_t unit, struct err *err)
{
    size_t n;
    const struct told_part *const parts = told_parts(w->told, s->stage, 0, s->row[unit], w->mem, &n);
    add_pupils(w, 0, s, unit);
    for (size_t i = 0; i < n; i++) {
        if (walk_visible(w, parts[i].row)) {
            if (!walk_figure(w, 1, parts[i].row, w->edition->pupils[s->stage], err))
                return false;
            continue;
        }
        struct lineage_step *const step = walk_step(w, 1, LINEAGE_PART);
        step->label = walk_either(w, "另一个校区", "another campus");
        step->value = parts[i].pupils;
        step->words = figure(w, parts[i].pupils);
    }
    return true;
}

static bool walk_unit_verdict(struct walk *w, const struct stage_assessment *s, size_t unit, struct err *err)
{
    (void)err;
    const struct stage_rule *const rule = &w->edition->stages[s->stage];
    walk_unit_brief(w, 0, s, unit);
    struct lineage_step *const step = walk_step(w, 1, LINEAGE_BASIS);
    step->label = walk_either(w, "依据", "Basis");
    step->words = w->english ? text_printf(w->mem, "%.*s: at least %zu of %zu met, the others not below their floor; a blank never passes",
                                           TEXT_ARG(w->edition->en), rule->least_met, s->n_levels)
                             : text_printf(w->mem, "%.*s：%zu 项中至少 %zu 项达标，其余不低于底线；缺数据不算达标",
                                           TEXT_ARG(w->edition->zh), s->n_levels, rule->least_met);
    add_pupils(w, 1, s, unit);
    for (size_t l = 0; l < s->n_levels; l++)
        walk_level_brief(w, 1, s, unit, l);
    return true;
}

bool walk_unit_number(struct walk *w, const struct lineage_key *key, struct err *err)
{
    const struct stage_assessment *s;
    size_t unit, level = 0;
    if (!walk_unit(w, key->stage, key->school, &s, &unit, err) ||
        (key->of != LINEAGE_OF_UNIT && key->of != LINEAGE_OF_PUPILS && !walk_level(w, key->stage, key->id, &s, &level, err)))
        return false;
    switch (key->of) {
    case LINEAGE_OF_NEED: return walk_need(w, s, unit, level, err);
    case LINEAGE_OF_SHARE: return walk_share(w, s, unit, level, err);
    case LINEAGE_OF_PUPILS: return walk_pupils(w, s, unit, err);
    case LINEAGE_OF_UNIT: return walk_unit_verdict(w, s, unit, err);
    default: return walk_level_of(w, 0, s, unit, level, err);
    }
}
