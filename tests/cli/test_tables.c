#include "run.h"

#define HEAD "county_code,year,school_code,school_name,school_type,pupils_primary\n"

TEST(tables, writes_the_official_tables_of_the_latest_year)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", HEAD "410185,2024,1001,甲,primary,90\n410185,2025,1001,甲,primary,100\n");
    const struct ran ran = run(mem, dir, "tables s.csv -o t.xlsx");
    CHECK_INT(ran.code, 0);
    CHECK_CONTAINS(ran.out, "写好 t.xlsx：7 张表，2025学年");
    CHECK(text_starts(run_read(mem, dir, "t.xlsx"), TEXT("PK")));
    arena_free(&mem);
}

TEST(tables, are_one_countys_alone_and_need_a_place)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", HEAD "410185,2025,1001,甲,primary,90\n410186,2025,1002,乙,primary,100\n");
    struct ran ran = run(mem, dir, "tables s.csv -o t.xlsx");
    CHECK_INT(ran.code, 2);
    CHECK_CONTAINS(ran.err, "不止一个县");
    ran = run(mem, dir, "tables s.csv");
    CHECK_INT(ran.code, 2);
    ran = run(mem, dir, "tables s.csv -o t.csv");
    CHECK_INT(ran.code, 2);
    ran = run(mem, dir, "tables s.csv -o t.xlsx --edition cn-2012-basic");
    CHECK_INT(ran.code, 3);
    CHECK_CONTAINS(ran.err, "没有申报表");
    arena_free(&mem);
}
