/* A definition is read, or every fault of it is named by row and column. */
#include "check.h"

#include "survey/answers.h"
#include "survey/form_compare.h"
#include "survey/form_read.h"
#include "survey/sheet_state.h"

#define HEAD "行,编号,名称,类型,选项,单位,最小,最大,必填,条件,佐证,取数,依据,说明\n"
#define FORM "表,safety,安全检查,学校,每学年一份,,,,,,,,,\n"

static const struct form *read_it(struct arena *mem, const char *csv, struct form_faults *faults, struct cell_table *table)
{
    struct err err;
    CHECK_OK(cell_table_csv(TEXT("安全.csv"), text_of(csv), mem, table, &err), err);
    *faults = (struct form_faults){ .mem = mem };
    return form_read(table, mem, faults);
}

static const struct form *good(struct arena *mem, const char *csv)
{
    struct form_faults faults;
    struct cell_table table;
    const struct form *const form = read_it(mem, csv, &faults, &table);
    if (!form)
        fail_msg("row %u: %.*s", faults.at[0].row, TEXT_ARG(faults.at[0].what));
    return form;
}

/* The one fault. */
static void bad(const char *csv, const char *place, const char *what)
{
    struct arena *mem = arena_new("bad");
    struct form_faults faults;
    struct cell_table table;
    CHECK(!read_it(mem, csv, &faults, &table));
    CHECK(faults.n >= 1);
    CHECK_TEXT(form_fault_place(&table, &faults.at[0], mem), place);
    CHECK_CONTAINS(faults.at[0].what, what);
    CHECK(faults.at[0].mend.size > 0);
    arena_free(&mem);
}

static const char THREE[] = HEAD FORM
    "# 不读\n节,A,一,,,,,,,,,,,\n题,Q1,有食堂,是否,,,,,是,,,,,\n题,Q2,食堂证照,单选,齐全；不齐,,,,是,Q1=是,齐全,,,\n"
    "节,B,二,,,,,,,Q2=不齐,,,,\n题,Q3,缺几个,数字,,个,1,9,是,,,,,\n题,Q4,哪些,表格,名称；期限,,,2,,Q3>1且Q1=是,,,,\n";

TEST(form_read, reads_sections_questions_conditions)
{
    struct arena *mem = arena_new("test");
    const struct form *const f = good(mem, THREE);
    CHECK_TEXT(f->id, "safety");
    CHECK_INT(f->who, FORM_SCHOOL);
    CHECK_INT(f->often, false);
    CHECK_INT(f->n_sections, 2);
    CHECK_INT(f->n_questions, 4);
    CHECK_INT(f->questions[1].n_terms, 1);
    CHECK_INT(f->questions[1].proof, FORM_PROOF_WHEN);
    CHECK_INT(f->questions[3].n_choices, 2);
    CHECK_INT(f->questions[3].n_terms, 2);
    arena_free(&mem);
}

TEST(form_read, keeps_the_same_rows_through_csv)
{
    struct arena *mem = arena_new("test");
    struct cell_table first, second;
    struct err err;
    CHECK_OK(cell_table_csv(TEXT("a"), TEXT(HEAD "题,Q1,\"他说\"\"好\"\"，\n两行\",单行\n"), mem, &first, &err), err);
    CHECK_OK(cell_table_csv(TEXT("a"), cell_table_write(&first, mem), mem, &second, &err), err);
    CHECK_INT(second.n, first.n);
    CHECK_TEXT(second.rows[1].at[2], "他说\"好\"，\n两行");
    arena_free(&mem);
}

TEST(form_read, names_each_fault_by_row_and_column)
{
    bad("甲,乙\n", "整张表", "找不到标题行");
    bad("行,编号,名称,选项\n", "第 1 行", "缺“类型”");
    bad(HEAD "题,Q1,什么,单行\n", "第 2 行 A 列", "“表”行要排在最前面");
    bad(HEAD "表,Safety,安全,学校,每学年一份\n", "第 2 行 B 列", "“Safety”");
    bad(HEAD "表,safety,安全,村,每学年一份\n节,A,一\n题,Q1,一,单行\n", "第 2 行 D 列", "“村”不是填表的单位");
    bad(HEAD "表,safety,安全,学校,每月\n", "第 2 行 E 列", "“每月”");
    bad(HEAD FORM "题,Q1,一,单行\n", "第 3 行 A 列", "不在任何一节");
    bad(HEAD FORM "节,A,一\n题,Q1,一,填空\n", "第 4 行 D 列", "“填空”不是题的类型");
    bad(HEAD FORM "节,A,一\n题,Q1,一,单行\n题,Q1,二,单行\n", "第 5 行 B 列", "重复");
    bad(HEAD FORM "节,A,一\n题,Q1,一,单选,甲\n", "第 4 行 E 列", "少了选项");
    bad(HEAD FORM "节,A,一\n题,Q1,一,单选,甲；甲\n", "第 4 行 E 列", "重复");
    bad(HEAD FORM "节,A,一\n题,Q1,一,数字,,,九\n", "第 4 行 G 列", "“九”不是数");
    bad(HEAD FORM "节,A,一\n题,Q1,一,数字,,,9,1\n", "第 4 行 H 列", "最大小于最小");
    bad(HEAD FORM "节,A,一\n题,Q1,一,单行,,,,,,Q2=是\n题,Q2,二,是否\n", "第 4 行 J 列", "“Q2”不是前面的题");
    bad(HEAD FORM "节,A,一\n题,Q1,一,是否\n题,Q2,二,单行,,,,,,Q1=对\n", "第 5 行 J 列", "“对”不是第 Q1 题的选项");
    bad(HEAD FORM "节,A,一\n题,Q1,一,是否,,,,,,,对\n", "第 4 行 K 列", "“对”不是这一题的选项");
    bad(HEAD FORM "节,A,一\n题,Q1,一,数字,,,,,,,,rule:G5:2025\n", "第 4 行 L 列", "没有 {年}");
    bad(HEAD FORM "节,A,一\n", "整张表", "一道题也没有");
    bad(HEAD FORM FORM "节,A,一\n题,Q1,一,单行\n", "第 3 行 A 列", "第二个“表”行");
    bad(HEAD FORM "节,A,一\n题,Q1,一,等级\n结论,,好,,很差,,,,,,,,,不好\n", "第 5 行 E 列", "“很差”不是等级题的等级");
    bad(HEAD FORM "节,A,一\n题,Q1,一,单行\n注意,这里\n", "第 5 行 A 列", "“注意”不是行的种类");
}

