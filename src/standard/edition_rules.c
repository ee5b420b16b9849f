/* rules.csv, derivations.csv, relaxations.csv, checks.csv, shortfalls.csv: everything that is not a level. */
#include "base/number.h"
#include "standard/edition_parts.h"

static const char *const SCOPES[] = { "school", "county" };

static enum expression_place place_of(enum rule_scope scope)
{
    return scope == SCOPE_SCHOOL ? EXPRESSION_SCHOOL : EXPRESSION_COUNTY;
}

/* What a rule's value must be in: of a school's rule it is a truth, and counted. */
static struct text value_unit(const struct rule *rule)
{
    return rule->scope == SCOPE_SCHOOL ? TEXT("") : rule->unit;
}

static bool load_formulas(struct edition_draft *draft, size_t row, struct rule *rule)
{
    const struct edition_table *const t = &draft->tables[TABLE_RULES];
    const enum expression_place place = place_of(rule->scope);
    if (!cell_expression(draft, t, row, RULE_WHERE, EXPRESSION_SCHOOL, TEXT(""), true, &rule->where) ||
        !cell_expression(draft, t, row, RULE_VALUE, place, value_unit(rule), true, &rule->value) ||
        !cell_expression(draft, t, row, RULE_ALSO, place, TEXT(""), true, &rule->also) ||
        !cell_expression(draft, t, row, RULE_NOT_APPLICABLE, place, TEXT(""), true, &rule->not_applicable))
        return false;
    if (rule->value) {
        rule->formula = expression_source(rule->value);
        rule->rests_on = expression_items(rule->value, &rule->n_rests_on);
    }
    return true;
}

/* The item in which a person's verdict is returned: met or unmet. */
static bool load_judged(struct edition_draft *draft, size_t row, struct rule *rule)
{
    const struct edition_table *const t = &draft->tables[TABLE_RULES];
    rule->judged = NO_ITEM;
    if (!table_cell(t, row, RULE_JUDGED).size)
        return true;
    if (!cell_item(draft, t, row, RULE_JUDGED, &rule->judged))
        return false;
    const struct item *const item = &draft->edition->items.at[rule->judged];
    return (item->level == ITEM_COUNTY && item_value(item, TEXT("met")) && item_value(item, TEXT("unmet"))) ||
           table_fault(t, row, RULE_JUDGED, "区县层次、有 met 和 unmet 选项的指标项");
}

static bool load_names(struct edition_draft *draft, size_t row, struct rule *rule)
{
    const struct edition_table *const t = &draft->tables[TABLE_RULES];
    const struct indicator *const plain = indicator_find(draft->edition, rule->plain);
    if (!plain &&
        (rule->kind == RULE_GOVERNMENT || rule->kind == RULE_QUALITY || rule->kind == RULE_RECOGNITION))
        return table_fault(t, row, RULE_PLAIN, " indicators.csv 中的编号");
    rule->zh = table_cell(t, row, RULE_ZH);
    rule->en = table_cell(t, row, RULE_EN);
    rule->clause = table_cell(t, row, RULE_CLAUSE);
    if (plain) {
        rule->zh = rule->zh.size ? rule->zh : plain->zh;
        rule->en = rule->en.size ? rule->en : plain->en;
        rule->clause = rule->clause.size ? rule->clause : plain->clause;
    }
    rule->brief = plain ? plain->brief : rule->zh;
    rule->brief_en = plain ? plain->brief_en : rule->en;
    return rule->zh.size || table_fault(t, row, RULE_ZH, "中文名称");
}

static bool load_rule(struct edition_draft *draft, size_t row)
{
    static const char *const KINDS[] = { "government",   "quality", "recognition",
                                         "precondition", "veto",    "shown" };
    static const char *const COMPARES[] = { "", "at_least", "at_most", "below" };
    const struct edition_table *const t = &draft->tables[TABLE_RULES];
    struct rule *const rule = &draft->edition->rules[row];
    int kind, scope, compare;
    if (!table_new_code(t, row, RULE_ID, &rule->id) || !table_text(t, row, RULE_PLAIN, &rule->plain) ||
        !table_word(t, row, RULE_KIND, KINDS, COUNT(KINDS), &kind) ||
        !table_word(t, row, RULE_SCOPE, SCOPES, COUNT(SCOPES), &scope) ||
        !table_word(t, row, RULE_COMPARE, COMPARES, COUNT(COMPARES), &compare) ||
        !table_number_or_blank(t, row, RULE_THRESHOLD, &rule->threshold) ||
        !table_yes(t, row, RULE_OFF, &rule->off))
        return false;
    rule->kind = (enum rule_kind)kind;
    rule->scope = scope == 0 ? SCOPE_SCHOOL : SCOPE_COUNTY;
    rule->compare = (enum rule_compare)compare;
    rule->unit = table_cell(t, row, RULE_UNIT);
    if ((rule->compare == COMPARE_NONE) != is_blank(rule->threshold))
        return table_fault(t, row, RULE_THRESHOLD,
                           rule->compare == COMPARE_NONE ? "空白（compare 为空）" : "数字（compare 不为空）");
    if (!load_names(draft, row, rule) || !load_judged(draft, row, rule) || !load_formulas(draft, row, rule))
        return false;
    if (!rule->value && rule->judged == NO_ITEM)
        return table_fault(t, row, RULE_VALUE, "公式（没有由人判定的指标项时）");
    if (!rule->value && (rule->compare != COMPARE_NONE || rule->scope == SCOPE_SCHOOL))
        return table_fault(t, row, RULE_VALUE, "公式");
    return true;
}

