/* Reading in a process of its own must say exactly what reading here says, and survive whatever that
 * process does.  The tests' own program stands for the server: tests/main.c starts as the worker, too. */
#include "check.h"

#include "app/edition.h"
#include "app/sample.h"
#include "app/template.h"
#include "base/file.h"
#include "intake/handover.h"
#include "intake/handover_frame.h"
#include "intake/intake.h"
#include "temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64 };

struct bed {
    struct arena *mem;
    const struct item_list *items;
    const char *paths[MOST];
    struct handover_file files[MOST];
    size_t n;
};

static struct bed bed_new(void)
{
    struct bed bed = { .mem = arena_new("test") };
    const struct edition *edition;
    struct err err;
    CHECK_OK(app_edition(bed.mem, NULL, &edition, &err), err);
    bed.items = &edition->items;
    return bed;
}

static void bed_add(struct bed *bed, const char *path)
{
    struct err err;
    CHECK(bed->n < MOST);
    bed->paths[bed->n] = path;
    bed->files[bed->n].name = file_name(path);
    CHECK_OK(file_read(bed->mem, path, 64 << 20, &bed->files[bed->n].bytes, &err), err);
    bed->n++;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t names_in(struct arena *mem, const char *folder, const char **names, size_t most)
{
    DIR *const dir = opendir(folder);
    size_t n = 0;
    CHECK(dir != NULL);
    for (const struct dirent *entry; (entry = readdir(dir)) && n < most;)
        if (entry->d_name[0] != '.')
            names[n++] = arena_printf(mem, "%s/%s", folder, entry->d_name);
    closedir(dir);
    qsort(names, n, sizeof *names, by_name);
    return n;
}

static void remove_folder(void *folder)
{
    struct arena *mem = arena_new("test");
    const char *names[MOST];
    for (size_t n = names_in(mem, folder, names, MOST); n-- > 0;)
        unlink(names[n]);
    rmdir(folder);
    arena_free(&mem);
}

static const char *new_folder(struct arena *mem)
{
    char *folder = arena_printf(mem, "/tmp/junheng-test-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    arena_defer(mem, remove_folder, folder);
    return folder;
}

/* All that a bureau has: workbooks of towns, CSVs in two encodings, a school's own form, the county's figures. */
static struct bed sample_bed(void)
{
    struct bed bed = bed_new();
    struct sample_tally tally;
    struct err err;
    const char *names[MOST], *folder = new_folder(bed.mem);
    CHECK_OK(app_sample(&(struct sample_request){ .folder = folder, .seed = 1 }, &tally, &err), err);
    const size_t n = names_in(bed.mem, folder, names, MOST);
    for (size_t i = 0; i < n; i++)
        if (text_ends(text_of(names[i]), TEXT(".csv")) || text_ends(text_of(names[i]), TEXT(".xlsx")))
            bed_add(&bed, names[i]);
    CHECK(bed.n > 20);
    return bed;
}

struct outcome { bool ok; struct returns *returns; struct findings findings; struct err err; };

static bool keep(void *context, struct returns *returns, bool again, struct err *err)
{
    (void)err;
    struct outcome *const outcome = context;
    CHECK(!again && !outcome->returns);
    outcome->returns = returns;
    return true;
}

static struct outcome read_here(const struct bed *bed, struct text county, int year)
{
    struct outcome outcome = { .findings.mem = bed->mem };
    const struct intake_request request = { .items = bed->items, .paths = bed->paths, .n_paths = bed->n, .whole = true, .county = county, .year = year };
    outcome.ok = intake_read(&request, bed->mem, &outcome.findings, keep, &outcome, &outcome.err);
    return outcome;
}

static struct outcome read_there(const struct handover_how *how, const struct bed *bed, struct text county, int year)
{
    struct outcome outcome = { .findings.mem = bed->mem };
    const struct handover_request request = { .items = bed->items, .files = bed->files, .n_files = bed->n, .county = county, .year = year };
    outcome.ok = handover_read(how, &request, bed->mem, &outcome.returns, &outcome.findings, &outcome.err);
    return outcome;
}

static void same_text(struct text a, struct text b, const char *what)
{
    if (!text_equal(a, b))
        fail_msg("%s: “%.*s” here, “%.*s” there", what, TEXT_ARG(a), TEXT_ARG(b));
}

static void same_number(double a, double b, const char *what)
{
    if (!(a == b || (is_blank(a) && is_blank(b))))
        fail_msg("%s: %.17g here, %.17g there", what, a, b);
}

static void same_cell(struct cell_address a, struct cell_address b)
{
    same_text(a.file, b.file, "file of a cell");
    same_text(a.sheet, b.sheet, "sheet of a cell");
    CHECK_INT(a.row, b.row);
    CHECK_INT(a.column, b.column);
}

static size_t same_returns(const struct returns *a, const struct returns *b)
{
    size_t figures = 0;
    CHECK_INT(a->n, b->n);
    CHECK_INT(a->n_counties, b->n_counties);
    CHECK_INT(a->n_sources, b->n_sources);
    CHECK_INT(a->n_others, b->n_others);
    for (size_t c = 0; c < a->n_counties; c++) {
        same_text(a->counties[c].code, b->counties[c].code, "county code");
        same_text(a->counties[c].name, b->counties[c].name, "county name");
        CHECK_INT(a->counties[c].year, b->counties[c].year);
        CHECK_INT(a->counties[c].first, b->counties[c].first);
        CHECK_INT(a->counties[c].n, b->counties[c].n);
        for (uint16_t item = 0; item < a->items->n; item++) {
            same_number(returns_county_number(a, c, item), returns_county_number(b, c, item), a->items->at[item].code.at);
            same_cell(returns_county_cell(a, c, item), returns_county_cell(b, c, item));
        }
    }
    for (size_t row = 0; row < a->n; row++)
        for (uint16_t item = 0; item < a->items->n; item++) {
            CHECK((a->number[item] != NULL) == (b->number[item] != NULL));
            same_number(returns_number(a, row, item), returns_number(b, row, item), a->items->at[item].code.at);
            same_text(returns_text(a, row, item), returns_text(b, row, item), a->items->at[item].code.at);
            same_cell(returns_cell(a, row, item), returns_cell(b, row, item));
            figures += !is_blank(returns_number(a, row, item)) || returns_text(a, row, item).size;
        }
    return figures;
}

static void same_findings(const struct findings *a, const struct findings *b)
{
    CHECK_INT(a->n, b->n);
    CHECK_INT(a->dropped, b->dropped);
    for (size_t i = 0; i < a->n; i++) {
        const struct finding *const x = &a->at[i], *const y = &b->at[i];
        CHECK_INT(x->level, y->level);
        CHECK_INT(x->row, y->row);
        CHECK_INT(x->column, y->column);
        same_text(x->rule, y->rule, "rule");
        same_text(x->file, y->file, "file");
        same_text(x->sheet, y->sheet, "sheet");
        same_text(x->school, y->school, "school");
        same_text(x->item, y->item, "item");
        same_text(x->read, y->read, "read");
        same_text(x->expected, y->expected, "expected");
        same_text(x->mend, y->mend, "mend");
    }
}

/* ---- the same as here ---- */

TEST(handover, of_a_whole_bureaus_files_gives_every_figure_cell_and_finding_that_reading_here_gives)
{
    const struct bed bed = sample_bed();
    const struct outcome here = read_here(&bed, TEXT("410999"), 2025), there = read_there(NULL, &bed, TEXT("410999"), 2025);
    CHECK_OK(here.ok, here.err);
    CHECK_OK(there.ok, there.err);
    CHECK(here.returns->n == 450 && here.findings.n > 40);
    CHECK(same_returns(here.returns, there.returns) > 450 * 30);
    same_findings(&here.findings, &there.findings);
    struct arena *mem = bed.mem;
    arena_free(&mem);
}

TEST(handover, of_one_file_at_a_time_gives_the_same)
{
    struct bed bed = sample_bed();
    struct bed one = bed;
    one.n = 1;
    for (size_t i = 0; i < bed.n; i += 3) {
        one.paths[0] = bed.paths[i];
        one.files[0] = bed.files[i];
        const struct outcome here = read_here(&one, TEXT("410999"), 2025), there = read_there(NULL, &one, TEXT("410999"), 2025);
        CHECK_OK(here.ok, here.err);
        CHECK_OK(there.ok, there.err);
        same_returns(here.returns, there.returns);
        same_findings(&here.findings, &there.findings);
    }
    arena_free(&bed.mem);
}

TEST(handover, of_good_workbooks_of_every_kind_gives_the_same)
{
    struct bed bed = bed_new();
    const char *names[MOST];
    const size_t n = names_in(bed.mem, check_path(bed.mem, "tests/import/good"), names, MOST);
    size_t read = 0;
    for (size_t i = 0; i < n; i++) {
        struct bed one = bed;
        bed_add(&one, names[i]);
        const struct outcome here = read_here(&one, TEXT("410185"), 2025), there = read_there(NULL, &one, TEXT("410185"), 2025);
        CHECK_INT(here.ok, there.ok);
        same_findings(&here.findings, &there.findings);
        if (here.ok)
            read += same_returns(here.returns, there.returns) > 0;
    }
    CHECK(read >= 4);
    arena_free(&bed.mem);
}

TEST(handover, of_a_refused_file_says_the_same_sentence)
{
    struct bed bed = bed_new();
    const char *names[512];
    const size_t n = names_in(bed.mem, check_path(bed.mem, "tests/import/refused"), names, COUNT(names));
    size_t refused = 0;
    for (size_t i = 0; i < n; i += 4) {
        struct bed one = bed;
        bed_add(&one, names[i]);
        const struct outcome here = read_here(&one, TEXT("410185"), 2025), there = read_there(NULL, &one, TEXT("410185"), 2025);
        CHECK_INT(here.ok, there.ok);
        same_findings(&here.findings, &there.findings);
        if (here.ok)
            continue;
        refused++;
        CHECK_INT(here.err.kind, there.err.kind);
        CHECK_TEXT(text_of(there.err.what), here.err.what);
        CHECK_TEXT(text_of(there.err.hint), here.err.hint);
        CHECK_TEXT(text_of(there.err.detail), here.err.detail);
    }
    CHECK(refused > 20);
    arena_free(&bed.mem);
}

TEST(handover, of_files_that_complete_each_other_gives_the_same)
{
    struct bed bed = bed_new();
    bed_add(&bed, temporary_file(bed.mem, "甲.csv", TEXT("county_code,year,school_code,school_name,school_type,pupils_primary\n410185,2025,2,乙小学,小学,20\n410185,2025,1,甲小学,小学,10\n")));
    bed_add(&bed, temporary_file(bed.mem, "乙.csv", TEXT("county_code,year,school_code,school_name,pupils_primary,area_teaching_m2\n410185,2025,1,甲小学,11,5.25\n410185,2024,3,丙小学,,9\n")));
    bed_add(&bed, temporary_file(bed.mem, "丙.csv", TEXT("县代码,区县名称,学年,常住人口,乡镇数\n410185,登封市,2025,729000,17\n")));
    const struct outcome here = read_here(&bed, TEXT(""), 0), there = read_there(NULL, &bed, TEXT(""), 0);
    CHECK_OK(here.ok, here.err);
    CHECK_OK(there.ok, there.err);
    CHECK_INT(here.returns->n_others, 1);
    CHECK_INT(here.findings.n, 1);
    CHECK(here.returns->counties[1].figure != NULL);
    same_returns(here.returns, there.returns);
    same_findings(&here.findings, &there.findings);
    arena_free(&bed.mem);
}

/* The binary that people install, not only this one of the tests. */
TEST(handover, is_done_by_the_program_itself)
{
    if (access(BUILD_ROOT "/junheng", X_OK) != 0)
        skip();
    struct bed bed = bed_new();
    bed_add(&bed, check_path(bed.mem, "tests/import/good/xlsx_libreoffice.xlsx"));
    const struct handover_how how = { .program = BUILD_ROOT "/junheng" };
    const struct outcome here = read_here(&bed, TEXT("410185"), 2025), there = read_there(&how, &bed, TEXT("410185"), 2025);
    CHECK_OK(here.ok, here.err);
    CHECK_OK(there.ok, there.err);
    CHECK(same_returns(here.returns, there.returns) > 0);
    arena_free(&bed.mem);
}

/* ---- a large one, and what is too large ---- */

static struct text many_rows(struct arena *mem, size_t rows, size_t remark)
{
    struct buf out = { .mem = mem };
    buf_add(&out, TEXT("county_code,year,school_code,school_name,school_type,pupils_primary,"));
    for (size_t i = 0; i < remark; i++)
        buf_byte(&out, 'x');
    buf_byte(&out, '\n');
    for (size_t i = 0; i < rows; i++) {
        buf_printf(&out, "410185,2025,%zu,School of %zu,primary,%zu,", 4100000000u + (i * 7919) % rows, i, i % 1000);
        for (size_t k = 0; k < remark; k++)
            buf_byte(&out, 'y');
        buf_byte(&out, '\n');
    }
    return buf_text(&out);
}

struct seen { uint64_t done, total, calls; };

static void note_progress(void *context, uint64_t done, uint64_t total)
{
    struct seen *const seen = context;
    CHECK(done >= seen->done && done <= total);
    *seen = (struct seen){ done, total, seen->calls + 1 };
}

TEST(handover, reads_a_large_csv_with_several_children_into_one_returns_and_tells_how_far_it_is)
{
    struct bed bed = bed_new();
    const struct text bytes = many_rows(bed.mem, 60000, 40);
    CHECK(bytes.size > 4 << 20);
    bed.files[bed.n++] = (struct handover_file){ TEXT("大.csv"), bytes };
    struct seen seen = { 0 };
    const struct outcome there = read_there(&(struct handover_how){ .progress = note_progress, .context = &seen }, &bed, TEXT(""), 0);
    CHECK_OK(there.ok, there.err);
    CHECK_INT(there.returns->n, 60000);
    CHECK_INT(there.returns->counties[0].n, 60000);
    CHECK_TEXT(returns_text(there.returns, 59999, bed.items->school_code), "4100059999");
    CHECK_INT(seen.done, bytes.size);
    CHECK_INT(seen.total, bytes.size);
    CHECK(seen.calls > 3);
    arena_free(&bed.mem);
}

TEST(handover, refuses_more_than_it_takes_before_or_after_reading)
{
    struct bed bed = bed_new();
    bed.n = 1;
    bed.files[0] = (struct handover_file){ TEXT("大.csv"), many_rows(bed.mem, HANDOVER_MOST_ROWS + 1, 0) };
    struct outcome there = read_there(NULL, &bed, TEXT(""), 0);
    CHECK(!there.ok);
    CHECK_INT(there.err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(there.err.what), "共有 200001 行");
    CHECK_CONTAINS(text_of(there.err.hint), "分几次");

    bed.files[0] = (struct handover_file){ TEXT("大.csv"), { arena_alloc(bed.mem, HANDOVER_MOST_FILE + 1), HANDOVER_MOST_FILE + 1 } };
    there = read_there(NULL, &bed, TEXT(""), 0);
    CHECK_INT(there.err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(there.err.what), "“大.csv”有 20.0 MB");

    for (bed.n = 0; bed.n < 4; bed.n++)
        bed.files[bed.n] = (struct handover_file){ TEXT("大.csv"), { bed.files[0].bytes.at, HANDOVER_MOST_FILE } };
    there = read_there(NULL, &bed, TEXT(""), 0);
    CHECK_INT(there.err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(there.err.what), "4 个文件共有 80.0 MB");

    bed.n = 0;
    CHECK_INT(read_there(NULL, &bed, TEXT(""), 0).err.kind, ERR_USAGE);
    arena_free(&bed.mem);
}

TEST(handover, refuses_an_empty_file_as_reading_here_does)
{
    struct bed bed = bed_new();
    bed_add(&bed, temporary_file(bed.mem, "空.xlsx", TEXT("")));
    const struct outcome here = read_here(&bed, TEXT(""), 0), there = read_there(NULL, &bed, TEXT(""), 0);
    CHECK(!here.ok && !there.ok);
    CHECK_TEXT(text_of(there.err.what), here.err.what);
    arena_free(&bed.mem);
}

/* ---- names ---- */

TEST(handover, calls_a_file_as_its_user_does_and_never_by_a_path)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(handover_name(mem, TEXT("学校.xlsx")), "学校.xlsx");
    CHECK_TEXT(handover_name(mem, TEXT("C:\\用户\\学校.xlsx")), "学校.xlsx");
    CHECK_TEXT(handover_name(mem, TEXT("../../etc/passwd")), "passwd");
    CHECK_TEXT(handover_name(mem, TEXT("a\n\x7F" "b\xE2\x80\xAE.csv")), "ab.csv");
    CHECK_TEXT(handover_name(mem, TEXT("\xFF.csv")), "\xEF\xBF\xBD.csv");
    CHECK_TEXT(handover_name(mem, TEXT("folder/")), "未命名文件");
    struct buf name = { .mem = mem };
    for (int i = 0; i < 100; i++)
        buf_add(&name, TEXT("校"));
    const struct text cut = handover_name(mem, buf_text(&name));
    CHECK_INT(cut.size, 198);
    CHECK(text_equal(handover_name(mem, cut), cut));
    arena_free(&mem);

    struct bed bed = bed_new();
    bed.n = 1;
    bed.files[0] = (struct handover_file){ TEXT("C:\\甲\\乙.csv"), TEXT("县代码,学年,学校代码,学校名称,小学在校生数\n410185,2025,1,甲小学,十个\n") };
    const struct outcome there = read_there(NULL, &bed, TEXT(""), 0);
    CHECK_OK(there.ok, there.err);
    CHECK_INT(there.findings.n, 1);
    CHECK_TEXT(there.findings.at[0].file, "乙.csv");
    CHECK_TEXT(returns_cell(there.returns, 0, bed.items->school_code).file, "乙.csv");
    arena_free(&bed.mem);
}

/* ---- cells and marks ---- */

TEST(handover, shows_the_cells_of_some_rows_or_of_all)
{
    struct bed bed = bed_new();
    struct cell_source *sources;
    struct shown_cell cell;
    struct err err;
    size_t n;
    const struct handover_file csv = { TEXT("甲.csv"), TEXT("学校代码,学校名称,小学在校生数\n1,甲小学,10\n2,乙小学,二十\n3,丙小学,30\n") };
    CHECK_OK(handover_cells(NULL, &csv, bed.items, &(struct handover_window){ &TEXT(""), 3, 3 }, bed.mem, &sources, &n, &err), err);
    CHECK_INT(n, 1);
    CHECK_TEXT(sources[0].file, "甲.csv");
    static const char *const THIRD[] = { "2", "乙小学", "二十" };
    for (size_t i = 0; i < 3; i++) {
        CHECK(sources[0].next(sources[0].context, &cell));
        CHECK_INT(cell.row, 3);
        CHECK_INT(cell.column, i + 1);
        CHECK_TEXT(cell.text, THIRD[i]);
    }
    CHECK(!sources[0].next(sources[0].context, &cell));
    CHECK_OK(handover_cells(NULL, &csv, bed.items, &(struct handover_window){ &TEXT("别的表"), 0, 0 }, bed.mem, &sources, &n, &err), err);
    CHECK_INT(n, 0);
    size_t cells = 0;
    CHECK_OK(handover_cells(NULL, &csv, bed.items, &(struct handover_window){ 0 }, bed.mem, &sources, &n, &err), err);
    while (sources[0].next(sources[0].context, &cell))
        cells++;
    CHECK_INT(cells, 12);
    arena_free(&bed.mem);
}

/* Our templates can be known again by what stands on their hidden sheets. */
TEST(handover, shows_the_cells_of_hidden_sheets_as_reading_here_does)
{
    struct bed bed = bed_new();
    const struct edition *edition;
    struct cell_source *here, *there;
    struct shown_cell a, b;
    struct err err;
    size_t n, n_there, cells = 0;
    const char *path = arena_printf(bed.mem, "%s/模板.xlsx", new_folder(bed.mem));
    CHECK_OK(app_edition(bed.mem, NULL, &edition, &err), err);
    CHECK_OK(app_template(edition, ITEM_SCHOOL, path, &err), err);
    bed_add(&bed, path);
    CHECK_OK(intake_cells(path, -1, bed.items, bed.mem, &here, &n, &err), err);
    CHECK_OK(handover_cells(NULL, &bed.files[0], bed.items, &(struct handover_window){ 0 }, bed.mem, &there, &n_there, &err), err);
    CHECK_INT(n, n_there);
    CHECK(n > 1);
    for (size_t i = 0; i < n; i++) {
        same_text(here[i].sheet, there[i].sheet, "sheet");
        for (; here[i].next(here[i].context, &a); cells++) {
            CHECK(there[i].next(there[i].context, &b));
            CHECK_INT(a.row, b.row);
            CHECK_INT(a.column, b.column);
            CHECK_INT(a.kind, b.kind);
            same_number(a.number, b.number, "cell");
            same_text(a.text, b.text, "cell");
        }
        CHECK(!there[i].next(there[i].context, &b));
    }
    CHECK(cells > 100);
    arena_free(&bed.mem);
}

TEST(handover, marks_the_bad_cells_of_a_workbook_byte_for_byte_as_reading_here_does)
{
    struct bed bed = bed_new();
    struct findings findings = { .mem = bed.mem };
    struct cell_source *sheets;
    struct text here, there;
    struct err err;
    size_t n;
    bed_add(&bed, check_path(bed.mem, "tests/import/good/xlsx_libreoffice.xlsx"));
    CHECK_OK(handover_cells(NULL, &bed.files[0], bed.items, &(struct handover_window){ .first = 1, .last = 1 }, bed.mem, &sheets, &n, &err), err);
    struct finding finding = { .rule = TEXT("cell.number"), .file = TEXT("别的.xlsx"), .sheet = sheets[0].sheet, .row = 3, .column = 3, .school = TEXT(""),
                               .item = TEXT(""), .read = TEXT("x"), .expected = TEXT("应为数字"), .mend = TEXT("") };
    finding_add(&findings, &finding);
    finding.file = bed.files[0].name;
    finding.row = 2;
    finding_add(&findings, &finding);
    CHECK_OK(intake_annotate(bed.paths[0], -1, &findings, bed.mem, &here, &err), err);
    CHECK_OK(handover_annotate(NULL, &bed.files[0], &findings, bed.mem, &there, &err), err);
    CHECK(!text_equal(bed.files[0].bytes, there));
    CHECK(text_equal(here, there));
    const struct handover_file csv = { TEXT("甲.csv"), TEXT("学校代码\n1\n") };
    CHECK(!handover_annotate(NULL, &csv, &findings, bed.mem, &there, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(err.what), "“甲.csv”不是 .xlsx 工作簿");
    arena_free(&bed.mem);
}

/* ---- a process that goes wrong ---- */

static struct outcome told_by(struct arena *mem, const char *script, unsigned seconds)
{
    struct bed bed = bed_new();
    struct arena *own = bed.mem;
    bed.mem = mem;
    bed.n = 1;
    bed.files[0] = (struct handover_file){ TEXT("甲.xlsx"), TEXT("PK") };
    const char *path = temporary_file(mem, "program", text_of(arena_printf(mem, "#!/bin/sh\n%s\n", script)));
    CHECK(chmod(path, 0700) == 0);
    const struct outcome outcome = read_there(&(struct handover_how){ .program = path, .seconds = seconds }, &bed, TEXT(""), 0);
    arena_free(&own);
    CHECK(!outcome.ok);
    return outcome;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool runs(pid_t pid)
{
    char state[256] = "";
    struct arena *mem = arena_new("test");
    FILE *const file = fopen(arena_printf(mem, "/proc/%d/stat", (int)pid), "r");
    arena_free(&mem);
    if (!file)
        return false;
    const bool some = fgets(state, sizeof state, file) != NULL;
    fclose(file);
    const char *end = some ? strrchr(state, ')') : NULL;
    return end && end[1] == ' ' && end[2] != 'Z' && end[2] != 'X';
}

TEST(handover, to_a_process_that_hangs_ends_with_it_and_its_children_at_the_deadline)
{
    struct arena *mem = arena_new("test");
    const char *note = arena_printf(mem, "%s/pids", new_folder(mem));
    const double start = seconds_now();
    const struct outcome outcome = told_by(mem, arena_printf(mem, "sleep 60 & echo $! $$ >%s\nwait", note), 1);
    CHECK(seconds_now() - start < 20);
    CHECK_INT(outcome.err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(outcome.err.what), "读取“甲.xlsx”用时太久");
    struct text pids;
    struct err err;
    CHECK_OK(file_read(mem, note, 100, &pids, &err), err);
    char *rest;
    const pid_t child = (pid_t)strtol(text_string(mem, pids), &rest, 10), own = (pid_t)strtol(rest, NULL, 10);
    CHECK(child > 1 && own > 1);
    for (int i = 0; i < 200 && (runs(child) || runs(own)); i++)
        usleep(10000);
    CHECK(!runs(child) && !runs(own));
    arena_free(&mem);
}

/* It talks without end, and says nothing. */
TEST(handover, to_a_process_that_never_ends_talking_ends_at_the_deadline)
{
    struct arena *mem = arena_new("test");
    /* FRAME_PROGRESS of 16 bytes: 0 of 2. */
    const struct outcome outcome = told_by(mem, "while :; do printf '\\001\\000\\000\\000\\020\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\002\\000\\000\\000\\000\\000\\000\\000'; done", 1);
    CHECK_INT(outcome.err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(outcome.err.what), "用时太久");
    arena_free(&mem);
}

TEST(handover, to_a_process_that_dies_is_told_in_a_sentence)
{
    struct arena *mem = arena_new("test");
    struct outcome outcome = told_by(mem, "kill -SEGV $$", 20);
    CHECK_INT(outcome.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(outcome.err.what), "读取“甲.xlsx”的进程意外停止");
    CHECK_CONTAINS(text_of(outcome.err.detail), "signal 11");
    outcome = told_by(mem, "kill -KILL $$", 20);
    CHECK_INT(outcome.err.kind, ERR_LIMIT);
    outcome = told_by(mem, "exit 4", 20);
    CHECK_INT(outcome.err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(outcome.err.what), "需要的内存超过上限");
    outcome = told_by(mem, "exit 0", 20);
    CHECK_CONTAINS(text_of(outcome.err.what), "意外停止");
    outcome = told_by(mem, "exec >&-; sleep 30", 20); /* the pipe is closed, but it lives on */
    CHECK_CONTAINS(text_of(outcome.err.what), "意外停止");
    arena_free(&mem);
}

TEST(handover, to_a_process_that_talks_nonsense_is_told_in_a_sentence)
{
    struct arena *mem = arena_new("test");
    static const char *const NONSENSE[] = {
        "echo hello, this is no frame at all",
        "cat /bin/ls",
        "printf '\\013\\000\\000\\000\\010\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000'", /* done, before anything was said */
        "printf '\\014\\000\\000\\000\\004\\000\\000\\000good'",                                     /* refused, in four bytes */
        "printf '\\001\\000\\000\\000\\377\\377\\377\\377'",                                          /* a frame of 4 GB */
        "printf '\\012\\000\\000\\000\\001\\000\\000\\000x'",                                         /* bytes, where none were asked for */
        "printf '\\002\\000\\000\\000\\020\\000\\000\\000\\377\\377\\377\\377\\001\\000\\000\\000\\001\\000\\000\\000\\000\\000\\000\\000'", /* four thousand million rows */
    };
    for (size_t i = 0; i < COUNT(NONSENSE); i++) {
        const struct outcome outcome = told_by(mem, NONSENSE[i], 20);
        CHECK_INT(outcome.err.kind, ERR_INPUT);
        if (!text_find(text_of(outcome.err.what), TEXT("不合规定的结果"), NULL))
            fail_msg("%s: %s", NONSENSE[i], outcome.err.what);
    }
    arena_free(&mem);
}

TEST(handover, to_a_program_that_is_not_there_is_told_in_a_sentence)
{
    struct bed bed = bed_new();
    bed.n = 1;
    bed.files[0] = (struct handover_file){ TEXT("甲.csv"), TEXT("a") };
    const struct outcome outcome = read_there(&(struct handover_how){ .program = "/nowhere/junheng" }, &bed, TEXT(""), 0);
    CHECK_INT(outcome.err.kind, ERR_OUTSIDE);
    CHECK_CONTAINS(text_of(outcome.err.what), "不能启动读取文件的进程");
    arena_free(&bed.mem);
}

/* ---- what it gets, and what is left ---- */

TEST(handover, gives_the_process_the_files_and_nothing_else)
{
    struct arena *mem = arena_new("test");
    const char *folder = new_folder(mem);
    const char *note = arena_printf(mem, "%s/note", folder), *secret = arena_printf(mem, "%s/secret", folder);
    const int open_to_all = open(secret, O_RDWR | O_CREAT, 0600); /* without O_CLOEXEC, as a library may */
    CHECK(open_to_all >= 0);
    setenv("JUNHENG_SECRET", "planted", 1);
    (void)told_by(mem, arena_printf(mem, "{ env; pwd; for f in /proc/$$/fd/*; do readlink $f; done; cat <&3; } >%s 2>&1", note), 20);
    unsetenv("JUNHENG_SECRET");
    close(open_to_all);
    struct text said;
    struct err err;
    CHECK_OK(file_read(mem, note, 10000, &said, &err), err);
    CHECK_CONTAINS(said, "LANG=");
    CHECK_CONTAINS(said, "\n/\n");                 /* no folder of ours either */
    CHECK_CONTAINS(said, "memfd:junheng-intake");
    CHECK(text_ends(said, TEXT("PK")));
    CHECK(!text_find(said, TEXT("secret"), NULL));
    CHECK(!text_find(said, TEXT("planted"), NULL));
    CHECK(!text_find(said, TEXT("PATH=/"), NULL));
    arena_free(&mem);
}

TEST(handover, gives_files_that_the_process_cannot_change)
{
    struct arena *mem = arena_new("test");
    const char *note = arena_printf(mem, "%s/note", new_folder(mem));
    (void)told_by(mem, arena_printf(mem, "{ echo changed >&3 || echo refused; cat <&3; } >%s 2>/dev/null", note), 20);
    struct text said;
    struct err err;
    CHECK_OK(file_read(mem, note, 10000, &said, &err), err);
    CHECK_TEXT(said, "refused\nPK");
    arena_free(&mem);
}

static size_t descriptors(void)
{
    size_t n = 0;
    DIR *const dir = opendir("/proc/self/fd");
    CHECK(dir != NULL);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n;
}

struct thread { pthread_t thread; const struct bed *bed; struct outcome outcome; struct arena *mem; };

static void *read_in_thread(void *context)
{
    struct thread *const thread = context;
    struct bed bed = *thread->bed;
    thread->mem = bed.mem = arena_new("thread");
    thread->outcome = read_there(NULL, &bed, TEXT("410999"), 2025);
    return NULL;
}

TEST(handover, by_twenty_threads_at_once_gives_each_the_same_and_leaves_nothing_open)
{
    struct bed all = sample_bed(), bed = all;
    bed.n = 0;
    for (size_t i = 0; i < all.n; i += 4) {
        bed.paths[bed.n] = all.paths[i];
        bed.files[bed.n++] = all.files[i];
    }
    const struct outcome here = read_here(&bed, TEXT("410999"), 2025);
    CHECK_OK(here.ok, here.err);
    const size_t before = descriptors();
    struct thread threads[20];
    for (size_t i = 0; i < COUNT(threads); i++) {
        threads[i] = (struct thread){ .bed = &bed };
        CHECK_INT(pthread_create(&threads[i].thread, NULL, read_in_thread, &threads[i]), 0);
    }
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_join(threads[i].thread, NULL);
    for (size_t i = 0; i < COUNT(threads); i++) {
        CHECK_OK(threads[i].outcome.ok, threads[i].outcome.err);
        same_returns(here.returns, threads[i].outcome.returns);
        same_findings(&here.findings, &threads[i].outcome.findings);
        arena_free(&threads[i].mem);
    }
    for (int i = 0; i < 3; i++)
        (void)told_by(bed.mem, i ? "exit 1" : "cat /bin/ls", 20);
    CHECK_INT(descriptors(), before);
    arena_free(&all.mem);
}

/* Standard descriptors may be closed in a server: the numbers that are free then must not be mixed up. */
TEST(handover, works_where_the_lowest_descriptors_are_free)
{
    struct bed bed = bed_new();
    bed_add(&bed, check_path(bed.mem, "tests/import/good/xlsx_libreoffice.xlsx"));
    const int in = dup(0), out = dup(1);
    fflush(NULL);
    close(0);
    close(1);
    const struct outcome there = read_there(NULL, &bed, TEXT("410185"), 2025);
    dup2(in, 0);
    dup2(out, 1);
    close(in);
    close(out);
    CHECK_OK(there.ok, there.err);
    CHECK(there.returns->n > 0);
    arena_free(&bed.mem);
}
