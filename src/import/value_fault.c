#include "import/value_fault.h"

#include "base/number.h"
#include "base/unicode.h"
#include "import/unit_name.h"

#include <math.h>

double fault_is(struct value_fault *fault, struct text rule, struct text expected, struct text mend)
{
    *fault = (struct value_fault){ rule, expected, mend, FINDING_ERROR };
    return BLANK;
}

/* “12人”, “350 元”: where the number ends and what stands behind it; false when there is no
 * plain number in front or too much behind. */
static bool number_and_rest(struct text read, struct text *number, struct text *rest)
{
    size_t size = 0;
    while (size < read.size &&
           ((read.at[size] >= '0' && read.at[size] <= '9') || read.at[size] == '.' || read.at[size] == ','))
        size++;
    *number = (struct text){ read.at, size };
    *rest = text_trim((struct text){ read.at + size, read.size - size });
    return size > 0 && rest->size > 0 && utf8_length(*rest) <= 6;
}

double fault_number(struct arena *mem, const struct item *item, struct text read, struct value_fault *fault)
{
    const struct text expected = item->type == ITEM_INTEGER ? TEXT("应为整数") : TEXT("应为数");
    struct text number, rest;
    struct unit_name unit;
    struct text mend;
    if (number_and_rest(read, &number, &rest)) {
        const bool known = unit_named(text_fold(mem, rest), &unit);
        if (known && !unit_suits(unit, item))
            mend =
                text_printf(mem, "换算成以“%.*s”为单位的数，只填数，不写单位", TEXT_ARG(unit_zh(item->unit)));
        else if (known && utf8_length(rest) == 1)
            mend = text_printf(mem, "删去“%.*s”字", TEXT_ARG(rest));
        else if (known)
            mend = text_printf(mem, "删去“%.*s”", TEXT_ARG(rest));
        else if (rest.at[0] >= '0' && rest.at[0] <= '9') /* "1 200": which of the two is not for us to say */
            mend = TEXT("只填一个数，数字中间不留空格");
        else
            mend = text_printf(mem, "只填数，删去“%.*s”", TEXT_ARG(rest));
        return fault_is(fault, TEXT("cell.number"), expected, mend);
    }
    if (text_find(read, TEXT(","), NULL))
        return fault_is(fault, TEXT("cell.number"), expected,
                        TEXT("逗号只能作千位分隔（如 1,234），核对后去掉逗号重新填写"));
    return fault_is(fault, TEXT("cell.number"), expected,
                    TEXT("只填一个数，用阿拉伯数字；空着表示缺数据，写 0 表示没有"));
}

double fault_integer(struct arena *mem, double value, struct value_fault *fault)
{
    char shown[NUMBER_SIZE];
    number_shortest(shown, value);
    return fault_is(fault, TEXT("cell.integer"), TEXT("应为整数"),
                    text_printf(mem, "核对“%s”，改填整数", shown));
}

double fault_percent(struct arena *mem, const struct item *item, struct value_fault *fault)
{
    const struct text unit = unit_zh(item->unit);
    return fault_is(fault, TEXT("cell.percent"), TEXT("应为数量，不是百分比"),
                    unit.size
                        ? text_printf(mem, "填写实际数量（单位：%.*s），单元格格式不用百分比", TEXT_ARG(unit))
                        : TEXT("填写实际数量，单元格格式不用百分比"));
}

double fault_flag(struct value_fault *fault)
{
    return fault_is(fault, TEXT("cell.flag"), TEXT("应为“是”或“否”"), TEXT("改填“是”或“否”"));
}

double fault_year(struct value_fault *fault)
{
    return fault_is(fault, TEXT("cell.year"), TEXT("应为四位数的年份"), TEXT("改填年份，如 2025"));
}

double fault_blank_mark(const struct item *item, struct value_fault *fault)
{
    fault_is(fault, TEXT("cell.blank_mark"),
             item->type == ITEM_ENUM ? TEXT("按空白处理") : TEXT("按缺数据处理"),
             item->type == ITEM_ENUM ? TEXT("没有就空着") : TEXT("空着表示缺数据，写 0 表示没有"));
    fault->level = FINDING_WARNING;
    return BLANK;
}

double fault_enum(struct arena *mem, const struct item *item, struct text folded, struct value_fault *fault)
{
    struct buf expected = { .mem = mem };
    const struct enum_value *near = NULL;
    size_t nearest = 2; /* a slip of one character is worth offering */
    buf_add(&expected, TEXT("应为"));
    for (size_t i = 0; i < item->n_values; i++) {
        const struct enum_value *value = &item->values[i];
        if (i < 10)
            buf_printf(&expected, "%s“%.*s”", i ? "、" : "", TEXT_ARG(value->zh));
        if (folded.size <= 64 && utf8_length(folded) >= 3) {
            const size_t edits = text_distance(mem, folded, text_fold(mem, value->zh), nearest);
            if (edits < nearest)
                nearest = edits, near = value;
        }
    }
    buf_add(&expected, item->n_values > 10 ? TEXT(" 等之一") : TEXT("之一"));
    const struct text mend = near ? text_printf(mem, "如果是“%.*s”，请改为这几个字", TEXT_ARG(near->zh))
                                  : TEXT("从中选一个填写，不加别的字");
    return fault_is(fault, TEXT("cell.enum"), buf_text(&expected), mend);
}
