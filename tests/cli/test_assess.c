#include "county.h"
#include "run.h"

static const char COUNTY_FILE[] = "county_code,year,county_name,judged_G1,judged_G10,veto_X1,veto_X2,rotation_eligible,rotation_moved,rotation_moved_backbone\n"
                                  "410185,2025,青禾县,达标,不达标,0,2,1000,99,20\n";

TEST(assess, prints_a_small_county_as_people_read_it)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    run_write(mem, dir, "c.csv", COUNTY_FILE);
    const struct ran ran = run(mem, dir, "assess s.csv --county-file c.csv --by township");
    CHECK_INT(ran.code, 1);
    const struct text golden = run_read(mem, SOURCE_ROOT "/tests/cli/golden", "small-county.txt");
    if (!text_equal(ran.out, golden))
        fail_msg("the table differs from tests/cli/golden/small-county.txt:\n%.*s", TEXT_ARG(ran.out));
    arena_free(&mem);
}

TEST(assess, says_what_each_school_that_fails_needs)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    const struct ran ran = run(mem, dir, "assess s.csv");
    /* L4: 4.5·400 − 1000 = 800; L5: 7.5·400 − 400 = 2600, to its floor 6.375·400 − 400 = 2150;
     * L6: 2000·400 − 200 000 = 600 000 yuan, to its floor 480 000.  One may stay at its floor: L5, whose
     * gap is (1 − 0.85) of 7.5 in any case, is left as the one furthest below. */
    CHECK_CONTAINS(ran.out, "丙小学（小学 7 项中 4 项达标）：增 800 平方米教学及辅助用房、2,150 平方米体育运动场馆、添 60.00 万元教学仪器设备。");
    CHECK(!text_find(ran.out, TEXT("乙学校（"), NULL)); /* 6 of 7: passes */
    arena_free(&mem);
}

TEST(assess, writes_a_row_a_unit_or_with_brief_a_row_a_stage_as_csv)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    const struct ran units = run(mem, dir, "assess s.csv --format csv");
    CHECK(text_starts(units.out, TEXT("county,county_name,year,school,name,stage,pupils,verdict,met,L1,L1_state,")));
    CHECK_CONTAINS(units.out, "410185,,2025,A1,甲小学,primary,500,met,7,6,met,");
    CHECK_CONTAINS(units.out, "410185,,2025,A2,乙学校,junior,300,met,6,");
    CHECK_CONTAINS(units.out, "410185,,2025,A3,丙小学,primary,400,unmet,4,");
    const struct ran stages = run(mem, dir, "assess s.csv --format csv --brief");
    CHECK(text_starts(stages.out, TEXT("county,county_name,year,county_verdict,stage,units,pupils,units_passing,combined_cv,verdict,L1_mean,")));
    CHECK_CONTAINS(stages.out, "410185,,2025,unmet,primary,3,1500,2,");
    CHECK_CONTAINS(stages.out, "410185,,2025,unmet,junior,1,300,1,0,met,");
    arena_free(&mem);
}

TEST(assess, keeps_a_text_that_looks_like_a_formula_from_being_one)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SCHOOL_HEAD "410185,2025,A1,=HYPERLINK(1),primary,东镇,500,,30,,6,,3,3,,,3000,0,4000,120,13\n");
    CHECK_CONTAINS(run(mem, dir, "assess s.csv --format csv").out, ",A1,'=HYPERLINK(1),primary,");
    arena_free(&mem);
}

TEST(assess, lets_no_name_steer_the_terminal)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SCHOOL_HEAD "410185,2025,A3,丙\x1b[31m小学,primary,西镇,400,,20,,4,,3,3,,,1000,0,400,20,13\n");
    const struct ran ran = run(mem, dir, "assess s.csv");
    CHECK(!text_find(ran.out, TEXT("\x1b"), NULL));
    CHECK(!text_find(ran.err, TEXT("\x1b"), NULL));
    arena_free(&mem);
}

