/* Numbers of a stage: coefficients, means, how many units stand where. */
#include "app/lineage_walk.h"

#include "app/formula_words.h"
#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

#include <stdlib.h>

static struct text figure(struct walk *w, double value)
{
    return formula_figure(w->mem, value, w->lang);
}

static const struct level *asked(const struct walk *w, const struct stage_assessment *s, size_t level)
{
    return &w->edition->stages[s->stage].levels[level];
}

/* 「小学 · 生均教学及辅助用房面积」 */
static struct text level_name(struct walk *w, const struct stage_assessment *s, size_t l)
{
    return text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(say_stage(s->stage, w->english)), TEXT_ARG(say_level_whole(asked(w, s, l), w->english)));
}

static struct text key_of(struct walk *w, enum lineage_of of, const struct stage_assessment *s, size_t l)
{
    return walk_key(w, (struct lineage_key){ .of = of, .stage = s->stage, .id = asked(w, s, l)->id });
}

static void add_formula(struct walk *w, const char *zh, const char *en, struct text figures)
{
    struct lineage_step *const step = walk_step(w, 1, LINEAGE_FORMULA);
    step->label = walk_either(w, "公式", "Formula");
    step->words = walk_either(w, zh, en);
    step->figures = figures;
}

/* ---- units in a list: those one may see by name, the others as a sum ------------------------------ */

struct listed { size_t unit; double by; };

static int larger_first(const void *a, const void *b)
{
    const struct listed *const x = a, *const y = b;
    return x->by > y->by ? -1 : x->by < y->by ? 1 : x->unit < y->unit ? -1 : x->unit > y->unit;
}

static struct lineage_step *add_rest(struct walk *w, unsigned depth, size_t n)
{
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_REST);
    step->label = text_printf(w->mem, w->english ? "%zu other schools" : "其他 %zu 所学校", n);
    return step;
}

/* ---- a coefficient --------------------------------------------------------------------------------- */

void walk_cv_brief(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t l)
{
    const struct cv_result *const cv = &s->cv[l];
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s · coefficient of variation" : "%.*s · 校际差异系数", TEXT_ARG(level_name(w, s, l)));
    step->key = key_of(w, LINEAGE_OF_CV, s, l);
    step->value = cv->cv;
    step->unit = TEXT("ratio");
    step->state = verdict_code(cv->met);
    step->words = say_cv_words(&w->composing, s, l);
}

void walk_mean_brief(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t l)
{
    const struct level *const level = asked(w, s, l);
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s · mean of the county" : "%.*s · 全县平均", TEXT_ARG(level_name(w, s, l)));
    step->key = key_of(w, LINEAGE_OF_MEAN, s, l);
    step->value = s->cv[l].mean;
    step->unit = level->unit;
    step->words = is_blank(step->value) ? say_blank(w->english)
                                        : text_printf(w->mem, "%.*s %.*s", TEXT_ARG(words_fixed(w->mem, step->value, 2)),
                                                      TEXT_ARG(say_unit(level->unit, w->english)));
}

static void add_limit(struct walk *w, const struct stage_assessment *s, size_t l)
{
    const struct level *const level = asked(w, s, l);
    struct lineage_step *const step = walk_step(w, 1, LINEAGE_BASIS);
    struct buf out = { .mem = w->mem };
    step->label = walk_either(w, "依据", "Basis");
    buf_printf(&out, w->english ? "%.*s, %.*s" : "%.*s %.*s", TEXT_ARG(w->english ? w->edition->en : w->edition->zh), TEXT_ARG(level->clause));
    if (!is_blank(level->cv_limit))
        buf_printf(&out, w->english ? "; at most %.*s" : "；不超过 %.*s", TEXT_ARG(words_fixed(w->mem, level->cv_limit, 3)));
    step->words = buf_text(&out);
    step->value = level->cv_limit;
    step->unit = TEXT("ratio");
}

static void add_share(struct walk *w, unsigned depth, const struct stage_assessment *s, size_t unit, size_t l)
{
    const struct level *const level = asked(w, s, l);
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    const double share = s->share[l] ? s->share[l][unit] : BLANK;
    step->label = walk_unit_name(w, s, unit);
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_SHARE, .stage = s->stage, .id = level->id,
                                                  .school = composing_code(&w->composing, s->row[unit]) });
    step->value = share;
    step->unit = TEXT("ratio");
    step->state = state_code((enum state)s->state[l][unit]);
    step->words = text_printf(w->mem, w->english ? "%.*s; %.*s %.*s, %.*s pupils" : "占 %.*s；%.*s %.*s，%.*s 人",
                              TEXT_ARG(say_share(w->mem, share, w->english)),
                              TEXT_ARG(say_value(w->mem, s->value[l][unit], level, (enum state)s->state[l][unit], w->english)),
                              TEXT_ARG(say_unit(level->unit, w->english)), TEXT_ARG(figure(w, s->unit_pupils[unit])));
}

