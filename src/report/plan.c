#include "report/plan.h"

#include "base/csv.h"
#include "base/number.h"

/* ── days ── */

int days_between(struct day from, struct day to)
{
    return (int)((day_begins(to) - day_begins(from)) / 86400);
}

struct text day_words(struct arena *mem, struct day day)
{
    return day_shown(day_begins(day), mem);
}

/* ── phases ── */

const struct plan *plan_usual(void)
{
    static const struct plan_phase PHASES[] = {
        { TEXT("启动"), TEXT("Start"), { 2022, 3, 1 }, { 2022, 9, 30 } },
        { TEXT("实施"), TEXT("Implementation"), { 2022, 10, 1 }, { 2029, 10, 31 } },
        { TEXT("迎检"), TEXT("Inspection"), { 2029, 11, 1 }, { 2030, 12, 31 } },
    };
    static const struct plan PLAN = { PHASES, COUNT(PHASES), 2, 2029 };
    return &PLAN;
}

/* ── money ── */

/* Rough figures of an ordinary county, meant to be replaced by its own. */
static const struct price USUAL[] = {
    { TEXT("L1"), 90000, TEXT("估算：新增一名教师一年的人员经费") },
    { TEXT("L2"), 0, TEXT("在校际之间交流调配，不另计") },
    { TEXT("L3"), 90000, TEXT("估算：新增一名教师一年的人员经费") },
    { TEXT("L4"), 3500, TEXT("估算：每平方米校舍土建，不含征地") },
    { TEXT("L5"), 600, TEXT("估算：每平方米运动场地，不含征地") },
    { TEXT("L6"), 1, TEXT("设备按账面原值") },
    { TEXT("L7"), 50000, TEXT("估算：每间网络多媒体教室的设备") },
    { TEXT("G3"), 336000, TEXT("估算：每校补一间 96 平方米专用教室") },
    { TEXT("G6"), 30000, TEXT("估算：每校补足到 100 名学生的公用经费") },
    { TEXT("Q4"), 0, TEXT("在公用经费预算内调整") },
    { TEXT("G1"), 0, TEXT("文件") },
    { TEXT("G2"), 0, TEXT("文件") },
    { TEXT("G10"), 0, TEXT("文件") },
    { TEXT("G11"), 0, TEXT("在现有教师中交流") },
    { TEXT("G12"), 0, TEXT("考取或换岗") },
    { TEXT("G13"), 0, TEXT("调整划片") },
    { TEXT("G14"), 0, TEXT("调整名额分配") },
    { TEXT("Q3"), 0, TEXT("文件") },
    { TEXT("Q6"), 0, TEXT("文件") },
    { TEXT("Q7"), 0, TEXT("调整课表") },
    { TEXT("Q8"), 0, TEXT("管理") },
    { TEXT("PRE1"), 0, TEXT("等待年限") },
    { TEXT("PRE2"), 0, TEXT("文件") },
};

const struct prices *prices_usual(void)
{
    static const struct prices PRICES = { USUAL, COUNT(USUAL) };
    return &PRICES;
}

static const struct price *price_find(const struct prices *prices, struct text id)
{
    for (size_t i = 0; prices && i < prices->n; i++)
        if (text_equal(prices->at[i].id, id))
            return &prices->at[i];
    return NULL;
}

double price_of_level(const struct prices *prices, const struct level *level)
{
    const struct price *own = price_find(prices, level->id);
    if (own)
        return own->yuan;
    return text_equal(level->quantity, TEXT("yuan")) ? 1 : BLANK;
}

double price_of_rule(const struct prices *prices, const struct rule *rule)
{
    const struct price *own = price_find(prices, rule->id);
    const struct price *plain = own ? own : price_find(prices, rule->plain);
    return plain ? plain->yuan : BLANK;
}

enum { PRICE_COLUMNS = 3, MOST_PRICES = 256 };

