#include "check.h"

#include "report/compose_needs.h"
#include "report/table.h"
#include "report/words.h"

static const struct level BACKBONE = { .id = { "L2", 2 }, .zh = { "每百名学生拥有县级以上骨干教师数", 48 }, .quantity = { "persons", 7 },
                                       .at_least = 1, .floor = 0.85, .step = 1 };

TEST(words, round_a_level_to_two_decimals)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(words_level(mem, 1.234, &BACKBONE, STATE_MET), "1.23");
    CHECK_TEXT(words_level(mem, 1234.5, &BACKBONE, STATE_MET), "1,234.50");
    CHECK_TEXT(words_level(mem, BLANK, &BACKBONE, STATE_NO_DATA), "缺");
    arena_free(&mem);
}

/* 0.9996 rounds to 1.00, which would read as met; 0.8496 to 0.85, as reaching the floor. */
TEST(words, add_digits_where_rounding_would_say_the_opposite)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(words_level(mem, 0.9996, &BACKBONE, STATE_NEAR), "0.9996");
    CHECK_TEXT(words_level(mem, 0.99996, &BACKBONE, STATE_NEAR), "0.99996");
    CHECK_TEXT(words_level(mem, 0.8496, &BACKBONE, STATE_BELOW), "0.8496");
    CHECK_TEXT(words_level(mem, 0.85, &BACKBONE, STATE_NEAR), "0.85");
    CHECK_TEXT(words_cv(mem, 0.50004, 0.5, STATE_BELOW), "0.50004");
    CHECK_TEXT(words_cv(mem, 0.4996, 0.5, STATE_MET), "0.500");
    CHECK_TEXT(words_cv(mem, 0.527, 0.5, STATE_BELOW), "0.527");
    arena_free(&mem);
}

TEST(words, show_a_share_of_a_rule_honestly)
{
    struct arena *mem = arena_new("test");
    const struct rule eligible = { .unit = TEXT("ratio"), .compare = COMPARE_AT_LEAST, .threshold = 0.10 };
    const struct rule strict = { .unit = TEXT("ratio"), .compare = COMPARE_BELOW, .threshold = 0.15 };
    const struct rule schools = { .unit = TEXT("schools"), .compare = COMPARE_AT_MOST, .threshold = 0 };
    CHECK_TEXT(words_rule_value(mem, &eligible, 0.0823, STATE_BELOW), "8.2%");
    CHECK_TEXT(words_rule_value(mem, &eligible, 0.09998, STATE_BELOW), "9.998%");
    CHECK_TEXT(words_rule_value(mem, &strict, 0.14998, STATE_MET), "14.998%");
    CHECK_TEXT(words_rule_value(mem, &strict, 0.15, STATE_BELOW), "15.0%");
    CHECK_TEXT(words_rule_value(mem, &schools, 12, STATE_BELOW), "12 所");
    CHECK_TEXT(words_rule_value(mem, &schools, BLANK, STATE_NO_DATA), "缺");
    CHECK_TEXT(words_rule_limit(mem, &eligible), "不低于 10%");
    CHECK_TEXT(words_rule_limit(mem, &strict), "低于 15%");
    arena_free(&mem);
}

TEST(words, never_ask_for_less_than_is_needed)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(words_quantity(mem, TEXT("persons"), 2), "2 名");
    CHECK_TEXT(words_quantity(mem, TEXT("rooms"), 3), "3 间");
    CHECK_TEXT(words_quantity(mem, TEXT("m2"), 411.01), "412 平方米");
    CHECK_TEXT(words_quantity(mem, TEXT("m2"), 412 + 1e-11), "412 平方米");
    CHECK_TEXT(words_quantity(mem, TEXT("yuan"), 38600), "3.86 万元");
    CHECK_TEXT(words_quantity(mem, TEXT("yuan"), 38600.01), "3.87 万元");
    CHECK_TEXT(words_quantity(mem, TEXT("yuan"), 123456789), "1.24 亿元");
    arena_free(&mem);
}

