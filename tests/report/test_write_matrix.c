#include "paged.h"

#include "base/file.h"
#include "import/grid.h"
#include "report/write_matrix.h"
#include "report/write_workbook.h"

#include <stdlib.h>
#include <unistd.h>

static struct sheet *sheet_of(const struct paged *p, struct matrix_filter filter, const char *words)
{
    const struct matrix_sheet_request request = {
        .composing = &p->c, .matrix = compose_matrix(&p->c, &filter), .version = TEXT("12"), .filter = text_of(words),
    };
    return matrix_sheet(&request);
}

static const struct sheet_cell *at(const struct sheet *sheet, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < sheet->n; i++)
        if (sheet->cells[i].row == row && sheet->cells[i].column == column)
            return &sheet->cells[i];
    fail_msg("no cell %u,%u", row, column);
    return NULL;
}

TEST(write_matrix, has_four_columns_for_each_indicator)
{
    struct paged p = paged_small();
    const struct sheet *sheet = sheet_of(&p, (struct matrix_filter){ .stage = STAGE_PRIMARY }, "");
    CHECK_CONTAINS(at(sheet, 1, 1)->text, "2025学年小学资源配置一览");
    CHECK_CONTAINS(at(sheet, 2, 1)->text, "数据版本 12　标准版本 cn-2017");
    CHECK_TEXT(at(sheet, 3, 15)->text, "L2 骨干教师（人/百生）");
    CHECK_INT(at(sheet, 3, 15)->last_column, 18);
    CHECK_TEXT(at(sheet, 4, 15)->text, "基本值");
    CHECK_TEXT(at(sheet, 4, 18)->text, "是否达标");
    /* 柳林镇中心小学 first: 2 backbone teachers for 400 pupils */
    CHECK_TEXT(at(sheet, 5, 2)->text, "柳林镇中心小学");
    CHECK_NEAR(at(sheet, 5, 15)->number, 0.85, 0);
    CHECK_NEAR(at(sheet, 5, 16)->number, 1, 0);
    CHECK_NEAR(at(sheet, 5, 17)->number, 0.5, 0);
    CHECK_INT(at(sheet, 5, 17)->tone, TONE_BELOW);
    CHECK_TEXT(at(sheet, 5, 17)->trace, "level:primary:L2:B:2025");
    CHECK_TEXT(at(sheet, 5, 18)->text, "不达标");
    CHECK_TEXT(at(sheet, 5, 30)->text, "达到85%");
    CHECK_INT(at(sheet, 5, 30)->tone, TONE_NEAR);
    CHECK_NEAR(at(sheet, 5, 11)->number, 3.57, 0);  /* 85 % of 4.2 */
    /* C: no figure of L7 */
    CHECK_TEXT(at(sheet, 6, 37)->text, "缺");
    CHECK_TEXT(at(sheet, 6, 38)->text, "缺数据");
    CHECK_INT(at(sheet, 6, 38)->tone, TONE_NO_DATA);
    CHECK_TEXT(at(sheet, 10, 1)->text, "共写出 5 行，符合条件 5 行。");
    paged_free(&p);
}

TEST(write_matrix, writes_the_rows_shown_in_the_order_shown)
{
    struct paged p = paged_sample();
    const struct matrix_filter filter = { .stage = STAGE_JUNIOR, .sort = SORT_PUPILS, .reverse = true, .verdicts = 1u << VERDICT_UNMET };
    const struct matrix *matrix = compose_matrix(&p.c, &filter);
    const struct sheet *sheet = sheet_of(&p, filter, "不达标");
    CHECK(matrix->n > 1);
    for (size_t i = 0; i < matrix->n; i++)
        CHECK(text_equal(at(sheet, 5 + (uint32_t)i, 1)->text, matrix->rows[i].code));
    CHECK_CONTAINS(at(sheet, 2, 1)->text, "所选：不达标");
    CHECK_TEXT(at(sheet, 5 + (uint32_t)matrix->n, 1)->text,
               arena_printf(p.c.mem, "共写出 %zu 行，符合条件 %zu 行。", matrix->n, matrix->n));
    paged_free(&p);
}

TEST(write_matrix, keeps_a_name_that_looks_like_a_formula_a_text)
{
    struct paged p = paged_small();
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text bytes;
    struct workbook book;
    char path[] = "/tmp/junheng-matrix-XXXXXX.xlsx";
    const struct matrix_filter filter = { .stage = STAGE_PRIMARY };
    struct matrix *matrix = compose_matrix(&p.c, &filter);
    matrix->rows[0].name = TEXT("=HYPERLINK(\"http://x\",\"点\")");
    struct sheet *sheet = matrix_sheet(&(struct matrix_sheet_request){ .composing = &p.c, .matrix = matrix });
    const int fd = mkstemps(path, 5);
    CHECK(fd >= 0);
    close(fd);
    CHECK_OK(write_workbook(path, &sheet, 1, &err), err);
    CHECK_OK(file_read(mem, path, 1 << 24, &bytes, &err), err);
    unlink(path);
    CHECK_OK(xlsx_read(mem, bytes, &book, &err), err);
    const struct cell *cell = grid_at(book.sheets[0], 5, 2);
    CHECK_INT(cell->kind, CELL_TEXT);
    CHECK_TEXT(grid_text(book.sheets[0], cell), "=HYPERLINK(\"http://x\",\"点\")");
    arena_free(&mem);
    paged_free(&p);
}

TEST(write_matrix, speaks_english)
{
    struct paged p = paged_small();
    p.c.english = true;
    const struct sheet *sheet = sheet_of(&p, (struct matrix_filter){ .stage = STAGE_PRIMARY }, "");
    CHECK_TEXT(at(sheet, 4, 15)->text, "Floor");
    CHECK_TEXT(at(sheet, 5, 18)->text, "unmet");
    CHECK_TEXT(at(sheet, 10, 1)->text, "5 rows written, of 5 that match.");
    paged_free(&p);
}
