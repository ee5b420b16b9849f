#include "report/say_assessed.h"

#include "report/say.h"
#include "report/words.h"

/* ── coefficients ── */

static struct text bound(struct arena *mem, double cv, double limit)
{
    return words_cv(mem, cv, limit, cv <= limit ? STATE_MET : STATE_BELOW);
}

struct text say_cv_bounds(const struct composing *c, const struct stage_assessment *s, size_t level)
{
    const struct cv_result *cv = &s->cv[level];
    const double limit = c->assessment->edition->stages[s->stage].levels[level].cv_limit;
    if (!cv->units_missing || cv->units_missing == s->n || is_blank(cv->low))
        return TEXT("");
    const struct text low = bound(c->mem, cv->low, limit);
    if (is_blank(cv->high))
        return text_printf(c->mem, c->english ? "from %.*s" : "%.*s 以上", TEXT_ARG(low));
    return text_printf(c->mem, c->english ? "%.*s–%.*s" : "%.*s—%.*s", TEXT_ARG(low), TEXT_ARG(bound(c->mem, cv->high, limit)));
}

struct text say_cv_words(const struct composing *c, const struct stage_assessment *s, size_t level)
{
    const struct level *asked = &c->assessment->edition->stages[s->stage].levels[level];
    const struct cv_result *cv = &s->cv[level];
    if (!c->english)
        return compose_cv_words(c->mem, s, level, asked);
    if (cv->units_missing == s->n)
        return TEXT("No school has reported this; the coefficient cannot be computed");
    if (cv->units_missing) {
        const char *then = cv->met == STATE_MET ? ", within the limit whatever they report"
                           : cv->met == STATE_BELOW ? ", above the limit whatever they report" : "; not decided";
        return text_printf(c->mem, "%zu schools missing: %.*s%s", cv->units_missing, TEXT_ARG(say_cv_bounds(c, s, level)), then);
    }
    if (is_blank(cv->cv))
        return TEXT("Nobody has any of it; the coefficient cannot be computed and counts as above the limit");
    if (is_blank(asked->cv_limit))
        return text_printf(c->mem, "Coefficient %.*s", TEXT_ARG(say_cv(c->mem, cv, BLANK, true)));
    return text_printf(c->mem, "Coefficient %.*s, %s the limit %.*s", TEXT_ARG(say_cv(c->mem, cv, asked->cv_limit, true)),
                       cv->met == STATE_MET ? "within" : "above", TEXT_ARG(words_fixed(c->mem, asked->cv_limit, 3)));
}

/* ── rules ── */

/* A figure of a rule in its unit, as words.h rounds it. */
static struct text in_english(struct arena *mem, const struct rule *rule, struct text zh)
{
    if (text_equal(rule->unit, TEXT("ratio")) || !rule->unit.size)
        return zh;
    size_t digits = 0;
    while (digits < zh.size && zh.at[digits] != ' ')
        digits++;
    return text_printf(mem, "%.*s %.*s", (int)digits, zh.at, TEXT_ARG(rule->unit));
}

struct text say_rule_value(const struct composing *c, const struct rule_result *r)
{
    if (!r->rule->value)
        return TEXT("");
    if (is_blank(r->value))
        return say_blank(c->english);
    const struct text zh = words_rule_value(c->mem, r->rule, r->value, r->state);
    return c->english ? in_english(c->mem, r->rule, zh) : zh;
}

struct text say_rule_limit(const struct composing *c, const struct rule *rule)
{
    static const char *const HOW[] = { "", "at least", "at most", "below" };
    const struct text zh = words_rule_limit(c->mem, rule);
    if (!c->english || !zh.size)
        return zh;
    size_t gap = 0;
    (void)text_find(zh, TEXT(" "), &gap); /* 「不低于 10%」 */
    const struct text number = { zh.at + gap + 1, zh.size - gap - 1 };
    return text_printf(c->mem, "%s %.*s", HOW[rule->compare], TEXT_ARG(in_english(c->mem, rule, number)));
}

