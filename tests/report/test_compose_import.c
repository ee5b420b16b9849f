#include "check.h"

#include "report/compose_import.h"

static struct import_change change(struct arena *mem, const struct item *item, double before, double after)
{
    struct import_change c = { .item = item, .before = before, .base = BLANK, .after = after };
    compose_import_change(mem, &c, false);
    return c;
}

TEST(compose_import, says_a_change_with_its_unit_in_the_head_and_a_true_minus)
{
    struct arena *mem = arena_new("test");
    const struct item area = { .code = TEXT("area"), .zh = TEXT("运动场地面积"), .unit = TEXT("m2"), .type = ITEM_NUMBER };
    const struct item money = { .code = TEXT("money"), .zh = TEXT("预算(万元)"), .unit = TEXT("10000 yuan"), .type = ITEM_NUMBER };
    const struct item year = { .code = TEXT("built"), .zh = TEXT("建校年份"), .unit = TEXT("year"), .type = ITEM_INTEGER };
    struct import_change c = change(mem, &area, 6840, 8240.5);
    CHECK_TEXT(c.item_words, "运动场地面积（平方米）");
    CHECK_TEXT(c.before_words, "6,840");
    CHECK_TEXT(c.difference_words, "+1,400.50");
    c = change(mem, &area, 30, 26);
    CHECK_TEXT(c.difference_words, "\u22124");
    c = change(mem, &money, BLANK, 12);
    CHECK_TEXT(c.item_words, "预算(万元)"); /* its unit is in its name */
    CHECK_TEXT(c.before_words, "缺");
    CHECK_TEXT(c.difference_words, "");
    c = change(mem, &year, 1969, 1970);
    CHECK_TEXT(c.after_words, "1970"); /* neither comma nor difference */
    CHECK_TEXT(c.difference_words, "");
    arena_free(&mem);
}

TEST(compose_import, lists_every_finding_with_errors_first_and_counts_them)
{
    struct arena *mem = arena_new("test");
    struct findings found = { .mem = mem };
    finding_add(&found, &(struct finding){ .level = FINDING_NOTE, .rule = TEXT("header"), .file = TEXT("a.csv"), .row = 1, .column = 1, .read = TEXT("序号") });
    finding_add(&found, &(struct finding){ .level = FINDING_ERROR, .rule = TEXT("cell"), .file = TEXT("a.csv"), .row = 17, .column = 4, .read = TEXT("=1+1") });
    finding_add(&found, &(struct finding){ .level = FINDING_ERROR, .rule = TEXT("check"), .file = TEXT("a.csv"), .row = 18, .expected = TEXT("应填") });
    const struct item_list items = { .n = 0 };
    struct sheet *sheets[2];
    import_sheets(mem, &found, &items, NULL, 0, false, sheets);
    struct text first = TEXT(""), place = TEXT(""), row = TEXT(""), last = TEXT("");
    for (size_t i = 0; i < sheets[0]->n; i++) {
        const struct sheet_cell *const cell = &sheets[0]->cells[i];
        if (cell->row == 2 && cell->column == 1)
            first = cell->text;
        if (cell->row == 2 && cell->column == 4)
            place = cell->text;
        if (cell->row == 3 && cell->column == 4)
            row = cell->text;
        last = cell->text;
    }
    CHECK_TEXT(first, "错误");
    CHECK_TEXT(place, "D17");
    CHECK_TEXT(row, "第 18 行");
    CHECK_TEXT(last, "共写出 3 行，符合条件 3 行。");
    arena_free(&mem);
}
