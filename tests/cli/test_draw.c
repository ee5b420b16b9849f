/* A sample drawn again from the published list, by anybody, without a county's folder. */
#include "run.h"

#define SEED "'2026-11-25 福彩3D 4 0 7'"
/* 6 and 3 schools, 3 wanted: 城区 1, then 6÷3 > 3÷3, so 2; 乡村 1.  By hand: 01 10123340… and 05 152849c6… lead 城区, 08 200b9321… 乡村. */
static const char LIST[] = "层,层内次序,学校代码,学校,抽中\n城区,1,3141000001,甲小学,是\n城区,2,3141000005,戊小学,是\n城区,3,3141000002,乙小学,\n城区,4,3141000006,己小学,\n"
                           "城区,5,3141000003,丙小学,\n城区,6,3141000004,丁小学,\n乡村,1,3141000008,辛小学,是\n乡村,2,3141000009,壬小学,\n乡村,3,3141000007,庚小学,\n";

TEST(cmd_draw, draws_what_was_published)
{
    struct arena *mem = arena_new("test");
    const char *const folder = run_folder(mem);
    run_write(mem, folder, "list.csv", LIST);
    const struct ran ran = run(mem, folder, "draw list.csv --format csv --seed " SEED);
    CHECK_INT(ran.code, 0);
    CHECK_TEXT(ran.out, "stratum,rank,code,school,taken\n乡村,1,3141000008,辛小学,是\n城区,1,3141000001,甲小学,是\n城区,2,3141000005,戊小学,是\n");
    CHECK_CONTAINS(ran.err, "9 所学校分 2 层，抽中 3 所，与名单一致");
    arena_free(&mem);
}

TEST(cmd_draw, says_where_another_seed_or_a_changed_list_differs)
{
    struct arena *mem = arena_new("test");
    const char *const folder = run_folder(mem);
    run_write(mem, folder, "list.csv", LIST);
    struct ran ran = run(mem, folder, "draw list.csv --seed '2026-11-26 福彩3D 1 1 2'");
    CHECK_INT(ran.code, 1);
    CHECK_CONTAINS(ran.err, "与名单不一致");
    ran = run(mem, folder, "draw list.csv --wanted 4 --seed " SEED);
    CHECK_INT(ran.code, 1);
    CHECK_CONTAINS(ran.err, "有 1 所学校名单上标的不同");
    arena_free(&mem);
}

TEST(cmd_draw, names_what_is_wrong_with_a_list)
{
    struct arena *mem = arena_new("test");
    const char *const folder = run_folder(mem);
    run_write(mem, folder, "no-code.csv", "层,学校\n城区,甲小学\n");
    run_write(mem, folder, "twice.csv", "层,学校代码\n城区,3141000001\n城区,3141000001\n");
    run_write(mem, folder, "short.csv", "层,学校代码\n城区,3141000001\n城区\n");
    CHECK_CONTAINS(run(mem, folder, "draw no-code.csv --seed " SEED).err, "第 1 行没有“学校代码”这一列");
    CHECK_CONTAINS(run(mem, folder, "draw twice.csv --wanted 1 --seed " SEED).err, "3141000001 有两行");
    CHECK_CONTAINS(run(mem, folder, "draw short.csv --wanted 1 --seed " SEED).err, "第 3 行没有学校代码或者层");
    CHECK_CONTAINS(run(mem, folder, "draw twice.csv").err, "没有说种子");
    arena_free(&mem);
}
