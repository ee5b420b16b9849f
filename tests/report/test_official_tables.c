#include "../sample/sample_returns.h"
#include "package.h"
#include "app/edition.h"
#include "app/official.h"
#include "base/csv.h"
#include "base/file.h"
#include "import/grid.h"
#include "indicator/assess.h"
#include "report/official_tables.h"
#include "report/write_workbook.h"

#include <stdlib.h>
#include <unistd.h>

struct form_cell { struct text sheet, text; uint32_t row, column, last_row, last_column; };
struct form_cells { struct form_cell at[400]; size_t n; };

static const struct official_form *load_form(struct arena *mem)
{
    struct err err = { 0 };
    const struct edition *edition;
    const struct official_form *form;
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    CHECK_OK(app_official_form(mem, edition, "cn-2017", &form, &err), err);
    return form;
}

static void address(struct text text, uint32_t *row, uint32_t *column)
{
    *row = *column = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] >= 'A')
            *column = *column * 26 + (uint32_t)(text.at[i] - 'A' + 1);
        else
            *row = *row * 10 + (uint32_t)(text.at[i] - '0');
    }
}

/* tests/report/official_form.csv: the texts and merged ranges of the form as it was issued. */
static void read_golden(struct arena *mem, struct form_cells *out)
{
    struct err err = { 0 };
    struct text bytes;
    struct csv_field fields[4];
    size_t n;
    CHECK_OK(file_read(mem, check_path(mem, "tests/report/official_form.csv"), 1 << 20, &bytes, &err), err);
    struct csv_scanner scanner = { bytes.at, bytes.at + bytes.size, ',' };
    out->n = 0;
    CHECK(csv_next(&scanner, fields, 4, &n) != CSV_END);
    while (csv_next(&scanner, fields, 4, &n) != CSV_END) {
        struct form_cell *cell = &out->at[out->n++];
        CHECK(n == 4 && out->n < COUNT(out->at));
        cell->sheet = csv_value(mem, fields[0]);
        cell->text = text_trim(csv_value(mem, fields[3]));
        address(csv_value(mem, fields[1]), &cell->row, &cell->column);
        cell->last_row = cell->row;
        cell->last_column = cell->column;
        if (csv_value(mem, fields[2]).size)
            address(csv_value(mem, fields[2]), &cell->last_row, &cell->last_column);
    }
}

static const struct sheet_cell *cell_at(const struct sheet *sheet, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < sheet->n; i++)
        if (sheet->cells[i].row == row && sheet->cells[i].column == column)
            return &sheet->cells[i];
    return NULL;
}

static const struct sheet *sheet_of(struct sheet *const *sheets, size_t n, struct text name)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(sheets[i]->name, name))
            return sheets[i];
    fail_msg("no sheet %.*s", TEXT_ARG(name));
    return NULL;
}

static bool is_merged(const struct sheet_cell *cell)
{
    return cell->last_row != cell->row || cell->last_column != cell->column;
}

TEST(official, blank_form_is_the_issued_form_cell_by_cell)
{
    struct arena *mem = arena_new("test");
    struct form_cells *golden = arena_make(mem, struct form_cells);
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    size_t n, texts = 0, merges = 0;
    const struct official_request request = { .form = load_form(mem) };
    read_golden(mem, golden);
    official_tables(&request, mem, sheets, &n);
    CHECK_INT(n, 7);
    for (size_t i = 0; i < golden->n; i++) {
        const struct form_cell *want = &golden->at[i];
        const struct sheet_cell *cell = cell_at(sheet_of(sheets, n, want->sheet), want->row, want->column);
        if (!cell || !text_equal(cell->text, want->text) || cell->last_row != want->last_row || cell->last_column != want->last_column)
            fail_msg("%.*s %u,%u: \"%.*s\", expected \"%.*s\"", TEXT_ARG(want->sheet), want->row, want->column,
                     cell ? (int)cell->text.size : 0, cell ? cell->text.at : "", TEXT_ARG(want->text));
        texts += want->text.size > 0;
        merges += want->last_row != want->row || want->last_column != want->column;
    }
    /* And nothing beside it. */
    for (size_t s = 0; s < n; s++)
        for (size_t i = 0; i < sheets[s]->n; i++) {
            texts -= sheets[s]->cells[i].text.size > 0;
            merges -= is_merged(&sheets[s]->cells[i]);
            CHECK(!sheets[s]->cells[i].is_number);
        }
    CHECK_INT(texts, 0);
    CHECK_INT(merges, 0);
    arena_free(&mem);
}

