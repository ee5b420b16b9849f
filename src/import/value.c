#include "import/value.h"

#include "base/err.h"
#include "base/number.h"
#include "base/unicode.h"
#include "import/unit_name.h"
#include "import/value_fault.h"

#include <math.h>

static const struct value_fault NO_FAULT = { .rule = { "", 0 }, .expected = { "", 0 }, .mend = { "", 0 } };
static const double LARGEST = 1e12; /* persons, yuan, m²: nothing a county holds comes near */

static bool is_one_of(struct text folded, const struct text *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(folded, words[i]))
            return true;
    return false;
}

/* White space and invisible characters around a text. */
static struct text bare(struct text text)
{
    static const struct text INVISIBLE[] = { TEXT("\u200B"), TEXT("\u200C"), TEXT("\u200D"), TEXT("\u200E"),
                                             TEXT("\u2060"), TEXT("\u202C"), TEXT("\u202D") };
    for (bool again = true; again;) {
        again = false;
        text = text_trim(text);
        for (size_t i = 0; i < COUNT(INVISIBLE); i++) {
            if (text_starts(text, INVISIBLE[i]))
                text.at += INVISIBLE[i].size, text.size -= INVISIBLE[i].size, again = true;
            if (text_ends(text, INVISIBLE[i]))
                text.size -= INVISIBLE[i].size, again = true;
        }
    }
    return text;
}

/* “缺” says what a blank says. */
static bool says_missing(struct text folded)
{
    static const struct text WORDS[] = { TEXT("缺"), TEXT("缺数据"), TEXT("暂缺"), TEXT("缺失"),
                                         TEXT("空"), TEXT("空白"),   TEXT("未填") };
    return is_one_of(folded, WORDS, COUNT(WORDS));
}

/* “-”, “无” and the like: nobody can tell whether a zero or a gap is meant. */
static bool is_blank_mark(struct text folded)
{
    static const struct text WORDS[] = {
        TEXT("-"),      TEXT("--"),     TEXT("---"),  TEXT("—"),    TEXT("——"),     TEXT("–"),
        TEXT("―"),      TEXT("−"),      TEXT("─"),    TEXT("ー"),   TEXT("/"),      TEXT("//"),
        TEXT("\\"),     TEXT("*"),      TEXT("."),    TEXT("..."),  TEXT("......"), TEXT("无"),
        TEXT("没有"),   TEXT("无数据"), TEXT("n/a"),  TEXT("na"),   TEXT("nan"),    TEXT("null"),
        TEXT("none"),   TEXT("nil"),    TEXT("不详"), TEXT("未知"), TEXT("不清楚"), TEXT("不适用"),
        TEXT("未统计"), TEXT("暂无"),   TEXT("待定"), TEXT("待填"), TEXT("?"),      TEXT("??"),
        TEXT("x"),      TEXT("×"),
    };
    return is_one_of(folded, WORDS, COUNT(WORDS));
}

/* A text that is what Excel shows for a failed formula. */
static bool is_error_text(struct text folded)
{
    static const struct text WORDS[] = { TEXT("#ref!"),  TEXT("#div/0!"), TEXT("#value!"), TEXT("#name?"),
                                         TEXT("#num!"),  TEXT("#n/a"),    TEXT("#null!"),  TEXT("#spill!"),
                                         TEXT("#calc!"), TEXT("#####") };
    return is_one_of(folded, WORDS, COUNT(WORDS)) || text_starts(folded, TEXT("####"));
}

static double fault_error(struct value_fault *fault)
{
    return fault_is(fault, TEXT("cell.error"), TEXT("这是公式出错的结果，不是数据"),
                    TEXT("改正公式，或直接填写结果"));
}

