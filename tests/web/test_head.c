#include "check.h"

#include "web/head.h"

static struct head head_of(const char *const *lines, size_t n)
{
    struct head head = head_start();
    for (size_t i = 0; i < n; i += 2)
        head_add(&head, text_of(lines[i]), text_of(lines[i + 1]));
    return head;
}
#define HEAD(...) head_of((const char *const[]){ __VA_ARGS__ }, COUNT(((const char *const[]){ __VA_ARGS__ })))

TEST(head, refuses_two_answers_to_one_question)
{
    CHECK_INT(HEAD("Host", "a", "host", "b").fault, HEAD_TWICE);
    CHECK_INT(HEAD("Host", "a", "Host", "a").fault, HEAD_TWICE);
    CHECK_INT(HEAD("Content-Length", "1", "Content-Length", "1").fault, HEAD_TWICE);
    CHECK_INT(HEAD("Cookie", "a=b", "Cookie", "a=c").fault, HEAD_TWICE);
    CHECK_INT(HEAD("Authorization", "", "Authorization", "Bearer x").fault, HEAD_TWICE);
    CHECK_INT(HEAD("Host", "a", "X-Forwarded-For", "1.2.3.4", "X-Forwarded-For", "5.6.7.8").fault, HEAD_FINE);
}

TEST(head, takes_a_length_of_digits_alone)
{
    static const char *const BAD[] = { "", "-1", "+1", "1 ", "0x10", "1,1", "9999999999999999", "1e3" };
    CHECK_INT(HEAD("Content-Length", "1234").length, 1234);
    for (size_t i = 0; i < COUNT(BAD); i++)
        CHECK_INT(HEAD("Content-Length", BAD[i]).fault, HEAD_BAD_LENGTH);
    CHECK_INT(HEAD("Transfer-Encoding", "chunked").fault, HEAD_ENCODED);
    CHECK_INT(HEAD("Transfer-Encoding", "identity", "Content-Length", "4").fault, HEAD_ENCODED);
}

TEST(head, refuses_floods)
{
    struct head head = head_start();
    for (int i = 0; i <= HEAD_LINES; i++)
        head_add(&head, TEXT("X"), TEXT("y"));
    CHECK_INT(head.fault, HEAD_TOO_MUCH);
    struct arena *mem = arena_new("test");
    head = head_start();
    head_add(&head, TEXT("X"), (struct text){ arena_alloc(mem, HEAD_BYTES), HEAD_BYTES });
    CHECK_INT(head.fault, HEAD_TOO_MUCH);
    arena_free(&mem);
}

TEST(head, tells_our_own_pages_from_others)
{
    struct head head = HEAD("Host", "jh.example:8443", "Sec-Fetch-Site", "same-origin");
    CHECK(head_same_origin(&head, true));
    head = HEAD("Host", "jh.example", "Sec-Fetch-Site", "cross-site", "Origin", "https://jh.example");
    CHECK(!head_same_origin(&head, true));
    head = HEAD("Host", "jh.example", "Sec-Fetch-Site", "same-site");
    CHECK(!head_same_origin(&head, true));
    head = HEAD("Host", "jh.example", "Origin", "https://jh.example");
    CHECK(head_same_origin(&head, true));
    CHECK(!head_same_origin(&head, false));
    head = HEAD("Host", "jh.example", "Origin", "https://jh.example.evil");
    CHECK(!head_same_origin(&head, true));
    head = HEAD("Host", "jh.example", "Origin", "null");
    CHECK(!head_same_origin(&head, true));
    head = HEAD("Host", "jh.example", "Referer", "https://jh.example/sign-in");
    CHECK(head_same_origin(&head, true));
    head = HEAD("Host", "jh.example");
    CHECK(!head_same_origin(&head, true));
    head = HEAD("Host", "", "Origin", "https://");
    CHECK(!head_same_origin(&head, true));
}

TEST(head, knows_the_names_of_this_machine)
{
    CHECK(head_host_is_loopback(TEXT("127.0.0.1:8420")));
    CHECK(head_host_is_loopback(TEXT("localhost")));
    CHECK(head_host_is_loopback(TEXT("[::1]:8420")));
    CHECK(head_host_is_loopback(TEXT("[::1]")));
    CHECK(!head_host_is_loopback(TEXT("rebound.example:8420")));
    CHECK(!head_host_is_loopback(TEXT("127.0.0.1.evil.example")));
    CHECK(!head_host_is_loopback(TEXT("localhost:abc")));
    CHECK(!head_host_is_loopback(TEXT("")));
    CHECK(head_host_is_proper(TEXT("jh.gov.cn:443")));
    CHECK(!head_host_is_proper(TEXT("a/b")));
    CHECK(!head_host_is_proper(TEXT("a b")));
}

TEST(head, hears_whether_gzip_is_taken)
{
    CHECK(HEAD("Accept-Encoding", "gzip, deflate, br").gzip);
    CHECK(HEAD("Accept-Encoding", "br;q=1.0, GZIP;q=0.8").gzip);
    CHECK(!HEAD("Accept-Encoding", "gzip;q=0").gzip);
    CHECK(!HEAD("Accept-Encoding", "br").gzip);
    CHECK(!HEAD("Host", "a").gzip);
}
