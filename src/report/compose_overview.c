#include "report/compose_overview.h"

#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

#include <math.h>

/* ── the second sentence ── */

struct moves { size_t now, before, fallen; bool any_before; };

static void count_moves(const struct composing *c, const struct stage_assessment *stage, const struct stage_assessment *last,
                        struct moves *moves)
{
    moves->now += stage->passing;
    if (!last)
        return;
    moves->any_before = true;
    moves->before += last->passing;
    const size_t *same = composing_same_units(c, stage, last);
    for (size_t u = 0; u < stage->n; u++)
        moves->fallen += same[u] != SIZE_MAX && last->unit_verdict[same[u]] == STATE_MET && stage->unit_verdict[u] == STATE_BELOW;
}

static void say_moves(struct buf *out, const struct moves *m, bool english)
{
    if (!m->any_before)
        return;
    const size_t change = m->now > m->before ? m->now - m->before : m->before - m->now;
    if (english)
        buf_printf(out, " Compared with last year, %zu %s pass; fallen back: %zu.", change, m->now >= m->before ? "more" : "fewer", m->fallen);
    else if (change)
        buf_printf(out, "比去年：达标的%s %zu 所，退回不达标的 %zu 所。", m->now > m->before ? "多" : "少", change, m->fallen);
    else
        buf_printf(out, "比去年：达标的一样多，退回不达标的 %zu 所。", m->fallen);
}

static struct text second_sentence(const struct composing *c, const struct county_assessment *county)
{
    const struct county_assessment *last = composing_before(c, 1);
    struct buf out = { .mem = c->mem };
    size_t all = 0, over = 0, undecided = 0;
    struct moves moves = { 0 };
    for (size_t s = 0; s < county->n_stages; s++) {
        const struct stage_assessment *stage = &county->stages[s];
        if (c->english)
            buf_printf(&out, "%s%zu of %zu %.*s schools", s ? " and " : "", stage->passing, stage->n, TEXT_ARG(stage_code(stage->stage)));
        else
            buf_printf(&out, "%s%.*s %zu 所中 %zu 所", s ? "、" : "", TEXT_ARG(stage_zh(stage->stage)), stage->n, stage->passing);
        for (size_t l = 0; l < stage->n_levels; l++) {
            if (is_blank(c->assessment->edition->stages[stage->stage].levels[l].cv_limit))
                continue;
            all++;
            over += stage->cv[l].met == STATE_BELOW;
            undecided += stage->cv[l].met == STATE_NO_DATA;
        }
        count_moves(c, stage, composing_stage(last, stage->stage), &moves);
    }
    if (!out.size)
        return TEXT("");
    if (county->lacking) { /* what is said is true of them alone, and no fewer than last year pass because fewer are there */
        const struct text said = text_copy(c->mem, buf_text(&out));
        out.size = 0;
        buf_printf(&out, c->english ? "Of those approved, %.*s" : "已审定的学校里，%.*s", TEXT_ARG(said));
    }
    buf_add(&out, c->english ? TEXT(" pass") : TEXT("达标"));
    if (all && c->english)
        buf_printf(&out, "; %zu of %zu coefficients are above their limits", over, all);
    else if (all)
        buf_printf(&out, over ? "；%zu 个差异系数中 %zu 个超限" : "；%zu 个差异系数都没有超限", all, over);
    if (undecided)
        buf_printf(&out, c->english ? ", %zu undecided" : "，%zu 个还不能定", undecided);
    buf_add(&out, c->english ? TEXT(".") : TEXT("。"));
    if (!county->lacking)
        say_moves(&out, &moves, c->english);
    return buf_text(&out);
}

/* ── marks ── */

static void add_mark(struct dimension *d, struct mark mark)
{
    d->marks[d->n++] = mark;
    d->met += mark.state == STATE_MET || mark.state == STATE_NOT_APPLICABLE;
    d->of++;
}

