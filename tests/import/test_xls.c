#include "check.h"

#include "base/csv.h"
#include "base/file.h"
#include "import/grid.h"
#include "import/xls.h"
#include "import/xls_format.h"
#include "model/finding.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct text repository_file(struct arena *mem, const char *path)
{
    struct text bytes = TEXT("");
    struct err err;
    CHECK_OK(file_read(mem, check_path(mem, path), 1 << 20, &bytes, &err), err);
    return bytes;
}

static struct workbook read_file(struct arena *mem, const char *path)
{
    struct workbook workbook = { 0 };
    struct err err;
    xls_prepare();
    CHECK_OK(xls_read(mem, repository_file(mem, path), &workbook, &err), err);
    return workbook;
}

/* A sheet as a line a cell: its place, its kind, what it holds. */
static struct text described(struct arena *mem, const struct grid *grid)
{
    static const char *const KINDS[] = { "text", "number", "boolean", "date", "error", "unknown" };
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < grid->n; i++) {
        const struct cell *cell = &grid->cells[i];
        char name[16];
        buf_printf(&out, "%s %s ", cell_name(name, cell->row, cell->column), KINDS[cell->kind]);
        if (cell->kind == CELL_TEXT || cell->kind == CELL_ERROR || cell->kind == CELL_UNKNOWN)
            buf_add(&out, grid_text(grid, cell));
        else
            buf_printf(&out, "%.17g%s", cell->number, cell->percent ? " %" : "");
        buf_byte(&out, '\n');
    }
    for (size_t i = 0; i < grid->n_merges; i++) {
        char first[16], last[16];
        buf_printf(&out, "%s:%s\n", cell_name(first, grid->merges[i].row, grid->merges[i].column),
                   cell_name(last, grid->merges[i].last_row, grid->merges[i].last_column));
    }
    return buf_text(&out);
}

TEST(xls, reads_a_workbook_of_libreoffice)
{
    struct arena *mem = arena_new("test");
    const struct workbook workbook = read_file(mem, "tests/import/good/xls_libreoffice.xls");
    CHECK_INT(workbook.n, 3);
    CHECK_TEXT(workbook.sheets[0]->name, "学校");
    CHECK(!workbook.sheets[0]->hidden);
    CHECK_TEXT(described(mem, workbook.sheets[0]),
               "A1 text 虚构县学校填报表\n"
               "A2 text 学校代码\nB2 text 学校名称\nC2 text 小学在校生数\nD2 text 建校时间\nE2 text 比例\n"
               "A3 text 0041850001\nB3 text 虚构第一小学\nC3 number 512\nD3 date 19800901\nE3 number 0.125 %\n"
               "A4 text 0041850002\nB4 text 𠮷林小学 Ünï\nC4 number 1234567.25\nD4 date 20250228\n"
               "E4 number 0.35416666666666663\n" /* 08:30: a time of day is no date */
               "A5 text 0041850003\nC5 number -3\nD5 number 0\nE5 number 0.10000000000000001\n"
               "A6 number 1235076.25\nB6 number 0\nC6 boolean 1\nD6 error #DIV/0!\nF6 error #N/A\n"
               "A1:C1\n");
    CHECK_TEXT(workbook.sheets[1]->name, "隐藏 的");
    CHECK(workbook.sheets[1]->hidden);
    CHECK_INT(workbook.sheets[2]->n, 0);
    arena_free(&mem);
}

TEST(xls, reads_texts_that_break_at_continue_and_every_kind_of_cell)
{
    struct arena *mem = arena_new("test");
    const struct workbook workbook = read_file(mem, "tests/import/good/xls_hand_made.xls");
    CHECK_INT(workbook.n, 3);
    CHECK_TEXT(described(mem, workbook.sheets[0]),
               "A1 text 学校代码\n"
               "B1 text No. 校校校\n" /* one byte a character, then two */
               "C1 text 富文本\nD1 text 注音\n"
               "E1 text 𠮷林\n"       /* a pair of surrogates, one in each part */
               "F1 text École\n"      /* G1 is an empty text: a blank */
               "A2 text 自带文字\nB2 text 带字体\n"
               "A3 number 1234\nB3 number -12.5\nC3 number 12.5\n"
               "C4 number 7\nD4 number 0.5 %\n"
               "A5 date 19800901\nB5 date 20250901\nC5 number 0.125 %\nD5 number 0.5\nE5 date 19000228\nF5 number 1200\n"
               "G5 number -5\nH5 error #NUM!\n"
               "A6 boolean 1\nB6 error #REF!\n"
               "A7 number 42.5\nB7 text 公式的文字\nC7 boolean 1\nD7 error #DIV/0!\n"
               "E1:G2\nA10:B10\n");
    CHECK(!workbook.sheets[0]->hidden && workbook.sheets[1]->hidden && workbook.sheets[2]->hidden);
    arena_free(&mem);
}

