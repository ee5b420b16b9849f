#include "report/doc_words.h"

#include "check.h"

/* A section with one of each. */
static struct doc_section *section(struct arena *mem)
{
    struct doc *doc = doc_new(mem, TEXT("报告"));
    struct doc_section *s = doc_add(doc, TEXT("dim-resource"), 2, TEXT("资源配置"));
    struct doc_spans *p = doc_paragraph(doc, s);
    doc_say(mem, p, TEXT("按教督〔2017〕6号，小学 105 所中"));
    doc_figure(mem, p, TEXT("73"), TEXT("passing:primary:2025"));
    doc_say(mem, p, TEXT("所达标。"));
    doc_strong(mem, p, TEXT("差 32 所。"));
    doc_say(mem, &doc_block(doc, s, DOC_HEADING)->spans, TEXT("小标题"));
    doc_say(mem, doc_paragraph(doc, s), TEXT("# 不是标题 * 也不是〔甲｜乙〕\\"));
    doc_table(doc, s, TEXT("levels"), TEXT("各指标"), 2, 2, 1);
    doc_chart(doc, s, TEXT("cv"), TEXT("差异系数"), drawing_new(mem, 100, 50));
    doc_say(mem, &doc_block(doc, s, DOC_NOTE)->spans, TEXT("说明"));
    doc_block(doc, s, DOC_PAGE_BREAK);
    return s;
}

static const char WORDS[] =
    "按教督〔2017〕6号，小学 105 所中〔73｜passing:primary:2025〕所达标。**差 32 所。**\n"
    "## 小标题\n"
    "\\# 不是标题 \\* 也不是\\〔甲｜乙〕\\\\\n"
    "〔表：各指标｜levels〕\n"
    "〔图：差异系数｜cv〕\n"
    "> 说明\n"
    "---";

TEST(doc_words, shows_a_section_as_lines_in_which_figures_keep_their_keys)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(doc_words_write(mem, section(mem)), WORDS);
    arena_free(&mem);
}

TEST(doc_words, reads_what_it_wrote_back_to_the_same_blocks)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct doc_section *draft = section(mem), *got;
    CHECK_OK(doc_words_read(mem, text_of(WORDS), draft, &got, &err), err);
    CHECK_TEXT(got->id, "dim-resource");
    CHECK_INT(got->n, draft->n);
    CHECK_TEXT(doc_words_write(mem, got), WORDS);
    CHECK_INT(got->blocks[0].spans.n, 4);
    CHECK_INT(got->blocks[0].spans.at[1].kind, DOC_FIGURE);
    CHECK_TEXT(got->blocks[0].spans.at[1].key, "passing:primary:2025");
    CHECK_TEXT(doc_plain(mem, &got->blocks[2].spans), "# 不是标题 * 也不是〔甲｜乙〕\\");
    CHECK(got->blocks[3].table == draft->blocks[3].table);
    arena_free(&mem);
}

TEST(doc_words, keeps_a_figure_that_was_moved_and_drops_one_that_was_deleted)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct doc_section *got;
    CHECK_OK(doc_words_read(mem, TEXT("\r\n今年达标的有〔73｜passing:primary:2025〕所。\r\n\r\n没有数的一段。\r\n"), section(mem), &got, &err), err);
    CHECK_INT(got->n, 2);
    CHECK_TEXT(doc_plain(mem, &got->blocks[0].spans), "今年达标的有73所。");
    CHECK_TEXT(got->blocks[0].spans.at[1].key, "passing:primary:2025");
    arena_free(&mem);
}

/* Found by the fuzzer: what lies at the ends of a line, ** without words, a 〔 that closes nothing. */
TEST(doc_words, come_back_the_same_whatever_was_typed)
{
    static const char *const TYPED[] = { "**** 甲", "〔a〕****｜", "甲〔乙〔73｜a:1〕", "\\ ", "甲\\", "**a****b**", "## # 甲", "> > 甲", "\\---", "〔〕｜", "《〔2017〕》**〔**" };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(TYPED); i++) {
        struct err err = { 0 };
        struct doc_section *once, *twice;
        CHECK_OK(doc_words_read(mem, text_of(TYPED[i]), section(mem), &once, &err), err);
        const struct text words = doc_words_write(mem, once);
        CHECK_OK(doc_words_read(mem, words, once, &twice, &err), err);
        if (!text_equal(doc_words_write(mem, twice), words))
            fail_msg("%s: %.*s", TYPED[i], TEXT_ARG(words));
    }
    arena_free(&mem);
}

static void refuses(const char *words, const char *what, const char *hint)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct doc_section *got;
    CHECK(!doc_words_read(mem, text_of(words), section(mem), &got, &err));
    CHECK_INT(err.kind, ERR_INPUT);
    CHECK_CONTAINS(text_of(err.what), what);
    CHECK_CONTAINS(text_of(err.hint), hint);
    arena_free(&mem);
}

TEST(doc_words, names_the_line_and_the_remedy)
{
    refuses("一\n二〔｜passing:primary:2025〕", "第 2 行", "删去");
    refuses("达标〔73｜我猜的〕所", "来源读不懂", "草稿");
    refuses("达标〔73｜passing:primary:2025所", "没有配上〕", "补上〕");
    refuses("一\n\n**粗", "第 3 行", "**");
    refuses("〔表：各指标｜other〕", "没有编号为“other”的表", "删去");
    refuses("达标〔表：各指标｜levels〕所", "没有单独成行", "自己的一行");
    refuses("一\n二\x01", "第 2 行", "只粘贴文字");
    refuses("\xff", "UTF-8", "重新粘贴");
}

TEST(doc_words, refuses_a_section_as_long_as_a_book)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct doc_section *got;
    char *const long_one = arena_alloc(mem, DOC_WORDS_MOST + 1);
    memset(long_one, 'a', DOC_WORDS_MOST + 1);
    CHECK(!doc_words_read(mem, (struct text){ long_one, DOC_WORDS_MOST + 1 }, section(mem), &got, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    arena_free(&mem);
}
