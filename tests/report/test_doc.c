#include "package.h"

#include "base/file.h"
#include "report/doc.h"
#include "report/write_doc.h"

#include <spawn.h>
#include <sys/wait.h>

TEST(doc, numbers_headings_as_an_official_document_does)
{
    struct arena *mem = arena_new("test");
    struct doc *doc = doc_new(mem, TEXT("报告"));
    const unsigned levels[] = { 0, 1, 2, 3, 3, 4, 2, 3, 1, 2 };
    const char *const numbers[] = { "", "一、", "（一）", "1.", "2.", "（1）", "（二）", "1.", "二、", "（一）" };
    for (size_t i = 0; i < COUNT(levels); i++)
        doc_add(doc, TEXT("x"), levels[i], TEXT("标题"));
    for (size_t i = 0; i < COUNT(levels); i++)
        CHECK_TEXT(doc_number(doc, i, mem), numbers[i]);
    for (size_t i = 0; i < 24; i++)
        doc_add(doc, TEXT("x"), 2, TEXT("标题"));
    CHECK_TEXT(doc_number(doc, 18, mem), "（十）");
    CHECK_TEXT(doc_number(doc, 20, mem), "（十二）");
    CHECK_TEXT(doc_number(doc, 33, mem), "（二十五）");
    arena_free(&mem);
}

/* Which numbers of a sentence become figures: [73] */
static void figures(const char *sentence, const char *expected)
{
    struct arena *mem = arena_new("test");
    struct doc_spans spans = { 0 };
    struct buf out = { .mem = mem };
    doc_numbers(mem, &spans, text_of(sentence), TEXT("rule:G11:2025"), "n");
    for (size_t i = 0; i < spans.n; i++)
        buf_printf(&out, spans.at[i].kind == DOC_FIGURE ? "[%.*s]" : "%.*s", TEXT_ARG(spans.at[i].text));
    CHECK_TEXT(buf_text(&out), expected);
    if (spans.n > 1 && spans.at[0].kind == DOC_FIGURE)
        CHECK_TEXT(spans.at[0].key, "rule:G11:2025#n1");
    arena_free(&mem);
}

TEST(doc, binds_the_numbers_of_the_data_and_leaves_those_of_the_standard)
{
    figures("12,345 名，占 41.5%。", "[12,345] 名，占 [41.5%]。");
    figures("差异系数 0.527，高于上限 0.500；3 所学校占其中 41%", "差异系数 [0.527]，高于上限 0.500；[3] 所学校占其中 [41%]");
    figures("2025学年，达标（6/7），L5 为 4.50，不低于 7.5", "2025学年，达标（6/7），L5 为 [4.50]，不低于 7.5");
    figures("", "");
}

TEST(doc, finds_a_figure_by_its_key_and_lists_each_key_once)
{
    struct arena *mem = arena_new("test");
    struct doc *doc = doc_new(mem, TEXT("报告"));
    struct doc_section *s = doc_add(doc, TEXT("a"), 1, TEXT("甲"));
    doc_figure(mem, doc_paragraph(doc, s), TEXT("73"), TEXT("passing:primary:2025"));
    struct doc_table *t = doc_table(doc, s, TEXT("t"), TEXT("表"), 2, 1, 0);
    doc_put_figure(mem, t, 0, 0, TEXT("69.5%"), TEXT("passing:primary:2025#share"));
    doc_put_figure(mem, t, 0, 1, TEXT("73"), TEXT("passing:primary:2025"));
    struct text words;
    CHECK(doc_worded(doc, TEXT("passing:primary:2025#share"), &words));
    CHECK_TEXT(words, "69.5%");
    CHECK(!doc_worded(doc, TEXT("cv:primary:L4:2025"), &words));
    const struct doc_figures all = doc_figures(doc, mem);
    CHECK_INT(all.n, 2);
    CHECK_TEXT(all.at[0].key, "passing:primary:2025");
    CHECK(doc_find(doc, TEXT("a")) == s && !doc_find(doc, TEXT("b")));
    CHECK_TEXT(doc_link(doc, all.at[1].key, mem), "/lineage?of=passing%3Aprimary%3A2025");
    arena_free(&mem);
}