TEST(xls, counts_days_from_1904_where_the_workbook_does)
{
    struct arena *mem = arena_new("test");
    const struct workbook workbook = read_file(mem, "tests/import/good/xls_from_1904.xls");
    CHECK_TEXT(described(mem, workbook.sheets[0]), "A1 date 19040101\nB1 date 20250901\n");
    arena_free(&mem);
}

/* 全国成人高等学校名单 of the Ministry, June 2025: 248 institutions, each with a number and a code. */
TEST(xls, reads_the_ministrys_list_of_248_institutions)
{
    struct arena *mem = arena_new("test");
    const struct text bytes = check_shared(mem, "data/forms/moe_adult_universities_2025.xls");
    struct workbook workbook = { 0 };
    struct err err;
    xls_prepare();
    CHECK_OK(xls_read(mem, bytes, &workbook, &err), err);
    const struct grid *grid = workbook.sheets[0];
    CHECK_TEXT(grid->name, "全国成人高等学校名单");
    size_t institutions = 0;
    for (size_t i = 0; i + 2 < grid->n; i++) {
        const struct cell *cell = &grid->cells[i];
        if (cell->column != 1 || cell->kind != CELL_NUMBER)
            continue;
        institutions++;
        CHECK_NEAR(cell->number, (double)institutions, 0);
        CHECK(cell[2].row == cell->row && cell[2].column == 3);
        if (cell[2].kind == CELL_NUMBER) /* one of them was typed as a number */
            CHECK_NEAR(cell[2].number, 4243050784, 0);
        else
            CHECK(text_starts(grid_text(grid, &cell[2]), TEXT("42")));
    }
    CHECK_INT(institutions, 248);
    arena_free(&mem);
}

TEST(xls, refuses_each_damaged_workbook_with_its_sentence_and_its_remedy)
{
    struct arena *mem = arena_new("test");
    const struct text table = repository_file(mem, "tests/import/refused/xls.csv");
    struct csv_scanner rows = { table.at, table.at + table.size, ',' };
    struct csv_field field[3];
    size_t n, refused = 0;
    xls_prepare();
    CHECK_INT(csv_next(&rows, field, 3, &n), CSV_ROW);
    while (csv_next(&rows, field, 3, &n) == CSV_ROW) {
        CHECK_INT(n, 3);
        struct arena *own = arena_new("file");
        struct workbook workbook = { 0 };
        struct err err;
        const char *path = arena_printf(mem, "tests/import/refused/%.*s", TEXT_ARG(field[0].text));
        if (xls_read(own, repository_file(own, path), &workbook, &err))
            fail_msg("%s was taken", path);
        CHECK(err.kind == ERR_INPUT || err.kind == ERR_LIMIT);
        if (!text_find(text_of(err.what), field[1].text, NULL))
            fail_msg("%s: \"%s\"", path, err.what);
        if (!text_find(text_of(err.hint), field[2].text, NULL))
            fail_msg("%s: hint \"%s\"", path, err.hint);
        CHECK(workbook.n == 0);
        CHECK(arena_size(own) < (size_t)256 << 20); /* the bombs too */
        arena_free(&own);
        refused++;
    }
    CHECK_INT(refused, 25);
    arena_free(&mem);
}

TEST(xls, survives_every_cut_and_many_changed_bytes)
{
    static const char *const FILES[] = { "tests/import/good/xls_hand_made.xls", "tests/import/good/xls_libreoffice.xls" };
    uint32_t random = 1;
    xls_prepare();
    for (size_t f = 0; f < COUNT(FILES); f++) {
        struct arena *mem = arena_new("test");
        const struct text whole = repository_file(mem, FILES[f]);
        for (size_t round = 0; round < 400; round++) {
            struct arena *own = arena_new("file");
            struct workbook workbook;
            struct err err;
            const size_t size = round < 200 ? whole.size * round / 200 : whole.size;
            char *bytes = arena_copy(own, whole.at, size);
            for (size_t i = 0; round >= 200 && i < 8; i++) {
                random = random * 1664525u + 1013904223u;
                bytes[(random >> 8) % size] = (char)(random >> 24);
            }
            (void)!xls_read(own, (struct text){ bytes, size }, &workbook, &err);
            arena_free(&own);
        }
        arena_free(&mem);
    }
}

