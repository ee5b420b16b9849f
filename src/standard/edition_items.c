/* items.csv, types.csv: what is asked, and which stages a school has. */
#include "base/number.h"
#include "standard/edition_parts.h"
#include "standard/unit.h"

/* Names seen so far, so that no header can mean two items. */
struct names {
    struct {
        struct text name;
        size_t row;
    } * slot;
    size_t size;
};

static bool take_name(struct edition_draft *draft, struct names *names, struct text name, size_t row,
                      size_t column)
{
    const struct edition_table *const t = &draft->tables[TABLE_ITEMS];
    size_t at = text_hash(name) % names->size;
    while (names->slot[at].name.size && !text_equal(names->slot[at].name, name))
        at = (at + 1) % names->size;
    if (names->slot[at].name.size && names->slot[at].row != row)
        return table_fault(t, row, column,
                           arena_printf(draft->mem, "与其他指标项不同的名称（第 %u 行已用“%.*s”）",
                                        t->row[names->slot[at].row], TEXT_ARG(name)));
    names->slot[at].name = name;
    names->slot[at].row = row;
    return true;
}

/* "a|b|c" as texts. */
static struct text *split_names(struct arena *mem, struct text list, size_t *n_out)
{
    size_t bars = 0;
    for (size_t i = 0; i < list.size; i++)
        bars += list.at[i] == '|';
    struct text *const names = arena_array(mem, bars + 1, struct text), part;
    *n_out = 0;
    while (list.size && text_split(&list, '|', &part))
        if (text_trim(part).size)
            names[(*n_out)++] = text_trim(part);
    return names;
}

/* "nine_year=九年一贯制|九年一贯制学校; …" */
static bool load_values(struct edition_draft *draft, size_t row, struct item *item)
{
    const struct edition_table *const t = &draft->tables[TABLE_ITEMS];
    struct text list = table_cell(t, row, ITEM_VALUES), part;
    if ((item->type == ITEM_ENUM) != (list.size > 0))
        return table_fault(t, row, ITEM_VALUES,
                           item->type == ITEM_ENUM ? "选项，如 yes=是;no=否" : "空白（只有 enum 有选项）");
    size_t most = 1;
    for (size_t i = 0; i < list.size; i++)
        most += list.at[i] == ';';
    item->values = arena_array(draft->mem, most, struct enum_value);
    while (list.size && text_split(&list, ';', &part)) {
        struct text code, rest = part;
        size_t equals = 0;
        if (!text_find(part, TEXT("="), &equals))
            return table_fault(t, row, ITEM_VALUES, "“代码=显示名|同义名”，以“;”分隔");
        (void)text_split(&rest, '=', &code);
        struct enum_value value = { .code = text_trim(code) };
        value.names = split_names(draft->mem, rest, &value.n_names);
        if (!value.code.size || !value.n_names || item_value(item, value.code))
            return table_fault(t, row, ITEM_VALUES, "代码不重复、各有显示名的选项");
        value.zh = *value.names++;
        value.n_names--;
        item->values[item->n_values++] = value;
    }
    return true;
}

static bool load_item(struct edition_draft *draft, size_t row, struct names *names)
{
    static const char *const LEVELS[] = { "key", "school", "county" };
    static const char *const TYPES[] = { "text", "integer", "number", "boolean", "enum" };
    static const char *const MERGES[] = { "host", "sum", "max" };
    const struct edition_table *const t = &draft->tables[TABLE_ITEMS];
    struct item *const item = &draft->edition->items.at[row];
    struct unit unit;
    int level, type, merge;
    if (!table_text(t, row, ITEM_CODE, &item->code) || !take_name(draft, names, item->code, row, ITEM_CODE) ||
        !table_text(t, row, ITEM_ZH, &item->zh) || !take_name(draft, names, item->zh, row, ITEM_ZH) ||
        !table_word(t, row, ITEM_LEVEL, LEVELS, COUNT(LEVELS), &level) ||
        !table_word(t, row, ITEM_KIND, TYPES, COUNT(TYPES), &type) ||
        !table_word(t, row, ITEM_MERGE, MERGES, COUNT(MERGES), &merge))
        return false;
    item->level = (enum item_level)level;
    item->type = (enum item_type)type;
    item->merge = (enum item_merge)merge;
    item->unit = table_cell(t, row, ITEM_UNIT);
    item->note = table_cell(t, row, ITEM_NOTE);
    for (size_t i = 0; i < item->code.size; i++)
        if (!((item->code.at[i] | 32) >= 'a' && (item->code.at[i] | 32) <= 'z') && item->code.at[i] != '_' &&
            !(i > 0 && item->code.at[i] >= '0' && item->code.at[i] <= '9'))
            return table_fault(t, row, ITEM_CODE, "字母、数字和下划线组成的代码，以字母开头");
    if (!unit_parse(item->unit, &unit))
        return table_fault(t, row, ITEM_UNIT, "单位，如 persons、m2、10000 yuan、yuan per pupil，或空白");
    if (item->merge != MERGE_HOST && item->type != ITEM_INTEGER && item->type != ITEM_NUMBER)
        return table_fault(t, row, ITEM_MERGE, " host（只有数值可以 sum 或 max）");
    item->aliases = split_names(draft->mem, table_cell(t, row, ITEM_ALIASES), &item->n_aliases);
    for (size_t i = 0; i < item->n_aliases; i++)
        if (!take_name(draft, names, item->aliases[i], row, ITEM_ALIASES))
            return false;
    return load_values(draft, row, item);
}

