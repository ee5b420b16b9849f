#include "check.h"

#include "base/file.h"
#include "import/grid.h"
#include "import/package.h"
#include "make_zip.h"

#define ROWS(rows) "<sheetData>" rows "</sheetData>"

static struct grid *read_one(struct arena *mem, const struct xlsx_inside *inside)
{
    struct workbook book;
    struct err err;
    CHECK_OK(xlsx_read(mem, make_xlsx(mem, inside), &book, &err), err);
    CHECK_INT(book.n, 1);
    return book.sheets[0];
}

static struct grid *read_sheet(struct arena *mem, const char *sheet)
{
    return read_one(mem, &(struct xlsx_inside){ .sheet = sheet });
}

static const char *shown(struct arena *mem, const struct grid *grid, uint32_t row, uint32_t column)
{
    const struct cell *cell = grid_at(grid, row, column);
    return cell ? text_string(mem, grid_shown(mem, grid, cell)) : "(blank)";
}

static int kind(const struct grid *grid, uint32_t row, uint32_t column)
{
    const struct cell *cell = grid_at(grid, row, column);
    return cell ? cell->kind : -1;
}

TEST(xlsx, reads_shared_inline_and_formula_texts)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_one(mem, &(struct xlsx_inside){
        .sheet = ROWS("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>内联</t></is></c>"
                      "<c r=\"C1\" t=\"str\"><f>A1&amp;B1</f><v>公式 &lt;1&gt;</v></c></row>"),
        .strings = "<si><t>甲</t></si><si><t>学校名称</t></si>",
    });
    CHECK_TEXT(grid->name, "学校");
    CHECK_INT(grid->n, 3);
    CHECK_TEXT(text_of(shown(mem, grid, 1, 1)), "学校名称");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 2)), "内联");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 3)), "公式 <1>");
    arena_free(&mem);
}

TEST(xlsx, joins_rich_text_and_leaves_phonetic_guides_out)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_one(mem, &(struct xlsx_inside){
        .sheet = ROWS("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><r><t>在校</t></r><r><rPr><b/></rPr>"
                      "<t>生数</t></r><rPh sb=\"0\" eb=\"1\"><t>ZAI</t></rPh></is></c></row>"),
        .strings = "<si><r><rPr><b/></rPr><t>教</t></r><r><t xml:space=\"preserve\"> 师 </t></r><r><t>\n 数\t</t></r>"
                   "<rPh sb=\"0\" eb=\"1\"><t>jiao</t></rPh><phoneticPr fontId=\"1\"/></si>",
    });
    CHECK_TEXT(text_of(shown(mem, grid, 1, 1)), "教 师 数");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 2)), "在校生数");
    arena_free(&mem);
}

TEST(xlsx, undoes_escaped_characters_in_texts)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_one(mem, &(struct xlsx_inside){
        .sheet = ROWS("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
                      "<c r=\"D1\" t=\"str\"><v>_x4E00_</v></c><c r=\"E1\" t=\"s\"><v>3</v></c></row>"),
        .strings = "<si><t>a_x000A_b_x005F_x000D_</t></si><si><t>_xD842__xDFB7_野家_xD800_</t></si><si><t>_x12_ _xyyyy_ x_x</t></si>"
                   "<si><t>_x0000_</t></si>",
    });
    CHECK_TEXT(text_of(shown(mem, grid, 1, 1)), "a\nb_x000D_");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 2)), "𠮷野家\xEF\xBF\xBD");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 3)), "_x12_ _xyyyy_ x_x");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 4)), "一");
    CHECK_INT(kind(grid, 1, 5), -1);
    arena_free(&mem);
}

