#include "report/compose_public.h"

#include "model/suppress.h"
#include "report/compose_overview.h"
#include "report/say.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

static const struct public_kind KINDS[] = {
    { "verdict", "评估结论", "Verdict", "县里自己按国家标准逐条核对的结果。一条不达到就不能申报，没有总分。",
      "What the county found by going through the national standard condition by condition. One unmet condition is enough; there is no total." },
    { "passing", "达标的学校", "Schools that pass", NULL, NULL },    /* told by the edition: public_means */
    { "spread", "学校之间的差距", "Differences between schools", NULL, NULL },
    { "means_primary", "小学的条件", "Primary schools' resources", "全县小学平均每个（每百名）学生有多少，和国家标准比。",
      "What the county's primary schools have per pupil (or per hundred), beside the standard." },
    { "means_junior", "初中的条件", "Junior schools' resources", "全县初中平均每个（每百名）学生有多少，和国家标准比。",
      "What the county's junior schools have per pupil (or per hundred), beside the standard." },
    { "shares", "保障、质量和满意度", "Provision, quality, satisfaction", "全县的比例；太接近0或100%的只说高于95%、低于5%，免得认出个人。",
      "Shares of the whole county; near 0 or 100% only 'over 95%' or 'under 5%' is said, so that nobody is recognised." },
    { "pupils", "各乡镇的学生", "Pupils by township", "各乡镇（街道）中小学的在校生人数。", "Pupils of the schools of each township." },
    { "migrant", "随迁子女", "Children of migrant workers", "跟着进城务工的父母来上学的孩子。少于10人的格子不公布，能推算出它的格子也不公布。",
      "Children who came with parents working in the city. Cells under 10 are hidden, and those from which they could be worked out." },
    { "left_behind", "留守儿童", "Children left behind", "父母外出务工、留在家乡上学的孩子。少于10人的格子不公布，能推算出它的格子也不公布。",
      "Children whose parents work elsewhere. Cells under 10 are hidden, and those from which they could be worked out." },
};

const struct public_kind *public_kinds(size_t *n_out)
{
    *n_out = sizeof KINDS / sizeof KINDS[0];
    return KINDS;
}

const struct public_kind *public_kind(struct text id)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
        if (text_equal(id, text_of(KINDS[i].id)))
            return &KINDS[i];
    return NULL;
}

static struct text passing_means(const struct stage_rule *rule, bool en, struct arena *mem)
{
    const double floor = rule->n_levels ? rule->levels[0].floor : BLANK;
    if (!rule->least_met)
        return en ? TEXT("This edition sets no threshold for a single school.") : TEXT("这一版标准不给单个学校定达标线。");
    if (rule->least_met >= rule->n_levels)
        return en ? text_printf(mem, "A school passes when all its %zu resources reach the standard.", rule->n_levels)
                  : text_printf(mem, "一所学校 %zu 项条件都达到标准，就算达标。", rule->n_levels);
    return en ? text_printf(mem, "A school passes when at least %zu of %zu resources reach the standard and the rest %.0f%% of it.", rule->least_met,
                            rule->n_levels, floor * 100)
              : text_printf(mem, "一所学校 %zu 项条件里至少 %zu 项达到标准，其余不低于标准的%.0f%%，就算达标。", rule->n_levels, rule->least_met, floor * 100);
}

/* The limit of the coefficients; where an edition judges them together alone, that one. */
static double limit_of(const struct stage_rule *rule)
{
    for (size_t l = 0; l < rule->n_levels && !rule->combined_decides; l++)
        if (!isnan(rule->levels[l].cv_limit))
            return rule->levels[l].cv_limit;
    return rule->combined_cv_limit;
}

static struct text spread_means(const struct edition *e, bool en, struct arena *mem)
{
    const double primary = limit_of(&e->stages[STAGE_PRIMARY]), junior = limit_of(&e->stages[STAGE_JUNIOR]);
    return en ? text_printf(mem, "The smaller the coefficient, the closer schools are to each other. The limits: primary %.2f, junior %.2f.", primary, junior)
              : text_printf(mem, "差异系数越小，学校之间越接近。小学不超过%.2f、初中不超过%.2f为达到。", primary, junior);
}

