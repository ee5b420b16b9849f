#include "check.h"

#include "standard/expression.h"

/* Five schools: 小学 800, 九年一贯制 600 + 300, 特殊教育 0, a row nobody filled in, 小学 50. */
static const double PRIMARY[] = { 800, 600, 0, BLANK, 50 }, JUNIOR[] = { 0, 300, 0, BLANK, BLANK };
static const double AREA[] = { 4000, 4650, 100, BLANK, 250 }, TYPE[] = { 1, 2, 3, BLANK, 1 };
static const double BOARDING[] = { 0, 1, 0, BLANK, 1 };
static const double HAS_PRIMARY[] = { 1, 1, 0, 1, 1 };
enum { N_ROWS = 5, I_PRIMARY = 0, I_JUNIOR, I_AREA, I_VALUE, I_TYPE, I_BOARDING, I_NAME, I_ELIGIBLE, I_MOVED, I_STANDARD, I_LEVEL, I_YEAR, N };

static struct enum_value types[] = {
    { .code = { "primary", 7 } }, { .code = { "nine_year", 9 } }, { .code = { "special", 7 } },
};
static struct enum_value levels[] = {
    { .code = { "I", 1 } }, { .code = { "II", 2 } }, { .code = { "III", 3 } }, { .code = { "IV", 2 } },
};
#define ITEM(code_, unit_, level_, type_) { .code = { code_, sizeof code_ - 1 }, .unit = { unit_, sizeof unit_ - 1 }, .level = level_, .type = type_ }
static struct item items_[N] = {
    [I_PRIMARY] = ITEM("pupils_primary", "persons", ITEM_SCHOOL, ITEM_INTEGER),
    [I_JUNIOR] = ITEM("pupils_junior", "persons", ITEM_SCHOOL, ITEM_INTEGER),
    [I_AREA] = ITEM("area_teaching_m2", "m2", ITEM_SCHOOL, ITEM_NUMBER),
    [I_VALUE] = ITEM("equipment_value_10k_yuan", "10000 yuan", ITEM_SCHOOL, ITEM_NUMBER),
    [I_TYPE] = { .code = { "school_type", 11 }, .unit = { "", 0 }, .level = ITEM_SCHOOL, .type = ITEM_ENUM, .values = types, .n_values = 3 },
    [I_BOARDING] = ITEM("boarding", "", ITEM_SCHOOL, ITEM_BOOLEAN),
    [I_NAME] = ITEM("school_name", "", ITEM_SCHOOL, ITEM_TEXT),
    [I_ELIGIBLE] = ITEM("rotation_eligible", "persons", ITEM_COUNTY, ITEM_INTEGER),
    [I_MOVED] = ITEM("rotation_moved", "persons", ITEM_COUNTY, ITEM_INTEGER),
    [I_STANDARD] = ITEM("funds_standard_primary_yuan", "yuan per pupil", ITEM_COUNTY, ITEM_NUMBER),
    [I_LEVEL] = { .code = { "q9_level_pe", 11 }, .unit = { "", 0 }, .level = ITEM_COUNTY, .type = ITEM_ENUM, .values = levels, .n_values = 4 },
    [I_YEAR] = ITEM("year", "", ITEM_KEY, ITEM_INTEGER),
};
static const struct item_list items = { .at = items_, .n = N };
static const double COUNTY[N] = { [I_ELIGIBLE] = 200, [I_MOVED] = 24, [I_STANDARD] = 720, [I_LEVEL] = 3, [I_YEAR] = 2025,
                                  [I_PRIMARY] = BLANK, [I_JUNIOR] = BLANK, [I_AREA] = BLANK, [I_VALUE] = BLANK };
static const double *const COLUMNS[N] = { [I_PRIMARY] = PRIMARY, [I_JUNIOR] = JUNIOR, [I_AREA] = AREA, [I_TYPE] = TYPE, [I_BOARDING] = BOARDING };
static const struct frame FRAME = { .n = N_ROWS, .item = COLUMNS, .builtin = { [BUILTIN_HAS_PRIMARY] = HAS_PRIMARY }, .county = COUNTY };

static struct arena *mem;

static const struct expression *compile(const char *source, enum expression_place place, const char *unit)
{
    const struct expression *e = NULL;
    struct err err = { 0 };
    if (!mem)
        mem = arena_new("test");
    const bool ok = expression_compile(mem, text_of(source), &items, place, unit ? text_of(unit) : (struct text){ NULL, 0 }, &e, &err);
    if (!ok)
        fail_msg("%s: %s", source, err.what);
    return e;
}

