/* What goes into a page cannot leave its place. */
#include "check.h"

#include "web/say.h"

struct bed { struct arena *mem; struct html html; };

static struct bed bed_new(void)
{
    struct arena *const mem = arena_new("test");
    return (struct bed){ mem, html_begin(mem, LANG_ZH) };
}

#define CHECK_WRITES(call, expected)                                                          \
    do {                                                                                      \
        struct bed bed = bed_new();                                                           \
        struct html *const html = &bed.html;                                                  \
        call;                                                                                 \
        CHECK_TEXT(html_collected(html), expected);                                           \
        arena_free(&bed.mem);                                                                 \
    } while (0)

TEST(html, writes_markup_in_a_text_as_text)
{
    CHECK_WRITES(HTML_TEXT(html, TEXT("<script>alert(\"1\")</script> & 'x'")),
                 "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;");
    CHECK_WRITES(HTML_TEXT(html, "柳林镇中心小学"), "柳林镇中心小学");
    CHECK_WRITES(HTML_TEXT(html, ((struct text){ "a\0b", 3 })), "a\xef\xbf\xbd" "b");
    CHECK_WRITES(HTML_TEXT(html, TEXT("")), "");
}

TEST(html, does_not_let_a_value_end_its_attribute)
{
    CHECK_WRITES(HTML_ATTRIBUTE(html, TEXT("\" onclick=\"x")), "&quot; onclick=&quot;x");
    CHECK_WRITES(HTML_ATTRIBUTE(html, TEXT("' a")), "&#39; a");
}

TEST(html, gives_numbers_commas_in_text_and_none_in_attributes)
{
    CHECK_WRITES(HTML_TEXT(html, 1389), "1,389");
    CHECK_WRITES(HTML_TEXT(html, 999), "999");
    CHECK_WRITES(HTML_TEXT(html, (size_t)1234567), "1,234,567");
    CHECK_WRITES(HTML_TEXT(html, -1200), "\xe2\x88\x92" "1,200");
    CHECK_WRITES(HTML_TEXT(html, INT64_MIN), "\xe2\x88\x92" "9,223,372,036,854,775,808");
    CHECK_WRITES(HTML_TEXT(html, UINT64_MAX), "18,446,744,073,709,551,615");
    CHECK_WRITES(HTML_ATTRIBUTE(html, 1389), "1389");
    CHECK_WRITES(HTML_ATTRIBUTE(html, -1389), "-1389");
    CHECK_WRITES(HTML_TEXT(html, 0), "0");
}

TEST(html, refuses_a_url_that_runs_code_or_leaves_for_another_host)
{
    static const char *const refused[] = {
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:x",
        "data:text/html,x", "vbscript:x", "//evil.example/x", "/\\evil.example", "\\\\evil.example", "blob:x", "file:///etc/passwd",
    };
    for (size_t i = 0; i < COUNT(refused); i++)
        CHECK_WRITES(HTML_URL(html, refused[i]), "#refused");
}

TEST(html, lets_paths_queries_and_ordinary_schemes_pass)
{
    CHECK_WRITES(HTML_URL(html, "/schools?stage=primary&q=%E6%9F%B3"), "/schools?stage=primary&amp;q=%E6%9F%B3");
    CHECK_WRITES(HTML_URL(html, "?year=2025"), "?year=2025");
    CHECK_WRITES(HTML_URL(html, "#main"), "#main");
    CHECK_WRITES(HTML_URL(html, "/"), "/");
    CHECK_WRITES(HTML_URL(html, "schools/3:4"), "schools/3:4");
    CHECK_WRITES(HTML_URL(html, "https://www.moe.gov.cn/"), "https://www.moe.gov.cn/");
    CHECK_WRITES(HTML_URL(html, "mailto:a@b.cn"), "mailto:a@b.cn");
    CHECK_WRITES(HTML_URL(html, "/a b\"c<d\\e\nf"), "/a%20b%22c%3Cd%5Ce%0Af");
    CHECK_WRITES(HTML_URL(html, ""), "");
}

TEST(html, keeps_a_part_of_a_url_within_its_component)
{
    CHECK_WRITES(HTML_URL_PART(html, TEXT("a/b?c&d=e#f%g")), "a%2Fb%3Fc%26d%3De%23f%25g");
    CHECK_WRITES(HTML_URL_PART(html, TEXT("柳")), "%E6%9F%B3");
    CHECK_WRITES(HTML_URL_PART(html, 12345), "12345");
    CHECK_WRITES(HTML_URL_PART(html, "A-z_0.9~"), "A-z_0.9~");
}

TEST(html, does_not_let_json_end_its_script)
{
    CHECK_WRITES(html_json(html, TEXT("{\"a\":\"</script><b>\"}")), "{\"a\":\"\\u003c/script>\\u003cb>\"}");
}

TEST(html, collects_more_than_its_first_block)
{
    struct bed bed = bed_new();
    for (int i = 0; i < 20000; i++)
        HTML_TEXT(&bed.html, TEXT("0123456789"));
    CHECK_INT(html_collected(&bed.html).size, 200000);
    CHECK(memcmp(html_collected(&bed.html).at + 199990, "0123456789", 10) == 0);
    arena_free(&bed.mem);
}

TEST(say, fills_arguments_in_and_escapes_them)
{
    const struct text arguments[] = { TEXT("<王敏>"), TEXT("2025-09-01") };
    CHECK_WRITES(html_say(html, T_FRAME_PRINTED, arguments, 2), "&lt;王敏&gt; 打印于 2025-09-01");
    struct arena *mem = arena_new("test");
    struct html html = html_begin(mem, LANG_EN);
    html_say(&html, T_FRAME_PRINTED, arguments, 2);
    CHECK_TEXT(html_collected(&html), "Printed by &lt;王敏&gt; on 2025-09-01");
    CHECK_TEXT(SAID(mem, LANG_ZH, T_FRAME_PRINTED, TEXT("<王敏>"), say_count(mem, -1389)),
               "<王敏> 打印于 \xe2\x88\x92" "1,389");
    arena_free(&mem);
}