static struct doc *sample(struct arena *mem)
{
    struct doc *doc = doc_new(mem, TEXT("青禾县义务教育优质均衡发展自评报告"));
    doc->address = TEXT("http://127.0.0.1:8420");
    doc->header = TEXT("虚构数据 <1>");
    doc->signer = TEXT("青禾县教育局");
    doc->date = TEXT("2026年1月11日");
    struct doc_section *s = doc_add(doc, TEXT("verdict"), 1, TEXT("结论"));
    struct doc_spans *p = doc_paragraph(doc, s);
    doc_say(mem, p, TEXT("小学 & 初中 "));
    doc_figure(mem, p, TEXT("73"), TEXT("passing:primary:2025"));
    doc_strong(mem, p, TEXT(" 所达标。"));
    struct doc_table *t = doc_table(doc, s, TEXT("t"), TEXT("达标学校"), 3, 3, 1);
    doc_merge(t, 0, 0, 2, 1);
    doc_merge(t, 1, 2, 1, 2);
    doc_put(mem, t, 0, 0, DOC_CENTRE, TEXT("两栏的表头"));
    doc_put(mem, t, 0, 2, DOC_CENTRE, TEXT("栏三"));
    doc_put(mem, t, 1, 0, DOC_LEFT, TEXT("甲"));
    doc_put(mem, t, 1, 2, DOC_CENTRE, TEXT("两行"));
    doc_put(mem, t, 2, 1, DOC_RIGHT, TEXT("末"));
    struct drawing *d = drawing_new(mem, 200, 80);
    drawing_bar(d, 10, 10, 100, 30, 0x1F5FA8);
    drawing_line(d, 0, 40, 200, 40, 1, 0, true);
    drawing_words(d, 100, 60, 10, WORDS_MIDDLE, 0, TEXT("差异系数"));
    drawing_dot(d, 150, 20, 4, 0xA8201A);
    doc_chart(doc, s, TEXT("c"), TEXT("差异系数"), d);
    return doc;
}

static struct text saved_part(struct arena *mem, struct text bytes, const char *part)
{
    struct err err = { 0 };
    const char *const path = new_path(mem, "doc.docx");
    CHECK_OK(file_write(path, bytes, &err), err);
    const struct text xml = part_of(mem, path, part);
    CHECK_INT(unlink(path), 0);
    return xml;
}

TEST(write_docx, has_the_page_and_type_of_an_official_document)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text bytes;
    CHECK_OK(write_docx(sample(mem), mem, &bytes, &err), err);
    const struct text body = saved_part(mem, bytes, "word/document.xml"), styles = saved_part(mem, bytes, "word/styles.xml");
    CHECK_CONTAINS(body, "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"");  /* 37, 26, 35, 28 mm */
    CHECK_CONTAINS(body, "一、结论");
    CHECK_CONTAINS(body, "小学 &amp; 初中 ");
    CHECK_CONTAINS(body, "<w:gridSpan w:val=\"2\"/>");
    CHECK_CONTAINS(body, "<w:vMerge w:val=\"restart\"/>");
    CHECK_CONTAINS(body, "<w:vMerge w:val=\"continue\"/>");
    CHECK_CONTAINS(styles, "w:eastAsia=\"仿宋_GB2312\"");
    CHECK_CONTAINS(styles, "w:ascii=\"黑体\"");
    CHECK_CONTAINS(styles, "w:line=\"560\" w:lineRule=\"exact\"");
    CHECK_CONTAINS(saved_part(mem, bytes, "word/fontTable.xml"), "<w:altName w:val=\"仿宋,FangSong,Noto Serif CJK SC\"/>");
    CHECK_CONTAINS(saved_part(mem, bytes, "word/header1.xml"), "虚构数据 &lt;1&gt;");
    CHECK_CONTAINS(saved_part(mem, bytes, "word/footer1.xml"), "w:jc w:val=\"right\"");
    CHECK_CONTAINS(saved_part(mem, bytes, "word/footer2.xml"), "w:jc w:val=\"left\"");
    arena_free(&mem);
}