struct text public_means(const struct public_kind *kind, const struct edition *edition, bool english, struct arena *mem)
{
    if (kind->means_zh)
        return text_of(english ? kind->means_en : kind->means_zh);
    return text_equal(text_of(kind->id), TEXT("spread")) ? spread_means(edition, english, mem)
                                                         : passing_means(&edition->stages[STAGE_PRIMARY], english, mem);
}

struct text public_hidden(bool english)
{
    return english ? TEXT("hidden") : TEXT("不公布");
}

/* ── tables ── */

static struct word_list table_of(const struct composing *c, const struct public_offer *offer, size_t rows, size_t columns)
{
    return (struct word_list){ .name = text_of(offer->kind->id), .n_rows = rows, .n_columns = columns,
                               .cells = arena_array(c->mem, rows * columns, struct text) };
}

static struct text *row_of(const struct word_list *table, size_t row)
{
    return &table->cells[row * table->n_columns];
}

static void verdict(const struct composing *c, struct public_offer *offer)
{
    const struct county_assessment *const county = composing_county(c);
    offer->table = table_of(c, offer, 2, 2);
    row_of(&offer->table, 0)[0] = TEXT("学年");
    row_of(&offer->table, 0)[1] = TEXT("结论");
    row_of(&offer->table, 1)[0] = words_year(c->mem, county->county->year);
    row_of(&offer->table, 1)[1] = county->verdict == STATE_MET ? TEXT("各项条件都达到") : county->verdict == STATE_BELOW ? TEXT("还有条件没有达到") : TEXT("还不能下结论");
}

static void passing(const struct composing *c, struct public_offer *offer)
{
    size_t n;
    const struct overview_stage *const stages = compose_stages(c, &n);
    static const char *const HEADS[] = { "学段", "学校", "达标", "占比" };
    offer->table = table_of(c, offer, n + 1, 4);
    for (size_t i = 0; i < 4; i++)
        row_of(&offer->table, 0)[i] = text_of(HEADS[i]);
    for (size_t s = 0; s < n; s++) {
        struct text *const row = row_of(&offer->table, s + 1);
        row[0] = stages[s].name;
        row[1] = words_count(c->mem, (double)stages[s].units);
        row[2] = words_count(c->mem, (double)stages[s].passing);
        row[3] = stages[s].units ? words_share(c->mem, (double)stages[s].passing / (double)stages[s].units) : words_share(c->mem, BLANK);
    }
    if (!n)
        offer->why_not = TEXT("还没有学校的数据");
}

static void spread(const struct composing *c, struct public_offer *offer)
{
    const struct county_assessment *const county = composing_county(c);
    const struct edition *const e = c->assessment->edition;
    const size_t levels = e->stages[STAGE_PRIMARY].n_levels;
    offer->table = table_of(c, offer, levels + 1, 3);
    row_of(&offer->table, 0)[0] = TEXT("差异系数");
    row_of(&offer->table, 0)[1] = TEXT("小学");
    row_of(&offer->table, 0)[2] = TEXT("初中");
    for (size_t l = 0; l < levels; l++) {
        struct text *const row = row_of(&offer->table, l + 1);
        row[0] = say_level(&e->stages[STAGE_PRIMARY].levels[l], false);
        for (enum stage s = STAGE_PRIMARY; s <= STAGE_JUNIOR; s++) {
            const struct stage_assessment *const stage = composing_stage(county, s);
            size_t at;
            const struct level *const level = composing_level(e, s, e->stages[STAGE_PRIMARY].levels[l].id, &at);
            row[1 + s] = stage && level ? say_cv(c->mem, &stage->cv[at], level->cv_limit, false) : say_blank(false);
        }
    }
}

static void means(const struct composing *c, enum stage of, struct public_offer *offer)
{
    const struct stage_assessment *const stage = composing_stage(composing_county(c), of);
    const struct stage_rule *const rule = &c->assessment->edition->stages[of];
    if (!stage) {
        offer->why_not = TEXT("没有这个学段的学校");
        return;
    }
    offer->table = table_of(c, offer, rule->n_levels + 1, 3);
    row_of(&offer->table, 0)[0] = TEXT("条件");
    row_of(&offer->table, 0)[1] = TEXT("全县平均");
    row_of(&offer->table, 0)[2] = TEXT("标准");
    for (size_t l = 0; l < rule->n_levels; l++) {
        struct text *const row = row_of(&offer->table, l + 1);
        row[0] = text_printf(c->mem, "%.*s（%.*s）", TEXT_ARG(say_level(&rule->levels[l], false)), TEXT_ARG(say_unit(rule->levels[l].unit, false)));
        row[1] = is_blank(stage->cv[l].mean) ? say_blank(false) : words_fixed(c->mem, stage->cv[l].mean, 2);
        row[2] = say_number(c->mem, rule->levels[l].at_least, false);
    }
}

