#include "check.h"

#include "import/bind.h"
#include "items_for_tests.h"
#include "picture.h"

/* ---- one row a school ---- */

TEST(layout, reads_one_row_a_school_in_any_order_of_columns)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "小学在校生数 | 学校名称 | 学年 | 学校代码    | 县代码 | 学校类型\n"
                                                "812          | 城关小学 | 2025 | '0041010001 | 410185 | 小学\n"
                                                "0            | 南街小学 | 2025 | 4101000002  | 410185 | 九年一贯制学校\n");
    CHECK_INT(read->n_tables, 1);
    CHECK_INT(read->tables[0]->table.kind, TABLE_SCHOOLS);
    CHECK_INT(read->tables[0]->rows.n, 2);
    CHECK_NEAR(figure(read, 0, 0, "pupils_primary"), 812, 0);
    CHECK_NEAR(figure(read, 0, 1, "pupils_primary"), 0, 0);
    CHECK_NEAR(figure(read, 0, 1, "school_type"), 3, 0);
    CHECK_TEXT(words(read, 0, 0, "school_code"), "0041010001");
    CHECK_TEXT(words(read, 0, 1, "school_code"), "4101000002");
    CHECK_TEXT(words(read, 0, 1, "county_code"), "410185");
    CHECK_INT(read->tables[0]->rows.row[1], 3);
    CHECK_INT(read->findings.n, 0);
    arena_free(&mem);
}

TEST(layout, finds_the_header_below_titles_and_notes)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "虚构县2025年义务教育学校基本情况\n"
                                                "\n"
                                                "填报单位：虚构县教育局 | | 单位：人、平方米\n"
                                                "学校代码 | 学校名称 | 小学在校生数 | 教学及辅助用房面积\n"
                                                "         |          | 人           | 平方米\n"
                                                "甲 | 乙 | 1 | 2 \n"
                                                "4101000001 | 城关小学 | 812 | 4000\n"
                                                "注：数据截至9月1日\n");
    CHECK_INT(read->n_tables, 1);
    CHECK_INT(read->tables[0]->table.header_row, 6);
    CHECK_INT(read->tables[0]->rows.n, 1);
    CHECK_NEAR(figure(read, 0, 0, "area_teaching_m2"), 4000, 0);
    CHECK_INT(read->findings.n, 1); /* the note below */
    arena_free(&mem);
}

TEST(layout, passes_over_rows_of_units_and_of_column_numbers)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 学校名称 | 小学在校生数 | 初中在校生数 | 教学及辅助用房面积\n"
                                                "| | 人 | 人 | 平方米\n"
                                                "甲 | 乙 | 1 | 2 | 3\n"
                                                "4101000001 | 城关小学 | 812 | | 4000\n");
    CHECK_INT(read->tables[0]->table.header_row, 3);
    CHECK_INT(read->tables[0]->rows.n, 1);
    CHECK_NEAR(figure(read, 0, 0, "pupils_primary"), 812, 0);
    CHECK_BLANK(figure(read, 0, 0, "pupils_junior"));
    arena_free(&mem);
}

TEST(layout, holds_a_row_of_units_to_the_items)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 小学在校生数 | 教学仪器设备资产值\n"
                                                "| 人 | 元\n"
                                                "4101000001 | 812 | 3200000\n");
    CHECK(!holds(read, 0, "equipment_value_10k_yuan"));
    CHECK(found(read, "header.unit", 0) != NULL);
    arena_free(&mem);
}

TEST(layout, refuses_a_column_in_another_unit_and_says_how_to_mend_it)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 小学在校生数 | 教学仪器设备资产值（元）\n"
                                                "4101000001 | 812 | 3200000\n");
    CHECK(!holds(read, 0, "equipment_value_10k_yuan"));
    const struct finding *finding = found(read, "header.unit", 0);
    CHECK(finding != NULL);
    CHECK_INT(finding->level, FINDING_ERROR);
    CHECK_TEXT(finding_sentence(mem, finding),
               "某县.xlsx Sheet“表”C1 读到“教学仪器设备资产值（元）”，“教学仪器设备资产值(万元)”应以“万元”为单位，没有读取。"
               "把数换算成“万元”，并把名称改为“教学仪器设备资产值(万元)”。");
    arena_free(&mem);
}

