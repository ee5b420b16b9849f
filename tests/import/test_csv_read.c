#include "check.h"

#include "base/csv.h"
#include "base/file.h"
#include "import/csv_columns.h"
#include "import/csv_read.h"
#include "items_for_tests.h"

#include <iconv.h>
#include <stdlib.h>
#include <time.h>

#define HEAD "县代码,学年,学校代码,学校名称,学校类型,小学在校生数,教学及辅助用房面积\n"
#define ROW "410185,2025,3141000001,东关小学,小学,812,4060.5\n"

struct reading {
    struct arena *mem;
    struct item_list *items;
    struct table_memory memory;
    struct err err;
    bool ok;
};

static struct csv_request request_for(struct reading *r)
{
    struct csv_decoders *decoders = arena_make(r->mem, struct csv_decoders);
    CHECK_OK(csv_decoders_open(r->mem, decoders, &r->err), r->err);
    return (struct csv_request){ .items = r->items, .file = TEXT("甲.csv"), .decoders = decoders };
}

static struct reading reading_new(void)
{
    struct reading r = { .mem = arena_new("test") };
    r.items = items_for_tests(r.mem);
    r.memory = (struct table_memory){ .mem = r.mem, .items = r.items };
    return r;
}

static struct reading read_text(struct text bytes)
{
    struct reading r = reading_new();
    const struct csv_request request = request_for(&r);
    const struct csv_input input = csv_input_of(&bytes);
    const struct table_sink sink = table_memory_sink(&r.memory);
    r.ok = csv_read(r.mem, &input, &request, &sink, &r.err);
    return r;
}

static double number_at(const struct reading *r, const char *code, size_t row)
{
    const uint16_t item = item_find(r->items, text_of(code));
    CHECK(item != NO_ITEM && r->memory.n_tables == 1 && row < r->memory.tables[0]->rows.n);
    return r->memory.tables[0]->rows.number[item] ? r->memory.tables[0]->rows.number[item][row] : BLANK;
}

static struct text text_at(const struct reading *r, const char *code, size_t row)
{
    const uint16_t item = item_find(r->items, text_of(code));
    CHECK(item != NO_ITEM && r->memory.n_tables == 1 && row < r->memory.tables[0]->rows.n);
    return r->memory.tables[0]->rows.text[item][row];
}

static const struct finding *finding_of(const struct reading *r, const char *rule)
{
    for (size_t i = 0; i < r->memory.findings.n; i++)
        if (text_equal(r->memory.findings.at[i].rule, text_of(rule)))
            return &r->memory.findings.at[i];
    return NULL;
}

static size_t rows_of(const struct reading *r)
{
    return r->memory.n_tables == 1 ? r->memory.tables[0]->rows.n : 0;
}

/* ---- what people have ---- */

static void check_two_schools(struct text bytes, const char *how)
{
    struct reading r = read_text(bytes);
    if (!r.ok)
        fail_msg("%s: %s", how, r.err.what);
    if (rows_of(&r) != 2)
        fail_msg("%s: %zu rows", how, rows_of(&r));
    CHECK_TEXT(text_at(&r, "school_code", 0), "3141000001");
    CHECK_TEXT(text_at(&r, "school_name", 1), "西关小学");
    CHECK_NEAR(number_at(&r, "pupils_primary", 1), 300, 0);
    CHECK_NEAR(number_at(&r, "area_teaching_m2", 0), 4060.5, 0);
    CHECK_INT(r.memory.findings.n, 0);
    arena_free(&r.mem);
}

#define TWO HEAD ROW "410185,2025,3141000002,西关小学,小学,300,1500\n"

static struct text replaced(struct arena *mem, struct text from, char what, const char *with)
{
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < from.size; i++)
        if (from.at[i] == what)
            buf_add(&out, text_of(with));
        else
            buf_byte(&out, from.at[i]);
    return buf_text(&out);
}

TEST(csv_read, reads_commas_tabs_semicolons_and_every_line_end)
{
    struct arena *mem = arena_new("test");
    const struct text two = TEXT(TWO);
    check_two_schools(two, "comma");
    check_two_schools(replaced(mem, two, ',', "\t"), "tab");
    check_two_schools(replaced(mem, two, ',', ";"), "semicolon");
    check_two_schools(replaced(mem, two, '\n', "\r\n"), "CR LF");
    check_two_schools(replaced(mem, two, '\n', "\r"), "CR");
    check_two_schools((struct text){ two.at, two.size - 1 }, "no last line end");
    arena_free(&mem);
}