/* Whose doing is it?  The largest first. */
static void add_shares(struct walk *w, const struct stage_assessment *s, size_t l)
{
    struct listed *const list = arena_array(w->mem, s->n, struct listed);
    double hidden = 0;
    size_t n_hidden = 0;
    for (size_t u = 0; u < s->n; u++)
        list[u] = (struct listed){ u, s->share[l] ? s->share[l][u] : BLANK };
    qsort(list, s->n, sizeof *list, larger_first);
    walk_heading(w, 1, walk_either(w, "各校所占", "Each school's part"));
    for (size_t i = 0; i < s->n; i++) {
        if (walk_visible(w, s->row[list[i].unit])) {
            add_share(w, 2, s, list[i].unit, l);
            continue;
        }
        hidden += list[i].by;
        n_hidden++;
    }
    if (!n_hidden)
        return;
    struct lineage_step *const rest = add_rest(w, 2, n_hidden);
    rest->value = hidden;
    rest->words = say_share(w->mem, hidden, w->english);
}

/* Who has not reported, where the coefficient is not known for that. */
static void add_missing(struct walk *w, const struct stage_assessment *s, size_t l)
{
    size_t hidden = 0;
    walk_heading(w, 1, walk_either(w, "缺数据的学校", "Schools without data"));
    for (size_t u = 0; u < s->n; u++) {
        if (s->state[l][u] != STATE_NO_DATA)
            continue;
        if (walk_visible(w, s->row[u]))
            walk_level_brief(w, 2, s, u, l);
        else
            hidden++;
    }
    if (hidden)
        add_rest(w, 2, hidden);
}

static void walk_cv(struct walk *w, const struct stage_assessment *s, size_t l)
{
    const struct cv_result *const cv = &s->cv[l];
    walk_cv_brief(w, 0, s, l);
    add_limit(w, s, l);
    add_formula(w, "标准差 ÷ 平均值；标准差按学生数加权", "standard deviation ÷ mean; weighted by pupils",
                is_blank(cv->cv) ? TEXT("")
                                 : text_printf(w->mem, "%.*s ÷ %.*s = %.*s", TEXT_ARG(figure(w, cv->sd)), TEXT_ARG(figure(w, cv->mean)),
                                               TEXT_ARG(figure(w, cv->cv))));
    walk_mean_brief(w, 1, s, l);
    if (cv->units_missing)
        add_missing(w, s, l);
    add_shares(w, s, l);
}

/* ---- the mean ------------------------------------------------------------------------------------------- */

static void walk_mean(struct walk *w, const struct stage_assessment *s, size_t l)
{
    const struct level *const level = asked(w, s, l);
    double amount = 0, others = 0;
    size_t hidden = 0;
    walk_mean_brief(w, 0, s, l);
    for (size_t u = 0; u < s->n; u++)
        amount += s->value[l][u] * s->unit_pupils[u] / level->per;
    const struct text per = level->per == 1 ? TEXT("") : text_printf(w->mem, " × %.*s", TEXT_ARG(figure(w, level->per)));
    add_formula(w, level->per == 1 ? "各校资源之和 ÷ 学生数之和" : "各校资源之和 × 100 ÷ 学生数之和",
                level->per == 1 ? "all resources ÷ all pupils" : "all resources × 100 ÷ all pupils",
                is_blank(amount) ? TEXT("")
                                 : text_printf(w->mem, "%.*s%.*s ÷ %.*s = %.*s", TEXT_ARG(figure(w, amount)), TEXT_ARG(per),
                                               TEXT_ARG(figure(w, s->pupils)), TEXT_ARG(figure(w, s->cv[l].mean))));
    walk_heading(w, 1, walk_either(w, "各校", "Schools"));
    for (size_t u = 0; u < s->n; u++) {
        if (walk_visible(w, s->row[u])) {
            walk_level_brief(w, 2, s, u, l);
            continue;
        }
        others += s->unit_pupils[u];
        hidden++;
    }
    if (hidden)
        add_rest(w, 2, hidden)->words = text_printf(w->mem, w->english ? "%.*s pupils" : "共 %.*s 名学生", TEXT_ARG(figure(w, others)));
}

/* ---- the combined coefficient ---------------------------------------------------------------------------- */

