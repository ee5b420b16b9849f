/* A plan of work is read, or every fault of it is named by file, row and column. */
#include "check.h"

#include "work/plan_compare.h"
#include "work/plan_days.h"
#include "work/plan_read.h"

#define HEAD "行,编号,名称,原文,出处,阶段,责任单位,协办单位,成果,成果名称,开始,期限,频次,复查,指标,页面,说明\n"
#define PLAN HEAD "方案,p,小方案,,,,办公室,,,,2022-03-01,2030-12-31,,,,,\n" \
    "阶段,a,启动,,,,,,,,2022-03-01,2022-09-30,,,,,\n阶段,b,实施,,,,,,,,2022-10-01,2029-10-31,,,,,\n"
#define ITEM PLAN "组,4,任务,,,b,,,,,,,,,,,\n事项,4.1,标准化,全面达标,五,b,D07；各乡镇,D11,,,,,,,L4、CV,/ledger,\n"

static const struct work_plan *read_it(struct arena *mem, const char *csv, const struct plan_known *known, struct plan_faults *faults)
{
    struct cell_table *const table = arena_make(mem, struct cell_table);
    struct err err;
    CHECK_OK(cell_table_csv(TEXT("方案.csv"), text_of(csv), mem, table, &err), err);
    *faults = (struct plan_faults){ .mem = mem };
    return plan_read(table, 1, known, mem, faults);
}

static const struct work_plan *good(struct arena *mem, const char *csv)
{
    struct plan_faults faults;
    const struct work_plan *const plan = read_it(mem, csv, NULL, &faults);
    if (!plan)
        fail_msg("%.*s: %.*s", TEXT_ARG(plan_fault_place(&faults.at[0], mem)), TEXT_ARG(faults.at[0].what));
    return plan;
}

static void bad_known(const char *csv, const struct plan_known *known, const char *place, const char *what)
{
    struct arena *mem = arena_new("bad");
    struct plan_faults faults;
    CHECK(!read_it(mem, csv, known, &faults));
    CHECK(faults.n >= 1);
    CHECK_TEXT(plan_fault_place(&faults.at[0], mem), place);
    CHECK_CONTAINS(faults.at[0].what, what);
    CHECK(faults.at[0].mend.size > 0);
    arena_free(&mem);
}

static void bad(const char *csv, const char *place, const char *what)
{
    bad_known(csv, NULL, place, what);
}

static const char TWO[] = ITEM
    "# 不读\n任务,4.1-1,建台账,,,,,,文件,台账,,2027-06-30,,是,,,\n任务,4.1-2,更新,,,,各部门,,,,2024-05-01,12-31,每年,,L5,/tasks,每年一次\n";

TEST(plan_read, reads_phases_items_and_tasks)
{
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = good(mem, TWO);
    CHECK_TEXT(p->title, "小方案");
    CHECK_INT(p->n_spans, 2);
    CHECK_INT(p->n_groups, 1);
    CHECK_INT(p->n_items, 1);
    CHECK_INT(p->n_tasks, 2);
    CHECK_INT(p->items[0].owners.n, 2);
    CHECK_INT(p->items[0].owners.at[1].kind, OWNER_TOWNSHIPS);
    CHECK_TEXT(p->items[0].page, "/ledger");
    CHECK_INT(p->items[0].n, 2);
    CHECK_INT(p->tasks[0].product, PRODUCT_DOCUMENT);
    CHECK_INT(p->tasks[0].recheck, true);
    CHECK_INT(p->tasks[0].yearly, false);
    arena_free(&mem);
}

TEST(plan_read, gives_a_task_what_its_item_says)
{
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = good(mem, TWO);
    CHECK_TEXT(plan_owners_words(&p->tasks[0].owners, mem), "D07；各乡镇");
    CHECK_TEXT(plan_owners_words(&p->tasks[0].helpers, mem), "D11");
    CHECK_TEXT(plan_texts_words(&p->tasks[0].subjects, mem), "L4、CV");
    CHECK_TEXT(plan_owners_words(&p->tasks[1].owners, mem), "各部门");
    CHECK_INT(p->tasks[1].helpers.n, 0);
    CHECK_TEXT(plan_texts_words(&p->tasks[1].subjects, mem), "L5");
    arena_free(&mem);
}

