#include "report/words.h"

#include "base/err.h"

#include <math.h>
#include <string.h>

enum { MOST_DECIMALS = 9 };

static struct text with_commas(struct arena *mem, const char *digits)
{
    struct buf out = { .mem = mem };
    const char *at = digits;
    if (*at == '-') {
        buf_add(&out, TEXT("−"));
        at++;
    }
    const size_t whole = strcspn(at, ".e");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0)
            buf_byte(&out, ',');
        buf_byte(&out, at[i]);
    }
    buf_add(&out, text_of(at + whole));
    return buf_text(&out);
}

struct text words_fixed(struct arena *mem, double x, int decimals)
{
    if (is_blank(x))
        return TEXT("缺");
    char digits[64];
    number_fixed(digits, x, decimals);
    return with_commas(mem, digits);
}

struct text words_count(struct arena *mem, double n)
{
    if (is_blank(n))
        return TEXT("缺");
    if (floor(n) == n && fabs(n) < 1e15)
        return words_fixed(mem, n, 0);
    char digits[NUMBER_SIZE];
    number_shortest(digits, n);
    return with_commas(mem, digits);
}

/* Fewest decimals, from `decimals` on, with which `x` stands on the same side of `limit` as it truly does. */
static int honest_decimals(double x, double limit, bool at_least, bool truly, int decimals)
{
    if (is_blank(x) || is_blank(limit))
        return decimals;
    for (int d = decimals; d < MOST_DECIMALS; d++) {
        const double shown = number_round(x, d);
        /* Binary noise in a limit (0.85 × 4.2) must not ask for nine digits. */
        const double slack = 1e-12 * fabs(limit);
        const bool seems = at_least ? shown >= limit - slack : shown <= limit + slack;
        if (seems == truly)
            return d;
    }
    return MOST_DECIMALS;
}

struct text words_level(struct arena *mem, double value, const struct level *level, enum state state)
{
    if (is_blank(value))
        return TEXT("缺");
    int decimals = 2;
    if (state == STATE_MET || state == STATE_NEAR || state == STATE_BELOW)
        decimals = honest_decimals(value, level->at_least, true, state == STATE_MET, decimals);
    if (state == STATE_NEAR || state == STATE_BELOW)
        decimals = honest_decimals(value, level->at_least * level->floor, true, state == STATE_NEAR, decimals);
    return words_fixed(mem, value, decimals);
}

struct text words_cv(struct arena *mem, double cv, double limit, enum state met)
{
    if (met != STATE_MET && met != STATE_BELOW)
        return words_fixed(mem, cv, 3);
    return words_fixed(mem, cv, honest_decimals(cv, limit, false, met == STATE_MET, 3));
}

struct text words_share(struct arena *mem, double share)
{
    return is_blank(share) ? TEXT("缺") : text_printf(mem, "%.*s%%", TEXT_ARG(words_fixed(mem, share * 100, 1)));
}

static struct text rule_number(struct arena *mem, const struct rule *rule, double value, int decimals)
{
    const struct text unit = rule->unit;
    if (text_equal(unit, TEXT("ratio")))
        return text_printf(mem, "%.*s%%", TEXT_ARG(words_fixed(mem, value * 100, decimals)));
    if (text_equal(unit, TEXT("schools")))
        return text_printf(mem, "%.*s 所", TEXT_ARG(words_count(mem, value)));
    const struct text digits = floor(value) == value ? words_count(mem, value) : words_fixed(mem, value, decimals);
    return unit.size ? text_printf(mem, "%.*s %.*s", TEXT_ARG(digits), TEXT_ARG(unit_zh(unit))) : digits;
}

struct text words_rule_value(struct arena *mem, const struct rule *rule, double value, enum state state)
{
    if (is_blank(value))
        return TEXT("缺");
    const bool ratio = text_equal(rule->unit, TEXT("ratio"));
    const double scale = ratio ? 100 : 1;
    int decimals = ratio ? 1 : 2;
    if (state == STATE_MET || state == STATE_BELOW) {
        /* A strict limit is the reverse of "at least": below 15% fails at 15.0%. */
        if (rule->compare == COMPARE_AT_LEAST)
            decimals = honest_decimals(value * scale, rule->threshold * scale, true, state == STATE_MET, decimals);
        else if (rule->compare == COMPARE_AT_MOST)
            decimals = honest_decimals(value * scale, rule->threshold * scale, false, state == STATE_MET, decimals);
        else if (rule->compare == COMPARE_BELOW)
            decimals = honest_decimals(value * scale, rule->threshold * scale, true, state != STATE_MET, decimals);
    }
    return rule_number(mem, rule, value, decimals);
}

