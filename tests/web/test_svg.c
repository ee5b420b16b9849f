/* The drawings: their geometry says what the figures say. */
#include "check.h"

#include "web/state.h"
#include "web/svg.h"

static struct text markup(struct svg drawing)
{
    return drawing.markup;
}

static size_t occurrences(struct text in, const char *what)
{
    const struct text part = text_of(what);
    size_t n = 0, at;
    while (text_find(in, part, &at)) {
        n++;
        in = (struct text){ in.at + at + part.size, in.size - at - part.size };
    }
    return n;
}

#define CHECK_LACKS(got, part) CHECK(!text_find(got, text_of(part), NULL))

/* 88 + 4 + 14 + 2 = 108 schools: met are 81.48 %, near begin there, and so on. */
TEST(svg, stacks_counts_in_proportion_and_says_those_that_fit)
{
    struct arena *mem = arena_new("test");
    const struct text got = markup(svg_counts(mem, (struct svg_counts){ 88, 4, 14, 2 }, TEXT("达标 88 & \"4\"")));
    CHECK_CONTAINS(got, "<rect class=\"f-met\" y=\"2\" width=\"81.48%\" height=\"14\"/>");
    CHECK_CONTAINS(got, "<rect class=\"f-near\" x=\"81.48%\" y=\"2\" width=\"3.7%\" height=\"14\"/>");
    CHECK_CONTAINS(got, "<rect class=\"f-unmet\" x=\"85.19%\" y=\"2\" width=\"12.96%\" height=\"14\"/>");
    CHECK_CONTAINS(got, ">88</text>");
    CHECK_CONTAINS(got, "class=\"inv\"");
    CHECK_LACKS(got, ">4</text>");
    CHECK_CONTAINS(got, "role=\"img\" aria-label=\"达标 88 &amp; &quot;4&quot;\"");
    arena_free(&mem);
}

TEST(svg, draws_nothing_for_no_schools)
{
    struct arena *mem = arena_new("test");
    CHECK_LACKS(markup(svg_counts(mem, (struct svg_counts){ 0 }, TEXT("没有学校"))), "<rect");
    arena_free(&mem);
}

/* Scale to 1: a CV of 0.527 over a limit of 0.5 has a light bar to 50 % and a dark one of 2.7 %. */
TEST(svg, darkens_only_what_exceeds_the_limit)
{
    struct arena *mem = arena_new("test");
    const struct svg_bullet over = { .value = .527, .limit = .5, .last = .544, .low = BLANK, .high = BLANK, .max = 1 };
    const struct text got = markup(svg_bullet(mem, over, TEXT("差异系数 0.527")));
    CHECK_CONTAINS(got, "<rect class=\"f-bar\" y=\"5\" width=\"50%\" height=\"8\"/>");
    CHECK_CONTAINS(got, "<rect class=\"f-unmet\" x=\"50%\" y=\"5\" width=\"2.7%\" height=\"8\"/>");
    CHECK_CONTAINS(got, "<line class=\"l-ink\" x1=\"50%\" y1=\"1\" x2=\"50%\" y2=\"17\"/>");
    CHECK_CONTAINS(got, "<circle class=\"hollow\" cx=\"54.4%\"");
    const struct svg_bullet under = { .value = .5, .limit = .5, .last = BLANK, .low = BLANK, .high = BLANK, .max = 1 };
    CHECK_LACKS(markup(svg_bullet(mem, under, TEXT("x"))), "f-unmet");
    CHECK_LACKS(markup(svg_bullet(mem, under, TEXT("x"))), "hollow");
    arena_free(&mem);
}

TEST(svg, shows_an_excess_however_little_it_is)
{
    struct arena *mem = arena_new("test");
    const struct svg_bullet over = { .value = .5001, .limit = .5, .last = BLANK, .low = BLANK, .high = BLANK, .max = 1 };
    CHECK_CONTAINS(markup(svg_bullet(mem, over, TEXT("x"))), "<rect class=\"f-unmet\" x=\"50%\" y=\"5\" width=\"0.75%\"");
    arena_free(&mem);
}

TEST(svg, hatches_the_bounds_of_an_undecided_coefficient)
{
    struct arena *mem = arena_new("test");
    const struct svg_bullet open = { .value = BLANK, .limit = .5, .last = BLANK, .low = .47, .high = .49, .max = 1 };
    const struct text got = markup(svg_bullet(mem, open, TEXT("x")));
    CHECK_CONTAINS(got, "<rect class=\"f-none\" x=\"47%\" y=\"5\" width=\"2%\" height=\"8\"/>");
    CHECK_LACKS(got, "f-bar");
    arena_free(&mem);
}

