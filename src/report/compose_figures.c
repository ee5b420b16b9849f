#include "report/compose_figures.h"

#include "base/err.h"
#include "report/say.h"
#include "report/words.h"

#include <math.h>

struct text say_item(struct arena *mem, const struct item *item, bool english)
{
    if (!english)
        return item->zh;
    char *words = arena_copy_string(mem, item->code.at, item->code.size);
    for (size_t i = 0; i < item->code.size; i++)
        words[i] = words[i] == '_' ? ' ' : words[i];
    return (struct text){ words, item->code.size };
}

static double value_of(const struct composing *c, uint32_t row, uint16_t item)
{
    return row == UINT32_MAX ? BLANK : returns_number(c->assessment->returns, row, item);
}

double compose_known(const struct composing *c, uint32_t row, uint16_t item)
{
    static const struct text PARTS[] = { TEXT("primary"), TEXT("junior") };
    const struct text code = c->assessment->returns->items->at[item].code, behind = TEXT("total");
    double sum = value_of(c, row, item);
    for (size_t i = 0; i < COUNT(PARTS) && text_ends(code, behind); i++) {
        const struct text part = text_printf(c->mem, "%.*s%.*s", (int)(code.size - behind.size), code.at, TEXT_ARG(PARTS[i]));
        const uint16_t at = is_blank(value_of(c, row, item)) ? item_find(c->assessment->returns->items, part) : NO_ITEM;
        const double own = at == NO_ITEM ? BLANK : value_of(c, row, at);
        sum = is_blank(own) ? sum : is_blank(sum) ? own : sum + own;
    }
    return sum;
}

struct text say_figure(struct arena *mem, const struct item *item, double value, struct text text, bool english)
{
    if (item->type == ITEM_TEXT)
        return text.size ? text : say_blank(english);
    if (is_blank(value))
        return say_blank(english);
    if (item->type == ITEM_BOOLEAN && english)
        return value != 0 ? TEXT("yes") : TEXT("no");
    if (item->type == ITEM_BOOLEAN || item->type == ITEM_ENUM)
        return words_figure(mem, item, value, text);
    return text_equal(item->unit, TEXT("year")) ? text_printf(mem, "%.0f", value) : words_count(mem, value);
}

static struct text bare(const struct composing *c, const struct item *item, double value, struct text text)
{
    return say_figure(c->mem, item, value, text, c->english);
}

/* ── facts ── */

static const struct text FACTS[] = { TEXT("school_code"), TEXT("school_type"), TEXT("ownership"), TEXT("area_kind"), TEXT("township"),
                                     TEXT("district"), TEXT("boarding"), TEXT("built_year"), TEXT("host_school_code") };

struct school_fact *compose_facts(const struct composing *c, uint32_t row, size_t *n_out)
{
    const struct edition *e = c->assessment->edition;
    struct school_fact *facts = arena_array(c->mem, COUNT(FACTS), struct school_fact);
    *n_out = 0;
    for (size_t i = 0; i < COUNT(FACTS); i++) {
        const uint16_t at = item_find(&e->items, FACTS[i]);
        if (at == NO_ITEM)
            continue;
        const struct item *item = &e->items.at[at];
        const double value = item->type == ITEM_TEXT ? BLANK : value_of(c, row, at);
        const struct text text = item->type == ITEM_TEXT ? returns_text(c->assessment->returns, row, at) : TEXT("");
        if (text.size || !is_blank(value))
            facts[(*n_out)++] = (struct school_fact){ at, say_item(c->mem, item, c->english), bare(c, item, value, text) };
    }
    return facts;
}

/* ── groups ── */

static const struct group { struct text zh, en, begins[6]; } GROUPS[N_FIGURE_GROUPS] = {
    { TEXT("学校"), TEXT("The school"), { TEXT("school_") } }, /* and every text, choice and fact */
    { TEXT("学生"), TEXT("Pupils"), { TEXT("pupils_") } },
    { TEXT("教师"), TEXT("Teachers"), { TEXT("teachers_"), TEXT("staff_") } },
    { TEXT("校舍和场地"), TEXT("Buildings and grounds"), { TEXT("area_") } },
    { TEXT("教室和设备"), TEXT("Rooms and equipment"), { TEXT("classrooms_"), TEXT("equipment_"), TEXT("music_"), TEXT("art_"), TEXT("computers"), TEXT("books") } },
    { TEXT("班级"), TEXT("Classes"), { TEXT("classes_"), TEXT("largest_class"), TEXT("grades_") } },
    { TEXT("经费"), TEXT("Funds"), { TEXT("public_funds_"), TEXT("training_") } },
    { TEXT("毕业和巩固"), TEXT("Graduation and retention"), { TEXT("cohort_") } },
    { TEXT("其他"), TEXT("Other"), { TEXT("") } },
};

