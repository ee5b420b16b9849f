#include "report/say.h"

#include "base/err.h"
#include "report/compose_needs.h"
#include "report/words.h"

#include <math.h>

static struct text either(bool english, struct text zh, struct text en)
{
    return english ? en : zh;
}

/* ── verdicts and names ── */

struct text say_state(enum state state, bool english)
{
    static const struct text EN[] = { [STATE_NO_DATA] = TEXT("no data"), [STATE_BELOW] = TEXT("unmet"),
                                      [STATE_NEAR] = TEXT("85% reached"), [STATE_MET] = TEXT("met"),
                                      [STATE_NOT_APPLICABLE] = TEXT("not applicable") };
    return either(english, state_zh(state), EN[state]);
}

struct text say_verdict(struct arena *mem, enum state verdict, unsigned met, size_t n_levels, bool english)
{
    if (!english)
        return compose_unit_verdict(mem, verdict, met, n_levels);
    return verdict == STATE_MET && met < n_levels ? text_printf(mem, "met (%u/%zu)", met, n_levels) : say_state(verdict, true);
}

struct text say_stage(enum stage stage, bool english)
{
    return either(english, stage_zh(stage), stage_code(stage));
}

struct text say_level(const struct level *level, bool english)
{
    return english ? level->brief_en.size ? level->brief_en : level->id : level->brief.size ? level->brief : words_resource(level);
}

struct text say_level_whole(const struct level *level, bool english)
{
    return english && level->en.size ? level->en : level->zh;
}

struct text say_rule_name(const struct edition *edition, const struct rule *rule, bool english)
{
    for (size_t i = 0; i < edition->n_indicators; i++)
        if (text_equal(edition->indicators[i].id, rule->plain) && text_equal(edition->indicators[i].zh, rule->zh))
            return english && rule->brief_en.size ? rule->brief_en : rule->brief;
    return english && rule->en.size ? rule->en : rule->zh;
}

struct text say_blank(bool english)
{
    return either(english, TEXT("缺"), TEXT("missing"));
}

struct text say_year(struct arena *mem, int year, bool english)
{
    return english ? text_printf(mem, "%d", year) : words_year(mem, year);
}

struct text say_county(struct arena *mem, const struct county_year *county, bool english)
{
    if (!english || county->name.size)
        return words_county(mem, county); /* names are never translated */
    return text_printf(mem, "county %.*s", TEXT_ARG(county->code));
}

struct text say_unit(struct text unit, bool english)
{
    static const struct { struct text unit, zh, en; } NAMES[] = {
        { TEXT("persons/100"), TEXT("人/百生"), TEXT("per 100 pupils") },
        { TEXT("rooms/100"), TEXT("间/百生"), TEXT("per 100 pupils") },
        { TEXT("computers/100"), TEXT("台/百生"), TEXT("per 100 pupils") },
        { TEXT("m2/pupil"), TEXT("m²/生"), TEXT("m² per pupil") },
        { TEXT("yuan/pupil"), TEXT("元/生"), TEXT("yuan per pupil") },
        { TEXT("books/pupil"), TEXT("册/生"), TEXT("per pupil") },
        { TEXT("persons/pupil"), TEXT("人/生"), TEXT("per pupil") },
        { TEXT("m2"), TEXT("m²"), TEXT("m²") },
        { TEXT("10000 yuan"), TEXT("万元"), TEXT("10,000 yuan") },
        { TEXT("10000 persons"), TEXT("万人"), TEXT("10,000 persons") },
    };
    for (size_t i = 0; i < COUNT(NAMES); i++)
        if (text_equal(unit, NAMES[i].unit))
            return either(english, NAMES[i].zh, NAMES[i].en);
    return english ? unit : unit_zh(unit);
}

struct text say_lower(struct arena *mem, struct text english)
{
    if (english.size < 2 || english.at[0] < 'A' || english.at[0] > 'Z' || (english.at[1] >= 'A' && english.at[1] <= 'Z'))
        return english;
    char *lower = arena_copy_string(mem, english.at, english.size);
    lower[0] = (char)(lower[0] - 'A' + 'a');
    return (struct text){ lower, english.size };
}

