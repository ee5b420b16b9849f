/* A letter's bytes: what mail programs read, and what nobody can smuggle in. */
#include "check.h"

#include "app/mail_message.h"

static struct text made(struct arena *mem, const char *subject, const char *body)
{
    const struct mail_message m = { .from = { TEXT("均衡"), TEXT("jh@edu.example.cn") }, .to = TEXT("wang@example.cn"), .subject = text_of(subject),
                                    .body = text_of(body), .id = TEXT("mail7"), .at = 1795604580 };
    return mail_message_made(&m, mem);
}

TEST(mail_message, has_the_headers_a_mail_program_asks_for)
{
    struct arena *mem = arena_new("test");
    const struct text got = made(mem, "催报", "您好\n");
    CHECK_TEXT(got, "Date: Wed, 25 Nov 2026 19:03:00 +0800\r\n"
                    "From: =?UTF-8?B?5Z2H6KGh?=\r\n <jh@edu.example.cn>\r\n"
                    "To: <wang@example.cn>\r\n"
                    "Subject: =?UTF-8?B?5YKs5oql?=\r\n"
                    "Message-ID: <mail7@edu.example.cn>\r\n"
                    "Auto-Submitted: auto-generated\r\n"
                    "MIME-Version: 1.0\r\n"
                    "Content-Type: text/plain; charset=utf-8\r\n"
                    "Content-Transfer-Encoding: base64\r\n\r\n"
                    "5oKo5aW9DQo=\r\n");
    arena_free(&mem);
}

TEST(mail_message, parts_a_long_subject_between_characters)
{
    struct arena *mem = arena_new("test");
    /* 20 characters of 3 bytes: 15 in the first word, 5 in the second; with an ASCII letter ahead nothing is parted either. */
    CHECK_CONTAINS(made(mem, "一二三四五六七八九十一二三四五六七八九十", ""),
                   "Subject: =?UTF-8?B?5LiA5LqM5LiJ5Zub5LqU5YWt5LiD5YWr5Lmd5Y2B5LiA5LqM5LiJ5Zub5LqU?=\r\n =?UTF-8?B?5YWt5LiD5YWr5Lmd5Y2B?=\r\n");
    CHECK_CONTAINS(made(mem, "a一二三四五六七八九十一二三四五六七八九十", ""), "YeS4gOS6jOS4ieWbm+S6lOWFreS4g+WFq+S5neWNgeS4gOS6jOS4ieWbmw==?=\r\n =?UTF-8?B?5LqU");
    arena_free(&mem);
}

TEST(mail_message, lets_no_line_grow_long_and_no_header_in)
{
    struct arena *mem = arena_new("test");
    struct buf long_one = { .mem = mem };
    for (int i = 0; i < 300; i++)
        buf_add(&long_one, TEXT("催报：青禾县的填报已经逾期。"));
    buf_byte(&long_one, '\0');
    struct text rest = made(mem, "x\r\nBcc: thief@example.org\r\n\r\nbody", long_one.at), line;
    size_t longest = 0;
    CHECK(!text_find(rest, TEXT("Bcc"), NULL));
    CHECK(!text_find(rest, TEXT("thief"), NULL));
    while (text_split(&rest, '\n', &line) && (line.size || rest.size)) {
        CHECK(text_ends(line, TEXT("\r")));
        longest = line.size - 1 > longest ? line.size - 1 : longest;
    }
    CHECK(longest <= 78);
    /* Bytes that are no UTF-8 are parted somewhere, and it ends. */
    char odd[201];
    memset(odd, 0x80, 200);
    odd[200] = '\0';
    CHECK_CONTAINS(made(mem, odd, odd), "Subject: =?UTF-8?B?gICA");
    arena_free(&mem);
}

TEST(mail_message, takes_addresses_of_one_mailbox_alone)
{
    static const char *const RIGHT[] = { "a@b.cn", "wang.min+x@edu.example.cn", "o'neil_1@a-b.example", "1@163.com" };
    static const char *const WRONG[] = { "", "a", "@b.cn", "a@", "a@b", "a@b.", "a@.cn", "a b@c.cn", "a@b c.cn", "a@b.cn\r\nRCPT TO:<x@y.z>", "a@b.cn>", "<a@b.cn",
                                         "a@b@c.cn", ".a@b.cn", "a.@b.cn", "a..b@c.cn", "a@-b.cn", "a@b-.cn", "王@b.cn", "a@例.cn", "a,b@c.cn", "\"a\"@b.cn" };
    for (size_t i = 0; i < COUNT(RIGHT); i++)
        if (!mail_address_right(text_of(RIGHT[i])))
            fail_msg("%s is refused", RIGHT[i]);
    for (size_t i = 0; i < COUNT(WRONG); i++)
        if (mail_address_right(text_of(WRONG[i])))
            fail_msg("%s is taken", WRONG[i]);
    char many[300];
    memset(many, 'a', sizeof many);
    memcpy(many + 280, "@b.cn", 6);
    CHECK(!mail_address_right(text_of(many)));
}

TEST(mail_message, reads_who_sends_with_and_without_a_name)
{
    struct arena *mem = arena_new("test");
    struct mail_from from;
    CHECK(mail_from_read(TEXT(" 青禾县教育局 <jh@edu.cn> "), &from));
    CHECK_TEXT(from.name, "青禾县教育局");
    CHECK_TEXT(from.address, "jh@edu.cn");
    CHECK(mail_from_read(TEXT("jh@edu.cn"), &from));
    CHECK_TEXT(from.name, "");
    CHECK(!mail_from_read(TEXT("教育局"), &from));
    CHECK(!mail_from_read(TEXT("<>"), &from));
    CHECK(!mail_from_read(TEXT("a>"), &from));
    CHECK_TEXT(mail_address_masked(TEXT("wangmin@edu.cn"), mem), "w***@edu.cn");
    arena_free(&mem);
}