TEST(xlsx, keeps_numbers_booleans_and_errors_apart)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_sheet(mem, ROWS(
        "<row r=\"3\"><c r=\"A3\"><v>0</v></c><c r=\"B3\" t=\"n\"><v> 1234.5 </v></c><c r=\"C3\" t=\"b\"><v>1</v></c>"
        "<c r=\"D3\" t=\"b\"><v>0</v></c><c r=\"E3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"F3\"><v>1E3</v></c>"
        "<c r=\"G3\"><v>twelve</v></c><c r=\"H3\"><v>1e999</v></c></row>"));
    CHECK_INT(kind(grid, 3, 1), CELL_NUMBER);
    CHECK_NEAR(grid_at(grid, 3, 1)->number, 0, 0);
    CHECK_NEAR(grid_at(grid, 3, 2)->number, 1234.5, 0);
    CHECK_INT(kind(grid, 3, 3), CELL_BOOLEAN);
    CHECK_NEAR(grid_at(grid, 3, 3)->number, 1, 0);
    CHECK_NEAR(grid_at(grid, 3, 4)->number, 0, 0);
    CHECK_INT(kind(grid, 3, 5), CELL_ERROR);
    CHECK_TEXT(text_of(shown(mem, grid, 3, 5)), "#DIV/0!");
    CHECK_NEAR(grid_at(grid, 3, 6)->number, 1000, 0);
    CHECK_INT(kind(grid, 3, 7), CELL_TEXT);
    CHECK_INT(kind(grid, 3, 8), CELL_TEXT);
    arena_free(&mem);
}

/* openpyxl writes <v/> behind every formula; Excel writes t="str" and <v></v> where =IF(A1="","",…) gave "". */
TEST(xlsx, tells_a_formula_without_value_from_one_that_gave_nothing)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_sheet(mem, ROWS(
        "<row r=\"1\"><c r=\"A1\"><f>SUM(B1:C1)</f><v/></c><c r=\"B1\"><f>C1</f></c><c r=\"C1\" t=\"str\"><f>IF(1,\"\",2)</f><v></v></c>"
        "<c r=\"D1\"><f t=\"shared\" si=\"0\"/></c><c r=\"E1\"><f>1+1</f><v>2</v></c></row>"));
    CHECK_INT(kind(grid, 1, 1), CELL_UNKNOWN);
    CHECK_TEXT(text_of(shown(mem, grid, 1, 1)), "SUM(B1:C1)");
    CHECK_INT(kind(grid, 1, 2), CELL_UNKNOWN);
    CHECK_INT(kind(grid, 1, 3), -1);
    CHECK_INT(kind(grid, 1, 4), CELL_UNKNOWN);
    CHECK_NEAR(grid_at(grid, 1, 5)->number, 2, 0);
    arena_free(&mem);
}

TEST(xlsx, stores_no_blank_cell_however_styled)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_one(mem, &(struct xlsx_inside){
        .sheet = ROWS("<row r=\"1\" s=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v></v></c>"
                      "<c r=\"D1\" t=\"inlineStr\"><is><t></t></is></c></row>"),
        .strings = "<si><t/></si>" });
    CHECK_INT(grid->n, 0);
    arena_free(&mem);
}

TEST(xlsx, places_cells_without_references_one_after_the_other)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_sheet(mem, ROWS(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r=\"5\"><c r=\"d5\"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>"));
    CHECK_NEAR(grid_at(grid, 1, 1)->number, 1, 0);
    CHECK_NEAR(grid_at(grid, 1, 3)->number, 3, 0);
    CHECK_NEAR(grid_at(grid, 5, 4)->number, 4, 0);
    CHECK_NEAR(grid_at(grid, 5, 5)->number, 5, 0);
    CHECK_NEAR(grid_at(grid, 6, 1)->number, 6, 0);
    CHECK_INT(grid->n, 5);
    arena_free(&mem);
}

#define DATES                                                                                                       \
    "<numFmts count=\"4\"><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"   \
    "<numFmt numFmtId=\"177\" formatCode=\"0.00%\"/><numFmt numFmtId=\"178\" formatCode=\"[Red]#,##0.00\"/>"            \
    "<numFmt numFmtId=\"179\" formatCode=\"[h]:mm:ss\"/></numFmts>"                                                  \
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs>"                                                 \
    "<cellXfs count=\"9\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/>"      \
    "<xf numFmtId=\"178\"/><xf numFmtId=\"179\"/><xf numFmtId=\"31\"/><xf numFmtId=\"57\"/><xf numFmtId=\"9\"/></cellXfs>"