struct text words_rule_limit(struct arena *mem, const struct rule *rule)
{
    if (rule->compare == COMPARE_NONE || is_blank(rule->threshold))
        return TEXT("");
    const char *how = rule->compare == COMPARE_AT_LEAST ? "不低于" : rule->compare == COMPARE_AT_MOST ? "不超过" : "低于";
    const double percent = rule->threshold * 100;
    const int decimals = number_round(percent, 0) == percent ? 0 : 1;
    return text_printf(mem, "%s %.*s", how, TEXT_ARG(rule_number(mem, rule, rule->threshold, decimals)));
}

/* ── quantities ── */

/* ⌈n⌉ that does not stumble over 412.00000000001. */
static double round_up(double n)
{
    return ceil(n - 1e-9 * fmax(1, fabs(n)));
}

struct text words_quantity(struct arena *mem, struct text quantity, double n)
{
    if (is_blank(n))
        return TEXT("缺");
    if (text_equal(quantity, TEXT("yuan"))) {
        const double of_10k = round_up(n / 100) / 100;
        return of_10k >= 10000 ? text_printf(mem, "%.*s 亿元", TEXT_ARG(words_fixed(mem, round_up(of_10k / 100) / 100, 2)))
                               : text_printf(mem, "%.*s 万元", TEXT_ARG(words_fixed(mem, of_10k, 2)));
    }
    const struct text count = words_fixed(mem, round_up(n), 0);
    const struct text unit = text_equal(quantity, TEXT("persons")) ? TEXT("名") : unit_zh(quantity);
    return text_printf(mem, "%.*s %.*s", TEXT_ARG(count), TEXT_ARG(unit));
}

struct text words_resource(const struct level *level)
{
    static const struct text BEFORE[] = { TEXT("每百名学生拥有"), TEXT("生均") };
    static const struct text BEHIND[] = { TEXT("册数"), TEXT("台数"), TEXT("间数"), TEXT("面积"), TEXT("数"), TEXT("值") };
    struct text name = level->zh;
    for (size_t i = 0; i < COUNT(BEFORE); i++)
        if (text_starts(name, BEFORE[i]))
            name = (struct text){ name.at + BEFORE[i].size, name.size - BEFORE[i].size };
    for (size_t i = 0; i < COUNT(BEHIND); i++)
        if (text_ends(name, BEHIND[i]) && name.size > BEHIND[i].size)
            return (struct text){ name.at, name.size - BEHIND[i].size };
    return name;
}

struct text words_need_verb(const struct level *level)
{
    return text_equal(level->quantity, TEXT("persons")) ? TEXT("再配") : text_equal(level->quantity, TEXT("yuan")) ? TEXT("添") : TEXT("增");
}

/* ── names ── */

struct text words_figure(struct arena *mem, const struct item *item, double value, struct text text)
{
    if (item->type == ITEM_TEXT)
        return text.size ? text : TEXT("空白");
    if (is_blank(value))
        return TEXT("空白");
    if (item->type == ITEM_BOOLEAN)
        return value != 0 ? TEXT("是") : TEXT("否");
    if (item->type == ITEM_ENUM)
        return value >= 1 && value <= (double)item->n_values ? item->values[(size_t)value - 1].zh : TEXT("空白");
    if (text_equal(item->unit, TEXT("year")))
        return text_printf(mem, "%.0f 年", value); /* a year takes no comma */
    return item->unit.size ? text_printf(mem, "%.*s %.*s", TEXT_ARG(words_count(mem, value)), TEXT_ARG(unit_zh(item->unit)))
                           : words_count(mem, value);
}

struct text words_year(struct arena *mem, int year)
{
    return text_printf(mem, "%d学年", year);
}

struct text words_county(struct arena *mem, const struct county_year *county)
{
    return county->name.size ? county->name : text_printf(mem, "代码 %.*s 的县", TEXT_ARG(county->code));
}

struct text words_set(struct text name)
{
    return name.size ? name : TEXT("未填");
}
