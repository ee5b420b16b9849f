#include "package.h"

#include "app/edition.h"
#include "app/import_mark.h"
#include "app/sample.h"
#include "base/file.h"
#include "import/grid.h"
#include "intake/intake.h"
#include "report/write_returns.h"

#include <dirent.h>

struct taken { struct returns *returns; };

static bool take(void *context, struct returns *returns, bool again __attribute__((unused)), struct err *err __attribute__((unused)))
{
    ((struct taken *)context)->returns = returns;
    return true;
}

static struct returns *read_files(struct arena *mem, const struct edition *edition, const char *const *paths, size_t n,
                                  struct findings *findings)
{
    struct err err = { 0 };
    struct taken taken = { NULL };
    const struct intake_request request = { .items = &edition->items, .paths = paths, .n_paths = n, .whole = true };
    CHECK_OK(intake_read(&request, mem, findings, take, &taken, &err), err);
    CHECK(taken.returns != NULL);
    return taken.returns;
}

/* The sample's files of 2025 and of the years before, as a bureau has them, read. */
static struct returns *read_sample(struct arena *mem, const struct edition *edition)
{
    struct err err = { 0 };
    struct sample_tally tally;
    struct findings findings = { .mem = mem };
    const char *folder = new_path(mem, "returns"), *paths[64];
    size_t n = 0;
    CHECK_OK(app_sample(&(struct sample_request){ .folder = folder, .seed = 1 }, &tally, &err), err);
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (text_ends(text_of(entry->d_name), TEXT(".xlsx")) || text_ends(text_of(entry->d_name), TEXT(".csv")))
            paths[n++] = arena_printf(mem, "%s/%s", folder, entry->d_name);
    closedir(dir);
    struct returns *returns = read_files(mem, edition, paths, n, &findings);
    dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlink(arena_printf(mem, "%s/%s", folder, entry->d_name));
    closedir(dir);
    rmdir(folder);
    return returns;
}

static bool same(double a, double b)
{
    return a == b || (is_blank(a) && is_blank(b));
}

static void check_same(const struct edition *edition, const struct returns *a, size_t year, const struct returns *b)
{
    const struct county_year *from = &a->counties[year], *to = &b->counties[0];
    CHECK_INT(b->n_counties, 1);
    CHECK_INT(to->n, from->n);
    CHECK_INT(to->year, from->year);
    CHECK(text_equal(to->code, from->code) && text_equal(to->name, from->name));
    for (size_t i = 0; i < edition->items.n; i++) {
        const struct item *item = &edition->items.at[i];
        for (size_t k = 0; k < from->n && item->level != ITEM_COUNTY; k++)
            if (!same(returns_number(a, from->first + k, (uint16_t)i), returns_number(b, to->first + k, (uint16_t)i)) ||
                !text_equal(returns_text(a, from->first + k, (uint16_t)i), returns_text(b, to->first + k, (uint16_t)i)))
                fail_msg("%.*s of row %zu: %.17g, was %.17g", TEXT_ARG(item->code), k,
                         returns_number(b, to->first + k, (uint16_t)i), returns_number(a, from->first + k, (uint16_t)i));
        if (item->level == ITEM_COUNTY && !same(returns_county_number(a, year, (uint16_t)i), returns_county_number(b, 0, (uint16_t)i)))
            fail_msg("%.*s of the county", TEXT_ARG(item->code));
    }
}

TEST(write_returns, comes_back_with_the_same_figures_and_without_a_finding)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    const struct edition *edition;
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    const struct returns *returns = read_sample(mem, edition);
    CHECK_INT(returns->n_counties, 3);
    for (size_t year = 0; year < 3; year++) {
        const char *path = new_path(mem, "back.xlsx");
        struct findings findings = { .mem = mem };
        size_t rows = 0;
        const struct export_mark mark = { 17, returns->counties[year].code };
        const struct returns_request request = {
            .edition = edition, .returns = returns, .county = year, .mark = export_mark_words(mem, &mark, returns->counties[year].year),
        };
        CHECK_OK(write_returns(&request, path, &rows, &err), err);
        CHECK_INT(rows, returns->counties[year].n);
        const struct returns *back = read_files(mem, edition, &path, 1, &findings);
        for (size_t i = 0; i < findings.n; i++)
            fail_msg("%s", text_string(mem, finding_sentence(mem, &findings.at[i])));
        check_same(edition, returns, year, back);
        unlink(path);
    }
    arena_free(&mem);
}