TEST(words, name_the_resource_behind_an_indicator)
{
    static const struct { const char *zh, *resource; } CASES[] = {
        { "每百名学生拥有县级以上骨干教师数", "县级以上骨干教师" }, { "生均体育运动场馆面积", "体育运动场馆" },
        { "生均教学仪器设备值", "教学仪器设备" },               { "每百名学生拥有网络多媒体教室数", "网络多媒体教室" },
        { "生均图书册数", "图书" },                           { "生师比", "生师比" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct level level = { .zh = text_of(CASES[i].zh) };
        CHECK_TEXT(words_resource(&level), CASES[i].resource);
    }
}

TEST(words, show_figures_as_they_were_asked)
{
    struct arena *mem = arena_new("test");
    struct enum_value kinds[] = { { .code = TEXT("primary"), .zh = TEXT("小学") }, { .code = TEXT("junior"), .zh = TEXT("初级中学") } };
    const struct item area = { .type = ITEM_NUMBER, .unit = TEXT("m2") }, flag = { .type = ITEM_BOOLEAN },
                      kind = { .type = ITEM_ENUM, .values = kinds, .n_values = 2 }, year = { .type = ITEM_INTEGER, .unit = TEXT("year") };
    CHECK_TEXT(words_figure(mem, &area, 4200.5, TEXT("")), "4,200.5 平方米");
    CHECK_TEXT(words_figure(mem, &area, BLANK, TEXT("")), "空白");
    CHECK_TEXT(words_figure(mem, &area, 0, TEXT("")), "0 平方米");
    CHECK_TEXT(words_figure(mem, &flag, 1, TEXT("")), "是");
    CHECK_TEXT(words_figure(mem, &kind, 2, TEXT("")), "初级中学");
    CHECK_TEXT(words_figure(mem, &year, 2016, TEXT("")), "2016 年");
    arena_free(&mem);
}

TEST(unit_verdict, says_six_of_seven)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(compose_unit_verdict(mem, STATE_MET, 6, 7), "达标（6/7）");
    CHECK_TEXT(compose_unit_verdict(mem, STATE_MET, 7, 7), "达标");
    CHECK_TEXT(compose_unit_verdict(mem, STATE_BELOW, 6, 7), "不达标");
    CHECK_TEXT(compose_unit_verdict(mem, STATE_NO_DATA, 6, 7), "缺数据");
    arena_free(&mem);
}

TEST(table, aligns_chinese_by_display_width)
{
    struct arena *mem = arena_new("test");
    static const enum align ALIGN[] = { ALIGN_LEFT, ALIGN_RIGHT };
    struct text_table table = table_new(mem, 2, ALIGN);
    table_row(&table, (struct table_cell[]){ { TEXT("学校"), TONE_PLAIN }, { TEXT("数"), TONE_PLAIN } });
    table_row(&table, (struct table_cell[]){ { TEXT("ab"), TONE_PLAIN }, { TEXT("1,000"), TONE_PLAIN } });
    table_row(&table, (struct table_cell[]){ { TEXT("c"), TONE_PLAIN }, { TEXT(""), TONE_PLAIN } });
    struct out *out = out_new_memory(mem);
    table_write(&table, out, 1, false);
    CHECK_TEXT(out_collected(out), " 学校     数\n ab    1,000\n c\n");
    arena_free(&mem);
}

TEST(table, colours_only_when_asked_and_passes_no_control_characters)
{
    struct arena *mem = arena_new("test");
    struct out *plain = out_new_memory(mem), *coloured = out_new_memory(mem);
    tone_write(plain, TEXT("a\x1b[2Jb\xc2\x9bz\n"), TONE_FAILING, false);
    tone_write(coloured, TEXT("×"), TONE_FAILING, true);
    CHECK_TEXT(out_collected(plain), "a [2Jb z ");
    CHECK_TEXT(out_collected(coloured), "\033[1;31m×\033[0m");
    arena_free(&mem);
}
