/* Units from a workbook: what differs becomes acts that can be done in their order; what is wrong is told by cell; what was exported changes nothing. */
#include "county_bed.h"

#include "app/unit_book.h"
#include "model/sheet.h"

enum { NOW = 1764000000 };

struct doing { struct county_bed *bed; const struct snapshot *snapshot; const struct unit_book *book; size_t n; };
static bool seed(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    return app_units_seed(d->bed->house, session, d->snapshot, &d->bed->actor, TEXT("2020-09-01"), NOW, d->bed->mem, &d->n, err);
}
static bool apply(void *context, struct db_session *session, struct err *err)
{
    struct doing *const d = context;
    struct unit_wish *const wishes = arena_array(d->bed->mem, d->book->n, struct unit_wish);
    for (size_t i = 0; i < d->book->n; i++)
        wishes[i] = d->book->changes[i].wish;
    return app_units_apply(d->bed->house, session, &d->bed->actor, wishes, d->book->n, d->book->n_tree, NOW, d->bed->mem, err);
}

/* The cells of a sheet as a reader hands them on. */
struct walking { const struct sheet *sheet; size_t at; };
static bool next_cell(void *context, struct shown_cell *out)
{
    struct walking *const w = context;
    if (w->at == w->sheet->n)
        return false;
    const struct sheet_cell *const cell = &w->sheet->cells[w->at++];
    *out = (struct shown_cell){ .row = cell->row, .column = cell->column, .kind = SHOWN_TEXT, .text = cell->text };
    return true;
}
static struct unit_book read_sheet(struct county_bed *bed, const struct sheet *sheet, const struct unit_tree *tree)
{
    struct walking walking = { sheet, 0 };
    const struct cell_source source = { TEXT("单位.xlsx"), sheet->name, &walking, next_cell };
    struct unit_book book;
    unit_book_read(&source, 1, tree->rows, tree->n_rows, TEXT("2025-09-01"), bed->mem, &book);
    return book;
}
/* Rows of nine cells under the head. */
static struct unit_book read_rows(struct county_bed *bed, const char *const (*rows)[9], size_t n, const struct unit_tree *tree)
{
    struct sheet *sheets[2];
    unit_book_sheets(NULL, 0, bed->mem, sheets);
    for (uint32_t r = 0; r < n; r++)
        for (uint32_t c = 0; c < 9; c++)
            if (rows[r][c][0])
                sheet_put_text(sheets[0], r + 2, c + 1, LOOK_TEXT, text_of(rows[r][c]));
    return read_sheet(bed, sheets[0], tree);
}
static struct unit_tree tree_of(struct county_bed *bed)
{
    struct unit_tree tree;
    CHECK_OK(app_units_at(bed->house, TEXT("2025-09-01"), bed->mem, &tree, &bed->err), bed->err);
    return tree;
}
static struct doing seeded(struct county_bed *bed)
{
    struct doing d = { .bed = bed };
    CHECK_OK(house_snapshot(bed->house, &d.snapshot, &bed->err), bed->err);
    county_bed_write(bed, seed, &d);
    snapshot_release(&d.snapshot);
    return d;
}

TEST(unit_book, changes_nothing_when_it_comes_back_as_it_was)
{
    struct county_bed bed = county_bed_full(1);
    const struct doing d = seeded(&bed);
    const struct unit_tree tree = tree_of(&bed);
    struct sheet *sheets[2];
    unit_book_sheets(tree.rows, tree.n_rows, bed.mem, sheets);
    const struct unit_book book = read_sheet(&bed, sheets[0], &tree);
    CHECK_INT((int)book.n_rows, (int)d.n);
    CHECK_INT((int)book.n, 0);
    CHECK_INT((int)book.faults.n, 0);
    /* The sheet that explains has the words of the head one below the other: it is no head. */
    CHECK_INT((int)read_sheet(&bed, sheets[1], &tree).faults.n, 1);
    county_bed_end(&bed);
}

