#include "app/edition_view.h"

#include "app/edition.h"
#include "base/number.h"
#include "base/unicode.h"
#include "standard/edition_diff.h"
#include "standard/expression.h"

enum { MAX_SECTIONS = 64, MAX_ENTRIES = 80 };

struct view {
    struct arena *mem;
    const struct edition *edition;
    struct view_section *sections;
    size_t n;
};

static struct view_section *open_section(struct view *v, struct text title)
{
    if (v->n == MAX_SECTIONS)
        v->n--; /* an edition with so many parts of one indicator shows the last ones only */
    struct view_section *const s = &v->sections[v->n++];
    *s = (struct view_section){ .title = title,
                                .entries = arena_array(v->mem, MAX_ENTRIES, struct view_entry) };
    return s;
}

static void say(struct view_section *s, const char *key, const char *label, struct text value)
{
    if (value.size && s->n < MAX_ENTRIES)
        s->entries[s->n++] = (struct view_entry){ key, text_of(label), value };
}

static struct text number_text(struct view *v, double x, struct text unit)
{
    char number[NUMBER_SIZE];
    if (is_blank(x))
        return TEXT("");
    number_shortest(number, x);
    const struct text zh = text_equal(unit, TEXT("ratio")) ? TEXT("") : unit_zh(unit);
    return text_printf(v->mem, "%s%s%.*s", number, zh.size ? " " : "", TEXT_ARG(zh));
}

static void say_formula(struct view_section *s, const char *key, const char *label,
                        const struct expression *e)
{
    if (e)
        say(s, key, label, expression_source(e));
}

/* The items a formula speaks of, each once, with their Chinese names and units. */
static void say_items(struct view *v, struct view_section *s, const struct expression *const *formulas,
                      size_t n)
{
    bool seen[MAX_ITEMS] = { false };
    for (size_t f = 0; f < n; f++) {
        size_t named = 0;
        const uint16_t *const items = formulas[f] ? expression_items(formulas[f], &named) : NULL;
        for (size_t k = 0; k < named; k++) {
            const struct item *const item = &v->edition->items.at[items[k]];
            if (seen[items[k]])
                continue;
            seen[items[k]] = true;
            const struct text unit = text_ends(item->zh, TEXT(")")) ? TEXT("") : unit_zh(item->unit);
            say(s, "item", "指标项",
                text_printf(v->mem, "%.*s  %.*s%s%.*s%s", TEXT_ARG(item->code), TEXT_ARG(item->zh),
                            unit.size ? "（" : "", TEXT_ARG(unit), unit.size ? "）" : ""));
        }
    }
}

static void show_indicator(struct view *v, const struct indicator *i)
{
    struct view_section *const s =
        open_section(v, text_printf(v->mem, "%.*s %.*s", TEXT_ARG(i->id), TEXT_ARG(i->zh)));
    say(s, "id", "编号", i->id);
    say(s, "zh", "名称", i->zh);
    say(s, "en", "英文名称", i->en);
    say(s, "clause", "条款", i->clause);
    say(s, "form", "形式",
        i->form == FORM_NUMBER     ? TEXT("数据")
        : i->form == FORM_DOCUMENT ? TEXT("由人判定")
                                   : TEXT("数据，并由人判定"));
}

static void show_level(struct view *v, enum stage stage, const struct level *l)
{
    struct view_section *const s = open_section(v, stage_zh(stage));
    const struct stage_rule *const rule = &v->edition->stages[stage];
    say(s, "stage", "学段", stage_zh(stage));
    say(s, "at_least", "标准（不低于）", number_text(v, l->at_least, l->unit));
    if (!is_blank(l->at_least)) {
        say(s, "floor", "底线",
            text_printf(v->mem, "%.*s（标准的 %g%%）",
                        TEXT_ARG(number_text(v, number_round(l->at_least * l->floor, 6), l->unit)),
                        l->floor * 100));
        say(s, "school_rule", "每校",
            text_printf(v->mem, "%zu 项中至少 %zu 项达到标准，余项不低于底线", rule->n_levels,
                        rule->least_met));
    }
    say(s, "cv_limit", "校际差异系数（不超过）", number_text(v, l->cv_limit, TEXT("")));
    say(s, "combined_cv_limit",
        rule->combined_decides ? "综合差异系数（据此判定）" : "综合差异系数（方案目标）",
        number_text(v, rule->combined_cv_limit, TEXT("")));
    say_formula(s, "amount", "公式", l->amount);
    say(s, "per", "折算", l->per > 1 ? text_printf(v->mem, "× %g ÷ 学生数", l->per) : TEXT("÷ 学生数"));
    say(s, "shared", "学段间拆分",
        l->shared ? text_printf(v->mem, "按学生数 × 权重 %g : %g : %g", v->edition->weight[0],
                                v->edition->weight[1], v->edition->weight[2])
                  : TEXT("不拆分，各学段如实填报"));
    say(s, "unit", "单位", unit_zh(l->unit));
    say(s, "quantity", "缺口单位", unit_zh(l->quantity));
    say(s, "step", "最小增量", number_text(v, l->step, l->quantity));
    say_items(v, s, &l->amount, 1);
}