static bool read_price(struct arena *mem, const struct csv_field *fields, size_t n, size_t line, struct price *out, struct err *err)
{
    *out = (struct price){ .id = text_copy(mem, text_trim(csv_value(mem, fields[0]))), .yuan = BLANK };
    const struct text yuan = n > 1 ? text_trim(csv_value(mem, fields[1])) : TEXT("");
    if (yuan.size && (!number_parse(yuan, &out->yuan) || out->yuan < 0)) {
        err_set(err, ERR_INPUT, "单价表第 %zu 行：读到“%.*s”，应为不小于 0 的数字。", line, TEXT_ARG(yuan));
        return err_hint(err, "金额以元为单位；说不准的留空，显示为“待试算”。");
    }
    out->note = n > 2 ? text_copy(mem, text_trim(csv_value(mem, fields[2]))) : TEXT("");
    return true;
}

bool prices_read(struct arena *mem, struct text csv, struct prices *out, struct err *err)
{
    struct csv_scanner scanner = { csv.at, csv.at + csv.size, ',' };
    struct csv_field fields[PRICE_COLUMNS];
    struct price *at = arena_array(mem, MOST_PRICES + COUNT(USUAL), struct price);
    size_t n = 0, count = 0;
    for (size_t line = 1;; line++) {
        const enum csv_status status = csv_next(&scanner, fields, PRICE_COLUMNS, &count);
        if (status == CSV_END)
            break;
        if (status != CSV_ROW) {
            err_set(err, ERR_INPUT, "单价表第 %zu 行：列数太多，或引号没有配对。", line);
            return err_hint(err, "应为三列：编号、单价（元）、说明。");
        }
        const struct text first = count ? text_trim(fields[0].text) : TEXT("");
        if (!first.size || text_starts(first, TEXT("#")) || text_equal(first, TEXT("id")))
            continue;
        if (n == MOST_PRICES)
            return err_set(err, ERR_LIMIT, "单价表超过 %d 行。", MOST_PRICES);
        if (!read_price(mem, fields, count, line, &at[n], err))
            return false;
        n++;
    }
    memcpy(at + n, USUAL, sizeof USUAL); /* found only where the county says nothing */
    *out = (struct prices){ at, n + COUNT(USUAL) };
    return true;
}

/* ── who and when ── */

static const struct { struct text id; struct duty duty; } DUTIES[] = {
    { TEXT("L1"), { TEXT("编办、人社局"), TEXT("Posts office, Human resources"), DUTY_SUMMER } },
    { TEXT("L2"), { TEXT("教育局"), TEXT("Education"), DUTY_SUMMER } },
    { TEXT("L3"), { TEXT("编办、人社局"), TEXT("Posts office, Human resources"), DUTY_SUMMER } },
    { TEXT("L4"), { TEXT("发改委、财政局"), TEXT("Development and reform, Finance"), DUTY_BUILDING } },
    { TEXT("L5"), { TEXT("自然资源局、财政局"), TEXT("Natural resources, Finance"), DUTY_BUILDING } },
    { TEXT("L6"), { TEXT("财政局"), TEXT("Finance"), DUTY_SUMMER } },
    { TEXT("L7"), { TEXT("财政局"), TEXT("Finance"), DUTY_SUMMER } },
    { TEXT("G1"), { TEXT("自然资源局、教育局"), TEXT("Natural resources, Education"), DUTY_PAPER } },
    { TEXT("G2"), { TEXT("教育局、财政局"), TEXT("Education, Finance"), DUTY_PAPER } },
    { TEXT("G3"), { TEXT("教育局、发改委"), TEXT("Education, Development and reform"), DUTY_SUMMER } },
    { TEXT("G4"), { TEXT("教育局、自然资源局"), TEXT("Education, Natural resources"), DUTY_BUILDING } },
    { TEXT("G5"), { TEXT("教育局"), TEXT("Education"), DUTY_SUMMER } },
    { TEXT("G6"), { TEXT("财政局"), TEXT("Finance"), DUTY_PAPER } },
    { TEXT("G7"), { TEXT("财政局"), TEXT("Finance"), DUTY_PAPER } },
    { TEXT("G8"), { TEXT("财政局、人社局"), TEXT("Finance, Human resources"), DUTY_PAPER } },
    { TEXT("G10"), { TEXT("编办、人社局"), TEXT("Posts office, Human resources"), DUTY_PAPER } },
    { TEXT("G11"), { TEXT("教育局、人社局"), TEXT("Education, Human resources"), DUTY_SUMMER } },
    { TEXT("G12"), { TEXT("教育局、人社局"), TEXT("Education, Human resources"), DUTY_SUMMER } },
    { TEXT("G15"), { TEXT("教育局、民政局"), TEXT("Education, Civil affairs"), DUTY_SUMMER } },
    { TEXT("Q1"), { TEXT("教育局、乡镇"), TEXT("Education, Townships"), DUTY_SUMMER } },
    { TEXT("Q2"), { TEXT("教育局、残联"), TEXT("Education, Disabled persons' federation"), DUTY_SUMMER } },
    { TEXT("Q4"), { TEXT("教育局、财政局"), TEXT("Education, Finance"), DUTY_PAPER } },
    { TEXT("S1"), { TEXT("县政府"), TEXT("County government"), DUTY_SUMMER } },
    { TEXT("X4"), { TEXT("编办、人社局"), TEXT("Posts office, Human resources"), DUTY_SUMMER } },
    { TEXT("X7"), { TEXT("县政府"), TEXT("County government"), DUTY_SUMMER } },
};

