#include "check.h"
#include "report/write_sheet_csv.h"

static struct sheet *small(struct arena *mem)
{
    struct sheet *sheet = sheet_new(mem, TEXT("表"));
    sheet_put_text(sheet, 1, 1, LOOK_HEADING, TEXT("学校,代码"));
    sheet_put_text(sheet, 1, 3, LOOK_HEADING, TEXT("面积"));
    sheet_put_text(sheet, 3, 1, LOOK_TEXT, TEXT("001"));
    sheet_put_number(sheet, 3, 2, LOOK_DECIMAL, 0.1);
    return sheet;
}

TEST(write_sheet_csv, keeps_places_quotes_and_exact_numbers)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text bytes;
    CHECK_OK(write_sheet_csv(mem, small(mem), CSV_UTF8, &bytes, &err), err);
    CHECK_TEXT(bytes, "\"学校,代码\",,面积\r\n,,\r\n001,0.1,\r\n");
    arena_free(&mem);
}

TEST(write_sheet_csv, writes_a_byte_order_mark_and_gb18030_where_asked)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text bytes;
    CHECK_OK(write_sheet_csv(mem, small(mem), CSV_UTF8_BOM, &bytes, &err), err);
    CHECK(text_starts(bytes, TEXT("\xEF\xBB\xBF\"")));
    CHECK_OK(write_sheet_csv(mem, small(mem), CSV_GB18030, &bytes, &err), err);
    CHECK(text_starts(bytes, TEXT("\"\xD1\xA7\xD0\xA3,\xB4\xFA\xC2\xEB\",,\xC3\xE6\xBB\xFD\r\n"))); /* 学校,代码 … 面积 */
    arena_free(&mem);
}

/* A spreadsheet program would run it; a number stays a number. */
TEST(write_sheet_csv, keeps_a_text_from_being_a_formula)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text bytes;
    struct sheet *sheet = sheet_new(mem, TEXT("表"));
    sheet_put_text(sheet, 1, 1, LOOK_TEXT, TEXT("=1+1"));
    sheet_put_text(sheet, 1, 2, LOOK_TEXT, TEXT("＠x"));
    sheet_put_number(sheet, 1, 3, LOOK_DECIMAL, -5);
    CHECK_OK(write_sheet_csv(mem, sheet, CSV_UTF8, &bytes, &err), err);
    CHECK_TEXT(bytes, "'=1+1,'＠x,-5\r\n");
    arena_free(&mem);
}