/* What the form in ../shared says today is what the table of this test says. */
TEST(official, golden_is_what_the_issued_workbook_holds)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct workbook book;
    struct form_cells *golden = arena_make(mem, struct form_cells);
    size_t texts = 0, merges = 0;
    CHECK_OK(xlsx_read(mem, check_shared(mem, "data/forms/优质均衡涉及.xlsx"), &book, &err), err);
    read_golden(mem, golden);
    for (size_t i = 0; i < golden->n; i++) {
        const struct form_cell *want = &golden->at[i];
        const struct grid *grid = NULL;
        for (size_t s = 0; s < book.n; s++)
            if (text_equal(book.sheets[s]->name, want->sheet))
                grid = book.sheets[s];
        CHECK(grid != NULL);
        const struct cell *cell = grid_at(grid, want->row, want->column);
        const struct merge *merge = grid_merge_at(grid, want->row, want->column);
        if (!text_equal(cell ? text_trim(grid_shown(mem, grid, cell)) : TEXT(""), want->text))
            fail_msg("%.*s %u,%u", TEXT_ARG(want->sheet), want->row, want->column);
        CHECK_INT(merge ? merge->last_row : want->row, want->last_row);
        CHECK_INT(merge ? merge->last_column : want->column, want->last_column);
        texts += want->text.size > 0;
        merges += merge != NULL;
    }
    for (size_t s = 0; s < book.n; s++)
        if (text_starts(book.sheets[s]->name, TEXT("表"))) {
            texts -= book.sheets[s]->n;
            merges -= book.sheets[s]->n_merges;
        }
    CHECK_INT(texts, 0);
    CHECK_INT(merges, 0);
    arena_free(&mem);
}

/* ---- filled from the sample county ---- */

struct filled {
    const struct official_form *form;
    struct assessment assessment;
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    size_t n;
};

static void put_county(struct returns *returns, const char *item, double value)
{
    returns_put_county(returns, 0, item_find(returns->items, text_of(item)), value, (struct origin){ 0, 1 });
}

static void fill(struct arena *mem, struct filled *out)
{
    out->form = load_form(mem);
    const struct sample_county *county = sample_county(mem, 1, 2025, 1);
    struct returns *returns = returns_of_sample(mem, county, &out->form->edition->items);
    put_county(returns, "population_10k", 56.8);
    put_county(returns, "rotation_eligible", 1460);
    put_county(returns, "rotation_moved", 182);
    put_county(returns, "rotation_moved_backbone", 41);
    put_county(returns, "q9_level_chinese", 3);
    put_county(returns, "q9_between_chinese", 0.121);
    const struct assess_request request = { .edition = out->form->edition, .by = NO_ITEM };
    assess(returns, &request, mem, &out->assessment);
    app_official_tables(out->form, &out->assessment, 0, TEXT("7"), mem, out->sheets, &out->n);
}

static const struct sheet_cell *at(const struct filled *f, const char *sheet, const char *place)
{
    uint32_t row, column;
    address(text_of(place), &row, &column);
    const struct sheet_cell *cell = cell_at(sheet_of(f->sheets, f->n, text_of(sheet)), row, column);
    if (!cell)
        fail_msg("no cell %s in %s", place, sheet);
    return cell;
}

