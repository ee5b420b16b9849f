#include "check.h"

#include "base/csv.h"
#include "base/file.h"
#include "import/sniff.h"

#include <dirent.h>

static struct text repository_file(struct arena *mem, const char *path)
{
    struct text bytes = TEXT("");
    struct err err;
    CHECK_OK(file_read(mem, check_path(mem, path), 1 << 20, &bytes, &err), err);
    return bytes;
}

/* refused/sniff.csv: each file, with what the sentence says and what the remedy says. */
TEST(sniff, refuses_each_file_with_its_sentence_and_its_remedy)
{
    struct arena *mem = arena_new("test");
    const struct text table = repository_file(mem, "tests/import/refused/sniff.csv");
    struct csv_scanner rows = { table.at, table.at + table.size, ',' };
    struct csv_field field[3];
    size_t n, refused = 0;
    CHECK_INT(csv_next(&rows, field, 3, &n), CSV_ROW);
    while (csv_next(&rows, field, 3, &n) == CSV_ROW) {
        CHECK_INT(n, 3);
        enum file_kind kind;
        struct err err;
        const char *path = arena_printf(mem, "tests/import/refused/%.*s", TEXT_ARG(field[0].text));
        if (sniff(repository_file(mem, path), field[0].text, &kind, &err))
            fail_msg("%s was taken as kind %d", path, (int)kind);
        CHECK_INT(err.kind, ERR_INPUT);
        const struct text named = text_printf(mem, "文件“%.*s”%.*s", TEXT_ARG(field[0].text), TEXT_ARG(field[1].text));
        const struct text what = text_of(err.what), hint = text_of(err.hint);
        if (!text_find(what, field[1].text, NULL) || !text_starts(what, TEXT("文件“")))
            fail_msg("%s: \"%s\", expected \"%s\"", path, err.what, named.at);
        if (!text_find(hint, field[2].text, NULL))
            fail_msg("%s: hint \"%s\"", path, err.hint);
        CHECK(text_ends(what, TEXT("。")) && text_ends(hint, TEXT("。")));
        refused++;
    }
    CHECK_INT(refused, 53);
    arena_free(&mem);
}

static enum file_kind kind_of(struct text bytes)
{
    enum file_kind kind = FILE_CSV;
    struct err err;
    CHECK_OK(sniff(bytes, TEXT("x"), &kind, &err), err);
    return kind;
}

TEST(sniff, takes_text_in_every_encoding_as_csv)
{
    CHECK_INT(kind_of(TEXT("学校代码,学校名称\n1,二\n")), FILE_CSV);
    CHECK_INT(kind_of(TEXT("a")), FILE_CSV);
    CHECK_INT(kind_of(TEXT("\xEF\xBB\xBF" "a;b\n")), FILE_CSV);
    CHECK_INT(kind_of(TEXT("\xD1\xA7\xD0\xA3,\xB4\xFA\xC2\xEB\n")), FILE_CSV);          /* GBK */
    CHECK_INT(kind_of(TEXT("\xFF\xFE" "a\0,\0\x66\x5B\n\0" "1\0,\0" "2\0\n\0")), FILE_CSV);
    CHECK_INT(kind_of(TEXT("a\0,\0\x66\x5B\n\0" "1\0,\0" "2\0\n\0")), FILE_CSV);        /* UTF-16LE without BOM */
    CHECK_INT(kind_of(TEXT("\0a\0,\x5B\x66\0\n\0" "1\0,\0" "2\0\n")), FILE_CSV);
    CHECK_INT(kind_of(TEXT("BM001,<5,{x}\n")), FILE_CSV);  /* begins as a bitmap would */
    CHECK_INT(kind_of(TEXT("<5,6\n")), FILE_CSV);          /* begins as markup would */
}

TEST(sniff, lets_a_stray_control_character_in_a_long_text_pass)
{
    char text[2000];
    memset(text, 'a', sizeof text);
    text[700] = '\0';
    text[900] = '\x01';
    CHECK_INT(kind_of((struct text){ text, sizeof text }), FILE_CSV);
}

TEST(sniff, words_the_refusal_without_a_name_too)
{
    struct err err;
    enum file_kind kind;
    CHECK(!sniff(TEXT(""), TEXT(""), &kind, &err));
    CHECK_TEXT(text_of(err.what), "这个文件是空的，里面没有任何内容。");
}

TEST(sniff, survives_every_cut_of_every_refused_file)
{
    struct arena *mem = arena_new("test");
    const char *folder = check_path(mem, "tests/import/refused");
    DIR *dir = opendir(folder);
    CHECK(dir != NULL);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strncmp(entry->d_name, "sniff_", 6) != 0)
            continue;
        const struct arena_mark mark = arena_mark(mem);
        const struct text bytes = repository_file(mem, arena_printf(mem, "tests/import/refused/%s", entry->d_name));
        for (size_t size = 0; size < bytes.size; size += size < 800 ? 1 : 97) {
            enum file_kind kind;
            struct err err;
            char *part = arena_copy(mem, bytes.at, size); /* so that ASan sees a step beyond the cut */
            (void)!sniff((struct text){ part, size }, TEXT("x"), &kind, &err);
        }
        arena_rewind(mem, mark);
    }
    closedir(dir);
    arena_free(&mem);
}

static struct text encoding_and_bom(struct arena *mem, struct text bytes)
{
    static const char *const NAMES[] = { "UTF8", "GB18030", "UTF16LE", "UTF16BE" };
    size_t bom;
    const enum encoding encoding = sniff_encoding(bytes, &bom);
    return text_printf(mem, "%s %zu", NAMES[encoding], bom);
}

TEST(sniff_encoding, goes_by_the_bom)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("\xEF\xBB\xBF" "a,b")), "UTF8 3");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("\xFF\xFE\x66\x5B")), "UTF16LE 2");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("\xFE\xFF\x5B\x66")), "UTF16BE 2");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("\x84\x31\x95\x33\xD1\xA7")), "GB18030 4");
    arena_free(&mem);
}

TEST(sniff_encoding, else_by_what_decodes)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("")), "UTF8 0");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("school,pupils\n1,2\n")), "UTF8 0");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("学校代码,𠮷林小学\n")), "UTF8 0");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("code,\xB4\xFA\xC2\xEB\n")), "GB18030 0");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("code,\x95\x32\x82\x36\n")), "GB18030 0"); /* 𠀀, four bytes */
    CHECK_TEXT(encoding_and_bom(mem, TEXT("a\0,\0b\0\n\0")), "UTF16LE 0");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("\0a\0,\0b\0\n")), "UTF16BE 0");
    arena_free(&mem);
}

TEST(sniff_encoding, is_not_misled_by_a_character_cut_at_the_end)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("学校代\xE7\xA0")), "UTF8 0");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("学校代\xE7")), "UTF8 0");
    arena_free(&mem);
}

TEST(sniff_encoding, takes_pairs_valid_as_both_for_chinese_but_leaves_accents_alone)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("code,\xD1\xA7\xD0\xA3\n")), "GB18030 0"); /* 学校; "ѧУ" in UTF-8 */
    CHECK_TEXT(encoding_and_bom(mem, TEXT("école,m²\n")), "UTF8 0");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("Школа,Ученики\n")), "UTF8 0");
    arena_free(&mem);
}

TEST(sniff_encoding, keeps_utf8_when_a_byte_or_two_are_broken)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(encoding_and_bom(mem, TEXT("学校代码,学校名称\n1,虚构\xFF小学\n")), "UTF8 0");
    arena_free(&mem);
}