TEST(assess, shows_a_trial_before_and_after_and_leaves_the_file_alone)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    const struct ran ran = run(mem, dir, "assess s.csv --set 丙小学:运动场地面积=3000 --set A3:教学及辅助用房面积=1800 --set A3:equipment_value_10k_yuan=68");
    CHECK_CONTAINS(ran.out, "试算，不影响原始数据");
    CHECK_CONTAINS(ran.out, "改 丙小学 运动场地面积：400 平方米 → 3,000 平方米");
    /* L4 4.5 and L5 7.5 are met, L6 is 1700, its floor: 6 of 7. */
    CHECK_CONTAINS(ran.out, "→ 小学达标学校 2 → 3 所");
    CHECK_CONTAINS(ran.out, "小学体育运动场馆的差异系数");
    CHECK(text_equal(run_read(mem, dir, "s.csv"), text_of(SMALL_COUNTY)));
    /* A blank is a blank: what it leaves undecided is no pass. */
    CHECK_CONTAINS(run(mem, dir, "assess s.csv --set A1:运动场地面积=").out, "改 甲小学 运动场地面积：4,000 平方米 → 空白");
    arena_free(&mem);
}

TEST(assess, changes_the_latest_year_of_a_school)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SCHOOL_HEAD "410185,2024,A1,甲小学,primary,东镇,500,,30,,6,,3,3,,,3000,0,3000,120,13\n" SCHOOL_A1);
    const struct ran ran = run(mem, dir, "assess s.csv --set A1:运动场地面积=1");
    CHECK_CONTAINS(ran.out, "4,000 平方米 → 1 平方米");
    CHECK(!text_find(ran.out, TEXT("3,000 平方米 → 1 平方米"), NULL));
    arena_free(&mem);
}

TEST(assess, tries_figures_of_the_county_too)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    run_write(mem, dir, "c.csv", COUNTY_FILE);
    const struct ran ran = run(mem, dir, "assess s.csv c.csv --set 410185:veto_X2=0 --set 青禾县:judged_G10=达标");
    CHECK_CONTAINS(ran.out, "改 青禾县 存在违规择校行为：2 件 → 0 件");
    CHECK_CONTAINS(ran.out, "X2 存在违规择校行为：2 件 → 0 件（不达标 → 达标）");
    CHECK_CONTAINS(ran.out, "改 青禾县 编制岗位统筹分配：不达标 → 达标");
    arena_free(&mem);
}

TEST(assess, says_of_an_undecided_coefficient_whether_it_can_still_fail)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SCHOOL_HEAD SCHOOL_A1 "410185,2025,A4,丁小学,primary,西镇,400,,,,4,,3,3,,,3000,0,4000,120,13\n"
                                 "410185,2025,A5,戊小学,primary,西镇,400,,20,,4,,3,3,,,3000,0,,120,13\n" SCHOOL_A3);
    const struct ran ran = run(mem, dir, "assess s.csv");
    CHECK_CONTAINS(ran.out, "L1 的差异系数：缺 1 所学校的数据。无论它报多少，都在");
    CHECK_CONTAINS(ran.out, "，不超限。");
    CHECK_CONTAINS(ran.out, "L5 的差异系数：缺 1 所学校的数据。");
    CHECK_CONTAINS(ran.out, "缺");
    arena_free(&mem);
}

TEST(assess, adds_up_files_and_lists_what_it_could_not_use)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "a.csv", SCHOOL_HEAD SCHOOL_A1);
    run_write(mem, dir, "b.csv", "county_code,year,school_code,school_name,school_type,pupils_primary,天气\n"
                                 "410185,2025,A3,丙小学,primary,四百,晴\n");
    const struct ran ran = run(mem, dir, "assess a.csv b.csv --format csv");
    CHECK_CONTAINS(ran.out, "A1,甲小学");
    CHECK_CONTAINS(ran.out, "A3,丙小学,primary,,no_data");
    CHECK_CONTAINS(ran.err, "天气");
    CHECK_CONTAINS(ran.err, "四百");
    arena_free(&mem);
}

TEST(assess, takes_county_and_year_from_the_command_line_where_the_file_lacks_them)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", "school_code,school_name,school_type,pupils_primary\nA1,甲小学,primary,500\n");
    CHECK_INT(run(mem, dir, "assess s.csv").code, 3);
    const struct ran ran = run(mem, dir, "assess s.csv --county 410185 --year 2025 --format csv");
    CHECK_INT(ran.code, 1);
    CHECK_CONTAINS(ran.out, "410185,,2025,A1,");
    arena_free(&mem);
}

TEST(assess, gives_the_same_bytes_on_one_thread_and_on_many)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    CHECK_INT(run(mem, dir, "sample --counties 40 --years 3 -o n").code, 0);
    const struct ran one = run(mem, dir, "assess n/nation.csv --format json --jobs 1");
    const struct ran many = run(mem, dir, "assess n/nation.csv --format json --jobs 5");
    CHECK_INT(one.code, 1);
    CHECK(one.out.size > 1000000);
    CHECK(text_equal(one.out, many.out));
    CHECK(text_equal(one.err, many.err));
    arena_free(&mem);
}

