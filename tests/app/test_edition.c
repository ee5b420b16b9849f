#include "check.h"

#include "app/edition.h"
#include "app/edition_view.h"
#include "base/file.h"

#include <sys/stat.h>
#include <stdlib.h>
#include <unistd.h>

static struct text shown(struct arena *mem, const char *id)
{
    const struct edition *e;
    const struct view_section *sections;
    size_t n;
    struct err err = { 0 };
    struct buf all = { .mem = mem };
    CHECK_OK(app_edition(mem, NULL, &e, &err), err);
    CHECK_OK(app_edition_show(mem, e, text_of(id), &sections, &n, &err), err);
    for (size_t s = 0; s < n; s++)
        for (size_t k = 0; k < sections[s].n; k++)
            buf_printf(&all, "%s=%.*s\n", sections[s].entries[k].key, TEXT_ARG(sections[s].entries[k].value));
    return buf_text(&all);
}

TEST(app_edition, carries_two_editions_and_takes_the_first_unasked)
{
    size_t n;
    const char *const *names = app_edition_names(&n);
    CHECK_INT(n, 2);
    assert_string_equal(names[0], "cn-2017");
    assert_string_equal(names[1], "cn-2012-basic");
    struct arena *mem = arena_new("test");
    const struct edition *e;
    struct err err = { 0 };
    CHECK_OK(app_edition(mem, NULL, &e, &err), err);
    CHECK_TEXT(e->id, "cn-2017");
    CHECK_OK(app_edition(mem, "cn-2012-basic", &e, &err), err);
    CHECK_TEXT(e->id, "cn-2012-basic");
    arena_free(&mem);
}

TEST(app_edition, reads_a_folder_as_it_reads_what_is_inside)
{
    struct arena *mem = arena_new("test");
    const struct edition_change_view *changes;
    size_t n;
    struct err err = { 0 };
    const char *const folder = check_path(mem, "standards/cn-2017");
    CHECK_OK(app_edition_diff(mem, "cn-2017", folder, &changes, &n, &err), err);
    CHECK_INT(n, 0);
    const struct edition *e;
    CHECK_OK(app_edition(mem, folder, &e, &err), err);
    CHECK_INT(e->n_indicators, 32);
    arena_free(&mem);
}

TEST(app_edition, says_which_editions_there_are_when_it_has_none_of_that_name)
{
    struct arena *mem = arena_new("test");
    const struct edition *e;
    struct err err = { 0 };
    CHECK(!app_edition(mem, "cn-2099", &e, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    CHECK_CONTAINS(text_of(err.what), "cn-2099");
    CHECK_CONTAINS(text_of(err.hint), "cn-2017、cn-2012-basic");
    CHECK(!app_edition(mem, check_path(mem, "standards"), &e, &err)); /* a folder without tables */
    CHECK_CONTAINS(text_of(err.what), "没有 edition.csv");
    arena_free(&mem);
}

TEST(app_edition, refuses_a_folder_of_too_many_tables)
{
    struct arena *mem = arena_new("test");
    const struct edition *e;
    struct err err = { 0 };
    char folder[] = "/tmp/junheng-edition-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < 33; i++)
        CHECK_OK(file_write(arena_printf(mem, "%s/%d.csv", folder, i), TEXT("x"), &err), err);
    CHECK(!app_edition(mem, folder, &e, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    for (int i = 0; i < 33; i++)
        unlink(arena_printf(mem, "%s/%d.csv", folder, i));
    rmdir(folder);
    arena_free(&mem);
}

TEST(app_edition, shows_all_about_an_indicator)
{
    struct arena *mem = arena_new("test");
    const struct text l4 = shown(mem, "L4");
    static const char *const PARTS[] = { "at_least=4.5 平方米/生", "at_least=5.8 平方米/生", "floor=3.825 平方米/生（标准的 85%）", "floor=4.93",
        "cv_limit=0.5\n", "cv_limit=0.45", "amount=max(area_teaching_m2 - area_indoor_sports_m2; 0)", "clause=教督〔2017〕6号",
        "item=area_teaching_m2  教学及辅助用房面积（平方米）", "1 : 1.1 : 1.32" };
    for (size_t i = 0; i < COUNT(PARTS); i++)
        CHECK_CONTAINS(l4, PARTS[i]);
    CHECK_CONTAINS(shown(mem, "G11"), "part=G11b");
    CHECK_CONTAINS(shown(mem, "G11a"), "threshold=不低于 0.1");
    CHECK_CONTAINS(shown(mem, "G2"), "judged=judged_G2");
    CHECK_CONTAINS(shown(mem, "X8"), "off=默认不启用");
    CHECK_CONTAINS(shown(mem, "L3"), "relaxation=L3-small-rural-primary");
    CHECK_CONTAINS(shown(mem, "school_type"), "nine_year 九年一贯制");
    arena_free(&mem);
}

TEST(app_edition, offers_the_id_that_is_nearly_spelled_so)
{
    struct arena *mem = arena_new("test");
    const struct edition *e;
    const struct view_section *sections;
    size_t n;
    struct err err = { 0 };
    CHECK_OK(app_edition(mem, NULL, &e, &err), err);
    CHECK(!app_edition_show(mem, e, TEXT("l4"), &sections, &n, &err));
    CHECK_INT(err.kind, ERR_USAGE);
    CHECK_CONTAINS(text_of(err.hint), "是不是 L4");
    arena_free(&mem);
}