static double school(const char *source, size_t row)
{
    double out[N_ROWS];
    expression_eval(compile(source, EXPRESSION_SCHOOL, NULL), &FRAME, 0, N_ROWS, out);
    return out[row];
}

static double county(const char *source)
{
    return expression_eval_county(compile(source, EXPRESSION_COUNTY, NULL), &FRAME, NULL, NULL);
}

static struct text fault(const char *source, enum expression_place place, const char *unit)
{
    const struct expression *e = NULL;
    static struct err err;
    if (!mem)
        mem = arena_new("test");
    err = (struct err){ 0 };
    if (expression_compile(mem, text_of(source), &items, place, unit ? text_of(unit) : (struct text){ NULL, 0 }, &e, &err))
        fail_msg("%s compiles", source);
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK(err.hint[0] != '\0');
    return text_of(err.what);
}

TEST(expression, computes_with_the_usual_precedence)
{
    CHECK_NEAR(school("1 + 2 * 3", 0), 7, 0);
    CHECK_NEAR(school("(1 + 2) * 3", 0), 9, 0);
    CHECK_NEAR(school("10 - 4 - 3", 0), 3, 0);
    CHECK_NEAR(school("24 / 4 / 3", 0), 2, 0);
    CHECK_NEAR(school("-2 * -3", 0), 6, 0);
    CHECK_NEAR(school("-(1 + 2)", 0), -3, 0);
    CHECK_NEAR(school("1 < 2 and 2 < 1 or 1 = 1", 0), 1, 0);
    CHECK_NEAR(school("not 1 = 2", 0), 1, 0);
    CHECK_NEAR(school("1 + 1 = 2 and not 3 > 4", 0), 1, 0);
    CHECK_NEAR(school("and(1; 1; 0)", 0), 0, 0);
    CHECK_NEAR(school("or(0; 0; 1)", 0), 1, 0);
    CHECK_NEAR(school("not(0)", 0), 1, 0);
    CHECK_NEAR(school("min(3; 1; 2)", 0), 1, 0);
    CHECK_NEAR(school("max(3; 1; 5; 2)", 0), 5, 0);
    CHECK_NEAR(school("ceil(13 / 12)", 0), 2, 0);
    CHECK_NEAR(school("floor(2.9)", 0), 2, 0);
    CHECK_NEAR(school("if(2 > 1; 10; 20)", 0), 10, 0);
    CHECK_NEAR(school("0.5 + .25", 0), 0.75, 0);
}

TEST(expression, works_on_columns_row_by_row)
{
    CHECK_NEAR(school("pupils_primary + pupils_junior", 1), 900, 0);
    CHECK_NEAR(school("max(area_teaching_m2 - 4100; 0)", 0), 0, 0);
    CHECK_NEAR(school("max(area_teaching_m2 - 4100; 0)", 1), 550, 0);
    CHECK_NEAR(school("pupils_primary", 4), 50, 0);
    CHECK_NEAR(school("has_primary", 2), 0, 0);
    CHECK_NEAR(school("pupils_primary >= rotation_eligible", 0), 1, 0); /* a county's figure, in each row */
}

TEST(expression, compares_enum_items_with_their_codes)
{
    CHECK_NEAR(school("school_type = special", 2), 1, 0);
    CHECK_NEAR(school("school_type = special", 0), 0, 0);
    CHECK_NEAR(school("school_type <> primary", 0), 0, 0);
    CHECK_BLANK(school("school_type = special", 3));
    CHECK_NEAR(county("q9_level_pe >= III"), 1, 0);
    CHECK_NEAR(county("q9_level_pe > III"), 0, 0);
}