TEST(layout, reads_headings_of_several_merged_rows)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = picture(mem, "表", "虚构县学校情况表 | | | | | | | \n"
                                           "学校代码 | 学校名称 | 在校生数 | | | 专任教师 | | 班级数\n"
                                           "         |          | 小学 | 初中 | 高中 | 小学 | 初中 | \n"
                                           "4101000001 | 城关学校 | 812 | 300 | 5 | 50 | 30 | 24\n");
    grid_add_merge(grid, (struct merge){ 1, 1, 1, 8 });
    grid_add_merge(grid, (struct merge){ 2, 1, 3, 1 });
    grid_add_merge(grid, (struct merge){ 2, 2, 3, 2 });
    grid_add_merge(grid, (struct merge){ 2, 3, 2, 5 });
    grid_add_merge(grid, (struct merge){ 2, 6, 2, 7 });
    grid_add_merge(grid, (struct merge){ 2, 8, 3, 8 });
    struct table_memory *read = read_sheets(mem, &grid, 1);
    CHECK_INT(read->tables[0]->table.header_row, 3);
    CHECK_INT(read->tables[0]->rows.n, 1);
    CHECK_NEAR(figure(read, 0, 0, "pupils_primary"), 812, 0);
    CHECK_NEAR(figure(read, 0, 0, "pupils_junior"), 300, 0);
    CHECK_NEAR(figure(read, 0, 0, "pupils_senior"), 5, 0);
    CHECK_NEAR(figure(read, 0, 0, "teachers_primary"), 50, 0);
    CHECK_NEAR(figure(read, 0, 0, "teachers_junior"), 30, 0);
    CHECK_NEAR(figure(read, 0, 0, "classes_total"), 24, 0);
    CHECK_INT(read->findings.n, 0);
    arena_free(&mem);
}

/* Saved as CSV, merged cells leave blanks behind their first. */
TEST(layout, reads_headings_of_several_rows_without_merged_cells)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 学校名称 | 在校生数 | | 县级以上骨干教师 | | 学校类型\n"
                                                "         |          | 小学 | 初中 | 小学 | 初中 | \n"
                                                "4101000001 | 城关学校 | 812 | 300 | 9 | 4 | 九年一贯制\n");
    CHECK_INT(read->tables[0]->rows.n, 1);
    CHECK_NEAR(figure(read, 0, 0, "pupils_junior"), 300, 0);
    CHECK_NEAR(figure(read, 0, 0, "teachers_backbone_primary"), 9, 0);
    CHECK_NEAR(figure(read, 0, 0, "teachers_backbone_junior"), 4, 0);
    CHECK_NEAR(figure(read, 0, 0, "school_type"), 3, 0);
    arena_free(&mem);
}

TEST(layout, ignores_categories_merged_above_whole_names)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = picture(mem, "表", "基本信息 | | 学生信息 | | 巩固率数据\n"
                                           "学校代码 | 学校名称 | 小学学生人数 | 初中学生人数 | 毕业年级三年转出学生数\n"
                                           "4101000001 | 城关学校 | 812 | 300 | 3\n");
    grid_add_merge(grid, (struct merge){ 1, 1, 1, 2 });
    grid_add_merge(grid, (struct merge){ 1, 3, 1, 4 });
    struct table_memory *read = read_sheets(mem, &grid, 1);
    CHECK_NEAR(figure(read, 0, 0, "pupils_junior"), 300, 0);
    CHECK_NEAR(figure(read, 0, 0, "cohort_out_junior"), 3, 0);
    CHECK_INT(read->findings.n, 0);
    arena_free(&mem);
}

TEST(layout, lists_unused_columns_and_offers_guesses)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 小学在校生数 | 校长 | 教学及辅助用房总的面积 | \n"
                                                "4101000001 | 812 | 张三 | 4000 | 7\n");
    const struct finding *unused = found(read, "header.unused", 0), *guess = found(read, "header.guess", 0);
    CHECK(unused && guess);
    CHECK_TEXT(unused->read, "校长");
    CHECK_INT(unused->column, 3);
    CHECK_INT(unused->level, FINDING_NOTE);
    CHECK_TEXT(guess->item, "area_teaching_m2");
    CHECK_TEXT(guess->mend, "如果就是这一项，把名称改为“教学及辅助用房面积”");
    CHECK(!holds(read, 0, "area_teaching_m2"));
    CHECK_INT(found(read, "header.blank", 0)->column, 5);
    arena_free(&mem);
}

TEST(layout, reads_the_first_of_two_columns_for_one_item)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 小学在校生数 | 小学学生人数\n4101000001 | 812 | 813\n");
    CHECK_NEAR(figure(read, 0, 0, "pupils_primary"), 812, 0);
    const struct finding *twice = found(read, "header.twice", 0);
    CHECK(twice != NULL);
    CHECK_INT(twice->column, 3);
    CHECK_CONTAINS(twice->expected, "B1");
    arena_free(&mem);
}

