#include "package.h"

#include "app/edition.h"
#include "base/file.h"
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