static struct dimension mark_resources(const struct composing *c, const struct county_assessment *county)
{
    struct dimension d = { .marks = arena_array(c->mem, N_EVALUATED * MAX_LEVELS, struct mark) };
    for (size_t s = 0; s < county->n_stages; s++) {
        const struct stage_assessment *stage = &county->stages[s];
        for (size_t l = 0; l < stage->n_levels; l++) {
            const struct level *level = &c->assessment->edition->stages[stage->stage].levels[l];
            const struct cv_result *cv = &stage->cv[l];
            add_mark(&d, (struct mark){ .id = level->id, .stage = (int)stage->stage, .name = say_level(level, c->english),
                                        .words = say_cv_words(c, stage, l), .value = say_cv(c->mem, cv, level->cv_limit, c->english),
                                        .limit = is_blank(level->cv_limit) ? TEXT("") : words_fixed(c->mem, level->cv_limit, 3),
                                        .state = cv->met, .close = cv->close });
        }
    }
    return d;
}

static enum state join(enum state a, enum state b)
{
    if (a == STATE_BELOW || b == STATE_BELOW)
        return STATE_BELOW;
    if (a == STATE_NO_DATA || b == STATE_NO_DATA)
        return STATE_NO_DATA;
    return a == STATE_NOT_APPLICABLE ? b : a;
}

struct mark compose_rule_mark(const struct composing *c, struct text plain, enum rule_kind kind)
{
    const struct county_assessment *county = composing_county(c);
    struct mark mark = { .id = plain, .stage = -1, .state = STATE_NOT_APPLICABLE };
    struct buf words = { .mem = c->mem };
    size_t parts = 0;
    for (size_t i = 0; i < county->n_rules; i++)
        parts += county->rules[i].rule->kind == kind && text_equal(county->rules[i].rule->plain, plain);
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule_result *r = &county->rules[i];
        if (r->rule->kind != kind || !text_equal(r->rule->plain, plain))
            continue;
        if (!mark.name.size)
            mark.name = c->english && r->rule->brief_en.size ? r->rule->brief_en : r->rule->brief;
        if (r->rule->value && (!mark.value.size || (r->state == STATE_BELOW && mark.state != STATE_BELOW))) {
            mark.value = say_rule_value(c, r); /* the part that fails is the one to show */
            mark.limit = say_rule_limit(c, r->rule);
        }
        buf_add(&words, !words.size ? TEXT("") : c->english ? TEXT("; ") : TEXT("；"));
        if (parts > 1)
            buf_printf(&words, c->english ? "%.*s: " : "%.*s：", TEXT_ARG(say_rule_name(c->assessment->edition, r->rule, c->english)));
        buf_add(&words, say_rule_short(c, r));
        mark.state = join(mark.state, r->state);
        mark.close |= r->close;
    }
    mark.words = buf_text(&words);
    return mark;
}

static struct dimension mark_rules(const struct composing *c, enum rule_kind kind)
{
    const struct county_assessment *county = composing_county(c);
    struct dimension d = { .marks = arena_array(c->mem, county->n_rules, struct mark) };
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule *rule = county->rules[i].rule;
        bool seen = rule->kind != kind;
        for (size_t k = 0; k < d.n && !seen; k++)
            seen = text_equal(d.marks[k].id, rule->plain);
        if (!seen)
            add_mark(&d, compose_rule_mark(c, rule->plain, kind));
    }
    return d;
}

/* ── stages ── */

static struct overview_row make_row(const struct composing *c, const struct stage_assessment *stage, const struct stage_assessment *last,
                                    size_t l)
{
    const struct level *level = &c->assessment->edition->stages[stage->stage].levels[l];
    const struct cv_result *cv = &stage->cv[l], *before = last && l < last->n_levels ? &last->cv[l] : NULL;
    return (struct overview_row){
        .id = level->id, .name = say_level(level, c->english), .whole_name = say_level_whole(level, c->english),
        .met = cv->units_met, .near = cv->units_near, .below = cv->units_below, .missing = cv->units_missing,
        .cv = cv->cv, .low = cv->low, .high = cv->high, .limit = level->cv_limit, .last_cv = before ? before->cv : BLANK,
        .cv_words = say_cv(c->mem, cv, level->cv_limit, c->english),
        .limit_words = is_blank(level->cv_limit) ? TEXT("") : words_fixed(c->mem, level->cv_limit, 3),
        .last_words = before ? say_cv(c->mem, before, level->cv_limit, c->english) : TEXT(""),
        .bounds = say_cv_bounds(c, stage, l), .words = say_cv_words(c, stage, l),
        .state = cv->met, .close = cv->close,
    };
}

