#include "check.h"

#include "import/value.h"
#include "items_for_tests.h"

static const struct item *item(struct arena *mem, const char *code)
{
    const struct item_list *items = items_for_tests(mem);
    const uint16_t at = item_find(items, text_of(code));
    if (at == NO_ITEM)
        fail_msg("no item %s", code);
    return &items->at[at];
}

static double typed(struct arena *mem, const char *code, const char *text, struct value_fault *fault)
{
    return value_number_text(mem, item(mem, code), text_of(text), fault);
}

/* The value when there is no fault; the test fails when there is one. */
static double well(struct arena *mem, const char *code, const char *text)
{
    struct value_fault fault;
    const double value = typed(mem, code, text, &fault);
    if (fault.rule.size)
        fail_msg("“%s” for %s: %.*s", text, code, TEXT_ARG(fault.rule));
    return value;
}

static struct text rule(struct arena *mem, const char *code, const char *text)
{
    struct value_fault fault;
    const double value = typed(mem, code, text, &fault);
    if (fault.rule.size)
        CHECK_BLANK(value);
    return fault.rule;
}

/* One cell of a sheet, read as this item. */
static double in_cell(struct arena *mem, const char *code, enum cell_kind kind, double number, bool percent, struct value_fault *fault)
{
    struct grid *grid = grid_new(mem, TEXT("表"));
    if (kind == CELL_ERROR || kind == CELL_UNKNOWN)
        grid_add_text(grid, 1, 1, kind, TEXT("#REF!"));
    else
        grid_add_number(grid, 1, 1, kind, number, percent);
    grid_finish(grid);
    return value_number(mem, item(mem, code), grid, grid_at(grid, 1, 1), fault);
}

TEST(value, reads_numbers_as_people_type_them)
{
    struct arena *mem = arena_new("test");
    CHECK_NEAR(well(mem, "pupils_primary", "812"), 812, 0);
    CHECK_NEAR(well(mem, "pupils_primary", " １，２３４ "), 1234, 0);
    CHECK_NEAR(well(mem, "pupils_primary", "1,234,567"), 1234567, 0);
    CHECK_NEAR(well(mem, "pupils_primary", "　８１２\xC2\xA0"), 812, 0);
    CHECK_NEAR(well(mem, "area_teaching_m2", "3１２.５０"), 312.5, 0);
    CHECK_NEAR(well(mem, "area_teaching_m2", "1,234.5"), 1234.5, 0);
    CHECK_NEAR(well(mem, "pupils_primary", "0"), 0, 0);
    CHECK_NEAR(well(mem, "pupils_primary", "+5"), 5, 0);
    CHECK_NEAR(well(mem, "pupils_primary", "812.0"), 812, 0);
    CHECK_NEAR(well(mem, "longitude", "-0.5"), -0.5, 0);
    arena_free(&mem);
}

TEST(value, keeps_a_blank_blank_and_a_zero_zero)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_BLANK(well(mem, "pupils_primary", ""));
    CHECK_BLANK(well(mem, "pupils_primary", " 　 "));
    CHECK_BLANK(well(mem, "pupils_primary", "缺"));
    CHECK_BLANK(value_number(mem, item(mem, "pupils_primary"), NULL, NULL, &fault));
    CHECK_INT(fault.rule.size, 0);
    CHECK_NEAR(well(mem, "pupils_primary", "0"), 0, 0);
    arena_free(&mem);
}

TEST(value, refuses_commas_that_part_no_thousands)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(rule(mem, "pupils_primary", "1,23"), "cell.number");
    CHECK_TEXT(rule(mem, "pupils_primary", "1,2345"), "cell.number");
    CHECK_TEXT(rule(mem, "pupils_primary", ",234"), "cell.number");
    CHECK_TEXT(rule(mem, "pupils_primary", "1234,567"), "cell.number");
    CHECK_TEXT(rule(mem, "area_teaching_m2", "1.234,5"), "cell.number");
    CHECK_TEXT(rule(mem, "pupils_primary", "12 34"), "cell.number");
    arena_free(&mem);
}

