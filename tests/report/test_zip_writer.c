#include "check.h"

#include "import/package.h"
#include "report/zip_writer.h"

TEST(zip_writer, makes_a_zip_that_others_read_and_the_same_bytes_twice)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text made[2], back;
    struct package *package;
    for (int i = 0; i < 2; i++) {
        struct zip_writer zip = zip_writer_new(mem, 10); /* grows */
        CHECK_OK(zip_writer_put(&zip, TEXT("佐证/甲.txt"), TEXT("内容"), &err), err);
        CHECK_OK(zip_writer_put(&zip, TEXT("空"), TEXT(""), &err), err);
        made[i] = zip_writer_end(&zip);
    }
    CHECK(text_equal(made[0], made[1]));
    CHECK_OK(package_open(mem, made[0], &package, &err), err);
    CHECK_INT(package_size(package), 2);
    CHECK_TEXT(package_name(package, 0), "佐证/甲.txt");
    CHECK_OK(part_load(mem, package, 0, &back, &err), err); /* the CRC is looked at */
    CHECK_TEXT(back, "内容");
    arena_free(&mem);
}

TEST(zip_writer, makes_any_name_a_harmless_part_of_a_path)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(zip_name(mem, TEXT("../../etc/passwd")), "_.._etc_passwd");
    CHECK_TEXT(zip_name(mem, TEXT("a:b*c?\"<>|\n.pdf")), "a_b_c______.pdf");
    CHECK_TEXT(zip_name(mem, TEXT(" . ")), "_");
    CHECK_TEXT(zip_name(mem, TEXT("")), "_");
    const struct text name = zip_name(mem, text_printf(mem, "%0300d布局.pdf", 0));
    CHECK(name.size <= 120);
    CHECK(text_ends(name, TEXT(".pdf")));
    arena_free(&mem);
}
