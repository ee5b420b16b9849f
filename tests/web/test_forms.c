#include "check.h"

#include "web/cookie.h"
#include "web/form.h"
#include "web/multipart.h"
#include "web/query.h"

TEST(query, gives_decoded_pairs)
{
    struct arena *mem = arena_new("test");
    struct pairs pairs;
    struct text value;
    struct err err;
    CHECK_OK(query_parse(TEXT("stage=primary&q=%E6%9F%B3+%2B&flag&&a=b=c"), mem, &pairs, &err), err);
    CHECK(pairs_get(&pairs, "q", &value));
    CHECK_TEXT(value, "柳 +");
    CHECK(pairs_get(&pairs, "flag", &value));
    CHECK_TEXT(value, "");
    CHECK(pairs_get(&pairs, "a", &value));
    CHECK_TEXT(value, "b=c");
    CHECK(!pairs_get(&pairs, "other", &value));
    arena_free(&mem);
}

TEST(query, refuses_bad_encodings_and_floods)
{
    struct arena *mem = arena_new("test");
    struct pairs pairs;
    struct err err;
    CHECK(!query_parse(TEXT("a=%"), mem, &pairs, &err));
    CHECK(!query_parse(TEXT("a=%ff"), mem, &pairs, &err));
    CHECK(!query_parse(TEXT("a=%00"), mem, &pairs, &err));
    CHECK(!query_parse(TEXT("a=%0a"), mem, &pairs, &err));
    struct buf flood = { .mem = mem };
    for (int i = 0; i < 1000; i++)
        buf_printf(&flood, "a%d=1&", i);
    CHECK(!query_parse(buf_text(&flood), mem, &pairs, &err));
    CHECK_INT(err.kind, ERR_USAGE);
    arena_free(&mem);
}

TEST(query, is_rewritten_with_one_value_changed)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(query_with(TEXT("stage=primary&year=2024&years=1"), "year", TEXT("2025"), mem), "?stage=primary&years=1&year=2025");
    CHECK_TEXT(query_with(TEXT("year=2024"), "year", TEXT(""), mem), "");
    CHECK_TEXT(query_with(TEXT(""), "next", TEXT("/a?b=c"), mem), "?next=%2Fa%3Fb%3Dc");
    arena_free(&mem);
}

TEST(form, keeps_line_ends_of_a_text_area)
{
    struct arena *mem = arena_new("test");
    struct pairs pairs;
    struct text value;
    struct err err;
    CHECK_OK(form_parse(TEXT("note=%E7%94%B2%0D%0A%E4%B9%99&n=1"), mem, &pairs, &err), err);
    CHECK(pairs_get(&pairs, "note", &value));
    CHECK_TEXT(value, "甲\r\n乙");
    CHECK(!form_parse(TEXT("note=%1b"), mem, &pairs, &err));
    arena_free(&mem);
}

/* ---- cookies ---- */

TEST(cookie, is_found_by_its_whole_name)
{
    struct text value;
    CHECK(cookie_get(TEXT("xjh=no; jh=yes; jhx=no"), TEXT("jh"), &value));
    CHECK_TEXT(value, "yes");
    CHECK(!cookie_get(TEXT("xjh=no; JH=no"), TEXT("jh"), &value));
    CHECK(!cookie_get(TEXT(""), TEXT("jh"), &value));
}

TEST(cookie, that_was_planted_beside_ours_is_refused)
{
    struct text value;
    CHECK(!cookie_get(TEXT("jh=mine; jh=theirs"), TEXT("jh"), &value));
    CHECK_TEXT(value, "");
    CHECK(cookie_get(TEXT("jh=mine; jh=mine"), TEXT("jh"), &value));
    CHECK(!cookie_get(TEXT("jh=a\"b"), TEXT("jh"), &value));
    CHECK(!cookie_get(TEXT("jh=a b"), TEXT("jh"), &value));
}

TEST(cookie, among_a_flood_of_others_is_not_found_and_gives_nothing)
{
    struct arena *mem = arena_new("test");
    struct buf header = { .mem = mem };
    struct text value;
    buf_add(&header, TEXT("jh=mine"));
    for (int i = 0; i < COOKIE_PAIRS; i++)
        buf_add(&header, TEXT("; a=b"));
    CHECK(!cookie_get(buf_text(&header), TEXT("jh"), &value));
    CHECK_TEXT(value, "");
    arena_free(&mem);
}

TEST(cookie, is_set_for_scripts_not_to_see_and_others_not_to_send)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(cookie_set(TEXT("jh"), TEXT("abc"), COOKIE_SESSION, false, mem), "jh=abc; Path=/; HttpOnly; SameSite=Lax");
    CHECK_TEXT(cookie_set(TEXT("__Host-jh"), TEXT("abc"), COOKIE_SESSION, true, mem), "__Host-jh=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    CHECK_TEXT(cookie_set(TEXT("jh"), TEXT("a; Domain=evil"), COOKIE_END, false, mem), "jh=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    arena_free(&mem);
}

/* ---- multipart ---- */