TEST(layout, leaves_out_totals_notes_blank_rows_and_repeated_headers)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "序号 | 学校代码 | 学校名称 | 小学在校生数\n"
                                                "1 | 4101000001 | 城关小学 | 812\n"
                                                "2 |            | 南街小学 | 100\n"
                                                "小计 | | | 912\n"
                                                "序号 | 学校代码 | 学校名称 | 小学在校生数\n"
                                                "3 | 4101000003 | 北街小学 | 88\n"
                                                "4 | | | \n"
                                                "| | 合 计 | 1000\n"
                                                "| 全县平均 | | 333\n"
                                                "填表人：李四 | | 审核：王五\n");
    CHECK_INT(read->tables[0]->rows.n, 3);
    CHECK_TEXT(words(read, 0, 1, "school_name"), "南街小学");
    CHECK_TEXT(words(read, 0, 1, "school_code"), "");
    CHECK_NEAR(figure(read, 0, 2, "pupils_primary"), 88, 0);
    CHECK_INT(found(read, "row.total", 0)->row, 4);
    CHECK_INT(found(read, "row.total", 1)->row, 8);
    CHECK_INT(found(read, "row.total", 2)->row, 9);
    CHECK_INT(found(read, "row.header", 0)->row, 5);
    CHECK_INT(found(read, "row.note", 0)->row, 10);
    arena_free(&mem);
}

TEST(layout, keeps_a_school_that_filled_in_nothing)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 学校名称 | 小学在校生数\n4101000001 | 城关小学 | \n | 南街小学 | \n");
    CHECK_INT(read->tables[0]->rows.n, 2);
    CHECK_BLANK(figure(read, 0, 1, "pupils_primary"));
    arena_free(&mem);
}

TEST(layout, says_where_a_bad_cell_is_and_reads_on)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 学校名称 | 小学在校生数 | 初中在校生数\n"
                                                "4101000001 | 城关学校 | 12人 | -3\n"
                                                "4101000002 | 南街学校 | 88 | 无\n");
    CHECK_INT(read->findings.n, 3);
    const struct finding *bad = found(read, "cell.number", 0);
    CHECK_TEXT(finding_sentence(mem, bad), "某县.xlsx Sheet“表”C2 4101000001 城关学校 读到“12人”，应为整数。删去“人”字。");
    CHECK_TEXT(bad->item, "pupils_primary");
    CHECK_BLANK(figure(read, 0, 0, "pupils_primary"));
    CHECK_BLANK(figure(read, 0, 0, "pupils_junior"));
    CHECK_NEAR(figure(read, 0, 1, "pupils_primary"), 88, 0);
    CHECK_INT(found(read, "cell.blank_mark", 0)->level, FINDING_WARNING);
    arena_free(&mem);
}

TEST(layout, gives_a_township_merged_down_to_each_of_its_schools)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = picture(mem, "表", "乡镇(街道) | 学校代码 | 小学在校生数\n"
                                           "城关镇 | 4101000001 | 812\n"
                                           "       | 4101000002 | 100\n"
                                           "       | 4101000003 |\n"
                                           "南乡   | 4101000004 | 7\n");
    grid_add_merge(grid, (struct merge){ 2, 1, 4, 1 });
    grid_add_merge(grid, (struct merge){ 3, 3, 4, 3 });
    struct table_memory *read = read_sheets(mem, &grid, 1);
    CHECK_TEXT(words(read, 0, 2, "township"), "城关镇");
    CHECK_TEXT(words(read, 0, 3, "township"), "南乡");
    /* A figure for two schools together is nobody's. */
    CHECK_BLANK(figure(read, 0, 1, "pupils_primary"));
    CHECK_BLANK(figure(read, 0, 2, "pupils_primary"));
    CHECK_INT(found(read, "cell.merged", 0)->row, 3);
    CHECK_NEAR(figure(read, 0, 3, "pupils_primary"), 7, 0);
    arena_free(&mem);
}

TEST(layout, reads_a_second_table_below_the_first)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | 学校名称 | 小学在校生数\n"
                                                "4101000001 | 城关小学 | 812\n"
                                                "\n"
                                                "学校名称 | 学校代码 | 初中在校生数\n"
                                                "一中 | 4101000009 | 900\n");
    CHECK_INT(read->n_tables, 2);
    CHECK_INT(read->tables[0]->rows.n, 1);
    CHECK_NEAR(figure(read, 1, 0, "pupils_junior"), 900, 0);
    CHECK_INT(read->tables[1]->rows.row[0], 5);
    arena_free(&mem);
}