TEST(xlsx, reads_dates_and_percentages_by_their_number_formats)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_one(mem, &(struct xlsx_inside){
        .sheet = ROWS("<row r=\"1\"><c r=\"A1\" s=\"0\"><v>45901</v></c><c r=\"B1\" s=\"1\"><v>45901</v></c><c r=\"C1\" s=\"2\"><v>29099.75</v></c>"
                      "<c r=\"D1\" s=\"3\"><v>0.125</v></c><c r=\"E1\" s=\"4\"><v>45901</v></c><c r=\"F1\" s=\"5\"><v>1.5</v></c>"
                      "<c r=\"G1\" s=\"6\"><v>45901</v></c><c r=\"H1\" s=\"7\"><v>45901</v></c><c r=\"I1\" s=\"8\"><v>1</v></c>"
                      "<c r=\"J1\" s=\"1\"><v>-1</v></c><c r=\"K1\" s=\"99\"><v>7</v></c></row>"),
        .styles = DATES });
    CHECK_INT(kind(grid, 1, 1), CELL_NUMBER);
    CHECK_TEXT(text_of(shown(mem, grid, 1, 2)), "2025-09-01");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 3)), "1979-09-01");
    CHECK_TEXT(text_of(shown(mem, grid, 1, 4)), "12.5%");
    CHECK_NEAR(grid_at(grid, 1, 4)->number, 0.125, 0);
    CHECK_INT(kind(grid, 1, 5), CELL_NUMBER);
    CHECK_INT(kind(grid, 1, 6), CELL_NUMBER);   /* a time is no date */
    CHECK_INT(kind(grid, 1, 7), CELL_DATE);
    CHECK_INT(kind(grid, 1, 8), CELL_DATE);
    CHECK_TEXT(text_of(shown(mem, grid, 1, 9)), "100%");
    CHECK_INT(kind(grid, 1, 10), CELL_NUMBER);  /* no day */
    CHECK_INT(kind(grid, 1, 11), CELL_NUMBER);  /* no such style */
    arena_free(&mem);
}

TEST(xlsx, counts_days_from_1904_where_the_workbook_does)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_one(mem, &(struct xlsx_inside){
        .sheet = ROWS("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44439</v></c></row>"),
        .styles = DATES, .book = "<workbookPr date1904=\"1\"/>" });
    CHECK_TEXT(text_of(shown(mem, grid, 1, 1)), "2025-09-01");
    arena_free(&mem);
}

TEST(xlsx, reads_iso_dates_of_strict_workbooks)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_sheet(mem, ROWS(
        "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2025-09-01</v></c><c r=\"B1\" t=\"d\"><v>1980-08-31T12:00:00Z</v></c>"
        "<c r=\"C1\" t=\"d\"><v>2025-13-01</v></c></row>"));
    CHECK_TEXT(text_of(shown(mem, grid, 1, 1)), "2025-09-01");
    CHECK_INT(kind(grid, 1, 1), CELL_DATE);
    CHECK_TEXT(text_of(shown(mem, grid, 1, 2)), "1980-08-31");
    CHECK_INT(kind(grid, 1, 3), CELL_TEXT);
    arena_free(&mem);
}

TEST(xlsx, knows_merged_ranges)
{
    struct arena *mem = arena_new("test");
    const struct grid *grid = read_sheet(mem, ROWS("<row r=\"1\"><c r=\"B1\"><v>5</v></c></row>")
        "<mergeCells count=\"3\"><mergeCell ref=\"B1:D2\"/><mergeCell ref=\"F1\"/><mergeCell ref=\"A9:A10\"/></mergeCells>");
    CHECK_INT(grid->n_merges, 2);
    CHECK_NEAR(grid_at_merged(grid, 2, 4)->number, 5, 0);
    CHECK(grid_at_merged(grid, 3, 4) == NULL);
    arena_free(&mem);
}

#define XML "<?xml version=\"1.0\"?>"

