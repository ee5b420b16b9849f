#include "check.h"

#include "import/header.h"
#include "import/layout_path.h"
#include "items_for_tests.h"

/* The code of the item that a heading names; "" for none. */
static struct text named(struct arena *mem, const char *heading)
{
    const struct item_list *items = items_for_tests(mem);
    const uint16_t item = item_named(item_names_new(mem, items), text_of(heading), mem);
    return item == NO_ITEM ? TEXT("") : items->at[item].code;
}

static struct text guessed(struct arena *mem, const char *heading)
{
    const struct item_list *items = items_for_tests(mem);
    const uint16_t item = item_guess(item_names_new(mem, items), text_of(heading), mem);
    return item == NO_ITEM ? TEXT("") : items->at[item].code;
}

/* "exact pupils_primary", "near …", "unit …" or "unknown" for a heading of several parts. */
static struct text path(struct arena *mem, const char *whole)
{
    static const char *const MATCH[] = { "unknown", "exact", "unit", "near" };
    const struct item_list *items = items_for_tests(mem);
    struct text parts[MAX_PATH], rest = text_of(whole);
    size_t n = 0;
    while (n < MAX_PATH && text_split(&rest, '>', &parts[n]))
        n++;
    const struct heading heading = path_read(item_names_new(mem, items), parts, n, mem);
    if (heading.item == NO_ITEM)
        return text_of(MATCH[heading.match]);
    return text_printf(mem, "%s %.*s", MATCH[heading.match], TEXT_ARG(items->at[heading.item].code));
}

TEST(header, is_known_by_code_chinese_name_and_alias)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(named(mem, "pupils_primary"), "pupils_primary");
    CHECK_TEXT(named(mem, "小学在校生数"), "pupils_primary");
    CHECK_TEXT(named(mem, "小学学生人数"), "pupils_primary");
    CHECK_TEXT(named(mem, "PUPILS_PRIMARY"), "pupils_primary");
    arena_free(&mem);
}

TEST(header, is_known_whatever_its_widths_spaces_and_line_ends)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(named(mem, " 小学 在校\n生数　"), "pupils_primary");
    CHECK_TEXT(named(mem, "教学仪器设备资产值（万元）"), "equipment_value_10k_yuan");
    CHECK_TEXT(named(mem, "单间面积≥96m2的音乐教室间数"), "music_rooms_96m2");
    CHECK_TEXT(named(mem, "*学校名称："), "school_name");
    arena_free(&mem);
}

TEST(header, may_carry_the_unit_of_its_item_in_brackets)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(named(mem, "小学在校生数（人）"), "pupils_primary");
    CHECK_TEXT(named(mem, "教学及辅助用房面积(㎡)"), "area_teaching_m2");
    CHECK_TEXT(named(mem, "教学及辅助用房面积【平方米】"), "area_teaching_m2");
    CHECK_TEXT(named(mem, "网络多媒体教室间数（单位：间）"), "classrooms_multimedia");
    CHECK_TEXT(named(mem, "小学班级数(个)"), "classes_primary");
    CHECK_TEXT(named(mem, "教学仪器设备资产值（账面原值）（万元）"), "equipment_value_10k_yuan");
    CHECK_TEXT(named(mem, "教学仪器设备资产值"), "equipment_value_10k_yuan");
    CHECK_TEXT(named(mem, "规定的小学生均公用经费标准（元）"), "funds_standard_primary_yuan");
    arena_free(&mem);
}

TEST(header, never_loses_a_bracket_that_tells_the_stage)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(named(mem, "专任教师数（小学）"), "teachers_primary");
    CHECK_TEXT(named(mem, "专任教师数（初中）"), "teachers_junior");
    CHECK_TEXT(named(mem, "专任教师数（高中）"), "");
    CHECK_TEXT(named(mem, "班级总数（含幼儿园）"), "");
    CHECK_TEXT(named(mem, "在校生数（小学）"), "");
    arena_free(&mem);
}

TEST(header, with_another_unit_than_its_items_is_not_taken)
{
    struct arena *mem = arena_new("test");
    const struct item_list *items = items_for_tests(mem);
    const struct item_names *names = item_names_new(mem, items);
    CHECK_TEXT(named(mem, "教学仪器设备资产值（元）"), "");
    const struct heading yuan = heading_read(names, TEXT("教学仪器设备资产值（元）"), mem);
    CHECK_INT(yuan.match, HEADING_WRONG_UNIT);
    CHECK_TEXT(items->at[yuan.item].code, "equipment_value_10k_yuan");
    CHECK_INT(heading_read(names, TEXT("人口总数（人）"), mem).match, HEADING_WRONG_UNIT);
    CHECK_INT(heading_read(names, TEXT("运动场地面积（亩）"), mem).match, HEADING_WRONG_UNIT);
    CHECK_INT(heading_read(names, TEXT("语文校际差异率（%）"), mem).match, HEADING_WRONG_UNIT);
    CHECK_INT(heading_read(names, TEXT("小学在校生数（%）"), mem).match, HEADING_WRONG_UNIT);
    arena_free(&mem);
}

TEST(header, that_is_near_is_offered_and_not_taken)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(named(mem, "小学在校学生数"), "");
    CHECK_TEXT(guessed(mem, "小学在校学生数"), "pupils_primary");
    CHECK_TEXT(guessed(mem, "学校编码"), "school_code");
    CHECK_TEXT(named(mem, "随迁子女在校生人数"), "");
    CHECK_TEXT(guessed(mem, "随迁子女在校生人数"), "pupils_migrant");
    CHECK_TEXT(guessed(mem, "网络多媒体教室"), "classrooms_multimedia");
    CHECK_TEXT(guessed(mem, "年级数"), "grades_primary"); /* not 班级数 */
    arena_free(&mem);
}

