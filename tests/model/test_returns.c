#include "check.h"

#include "model/finding.h"
#include "model/returns.h"

static struct item ITEMS[] = {
    { .code = TEXT("county_code"), .type = ITEM_TEXT },
    { .code = TEXT("school_code"), .type = ITEM_TEXT },
    { .code = TEXT("pupils_primary"), .type = ITEM_INTEGER },
};

static struct item_list list(void)
{
    struct item_list items = { .at = ITEMS, .n = COUNT(ITEMS) };
    item_list_finish(&items);
    return items;
}

static void school(struct returns *r, const char *county, int year, const char *code, double pupils, uint32_t row)
{
    const size_t at = returns_add(r, returns_county(r, text_of(county), year), (struct origin){ 0, row });
    returns_put_text(r, at, 1, text_of(code));
    returns_put_number(r, at, 2, pupils);
}

TEST(returns, are_arranged_by_county_year_and_school)
{
    struct arena *mem = arena_new("test");
    const struct item_list items = list();
    struct returns *r = returns_new(&items, mem);
    returns_source(r, TEXT("a.csv"), TEXT(""));
    r->sources[0].place[2] = 5;
    school(r, "410185", 2025, "2", 20, 2);
    school(r, "410102", 2025, "9", 90, 3);
    school(r, "410185", 2025, "1", BLANK, 4);
    school(r, "410185", 2024, "1", 10, 5);
    returns_arrange(r);
    CHECK_INT(r->n_counties, 3);
    CHECK_TEXT(r->counties[0].code, "410102");
    CHECK_INT(r->counties[1].year, 2024);
    CHECK_INT(r->counties[2].n, 2);
    const size_t first = r->counties[2].first;
    CHECK_TEXT(returns_text(r, first, 1), "1");
    CHECK_BLANK(returns_number(r, first, 2));
    CHECK_INT(returns_number(r, first + 1, 2), 20);
    const struct cell_address cell = returns_cell(r, first + 1, 2);
    CHECK_INT(cell.row, 2);
    CHECK_INT(cell.column, 5);
    arena_free(&mem);
}

TEST(returns, follow_a_figure_that_came_from_a_second_file_through_the_sorting)
{
    struct arena *mem = arena_new("test");
    const struct item_list items = list();
    struct returns *r = returns_new(&items, mem);
    returns_source(r, TEXT("a.csv"), TEXT(""));
    returns_source(r, TEXT("b.csv"), TEXT(""));
    r->sources[1].place[2] = 3;
    school(r, "410185", 2025, "2", 20, 2);
    school(r, "410185", 2025, "1", BLANK, 3);
    returns_put_number(r, 1, 2, 15);
    returns_note_origin(r, 1, 2, (struct origin){ 1, 9 });
    returns_arrange(r);
    const struct cell_address cell = returns_cell(r, 0, 2);
    CHECK_TEXT(cell.file, "b.csv");
    CHECK_INT(cell.row, 9);
    arena_free(&mem);
}

TEST(returns, can_be_changed_in_a_copy_without_touching_the_original)
{
    struct arena *mem = arena_new("test");
    const struct item_list items = list();
    struct returns *r = returns_new(&items, mem);
    returns_source(r, TEXT("a.csv"), TEXT(""));
    school(r, "410185", 2025, "1", 10, 2);
    returns_arrange(r);
    struct returns *copy = returns_copy(r, mem);
    returns_put_number(copy, 0, 2, 11);
    CHECK_INT(returns_number(r, 0, 2), 10);
    CHECK_INT(returns_number(copy, 0, 2), 11);
    arena_free(&mem);
}

TEST(returns, hold_many_schools_and_keep_blanks_blank)
{
    struct arena *mem = arena_new("test");
    const struct item_list items = list();
    struct returns *r = returns_new(&items, mem);
    returns_source(r, TEXT("a.csv"), TEXT(""));
    for (uint32_t i = 0; i < 5000; i++)
        school(r, "410185", 2025, "1", i % 2 ? BLANK : i, i + 2);
    CHECK_BLANK(returns_number(r, 4999, 2));
    CHECK_INT(returns_number(r, 4998, 2), 4998);
    CHECK_BLANK(returns_number(r, 4998, 0));
    arena_free(&mem);
}

TEST(finding, says_where_what_and_how_in_one_sentence)
{
    struct arena *mem = arena_new("test");
    const struct finding f = { .file = TEXT("青禾.xlsx"), .sheet = TEXT("小学"), .row = 17, .column = 4,
                               .read = TEXT("12人"), .expected = TEXT("应为整数"), .mend = TEXT("删去“人”字") };
    CHECK_TEXT(finding_sentence(mem, &f), "青禾.xlsx Sheet“小学”D17 读到“12人”，应为整数。删去“人”字。");
    arena_free(&mem);
}

TEST(finding, names_cells_as_spreadsheets_do)
{
    char name[16];
    assert_string_equal(cell_name(name, 1, 1), "A1");
    assert_string_equal(cell_name(name, 17, 27), "AA17");
    assert_string_equal(cell_name(name, 1048576, 16384), "XFD1048576");
    assert_string_equal(cell_name(name, 0, 3), "");
}

TEST(findings, are_sorted_by_place_and_counted_by_level)
{
    struct arena *mem = arena_new("test");
    struct findings all = { .mem = mem };
    finding_add(&all, &(struct finding){ .level = FINDING_NOTE, .file = TEXT("b"), .row = 1, .column = 1 });
    finding_add(&all, &(struct finding){ .level = FINDING_ERROR, .file = TEXT("a"), .row = 9, .column = 1 });
    finding_add(&all, &(struct finding){ .level = FINDING_ERROR, .file = TEXT("a"), .row = 2, .column = 3 });
    findings_sort(&all);
    CHECK_INT(all.at[0].row, 2);
    CHECK_TEXT(all.at[2].file, "b");
    CHECK_INT(finding_count(&all, FINDING_ERROR), 2);
    arena_free(&mem);
}