TEST(plan_read, keeps_the_same_plan_through_its_table)
{
    struct arena *mem = arena_new("test");
    struct plan_faults faults = { .mem = mem };
    const struct work_plan *const p = good(mem, TWO);
    const struct cell_table once = plan_table(p, mem);
    const struct work_plan *const again = plan_read(&once, 1, NULL, mem, &faults);
    CHECK(again != NULL);
    const struct cell_table twice = plan_table(again, mem);
    const struct text first = cell_table_write(&once, mem), second = cell_table_write(&twice, mem);
    CHECK(text_equal(first, second));
    struct plan_difference *differences;
    size_t n;
    plan_compare(p, again, mem, &differences, &n);
    CHECK_INT(n, 0);
    arena_free(&mem);
}

TEST(plan_read, takes_a_code_with_its_name_behind_it)
{
    struct arena *mem = arena_new("test");
    const struct work_plan *const p = good(mem, ITEM "任务,4.1-1,建,,,,D07 市教育局；办公室,,,,,2027-06-30,,,,,\n");
    CHECK_TEXT(plan_owners_words(&p->tasks[0].owners, mem), "D07；办公室");
    arena_free(&mem);
}

TEST(plan_read, names_each_fault_by_file_row_and_column)
{
    static const struct text units[] = { { "D07", 3 }, { "D11", 3 } }, subjects[] = { { "L4", 2 }, { "CV", 2 } };
    static const struct plan_known known = { units, 2, subjects, 2 };
    bad("甲,乙\n", "方案.csv 整张表", "找不到标题行");
    bad("行,编号\n", "方案.csv 第 1 行", "标题行缺“名称”");
    bad(HEAD, "方案.csv 整张表", "没有“方案”行");
    bad(PLAN, "方案.csv 整张表", "没有任务");
    bad(PLAN "事项,4.1,甲,,,b,D07,,,,,,,,,,\n", "方案.csv 第 5 行 A 列", "不在任何一组里");
    bad(PLAN "阶段,c,迎检,,,,,,,,2029-05-01,2030-12-31,,,,,\n", "方案.csv 第 5 行 K 列", "和前一个阶段重叠");
    bad(PLAN "阶段,c,迎检,,,,,,,,2029-11-01,20230-12,,,,,\n", "方案.csv 第 5 行 L 列", "“20230-12”不是日期");
    bad(PLAN "组,a,甲,,,b,,,,,,,,,,,\n", "方案.csv 第 5 行 B 列", "编号“a”重复");
    bad(PLAN "组,4,甲,,,z,,,,,,,,,,,\n", "方案.csv 第 5 行 F 列", "没有阶段“z”");
    bad(PLAN "何,4,甲,,,,,,,,,,,,,,\n", "方案.csv 第 5 行 A 列", "“何”看不懂");
    bad(ITEM "任务,4.2-1,建,,,,,,,,,2027-06-30,,,,,\n", "方案.csv 第 7 行 B 列", "和它的事项“4.1”不合");
    bad(ITEM "任务,4.1-1,,,,,,,,,,2027-06-30,,,,,\n", "方案.csv 第 7 行 C 列", "没有名称");
    bad(ITEM "任务,4.1-1,建,,,,教育局,,,,,2027-06-30,,,,,\n", "方案.csv 第 7 行 G 列", "不认识单位“教育局”");
    bad(ITEM "任务,4.1-1,建,,,,,,图纸,,,2027-06-30,,,,,\n", "方案.csv 第 7 行 I 列", "“图纸”不是成果的种类");
    bad(ITEM "任务,4.1-1,建,,,,,,文件,,,2027-06-30,,,,,\n", "方案.csv 第 7 行 J 列", "成果没有名称");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,,,,,,\n", "方案.csv 第 7 行 L 列", "没有期限");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,2027-06-31,,,,,\n", "方案.csv 第 7 行 L 列", "不是日期");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,2030-06-30,,,,,\n", "方案.csv 第 7 行 L 列", "期限不在“实施”里");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,2027-06-30,每年,,,,\n", "方案.csv 第 7 行 L 列", "不是日期");
    bad(ITEM "任务,4.1-1,建,,,,,,,,2028-01-01,2027-06-30,,,,,\n", "方案.csv 第 7 行 L 列", "期限在开始以前");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,12-31,每月,,,,\n", "方案.csv 第 7 行 M 列", "“每月”看不懂");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,12-31,每年,要,,,\n", "方案.csv 第 7 行 N 列", "应为“是”或空着");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,12-31,每年,,,https://x.cn,\n", "方案.csv 第 7 行 P 列", "不是本系统的页面");
    bad(ITEM "任务,4.1-1,建,,,,,,,,,12-31,每年,,,//x.cn,\n", "方案.csv 第 7 行 P 列", "不是本系统的页面");
    bad_known(ITEM "任务,4.1-1,建,,,,D99,,,,,12-31,每年,,,,\n", &known, "方案.csv 第 7 行 G 列", "没有代码是“D99”的单位");
    bad_known(ITEM "任务,4.1-1,建,,,,,,,,,12-31,每年,,L9,,\n", &known, "方案.csv 第 7 行 O 列", "不认识指标“L9”");
}