/* Strict namespaces with a prefix, the workbook elsewhere, absolute, upward and percent-coded
 * targets, backslashes and other capitals in the zip, a chart among the sheets. */
TEST(xlsx, finds_parts_wherever_they_are_and_whatever_their_prefix)
{
    struct arena *mem = arena_new("test");
    struct zip_maker *maker = zip_maker_new(mem);
    zip_maker_add(maker, "[content_types].xml", TEXT(XML "<Types/>"));
    zip_maker_add(maker, "_rels\\.rels", TEXT(XML "<R><Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" "
        "Target=\"/Books/book.xml\"/></R>"));
    zip_maker_add(maker, "books/Book.xml", TEXT(XML "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:q=\"q\"><x:sheets>"
        "<x:sheet name=\"二\" sheetId=\"7\" q:id=\"s2\" state=\"veryHidden\"/><x:sheet name=\"图\" sheetId=\"3\" q:id=\"s3\"/>"
        "<x:sheet name=\"一\" sheetId=\"1\" q:id=\"s1\" state=\"visible\"/></x:sheets></x:workbook>"));
    zip_maker_add(maker, "books/_rels/Book.xml.rels", TEXT(XML "<R>"
        "<Relationship Id=\"s1\" Type=\"x/worksheet\" Target=\"../data/./sheet%20one.xml\"/>"
        "<Relationship Id=\"s2\" Type=\"x/worksheet\" Target=\"/data/sheet2.xml\"/>"
        "<Relationship Id=\"s3\" Type=\"x/chartsheet\" Target=\"charts/1.xml\"/>"
        "<Relationship Id=\"h\" Type=\"x/hyperlink\" Target=\"http://example.com/\" TargetMode=\"External\"/></R>"));
    zip_maker_add(maker, "data/sheet one.xml", TEXT(XML "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"2\"><x:c r=\"A2\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"));
    zip_maker_add(maker, "data/sheet2.xml", TEXT(XML "<worksheet><sheetData/></worksheet>"));
    struct workbook book;
    struct err err;
    CHECK_OK(xlsx_read(mem, zip_maker_bytes(maker), &book, &err), err);
    CHECK_INT(book.n, 2);
    CHECK_TEXT(book.sheets[0]->name, "二");
    CHECK(book.sheets[0]->hidden);
    CHECK_TEXT(book.sheets[1]->name, "一");
    CHECK(!book.sheets[1]->hidden);
    CHECK_NEAR(grid_at(book.sheets[1], 2, 1)->number, 1, 0);
    arena_free(&mem);
}

TEST(xlsx, reads_parts_in_utf16)
{
    struct arena *mem = arena_new("test");
    struct buf strings = { .mem = mem };
    const struct text from = TEXT("<?xml version=\"1.0\" encoding=\"UTF-16\"?><sst><si><t>X</t></si></sst>");
    buf_add(&strings, TEXT("\xFF\xFE"));
    for (size_t i = 0; i < from.size; i++) {
        buf_byte(&strings, from.at[i] == 'X' ? '\x66' : from.at[i]);
        buf_byte(&strings, from.at[i] == 'X' ? '\x5B' : '\0');   /* 学 */
    }
    struct zip_maker *maker = zip_maker_new(mem);
    zip_maker_add(maker, "[Content_Types].xml", TEXT(XML "<Types/>"));
    zip_maker_add(maker, "xl/workbook.xml", TEXT(XML "<workbook><sheets><sheet name=\"一\" id=\"a\"/></sheets></workbook>"));
    zip_maker_add(maker, "xl/_rels/workbook.xml.rels", TEXT(XML "<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/>"
        "<Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"t.xml\"/></R>"));
    zip_maker_add(maker, "xl/s.xml", TEXT(XML "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>"));
    zip_maker_add(maker, "xl/t.xml", buf_text(&strings));
    struct workbook book;
    struct err err;
    CHECK_OK(xlsx_read(mem, zip_maker_bytes(maker), &book, &err), err);
    CHECK_TEXT(text_of(shown(mem, book.sheets[0], 1, 1)), "学");
    arena_free(&mem);
}