TEST(csv_read, reads_bom_and_the_line_that_names_the_separator)
{
    struct arena *mem = arena_new("test");
    check_two_schools(TEXT("\xEF\xBB\xBF" TWO), "BOM");
    struct reading r = read_text(text_printf(mem, "sep=;\r\n%.*s", TEXT_ARG(replaced(mem, TEXT(TWO), ',', ";"))));
    CHECK_OK(r.ok, r.err);
    CHECK_INT(rows_of(&r), 2);
    CHECK_INT(r.memory.tables[0]->rows.row[0], 3); /* as a spreadsheet program would not number it, but the file does */
    arena_free(&r.mem);
    arena_free(&mem);
}

/* "学校" and so on in GB18030 and UTF-16, by iconv in the other direction. */
static struct text encoded(struct arena *mem, struct text text, const char *name, const char *bom)
{
    iconv_t to = iconv_open(name, "UTF-8");
    CHECK(to != (iconv_t)-1);
    char *from = (char *)(uintptr_t)text.at, *made = arena_alloc(mem, text.size * 4 + 8), *at = made;
    const size_t bom_size = strlen(bom);
    memcpy(at, bom, bom_size);
    at += bom_size;
    size_t left = text.size, room = text.size * 4;
    CHECK(iconv(to, &from, &left, &at, &room) != (size_t)-1);
    iconv_close(to);
    return (struct text){ made, (size_t)(at - made) };
}

TEST(csv_read, reads_gb18030_and_utf16)
{
    struct arena *mem = arena_new("test");
    check_two_schools(encoded(mem, TEXT(TWO), "GB18030", ""), "GB18030");
    check_two_schools(encoded(mem, TEXT(TWO), "UTF-16LE", "\xFF\xFE"), "UTF-16LE");
    check_two_schools(encoded(mem, TEXT(TWO), "UTF-16BE", "\xFE\xFF"), "UTF-16BE");
    check_two_schools(encoded(mem, replaced(mem, TEXT(TWO), ',', "\t"), "UTF-16LE", "\xFF\xFE"), "Excel's “Unicode text”");
    arena_free(&mem);
}

TEST(csv_read, takes_names_in_gb18030_behind_a_head_that_was_plain_ascii)
{
    struct arena *mem = arena_new("test");
    struct buf file = { .mem = mem };
    buf_add(&file, TEXT("county_code,year,school_code,school_name,pupils_primary\n"));
    for (unsigned i = 0; i < 3000; i++)
        buf_printf(&file, "410185,2025,%u,School,300\n", 3141000000u + i);
    buf_add(&file, TEXT("410185,2025,3141999999,"));
    buf_add(&file, encoded(mem, TEXT("西关小学"), "GB18030", ""));
    buf_add(&file, TEXT(",300\n"));
    struct reading r = read_text(buf_text(&file));
    CHECK_OK(r.ok, r.err);
    CHECK_INT(rows_of(&r), 3001);
    CHECK_TEXT(text_at(&r, "school_name", 3000), "西关小学");
    CHECK_INT(r.memory.findings.n, 0);
    arena_free(&r.mem);
    arena_free(&mem);
}