struct text say_list(struct arena *mem, const struct text *parts, size_t n, bool english)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < n; i++) {
        buf_add(&out, !i ? TEXT("") : english ? TEXT(", ") : TEXT("、"));
        buf_add(&out, parts[i]);
    }
    return buf_text(&out);
}

/* ── figures ── */

struct text say_value(struct arena *mem, double value, const struct level *level, enum state state, bool english)
{
    return is_blank(value) ? say_blank(english) : words_level(mem, value, level, state);
}

struct text say_number(struct arena *mem, double x, bool english)
{
    return is_blank(x) ? say_blank(english) : words_count(mem, x);
}

struct text say_cv(struct arena *mem, const struct cv_result *cv, double limit, bool english)
{
    return is_blank(cv->cv) ? say_blank(english) : words_cv(mem, cv->cv, limit, cv->met);
}

struct text say_change(struct arena *mem, double change, int decimals)
{
    if (is_blank(change))
        return TEXT("");
    const double shown = number_round(change, decimals);
    return text_printf(mem, "%s%.*s", shown > 0 ? "+" : "", TEXT_ARG(words_fixed(mem, shown == 0 ? 0 : shown, decimals)));
}

struct text say_share(struct arena *mem, double share, bool english)
{
    return is_blank(share) ? say_blank(english) : words_share(mem, share);
}

struct text say_quantity(struct arena *mem, struct text quantity, double n, bool english)
{
    const bool yuan = text_equal(quantity, TEXT("yuan"));
    if (is_blank(n))
        return say_blank(english);
    if (english && yuan)
        return text_printf(mem, "%.*s yuan", TEXT_ARG(words_fixed(mem, ceil(n - 1e-9 * fabs(n)), 0)));
    const struct text zh = words_quantity(mem, quantity, n);
    if (!english && !text_equal(quantity, TEXT("m2")))
        return zh;
    size_t digits = 0;
    while (digits < zh.size && zh.at[digits] != ' ')
        digits++;
    return text_printf(mem, "%.*s%s", (int)digits, zh.at, text_equal(quantity, TEXT("m2")) ? " m²" : "");
}

struct text say_need(struct arena *mem, const struct level *level, double n, bool verb, bool english)
{
    const struct text quantity = say_quantity(mem, level->quantity, n, english), name = say_level(level, english);
    if (english)
        return text_printf(mem, "%.*s +%.*s", TEXT_ARG(say_lower(mem, name)), TEXT_ARG(quantity));
    /* 「2 名骨干教师」, but 「412 m² 运动场地」: a gap between Latin and Chinese. */
    const char *gap = text_ends(quantity, TEXT("²")) ? " " : "";
    return text_printf(mem, "%.*s%s%.*s%s%.*s", TEXT_ARG(verb ? words_need_verb(level) : TEXT("")), verb ? " " : "", TEXT_ARG(quantity),
                       gap, TEXT_ARG(name));
}

struct text say_needs(struct arena *mem, const struct school_need *need, bool english)
{
    struct buf out = { .mem = mem };
    struct text said = TEXT("");
    for (size_t i = 0; i < need->n_demands; i++) {
        const struct school_demand *d = &need->demand[i];
        if (!(d->chosen > 0))
            continue;
        const struct text verb = words_need_verb(d->level); /* said once for all that follow it */
        buf_add(&out, !out.size ? TEXT("") : english ? TEXT(", ") : TEXT("、"));
        buf_add(&out, say_need(mem, d->level, d->chosen, !text_equal(verb, said), english));
        said = verb;
    }
    return buf_text(&out);
}

struct text say_cost(struct arena *mem, double yuan, bool english)
{
    return is_blank(yuan) ? either(english, TEXT("待试算"), TEXT("to be tried")) : words_fixed(mem, yuan / 10000, 2);
}

struct text say_about_money(struct arena *mem, double yuan, bool english)
{
    if (english)
        return text_printf(mem, "about %.*s yuan", TEXT_ARG(words_fixed(mem, number_round(yuan / 10000, 0) * 10000, 0)));
    return yuan >= 1e8 ? text_printf(mem, "约 %.*s 亿元", TEXT_ARG(words_fixed(mem, yuan / 1e8, 2)))
                       : text_printf(mem, "约 %.*s 万元", TEXT_ARG(words_fixed(mem, yuan / 10000, yuan < 100000 ? 1 : 0)));
}