static bool needs(struct edition_draft *draft, uint16_t item, const char *code, enum item_type type)
{
    if (item != NO_ITEM && draft->edition->items.at[item].type == type)
        return true;
    err_set(draft->err, ERR_INPUT, "%.*s/items.csv：必须有指标项 %s，类型为 %s。",
            TEXT_ARG(draft->tables[TABLE_ITEMS].folder), code,
            type == ITEM_TEXT   ? "text"
            : type == ITEM_ENUM ? "enum"
                                : "integer");
    return err_hint(draft->err, "请补上这一行；可从 standards/cn-2017/items.csv 复制。");
}

bool load_items(struct edition_draft *draft)
{
    const struct edition_table *const t = &draft->tables[TABLE_ITEMS];
    struct item_list *const items = &draft->edition->items;
    if (t->n > MAX_ITEMS)
        return table_fault(t, MAX_ITEMS, ITEM_CODE,
                           arena_printf(draft->mem, "不超过 %d 个指标项", MAX_ITEMS));
    size_t n_names = 2 * t->n;
    for (size_t row = 0; row < t->n; row++)
        for (size_t i = 0; i < table_cell(t, row, ITEM_ALIASES).size; i++)
            n_names += i == 0 || table_cell(t, row, ITEM_ALIASES).at[i] == '|';
    struct names names = { .size = 2 * n_names + 1 };
    names.slot = arena_alloc_array(draft->mem, names.size, sizeof *names.slot);
    items->at = arena_array(draft->mem, t->n, struct item);
    for (items->n = 0; items->n < t->n; items->n++)
        if (!load_item(draft, items->n, &names))
            return false;
    item_list_finish(items);
    return needs(draft, items->county_code, "county_code", ITEM_TEXT) &&
           needs(draft, items->year, "year", ITEM_INTEGER) &&
           needs(draft, items->school_code, "school_code", ITEM_TEXT) &&
           needs(draft, items->school_name, "school_name", ITEM_TEXT) &&
           needs(draft, items->school_type, "school_type", ITEM_ENUM);
}

bool load_types(struct edition_draft *draft)
{
    const struct edition_table *const t = &draft->tables[TABLE_TYPES];
    const struct item *const item = &draft->edition->items.at[draft->edition->items.school_type];
    draft->edition->types = arena_array(draft->mem, item->n_values, struct school_type);
    draft->edition->n_types = item->n_values;
    for (size_t row = 0; row < t->n; row++) {
        struct text code;
        double least;
        if (!table_new_code(t, row, TYPE_CODE, &code))
            return false;
        const unsigned ordinal = item_value(item, code);
        if (!ordinal)
            return table_fault(t, row, TYPE_CODE, " items.csv 中 school_type 的选项");
        struct school_type *const type = &draft->edition->types[ordinal - 1];
        type->code = code;
        for (size_t s = 0; s < N_STAGES; s++)
            if (!table_yes(t, row, TYPE_PRIMARY + s, &type->stage[s]))
                return false;
        if (!table_yes(t, row, TYPE_EVALUATED, &type->evaluated) ||
            !table_yes(t, row, TYPE_ATTACHED, &type->attached) ||
            !table_number_or_blank(t, row, TYPE_LEAST, &least))
            return false;
        type->least_pupils = is_blank(least) ? 0 : least;
    }
    for (size_t v = 0; v < item->n_values; v++)
        if (!draft->edition->types[v].code.size) {
            err_set(draft->err, ERR_INPUT, "%.*s/types.csv：缺少学校类型 %.*s 的一行。", TEXT_ARG(t->folder),
                    TEXT_ARG(item->values[v].code));
            return err_hint(draft->err, "types.csv 须为 items.csv 中 school_type 的每个选项各写一行。");
        }
    return true;
}