/* One row an operator: with known operands its value, and blank as soon as any one is blank. */
TEST(expression, gives_a_blank_for_a_blank_through_every_operator)
{
    static const struct { const char *known; double value; const char *blank[3]; } CASES[] = {
        { "1 + 2", 3, { "pupils_junior + 2", "2 + pupils_junior" } },
        { "1 - 2", -1, { "pupils_junior - 2", "2 - pupils_junior" } },
        { "2 * 3", 6, { "pupils_junior * 0", "0 * pupils_junior" } },
        { "6 / 3", 2, { "pupils_junior / 2", "0 / pupils_junior" } },
        { "1 = 1", 1, { "pupils_junior = 1", "1 = pupils_junior", "pupils_junior = pupils_junior" } },
        { "1 <> 1", 0, { "pupils_junior <> 1", "1 <> pupils_junior", "pupils_junior <> pupils_junior" } },
        { "1 < 2", 1, { "pupils_junior < 2", "1 < pupils_junior" } },
        { "1 <= 2", 1, { "pupils_junior <= 2", "1 <= pupils_junior" } },
        { "1 > 2", 0, { "pupils_junior > 2", "1 > pupils_junior" } },
        { "1 >= 2", 0, { "pupils_junior >= 2", "1 >= pupils_junior" } },
        { "min(1; 2)", 1, { "min(pupils_junior; 2)", "min(1; pupils_junior)", "min(1; pupils_junior; 2)" } },
        { "max(1; 2)", 2, { "max(pupils_junior; 2)", "max(1; pupils_junior)", "max(3; pupils_junior; 2)" } },
        { "ceil(1.5)", 2, { "ceil(pupils_junior)" } },
        { "floor(1.5)", 1, { "floor(pupils_junior)" } },
        { "-1", -1, { "-pupils_junior" } },
        { "not 0", 1, { "not pupils_junior = 0" } },
        { "1 and 0", 0, { "pupils_junior = 0 and 0", "0 and pupils_junior = 0" } },
        { "1 or 0", 1, { "pupils_junior = 0 or 1", "1 or pupils_junior = 0" } },
        { "if(1; 2; 3)", 2, { "if(pupils_junior = 0; 2; 3)", "if(1; 2; pupils_junior)", "if(0; pupils_junior; 3)" } },
        { "if(0; 2; 3)", 3, { "if(1; pupils_junior; 3)", "if(0; 2; pupils_junior)" } },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CHECK_NEAR(school(CASES[i].known, 4), CASES[i].value, 0);
        for (size_t k = 0; k < 3 && CASES[i].blank[k]; k++)
            if (!is_blank(school(CASES[i].blank[k], 4)))
                fail_msg("%s lets a blank through", CASES[i].blank[k]);
    }
}

TEST(expression, lets_a_blank_through_given_alone)
{
    CHECK_NEAR(school("given(pupils_junior; 7)", 4), 7, 0);
    CHECK_NEAR(school("given(pupils_junior; 7)", 1), 300, 0);
    CHECK_NEAR(school("given(pupils_junior; pupils_primary; 7)", 4), 50, 0);
    CHECK_BLANK(school("given(pupils_junior; pupils_primary)", 3));
    CHECK_NEAR(school("given(equipment_value_10k_yuan; 1)", 0), 1, 0); /* a column nobody returned */
}

TEST(expression, decides_all_and_any_where_the_blank_cannot_matter)
{
    CHECK_NEAR(school("all(pupils_junior = 0; 0)", 4), 0, 0);
    CHECK_NEAR(school("all(0; pupils_junior = 0)", 4), 0, 0);
    CHECK_BLANK(school("all(pupils_junior = 0; 1)", 4));
    CHECK_BLANK(school("all(1; pupils_junior = 0)", 4));
    CHECK_NEAR(school("all(1; 1; 1)", 4), 1, 0);
    CHECK_NEAR(school("any(pupils_junior = 0; 1)", 4), 1, 0);
    CHECK_NEAR(school("any(1; pupils_junior = 0)", 4), 1, 0);
    CHECK_BLANK(school("any(pupils_junior = 0; 0)", 4));
    CHECK_BLANK(school("any(0; pupils_junior = 0)", 4));
    CHECK_NEAR(school("any(0; 0; 0)", 4), 0, 0);
    CHECK_BLANK(school("any(pupils_junior = 0; pupils_junior = 1)", 4));
    CHECK(!expression_hopeless(compile("all(equipment_value_10k_yuan = 0; boarding)", EXPRESSION_SCHOOL, ""), &FRAME));
    CHECK_CONTAINS(fault("all(pupils_primary; 1)", EXPRESSION_SCHOOL, ""), "应为条件");
}

TEST(expression, has_no_value_for_a_division_by_zero)
{
    CHECK_BLANK(school("1 / pupils_junior", 0));
    CHECK_BLANK(school("0 / 0", 0));
}

