#include "standard/edition_load.h"

#include "standard/edition_parts.h"

static const struct {
    const char *file;
    bool may_lack;
    size_t n;
    const char *columns[MAX_TABLE_COLUMNS];
} TABLES[N_TABLES] = {
    [TABLE_EDITION] = { "edition.csv", false, 3, { "key", "value", "note" } },
    [TABLE_ITEMS] = { "items.csv",
                      false,
                      9,
                      { "code", "level", "unit", "type", "merge", "zh", "aliases", "values", "note" } },
    [TABLE_TYPES] = { "types.csv",
                      false,
                      8,
                      { "code", "primary", "junior", "senior", "evaluated", "attached", "least_pupils",
                        "note" } },
    [TABLE_INDICATORS] = { "indicators.csv",
                           false,
                           7,
                           { "id", "zh", "en", "short", "short_en", "clause", "form" } },
    [TABLE_LEVELS] = { "levels.csv",
                       false,
                       12,
                       { "id", "stage", "amount", "shared", "per", "unit", "quantity", "at_least", "floor",
                         "step", "cv_limit", "note" } },
    [TABLE_RULES] = { "rules.csv",
                      true,
                      17,
                      { "id", "plain", "kind", "scope", "where", "value", "also", "not_applicable", "unit",
                        "compare", "threshold", "judged", "off", "zh", "en", "clause", "note" } },
    [TABLE_DERIVATIONS] = { "derivations.csv",
                            true,
                            6,
                            { "id", "item", "when", "formula", "estimate", "note" } },
    [TABLE_RELAXATIONS] = { "relaxations.csv",
                            true,
                            7,
                            { "id", "target", "stage", "formula", "zh", "clause", "note" } },
    [TABLE_CHECKS] = { "checks.csv",
                       true,
                       10,
                       { "id", "level", "scope", "where", "holds", "item", "year_on_year", "expected", "mend",
                         "note" } },
    [TABLE_SHORTFALLS] = { "shortfalls.csv", true, 4, { "rule", "missing", "quantity", "note" } },
};

bool edition_read_tables(struct edition_draft *draft, struct text folder, const struct edition_file *files,
                         size_t n)
{
    for (size_t t = 0; t < N_TABLES; t++) {
        const struct edition_file *found = NULL;
        for (size_t f = 0; f < n && !found; f++)
            if (text_equal(files[f].name, text_of(TABLES[t].file)))
                found = &files[f];
        if (!found && !TABLES[t].may_lack) {
            err_set(draft->err, ERR_INPUT, "%.*s 中没有 %s。", TEXT_ARG(folder), TABLES[t].file);
            return err_hint(draft->err, "标准版本的文件夹至少要有 edition、items、types、indicators、levels "
                                        "五张 .csv 表；可复制 standards/cn-2017/ 再改。");
        }
        if (found && !edition_table_read(draft->mem, folder, found->name, found->bytes, TABLES[t].columns,
                                         TABLES[t].n, &draft->tables[t], draft->err))
            return false;
    }
    return true;
}

const char *edition_table_file(enum table_name table)
{
    return TABLES[table].file;
}

/* An indicator that nothing works out would be listed and never judged. */
static bool every_indicator_is_judged(struct edition_draft *draft)
{
    const struct edition *const e = draft->edition;
    for (size_t i = 0; i < e->n_indicators; i++) {
        bool found = false;
        for (size_t s = 0; s < N_EVALUATED; s++)
            for (size_t l = 0; l < e->stages[s].n_levels; l++)
                found = found || text_equal(e->stages[s].levels[l].id, e->indicators[i].id);
        for (size_t r = 0; r < e->n_rules && !found; r++)
            found = text_equal(e->rules[r].plain, e->indicators[i].id);
        if (!found)
            return table_fault(&draft->tables[TABLE_INDICATORS], i, IND_ID,
                               "在 levels.csv 或 rules.csv 中有对应行的指标");
    }
    return true;
}

bool edition_load(struct arena *mem, struct text folder, const struct edition_file *files, size_t n,
                  const struct edition **out, struct err *err)
{
    struct edition_draft draft = { .mem = mem, .edition = arena_make(mem, struct edition), .err = err };
    draft.edition->mem = mem;
    if (!edition_read_tables(&draft, folder, files, n) || !load_items(&draft) || !load_head(&draft) ||
        !load_types(&draft) || !load_indicators(&draft) || !load_levels(&draft) || !load_rules(&draft) ||
        !load_derivations(&draft) || !load_relaxations(&draft) || !load_checks(&draft) || !load_shortfalls(&draft) ||
        !every_indicator_is_judged(&draft))
        return false;
    *out = draft.edition;
    return true;
}

/* ---- small help ------------------------------------------------------------------------- */

bool cell_expression(struct edition_draft *draft, const struct edition_table *t, size_t row, size_t column,
                     enum expression_place place, struct text unit, bool may_be_empty,
                     const struct expression **out)
{
    const struct text source = table_cell(t, row, column);
    *out = NULL;
    if (!source.size && may_be_empty)
        return true;
    return expression_compile(draft->mem, source, &draft->edition->items, place, unit, out, draft->err) ||
           table_fault_inside(t, row, column);
}

bool cell_item(struct edition_draft *draft, const struct edition_table *t, size_t row, size_t column,
               uint16_t *out)
{
    *out = item_find(&draft->edition->items, table_cell(t, row, column));
    return *out != NO_ITEM || table_fault(t, row, column, " items.csv 中的指标项代码");
}

const struct indicator *indicator_find(const struct edition *edition, struct text id)
{
    for (size_t i = 0; i < edition->n_indicators; i++)
        if (text_equal(edition->indicators[i].id, id))
            return &edition->indicators[i];
    return NULL;
}
