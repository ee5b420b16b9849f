#include "check.h"

#include "import/grid.h"

static struct grid *new_grid(struct arena *mem)
{
    return grid_new(mem, TEXT("小学"));
}

TEST(grid, gives_back_cells_in_order_however_they_came)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = new_grid(mem);
    for (uint32_t i = 3000; i > 0; i--)
        grid_add_number(grid, i % 30 + 1, i / 30 + 1, CELL_NUMBER, i, false);
    grid_finish(grid);
    CHECK_INT(grid->n, 3000);
    for (size_t i = 1; i < grid->n; i++)
        CHECK(grid->cells[i - 1].row < grid->cells[i].row ||
              (grid->cells[i - 1].row == grid->cells[i].row && grid->cells[i - 1].column < grid->cells[i].column));
    CHECK_NEAR(grid_at(grid, 1234 % 30 + 1, 1234 / 30 + 1)->number, 1234, 0);
    const struct cell *first;
    CHECK_INT(grid_row(grid, 7, &first), 100);
    CHECK_INT(first->row, 7);
    CHECK_INT(first->column, 1);
    CHECK_INT(grid_row(grid, 31, &first), 0);
    arena_free(&mem);
}

TEST(grid, keeps_the_later_of_two_cells_at_one_place)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = new_grid(mem);
    grid_add_number(grid, 2, 1, CELL_NUMBER, 1, false);
    grid_add_number(grid, 1, 1, CELL_NUMBER, 2, false);
    grid_add_number(grid, 2, 1, CELL_NUMBER, 3, false);
    grid_finish(grid);
    CHECK_INT(grid->n, 2);
    CHECK_NEAR(grid_at(grid, 2, 1)->number, 3, 0);
    arena_free(&mem);
}

TEST(grid, has_no_cell_where_nothing_stands)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = new_grid(mem);
    grid_finish(grid);
    CHECK(grid_at(grid, 1, 1) == NULL);
    CHECK(grid_at_merged(grid, 1, 1) == NULL);
    grid_add_number(grid, 2, 1, CELL_NUMBER, 1, false);
    grid_finish(grid);
    CHECK(grid_at(grid, 1, 65537) == NULL); /* not row 2, column 1 */
    arena_free(&mem);
}

TEST(grid, finds_the_first_cell_of_a_merged_range)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = new_grid(mem);
    grid_add_text(grid, 1, 2, CELL_TEXT, TEXT("办学条件"));
    grid_add_text(grid, 2, 1, CELL_TEXT, TEXT("高"));
    grid_add_text(grid, 9, 9, CELL_TEXT, TEXT("外"));
    grid_add_merge(grid, (struct merge){ 5, 5, 6, 6 });
    grid_add_merge(grid, (struct merge){ 2, 1, 90, 1 });
    grid_add_merge(grid, (struct merge){ 1, 2, 1, 5 });
    grid_finish(grid);
    CHECK_TEXT(grid_text(grid, grid_at_merged(grid, 1, 5)), "办学条件");
    CHECK_TEXT(grid_text(grid, grid_at_merged(grid, 90, 1)), "高");
    CHECK(grid_at_merged(grid, 91, 1) == NULL);
    CHECK(grid_at_merged(grid, 6, 6) == NULL);   /* merged, but blank */
    CHECK_TEXT(grid_text(grid, grid_at_merged(grid, 9, 9)), "外");
    arena_free(&mem);
}

TEST(grid, keeps_a_text_of_many_cells_once)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = new_grid(mem);
    for (uint32_t row = 1; row <= 10000; row++) {
        grid_add_text(grid, row, 1, CELL_TEXT, TEXT("是"));
        grid_add_text(grid, row, 2, CELL_TEXT, TEXT("农村"));
        grid_add_text(grid, row, 3, CELL_TEXT, text_printf(mem, "第%u小学", row));
    }
    grid_finish(grid);
    CHECK_TEXT(grid_text(grid, grid_at(grid, 9999, 1)), "是");
    CHECK_TEXT(grid_text(grid, grid_at(grid, 9999, 2)), "农村");
    CHECK_TEXT(grid_text(grid, grid_at(grid, 9999, 3)), "第9999小学");
    CHECK(grid->pool.size < 10000 * 20);
    arena_free(&mem);
}

TEST(grid, shows_cells_as_a_person_sees_them)
{
    struct arena *mem = arena_new("test");
    struct grid *grid = new_grid(mem);
    grid_add_number(grid, 1, 1, CELL_NUMBER, 12.5, false);
    grid_add_number(grid, 1, 2, CELL_NUMBER, 0.07, true);
    grid_add_number(grid, 1, 3, CELL_DATE, 20250901, false);
    grid_add_number(grid, 1, 4, CELL_BOOLEAN, 1, false);
    grid_add_text(grid, 1, 5, CELL_ERROR, TEXT("#REF!"));
    grid_finish(grid);
    CHECK_TEXT(grid_shown(mem, grid, grid_at(grid, 1, 1)), "12.5");
    CHECK_TEXT(grid_shown(mem, grid, grid_at(grid, 1, 2)), "7%");
    CHECK_TEXT(grid_shown(mem, grid, grid_at(grid, 1, 3)), "2025-09-01");
    CHECK_TEXT(grid_shown(mem, grid, grid_at(grid, 1, 4)), "TRUE");
    CHECK_TEXT(grid_shown(mem, grid, grid_at(grid, 1, 5)), "#REF!");
    arena_free(&mem);
}
