#include "check.h"

#include "web/path.h"
#include "web/percent.h"

static bool parses(struct arena *mem, const char *raw, struct path *out)
{
    return path_parse(text_of(raw), mem, out);
}

TEST(path, is_parted_into_decoded_segments)
{
    struct arena *mem = arena_new("test");
    struct path path;
    CHECK(parses(mem, "/schools/%E6%9F%B3%E6%9E%97", &path));
    CHECK_INT(path.n, 2);
    CHECK_TEXT(path.segment[0], "schools");
    CHECK_TEXT(path.segment[1], "柳林");
    CHECK(parses(mem, "/", &path));
    CHECK_INT(path.n, 0);
    CHECK(parses(mem, "/a/", &path));
    CHECK(path.slash && path.n == 1);
    arena_free(&mem);
}

TEST(path, refuses_what_a_file_system_would_understand)
{
    struct arena *mem = arena_new("test");
    struct path path;
    static const char *const BAD[] = { "/../etc/passwd", "/%2e%2e/etc", "/a/..", "/a//b", "//evil.example", "/a/%2F", "/a%5Cb", "/a/%00",
                                       "/a/%0d%0aSet-Cookie:x", "/a/%", "/a/%4", "/a/%zz", "/%ff", "/%c0%af", "/%ed%a0%80", "/.",
                                       "/a/./b", "a/b", "", "/1/2/3/4/5/6/7/8/9", "/a%7f" };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        if (parses(mem, BAD[i], &path))
            fail_msg("\"%s\" was taken", BAD[i]);
    }
    arena_free(&mem);
}

TEST(path, parts_a_target_and_refuses_what_no_link_has)
{
    struct text path, query;
    CHECK(path_target(TEXT("/a?b=c?d"), &path, &query));
    CHECK_TEXT(path, "/a");
    CHECK_TEXT(query, "b=c?d");
    static const char *const BAD[] = { "http://evil.example/", "*", "", "/a b", "/a#b", "/a\tb", "/\xE6\x9F\xB3", "/a\\b", "/<script>" };
    for (size_t i = 0; i < COUNT(BAD); i++)
        CHECK(!path_target(text_of(BAD[i]), &path, &query));
}

TEST(path, to_go_to_after_signing_in_never_leaves_this_host)
{
    CHECK(path_is_local(TEXT("/schools?year=2025")));
    CHECK(!path_is_local(TEXT("//evil.example/")));
    CHECK(!path_is_local(TEXT("https://evil.example/")));
    CHECK(!path_is_local(TEXT("/\\evil.example")));
    CHECK(!path_is_local(TEXT("javascript:alert(1)")));
    CHECK(!path_is_local(TEXT("")));
}

TEST(path, encoded_and_decoded_is_the_same)
{
    struct arena *mem = arena_new("test");
    struct text back;
    const struct text odd = TEXT("柳林 100% a+b&c=d/e?f#g\"<>");
    CHECK(percent_decode(percent_encode_part(odd, mem), PERCENT_QUERY, mem, &back));
    CHECK(text_equal(back, odd));
    arena_free(&mem);
}
