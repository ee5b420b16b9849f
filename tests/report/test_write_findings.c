#include "package.h"

#include "report/write_findings.h"


struct list { const struct shown_cell *at; size_t n, next; };

static bool next_cell(void *context, struct shown_cell *out)
{
    struct list *list = context;
    if (list->next == list->n)
        return false;
    *out = list->at[list->next++];
    return true;
}

static struct finding bad(enum finding_level level, uint32_t row, uint32_t column, const char *read, const char *expected)
{
    return (struct finding){ .level = level, .rule = TEXT("cell.number"), .file = TEXT("学校.csv"), .row = row, .column = column,
                             .school = TEXT("4101850001 虚构第一小学"), .read = text_of(read), .expected = text_of(expected),
                             .mend = TEXT("删去“人”字") };
}

static const char *written(struct arena *mem, const struct findings *findings)
{
    static const struct shown_cell CELLS[] = {
        { 1, 1, SHOWN_TEXT, 0, TEXT("学校代码") },  { 1, 2, SHOWN_TEXT, 0, TEXT("小学在校生数") },
        { 2, 1, SHOWN_TEXT, 0, TEXT("0041850001") }, { 2, 2, SHOWN_TEXT, 0, TEXT("12人") },
        { 3, 1, SHOWN_TEXT, 0, TEXT("=1+1") },      { 3, 3, SHOWN_PERCENT, 0.125, TEXT("") },
        { 3, 4, SHOWN_DATE, 19800901, TEXT("") },   { 3, 5, SHOWN_BOOLEAN, 1, TEXT("") },
        { 4, 1, SHOWN_TEXT, 0, TEXT("坏\x01\xFF字") }, { 4, 2, SHOWN_NUMBER, 51.5, TEXT("") },
    };
    struct list first = { CELLS, COUNT(CELLS), 0 }, second = { CELLS, 2, 0 };
    const struct cell_source sources[] = {
        { TEXT("学校.csv"), TEXT(""), &first, next_cell },
        { TEXT("另一个.xls"), TEXT("问题清单"), &second, next_cell },
    };
    const char *path = new_path(mem, "findings.xlsx");
    struct err err;
    CHECK_OK(write_findings(path, sources, COUNT(sources), findings, &err), err);
    return path;
}

TEST(write_findings, gives_the_cells_back_as_they_were_read)
{
    struct arena *mem = arena_new("test");
    const struct findings none = { .mem = mem };
    const char *path = written(mem, &none);
    const struct text strings = part_of(mem, path, "xl/sharedStrings.xml"), sheet = part_of(mem, path, "xl/worksheets/sheet2.xml");
    CHECK_CONTAINS(strings, ">0041850001</t>");
    CHECK_CONTAINS(strings, ">=1+1</t>"); /* a text, never a formula */
    CHECK_CONTAINS(strings, ">坏\uFFFD\uFFFD字</t>");
    CHECK(!text_find(sheet, TEXT("<f>"), NULL));
    CHECK_CONTAINS(sheet, "<v>51.5</v>");
    CHECK_CONTAINS(sheet, "<v>0.125</v>");
    CHECK_CONTAINS(sheet, "<v>29465</v>"); /* 1980-09-01 as Excel counts days */
    CHECK_CONTAINS(sheet, " t=\"b\"><v>1</v>");
    CHECK_CONTAINS(part_of(mem, path, "xl/workbook.xml"), "name=\"学校.csv\"");
    CHECK_CONTAINS(part_of(mem, path, "xl/workbook.xml"), "name=\"问题清单(2)\""); /* the list has the name */
    unlink(path);
    arena_free(&mem);
}

TEST(write_findings, fills_and_comments_the_bad_cells_blank_ones_too)
{
    struct arena *mem = arena_new("test");
    struct findings findings = { .mem = mem };
    const struct finding added[] = {
        bad(FINDING_ERROR, 9, 4, "", "应填写初中在校生数"), /* below all cells */
        bad(FINDING_WARNING, 2, 2, "", "与去年相差 30%"),
        bad(FINDING_ERROR, 2, 2, "12人", "应为整数"),
        bad(FINDING_NOTE, 2, 9, "", "一处空白"),           /* between two rows of cells */
        bad(FINDING_NOTE, 0, 0, "", "整张表的提示"),
    };
    for (size_t i = 0; i < COUNT(added); i++)
        finding_add(&findings, &added[i]);
    const char *path = written(mem, &findings);
    const struct text sheet = part_of(mem, path, "xl/worksheets/sheet2.xml"), comments = part_of(mem, path, "xl/comments1.xml");
    CHECK_CONTAINS(comments, "ref=\"B2\"");
    CHECK_CONTAINS(comments, "错误：读到“12人”，应为整数。删去“人”字。\n警告：与去年相差 30%。删去“人”字。");
    CHECK_CONTAINS(comments, "ref=\"I2\"");
    CHECK_CONTAINS(comments, "ref=\"D9\"");
    CHECK(!text_find(comments, TEXT("整张表的提示"), NULL));
    CHECK_CONTAINS(sheet, "<c r=\"D9\" s=");
    CHECK_CONTAINS(sheet, "<c r=\"I2\" s=");
    unlink(path);
    arena_free(&mem);
}

TEST(write_findings, lists_every_finding_with_a_way_to_its_cell)
{
    struct arena *mem = arena_new("test");
    struct findings findings = { .mem = mem, .dropped = 7 };
    const struct finding added[] = { bad(FINDING_ERROR, 2, 2, "12人", "应为整数"), bad(FINDING_NOTE, 4, 0, "", "合计行，没有读") };
    for (size_t i = 0; i < COUNT(added); i++)
        finding_add(&findings, &added[i]);
    const char *path = written(mem, &findings);
    const struct text strings = part_of(mem, path, "xl/sharedStrings.xml"), list = part_of(mem, path, "xl/worksheets/sheet1.xml");
    static const char *const HEADINGS[] = { "级别", "文件", "表", "格", "学校", "读到", "应为", "怎么改" };
    for (size_t i = 0; i < COUNT(HEADINGS); i++)
        CHECK_CONTAINS(strings, arena_printf(mem, ">%s</t>", HEADINGS[i]));
    CHECK_CONTAINS(strings, ">4101850001 虚构第一小学</t>");
    CHECK_CONTAINS(strings, ">第 4 行</t>");
    CHECK_CONTAINS(strings, "另有 7 个问题没有列出");
    CHECK_CONTAINS(list, "<hyperlink ref=\"D2\" location=\"'学校.csv'!B2\"");
    unlink(path);
    arena_free(&mem);
}

TEST(write_findings, refuses_what_no_workbook_holds)
{
    struct arena *mem = arena_new("test");
    static const struct shown_cell FAR[] = { { 1, 20000, SHOWN_NUMBER, 1, TEXT("") } };
    struct list cells = { FAR, 1, 0 };
    const struct cell_source source = { TEXT("a.csv"), TEXT(""), &cells, next_cell };
    const struct findings none = { .mem = mem };
    struct err err;
    CHECK(!write_findings(new_path(mem, "far.xlsx"), &source, 1, &none, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    CHECK(access(new_path(mem, "far.xlsx"), F_OK) != 0 && access(new_path(mem, "far.xlsx.part"), F_OK) != 0);
    arena_free(&mem);
}