static struct overview_stage make_stage(const struct composing *c, const struct stage_assessment *stage, double *scale)
{
    const struct stage_rule *rule = &c->assessment->edition->stages[stage->stage];
    const struct stage_assessment *last = composing_stage(composing_before(c, 1), stage->stage);
    struct overview_stage made = {
        .stage = stage->stage, .name = say_stage(stage->stage, c->english), .units = stage->n, .passing = stage->passing,
        .combined_cv = stage->combined_cv, .combined_limit = rule->combined_cv_limit, .combined_state = stage->combined_met,
        .combined_words = is_blank(stage->combined_cv) ? say_blank(c->english)
                          : words_cv(c->mem, stage->combined_cv, rule->combined_cv_limit, stage->combined_met),
        .combined_limit_words = words_fixed(c->mem, rule->combined_cv_limit, 3),
        .rows = arena_array(c->mem, stage->n_levels, struct overview_row), .n = stage->n_levels,
    };
    for (size_t u = 0; u < stage->n; u++) {
        made.failing += stage->unit_verdict[u] == STATE_BELOW;
        made.unknown += stage->unit_verdict[u] == STATE_NO_DATA;
    }
    for (size_t l = 0; l < stage->n_levels; l++) {
        made.rows[l] = make_row(c, stage, last, l);
        made.within += stage->cv[l].met == STATE_MET;
        /* fmax passes a blank over. */
        *scale = fmax(*scale, fmax(fmax(made.rows[l].cv, made.rows[l].limit), made.rows[l].last_cv));
    }
    return made;
}

struct overview_stage *compose_stages(const struct composing *c, size_t *n_out)
{
    const struct county_assessment *county = composing_county(c);
    struct overview_stage *stages = arena_array(c->mem, county->n_stages, struct overview_stage);
    double scale = 0;
    for (size_t s = 0; s < county->n_stages; s++)
        stages[s] = make_stage(c, &county->stages[s], &scale);
    for (size_t s = 0; s < county->n_stages; s++)
        stages[s].scale = scale;
    *n_out = county->n_stages;
    return stages;
}

/* ── the way to the goal ── */

static struct trend_line make_trend(const struct composing *c, enum stage stage, const struct county_assessment *const *years, size_t n,
                                    const struct plan *plan)
{
    struct trend_line line = { .stage = stage, .name = say_stage(stage, c->english) };
    size_t first = 0;
    while (first < n && !composing_stage(years[first], stage))
        first++;
    if (first == n)
        return line;
    const int from = years[first]->county->year, latest = years[n - 1]->county->year;
    const int to = plan->goal_year > latest ? plan->goal_year : latest;
    line.n = (size_t)(to - from) + 1;
    line.points = arena_array(c->mem, line.n, struct trend_point);
    for (size_t i = 0; i < line.n; i++)
        line.points[i] = (struct trend_point){ .year = from + (int)i, .share = BLANK, .target = BLANK };
    for (size_t y = first; y < n; y++) {
        const struct stage_assessment *s = composing_stage(years[y], stage);
        if (s && s->n)
            line.points[years[y]->county->year - from].share = (double)s->passing / (double)s->n;
    }
    const double start = line.points[0].share, way = (double)(plan->goal_year - from);
    for (size_t i = 0; i < line.n; i++) {
        struct trend_point *p = &line.points[i];
        p->target = way > 0 ? fmin(1, start + (1 - start) * (double)i / way) : 1;
        p->year_words = say_year(c->mem, p->year, c->english);
        p->share_words = is_blank(p->share) ? TEXT("") : say_share(c->mem, p->share, c->english);
        p->target_words = say_share(c->mem, p->target, c->english);
        if (p->year == latest)
            line.behind = p->share < p->target - 1e-12;
    }
    return line;
}