static const struct duty *duty_find(struct text id)
{
    for (size_t i = 0; i < COUNT(DUTIES); i++)
        if (text_equal(DUTIES[i].id, id))
            return &DUTIES[i].duty;
    return NULL;
}

struct duty duty_of_level(const struct level *level)
{
    const struct duty *own = duty_find(level->id);
    if (own)
        return *own;
    if (text_equal(level->quantity, TEXT("persons")))
        return (struct duty){ TEXT("编办、人社局"), TEXT("Posts office, Human resources"), DUTY_SUMMER };
    if (text_equal(level->quantity, TEXT("m2")))
        return (struct duty){ TEXT("自然资源局、财政局"), TEXT("Natural resources, Finance"), DUTY_BUILDING };
    return (struct duty){ TEXT("财政局"), TEXT("Finance"), DUTY_SUMMER };
}

struct duty duty_of_rule(const struct rule *rule)
{
    const struct duty *own = duty_find(rule->plain);
    if (own)
        return *own;
    if (rule->kind == RULE_VETO)
        return (struct duty){ TEXT("领导小组办公室"), TEXT("Leading group's office"), DUTY_PAPER };
    return (struct duty){ TEXT("教育局"), TEXT("Education"), rule->value ? DUTY_SUMMER : DUTY_PAPER };
}

struct duty duty_of_returns(void)
{
    return (struct duty){ TEXT("学校"), TEXT("Schools"), DUTY_RETURN };
}

struct duty duty_of_bureau(void)
{
    return (struct duty){ TEXT("教育局"), TEXT("Education"), DUTY_SUMMER };
}

/* The first such day of a year after `today`. */
static struct day next_day(int month, int day, struct day today)
{
    const struct day this_year = { today.year, month, day };
    return days_between(today, this_year) > 0 ? this_year : (struct day){ today.year + 1, month, day };
}

struct day duty_day(enum duty_time time, const struct plan *plan, struct day today)
{
    const struct day last = day_of(day_begins(plan->phases[plan->inspection].first) - 1);
    struct day day = next_day(8, 31, today);
    if (time == DUTY_RETURN)
        day = next_day(1, 20, today);
    else if (time == DUTY_PAPER)
        day = next_day(3, 31, today);
    else if (time == DUTY_BUILDING)
        day = next_day(8, 31, day);
    return days_between(last, day) > 0 && days_between(today, last) >= 0 ? last : day;
}
