#include "check.h"

#include "base/file.h"
#include "import/annotate.h"
#include "import/grid.h"
#include "import/package.h"
#include "make_zip.h"

#define STYLES                                                                                                \
    "<fonts count=\"1\"><font><sz val=\"11\"/></font></fonts>"                                                \
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>" \
    "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\"/></cellStyleXfs>"   \
    "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"            \
    "<xf numFmtId=\"10\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"><alignment horizontal=\"center\"/></xf>" \
    "<xf numFmtId='14' xfId='0'/></cellXfs>"

static struct text load(struct arena *mem, struct text file, const char *path)
{
    struct package *package;
    struct err err;
    struct text part = TEXT("");
    CHECK_OK(package_open(mem, file, &package, &err), err);
    const size_t at = package_find(package, text_of(path));
    if (at == NO_PART)
        fail_msg("there is no %s", path);
    CHECK_OK(part_load(mem, package, at, &part, &err), err);
    return part;
}

static struct findings *begin(struct arena *mem)
{
    struct findings *findings = arena_make(mem, struct findings);
    findings->mem = mem;
    return findings;
}

static void found(struct findings *findings, enum finding_level level, const char *sheet, uint32_t row, uint32_t column, const char *read)
{
    finding_add(findings, &(struct finding){ .level = level, .rule = TEXT("cell.number"), .file = TEXT("学校.xlsx"), .sheet = text_of(sheet),
                                             .row = row, .column = column, .read = text_of(read), .expected = TEXT("应为整数"),
                                             .mend = TEXT("删去“人”字") });
}

static void check_same_cells(struct arena *mem, struct text before, struct text after)
{
    struct workbook a, b;
    struct err err;
    CHECK_OK(xlsx_read(mem, before, &a, &err), err);
    CHECK_OK(xlsx_read(mem, after, &b, &err), err);
    CHECK_INT(a.n, b.n);
    for (size_t s = 0; s < a.n; s++) {
        const struct grid *x = a.sheets[s], *y = b.sheets[s];
        CHECK(text_equal(x->name, y->name) && x->hidden == y->hidden && x->n_merges == y->n_merges);
        CHECK_INT(x->n, y->n);
        for (size_t i = 0; i < x->n; i++) {
            const struct cell *p = &x->cells[i], *q = &y->cells[i];
            CHECK(p->row == q->row && p->column == q->column && p->kind == q->kind && p->percent == q->percent);
            CHECK(text_equal(grid_shown(mem, x, p), grid_shown(mem, y, q)));
        }
    }
}

/* Annotates, and holds it to what is true of every annotation: the same cells, whole XML. */
static struct text annotated(struct arena *mem, struct text file, const struct findings *findings)
{
    struct text made = TEXT("");
    struct err err;
    CHECK_OK(xlsx_annotate(mem, file, findings, &made, &err), err);
    check_same_cells(mem, file, made);
    return made;
}

#define SHEET "xl/worksheets/sheet1.xml"

TEST(annotate, adds_a_fill_to_the_cells_own_style)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){
        .sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>12人</t></is></c><c r=\"B1\" s=\"1\"><v>0.5</v></c>"
                 "<c s='2' r='C1'><v>45901</v></c><c r=\"D1\" s=\"1\"><v>0.7</v></c></row></sheetData>", .styles = STYLES });
    struct findings *findings = begin(mem);
    found(findings, FINDING_ERROR, "学校", 1, 1, "12人");
    found(findings, FINDING_WARNING, "学校", 1, 2, "50%");
    found(findings, FINDING_ERROR, "学校", 1, 3, "2025-09-01");
    found(findings, FINDING_WARNING, "学校", 1, 4, "70%");
    const struct text made = annotated(mem, file, findings);
    const struct text sheet = load(mem, made, SHEET), styles = load(mem, made, "xl/styles.xml");
    CHECK_CONTAINS(sheet, "<c s=\"3\" r=\"A1\" t=\"inlineStr\">");
    CHECK_CONTAINS(sheet, "<c r=\"B1\" s=\"4\">");
    CHECK_CONTAINS(sheet, "<c s='5' r='C1'>");
    CHECK_CONTAINS(sheet, "<c r=\"D1\" s=\"4\">");
    CHECK_CONTAINS(styles, "<fills count=\"4\">");
    CHECK_CONTAINS(styles, "<fgColor rgb=\"FFFBE6E3\"/>");
    CHECK_CONTAINS(styles, "<fgColor rgb=\"FFFDF3DC\"/>");
    CHECK_CONTAINS(styles, "<cellXfs count=\"6\">");
    CHECK_CONTAINS(styles, "<xf applyFill=\"1\" numFmtId=\"10\" fontId=\"0\" fillId=\"3\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\">"
                           "<alignment horizontal=\"center\"/></xf>");
    CHECK_CONTAINS(styles, "<xf applyFill=\"1\" fillId=\"2\" numFmtId='14' xfId='0'/></cellXfs>");
    arena_free(&mem);
}