TEST(check, lists_findings_and_exits_with_1_only_for_errors)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "good.csv", SMALL_COUNTY);
    run_write(mem, dir, "bad.csv", SCHOOL_HEAD "410185,2025,A1,甲小学,primary,东镇,5百,,30,,6,,3,3,,,3000,0,4000,120,13\n");
    const struct ran good = run(mem, dir, "check good.csv");
    CHECK_INT(good.code, 0);
    CHECK_CONTAINS(good.out, "读到 3 行学校数据");
    const struct ran bad = run(mem, dir, "check bad.csv");
    CHECK_INT(bad.code, 1);
    CHECK_CONTAINS(bad.out, "bad.csv G2 ");
    CHECK_CONTAINS(bad.out, "5百");
    const struct ran csv = run(mem, dir, "check bad.csv --format csv");
    CHECK(text_starts(csv.out, TEXT("level,rule,file,sheet,row,column,cell,school,item,read,expected,mend\n")));
    CHECK_CONTAINS(csv.out, ",bad.csv,,2,7,G2,");
    const struct ran json = run(mem, dir, "check bad.csv --format json");
    CHECK_CONTAINS(json.out, "\"cell\":\"G2\"");
    arena_free(&mem);
}

TEST(check, writes_no_annotation_over_the_file_itself)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    const struct ran ran = run(mem, dir, "check s.csv --annotate ./s.csv");
    CHECK_INT(ran.code, 2);
    CHECK_CONTAINS(ran.err, "不能写回原文件");
    CHECK(text_equal(run_read(mem, dir, "s.csv"), text_of(SMALL_COUNTY)));
    CHECK_INT(run(mem, dir, "check s.csv --annotate a.xlsx").code, 0);
    CHECK(text_starts(run_read(mem, dir, "a.xlsx"), TEXT("PK")));
    const struct ran odd = run(mem, dir, "check s.csv --annotate a.csv");
    CHECK_INT(odd.code, 2);
    CHECK_CONTAINS(odd.err, "应以 .xlsx 结尾");
    CHECK_INT(run(mem, dir, "check s.csv --annotate B.XLSX").code, 0);
    arena_free(&mem);
}

TEST(needs, joins_the_stages_of_a_school_by_the_larger_demand)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    const struct ran ran = run(mem, dir, "needs s.csv --format json");
    CHECK_INT(ran.code, 1);
    /* The junior unit of A2 asks R ≥ 5.8·930/1.1 = 4903.64 m² (rounded up to 0.01), the primary nothing. */
    CHECK_CONTAINS(ran.out, "{\"id\":\"L4\",\"name\":\"教学及辅助用房\",\"quantity\":\"m2\",\"shared\":true,\"missing\":253.64,\"missing_to_floor\":0,\"cheapest\":0}");
    CHECK_CONTAINS(ran.out, "\"school\":\"A3\",\"name\":\"丙小学\",\"verdict\":\"unmet\"");
    const struct ran table = run(mem, dir, "needs s.csv");
    CHECK_CONTAINS(table.out, "1 所学校不达标");
    CHECK_CONTAINS(table.out, "253.64");
    CHECK_CONTAINS(run(mem, dir, "needs s.csv --format csv").out, "410185,2025,A2,乙学校,junior,L4,教学及辅助用房,m2,true,5.5,5.8,near,253.64,0,0");
    run_write(mem, dir, "good.csv", SCHOOL_HEAD SCHOOL_A1);
    CHECK_INT(run(mem, dir, "needs good.csv").code, 0);
    arena_free(&mem);
}

/* The published five-school example (domain specification §2.9): 0.515257. */
TEST(cv, computes_any_table)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "books.csv", "school,area,pupils,books\na,x,45,279\nb,x,37,137\nc,x,89,935\nd,x,76,160\ne,x,55,402\nf,y,,10\n");
    const struct ran ran = run(mem, dir, "cv books.csv --pupils pupils --amount books --format json");
    CHECK_INT(ran.code, 0);
    CHECK_CONTAINS(ran.out, "{\"groups\":[{\"group\":null,\"schools\":5,\"pupils\":302,\"mean\":6.33443708609271");
    CHECK_CONTAINS(ran.out, "\"cv\":0.51525");
    CHECK_CONTAINS(ran.err, "没有学生数");
    const struct ran by = run(mem, dir, "cv books.csv --pupils pupils --amount books --by area --per 100 --format json");
    CHECK_CONTAINS(by.out, "{\"group\":\"x\",\"schools\":5,\"pupils\":302,\"mean\":633.44370860");
    CHECK_CONTAINS(run(mem, dir, "cv books.csv --pupils pupils --amount books").out, "0.515");
    arena_free(&mem);
}

