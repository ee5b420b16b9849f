#include "report/compose_county.h"

#include "report/words.h"

#include <math.h>
#include <stdlib.h>

/* ── coefficients ── */

static int greater_first(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

enum { FEW = 3 };

/* The part of the spread that the three largest contributors make; 0 when shares were not asked for. */
static double share_of_few(struct arena *mem, const struct stage_assessment *s, size_t level)
{
    if (!s->share[level] || s->n <= FEW || is_blank(s->share[level][0]))
        return 0;
    double *shares = arena_copy(mem, s->share[level], s->n * sizeof *shares), sum = 0;
    qsort(shares, s->n, sizeof *shares, greater_first);
    for (size_t i = 0; i < FEW; i++)
        sum += shares[i];
    return sum;
}

static struct text undecided_words(struct arena *mem, const struct cv_result *cv, double limit)
{
    struct buf out = { .mem = mem };
    buf_printf(&out, "缺 %zu 所学校的数据。", cv->units_missing);
    const char *they = cv->units_missing == 1 ? "它" : "它们";
    const struct text low = words_cv(mem, cv->low, limit, cv->low <= limit ? STATE_MET : STATE_BELOW);
    if (is_blank(cv->high)) {
        buf_printf(&out, "现在还不能定：%s报数以后，差异系数可能是 %.*s 以上的任何数", they, TEXT_ARG(low));
        return buf_text(&out);
    }
    const struct text high = words_cv(mem, cv->high, limit, cv->high <= limit ? STATE_MET : STATE_BELOW);
    if (cv->met == STATE_MET)
        buf_printf(&out, "无论%s报多少，都在 %.*s 和 %.*s 之间，不超限", they, TEXT_ARG(low), TEXT_ARG(high));
    else if (cv->met == STATE_BELOW)
        buf_printf(&out, "无论%s报多少，都在 %.*s 和 %.*s 之间，高于上限 %.*s", they, TEXT_ARG(low), TEXT_ARG(high),
                   TEXT_ARG(words_fixed(mem, limit, 3)));
    else if (is_blank(limit))
        buf_printf(&out, "%s报数以后，在 %.*s 和 %.*s 之间", they, TEXT_ARG(low), TEXT_ARG(high));
    else
        buf_printf(&out, "现在还不能定：%s报数以后，在 %.*s 和 %.*s 之间，上限是 %.*s", they, TEXT_ARG(low), TEXT_ARG(high),
                   TEXT_ARG(words_fixed(mem, limit, 3)));
    return buf_text(&out);
}

struct text compose_cv_words(struct arena *mem, const struct stage_assessment *s, size_t level, const struct level *asked)
{
    const struct cv_result *cv = &s->cv[level];
    const double limit = asked->cv_limit;
    if (cv->units_missing == s->n)
        return TEXT("学校都缺这项数据，差异系数无法计算");
    if (cv->units_missing)
        return undecided_words(mem, cv, limit);
    if (is_blank(cv->cv))
        return TEXT("全县都没有这项资源，差异系数无法计算，按超限论");
    struct buf out = { .mem = mem };
    buf_printf(&out, "差异系数 %.*s", TEXT_ARG(words_cv(mem, cv->cv, limit, cv->met)));
    if (!is_blank(limit))
        buf_printf(&out, "，%s上限 %.*s", cv->met == STATE_MET ? "不超过" : "高于", TEXT_ARG(words_fixed(mem, limit, 3)));
    const double few = cv->met == STATE_MET ? 0 : share_of_few(mem, s, level);
    if (few > 0)
        buf_printf(&out, "；%d 所学校占其中 %.0f%%", FEW, few * 100);
    return buf_text(&out);
}

/* ── rules ── */

static struct text school_rule_words(struct arena *mem, const struct assessment *a, const struct rule_result *r)
{
    struct buf out = { .mem = mem };
    if (r->failing) {
        buf_printf(&out, "%zu 所学校不符合", r->failing);
        for (size_t i = 0; r->failing_rows && i < r->failing && i < FEW; i++)
            buf_printf(&out, "%s%.*s", i ? "、" : "（",
                       TEXT_ARG(returns_text(a->returns, r->failing_rows[i], a->returns->items->school_name)));
        if (r->failing_rows)
            buf_add(&out, r->failing > FEW ? TEXT(" 等）") : TEXT("）"));
    }
    if (r->unknown)
        buf_printf(&out, "%s%zu 所学校缺数据", out.size ? "，另有 " : "", r->unknown);
    if (!out.size)
        buf_printf(&out, r->schools ? "%zu 所学校都符合" : "没有要看的学校", r->schools);
    return buf_text(&out);
}

/* How the number stands by itself: a rule may ask more than its number. */
static enum state number_alone(const struct rule_result *r)
{
    const double value = r->value, limit = r->rule->threshold, slack = 1e-12 * fabs(limit);
    switch (r->rule->compare) {
    case COMPARE_AT_LEAST: return value >= limit - slack ? STATE_MET : STATE_BELOW;
    case COMPARE_AT_MOST: return value <= limit + slack ? STATE_MET : STATE_BELOW;
    case COMPARE_BELOW: return value < limit - slack ? STATE_MET : STATE_BELOW;
    case COMPARE_NONE: break;
    }
    return STATE_NOT_APPLICABLE;
}

/* What the number does not explain: the condition beside it. */
static struct text beside_the_number(const struct rule_result *r, enum state number, double judged)
{
    const bool person = r->rule->judged == NO_ITEM || judged == 1; /* met is the first choice */
    if (!r->rule->also || !person)
        return TEXT("");
    if (r->state == STATE_BELOW && is_blank(r->value))
        return TEXT("，但已知的数已不能达标");
    if (number != STATE_MET || r->state == STATE_MET)
        return TEXT("");
    return r->state == STATE_BELOW ? TEXT("；另一项要求没有达到") : TEXT("；另一项要求缺数据");
}

struct text compose_rule_words(struct arena *mem, const struct assessment *a, size_t county, const struct rule_result *r)
{
    const struct rule *rule = r->rule;
    if (r->state == STATE_NOT_APPLICABLE)
        return TEXT("不适用");
    if (rule->scope == SCOPE_SCHOOL && rule->value)
        return school_rule_words(mem, a, r);
    const size_t at = (size_t)(a->counties[county].county - a->returns->counties);
    const double judged = rule->judged == NO_ITEM ? BLANK : returns_county_number(a->returns, at, rule->judged);
    struct buf out = { .mem = mem };
    const enum state number = is_blank(r->value) ? STATE_NO_DATA : number_alone(r);
    if (rule->value && is_blank(r->value))
        buf_add(&out, TEXT("缺数据"));
    else if (rule->value) {
        buf_add(&out, words_rule_value(mem, rule, r->value, number));
        const struct text limit = words_rule_limit(mem, rule);
        if (rule->kind == RULE_VETO)
            buf_add(&out, r->state == STATE_MET ? TEXT("") : TEXT("，一票否决"));
        else if (limit.size)
            buf_printf(&out, "，应%.*s", TEXT_ARG(limit));
    }
    buf_add(&out, beside_the_number(r, number, judged));
    if (rule->judged != NO_ITEM) {
        const struct item *of = &a->edition->items.at[rule->judged];
        const char *before = out.size ? "；" : "";
        if (is_blank(judged))
            buf_printf(&out, "%s还没有人判定", before);
        else
            buf_printf(&out, "%s判定为%.*s", before, TEXT_ARG(words_figure(mem, of, judged, TEXT(""))));
    }
    return out.size ? buf_text(&out) : state_zh(r->state);
}

/* ── what blocks ── */

static void add_block(struct arena *mem, struct blocks *blocks, struct block block)
{
    if (blocks->n % 64 == 0)
        blocks->at = arena_grow(mem, blocks->at, blocks->n * sizeof block, (blocks->n + 64) * sizeof block);
    blocks->at[blocks->n++] = block;
    *(block.state == STATE_BELOW ? &blocks->failing : &blocks->unknown) += 1;
}

static void block_stage(struct arena *mem, struct blocks *blocks, const struct assessment *a, const struct stage_assessment *s,
                        enum state wanted)
{
    const struct stage_rule *rule = &a->edition->stages[s->stage];
    const struct text zh = stage_zh(s->stage);
    size_t units = 0;
    for (size_t u = 0; u < s->n; u++)
        units += s->unit_verdict[u] == (uint8_t)wanted;
    if (units)
        add_block(mem, blocks, (struct block){
            BLOCK_SCHOOLS, wanted, (int)s->stage, TEXT("units"),
            text_printf(mem, wanted == STATE_BELOW ? "%.*s %zu 所学校不达标（共 %zu 所）" : "%.*s %zu 所学校缺数据（共 %zu 所）",
                        TEXT_ARG(zh), units, s->n) });
    for (size_t i = 0; i < s->n_levels; i++)
        if (!rule->combined_decides && s->cv[i].met == wanted)
            add_block(mem, blocks, (struct block){
                BLOCK_CV, wanted, (int)s->stage, rule->levels[i].id,
                text_printf(mem, "%.*s%.*s：%.*s", TEXT_ARG(zh), TEXT_ARG(rule->levels[i].zh),
                            TEXT_ARG(compose_cv_words(mem, s, i, &rule->levels[i]))) });
    if (rule->combined_decides && s->combined_met == wanted)
        add_block(mem, blocks, (struct block){
            BLOCK_COMBINED, wanted, (int)s->stage, TEXT("combined"),
            is_blank(s->combined_cv)
                ? text_printf(mem, "%.*s综合差异系数缺数据", TEXT_ARG(zh))
                : text_printf(mem, "%.*s综合差异系数 %.*s，高于上限 %.*s", TEXT_ARG(zh),
                              TEXT_ARG(words_cv(mem, s->combined_cv, rule->combined_cv_limit, wanted)),
                              TEXT_ARG(words_fixed(mem, rule->combined_cv_limit, 3))) });
}

static void block_all(struct arena *mem, struct blocks *blocks, const struct assessment *a, size_t county, enum state wanted)
{
    const struct county_assessment *c = &a->counties[county];
    for (size_t s = 0; s < c->n_stages; s++)
        block_stage(mem, blocks, a, &c->stages[s], wanted);
    for (size_t i = 0; i < c->n_rules; i++) {
        const struct rule_result *r = &c->rules[i];
        if (r->rule->kind != RULE_SHOWN && r->state == wanted)
            add_block(mem, blocks, (struct block){
                BLOCK_RULE, wanted, -1, r->rule->id,
                text_printf(mem, "%.*s：%.*s", TEXT_ARG(r->rule->zh), TEXT_ARG(compose_rule_words(mem, a, county, r))) });
    }
}

struct blocks compose_blocks(struct arena *mem, const struct assessment *a, size_t county)
{
    struct blocks blocks = { 0 };
    block_all(mem, &blocks, a, county, STATE_BELOW);
    if (a->counties[county].n_stages == 0)
        add_block(mem, &blocks, (struct block){ BLOCK_NO_UNITS, STATE_NO_DATA, -1, TEXT("units"), TEXT("没有可以评估的学校") });
    block_all(mem, &blocks, a, county, STATE_NO_DATA);
    return blocks;
}

struct text compose_county_sentence(struct arena *mem, const struct county_assessment *c, const struct blocks *blocks)
{
    const struct text year = words_year(mem, c->county->year), name = words_county(mem, c->county);
    if (c->lacking && c->verdict != STATE_BELOW)
        return text_printf(mem, "%.*s，%.*s还不能下结论：%zu 所学校的数据没有审定。", TEXT_ARG(year), TEXT_ARG(name), c->lacking);
    if (c->lacking)
        return text_printf(mem, "%.*s，%.*s还不能申报认定，差 %zu 件事；另有 %zu 所学校的数据没有审定。", TEXT_ARG(year), TEXT_ARG(name),
                           blocks->failing, c->lacking);
    switch (c->verdict) {
    case STATE_MET:
        return text_printf(mem, "%.*s，%.*s已具备申报条件。", TEXT_ARG(year), TEXT_ARG(name));
    case STATE_BELOW:
    case STATE_NEAR:
        if (blocks->unknown)
            return text_printf(mem, "%.*s，%.*s还不能申报认定，差 %zu 件事，另有 %zu 件缺数据。", TEXT_ARG(year),
                               TEXT_ARG(name), blocks->failing, blocks->unknown);
        return text_printf(mem, "%.*s，%.*s还不能申报认定，差 %zu 件事。", TEXT_ARG(year), TEXT_ARG(name), blocks->failing);
    case STATE_NO_DATA:
    case STATE_NOT_APPLICABLE:
        break;
    }
    return text_printf(mem, "%.*s，%.*s还不能下结论：%zu 件事缺数据。", TEXT_ARG(year), TEXT_ARG(name), blocks->unknown);
}

/* ── trials ── */

struct text compose_change(struct arena *mem, const struct assessment *a, const struct change *change)
{
    const struct item *item = &a->edition->items.at[change->item];
    const struct text who = change->name.size ? change->name : change->school.size ? change->school
                            : words_county(mem, &a->returns->counties[change->county]);
    return text_printf(mem, "%.*s %.*s：%.*s → %.*s", TEXT_ARG(who), TEXT_ARG(item->zh),
                       TEXT_ARG(words_figure(mem, item, change->before, change->before_text)),
                       TEXT_ARG(words_figure(mem, item, change->after, change->after_text)));
}

struct effects { struct arena *mem; struct text *at; size_t n, capacity; };

static void add_effect(struct effects *e, struct text words)
{
    ARENA_ROOM(e->mem, e->at, e->n, e->capacity);
    e->at[e->n++] = words;
}

static const struct stage_assessment *stage_of(const struct county_assessment *c, enum stage stage)
{
    for (size_t i = 0; i < c->n_stages; i++)
        if (c->stages[i].stage == stage)
            return &c->stages[i];
    return NULL;
}

static struct text cv_shown(struct arena *mem, const struct cv_result *cv, double limit)
{
    return is_blank(cv->cv) ? TEXT("缺") : words_cv(mem, cv->cv, limit, cv->met);
}

static void stage_effects(struct effects *e, const struct edition *edition, const struct stage_assessment *before,
                          const struct stage_assessment *after)
{
    const struct text zh = stage_zh(after->stage);
    if (before->passing != after->passing)
        add_effect(e, text_printf(e->mem, "%.*s达标学校 %zu → %zu 所%s", TEXT_ARG(zh), before->passing, after->passing,
                                  after->passing < before->passing ? "，变少" : ""));
    for (size_t i = 0; i < after->n_levels; i++) {
        const struct level *level = &edition->stages[after->stage].levels[i];
        const struct cv_result *b = &before->cv[i], *a = &after->cv[i];
        if (b->cv == a->cv || (is_blank(b->cv) && is_blank(a->cv)))
            continue;
        const struct text from = cv_shown(e->mem, b, level->cv_limit), to = cv_shown(e->mem, a, level->cv_limit);
        const bool same = text_equal(from, to), worse = a->cv > b->cv, crossed = b->met != a->met;
        if (same && !crossed)
            continue;
        const char *how = is_blank(a->cv) || is_blank(b->cv) ? "" : worse ? (a->cv - b->cv < 0.01 ? "，略升" : "，上升")
                          : (b->cv - a->cv < 0.01 ? "，略降" : "，下降");
        const char *limit = !crossed ? "" : a->met == STATE_MET ? "，不再超限" : a->met == STATE_BELOW ? "，超过上限" : "";
        add_effect(e, text_printf(e->mem, "%.*s%.*s的差异系数 %.*s → %.*s%s%s", TEXT_ARG(zh), TEXT_ARG(words_resource(level)),
                                  TEXT_ARG(from), TEXT_ARG(to), how, limit));
    }
}

static void rule_effects(struct effects *e, const struct county_assessment *before, const struct county_assessment *after)
{
    for (size_t i = 0; i < after->n_rules && i < before->n_rules; i++) {
        const struct rule_result *b = &before->rules[i], *a = &after->rules[i];
        const bool same_value = b->value == a->value || (is_blank(b->value) && is_blank(a->value));
        if (b->state == a->state && same_value)
            continue;
        add_effect(e, text_printf(e->mem, "%.*s %.*s：%.*s → %.*s（%.*s → %.*s）", TEXT_ARG(a->rule->id), TEXT_ARG(a->rule->zh),
                                  TEXT_ARG(words_rule_value(e->mem, a->rule, b->value, b->state)),
                                  TEXT_ARG(words_rule_value(e->mem, a->rule, a->value, a->state)),
                                  TEXT_ARG(state_zh(b->state)), TEXT_ARG(state_zh(a->state))));
    }
}

struct text *compose_effects(struct arena *mem, const struct assessment *after, const struct what_if *what_if, size_t county,
                             size_t *n_out)
{
    struct effects e = { .mem = mem };
    const struct county_assessment *a = &after->counties[county], *b = &what_if->before->counties[county];
    if (a->verdict != b->verdict)
        add_effect(&e, text_printf(mem, "全县结论 %.*s → %.*s", TEXT_ARG(state_zh(b->verdict)), TEXT_ARG(state_zh(a->verdict))));
    for (size_t i = 0; i < a->n_stages; i++) {
        const struct stage_assessment *before = stage_of(b, a->stages[i].stage);
        if (before)
            stage_effects(&e, after->edition, before, &a->stages[i]);
    }
    rule_effects(&e, b, a);
    *n_out = e.n;
    return e.at;
}
