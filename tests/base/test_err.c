#include "check.h"

#include "base/unicode.h"

#include <errno.h>

TEST(err, never_shows_half_a_character_when_it_cuts)
{
    struct err err;
    char long_name[2000];
    for (size_t i = 0; i + 3 < sizeof long_name; i += 3)
        memcpy(long_name + i, "县", 4);
    for (int shift = 0; shift < 3; shift++) {
        CHECK(!err_set(&err, ERR_INPUT, "%.*s%s", shift, "abc", long_name));
        CHECK(strlen(err.what) > sizeof err.what - 8);
        CHECK(utf8_valid(text_of(err.what)));
    }
}

TEST(err, maps_each_kind_to_its_exit_code)
{
    CHECK_INT(err_exit_code(ERR_NONE), 0);
    CHECK_INT(err_exit_code(ERR_USAGE), 2);
    CHECK_INT(err_exit_code(ERR_INPUT), 3);
    CHECK_INT(err_exit_code(ERR_ABSENT), 3);
    CHECK_INT(err_exit_code(ERR_LIMIT), 3);
    CHECK_INT(err_exit_code(ERR_OUTSIDE), 4);
}

TEST(err, says_in_chinese_what_the_system_said)
{
    assert_string_equal(err_system(ENOENT), "没有这个文件或文件夹");
    assert_string_equal(err_system(ENOSPC), "磁盘已满");
}