TEST(annotate, says_in_a_comment_what_was_read_expected_and_how_to_mend_it)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){
        .sheet = "<sheetData><row r=\"3\"><c r=\"C3\"><v>1</v></c></row></sheetData><tableParts count=\"0\"/><extLst/>", .styles = STYLES });
    struct findings *findings = begin(mem);
    found(findings, FINDING_ERROR, "学校", 3, 3, "<1 & 2>\x01");
    const struct text made = annotated(mem, file, findings);
    const struct text comments = load(mem, made, "xl/comments1.xml");
    CHECK_CONTAINS(comments, "<author>&#x5747;&#x8861;</author>");
    CHECK_CONTAINS(comments, "<comment ref=\"C3\" authorId=\"0\">");
    /* 【错误】读到“<1 & 2>”，应为整数。删去“人”字。 */
    CHECK_CONTAINS(comments, "&#x3010;&#x9519;&#x8BEF;&#x3011;&#x8BFB;&#x5230;&#x201C;&#x3C;1 &#x26; 2&#x3E;&#x201D;&#xFF0C;"
                             "&#x5E94;&#x4E3A;&#x6574;&#x6570;&#x3002;&#x5220;&#x53BB;&#x201C;&#x4EBA;&#x201D;&#x5B57;&#x3002;</t>");
    const struct text sheet = load(mem, made, SHEET), boxes = load(mem, made, "xl/drawings/vmlDrawing1.vml");
    CHECK_CONTAINS(sheet, "</sheetData><legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
                          "r:id=\"rIdJunheng2\"/><tableParts");
    CHECK_CONTAINS(boxes, "<x:Row>2</x:Row><x:Column>2</x:Column>");
    CHECK_CONTAINS(boxes, "visibility:hidden");
    const struct text relations = load(mem, made, "xl/worksheets/_rels/sheet1.xml.rels");
    CHECK_CONTAINS(relations, "relationships/comments\" Target=\"/xl/comments1.xml\"");
    CHECK_CONTAINS(relations, "Id=\"rIdJunheng2\"");
    CHECK_CONTAINS(load(mem, made, "[Content_Types].xml"), "<Override PartName=\"/xl/comments1.xml\" ContentType=\"application/vnd."
                   "openxmlformats-officedocument.spreadsheetml.comments+xml\"/></Types>");
    arena_free(&mem);
}

TEST(annotate, makes_a_cell_in_its_place_where_none_was)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){
        .sheet = "<cols><col min=\"3\" max=\"4\" style=\"1\"/></cols><sheetData><row r=\"2\" spans=\"1:4\"><c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>2</v></c></row>"
                 "<row r=\"4\" s=\"2\" customFormat=\"1\"/><row r=\"7\"><c><v>7</v></c></row><row><c><v>8</v></c></row></sheetData>", .styles = STYLES });
    struct findings *findings = begin(mem);
    found(findings, FINDING_ERROR, "学校", 2, 3, "");    /* between; column style */
    found(findings, FINDING_ERROR, "学校", 2, 1, "");    /* before */
    found(findings, FINDING_ERROR, "学校", 2, 9, "");    /* behind, beyond spans */
    found(findings, FINDING_ERROR, "学校", 4, 2, "");    /* an empty row; its style */
    found(findings, FINDING_ERROR, "学校", 5, 1, "");    /* no row */
    found(findings, FINDING_NOTE, "学校", 6, 1, "");     /* a note makes no cell */
    found(findings, FINDING_ERROR, "学校", 7, 2, "");
    found(findings, FINDING_ERROR, "学校", 9, 27, "");   /* behind all rows */
    const struct text sheet = load(mem, annotated(mem, file, findings), SHEET);
    CHECK_CONTAINS(sheet, "<row r=\"2\"><c r=\"A2\" s=\"3\"/><c r=\"B2\"><v>1</v></c><c r=\"C2\" s=\"4\"/><c r=\"D2\"><v>2</v></c><c r=\"I2\" s=\"3\"/></row>");
    CHECK_CONTAINS(sheet, "<row r=\"4\" s=\"2\" customFormat=\"1\"><c r=\"B4\" s=\"5\"/></row><row r=\"5\"><c r=\"A5\" s=\"3\"/></row><row r=\"7\">");
    CHECK_CONTAINS(sheet, "<c><v>7</v></c><c r=\"B7\" s=\"3\"/></row><row><c><v>8</v></c></row><row r=\"9\"><c r=\"AA9\" s=\"3\"/></row></sheetData>");
    arena_free(&mem);
}

