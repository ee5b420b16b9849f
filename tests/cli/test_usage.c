#include "county.h"
#include "run.h"

#include "cli/command.h"

/* Runs and holds the exit code and a part of what is said on standard error. */
static void refuses(struct arena *mem, const char *folder, const char *words, int code, const char *says)
{
    const struct ran ran = run(mem, folder, words);
    if (ran.code != code || !text_find(ran.err, text_of(says), NULL))
        fail_msg("junheng %s: exit %d, expected %d; says \"%.*s\", expected to contain \"%s\"", words, ran.code, code,
                 TEXT_ARG(ran.err), says);
    CHECK_INT(ran.out.size, 0);
}

TEST(usage, names_what_is_wrong_and_suggests_the_nearest)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    refuses(mem, dir, "", 2, "没有说要做什么");
    refuses(mem, dir, "asses s.csv", 2, "junheng assess");
    refuses(mem, dir, "--format json", 2, "命令要写在选项前面");
    refuses(mem, dir, "help asess", 2, "junheng help assess");
    refuses(mem, dir, "assess", 2, "后面还缺少文件名");
    refuses(mem, dir, "assess s.csv --yaer 2025", 2, "是不是 --year");
    refuses(mem, dir, "assess s.csv --year", 2, "--year 后面缺少学年");
    refuses(mem, dir, "assess s.csv --year 二零", 2, "应为不小于 0 的整数");
    refuses(mem, dir, "assess s.csv --year 25", 2, "四位学年");
    refuses(mem, dir, "assess s.csv --brief=1", 2, "--brief 后面不跟值");
    refuses(mem, dir, "assess s.csv --format jsno", 2, "是不是 json");
    refuses(mem, dir, "assess s.csv --by town", 2, "是不是 township");
    refuses(mem, dir, "assess s.csv -x", 2, "-x");
    refuses(mem, dir, "version now", 2, "不知道“now”是做什么的");
    refuses(mem, dir, "template teacher -o t.xlsx", 2, "没有“teacher”这种填报表");
    refuses(mem, dir, "template school", 2, "没有说把填报表写到哪里");
    refuses(mem, dir, "template school -o t.csv", 2, "应以 .xlsx 结尾");
    refuses(mem, dir, "check s.csv s.csv --annotate a.xlsx", 2, "一次只能标一个文件");
    refuses(mem, dir, "scores s.csv --school school_code", 2, "--score");
    refuses(mem, dir, "cv s.csv --amount books", 2, "--pupils");
    refuses(mem, dir, "cv s.csv --pupils a --amount b --per 0", 2, "--per 应大于 0");
    arena_free(&mem);
}

TEST(usage, explains_trials_that_name_nothing)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    refuses(mem, dir, "assess s.csv --set 甲小学", 2, "应为 学校:指标项=数值");
    refuses(mem, dir, "assess s.csv --set 甲小学:运动场地面=1", 2, "是不是“运动场地面积”");
    refuses(mem, dir, "assess s.csv --set 甲校:运动场地面积=1", 2, "“甲校”不在读到的报表里");
    refuses(mem, dir, "assess s.csv --set 甲小:运动场地面积=1", 2, "是不是“甲小学”");
    refuses(mem, dir, "assess s.csv --set 甲小学:运动场地面积=多", 2, "读到“多”");
    refuses(mem, dir, "assess s.csv --set 甲小学:学年=2024", 2, "不能改“学年”");
    refuses(mem, dir, "assess s.csv --relax X9:a:2024-05-01", 2, "没有“X9”这条放宽");
    refuses(mem, dir, "assess s.csv --relax X8:文", 2, "编号:文号:日期");
    refuses(mem, dir, "assess s.csv --relax X8:文:2024-13-01", 2, "编号:文号:日期");
    arena_free(&mem);
}

TEST(usage, asks_for_a_code_when_two_schools_share_a_name)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SCHOOL_HEAD SCHOOL_A1 "410185,2025,A9,甲小学,primary,东镇,500,,30,,6,,3,3,,,3000,0,4000,120,13\n");
    refuses(mem, dir, "assess s.csv --set 甲小学:运动场地面积=1", 2, "A1 还是 A9");
    CHECK_INT(run(mem, dir, "assess s.csv --set A9:运动场地面积=1").code, 1);
    arena_free(&mem);
}