static double fault_formula(struct value_fault *fault)
{
    return fault_is(fault, TEXT("cell.formula"), TEXT("这个公式没有保存计算结果"),
                    TEXT("用 Excel 或 WPS 打开文件，保存一次，再重新导入"));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes the commas out of "1,234,567.5"; false where they do not part thousands. */
static bool without_commas(struct text text, char *into, size_t *size_out)
{
    size_t at = 0, size = 0, group = 0, groups = 0;
    if (at < text.size && (text.at[at] == '-' || text.at[at] == '+'))
        into[size++] = text.at[at++];
    for (; at < text.size && (is_digit(text.at[at]) || text.at[at] == ','); at++) {
        if (text.at[at] == ',') {
            if (group == 0 || group > 3 || (groups > 0 && group != 3))
                return false;
            groups++;
            group = 0;
        } else {
            into[size++] = text.at[at];
            group++;
        }
    }
    if (groups > 0 && group != 3)
        return false;
    for (; at < text.size; at++)
        if (text.at[at] == ',')
            return false;
        else
            into[size++] = text.at[at];
    *size_out = size;
    return true;
}

/* A number as people type it, NFKC done and trimmed. */
static bool number_typed(struct text text, double *out)
{
    char plain[64];
    size_t size = 0;
    if (text.size >= sizeof plain - 1 || !text.size)
        return false;
    if (text_starts(text, TEXT("−"))) { /* U+2212 */
        plain[0] = '-';
        if (!without_commas((struct text){ text.at + 3, text.size - 3 }, plain + 1, &size) ||
            plain[1] == '-' || plain[1] == '+')
            return false;
        return number_parse((struct text){ plain, size + 1 }, out);
    }
    return without_commas(text, plain, &size) && number_parse((struct text){ plain, size }, out);
}

/* The item's own limits on a number that was read. */
static double within_limits(struct arena *mem, const struct item *item, double value,
                            struct value_fault *fault)
{
    if (text_equal(item->unit, TEXT("degree"))) {
        if (value < -180 || value > 180)
            return fault_is(fault, TEXT("cell.degree"), TEXT("应为经纬度的度数"),
                            TEXT("以度为单位填写小数，如 113.0314"));
        return value;
    }
    if (value < 0)
        return fault_is(fault, TEXT("cell.negative"), TEXT("应不小于 0"),
                        TEXT("核对后重新填写；写 0 表示没有"));
    if (value > LARGEST)
        return fault_is(fault, TEXT("cell.huge"), TEXT("应不超过一万亿"), TEXT("核对位数和单位后重新填写"));
    if (item_is_share(item) && value > 1)
        return fault_is(fault, TEXT("cell.share"), TEXT("应为 0 到 1 之间的小数"),
                        TEXT("如 12% 写作 0.12 或 12%"));
    if (item->type == ITEM_INTEGER) {
        /* A sum worked out in a spreadsheet may miss a whole number by a few last bits. */
        const double whole = nearbyint(value);
        if (fabs(value - whole) > 1e-9 * (whole > 1 ? whole : 1))
            return fault_integer(mem, value, fault);
        return whole;
    }
    return value;
}

static double year_within(double year, struct value_fault *fault)
{
    if (year >= 1000 && year <= 2100 && year == floor(year))
        return year;
    /* 20080901 and 200809 are a date and a month. */
    for (double cut = 1e4; cut >= 1e2; cut /= 1e2) {
        const double cut_year = floor(year / cut), rest = year - cut_year * cut;
        const double month = cut > 1e3 ? floor(rest / 100) : rest;
        if (year == floor(year) && cut_year >= 1000 && cut_year <= 2100 && month >= 1 && month <= 12)
            return cut_year;
    }
    return fault_year(fault);
}

/* "2025", "2025学年", "2025-2026学年", "2008年9月", "2008.9.1": the first four digits, when what
 * follows is the rest of a date, a school year or a term. */
static double year_typed(struct text folded, struct value_fault *fault)
{
    static const struct text WORDS[] = { TEXT("年"), TEXT("月"), TEXT("日"), TEXT("学"), TEXT("度"),
                                         TEXT("级"), TEXT("春"), TEXT("秋"), TEXT("季"), TEXT("第"),
                                         TEXT("一"), TEXT("二"), TEXT("期"), TEXT("至"), TEXT("到"),
                                         TEXT("建"), TEXT("-"),  TEXT("—"),  TEXT("–"),  TEXT("~"),
                                         TEXT("/"),  TEXT("."),  TEXT(":") };
    double year;
    if (number_parse(folded, &year) && !text_find(folded, TEXT("."), NULL))
        return year_within(year, fault);
    if (folded.size < 5 || folded.size > 48 || is_digit(folded.at[4]) ||
        !number_parse((struct text){ folded.at, 4 }, &year))
        return fault_year(fault);
    double second = 0;
    size_t digits = 0;
    for (size_t at = 4; at < folded.size;) {
        const struct text rest = { folded.at + at, folded.size - at };
        size_t size = 0;
        if (is_digit(*rest.at)) {
            digits++;
            second = second * 10 + (*rest.at - '0');
            at++;
            if (digits == 4 && second != year + 1)
                return fault_year(fault);
            if (digits > 4)
                return fault_year(fault);
            continue;
        }
        digits = 0, second = 0;
        for (size_t i = 0; i < COUNT(WORDS) && !size; i++)
            size = text_starts(rest, WORDS[i]) ? WORDS[i].size : 0;
        if (!size)
            return fault_year(fault);
        at += size;
    }
    return year_within(year, fault);
}

static double flag_typed(struct text folded)
{
    static const struct text YES[] = { TEXT("是"),   TEXT("有"), TEXT("y"),   TEXT("yes"), TEXT("1"),
                                       TEXT("true"), TEXT("t"),  TEXT("√"),   TEXT("✓"),   TEXT("✔"),
                                       TEXT("☑"),    TEXT("对"), TEXT("存在") };
    static const struct text NO[] = { TEXT("否"),    TEXT("无"), TEXT("n"),    TEXT("no"),   TEXT("0"),
                                      TEXT("false"), TEXT("f"),  TEXT("×"),    TEXT("✗"),    TEXT("✘"),
                                      TEXT("x"),     TEXT("错"), TEXT("不是"), TEXT("没有"), TEXT("不存在") };
    return is_one_of(folded, YES, COUNT(YES)) ? 1 : is_one_of(folded, NO, COUNT(NO)) ? 0 : BLANK;
}

/* A grade in any writing as one: Ⅲ, III, 3, 三, each with or without 级, give 3; 0: no grade. */
static unsigned grade_typed(struct text folded)
{
    static const struct text GRADES[][3] = {
        { TEXT("i"), TEXT("1"), TEXT("一") },   { TEXT("ii"), TEXT("2"), TEXT("二") },
        { TEXT("iii"), TEXT("3"), TEXT("三") }, { TEXT("iv"), TEXT("4"), TEXT("四") },
        { TEXT("v"), TEXT("5"), TEXT("五") },
    };
    if (text_ends(folded, TEXT("级")))
        folded.size -= TEXT("级").size;
    for (unsigned i = 0; i < COUNT(GRADES); i++)
        if (is_one_of(folded, GRADES[i], COUNT(GRADES[i])))
            return i + 1;
    return 0;
}

static double enum_typed(struct arena *mem, const struct item *item, struct text text, struct text folded)
{
    /* As it stands first: a nation's table has millions of such cells, all spelt well. */
    for (size_t i = 0; i < item->n_values; i++)
        if (text_equal(text, item->values[i].zh) || text_equal(text, item->values[i].code))
            return (double)(i + 1);
    for (size_t i = 0; i < item->n_values; i++) {
        const struct enum_value *value = &item->values[i];
        if (text_equal(folded, text_fold(mem, value->zh)) || text_equal(folded, text_fold(mem, value->code)))
            return (double)(i + 1);
        for (size_t n = 0; n < value->n_names; n++)
            if (text_equal(folded, text_fold(mem, value->names[n])))
                return (double)(i + 1);
    }
    const unsigned grade = grade_typed(folded);
    for (size_t i = 0; grade && i < item->n_values; i++) {
        const struct text code = text_fold(mem, item->values[i].code);
        if (code.size && (*code.at == 'i' || *code.at == 'v') && grade_typed(code) == grade)
            return (double)(i + 1);
    }
    return BLANK;
}

double value_number_text(struct arena *mem, const struct item *item, struct text text,
                         struct value_fault *fault_out)
{
    *fault_out = NO_FAULT;
    text = bare(text);
    if (!text.size)
        return BLANK;
    if (item->type == ITEM_ENUM)
        for (size_t i = 0; i < item->n_values; i++)
            if (text_equal(text, item->values[i].zh) || text_equal(text, item->values[i].code))
                return (double)(i + 1);
    if (text.size > 512) /* no number, no name: not worth normalising */
        return item->type == ITEM_ENUM      ? fault_enum(mem, item, text, fault_out)
               : item->type == ITEM_BOOLEAN ? fault_flag(fault_out)
                                            : fault_number(mem, item, TEXT(""), fault_out);
    const struct text shown = bare(text_nfkc(mem, text)), folded = text_fold(mem, text);
    if (is_error_text(folded))
        return fault_error(fault_out);
    if (says_missing(folded))
        return BLANK;
    double value;
    if (item->type == ITEM_ENUM) {
        value = enum_typed(mem, item, text, folded);
        if (is_blank(value))
            return is_blank_mark(folded) ? fault_blank_mark(item, fault_out)
                                         : fault_enum(mem, item, folded, fault_out);
        return value;
    }
    if (item->type == ITEM_BOOLEAN) {
        value = flag_typed(folded);
        if (is_blank(value))
            return is_blank_mark(folded) ? fault_blank_mark(item, fault_out) : fault_flag(fault_out);
        return value;
    }
    /* Cases (一票否决) are also told by yes and no; 无 says there are none. */
    if (text_equal(item->unit, TEXT("cases")) && !is_blank(flag_typed(folded)) &&
        !text_equal(folded, TEXT("x")))
        return flag_typed(folded);
    if (is_blank_mark(folded))
        return fault_blank_mark(item, fault_out);
    if (item_is_year(item))
        return year_typed(folded, fault_out);
    if (text_ends(shown, TEXT("%"))) {
        if (!number_typed(text_trim((struct text){ shown.at, shown.size - 1 }), &value))
            return fault_number(mem, item, shown, fault_out);
        if (!item_is_share(item))
            return fault_percent(mem, item, fault_out);
        return within_limits(mem, item, value / 100, fault_out);
    }
    if (!number_typed(shown, &value))
        return fault_number(mem, item, shown, fault_out);
    return within_limits(mem, item, value, fault_out);
}

static double of_number(struct arena *mem, const struct item *item, const struct cell *cell,
                        struct value_fault *fault)
{
    const double number = cell->number;
    char shown[NUMBER_SIZE];
    if (!isfinite(number))
        return fault_number(mem, item, TEXT(""), fault);
    if (item->type == ITEM_ENUM || item->type == ITEM_BOOLEAN) {
        const size_t size = number_shortest(shown, number);
        return value_number_text(mem, item, (struct text){ shown, size }, fault);
    }
    if (item_is_year(item))
        return year_within(number, fault);
    if (cell->percent && !item_is_share(item))
        return fault_percent(mem, item, fault);
    return within_limits(mem, item, number, fault);
}

double value_number(struct arena *mem, const struct item *item, const struct grid *grid,
                    const struct cell *cell, struct value_fault *fault_out)
{
    *fault_out = NO_FAULT;
    if (!cell)
        return BLANK;
    switch ((enum cell_kind)cell->kind) {
    case CELL_TEXT: return value_number_text(mem, item, grid_text(grid, cell), fault_out);
    case CELL_NUMBER: return of_number(mem, item, cell, fault_out);
    case CELL_BOOLEAN:
        if (item->type == ITEM_BOOLEAN || text_equal(item->unit, TEXT("cases")))
            return cell->number != 0;
        return item->type == ITEM_ENUM ? fault_enum(mem, item, TEXT(""), fault_out)
                                       : fault_number(mem, item, TEXT(""), fault_out);
    case CELL_DATE:
        if (item_is_year(item))
            return year_within(floor(cell->number / 10000), fault_out);
        return fault_is(fault_out, TEXT("cell.date"), TEXT("应为数据，不是日期"),
                        TEXT("把单元格格式改为“常规”，重新填写"));
    case CELL_ERROR: return fault_error(fault_out);
    case CELL_UNKNOWN: return fault_formula(fault_out);
    }
    return BLANK;
}

static bool is_code(const struct item *item)
{
    return text_ends(item->code, TEXT("_code"));
}

static struct text fault_code(struct value_fault *fault, struct text expected)
{
    fault_is(fault, TEXT("cell.code"), expected, TEXT("把这一列的格式设为“文本”，重新填写完整的代码"));
    return TEXT("");
}

/* "4.10185E+11": a spreadsheet shortened the code before it was saved as text. */
static bool is_shortened(struct text ascii)
{
    size_t at = 0;
    while (at < ascii.size && (is_digit(ascii.at[at]) || ascii.at[at] == '.'))
        at++;
    double number;
    return at > 0 && at + 1 < ascii.size && (ascii.at[at] == 'E' || ascii.at[at] == 'e') &&
           ascii.at[at + 1] == '+' && number_parse(ascii, &number);
}

struct text value_text_text(struct arena *mem, const struct item *item, struct text text,
                            struct value_fault *fault_out)
{
    *fault_out = NO_FAULT;
    text = bare(text);
    bool plain = text.size > 0;
    for (size_t i = 0; i < text.size && plain; i++)
        plain = is_digit(text.at[i]) || (text.at[i] >= 'A' && text.at[i] <= 'Z') ||
                (text.at[i] >= 'a' && text.at[i] <= 'z');
    if (plain && text.size > 4)
        return text;
    const struct text folded = text.size <= 64 ? text_fold(mem, text) : text;
    if (is_error_text(folded)) {
        fault_error(fault_out);
        return TEXT("");
    }
    if (says_missing(folded) || (is_blank_mark(folded) && !text_equal(folded, TEXT("x"))))
        return TEXT("");
    if (is_code(item)) {
        struct text code = text.size <= 256 ? bare(text_nfkc(mem, text)) : text;
        if (text_starts(code, TEXT("'"))) /* the mark that makes a cell a text */
            code.at++, code.size--;
        if (is_shortened(code))
            return fault_code(fault_out, TEXT("代码已被缩写，末尾几位已丢失"));
        return code;
    }
    /* A line end inside a name is the width of somebody's column. */
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] < ' ') {
            struct buf kept = { .mem = mem };
            for (size_t k = 0; k < text.size; k++)
                if ((unsigned char)text.at[k] >= ' ')
                    buf_byte(&kept, text.at[k]);
            return buf_text(&kept);
        }
    return text;
}

