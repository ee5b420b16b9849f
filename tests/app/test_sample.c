#include "check.h"
#include "app/edition.h"
#include "app/sample.h"
#include "base/file.h"
#include "intake/intake.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static const char *folder(struct arena *mem)
{
    char *path = arena_printf(mem, "/tmp/junheng-test-XXXXXX");
    CHECK(mkdtemp(path) != NULL);
    return path;
}

static void remove_folder(struct arena *mem, const char *path)
{
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlink(arena_printf(mem, "%s/%s", path, entry->d_name));
    if (dir)
        closedir(dir);
    rmdir(path);
}

/* Every file of `one` stands in `other` with the same bytes.  Returns how many there are. */
static size_t check_same(struct arena *mem, const char *one, const char *other)
{
    struct err err = { 0 };
    size_t n = 0;
    DIR *dir = opendir(one);
    CHECK(dir != NULL);
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct text a, b;
        if (entry->d_name[0] == '.')
            continue;
        CHECK_OK(file_read(mem, arena_printf(mem, "%s/%s", one, entry->d_name), 1 << 24, &a, &err), err);
        CHECK_OK(file_read(mem, arena_printf(mem, "%s/%s", other, entry->d_name), 1 << 24, &b, &err), err);
        if (!text_equal(a, b))
            fail_msg("%s differs", entry->d_name);
        n++;
    }
    closedir(dir);
    return n;
}

/* The second between both would show in a workbook that carries the time of its making. */
TEST(sample, gives_the_same_bytes_for_the_same_seed)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct sample_tally tally;
    const char *one = folder(mem), *other = folder(mem);
    const struct sample_request first = { .folder = one, .seed = 5 }, again = { .folder = other, .seed = 5 };
    CHECK_OK(app_sample(&first, &tally, &err), err);
    CHECK_INT(tally.schools, 150);
    sleep(1);
    CHECK_OK(app_sample(&again, &tally, &err), err);
    CHECK_INT(check_same(mem, one, other), tally.files);
    remove_folder(mem, one);
    remove_folder(mem, other);
    arena_free(&mem);
}

TEST(sample, refuses_more_counties_than_the_nation_has)
{
    struct err err = { 0 };
    struct sample_tally tally;
    const struct sample_request request = { .folder = "/tmp", .counties = 2847, .seed = 1 };
    CHECK(!app_sample(&request, &tally, &err));
    CHECK_INT(err.kind, ERR_USAGE);
    CHECK_CONTAINS(text_of(err.what), "2846");
}

TEST(sample, says_where_it_cannot_write)
{
    struct err err = { 0 };
    struct sample_tally tally;
    const struct sample_request request = { .folder = "/proc/nothing/here", .seed = 1 };
    CHECK(!app_sample(&request, &tally, &err));
    CHECK_INT(err.kind, ERR_OUTSIDE);
    CHECK_CONTAINS(text_of(err.what), "/proc/nothing/here");
}

struct counted { size_t rows, counties; };

static bool count_rows(void *context, struct returns *returns, bool again, struct err *err __attribute__((unused)))
{
    struct counted *counted = context;
    *counted = (struct counted){ again ? 0 : counted->rows, again ? 0 : counted->counties };
    counted->rows += returns->n;
    counted->counties += returns->n_counties;
    return true;
}

/* Past the confined child as well: what stands on disk is read whole, the two errors of cells and
 * the guess are those made on purpose. */
TEST(sample, is_read_back_from_disk_whole)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct sample_tally tally;
    const struct edition *edition;
    const char *path = folder(mem), *paths[64];
    const struct sample_request request = { .folder = path, .seed = 1 };
    struct intake_request intake = { .paths = paths };
    struct findings findings = { .mem = mem };
    struct counted counted = { 0 };
    CHECK_OK(app_sample(&request, &tally, &err), err);
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    intake.items = &edition->items;
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (text_ends(text_of(entry->d_name), TEXT(".xlsx")) || text_ends(text_of(entry->d_name), TEXT(".csv")))
            paths[intake.n_paths++] = arena_printf(mem, "%s/%s", path, entry->d_name);
    closedir(dir);
    CHECK_INT(intake.n_paths, tally.files - 2);  /* and 读我.txt, and the outline */
    CHECK_OK(intake_read(&intake, mem, &findings, count_rows, &counted, &err), err);
    CHECK_INT(counted.rows, 3 * tally.schools);  /* the one that stands twice counts once */
    CHECK_INT(counted.counties, 3);
    size_t guesses = 0;
    for (size_t i = 0; i < findings.n; i++)
        guesses += text_equal(findings.at[i].rule, TEXT("header.guess"));
    CHECK_INT(guesses, 1);
    CHECK_INT(finding_count(&findings, FINDING_ERROR), 2);
    remove_folder(mem, path);
    arena_free(&mem);
}
