/* What was published elsewhere (tests/published/). */
#include "bed.h"

#include "base/file.h"
#include "indicator/cv_table.h"
#include "indicator/stage.h"
#include "indicator/verdict.h"

static struct text rows_of(struct arena *mem, const char *path)
{
    struct text rest, line;
    struct err err = { 0 };
    CHECK_OK(file_read(mem, check_path(mem, path), 1 << 20, &rest, &err), err);
    text_split(&rest, '\n', &line); /* names */
    return rest;
}

static bool row(struct text *rest, struct text *field, size_t n)
{
    struct text line;
    if (!text_split(rest, '\n', &line) || !line.size)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!text_split(&line, ',', &field[i]))
            field[i] = TEXT("");
    return true;
}

static double number(struct text text)
{
    double x = BLANK;
    CHECK(number_parse(text, &x));
    return x;
}

TEST(published, five_school_example_is_0_515257)
{
    struct arena *mem = arena_new("published");
    struct text rest = rows_of(mem, "tests/published/five_schools.csv"), field[3];
    double pupils[8], books[8];
    size_t n = 0;
    for (; row(&rest, field, 3); n++) {
        pupils[n] = number(field[1]);
        books[n] = number(field[2]);
    }
    CHECK_INT(n, 5);
    CHECK_NEAR(cv_of_table(pupils, books, NULL, n, 1, 1, mem)->cv, 0.515257, 1e-6);
    arena_free(&mem);
}

/* The engine's own conclusion from single coefficients: the combined one, its verdict, the rule's verdict. */
static void check_county(const struct text *field)
{
    struct arena *mem = arena_new("published");
    const struct edition *edition = bed_edition(text_string(mem, field[0]));
    struct returns *returns = returns_new(&edition->items, mem);
    const struct assess_request request = { .edition = edition, .by = NO_ITEM };
    const struct method *method = method_new(returns, &request, mem);
    const enum stage stage = text_equal(field[2], TEXT("primary")) ? STAGE_PRIMARY : STAGE_JUNIOR;
    struct stage_assessment s;
    stage_make(&s, method, stage, 0, mem);
    struct text rest = field[7], one;
    size_t l = 0, failing = 0;
    while (text_split(&rest, ' ', &one)) {
        s.cv[l].cv = s.cv[l].low = s.cv[l].high = number(one);
        s.cv[l].met = verdict_of_cv(method->stages[stage].level[l].cv_limit, s.cv[l].low, s.cv[l].high);
        failing += s.cv[l++].met == STATE_BELOW;
    }
    CHECK_INT(l, s.n_levels);
    stage_conclude(&s, method);
    CHECK_NEAR(s.combined_cv, number(field[3]), number(field[4]));
    CHECK_INT(s.combined_met, text_equal(field[5], TEXT("yes")) ? STATE_MET : STATE_BELOW);
    if (field[6].size) {
        CHECK_INT(failing, number(field[6]));
        CHECK_INT(s.verdict, STATE_BELOW); /* each coefficient decides, not the combined one */
    } else {
        CHECK_INT(s.verdict, s.combined_met);
    }
    arena_free(&mem);
}

TEST(published, combined_coefficients_are_the_plain_means)
{
    struct arena *mem = arena_new("published");
    struct text rest = rows_of(mem, "tests/published/combined_cv.csv"), field[8];
    size_t n = 0;
    for (; row(&rest, field, 8); n++)
        check_county(field);
    CHECK_INT(n, 7);
    arena_free(&mem);
}