TEST(write_docx, leads_every_figure_to_its_lineage)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text bytes;
    CHECK_OK(write_docx(sample(mem), mem, &bytes, &err), err);
    CHECK_CONTAINS(saved_part(mem, bytes, "word/document.xml"), "<w:hyperlink r:id=\"f0\" w:history=\"1\" w:tooltip=\"来源：passing:primary:2025\">");
    CHECK_CONTAINS(saved_part(mem, bytes, "word/_rels/document.xml.rels"),
                   "Id=\"f0\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\""
                   " Target=\"http://127.0.0.1:8420/lineage?of=passing%3Aprimary%3A2025\" TargetMode=\"External\"");
    arena_free(&mem);
}

TEST(write_docx, gives_the_same_bytes_for_the_same_document)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text one, two;
    CHECK_OK(write_docx(sample(mem), mem, &one, &err), err);
    CHECK_OK(write_docx(sample(mem), mem, &two, &err), err);
    CHECK(text_equal(one, two));
    arena_free(&mem);
}

TEST(write_doc_html, shows_the_same_words_with_each_figure_bound)
{
    struct arena *mem = arena_new("test");
    const struct text page = write_doc_html(sample(mem), mem);
    CHECK_CONTAINS(page, "<section id=\"verdict\"><h2>一、结论</h2><p>小学 &amp; 初中 <a class=\"src\" "
                         "href=\"http://127.0.0.1:8420/lineage?of=passing%3Aprimary%3A2025\" data-key=\"passing:primary:2025\">73</a>"
                         "<strong> 所达标。</strong></p>");
    CHECK_CONTAINS(page, "<caption>表 1　达标学校</caption><thead><tr><th colspan=\"2\">两栏的表头</th>");
    CHECK_CONTAINS(page, "<td rowspan=\"2\">两行</td>");
    CHECK_CONTAINS(page, "<figcaption>图 1　差异系数</figcaption>");
    arena_free(&mem);
}

TEST(write_pdf, gives_the_same_bytes_for_the_same_document)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct text one, two;
    CHECK_OK(write_pdf(sample(mem), mem, &one, &err), err);
    CHECK_OK(write_pdf(sample(mem), mem, &two, &err), err);
    CHECK(text_starts(one, TEXT("%PDF-")));
    CHECK(text_equal(one, two));
    CHECK_CONTAINS(one, "/URI (http://127.0.0.1:8420/lineage?of=passing%3Aprimary%3A2025)");
    arena_free(&mem);
}

/* The pages' words, each page ended by a form feed. */
static struct text words_of_pdf(struct arena *mem, struct text bytes)
{
    const char *const file = new_path(mem, "pages.pdf"), *const words = new_path(mem, "pages.txt");
    struct err err;
    struct text said;
    pid_t child;
    int status;
    char *const call[] = { (char *)"pdftotext", (char *)file, (char *)words, NULL };
    CHECK_OK(file_write(file, bytes, &err), err);
    CHECK_INT(posix_spawnp(&child, "pdftotext", NULL, NULL, call, environ), 0);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK_OK(file_read(mem, words, 1 << 20, &said, &err), err);
    unlink(file);
    unlink(words);
    return said;
}

TEST(write_pdf, leaves_no_heading_alone_at_the_foot_of_a_page_nor_a_signature_on_its_own)
{
    struct arena *mem = arena_new("test");
    for (int lines = 8; lines < 26; lines++) {
        struct doc *const doc = doc_new(mem, TEXT("督导意见书"));
        struct doc_section *const facts = doc_add(doc, TEXT("facts"), 1, TEXT("问题"));
        struct err err = { 0 };
        struct text bytes;
        for (int i = 0; i < lines; i++)
            doc_say(mem, doc_paragraph(doc, facts), TEXT("一行。"));
        doc_say(mem, doc_paragraph(doc, doc_add(doc, TEXT("demand"), 1, TEXT("整改要求"))), TEXT("请按期整改并报告结果。"));
        doc->signer = TEXT("教育督导室");
        CHECK_OK(write_pdf(doc, mem, &bytes, &err), err);
        const struct text said = words_of_pdf(mem, bytes);
        size_t heading, demand, signer, page;
        CHECK(text_find(said, TEXT("整改要求"), &heading) && text_find(said, TEXT("请按期"), &demand) && text_find(said, TEXT("教育督导室"), &signer));
        for (page = heading; page < signer && said.at[page] != '\f'; page++)
            ;
        if (page < signer)
            fail_msg("with %d lines a page ends between the last heading and the signature", lines);
    }
    arena_free(&mem);
}