TEST(svg, places_a_school_between_floor_standard_and_mean)
{
    struct arena *mem = arena_new("test");
    const struct svg_level level = { .value = 6.99, .threshold = 7.5, .floor = 6.375, .mean = 11.25, .state = STATE_NEAR };
    const struct text got = markup(svg_level(mem, level, TEXT("x")));
    CHECK_CONTAINS(got, "<line class=\"l-ink\" x1=\"50%\"");
    CHECK_CONTAINS(got, "<line class=\"l-dash\" x1=\"42.5%\"");
    CHECK_CONTAINS(got, "<circle class=\"f-near\" cx=\"46.6%\"");
    CHECK_CONTAINS(got, "<svg class=\"meanmark\" x=\"75%\" y=\"14\" overflow=\"visible\">");
    const struct svg_level blank = { .value = BLANK, .threshold = 7.5, .floor = 6.375, .mean = BLANK };
    CHECK_LACKS(markup(svg_level(mem, blank, TEXT("x"))), "<circle");
    const struct svg_level beyond = { .value = 99, .threshold = 7.5, .floor = 6.375, .mean = BLANK, .state = STATE_MET };
    CHECK_CONTAINS(markup(svg_level(mem, beyond, TEXT("x"))), "cx=\"100%\"");
    arena_free(&mem);
}

TEST(svg, leaves_a_gap_in_a_line_where_a_year_is_missing)
{
    struct arena *mem = arena_new("test");
    const double whole[] = { 1, 2, 3 }, gap[] = { 1, BLANK, 3 }, none[] = { BLANK, BLANK };
    CHECK_INT(occurrences(markup(svg_spark(mem, whole, 3, 2, TEXT("x"))), "<polyline"), 1);
    CHECK_CONTAINS(markup(svg_spark(mem, whole, 3, 2, TEXT("x"))), "points=\"4,19 32,11 60,3\"/>");
    CHECK_CONTAINS(markup(svg_spark(mem, whole, 3, 2, TEXT("x"))), "y1=\"11\" y2=\"11\"");
    CHECK_INT(occurrences(markup(svg_spark(mem, gap, 3, BLANK, TEXT("x"))), "<polyline"), 2);
    CHECK_INT(occurrences(markup(svg_spark(mem, gap, 3, BLANK, TEXT("x"))), "\"/>"), 3);
    CHECK_LACKS(markup(svg_spark(mem, none, 2, BLANK, TEXT("x"))), "<circle");
    arena_free(&mem);
}

TEST(svg, marks_what_a_plan_makes_bad_on_the_right_side_of_the_limit)
{
    struct arena *mem = arena_new("test");
    struct svg_paired cv = { .before = .4, .after = .6, .limit = .5, .max = 1, .at_most = true };
    CHECK_CONTAINS(markup(svg_paired(mem, cv, TEXT("x"))), "<circle class=\"f-unmet\" cx=\"60%\"");
    cv.at_most = false;
    CHECK_CONTAINS(markup(svg_paired(mem, cv, TEXT("x"))), "<circle class=\"f-acc\" cx=\"60%\"");
    CHECK_CONTAINS(markup(svg_paired(mem, cv, TEXT("x"))), "<circle class=\"hollow\" cx=\"40%\"");
    arena_free(&mem);
}

TEST(svg, moves_dots_of_a_strip_apart_and_draws_every_one_that_has_a_value)
{
    struct arena *mem = arena_new("test");
    struct svg_dot dots[41];
    for (size_t i = 0; i < 40; i++)
        dots[i] = (struct svg_dot){ .value = 5 + .01 * (double)i, .pupils = 400, .state = i ? STATE_MET : STATE_BELOW,
                                    .code = text_printf(mem, "S%02zu", i), .title = TEXT("<校>") };
    dots[40] = (struct svg_dot){ .value = BLANK, .pupils = 400, .code = TEXT("none"), .title = TEXT("x") };
    const struct svg_strip_row row = { TEXT("全县"), dots, 41 };
    const struct svg_strip strip = { .rows = &row, .n_rows = 1, .threshold = { 7.5, TEXT("标准 7.5") },
                                     .floor = { 6.375, TEXT("底线 6.375") }, .mean = { 11.13, TEXT("均值 11.13") }, .max = 36 };
    const struct text got = markup(svg_strip(mem, &strip, TEXT("x")));
    CHECK_INT(occurrences(got, "<svg class=\"dot\""), 40);
    CHECK_LACKS(got, "data-code=\"none\"");
    CHECK_CONTAINS(got, "data-code=\"S00\" data-value=\"5\"><path class=\"f-unmet\"");
    CHECK_CONTAINS(got, "<title>&lt;校&gt;</title>");
    CHECK_CONTAINS(got, "<line class=\"l-ink\" x1=\"20.83%\"");
    CHECK_CONTAINS(got, "<line class=\"l-dash\" x1=\"17.71%\"");
    CHECK_CONTAINS(got, "data-max=\"36\"");
    /* Forty equal schools at nearly one value do not all stand on the middle line (20 + 36). */
    CHECK(occurrences(got, "y=\"56\" data-code") < 5);
    CHECK_LACKS(got, "nan");
    arena_free(&mem);
}

