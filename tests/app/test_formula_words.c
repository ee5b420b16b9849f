/* Formulas as people read them. */
#include "check.h"

#include "app/edition.h"
#include "app/formula_words.h"

static const struct edition *edition_of(struct arena *mem)
{
    const struct edition *edition;
    struct err err = { 0 };
    CHECK_OK(app_edition(mem, NULL, &edition, &err), err);
    return edition;
}

static struct text named(struct arena *mem, const char *source)
{
    return formula_words(mem, &edition_of(mem)->items, text_of(source), NULL, NULL, LANG_ZH);
}

TEST(formula_words, name_items_choices_and_signs)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(named(mem, "max(area_teaching_m2 - area_indoor_sports_m2; 0)"), "max(教学及辅助用房面积 − 室内体育用房面积; 0)");
    CHECK_TEXT(named(mem, "all(school_type <> special; has_primary = 1)"), "都满足(学校类型 ≠ 特殊教育; 有小学 = 1)");
    CHECK_TEXT(named(mem, "equipment_value_10k_yuan * 10000"), "教学仪器设备资产值(万元) × 10,000");
    CHECK_TEXT(named(mem, "music_rooms_96m2 >= ceil(classes_total / 12[classes/rooms])"), "96平方米以上音乐教室间数 ≥ 进位取整(班级总数 ÷ 12)");
    CHECK_TEXT(named(mem, "built_year <= 2010"), "建校年份 ≤ 2010"); /* a year takes no comma */
    arena_free(&mem);
}

static double sum(void *context, struct text source)
{
    (void)context;
    CHECK_TEXT(source, "sum(teachers_total)");
    return 5551;
}

TEST(formula_words, put_figures_in_and_say_what_is_missing)
{
    struct arena *mem = arena_new("test");
    const struct item_list *const items = &edition_of(mem)->items;
    const double **columns = arena_array(mem, items->n, const double *);
    const double rooms = 4650, none = BLANK, type = item_value(&items->at[items->school_type], TEXT("special"));
    columns[item_find(items, TEXT("area_teaching_m2"))] = &rooms;
    columns[item_find(items, TEXT("area_indoor_sports_m2"))] = &none;
    columns[items->school_type] = &type;
    const struct frame frame = { .n = 1, .item = columns };
    const struct formula_figures figures = { .frame = &frame, .sum = sum };
    CHECK_TEXT(formula_words(mem, items, TEXT("max(area_teaching_m2 - area_indoor_sports_m2; 0)"), NULL, &figures, LANG_ZH), "max(4,650 − 缺; 0)");
    CHECK_TEXT(formula_words(mem, items, TEXT("school_type <> special"), NULL, &figures, LANG_ZH), "特殊教育 ≠ 特殊教育");
    CHECK_TEXT(formula_words(mem, items, TEXT("1 - sum(teachers_total) / 2"), NULL, &figures, LANG_ZH), "1 − 5,551 ÷ 2");
    CHECK_TEXT(formula_figure(mem, 0.85 * 4.5, LANG_ZH), "3.825");
    CHECK_TEXT(formula_figure(mem, 157.142857142857, LANG_ZH), "157.1429");
    arena_free(&mem);
}

TEST(formula_words, find_sums_and_what_must_stand_in_brackets)
{
    struct text sums[4];
    CHECK_INT(formula_sums(TEXT("sum(if(ownership = private; given(pupils_primary; 0); 0)) / sum(pupils_primary)"), sums, 4), 2);
    CHECK_TEXT(sums[0], "sum(if(ownership = private; given(pupils_primary; 0); 0))");
    CHECK_TEXT(formula_inside(sums[1]), "pupils_primary");
    CHECK(formula_needs_brackets(TEXT("a + b")));
    CHECK(!formula_needs_brackets(TEXT("max(a - b; 0)")));
}
