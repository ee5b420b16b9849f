#include "package.h"

#include "app/edition.h"
#include "base/file.h"
#include "import/layout.h"
#include "import/sniff.h"
#include "report/write_template.h"


static const struct edition *national(struct arena *mem)
{
    const struct edition *edition = NULL;
    struct err err;
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    return edition;
}

static const char *written(struct arena *mem, const struct edition *edition, enum item_level level, const char *name)
{
    const char *path = new_path(mem, name);
    struct err err;
    CHECK_OK(write_template(edition, level, path, &err), err);
    return path;
}

static size_t count_of(struct text in, const char *what)
{
    size_t n = 0, at;
    while (text_find(in, text_of(what), &at)) {
        n++;
        in.at += at + 1, in.size -= at + 1;
    }
    return n;
}

TEST(write_template, asks_every_item_of_keys_and_schools_by_its_own_name)
{
    struct arena *mem = arena_new("test");
    const struct edition *edition = national(mem);
    const char *path = written(mem, edition, ITEM_SCHOOL, "school.xlsx");
    const struct text strings = part_of(mem, path, "xl/sharedStrings.xml"), sheet = part_of(mem, path, "xl/worksheets/sheet1.xml");
    size_t asked = 0;
    for (size_t i = 0; i < edition->items.n; i++) {
        const struct item *item = &edition->items.at[i];
        const char *cell = arena_printf(mem, ">%.*s</t>", TEXT_ARG(item->zh));
        if (item->level == ITEM_COUNTY)
            continue;
        asked++;
        if (!text_find(strings, text_of(cell), NULL))
            fail_msg("%s is not asked", text_string(mem, item->zh));
    }
    CHECK(asked > 90);
    /* Its columns, and no more, are open; what is around them is not. */
    CHECK_CONTAINS(sheet, "<sheetProtection sheet=\"1\"");
    CHECK_CONTAINS(sheet, arena_printf(mem, "<col min=\"%zu\" max=\"%zu\"", asked, asked));
    CHECK(!text_find(sheet, text_of(arena_printf(mem, "<col min=\"%zu\"", asked + 1)), NULL));
    CHECK_CONTAINS(sheet, "ySplit=\"4\"");
    CHECK_CONTAINS(sheet, "xSplit=\"4\""); /* through 学校名称 */
    unlink(path);
    arena_free(&mem);
}

TEST(write_template, gives_lists_ranges_and_chinese_messages_to_the_cells)
{
    struct arena *mem = arena_new("test");
    const char *path = written(mem, national(mem), ITEM_SCHOOL, "school.xlsx");
    const struct text sheet = part_of(mem, path, "xl/worksheets/sheet1.xml");
    CHECK_CONTAINS(sheet, "小学,初级中学,九年一贯制,十二年一贯制,完全中学,教学点,特殊教育,高级中学");
    CHECK_CONTAINS(sheet, "<formula1>\"是,否\"</formula1>");
    CHECK_CONTAINS(sheet, "“小学在校生数”应为不小于 0 的整数（单位：人）。没有的填 0，暂缺的留空。");
    CHECK_CONTAINS(sheet, "“经度”应为以度为单位的小数（单位：度）");
    CHECK_CONTAINS(sheet, "“建校年份”应为四位数的年份");
    CHECK_CONTAINS(sheet, "“县代码”应为行政区划代码，6 位数字。");
    CHECK_CONTAINS(part_of(mem, path, "xl/comments1.xml"), "9 月 1 日的人数");
    unlink(path);
    arena_free(&mem);
}

