#include "check.h"

#include "base/csv.h"
#include "base/unicode.h"

TEST(text, is_folded_for_comparing_headings)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(text_fold(mem, TEXT(" 在校生数（小 学） ")), "在校生数(小学)");
    CHECK_TEXT(text_fold(mem, TEXT("ＰＥ　２０２５㎡")), "pe2025m2");
    arena_free(&mem);
}

TEST(text, trims_full_width_spaces)
{
    CHECK_TEXT(text_trim(TEXT("\xE3\x80\x80 12 \xC2\xA0")), "12");
}

TEST(csv, keeps_quotes_commas_and_line_ends_inside_quotes)
{
    struct arena *mem = arena_new("test");
    const struct text in = TEXT("a,\"b,\"\"c\"\"\nd\",e\r\nf,,\n");
    struct csv_scanner s = { in.at, in.at + in.size, ',' };
    struct csv_field f[8];
    size_t n;
    CHECK_INT(csv_next(&s, f, 8, &n), CSV_ROW);
    CHECK_INT(n, 3);
    CHECK_TEXT(csv_value(mem, f[1]), "b,\"c\"\nd");
    CHECK_INT(csv_next(&s, f, 8, &n), CSV_ROW);
    CHECK_INT(n, 3);
    CHECK_INT(f[2].text.size, 0);
    CHECK_INT(csv_next(&s, f, 8, &n), CSV_END);
    arena_free(&mem);
}
