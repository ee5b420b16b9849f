/* edition.csv, indicators.csv, levels.csv: names and weights, the list, what a unit must have. */
#include "base/number.h"
#include "standard/edition_parts.h"

static const char *const STAGES[] = { "primary", "junior" };

/* Which row of edition.csv goes where. */
enum head_kind { HEAD_TEXT, HEAD_NUMBER, HEAD_COUNT, HEAD_YES, HEAD_PUPILS };

struct head_key {
    const char *key;
    enum head_kind kind;
    void *into;
};

static bool load_key(struct edition_draft *draft, size_t row, const struct head_key *key)
{
    const struct edition_table *const t = &draft->tables[TABLE_EDITION];
    double number;
    switch (key->kind) {
    case HEAD_TEXT: return table_text(t, row, HEAD_VALUE, key->into);
    case HEAD_YES: return table_yes(t, row, HEAD_VALUE, key->into);
    case HEAD_NUMBER:
        return table_number(t, row, HEAD_VALUE, key->into) &&
               (*(double *)key->into >= 0 || table_fault(t, row, HEAD_VALUE, "不小于 0 的数字"));
    case HEAD_COUNT:
        if (!table_number(t, row, HEAD_VALUE, &number))
            return false;
        if (!(number >= 0 && number <= MAX_LEVELS) || number != (double)(size_t)number)
            return table_fault(t, row, HEAD_VALUE, arena_printf(draft->mem, " 0 到 %d 的整数", MAX_LEVELS));
        *(size_t *)key->into = (size_t)number;
        return true;
    case HEAD_PUPILS:
        if (!cell_item(draft, t, row, HEAD_VALUE, key->into))
            return false;
        const struct item *const item = &draft->edition->items.at[*(uint16_t *)key->into];
        return (item->level == ITEM_SCHOOL && text_equal(item->unit, TEXT("persons"))) ||
               table_fault(t, row, HEAD_VALUE, "学校层次、单位为 persons 的指标项");
    }
    return false;
}

bool load_head(struct edition_draft *draft)
{
    const struct edition_table *const t = &draft->tables[TABLE_EDITION];
    struct edition *const e = draft->edition;
    const struct head_key keys[] = {
        { "id", HEAD_TEXT, &e->id },
        { "zh", HEAD_TEXT, &e->zh },
        { "en", HEAD_TEXT, &e->en },
        { "version", HEAD_TEXT, &e->version },
        { "documents", HEAD_TEXT, &e->documents },
        { "pupils_primary", HEAD_PUPILS, &e->pupils[STAGE_PRIMARY] },
        { "pupils_junior", HEAD_PUPILS, &e->pupils[STAGE_JUNIOR] },
        { "pupils_senior", HEAD_PUPILS, &e->pupils[STAGE_SENIOR] },
        { "weight_primary", HEAD_NUMBER, &e->weight[STAGE_PRIMARY] },
        { "weight_junior", HEAD_NUMBER, &e->weight[STAGE_JUNIOR] },
        { "weight_senior", HEAD_NUMBER, &e->weight[STAGE_SENIOR] },
        { "close", HEAD_NUMBER, &e->close },
        { "least_met", HEAD_COUNT, &e->stages[STAGE_PRIMARY].least_met },
        { "combined_primary", HEAD_NUMBER, &e->stages[STAGE_PRIMARY].combined_cv_limit },
        { "combined_junior", HEAD_NUMBER, &e->stages[STAGE_JUNIOR].combined_cv_limit },
        { "combined_decides", HEAD_YES, &e->stages[STAGE_PRIMARY].combined_decides },
    };
    bool seen[COUNT(keys)] = { false };
    for (size_t row = 0; row < t->n; row++) {
        struct text name;
        size_t k = 0;
        if (!table_new_code(t, row, HEAD_KEY, &name))
            return false;
        while (k < COUNT(keys) && !text_equal(name, text_of(keys[k].key)))
            k++;
        if (k == COUNT(keys))
            return table_fault(t, row, HEAD_KEY, " standards/README.md 所列的名称");
        if (!load_key(draft, row, &keys[k]))
            return false;
        seen[k] = true;
    }
    for (size_t k = 0; k < COUNT(keys); k++)
        if (!seen[k]) {
            err_set(draft->err, ERR_INPUT, "%.*s/edition.csv：缺少“%s”一行。", TEXT_ARG(t->folder),
                    keys[k].key);
            return err_hint(draft->err, "请补上这一行；可从 standards/cn-2017/edition.csv 复制。");
        }
    e->stages[STAGE_JUNIOR].least_met = e->stages[STAGE_PRIMARY].least_met;
    e->stages[STAGE_JUNIOR].combined_decides = e->stages[STAGE_PRIMARY].combined_decides;
    return true;
}