/* 4.35 of 87 is five per cent, though 0.05 * 87 is 4.3500000000000005 as a double. */
TEST(expression, does_not_let_binary_fractions_decide)
{
    CHECK_NEAR(school("4.35 >= 0.05 * 87", 0), 1, 0);
    CHECK_NEAR(school("4.35 < 0.05 * 87", 0), 0, 0);
    CHECK_NEAR(school("4.35 = 0.05 * 87", 0), 1, 0);
    CHECK_NEAR(school("0.1 + 0.2 > 0.3", 0), 0, 0);
    CHECK_NEAR(school("4.3499999 >= 0.05 * 87", 0), 0, 0);
}

TEST(expression, sums_over_the_schools_of_a_county)
{
    const double where[] = { 1, 1, 0, 0, 1 }, unknown[] = { 1, BLANK, 0, 0, 1 };
    const struct expression *all = compile("sum(pupils_primary)", EXPRESSION_COUNTY, "persons");
    CHECK_BLANK(expression_eval_county(all, &FRAME, NULL, NULL));            /* one school did not say */
    CHECK_NEAR(expression_eval_county(all, &FRAME, where, NULL), 1450, 0);   /* it is not asked */
    CHECK_BLANK(expression_eval_county(all, &FRAME, unknown, NULL));
    CHECK_NEAR(county("sum(1)"), 5, 0);
    CHECK_NEAR(county("sum(given(pupils_primary; 0)) / rotation_eligible"), 7.25, 0);
    CHECK_NEAR(county("sum(given(if(pupils_primary > 100; pupils_primary; 0); 0)) - sum(given(pupils_junior; 0))"), 1100, 0);
    CHECK_NEAR(county("rotation_moved / rotation_eligible"), 0.12, 1e-15);
    CHECK_NEAR(county("if(year >= 2023; 720; 650)"), 720, 0);
    const struct frame none = { .n = 0, .item = COLUMNS, .county = COUNTY };
    CHECK_NEAR(expression_eval_county(all, &none, NULL, NULL), 0, 0);
}

TEST(expression, gives_the_same_over_blocks_of_rows_as_over_one)
{
    enum { MANY = 1000 };
    static double a[MANY], t[MANY], out[MANY], part[MANY];
    const double *columns[N] = { [I_PRIMARY] = a, [I_TYPE] = t };
    const struct frame frame = { .n = MANY, .item = columns, .county = COUNTY };
    for (size_t i = 0; i < MANY; i++) {
        a[i] = i % 7 ? (double)i : BLANK;
        t[i] = (double)(i % 3 + 1);
    }
    const struct expression *e = compile("if(school_type = special; 0; max(pupils_primary - 10; 3)) * 2 + 1", EXPRESSION_SCHOOL, "persons");
    expression_eval(e, &frame, 0, MANY, out);
    for (size_t first = 0; first < MANY; first += 37)
        expression_eval(e, &frame, first, first + 37 <= MANY ? 37 : MANY - first, part + first);
    for (size_t i = 0; i < MANY; i++) {
        const double expected = i % 7 ? (i % 3 == 2 ? 0 : i < 13 ? 3 : (double)i - 10) * 2 + 1 : BLANK;
        assert_true(is_blank(expected) ? is_blank(out[i]) && is_blank(part[i]) : out[i] == expected && part[i] == expected);
    }
    expression_eval(compile("given(pupils_primary; 5)", EXPRESSION_SCHOOL, "persons"), &frame, 0, MANY, a); /* in place */
    CHECK_NEAR(a[0], 5, 0);
    CHECK_NEAR(a[999], 999, 0);
    CHECK_NEAR(a[994], 5, 0);
}

