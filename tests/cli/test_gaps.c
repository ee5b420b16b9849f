#include "run.h"

#define HEAD "county_code,year,school_code,school_name,school_type,pupils_primary\n"

TEST(gap, of_county_or_year_is_filled_from_what_all_other_rows_name)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", HEAD "410185,2025,1001,甲,primary,100\n410185,abc,1002,乙,primary,200\n,2025,1003,丙,primary,300\n");
    const struct ran ran = run(mem, dir, "assess s.csv --format json");
    CHECK_INT(ran.code, 1);
    CHECK_CONTAINS(ran.out, "\"school\":\"1002\"");
    CHECK_CONTAINS(ran.out, "\"school\":\"1003\"");
    CHECK_CONTAINS(ran.err, "s.csv A4 1003 应填县代码。暂按其他各行的 410185、2025 学年计入");
    arena_free(&mem);
}

TEST(gap, leaves_the_row_out_and_says_so_where_two_counties_might_be_meant)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", HEAD "410185,2025,1001,甲,primary,100\n410186,2025,1002,乙,primary,200\n,2025,1003,丙,primary,300\n");
    const struct ran ran = run(mem, dir, "assess s.csv --format json");
    CHECK(!text_find(ran.out, TEXT("\"school\":\"1003\",\"name\""), NULL));
    CHECK_CONTAINS(ran.out, "\"school\":\"1002\"");
    CHECK_CONTAINS(ran.err, "应填六位县代码。这一行没有采用");
    arena_free(&mem);
}

TEST(gap, does_not_count_a_school_twice_that_its_row_without_a_year_repeats)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", HEAD "410185,2025,1001,甲,primary,100\n410185,,1001,甲,primary,150\n");
    const struct ran ran = run(mem, dir, "assess s.csv --format json");
    CHECK_CONTAINS(ran.out, "\"units\":1,\"pupils\":100");
    CHECK_CONTAINS(ran.err, "一所学校一年只填一行");
    arena_free(&mem);
}

TEST(annotate, gives_a_csv_back_as_a_workbook_that_reads_the_same)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", HEAD "410185,2025,1001,甲,primary,100\n410185,2025,1002,乙,primary,12人\n");
    CHECK_INT(run(mem, dir, "check s.csv --annotate a.xlsx").code, 1);
    const struct ran again = run(mem, dir, "check a.xlsx");
    CHECK_CONTAINS(again.out, "读到 2 行学校数据");
    CHECK_CONTAINS(again.out, "12人");
    arena_free(&mem);
}