static struct text limit_text(struct view *v, const struct rule *r)
{
    static const char *const WORDS[] = { "", "不低于 ", "不超过 ", "低于 " };
    return r->compare == COMPARE_NONE ? TEXT("")
                                      : text_printf(v->mem, "%s%.*s", WORDS[r->compare],
                                                    TEXT_ARG(number_text(v, r->threshold, r->unit)));
}

/* `named_alike`: the indicator above has said its names. */
static void show_rule(struct view *v, const struct rule *r, bool named_alike)
{
    static const char *const KINDS[] = { "政府保障程度", "教育质量", "社会认可度",
                                         "申报条件",     "一票否决", "参看，不作判定" };
    struct view_section *const s = open_section(
        v, named_alike ? TEXT("判定") : text_printf(v->mem, "%.*s %.*s", TEXT_ARG(r->id), TEXT_ARG(r->zh)));
    say(s, "part", "编号", r->id);
    if (!named_alike) {
        say(s, "zh", "名称", r->zh);
        say(s, "en", "英文名称", r->en);
        say(s, "clause", "条款", r->clause);
    }
    say(s, "kind", "类别", text_of(KINDS[r->kind]));
    say(s, "scope", "对象", r->scope == SCOPE_SCHOOL ? TEXT("每所学校（值为不符合的学校数）") : TEXT("全县"));
    say(s, "threshold", "标准", limit_text(v, r));
    say_formula(s, "where", "哪些学校", r->where);
    say_formula(s, "value", r->scope == SCOPE_SCHOOL ? "每校应成立" : "公式", r->value);
    say_formula(s, "also", "还应成立", r->also);
    say_formula(s, "not_applicable", "不适用", r->not_applicable);
    if (r->judged != NO_ITEM)
        say(s, "judged", "由人判定",
            text_printf(v->mem, "%.*s  %.*s", TEXT_ARG(v->edition->items.at[r->judged].code),
                        TEXT_ARG(v->edition->items.at[r->judged].zh)));
    if (r->off)
        say(s, "off", "启用", TEXT("默认不启用，由县注明文件后启用"));
    const struct expression *const formulas[] = { r->where, r->value, r->also, r->not_applicable };
    say_items(v, s, formulas, COUNT(formulas));
}

static void show_relaxation(struct view *v, const struct relaxation *r)
{
    struct view_section *const s =
        open_section(v, text_printf(v->mem, "放宽 %.*s（默认关闭）", TEXT_ARG(r->id)));
    say(s, "relaxation", "编号", r->id);
    say(s, "target", "对象", r->target);
    say(s, "stage", "学段", r->stage < 0 ? TEXT("") : stage_zh((enum stage)r->stage));
    say(s, "zh", "内容", r->zh);
    say(s, "clause", "来源", r->clause);
    say_formula(s, "formula", "公式", r->formula);
    say_items(v, s, &r->formula, 1);
}

static void show_item(struct view *v, const struct item *item)
{
    static const char *const LEVELS[] = { "主键", "学校", "区县" };
    static const char *const TYPES[] = { "文字", "整数", "数字", "是否", "选项" };
    static const char *const MERGES[] = { "保留主校的", "相加", "取大" };
    struct view_section *const s =
        open_section(v, text_printf(v->mem, "%.*s %.*s", TEXT_ARG(item->code), TEXT_ARG(item->zh)));
    struct buf aliases = { .mem = v->mem }, values = { .mem = v->mem };
    for (size_t i = 0; i < item->n_aliases; i++)
        buf_printf(&aliases, "%s%.*s", i ? "、" : "", TEXT_ARG(item->aliases[i]));
    for (size_t i = 0; i < item->n_values; i++)
        buf_printf(&values, "%s%.*s %.*s", i ? "、" : "", TEXT_ARG(item->values[i].code),
                   TEXT_ARG(item->values[i].zh));
    say(s, "code", "代码", item->code);
    say(s, "zh", "名称", item->zh);
    say(s, "aliases", "别名", buf_text(&aliases));
    say(s, "level", "层次", text_of(LEVELS[item->level]));
    say(s, "type", "类型", text_of(TYPES[item->type]));
    say(s, "unit", "单位", unit_zh(item->unit));
    say(s, "values", "选项", buf_text(&values));
    say(s, "merge", "校区并入主校", item->level == ITEM_SCHOOL ? text_of(MERGES[item->merge]) : TEXT(""));
    say(s, "note", "说明", item->note);
}