static bool is_fact(const struct item *item)
{
    for (size_t i = 0; i < COUNT(FACTS); i++)
        if (text_equal(FACTS[i], item->code))
            return true;
    return false;
}

size_t compose_group_of(const struct item *item)
{
    if (item->type == ITEM_TEXT || item->type == ITEM_ENUM || is_fact(item))
        return 0;
    for (size_t g = 0; g + 1 < COUNT(GROUPS); g++)
        for (size_t k = 0; k < COUNT(GROUPS[g].begins) && GROUPS[g].begins[k].size; k++)
            if (text_starts(item->code, GROUPS[g].begins[k]))
                return g;
    return COUNT(GROUPS) - 1;
}

struct text compose_group_name(size_t group, bool english)
{
    return english ? GROUPS[group].en : GROUPS[group].zh;
}

static bool fraction(double x)
{
    return !is_blank(x) && floor(x) != x;
}

static bool make_figure(const struct composing *c, uint16_t at, const uint32_t *rows, size_t n_years, struct school_figure *out)
{
    const struct item *item = &c->assessment->edition->items.at[at];
    bool any = false;
    *out = (struct school_figure){ .item = at, .code = item->code };
    for (size_t y = 0; y < n_years; y++) {
        out->values[y] = value_of(c, rows[y], at);
        any |= !is_blank(out->values[y]);
    }
    if (!any)
        return false;
    out->name = say_item(c->mem, item, c->english);
    out->unit = say_unit(item->unit, c->english);
    for (size_t y = 0; y < n_years; y++)
        out->words[y] = rows[y] == UINT32_MAX ? TEXT("") : bare(c, item, out->values[y], TEXT(""));
    const bool counts = item->type == ITEM_INTEGER || item->type == ITEM_NUMBER;
    if (n_years > 1 && counts && out->values[n_years - 1] != out->values[n_years - 2])
        out->change = say_change(c->mem, out->values[n_years - 1] - out->values[n_years - 2],
                                 fraction(out->values[n_years - 1]) || fraction(out->values[n_years - 2]) ? 2 : 0);
    return true;
}

struct figure_group *compose_figure_groups(const struct composing *c, const uint32_t *rows, size_t n_years, size_t *n_out)
{
    const struct item_list *items = c->assessment->returns->items;
    struct figure_group *groups = arena_array(c->mem, COUNT(GROUPS), struct figure_group);
    size_t n = 0;
    for (size_t g = 0; g < COUNT(GROUPS); g++)
        groups[g] = (struct figure_group){ .name = compose_group_name(g, c->english) };
    struct school_figure *all = arena_array(c->mem, items->n, struct school_figure);
    for (size_t g = 0; g < COUNT(GROUPS); g++) { /* items stand by subject: each group in the edition's order; facts stand apart */
        groups[g].figures = all + n;
        for (size_t i = 0; i < items->n; i++) {
            const struct item *item = &items->at[i];
            if (item->level == ITEM_SCHOOL && g && compose_group_of(item) == g &&
                make_figure(c, (uint16_t)i, rows, n_years, &all[n])) {
                n++;
                groups[g].n++;
            }
        }
        if (groups[g].n)
            groups[(*n_out)++] = groups[g];
    }
    return groups;
}

/* ── rules that every school must keep ── */

/* 班级总数 → 班级, 96平方米以上音乐教室间数 → 96平方米以上音乐教室, 公用经费预算总额(万元) → 公用经费预算总额. */
static struct text counted_name(struct text zh)
{
    static const struct text BEHIND[] = { TEXT("(万元)"), TEXT("总数"), TEXT("间数"), TEXT("数") };
    for (size_t i = 0; i < COUNT(BEHIND); i++)
        if (text_ends(zh, BEHIND[i]) && zh.size > BEHIND[i].size)
            return (struct text){ zh.at, zh.size - BEHIND[i].size };
    return zh;
}