/* The most people a share can be of, as far as the county's own figures tell: those of schools are always many. */
static double base_of(const struct composing *c, const struct rule *rule)
{
    double most = 0;
    bool own = true;
    for (size_t i = 0; i < rule->n_rests_on; i++) {
        const struct item *const item = &c->assessment->edition->items.at[rule->rests_on[i]];
        if (!text_equal(item->unit, TEXT("persons")))
            continue;
        const double n = returns_county_number(c->assessment->returns, c->year, rule->rests_on[i]);
        own = own && !is_blank(n);
        most = n > most ? n : most;
    }
    return own && most > 0 ? most : HUGE_VAL;
}

static void shares(const struct composing *c, struct public_offer *offer)
{
    const struct county_assessment *const county = composing_county(c);
    size_t n = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        if (pass) {
            offer->table = table_of(c, offer, n + 1, 3);
            row_of(&offer->table, 0)[0] = TEXT("比例");
            row_of(&offer->table, 0)[1] = TEXT("全县");
            row_of(&offer->table, 0)[2] = TEXT("标准");
            n = 0;
        }
        for (size_t i = 0; i < county->n_rules; i++) {
            const struct rule_result *const r = &county->rules[i];
            const bool decides = r->rule->kind == RULE_GOVERNMENT || r->rule->kind == RULE_QUALITY || r->rule->kind == RULE_RECOGNITION;
            if (!decides || r->rule->compare != COMPARE_AT_LEAST || r->rule->scope != SCOPE_COUNTY || !text_equal(r->rule->unit, TEXT("ratio")) ||
                is_blank(r->value) || r->value > 1.5)
                continue;
            n++;
            if (!pass)
                continue;
            struct text *const row = row_of(&offer->table, n);
            row[0] = say_rule_name(c->assessment->edition, r->rule, false);
            row[1] = suppress_share(c->mem, r->value > 1 ? 1 : r->value, base_of(c, r->rule), false);
            row[2] = words_rule_limit(c->mem, r->rule);
            if (!row[1].size) {
                row[1] = public_hidden(false);
                offer->hidden++;
            }
        }
    }
    if (!n)
        offer->why_not = TEXT("还没有这些比例的数据");
}

/* ── counts of people ── */

struct crossing {
    const struct composing *c;
    struct text *rows;              /* townships, in the order of the returns */
    size_t n_rows, n_columns;
    double *count;                  /* [(n_rows + 1) × (n_columns + 1)] */
    bool missing;
};

static struct crossing crossing_new(const struct composing *c, size_t n_columns)
{
    const struct county_year *const county = composing_county(c)->county;
    struct crossing x = { .c = c, .n_columns = n_columns, .rows = arena_array(c->mem, county->n + 1, struct text) };
    for (size_t i = 0; i < county->n; i++) {
        const struct text township = words_set(returns_text(c->assessment->returns, county->first + i, c->assessment->edition->items.township));
        size_t at = 0;
        while (at < x.n_rows && !text_equal(x.rows[at], township))
            at++;
        if (at == x.n_rows)
            x.rows[x.n_rows++] = township;
    }
    x.count = arena_array(c->mem, (x.n_rows + 1) * (n_columns + 1), double);
    return x;
}

static void count_in(struct crossing *x, size_t row, size_t column, double n)
{
    const struct text township = words_set(returns_text(x->c->assessment->returns, row, x->c->assessment->edition->items.township));
    size_t at = 0;
    while (at < x->n_rows && !text_equal(x->rows[at], township))
        at++;
    if (is_blank(n)) {
        x->missing = true;
        return;
    }
    const size_t wide = x->n_columns + 1;
    x->count[at * wide + column] += n;
    x->count[at * wide + x->n_columns] += n;
    x->count[x->n_rows * wide + column] += n;
    x->count[x->n_rows * wide + x->n_columns] += n;
}