TEST(unit_book, does_what_differs_in_an_order_in_which_it_can_be_done)
{
    /* The campus stands above its school, the school above its district: each waits for the one it lies in. */
    static const char *const ROWS[][9] = {
        { "S1-A", "东校区", "校区", "S1", "", "", "", "2025-10-01", "" },
        { "S1", "新学校", "学校", "419900", "XQ1", "", "", "", "" },
        { "XQ1", "第一学区", "学区", "419900", "", "在", "", "", "" },
        { "D11", "县财政局", "部门", "419900", "", "", "", "", "" },
        { "D21", "市残联", "部门", "419900", "", "合并", "D20", "", "机构改革" },
        { "D19", "市信访办", "部门", "419900", "", "撤销", "", "", "机构改革" },
    };
    struct county_bed bed = county_bed_full(1);
    struct doing d = seeded(&bed);
    struct unit_tree tree = tree_of(&bed);
    struct unit_book book = read_rows(&bed, ROWS, COUNT(ROWS), &tree);
    for (size_t i = 0; i < book.faults.n; i++)
        fail_msg("%.*s %.*s", TEXT_ARG(book.faults.at[i].cell), TEXT_ARG(book.faults.at[i].what));
    CHECK_INT((int)book.n, 6);
    CHECK_INT((int)book.of[UNIT_ADD], 3);
    CHECK_INT((int)book.of[UNIT_RENAME], 1);
    CHECK_INT((int)book.of[UNIT_MERGE], 1);
    CHECK_INT((int)book.of[UNIT_CLOSE], 1);
    d.book = &book;
    const struct unit_book stale = book;
    county_bed_write(&bed, apply, &d);
    tree = tree_of(&bed);
    CHECK_TEXT(unit_at(tree.rows, tree.n_rows, TEXT("S1-A"), TEXT("2025-12-01"))->parent, "S1");
    CHECK(unit_at(tree.rows, tree.n_rows, TEXT("S1-A"), TEXT("2025-09-30")) == NULL);   /* from its own day on */
    CHECK(unit_at(tree.rows, tree.n_rows, TEXT("S1"), TEXT("2025-09-01")) != NULL);
    CHECK_TEXT(unit_at(tree.rows, tree.n_rows, TEXT("D11"), TEXT("2025-09-01"))->name, "县财政局");
    CHECK_TEXT(unit_at(tree.rows, tree.n_rows, TEXT("D11"), TEXT("2025-08-31"))->name, "市财政局");
    CHECK_TEXT(unit_at(tree.rows, tree.n_rows, TEXT("D21"), TEXT("2025-09-01"))->successor, "D20");
    CHECK(!unit_at(tree.rows, tree.n_rows, TEXT("D19"), TEXT("2025-09-01"))->is_open);
    /* Thought out on an older tree: refused as a whole. */
    d.book = &stale;
    bed.err = (struct err){ 0 };
    CHECK(!house_write(bed.house, apply, &d, &bed.err));
    CHECK_INT(bed.err.kind, ERR_CONFLICT);
    CHECK_INT((int)tree_of(&bed).n_rows, (int)tree.n_rows);
    CHECK_INT((int)read_rows(&bed, ROWS, COUNT(ROWS), &tree).n, 0);
    county_bed_end(&bed);
}

TEST(unit_book, tells_each_fault_by_its_cell_with_the_remedy)
{
    static const char *const ROWS[][9] = {
        { "", "没有代码", "学校", "419900", "", "", "", "", "" },                     /* A2 */
        { "S1", "学校", "大学", "419900", "", "", "", "", "" },                       /* C3 */
        { "S2", "学校", "学校", "419900", "", "停办", "", "", "" },                   /* F4 */
        { "S3", "学校", "学校", "NONE", "", "", "", "", "" },                         /* A5 */
        { "S4", "学校", "学校", "419900", "", "", "", "明年", "" },                   /* H6 */
        { "D11", "市财政局", "学校", "419900", "", "", "", "", "" },                  /* C7 */
        { "D12", "市人力社保局", "部门", "419900", "", "撤销", "", "", "" },          /* F8: no ground */
        { "D13", "市规划和自然资源局", "部门", "419900", "", "合并", "", "", "x" },   /* G9 */
        { "S5", "学校", "学校", "419900", "", "撤销", "", "", "x" },                  /* F10 */
        { "D11", "市财政局", "部门", "419900", "", "", "", "", "" },                  /* A11: twice */
    };
    static const char *const CELLS[] = { "A2", "C3", "F4", "H6", "C7", "G9", "F10", "A11", "A5", "F8" };
    struct county_bed bed = county_bed_full(1);
    (void)seeded(&bed);
    const struct unit_tree tree = tree_of(&bed);
    const struct unit_book book = read_rows(&bed, ROWS, COUNT(ROWS), &tree);
    CHECK_INT((int)book.faults.n, (int)COUNT(CELLS));
    for (size_t i = 0; i < COUNT(CELLS); i++) {
        CHECK_TEXT(book.faults.at[i].cell, CELLS[i]);
        CHECK_TEXT(book.faults.at[i].sheet, "单位");
        CHECK(book.faults.at[i].what.size && book.faults.at[i].hint.size);
    }
    county_bed_end(&bed);
}