TEST(expression, knows_the_units_of_what_it_computes)
{
    compile("equipment_value_10k_yuan * 10000", EXPRESSION_SCHOOL, "yuan");
    compile("10000 * equipment_value_10k_yuan / pupils_primary", EXPRESSION_SCHOOL, "yuan per pupil");
    compile("equipment_value_10k_yuan", EXPRESSION_SCHOOL, "10000 yuan");
    compile("area_teaching_m2 / pupils_primary", EXPRESSION_SCHOOL, "m2/pupil");
    compile("max(area_teaching_m2 - 5; 0)", EXPRESSION_SCHOOL, "m2");
    compile("rotation_moved / rotation_eligible", EXPRESSION_COUNTY, "ratio");
    compile("pupils_primary > 5 and boarding", EXPRESSION_SCHOOL, "");
    compile("area_teaching_m2 >= pupils_primary * 2[m2/person]", EXPRESSION_SCHOOL, "");
    compile("equipment_value_10k_yuan * 10000 >= funds_standard_primary_yuan * max(pupils_primary; 100)", EXPRESSION_SCHOOL, "");
    compile("ceil(pupils_primary / 12[persons/rooms])", EXPRESSION_SCHOOL, "rooms");
    compile("0", EXPRESSION_SCHOOL, "rooms"); /* a plain number takes any */
    static const struct { const char *source, *unit, *says; } WRONG[] = {
        { "area_teaching_m2 + pupils_primary", NULL, "第 20 个字符处：单位不一致：这里是人。应为平方米" },
        { "equipment_value_10k_yuan", "yuan", "结果的单位是10000 元。应为元" },
        { "equipment_value_10k_yuan * 1000", "yuan", "应为元" },
        { "pupils_primary > area_teaching_m2", "", "单位不一致" },
        { "max(pupils_primary; area_teaching_m2)", NULL, "单位不一致" },
        { "if(boarding; pupils_primary; area_teaching_m2)", NULL, "单位不一致" },
        { "if(pupils_primary; 1; 0)", NULL, "应为条件" },
        { "pupils_primary and boarding", NULL, "应为条件" },
        { "not area_teaching_m2", NULL, "应为条件" },
        { "given(pupils_primary; area_teaching_m2)", NULL, "单位不一致" },
        { "has_primary + pupils_primary", NULL, "单位不一致" },
        { "area_teaching_m2 / pupils_primary", "m2", "结果的单位是平方米/人" },
        { "1", "per", "" },
        { "12[classes//rooms]", NULL, "方括号里的单位无法识别" },
        { "12[classes", NULL, "“[”没有配对" },
        { "1[a*b*c*d] * 1[e*f*g]", NULL, "单位太多" },
    };
    for (size_t i = 0; i < COUNT(WRONG); i++)
        if (WRONG[i].says[0])
            CHECK_CONTAINS(fault(WRONG[i].source, EXPRESSION_SCHOOL, WRONG[i].unit), WRONG[i].says);
    CHECK_CONTAINS(fault("pupils_primary", EXPRESSION_SCHOOL, "a//b"), "要求的单位“a//b”无法识别");
}