static void put_crossing(const struct crossing *x, const struct text *heads, struct public_offer *offer)
{
    const size_t wide = x->n_columns + 1, all = (x->n_rows + 1) * wide;
    bool *const hidden = arena_array(x->c->mem, all, bool);
    if (x->missing) {
        offer->why_not = TEXT("有学校没有填这个数，合计不全");
        return;
    }
    if (!suppress(&(struct suppress_table){ x->n_rows, x->n_columns, x->count, hidden })) {
        offer->why_not = TEXT("人数太少或乡镇太多，隐去小数之后没有可公布的");
        return;
    }
    offer->table = table_of(x->c, offer, x->n_rows + 2, wide + 1);
    for (size_t i = 0; i <= wide; i++)
        row_of(&offer->table, 0)[i] = heads[i];
    for (size_t r = 0; r <= x->n_rows; r++) {
        struct text *const row = row_of(&offer->table, r + 1);
        row[0] = r < x->n_rows ? x->rows[r] : TEXT("全县");
        for (size_t k = 0; k < wide; k++) {
            row[k + 1] = hidden[r * wide + k] ? public_hidden(false) : words_count(x->c->mem, x->count[r * wide + k]);
            offer->hidden += hidden[r * wide + k];
        }
    }
}

static void pupils(const struct composing *c, struct public_offer *offer)
{
    struct crossing x = crossing_new(c, N_EVALUATED);
    const struct county_year *const county = composing_county(c)->county;
    for (size_t i = 0; i < county->n; i++)
        for (size_t s = 0; s < N_EVALUATED; s++) {
            const double n = returns_number(c->assessment->returns, county->first + i, c->assessment->edition->pupils[s]);
            if (!is_blank(n)) /* a school of the other stage returns none */
                count_in(&x, county->first + i, s, n);
        }
    put_crossing(&x, (const struct text[]){ TEXT("乡镇"), TEXT("小学"), TEXT("初中"), TEXT("合计") }, offer);
}

/* Whether a school has pupils of compulsory age: the others return no such figure. */
static bool counts(const struct composing *c, size_t row)
{
    for (size_t s = 0; s < N_EVALUATED; s++)
        if (returns_number(c->assessment->returns, row, c->assessment->edition->pupils[s]) > 0)
            return true;
    return false;
}

/* By township and by whether the school lies in town or country. */
static void group_of(const struct composing *c, const char *code, struct public_offer *offer)
{
    const struct edition *const e = c->assessment->edition;
    const uint16_t item = item_find(&e->items, text_of(code)), area = item_find(&e->items, TEXT("area_kind"));
    if (item == NO_ITEM || area == NO_ITEM) {
        offer->why_not = TEXT("这个标准版本没有这一项");
        return;
    }
    struct crossing x = crossing_new(c, 2);
    const struct county_year *const county = composing_county(c)->county;
    const struct item *const kinds = &e->items.at[area];
    for (size_t i = 0; i < county->n; i++) {
        const double kind = returns_number(c->assessment->returns, county->first + i, area);
        const bool rural = !is_blank(kind) && kind >= 1 && (size_t)kind <= kinds->n_values && text_equal(kinds->values[(size_t)kind - 1].code, TEXT("rural"));
        if (counts(c, county->first + i))
            count_in(&x, county->first + i, rural, returns_number(c->assessment->returns, county->first + i, item));
    }
    put_crossing(&x, (const struct text[]){ TEXT("乡镇"), TEXT("城镇学校"), TEXT("乡村学校"), TEXT("合计") }, offer);
}

struct public_offer *compose_public(const struct composing *c, size_t *n_out)
{
    const size_t n = sizeof KINDS / sizeof KINDS[0];
    struct public_offer *const offers = arena_array(c->mem, n, struct public_offer);
    for (size_t i = 0; i < n; i++)
        offers[i].kind = &KINDS[i];
    size_t at = 0;
    verdict(c, &offers[at++]);
    passing(c, &offers[at++]);
    spread(c, &offers[at++]);
    means(c, STAGE_PRIMARY, &offers[at++]);
    means(c, STAGE_JUNIOR, &offers[at++]);
    shares(c, &offers[at++]);
    pupils(c, &offers[at++]);
    group_of(c, "pupils_migrant", &offers[at++]);
    group_of(c, "pupils_left_behind", &offers[at]);
    *n_out = n;
    return offers;
}
