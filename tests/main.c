#include "check.h"

#include "base/file.h"
#include "intake/handover.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST = 4096 };
static struct CMUnitTest tests[MOST];
static size_t n_tests;

void check_register(const char *name, void (*run)(void **))
{
    if (n_tests == MOST)
        abort();
    tests[n_tests++] = (struct CMUnitTest){ .name = name, .test_func = run };
}

const char *check_path(struct arena *mem, const char *path)
{
    return arena_printf(mem, "%s/%s", SOURCE_ROOT, path);
}

struct text check_shared(struct arena *mem, const char *path)
{
    const char *whole = arena_printf(mem, "%s/../shared/%s", SOURCE_ROOT, path);
    struct text bytes = TEXT("");
    struct err err;
    if (access(whole, R_OK) != 0 || !file_read(mem, whole, 1u << 30, &bytes, &err)) {
        /* skip() does not come back to the test, which would have freed it: kept in sight of LeakSanitizer. */
        static struct arena *left[MOST] __attribute__((used));
        static size_t n_left;
        left[n_left++ % MOST] = mem;
        skip();
    }
    return bytes;
}

/* What Cairo and fontconfig, loaded late, keep until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libcairo\nleak:libpango\nleak:libglib\n";
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

int main(int argc, char **argv)
{
    /* What reads uploads starts the running program again: here that is the test. */
    if (argc == 2 && strcmp(argv[1], HANDOVER_VERB) == 0)
        handover_work();
    qsort(tests, n_tests, sizeof tests[0], by_name);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests(PROGRAM, tests, n_tests, NULL, NULL);
}