TEST(value, says_which_letters_to_delete)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_BLANK(typed(mem, "pupils_primary", "12人", &fault));
    CHECK_TEXT(fault.rule, "cell.number");
    CHECK_TEXT(fault.expected, "应为整数");
    CHECK_TEXT(fault.mend, "删去“人”字");
    const struct finding finding = { .level = fault.level, .rule = fault.rule, .file = TEXT("a.xlsx"), .sheet = TEXT(""), .row = 17, .column = 4,
                                     .school = TEXT(""), .item = TEXT(""), .read = TEXT("12人"), .expected = fault.expected, .mend = fault.mend };
    CHECK_TEXT(finding_sentence(mem, &finding), "a.xlsx D17 读到“12人”，应为整数。删去“人”字。");
    typed(mem, "area_teaching_m2", "350 平方米", &fault);
    CHECK_TEXT(fault.mend, "删去“平方米”");
    value_number_text(mem, item(mem, "area_teaching_m2"), TEXT("3 900"), &fault);
    CHECK_TEXT(fault.mend, "只填一个数，数字中间不留空格");
    CHECK_TEXT(fault.expected, "应为数");
    typed(mem, "equipment_value_10k_yuan", "350000元", &fault);
    CHECK_CONTAINS(fault.mend, "换算成以“万元”为单位");
    typed(mem, "pupils_primary", "约一百", &fault);
    CHECK_CONTAINS(fault.mend, "阿拉伯数字");
    arena_free(&mem);
}

TEST(value, must_be_whole_where_persons_and_rooms_are_counted)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_TEXT(rule(mem, "pupils_primary", "12.5"), "cell.integer");
    CHECK_NEAR(well(mem, "area_teaching_m2", "12.5"), 12.5, 0);
    CHECK_BLANK(in_cell(mem, "pupils_primary", CELL_NUMBER, 12.5, false, &fault));
    CHECK_TEXT(fault.rule, "cell.integer");
    /* 0.1 + 0.2 and its like, out of somebody's sum */
    CHECK_NEAR(in_cell(mem, "pupils_primary", CELL_NUMBER, 812.0000000001, false, &fault), 812, 0);
    CHECK_INT(fault.rule.size, 0);
    arena_free(&mem);
}

TEST(value, is_never_negative_nor_beyond_all_measure)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(rule(mem, "pupils_primary", "-5"), "cell.negative");
    CHECK_TEXT(rule(mem, "pupils_primary", "－5"), "cell.negative");
    CHECK_TEXT(rule(mem, "area_teaching_m2", "−0.5"), "cell.negative");
    CHECK_TEXT(rule(mem, "area_teaching_m2", "1e13"), "cell.huge");
    CHECK_TEXT(rule(mem, "longitude", "1130314"), "cell.degree");
    arena_free(&mem);
}

TEST(value, takes_a_percentage_only_for_a_share)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_NEAR(well(mem, "q9_between_chinese", "12%"), 0.12, 1e-15);
    CHECK_NEAR(well(mem, "q9_between_chinese", "１２．５％"), 0.125, 1e-15);
    CHECK_NEAR(well(mem, "q9_between_chinese", "0.12"), 0.12, 0);
    CHECK_NEAR(in_cell(mem, "q9_between_chinese", CELL_NUMBER, 0.12, true, &fault), 0.12, 0);
    CHECK_INT(fault.rule.size, 0);
    CHECK_TEXT(rule(mem, "q9_between_chinese", "12"), "cell.share");
    CHECK_TEXT(rule(mem, "pupils_primary", "12%"), "cell.percent");
    CHECK_BLANK(in_cell(mem, "pupils_primary", CELL_NUMBER, 0.12, true, &fault));
    CHECK_TEXT(fault.rule, "cell.percent");
    arena_free(&mem);
}

TEST(value, warns_of_marks_that_may_mean_nothing_or_none)
{
    struct arena *mem = arena_new("test");
    static const char *const MARKS[] = { "-", "—", "——", "/", "无", "N/A", "n/a", "\\", "－", "／" };
    for (size_t i = 0; i < COUNT(MARKS); i++) {
        struct value_fault fault;
        CHECK_BLANK(typed(mem, "teachers_pe", MARKS[i], &fault));
        CHECK_TEXT(fault.rule, "cell.blank_mark");
        CHECK_INT(fault.level, FINDING_WARNING);
        CHECK_TEXT(fault.mend, "空着表示缺数据，写 0 表示没有");
    }
    arena_free(&mem);
}