TEST(usage, exits_with_3_for_files_that_cannot_be_read_and_4_for_a_full_disk)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    run_write(mem, dir, "keyless.csv", "school_name,pupils_primary\n甲小学,500\n");
    run_write(mem, dir, "other.csv", "a,b\n1,2\n");
    refuses(mem, dir, "assess absent.csv", 3, "absent.csv");
    refuses(mem, dir, "assess keyless.csv", 3, "keyless.csv");
    refuses(mem, dir, "check other.csv", 3, "other.csv");
    refuses(mem, dir, "assess s.csv --edition nothing", 3, "nothing");
    refuses(mem, dir, "scores s.csv --school nothing --score pupils_primary", 3, "nothing");
    const struct ran full = run_to(mem, dir, "assess s.csv", "/dev/full", NULL);
    CHECK_INT(full.code, 4);
    CHECK_CONTAINS(full.err, "结果写不出去");
    arena_free(&mem);
}

TEST(usage, ends_quietly_when_nobody_reads_on)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    run_write(mem, dir, "s.csv", SMALL_COUNTY);
    const struct ran ran = run_unread(mem, dir, "assess s.csv --format json");
    CHECK_INT(ran.code, 141); /* 128 + SIGPIPE, as a shell would show it */
    CHECK_INT(ran.err.size, 0);
    arena_free(&mem);
}

TEST(usage, explains_every_verb_with_its_options)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    const struct ran all = run(mem, dir, "help");
    CHECK_INT(all.code, 0);
    for (size_t i = 0; i < n_commands; i++) {
        CHECK_CONTAINS(all.out, commands[i].summary);
        const struct ran one = run(mem, dir, arena_printf(mem, "help %s", commands[i].verb));
        const struct ran same = run(mem, dir, arena_printf(mem, "%s --help", commands[i].verb));
        CHECK_INT(one.code, 0);
        CHECK_INT(same.code, 0);
        CHECK_CONTAINS(one.out, arena_printf(mem, "用法：junheng %s", commands[i].verb));
        CHECK_CONTAINS(one.out, "--help");
        CHECK(text_equal(one.out, same.out));
        CHECK_INT(one.err.size, 0);
        CHECK(!text_find(one.out, TEXT(" \n"), NULL));
        CHECK(!text_ends(one.out, TEXT("\n\n")));
    }
    CHECK_INT(run(mem, dir, "--help").code, 0);
    CHECK(text_starts(run(mem, dir, "version").out, TEXT("junheng ")));
    CHECK(text_starts(run(mem, dir, "--version").out, TEXT("junheng ")));
    arena_free(&mem);
}

/* Every option that `junheng help VERB` shows stands in the section of the manual page or beside
 * its verb's siblings. */
TEST(manual, names_every_verb_and_every_option)
{
    struct arena *mem = arena_new("test");
    const char *dir = run_folder(mem);
    const struct text page = run_read(mem, SOURCE_ROOT "/docs", "junheng.1");
    for (size_t i = 0; i < n_commands; i++) {
        if (!text_find(page, text_printf(mem, "\"%s ", commands[i].verb), NULL) &&
            !text_find(page, text_printf(mem, "%s \"", commands[i].verb), NULL) &&
            !text_find(page, text_printf(mem, ".B %s\n", commands[i].verb), NULL))
            fail_msg("docs/junheng.1 does not explain %s", commands[i].verb);
        struct text help = run(mem, dir, arena_printf(mem, "help %s", commands[i].verb)).out;
        for (struct text line; text_split(&help, '\n', &line);) {
            size_t at;
            if (!text_starts(line, TEXT("  ")) || !text_find(line, TEXT("--"), &at) || at > 6)
                continue;
            struct text name = { line.at + at, 2 };
            while (name.size < line.size - at && line.at[at + name.size] != ' ')
                name.size++;
            struct buf escaped = { .mem = mem };
            for (size_t k = 0; k < name.size; k++) {
                if (name.at[k] == '-')
                    buf_byte(&escaped, '\\');
                buf_byte(&escaped, name.at[k]);
            }
            if (!text_equal(name, TEXT("--help")) && !text_find(page, buf_text(&escaped), NULL))
                fail_msg("docs/junheng.1 does not explain %.*s of %s", TEXT_ARG(name), commands[i].verb);
        }
    }
    arena_free(&mem);
}