/* A table costs a search for its header: ten thousand of them in one sheet are no county's. */
TEST(layout, stops_after_a_hundred_tables_in_one_sheet)
{
    struct arena *mem = arena_new("test");
    struct buf drawn = { .mem = mem };
    for (int i = 0; i < 300; i++)
        buf_printf(&drawn, "学校代码 | %s\n4101%06d | 5\n", i % 2 ? "小学在校生数 | 学校名称" : "学校名称 | 小学在校生数", i);
    buf_byte(&drawn, '\0');
    struct table_memory *read = read_sheet(mem, drawn.at);
    CHECK_INT(read->n_tables, 100);
    CHECK_CONTAINS(found(read, "layout.too_many", 0)->expected, "第 200 行");
    arena_free(&mem);
}

/* ---- counties ---- */

TEST(layout, reads_a_county_s_table)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "县代码 | 学年 | 常住人口 | 问卷总数 | 存在违规择校行为 | 语文校际差异率\n"
                                                "410185 | 2025 | 720000 | 900 | 否 | 12%\n");
    CHECK_INT(read->tables[0]->table.kind, TABLE_COUNTY);
    CHECK_NEAR(figure(read, 0, 0, "resident_population"), 720000, 0);
    CHECK_NEAR(figure(read, 0, 0, "veto_X2"), 0, 0);
    CHECK_NEAR(figure(read, 0, 0, "q9_between_chinese"), 0.12, 1e-15);
    arena_free(&mem);
}

/* 表Ⅰ: what it says of schools is of all together. */
TEST(layout, takes_no_school_figure_from_a_county_s_summary)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "县代码 | 人口总数 (万人) | 农业人口数 (万人) | 乡镇数(个) | 小学专任教师数\n"
                                                "410185 | 72.1 | 30 | 15 | 3000\n");
    CHECK_INT(read->tables[0]->table.kind, TABLE_COUNTY);
    CHECK_NEAR(figure(read, 0, 0, "population_10k"), 72.1, 0);
    CHECK(!holds(read, 0, "teachers_primary"));
    CHECK_CONTAINS(found(read, "header.unused", 0)->expected, "按学校填报");
    arena_free(&mem);
}

TEST(layout, keeps_a_county_s_item_in_a_table_of_schools)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "区县名称 | 学校代码 | 小学在校生数 | 常住人口\n虚构县 | 4101000001 | 812 | 720000\n");
    CHECK_INT(read->tables[0]->table.kind, TABLE_SCHOOLS);
    CHECK_TEXT(words(read, 0, 0, "county_name"), "虚构县");
    CHECK_NEAR(figure(read, 0, 0, "resident_population"), 720000, 0);
    arena_free(&mem);
}

/* ---- the official forms: items down a column ---- */

struct form_row { const char *category, *name, *unit; };