bool load_rules(struct edition_draft *draft)
{
    struct edition *const e = draft->edition;
    const size_t n = draft->tables[TABLE_RULES].n;
    e->rules = arena_array(draft->mem, n, struct rule);
    for (; e->n_rules < n; e->n_rules++)
        if (!load_rule(draft, e->n_rules))
            return false;
    return true;
}

/* ---- derivations ------------------------------------------------------------------------ */

static bool load_derivation(struct edition_draft *draft, size_t row)
{
    const struct edition_table *const t = &draft->tables[TABLE_DERIVATIONS];
    struct derivation *const d = &draft->edition->derivations[row];
    struct text id;
    if (!table_new_code(t, row, DER_ID, &id) || !cell_item(draft, t, row, DER_ITEM, &d->item) ||
        !table_yes(t, row, DER_ESTIMATE, &d->estimate) ||
        !cell_expression(draft, t, row, DER_WHEN, EXPRESSION_SCHOOL, TEXT(""), true, &d->when))
        return false;
    const struct item *const item = &draft->edition->items.at[d->item];
    if (item->level != ITEM_SCHOOL || item->type == ITEM_TEXT)
        return table_fault(t, row, DER_ITEM, "学校层次的数值、是否或选项类指标项");
    if (item->type != ITEM_ENUM)
        return cell_expression(draft, t, row, DER_FORMULA, EXPRESSION_SCHOOL, item->unit, false, &d->formula);
    const unsigned ordinal = item_value(item, table_cell(t, row, DER_FORMULA));
    if (!ordinal)
        return table_fault(t, row, DER_FORMULA,
                           arena_printf(draft->mem, " %.*s 的一个选项代码", TEXT_ARG(item->code)));
    return expression_compile(draft->mem, text_printf(draft->mem, "%u", ordinal), &draft->edition->items,
                              EXPRESSION_SCHOOL, TEXT(""), &d->formula, draft->err);
}

bool load_derivations(struct edition_draft *draft)
{
    struct edition *const e = draft->edition;
    const size_t n = draft->tables[TABLE_DERIVATIONS].n;
    e->derivations = arena_array(draft->mem, n, struct derivation);
    for (; e->n_derivations < n; e->n_derivations++)
        if (!load_derivation(draft, e->n_derivations))
            return false;
    return true;
}

/* ---- relaxations ------------------------------------------------------------------------ */

static const struct level *level_find(const struct edition *e, struct text id, int stage)
{
    for (size_t s = 0; s < N_EVALUATED; s++)
        for (size_t l = 0; l < e->stages[s].n_levels && (stage < 0 || (int)s == stage); l++)
            if (text_equal(e->stages[s].levels[l].id, id))
                return &e->stages[s].levels[l];
    return NULL;
}

static const struct rule *rule_find(const struct edition *e, struct text id)
{
    for (size_t r = 0; r < e->n_rules; r++)
        if (text_equal(e->rules[r].id, id))
            return &e->rules[r];
    return NULL;
}

static bool load_relaxation(struct edition_draft *draft, size_t row)
{
    static const char *const STAGES[] = { "", "primary", "junior" };
    const struct edition_table *const t = &draft->tables[TABLE_RELAXATIONS];
    struct relaxation *const r = &draft->edition->relaxations[row];
    if (!table_new_code(t, row, REL_ID, &r->id) || !table_text(t, row, REL_TARGET, &r->target) ||
        !table_text(t, row, REL_ZH, &r->zh) ||
        !table_word(t, row, REL_STAGE, STAGES, COUNT(STAGES), &r->stage))
        return false;
    r->stage--;
    r->clause = table_cell(t, row, REL_CLAUSE);
    const struct level *const level = level_find(draft->edition, r->target, r->stage);
    const struct rule *const rule = rule_find(draft->edition, r->target);
    if (level)
        return cell_expression(draft, t, row, REL_FORMULA, EXPRESSION_SCHOOL, level->quantity, false,
                               &r->formula);
    if (!rule)
        return table_fault(t, row, REL_TARGET, " levels.csv（该学段）或 rules.csv 中的编号");
    return cell_expression(draft, t, row, REL_FORMULA, place_of(rule->scope), value_unit(rule), rule->off,
                           &r->formula);
}