/* Whether a row is a part (校区) of the school with this code; a teaching point names only who manages it. */
static bool part_of(const struct composing *c, size_t row, struct text code)
{
    const struct item_list *items = c->assessment->returns->items;
    if (items->host_school_code == NO_ITEM || !text_equal(returns_text(c->assessment->returns, row, items->host_school_code), code) ||
        text_equal(composing_code(c, row), code))
        return false;
    return items->school_type == NO_ITEM || returns_number(c->assessment->returns, row, items->school_type) !=
                                                item_value(&items->at[items->school_type], TEXT("teaching_point"));
}

/* A school's figure with those of its parts, as a rule of the schools counts it. */
static double with_parts(const struct composing *c, uint32_t row, uint16_t item, bool *parts_out)
{
    const struct county_year *county = &c->assessment->returns->counties[c->assessment->returns->county[row]];
    const enum item_merge how = c->assessment->edition->items.at[item].merge;
    const struct text code = composing_code(c, row);
    double value = compose_known(c, row, item);
    for (size_t i = county->first; how != MERGE_HOST && i < county->first + county->n; i++) {
        if (!part_of(c, i, code))
            continue;
        const double own = compose_known(c, (uint32_t)i, item);
        value = how == MERGE_SUM ? value + own : own > value ? own : value;
        *parts_out = true;
    }
    return value;
}

struct text compose_rule_figures(const struct composing *c, uint32_t row, const struct rule *rule, bool blanks_too)
{
    const struct returns *returns = c->assessment->returns;
    struct buf out = { .mem = c->mem };
    bool parts = false;
    for (size_t k = 0; k < rule->n_rests_on; k++) {
        const struct item *item = &c->assessment->edition->items.at[rule->rests_on[k]];
        const double value = item->level == ITEM_SCHOOL ? with_parts(c, row, rule->rests_on[k], &parts)
                                                        : returns_county_number(returns, returns->county[row], rule->rests_on[k]);
        if (is_blank(value) && !blanks_too)
            continue;
        const struct text number = bare(c, item, value, TEXT("")), name = say_item(c->mem, item, c->english);
        const struct text unit = is_blank(value) ? TEXT("") : say_unit(item->unit, c->english);
        buf_printf(&out, "%s%.*s %.*s%s%.*s", out.size ? c->english ? ", " : "，" : "", TEXT_ARG(c->english ? name : counted_name(name)),
                   TEXT_ARG(number), unit.size ? " " : "", TEXT_ARG(unit));
    }
    if (parts && out.size)
        buf_add(&out, c->english ? TEXT(" (with its parts)") : TEXT("（含校区）"));
    return buf_text(&out);
}

static bool listed(const uint32_t *rows, size_t n, uint32_t row)
{
    size_t low = 0, high = rows ? n : 0;
    while (low < high) { /* lists rise */
        const size_t middle = low + (high - low) / 2;
        if (rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return rows && low < n && rows[low] == row;
}

struct school_rule *compose_school_rules(const struct composing *c, uint32_t row, size_t *n_out)
{
    const struct county_assessment *county = composing_county(c);
    struct school_rule *rules = arena_array(c->mem, county->n_rules, struct school_rule);
    *n_out = 0;
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule_result *r = &county->rules[i];
        if (r->rule->scope != SCOPE_SCHOOL)
            continue;
        const bool fails = listed(r->failing_rows, r->failing, row), unknown = listed(r->unknown_rows, r->unknown, row);
        if (!fails && !unknown && !listed(r->passing_rows, r->schools - r->failing - r->unknown, row))
            continue; /* not asked of this school */
        struct school_rule *out = &rules[(*n_out)++];
        *out = (struct school_rule){ .id = r->rule->id, .name = say_rule_name(c->assessment->edition, r->rule, c->english),
                                     .whole_name = c->english && r->rule->en.size ? r->rule->en : r->rule->zh,
                                     .state = fails ? STATE_BELOW : unknown ? STATE_NO_DATA : STATE_MET };
        out->state_words = c->english ? say_state(out->state, true) : fails ? TEXT("不符合") : unknown ? TEXT("缺数据") : TEXT("符合");
        out->words = compose_rule_figures(c, row, r->rule, unknown);
    }
    return rules;
}