TEST(header, that_is_far_from_all_is_not_guessed)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(guessed(mem, "序号"), "");
    CHECK_TEXT(guessed(mem, "备注"), "");
    CHECK_TEXT(guessed(mem, "校长"), "");
    CHECK_TEXT(guessed(mem, "食堂面积情况登记"), "");
    CHECK_TEXT(guessed(mem, ""), "");
    arena_free(&mem);
}

/* To rename 生均 to the whole would be worse than to leave the column out. */
TEST(header, that_counts_something_else_is_not_guessed)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(guessed(mem, "生均教学及辅助用房面积（㎡）"), "");
    CHECK_TEXT(guessed(mem, "每百名学生拥有县级及以上骨干教师数"), "");
    CHECK_TEXT(guessed(mem, "高中班级数"), "");
    CHECK_TEXT(guessed(mem, "特殊教育学校（所）"), "");
    CHECK_TEXT(guessed(mem, "小学在校学生的数"), "pupils_primary");
    arena_free(&mem);
}

TEST(path, joins_the_parent_and_the_lowest_heading)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(path(mem, "小学>在校生数"), "exact pupils_primary");
    CHECK_TEXT(path(mem, "在校生数（人）>小学"), "exact pupils_primary");
    CHECK_TEXT(path(mem, "在校生数>初中>计"), "exact pupils_junior");
    CHECK_TEXT(path(mem, "专任教师>小学"), "exact teachers_primary");
    CHECK_TEXT(path(mem, "县级以上骨干教师>小学"), "exact teachers_backbone_primary");
    CHECK_TEXT(path(mem, "县级及以上骨干教师数>初中"), "exact teachers_backbone_junior");
    CHECK_TEXT(path(mem, "在校生数>其中：留守儿童"), "exact pupils_left_behind");
    CHECK_TEXT(path(mem, "教职工数(人)>小学>其 中 专 任 教 师"), "exact teachers_primary");
    CHECK_TEXT(path(mem, "教职工数(人)>初中>合 计"), "exact staff_junior");
    arena_free(&mem);
}

/* The province's query export: one row a school, paths in several heading rows. */
TEST(path, reads_the_province_s_export)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(path(mem, "在校生数>合计"), "exact pupils_total");
    CHECK_TEXT(path(mem, "专任教师>合计"), "exact teachers_total");
    CHECK_TEXT(path(mem, "专任教师>#按授课课程分>体育与健康"), "exact teachers_pe");
    CHECK_TEXT(path(mem, "专任教师>#按授课课程分>艺术>计"), "exact teachers_art");
    CHECK_TEXT(path(mem, "教基1102>县级以上骨干教师(小学)"), "exact teachers_backbone_primary");
    CHECK_TEXT(path(mem, "本学年校舍建筑面积>教学及辅助用房>计"), "exact area_teaching_m2");
    CHECK_TEXT(path(mem, "本学年校舍建筑面积>教学及辅助用房>公共教学用房>室内体育用房"), "exact area_indoor_sports_m2");
    CHECK_TEXT(path(mem, "占地面积及其他办学条件>占地面积>其中>运动场地面积"), "exact area_outdoor_sports_m2");
    CHECK_TEXT(path(mem, "固定资产总值>教学仪器设备资产值(万元)"), "exact equipment_value_10k_yuan");
    arena_free(&mem);
}

TEST(path, does_not_take_a_lowest_heading_whose_parent_narrows_it)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(path(mem, "高中>班级数"), "near classes_total");
    CHECK_TEXT(path(mem, "上学年>在校生数"), "near pupils_total");
    CHECK_TEXT(path(mem, "学生情况（小学）>教职工数"), "near staff_total");
    CHECK_TEXT(path(mem, "在校生数>小学>女"), "unknown");
    CHECK_TEXT(path(mem, "普通中小学校数(所)>小学"), "unknown");
    CHECK_TEXT(path(mem, "专任教师>按学历分>本科"), "unknown");
    CHECK_TEXT(path(mem, "专任教师>计>计"), "exact teachers_total");
    CHECK_TEXT(path(mem, "计"), "unknown");
    arena_free(&mem);
}

TEST(path, takes_a_whole_name_below_a_category)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(path(mem, "学生信息>小学学生人数"), "exact pupils_primary");
    CHECK_TEXT(path(mem, "巩固率数据>毕业年级三年转出学生数"), "exact cohort_out_junior");
    CHECK_TEXT(path(mem, "优质高中招生>向农村学校分配指标数"), "exact senior_quota_rural");
    CHECK_TEXT(path(mem, "小学>学校名称"), "exact school_name");
    CHECK_TEXT(path(mem, "基本信息>班级总数"), "exact classes_total");
    CHECK_TEXT(path(mem, "中小学>班级总数"), "exact classes_total");
    arena_free(&mem);
}

TEST(path, holds_the_unit_of_any_of_its_parts_to_the_item)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(path(mem, "固定资产总值(元)>教学仪器设备资产值"), "unit equipment_value_10k_yuan");
    CHECK_TEXT(path(mem, "元>教学仪器设备资产值"), "unit equipment_value_10k_yuan");
    CHECK_TEXT(path(mem, "教学仪器设备资产值>万元"), "exact equipment_value_10k_yuan");
    arena_free(&mem);
}