bool load_relaxations(struct edition_draft *draft)
{
    struct edition *const e = draft->edition;
    const size_t n = draft->tables[TABLE_RELAXATIONS].n;
    e->relaxations = arena_array(draft->mem, n, struct relaxation);
    for (; e->n_relaxations < n; e->n_relaxations++)
        if (!load_relaxation(draft, e->n_relaxations))
            return false;
    return true;
}

/* ---- checks ----------------------------------------------------------------------------- */

static bool load_check(struct edition_draft *draft, size_t row)
{
    static const char *const LEVELS[] = { "error", "warning" };
    const struct edition_table *const t = &draft->tables[TABLE_CHECKS];
    struct logic_check *const c = &draft->edition->checks[row];
    int level, scope;
    double change;
    if (!table_new_code(t, row, CHECK_ID, &c->id) ||
        !table_word(t, row, CHECK_LEVEL, LEVELS, COUNT(LEVELS), &level) ||
        !table_word(t, row, CHECK_SCOPE, SCOPES, COUNT(SCOPES), &scope) ||
        !cell_item(draft, t, row, CHECK_ITEM, &c->item) ||
        !table_text(t, row, CHECK_EXPECTED, &c->expected) || !table_text(t, row, CHECK_MEND, &c->mend) ||
        !table_number_or_blank(t, row, CHECK_YEAR, &change))
        return false;
    c->warning = level == 1;
    c->scope = scope == 0 ? SCOPE_SCHOOL : SCOPE_COUNTY;
    c->year_on_year = is_blank(change) ? 0 : change;
    const struct item *const item = &draft->edition->items.at[c->item];
    if ((c->scope == SCOPE_SCHOOL) != (item->level == ITEM_SCHOOL))
        return table_fault(t, row, CHECK_ITEM,
                           c->scope == SCOPE_SCHOOL ? "学校层次的指标项" : "区县层次的指标项");
    if (!is_blank(change) && !(change > 0))
        return table_fault(t, row, CHECK_YEAR, "大于 0 的数字（如 0.2），或空白");
    if (!is_blank(change) &&
        (table_cell(t, row, CHECK_HOLDS).size || item->type == ITEM_TEXT || item->type == ITEM_ENUM))
        return table_fault(t, row, CHECK_HOLDS, "空白（与上年比较的检查只看一个数值指标项）");
    const enum expression_place place = place_of(c->scope);
    return cell_expression(draft, t, row, CHECK_WHERE, place, TEXT(""), true, &c->where) &&
           cell_expression(draft, t, row, CHECK_HOLDS, place, TEXT(""), !is_blank(change), &c->holds);
}

bool load_checks(struct edition_draft *draft)
{
    struct edition *const e = draft->edition;
    const size_t n = draft->tables[TABLE_CHECKS].n;
    e->checks = arena_array(draft->mem, n, struct logic_check);
    for (; e->n_checks < n; e->n_checks++)
        if (!load_check(draft, e->n_checks))
            return false;
    return true;
}

/* ---- shortfalls: how much a school that fails a rule is short of ---------------------------- */

static bool load_shortfall(struct edition_draft *draft, size_t row)
{
    const struct edition_table *const t = &draft->tables[TABLE_SHORTFALLS];
    struct edition *const e = draft->edition;
    const struct text id = table_cell(t, row, SHORT_RULE);
    size_t r = 0;
    while (r < e->n_rules && !text_equal(e->rules[r].id, id))
        r++;
    if (r == e->n_rules || e->rules[r].scope != SCOPE_SCHOOL || e->rules[r].missing)
        return table_fault(t, row, SHORT_RULE, " rules.csv 中 scope 为 school 的编号，一条一行");
    return table_text(t, row, SHORT_QUANTITY, &e->rules[r].quantity) &&
           cell_expression(draft, t, row, SHORT_MISSING, EXPRESSION_SCHOOL, e->rules[r].quantity, false, &e->rules[r].missing);
}

bool load_shortfalls(struct edition_draft *draft)
{
    for (size_t row = 0; row < draft->tables[TABLE_SHORTFALLS].n; row++)
        if (!load_shortfall(draft, row))
            return false;
    return true;
}