TEST(official, tables_hold_the_countys_figures_and_leave_blank_what_is_not_known)
{
    struct arena *mem = arena_new("test");
    struct filled f;
    fill(mem, &f);
    const struct stage_assessment *primary = &f.assessment.counties[0].stages[0], *junior = &f.assessment.counties[0].stages[1];
    CHECK_NEAR(at(&f, "表1", "A9")->number, 56.8, 1e-9);
    CHECK_INT(at(&f, "表1", "A9")->decimals, 2);
    CHECK_TEXT(at(&f, "表1", "A9")->trace, "county:population_10k:2025");
    CHECK(!at(&f, "表1", "B9")->is_number && !at(&f, "表1", "B9")->text.size && at(&f, "表1", "B9")->is_missing);
    CHECK_NEAR(at(&f, "表1", "L9")->number, 2, 0);           /* 第一中学、第二中学 */
    CHECK_NEAR(at(&f, "表1", "N9")->number, 1, 0);
    double pupils = 0.0;   /* of small teaching points too, which are no unit */
    for (size_t row = 0; row < f.assessment.returns->n; row++) {
        const double here = returns_number(f.assessment.returns, row, f.form->edition->pupils[STAGE_PRIMARY]);
        pupils += is_blank(here) ? 0.0 : here;
    }
    CHECK(pupils > primary->pupils);
    CHECK_NEAR(at(&f, "表1", "S9")->number, pupils, 0);
    CHECK_TEXT(at(&f, "表1", "S9")->trace, "official:pupils_primary:2025");
    CHECK_NEAR(at(&f, "表2-1", "C4")->number, (double)primary->cv[0].units_met, 0);
    CHECK_NEAR(at(&f, "表2-1", "J7")->number, 100.0 * (double)junior->passing / (double)junior->n, 1e-9);
    CHECK_INT(at(&f, "表2-1", "J7")->decimals, 1);
    CHECK_NEAR(at(&f, "表3", "G5")->number, primary->cv[4].cv, 0);
    CHECK_INT(at(&f, "表3", "G5")->decimals, 3);
    CHECK_TEXT(at(&f, "表3", "G5")->trace, "cv:primary:L5:2025");
    CHECK_NEAR(at(&f, "表3", "J7")->number, junior->combined_cv, 0);
    CHECK_TEXT(at(&f, "表3", "J4")->text, "——");
    CHECK_CONTAINS(at(&f, "表4", "B15")->text, "教师总数1460名");
    CHECK_CONTAINS(at(&f, "表4", "B15")->text, "比例12.5%；");
    CHECK_CONTAINS(at(&f, "表4", "B18")->text, "名额总数＿＿人");
    CHECK_TEXT(at(&f, "表4", "C15")->text, "达标");
    CHECK_TEXT(at(&f, "表4", "C15")->trace, "rule:G11a:2025");
    CHECK_TEXT(at(&f, "表4", "C5")->text, "不达标");
    CHECK(at(&f, "表4", "C3")->is_missing);                  /* nobody judged it */
    CHECK_CONTAINS(at(&f, "表5", "B12")->text, "语文Ⅲ级、校际差异率0.121；数学＿＿级、校际差异率____ ;");
    CHECK_CONTAINS(sheet_of(f.sheets, f.n, TEXT("表4"))->print.header, "数据版本 7");
    arena_free(&mem);
}

TEST(official, table_of_schools_has_every_unit_in_the_assessments_order)
{
    struct arena *mem = arena_new("test");
    struct filled f;
    fill(mem, &f);
    uint32_t row = 4;
    for (size_t s = 0; s < 2; s++) {
        const struct stage_assessment *stage = &f.assessment.counties[0].stages[s];
        for (size_t u = 0; u < stage->n; u++, row++) {
            const struct sheet *sheet = sheet_of(f.sheets, f.n, TEXT("表2-2"));
            CHECK_NEAR(cell_at(sheet, row, 1)->number, (double)(u + 1), 0);
            CHECK(text_equal(cell_at(sheet, row, 2)->text,
                             returns_text(f.assessment.returns, stage->row[u], f.form->edition->items.school_name)));
            CHECK_NEAR(cell_at(sheet, row, 4)->number, stage->unit_pupils[u], 0);
            CHECK_NEAR(cell_at(sheet, row, 10)->number, stage->value[3][u], 0);
            CHECK_INT(cell_at(sheet, row, 10)->decimals, 2);
            CHECK(text_ends(cell_at(sheet, row, 10)->trace, TEXT(":2025")));
            CHECK(text_starts(cell_at(sheet, row, 10)->trace, s ? TEXT("level:junior:L4:") : TEXT("level:primary:L4:")));
        }
    }
    /* The note follows, with the counts in it. */
    const struct sheet_cell *note = cell_at(sheet_of(f.sheets, f.n, TEXT("表2-2")), row, 1);
    CHECK_CONTAINS(note->text, arena_printf(mem, "小学学校总数%zu所", f.assessment.counties[0].stages[0].n));
    CHECK_CONTAINS(note->text, "完全中学的 初中部2所）。2.举办者类型");
    arena_free(&mem);
}

