/* check.h — a test's name completes the sentence "it …":  TEST(cv, is_zero_when_…) { … }
 * Tests register themselves; tests/main.c runs all of one program under cmocka. */
#pragma once
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/number.h"
#include "base/text.h"

void check_register(const char *name, void (*run)(void **));

#define TEST(subject, sentence)                                                        \
    static void subject##_##sentence(void **state);                                    \
    __attribute__((constructor)) static void register_##subject##_##sentence(void)     \
    {                                                                                  \
        check_register(#subject " " #sentence, subject##_##sentence);                  \
    }                                                                                  \
    static void subject##_##sentence(void **state __attribute__((unused)))

#define CHECK(condition) assert_true(condition)
#define CHECK_INT(got, expected) assert_int_equal((long long)(got), (long long)(expected))
#define CHECK_NEAR(got, expected, tolerance)                                           \
    do {                                                                               \
        const double got_ = (got), expected_ = (expected);                             \
        if (!(fabs(got_ - expected_) <= (tolerance)))                                  \
            fail_msg("%s is %.17g, expected %.17g ± %g", #got, got_, expected_, (double)(tolerance)); \
    } while (0)
#define CHECK_BLANK(got) assert_true(is_blank(got))
#define CHECK_TEXT(got, expected)                                                      \
    do {                                                                               \
        const struct text got_ = (got);                                                \
        const struct text expected_ = text_of(expected);                               \
        if (!text_equal(got_, expected_))                                              \
            fail_msg("%s is \"%.*s\", expected \"%s\"", #got, TEXT_ARG(got_), expected_.at); \
    } while (0)
#define CHECK_CONTAINS(got, part)                                                      \
    do {                                                                               \
        const struct text got_ = (got);                                                \
        if (!text_find(got_, text_of(part), NULL))                                     \
            fail_msg("%s is \"%.*s\", expected to contain \"%s\"", #got, TEXT_ARG(got_), part); \
    } while (0)
/* The call must succeed; else the test fails with what err says. */
#define CHECK_OK(call, err)                                                            \
    do {                                                                               \
        if (!(call))                                                                   \
            fail_msg("%s failed: %s (%s)", #call, (err).what, (err).detail);           \
    } while (0)

/* A file of ../shared as text in mem, or the test is skipped and mem freed (let it be the test's own,
 * the last thing it has to free): a clone has no ../shared. */
struct text check_shared(struct arena *mem, const char *path);
/* The path of a file of this repository (tests/import/good/x.xlsx). */
const char *check_path(struct arena *mem, const char *path);
