#include "check.h"

#include "base/file.h"
#include "import/grid.h"
#include "make_zip.h"

static struct workbook read_tables(struct arena *mem, const char *tables, const char *styles)
{
    struct workbook book = { 0 };
    struct err err;
    CHECK_OK(ods_read(mem, make_ods(mem, tables, styles), &book, &err), err);
    return book;
}

static const struct grid *read_rows(struct arena *mem, const char *rows)
{
    return read_tables(mem, arena_printf(mem, "<table:table table:name=\"学校\">%s</table:table>", rows), NULL).sheets[0];
}

static struct text shown(struct arena *mem, const struct grid *grid, uint32_t row, uint32_t column)
{
    const struct cell *cell = grid_at(grid, row, column);
    return cell ? grid_shown(mem, grid, cell) : TEXT("(blank)");
}

static int kind(const struct grid *grid, uint32_t row, uint32_t column)
{
    const struct cell *cell = grid_at(grid, row, column);
    return cell ? cell->kind : -1;
}

#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define FLOAT(value) "<table:table-cell office:value-type=\"float\" office:value=\"" value "\"><text:p>shown</text:p></table:table-cell>"

TEST(ods, reads_each_type_by_its_own_value)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_rows(mem, ROW(
        FLOAT("0")
        "<table:table-cell office:value-type=\"percentage\" office:value=\"0.125\"><text:p>13%</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"currency\" office:currency=\"CNY\" office:value=\"1200.5\"><text:p>￥1,200.50</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2025-09-01T08:00:00\"><text:p>9月1日</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"false\"><text:p>FALSE</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"string\" office:string-value=\"真\"><text:p>假</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"time\" office:time-value=\"PT08H30M00S\"><text:p>08:30</text:p></table:table-cell>"
        "<table:table-cell><text:p>无类型</text:p></table:table-cell>"));
    CHECK_INT(kind(grid, 1, 1), CELL_NUMBER);
    CHECK_NEAR(grid_at(grid, 1, 1)->number, 0, 0);
    CHECK_TEXT(shown(mem, grid, 1, 2), "12.5%");
    CHECK_NEAR(grid_at(grid, 1, 3)->number, 1200.5, 0);
    CHECK_INT(kind(grid, 1, 4), CELL_DATE);
    CHECK_TEXT(shown(mem, grid, 1, 4), "2025-09-01");
    CHECK_INT(kind(grid, 1, 5), CELL_BOOLEAN);
    CHECK_TEXT(shown(mem, grid, 1, 6), "真");
    CHECK_TEXT(shown(mem, grid, 1, 7), "08:30");
    CHECK_TEXT(shown(mem, grid, 1, 8), "无类型");
    arena_free(&mem);
}

TEST(ods, repeats_rows_and_columns_that_hold_something_and_passes_over_the_rest)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_rows(mem,
        "<table:table-column table:number-columns-repeated=\"16384\"/>"
        "<table:table-header-rows>"
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"2\"/>"
        "<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"7\"/>"
        "<table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row></table:table-header-rows>"
        "<table:table-row table:number-rows-repeated=\"9\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
        ROW(FLOAT("1")) "<table:table-row table:number-rows-repeated=\"1048563\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>");
    CHECK_INT(grid->n, 7);
    CHECK_NEAR(grid_at(grid, 1, 3)->number, 7, 0);
    CHECK_NEAR(grid_at(grid, 3, 4)->number, 7, 0);
    CHECK_NEAR(grid_at(grid, 13, 1)->number, 1, 0);
    arena_free(&mem);
}

TEST(ods, keeps_columns_in_place_behind_merged_cells)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_rows(mem,
        ROW("<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>合</text:p></table:table-cell>"
            "<table:covered-table-cell office:value-type=\"float\" office:value=\"99\"/>" FLOAT("3"))
        ROW("<table:covered-table-cell table:number-columns-repeated=\"2\"/>" FLOAT("4")));
    CHECK_INT(grid->n, 3);
    CHECK_NEAR(grid_at(grid, 1, 3)->number, 3, 0);
    CHECK_NEAR(grid_at(grid, 2, 3)->number, 4, 0);
    CHECK_INT(grid->n_merges, 1);
    CHECK_TEXT(grid_text(grid, grid_at_merged(grid, 2, 2)), "合");
    arena_free(&mem);
}

TEST(ods, joins_paragraphs_spans_and_spaces_and_leaves_comments_out)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_rows(mem, ROW(
        "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>批注</text:p></office:annotation>"
        "<text:p>\n  甲<text:span>乙 \n </text:span><text:s text:c=\"2\"/>丙<text:tab/>丁<text:line-break/>戊</text:p><text:p/><text:p>己<text:a>庚</text:a></text:p>"
        "<draw:frame><draw:text-box><text:p>画</text:p></draw:text-box></draw:frame></table:table-cell>"
        "<table:table-cell office:value-type=\"string\"><text:p>校<text:ruby><text:ruby-base>长</text:ruby-base><text:ruby-text>zhang</text:ruby-text></text:ruby></text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"string\"><text:p/></table:table-cell>" FLOAT("5")));
    CHECK_TEXT(shown(mem, grid, 1, 1), "甲乙   丙\t丁\n戊\n\n己庚");
    CHECK_TEXT(shown(mem, grid, 1, 2), "校长");
    CHECK_INT(kind(grid, 1, 3), -1);
    CHECK_NEAR(grid_at(grid, 1, 4)->number, 5, 0);
    arena_free(&mem);
}