TEST(cv, says_what_it_read_where_pupils_are_none)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "books.csv", "pupils,books\n45,279\n-3,7\n");
    CHECK_CONTAINS(run(mem, dir, "cv books.csv --pupils pupils --amount books").err, "“-3”");
    arena_free(&mem);
}

TEST(assess, names_the_relaxations_there_are)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "a.csv", SMALL_COUNTY);
    const struct ran ran = run(mem, dir, "assess a.csv --relax 不限:文:2024-05-01");
    CHECK_INT(ran.code, 2);
    CHECK_CONTAINS(ran.err, "G3-built-2016");
    CHECK_CONTAINS(ran.err, "L5-dense-city");
    arena_free(&mem);
}

/* 14 % stands, the level does not: neither nine decimals nor silence about it. */
TEST(assess, says_that_a_condition_beside_the_number_fails)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "a.csv", SMALL_COUNTY);
    run_write(mem, dir, "c.csv", "county_code,year,q9_between_pe,q9_level_pe,q9_between_arts,q9_level_arts,q9_between_moral,q9_level_moral\n"
                                 "410185,2025,0.14,II,,I,0.14,\n");
    const struct ran ran = run(mem, dir, "assess a.csv --county-file c.csv --format json");
    CHECK_CONTAINS(ran.out, "14.0%，应低于 15%；另一项要求没有达到。");
    CHECK_CONTAINS(ran.out, "缺数据，但已知的数已不能达标。");
    CHECK_CONTAINS(ran.out, "14.0%，应低于 15%；另一项要求缺数据。");
    arena_free(&mem);
}

TEST(scores, agree_with_the_known_answers)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    const struct text bytes = check_shared(mem, "data/icc/exam_london65.csv");
    run_write(mem, dir, "exam.csv", text_string(mem, bytes));
    const struct ran ran = run(mem, dir, "scores exam.csv --school G --score Y --format json");
    CHECK_INT(ran.code, 0);
    /* ../shared/data/icc/expected.json: 0.1638698157923469 and 0.1528848775197468 */
    CHECK_CONTAINS(ran.out, "{\"schools\":65,\"pupils\":4059,");
    CHECK_CONTAINS(ran.out, "\"ssb_sst\":0.16386981579");
    CHECK_CONTAINS(ran.out, "\"icc1\":0.15288487751");
    CHECK_CONTAINS(run(mem, dir, "scores exam.csv --school G --score Y").out, "0.1639");
    arena_free(&mem);
}

TEST(scores, leave_out_small_schools_only_when_asked)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", "学校,数学\n甲,80\n甲,90\n乙,70\n乙,60\n丙,100\n,50\n乙,\n");
    CHECK_CONTAINS(run(mem, dir, "scores s.csv --school 学校 --score 数学 --format json").out,
                   "{\"schools\":3,\"pupils\":5,\"mean\":80,");
    CHECK_CONTAINS(run(mem, dir, "scores s.csv --school 学校 --score 数学 --min-tested 2 --format json").out,
                   "{\"schools\":2,\"pupils\":4,\"mean\":75,");
    CHECK_CONTAINS(run(mem, dir, "scores s.csv --school 学校 --score 数学 --format csv").out, "schools,pupils,mean,ssb_sst,icc1\n3,5,80,");
    arena_free(&mem);
}

TEST(template, is_written_and_read_back_without_a_fault)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    CHECK_INT(run(mem, dir, "template school -o school.xlsx").code, 0);
    CHECK_INT(run(mem, dir, "template county --output=county.xlsx").code, 0);
    CHECK(text_starts(run_read(mem, dir, "school.xlsx"), TEXT("PK")));
    CHECK(text_starts(run_read(mem, dir, "county.xlsx"), TEXT("PK")));
    CHECK_INT(run(mem, dir, "template school -o /nowhere/x.xlsx").code, 4);
    arena_free(&mem);
}

TEST(colours, stay_away_from_what_is_no_terminal)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    CHECK(!text_find(run(mem, dir, "assess s.csv").out, TEXT("\033"), NULL));
    arena_free(&mem);
}
