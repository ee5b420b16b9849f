#include "check.h"

#include "app/annotate.h"
#include "app/edition.h"
#include "base/file.h"
#include "import/grid.h"

static struct finding about(const char *file, uint32_t row, const char *said)
{
    return (struct finding){ .rule = TEXT("cell.number"), .file = text_of(file), .sheet = TEXT(""), .row = row, .column = 3, .school = TEXT("甲小学"),
                             .item = TEXT(""), .read = TEXT("十个"), .expected = text_of(said), .mend = TEXT("") };
}

static const struct edition *edition_of(struct arena *mem)
{
    const struct edition *edition;
    struct err err;
    CHECK_OK(app_edition(mem, NULL, &edition, &err), err);
    return edition;
}

TEST(annotate_upload, makes_a_new_workbook_of_a_csv_with_its_own_problems_listed)
{
    struct arena *mem = arena_new("test");
    struct findings findings = { .mem = mem };
    struct finding mine = about("甲.csv", 2, "应为数字"), other = about("乙.csv", 2, "别的文件的");
    finding_add(&findings, &mine);
    finding_add(&findings, &other);
    struct text bytes;
    struct workbook book;
    struct err err;
    CHECK_OK(app_annotate_upload(TEXT("C:\\甲.csv"), TEXT("学校代码,学校名称,小学在校生数\n1,甲小学,十个\n"), edition_of(mem), &findings, mem, &bytes, &err), err);
    CHECK_OK(xlsx_read(mem, bytes, &book, &err), err);
    CHECK_INT(book.n, 2);
    CHECK_TEXT(book.sheets[0]->name, "问题清单");
    CHECK_TEXT(grid_text(book.sheets[0], grid_at(book.sheets[0], 2, 7)), "应为数字");
    CHECK(grid_at(book.sheets[0], 3, 7) == NULL);
    CHECK_TEXT(grid_text(book.sheets[1], grid_at(book.sheets[1], 2, 3)), "十个");
    arena_free(&mem);
}

TEST(annotate_upload, marks_a_workbook_itself)
{
    struct arena *mem = arena_new("test");
    struct findings findings = { .mem = mem };
    struct finding mine = about("表.xlsx", 2, "应为数字");
    struct text sent, bytes;
    struct workbook before, after;
    struct err err;
    CHECK_OK(file_read(mem, check_path(mem, "tests/import/good/xlsx_libreoffice.xlsx"), 1 << 20, &sent, &err), err);
    CHECK_OK(xlsx_read(mem, sent, &before, &err), err);
    mine.sheet = before.sheets[0]->name;
    finding_add(&findings, &mine);
    CHECK_OK(app_annotate_upload(TEXT("表.xlsx"), sent, edition_of(mem), &findings, mem, &bytes, &err), err);
    CHECK_OK(xlsx_read(mem, bytes, &after, &err), err);
    CHECK_INT(after.n, before.n);
    CHECK_INT(after.sheets[0]->n, before.sheets[0]->n);
    CHECK(bytes.size != sent.size);
    arena_free(&mem);
}

TEST(annotate_upload, passes_on_why_a_file_cannot_be_read)
{
    struct arena *mem = arena_new("test");
    const struct findings findings = { .mem = mem };
    struct text bytes;
    struct err err;
    CHECK(!app_annotate_upload(TEXT("坏.xlsx"), TEXT("PK\3\4 no more of it"), edition_of(mem), &findings, mem, &bytes, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(err.what), "坏.xlsx");
    arena_free(&mem);
}