static void walk_combined(struct walk *w, const struct stage_assessment *s)
{
    const struct stage_rule *const rule = &w->edition->stages[s->stage];
    struct buf sum = { .mem = w->mem };
    struct lineage_step *const step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s · combined coefficient" : "%.*s · 综合差异系数", TEXT_ARG(say_stage(s->stage, w->english)));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_COMBINED, .stage = s->stage });
    step->value = s->combined_cv;
    step->unit = TEXT("ratio");
    step->state = verdict_code(s->combined_met);
    step->words = is_blank(s->combined_cv) ? say_blank(w->english) : words_cv(w->mem, s->combined_cv, rule->combined_cv_limit, s->combined_met);
    struct lineage_step *const basis = walk_step(w, 1, LINEAGE_BASIS);
    basis->label = walk_either(w, "依据", "Basis");
    basis->value = rule->combined_cv_limit;
    basis->words = text_printf(w->mem, w->english ? "%.*s; at most %.*s%s" : "%.*s；不超过 %.*s%s", TEXT_ARG(w->english ? w->edition->en : w->edition->zh),
                               TEXT_ARG(words_fixed(w->mem, rule->combined_cv_limit, 3)),
                               rule->combined_decides ? "" : w->english ? " (a goal, it does not decide)" : "（规划目标，不决定是否达标）");
    for (size_t l = 0; l < s->n_levels; l++)
        buf_printf(&sum, "%s%.*s", l ? " + " : "", TEXT_ARG(figure(w, s->cv[l].cv)));
    add_formula(w, "各项差异系数的平均", "the mean of the single coefficients",
                text_printf(w->mem, "(%.*s) ÷ %zu = %.*s", TEXT_ARG(buf_text(&sum)), s->n_levels, TEXT_ARG(figure(w, s->combined_cv))));
    for (size_t l = 0; l < s->n_levels; l++)
        walk_cv_brief(w, 1, s, l);
}

/* ---- counts ------------------------------------------------------------------------------------------------ */

static size_t units_in(const struct stage_assessment *s, size_t l, enum state state)
{
    size_t n = 0;
    for (size_t u = 0; u < s->n; u++)
        n += s->state[l][u] == state;
    return n;
}

static void walk_count(struct walk *w, const struct stage_assessment *s, size_t l, enum state state)
{
    const size_t n = units_in(s, l, state);
    size_t hidden = 0;
    struct lineage_step *const step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(level_name(w, s, l)), TEXT_ARG(say_state(state, w->english)));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_COUNT, .stage = s->stage, .id = asked(w, s, l)->id, .state = state });
    step->value = (double)n;
    step->unit = TEXT("schools");
    step->words = text_printf(w->mem, w->english ? "%zu of %zu schools" : "%zu 所，共 %zu 所", n, s->n);
    for (size_t u = 0; u < s->n; u++) {
        if (s->state[l][u] != state)
            continue;
        if (walk_visible(w, s->row[u]))
            walk_level_brief(w, 1, s, u, l);
        else
            hidden++;
    }
    if (hidden)
        add_rest(w, 1, hidden);
}

void walk_stage_brief(struct walk *w, unsigned depth, const struct stage_assessment *s)
{
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s · schools that pass" : "%.*s · 达标学校", TEXT_ARG(say_stage(s->stage, w->english)));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_PASSING, .stage = s->stage });
    step->value = (double)s->passing;
    step->unit = TEXT("schools");
    step->state = verdict_code(s->verdict);
    step->words = text_printf(w->mem, w->english ? "%zu of %zu schools" : "%zu 所，共 %zu 所", s->passing, s->n);
}

/* Those that pass, then those that do not: whoever asks for the one wants to see the other. */
static void walk_passing(struct walk *w, const struct stage_assessment *s)
{
    static const enum state ORDER[] = { STATE_BELOW, STATE_NO_DATA, STATE_MET };
    size_t hidden = 0;
    walk_stage_brief(w, 0, s);
    for (size_t i = 0; i < COUNT(ORDER); i++) {
        bool any = false;
        for (size_t u = 0; u < s->n; u++) {
            if (s->unit_verdict[u] != ORDER[i])
                continue;
            if (!walk_visible(w, s->row[u])) {
                hidden++;
                continue;
            }
            if (!any)
                walk_heading(w, 1, ORDER[i] == STATE_NO_DATA || ORDER[i] == STATE_MET ? say_state(ORDER[i], w->english)
                                                                                      : walk_either(w, "不达标", "unmet"));
            any = true;
            walk_unit_brief(w, 2, s, u);
        }
    }
    if (hidden)
        add_rest(w, 1, hidden);
}

bool walk_stage_number(struct walk *w, const struct lineage_key *key, struct err *err)
{
    const bool of_level = key->of == LINEAGE_OF_CV || key->of == LINEAGE_OF_MEAN || key->of == LINEAGE_OF_COUNT;
    const struct stage_assessment *s = composing_stage(w->county, key->stage);
    size_t l = 0;
    if (of_level && !walk_level(w, key->stage, key->id, &s, &l, err))
        return false;
    if (!s)
        return err_set(err, ERR_ABSENT, "%d学年没有%.*s的评估单元。", key->year, TEXT_ARG(stage_zh(key->stage)));
    switch (key->of) {
    case LINEAGE_OF_MEAN: walk_mean(w, s, l); break;
    case LINEAGE_OF_COMBINED: walk_combined(w, s); break;
    case LINEAGE_OF_COUNT: walk_count(w, s, l, key->state); break;
    case LINEAGE_OF_PASSING: walk_passing(w, s); break;
    default: walk_cv(w, s, l); break;
    }
    return true;
}
