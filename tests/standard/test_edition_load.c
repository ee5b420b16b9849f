#include "check.h"

#include "app/edition.h"
#include "standard/edition_diff.h"
#include "standard/edition_load.h"

enum { MOST_FILES = 16 };

/* cn-2017 with one text in one file replaced by another (once); NULL to take the file away. */
static size_t changed(struct arena *mem, const char *file, const char *find, const char *replace, struct edition_file *into)
{
    const struct edition_file *files;
    size_t n, kept = 0;
    struct err err;
    CHECK_OK(app_edition_files(mem, "cn-2017", &files, &n, &err), err);
    for (size_t i = 0; i < n; i++) {
        into[kept] = files[i];
        if (text_equal(files[i].name, text_of(file))) {
            if (!find)
                continue;
            size_t at = 0;
            if (!text_find(files[i].bytes, text_of(find), &at))
                fail_msg("%s does not hold %s", file, find);
            struct buf made = { .mem = mem };
            buf_add(&made, (struct text){ files[i].bytes.at, at });
            buf_add(&made, text_of(replace));
            const size_t rest = at + strlen(find);
            buf_add(&made, (struct text){ files[i].bytes.at + rest, files[i].bytes.size - rest });
            into[kept].bytes = buf_text(&made);
        }
        kept++;
    }
    return kept;
}