/* The locked child can open nothing; security.md §7. */
TEST(xls, needs_no_file_once_it_is_prepared)
{
    struct arena *mem = arena_new("test");
    const struct text good = repository_file(mem, "tests/import/good/xls_hand_made.xls");
    const struct text bad = repository_file(mem, "tests/import/refused/xls_file_cut.xls");
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        struct workbook workbook;
        struct err err;
        xls_prepare();
        if (setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 0, 0 }) != 0)
            _exit(1);
        const bool right = xls_read(mem, good, &workbook, &err) && !xls_read(mem, bad, &workbook, &err);
        _exit(right ? 0 : 2);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
    arena_free(&mem);
}

static const char *format_of(const char *code)
{
    const struct number_format format = number_format_code(text_of(code));
    return format.date ? "date" : format.percent ? "percent" : "number";
}

TEST(number_format, tells_dates_and_percentages_from_plain_numbers)
{
    static const struct { const char *code, *is; } CASES[] = {
        { "General", "number" },        { "0.00", "number" },         { "#,##0_);[Red](#,##0)", "number" },
        { "0.00E+00", "number" },       { "\"yd\"0", "number" },      { "0\"年\"", "number" },
        { "h:mm:ss", "number" },        { "mm:ss.0", "number" },      { "[h]:mm", "number" },
        { "[mm]:ss", "number" },        { "@", "number" },            { "\\d0", "number" },
        { "[Magenta]0", "number" },     { "[DBNum1]0", "number" },    { "", "number" },
        { "yyyy-mm-dd", "date" },       { "m/d/yy h:mm", "date" },    { "yyyy\"年\"m\"月\"", "date" },
        { "[$-804]aaaa;@", "number" },  { "[$-F800]dddd\\, mmmm", "date" }, { "mmm", "date" },
        { "e\"年\"m\"月\"d\"日\"", "date" }, { "[Red]0%", "percent" }, { "0.0%;-0.0%", "percent" },
        { "0;\"%\"0", "number" },       { "[", "number" },            { "\"", "number" },
        { "[h", "number" },             { "\\", "number" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(format_of(CASES[i].code), CASES[i].is) != 0)
            fail_msg("%s is a %s, expected %s", CASES[i].code, format_of(CASES[i].code), CASES[i].is);
}

TEST(number_format, knows_the_numbered_formats_of_chinese_excel)
{
    CHECK(number_format_builtin(14).date && number_format_builtin(31).date && number_format_builtin(57).date);
    CHECK(!number_format_builtin(18).date && !number_format_builtin(32).date && !number_format_builtin(55).date);
    CHECK(number_format_builtin(9).percent && number_format_builtin(10).percent && !number_format_builtin(11).percent);
}

/* Excel's own: 1 is 1900-01-01, 59 1900-02-28, 61 1900-03-01, 36526 2000-01-01, 2958465 9999-12-31. */
TEST(date_of_serial, agrees_with_excel)
{
    static const struct { double serial, date; } CASES[] = {
        { 1, 19000101 }, { 59, 19000228 }, { 61, 19000301 }, { 36526, 20000101 }, { 45351.99, 20240229 }, { 2958465, 99991231 },
    };
    double date;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CHECK(date_of_serial(CASES[i].serial, false, &date));
        CHECK_NEAR(date, CASES[i].date, 0);
    }
    CHECK(!date_of_serial(0.5, false, &date) && !date_of_serial(-1, false, &date));
    CHECK(!date_of_serial(2958466, false, &date) && !date_of_serial(1e300, false, &date));
    CHECK(!date_of_serial(BLANK, false, &date));
    CHECK(date_of_serial(0, true, &date) && date == 19040101);
    CHECK(date_of_serial(2957003, true, &date) && date == 99991231);
    CHECK(!date_of_serial(2957004, true, &date));
}