/* 学校填报表格 and 区县填报表格, as used in Shenyang: the fields' names and units, transcribed. */
static const struct form_row SCHOOL_FORM[] = {
    { "基本信息", "学校名称", "" },
    { "基本信息", "学校类型", "小学/初中/九年一贯制/十二年一贯制/完全中学" },
    { "基本信息", "学校代码", "" },
    { "基本信息", "建校时间", "年" },
    { "基本信息", "是否2010年及之前规划并建成", "是/否" },
    { "基本信息", "是否2016年及之前规划并建成", "是/否" },
    { "基本信息", "是否人口密度过高的大城市中心城区学校", "是/否" },
    { "基本信息", "是否50人及以上但不足100人的乡村小规模学校和教学点", "是/否" },
    { "基本信息", "是否最大班额低于30人的农村小规模学校", "是/否" },
    { "学生信息", "小学学生人数", "人" },
    { "学生信息", "初中学生人数", "人" },
    { "学生信息", "进城务工人员随迁子女在校生人数", "人" },
    { "学生信息", "家庭住址在划片范围内的在校学生人数（小学）", "人" },
    { "学生信息", "家庭住址在划片范围内的在校学生人数（初中）", "人" },
    { "班级信息", "班级总数", "个" },
    { "班级信息", "每班25人以下班级个数", "个" },
    { "班级信息", "每班26-30人班级个数", "个" },
    { "班级信息", "每班31-35人班级个数", "个" },
    { "班级信息", "每班36-40人班级个数", "个" },
    { "班级信息", "每班41-45人班级个数", "个" },
    { "班级信息", "每班46-50人班级个数", "个" },
    { "班级信息", "每班51-55人班级个数", "个" },
    { "班级信息", "每班56-60人班级个数", "个" },
    { "班级信息", "每班61-65人班级个数", "个" },
    { "班级信息", "每班66人以上班级个数", "个" },
    { "教师学历信息", "专任教师总人数", "人" },
    { "教师学历信息", "专科学历教师人数（小学）", "人" },
    { "教师学历信息", "本科学历教师人数（小学）", "人" },
    { "教师学历信息", "本科学历教师人数（初中）", "人" },
    { "教师学历信息", "硕士学历教师人数（小学）", "人" },
    { "教师学历信息", "硕士学历教师人数（初中）", "人" },
    { "教师学历信息", "博士研究生学历教师人数（小学）", "人" },
    { "教师学历信息", "博士研究生学历教师人数（初中）", "人" },
    { "教师学历信息", "县级及以上骨干教师数", "人" },
    { "教师学历信息", "持有教师资格证的专任教师人数", "人" },
    { "教师学历信息", "近5年培训满360学时专任教师人数", "人" },
    { "体育艺术教师", "体育专任教师人数", "人" },
    { "体育艺术教师", "音乐专任教师人数", "人" },
    { "体育艺术教师", "美术专任教师人数", "人" },
    { "体育艺术教师", "艺术专任教师人数", "人" },
    { "体育艺术教师", "体育交流轮岗/兼职/走教教师人数", "人" },
    { "体育艺术教师", "音乐交流轮岗/兼职/走教教师人数", "人" },
    { "体育艺术教师", "美术交流轮岗/兼职/走教教师人数", "人" },
    { "体育艺术教师", "艺术交流轮岗/兼职/走教教师人数", "人" },
    { "教学用房面积", "教学及辅助用房总面积", "平方米" },
    { "教学用房面积", "室内体育用房面积", "平方米" },
    { "体育场馆面积", "学校体育馆面积", "平方米" },
    { "体育场馆面积", "校内体育场面积", "平方米" },
    { "体育场馆面积", "校外租赁场馆面积", "平方米" },
    { "体育场馆面积", "校内其他体育场面积", "平方米" },
    { "教学设备", "教学仪器设备资产值（账面原值）", "万元" },
    { "教学设备", "网络多媒体教室间数", "间" },
    { "音乐美术教室", "音乐教室总间数", "间" },
    { "音乐美术教室", "单间面积≥96㎡的音乐教室间数", "间" },
    { "音乐美术教室", "73㎡≤单间面积＜96㎡的音乐教室间数", "间" },
    { "音乐美术教室", "61㎡≤单间面积＜73㎡的音乐教室间数", "间" },
    { "音乐美术教室", "美术教室总间数", "间" },
    { "音乐美术教室", "单间面积≥90㎡的美术教室间数", "间" },
    { "音乐美术教室", "67㎡≤单间面积＜90㎡的美术教室间数", "间" },
    { "音乐美术教室", "61㎡≤单间面积＜67㎡的美术教室间数", "间" },
    { "经费信息", "上一年度公用经费预算总额", "万元" },
    { "经费信息", "上一年度公用经费决算总额", "万元" },
    { "经费信息", "上一年度教师培训经费预算总额", "万元" },
    { "巩固率数据", "本届毕业学生人数", "人" },
    { "巩固率数据", "毕业年级初一时在校学生数", "人" },
    { "巩固率数据", "毕业年级三年转入学生数", "人" },
    { "巩固率数据", "毕业年级三年转出学生数", "人" },
    { "巩固率数据", "毕业年级三年死亡学生数", "人" },
};
static const struct form_row COUNTY_FORM[] = {
    { "基本信息", "区县名称", "" },
    { "基本信息", "区县代码", "" },
    { "基本信息", "填报年度", "" },
    { "经费标准", "规定的小学生均公用经费标准", "元" },
    { "经费标准", "规定的初中生均公用经费标准", "元" },
    { "经费标准", "特殊教育学校经费总额", "元" },
    { "经费标准", "特殊教育学校学生人数", "人" },
    { "工资收入", "上年度义务教育学校教师年平均工资收入水平（不含民办学校）", "万元" },
    { "工资收入", "当地公务员年平均工资收入", "万元" },
    { "教师交流轮岗", "符合交流条件教师总数", "人" },
    { "教师交流轮岗", "实际交流轮岗教师数", "人" },
    { "教师交流轮岗", "实际交流骨干教师数量", "人" },
    { "优质高中招生", "优质高中招生计划总人数", "人" },
    { "优质高中招生", "优质高中招生分配指标数", "人" },
    { "优质高中招生", "向农村学校分配指标数", "人" },
    { "随迁子女", "符合条件的随迁子女总人数", "人" },
    { "随迁子女", "在县域内公办学校就读的随迁子女人数", "人" },
    { "随迁子女", "在政府购买服务的民办学校就读随迁子女人数", "人" },
    { "残疾儿童入学", "适龄残疾儿童少年总数", "人" },
    { "残疾儿童入学", "适龄残疾儿童少年入学总人数", "人" },
};