TEST(ods, tells_errors_and_formulas_without_value)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_rows(mem, ROW(
        "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>"
        "<table:table-cell table:formula=\"of:=[.A1]\"/>"
        "<table:table-cell table:formula=\"of:=IF(1;&quot;&quot;;2)\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"string\"/>"
        "<table:table-cell table:formula=\"of:=[.A2]\" office:value-type=\"float\"/>"
        "<table:table-cell table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"2\"/>"));
    CHECK_INT(kind(grid, 1, 1), CELL_ERROR);
    CHECK_TEXT(shown(mem, grid, 1, 1), "#DIV/0!");
    CHECK_INT(kind(grid, 1, 2), CELL_UNKNOWN);
    CHECK_TEXT(shown(mem, grid, 1, 2), "of:=[.A1]");
    CHECK_INT(kind(grid, 1, 3), -1);
    CHECK_INT(kind(grid, 1, 4), CELL_UNKNOWN);
    CHECK_NEAR(grid_at(grid, 1, 5)->number, 2, 0);
    arena_free(&mem);
}

TEST(ods, knows_hidden_tables_and_reads_no_table_that_is_no_sheet)
{
    struct arena *mem = arena_new("test");
    const struct workbook book = read_tables(mem,
        "<table:tracked-changes><table:cell-content-change><table:table>" ROW(FLOAT("1")) "</table:table></table:cell-content-change></table:tracked-changes>"
        "<table:table table:name=\"一\" table:style-name=\"ta1\"><table:shapes><draw:frame><table:table>" ROW(FLOAT("8")) "</table:table></draw:frame></table:shapes>"
        ROW("<table:table-cell><table:table>" ROW(FLOAT("9")) "</table:table></table:table-cell>" FLOAT("2")) "</table:table>"
        "<table:table table:name=\"二\" table:style-name=\"ta2\"/>"
        "<table:dde-links><table:dde-link><table:table>" ROW(FLOAT("3")) "</table:table></table:dde-link></table:dde-links>",
        "<style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"true\"/></style:style>"
        "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>");
    CHECK_INT(book.n, 2);
    CHECK(!book.sheets[0]->hidden);
    CHECK(book.sheets[1]->hidden);
    CHECK_INT(book.sheets[0]->n, 1);
    CHECK_NEAR(grid_at(book.sheets[0], 1, 2)->number, 2, 0);
    arena_free(&mem);
}

static struct workbook read_good(struct arena *mem, const char *name)
{
    struct text bytes = TEXT("");
    struct err err;
    struct workbook book = { 0 };
    CHECK_OK(file_read(mem, check_path(mem, arena_printf(mem, "tests/import/good/%s", name)), 1 << 20, &bytes, &err), err);
    CHECK_OK(text_ends(text_of(name), TEXT(".ods")) ? ods_read(mem, bytes, &book, &err) : xlsx_read(mem, bytes, &book, &err), err);
    return book;
}

/* One workbook, written by libxlsxwriter and, from that, by LibreOffice as .ods and .xlsx. */
TEST(ods, and_xlsx_of_other_programs_read_alike)
{
    static const char *const NAMES[] = { "xlsx_libxlsxwriter.xlsx", "xlsx_libreoffice.xlsx", "ods_libreoffice.ods" };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        const struct workbook book = read_good(mem, NAMES[i]);
        CHECK_INT(book.n, 3);
        const struct grid *grid = book.sheets[0];
        CHECK_TEXT(grid->name, "小学");
        CHECK(!grid->hidden && book.sheets[1]->hidden && !book.sheets[2]->hidden);
        CHECK_INT(grid->n, 21);
        CHECK_INT(book.sheets[1]->n, 2);
        CHECK_INT(book.sheets[2]->n, 0);
        CHECK_TEXT(grid_text(grid, grid_at_merged(grid, 1, 7)), "虚构县小学情况表");
        CHECK_TEXT(shown(mem, grid, 2, 3), "在校生数");
        CHECK_TEXT(shown(mem, grid, 3, 1), "4101850001");
        CHECK_INT(kind(grid, 3, 1), CELL_TEXT);
        CHECK_NEAR(grid_at(grid, 3, 3)->number, 812, 0);
        CHECK_TEXT(shown(mem, grid, 3, 4), "1979-09-01");
        CHECK_TEXT(shown(mem, grid, 3, 5), "12.5%");
        CHECK_NEAR(grid_at(grid, 3, 7)->number, 5230.5 / 812, 1e-12);
        CHECK_TEXT(shown(mem, grid, 4, 2), "虚构镇第二小学\n（两行）");
        CHECK_TEXT(shown(mem, grid, 4, 3), "12人");
        CHECK_TEXT(shown(mem, grid, 4, 5), "0%");
        CHECK_INT(kind(grid, 4, 6), -1);
    }
    arena_free(&mem);
}
