#include "check.h"

#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs the command line in a child; what it prints on standard output, and its exit code. */
static struct text junheng(struct arena *mem, int *code, char **words)
{
    int ends[2], argc = 0, status = 0;
    char *argv[12] = { (char[]){ "junheng" }, (char[]){ "standard" } };
    while (words[argc])
        argc++;
    memcpy(argv + 2, words, (size_t)argc * sizeof *argv);
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        if (!freopen("/dev/null", "w", stderr))
            _exit(99);
        _exit(cli_main(argc + 2, argv));
    }
    close(ends[1]);
    struct buf got = { .mem = mem };
    char part[4096];
    for (ssize_t n; (n = read(ends[0], part, sizeof part)) > 0;)
        buf_add(&got, (struct text){ part, (size_t)n });
    close(ends[0]);
    waitpid(child, &status, 0);
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return buf_text(&got);
}

#define WORDS(...) (char *[]){ __VA_ARGS__, NULL }

static size_t lines(struct text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += text.at[i] == '\n';
    return n;
}

TEST(cmd_standard, lists_each_of_the_32_indicators_on_a_line_of_its_own)
{
    struct arena *mem = arena_new("test");
    int code;
    const struct text list = junheng(mem, &code, WORDS((char[]){ "list" }));
    CHECK_INT(code, 0);
    CHECK_INT(lines(list), 32);
    CHECK(text_starts(list, TEXT("L1 ")));
    CHECK_CONTAINS(list, "\nG11 ");
    CHECK_CONTAINS(list, "\nS1 ");
    CHECK_INT(lines(junheng(mem, &code, WORDS((char[]){ "list" }, (char[]){ "--format" }, (char[]){ "csv" }))), 33);
    CHECK_CONTAINS(junheng(mem, &code, WORDS((char[]){ "list" }, (char[]){ "--format" }, (char[]){ "json" })), "{\"id\":\"Q9\",\"form\":\"number\"");
    CHECK_INT(lines(junheng(mem, &code, WORDS((char[]){ "list" }, (char[]){ "--edition" }, (char[]){ "cn-2012-basic" }))), 8);
    arena_free(&mem);
}

TEST(cmd_standard, shows_both_stages_of_a_level)
{
    struct arena *mem = arena_new("test");
    int code;
    const struct text shown = junheng(mem, &code, WORDS((char[]){ "show" }, (char[]){ "L4" }));
    CHECK_INT(code, 0);
    CHECK_CONTAINS(shown, "4.5 平方米/生");
    CHECK_CONTAINS(shown, "5.8 平方米/生");
    CHECK_CONTAINS(shown, "教学及辅助用房面积");
    CHECK_CONTAINS(junheng(mem, &code, WORDS((char[]){ "show" }, (char[]){ "L4" }, (char[]){ "--format" }, (char[]){ "json" })), "\"key\":\"at_least\"");
    arena_free(&mem);
}

TEST(cmd_standard, checks_and_compares_editions)
{
    struct arena *mem = arena_new("test");
    int code;
    CHECK_CONTAINS(junheng(mem, &code, WORDS((char[]){ "check" }, (char[]){ "standards/cn-2017" })), "无误");
    CHECK_INT(code, 0);
    CHECK_CONTAINS(junheng(mem, &code, WORDS((char[]){ "diff" }, (char[]){ "cn-2017" }, (char[]){ "standards/cn-2012-basic" })),
                   "edition.csv  combined_primary  value：0.50 → 0.65");
    CHECK_INT(code, 0);
    CHECK_CONTAINS(junheng(mem, &code, WORDS((char[]){ "diff" }, (char[]){ "cn-2017" }, (char[]){ "standards/cn-2017" })), "没有差别");
    CHECK_CONTAINS(junheng(mem, &code, WORDS((char[]){ "editions" })), "cn-2012-basic");
    arena_free(&mem);
}

TEST(cmd_standard, tells_bad_usage_from_bad_tables)
{
    struct arena *mem = arena_new("test");
    int code;
    junheng(mem, &code, WORDS((char[]){ "check" }, (char[]){ "standards" }));
    CHECK_INT(code, 3);
    junheng(mem, &code, WORDS((char[]){ "check" }, (char[]){ "no-such-folder" }));
    CHECK_INT(code, 3);
    junheng(mem, &code, WORDS((char[]){ "show" }, (char[]){ "L9" }));
    CHECK_INT(code, 2);
    junheng(mem, &code, WORDS((char[]){ "show" }));
    CHECK_INT(code, 2);
    junheng(mem, &code, WORDS((char[]){ "sing" }));
    CHECK_INT(code, 2);
    arena_free(&mem);
}