TEST(multipart, takes_the_boundary_alone)
{
    struct text boundary;
    CHECK(multipart_boundary(TEXT("multipart/form-data; boundary=----WebKitFormBoundaryA1"), &boundary));
    CHECK_TEXT(boundary, "----WebKitFormBoundaryA1");
    CHECK(multipart_boundary(TEXT("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), &boundary) == false); /* no blank in ours */
    CHECK(multipart_boundary(TEXT("multipart/form-data; boundary=\"ab\""), &boundary));
    CHECK_TEXT(boundary, "ab");
    CHECK(!multipart_boundary(TEXT("multipart/form-data"), &boundary));
    CHECK(!multipart_boundary(TEXT("multipart/form-data; boundary=a; boundary=b"), &boundary));
    CHECK(!multipart_boundary(TEXT("multipart/mixed; boundary=a"), &boundary));
    CHECK(!multipart_boundary(TEXT("multipart/form-data; boundary="), &boundary));
}

#define PART(head, body) "--B\r\n" head "\r\n\r\n" body "\r\n"
#define FIELD(name, value) PART("Content-Disposition: form-data; name=\"" name "\"", value)
#define FILE_PART(name, value) \
    PART("Content-Disposition: form-data; name=\"file\"; filename=\"" name "\"\r\nContent-Type: application/octet-stream", value)

static bool parse(struct arena *mem, struct text body, struct multipart *out, struct err *err)
{
    return multipart_parse(body, TEXT("B"), mem, out, err);
}

TEST(multipart, gives_fields_and_files)
{
    struct arena *mem = arena_new("test");
    struct multipart got;
    struct err err;
    CHECK_OK(parse(mem, TEXT(FIELD("form_token", "t") FILE_PART("甲.xlsx", "PK\r\n--B-\0not yet") FILE_PART("", "") "--B--\r\n"), &got, &err), err);
    struct text value;
    CHECK(pairs_get(&got.fields, "form_token", &value));
    CHECK_TEXT(value, "t");
    CHECK_INT(got.n_files, 1);
    CHECK_TEXT(got.files[0].name, "甲.xlsx");
    CHECK_TEXT(got.files[0].field, "file");
    CHECK_INT(got.files[0].bytes.size, 16);
    arena_free(&mem);
}

TEST(multipart, never_lets_a_name_be_a_path)
{
    struct arena *mem = arena_new("test");
    struct multipart got;
    struct err err;
    CHECK_OK(parse(mem, TEXT(FILE_PART("../../etc/passwd", "x") FILE_PART("C:\\Users\\wang\\乙.xls", "x") FILE_PART("a\xE2\x80\xAEslx.exe", "x")
                             FILE_PART("/", "x") "--B--"), &got, &err), err);
    CHECK_TEXT(got.files[0].name, "passwd");
    CHECK_TEXT(got.files[1].name, "乙.xls");
    CHECK_TEXT(got.files[2].name, "aslx.exe");
    CHECK_TEXT(got.files[3].name, "");
    arena_free(&mem);
}

TEST(multipart, refuses_what_is_malformed_or_cut_off)
{
    struct arena *mem = arena_new("test");
    struct multipart got;
    struct err err;
    static const char *const BAD[] = {
        "", "--", "--B", "--B\r\n", "--B\r\n\r\nx\r\n--B--", "--B\r\nContent-Type: x\r\n\r\nx\r\n--B--", FIELD("a", "1"), FIELD("", "1") "--B--",
        "preamble\r\n" FIELD("a", "1") "--B--", "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n--B--",
        FIELD("a", "\xff") "--B--",
    };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        if (parse(mem, text_of(BAD[i]), &got, &err))
            fail_msg("body %zu was taken: %s", i, BAD[i]);
        CHECK_INT(err.kind, ERR_USAGE);
    }
    arena_free(&mem);
}

TEST(multipart, keeps_to_its_caps)
{
    struct arena *mem = arena_new("test");
    struct multipart got;
    struct err err;
    struct buf many = { .mem = mem };
    for (int i = 0; i < MULTIPART_FILES + 1; i++)
        buf_add(&many, TEXT(FILE_PART("a.csv", "x")));
    buf_add(&many, TEXT("--B--"));
    CHECK(!parse(mem, buf_text(&many), &got, &err));
    CHECK_INT(err.kind, ERR_LIMIT);

    struct buf large = { .mem = mem };
    buf_add(&large, TEXT("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"大.xlsx\"\r\n\r\n"));
    buf_add(&large, (struct text){ arena_alloc(mem, MULTIPART_FILE + 1), MULTIPART_FILE + 1 });
    buf_add(&large, TEXT("\r\n--B--"));
    CHECK(!parse(mem, buf_text(&large), &got, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(err.what), "大.xlsx");

    struct buf head = { .mem = mem };
    buf_add(&head, TEXT("--B\r\n"));
    for (int i = 0; i < 1000; i++)
        buf_printf(&head, "X-%d: y\r\n", i);
    buf_add(&head, TEXT("Content-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--"));
    CHECK(!parse(mem, buf_text(&head), &got, &err));
    arena_free(&mem);
}