TEST(value, refuses_failed_formulas_and_such_without_a_result)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_BLANK(in_cell(mem, "pupils_primary", CELL_ERROR, 0, false, &fault));
    CHECK_TEXT(fault.rule, "cell.error");
    CHECK_BLANK(in_cell(mem, "pupils_primary", CELL_UNKNOWN, 0, false, &fault));
    CHECK_TEXT(fault.rule, "cell.formula");
    CHECK_CONTAINS(fault.mend, "保存一次");
    CHECK_TEXT(rule(mem, "pupils_primary", "#DIV/0!"), "cell.error");
    CHECK_TEXT(rule(mem, "pupils_primary", "########"), "cell.error");
    CHECK_BLANK(in_cell(mem, "pupils_primary", CELL_DATE, 20250305, false, &fault));
    CHECK_TEXT(fault.rule, "cell.date");
    CHECK_BLANK(in_cell(mem, "pupils_primary", CELL_BOOLEAN, 1, false, &fault));
    CHECK_TEXT(fault.rule, "cell.number");
    arena_free(&mem);
}

TEST(value, finds_the_year_in_dates_and_school_years)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    static const char *const SAME[] = { "2025", "２０２５", "2025学年", "2025-2026", "2025—2026学年", "2025-2026学年度第一学期", "2025/2026", "2025年", "2025年秋季" };
    for (size_t i = 0; i < COUNT(SAME); i++)
        CHECK_NEAR(well(mem, "year", SAME[i]), 2025, 0);
    static const char *const BUILT[] = { "2008年9月", "2008-09-01", "2008.9", "2008/9/1", "20080901", "200809", "2008年9月建", "2008年" };
    for (size_t i = 0; i < COUNT(BUILT); i++)
        CHECK_NEAR(well(mem, "built_year", BUILT[i]), 2008, 0);
    CHECK_NEAR(in_cell(mem, "built_year", CELL_DATE, 20080901, false, &fault), 2008, 0);
    CHECK_NEAR(in_cell(mem, "built_year", CELL_NUMBER, 1956, false, &fault), 1956, 0);
    CHECK_TEXT(rule(mem, "built_year", "08年"), "cell.year");
    CHECK_TEXT(rule(mem, "built_year", "39692"), "cell.year");
    CHECK_TEXT(rule(mem, "built_year", "2008校"), "cell.year");
    CHECK_TEXT(rule(mem, "year", "2025-2027"), "cell.year");
    CHECK_TEXT(rule(mem, "built_year", "九十年代"), "cell.year");
    arena_free(&mem);
}

TEST(value, reads_enums_by_code_name_and_synonym)
{
    struct arena *mem = arena_new("test");
    CHECK_NEAR(well(mem, "school_type", "primary"), 1, 0);
    CHECK_NEAR(well(mem, "school_type", "小学"), 1, 0);
    CHECK_NEAR(well(mem, "school_type", "普通小学"), 1, 0);
    CHECK_NEAR(well(mem, "school_type", " 九年 一贯制学校 "), 3, 0);
    CHECK_NEAR(well(mem, "area_kind", "镇区"), 2, 0);
    static const char *const THREE[] = { "Ⅲ", "III", "iii", "3", "３", "三", "三级", "Ⅲ级", "3级" };
    for (size_t i = 0; i < COUNT(THREE); i++)
        CHECK_NEAR(well(mem, "q9_level_chinese", THREE[i]), 3, 0);
    CHECK_NEAR(well(mem, "judged_G1", "达标"), 1, 0);
    CHECK_NEAR(well(mem, "judged_G1", "不达标"), 2, 0);
    arena_free(&mem);
}

TEST(value, lists_the_names_when_an_enum_is_none_of_them)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_BLANK(typed(mem, "area_kind", "郊区", &fault));
    CHECK_TEXT(fault.rule, "cell.enum");
    CHECK_TEXT(fault.expected, "应为“城区”、“镇区”、“乡村”之一");
    typed(mem, "school_type", "九年一惯制", &fault);
    CHECK_TEXT(fault.mend, "如果是“九年一贯制”，请改为这几个字");
    arena_free(&mem);
}

TEST(value, reads_yes_and_no_in_many_ways)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    static const char *const YES[] = { "是", "有", "Y", "yes", "1", "√", "TRUE" }, *const NO[] = { "否", "无", "N", "no", "0", "×", "FALSE" };
    for (size_t i = 0; i < COUNT(YES); i++) {
        CHECK_NEAR(well(mem, "boarding", YES[i]), 1, 0);
        CHECK_NEAR(well(mem, "boarding", NO[i]), 0, 0);
    }
    CHECK_NEAR(in_cell(mem, "boarding", CELL_NUMBER, 1, false, &fault), 1, 0);
    CHECK_NEAR(in_cell(mem, "boarding", CELL_BOOLEAN, 0, false, &fault), 0, 0);
    CHECK_TEXT(rule(mem, "boarding", "部分"), "cell.flag");
    CHECK_TEXT(rule(mem, "boarding", "2"), "cell.flag");
    arena_free(&mem);
}

