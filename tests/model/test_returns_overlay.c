#include "check.h"

#include "model/returns_overlay.h"

static struct item ITEMS[] = {
    { .code = { "school_code", 11 }, .level = ITEM_KEY, .type = ITEM_TEXT },
    { .code = { "pupils", 6 }, .level = ITEM_SCHOOL, .type = ITEM_INTEGER },
    { .code = { "rooms", 5 }, .level = ITEM_SCHOOL, .type = ITEM_INTEGER },
    { .code = { "people", 6 }, .level = ITEM_COUNTY, .type = ITEM_INTEGER },
};
enum { CODE, PUPILS, ROOMS, PEOPLE };
static const struct item_list LIST = { .at = ITEMS, .n = COUNT(ITEMS), .school_code = CODE };

static size_t school(struct returns *r, int year, const char *code, double pupils, double rooms, struct origin from)
{
    const size_t row = returns_add(r, returns_county(r, TEXT("41"), year), from);
    returns_put_text(r, row, CODE, text_of(code));
    returns_put_number(r, row, PUPILS, pupils);
    returns_put_number(r, row, ROOMS, rooms);
    return row;
}

static struct returns *with_table(struct arena *mem)
{
    struct returns *r = returns_new(&LIST, mem);
    const uint32_t s = returns_source(r, TEXT("a.xlsx"), TEXT("小学"));
    r->sources[s].place[PUPILS] = 4;
    r->sources[s].place[ROOMS] = 5;
    return r;
}

TEST(returns_overlay, takes_what_is_new_and_keeps_what_is_not_said)
{
    struct arena *mem = arena_new("test");
    struct returns *under = with_table(mem), *top = with_table(mem);
    school(under, 2025, "a", 100, 5, (struct origin){ 0, 7 });
    school(under, 2025, "c", 300, 9, (struct origin){ 0, 8 });
    returns_put_county(under, returns_county(under, TEXT("41"), 2025), PEOPLE, 5000, (struct origin){ 0, 1 });
    school(top, 2025, "a", 120, BLANK, (struct origin){ 0, 17 });
    school(top, 2025, "b", 50, 1, (struct origin){ 0, 18 });
    returns_arrange(under);
    returns_arrange(top);
    const struct returns *both = returns_overlay(under, top, mem);
    CHECK_INT(both->n, 3);
    const size_t a = returns_row(both, TEXT("41"), 2025, TEXT("a")), b = returns_row(both, TEXT("41"), 2025, TEXT("b"));
    CHECK_NEAR(returns_number(both, a, PUPILS), 120, 0);
    CHECK_NEAR(returns_number(both, a, ROOMS), 5, 0);
    CHECK_NEAR(returns_number(both, b, PUPILS), 50, 0);
    CHECK_NEAR(returns_number(both, returns_row(both, TEXT("41"), 2025, TEXT("c")), ROOMS), 9, 0);
    CHECK_NEAR(returns_county_number(both, 0, PEOPLE), 5000, 0);
    CHECK_INT(returns_row(both, TEXT("41"), 2025, TEXT("d")), SIZE_MAX);
    arena_free(&mem);
}

TEST(returns_overlay, tells_the_cells_of_the_new_figures_alone)
{
    struct arena *mem = arena_new("test");
    struct returns *under = with_table(mem), *top = with_table(mem);
    school(under, 2025, "c", 300, 9, (struct origin){ 0, 8 });
    school(top, 2025, "a", 120, 3, (struct origin){ 0, 17 });
    returns_arrange(under);
    returns_arrange(top);
    const struct returns *both = returns_overlay(under, top, mem);
    const struct cell_address known = returns_cell(both, returns_row(both, TEXT("41"), 2025, TEXT("a")), PUPILS);
    CHECK_INT(known.row, 17);
    CHECK_INT(known.column, 4);
    CHECK_INT(returns_cell(both, returns_row(both, TEXT("41"), 2025, TEXT("c")), PUPILS).row, 0);
    arena_free(&mem);
}

TEST(returns_origin, knows_the_source_and_the_place_in_it)
{
    struct arena *mem = arena_new("test");
    struct returns *r = with_table(mem);
    const size_t row = school(r, 2025, "a", 120, 3, (struct origin){ 0, 17 });
    const uint32_t other = returns_source(r, TEXT("b.xlsx"), TEXT("表"));
    r->sources[other].down = true;
    r->sources[other].value_column = 3;
    r->sources[other].place[ROOMS] = 40;
    returns_note_origin(r, row, ROOMS, (struct origin){ other, 0 });
    const struct cell_origin pupils = returns_origin(r, row, PUPILS), rooms = returns_origin(r, row, ROOMS);
    CHECK_INT(pupils.source, 0);
    CHECK_INT(pupils.row, 17);
    CHECK_INT(rooms.source, other);
    CHECK_INT(rooms.row, 40);
    CHECK_INT(rooms.column, 3);
    CHECK_INT(returns_origin(r, row, PEOPLE).source, SIZE_MAX);
    arena_free(&mem);
}