/* The first unit of the sample passes everywhere; 西河街道第四小学 lacks rooms. */
TEST(official, table_of_schools_says_which_levels_are_met)
{
    struct arena *mem = arena_new("test");
    struct filled f;
    fill(mem, &f);
    const struct sheet *sheet = sheet_of(f.sheets, f.n, TEXT("表2-2"));
    bool found = false;
    for (uint32_t row = 4; row < 118 && !found; row++)
        if (text_equal(cell_at(sheet, row, 2)->text, TEXT("青禾县西河街道第四小学（虚构）"))) {
            CHECK_TEXT(cell_at(sheet, row, 15)->text, "L7、L8、L9、L11、L12、L13达标；L10不达标");
            CHECK_TEXT(cell_at(sheet, row, 14)->text, "不达标");
            found = true;
        }
    CHECK(found);
    CHECK_TEXT(cell_at(sheet, 4, 15)->text, "L7、L8、L9、L10、L11、L12、L13达标");
    CHECK_NEAR(cell_at(sheet, 4, 3)->number, 7, 0);  /* 县级教育部门 */
    arena_free(&mem);
}

/* A page makes links of the parts: together they are the text, and every filled cell says where it came from. */
TEST(official, filled_cells_know_where_their_figures_came_from)
{
    struct arena *mem = arena_new("test");
    struct filled f;
    size_t traced = 0;
    fill(mem, &f);
    for (size_t s = 0; s < f.n; s++)
        for (size_t i = 0; i < f.sheets[s]->n; i++) {
            const struct sheet_cell *cell = &f.sheets[s]->cells[i];
            struct buf joined = { .mem = mem };
            for (size_t p = 0; p < cell->n_parts; p++) {
                buf_add(&joined, cell->parts[p].text);
                traced += cell->parts[p].trace.size > 0;
            }
            CHECK(!cell->n_parts || text_equal(buf_text(&joined), cell->text));
            traced += cell->trace.size > 0;
            if (cell->is_number && !(cell->column == 1 && text_equal(f.sheets[s]->name, TEXT("表2-2"))))
                CHECK(cell->trace.size > 0);
        }
    CHECK(traced > 150 * 9);
    arena_free(&mem);
}

/* Two parts of one school are too large together (1,900 and 300), no part is alone. */
TEST(official, counts_a_school_with_its_campus)
{
    struct arena *mem = arena_new("test");
    const struct official_form *form = load_form(mem);
    const struct item_list *items = &form->edition->items;
    struct returns *returns = returns_new(items, mem);
    struct assessment assessment;
    const uint32_t source = returns_source(returns, TEXT("x"), TEXT("")), county = returns_county(returns, TEXT("419900"), 2025);
    static const struct { struct text code, host; double pupils; } schools[] = {
        { TEXT("1"), { NULL, 0 }, 1900 }, { TEXT("2"), TEXT("1"), 300 }, { TEXT("3"), { NULL, 0 }, 2000 },
    };
    for (size_t i = 0; i < COUNT(schools); i++) {
        const size_t row = returns_add(returns, county, (struct origin){ source, (uint32_t)i + 2 });
        returns_put_text(returns, row, items->school_code, schools[i].code);
        returns_put_text(returns, row, items->host_school_code, schools[i].host);
        returns_put_number(returns, row, items->school_type, item_value(&items->at[items->school_type], TEXT("primary")));
        returns_put_number(returns, row, form->edition->pupils[STAGE_PRIMARY], schools[i].pupils);
        returns_put_number(returns, row, item_find(items, TEXT("classes_primary")), schools[i].pupils / 50);
    }
    returns_arrange(returns);
    assess(returns, &(struct assess_request){ .edition = form->edition, .by = NO_ITEM }, mem, &assessment);
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    size_t n;
    app_official_tables(form, &assessment, 0, (struct text){ 0 }, mem, sheets, &n);
    CHECK_CONTAINS(cell_at(sheet_of(sheets, n, TEXT("表4")), 6, 2)->text, "超过 2000 人的小学1所，初中0所");
    const struct sheet *list = sheet_of(sheets, n, TEXT("表2-2"));
    CHECK_NEAR(cell_at(list, 4, 4)->number, 2200, 0);
    CHECK_NEAR(cell_at(list, 4, 6)->number, 44, 0);
    CHECK_NEAR(cell_at(list, 5, 4)->number, 2000, 0);
    CHECK_NEAR(cell_at(sheet_of(sheets, n, TEXT("表1")), 9, 9)->number, 2, 0);   /* a campus is no school */
    arena_free(&mem);
}