/* 一票否决: open cases; 是 = 1, 否 = 0. */
TEST(value, counts_yes_as_one_case_and_no_as_none)
{
    struct arena *mem = arena_new("test");
    CHECK_NEAR(well(mem, "veto_X1", "否"), 0, 0);
    CHECK_NEAR(well(mem, "veto_X1", "无"), 0, 0);
    CHECK_NEAR(well(mem, "veto_X1", "是"), 1, 0);
    CHECK_NEAR(well(mem, "veto_X1", "3"), 3, 0);
    CHECK_TEXT(rule(mem, "veto_X1", "-"), "cell.blank_mark");
    arena_free(&mem);
}

static struct text text_in(struct arena *mem, const char *code, enum cell_kind kind, double number, const char *text, struct value_fault *fault)
{
    struct grid *grid = grid_new(mem, TEXT("表"));
    if (kind == CELL_NUMBER || kind == CELL_DATE)
        grid_add_number(grid, 1, 1, kind, number, false);
    else
        grid_add_text(grid, 1, 1, kind, text_of(text));
    grid_finish(grid);
    return value_text(mem, item(mem, code), grid, grid_at(grid, 1, 1), fault);
}

TEST(value, keeps_the_leading_zeros_of_a_code)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_TEXT(text_in(mem, "school_code", CELL_TEXT, 0, "0041010001", &fault), "0041010001");
    CHECK_TEXT(text_in(mem, "school_code", CELL_TEXT, 0, " '３１４１０１ ", &fault), "314101");
    CHECK_TEXT(text_in(mem, "school_code", CELL_NUMBER, 3141010001.0, "", &fault), "3141010001");
    CHECK_INT(fault.rule.size, 0);
    CHECK_TEXT(text_in(mem, "county_code", CELL_NUMBER, 410185, "", &fault), "410185");
    CHECK_TEXT(text_in(mem, "school_name", CELL_TEXT, 0, " 城关\n小学 ", &fault), "城关小学");
    CHECK_TEXT(text_in(mem, "host_school_code", CELL_TEXT, 0, "无", &fault), "");
    CHECK_INT(fault.rule.size, 0);
    arena_free(&mem);
}

TEST(value, refuses_a_code_that_lost_digits)
{
    struct arena *mem = arena_new("test");
    struct value_fault fault;
    CHECK_TEXT(text_in(mem, "school_code", CELL_NUMBER, 1234567890123456768.0, "", &fault), "");
    CHECK_TEXT(fault.rule, "cell.code");
    CHECK_CONTAINS(fault.mend, "文本");
    CHECK_TEXT(text_in(mem, "school_code", CELL_TEXT, 0, "3.14101E+09", &fault), "");
    CHECK_TEXT(fault.rule, "cell.code");
    CHECK_TEXT(text_in(mem, "school_code", CELL_NUMBER, 12.5, "", &fault), "");
    CHECK_TEXT(fault.rule, "cell.code");
    CHECK_TEXT(text_in(mem, "school_code", CELL_DATE, 20250101, "", &fault), "");
    CHECK_TEXT(fault.rule, "cell.code");
    CHECK_TEXT(text_in(mem, "school_name", CELL_ERROR, 0, "#N/A", &fault), "");
    CHECK_TEXT(fault.rule, "cell.error");
    arena_free(&mem);
}

/* Locale, garbage and length never decide: anything is a value, a blank or a fault. */
TEST(value, gives_a_fault_for_endless_and_broken_texts)
{
    struct arena *mem = arena_new("test");
    char *endless = arena_alloc(mem, 40001);
    memset(endless, '9', 40000);
    CHECK_TEXT(rule(mem, "pupils_primary", endless), "cell.number");
    CHECK_TEXT(rule(mem, "school_type", endless), "cell.enum");
    CHECK_TEXT(rule(mem, "built_year", endless), "cell.number");
    CHECK_TEXT(rule(mem, "pupils_primary", "\xFF\xFE\x80"), "cell.number");
    arena_free(&mem);
}