bool load_indicators(struct edition_draft *draft)
{
    static const char *const FORMS[] = { "number", "document", "both" };
    const struct edition_table *const t = &draft->tables[TABLE_INDICATORS];
    struct edition *const e = draft->edition;
    e->indicators = arena_array(draft->mem, t->n, struct indicator);
    for (; e->n_indicators < t->n; e->n_indicators++) {
        const size_t row = e->n_indicators;
        struct indicator *const i = &e->indicators[row];
        int form;
        if (!table_new_code(t, row, IND_ID, &i->id) || !table_text(t, row, IND_ZH, &i->zh) ||
            !table_word(t, row, IND_FORM, FORMS, COUNT(FORMS), &form))
            return false;
        i->en = table_cell(t, row, IND_EN);
        i->brief = table_cell(t, row, IND_SHORT).size ? table_cell(t, row, IND_SHORT) : i->zh;
        i->brief_en = table_cell(t, row, IND_SHORT_EN).size ? table_cell(t, row, IND_SHORT_EN) : i->en;
        i->clause = table_cell(t, row, IND_CLAUSE);
        i->form = form == 0 ? FORM_NUMBER : form == 1 ? FORM_DOCUMENT : FORM_BOTH;
    }
    return true;
}

static bool above_zero(const struct edition_table *t, size_t row, size_t column, bool blank_too, double *out)
{
    if (blank_too ? !table_number_or_blank(t, row, column, out) : !table_number(t, row, column, out))
        return false;
    return (blank_too && is_blank(*out)) || *out > 0 ||
           table_fault(t, row, column, blank_too ? "大于 0 的数字或空白" : "大于 0 的数字");
}

static bool load_level(struct edition_draft *draft, size_t row)
{
    const struct edition_table *const t = &draft->tables[TABLE_LEVELS];
    struct level level = { 0 };
    int stage;
    if (!table_text(t, row, LEVEL_ID, &level.id) ||
        !table_word(t, row, LEVEL_STAGE, STAGES, COUNT(STAGES), &stage))
        return false;
    struct stage_rule *const into = &draft->edition->stages[stage];
    const struct indicator *const named = indicator_find(draft->edition, level.id);
    if (!named)
        return table_fault(t, row, LEVEL_ID, " indicators.csv 中的编号");
    for (size_t l = 0; l < into->n_levels; l++)
        if (text_equal(into->levels[l].id, level.id))
            return table_fault(t, row, LEVEL_ID, "同一学段内不重复的编号");
    if (into->n_levels == MAX_LEVELS)
        return table_fault(t, row, LEVEL_ID,
                           arena_printf(draft->mem, "一个学段不超过 %d 项指标", MAX_LEVELS));
    level.zh = named->zh;
    level.en = named->en;
    level.brief = named->brief;
    level.brief_en = named->brief_en;
    level.clause = named->clause;
    if (!table_text(t, row, LEVEL_QUANTITY, &level.quantity) ||
        !table_text(t, row, LEVEL_UNIT, &level.unit) ||
        !cell_expression(draft, t, row, LEVEL_AMOUNT, EXPRESSION_SCHOOL, level.quantity, false,
                         &level.amount) ||
        !table_yes(t, row, LEVEL_SHARED, &level.shared) ||
        !above_zero(t, row, LEVEL_PER, false, &level.per) ||
        !above_zero(t, row, LEVEL_AT_LEAST, true, &level.at_least) ||
        !above_zero(t, row, LEVEL_FLOOR, true, &level.floor) ||
        !above_zero(t, row, LEVEL_STEP, false, &level.step) ||
        !above_zero(t, row, LEVEL_CV_LIMIT, true, &level.cv_limit))
        return false;
    level.formula = expression_source(level.amount);
    level.rests_on = expression_items(level.amount, &level.n_rests_on);
    if (!is_blank(level.at_least) && !(level.floor <= 1))
        return table_fault(t, row, LEVEL_FLOOR, "不大于 1 的数字（占 at_least 的比例）");
    const char *const per_pupil =
        level.per > 1 ? arena_printf(draft->mem, "%.*s/%g", TEXT_ARG(level.quantity), level.per)
                      : arena_printf(draft->mem, "%.*s/pupil", TEXT_ARG(level.quantity));
    if (!text_equal(level.unit, text_of(per_pupil)))
        return table_fault(t, row, LEVEL_UNIT, arena_printf(draft->mem, " %s", per_pupil));
    into->levels[into->n_levels++] = level;
    return true;
}

bool load_levels(struct edition_draft *draft)
{
    const struct edition_table *const t = &draft->tables[TABLE_LEVELS];
    for (size_t row = 0; row < t->n; row++)
        if (!load_level(draft, row))
            return false;
    for (size_t s = 0; s < N_EVALUATED; s++) {
        const struct stage_rule *const stage = &draft->edition->stages[s];
        if (stage->n_levels && stage->least_met <= stage->n_levels)
            continue;
        err_set(draft->err, ERR_INPUT,
                "%.*s/levels.csv：%s只有 %zu 项指标，而 edition.csv 要求至少 %zu 项达标。",
                TEXT_ARG(t->folder), s ? "初中" : "小学", stage->n_levels,
                stage->least_met ? stage->least_met : 1);
        return err_hint(draft->err, "每个学段至少一项指标，且不少于 edition.csv 的 least_met。");
    }
    return true;
}