static struct text bare_school_rule(const struct composing *c, const struct rule_result *r)
{
    struct buf out = { .mem = c->mem };
    if (r->failing)
        buf_printf(&out, "%zu 所学校不符合", r->failing);
    if (r->unknown)
        buf_printf(&out, "%s%zu 所学校缺数据", out.size ? "，另有 " : "", r->unknown);
    if (!out.size)
        buf_printf(&out, r->schools ? "%zu 所学校都符合" : "没有要看的学校", r->schools);
    return buf_text(&out);
}

static struct text english_school_rule(const struct composing *c, const struct rule_result *r)
{
    struct buf out = { .mem = c->mem };
    if (r->failing)
        buf_printf(&out, "%zu schools fail", r->failing);
    if (r->unknown)
        buf_printf(&out, "%s%zu cannot be judged", out.size ? ", " : "", r->unknown);
    if (!out.size)
        buf_printf(&out, r->schools ? "all %zu schools pass" : "no school is asked", r->schools);
    return buf_text(&out);
}

struct text say_rule_short(const struct composing *c, const struct rule_result *r)
{
    if (r->rule->scope != SCOPE_SCHOOL || !r->rule->value || r->state == STATE_NOT_APPLICABLE || r->failing == 1)
        return say_rule_words(c, r);
    return c->english ? english_school_rule(c, r) : bare_school_rule(c, r);
}

struct text say_rule_words(const struct composing *c, const struct rule_result *r)
{
    const struct assessment *a = c->assessment;
    const bool of_schools = r->rule->scope == SCOPE_SCHOOL && r->rule->value && r->state != STATE_NOT_APPLICABLE;
    if (of_schools && c->visible && !c->english)
        return bare_school_rule(c, r);
    if (!c->english)
        return compose_rule_words(c->mem, a, c->year, r);
    if (r->state == STATE_NOT_APPLICABLE)
        return say_state(r->state, true);
    if (of_schools)
        return english_school_rule(c, r);
    struct buf out = { .mem = c->mem };
    buf_add(&out, say_rule_value(c, r));
    const struct text limit = say_rule_limit(c, r->rule);
    if (limit.size && !is_blank(r->value))
        buf_printf(&out, ", asked: %.*s", TEXT_ARG(limit));
    if (r->rule->judged != NO_ITEM) {
        const size_t county = (size_t)(composing_county(c)->county - a->returns->counties);
        const double judged = returns_county_number(a->returns, county, r->rule->judged);
        buf_printf(&out, "%s%s", out.size ? "; " : "", is_blank(judged) ? "not judged yet" : judged == 1 ? "judged met" : "judged unmet");
    }
    return out.size ? buf_text(&out) : say_state(r->state, true);
}

/* ── the county ── */

struct text say_county_sentence(const struct composing *c, const struct blocks *blocks)
{
    const struct county_assessment *county = composing_county(c);
    if (!c->english)
        return compose_county_sentence(c->mem, county, blocks);
    const struct text name = say_county(c->mem, county->county, true);
    const int year = county->county->year;
    if (county->lacking && county->verdict != STATE_BELOW)
        return text_printf(c->mem, "In school year %d, nothing can be concluded for %.*s yet: the figures of %zu schools are not approved.", year,
                           TEXT_ARG(name), county->lacking);
    if (county->lacking)
        return text_printf(c->mem, "In school year %d, %.*s cannot apply for recognition yet: unmet matters %zu; the figures of %zu schools are not approved.",
                           year, TEXT_ARG(name), blocks->failing, county->lacking);
    if (county->verdict == STATE_MET)
        return text_printf(c->mem, "In school year %d, %.*s meets all that an application asks.", year, TEXT_ARG(name));
    if (county->verdict != STATE_BELOW)
        return text_printf(c->mem, "In school year %d, nothing can be concluded for %.*s yet: data are missing for %zu matters.", year,
                           TEXT_ARG(name), blocks->unknown);
    if (blocks->unknown)
        return text_printf(c->mem, "In school year %d, %.*s cannot apply for recognition yet: unmet matters %zu, without data %zu.", year,
                           TEXT_ARG(name), blocks->failing, blocks->unknown);
    return text_printf(c->mem, "In school year %d, %.*s cannot apply for recognition yet: unmet matters %zu.", year, TEXT_ARG(name),
                       blocks->failing);
}