/* The official form's maker lists every content type it knows as a default by extension. */
TEST(xlsx, does_not_take_a_default_content_type_for_a_macro)
{
    struct arena *mem = arena_new("test");
    struct zip_maker *maker = zip_maker_new(mem);
    zip_maker_add(maker, "[Content_Types].xml", TEXT(XML "<Types><Default Extension=\"bin\" "
        "ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>"));
    zip_maker_add(maker, "xl/workbook.xml", TEXT(XML "<workbook><sheets><sheet name=\"一\" id=\"a\"/></sheets></workbook>"));
    zip_maker_add(maker, "xl/_rels/workbook.xml.rels", TEXT(XML "<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/></R>"));
    zip_maker_add(maker, "xl/s.xml", TEXT(XML "<worksheet/>"));
    struct workbook book;
    struct err err;
    CHECK_OK(xlsx_read(mem, zip_maker_bytes(maker), &book, &err), err);
    arena_free(&mem);
}

TEST(xlsx, reads_what_was_written_to_a_pipe_with_a_64_bit_directory)
{
    struct arena *mem = arena_new("test");
    struct text bytes = TEXT("");
    struct workbook book;
    struct err err;
    CHECK_OK(file_read(mem, check_path(mem, "tests/import/good/xlsx_streamed_zip64.xlsx"), 1 << 20, &bytes, &err), err);
    CHECK_OK(xlsx_read(mem, bytes, &book, &err), err);
    CHECK_TEXT(text_of(shown(mem, book.sheets[0], 1, 1)), "学校名称");
    CHECK_NEAR(grid_at(book.sheets[0], 1, 2)->number, 5, 0);
    arena_free(&mem);
}

TEST(xlsx, reads_the_official_forms)
{
    struct arena *mem = arena_new("test");
    struct workbook book;
    struct err err;
    CHECK_OK(xlsx_read(mem, check_shared(mem, "data/forms/学校填报表格.xlsx"), &book, &err), err);
    CHECK_TEXT(text_of(shown(mem, book.sheets[0], 1, 3)), "填报项目");
    CHECK_TEXT(text_of(shown(mem, book.sheets[0], 4, 3)), "学校代码");
    CHECK_OK(xlsx_read(mem, check_shared(mem, "data/forms/区县填报表格.xlsx"), &book, &err), err);
    CHECK(book.sheets[0]->n > 50);
    arena_free(&mem);
}

/* 50,000 rows of ten blank styled cells, and a row of 16,384: nothing is kept of them. */
TEST(xlsx, spends_no_memory_on_empty_columns)
{
    struct arena *mem = arena_new("test");
    struct buf rows = { .mem = mem };
    for (int row = 1; row <= 60; row++) {
        buf_printf(&rows, "<row r=\"%d\">", row);
        for (int column = 0; column < 16384; column++)
            buf_add(&rows, TEXT("<c s=\"1\"/>"));
        buf_add(&rows, TEXT("</row>"));
    }
    const char *sheet = arena_printf(mem, "<sheetData>%.*s</sheetData>", TEXT_ARG(buf_text(&rows)));
    struct text file;
    {
        struct zip_maker *maker = zip_maker_new(mem);
        zip_maker_add(maker, "[Content_Types].xml", TEXT(XML "<Types/>"));
        zip_maker_add(maker, "xl/workbook.xml", TEXT(XML "<workbook><sheets><sheet name=\"一\" id=\"a\"/></sheets></workbook>"));
        zip_maker_add(maker, "xl/_rels/workbook.xml.rels", TEXT(XML "<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/></R>"));
        zip_maker_store(maker, "xl/s.xml", text_printf(mem, XML "<worksheet>%s</worksheet>", sheet));
        file = zip_maker_bytes(maker);
    }
    struct arena *read = arena_new("read");
    struct workbook book;
    struct err err;
    CHECK_OK(xlsx_read(read, file, &book, &err), err);
    CHECK_INT(book.sheets[0]->n, 0);
    CHECK(arena_size(read) < 1 << 20);
    arena_free(&read);
    arena_free(&mem);
}