/* ── the plan ── */

struct overview_plan compose_plan(const struct composing *c, const struct plan *plan, struct day today)
{
    const struct day start = plan->phases[0].first, end = plan->phases[plan->n - 1].last;
    const struct day inspection = plan->phases[plan->inspection].first;
    const double length = (double)days_between(start, end) + 1;
    const int to_inspection = days_between(today, inspection), to_end = days_between(today, end) + 1;
    struct overview_plan made = { .phases = arena_array(c->mem, plan->n, struct overview_phase), .n = plan->n,
                                  .today = fmin(1, fmax(0, (double)days_between(start, today) / length)),
                                  .today_words = day_words(c->mem, today), .days_to_inspection = to_inspection > 0 ? to_inspection : 0,
                                  .days_to_end = to_end > 0 ? to_end : 0 };
    for (size_t i = 0; i < plan->n; i++) {
        const struct plan_phase *of = &plan->phases[i];
        made.phases[i] = (struct overview_phase){
            .name = c->english ? of->en : of->zh, .first = day_words(c->mem, of->first), .last = day_words(c->mem, of->last),
            .from = (double)days_between(start, of->first) / length, .to = ((double)days_between(start, of->last) + 1) / length,
            .past = days_between(of->last, today) > 0, .now = days_between(of->first, today) >= 0 && days_between(today, of->last) >= 0,
        };
    }
    for (int year = today.year; year <= inspection.year; year++) {
        const struct day moment = { year, 9, 1 };
        made.returns_left += days_between(today, moment) > 0 && days_between(moment, inspection) > 0;
    }
    const struct text days = words_count(c->mem, made.days_to_inspection ? made.days_to_inspection : made.days_to_end);
    if (made.days_to_inspection)
        made.words = text_printf(c->mem, c->english ? "%.*s days to the inspection; figures of %d school years can still change."
                                                    : "离迎检还有 %.*s 天；还有 %d 个学年的数据可以变。", TEXT_ARG(days), made.returns_left);
    else if (made.days_to_end)
        made.words = text_printf(c->mem, c->english ? "The inspection is on: %.*s days to its end." : "迎检阶段，还有 %.*s 天结束。", TEXT_ARG(days));
    else
        made.words = c->english ? TEXT("The plan's time is over.") : TEXT("方案的期限已过。");
    return made;
}

struct overview *compose_overview(const struct composing *c, const struct plan *plan, const struct prices *prices, struct day today)
{
    const struct county_assessment *county = composing_county(c), *years[MOST_YEARS];
    const size_t n_years = composing_years(c, years);
    struct overview *o = arena_make(c->mem, struct overview);
    const struct blocks blocks = compose_blocks(c->mem, c->assessment, c->year);
    o->sentence = say_county_sentence(c, &blocks);
    o->second = second_sentence(c, county);
    o->verdict = county->verdict;
    o->resources = mark_resources(c, county);
    o->government = mark_rules(c, RULE_GOVERNMENT);
    o->quality = mark_rules(c, RULE_QUALITY);
    o->recognition = mark_rules(c, RULE_RECOGNITION);
    o->preconditions = mark_rules(c, RULE_PRECONDITION);
    o->vetoes = mark_rules(c, RULE_VETO);
    o->n_trends = county->n_stages;
    o->stages = compose_stages(c, &o->n_stages);
    o->trends = arena_array(c->mem, county->n_stages, struct trend_line);
    for (size_t s = 0; s < county->n_stages; s++)
        o->trends[s] = make_trend(c, county->stages[s].stage, years, n_years, plan);
    o->blockers = compose_blockers(c, plan, prices, today);
    o->plan = compose_plan(c, plan, today);
    return o;
}
