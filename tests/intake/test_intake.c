#include "check.h"

#include "app/edition.h"
#include "base/file.h"
#include "intake/intake.h"
#include "temporary.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What was handed out, as text: a line a school, “again” where all before is void. */
struct taken { struct arena *mem; struct buf said; size_t calls, again; struct returns *last; };

static bool take(void *context, struct returns *returns, bool again, struct err *err)
{
    (void)err;
    struct taken *t = context;
    const uint16_t pupils = item_find(returns->items, TEXT("pupils_primary"));
    if (again) {
        t->said.size = 0;
        t->again++;
    }
    t->calls++;
    t->last = returns;
    for (size_t c = 0; c < returns->n_counties; c++) {
        const struct county_year *county = &returns->counties[c];
        if (!county->n)
            buf_printf(&t->said, "%.*s/%d\n", TEXT_ARG(county->code), county->year);
        for (size_t i = county->first; i < county->first + county->n; i++) {
            const struct cell_address cell = returns_cell(returns, i, pupils);
            buf_printf(&t->said, "%.*s/%d/%.*s=%g@%u\n", TEXT_ARG(county->code), county->year,
                       TEXT_ARG(returns_text(returns, i, returns->items->school_code)), returns_number(returns, i, pupils), cell.row);
        }
    }
    return true;
}

struct result { struct arena *mem; const struct item_list *items; struct taken taken; struct findings findings; struct err err; bool ok; };
struct file { const char *name; struct text bytes; };

static struct result result_new(void)
{
    struct result r = { .mem = arena_new("test") };
    const struct edition *edition;
    CHECK_OK(app_edition(r.mem, NULL, &edition, &r.err), r.err);
    r.items = &edition->items;
    return r;
}

static struct result read_with(const struct intake_request *given, const struct file *files, size_t n)
{
    struct result r = result_new();
    const char **paths = arena_array(r.mem, n, const char *);
    for (size_t i = 0; i < n; i++)
        paths[i] = temporary_file(r.mem, files[i].name, files[i].bytes);
    struct intake_request request = *given;
    request.items = r.items;
    request.paths = paths;
    request.n_paths = n;
    r.findings.mem = r.mem;
    r.taken.mem = r.taken.said.mem = r.mem;
    r.ok = intake_read(&request, r.mem, &r.findings, take, &r.taken, &r.err);
    return r;
}

static struct result read_all(const struct file *files, size_t n)
{
    return read_with(&(struct intake_request){ .county = TEXT("") }, files, n);
}

static struct result read_one(struct text bytes)
{
    return read_all(&(struct file){ "甲.csv", bytes }, 1);
}

static void result_free(struct result *r)
{
    arena_free(&r->mem);
}

static const struct finding *finding_of(const struct result *r, const char *rule)
{
    for (size_t i = 0; i < r->findings.n; i++)
        if (text_equal(r->findings.at[i].rule, text_of(rule)))
            return &r->findings.at[i];
    return NULL;
}

#define HEAD "county_code,year,school_code,school_name,school_type,pupils_primary,area_teaching_m2\n"

/* ---- one file ---- */