TEST(write_template, asks_the_county_down_a_column_with_its_keys)
{
    struct arena *mem = arena_new("test");
    const struct edition *edition = national(mem);
    const char *path = written(mem, edition, ITEM_COUNTY, "county.xlsx");
    const struct text strings = part_of(mem, path, "xl/sharedStrings.xml"), sheet = part_of(mem, path, "xl/worksheets/sheet1.xml");
    size_t asked = 0;
    for (size_t i = 0; i < edition->items.n; i++) {
        const struct item *item = &edition->items.at[i];
        const bool wanted = item->level == ITEM_COUNTY || (item->level == ITEM_KEY && i != edition->items.school_code);
        if (wanted != text_find(strings, text_of(arena_printf(mem, ">%.*s</t>", TEXT_ARG(item->zh))), NULL))
            fail_msg("%s", text_string(mem, item->zh));
        asked += wanted;
    }
    CHECK_CONTAINS(strings, ">填报值</t>");
    CHECK_CONTAINS(sheet, "达标,不达标");
    CHECK_CONTAINS(sheet, "“存在违规择校行为”应为不小于 0 的整数，或填 是、否（单位：件）");
    CHECK_INT(count_of(sheet, "<row "), asked + 3); /* title, note, header */
    unlink(path);
    arena_free(&mem);
}

TEST(write_template, gives_the_same_bytes_each_time)
{
    struct arena *mem = arena_new("test");
    const struct edition *edition = national(mem);
    struct text first, second;
    enum file_kind kind;
    struct err err;
    const char *path = written(mem, edition, ITEM_SCHOOL, "same.xlsx");
    CHECK_OK(file_read(mem, path, 1 << 20, &first, &err), err);
    written(mem, edition, ITEM_SCHOOL, "same.xlsx");
    CHECK_OK(file_read(mem, path, 1 << 20, &second, &err), err);
    CHECK(text_equal(first, second));
    CHECK_OK(sniff(first, TEXT("same.xlsx"), &kind, &err), err);
    CHECK_INT(kind, FILE_XLSX);
    unlink(path);
    arena_free(&mem);
}

TEST(write_template, says_where_it_could_not_write)
{
    struct arena *mem = arena_new("test");
    struct err err;
    CHECK(!write_template(national(mem), ITEM_SCHOOL, "/no/such/folder/x.xlsx", &err));
    CHECK_INT(err.kind, ERR_OUTSIDE);
    CHECK_CONTAINS(text_of(err.what), "/no/such/folder/x.xlsx");
    CHECK_CONTAINS(text_of(err.hint), "文件夹");
    arena_free(&mem);
}

/* "D17" at the start of a text, as row and column. */
static void place_of(struct text at, uint32_t *row, uint32_t *column)
{
    *row = *column = 0;
    for (; at.size && *at.at >= 'A' && *at.at <= 'Z'; at.at++, at.size--)
        *column = *column * 26 + (uint32_t)(*at.at - 'A' + 1);
    for (; at.size && *at.at >= '0' && *at.at <= '9'; at.at++, at.size--)
        *row = *row * 10 + (uint32_t)(*at.at - '0');
}

/* Moves *rest behind the next `mark`; false when there is none. */
static bool behind(struct text *rest, const char *mark)
{
    size_t at;
    if (!text_find(*rest, text_of(mark), &at))
        return false;
    rest->at += at + strlen(mark), rest->size -= at + strlen(mark);
    return true;
}

/* Just enough of SpreadsheetML for what libxlsxwriter wrote: texts and merged ranges. */
static struct grid *grid_of(struct arena *mem, const char *path, const char *part, const char *name)
{
    struct text rest = part_of(mem, path, "xl/sharedStrings.xml"), texts[2000];
    size_t n = 0, end;
    while (behind(&rest, "<t") && behind(&rest, ">") && text_find(rest, TEXT("</t>"), &end) && n < COUNT(texts))
        texts[n++] = (struct text){ rest.at, end };
    struct grid *grid = grid_new(mem, text_of(name));
    const struct text sheet = part_of(mem, path, part);
    for (rest = sheet; behind(&rest, "<c r=\"");) {
        struct text tag = rest;
        uint32_t row, column;
        double index;
        place_of(rest, &row, &column);
        CHECK(text_find(rest, TEXT(">"), &end));
        tag.size = end;
        if (!text_find(tag, TEXT("t=\"s\""), NULL) || !behind(&rest, "<v>") || !text_find(rest, TEXT("<"), &end))
            continue;
        CHECK(number_parse((struct text){ rest.at, end }, &index) && index < (double)n);
        grid_add_text(grid, row, column, CELL_TEXT, texts[(size_t)index]);
    }
    for (rest = sheet; behind(&rest, "<mergeCell ref=\"");) {
        struct merge merge;
        place_of(rest, &merge.row, &merge.column);
        CHECK(behind(&rest, ":"));
        place_of(rest, &merge.last_row, &merge.last_column);
        grid_add_merge(grid, merge);
    }
    grid_finish(grid);
    return grid;
}