TEST(write_returns, carries_its_mark_and_only_what_may_be_seen)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    const struct edition *edition;
    struct text bytes;
    struct workbook book;
    struct export_mark mark;
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    const struct returns *returns = read_sample(mem, edition);
    const char *path = new_path(mem, "some.xlsx");
    bool *visible = arena_array(mem, returns->n, bool);
    visible[returns->counties[2].first + 3] = visible[returns->counties[2].first + 5] = true;
    size_t rows = 0;
    const struct returns_request request = {
        .edition = edition, .returns = returns, .county = 2, .visible = visible, .without_county = true,
        .mark = export_mark_words(mem, &(struct export_mark){ 17, TEXT("419900") }, 2025),
    };
    CHECK_OK(write_returns(&request, path, &rows, &err), err);
    CHECK_INT(rows, 2);
    CHECK_OK(file_read(mem, path, 1 << 24, &bytes, &err), err);
    unlink(path);
    CHECK_OK(xlsx_read(mem, bytes, &book, &err), err);
    CHECK_INT(book.n, 2);
    CHECK_TEXT(book.sheets[1]->name, "说明");
    CHECK(export_mark_read(grid_text(book.sheets[1], grid_at(book.sheets[1], 1, 1)), &mark));
    CHECK_INT(mark.version, 17);
    CHECK_TEXT(mark.county, "419900");
    CHECK_TEXT(grid_text(book.sheets[1], grid_at(book.sheets[1], 3, 1)), "共写出 2 行，符合条件 2 行。");
    const uint16_t code = edition->items.school_code;
    bool found = false;
    for (size_t i = 0; i < book.sheets[0]->n; i++)
        found |= book.sheets[0]->cells[i].kind == CELL_TEXT &&
                 text_equal(grid_text(book.sheets[0], &book.sheets[0]->cells[i]), returns_text(returns, returns->counties[2].first + 3, code));
    CHECK(found);
    arena_free(&mem);
}

/* A hostile name is a text in the cell, and comes back as it was. */
TEST(write_returns, keeps_a_name_that_looks_like_a_formula)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    const struct edition *edition;
    struct findings findings = { .mem = mem };
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    const struct item_list *items = &edition->items;
    struct returns *returns = returns_new(items, mem);
    const uint32_t county = returns_county(returns, TEXT("419900"), 2025), source = returns_source(returns, TEXT("x"), TEXT(""));
    const size_t row = returns_add(returns, county, (struct origin){ source, 2 });
    returns_put_text(returns, row, items->school_code, TEXT("007"));
    returns_put_text(returns, row, items->school_name, TEXT("=cmd|'/c calc'!A1"));
    returns_put_number(returns, row, items->school_type, 1);
    returns_put_number(returns, row, item_find(items, TEXT("area_teaching_m2")), 1234.56);
    returns_arrange(returns);
    const char *path = new_path(mem, "name.xlsx");
    const struct returns_request request = { .edition = edition, .returns = returns, .without_county = true };
    CHECK_OK(write_returns(&request, path, NULL, &err), err);
    const struct returns *back = read_files(mem, edition, &path, 1, &findings);
    unlink(path);
    CHECK_INT(finding_count(&findings, FINDING_ERROR), 0);
    CHECK_TEXT(returns_text(back, 0, items->school_code), "007");
    CHECK_TEXT(returns_text(back, 0, items->school_name), "=cmd|'/c calc'!A1");
    CHECK_NEAR(returns_number(back, 0, item_find(items, TEXT("area_teaching_m2"))), 1234.56, 0);
    arena_free(&mem);
}
