/* Workbooks that must be turned away, each with its sentence and its remedy. */
#include "check.h"

#include "base/csv.h"
#include "base/file.h"
#include "import/grid.h"
#include "import/package.h"
#include "make_zip.h"

#include <time.h>

typedef bool reader(struct arena *mem, struct text bytes, struct workbook *out, struct err *err);

/* Of this process alone: the machine may be busy. */
static double seconds_used(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct text repository_file(struct arena *mem, const char *path)
{
    struct text bytes = TEXT("");
    struct err err;
    CHECK_OK(file_read(mem, check_path(mem, path), 1 << 20, &bytes, &err), err);
    return bytes;
}

/* Within 3 s, under the sanitizers too. */
static void check_refused(const char *name, reader *read, struct text bytes, struct text says, struct text remedy)
{
    struct arena *mem = arena_new("refused");
    struct workbook book = { 0 };
    struct err err = { 0 };
    const double start = seconds_used();
    if (read(mem, bytes, &book, &err))
        fail_msg("%s was read", name);
    if (seconds_used() - start > 3)
        fail_msg("%s took %.1f s", name, seconds_used() - start);
    CHECK(book.n == 0);
    CHECK(err.kind == ERR_INPUT || err.kind == ERR_LIMIT);
    const struct text what = text_of(err.what), hint = text_of(err.hint);
    if (!text_find(what, says, NULL) || !text_ends(what, TEXT("。")))
        fail_msg("%s: \"%s\" (%s), expected \"%.*s\"", name, err.what, err.detail, TEXT_ARG(says));
    if (!text_find(hint, remedy, NULL) || !text_ends(hint, TEXT("。")))
        fail_msg("%s: hint \"%s\", expected \"%.*s\"", name, err.hint, TEXT_ARG(remedy));
    arena_free(&mem);
}

static size_t check_table(const char *table_path, reader *read)
{
    struct arena *mem = arena_new("test");
    const struct text table = repository_file(mem, table_path);
    struct csv_scanner rows = { table.at, table.at + table.size, ',' };
    struct csv_field field[3];
    size_t n, refused = 0;
    CHECK_INT(csv_next(&rows, field, 3, &n), CSV_ROW);
    while (csv_next(&rows, field, 3, &n) == CSV_ROW) {
        CHECK_INT(n, 3);
        const char *path = arena_printf(mem, "tests/import/refused/%.*s", TEXT_ARG(field[0].text));
        check_refused(path, read, repository_file(mem, path), csv_value(mem, field[1]), csv_value(mem, field[2]));
        refused++;
    }
    arena_free(&mem);
    return refused;
}

TEST(xlsx, refuses_each_file_with_its_sentence_and_its_remedy)
{
    CHECK_INT(check_table("tests/import/refused/xlsx.csv", xlsx_read), 57);
}

TEST(ods, refuses_each_file_with_its_sentence_and_its_remedy)
{
    CHECK_INT(check_table("tests/import/refused/ods.csv", ods_read), 18);
}

/* Too large to be kept: stored, not deflated, so that no ratio gives them away. */
static struct text stored(struct arena *mem, const char *sheet_before, const char *again, size_t times, const char *after)
{
    struct buf sheet = { .mem = mem };
    buf_add(&sheet, text_of(sheet_before));
    for (size_t i = 0; i < times; i++)
        buf_add(&sheet, text_of(again));
    buf_add(&sheet, text_of(after));
    struct zip_maker *maker = zip_maker_new(mem);
    zip_maker_add(maker, "[Content_Types].xml", TEXT("<Types/>"));
    zip_maker_add(maker, "xl/workbook.xml", TEXT("<workbook><sheets><sheet name=\"一\" id=\"a\"/><sheet name=\"二\" id=\"a\"/>"
                                                 "<sheet name=\"三\" id=\"a\"/><sheet name=\"四\" id=\"a\"/><sheet name=\"五\" id=\"a\"/></sheets></workbook>"));
    zip_maker_add(maker, "xl/_rels/workbook.xml.rels",
                  TEXT("<R><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/>"
                       "<Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"t.xml\"/></R>"));
    zip_maker_add(maker, "xl/t.xml", TEXT("<sst/>"));
    zip_maker_store(maker, "xl/s.xml", buf_text(&sheet));
    return zip_maker_bytes(maker);
}

#define START "<worksheet><sheetData><row>"
#define STOP "</row></sheetData></worksheet>"

TEST(xlsx, refuses_a_part_larger_than_64_megabytes)
{
    struct arena *mem = arena_new("test");
    const char *blank = arena_printf(mem, "<row>%1000s</row>", "");
    check_refused("large part", xlsx_read, stored(mem, "<worksheet><sheetData>", blank, 66800, "</sheetData></worksheet>"), TEXT("部件 xl/s.xml 展开后超过 64 MB"), TEXT("拆成几个文件"));
    arena_free(&mem);
}

TEST(xlsx, refuses_a_workbook_larger_than_256_megabytes)
{
    struct arena *mem = arena_new("test");
    const char *blank = arena_printf(mem, "<row>%1000s</row>", "");
    check_refused("large workbook", xlsx_read, stored(mem, "<worksheet><sheetData>", blank, 60000, "</sheetData></worksheet>"), TEXT("展开后超过 256 MB"), TEXT("拆成几个文件"));
    arena_free(&mem);
}

TEST(xlsx, refuses_more_than_two_million_cells)
{
    struct arena *mem = arena_new("test");
    check_refused("cells", xlsx_read, stored(mem, "<worksheet><sheetData>", "<row><c><v>1</v></c></row>", 450000, "</sheetData></worksheet>"),
                  TEXT("单元格超过 2000000 个（读到工作表“五”的 A200001 为止）"), TEXT("拆成几个文件"));
    arena_free(&mem);
}

TEST(xlsx, refuses_more_than_16384_cells_in_a_row_without_references)
{
    struct arena *mem = arena_new("test");
    check_refused("columns", xlsx_read, stored(mem, START, "<c/>", 1000000, STOP), TEXT("列号“16385”"), TEXT("另存为"));
    arena_free(&mem);
}

TEST(xlsx, refuses_a_tag_without_end)
{
    struct arena *mem = arena_new("test");
    const char *piece = arena_printf(mem, "%1000s", "x");
    check_refused("tag", xlsx_read, stored(mem, START "<c r=\"", piece, 60000, "\"/>" STOP), TEXT("超过 2 MB 的标签"), TEXT("另存为"));
    arena_free(&mem);
}

TEST(xlsx, refuses_too_many_merged_ranges)
{
    struct arena *mem = arena_new("test");
    check_refused("merges", xlsx_read, stored(mem, "<worksheet><mergeCells>", "<mergeCell ref=\"A1:A2\"/>", 100001, "</mergeCells></worksheet>"),
                  TEXT("合并单元格超过 100000 处"), TEXT("取消"));
    arena_free(&mem);
}

/* One text of 90,000 bytes, shown by many cells: what is handed out stays bounded. */
TEST(xlsx, refuses_a_small_text_table_shown_too_often)
{
    struct arena *mem = arena_new("test");
    struct buf rows = { .mem = mem };
    for (int i = 0; i < 800; i++)
        buf_printf(&rows, "<row><c t=\"s\"><v>%d</v></c></row>", i % 2);
    const char *text = arena_printf(mem, "%1000s", "x");
    struct buf strings = { .mem = mem };
    for (int s = 0; s < 2; s++) {
        buf_printf(&strings, "<si><t>%d", s);
        for (int i = 0; i < 90; i++)
            buf_add(&strings, text_of(text));
        buf_add(&strings, TEXT("</t></si>"));
    }
    const struct text file = make_xlsx(mem, &(struct xlsx_inside){
        .sheet = text_string(mem, text_printf(mem, "<sheetData>%.*s</sheetData>", TEXT_ARG(buf_text(&rows)))),
        .strings = text_string(mem, buf_text(&strings)) });
    check_refused("shown often", xlsx_read, file, TEXT("工作簿的文字超过 64 MB"), TEXT("长文字"));
    arena_free(&mem);
}