/* Written and read again. */
static void through_file(struct arena *mem, struct sheet *const *sheets, size_t n, struct text *bytes_out, struct workbook *book_out)
{
    struct err err = { 0 };
    const char *const path = new_path(mem, "official.xlsx");
    CHECK_OK(write_workbook(path, sheets, n, &err), err);
    CHECK_OK(file_read(mem, path, 1 << 24, bytes_out, &err), err);
    CHECK_INT(unlink(path), 0);
    CHECK_OK(xlsx_read(mem, *bytes_out, book_out, &err), err);
}

/* Not the composed sheets but the file that is handed in: each text and each merged range of the issued form, and no other. */
TEST(official, blank_workbook_is_the_issued_form_cell_by_cell)
{
    struct arena *mem = arena_new("test");
    struct form_cells *golden = arena_make(mem, struct form_cells);
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    struct workbook book;
    struct text bytes;
    size_t n, texts = 0, merges = 0;
    const struct official_request request = { .form = load_form(mem) };
    read_golden(mem, golden);
    official_tables(&request, mem, sheets, &n);
    through_file(mem, sheets, n, &bytes, &book);
    CHECK_INT(book.n, n);
    for (size_t i = 0; i < golden->n; i++) {
        const struct form_cell *want = &golden->at[i];
        const struct grid *grid = NULL;
        for (size_t s = 0; s < book.n; s++)
            if (text_equal(book.sheets[s]->name, want->sheet))
                grid = book.sheets[s];
        CHECK(grid != NULL);
        const struct cell *cell = grid_at(grid, want->row, want->column);
        const struct merge *merge = grid_merge_at(grid, want->row, want->column);
        if (!text_equal(cell ? text_trim(grid_shown(mem, grid, cell)) : TEXT(""), want->text))
            fail_msg("%.*s %u,%u", TEXT_ARG(want->sheet), want->row, want->column);
        CHECK_INT(merge ? merge->last_row : want->row, want->last_row);
        CHECK_INT(merge ? merge->last_column : want->column, want->last_column);
        texts += want->text.size > 0;
        merges += merge != NULL;
    }
    for (size_t s = 0; s < book.n; s++) {
        for (size_t i = 0; i < book.sheets[s]->n; i++)
            texts -= text_trim(grid_shown(mem, book.sheets[s], &book.sheets[s]->cells[i])).size > 0;
        merges -= book.sheets[s]->n_merges;
    }
    CHECK_INT(texts, 0);
    CHECK_INT(merges, 0);
    arena_free(&mem);
}

/* How often `part` stands in `text`. */
static size_t times(struct text text, const char *part)
{
    size_t n = 0, at;
    for (; text_find(text, text_of(part), &at); n++)
        text = (struct text){ text.at + at + 1, text.size - at - 1 };
    return n;
}