TEST(svg, draws_lines_over_the_years_and_a_dashed_path_to_the_goal)
{
    struct arena *mem = arena_new("test");
    const struct text years[] = { TEXT("2023"), TEXT("2024"), TEXT("2025"), TEXT("2026"), TEXT("2027") };
    const double primary[] = { .58, .65, .695 }, junior[] = { .54, BLANK, .697 };
    const struct svg_line lines[] = { { TEXT("小学"), primary, NULL }, { TEXT("初中"), junior, NULL } };
    const struct svg_trend trend = { .years = years, .n_years = 5, .n_known = 3, .lines = lines, .n_lines = 2,
                                     .limit = { BLANK, TEXT("") }, .goal = { 1, TEXT("目标") }, .low = 0, .high = 1 };
    const struct text got = markup(svg_trend(mem, &trend, TEXT("x")));
    CHECK_INT(occurrences(got, "<line class=\"s-1\""), 2);
    CHECK_INT(occurrences(got, "<line class=\"s-2\""), 0); /* 2024 is missing: nothing joins 2023 and 2025 */
    CHECK_INT(occurrences(got, "<circle class=\"d-2\""), 2);
    CHECK_INT(occurrences(got, "<line class=\"l-goal\""), 2);
    CHECK_CONTAINS(got, ">小学</text>");
    CHECK_CONTAINS(got, ">2027</text>");
    arena_free(&mem);
}

TEST(svg, says_where_today_stands_between_the_first_and_the_last_moment)
{
    struct arena *mem = arena_new("test");
    const struct svg_moment moments[] = { { 100, TEXT("启动") }, { 200, TEXT("迎检") } };
    const struct text got = markup(svg_phases(mem, moments, 2, (struct svg_moment){ 150, TEXT("今天") }, TEXT("x")));
    CHECK_CONTAINS(got, "<rect class=\"f-bar\" y=\"19\" width=\"50%\" height=\"8\"/>");
    CHECK_CONTAINS(markup(svg_phases(mem, moments, 2, (struct svg_moment){ 999, TEXT("今天") }, TEXT("x"))), "width=\"100%\" height=\"8\"/><line");
    arena_free(&mem);
}

TEST(state, has_a_class_a_word_and_a_sign)
{
    CHECK(strcmp(state_class(STATE_BELOW), "unmet") == 0 && strcmp(state_sign(STATE_BELOW), "×") == 0);
    CHECK_TEXT(text_in(state_word(STATE_NEAR), LANG_ZH), "达到85%");
    CHECK_TEXT(text_in(state_word(STATE_NO_DATA), LANG_EN), "no data");
}

TEST(svg, leads_from_each_count_to_its_source)
{
    struct arena *mem = arena_new("test");
    const struct svg_link links[] = { { TEXT("/lineage?of=count:primary:L5:met:2025"), TEXT("达标 3 所") }, { TEXT("/a"), TEXT("a") },
                                      { TEXT("/lineage?of=\"><script>"), TEXT("<b>") }, { TEXT("/c"), TEXT("c") } };
    const struct svg drawn = svg_counts_linked(mem, (struct svg_counts){ 3, 0, 1, 0 }, links, TEXT("x"));
    CHECK_CONTAINS(drawn.markup, "role=\"group\"");
    CHECK_CONTAINS(drawn.markup, "<a class=\"src\" tabindex=\"-1\" href=\"/lineage?of=count:primary:L5:met:2025\" aria-label=\"达标 3 所\"><rect");
    CHECK(!text_find(drawn.markup, TEXT("href=\"/a\""), NULL)); /* none stand there */
    CHECK(!text_find(drawn.markup, TEXT("<script"), NULL) && !text_find(drawn.markup, TEXT("<b>"), NULL));
    arena_free(&mem);
}

TEST(svg, parts_the_names_of_floor_and_standard_where_there_is_little_room)
{
    struct arena *mem = arena_new("test");
    const struct svg_strip_row row = { TEXT("全县"), NULL, 0 };
    struct svg_strip strip = { .rows = &row, .n_rows = 1, .threshold = { 7.5, TEXT("标准 7.5") }, .floor = { 6.375, TEXT("底线 6.375") },
                               .mean = { BLANK, TEXT("") }, .max = 57 };
    CHECK_CONTAINS(svg_strip(mem, &strip, TEXT("x")).markup, "text-anchor=\"end\">底线 6.375");
    strip.width = 340; /* 底线 would hang over the left edge: it stands to the right, a line higher */
    const struct svg narrow = svg_strip(mem, &strip, TEXT("x"));
    CHECK_CONTAINS(narrow.markup, "y=\"12\" text-anchor=\"start\">底线 6.375");
    CHECK_CONTAINS(narrow.markup, "y=\"26\" text-anchor=\"start\">标准 7.5");
    arena_free(&mem);
}