/* Whatever is wrong is said with file, row, column and what was expected. */
TEST(edition_load, names_file_row_and_column_of_every_fault)
{
    static const struct { const char *file, *find, *replace, *says; } CASES[] = {
        { "levels.csv", NULL, NULL, "没有 levels.csv" },
        { "levels.csv", "4.2,0.85", "4.2a,0.85", "levels.csv 第 5 行“at_least”列：读到“4.2a”，应为数字或空白" },
        { "levels.csv", "4.2,0.85", "-4.2,0.85", "应为大于 0 的数字或空白" },
        { "levels.csv", "4.2,0.85", "4.2,1.5", "“floor”列：读到“1.5”，应为不大于 1 的数字" },
        { "levels.csv", "4.2,0.85", "4.2,", "“floor”列：空白，应为不大于 1 的数字" },
        { "levels.csv", "L1,primary", "L9,primary", "“id”列：读到“L9”，应为 indicators.csv 中的编号" },
        { "levels.csv", "L1,primary", "L1,senior", "“stage”列：读到“senior”，应为 primary、junior" },
        { "levels.csv", "L2,primary", "L1,primary", "同一学段内不重复的编号" },
        { "levels.csv", "teachers_above_degree_primary,no", "teachers_above_degree_primry,no", "“amount”列：公式“teachers_above_degree_primry”第 1 个字符处" },
        { "levels.csv", "teachers_above_degree_primary,no", "area_teaching_m2,no", "结果的单位是平方米。应为人" },
        { "levels.csv", "teachers_above_degree_primary,no", ",no", "“amount”列：公式" },
        { "levels.csv", "primary,no,100", "primary,maybe,100", "应为 yes 或 no" },
        { "levels.csv", "no,100,persons/100", "no,0,persons/100", "“per”列：读到“0”，应为大于 0 的数字" },
        { "levels.csv", "no,100,persons/100", "no,100,persons/pupil", "“unit”列：读到“persons/pupil”，应为 persons/100" },
        { "levels.csv", "no,100,persons/100", "no,100,", "“unit”列：空白，应为文字" },
        { "levels.csv", "cv_limit,note", "cv_limits,note", "第 4 行：不认识“cv_limits”列" },
        { "levels.csv", "cv_limit,note", "note", "缺少“cv_limit”列" },
        { "levels.csv", "cv_limit,note", "cv_limit,cv_limit,note", "“cv_limit”列重复" },
        { "levels.csv", "本科及以上\n", "本科及以上,5\n", "列数多于列名" },
        { "levels.csv", "本科及以上\n", "\"本科及以上\n", "列数多于列名" },
        { "levels.csv", "junior,classrooms_multimedia", "junior,\"classrooms_multimedia", "引号没有配对" },
        { "levels.csv", "本科及以上\n", "本科,,,,,,,,,,,,,,,,,,,,,,,,,,\n", "列数太多" },
        { "levels.csv", "本科及以上\n", "\xB1\xBE\n", "不是 UTF-8" },
        { "levels.csv", "id,stage", "# id,stage", "不认识" },
        { "edition.csv", "least_met,6", "least_met,9", "只有 7 项指标，而 edition.csv 要求至少 9 项" },
        { "edition.csv", "least_met,6", "least_met,1.5", "应为 0 到 16 的整数" },
        { "edition.csv", "least_met,6", "least_mets,6", "“key”列：读到“least_mets”" },
        { "edition.csv", "close,0.02", "zh,0.02", "不重复的编号" },
        { "edition.csv", "close,0.02", "close,-1", "不小于 0" },
        { "edition.csv", "close,0.02", "close,", "“value”列：空白，应为数字" },
        { "edition.csv", "close,0.02,临界: within 2 % of a limit\n", "", "缺少“close”一行" },
        { "edition.csv", "combined_decides,no", "combined_decides,perhaps", "应为 yes 或 no" },
        { "edition.csv", "pupils_junior,pupils_junior", "pupils_junior,pupils_jnr", "items.csv 中的指标项代码" },
        { "edition.csv", "pupils_junior,pupils_junior", "pupils_junior,area_teaching_m2", "单位为 persons" },
        { "items.csv", "school_type,school,,enum", "school_kind,school,,enum", "必须有指标项 school_type" },
        { "items.csv", "county_code,key,,text", "county_code,key,,number", "必须有指标项 county_code，类型为 text" },
        { "items.csv", "县代码,区县代码|", "县代码,学年|", "与其他指标项不同的名称" },
        { "items.csv", "pupils_junior,school,persons", "pupils_primary,school,persons", "与其他指标项不同的名称" },
        { "items.csv", "pupils_junior,school,persons", "pupils-junior,school,persons", "应为字母、数字和下划线组成的代码" },
        { "items.csv", "pupils_junior,school,persons", "pupils_junior,school,per/son/", "“unit”列" },
        { "items.csv", "pupils_junior,school,persons", "pupils_junior,village,persons", "应为 key、school、county" },
        { "items.csv", "pupils_junior,school,persons,integer", "pupils_junior,school,persons,whole", "应为 text、integer" },
        { "items.csv", "boarding,school,,boolean,host", "boarding,school,,boolean,sum", "只有数值可以 sum 或 max" },
        { "items.csv", "urban=城区;town=镇区;rural=乡村", "", "“values”列：空白，应为选项" },
        { "items.csv", "urban=城区;town=镇区;rural=乡村", "urban=城区;town", "“代码=显示名|同义名”" },
        { "items.csv", "urban=城区;town=镇区;rural=乡村", "urban=城区;urban=镇区", "代码不重复" },
        { "items.csv", "寄宿制学校,,\n", "寄宿制学校,a=b,\n", "只有 enum 有选项" },
        { "types.csv", "nine_year,yes", "ten_year,yes", "school_type 的选项" },
        { "types.csv", "nine_year,yes,yes,no,yes,yes,,each stage apart\n", "", "缺少学校类型 nine_year 的一行" },
        { "types.csv", "yes,yes,50", "yes,yes,fifty", "应为数字或空白" },
        { "types.csv", "nine_year,yes", "primary,yes", "不重复的编号（第 6 行已用）" },
        { "indicators.csv", "（一）,number", "（一）,sum", "应为 number、document、both" },
        { "indicators.csv", "L2,", "L 2,", "组成的编号" },
        { "indicators.csv", "S1,社会认可度", "S2,新指标,,,,,number\nS1,社会认可度", "“id”列：读到“S2”，应为在 levels.csv 或 rules.csv 中有对应行" },
        { "rules.csv", "G9,G9,government", "G9,G99,government", "“plain”列：读到“G99”，应为 indicators.csv 中的编号" },
        { "rules.csv", "G9,G9,government", "G9,G9,governing", "应为 government、quality" },
        { "rules.csv", "G9,G9,government,county", "G9,G9,government,town", "应为 school、county" },
        { "rules.csv", "sum(teachers_trained_360h) / sum", "teachers_trained_360h / sum", "是每校填报的数。应为写在 sum(...) 里" },
        { "rules.csv", "ratio,at_least,0.50", "ratio,at_last,0.50", "应为 空白、at_least" },
        { "rules.csv", "ratio,at_least,0.50", "ratio,at_least,", "“threshold”列：空白，应为数字" },
        { "rules.csv", "ratio,at_least,0.50", "ratio,,0.50", "“threshold”列：读到“0.50”，应为空白" },
        { "rules.csv", "ratio,at_least,0.50", "m2,at_least,0.50", "结果的单位是无单位。应为平方米" },
        { "rules.csv", ",judged_G10,", ",judged_G99,", "“judged”列：读到“judged_G99”" },
        { "rules.csv", ",judged_G10,", ",gdp_per_head_yuan,", "有 met 和 unmet 选项" },
        { "rules.csv", ",judged_G10,", ",,", "没有由人判定的指标项时" },
        { "rules.csv", "PRE1,PRE1", "G1,PRE1", "不重复的编号" },
        { "rules.csv", "通过国家义务教育基本均衡发展认定三年以上", "", "“zh”列：空白，应为中文名称" },
        { "rules.csv", "veto_X1,,,cases", ",,,cases", "“value”列：空白，应为公式" },
        { "rules.csv", "G8b,G8,government,county", "G8b,G8,government,school", "“value”列：空白，应为公式" },
        { "derivations.csv", "pupils_total.sum,pupils_total", "pupils_total.sum,year", "学校层次的数值" },
        { "derivations.csv", "private,private,no", "private,privat,no", "ownership 的一个选项代码" },
        { "derivations.csv", "private,private,no", "private,private,so", "应为 yes 或 no" },
        { "derivations.csv", ",,built_year <= 2010", ",,built_year", "结果的单位是年" },
        { "relaxations.csv", "L5-dense-city,L5", "L5-dense-city,L55", "“target”列：读到“L55”" },
        { "relaxations.csv", "X8,X8,,", "X8,X7,,", "“formula”列：公式“”" },
        { "relaxations.csv", "X8,X8,,", "X8,X8,senior,", "应为 空白、primary、junior" },
        { "checks.csv", "check.trained,error", "check.trained,fatal", "应为 error、warning" },
        { "checks.csv", "check.trained,error,school", "check.trained,error,county", "应为区县层次的指标项" },
        { "checks.csv", "teachers_trained_360h,,五年", "rotation_moved,,五年", "应为学校层次的指标项" },
        { "checks.csv", "classrooms_multimedia,0.2", "classrooms_multimedia,-0.2", "大于 0 的数字（如 0.2）" },
        { "checks.csv", "check.year.classrooms_multimedia,warning,school,,", "check.year.classrooms_multimedia,warning,school,,1 = 1", "只看一个数值指标项" },
        { "checks.csv", "核对两项人数", "", "“mend”列：空白，应为文字" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct arena *mem = arena_new("test");
        struct edition_file files[MOST_FILES];
        const struct edition *e;
        struct err err = { 0 };
        const size_t n = changed(mem, CASES[i].file, CASES[i].find, CASES[i].replace, files);
        if (edition_load(mem, TEXT("mine"), files, n, &e, &err))
            fail_msg("%s: %s is taken", CASES[i].file, CASES[i].replace);
        CHECK_INT(err.kind, ERR_INPUT);
        CHECK(err.hint[0]);
        CHECK(text_starts(text_of(err.what), TEXT("mine")));
        CHECK_CONTAINS(text_of(err.what), CASES[i].says);
        arena_free(&mem);
    }
}

TEST(edition_load, takes_columns_in_any_order_with_a_bom_and_quoted_comments)
{
    struct arena *mem = arena_new("test");
    struct edition_file files[MOST_FILES];
    const struct edition *e;
    struct err err = { 0 };
    const size_t n = changed(mem, "types.csv", "# ", "\xEF\xBB\xBF\"# a, b\"\r\n\r\n# ", files);
    CHECK_OK(edition_load(mem, TEXT("mine"), files, n, &e, &err), err);
    const struct edition_file head = { TEXT("edition.csv"), TEXT("note,value,key\n,x,id\n") };
    files[0] = head;
    CHECK(!edition_load(mem, TEXT("mine"), files, n, &e, &err));
    CHECK_CONTAINS(text_of(err.what), "缺少“zh”一行");
    arena_free(&mem);
}

TEST(edition_load, refuses_what_is_too_large)
{
    struct arena *mem = arena_new("test");
    struct edition_file files[MOST_FILES];
    const struct edition *e;
    struct err err = { 0 };
    size_t n = changed(mem, "types.csv", "# ", "# ", files), items = 0;
    while (!text_equal(files[items].name, TEXT("items.csv")))
        items++;
    struct buf many = { .mem = mem };
    buf_add(&many, TEXT("code,level,unit,type,merge,zh,aliases,values,note\n"));
    for (int i = 0; i < 600; i++)
        buf_printf(&many, "i%d,school,,number,sum,项%d,,,\n", i, i);
    files[items].bytes = buf_text(&many);
    CHECK(!edition_load(mem, TEXT("mine"), files, n, &e, &err));
    CHECK_CONTAINS(text_of(err.what), "不超过 512 个指标项");
    for (int i = 600; i < 2500; i++)
        buf_printf(&many, "i%d,school,,number,sum,项%d,,,\n", i, i);
    files[items].bytes = buf_text(&many);
    CHECK(!edition_load(mem, TEXT("mine"), files, n, &e, &err));
    CHECK_CONTAINS(text_of(err.what), "第 2002 行：行数太多");
    files[items].bytes = (struct text){ arena_alloc(mem, (1 << 20) + 1), (1 << 20) + 1 };
    CHECK(!edition_load(mem, TEXT("mine"), files, n, &e, &err));
    CHECK_CONTAINS(text_of(err.what), "超过 1 MiB");
    arena_free(&mem);
}

TEST(edition_diff, lists_what_changed_by_table_row_and_column)
{
    struct arena *mem = arena_new("test");
    struct edition_file mine[MOST_FILES];
    const struct edition_file *own;
    const struct edition_change *changes;
    struct err err = { 0 };
    size_t n_own, n = changed(mem, "levels.csv", "4.2,0.85", "4.5,0.85", mine), n_changes;
    CHECK_OK(app_edition_files(mem, "cn-2017", &own, &n_own, &err), err);
    CHECK_OK(edition_diff(mem, TEXT("a"), own, n_own, TEXT("b"), mine, n, &changes, &n_changes, &err), err);
    CHECK_INT(n_changes, 1);
    CHECK_INT(changes[0].kind, EDITION_CHANGED);
    CHECK_TEXT(changes[0].table, "levels.csv");
    CHECK_TEXT(changes[0].id, "L1 primary");
    CHECK_TEXT(changes[0].column, "at_least");
    CHECK_TEXT(changes[0].was, "4.2");
    CHECK_TEXT(changes[0].now, "4.5");
    n = changed(mem, "relaxations.csv", "X8,X8", "X9,X8", mine);
    CHECK_OK(edition_diff(mem, TEXT("a"), own, n_own, TEXT("b"), mine, n, &changes, &n_changes, &err), err);
    CHECK_INT(n_changes, 2);
    CHECK_INT(changes[0].kind, EDITION_REMOVED);
    CHECK_INT(changes[1].kind, EDITION_ADDED);
    CHECK_TEXT(changes[1].id, "X9");
    n = changed(mem, "relaxations.csv", "id,target", "id,targets", mine);
    CHECK(!edition_diff(mem, TEXT("a"), own, n_own, TEXT("b"), mine, n, &changes, &n_changes, &err));
    CHECK_CONTAINS(text_of(err.what), "b/relaxations.csv");
    arena_free(&mem);
}