TEST(official, workbook_leads_every_figure_to_its_lineage)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct filled f;
    fill(mem, &f);
    for (size_t s = 0; s < f.n; s++)
        f.sheets[s]->address = TEXT("https://jh.example.cn");
    const char *const path = new_path(mem, "linked.xlsx");
    CHECK_OK(write_workbook(path, f.sheets, f.n, &err), err);
    size_t links = 0;
    for (size_t s = 0; s < f.n; s++) {
        size_t traced = 0;
        for (size_t i = 0; i < f.sheets[s]->n; i++) {
            const struct sheet_cell *cell = &f.sheets[s]->cells[i];
            bool any = cell->trace.size > 0;
            for (size_t p = 0; p < cell->n_parts; p++)
                any |= cell->parts[p].trace.size > 0;
            traced += any;
        }
        const struct text sheet = part_of(mem, path, arena_printf(mem, "xl/worksheets/sheet%zu.xml", s + 1));
        CHECK_INT(times(sheet, "<hyperlink "), traced);
        links += traced;
    }
    CHECK(links > 1000);
    CHECK_CONTAINS(part_of(mem, path, "xl/worksheets/_rels/sheet1.xml.rels"),
                   "Target=\"https://jh.example.cn/lineage?of=county%3Apopulation_10k%3A2025\" TargetMode=\"External\"");
    CHECK_CONTAINS(part_of(mem, path, "xl/worksheets/sheet1.xml"), "tooltip=\"来源：county:population_10k:2025\"");
    CHECK_INT(unlink(path), 0);
    /* And the figures stand as they stood. */
    struct workbook book;
    struct text bytes;
    through_file(mem, f.sheets, f.n, &bytes, &book);
    CHECK_NEAR(grid_at(book.sheets[0], 9, 1)->number, 56.8, 1e-12);
    arena_free(&mem);
}

/* The codes of the schools that a sheet names, in the order of its rows, each once. */
static size_t codes_of(const struct sheet *sheet, struct text *codes, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < sheet->n; i++) {
        struct text rest = sheet->cells[i].trace, part, code;
        if (!text_ends(rest, TEXT(":school_name:2025")) || !text_split(&rest, ':', &part) || !text_split(&rest, ':', &code))
            continue;
        CHECK(n < most);
        codes[n++] = code;
    }
    return n;
}

TEST(official, names_the_schools_alike_and_in_the_same_order_in_every_sheet)
{
    struct arena *mem = arena_new("test");
    struct filled f;
    struct text *const first = arena_array(mem, 1000, struct text), *const other = arena_array(mem, 1000, struct text);
    size_t n_first = 0, sheets = 0;
    fill(mem, &f);
    for (size_t s = 0; s < f.n; s++) {
        const size_t n = codes_of(f.sheets[s], sheets ? other : first, 1000);
        if (!n)
            continue;
        n_first = sheets ? n_first : n;
        CHECK_INT(n, n_first);
        for (size_t i = 0; sheets && i < n; i++)
            CHECK(text_equal(first[i], other[i]));
        sheets++;
    }
    CHECK(sheets >= 1 && n_first == f.assessment.counties[0].stages[0].n + f.assessment.counties[0].stages[1].n);
    arena_free(&mem);
}

TEST(official, workbook_reads_back_with_the_same_texts_merges_and_numbers)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct filled f;
    struct text bytes;
    struct workbook book;
    char path[] = "/tmp/junheng-official-XXXXXX.xlsx";
    fill(mem, &f);
    const int fd = mkstemps(path, 5);
    CHECK(fd >= 0);
    close(fd);
    CHECK_OK(write_workbook(path, f.sheets, f.n, &err), err);
    CHECK_OK(file_read(mem, path, 1 << 24, &bytes, &err), err);
    unlink(path);
    CHECK_OK(xlsx_read(mem, bytes, &book, &err), err);
    CHECK_INT(book.n, f.n);
    for (size_t s = 0; s < f.n; s++) {
        size_t merges = 0;
        for (size_t i = 0; i < f.sheets[s]->n; i++) {
            const struct sheet_cell *cell = &f.sheets[s]->cells[i];
            const struct cell *read = grid_at(book.sheets[s], cell->row, cell->column);
            merges += is_merged(cell);
            if (cell->is_number)
                CHECK(read && read->kind == CELL_NUMBER && fabs(read->number - cell->number) <= 1e-9 * fabs(cell->number));
            else
                CHECK(text_equal(read ? grid_text(book.sheets[s], read) : TEXT(""), cell->text));
        }
        CHECK_INT(book.sheets[s]->n_merges, merges);
    }
    arena_free(&mem);
}