TEST(annotate, fills_a_sheet_that_was_empty)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){ .sheet = "<sheetData/>" });   /* and no styles */
    struct findings *findings = begin(mem);
    found(findings, FINDING_WARNING, "学校", 2, 2, "");
    const struct text made = annotated(mem, file, findings);
    CHECK_CONTAINS(load(mem, made, SHEET), "<sheetData><row r=\"2\"><c r=\"B2\" s=\"1\"/></row></sheetData><legacyDrawing");
    CHECK_CONTAINS(load(mem, made, "xl/styles1.xml"), "<cellXfs count=\"2\">");
    CHECK_CONTAINS(load(mem, made, "xl/_rels/workbook.xml.rels"), "/styles\" Target=\"/xl/styles1.xml\"");
    arena_free(&mem);
}

TEST(annotate, gathers_what_is_about_no_cell_in_a_comment_on_a1)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){
        .sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>", .styles = STYLES });
    struct findings *findings = begin(mem);
    found(findings, FINDING_ERROR, "学校", 0, 0, "甲");
    found(findings, FINDING_WARNING, "学校", 7, 0, "乙");
    const struct text made = annotated(mem, file, findings);
    const struct text comments = load(mem, made, "xl/comments1.xml");
    CHECK_CONTAINS(comments, "<comment ref=\"A1\" ");
    CHECK_CONTAINS(comments, "&#x7532;");          /* 甲 */
    CHECK_CONTAINS(comments, "&#x7B2C; 7 &#x884C;"); /* 第 7 行 */
    CHECK_CONTAINS(load(mem, made, SHEET), "<c r=\"A1\"><v>1</v></c>");   /* no fill */
    CHECK(text_equal(load(mem, made, "xl/styles.xml"), load(mem, file, "xl/styles.xml")));
    arena_free(&mem);
}

TEST(annotate, gives_the_file_back_untouched_when_nothing_is_about_its_sheets)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){ .sheet = "<sheetData/>" });
    struct findings *findings = begin(mem);
    found(findings, FINDING_ERROR, "另一张表", 1, 1, "12人");
    CHECK(text_equal(annotated(mem, file, findings), file));
    CHECK(text_equal(annotated(mem, file, begin(mem)), file));
    arena_free(&mem);
}

TEST(annotate, marks_the_first_cell_of_a_merged_range)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){
        .sheet = "<sheetData><row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"C1\"/></row></sheetData>"
                 "<mergeCells count=\"1\"><mergeCell ref=\"B1:D4\"/></mergeCells>", .styles = STYLES });
    struct findings *findings = begin(mem);
    found(findings, FINDING_ERROR, "学校", 3, 4, "");
    const struct text made = annotated(mem, file, findings);
    CHECK_CONTAINS(load(mem, made, "xl/comments1.xml"), "ref=\"B1\"");
    CHECK_CONTAINS(load(mem, made, SHEET), "<c s=\"3\" r=\"B1\"><v>1</v></c><c r=\"C1\"/></row>");
    arena_free(&mem);
}