TEST(plan_read, tells_all_faults_at_once)
{
    struct arena *mem = arena_new("test");
    struct plan_faults faults;
    CHECK(!read_it(mem, ITEM "任务,4.1-1,,,,,甲局,,图,,,,,,,,\n", NULL, &faults));
    CHECK_INT(faults.n, 4);
    arena_free(&mem);
}

TEST(plan_days, are_one_for_a_task_done_once)
{
    struct arena *mem = arena_new("test");
    struct plan_due dues[PLAN_MOST_YEARS];
    const struct work_plan *const p = good(mem, TWO);
    CHECK_INT(plan_dues(p, &p->tasks[0], dues), 1);
    CHECK_INT(dues[0].year, 0);
    CHECK_TEXT(day_text(dues[0].begins, mem), "2022-10-01");
    CHECK_TEXT(day_text(dues[0].due, mem), "2027-06-30");
    arena_free(&mem);
}

/* From 2024-05-01 to the phase's end 2029-10-31, by 31 December: the last is that of 2028. */
TEST(plan_days, come_in_every_year_of_the_phase)
{
    struct arena *mem = arena_new("test");
    struct plan_due dues[PLAN_MOST_YEARS];
    const struct work_plan *const p = good(mem, TWO);
    CHECK_INT(plan_dues(p, &p->tasks[1], dues), 5);
    CHECK_TEXT(day_text(dues[0].begins, mem), "2024-05-01");
    CHECK_TEXT(day_text(dues[0].due, mem), "2024-12-31");
    CHECK_TEXT(day_text(dues[1].begins, mem), "2025-01-01");
    CHECK_INT(dues[4].year, 2028);
    arena_free(&mem);
}

TEST(plan_days, keep_29_february_in_other_years)
{
    struct arena *mem = arena_new("test");
    struct plan_due dues[PLAN_MOST_YEARS];
    const struct work_plan *const p = good(mem, ITEM "任务,4.1-1,建,,,,,,,,,02-29,每年,,,,\n");
    CHECK_INT(plan_dues(p, &p->tasks[0], dues), 7);
    CHECK_TEXT(day_text(dues[0].due, mem), "2023-02-28");
    CHECK_TEXT(day_text(dues[1].due, mem), "2024-02-29");
    arena_free(&mem);
}

TEST(plan_compare, says_what_was_added_taken_out_and_changed)
{
    struct arena *mem = arena_new("test");
    struct plan_faults faults = { .mem = mem };
    struct plan_difference *d;
    size_t n;
    const struct work_plan *const p = good(mem, TWO);
    struct cell_table table = plan_table(p, mem);
    struct text cells[N_PLAN_COLUMNS] = { [PLAN_ROW] = TEXT("任务"), [PLAN_ID] = TEXT("4.1-3"), [PLAN_NAME] = TEXT("再查"), [PLAN_DUE] = TEXT("2028-06-30") };
    CHECK(plan_table_set(&table, TEXT("4.1-1"), PLAN_DUE, TEXT("2027-12-31"), mem));
    CHECK(plan_table_add_task(&table, TEXT("4.1"), cells, mem));
    CHECK(plan_table_remove(&table, TEXT("4.1-2")));
    CHECK(!plan_table_remove(&table, TEXT("9.9-9")));
    CHECK(!plan_table_set(&table, TEXT("9.9-9"), PLAN_DUE, TEXT(""), mem));
    const struct work_plan *const after = plan_read(&table, 1, NULL, mem, &faults);
    CHECK(after != NULL);
    plan_compare(p, after, mem, &d, &n);
    CHECK_INT(n, 3);
    CHECK_INT(d[0].change, PLAN_ALTERED);
    CHECK_INT(d[0].column, PLAN_DUE);
    CHECK_TEXT(d[0].before, "2027-06-30");
    CHECK_TEXT(d[0].after, "2027-12-31");
    CHECK_INT(d[1].change, PLAN_ADDED);
    CHECK_TEXT(d[1].id, "4.1-3");
    CHECK_INT(d[2].change, PLAN_REMOVED);
    CHECK_TEXT(d[2].name, "更新");
    arena_free(&mem);
}