TEST(csv_read, undoes_quotes_and_the_guard_of_our_own_exports)
{
    struct reading r = read_text(TEXT(HEAD "410185,2025,\"3141000001\",\"东关,“小学”\"\"实验\"\"\",小学,\"1,812\",\"4060.5\"\n"
                                           "410185,2025,3141000002,'=西关小学,小学,'-5,\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_TEXT(text_at(&r, "school_name", 0), "东关,“小学”\"实验\"");
    CHECK_NEAR(number_at(&r, "pupils_primary", 0), 1812, 0);
    CHECK_NEAR(number_at(&r, "area_teaching_m2", 0), 4060.5, 0);
    CHECK_TEXT(text_at(&r, "school_name", 1), "=西关小学");
    CHECK_BLANK(number_at(&r, "pupils_primary", 1));
    CHECK(finding_of(&r, "cell.negative") != NULL);
    arena_free(&r.mem);
}

TEST(csv_read, counts_line_ends_inside_quotes_as_part_of_one_row)
{
    struct reading r = read_text(TEXT("县代码,学年,学校代码,\"学校\n名称\",小学在校生数\n"
                                      "410185,2025,3141000001,\"东关\r\n小学\",1\n\n"
                                      "410185,2025,3141000002,西关小学,x\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_INT(rows_of(&r), 2);
    CHECK_TEXT(text_at(&r, "school_name", 0), "东关小学");
    CHECK_INT(r.memory.tables[0]->rows.row[0], 2);
    CHECK_INT(r.memory.tables[0]->rows.row[1], 4); /* the blank line is a row, as in a spreadsheet */
    CHECK_INT(finding_of(&r, "cell.blank_mark")->row, 4);
    arena_free(&r.mem);
}

TEST(csv_read, keeps_a_blank_a_blank_and_a_zero_a_zero)
{
    struct reading r = read_text(TEXT(HEAD "410185,2025,3141000001,东关小学,小学,0,\n410185,2025,3141000002,西关小学,, ,0.0\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_NEAR(number_at(&r, "pupils_primary", 0), 0, 0);
    CHECK_BLANK(number_at(&r, "area_teaching_m2", 0));
    CHECK_BLANK(number_at(&r, "pupils_primary", 1));
    CHECK_BLANK(number_at(&r, "school_type", 1));
    CHECK_NEAR(number_at(&r, "area_teaching_m2", 1), 0, 0);
    arena_free(&r.mem);
}

/* The inline way must give the very double that number_parse gives. */
TEST(csv_read, reads_plain_figures_as_number_parse_does)
{
    static const char *const FIGURES[] = { "0", "7", "007", "812", "123456789012", "4060.5", "0.1", "99999999999.9999", "1234.56789012345",
                                           "12345678901.1234", "1.", ".5", "5e2", "+3", "0.30000000000000004", "1,234.5", "１２.５" };
    for (size_t i = 0; i < COUNT(FIGURES); i++) {
        struct arena *mem = arena_new("test");
        struct reading r = read_text(text_printf(mem, HEAD "410185,2025,3141000001,东关小学,小学,1,\"%s\"\n410185,2025,3141000002,西关小学,小学,1,%s\n",
                                                 FIGURES[i], strchr(FIGURES[i], ',') ? "1234.5" : FIGURES[i]));
        CHECK_OK(r.ok, r.err);
        const double quoted = number_at(&r, "area_teaching_m2", 0), plain = number_at(&r, "area_teaching_m2", 1);
        if (!(quoted == plain))
            fail_msg("%s: %.17g plain, %.17g quoted", FIGURES[i], plain, quoted);
        arena_free(&r.mem);
        arena_free(&mem);
    }
}

TEST(csv_read, reads_a_form_that_runs_down_a_column)
{
    struct reading r = read_text(TEXT("项目,填报值\n学校代码,3141000001\n学校名称,东关小学\n学校类型,小学\n小学在校生数,812\n教学及辅助用房面积,4060.5\n"));
    CHECK_OK(r.ok, r.err);
    CHECK_INT(rows_of(&r), 1);
    CHECK(r.memory.tables[0]->table.down);
    CHECK_NEAR(number_at(&r, "pupils_primary", 0), 812, 0);
    arena_free(&r.mem);
}

TEST(csv_read, reads_only_what_is_wanted_and_the_keys)
{
    struct reading r = reading_new();
    struct csv_request request = request_for(&r);
    bool *wanted = arena_array(r.mem, r.items->n, bool);
    wanted[item_find(r.items, TEXT("area_teaching_m2"))] = true;
    request.wanted = wanted;
    struct text bytes = TEXT(HEAD "410185,2025,3141000001,东关小学,私塾,很多,4060.5\n");
    const struct csv_input input = csv_input_of(&bytes);
    const struct table_sink sink = table_memory_sink(&r.memory);
    CHECK_OK(csv_read(r.mem, &input, &request, &sink, &r.err), r.err);
    CHECK_NEAR(number_at(&r, "area_teaching_m2", 0), 4060.5, 0);
    CHECK_TEXT(text_at(&r, "school_code", 0), "3141000001");
    CHECK_INT(r.memory.tables[0]->table.place[item_find(r.items, TEXT("pupils_primary"))], 0);
    CHECK_INT(r.memory.findings.n, 0);
    arena_free(&r.mem);
}

/* ---- what must be said ---- */

/* refused/csv.csv: each file, whether it is refused as a whole or read with a finding, and what is said. */
TEST(csv_read, says_of_each_broken_file_what_is_wrong_where_and_how_to_mend_it)
{
    struct arena *mem = arena_new("test");
    struct err err;
    struct text list, bytes;
    CHECK_OK(file_read(mem, check_path(mem, "tests/import/refused/csv.csv"), 1 << 20, &list, &err), err);
    struct csv_scanner rows = { list.at, list.at + list.size, ',' };
    struct csv_field field[4];
    size_t n, seen = 0;
    CHECK_INT(csv_next(&rows, field, 4, &n), CSV_ROW);
    while (csv_next(&rows, field, 4, &n) == CSV_ROW) {
        const char *path = check_path(mem, arena_printf(mem, "tests/import/refused/%.*s", TEXT_ARG(field[0].text)));
        const struct text said = csv_value(mem, field[2]), mend = csv_value(mem, field[3]);
        CHECK_OK(file_read(mem, path, 1 << 21, &bytes, &err), err);
        struct reading r = read_text(bytes);
        if (text_equal(field[1].text, TEXT("refused"))) {
            if (r.ok || !text_find(text_of(r.err.what), said, NULL) || !text_find(text_of(r.err.hint), mend, NULL))
                fail_msg("%s: %s", path, r.ok ? "was read" : arena_printf(mem, "“%s” “%s”", r.err.what, r.err.hint));
            CHECK(text_ends(text_of(r.err.what), TEXT("。")) && text_ends(text_of(r.err.hint), TEXT("。")));
        } else {
            bool found = false;
            struct buf all = { .mem = mem };
            CHECK_OK(r.ok, r.err);
            for (size_t i = 0; i < r.memory.findings.n; i++) {
                const struct text sentence = finding_sentence(mem, &r.memory.findings.at[i]);
                found |= text_find(sentence, said, NULL) && text_find(sentence, mend, NULL);
                buf_printf(&all, "\n  %.*s", TEXT_ARG(sentence));
            }
            if (!found)
                fail_msg("%s: expected “%.*s” … “%.*s”, said:%.*s", path, TEXT_ARG(said), TEXT_ARG(mend), TEXT_ARG(buf_text(&all)));
        }
        seen++;
        arena_free(&r.mem);
    }
    CHECK_INT(seen, 27);
    arena_free(&mem);
}

static struct text repeated(struct arena *mem, const char *start, const char *what, size_t times, const char *end)
{
    struct buf out = { .mem = mem };
    buf_add(&out, text_of(start));
    for (size_t i = 0; i < times; i++)
        buf_add(&out, text_of(what));
    buf_add(&out, text_of(end));
    return buf_text(&out);
}

TEST(csv_read, refuses_rows_without_end_and_says_where_they_start)
{
    struct arena *mem = arena_new("test");
    struct reading r = read_text(repeated(mem, HEAD ROW, "4444444444", 120000, "\n"));
    CHECK(!r.ok);
    CHECK_INT(r.err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(r.err.what), "第 3 行超过 1024 KB");
    arena_free(&r.mem);
    r = read_text(repeated(mem, HEAD ROW "410185,2025,3141000002,\"西关\n小学\",小学,1,1\n410185,2025,3141000003,\"", "北关小学\n", 120000, ""));
    CHECK(!r.ok);
    CHECK_CONTAINS(text_of(r.err.what), "第 5 行有一个双引号没有配对");
    arena_free(&r.mem);
    arena_free(&mem);
}

/* Cuts of a file anywhere, and single bytes changed: never a crash, never a hang (ASan watches). */
TEST(csv_read, survives_every_cut_and_change)
{
    struct arena *mem = arena_new("test");
    const struct text whole = TEXT(HEAD "410185,2025,3141000001,\"东关\"\"小学\",小学,812,4060.5\r\n合计,,,,,1\n410185,2025,A1,西关,小学,x,'-1,9,,\n");
    static const char BYTES[] = { '"', ',', '\n', '\r', '\'', '\0', (char)0xFF, ';', '\t', '9' };
    for (size_t i = 0; i < whole.size; i++) {
        struct reading r = read_text((struct text){ whole.at, i });
        arena_free(&r.mem);
        char *copy = arena_copy(mem, whole.at, whole.size);
        for (size_t k = 0; k < sizeof BYTES; k++) {
            copy[i] = BYTES[k];
            r = read_text((struct text){ copy, whole.size });
            arena_free(&r.mem);
        }
    }
    arena_free(&mem);
}

/* ---- parts ---- */

static void add_rows(struct table_memory *into, const struct batch *rows, size_t base, uint16_t code, uint16_t pupils, struct buf *out)
{
    (void)into;
    for (size_t i = 0; i < rows->n; i++)
        buf_printf(out, "%zu:%.*s=%g\n", base + rows->row[i], TEXT_ARG(rows->text[code][i]), rows->number[pupils][i]);
}

/* However the file is cut into parts, the rows and their numbers are the same. */
TEST(csv_read, reads_in_parts_what_it_reads_in_one)
{
    struct arena *mem = arena_new("test");
    struct buf file = { .mem = mem };
    srand(7);
    buf_add(&file, TEXT("县代码,学年,学校代码,学校名称,小学在校生数\n"));
    for (unsigned i = 0; i < 300; i++)
        buf_printf(&file, "410185,2025,%u,%.*s,%d%s", 3141000000u + i, rand() % 30, "abcdefghijklmnopqrstuvwxyzabcdefghij", rand() % 1000,
                   rand() % 4 ? "\n" : "\r\n\n");
    struct text bytes = buf_text(&file);
    struct text first = TEXT("");
    for (uint64_t size = 20000; size > 3; size = size * 2 / 3) {
        struct buf said = { .mem = mem };
        struct reading r = reading_new();
        const struct csv_request request = request_for(&r);
        const struct csv_input input = csv_input_of(&bytes);
        struct csv_table *table;
        CHECK_OK(csv_table_open(r.mem, &input, &request, &table, &r.err), r.err);
        CHECK(csv_table_parts(table));
        uint64_t expected = csv_table_body(table);
        size_t base = 0;
        for (uint64_t from = csv_table_body(table); from < bytes.size; from += size) {
            struct table_memory memory = { .mem = r.mem, .items = r.items };
            const struct table_sink sink = table_memory_sink(&memory);
            struct csv_part part = { .from = from, .to = from + size };
            CHECK_OK(csv_table_read(table, &part, &sink, &r.err), r.err);
            CHECK_INT(part.begun, expected);
            expected = part.ended;
            add_rows(&memory, &memory.tables[0]->rows, base, r.items->school_code, item_find(r.items, TEXT("pupils_primary")), &said);
            base += part.rows;
        }
        CHECK_INT(expected, bytes.size);
        if (!first.size)
            first = buf_text(&said);
        CHECK(text_equal(first, buf_text(&said)));
        arena_free(&r.mem);
    }
    arena_free(&mem);
}

/* ---- bombs ---- */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

TEST(csv_read, stays_within_time_and_memory_under_hostile_text)
{
    struct arena *mem = arena_new("test");
    const struct text bombs[] = {
        repeated(mem, HEAD, ",", 900000, "\n"),
        repeated(mem, HEAD, "\n", 2000000, ""),
        repeated(mem, HEAD, "\"\",", 300000, "\n"),
        repeated(mem, HEAD, "\"\"\"\"\"\"", 150000, "\n"),
        repeated(mem, "", "学校代码,", 2000, "\n"),
        repeated(mem, HEAD, "410185,2025,3141000001,东关,小学,x,y,z,z\n", 10000, ""),
        repeated(mem, "", "a,b;c\td\n", 300000, ""),
        repeated(mem, "\xFF\xFE", "\n\0", 1000000, ""),
    };
    for (size_t i = 0; i < COUNT(bombs); i++) {
        const double start = seconds();
        struct reading r = read_text(bombs[i]);
        const double used = seconds() - start;
        if (used > 8)
            fail_msg("bomb %zu took %.1f s", i, used);
        if (arena_size(r.mem) > (size_t)96 << 20)
            fail_msg("bomb %zu took %zu MB", i, arena_size(r.mem) >> 20);
        arena_free(&r.mem);
    }
    arena_free(&mem);
}