/* A form as a school sends it: one value a line, that this item will accept. */
static struct grid *filled(struct arena *mem, const struct form_row *form, size_t n)
{
    const struct item_list *items = items_for_tests(mem);
    const struct item_names *names = item_names_new(mem, items);
    struct grid *grid = picture(mem, "填报数据", "序号|类别|填报项目|单位|填报值|是否必填|备注说明");
    for (uint32_t i = 0; i < n; i++) {
        const uint16_t item = item_named(names, text_of(form[i].name), mem);
        if (item == NO_ITEM)
            fail_msg("%s is no item", form[i].name);
        grid_add_number(grid, i + 2, 1, CELL_NUMBER, i + 1, false);
        grid_add_text(grid, i + 2, 2, CELL_TEXT, text_of(form[i].category));
        grid_add_text(grid, i + 2, 3, CELL_TEXT, text_of(form[i].name));
        if (*form[i].unit)
            grid_add_text(grid, i + 2, 4, CELL_TEXT, text_of(form[i].unit));
        if (items->at[item].type == ITEM_TEXT)
            grid_add_text(grid, i + 2, 5, CELL_TEXT, text_printf(mem, "4101%06u", i));
        else if (items->at[item].type == ITEM_BOOLEAN)
            grid_add_text(grid, i + 2, 5, CELL_TEXT, TEXT("否"));
        else if (items->at[item].type == ITEM_ENUM)
            grid_add_text(grid, i + 2, 5, CELL_TEXT, TEXT("九年一贯制"));
        else
            grid_add_number(grid, i + 2, 5, CELL_NUMBER, 2000 + i, false);
        grid_add_text(grid, i + 2, 6, CELL_TEXT, TEXT("是"));
    }
    grid_finish(grid);
    return grid;
}

static void check_every_field(const struct form_row *form, size_t n, enum table_kind kind)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = filled(mem, form, n);
    struct table_memory *read = read_sheets(mem, &grid, 1);
    const struct item_names *names = item_names_new(mem, read->items);
    CHECK_INT(read->n_tables, 1);
    CHECK_INT(read->findings.n, 0);
    const struct table *table = &read->tables[0]->table;
    CHECK_INT(table->kind, kind);
    CHECK(table->down);
    CHECK_INT(table->value_column, 5);
    CHECK_INT(read->tables[0]->rows.n, 1);
    size_t placed = 0;
    for (size_t i = 0; i < read->items->n; i++)
        placed += table->place[i] != 0;
    CHECK_INT(placed, n);
    for (uint32_t i = 0; i < n; i++) {
        const uint16_t item = item_named(names, text_of(form[i].name), mem);
        CHECK_INT(table->place[item], i + 2);
        if (read->items->at[item].type == ITEM_INTEGER || read->items->at[item].type == ITEM_NUMBER)
            CHECK_NEAR(read->tables[0]->rows.number[item][0], 2000 + i, 0);
    }
    arena_free(&mem);
}

TEST(layout, reads_all_68_fields_of_the_school_form)
{
    CHECK_INT(COUNT(SCHOOL_FORM), 68);
    check_every_field(SCHOOL_FORM, COUNT(SCHOOL_FORM), TABLE_SCHOOLS);
}

TEST(layout, reads_all_20_fields_of_the_county_form)
{
    CHECK_INT(COUNT(COUNTY_FORM), 20);
    check_every_field(COUNTY_FORM, COUNT(COUNTY_FORM), TABLE_COUNTY);
}

/* The forms themselves, blank as the county sends them out; not shipped. */
static void check_original(const char *path, size_t fields)
{
    struct arena *mem = arena_new("test");
    struct err err;
    struct workbook workbook;
    const struct text bytes = check_shared(mem, path);
    CHECK_OK(xlsx_read(mem, bytes, &workbook, &err), err);
    struct table_memory *read = read_sheets(mem, workbook.sheets, workbook.n);
    CHECK_INT(read->n_tables, 1);
    size_t placed = 0;
    for (size_t i = 0; i < read->items->n; i++)
        placed += read->tables[0]->table.place[i] != 0;
    CHECK_INT(placed, fields);
    CHECK_INT(read->tables[0]->rows.n, 0);
    CHECK(found(read, "layout.blank_form", 0) != NULL);
    CHECK_INT(finding_count(&read->findings, FINDING_ERROR), 0);
    CHECK(found(read, "layout.unrecognised", 1) != NULL); /* 指标计算说明 and its neighbour */
    arena_free(&mem);
}

TEST(layout, finds_every_field_in_the_original_school_form)
{
    check_original("data/forms/学校填报表格.xlsx", 68);
}