TEST(form_read, tells_all_faults_at_once)
{
    struct arena *mem = arena_new("test");
    struct form_faults faults;
    struct cell_table table;
    CHECK(!read_it(mem, HEAD FORM "节,A,一\n题,Q1,一,填空\n题,Q2,,单行\n题,Q 3,三,单行\n", &faults, &table));
    CHECK_INT(faults.n, 3);
    arena_free(&mem);
}

/* ---- answers ------------------------------------------------------------------------------ */

static struct answers of(struct arena *mem, const char *const *pairs, size_t n)
{
    struct answers list = { arena_array(mem, n + 1, struct answer), n };
    for (size_t i = 0; i < n; i++)
        list.at[i] = (struct answer){ .field = text_of(pairs[2 * i]), .value = text_of(pairs[2 * i + 1]), .stamp = 1 };
    return list;
}
#define ANSWERS(mem, ...) of(mem, (const char *const[]){ __VA_ARGS__ }, COUNT(((const char *const[]){ __VA_ARGS__ })) / 2)

TEST(answers, ask_only_what_the_conditions_ask)
{
    struct arena *mem = arena_new("test");
    const struct form *const f = good(mem, THREE);
    bool shown[4];
    struct answers a = { NULL, 0 };
    form_shown(f, &a, shown);
    CHECK(shown[0] && !shown[1] && !shown[2] && !shown[3]);
    a = ANSWERS(mem, "Q1", "是", "Q2", "不齐", "Q3", "2");
    form_shown(f, &a, shown);
    CHECK(shown[0] && shown[1] && shown[2] && shown[3]);
    /* What hangs on a hidden question is hidden with it. */
    a = ANSWERS(mem, "Q1", "否", "Q2", "不齐", "Q3", "2");
    form_shown(f, &a, shown);
    CHECK(shown[0] && !shown[1] && !shown[2] && !shown[3]);
    arena_free(&mem);
}

static void reads(const struct form *f, const char *id, const char *typed, const char *value, const char *wrong)
{
    struct arena *mem = arena_new("reads");
    struct text got, why;
    const bool ok = answer_read(&f->questions[form_find(f, text_of(id))], N_FORM_PARTS, text_of(typed), mem, &got, &why);
    CHECK_INT(ok, !wrong);
    if (wrong)
        CHECK_CONTAINS(why, wrong);
    else
        CHECK_TEXT(got, value);
    arena_free(&mem);
}

TEST(answers, are_read_by_type)
{
    struct arena *mem = arena_new("test");
    const struct form *const f = good(mem, HEAD FORM "节,A,一\n题,N,一,数字,,人,0,50\n题,D,二,日期\n题,M,三,多选,甲；乙；丙\n题,L,四,单行\n题,T,五,表格,名；期,,,2\n");
    reads(f, "N", " １２ ", "12", NULL);
    reads(f, "N", "12人", NULL, "“12人”不是数");
    reads(f, "N", "51", NULL, "不小于 0、不大于 50");
    reads(f, "N", "", "", NULL);
    reads(f, "D", "2026-02-29", NULL, "不是日期");
    reads(f, "D", "2026-02-28", "2026-02-28", NULL);
    reads(f, "M", "丙；甲", "甲；丙", NULL);
    reads(f, "M", "甲；丁", NULL, "不在选项里");
    reads(f, "L", "一\r\n二", "一 二", NULL);
    reads(f, "L", "\xff", NULL, "读不出");
    reads(f, "T", "甲\t1\t多\r\n\t\r\n乙", "甲\t1\n乙\t", NULL);
    reads(f, "T", "甲\n乙\n丙", NULL, "最多 2 行");
    arena_free(&mem);
}