static struct text with_comments(struct arena *mem)
{
    return make_xlsx(mem, &(struct xlsx_inside){
        .sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c></row></sheetData><legacyDrawing r:id=\"v\"/>",
        .styles = STYLES,
        .sheet_rels = "<Relationship Id=\"v\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing\" Target=\"../drawings/vmlDrawing1.vml\"/>"
                      "<Relationship Id=\"c\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"../comments1.xml\"/>",
        .part_name = "xl/comments1.xml",
        .part = "<?xml version=\"1.0\"?><x:comments xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:authors><x:author>张三</x:author></x:authors>"
                "<x:commentList><x:comment ref=\"A1\" authorId=\"0\"><x:text><x:r><x:t>含学</x:t></x:r><x:r><x:t>前班</x:t></x:r></x:text></x:comment>"
                "<x:comment ref=\"C1\" authorId=\"0\"><x:text/></x:comment></x:commentList></x:comments>",
        .part_name_2 = "xl/drawings/vmlDrawing1.vml",
        .part_2 = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shapetype id=\"_x0000_t202\"/><v:shape id=\"_x0000_s1027\"><br></v:shape></xml>" });
}

TEST(annotate, keeps_comments_and_drawings_that_are_there)
{
    struct arena *mem = arena_new("test");
    struct findings *findings = begin(mem);
    for (uint32_t column = 1; column <= 3; column++)
        found(findings, FINDING_ERROR, "学校", 1, column, "12人");
    const struct text made = annotated(mem, with_comments(mem), findings);
    const struct text comments = load(mem, made, "xl/comments1.xml"), boxes = load(mem, made, "xl/drawings/vmlDrawing1.vml");
    CHECK_CONTAINS(comments, "<x:author>张三</x:author><x:author>&#x5747;&#x8861;</x:author>");
    CHECK_CONTAINS(comments, "<x:t>含学</x:t></x:r><x:r><x:t>前班&#xA;&#xA;&#x5747;&#x8861;&#xFF1A;&#xA;&#x3010;");
    CHECK_CONTAINS(comments, "<x:comment ref=\"C1\" authorId=\"0\"><x:text><x:r>");
    CHECK_CONTAINS(comments, "<x:comment ref=\"B1\" authorId=\"1\"><x:text><x:r>");
    CHECK_CONTAINS(boxes, "<v:shape id=\"_x0000_s1027\"><br></v:shape><v:shape ");
    CHECK_CONTAINS(boxes, "id=\"_x0000_s1028\"");
    CHECK_CONTAINS(boxes, "<x:Row>0</x:Row><x:Column>1</x:Column>");
    CHECK(!text_find(boxes, TEXT("_x0000_s1029"), NULL));          /* A1 and C1 have theirs */
    CHECK_CONTAINS(load(mem, made, SHEET), "</sheetData><legacyDrawing r:id=\"v\"/></worksheet>");
    arena_free(&mem);
}

TEST(annotate, replaces_its_own_comment_when_the_file_comes_again)
{
    struct arena *mem = arena_new("test");
    struct findings *first = begin(mem), *second = begin(mem);
    found(first, FINDING_ERROR, "学校", 1, 2, "12人");
    found(second, FINDING_ERROR, "学校", 1, 2, "一二");
    const struct text again = annotated(mem, annotated(mem, with_comments(mem), first), second);
    const struct text comments = load(mem, again, "xl/comments1.xml");
    CHECK_CONTAINS(comments, "&#x4E00;&#x4E8C;");                          /* 一二 */
    CHECK(!text_find(comments, TEXT("12&#x4EBA;"), NULL));                 /* 12人 */
    size_t at;
    CHECK(text_find(comments, TEXT("ref=\"B1\""), &at));
    const struct text rest = { comments.at + at + 8, comments.size - at - 8 };
    CHECK(!text_find(rest, TEXT("ref=\"B1\""), NULL));
    arena_free(&mem);
}

