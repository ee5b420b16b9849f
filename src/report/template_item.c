#include "report/template_item.h"

#include "base/unicode.h"
#include "model/finding.h"

static bool has_unit(const struct item *item, const char *unit)
{
    return text_equal(item->unit, text_of(unit));
}

/* A share has no unit: 校际差异率. */
static bool is_share(const struct item *item)
{
    return item->type == ITEM_NUMBER && !item->unit.size;
}

static bool is_county_code(const struct item_list *items, const struct item *item)
{
    return items->county_code != NO_ITEM && item == &items->at[items->county_code];
}

struct text ask_in_words(const struct item_list *items, const struct item *item)
{
    switch (item->type) {
    case ITEM_TEXT:
        if (is_county_code(items, item))
            return TEXT("行政区划代码，6 位数字");
        return text_ends(item->code, TEXT("_code")) ? TEXT("代码，按文字填写，保留前面的 0") : TEXT("文字");
    case ITEM_INTEGER:
        if (has_unit(item, "cases"))
            return TEXT("不小于 0 的整数，或填 是、否");
        return has_unit(item, "year") ? TEXT("四位数的年份") : TEXT("不小于 0 的整数");
    case ITEM_NUMBER:
        if (has_unit(item, "degree"))
            return TEXT("以度为单位的小数");
        return is_share(item) ? TEXT("0 到 1 之间的小数，或百分数") : TEXT("不小于 0 的数，可带小数");
    case ITEM_BOOLEAN:
    case ITEM_ENUM: return TEXT("从下拉列表中选一项");
    }
    return TEXT("");
}

struct text ask_choices(struct arena *mem, const struct item *item)
{
    if (item->type == ITEM_BOOLEAN)
        return TEXT("是、否");
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < item->n_values; i++) {
        if (i)
            buf_add(&out, TEXT("、"));
        buf_add(&out, item->values[i].zh);
    }
    return buf_text(&out);
}

bool ask_is_needed(const struct item_list *items, const struct item *item)
{
    const uint16_t needed[] = { items->school_name, items->school_type };
    for (size_t i = 0; i < COUNT(needed); i++)
        if (needed[i] != NO_ITEM && item == &items->at[needed[i]])
            return true;
    return item->level == ITEM_KEY;
}

const char *ask_pattern(const struct item *item)
{
    return item->type == ITEM_TEXT ? "@" : item->type == ITEM_INTEGER ? "0" : NULL;
}

/* The list of a drop-down, ended by NULL; Excel takes 255 characters in all. */
static char **choices_of(struct arena *mem, const struct item *item)
{
    enum { MOST = 255 };
    char **list = arena_array(mem, (item->n_values < 2 ? 2 : item->n_values) + 1, char *);
    if (item->type == ITEM_BOOLEAN) {
        list[0] = (char *)"是", list[1] = (char *)"否";
        return list;
    }
    size_t length = 0;
    for (size_t i = 0; i < item->n_values; i++) {
        list[i] = (char *)text_string(mem, item->values[i].zh); /* libxlsxwriter lacks the const */
        length += utf8_length(item->values[i].zh) + 1;
    }
    return length > MOST || !item->n_values ? NULL : list;
}

void ask_by_rule(struct arena *mem, lxw_worksheet *sheet, const struct item_list *items, const struct item *item,
                 lxw_row_t row, lxw_row_t last_row, lxw_col_t column)
{
    lxw_data_validation rule = { .criteria = LXW_VALIDATION_CRITERIA_BETWEEN, .error_title = (char *)"填写有误" };
    const char *should = "应为";
    switch (item->type) {
    case ITEM_BOOLEAN:
    case ITEM_ENUM:
        rule.validate = LXW_VALIDATION_TYPE_LIST;
        rule.value_list = choices_of(mem, item);
        if (!rule.value_list)
            return;
        should = "请";
        break;
    case ITEM_INTEGER:
        if (has_unit(item, "cases")) {
            char cell[16];
            cell_name(cell, row + 1, column + 1u);
            rule.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
            rule.value_formula = arena_printf(mem, "=OR(%s=\"是\",%s=\"否\",IF(ISNUMBER(%s),AND(%s>=0,%s=INT(%s))))", cell, cell,
                                              cell, cell, cell, cell);
            break;
        }
        rule.validate = LXW_VALIDATION_TYPE_INTEGER;
        rule.minimum_number = has_unit(item, "year") ? 1900 : 0;
        rule.maximum_number = has_unit(item, "year") ? 2100 : 1e12;
        break;
    case ITEM_NUMBER:
        rule.validate = LXW_VALIDATION_TYPE_DECIMAL;
        rule.minimum_number = has_unit(item, "degree") ? -180 : 0;
        rule.maximum_number = has_unit(item, "degree") ? 180 : is_share(item) ? 1 : 1e12;
        break;
    case ITEM_TEXT:
        if (!is_county_code(items, item))
            return;
        rule.validate = LXW_VALIDATION_TYPE_LENGTH;
        rule.criteria = LXW_VALIDATION_CRITERIA_EQUAL_TO;
        rule.value_number = 6;
        break;
    }
    const struct text unit = unit_zh(item->unit);
    rule.error_message =
        arena_printf(mem, "“%.*s”%s%.*s%s%.*s%s。没有的填 0，暂缺的留空。", TEXT_ARG(item->zh), should,
                     TEXT_ARG(ask_in_words(items, item)), unit.size ? "（单位：" : "", TEXT_ARG(unit), unit.size ? "）" : "");
    if (item->type != ITEM_INTEGER && item->type != ITEM_NUMBER)
        rule.error_message = arena_printf(mem, "“%.*s”%s%.*s。", TEXT_ARG(item->zh), should, TEXT_ARG(ask_in_words(items, item)));
    xlsx.worksheet_data_validation_range(sheet, row, column, last_row, column, &rule);
}