TEST(intake, hands_out_the_schools_of_a_county_by_code)
{
    struct result r = read_one(TEXT(HEAD "410185,2025,2,乙小学,小学,20,\n410185,2025,1,甲小学,primary,10,5\n410184,2025,3,丙小学,小学,30,\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410184/2025/3=30@4\n410185/2025/1=10@3\n410185/2025/2=20@2\n");
    CHECK_INT(r.taken.calls, 1);
    CHECK_INT(r.findings.n, 0);
    CHECK_BLANK(returns_number(r.taken.last, 2, item_find(r.items, TEXT("area_teaching_m2"))));
    result_free(&r);
}

TEST(intake, takes_county_and_year_from_the_command_line_where_the_file_lacks_them)
{
    const struct file file = { "甲.csv", TEXT("学校代码,学校名称,小学在校生数\n1,甲小学,10\n") };
    struct result r = read_with(&(struct intake_request){ .county = TEXT("410185"), .year = 2025 }, &file, 1);
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/1=10@2\n");
    result_free(&r);
}

TEST(intake, names_the_columns_and_the_flags_when_county_or_year_is_nowhere)
{
    struct result r = read_one(TEXT("学校代码,学校名称,小学在校生数\n1,甲小学,10\n"));
    CHECK(!r.ok);
    CHECK_INT(r.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(r.err.what), "“甲.csv”");
    CHECK_CONTAINS(text_of(r.err.what), "县代码");
    CHECK_CONTAINS(text_of(r.err.what), "学年");
    CHECK_CONTAINS(text_of(r.err.hint), "--county");
    CHECK_CONTAINS(text_of(r.err.hint), "--year");
    result_free(&r);
    const struct file file = { "甲.csv", TEXT("县代码,学校代码,小学在校生数\n410185,1,10\n") };
    r = read_all(&file, 1);
    CHECK(!r.ok);
    CHECK(!text_find(text_of(r.err.hint), TEXT("--county"), NULL));
    CHECK_CONTAINS(text_of(r.err.hint), "--year");
    result_free(&r);
}

TEST(intake, says_that_a_file_is_absent_or_no_file)
{
    struct result r = result_new();
    const char *const absent = "/tmp/没有这个文件.csv", *const folder = "/tmp";
    r.findings.mem = r.mem;
    struct intake_request request = { .items = r.items, .paths = &absent, .n_paths = 1, .county = TEXT("") };
    CHECK(!intake_read(&request, r.mem, &r.findings, take, &r.taken, &r.err));
    CHECK_INT(r.err.kind, ERR_ABSENT);
    CHECK_CONTAINS(text_of(r.err.what), "没有这个文件.csv");
    request.paths = &folder;
    CHECK(!intake_read(&request, r.mem, &r.findings, take, &r.taken, &r.err));
    CHECK_INT(r.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(r.err.what), "不是普通文件");
    result_free(&r);
}

TEST(intake, passes_on_what_the_child_refuses)
{
    struct result r = read_one(TEXT(HEAD "410185,2025,1,\"甲小学,小学,10,\n"));
    CHECK(!r.ok);
    CHECK_CONTAINS(text_of(r.err.what), "“甲.csv”第 2 行有一个双引号没有配对");
    result_free(&r);
    r = read_one(TEXT(""));
    CHECK(!r.ok);
    CHECK_CONTAINS(text_of(r.err.what), "甲.csv");
    result_free(&r);
}

TEST(intake, gathers_the_childs_findings)
{
    struct result r = read_one(TEXT(HEAD "410185,2025,1,甲小学,小学,十个,\n"));
    CHECK_OK(r.ok, r.err);
    const struct finding *finding = finding_of(&r, "cell.number");
    CHECK(finding != NULL);
    CHECK_TEXT(finding->file, "甲.csv");
    CHECK_INT(finding->row, 2);
    CHECK_INT(finding->column, 6);
    CHECK_TEXT(finding->read, "十个");
    CHECK_TEXT(finding->school, "1 甲小学");
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/1=nan@2\n");
    result_free(&r);
}

TEST(intake, reads_gb18030_in_the_locked_child)
{
    struct result r = read_one(TEXT("\xCF\xD8\xB4\xFA\xC2\xEB,\xD1\xA7\xC4\xEA,\xD1\xA7\xD0\xA3\xB4\xFA\xC2\xEB,\xD1\xA7\xD0\xA3\xC3\xFB\xB3\xC6,"
                                    "\xD0\xA1\xD1\xA7\xD4\xDA\xD0\xA3\xC9\xFA\xCA\xFD\n410185,2025,1,\xBC\xD7\xD0\xA1\xD1\xA7,10\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/1=10@2\n");
    CHECK_TEXT(returns_text(r.taken.last, 0, r.items->school_name), "甲小学");
    result_free(&r);
}

TEST(intake, lets_the_name_stand_for_a_missing_code_and_warns)
{
    struct result r = read_one(TEXT("县代码,学年,学校名称,小学在校生数\n410185,2025,甲小学,10\n410185,2025,乙小学,20\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/乙小学=20@3\n410185/2025/甲小学=10@2\n");
    CHECK_INT(finding_of(&r, "school.no_code")->level, FINDING_WARNING);
    CHECK_INT(r.findings.n, 1); /* once for the column */
    result_free(&r);
    r = read_one(TEXT(HEAD "410185,2025,,甲小学,小学,10,\n410185,2025,,,小学,20,\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/甲小学=10@2\n");
    CHECK_INT(finding_count(&r.findings, FINDING_WARNING), 1);
    CHECK_INT(finding_count(&r.findings, FINDING_ERROR), 1);
    result_free(&r);
}

TEST(intake, keeps_the_first_of_a_school_that_stands_twice_in_a_table)
{
    struct result r = read_one(TEXT(HEAD "410185,2025,2,乙小学,小学,20,\n410185,2025,1,甲小学,小学,10,\n410185,2025,2,乙小学,小学,21,7\n"
                                         "410185,2024,2,乙小学,小学,19,\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2024/2=19@5\n410185/2025/1=10@3\n410185/2025/2=20@2\n");
    const struct finding *finding = finding_of(&r, "school.twice");
    CHECK(finding != NULL && r.findings.n == 1);
    CHECK_INT(finding->level, FINDING_ERROR);
    CHECK_INT(finding->row, 4);
    CHECK_CONTAINS(finding->expected, "甲.csv C2");
    result_free(&r);
}

/* ---- several files ---- */

TEST(intake, lets_files_complete_each_other_and_knows_where_each_figure_came_from)
{
    const struct file files[] = {
        { "甲.csv", TEXT(HEAD "410185,2025,1,甲小学,小学,10,\n410185,2025,2,乙小学,小学,20,6\n") },
        { "乙.csv", TEXT("county_code,year,school_code,school_name,area_teaching_m2\n410185,2025,1,甲小学,5\n410185,2025,3,丙小学,9\n") },
    };
    struct result r = read_all(files, 2);
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/1=10@2\n410185/2025/2=20@3\n410185/2025/3=nan@3\n");
    const uint16_t area = item_find(r.items, TEXT("area_teaching_m2"));
    CHECK_NEAR(returns_number(r.taken.last, 0, area), 5, 0);
    const struct cell_address cell = returns_cell(r.taken.last, 0, area);
    CHECK_TEXT(cell.file, "乙.csv");
    CHECK_INT(cell.row, 2);
    CHECK_INT(cell.column, 5);
    CHECK_INT(r.findings.n, 0);
    result_free(&r);
}

TEST(intake, warns_of_a_figure_given_twice_and_keeps_the_first_of_two_that_differ)
{
    const struct file files[] = {
        { "甲.csv", TEXT(HEAD "410185,2025,1,甲小学,小学,10,5\n410185,2025,2,乙小学,小学,20,6\n") },
        { "乙.csv", TEXT(HEAD "410185,2025,1,甲小学,小学,10,\n410185,2025,2,乙小学,教学点,21,6\n410185,2025,2,乙小学,教学点,22,6\n") },
    };
    struct result r = read_all(files, 2);
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/1=10@2\n410185/2025/2=20@3\n");
    size_t same = 0, differ = 0, twice = 0;
    for (size_t i = 0; i < r.findings.n; i++) {
        const struct finding *f = &r.findings.at[i];
        same += text_equal(f->rule, TEXT("school.twice")) && f->level == FINDING_WARNING;
        differ += text_equal(f->rule, TEXT("figure.conflict")) && f->level == FINDING_ERROR;
        twice += text_equal(f->rule, TEXT("school.twice")) && f->level == FINDING_ERROR && f->row == 4;
        CHECK_TEXT(f->file, "乙.csv");
    }
    CHECK_INT(same, 2);   /* pupils of 1, area of 2: once a school */
    CHECK_INT(differ, 2); /* type and pupils of 2 */
    CHECK_INT(twice, 1);  /* the third row of the second file */
    CHECK_CONTAINS(finding_of(&r, "figure.conflict")->expected, "甲.csv E3");
    result_free(&r);
}

TEST(intake, takes_county_figures_and_names_from_a_county_file)
{
    const struct file files[] = {
        { "学校.csv", TEXT("school_code,school_name,pupils_primary\n1,甲小学,10\n") },
        { "区县.csv", TEXT("县代码,区县名称,学年,常住人口,乡镇数\n410185,登封市,2025,729000,17\n") },
    };
    struct result r = read_all(files, 2);
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(buf_text(&r.taken.said), "410185/2025/1=10@2\n"); /* the schools belong to the one county there is */
    CHECK_TEXT(r.taken.last->counties[0].name, "登封市");
    CHECK(r.taken.last->counties[0].figure != NULL);
    result_free(&r);
}

/* ---- a large file ---- */

/* `counties` of `schools` each over two years, by county, school, year. */
static struct text large_file(struct arena *mem, unsigned counties, unsigned schools, const char *end, const char *insert, unsigned insert_at)
{
    struct buf out = { .mem = mem };
    unsigned row = 0;
    buf_add(&out, TEXT(HEAD));
    for (unsigned c = 0; c < counties; c++)
        for (unsigned s = 0; s < schools; s++)
            for (int year = 2024; year <= 2025; year++) {
                if (row++ == insert_at)
                    buf_add(&out, text_of(insert));
                buf_printf(&out, "%u,%d,%u,School of %u,primary,%u,%u.%u%s", 410000 + c, year, 3000000 + c * 1000 + s, s, row % 1000, row % 7777, row % 10, end);
            }
    return buf_text(&out);
}

/* What a plain loop says of the same file. */
static struct text expected_of(struct arena *mem, unsigned counties, unsigned schools)
{
    struct buf out = { .mem = mem };
    for (unsigned c = 0; c < counties; c++)
        for (int year = 2024; year <= 2025; year++)
            for (unsigned s = 0; s < schools; s++) {
                const unsigned row = (c * schools + s) * 2 + (unsigned)(year - 2023);
                buf_printf(&out, "%u/%d/%u=%u@%u\n", 410000 + c, year, 3000000 + c * 1000 + s, row % 1000, row + 1);
            }
    return buf_text(&out);
}

TEST(intake, hands_out_a_large_sorted_file_in_runs_of_whole_counties)
{
    struct arena *mem = arena_new("test");
    const struct text bytes = large_file(mem, 300, 200, "\n", "", 0);
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        const struct file file = { "国.csv", bytes };
        struct result r = read_with(&(struct intake_request){ .county = TEXT(""), .jobs = jobs }, &file, 1);
        CHECK_OK(r.ok, r.err);
        CHECK(r.taken.calls > 5);
        CHECK_INT(r.taken.again, 0);
        CHECK(text_equal(buf_text(&r.taken.said), expected_of(mem, 300, 200)));
        CHECK_INT(r.findings.n, 0);
        result_free(&r);
    }
    arena_free(&mem);
}

TEST(intake, numbers_rows_and_findings_by_the_file_in_every_part)
{
    struct arena *mem = arena_new("test");
    const struct file file = { "国.csv", large_file(mem, 300, 200, "\r\n", "410280,2024,99,Odd,primary,many,\r\n", 112000) };
    struct result r = read_with(&(struct intake_request){ .county = TEXT(""), .jobs = 3 }, &file, 1);
    CHECK_OK(r.ok, r.err);
    CHECK_INT(r.findings.n, 1);
    CHECK_INT(r.findings.at[0].row, 112002);
    CHECK_CONTAINS(buf_text(&r.taken.said), "410280/2024/99=nan@112002\n");
    result_free(&r);
    arena_free(&mem);
}

TEST(intake, starts_anew_when_a_county_comes_back)
{
    struct arena *mem = arena_new("test");
    const struct file file = { "国.csv", large_file(mem, 300, 200, "\n", "410003,2024,99,Odd,primary,5,\n", 100000) };
    struct result r = read_with(&(struct intake_request){ .county = TEXT(""), .jobs = 2 }, &file, 1);
    CHECK_OK(r.ok, r.err);
    CHECK_INT(r.taken.again, 1);
    CHECK_CONTAINS(buf_text(&r.taken.said), "410003/2024/99=5@100002\n");
    CHECK_CONTAINS(buf_text(&r.taken.said), "410299/2025/3299199=0@120002\n");
    CHECK_INT(r.findings.n, 0);
    result_free(&r);
    arena_free(&mem);
}

/* A quoted field of many lines, so long that a part begins inside it. */
TEST(intake, reads_in_one_go_when_a_part_begins_inside_quotes)
{
    struct arena *mem = arena_new("test");
    struct buf name = { .mem = mem };
    buf_add(&name, TEXT("410280,2024,99,\""));
    for (int i = 0; i < 60000; i++)
        buf_add(&name, TEXT("line, of a remark\n"));
    name.size = 900000;
    buf_add(&name, TEXT("\",primary,7,\n"));
    buf_byte(&name, '\0');
    const struct file file = { "国.csv", large_file(mem, 300, 200, "\n", name.at, 112000) };
    struct result r = read_with(&(struct intake_request){ .county = TEXT(""), .jobs = 2 }, &file, 1);
    CHECK_OK(r.ok, r.err);
    CHECK_CONTAINS(buf_text(&r.taken.said), "410280/2024/99=7@112002\n");
    CHECK_CONTAINS(buf_text(&r.taken.said), "410299/2025/3299199=0@120002\n");
    CHECK_INT(r.findings.n, 1); /* the name is too long */
    result_free(&r);
    arena_free(&mem);
}

TEST(intake, words_an_open_quote_deep_in_a_large_file_by_its_line)
{
    struct arena *mem = arena_new("test");
    const struct file file = { "国.csv", large_file(mem, 300, 200, "\n", "410280,2024,99,\"Odd,primary,7,\n", 112000) };
    struct result r = read_with(&(struct intake_request){ .county = TEXT(""), .jobs = 2 }, &file, 1);
    CHECK(!r.ok);
    CHECK_CONTAINS(text_of(r.err.what), "第 112002 行有一个双引号没有配对");
    result_free(&r);
    arena_free(&mem);
}

static void note_progress(void *context, uint64_t done, uint64_t total)
{
    uint64_t *last = context;
    CHECK(done >= last[0] && done <= total);
    last[0] = done;
    last[1] = total;
    last[2]++;
}

TEST(intake, tells_how_far_it_is)
{
    struct arena *mem = arena_new("test");
    const struct file file = { "国.csv", large_file(mem, 300, 200, "\n", "", 0) };
    uint64_t seen[3] = { 0 };
    struct result r = read_with(&(struct intake_request){ .county = TEXT(""), .jobs = 2, .progress = note_progress, .context = seen }, &file, 1);
    CHECK_OK(r.ok, r.err);
    CHECK_INT(seen[0], file.bytes.size);
    CHECK_INT(seen[1], file.bytes.size);
    CHECK(seen[2] > 5);
    result_free(&r);
    arena_free(&mem);
}

/* ---- chosen columns ---- */

TEST(columns, are_chosen_by_their_headings_in_any_table)
{
    struct result r = result_new();
    r.findings.mem = r.mem;
    const char *path = temporary_file(r.mem, "scores.csv", TEXT("School list 2025,,\nPupil; x,School ,SCORE\n1,B,90.5\n2,A,\n3,B,\"1,000\"\n4,C,absent\n,,\n5,B,-3\n"));
    const struct wanted_column wanted[] = { { TEXT("school"), false }, { TEXT("Score"), true } };
    struct read_columns out;
    CHECK_OK(intake_columns(path, wanted, 2, r.mem, &out, &r.findings, &r.err), r.err);
    static const char *const SCHOOLS[] = { "B", "A", "B", "C", "B" };
    static const double SCORES[] = { 90.5, 0, 1000, 0, -3 };
    static const uint32_t ROWS[] = { 3, 4, 5, 6, 8 };
    CHECK_INT(out.n, 5);
    CHECK(out.n_dictionary <= 4); /* a blank line may leave its own word */
    for (size_t i = 0; i < 5; i++) {
        CHECK_TEXT(out.dictionary[out.columns[0].id[i]], SCHOOLS[i]);
        CHECK_INT(out.row[i], ROWS[i]);
        if (i == 1 || i == 3)
            CHECK_BLANK(out.columns[1].number[i]);
        else
            CHECK_NEAR(out.columns[1].number[i], SCORES[i], 0);
    }
    CHECK_INT(r.findings.n, 1);
    CHECK_INT(r.findings.at[0].row, 6);
    CHECK_TEXT(r.findings.at[0].read, "absent");
    result_free(&r);
}

TEST(columns, that_are_not_there_are_named_with_those_that_are)
{
    struct result r = result_new();
    const char *path = temporary_file(r.mem, "scores.csv", TEXT("学校,分数\nA,1\n"));
    const struct wanted_column wanted[] = { { TEXT("学校"), false }, { TEXT("成绩"), true } };
    struct read_columns out;
    r.findings.mem = r.mem;
    CHECK(!intake_columns(path, wanted, 2, r.mem, &out, &r.findings, &r.err));
    CHECK_INT(r.err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(r.err.what), "没有“成绩”这一列");
    CHECK_CONTAINS(text_of(r.err.hint), "“学校”、“分数”");
    result_free(&r);
}

TEST(columns, of_a_large_file_are_the_same_however_many_read_it)
{
    struct arena *mem = arena_new("test");
    struct buf file = { .mem = mem };
    buf_add(&file, TEXT("school,score,other\n"));
    double sum = 0;
    for (unsigned i = 0; i < 400000; i++) {
        buf_printf(&file, "S%u,%u.%u,%s\n", i * 7919 % 997, i % 100, i % 10, i % 50000 ? "x" : "\"a\nb\"");
        sum += i % 100 + (i % 10) / 10.0;
    }
    struct result r = result_new();
    r.findings.mem = r.mem;
    const char *path = temporary_file(r.mem, "scores.csv", buf_text(&file));
    const struct wanted_column wanted[] = { { TEXT("school"), false }, { TEXT("score"), true } };
    struct read_columns out;
    CHECK_OK(intake_columns(path, wanted, 2, r.mem, &out, &r.findings, &r.err), r.err);
    CHECK_INT(out.n, 400000);
    CHECK_INT(out.n_dictionary, 997);
    double got = 0;
    char name[16];
    for (unsigned i = 0; i < 400000; i++) {
        got += out.columns[1].number[i];
        snprintf(name, sizeof name, "S%u", i * 7919 % 997);
        if (!text_equal(out.dictionary[out.columns[0].id[i]], text_of(name)) || out.row[i] != i + 2)
            fail_msg("row %u is %.*s, numbered %u", i, TEXT_ARG(out.dictionary[out.columns[0].id[i]]), out.row[i]);
    }
    CHECK_NEAR(got, sum, 1e-3);
    result_free(&r);
    arena_free(&mem);
}

/* ---- workbooks ---- */

/* Every good and every broken file there is: a locked child reads or refuses it, and never dies of
 * a call that it may not make. */
TEST(intake, never_loses_a_child_over_any_file)
{
    static const char *const FOLDERS[] = { "tests/import/good", "tests/import/refused" };
    size_t seen = 0;
    for (size_t i = 0; i < COUNT(FOLDERS); i++) {
        struct result all = result_new();
        DIR *folder = opendir(check_path(all.mem, FOLDERS[i]));
        CHECK(folder != NULL);
        for (const struct dirent *entry; (entry = readdir(folder));) {
            if (entry->d_name[0] == '.')
                continue;
            struct result r = result_new();
            const char *path = check_path(r.mem, arena_printf(r.mem, "%s/%s", FOLDERS[i], entry->d_name));
            const struct intake_request request = { .items = r.items, .paths = &path, .n_paths = 1, .county = TEXT("410185"), .year = 2025 };
            r.findings.mem = r.taken.mem = r.taken.said.mem = r.mem;
            if (!intake_read(&request, r.mem, &r.findings, take, &r.taken, &r.err) &&
                (text_find(text_of(r.err.what), TEXT("意外停止"), NULL) || text_find(text_of(r.err.what), TEXT("不合规定"), NULL) || !r.err.hint[0]))
                fail_msg("%s: %s %s (%s)", path, r.err.what, r.err.hint, r.err.detail);
            seen++;
            result_free(&r);
        }
        closedir(folder);
        result_free(&all);
    }
    CHECK(seen > 100);
}

static const char *good_workbook(struct arena *mem)
{
    return check_path(mem, "tests/import/good/xlsx_libreoffice.xlsx");
}

TEST(intake, gives_a_workbook_back_with_its_bad_cells_marked)
{
    struct result r = result_new();
    struct findings findings = { .mem = r.mem };
    struct text bytes;
    finding_add(&findings, &(struct finding){ .rule = TEXT("cell.number"), .file = TEXT("xlsx_libreoffice.xlsx"), .sheet = TEXT(""), .row = 2, .column = 2,
                                              .school = TEXT(""), .item = TEXT(""), .read = TEXT("x"), .expected = TEXT("应为数字"), .mend = TEXT("") });
    CHECK_OK(intake_annotate(good_workbook(r.mem), -1, &findings, r.mem, &bytes, &r.err), r.err);
    CHECK(bytes.size > 1000 && text_starts(bytes, TEXT("PK")));
    CHECK(!intake_annotate(temporary_file(r.mem, "甲.csv", TEXT(HEAD)), -1, &findings, r.mem, &bytes, &r.err));
    CHECK_INT(r.err.kind, ERR_INPUT);
    result_free(&r);
}

TEST(columns, are_chosen_in_a_workbook_too)
{
    struct result r = result_new();
    const struct wanted_column wanted[] = { { TEXT("学校代码"), false }, { TEXT("在校生数"), true } };
    struct read_columns out;
    r.findings.mem = r.mem;
    CHECK_OK(intake_columns(good_workbook(r.mem), wanted, 2, r.mem, &out, &r.findings, &r.err), r.err);
    CHECK(out.n >= 2);
    CHECK_TEXT(out.dictionary[out.columns[0].id[0]], "4101850001");
    CHECK_TEXT(out.dictionary[out.columns[0].id[1]], "4101850002");
    CHECK(out.columns[1].number[0] > 0);
    result_free(&r);
}

TEST(columns, of_a_workbook_that_lacks_them_are_named)
{
    struct result r = result_new();
    const struct wanted_column wanted[] = { { TEXT("没有这一列"), true } };
    struct read_columns out;
    r.findings.mem = r.mem;
    CHECK(!intake_columns(good_workbook(r.mem), wanted, 1, r.mem, &out, &r.findings, &r.err));
    CHECK_CONTAINS(text_of(r.err.what), "没有“没有这一列”这一列");
    result_free(&r);
}
