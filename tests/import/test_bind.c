#include "check.h"

#include "import/bind.h"
#include "items_for_tests.h"
#include "picture.h"

/* What a reader of CSV does: the first lines as a grid, then row by row. */
static bool bound(struct arena *mem, const char *drawn, struct bind_request *request, struct binding *out)
{
    *request = (struct bind_request){ .names = item_names_new(mem, items_for_tests(mem)), .file = TEXT("a.csv") };
    return bind_table(mem, request, picture(mem, "", drawn), 1, out);
}

static uint32_t place(const struct bind_request *request, const struct binding *binding, const char *code)
{
    return binding->table.place[item_find(item_names_list(request->names), text_of(code))];
}

/* A line as fields, cut at '|'. */
static enum row_kind kind_of(struct arena *mem, const struct bind_request *request, const struct binding *binding, const char *line)
{
    struct text fields[16] = { { NULL, 0 } }, rest = text_of(line);
    size_t n = 0;
    while (n < 16 && text_split(&rest, '|', &fields[n]))
        n++;
    return bind_row(binding, request, fields, n, mem);
}

TEST(bind, tells_the_column_of_each_item_and_the_last_row_of_the_header)
{
    struct arena *mem = arena_new("test");
    struct bind_request request;
    struct binding binding;
    CHECK(bound(mem, "某县学校表\n学校代码|学校名称|小学在校生数|备注\n'410101|甲|5|\n", &request, &binding));
    CHECK(!binding.table.down);
    CHECK_INT(binding.table.kind, TABLE_SCHOOLS);
    CHECK_INT(binding.table.header_row, 2);
    CHECK_INT(place(&request, &binding, "school_code"), 1);
    CHECK_INT(place(&request, &binding, "pupils_primary"), 3);
    CHECK_INT(place(&request, &binding, "pupils_junior"), 0);
    arena_free(&mem);
}

TEST(bind, is_false_where_fewer_than_two_items_or_only_keys_stand)
{
    struct arena *mem = arena_new("test");
    struct bind_request request;
    struct binding binding;
    CHECK(!bound(mem, "姓名|电话\n张三|5\n", &request, &binding));
    CHECK(!bound(mem, "学校代码|电话\n'410101|5\n", &request, &binding));
    CHECK(!bound(mem, "学校代码|学年|县代码\n'410101|2025|410185\n", &request, &binding));
    CHECK(!bound(mem, "", &request, &binding));
    arena_free(&mem);
}

TEST(bind, sees_that_items_run_down)
{
    struct arena *mem = arena_new("test");
    struct bind_request request;
    struct binding binding;
    CHECK(bound(mem, "填报项目|填报值\n学校代码|'410101\n小学在校生数|5\n", &request, &binding));
    CHECK(binding.table.down);
    CHECK_INT(binding.table.value_column, 2);
    CHECK_INT(place(&request, &binding, "pupils_primary"), 3);
    arena_free(&mem);
}

TEST(bind, prefers_a_header_to_a_strip_of_keys_above_it)
{
    struct arena *mem = arena_new("test");
    struct bind_request request;
    struct binding binding;
    CHECK(bound(mem, "学年|2025|区县名称|虚构县\n学校代码|学校名称|学校类型|小学在校生数|初中在校生数|班级数\n'410101|甲|小学|5||3\n", &request, &binding));
    CHECK_INT(binding.table.header_row, 2);
    CHECK_INT(place(&request, &binding, "pupils_junior"), 5);
    CHECK_INT(place(&request, &binding, "classes_total"), 6);
    arena_free(&mem);
}

TEST(bind, tells_schools_from_totals_notes_and_headers)
{
    struct arena *mem = arena_new("test");
    struct bind_request request;
    struct binding binding;
    CHECK(bound(mem, "序号|学校代码|学校名称|学年|小学在校生数\n1|'410101|甲|2025|5\n", &request, &binding));
    CHECK_INT(kind_of(mem, &request, &binding, "1|410101|合计小学|2025|5"), ROW_DATA);
    CHECK_INT(kind_of(mem, &request, &binding, "1||城关小学|2025|5"), ROW_DATA);
    CHECK_INT(kind_of(mem, &request, &binding, "1|X-07|城关小学||"), ROW_DATA);
    CHECK_INT(kind_of(mem, &request, &binding, "||合　计||905"), ROW_TOTAL);
    CHECK_INT(kind_of(mem, &request, &binding, "城关镇小计||||905"), ROW_TOTAL);
    CHECK_INT(kind_of(mem, &request, &binding, "|总计|||905"), ROW_TOTAL);
    CHECK_INT(kind_of(mem, &request, &binding, "|平均|||90.5"), ROW_TOTAL);
    CHECK_INT(kind_of(mem, &request, &binding, "7|||2025|"), ROW_BLANK);
    CHECK_INT(kind_of(mem, &request, &binding, "||||"), ROW_BLANK);
    CHECK_INT(kind_of(mem, &request, &binding, "|学校代码|学校名称|学年|小学在校生数"), ROW_HEADER);
    CHECK_INT(kind_of(mem, &request, &binding, "注：以上为9月1日的数||||"), ROW_NOTE);
    arena_free(&mem);
}