static void show_all_of(struct view *v, struct text id)
{
    const struct edition *const e = v->edition;
    struct text shown_zh = TEXT("");
    for (size_t i = 0; i < e->n_indicators; i++)
        if (text_equal(e->indicators[i].id, id)) {
            show_indicator(v, &e->indicators[i]);
            shown_zh = e->indicators[i].zh;
        }
    for (size_t s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < e->stages[s].n_levels; l++)
            if (text_equal(e->stages[s].levels[l].id, id))
                show_level(v, (enum stage)s, &e->stages[s].levels[l]);
    for (size_t r = 0; r < e->n_rules; r++)
        if (text_equal(e->rules[r].plain, id) || text_equal(e->rules[r].id, id))
            show_rule(v, &e->rules[r], v->n == 1 && text_equal(e->rules[r].zh, shown_zh));
    for (size_t r = 0; r < e->n_relaxations; r++)
        if (text_equal(e->relaxations[r].target, id) || text_equal(e->relaxations[r].id, id))
            show_relaxation(v, &e->relaxations[r]);
    const uint16_t item = item_find(&e->items, id);
    if (item != NO_ITEM)
        show_item(v, &e->items.at[item]);
}

static bool no_such_id(struct view *v, struct text id, struct err *err)
{
    const struct edition *const e = v->edition;
    struct text guess = { 0 };
    size_t best = 3;
    for (size_t i = 0; i < e->n_indicators + e->items.n; i++) {
        const struct text known =
            i < e->n_indicators ? e->indicators[i].id : e->items.at[i - e->n_indicators].code;
        const size_t far =
            id.size <= 64 ? text_distance(v->mem, text_fold(v->mem, id), text_fold(v->mem, known), best - 1)
                          : best;
        if (far < best) {
            best = far;
            guess = known;
        }
    }
    err_set(err, ERR_USAGE, "标准版本 %.*s 中没有编号或代码“%.*s”。", TEXT_ARG(e->id),
            (int)(id.size > 100 ? 100 : id.size), id.at);
    if (guess.size)
        return err_hint(err, "是不是 %.*s？用 junheng standard list 查看全部指标。", TEXT_ARG(guess));
    return err_hint(err, "用 junheng standard list 查看全部指标。");
}

bool app_edition_show(struct arena *mem, const struct edition *edition, struct text id,
                      const struct view_section **out, size_t *n_out, struct err *err)
{
    struct view v = { .mem = mem,
                      .edition = edition,
                      .sections = arena_array(mem, MAX_SECTIONS, struct view_section) };
    show_all_of(&v, id);
    *out = v.sections;
    *n_out = v.n;
    return v.n || no_such_id(&v, id, err);
}

bool app_edition_diff(struct arena *mem, const char *a, const char *b, const struct edition_change_view **out,
                      size_t *n_out, struct err *err)
{
    const struct edition_file *files_a, *files_b;
    const struct edition_change *changes;
    size_t n_a, n_b;
    if (!app_edition_files(mem, a, &files_a, &n_a, err) || !app_edition_files(mem, b, &files_b, &n_b, err) ||
        !edition_diff(mem, text_of(a), files_a, n_a, text_of(b), files_b, n_b, &changes, n_out, err))
        return false;
    struct edition_change_view *const views = arena_array(mem, *n_out, struct edition_change_view);
    for (size_t i = 0; i < *n_out; i++)
        views[i] = (struct edition_change_view){ changes[i].table,
                                                 changes[i].id,
                                                 changes[i].column,
                                                 changes[i].was,
                                                 changes[i].now,
                                                 changes[i].kind == EDITION_ADDED     ? TEXT("增")
                                                 : changes[i].kind == EDITION_REMOVED ? TEXT("删")
                                                                                      : TEXT("改") };
    *out = views;
    return true;
}