TEST(layout, finds_every_field_in_the_original_county_form)
{
    check_original("data/forms/区县填报表格.xlsx", 20);
}

TEST(layout, holds_the_form_s_units_to_the_items)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "填报项目 | 单位 | 填报值\n"
                                                "学校代码 | | '4101000001\n"
                                                "小学学生人数 | 人 | 812\n"
                                                "教学仪器设备资产值（账面原值） | 元 | 3200000\n");
    CHECK(!holds(read, 0, "equipment_value_10k_yuan"));
    const struct finding *finding = found(read, "header.unit", 0);
    CHECK(finding != NULL);
    CHECK_INT(finding->row, 4);
    CHECK_NEAR(figure(read, 0, 0, "pupils_primary"), 812, 0);
    arena_free(&mem);
}

TEST(layout, finds_the_values_right_of_the_units_when_nothing_says_so)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "学校代码 | | '4101000001 | 必填\n"
                                                "小学学生人数 | 人 | 812 | 按9月1日\n"
                                                "班级总数 | 个 | 20 |\n"
                                                "最大班额 | 人 | 45 | 含随班就读\n");
    CHECK_INT(read->n_tables, 1);
    CHECK_INT(read->tables[0]->table.value_column, 3);
    CHECK_NEAR(figure(read, 0, 0, "largest_class"), 45, 0);
    arena_free(&mem);
}

TEST(layout, reads_one_school_from_each_column_of_values)
{
    struct arena *mem = arena_new("test");
    struct table_memory *read = read_sheet(mem, "指标名称 | 单位 | 城关小学 | 南街小学 | 备注\n"
                                                "学校代码 | | '4101000001 | '4101000002 |\n"
                                                "小学学生人数 | 人 | 812 | 88 |\n"
                                                "班级总数 | 个 | 20 | 二 | 含教学点\n");
    CHECK_INT(read->n_tables, 2);
    CHECK_TEXT(words(read, 0, 0, "school_name"), "城关小学");
    CHECK_TEXT(words(read, 1, 0, "school_name"), "南街小学");
    CHECK_TEXT(words(read, 1, 0, "school_code"), "4101000002");
    CHECK_NEAR(figure(read, 1, 0, "pupils_primary"), 88, 0);
    const struct finding *bad = found(read, "cell.number", 0);
    CHECK_INT(bad->row, 4);
    CHECK_INT(bad->column, 4);
    CHECK_TEXT(bad->school, "4101000002 南街小学");
    arena_free(&mem);
}

TEST(layout, joins_a_form_s_categories_and_lines)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = picture(mem, "表", "类别 | 填报项目 | 填报值\n"
                                           "基本信息 | 学校代码 | '4101000001\n"
                                           "专任教师数 | 小学 | 50\n"
                                           "| 初中 | 30\n"
                                           "学生信息 | 在校生总的数量 | 5\n");
    grid_add_merge(grid, (struct merge){ 3, 1, 4, 1 });
    struct table_memory *read = read_sheets(mem, &grid, 1);
    CHECK_NEAR(figure(read, 0, 0, "teachers_primary"), 50, 0);
    CHECK_NEAR(figure(read, 0, 0, "teachers_junior"), 30, 0);
    CHECK(found(read, "header.unused", 0) || found(read, "header.guess", 0));
    arena_free(&mem);
}

/* 优质均衡控件整理: a list of fields for programmers; the names stand there, no values. */
TEST(layout, takes_no_value_from_a_list_of_fields)
{
    struct arena *mem = arena_new("test");
    struct grid *sheets[] = {
        picture(mem, "字段", "序号 | 分类 | 指标名称 | 控件类型 | 输入限制 | 单位 | 选项\n"
                             "1 | 资源配置 | 体育专任教师人数 | 单行文本 | 仅数字 | 人 | 无\n"
                             "2 | 资源配置 | 音乐专任教师人数 | 单行文本 | 仅数字 | 人 | 无\n"),
        picture(mem, "数据", "学校代码 | 小学在校生数\n4101000001 | 5\n"),
    };
    struct table_memory *read = read_sheets(mem, sheets, 2);
    CHECK_INT(read->n_tables, 1);
    CHECK(found(read, "layout.no_values", 0) != NULL);
    CHECK_INT(finding_count(&read->findings, FINDING_ERROR), 0);
    arena_free(&mem);
}

/* ---- workbooks ---- */