TEST(expression, says_where_it_cannot_be_read_and_what_should_stand_there)
{
    static const struct { const char *source; enum expression_place place; const char *says; } CASES[] = {
        { "", EXPRESSION_SCHOOL, "第 1 个字符处：公式在此中断。应为数字、指标项代码" },
        { "1 +", EXPRESSION_SCHOOL, "第 4 个字符处：公式在此中断" },
        { "1 2", EXPRESSION_SCHOOL, "第 3 个字符处：读到“2”。应为运算符或公式结束" },
        { "(1", EXPRESSION_SCHOOL, "应为“)”" },
        { "min(1, 2)", EXPRESSION_SCHOOL, "读到“,”。应为“;”（分隔参数）" },
        { "min(1)", EXPRESSION_SCHOOL, "min 只有 1 个参数。应为至少 2 个参数" },
        { "if(1; 2)", EXPRESSION_SCHOOL, "if 只有 2 个参数" },
        { "if(1; 2; 3; 4)", EXPRESSION_SCHOOL, "if 的参数多于 3 个" },
        { "min 3", EXPRESSION_SCHOOL, "应为函数名后的“(”" },
        { "foo(3)", EXPRESSION_SCHOOL, "没有名为“foo”的函数" },
        { "pupils_primery", EXPRESSION_SCHOOL, "没有名为“pupils_primery”的指标项" },
        { "1 ＋ 2", EXPRESSION_SCHOOL, "第 3 个字符处：读到“＋”" },
        { "1 < 2 < 3", EXPRESSION_SCHOOL, "比较不能连写" },
        { "school_name", EXPRESSION_SCHOOL, "是文字" },
        { "school_type + 1", EXPRESSION_SCHOOL, "选项类指标项 school_type 不能参与计算" },
        { "school_type", EXPRESSION_SCHOOL, "不能参与计算" },
        { "1 + school_type", EXPRESSION_SCHOOL, "不能参与计算" },
        { "-school_type", EXPRESSION_SCHOOL, "不能参与计算" },
        { "ceil(school_type)", EXPRESSION_SCHOOL, "不能参与计算" },
        { "1 = school_type", EXPRESSION_SCHOOL, "不能参与计算" },
        { "school_type = junior", EXPRESSION_SCHOOL, "school_type 的取值：primary、nine_year、special" },
        { "school_type = 1", EXPRESSION_SCHOOL, "school_type 的取值" },
        { "sum(pupils_primary)", EXPRESSION_SCHOOL, "sum 只用于全县的公式" },
        { "sum(sum(pupils_primary))", EXPRESSION_COUNTY, "sum 里又有 sum" },
        { "sum(school_type)", EXPRESSION_COUNTY, "不能参与计算" },
        { "pupils_primary", EXPRESSION_COUNTY, "pupils_primary 是每校填报的数。应为写在 sum(...) 里" },
        { "has_primary", EXPRESSION_COUNTY, "has_primary 是每校的数" },
        { "1.2.3", EXPRESSION_SCHOOL, "读到“1.2.3”" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        CHECK_CONTAINS(fault(CASES[i].source, CASES[i].place, NULL), CASES[i].says);
}

TEST(expression, offers_the_item_that_is_nearly_spelled_so)
{
    struct err err;
    const struct expression *e;
    struct arena *own = arena_new("test");
    CHECK(!expression_compile(own, TEXT("pupils_primery + 1"), &items, EXPRESSION_SCHOOL, TEXT("persons"), &e, &err));
    CHECK_CONTAINS(text_of(err.hint), "pupils_primary");
    arena_free(&own);
}

/* A hostile edition: whatever it says, the compiler refuses it in bounded time and stack. */
TEST(expression, refuses_what_is_too_long_or_too_deep)
{
    struct arena *own = arena_new("test");
    static const struct { const char *open, *middle, *close; int times; const char *says; } CASES[] = {
        { "(", "1", ")", 900, "嵌套太深" }, { "-", "pupils_primary", "", 900, "嵌套太深" }, { "not ", "1", "", 400, "嵌套太深" },
        { "min(1; ", "1", ")", 200, "嵌套太深" }, { "1+", "1", "", 999, "运算太多" }, { "1+", "1", "", 5000, "字节数太多" },
        { "(pupils_primary+1)*(", "1", ")", 17, "中间结果太多" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct buf source = { .mem = own };
        for (int k = 0; k < CASES[i].times; k++)
            buf_add(&source, text_of(CASES[i].open));
        buf_add(&source, text_of(CASES[i].middle));
        for (int k = 0; k < CASES[i].times; k++)
            buf_add(&source, text_of(CASES[i].close));
        CHECK_CONTAINS(fault(text_string(own, buf_text(&source)), EXPRESSION_SCHOOL, NULL), CASES[i].says);
    }
    struct buf many = { .mem = own };
    for (int k = 0; k < 60; k++)
        buf_printf(&many, "%d+", k);
    buf_add(&many, TEXT("1"));
    CHECK_CONTAINS(fault(text_string(own, buf_text(&many)), EXPRESSION_SCHOOL, NULL), "数字太多");
    many.size = 0;
    for (int k = 0; k < 17; k++)
        buf_add(&many, TEXT("sum(1)+"));
    buf_add(&many, TEXT("1"));
    CHECK_CONTAINS(fault(text_string(own, buf_text(&many)), EXPRESSION_COUNTY, NULL), "sum 太多");
    arena_free(&own);
}

TEST(expression, tells_what_it_needs)
{
    size_t n;
    const struct expression *e = compile("given(equipment_value_10k_yuan * 10000; 5) + 0 * area_teaching_m2 / pupils_primary * 1[yuan*person/m2]", EXPRESSION_SCHOOL, "yuan");
    const uint16_t *named = expression_items(e, &n);
    CHECK_INT(n, 3);
    CHECK_INT(named[0], I_VALUE);
    CHECK_INT(named[2], I_PRIMARY);
    CHECK_TEXT(expression_source(compile("1 + 1", EXPRESSION_SCHOOL, NULL)), "1 + 1");
    CHECK(!expression_hopeless(e, &FRAME));
    CHECK(expression_hopeless(compile("equipment_value_10k_yuan + 1", EXPRESSION_SCHOOL, NULL), &FRAME));
    CHECK(!expression_hopeless(compile("given(equipment_value_10k_yuan; 1)", EXPRESSION_SCHOOL, NULL), &FRAME));
    CHECK(expression_hopeless(compile("sum(equipment_value_10k_yuan) > 1", EXPRESSION_COUNTY, NULL), &FRAME));
    CHECK(!expression_hopeless(compile("sum(pupils_primary) > 1", EXPRESSION_COUNTY, NULL), &FRAME));
    CHECK(expression_hopeless(compile("share_primary", EXPRESSION_SCHOOL, NULL), &FRAME));
}