TEST(annotate, leaves_every_other_part_byte_for_byte)
{
    static const char *const CHANGED[] = { "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/comments1.xml",
                                           "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels" };
    static const char *const FILES[] = { "tests/import/good/xlsx_libreoffice.xlsx", "tests/import/good/xlsx_libxlsxwriter.xlsx" };
    for (size_t f = 0; f < COUNT(FILES); f++) {
        struct arena *mem = arena_new("test");
        struct text file = TEXT("");
        struct err err;
        CHECK_OK(file_read(mem, check_path(mem, FILES[f]), 1 << 20, &file, &err), err);
        struct findings *findings = begin(mem);
        found(findings, FINDING_ERROR, "小学", 4, 3, "12人");
        found(findings, FINDING_WARNING, "小学", 4, 6, "");
        found(findings, FINDING_ERROR, "小学", 3, 3, "812");
        const struct text made = annotated(mem, file, findings);
        struct package *before, *after;
        CHECK_OK(package_open(mem, file, &before, &err) && package_open(mem, made, &after, &err), err);
        CHECK_INT(package_size(after), package_size(before));   /* it had comments: nothing is new */
        for (size_t i = 0; i < package_size(before); i++) {
            const char *path = text_string(mem, package_name(before, i));
            bool may_change = false;
            for (size_t c = 0; c < COUNT(CHANGED); c++)
                may_change |= strcmp(path, CHANGED[c]) == 0;
            CHECK(text_equal(package_name(after, i), package_name(before, i)));
            if (!may_change && !text_equal(load(mem, made, path), load(mem, file, path)))
                fail_msg("%s: %s changed", FILES[f], path);
        }
        CHECK_CONTAINS(load(mem, made, "xl/comments1.xml"), "含学前班吗？&#xA;&#xA;");
        arena_free(&mem);
    }
}

TEST(annotate, cuts_a_comment_that_nobody_would_read_to_its_end)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){ .sheet = "<sheetData/>", .styles = STYLES });
    struct findings *findings = begin(mem);
    for (int i = 0; i < 5000; i++)
        found(findings, FINDING_NOTE, "学校", 0, 0, "未用的列");
    const struct text comments = load(mem, annotated(mem, file, findings), "xl/comments1.xml");
    CHECK_CONTAINS(comments, "junheng check");
    CHECK(comments.size < 60000);
    arena_free(&mem);
}

TEST(annotate, gives_each_of_many_cells_its_comment)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){ .sheet = "<sheetData/>", .styles = STYLES });
    struct findings *findings = begin(mem);
    for (uint32_t row = 1; row <= 3000; row++)
        found(findings, FINDING_ERROR, "学校", row, 2, "x");
    const struct text boxes = load(mem, annotated(mem, file, findings), "xl/drawings/vmlDrawing1.vml");
    CHECK_CONTAINS(boxes, "data=\"100,101,102\"");
    CHECK_CONTAINS(boxes, "<x:Row>2999</x:Row>");
    arena_free(&mem);
}

/* They pack 200 : 1; a reader that refuses 100 : 1 must still take them back. */
TEST(annotate, gives_a_file_that_can_be_annotated_again_however_alike_its_comments)
{
    struct arena *mem = arena_new("test");
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){ .sheet = "<sheetData/>", .styles = STYLES });
    struct findings *findings = begin(mem);
    const char *read = arena_printf(mem, "%0250d", 7);
    for (uint32_t row = 1; row <= 4000; row++)
        found(findings, FINDING_WARNING, "学校", row, 2, read);
    const struct text once = annotated(mem, file, findings);
    CHECK(load(mem, once, "xl/comments1.xml").size > 1 << 20);
    annotated(mem, once, findings);
    arena_free(&mem);
}

TEST(annotate, says_so_when_it_cannot_edit_a_part)
{
    struct arena *mem = arena_new("test");
    struct zip_maker *maker = zip_maker_new(mem);
    struct buf sheet = { .mem = mem };
    const struct text from = TEXT("<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>");
    buf_add(&sheet, TEXT("\xFF\xFE"));
    for (size_t i = 0; i < from.size; i++) {
        buf_byte(&sheet, from.at[i]);
        buf_byte(&sheet, '\0');
    }
    zip_maker_add(maker, "[Content_Types].xml", TEXT("<Types/>"));
    zip_maker_add(maker, "xl/workbook.xml", TEXT("<workbook><sheets><sheet name=\"学校\" id=\"a\"/></sheets></workbook>"));
    zip_maker_add(maker, "xl/_rels/workbook.xml.rels", TEXT("<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/></R>"));
    zip_maker_add(maker, "xl/s.xml", buf_text(&sheet));
    struct findings *findings = begin(mem);
    found(findings, FINDING_NOTE, "学校", 1, 1, "");
    struct text made;
    struct err err;
    CHECK(!xlsx_annotate(mem, zip_maker_bytes(maker), findings, &made, &err));
    CHECK_CONTAINS(text_of(err.what), "UTF-16");
    CHECK_CONTAINS(text_of(err.hint), "另存为");
    arena_free(&mem);
}