struct text value_text(struct arena *mem, const struct item *item, const struct grid *grid,
                       const struct cell *cell, struct value_fault *fault_out)
{
    *fault_out = NO_FAULT;
    if (!cell)
        return TEXT("");
    char shown[NUMBER_SIZE];
    switch ((enum cell_kind)cell->kind) {
    case CELL_TEXT: return value_text_text(mem, item, grid_text(grid, cell), fault_out);
    case CELL_NUMBER:
        if (!isfinite(cell->number) || (is_code(item) && fabs(cell->number) >= 1e15))
            return fault_code(fault_out, TEXT("超过 15 位的代码存成了数字，末尾几位已丢失"));
        if (is_code(item) && (cell->number != floor(cell->number) || cell->number < 0))
            return fault_code(fault_out, TEXT("应为代码，不是带小数或负号的数"));
        number_shortest(shown, cell->number);
        return text_copy(mem, text_of(shown));
    case CELL_DATE:
        if (is_code(item))
            return fault_code(fault_out, TEXT("应为代码，不是日期"));
        return text_copy(mem, grid_shown(mem, grid, cell));
    case CELL_BOOLEAN: return cell->number != 0 ? TEXT("TRUE") : TEXT("FALSE");
    case CELL_ERROR: fault_error(fault_out); return TEXT("");
    case CELL_UNKNOWN: fault_formula(fault_out); return TEXT("");
    }
    return TEXT("");
}