static const char GRADES[] = HEAD "表,quality,自评,学校,每学年一份,,,,,,,,,\n节,A,一\n题,S1,一,等级,,,,,是,,优秀；良好\n题,S2,二,等级,,,,,是,,优秀；良好\n"
                             "结论,,良好以上,,待改进,,,,,,,,,不是良好以上\n";

TEST(answers, bar_good_grades_without_proof_and_bad_ones_without_what_is_done)
{
    struct arena *mem = arena_new("test");
    const struct form *const f = good(mem, GRADES);
    struct answers a = ANSWERS(mem, "S1", "优秀", "S2", "待改进");
    size_t proofs[2] = { 0, 0 };
    struct answer_faults bars = form_bars(f, &a, proofs, mem);
    CHECK_INT(bars.n, 4);
    CHECK_CONTAINS(bars.at[0].what, "填“优秀”要附至少一份佐证");
    CHECK_TEXT(bars.at[1].field, "S2.problem");
    CHECK_TEXT(bars.at[3].field, "S2.due");
    proofs[0] = 1;
    a = ANSWERS(mem, "S1", "优秀", "S2", "待改进", "S2.problem", "一", "S2.action", "二", "S2.due", "2026-06-30");
    CHECK_INT(form_bars(f, &a, proofs, mem).n, 0);
    a = ANSWERS(mem, "S1", "合格");
    bars = form_bars(f, &a, proofs, mem);
    CHECK_INT(bars.n, 1);
    CHECK_CONTAINS(bars.at[0].what, "还没有填");
    arena_free(&mem);
}

TEST(answers, come_to_a_conclusion_without_a_total)
{
    struct arena *mem = arena_new("test");
    const struct form *const f = good(mem, GRADES);
    struct answers a = ANSWERS(mem, "S1", "优秀");
    CHECK_TEXT(form_result(f, &a), "");
    a = ANSWERS(mem, "S1", "优秀", "S2", "合格");
    CHECK_TEXT(form_result(f, &a), "良好以上");
    a = ANSWERS(mem, "S1", "优秀", "S2", "待改进");
    CHECK_TEXT(form_result(f, &a), "不是良好以上");
    arena_free(&mem);
}

TEST(form_compare, lays_versions_side_by_side)
{
    struct arena *mem = arena_new("test");
    const struct form *const old = good(mem, HEAD FORM "节,A,一\n题,Q1,旧名,单行\n题,Q9,不问了,单行\n");
    const struct form *const now = good(mem, HEAD FORM "节,A,一\n题,Q1,新名,单行\n题,Q2,新问,单行\n");
    const struct answers a = ANSWERS(mem, "Q1", "甲", "Q9", "丙"), b = ANSWERS(mem, "Q1", "乙", "Q2", "丁");
    struct compared_row *rows;
    size_t n;
    form_compare((struct compared_sheet[]){ { old, &a }, { now, &b } }, 2, mem, &rows, &n);
    CHECK_INT(n, 3);
    CHECK_TEXT(rows[0].name, "新名");
    CHECK(rows[0].changed);
    CHECK(!rows[1].at[0].asked && rows[1].at[1].asked && !rows[1].changed);
    CHECK_TEXT(rows[2].id, "Q9");
    CHECK(!rows[2].at[1].asked);
    arena_free(&mem);
}

/* ---- the way of a sheet ------------------------------------------------------------------- */

TEST(sheet_state, allows_these_steps_and_no_others)
{
    for (enum sheet_state from = SHEET_DRAFT; from < N_SHEET_STATES; from++)
        for (enum sheet_step step = SHEET_SUBMIT; step < N_SHEET_STEPS; step++)
            for (unsigned h = 0; h < 8; h++) {
                const struct sheet_hands hands = { h & 1, h & 2, h & 4 };
                const bool legal = step == SHEET_SUBMIT     ? from == SHEET_DRAFT && hands.fills
                                   : step == SHEET_WITHDRAW ? from == SHEET_SUBMITTED && hands.fills && hands.submitted_it
                                   : step == SHEET_CONFIRM  ? from == SHEET_SUBMITTED && hands.endorses && !hands.submitted_it
                                                            : from != SHEET_DRAFT && hands.endorses && !hands.submitted_it;
                struct err err = { 0 };
                enum sheet_state to = N_SHEET_STATES;
                CHECK_INT(sheet_next(from, step, hands, TEXT("理由充分"), &to, &err), legal);
                CHECK_INT(sheet_can(from, step, hands), legal);
                CHECK_INT(err.what[0] == 0, legal);
            }
}

TEST(sheet_state, asks_for_a_reason_when_it_is_sent_back)
{
    struct err err = { 0 };
    enum sheet_state to;
    CHECK(!sheet_next(SHEET_SUBMITTED, SHEET_SEND_BACK, (struct sheet_hands){ false, true, false }, TEXT(" "), &to, &err));
    CHECK_INT(err.kind, ERR_INPUT);
}
