#include "check.h"

#include "app/import_diff.h"

static struct item ITEMS[] = {
    { .code = { "school_code", 11 }, .level = ITEM_KEY, .type = ITEM_TEXT },
    { .code = { "school_name", 11 }, .level = ITEM_SCHOOL, .type = ITEM_TEXT },
    { .code = { "pupils", 6 }, .level = ITEM_SCHOOL, .type = ITEM_INTEGER },
    { .code = { "rooms", 5 }, .level = ITEM_SCHOOL, .type = ITEM_INTEGER },
};
enum { CODE, NAME, PUPILS, ROOMS };
static const struct item_list LIST = { .at = ITEMS, .n = COUNT(ITEMS), .school_code = CODE, .school_name = NAME };

/* One school "a" in row 7 of a sheet whose columns 2, 3, 4 are name, pupils and rooms. */
static struct returns *county(struct arena *mem, double pupils, double rooms)
{
    struct returns *r = returns_new(&LIST, mem);
    const uint32_t s = returns_source(r, TEXT("a.xlsx"), TEXT("小学"));
    for (uint32_t i = NAME; i <= ROOMS; i++)
        r->sources[s].place[i] = i + 1;
    const size_t row = returns_add(r, returns_county(r, TEXT("41"), 2025), (struct origin){ s, 7 });
    returns_put_text(r, row, CODE, TEXT("a"));
    returns_put_text(r, row, NAME, TEXT("甲"));
    returns_put_number(r, row, PUPILS, pupils);
    returns_put_number(r, row, ROOMS, rooms);
    returns_arrange(r);
    return r;
}

struct bed { struct arena *mem; struct findings findings; struct import_difference d; };

static struct bed bed(void)
{
    struct arena *mem = arena_new("test");
    return (struct bed){ .mem = mem, .findings = { .mem = mem } };
}

TEST(import_compare, tells_new_from_changed_from_same)
{
    struct bed b = bed();
    struct returns *standing = county(b.mem, 100, BLANK), *staged = county(b.mem, 120, 4);
    import_compare(staged, standing, NULL, &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.n, 2);
    CHECK_INT(b.d.cells[0].kind, CELL_CHANGED);
    CHECK_NEAR(b.d.cells[0].before, 100, 0);
    CHECK_NEAR(b.d.cells[0].after, 120, 0);
    CHECK_INT(b.d.cells[0].from.row, 7);
    CHECK_INT(b.d.cells[0].from.column, 3);
    CHECK_INT(b.d.cells[1].kind, CELL_NEW);
    CHECK_INT(b.d.same, 1); /* the name */
    arena_free(&b.mem);
}

TEST(import_compare, hears_nothing_in_a_blank_cell)
{
    struct bed b = bed();
    import_compare(county(b.mem, BLANK, BLANK), county(b.mem, 100, 3), NULL, &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.n, 0);
    arena_free(&b.mem);
}

TEST(import_compare, empties_a_figure_that_came_back_blank)
{
    struct bed b = bed();
    struct returns *base = county(b.mem, 100, 3);
    import_compare(county(b.mem, 100, BLANK), county(b.mem, 100, 3), base, &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.n, 1);
    CHECK_INT(b.d.cells[0].kind, CELL_EMPTIED);
    arena_free(&b.mem);
}

TEST(import_compare, keeps_what_was_changed_here_and_not_in_the_workbook)
{
    struct bed b = bed();
    import_compare(county(b.mem, 100, 3), county(b.mem, 111, 3), county(b.mem, 100, 3), &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.n, 0);
    arena_free(&b.mem);
}

TEST(import_compare, lists_a_conflict_where_both_changed)
{
    struct bed b = bed();
    import_compare(county(b.mem, 120, 3), county(b.mem, 111, 3), county(b.mem, 100, 3), &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.conflicts, 1);
    CHECK_INT(b.d.cells[0].kind, CELL_CONFLICT);
    CHECK_NEAR(b.d.cells[0].base, 100, 0);
    CHECK_NEAR(b.d.cells[0].before, 111, 0);
    CHECK_NEAR(b.d.cells[0].after, 120, 0);
    arena_free(&b.mem);
}

TEST(import_compare, finds_no_conflict_where_both_changed_to_the_same)
{
    struct bed b = bed();
    import_compare(county(b.mem, 120, 3), county(b.mem, 120, 3), county(b.mem, 100, 3), &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.n, 0);
    arena_free(&b.mem);
}

TEST(import_compare, counts_nothing_at_a_cell_with_an_error_and_bars_its_school)
{
    struct bed b = bed();
    finding_add(&b.findings, &(struct finding){ .level = FINDING_ERROR, .rule = TEXT("cell.integer"), .file = TEXT("a.xlsx"),
                                                .sheet = TEXT("小学"), .row = 7, .column = 4, .read = TEXT("4间") });
    /* The workbook of ours came back with a bad cell: that is no wish to empty the figure. */
    import_compare(county(b.mem, 120, BLANK), county(b.mem, 100, 3), county(b.mem, 100, 3), &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.n, 1);
    CHECK_INT(b.d.cells[0].item, PUPILS);
    CHECK(b.d.cells[0].barred);
    CHECK_INT(b.d.barred_schools, 1);
    arena_free(&b.mem);
}

TEST(import_compare, knows_a_new_school)
{
    struct bed b = bed();
    struct returns *empty = returns_new(&LIST, b.mem);
    returns_arrange(empty);
    import_compare(county(b.mem, 120, 2), empty, NULL, &b.findings, b.mem, &b.d);
    CHECK_INT(b.d.n_schools, 1);
    CHECK(b.d.schools[0].is_new);
    CHECK_INT(b.d.added, 3);
    arena_free(&b.mem);
}