/* The template as a clerk hands it back, one value typed in at (row, column). */
static struct table_memory read_back(struct arena *mem, const struct edition *edition, const char *path, uint32_t row,
                                     uint32_t column, const char *typed)
{
    struct grid *first = grid_of(mem, path, "xl/worksheets/sheet1.xml", "填报表");
    grid_add_text(first, row, column, CELL_TEXT, text_of(typed));
    grid_finish(first);
    struct grid *sheets[] = { first, grid_of(mem, path, "xl/worksheets/sheet2.xml", "填报说明") };
    const struct workbook workbook = { sheets, COUNT(sheets) };
    struct table_memory kept = { .mem = mem, .items = &edition->items, .findings = { .mem = mem } };
    const struct table_sink sink = table_memory_sink(&kept);
    const struct layout_request request = { .items = &edition->items, .file = TEXT("模板.xlsx") };
    struct arena *scratch = arena_new("scratch");
    struct err err;
    CHECK_OK(layout_read(&workbook, &request, &sink, scratch, &err), err);
    arena_free(&scratch);
    CHECK_INT(kept.n_tables, 1); /* the explanations are none */
    CHECK_INT(finding_count(&kept.findings, FINDING_ERROR), 0);
    for (size_t i = 0; i < kept.findings.n; i++)
        CHECK(!text_equal(kept.findings.at[i].sheet, TEXT("填报说明"))); /* nor is a word said about them */
    return kept;
}

TEST(write_template, is_read_back_item_for_item)
{
    static const char *const EDITIONS[] = { "cn-2017", "cn-2012-basic" };
    for (size_t e = 0; e < COUNT(EDITIONS); e++) {
        struct arena *mem = arena_new("test");
        const struct edition *edition = NULL;
        struct err err;
        CHECK_OK(app_edition(mem, EDITIONS[e], &edition, &err), err);
        const char *path = written(mem, edition, ITEM_SCHOOL, "back.xlsx");
        const struct table_memory schools = read_back(mem, edition, path, 5, 4, "虚构第一小学");
        const struct table *table = &schools.tables[0]->table;
        CHECK_INT(table->kind, TABLE_SCHOOLS);
        CHECK(!table->down);
        CHECK_INT(table->header_row, 4); /* the row of units is part of it */
        CHECK_INT(schools.tables[0]->rows.n, 1);
        uint32_t column = 0;
        for (size_t i = 0; i < edition->items.n; i++)
            CHECK_INT(table->place[i], edition->items.at[i].level == ITEM_COUNTY ? 0 : ++column);

        unlink(path);
        if (e > 0) { /* 2012 asks counties nothing */
            arena_free(&mem);
            continue;
        }
        path = written(mem, edition, ITEM_COUNTY, "back.xlsx");
        const struct table_memory county = read_back(mem, edition, path, 4, 4, "410185");
        table = &county.tables[0]->table;
        CHECK(table->down);
        CHECK_INT(table->value_column, 4);
        uint32_t row = 3;
        for (size_t i = 0; i < edition->items.n; i++)
            CHECK_INT(table->place[i], edition->items.at[i].level == ITEM_SCHOOL || i == edition->items.school_code ? 0 : ++row);
        unlink(path);
        arena_free(&mem);
    }
}