TEST(layout, passes_over_sheets_without_a_table_and_hidden_ones)
{
    struct arena *mem = arena_new("test");
    struct grid *sheets[] = {
        picture(mem, "说明", "填表说明\n一、按9月1日的数填写\n"),
        picture(mem, "旧数据", "学校代码 | 小学在校生数\n4101000001 | 812\n"),
        picture(mem, "空表", ""),
        picture(mem, "数据", "学校代码 | 小学在校生数\n4101000001 | 813\n"),
    };
    sheets[1]->hidden = true;
    struct table_memory *read = read_sheets(mem, sheets, COUNT(sheets));
    CHECK_INT(read->n_tables, 1);
    CHECK_NEAR(figure(read, 0, 0, "pupils_primary"), 813, 0);
    CHECK_TEXT(found(read, "layout.unrecognised", 0)->sheet, "说明");
    CHECK_TEXT(found(read, "layout.hidden", 0)->sheet, "旧数据");
    CHECK(!found(read, "layout.unrecognised", 1));
    arena_free(&mem);
}

TEST(layout, refuses_a_workbook_without_any_table_and_says_what_a_header_holds)
{
    struct arena *mem = arena_new("test");
    struct err err;
    struct table_memory memory = { .mem = mem, .items = items_for_tests(mem) };
    const struct table_sink sink = table_memory_sink(&memory);
    struct grid *sheets[] = { picture(mem, "甲", "姓名 | 年龄\n张三 | 5\n"), picture(mem, "乙", "学校代码 | 学年\n4101000001 | 2025\n") };
    const struct workbook workbook = { sheets, 2 };
    const struct layout_request request = { memory.items, TEXT("名单.xlsx") };
    CHECK(!layout_read(&workbook, &request, &sink, mem, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(err.what), "名单.xlsx");
    CHECK_CONTAINS(text_of(err.hint), "学校代码");
    arena_free(&mem);
}

/* ---- the sink ---- */

struct narrow { struct table_memory kept; struct batch batch; size_t shipped, room_for_text; char texts[64]; size_t used; bool open; };

static bool narrow_begin(void *context, const struct table *table, struct err *err)
{
    (void)err;
    struct narrow *narrow = context;
    narrow->batch = (struct batch){ .table = table, .capacity = 2, .row = arena_array(narrow->kept.mem, 2, uint32_t) };
    for (size_t i = 0; i < narrow->kept.items->n; i++)
        if (table->place[i] && narrow->kept.items->at[i].type == ITEM_TEXT)
            narrow->batch.text[i] = arena_array(narrow->kept.mem, 2, struct text);
        else if (table->place[i])
            narrow->batch.number[i] = arena_array(narrow->kept.mem, 2, double);
    return true;
}
static struct batch *narrow_room(void *context)
{
    struct narrow *narrow = context;
    narrow->batch.n = narrow->used = 0;
    return &narrow->batch;
}
static struct text narrow_keep(void *context, struct batch *batch, struct text text)
{
    (void)batch;
    struct narrow *narrow = context;
    if (narrow->used + text.size > narrow->room_for_text)
        return (struct text){ NULL, 0 };
    char *const at = narrow->texts + narrow->used;
    memcpy(at, text.at, text.size);
    narrow->used += text.size;
    return (struct text){ at, text.size };
}
static bool narrow_ship(void *context, struct batch *batch, struct err *err)
{
    (void)err;
    struct narrow *narrow = context;
    CHECK(batch->n >= 1 && batch->n <= 2);
    narrow->shipped += batch->n;
    return true;
}
static bool narrow_end(void *context, struct err *err)
{
    (void)context, (void)err;
    return true;
}
static void narrow_finding(void *context, const struct finding *finding)
{
    (void)context, (void)finding;
}

TEST(layout, ships_a_batch_when_it_is_full_or_has_no_room_for_a_text)
{
    struct arena *mem = arena_new("test");
    struct err err;
    struct narrow narrow = { .kept = { .mem = mem, .items = items_for_tests(mem) }, .room_for_text = 20 };
    const struct table_sink sink = { &narrow, narrow_begin, narrow_room, narrow_keep, narrow_ship, narrow_end, narrow_finding };
    struct grid *grid = picture(mem, "表", "学校代码 | 小学在校生数\n"
                                           "4101000001 | 1\n4101000002 | 2\n4101000003 | 3\n410100000400000 | 4\n4101000005 | 5\n");
    const struct workbook workbook = { &grid, 1 };
    const struct layout_request request = { narrow.kept.items, TEXT("a.xlsx") };
    CHECK_OK(layout_read(&workbook, &request, &sink, mem, &err), err);
    CHECK_INT(narrow.shipped, 5);
    narrow.room_for_text = 5; /* not even one code fits */
    CHECK(!layout_read(&workbook, &request, &sink, mem, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    arena_free(&mem);
}
